//! What a word always was in training after a tag and before a kind of word: no need to score it there.

use super::form::Form;
use super::score::{fall, key};
use super::tagger::{BORDER, KNOWN};
use super::weights::probe;

/// Template that tells the keys of contexts apart.
const CONTEXT: u64 = 220;

/// The contexts of a language. Borrowed from the weights, or from training.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Contexts<'a> {
    /// Slots of the upper 24 bits of a hash and a tag; never full.
    pub slots: &'a [u8],
}

impl Contexts<'_> {
    /// The tag of a key, if it was always the same.
    pub fn find(&self, key: u64) -> Option<u8> {
        let start = start(key, self.slots.len() / 4);
        probe(self.slots, start, check(key), 8).map(|tag| tag as u8)
    }
}

/// The key of token `i` of a sentence after the tag `last`; none for words that training did not see, and for
/// capitals, which may be names.
pub(crate) fn key_of(forms: &[Form], lists: &[u32], i: usize, last: u64) -> Option<u64> {
    let form = forms.get(i).filter(|form| i == 0 || !form.has_capital())?;
    lists.get(i).filter(|list| **list & KNOWN != 0)?;
    let next = lists.get(i + 1).map_or(u64::from(u32::MAX), |list| u64::from(*list));
    debug_assert!(last <= BORDER);
    Some(key(CONTEXT, form.word, last << 32 | next))
}

fn start(key: u64, count: usize) -> usize {
    fall(key, count)
}

fn check(key: u64) -> u32 {
    (key as u32 >> 8).max(1)
}

/// Lays contexts out.
#[cfg(feature = "train")]
pub(crate) fn compile(contexts: &[(u64, u8)]) -> Vec<u8> {
    let count = contexts.len() * 3 / 2 + 1;
    let mut slots = vec![0u32; count];
    for (key, tag) in contexts {
        let mut slot = start(*key, count);
        while slots.get(slot).is_some_and(|s| *s != 0) {
            slot = (slot + 1) % count;
        }
        if let Some(place) = slots.get_mut(slot) {
            *place = check(*key) << 8 | u32::from(*tag);
        }
    }
    slots.iter().flat_map(|s| s.to_le_bytes()).collect()
}
