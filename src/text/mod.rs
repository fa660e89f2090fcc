//! From a string to sentences and tokens, with byte spans into the original.
//!
//! Tokens carry the number of their word in the language's lists, so that later stages match words without
//! looking at letters. White space is no token; [`Token::breaks`] and [`Token::spaced`] tell what stood before.

pub mod detect;
pub mod matcher;
mod numeral;
pub mod sentence;
pub mod token;

use crate::lang::{Class, Classes, Lang, Lexicon, Phrase, Sets, WordId, class, setting};
use crate::span::Span;
pub use sentence::{Sentence, SentenceKind};
use std::ops::Range;
pub use token::Kind;

/// A word, number or mark of the text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its word in the lists.
    pub word: WordId,
    /// What it is made of.
    pub kind: Kind,
    flags: u8,
    sets: Sets,
}

const SPACED: u8 = 1;
const BREAKS: u8 = 2;
const CAPITAL: u8 = 4;
const UPPER: u8 = 8;

impl Token {
    /// White space stands before it.
    pub fn spaced(self) -> bool {
        self.flags & SPACED != 0
    }

    /// A line break stands before it.
    pub fn breaks(self) -> bool {
        self.flags & BREAKS != 0
    }

    /// Begins with a capital.
    pub fn capital(self) -> bool {
        self.flags & CAPITAL != 0
    }

    /// Has two letters or more, all of them capitals.
    pub fn upper(self) -> bool {
        self.flags & UPPER != 0
    }
}

/// A text cut into sentences and tokens.
#[derive(Debug)]
pub struct Text<'a> {
    /// The text as given.
    pub source: &'a str,
    /// Its language.
    pub lang: Lang,
    /// Tokens in order.
    pub tokens: Vec<Token>,
    /// Sentences in order; each holds a range of tokens, none is empty, together they hold all.
    pub sentences: Vec<Sentence>,
    /// For each block of bytes the first token that ends after its beginning.
    blocks: Vec<u32>,
    lexicon: &'static Lexicon,
}

/// Bytes of a block: a few tokens.
const BLOCK: usize = 32;

impl<'a> Text<'a> {
    /// Cuts `source`, a text in `lang`.
    pub fn new(source: &'a str, lang: Lang) -> Self {
        let lexicon = lang.lexicon();
        let mut tokens = Vec::with_capacity(source.len() / 5 + 4);
        let mut blocks = Vec::with_capacity(source.len() / BLOCK + 1);
        let mut folded = String::new();
        let mut last = 0;
        token::cut(source, lang.affixes(), |piece| {
            let words = source.get(piece.start..piece.end).unwrap_or_default();
            let mut flags = match source.as_bytes().get(last..piece.start).unwrap_or_default() {
                [] => 0,
                [b' '] => SPACED,
                gap if gap.iter().any(|b| matches!(b, b'\n' | b'\r')) => SPACED | BREAKS,
                _ => SPACED,
            };
            last = piece.end;
            let word = match piece.kind {
                Kind::Number => WordId::NONE,
                _ if piece.folded || words.bytes().all(|b| b.is_ascii_lowercase()) => lexicon.word(words),
                _ => {
                    flags |= case(words);
                    folded.clear();
                    token::fold_into(words, &mut folded);
                    lexicon.word(&folded)
                }
            };
            while blocks.len() * BLOCK < piece.end {
                blocks.push(tokens.len() as u32);
            }
            let span = Span::new(piece.start, piece.end);
            tokens.push(Token { span, word, kind: piece.kind, flags, sets: lexicon.sets(word) });
        });
        let mut text = Text { source, lang, tokens, sentences: Vec::new(), blocks, lexicon };
        text.look_for_expressions();
        text.sentences = sentence::split(&text);
        text
    }

    /// Looks once at each word that begins expressions whether one stands there.
    fn look_for_expressions(&mut self) {
        for i in 0..self.tokens.len() {
            let begins = self.tokens.get(i).is_some_and(|t| t.sets.begins_any());
            // Most words that follow go on with no expression.
            let goes_on = || self.lexicon.goes_on(self.word(i), self.word(i + 1));
            if begins
                && !(goes_on() && self.phrases(i).next().is_some())
                && let Some(token) = self.tokens.get_mut(i)
            {
                token.sets = token.sets.alone();
            }
        }
    }

    /// The words of token `i` as written; empty past the end.
    pub fn str(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |t| t.span.of(self.source))
    }

    /// The text of a range of tokens as written, with the space between them.
    pub fn slice(&self, tokens: Range<usize>) -> &'a str {
        self.span(tokens).of(self.source)
    }

    /// The span of a range of tokens.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|e| self.tokens.get(e))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// The word of token `i` in the lists.
    pub fn word(&self, i: usize) -> WordId {
        self.tokens.get(i).map_or(WordId::NONE, |t| t.word)
    }

    /// True when token `i` has a reading of this class.
    #[inline]
    pub fn has(&self, i: usize, class: Class) -> bool {
        self.tokens.get(i).is_some_and(|t| t.sets.has(class))
    }

    /// True when an expression of several words begins at token `i` and may be of this class.
    #[inline]
    pub fn begins(&self, i: usize, class: Class) -> bool {
        self.tokens.get(i).is_some_and(|t| t.sets.begins(class))
    }

    /// True when token `i` has a reading of one of these classes, or an expression that begins there may.
    #[inline]
    pub fn touches(&self, i: usize, classes: &Classes) -> bool {
        self.tokens.get(i).is_some_and(|t| t.sets.touches(classes))
    }

    /// The value of token `i` in a class.
    #[inline]
    pub fn value(&self, i: usize, class: Class) -> Option<&'static str> {
        if self.has(i, class) { self.lexicon.value(self.word(i), class) } else { None }
    }

    /// The longest expression of a class that begins at token `i`: its number of tokens and its value.
    /// Single words count as expressions of length one. Expressions do not cross sentence borders in
    /// practice, because no list holds one that could.
    #[inline]
    pub fn phrase(&self, i: usize, class: Class) -> Option<(usize, &'static str)> {
        let sets = self.tokens.get(i)?.sets;
        if sets.begins(class) || sets.has(class) { self.longest(i, class) } else { None }
    }

    /// The same at a token that has the class or may begin an expression of it.
    fn longest(&self, i: usize, class: Class) -> Option<(usize, &'static str)> {
        let expression = if self.begins(i, class) { self.expression(i, class) } else { None };
        expression.or_else(|| self.value(i, class).map(|value| (1, value)))
    }

    /// The longest expression of several words of a class at token `i`.
    fn expression(&self, i: usize, class: Class) -> Option<(usize, &'static str)> {
        self.phrases(i).find_map(|p| p.reading(class).map(|entry| (p.len, entry.value)))
    }

    /// The listed expressions of several words that stand at token `i`, longest first; then those of which
    /// the word there is an inflected form.
    pub fn phrases(&self, i: usize) -> impl Iterator<Item = Phrase<'static>> {
        let found = self.lexicon.phrases(self.word(i), self.word(i + 1));
        found.filter(move |p| p.words().enumerate().skip(2).all(|(n, w)| self.word(i + n) == w))
    }

    /// The value of a number token: group marks dropped, decimal mark of the language read.
    pub fn number(&self, i: usize) -> Option<f64> {
        let token = self.tokens.get(i).filter(|t| t.kind == Kind::Number)?;
        let decimal = self.lang.setting(setting::DECIMAL).and_then(|d| d.chars().next()).unwrap_or('.');
        parse_number(token.span.of(self.source), decimal)
    }

    /// The value of a number token that is a plain run of ASCII digits, at most nine of them.
    pub fn digits(&self, i: usize) -> Option<u32> {
        let token = self.tokens.get(i).filter(|t| t.kind == Kind::Number)?;
        let words = token.span.of(self.source);
        (words.len() <= 9 && words.bytes().all(|b| b.is_ascii_digit())).then(|| words.parse().ok()).flatten()
    }

    /// The sentence that holds token `i`, by number.
    pub fn sentence_of(&self, i: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= i).min(self.sentences.len().saturating_sub(1))
    }

    /// The first token that ends after byte `offset`.
    pub fn token_at(&self, offset: u32) -> usize {
        self.first_from(offset, |span| span.end > offset)
    }

    /// The first token that fits, when all do from some token on, and none that ends at `offset` or before.
    fn first_from(&self, offset: u32, fits: impl Fn(Span) -> bool) -> usize {
        let begin = self.blocks.get(offset as usize / BLOCK).map_or(self.tokens.len(), |&n| n as usize);
        let tokens = self.tokens.get(begin..).unwrap_or_default().iter();
        begin + tokens.take_while(|t| !fits(t.span)).count()
    }

    /// The tokens that a span touches.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.token_at(span.start);
        let end = self.first_from(span.end.saturating_sub(1), |s| s.start >= span.end);
        start..end.max(start)
    }

    /// True when token `i` is a mark of this class of the lists (`mark.open`, `mark.close`, `mark.end` …).
    pub fn is_mark(&self, i: usize, mark: Class) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == Kind::Punct) && self.has(i, mark)
    }

    /// True when token `i` ends a sentence by its form.
    pub fn is_stop(&self, i: usize) -> bool {
        self.is_mark(i, class::MARK_STOP)
    }
}

fn case(words: &str) -> u8 {
    match words.as_bytes() {
        [b'a'..=b'z', ..] | [b' '..=b'@', ..] => return 0,
        [b'A'..=b'Z', b'a'..=b'z', ..] => return CAPITAL,
        _ => {}
    }
    let mut flags = 0;
    let (mut letters, mut upper) = (0, true);
    for (n, c) in words.chars().enumerate() {
        if c.is_alphabetic() {
            letters += 1;
            let is_upper = c.is_uppercase();
            if n == 0 && is_upper {
                flags |= CAPITAL;
            }
            upper &= is_upper;
            if !upper {
                break;
            }
        }
    }
    if upper && letters >= 2 {
        flags |= UPPER;
    }
    flags
}

/// Reads a number as printed. A mark is the decimal mark when it is the language's own and stands once, or
/// when it is the other mark and does not stand before exactly three digits.
pub fn parse_number(words: &str, decimal: char) -> Option<f64> {
    if words.bytes().all(|b| b.is_ascii_digit()) {
        return words.parse().ok();
    }
    let mut plain = String::with_capacity(words.len());
    let count = words.chars().filter(|c| *c == decimal).count();
    let mut marks = words.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).peekable();
    let mut point = None;
    while let Some((at, c)) = marks.next() {
        let run = words.get(at + 1..).unwrap_or_default().bytes().take_while(u8::is_ascii_digit).count();
        let last = marks.peek().is_none();
        if last && ((c == decimal && count == 1) || (c != decimal && run != 3)) {
            point = Some(at);
        }
    }
    for (at, c) in words.char_indices() {
        if c.is_ascii_digit() {
            plain.push(c);
        } else if Some(at) == point {
            plain.push('.');
        }
    }
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(code: &str, source: &str) -> Vec<String> {
        let text = Text::new(source, Lang::from_code(code).unwrap());
        (0..text.tokens.len()).map(|i| text.str(i).to_string()).collect()
    }

    #[test]
    fn tokens() {
        let check = |code: &str, source: &str, wanted: &str| {
            assert_eq!(words(code, source).join("|"), wanted, "{source}");
        };
        check("fr", "L’armée n'a pu qu’attendre aujourd'hui.", "L’|armée|n'|a|pu|qu’|attendre|aujourd'hui|.");
        check(
            "fr",
            "34\u{a0}000 civils, 2,5 millions, 14 h 30, 21h",
            "34\u{a0}000|civils|,|2,5|millions|,|14|h|30|,|21|h",
        );
        check("fr", "À la mi-décembre, dit-il, M. Al-Assad", "À|la|mi-|décembre|,|dit|-il|,|M.|Al-Assad");
        check("fr", "« Saint-Denis », y a-t-il", "«|Saint-Denis|»|,|y|a|-t-il");
        check(
            "en",
            "Aleppo's rebels don't leave at 2.30 p.m. ET",
            "Aleppo|'s|rebels|do|n't|leave|at|2.30|p.m.|ET",
        );
        check("en", "J. Smith of the U.S. Navy, Dr. O'Brien", "J.|Smith|of|the|U.S.|Navy|,|Dr.|O'Brien");
        check("fr", "au bord de la mer. Le mer. 3 mai", "au|bord|de|la|mer|.|Le|mer.|3|mai");
        check("en", "He said no. No. 7 sat. Sat. at 5", "He|said|no|.|No.|7|sat|.|Sat.|at|5");
        check("fr", "à 17h40, l'A320 et la G7", "à|17|h|40|,|l'|A320|et|la|G7");
        check("en", "the victims' families", "the|victims|'|families");
    }

    #[test]
    fn numbers() {
        for (words, decimal, value) in [
            ("34\u{a0}000", ',', 34000.0),
            ("2,5", ',', 2.5),
            ("34,000", '.', 34000.0),
            ("2.5", '.', 2.5),
            ("1.250.000", ',', 1_250_000.0),
            ("14.30", ',', 14.3),
        ] {
            assert_eq!(parse_number(words, decimal), Some(value), "{words}");
        }
    }
}
