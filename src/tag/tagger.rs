//! Part of speech and inflection: one pass from left to right over a sentence.
//!
//! A word list made in training says which tags a word can have, or, for unknown words, its ending; only
//! where that leaves a choice are features scored. Averaged perceptron, greedy; features below.

use super::cluster::Clusters;
use super::context::{self, Contexts};
use super::form::{Form, made_of};
use super::morph::{Morph, Upos};
use super::score::{self, feature, key};
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
/// Features of a token by itself.
const OWN: usize = 10;
/// Features of its nearest neighbours, which mostly settle its tag.
const NEAR: usize = 10;
/// Features of a wider look.
const FAR: usize = 9;
/// Features of clusters.
const CLUSTERED: usize = 6;
/// By how much a tag must lead after the nearest neighbours to be taken without a wider look.
const CLEAR: i32 = 600;

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
pub(crate) struct Tagger<'a> {
    /// The word list.
    pub words: Words<'a>,
    /// Packed tags, `u32` each.
    pub tags: &'a [u8],
    /// The tag of names, which every capitalised word can be.
    pub name: u8,
    /// Scores.
    pub table: &'a [u8],
    /// Clusters, for forms that are marked with them.
    pub clusters: Clusters<'a>,
    /// Where words need no scores.
    pub contexts: Contexts<'a>,
    /// The tag of each verb form that [`Form::listed`] tells, where there is one.
    listed: [Option<u8>; LISTED],
}

/// Verb forms that [`Form::listed`] tells apart, and one place for other words.
const LISTED: usize = 11;

/// The bit of [`Form::listed`] that stands for the form of a verb.
fn listed_bit(morph: Morph) -> usize {
    use super::form::listed_bit;
    listed_bit(morph.verb_form(), morph.mood(), morph.tense())
}

/// Tags that no list holds: before the first and after the last token.
pub(crate) const BORDER: u64 = 255;

impl<'a> Tagger<'a> {
    /// A tagger that knows the packed tags `tags`.
    pub fn new(
        words: Words<'a>,
        tags: &'a [u8],
        table: &'a [u8],
        clusters: Clusters<'a>,
        contexts: Contexts<'a>,
    ) -> Self {
        let all = || (0..tags.len() / 4).map(|n| Morph(at(tags, n)));
        let name = all().position(|m| m == Morph::new(Upos::Propn)).unwrap_or_default() as u8;
        let mut listed = [None; LISTED];
        for (bit, place) in listed.iter_mut().enumerate() {
            *place = all().position(|m| m.upos() == Upos::Verb && listed_bit(m) == bit).map(|n| n as u8);
        }
        Tagger { words, tags, name, table, clusters, contexts, listed }
    }

    /// The tags of a sentence, appended to `tags`; `lists` are those of its forms.
    pub fn tag(&self, forms: &[Form], lists: &[u32], kept: &mut OwnSums, tags: &mut Vec<u8>) {
        let (mut before, mut last) = (BORDER, BORDER);
        let mut candidates = Vec::new();
        let cased = is_cased(forms);
        for i in 0..forms.len() {
            let known = self.candidates(forms, lists, i, &mut candidates);
            let settled = match known {
                [one] => Some(*one),
                _ => context::key_of(forms, lists, i, last).and_then(|key| self.contexts.find(key)),
            };
            let tag = settled.unwrap_or_else(|| {
                let around = Around::new(forms, lists, i, before, last, cased);
                match known.len() {
                    2 => self.best_of::<2>(&around, kept, known),
                    3 => self.best_of::<3>(&around, kept, known),
                    4 => self.best_of::<4>(&around, kept, known),
                    5 => self.best_of::<5>(&around, kept, known),
                    6 => self.best_of::<6>(&around, kept, known),
                    7 => self.best_of::<7>(&around, kept, known),
                    8 => self.best_of::<8>(&around, kept, known),
                    _ => self.best_of_many(&around, known),
                }
            });
            tags.push(tag);
            (before, last) = (last, u64::from(tag));
        }
    }

    /// The best of exactly `N` tags: one that leads clearly after the nearest neighbours needs no wider look.
    fn best_of<const N: usize>(&self, around: &Around<'_>, kept: &mut OwnSums, tags: &[u8]) -> u8 {
        let Ok(tags) = <&[u8; N]>::try_from(tags) else { return 0 };
        let mut sums: [i32; N] = kept.sums(self.table, around, tags);
        let leader = |sums: [i32; N]| score::leader(tags.iter().copied().zip(sums));
        score::add(self.table, &around.near(), tags, &mut sums);
        let (best, lead) = leader(sums);
        if lead >= CLEAR {
            return best;
        }
        score::add(self.table, &around.far(), tags, &mut sums);
        if self.clusters.any() {
            score::add(self.table, &around.clustered(), tags, &mut sums);
        }
        leader(sums).0
    }

    /// The best of any number of tags. Among many, no lead is clear before all has been looked at.
    fn best_of_many(&self, around: &Around<'_>, tags: &[u8]) -> u8 {
        let mut sums = [0; score::BLOCK];
        let clustered = around.clustered();
        let clustered = if self.clusters.any() { clustered.as_slice() } else { &[] };
        let (own, near, far) = (around.own(), around.near(), around.far());
        for features in [own.as_slice(), &near, &far, clustered] {
            score::add(self.table, features, tags, &mut sums);
        }
        score::leader(tags.iter().copied().zip(sums)).0
    }

    /// The lists of some forms.
    #[cfg(feature = "train")]
    pub fn lists_of(&self, forms: &[Form], lists: &mut Vec<u32>) {
        lists.clear();
        lists.extend(forms.iter().map(|f| self.words.list_of(f)));
    }

    /// The tags that token `i` can have.
    pub fn candidates<'b>(&self, forms: &[Form], lists: &[u32], i: usize, own: &'b mut Vec<u8>) -> &'b [u8]
    where
        Self: 'b,
    {
        let list = lists.get(i).copied().unwrap_or(OPEN);
        let told = self.words.tags(list);
        let unseen = forms.get(i).filter(|form| list & KNOWN == 0 && form.listed > 1);
        let capital = forms.get(i).is_some_and(Form::has_capital);
        // Most tokens can be what their list says and nothing else.
        if unseen.is_none() && !capital {
            return told;
        }
        own.clear();
        own.extend_from_slice(told);
        // A verb that training has not seen is known by the word lists.
        if let Some(form) = unseen {
            for (_, tag) in self.listed.iter().enumerate().filter(|(bit, _)| form.listed >> bit & 1 == 1) {
                own.extend(tag.filter(|tag| !own.contains(tag)));
            }
        }
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

/// Most classes whose sums are kept.
const KEPT: usize = 8;
/// Slots of sums that are kept.
const SLOTS: usize = 2048;

/// What the features of a token by itself add up to, kept from one token to the next like it.
#[derive(Debug)]
pub(crate) struct OwnSums {
    slots: Vec<(Form, u32, u8, [i16; KEPT])>,
}

impl Default for OwnSums {
    fn default() -> Self {
        OwnSums { slots: vec![(Form::default(), u32::MAX, 0, [0; KEPT]); SLOTS] }
    }
}

impl OwnSums {
    /// The sums of the classes of a token; they follow from its form, its list, and how its sentence is written.
    fn sums<const N: usize>(&mut self, table: &[u8], around: &Around<'_>, classes: &[u8; N]) -> [i32; N] {
        let (form, list, writing) = (around.w, around.list, around.writing);
        let place = form.word ^ u64::from(form.shape) << 3 ^ u64::from(writing);
        let mut sums = [0; N];
        let Some(slot) = self.slots.get_mut(place as usize % SLOTS) else { return sums };
        if slot.1 != list || slot.2 != writing || slot.0 != *form {
            score::add(table, &around.own(), classes, &mut sums);
            slot.3.iter_mut().zip(sums).for_each(|(kept, sum)| *kept = sum as i16);
            (slot.0, slot.1, slot.2) = (*form, list, writing);
            return sums;
        }
        sums.iter_mut().zip(slot.3).for_each(|(sum, kept)| *sum = i32::from(kept));
        sums
    }
}

/// A token and what stands around it.
struct Around<'f> {
    w: &'f Form,
    next: &'f Form,
    after: &'f Form,
    prev: &'f Form,
    prev2: &'f Form,
    list: u32,
    list_next: u64,
    list_after: u64,
    before: u64,
    last: u64,
    /// First in its sentence, and whether capitals tell something there.
    writing: u8,
    word: u64,
    known: u64,
}

static NOTHING: Form = Form::NONE;

impl<'f> Around<'f> {
    fn new(forms: &'f [Form], lists: &[u32], i: usize, before: u64, last: u64, cased: bool) -> Self {
        let form = |n: usize, back: usize| n.checked_sub(back).and_then(|n| forms.get(n)).unwrap_or(&NOTHING);
        let list = |n: usize| lists.get(n).map_or(u64::MAX, |l| u64::from(*l));
        let w = form(i, 0);
        let own = lists.get(i).copied().unwrap_or(OPEN);
        let known = own & KNOWN != 0;
        Around {
            w,
            next: form(i + 1, 0),
            after: form(i + 2, 0),
            prev: form(i, 1),
            prev2: form(i, 2),
            list: own,
            list_next: list(i + 1),
            list_after: list(i + 2),
            before,
            last,
            writing: u8::from(i == 0) << 1 | u8::from(cased),
            word: if known { w.word } else { RARE },
            known: u64::from(known),
        }
    }

    fn own(&self) -> [u64; OWN] {
        let (w, word) = (self.w, self.word);
        let shape = u64::from(w.shape) << 2 | u64::from(self.writing);
        [
            feature(1, word, 0),
            feature(2, w.suffix(2), 0),
            feature(3, w.suffix(3), 0),
            feature(4, w.suffix(4), 0),
            feature(5, w.suffix(6), 0),
            feature(6, w.prefix(3), 0),
            feature(7, shape, 0),
            feature(8, shape, w.suffix(3)),
            feature(28, shape, w.prefix(2)),
            feature(29, shape, u64::from(self.list)),
        ]
    }

    fn near(&self) -> [u64; NEAR] {
        let (w, last) = (self.w, self.last);
        let history = self.before << 8 | last;
        [
            feature(9, last, 0),
            feature(10, history, 0),
            feature(11, last, self.word),
            feature(12, last, w.suffix(3)),
            feature(13, self.prev.word, 0),
            feature(15, self.next.word, 0),
            feature(18, self.prev.word, self.word),
            feature(19, self.next.word, self.word),
            feature(20, self.list_next, last),
            feature(23, history, u64::from(self.list)),
        ]
    }

    fn far(&self) -> [u64; FAR] {
        let (w, next, prev) = (self.w, self.next, self.prev);
        let list = u64::from(self.list);
        [
            feature(14, self.prev2.word, 0),
            feature(16, self.after.word, 0),
            feature(17, next.suffix(3), u64::from(next.shape)),
            feature(21, self.list_next, self.list_after),
            feature(22, list, self.list_next),
            feature(24, prev.word, next.word),
            feature(25, prev.suffix(3), w.suffix(2)),
            feature(26, u64::from(w.listed), self.last),
            feature(27, u64::from(w.listed), u64::from(next.listed) << 32 | u64::from(prev.listed)),
        ]
    }

    fn clustered(&self) -> [u64; CLUSTERED] {
        let (w, next, prev, last) = (self.w, self.next, self.prev, self.last);
        [
            feature(30, w.steps(16), last),
            feature(31, w.steps(6), last),
            feature(32, prev.steps(16), w.suffix(2)),
            feature(33, next.steps(16), w.suffix(2)),
            feature(34, prev.steps(6) << 32 | w.steps(6) << 16 | next.steps(6), last),
            feature(35, w.steps(16) << 16 | next.steps(10), self.known),
        ]
    }
}

/// All features of token `i`, given the two tags before it.
pub(crate) fn features(
    forms: &[Form],
    lists: &[u32],
    i: usize,
    (before, last): (u64, u64),
    cased: bool,
    clusters: bool,
) -> Vec<u64> {
    let around = Around::new(forms, lists, i, before, last, cased);
    score::joined(&[&around.own(), &around.near(), &around.far(), &around.clustered()], clusters)
}
