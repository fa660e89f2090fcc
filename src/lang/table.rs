//! The compiled word lists of one language: layout, and how it is read in place.
//!
//! Written by the build script, embedded in the binary, never parsed: arrays of little-endian `u32`, and beside
//! them one string pool. A word is found by hashing its folded form; its number then stands for it in every stage.
//! Shared with the build script, so that writer and reader cannot disagree.
//!
//! In order: header, hash slots (two `u32` each), words, entries, expressions, their words, inflected forms,
//! class sets, present forms. A range of one of the arrays is one `u32`: where it begins, and how many
//! ([`pack`]).

#![allow(dead_code)] // the build script needs only a part

/// Numbers of `u32` in the header.
pub const HEADER: usize = 8;
/// `u32`s per word: text, entries, expressions, forms, class set, and of the expressions that it can begin, those
/// of its lemmas included, the class set (low half) and what they go on with ([`second`], high half).
pub const WORD: usize = 6;
/// `u32`s per entry: class, value.
pub const ENTRY: usize = 2;
/// `u32`s per expression: key, words, entries. Those of a word are sorted by their keys, then longest first.
pub const PHRASE: usize = 3;
/// `u32`s per set of classes, one bit for each class.
pub const SET: usize = 10;
/// `u32`s per verb of which the present is kept: lemma, singular, plural of the third person; sorted by lemma.
pub const PRESENT: usize = 3;

/// The key of an expression under its first word: whether that word stands for all its forms, and the number
/// of the second word.
pub fn key(inflected: bool, second: u32) -> u32 {
    u32::from(inflected) << 31 | second
}

/// The bit that stands for a word among those with which expressions go on.
pub fn second(word: u32) -> u32 {
    1 << (16 + word % 16)
}

/// Bits of a packed range that say how many.
const COUNT: u32 = 9;

/// A range as one number; none when it does not fit (8 million numbers, 511 in a row).
pub fn pack(first: usize, count: usize) -> Option<u32> {
    let fits = count < 1 << COUNT && first < 1 << (32 - COUNT);
    fits.then_some((first as u32) << COUNT | count as u32)
}

/// Where a packed range begins and how many it holds.
#[inline]
pub fn unpack(range: u32) -> (usize, usize) {
    ((range >> COUNT) as usize, (range & ((1 << COUNT) - 1)) as usize)
}

/// Bits of a slot that hold the number of a word, counted from 1; the others hold its tag.
pub const ID_BITS: u32 = 20;

/// Where the search for a hash begins, with any number of slots, and the tag it looks for.
///
/// A word is known by its tag alone, so that asking for one reads one slot: the build refuses two listed words
/// of one tag, and a word of a text has the tag and the slot of another one less than once in 10^12.
#[inline]
pub fn slot(hash: u64, slots: usize) -> (usize, u64) {
    ((((hash >> 32) * slots as u64) >> 32) as usize, hash & (u64::MAX >> ID_BITS))
}

/// 64-bit hash of a folded form: eight bytes at a time, each time mixed from the highest bits down, because a
/// product carries only upwards.
#[inline]
pub fn hash(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |h: u64, word: u64| {
        let h = (h ^ word).wrapping_mul(K);
        h ^ (h >> 32)
    };
    let mut h = (bytes.len() as u64).wrapping_mul(K);
    let mut rest = bytes;
    while let Some((eight, more)) = rest.split_first_chunk() {
        h = mix(h, u64::from_le_bytes(*eight));
        rest = more;
    }
    let last = match (rest.first_chunk(), rest.last_chunk()) {
        // The two overlap in a way that the length tells.
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        _ => rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    h = mix(h, last).wrapping_mul(K);
    h ^ (h >> 29)
}
