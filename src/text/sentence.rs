//! Where sentences and paragraphs begin, and which paragraphs are headings.

use super::{Kind, Text, Token};
use crate::lang::class;
use std::ops::Range;

/// What a sentence is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentenceKind {
    /// Running text.
    Prose,
    /// A line of its own without a full stop: a heading, a caption, a byline.
    Heading,
    /// Part of the page rather than the article: menus, « Lire aussi », comments.
    Debris,
}

/// A sentence: a range of tokens.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its tokens, by number.
    pub tokens: Range<usize>,
    /// Number of its paragraph, counted from 0.
    pub paragraph: usize,
    /// What it is part of.
    pub kind: SentenceKind,
}

/// Longest heading, in tokens.
const HEADING: usize = 25;

/// Splits a text; every token belongs to exactly one sentence.
pub fn split(text: &Text<'_>) -> Vec<Sentence> {
    let wrapped = is_wrapped(text.source);
    let mut sentences = Vec::new();
    let mut paragraph = 0;
    let mut start = 0;
    let mut first = 0;
    for i in 1..=text.tokens.len() {
        if goes_on(text, i) {
            continue;
        }
        let new_paragraph = i == text.tokens.len() || starts_paragraph(text, i, wrapped);
        if new_paragraph || starts_sentence(text, i) {
            sentences.push(Sentence { tokens: start..i, paragraph, kind: SentenceKind::Prose });
            start = i;
        }
        if new_paragraph {
            let kind = kind(text, &sentences, first);
            for sentence in sentences.get_mut(first..).unwrap_or_default() {
                sentence.kind = kind;
            }
            first = sentences.len();
            paragraph += 1;
        }
    }
    sentences
}

fn kind(text: &Text<'_>, sentences: &[Sentence], first: usize) -> SentenceKind {
    let (Some(start), Some(end)) = (sentences.get(first), sentences.last()) else {
        return SentenceKind::Prose;
    };
    let tokens = start.tokens.start..end.tokens.end;
    if text.phrase(tokens.start, class::TEXT_DEBRIS).is_some() && tokens.len() <= HEADING {
        return SentenceKind::Debris;
    }
    let last = (tokens.start..tokens.end).rev().find(|&i| !text.is_mark(i, class::MARK_CLOSE));
    let ended = last.is_some_and(|i| text.is_stop(i));
    if ended || tokens.len() > HEADING || sentences.len() - first > 1 {
        SentenceKind::Prose
    } else {
        SentenceKind::Heading
    }
}

/// A text whose lines were cut at a fixed width: only blank lines part its paragraphs.
fn is_wrapped(source: &str) -> bool {
    let (mut lines, mut full, mut stops) = (0, 0, 0);
    for line in source.lines().map(str::trim_end).filter(|l| !l.is_empty()).take(200) {
        lines += 1;
        full += usize::from((50..=100).contains(&line.len()));
        stops += usize::from(line.ends_with(['.', '!', '?', '"', '\u{bb}', ':']));
    }
    lines >= 4 && full * 2 > lines && stops * 2 < lines
}

fn gap<'a>(text: &Text<'a>, i: usize) -> &'a str {
    match (i.checked_sub(1).and_then(|p| text.tokens.get(p)), text.tokens.get(i)) {
        (Some(a), Some(b)) => text.source.get(a.span.end as usize..b.span.start as usize).unwrap_or_default(),
        _ => "",
    }
}

/// Shortest line, in bytes, that a page may have broken because it was full.
const FULL_LINE: usize = 70;

/// Token `i` stands first in a paragraph. A line break inside a sentence is none: the text goes on in lower
/// case, or the line before it was full and had no stop.
fn starts_paragraph(text: &Text<'_>, i: usize, wrapped: bool) -> bool {
    let (Some(token), Some(before)) = (text.tokens.get(i), i.checked_sub(1)) else { return false };
    if !token.breaks() {
        return false;
    }
    if gap(text, i).bytes().filter(|b| *b == b'\n').count() > 1 {
        return true;
    }
    let ended = text
        .tokens
        .get(before)
        .is_some_and(|t| t.kind == Kind::Punct && !text.is_mark(before, class::MARK_COMMA));
    if wrapped || ended {
        return !wrapped;
    }
    let lower = token.kind == Kind::Word && !token.capital();
    !(lower
        || text.is_mark(before, class::MARK_COMMA)
        || line_before(text, before).is_some_and(|n| n >= FULL_LINE))
}

/// Bytes in the line that ends with token `last`; nothing for the first line, which may be a headline.
fn line_before(text: &Text<'_>, last: usize) -> Option<usize> {
    let end = text.tokens.get(last)?.span.end as usize;
    let start = text.source.get(..end)?.rfind('\n')? + 1;
    Some(end - start)
}

/// Token `i` follows a plain word on the same line, as almost all do: nothing ends there.
fn goes_on(text: &Text<'_>, i: usize) -> bool {
    let Some([previous, token]) = i.checked_sub(1).and_then(|p| text.tokens.get(p..=i)) else { return false };
    !token.breaks() && previous.kind == Kind::Word && !ends_with_dot(text, previous)
}

/// Token `i` begins a sentence when a stop, and the quotes and brackets that close after it, stand before.
fn starts_sentence(text: &Text<'_>, i: usize) -> bool {
    let (Some(previous), Some(next)) =
        (i.checked_sub(1).and_then(|p| text.tokens.get(p)), text.tokens.get(i).copied())
    else {
        return false;
    };
    let dotted = previous.kind == Kind::Word && ends_with_dot(text, previous);
    if !dotted && previous.kind != Kind::Punct || closes(text, i, next) {
        return false;
    }
    let mut before = i;
    while before > 0 && text.tokens.get(before - 1).is_some_and(|t| closes(text, before - 1, *t)) {
        before -= 1;
    }
    let Some(last) = before.checked_sub(1) else { return false };
    let opens = text.is_mark(i, class::MARK_OPEN) || text.is_mark(i, class::MARK_QUOTE);
    let begins = next.capital() || next.kind == Kind::Number || opens || text.is_mark(i, class::MARK_DASH);
    let Some(stop) = text.tokens.get(last).copied() else { return false };
    if stop.kind == Kind::Punct {
        let certain = next.spaced() || opens || before < i;
        return text.is_stop(last) && begins && certain;
    }
    // An abbreviation that can end a sentence.
    next.capital()
        && next.spaced()
        && match text.value(last, class::TOKEN_ABBREVIATION) {
            Some("final") => true,
            Some("clock") => !goes_on_after_clock(text, i, next),
            _ => false,
        }
}

/// "at 5 p.m. Monday", "at 10 a.m. London time": what may follow a clock within its sentence. A text in capitals shows no
/// beginnings.
fn goes_on_after_clock(text: &Text<'_>, i: usize, next: Token) -> bool {
    next.upper() && next.span.len() > 1
        || [class::TIME_WEEKDAY, class::TIME_MONTH, class::TIME_DAYWORD, class::TIME_FEAST]
            .iter()
            .any(|&c| text.has(i, c))
        || text.phrase(i, class::TIME_ZONE).is_some()
        || (i + 1..i + 4).any(|n| text.has(n, class::TOKEN_CLOCK_TAIL))
}

fn ends_with_dot(text: &Text<'_>, token: &Token) -> bool {
    let last = (token.span.end as usize).checked_sub(1);
    last.and_then(|last| text.source.as_bytes().get(last)) == Some(&b'.')
}

/// A closing quote or bracket; a neutral quote closes when no space stands before it.
fn closes(text: &Text<'_>, i: usize, token: Token) -> bool {
    token.kind == Kind::Punct
        && (text.has(i, class::MARK_CLOSE) || (text.has(i, class::MARK_QUOTE) && !token.spaced() && i > 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn sentences(code: &str, source: &str) -> Vec<String> {
        let text = Text::new(source, Lang::from_code(code).unwrap());
        text.sentences.iter().map(|s| text.slice(s.tokens.clone()).to_string()).collect()
    }

    #[test]
    fn borders() {
        let check = |code: &str, source: &str, wanted: &[&str]| {
            assert_eq!(sentences(code, source), wanted, "{source}")
        };
        check("fr", "Il part. « Elle reste. » Fin.", &["Il part.", "« Elle reste. »", "Fin."]);
        check("fr", "M. Dupont est là. J. Martin aussi.", &["M. Dupont est là.", "J. Martin aussi."]);
        check(
            "en",
            "The U.S. Navy left at 5 p.m. Monday. It rained.",
            &["The U.S. Navy left at 5 p.m. Monday.", "It rained."],
        );
        check(
            "en",
            "It shook the town at 11 a.m. Schools stayed shut. It is 3 a.m. Lima time there.",
            &["It shook the town at 11 a.m.", "Schools stayed shut.", "It is 3 a.m. Lima time there."],
        );
        check("en", "\"We left.\" He nodded.", &["\"We left.\"", "He nodded."]);
        check("en", "A title\nThe talks went on\nfor hours.", &["A title", "The talks went on\nfor hours."]);
        check("fr", "Un titre sans point\n\nUne phrase.", &["Un titre sans point", "Une phrase."]);
    }

    #[test]
    fn headings() {
        let text =
            Text::new("Un titre sans point\n\nUne phrase.\n\nLire aussi", Lang::from_code("fr").unwrap());
        let kinds: Vec<SentenceKind> = text.sentences.iter().map(|s| s.kind).collect();
        assert_eq!(kinds, [SentenceKind::Heading, SentenceKind::Prose, SentenceKind::Debris]);
    }
}
