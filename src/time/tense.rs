//! Which way a time looks: back or ahead, by the words around it.
//!
//! The lists name cues (`time.cue`: past, future or present) and the endings of finite verbs
//! (settings `future_endings`, `past_endings`, `present_endings`); the nearest cue in the sentence decides.

use crate::lang::class;
use crate::text::{Kind, Text};
use std::ops::Range;

/// How far a cue is looked for, in tokens.
const REACH: usize = 16;

/// Which way a time looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Back.
    Past,
    /// Ahead.
    Future,
    /// Neither: a present tense.
    Present,
    /// No cue.
    Unknown,
}

/// Endings of the finite verbs of a language.
#[derive(Debug)]
pub struct Tenses {
    endings: Vec<(&'static str, Direction)>,
}

impl Tenses {
    /// The endings that the language's settings list, longest first.
    pub fn of(text: &Text<'_>) -> Tenses {
        let mut endings = Vec::new();
        for (name, direction) in [
            ("future_endings", Direction::Future),
            ("past_endings", Direction::Past),
            ("present_endings", Direction::Present),
        ] {
            let list = text.lang.setting(name).unwrap_or_default();
            endings.extend(list.split_ascii_whitespace().map(|e| (e, direction)));
        }
        endings.sort_by_key(|(e, _)| std::cmp::Reverse(e.len()));
        Tenses { endings }
    }

    /// The direction that the words around `tokens` give.
    pub fn around(&self, text: &Text<'_>, tokens: Range<usize>) -> Direction {
        let Some(sentence) = text.sentences.get(text.sentence_of(tokens.start)) else {
            return Direction::Unknown;
        };
        let mut best: Option<(usize, Direction)> = None;
        let mut offer = |distance: usize, direction: Direction| {
            if best.is_none_or(|(d, _)| distance < d) {
                best = Some((distance, direction));
            }
        };
        // A clause border counts as some words more, and so does looking ahead.
        let mut distance = 0;
        let first = sentence.tokens.start.max(tokens.start.saturating_sub(REACH));
        let mut i = tokens.start;
        while i > first {
            i -= 1;
            distance += 1 + self.border(text, i);
            if let Some(direction) = self.at(text, i, sentence.tokens.end) {
                offer(distance, direction);
                break;
            }
        }
        let mut distance = 2;
        let last = sentence.tokens.end.min(tokens.end + REACH);
        for i in tokens.end..last {
            distance += 1 + self.border(text, i);
            if let Some(direction) = self.at(text, i, sentence.tokens.end) {
                offer(distance, direction);
                break;
            }
        }
        best.map_or(Direction::Unknown, |(_, d)| d)
    }

    fn border(&self, text: &Text<'_>, i: usize) -> usize {
        if text.has(i, class::TIME_BORDER) || text.is_mark(i, class::MARK_SEMICOLON) { 4 } else { 0 }
    }

    /// The direction of the word at `i`, if it is a finite verb or a cue.
    fn at(&self, text: &Text<'_>, i: usize, limit: usize) -> Option<Direction> {
        let token = text.tokens.get(i).filter(|t| t.kind == Kind::Word)?;
        if let Some((len, cue)) = text.phrase(i, class::TIME_CUE)
            && i + len <= limit
        {
            return match cue {
                "future" => Some(Direction::Future),
                "past" => Some(Direction::Past),
                "present" => Some(Direction::Present),
                _ => None,
            };
        }
        if token.capital() {
            return None;
        }
        let word = text.str(i);
        let fits = |ending: &str| word.len() > ending.len() + 1 && word.ends_with(ending);
        self.endings.iter().find(|(ending, _)| fits(ending)).map(|(_, direction)| *direction)
    }
}
