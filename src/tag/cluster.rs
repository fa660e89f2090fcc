//! Clusters of words that stand in like places: what a word never seen in training is like.
//!
//! A cluster is the path to a leaf of a binary tree of words; the first step is the lowest bit, so that the
//! lowest bits of near clusters agree. Made from plain text by others, embedded with the weights, looked up
//! by the hash of the folded word.

use super::form::Form;
use super::score::fall;
use super::weights::probe;

/// The clusters of a language; empty where nobody made any.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clusters<'a> {
    /// Slots of the upper part of a hash and the path, 16 bits each; never full.
    pub slots: &'a [u8],
}

impl Clusters<'_> {
    /// True when the language has clusters.
    pub fn any(&self) -> bool {
        !self.slots.is_empty()
    }

    /// The cluster of a word; 0 when it has none.
    pub fn of(&self, word: u64) -> u16 {
        let start = start(word, self.slots.len() / 4);
        probe(self.slots, start, check(word), 16).unwrap_or_default() as u16
    }

    /// Notes the clusters of the tokens of a sentence.
    pub fn mark(&self, forms: &mut [Form]) {
        if self.any() {
            forms.iter_mut().for_each(|form| form.cluster = self.of(form.word));
        }
    }
}

fn start(word: u64, count: usize) -> usize {
    fall(word.wrapping_mul(0x9e37_79b9_7f4a_7c15), count)
}

fn check(word: u64) -> u32 {
    (word >> 48) as u32 & 0xffff
}

/// Lays words and their clusters out; of two words that look alike here, the first one stays.
#[cfg(any(test, feature = "train"))]
pub(crate) fn lay_out(words: &[(u64, u16)]) -> Vec<u8> {
    if words.is_empty() {
        return Vec::new();
    }
    let count = words.len() * 6 / 5 + 1;
    let mut slots = vec![0u32; count];
    for (word, cluster) in words.iter().filter(|(_, cluster)| *cluster != 0) {
        let mut slot = start(*word, count);
        while slots.get(slot).is_some_and(|s| *s != 0 && *s >> 16 != check(*word)) {
            slot = (slot + 1) % count;
        }
        if let Some(place) = slots.get_mut(slot).filter(|s| **s == 0) {
            *place = check(*word) << 16 | u32::from(*cluster);
        }
    }
    slots.iter().flat_map(|s| s.to_le_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_find_their_cluster() {
        let word = |n: u64| Form::new(&format!("word{n}x")).word ^ n.wrapping_mul(0xd6e8_feb8_6659_fd93);
        let words: Vec<(u64, u16)> = (1..2000).map(|n| (word(n), n as u16)).collect();
        let slots = lay_out(&words);
        let clusters = Clusters { slots: &slots };
        let right = words.iter().filter(|(w, c)| clusters.of(*w) == *c).count();
        // Sixteen bits tell words apart but for one in some thousands.
        assert!(right > 1990, "{right}");
        let strange = (5000..7000).filter(|n| clusters.of(word(*n)) != 0).count();
        assert!(strange < 10, "{strange}");
    }

    #[test]
    fn a_language_without_clusters() {
        assert_eq!(Clusters::default().of(7), 0);
        assert!(!Clusters::default().any() && lay_out(&[]).is_empty());
    }
}
