//! Part of speech and inflection: one pass from left to right over a sentence.
//!
//! A word list made in training says which tags a word can have, or, for unknown words, its ending; only
//! where that leaves a choice are features scored. Averaged perceptron, greedy; features below.

use super::cluster::Clusters;
use super::form::{Form, made_of};
use super::morph::{Morph, Upos};
use super::score::{self, Weight, feature, key};
use super::weights::at;

/// Templates that tell the parts of the word list apart: whole words, endings of four bytes and shorter.
pub(crate) const WORD: u64 = 200;
/// Lengths of the endings that are looked up for unknown words, longest first.
pub(crate) const ENDINGS: [u32; 4] = [5, 4, 3, 2];
/// Number of the list for words and endings that training has not seen.
pub(crate) const OPEN: u32 = 0;
/// Mark of a list number that was found by the whole word.
pub(crate) const KNOWN: u32 = 1 << 31;
/// Stands for the words that the list does not hold: those seen once teach what endings tell.
const RARE: u64 = 1;
/// Number of features of a token.
pub(crate) const FEATURES: usize = 35;
/// Those of them that need no clusters: the first ones.
const WITHOUT_CLUSTERS: usize = 29;

/// The word list: which tags a word can have. All of it is borrowed from the weights, or from training.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Words<'a> {
    /// Slots of hash and list number; their number is a power of two.
    pub slots: &'a [u8],
    /// Where lists begin.
    pub starts: &'a [u8],
    /// The lists.
    pub lists: &'a [u8],
}

impl<'a> Words<'a> {
    /// List number of a key.
    fn find(&self, key: u64) -> Option<u32> {
        let count = self.slots.len() / 8;
        if count == 0 {
            return None;
        }
        let mask = count - 1;
        let wanted = (key >> 32) as u32 | 1;
        let mut slot = key as usize & mask;
        for _ in 0..count {
            match at(self.slots, slot * 2) {
                0 => return None,
                found if found == wanted => return Some(at(self.slots, slot * 2 + 1)),
                _ => slot = (slot + 1) & mask,
            }
        }
        None
    }

    /// The number of the list of tags for a form: by its word, else by its ending, else the open one.
    pub fn list_of(&self, form: &Form) -> u32 {
        if form.made_of() >= made_of::SHORT_NUMBER {
            let key = key(WORD, form.word, 0);
            return self.find(key).unwrap_or_else(|| self.find(shape_key(form)).unwrap_or(OPEN));
        }
        self.find(key(WORD, form.word, 0))
            .map(|list| list | KNOWN)
            .or_else(|| ENDINGS.iter().find_map(|&n| self.find(ending_key(form, n))))
            .unwrap_or(OPEN)
    }

    /// List number of any key; the open one when it is not there.
    pub fn list(&self, key: u64) -> u32 {
        self.find(key).unwrap_or(OPEN)
    }

    /// The tags of a list.
    pub fn tags(&self, list: u32) -> &'a [u8] {
        let (start, end) =
            (at(self.starts, (list & !KNOWN) as usize), at(self.starts, (list & !KNOWN) as usize + 1));
        self.lists.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Key of an ending of `n` bytes.
pub(crate) fn ending_key(form: &Form, n: u32) -> u64 {
    key(WORD + u64::from(n), form.suffix(n), 0)
}

/// Key of a number or mark by its shape.
pub(crate) fn shape_key(form: &Form) -> u64 {
    key(WORD + 10, u64::from(form.shape), 0)
}

/// What the tagger is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tagger<'a, W> {
    /// The word list.
    pub words: Words<'a>,
    /// Packed tags, `u32` each.
    pub tags: &'a [u8],
    /// The tag of names, which every capitalised word can be.
    pub name: u8,
    /// Scores.
    pub table: &'a [W],
    /// Clusters, for forms that are marked with them.
    pub clusters: Clusters<'a>,
}

/// The features that count.
pub(crate) fn counted(features: &[u64; FEATURES], clusters: bool) -> &[u64] {
    let count = if clusters { FEATURES } else { WITHOUT_CLUSTERS };
    features.get(..count).unwrap_or(features)
}

/// Tags that no list holds: before the first and after the last token.
const BORDER: u64 = 255;

impl<W: Weight> Tagger<'_, W> {
    /// The tags of a sentence, appended to `tags`; `lists` is scratch space.
    pub fn tag(&self, forms: &[Form], lists: &mut Vec<u32>, tags: &mut Vec<u8>) {
        lists.clear();
        lists.extend(forms.iter().map(|f| self.words.list_of(f)));
        let (mut before, mut last) = (BORDER, BORDER);
        let mut candidates = Vec::new();
        let cased = is_cased(forms);
        for i in 0..forms.len() {
            let known = self.candidates(forms, lists, i, &mut candidates);
            let tag = match known {
                [one] => *one,
                _ => {
                    let features = features(forms, lists, i, before, last, cased);
                    score::best(self.table, counted(&features, self.clusters.any()), known)
                }
            };
            tags.push(tag);
            (before, last) = (last, u64::from(tag));
        }
    }

    /// The tags that token `i` can have.
    pub fn candidates<'b>(&self, forms: &[Form], lists: &[u32], i: usize, own: &'b mut Vec<u8>) -> &'b [u8]
    where
        Self: 'b,
    {
        own.clear();
        own.extend_from_slice(self.words.tags(lists.get(i).copied().unwrap_or(OPEN)));
        let capital = forms.get(i).is_some_and(Form::has_capital);
        if capital && (i > 0 || own.len() > 1) && !own.contains(&self.name) {
            own.push(self.name);
        }
        own
    }

    /// The tag of that number.
    pub fn morph(&self, tag: u8) -> Morph {
        if usize::from(tag) * 4 < self.tags.len() {
            Morph(at(self.tags, usize::from(tag)))
        } else {
            Morph::new(Upos::X)
        }
    }
}

/// True when capitals tell something: the sentence has words with and words without.
pub(crate) fn is_cased(forms: &[Form]) -> bool {
    let any = |kind: u16| forms.iter().any(|f| f.made_of() == kind);
    any(made_of::LOWER) && (any(made_of::CAPITAL) || any(made_of::UPPER) || any(made_of::MIXED))
}

/// The features of token `i`, given the two tags before it.
pub(crate) fn features(
    forms: &[Form],
    lists: &[u32],
    i: usize,
    before: u64,
    last: u64,
    cased: bool,
) -> [u64; FEATURES] {
    let none = Form::default();
    let form = |n: usize, back: usize| n.checked_sub(back).and_then(|n| forms.get(n)).unwrap_or(&none);
    let list = |n: usize| lists.get(n).map_or(u64::MAX, |l| u64::from(*l));
    let (w, next, after) = (form(i, 0), form(i + 1, 0), form(i + 2, 0));
    let (prev, prev2) = (form(i, 1), form(i, 2));
    let first = u64::from(i == 0);
    let known = lists.get(i).is_some_and(|l| l & KNOWN != 0);
    let word = if known { w.word } else { RARE };
    let shape = u64::from(w.shape) << 2 | first << 1 | u64::from(cased);
    let history = before << 8 | last;
    [
        feature(1, word, 0),
        feature(2, w.suffix(2), 0),
        feature(3, w.suffix(3), 0),
        feature(4, w.suffix(4), 0),
        feature(5, w.suffix(6), 0),
        feature(28, shape, w.prefix(2)),
        feature(29, shape, list(i)),
        feature(6, w.prefix(3), 0),
        feature(7, shape, 0),
        feature(8, shape, w.suffix(3)),
        feature(9, last, 0),
        feature(10, history, 0),
        feature(11, last, word),
        feature(12, last, w.suffix(3)),
        feature(13, prev.word, 0),
        feature(14, prev2.word, 0),
        feature(15, next.word, 0),
        feature(16, after.word, 0),
        feature(17, next.suffix(3), u64::from(next.shape)),
        feature(18, prev.word, word),
        feature(19, next.word, word),
        feature(20, list(i + 1), last),
        feature(21, list(i + 1), list(i + 2)),
        feature(22, list(i), list(i + 1)),
        feature(23, history, list(i)),
        feature(24, prev.word, next.word),
        feature(25, prev.suffix(3), w.suffix(2)),
        feature(26, u64::from(w.listed), last),
        feature(27, u64::from(w.listed), u64::from(next.listed) << 32 | u64::from(prev.listed)),
        feature(30, w.steps(16), last),
        feature(31, w.steps(6), last),
        feature(32, prev.steps(16), w.suffix(2)),
        feature(33, next.steps(16), w.suffix(2)),
        feature(34, prev.steps(6) << 32 | w.steps(6) << 16 | next.steps(6), last),
        feature(35, w.steps(16) << 16 | next.steps(10), u64::from(known)),
    ]
}
