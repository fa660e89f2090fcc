//! Names of persons, organisations, places and other things: one pass from left to right.
//!
//! Labels say where in a name a token stands (only, first, inner, last) and of what kind it is. Only tokens
//! that can begin or go on with a name are scored. Names seen earlier in the text weigh in.

use super::form::{Form, made_of};
use super::score::{self, feature};
use super::tagger::KNOWN;
use serde::{Deserialize, Serialize};

/// Kind of a named entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
    /// Another name: an event, a work, a product.
    Other,
}

/// All kinds, by number.
pub(crate) const KINDS: [EntityKind; 4] =
    [EntityKind::Person, EntityKind::Organisation, EntityKind::Place, EntityKind::Other];

impl EntityKind {
    /// The name that outputs use: `PER`, `ORG`, `LOC`, `MISC`.
    pub fn as_str(self) -> &'static str {
        match self {
            EntityKind::Person => "PER",
            EntityKind::Organisation => "ORG",
            EntityKind::Place => "LOC",
            EntityKind::Other => "MISC",
        }
    }
}

/// Label of a token outside of names.
pub(crate) const OUT: u8 = 0;
/// Position of the first token of a name.
#[cfg(any(test, feature = "train"))]
pub(crate) const FIRST: u8 = 0;
/// Position of the other tokens of a name.
pub(crate) const INNER: u8 = 1;

/// The label of a position in a name of a kind.
#[cfg(any(test, feature = "train"))]
pub(crate) fn label(kind: u8, position: u8) -> u8 {
    1 + kind * 2 + position
}

/// Kind and position of a label.
pub(crate) fn parts(label: u8) -> Option<(u8, u8)> {
    label.checked_sub(1).map(|l| (l / 2, l % 2))
}

/// Number of labels.
pub(crate) const LABELS: usize = 9;
/// Labels that may follow a token outside of names.
const FREE: [u8; 5] = [0, 1, 3, 5, 7];
/// Labels that may follow a token in a name, by its kind.
const INSIDE: [[u8; 6]; 4] = [[0, 2, 1, 3, 5, 7], [0, 4, 1, 3, 5, 7], [0, 6, 1, 3, 5, 7], [0, 8, 1, 3, 5, 7]];

/// Labels that may follow `last`.
pub(crate) fn followers(last: u8) -> &'static [u8] {
    match parts(last) {
        Some((kind, _)) => INSIDE.get(usize::from(kind)).map_or(&[], |l| l),
        None => &FREE,
    }
}

/// A token as the recogniser sees it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sight {
    /// What it looks like.
    pub form: Form,
    /// Its tag.
    pub tag: u8,
    /// Which lists of names, titles and kinds it is in: one bit each.
    pub lists: u16,
    /// The tagger's word list number: tells known words from unknown ones.
    pub known: u32,
    /// Begins a sentence.
    pub first: bool,
    /// The letters of its sentence have no case to tell names by.
    pub caseless: bool,
    /// How well known a place of this name is, twice, plus one inside the name; 0 when there is none.
    pub place: u8,
}

/// Number of features of a token.
pub(crate) const FEATURES: usize = 55;
/// Those of them that need no clusters: the first ones.
const WITHOUT_CLUSTERS: usize = 44;

/// What the names of a text were taken for so far, by hash of the word.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    slots: Vec<(u64, [u8; 5])>,
    filled: usize,
}

impl Memory {
    /// Forgets everything.
    #[cfg(feature = "train")]
    pub fn clear(&mut self) {
        self.slots.clear();
        self.filled = 0;
    }

    fn slot(&self, word: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = word as usize & mask;
        while self.slots.get(slot).is_some_and(|(w, _)| *w != 0 && *w != word) {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// Notes that `word` was taken for `kind` (4: no name).
    pub fn note(&mut self, word: u64, kind: u8) {
        if self.slots.len() < 2 * (self.filled + 1) {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![(0, [0; 5]); (old.len() * 2).max(256)];
            for (w, counts) in old.into_iter().filter(|(w, _)| *w != 0) {
                let slot = self.slot(w);
                if let Some(place) = self.slots.get_mut(slot) {
                    *place = (w, counts);
                }
            }
        }
        let slot = self.slot(word.max(1));
        if let Some((w, counts)) = self.slots.get_mut(slot) {
            self.filled += usize::from(*w == 0);
            *w = word.max(1);
            if let Some(count) = counts.get_mut(usize::from(kind)) {
                *count = count.saturating_add(1);
            }
        }
    }

    /// What `word` was mostly taken for: 0 never seen, else kind + 1, plus 8 when it was always so.
    pub fn recall(&self, word: u64) -> u64 {
        if self.slots.is_empty() {
            return 0;
        }
        let Some((w, counts)) = self.slots.get(self.slot(word.max(1))) else { return 0 };
        if *w == 0 {
            return 0;
        }
        let total: u32 = counts.iter().map(|c| u32::from(*c)).sum();
        let (kind, most) =
            counts.iter().enumerate().fold((0, 0), |best, (k, c)| if *c > best.1 { (k, *c) } else { best });
        kind as u64 + 1 + if u32::from(most) == total { 8 } else { 0 }
    }
}

/// True when a name can begin at the token: it has a capital, or it is a number or a word of the lists of
/// places and organisations that leads to one. Where case tells nothing, any word can.
pub(crate) fn may_begin(tokens: &[Sight], i: usize) -> bool {
    let Some(token) = tokens.get(i) else { return false };
    if token.form.has_capital() {
        return true;
    }
    let mark = |t: &Sight| t.form.made_of() == made_of::MARK;
    if mark(token) || token.caseless {
        return !mark(token);
    }
    let number = token.form.made_of() >= made_of::SHORT_NUMBER;
    if !number && token.lists & LEADING == 0 {
        return false;
    }
    let near = tokens.get(i + 1..).unwrap_or_default().iter().take(4);
    near.take_while(|t| !mark(t)).any(|t| t.form.has_capital() || t.lists & DEMONYM != 0)
}

/// Lists whose words can begin a name in lower case, as bits of [`Sight::lists`]: words of organisations and
/// places, places, organisations, other names.
const LEADING: u16 = 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5 | 1 << 10;
/// The list of demonyms.
const DEMONYM: u16 = 1 << 6;

/// The scores of labels.
#[derive(Debug)]
pub(crate) struct Recogniser<'a> {
    /// Rows of weights.
    pub table: &'a [u8],
    /// Whether the language has clusters.
    pub clusters: bool,
}

/// The features that count.
pub(crate) fn counted(features: &[u64; FEATURES], clusters: bool) -> &[u64] {
    let count = if clusters { FEATURES } else { WITHOUT_CLUSTERS };
    features.get(..count).unwrap_or(features)
}

impl Recogniser<'_> {
    /// The labels of the tokens of one sentence; `memory` holds what the sentences before told.
    pub fn label(&self, tokens: &[Sight], memory: &Memory, labels: &mut Vec<u8>) {
        let start = labels.len();
        for i in 0..tokens.len() {
            let past = labels.get(start..).unwrap_or_default();
            let last = past.last().copied().unwrap_or(OUT);
            let allowed = followers(last);
            let next = if last == OUT && !may_begin(tokens, i) {
                OUT
            } else {
                let features = features(tokens, i, past, memory);
                let sums = score::add_rows::<LABELS, 16>(self.table, counted(&features, self.clusters));
                best(&sums, allowed)
            };
            labels.push(next);
        }
    }
}

/// The best of the labels that are allowed; the first one when several are equal.
pub(crate) fn best<S: PartialOrd + Copy>(sums: &[S], allowed: &[u8]) -> u8 {
    let mut found: Option<(u8, S)> = None;
    for &label in allowed {
        if let Some(sum) = sums.get(usize::from(label))
            && found.is_none_or(|(_, top)| *sum > top)
        {
            found = Some((label, *sum));
        }
    }
    found.map_or(OUT, |(label, _)| label)
}

/// Notes the names of a labelled sentence.
pub(crate) fn remember(tokens: &[Sight], labels: &[u8], memory: &mut Memory) {
    for (token, label) in tokens.iter().zip(labels) {
        match parts(*label) {
            Some((kind, _)) if token.form.has_capital() => memory.note(token.form.word, kind),
            None if token.form.has_capital() && !token.first => memory.note(token.form.word, 4),
            _ => {}
        }
    }
}

/// The features of token `i`, given the labels of the tokens before it in the sentence.
pub(crate) fn features(tokens: &[Sight], i: usize, past: &[u8], memory: &Memory) -> [u64; FEATURES] {
    let none = Sight { tag: 255, ..Sight::default() };
    let token = |n: usize, back: usize| n.checked_sub(back).and_then(|n| tokens.get(n)).unwrap_or(&none);
    let (t, next, after) = (token(i, 0), token(i + 1, 0), token(i + 2, 0));
    let (prev, prev2) = (token(i, 1), token(i, 2));
    let last = u64::from(past.last().copied().unwrap_or(OUT));
    let last2 = u64::from(past.iter().rev().nth(1).copied().unwrap_or(OUT));
    let shape = |s: &Sight| u64::from(s.form.shape & 0x1f) << 1 | u64::from(s.first);
    let lists = |s: &Sight| u64::from(s.lists);
    let place = |s: &Sight| u64::from(s.place);
    let is_known = |s: &Sight| u64::from(s.known & KNOWN != 0);
    let shapes = shape(prev) << 20 | shape(t) << 10 | shape(next);
    let tags = u64::from(prev.tag) << 16 | u64::from(t.tag) << 8 | u64::from(next.tag);
    let around = lists(prev) << 32 | lists(t) << 16 | lists(next);
    let recalled = memory.recall(t.form.word);
    let recalled_next = if next.form.has_capital() { memory.recall(next.form.word) } else { 0 };
    let (w, wn, wp) = (t.form.word, next.form.word, prev.form.word);
    [
        feature(1, w, last),
        feature(2, w, shape(t)),
        feature(3, wp, last),
        feature(4, prev2.form.word, last),
        feature(5, wn, last),
        feature(6, after.form.word, last),
        feature(7, wp, w),
        feature(8, w, wn),
        feature(9, shapes, last),
        feature(10, t.form.suffix(3), last),
        feature(11, t.form.suffix(4), shape(t)),
        feature(12, t.form.suffix(6), 0),
        feature(13, t.form.prefix(3), shape(t)),
        feature(14, t.form.prefix(4), t.form.suffix(3)),
        feature(15, u64::from(t.tag), last),
        feature(16, tags, last),
        feature(17, u64::from(next.tag) << 8 | u64::from(after.tag), last),
        feature(18, last << 8 | last2, shape(t)),
        feature(19, last << 8 | last2, u64::from(t.tag)),
        feature(20, lists(t), last),
        feature(21, around, last),
        feature(22, lists(prev), shape(t)),
        feature(23, lists(next), shape(t)),
        feature(24, lists(prev2) << 16 | lists(prev), last),
        feature(25, recalled, last),
        feature(26, recalled << 8 | recalled_next, shape(t)),
        feature(27, recalled, u64::from(t.known)),
        feature(28, u64::from(t.known), shape(t)),
        feature(29, u64::from(t.known), last),
        feature(30, prev.form.suffix(4), last),
        feature(31, next.form.suffix(4), last),
        feature(32, next.form.prefix(4), last),
        feature(33, wp, shapes),
        feature(34, prev2.form.word, wp),
        feature(35, wn, after.form.word),
        feature(36, wp, wn),
        feature(37, lists(after) << 16 | lists(next), last),
        feature(38, shape(t) << 10 | shape(next), is_known(t) << 1 | is_known(next)),
        feature(39, is_known(t) << 8 | last, shape(prev) << 10 | shape(t)),
        feature(40, lists(t), is_known(t) << 8 | recalled),
        feature(41, place(t), last),
        feature(42, place(t) << 16 | place(prev) << 8 | place(next), last),
        feature(43, place(t) << 16 | lists(t), last << 8 | shape(prev)),
        feature(44, place(t) << 16 | lists(t), u64::from(t.tag) << 8 | is_known(t)),
        feature(45, t.form.steps(4), last),
        feature(46, t.form.steps(6), last),
        feature(47, t.form.steps(10), last),
        feature(48, t.form.steps(16), shape(t)),
        feature(49, prev.form.steps(16), last),
        feature(50, next.form.steps(16), last),
        feature(51, prev.form.steps(6) << 16 | t.form.steps(6), last),
        feature(52, next.form.steps(6) << 16 | t.form.steps(6), last),
        feature(53, t.form.steps(16), lists(t)),
        feature(54, prev.form.steps(10), shapes),
        feature(55, prev2.form.steps(10) << 16 | prev.form.steps(10), last),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for kind in 0..4 {
            for position in [FIRST, INNER] {
                assert_eq!(parts(label(kind, position)), Some((kind, position)));
                assert!(followers(label(kind, position)).contains(&label(kind, INNER)));
            }
        }
        assert!(FREE.iter().all(|l| parts(*l).is_none_or(|(_, p)| p == FIRST)));
    }

    #[test]
    fn memory_grows_and_recalls() {
        let mut memory = Memory::default();
        assert_eq!(memory.recall(5), 0);
        for word in 1..2000u64 {
            memory.note(word.wrapping_mul(0x9e37_79b9_7f4a_7c15), (word % 4) as u8);
        }
        for word in 1..2000u64 {
            assert_eq!(memory.recall(word.wrapping_mul(0x9e37_79b9_7f4a_7c15)), 8 + 1 + word % 4);
        }
        memory.note(7, 0);
        memory.note(7, 2);
        memory.note(7, 2);
        assert_eq!(memory.recall(7), 3);
    }
}
