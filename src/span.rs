//! Where something stands in a text.
//!
//! Inside the program a place in a text is a half-open range of bytes into the original text, so that
//! slicing is free. Outputs count Unicode code points instead; [`CodePoints`] turns one into the other.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes, `start..end`, into the original text.
///
/// Both ends lie on character borders. Spans order by start, then by end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from two byte offsets. Texts are shorter than 4 GiB; larger offsets saturate.
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: cut(start), end: cut(end) }
    }

    /// The range to slice with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words in `source`, or nothing when the span does not fit it.
    pub fn of(self, source: &str) -> &str {
        source.get(self.range()).unwrap_or_default()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end.saturating_sub(self.start)) as usize
    }

    /// True when the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// True when the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True when `other` lies inside, borders included.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Turns byte offsets into code-point offsets, in one pass over the text.
#[derive(Debug)]
pub struct CodePoints {
    /// Code points before each block of [`BLOCK`] bytes.
    blocks: Vec<u32>,
    ascii: bool,
}

const BLOCK: usize = 256;

impl CodePoints {
    /// Counts the code points of `source`.
    pub fn new(source: &str) -> Self {
        if source.is_ascii() {
            return CodePoints { blocks: Vec::new(), ascii: true };
        }
        let mut blocks = Vec::with_capacity(source.len() / BLOCK + 1);
        let mut count = 0u32;
        for block in source.as_bytes().chunks(BLOCK) {
            blocks.push(count);
            count += starts(block);
        }
        blocks.push(count);
        CodePoints { blocks, ascii: false }
    }

    /// The number of code points before byte `offset` of `source`, the text this was made from.
    pub fn at(&self, source: &str, offset: u32) -> usize {
        let offset = offset as usize;
        if self.ascii {
            return offset.min(source.len());
        }
        let block = offset / BLOCK;
        let before = self.blocks.get(block).or(self.blocks.last()).copied().unwrap_or(0);
        let rest = source.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        (before + starts(rest)) as usize
    }
}

/// Code points that begin in `bytes`.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&b| u32::from((b as i8) >= -0x40)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_equal_a_plain_count() {
        let source = "Été à l’aube, 34\u{a0}000 personnes… ".repeat(40);
        let points = CodePoints::new(&source);
        for (count, (offset, _)) in source.char_indices().enumerate() {
            assert_eq!(points.at(&source, offset as u32), count);
        }
        assert_eq!(points.at(&source, source.len() as u32), source.chars().count());
    }
}
