//! Maps for the short run of one text: quick to ask, never iterated, so that the order of their keys cannot matter.
//!
//! The hash guards against nothing: keys come from a text of some thousand words at most.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map with the quick hash.
pub(super) type Quick<K, V> = HashMap<K, V, BuildHasherDefault<Mix>>;

/// Multiplies and rotates, eight bytes at a time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut word = [0; 8];
            word.iter_mut().zip(part).for_each(|(to, from)| *to = *from);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        // The table looks at the highest and the lowest bits.
        self.0 ^ self.0 >> 32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_differ_are_kept_apart() {
        let mut map: Quick<(&str, bool), usize> = Quick::default();
        for (n, name) in ["Homs", "Homs ", "homs", "Deir ez-Zor", "Deir ez-Zour", ""].into_iter().enumerate()
        {
            map.insert((name, false), n);
            map.insert((name, true), n + 10);
        }
        assert_eq!(map.len(), 12);
        assert_eq!(map.get(&("Deir ez-Zor", true)), Some(&13));
    }
}
