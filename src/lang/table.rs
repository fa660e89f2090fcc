//! The compiled word lists of one language: layout, and how it is read in place.
//!
//! Written by the build script, embedded in the binary, never parsed: arrays of little-endian `u32` and one
//! string pool. A word is found by hashing its folded form; its number then stands for it in every stage.
//! Shared with the build script, so that writer and reader cannot disagree.
//!
//! In order: header, hash slots, words, entries, expressions, their words, inflected forms, class sets,
//! present forms, strings. A range of one of the arrays is one `u32`: where it begins, and how many ([`pack`]).

#![allow(dead_code)] // the build script needs only a part

/// Numbers of `u32` in the header.
pub const HEADER: usize = 9;
/// `u32`s per word: text, entries, expressions, forms, class set, class set of the expressions that it can
/// begin, those of its lemmas included.
pub const WORD: usize = 6;
/// `u32`s per entry: class, value.
pub const ENTRY: usize = 2;
/// `u32`s per expression: words, entries.
pub const PHRASE: usize = 2;
/// `u32`s per verb of which the present is kept: lemma, singular, plural of the third person; sorted by lemma.
pub const PRESENT: usize = 3;
/// Added to the number of words of an expression whose first word stands for all its forms.
pub const INFLECTED: usize = 256;

/// Bits of a packed range that say how many.
const COUNT: u32 = 9;

/// A range as one number; none when it does not fit (8 million numbers, 511 in a row).
pub fn pack(first: usize, count: usize) -> Option<u32> {
    let fits = count < 1 << COUNT && first < 1 << (32 - COUNT);
    fits.then_some((first as u32) << COUNT | count as u32)
}

/// Where a packed range begins and how many it holds.
pub fn unpack(range: u32) -> (usize, usize) {
    ((range >> COUNT) as usize, (range & ((1 << COUNT) - 1)) as usize)
}

/// Bits of a slot that repeat bits of the hash, so that other words are passed over unread.
pub const TAG_BITS: u32 = 14;

/// Where the search for a hash begins, with any number of slots, and the tag it looks for.
pub fn slot(hash: u64, slots: usize) -> (usize, u32) {
    ((((hash >> 32) * slots as u64) >> 32) as usize, hash as u32 & ((1 << TAG_BITS) - 1))
}

/// 64-bit hash of a folded form (FxHash-like: multiply and rotate by eight bytes).
pub fn hash(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut h = bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        h = (h.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(K);
    }
    let mut word = [0; 8];
    for (to, from) in word.iter_mut().zip(chunks.remainder()) {
        *to = *from;
    }
    h = (h.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(K);
    h ^ (h >> 29)
}
