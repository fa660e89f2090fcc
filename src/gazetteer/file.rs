//! The index file: what stands where, how it is checked, and how its numbers are read in place.
//!
//! All numbers are little-endian and unaligned. A file is a header, a table of sections, and the sections:
//!
//! | header | bytes | |
//! |---|---|---|
//! | magic | 8 | `89 44 4C 47 41 5A 0D 0A`, so that a file mangled as text is noticed |
//! | version | 4 | of this layout |
//! | sections | 4 | their count |
//! | length | 8 | of the whole file: a cut file is noticed at once |
//! | checksum | 8 | of all that follows; costs a pass over the file, so only `open` and `info` take it |
//!
//! Each entry of the table is a name (8 bytes, zero-padded), an offset from the start and a length.
//!
//! | section | holds |
//! |---|---|
//! | `meta` | lines `key<TAB>value`: title, sources, licence, counts |
//! | `names` | fst map: folded name → number of its first posting |
//! | `posts` | `u32` postings: bit 31 the name's last one, bits 24–30 a [`super::NameForm`], bits 0–23 a place |
//! | `places` | records of 28 bytes, see [`Record`] |
//! | `pool` | strings: a length byte, then UTF-8 |
//! | `local` | names by language: place, language, string, 12 bytes each, sorted |
//! | `ids` | all places, sorted by id: `u32` each |
//! | `country` | alpha-2, alpha-3, three zero bytes, place: 12 bytes each, sorted |
//! | `outline` | outlines of countries, see [`super::outline`]; may be empty |

use crate::error::{Error, ErrorKind, Result};
use std::ops::Range;

/// First bytes of every index file.
pub const MAGIC: [u8; 8] = *b"\x89DLGAZ\r\n";
/// Version of the layout.
pub const VERSION: u32 = 1;
/// Bytes before the table of sections.
pub const HEADER: usize = 32;
/// Bytes of one entry of the table.
pub const ENTRY: usize = 24;
/// Bytes of one place.
pub const PLACE: usize = 28;
/// Bytes of one name by language.
pub const LOCAL: usize = 12;
/// Bytes of one country.
pub const COUNTRY: usize = 12;
/// No place, no string.
pub const NONE: u32 = u32::MAX;
/// Marks the last posting of a name.
pub const LAST: u32 = 1 << 31;
/// The bits of a posting that name the place; also the largest number of places in one file.
pub const PLACES: u32 = (1 << 24) - 1;
/// Marks an id that is a string of the pool instead of a GeoNames number.
pub const OWN_ID: u32 = 1 << 31;
/// Set in the kind byte of places that a person chose to list.
pub const CHOSEN: u8 = 1 << 7;

/// The parts of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Section {
    Meta,
    Names,
    Posts,
    Places,
    Pool,
    Local,
    Ids,
    Country,
    Outline,
}

impl Section {
    /// All sections, in file order.
    pub const ALL: [Section; 9] = [
        Section::Meta,
        Section::Names,
        Section::Posts,
        Section::Places,
        Section::Pool,
        Section::Local,
        Section::Ids,
        Section::Country,
        Section::Outline,
    ];

    /// The name in the table.
    pub fn tag(self) -> [u8; 8] {
        *match self {
            Section::Meta => b"meta\0\0\0\0",
            Section::Names => b"names\0\0\0",
            Section::Posts => b"posts\0\0\0",
            Section::Places => b"places\0\0",
            Section::Pool => b"pool\0\0\0\0",
            Section::Local => b"local\0\0\0",
            Section::Ids => b"ids\0\0\0\0\0",
            Section::Country => b"country\0",
            Section::Outline => b"outline\0",
        }
    }
}

/// Where the sections of a file lie.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    ranges: [Range<usize>; 9],
}

impl Layout {
    /// Reads the header. Costs nothing that grows with the file.
    ///
    /// # Errors
    /// When the bytes are no index, of another version, or cut off.
    pub fn read(bytes: &[u8]) -> Result<Layout> {
        let data = |message: String| Error::new(ErrorKind::Data, message);
        if bytes.get(..8) != Some(&MAGIC) {
            return Err(data("not a gazetteer index".into()).help("make one with `dateline gazetteer build`"));
        }
        let version = u32_at(bytes, 8);
        if version != VERSION {
            return Err(data(format!("gazetteer index of version {version}; this program reads {VERSION}"))
                .help("build it again with `dateline gazetteer build`"));
        }
        let length = u64_at(bytes, 16);
        if length != bytes.len() as u64 {
            return Err(data(format!(
                "gazetteer index is damaged: {length} bytes announced, {} found",
                bytes.len()
            ))
            .help("copy or build it again"));
        }
        let mut layout = Layout::default();
        // More sections than any version had are damage; stop before reading them all.
        for entry in 0..(u32_at(bytes, 12) as usize).min(64) {
            let at = HEADER + entry * ENTRY;
            let tag = bytes.get(at..at + 8).unwrap_or_default();
            let start = u64_at(bytes, at + 8) as usize;
            let end = start.saturating_add(u64_at(bytes, at + 16) as usize);
            if start > end || end > bytes.len() {
                return Err(data("gazetteer index is damaged: a section lies outside it".into())
                    .help("copy or build it again"));
            }
            // A section of a later version is none of our business.
            if let Some(section) = Section::ALL.into_iter().find(|s| s.tag() == tag)
                && let Some(range) = layout.ranges.get_mut(section as usize)
            {
                *range = start..end;
            }
        }
        Ok(layout)
    }

    /// The bytes of a section, in the file that the layout was read from.
    pub fn of<'b>(&self, bytes: &'b [u8], section: Section) -> &'b [u8] {
        self.range(section).and_then(|r| bytes.get(r)).unwrap_or_default()
    }

    /// Where a section lies.
    pub fn range(&self, section: Section) -> Option<Range<usize>> {
        self.ranges.get(section as usize).cloned()
    }
}

/// Compares the checksum in the header with the bytes.
///
/// # Errors
/// When they differ; both numbers are told.
pub fn verify(bytes: &[u8]) -> Result<()> {
    let told = u64_at(bytes, 24);
    let mut sum = Checksum::default();
    sum.add(bytes.get(HEADER..).unwrap_or_default());
    let found = sum.value();
    if told == found {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Data,
        format!("gazetteer index is damaged: checksum {told:016x} announced, {found:016x} found"),
    )
    .help("copy or build it again"))
}

/// A 64-bit checksum against damage, not against malice: eight bytes at a time, multiply and rotate.
#[derive(Clone, Debug, Default)]
pub struct Checksum {
    sum: u64,
    part: [u8; 8],
    filled: usize,
    length: u64,
}

impl Checksum {
    /// Takes in more bytes; how they are cut into calls makes no difference.
    pub fn add(&mut self, mut bytes: &[u8]) {
        self.length += bytes.len() as u64;
        while self.filled > 0 && !bytes.is_empty() {
            self.fill(&mut bytes);
        }
        let mut blocks = bytes.chunks_exact(8);
        for block in &mut blocks {
            self.mix(u64_at(block, 0));
        }
        let mut rest = blocks.remainder();
        while !rest.is_empty() {
            self.fill(&mut rest);
        }
    }

    fn fill(&mut self, bytes: &mut &[u8]) {
        if let (Some((&first, rest)), Some(slot)) = (bytes.split_first(), self.part.get_mut(self.filled)) {
            *slot = first;
            *bytes = rest;
            self.filled += 1;
        }
        if self.filled == 8 {
            self.mix(u64::from_le_bytes(self.part));
            self.filled = 0;
            self.part = [0; 8];
        }
    }

    fn mix(&mut self, block: u64) {
        self.sum = (self.sum.rotate_left(5) ^ block).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    /// The checksum of all bytes so far.
    pub fn value(&self) -> u64 {
        let mut end = self.clone();
        end.mix(u64::from_le_bytes(self.part));
        end.mix(self.length);
        end.sum ^ (end.sum >> 29)
    }
}

/// One place as it stands in the file.
#[derive(Clone, Copy, Debug)]
pub struct Record {
    /// GeoNames number, or [`OWN_ID`] and a string of the pool.
    pub id: u32,
    /// Degrees times 100,000.
    pub lat: i32,
    /// Degrees times 100,000.
    pub lon: i32,
    /// People; 0 when unknown.
    pub population: u32,
    /// String of the pool.
    pub name: u32,
    /// The smallest listed division that holds it, or [`NONE`].
    pub parent: u32,
    /// Number of the kind, and [`CHOSEN`].
    pub kind: u8,
    /// Place in the country table, 255 for none.
    pub country: u8,
    /// Hectometres, at least 1.
    pub radius: u16,
}

impl Record {
    /// The record with this number.
    pub fn read(places: &[u8], index: u32) -> Option<Record> {
        let start = (index as usize).checked_mul(PLACE)?;
        let bytes = places.get(start..start.checked_add(PLACE)?)?;
        Some(Record {
            id: u32_at(bytes, 0),
            lat: u32_at(bytes, 4) as i32,
            lon: u32_at(bytes, 8) as i32,
            population: u32_at(bytes, 12),
            name: u32_at(bytes, 16),
            parent: u32_at(bytes, 20),
            kind: bytes.get(24).copied().unwrap_or_default(),
            country: bytes.get(25).copied().unwrap_or_default(),
            radius: u16::from_le_bytes([
                bytes.get(26).copied().unwrap_or_default(),
                bytes.get(27).copied().unwrap_or_default(),
            ]),
        })
    }

    /// The bytes of the record.
    pub fn bytes(&self) -> [u8; PLACE] {
        let mut out = [0; PLACE];
        let numbers = [self.id, self.lat as u32, self.lon as u32, self.population, self.name, self.parent];
        let tail = [self.kind, self.country].into_iter().chain(self.radius.to_le_bytes());
        let all = numbers.into_iter().flat_map(u32::to_le_bytes).chain(tail);
        for (to, from) in out.iter_mut().zip(all) {
            *to = from;
        }
        out
    }
}

/// The string at `offset` of the pool.
pub fn string(pool: &[u8], offset: u32) -> &str {
    let offset = offset as usize;
    let length = pool.get(offset).map_or(0, |&l| usize::from(l));
    pool.get(offset + 1..offset + 1 + length).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
}

/// The number at `offset`, 0 past the end.
pub fn u32_at(bytes: &[u8], offset: usize) -> u32 {
    match bytes.get(offset..offset + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

/// The number at `offset`, 0 past the end.
pub fn u64_at(bytes: &[u8], offset: usize) -> u64 {
    u64::from(u32_at(bytes, offset)) | u64::from(u32_at(bytes, offset + 4)) << 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_does_not_depend_on_how_bytes_arrive() {
        let bytes: Vec<u8> = (0..1000u32).map(|n| (n * 7 % 251) as u8).collect();
        let mut whole = Checksum::default();
        whole.add(&bytes);
        let mut parts = Checksum::default();
        for part in bytes.chunks(13) {
            parts.add(part);
        }
        assert_eq!(whole.value(), parts.value());
        let mut other = Checksum::default();
        other.add(&bytes[..999]);
        assert_ne!(whole.value(), other.value());
    }

    #[test]
    fn a_record_reads_as_it_was_written() {
        let record = Record {
            id: 170_063,
            lat: 3_620_124,
            lon: -3_716_117,
            population: 4_000_000_000,
            name: 7,
            parent: NONE,
            kind: 5 | CHOSEN,
            country: 200,
            radius: 65_535,
        };
        let bytes = record.bytes();
        assert_eq!(format!("{:?}", Record::read(&bytes, 0)), format!("{:?}", Some(record)));
        assert!(Record::read(&bytes, 1).is_none());
    }
}
