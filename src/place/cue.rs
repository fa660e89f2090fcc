//! Reads the words around a name: links, heads, kinds, directions.
//!
//! All words come from the lists; positions are token numbers. « en provenance de la Syrie » is, read
//! backwards from the name, an article, a link and a head.

use crate::lang::{Class, Classes, class};
use crate::text::Text;
use std::ops::Range;

/// How a name is tied to what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// Nothing ties it: a subject, an object, a list.
    None,
    Of,
    At,
    To,
    From,
    By,
    With,
    For,
    Between,
    And,
}

impl Link {
    fn read(value: &str) -> Link {
        match value {
            "of" => Link::Of,
            "at" => Link::At,
            "to" => Link::To,
            "from" => Link::From,
            "by" => Link::By,
            "with" => Link::With,
            "for" => Link::For,
            "between" => Link::Between,
            "and" => Link::And,
            _ => Link::None,
        }
    }

    /// True when the link says that the name is a place and nothing else.
    pub(super) fn is_locative(self) -> bool {
        matches!(self, Link::At | Link::To | Link::From)
    }
}

/// What stands before a name, read backwards.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    /// The tie.
    pub link: Link,
    /// First token of article, link and name; what governs them ends here.
    pub start: usize,
    /// True when an article stands before the name, contracted ones included.
    pub article: bool,
    /// True when the article is part of the link: « au », « du ».
    pub contracted: bool,
}

/// The tokens that a word or expression of some class begins at which is looked for all over the text, in order.
pub(super) fn marks(text: &Text<'_>) -> Vec<usize> {
    const SOUGHT: Classes = Classes::of(&[
        class::PLACE_OTHER_NAME,
        class::PLACE_OTHER_HEAD,
        class::PLACE_SPORT,
        class::PLACE_DEMONYM,
        class::PLACE_DEMONYM_LOCAL,
        class::PLACE_BORDER,
        class::PLACE_ANAPHOR,
        class::PLACE_NUMBERED,
        class::PLACE_KIND_AFTER,
        class::PLACE_KIND_BEFORE,
        class::TAG_FIRST_NAME,
        class::PLACE_FIRST_NAME,
        class::PLACE_TITLE_PERSON,
    ]);
    (0..text.tokens.len()).filter(|i| text.touches(*i, &SOUGHT)).collect()
}

/// The longest expression of a class that ends right before token `end`: its first token and value.
pub(super) fn ends_at(text: &Text<'_>, end: usize, wanted: Class) -> Option<(usize, &'static str)> {
    const LONGEST: usize = 5;
    for start in end.saturating_sub(LONGEST)..end.saturating_sub(1) {
        if !text.begins(start, wanted) {
            continue;
        }
        let len = end - start;
        if let Some(entry) = text.phrases(start).filter(|p| p.len == len).find_map(|p| p.reading(wanted)) {
            return Some((start, entry.value));
        }
    }
    let last = end.checked_sub(1)?;
    text.value(last, wanted).map(|value| (last, value))
}

/// True when an expression of a class that ends right before `end` has this value.
pub(super) fn has_before(text: &Text<'_>, end: usize, wanted: Class, value: &str) -> bool {
    let Some(last) = end.checked_sub(1) else { return false };
    let lexicon = text.lang.lexicon();
    if lexicon.entries(text.word(last)).any(|e| e.class == wanted && e.value == value) {
        return true;
    }
    ends_at(text, end, wanted).is_some_and(|(start, found)| start < last && found == value)
}

/// True when token `i` is read as a word of a class with this value.
pub(super) fn means(text: &Text<'_>, i: usize, wanted: Class, value: &str) -> bool {
    text.has(i, wanted)
        && text.lang.lexicon().entries(text.word(i)).any(|e| e.class == wanted && e.value == value)
}

/// Reads the article and the link before token `at`, within the sentence that begins at `first`.
pub(super) fn before(text: &Text<'_>, first: usize, at: usize) -> Before {
    let mut start = at;
    let mut article = false;
    if start > first && text.has(start - 1, class::PLACE_ARTICLE) {
        start -= 1;
        article = true;
    }
    let mut contracted = false;
    let mut link = Link::None;
    if start > first
        && let Some((from, value)) = ends_at(text, start, class::PLACE_LINK)
        && from >= first
    {
        contracted = text.has(start - 1, class::PLACE_CONTRACTED);
        article |= contracted;
        link = Link::read(value);
        start = from;
    }
    Before { link, start, article, contracted }
}

/// The tokens of the sentence that holds token `at`.
pub(super) fn sentence(text: &Text<'_>, at: usize) -> Range<usize> {
    text.sentences.get(text.sentence_of(at)).map_or(0..0, |s| s.tokens.clone())
}

/// Degrees clockwise from north of the direction word that ends before `end`, and where it begins.
pub(super) fn direction_before(text: &Text<'_>, end: usize) -> Option<(usize, f64)> {
    let (start, value) = ends_at(text, end, class::PLACE_DIRECTION)?;
    value.parse().ok().map(|degrees| (start, degrees))
}
