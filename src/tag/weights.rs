//! The weights file of one language: layout, checks, and the parts of it, used in place.
//!
//! Layout, all numbers little-endian: magic, version (`u32`), number of sections (`u32`), checksum of all
//! that follows the header (`u64`), recipe (`u64`), then offset and length (`u32` each) of every section, then
//! the sections, each aligned to 64 bytes. The recipe is a hash of the features of a probe sentence: a file
//! trained with other feature code is refused instead of misread.

use crate::error::{Error, ErrorKind, Result};

/// First bytes of a weights file.
pub(crate) const MAGIC: [u8; 8] = *b"DATELTAG";
/// Version of the layout.
pub(crate) const VERSION: u32 = 4;
/// Bytes before the sections.
#[cfg(any(test, feature = "train"))]
pub(crate) const HEADER: usize = 32 + 8 * SECTIONS;
/// Number of sections.
pub(crate) const SECTIONS: usize = 15;

/// The sections of a file, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
#[cfg_attr(not(feature = "train"), allow(dead_code))]
pub(crate) enum Section {
    /// Packed [`super::Morph`] of every tag, `u32`.
    Tags,
    /// Known words: slots of hash (`u32`) and list number (`u32`).
    Words,
    /// Where the list of each number begins, `u32`; one more than lists.
    ListStarts,
    /// Lists of tags a word can have, one byte each.
    Lists,
    /// Tagger.
    Tagger,
    /// Entity recogniser.
    Entities,
    /// Parser: actions.
    Actions,
    /// Parser: labels.
    Labels,
    /// Names of the labels, one per line.
    LabelNames,
    /// Labels that arcs can have: slots of hash and list number.
    LabelSlots,
    /// Where their lists begin.
    LabelStarts,
    /// Their lists.
    LabelLists,
    /// What it was trained on, for people.
    Notice,
    /// Clusters: slots of hash and path.
    Clusters,
    /// Contexts that settle a tag: slots of hash and tag.
    Contexts,
}

/// A weights file in memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weights {
    bytes: &'static [u8],
}

fn number(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

fn long(bytes: &[u8], at: usize) -> u64 {
    u64::from(number(bytes, at)) | u64::from(number(bytes, at + 4)) << 32
}

impl Weights {
    /// Checks the header.
    ///
    /// # Errors
    /// The bytes are no weights file, or one of another version or recipe.
    pub fn open(bytes: &'static [u8], recipe: u64) -> Result<Self> {
        let wrong = |message: String| {
            Err(Error::new(ErrorKind::Data, message).help("train the weights again with `dateline train`"))
        };
        if bytes.get(..8) != Some(&MAGIC) {
            return wrong("no weights in this build for the language".to_string());
        }
        let version = number(bytes, 8);
        if version != VERSION || number(bytes, 12) as usize != SECTIONS {
            return wrong(format!("weights of version {version}, this program reads version {VERSION}"));
        }
        let found = long(bytes, 24);
        if found != recipe {
            return wrong(format!(
                "weights were trained with recipe {found:016x}, this program uses {recipe:016x}"
            ));
        }
        Ok(Weights { bytes })
    }

    /// True when the content has not changed since it was written; reads the whole file.
    #[cfg(test)]
    pub fn is_intact(&self) -> bool {
        checksum(self.bytes.get(HEADER..).unwrap_or_default()) == long(self.bytes, 16)
    }

    /// The bytes of a section.
    pub fn section(&self, section: Section) -> &'static [u8] {
        let at = 32 + section as usize * 8;
        let (start, len) = (number(self.bytes, at) as usize, number(self.bytes, at + 4) as usize);
        self.bytes.get(start..start + len).unwrap_or_default()
    }

    /// A section as weights; empty unless its length is a power of two.
    pub fn table(&self, section: Section) -> &'static [u8] {
        let bytes = self.section(section);
        if bytes.len().is_power_of_two() { bytes } else { &[] }
    }
}

/// Number `index` of a section of `u32`.
#[inline]
pub(crate) fn at(section: &[u8], index: usize) -> u32 {
    number(section, index * 4)
}

/// The value under `check` in slots of a check and a value of so many `bits`, from slot `start` on; none where an
/// empty slot comes first.
#[inline]
pub(crate) fn probe(slots: &[u8], start: usize, check: u32, bits: u32) -> Option<u32> {
    let count = slots.len() / 4;
    let mut slot = start;
    for _ in 0..count {
        match at(slots, slot) {
            0 => return None,
            found if found >> bits == check => return Some(found & ((1 << bits) - 1)),
            _ => slot = if slot + 1 < count { slot + 1 } else { 0 },
        }
    }
    None
}

/// Checksum of the content.
#[cfg(any(test, feature = "train"))]
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

/// Puts a file together.
#[cfg(any(test, feature = "train"))]
pub(crate) fn pack(sections: [Vec<u8>; SECTIONS], recipe: u64) -> Vec<u8> {
    let mut content = Vec::new();
    let mut places = Vec::new();
    for section in &sections {
        while !(HEADER + content.len()).is_multiple_of(64) {
            content.push(0);
        }
        places.push((HEADER + content.len(), section.len()));
        content.extend_from_slice(section);
    }
    let mut file = MAGIC.to_vec();
    file.extend(VERSION.to_le_bytes());
    file.extend((SECTIONS as u32).to_le_bytes());
    file.extend(checksum(&content).to_le_bytes());
    file.extend(recipe.to_le_bytes());
    for (start, len) in places {
        file.extend((start as u32).to_le_bytes());
        file.extend((len as u32).to_le_bytes());
    }
    file.extend(content);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_sections_are_found_again() {
        let mut sections: [Vec<u8>; SECTIONS] = Default::default();
        sections[Section::Tags as usize] = vec![1, 0, 0, 0];
        sections[Section::Tagger as usize] = vec![255; 128];
        let file: &'static [u8] = Box::leak(pack(sections, 42).into_boxed_slice());
        let weights = Weights::open(file, 42).unwrap();
        assert!(weights.is_intact());
        assert_eq!(at(weights.section(Section::Tags), 0), 1);
        assert_eq!(weights.table(Section::Tagger), [255u8; 128]);
        assert!(weights.section(Section::Actions).is_empty());
        let error = Weights::open(file, 43).unwrap_err();
        assert!(error.to_string().contains("recipe"), "{error}");
        assert!(Weights::open(&[], 42).is_err());
    }

    #[test]
    fn damage_is_noticed() {
        let mut file = pack(Default::default(), 1);
        file.push(7);
        let weights = Weights::open(Box::leak(file.into_boxed_slice()), 1).unwrap();
        assert!(!weights.is_intact());
    }
}
