//! Names of persons, organisations, places and other things: one pass from left to right.
//!
//! Labels say where in a name a token stands (only, first, inner, last) and of what kind it is. Only tokens
//! that can begin or go on with a name are scored. Names seen earlier in the text weigh in.

use super::by_word::ByWord;
use super::form::{Form, made_of};
use super::hint::Hints;
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
/// Bytes of a row of weights: a check and one weight per label.
const ROW: usize = LABELS + 1;
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

/// Features that tell most.
const FIRST_LOOK: usize = 12;
/// Features of a token and its nearest neighbours.
const NEAR: usize = 14;
/// Features of a wider look.
const FAR: usize = 23;
/// Features of clusters.
const CLUSTERED: usize = 11;
/// By how much a label must lead after the nearest neighbours to be taken without a wider look.
const CLEAR: i32 = 700;
/// By how much [`OUT`] must lead after the first look. Where a name begins or ends is told by its neighbours only.
const CLEARLY_OUT: i32 = 500;

/// What the names of a text were taken for so far, by hash of the word.
#[derive(Debug, Default)]
pub(crate) struct Memory(ByWord<[u8; 5]>);

impl Memory {
    /// Forgets everything.
    #[cfg(feature = "train")]
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Notes that `word` was taken for `kind` (4: no name).
    pub fn note(&mut self, word: u64, kind: u8) {
        if let Some(count) = self.0.at(word).and_then(|counts| counts.get_mut(usize::from(kind))) {
            *count = count.saturating_add(1);
        }
    }

    /// What `word` was mostly taken for: 0 never seen, else kind + 1, plus 8 when it was always so.
    pub fn recall(&self, word: u64) -> u64 {
        let Some(counts) = self.0.get(word) else { return 0 };
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
    // « 20 Minutes », but « l'archevêché de la ville de Lyon ».
    let near = tokens.get(i + 1..).unwrap_or_default().iter().take(if number { 1 } else { 4 });
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

impl Recogniser<'_> {
    /// The labels of the tokens of one sentence; `memory` holds what the sentences before told, `hints` what the
    /// whole text tells.
    pub fn label(&self, tokens: &[Sight], memory: &Memory, hints: &Hints, labels: &mut Vec<u8>) {
        let start = labels.len();
        for i in 0..tokens.len() {
            let past = labels.get(start..).unwrap_or_default();
            let last = past.last().copied().unwrap_or(OUT);
            let next = if last == OUT && !may_begin(tokens, i) {
                OUT
            } else {
                let around = Around::new(tokens, i, past, memory, hints);
                self.best(&around, followers(last))
            };
            labels.push(next);
        }
    }

    /// The best of the labels that are allowed, after as many looks as it takes to lead clearly.
    fn best(&self, around: &Around<'_>, allowed: &[u8]) -> u8 {
        let mut sums = [0; 16];
        let leader = |sums: &[i16; 16]| score::leader(allowed.iter().map(|l| (*l, sum_of(sums, *l))));
        score::add_rows::<ROW, 16, _>(self.table, &around.first(), &mut sums);
        let (found, lead) = leader(&sums);
        if found == OUT && lead >= CLEARLY_OUT {
            return OUT;
        }
        score::add_rows::<ROW, 16, _>(self.table, &around.near(), &mut sums);
        let (found, lead) = leader(&sums);
        if lead >= CLEAR {
            return found;
        }
        score::add_rows::<ROW, 16, _>(self.table, &around.far(), &mut sums);
        if self.clusters {
            score::add_rows::<ROW, 16, _>(self.table, &around.clustered(), &mut sums);
        }
        leader(&sums).0
    }
}

fn sum_of(sums: &[i16; 16], label: u8) -> i32 {
    sums.get(usize::from(label)).map_or(0, |sum| i32::from(*sum))
}

/// The best of the labels that are allowed; the first one when several are equal.
#[cfg(feature = "train")]
pub(crate) fn best(sums: &[f32], allowed: &[u8]) -> u8 {
    let mut found: Option<(u8, f32)> = None;
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

/// A token, what stands around it, and what is known of its word.
struct Around<'s> {
    t: &'s Sight,
    next: &'s Sight,
    after: &'s Sight,
    prev: &'s Sight,
    prev2: &'s Sight,
    last: u64,
    last2: u64,
    /// Kind of the last name, when it ended at most two tokens before.
    lately: u64,
    recalled: u64,
    recalled_next: u64,
    hint: u64,
    hint_next: u64,
}

static NOTHING: Sight =
    Sight { tag: 255, form: Form::NONE, lists: 0, known: 0, first: false, caseless: false, place: 0 };

fn shape(s: &Sight) -> u64 {
    u64::from(s.form.shape & 0x1f) << 1 | u64::from(s.first)
}

fn lists(s: &Sight) -> u64 {
    u64::from(s.lists)
}

fn place(s: &Sight) -> u64 {
    u64::from(s.place)
}

fn is_known(s: &Sight) -> u64 {
    u64::from(s.known & KNOWN != 0)
}

impl<'s> Around<'s> {
    /// `past` are the labels of the tokens before `i` in the sentence.
    fn new(tokens: &'s [Sight], i: usize, past: &[u8], memory: &Memory, hints: &Hints) -> Self {
        let token =
            |n: usize, back: usize| n.checked_sub(back).and_then(|n| tokens.get(n)).unwrap_or(&NOTHING);
        let (t, next) = (token(i, 0), token(i + 1, 0));
        let capital = next.form.has_capital();
        let label = |back: usize| past.iter().rev().nth(back).copied().unwrap_or(OUT);
        let hint = |s: &Sight| hints.get(s.form.word).map_or(0, |h| u64::from(*h));
        let lately = (1..3).map(label).find(|l| *l != OUT).and_then(parts).map_or(0, |(kind, _)| kind + 1);
        Around {
            t,
            next,
            after: token(i + 2, 0),
            prev: token(i, 1),
            prev2: token(i, 2),
            last: u64::from(label(0)),
            last2: u64::from(label(1)),
            lately: u64::from(if label(0) == OUT { lately } else { 0 }),
            recalled: memory.recall(t.form.word),
            recalled_next: if capital { memory.recall(next.form.word) } else { 0 },
            hint: hint(t),
            hint_next: if capital { hint(next) } else { 0 },
        }
    }

    fn first(&self) -> [u64; FIRST_LOOK] {
        let (t, next, prev, last) = (self.t, self.next, self.prev, self.last);
        let around = lists(prev) << 32 | lists(t) << 16 | lists(next);
        let shapes = shape(prev) << 20 | shape(t) << 10 | shape(next);
        [
            feature(1, t.form.word, last),
            feature(2, t.form.word, shape(t)),
            feature(3, prev.form.word, last),
            feature(5, next.form.word, last),
            feature(9, shapes, last),
            feature(11, t.form.suffix(4), shape(t)),
            feature(15, u64::from(t.tag), last),
            feature(21, around, last),
            feature(25, self.recalled, last),
            feature(41, place(t), last),
            feature(44, place(t) << 16 | lists(t), u64::from(t.tag) << 8 | is_known(t)),
            feature(56, self.hint, last),
        ]
    }

    fn near(&self) -> [u64; NEAR] {
        let (t, next, prev, last) = (self.t, self.next, self.prev, self.last);
        let (w, wn, wp) = (t.form.word, next.form.word, prev.form.word);
        [
            feature(7, wp, w),
            feature(8, w, wn),
            feature(20, lists(t), last),
            feature(22, lists(prev), shape(t)),
            feature(23, lists(next), shape(t)),
            feature(26, self.recalled << 8 | self.recalled_next, shape(t)),
            feature(28, u64::from(t.known), shape(t)),
            feature(39, is_known(t) << 8 | last, shape(prev) << 10 | shape(t)),
            feature(40, lists(t), is_known(t) << 8 | self.recalled),
            feature(43, place(t) << 16 | lists(t), last << 8 | shape(prev)),
            feature(57, self.hint, shape(t)),
            feature(58, self.hint << 16 | self.hint_next, last),
            feature(59, self.hint << 8 | self.recalled, place(t)),
            feature(60, self.lately << 8 | last, wp),
        ]
    }

    fn far(&self) -> [u64; FAR] {
        let (t, next, after, prev, prev2) = (self.t, self.next, self.after, self.prev, self.prev2);
        let (last, last2) = (self.last, self.last2);
        let (wn, wp) = (next.form.word, prev.form.word);
        let shapes = shape(prev) << 20 | shape(t) << 10 | shape(next);
        let tags = u64::from(prev.tag) << 16 | u64::from(t.tag) << 8 | u64::from(next.tag);
        [
            feature(4, prev2.form.word, last),
            feature(6, after.form.word, last),
            feature(10, t.form.suffix(3), last),
            feature(12, t.form.suffix(6), 0),
            feature(13, t.form.prefix(3), shape(t)),
            feature(14, t.form.prefix(4), t.form.suffix(3)),
            feature(16, tags, last),
            feature(17, u64::from(next.tag) << 8 | u64::from(after.tag), last),
            feature(18, last << 8 | last2, shape(t)),
            feature(19, last << 8 | last2, u64::from(t.tag)),
            feature(24, lists(prev2) << 16 | lists(prev), last),
            feature(27, self.recalled, u64::from(t.known)),
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
            feature(42, place(t) << 16 | place(prev) << 8 | place(next), last),
        ]
    }

    fn clustered(&self) -> [u64; CLUSTERED] {
        let (t, next, prev, prev2, last) = (self.t, self.next, self.prev, self.prev2, self.last);
        let shapes = shape(prev) << 20 | shape(t) << 10 | shape(next);
        [
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
}

/// All features of token `i`, given the labels of the tokens before it in the sentence.
pub(crate) fn features(
    tokens: &[Sight],
    i: usize,
    past: &[u8],
    (memory, hints): (&Memory, &Hints),
    clusters: bool,
) -> Vec<u64> {
    let around = Around::new(tokens, i, past, memory, hints);
    score::joined(&[&around.first(), &around.near(), &around.far(), &around.clustered()], clusters)
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
