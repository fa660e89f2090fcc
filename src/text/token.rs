//! Cuts a text into words, numbers and punctuation.
//!
//! Shared with the build script, which cuts the forms of the word lists the same way: what a word list
//! holds is found in a text. What differs by language (elisions, prefixes, endings, abbreviations) comes in
//! as [`Affixes`]; nothing here knows a language.

use crate::lang::Affixes;
use std::ops::Range;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with inner apostrophes, hyphens and dots: `Al-Assad`, `l'`, `p.m.`
    Word,
    /// Digits with their group and decimal marks: `34 000`, `2,5`
    Number,
    /// One mark.
    Punct,
}

/// A piece of text: kind and byte range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is made of.
    pub kind: Kind,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Seen to have the form that word lists use: folding changes nothing.
    pub folded: bool,
}

impl Piece {
    fn new(kind: Kind, start: usize, end: usize) -> Self {
        Piece { kind, start, end, folded: false }
    }
}

/// Cuts `source` into tokens, in order, without overlap; white space lies between them.
pub fn cut(source: &str, affixes: &Affixes<'_>, mut found: impl FnMut(Piece)) {
    let bytes = source.as_bytes();
    let mut at = 0;
    let mut word = String::new();
    while at < bytes.len() {
        let Some(c) = char_at(source, at) else { break };
        if c.is_whitespace() || is_ignored(c) {
            at += c.len_utf8();
        } else if c.is_ascii_digit() {
            let end = number_end(source, at, affixes.space_groups);
            found(Piece::new(Kind::Number, at, end));
            at = end;
        } else if c.is_alphabetic() {
            if let Some(piece) = plain(bytes, at).or_else(|| between_digits(bytes, at)) {
                at = piece.end;
                found(piece);
                continue;
            }
            let (end, glued) = word_end(source, at);
            at = cut_word(source, at, end, glued, affixes, &mut word, &mut found);
        } else {
            let end = mark_end(source, at, c);
            at = match apostrophe_suffix(source, at, affixes, &mut word) {
                Some(end) => {
                    found(Piece::new(Kind::Word, at, end));
                    end
                }
                None => {
                    let folded = c.is_ascii() && c != '`';
                    found(Piece { folded, ..Piece::new(Kind::Punct, at, end) });
                    end
                }
            };
        }
    }
}

/// Appends `piece` to `out` in the form that word lists use: lower case, straight apostrophe.
pub fn fold_into(piece: &str, out: &mut String) {
    let begin = out.len();
    if piece.bytes().all(|b| b.is_ascii() && b != b'`') {
        out.push_str(piece);
        out.get_mut(begin..).unwrap_or_default().make_ascii_lowercase();
        return;
    }
    for c in piece.chars() {
        match c {
            'a'..='z' | '\u{df}'..='\u{f6}' | '\u{f8}'..='\u{ff}' => out.push(c),
            '\u{2019}' | '\u{2bc}' | '\u{b4}' | '`' => out.push('\''),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            '\u{ad}' => {}
            _ => out.extend(c.to_lowercase()),
        }
    }
}

fn char_at(source: &str, at: usize) -> Option<char> {
    match source.as_bytes().get(at) {
        Some(b) if b.is_ascii() => Some(char::from(*b)),
        _ => source.get(at..)?.chars().next(),
    }
}

/// Marks without width, which separate nothing and mean nothing here.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{ad}')
        || (c.is_control() && c != '\n')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Letters, digits after letters, and the marks that stand on letters.
fn is_word_char(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{e0}'..='\u{f6}')
        || c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '_')
}

/// A word of ASCII letters with nothing glued to it: the common case, told by bytes alone.
fn plain(bytes: &[u8], start: usize) -> Option<Piece> {
    let rest = bytes.get(start..)?;
    let small = rest.iter().position(|b| !b.is_ascii_lowercase())?;
    let len = small + rest.get(small..)?.iter().position(|b| !b.is_ascii_alphabetic())?;
    let next = rest.get(len)?;
    (len > 0 && matches!(next, b' ' | b',' | b'\n' | b')' | b':' | b';'))
        .then(|| Piece { folded: small == len, ..Piece::new(Kind::Word, start, start + len) })
}

/// Letters with digits right before and after them, which part two numbers: 17h40.
fn between_digits(bytes: &[u8], start: usize) -> Option<Piece> {
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let rest = bytes.get(start..).filter(|_| is_digit(start.checked_sub(1)))?;
    let end = start + rest.iter().position(|b| !b.is_ascii_alphabetic())?;
    is_digit(Some(end)).then(|| Piece::new(Kind::Word, start, end))
}

/// The end of the run of word characters at `start`, with inner apostrophes and hyphens, and whether it has
/// some of these.
fn word_end(source: &str, start: usize) -> (usize, bool) {
    let mut at = start;
    let mut glued = false;
    // Where the last piece began that a hyphen joins.
    let mut piece = None;
    while let Some(c) = char_at(source, at) {
        if is_word_char(c) {
            at += c.len_utf8();
        } else if c == '.' && piece.is_some_and(|p| is_decimal(source, p, at)) {
            // "magnitude-6.1"
            at += 1;
        } else if is_apostrophe(c) || is_hyphen(c) {
            glued = true;
            let next = at + c.len_utf8();
            match char_at(source, next) {
                Some(n) if is_word_char(n) => {
                    piece = is_hyphen(c).then_some(next);
                    at = next;
                }
                _ if is_apostrophe(c) => return (next, true),
                _ => return (at, glued),
            }
        } else {
            return (at, glued);
        }
    }
    (at, glued)
}

/// Digits stand between `from` and the dot at `dot`, and right after it.
fn is_decimal(source: &str, from: usize, dot: usize) -> bool {
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    source.get(from..dot).is_some_and(|t| !t.is_empty() && digits(t))
        && char_at(source, dot + 1).is_some_and(|c| c.is_ascii_digit())
}

/// Cuts one run of word characters into its tokens and returns where to go on.
fn cut_word(
    source: &str,
    mut start: usize,
    mut end: usize,
    glued: bool,
    affixes: &Affixes<'_>,
    word: &mut String,
    found: &mut impl FnMut(Piece),
) -> usize {
    let mut rest = end;
    if glued {
        // Elided words, each cut after its apostrophe.
        while let Some(offset) = source.get(start..end).and_then(|t| t.find(is_apostrophe)) {
            let after = start + offset + char_at(source, start + offset).map_or(1, char::len_utf8);
            word.clear();
            fold_into(source.get(start..after).unwrap_or_default(), word);
            if affixes.elisions.binary_search(&word.as_str()).is_err() {
                break;
            }
            found(Piece::new(Kind::Word, start, after));
            start = after;
        }
        if start >= end {
            return end;
        }
        // An apostrophe at the very end is a quote mark or a plural possessive, never part of the word.
        if let Some(last) =
            source.get(start..end).and_then(|t| t.chars().next_back()).filter(|c| is_apostrophe(*c))
        {
            end -= last.len_utf8();
            rest = end;
        }
        if let Some(offset) = source.get(start..end).and_then(|t| t.find(is_hyphen)) {
            let after = start + offset + char_at(source, start + offset).map_or(1, char::len_utf8);
            word.clear();
            fold_into(source.get(start..after).unwrap_or_default(), word);
            if affixes.prefixes.binary_search(&word.as_str()).is_ok() {
                found(Piece::new(Kind::Word, start, after));
                start = after;
                if char_at(source, start).is_some_and(|c| c.is_ascii_digit()) {
                    return start;
                }
            }
        }
        if let Some((first, second)) = pair(source, start, end, affixes, word) {
            found(Piece::new(Kind::Word, start, first));
            found(Piece::new(Kind::Punct, first, second));
            found(Piece::new(Kind::Word, second, end));
            return rest;
        }
        word.clear();
        fold_into(source.get(start..end).unwrap_or_default(), word);
        let suffix = affixes
            .suffixes
            .iter()
            .filter(|s| word.len() > s.len() && word.ends_with(**s))
            .max_by_key(|s| s.len());
        if let Some(split) = suffix.and_then(|s| back(source, start, end, s.chars().count())) {
            found(Piece::new(Kind::Word, start, split));
            found(Piece::new(Kind::Word, split, end));
            return rest;
        }
    }
    if source.as_bytes().get(end) == Some(&b'.')
        && let Some(dotted) = dotted_end(source, start, end, affixes, word)
    {
        found(Piece::new(Kind::Word, start, dotted));
        return dotted;
    }
    found(Piece::new(Kind::Word, start, end));
    rest
}

/// Where the hyphen begins and ends that joins two words of a pair.
fn pair(
    source: &str,
    start: usize,
    end: usize,
    affixes: &Affixes<'_>,
    word: &mut String,
) -> Option<(usize, usize)> {
    let offset = source.get(start..end)?.find(is_hyphen)?;
    let first = start + offset;
    let second = first + char_at(source, first)?.len_utf8();
    let mut is_one = |piece: Range<usize>| {
        word.clear();
        fold_into(source.get(piece).unwrap_or_default(), word);
        affixes.pairs.binary_search(&word.as_str()).is_ok()
    };
    (is_one(start..first) && is_one(second..end)).then_some((first, second))
}

/// The offset `count` characters before `end`, when it lies after `start`.
fn back(source: &str, start: usize, end: usize, count: usize) -> Option<usize> {
    let text = source.get(start..end)?;
    let (offset, _) = text.char_indices().rev().nth(count.checked_sub(1)?)?;
    (offset > 0).then_some(start + offset)
}

/// Most letters of an abbreviation with dots between.
const DOTTED: usize = 12;

/// The end of an abbreviation that ends with a dot: listed, an initial, or letters with dots between.
fn dotted_end(
    source: &str,
    start: usize,
    end: usize,
    affixes: &Affixes<'_>,
    word: &mut String,
) -> Option<usize> {
    let text = source.get(start..end)?;
    let mut letters = text.chars();
    let (first, single) = (letters.next()?, letters.next().is_none());
    if single {
        // p.m., U.S., N.C.
        let mut at = end + 1;
        let mut count = 1;
        while let Some(c) = char_at(source, at).filter(|c| c.is_alphabetic() && count <= DOTTED) {
            if source.as_bytes().get(at + c.len_utf8()) != Some(&b'.') {
                break;
            }
            at += c.len_utf8() + 1;
            count += 1;
        }
        let cut_short = char_at(source, at).is_some_and(char::is_alphabetic);
        if count > 1 && !cut_short {
            return Some(at);
        }
        // An initial before a name: J. Smith.
        if first.is_uppercase()
            && source.get(end + 1..)?.trim_start_matches([' ', '\u{a0}']).starts_with(char::is_uppercase)
        {
            return Some(end + 1);
        }
    }
    word.clear();
    fold_into(text, word);
    word.push('.');
    // No list is asked for a word longer than all of them have.
    let is_in =
        |list: &[&str]| word.len() <= affixes.longest_dotted && list.binary_search(&word.as_str()).is_ok();
    let numbered =
        || source.get(end + 1..).is_some_and(|t| t.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    let found = is_in(affixes.abbreviations)
        || first.is_uppercase() && is_in(affixes.capital_abbreviations)
        || is_in(affixes.number_abbreviations) && numbered();
    found.then_some(end + 1)
}

/// An ending that stands alone after a cut or a quote: `'s` in `"X"'s`.
fn apostrophe_suffix(source: &str, start: usize, affixes: &Affixes<'_>, word: &mut String) -> Option<usize> {
    let first = char_at(source, start).filter(|c| is_apostrophe(*c))?;
    let after = start + first.len_utf8();
    let letters: usize =
        source.get(after..)?.chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    let before = source.get(..start)?.chars().next_back()?;
    if letters == 0 || !(before.is_alphanumeric() || before == '.') {
        return None;
    }
    word.clear();
    fold_into(source.get(start..after + letters)?, word);
    affixes.suffixes.binary_search(&word.as_str()).is_ok().then_some(after + letters)
}

/// The end of a number: digits, groups of three after a space, dots and commas between digits.
fn number_end(source: &str, start: usize, space_groups: bool) -> usize {
    let bytes = source.as_bytes();
    let digits =
        |from: usize| bytes.get(from..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count();
    let first = digits(start);
    let mut at = start + first;
    let mut grouped = first <= 3;
    while let Some(c) = char_at(source, at) {
        let next = at + c.len_utf8();
        let run = digits(next);
        let spaced = matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}') || (space_groups && c == ' ');
        if spaced {
            let ends = char_at(source, next + run).is_none_or(|c| !c.is_alphanumeric());
            if !(grouped && run == 3 && ends) {
                break;
            }
        } else if matches!(c, '.' | ',') {
            if run == 0 {
                break;
            }
            grouped = grouped && run == 3;
        } else {
            break;
        }
        at = next + run;
    }
    at
}

/// Marks that are written twice or three times make one token: `...`, `--`, ` `` `.
fn mark_end(source: &str, start: usize, first: char) -> usize {
    let mut at = start + first.len_utf8();
    if matches!(first, '.' | '-' | '`' | '\'' | '*' | '=' | '_' | '!' | '?') {
        while char_at(source, at) == Some(first) {
            at += first.len_utf8();
        }
    }
    at
}
