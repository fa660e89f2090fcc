//! Which way a time looks: back or ahead, by the words around it.
//!
//! A cue of the lists (`time.cue`) in the same clause decides; then the verb group of the clause; without a
//! [`tag::Reading`], or where it knows no verb, the nearest cue or finite verb ending (settings
//! `future_endings`, `past_endings`, `present_endings`) in the sentence.

use crate::lang::{class, setting};
use crate::tag;
use crate::tag::When;
use crate::text::{Kind, Text};
use std::ops::Range;

/// How far a cue is looked for, in tokens.
const REACH: usize = 16;

/// How near before a time a cue of another clause counts, in tokens.
const CLOSE: usize = 3;

/// How many clauses above a verb without a tense are asked.
const DEPTH: usize = 3;

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

/// What tells directions in a text.
pub struct Tenses<'r> {
    reading: Option<&'r tag::Reading<'r>>,
    endings: Vec<(&'static str, Direction)>,
}

impl<'r> Tenses<'r> {
    /// The endings that the language's settings list, longest first.
    pub fn of(text: &Text<'_>, reading: Option<&'r tag::Reading<'r>>) -> Self {
        let mut endings = Vec::new();
        for (name, direction) in [
            (setting::FUTURE_ENDINGS, Direction::Future),
            (setting::PAST_ENDINGS, Direction::Past),
            (setting::PRESENT_ENDINGS, Direction::Present),
        ] {
            let list = text.lang.setting(name).unwrap_or_default();
            endings.extend(list.split_ascii_whitespace().map(|e| (e, direction)));
        }
        endings.sort_by_key(|(e, _)| std::cmp::Reverse(e.len()));
        Tenses { reading, endings }
    }

    /// The direction that the words around `tokens` give.
    pub fn around(&self, text: &Text<'_>, tokens: Range<usize>) -> Direction {
        self.by_clause(text, &tokens).unwrap_or_else(|| self.by_words(text, tokens))
    }

    /// The same for a time up to which something is done: "changed her story by Thursday" looks back, all else ahead.
    pub fn toward(&self, text: &Text<'_>, tokens: Range<usize>, by: bool) -> Direction {
        match self.around(text, tokens) {
            direction if direction == Direction::Past || !by => direction,
            _ => Direction::Future,
        }
    }

    /// The direction of the clause: a cue in it, or its verb.
    fn by_clause(&self, text: &Text<'_>, tokens: &Range<usize>) -> Option<Direction> {
        let clauses = self.reading?.clauses(text.sentence_of(tokens.start))?;
        let number = clauses.index(tokens.start)?;
        let clause = clauses.at(tokens.start)?;
        let predicate = clause.predicate.as_ref()?;
        // What follows a colon or semicolon does not hang on the verb before it.
        let between = predicate.tokens.end.min(tokens.end)..tokens.start.max(predicate.tokens.start);
        if between.into_iter().any(|i| self.border(text, i) > 0 && !text.has(i, class::TIME_BORDER)) {
            return None;
        }
        let first = clause.tokens.start.max(tokens.start.saturating_sub(REACH));
        let last = clause.tokens.end.min(tokens.end + REACH);
        // Only what announces counts as a cue here: the verb itself tells the rest.
        let own = |i: usize| clauses.owns(number, i) && !tokens.contains(&i);
        let before = (first..tokens.start).rev().chain(tokens.end..last);
        let cue = before.filter(|&i| own(i)).find_map(|i| self.cue(text, i, last));
        // Right before the time a cue counts whatever clause it is in: the meeting planned for Thursday.
        let close = (tokens.start.saturating_sub(CLOSE)..tokens.start).rev();
        let start = text.sentences.get(text.sentence_of(tokens.start))?.tokens.start;
        let close = close.filter(|&i| i >= start).find_map(|i| self.cue(text, i, tokens.start));
        // What can or could happen is still to come, unless it is told as a habit of the past.
        let possible = predicate.modality == Some(tag::Modality::Possible)
            && !predicate.perfect
            && predicate.tense != Some(tag::Tense::Imp);
        match (cue, predicate.when()) {
            _ if possible || close == Some(Direction::Future) => Some(Direction::Future),
            (Some(Direction::Future), _) | (_, Some(When::Future)) => Some(Direction::Future),
            (_, Some(When::Past)) | (Some(Direction::Past), _) => Some(Direction::Past),
            (_, Some(When::Present)) => Some(Direction::Present),
            // "will be used to apply for a grant in August": what an infinitive hangs on is to come.
            (_, None) => {
                let over = |n: &usize| clauses.list.get(*n).and_then(|c| c.parent);
                let above = std::iter::successors(over(&number), over).take(DEPTH);
                let mut verbs = above.filter_map(|n| clauses.list.get(n)?.predicate.as_ref());
                verbs.any(|p| p.when() == Some(When::Future)).then_some(Direction::Future)
            }
        }
    }

    fn by_words(&self, text: &Text<'_>, tokens: Range<usize>) -> Direction {
        let Some(sentence) = text.sentences.get(text.sentence_of(tokens.start)) else {
            return Direction::Unknown;
        };
        // A clause border counts as some words more, and so does looking ahead.
        let mut distance = 0;
        let first = sentence.tokens.start.max(tokens.start.saturating_sub(REACH));
        let before = (first..tokens.start).rev().find_map(|i| {
            distance += 1 + self.border(text, i);
            self.at(text, i, sentence.tokens.end).map(|d| (distance, d))
        });
        let mut distance = 2;
        let last = sentence.tokens.end.min(tokens.end + REACH);
        let after = (tokens.end..last).find_map(|i| {
            distance += 1 + self.border(text, i);
            self.at(text, i, sentence.tokens.end).map(|d| (distance, d))
        });
        let nearest = before.into_iter().chain(after).min_by_key(|(distance, _)| *distance);
        nearest.map_or(Direction::Unknown, |(_, direction)| direction)
    }

    fn border(&self, text: &Text<'_>, i: usize) -> usize {
        let mark = text.is_mark(i, class::MARK_SEMICOLON) || text.is_mark(i, class::MARK_COLON);
        if mark || text.has(i, class::TIME_BORDER) { 4 } else { 0 }
    }

    fn cue(&self, text: &Text<'_>, i: usize, limit: usize) -> Option<Direction> {
        let (len, cue) = text.phrase(i, class::TIME_CUE)?;
        match cue {
            _ if i + len > limit => None,
            "future" => Some(Direction::Future),
            "past" => Some(Direction::Past),
            "present" => Some(Direction::Present),
            _ => None,
        }
    }

    /// The direction of the word at `i`, if it is a finite verb or a cue.
    fn at(&self, text: &Text<'_>, i: usize, limit: usize) -> Option<Direction> {
        let token = text.tokens.get(i).filter(|t| t.kind == Kind::Word)?;
        if let Some(direction) = self.cue(text, i, limit) {
            return Some(direction);
        }
        if token.capital() {
            return None;
        }
        let word = text.str(i);
        let fits = |ending: &str| word.len() > ending.len() && word.ends_with(ending);
        self.endings.iter().find(|(ending, _)| fits(ending)).map(|(_, direction)| *direction)
    }
}
