//! The compiled word lists of one language: layout, and how it is read in place.
//!
//! Written by the build script, embedded in the binary, never parsed: four arrays of little-endian `u32`
//! and one string pool. A word is found by hashing its folded form; its number then stands for it in every
//! stage. Shared with the build script, so that writer and reader cannot disagree.

#![allow(dead_code)] // the build script needs only a part

/// Numbers of `u32` in the header.
pub const HEADER: usize = 8;
/// `u32`s per word: text offset, text length, first entry, entries, first phrase, phrases, class set.
pub const WORD: usize = 7;
/// `u32`s per entry: class, value offset, value length.
pub const ENTRY: usize = 3;

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
