//! The cache as bytes: a header that names the program it is of, and entries that are only ever appended.
//!
//! | field | bytes | |
//! |---|---|---|
//! | magic | 8 | `datelin1` |
//! | tool | 32 | digest of the program that wrote it |
//! | then, per entry: key | 32 | digest of what the content was made from |
//! | length | 8 | of the content, little-endian |
//! | checksum | 8 | the first bytes of the digest of key, length and content |
//! | content | | |
//!
//! A run that is killed leaves at most one entry cut off, at the end: it is left out and written again. An entry
//! whose bytes changed is told by its checksum. Nothing of another program is read.

use super::digest::Digest;
use std::collections::BTreeMap;
use std::ops::Range;

const MAGIC: &[u8; 8] = b"datelin1";
const HEAD: usize = 8 + 32;
const ENTRY: usize = 32 + 8 + 8;

/// Why bytes are no cache of this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// Something else altogether.
    Foreign,
    /// The cache of another version.
    OtherTool,
}

/// What a cache holds.
#[derive(Debug, Default)]
pub struct Pack {
    entries: BTreeMap<Digest, Range<usize>>,
    /// Bytes up to here are whole entries.
    pub sound: usize,
    /// Whether something stands behind them: an entry that was cut off.
    pub torn: bool,
}

/// The beginning of a cache of the program called `tool`.
pub fn header(tool: &Digest) -> Vec<u8> {
    [MAGIC.as_slice(), tool.bytes()].concat()
}

/// Appends an entry.
pub fn append(key: &Digest, content: &[u8], into: &mut Vec<u8>) {
    let length = (content.len() as u64).to_le_bytes();
    into.extend_from_slice(key.bytes());
    into.extend_from_slice(&length);
    into.extend_from_slice(checksum(key, content).as_slice());
    into.extend_from_slice(content);
}

fn checksum(key: &Digest, content: &[u8]) -> [u8; 8] {
    let digest = Digest::of_parts([key.bytes().as_slice(), content]);
    let mut first = [0; 8];
    first.iter_mut().zip(digest.bytes()).for_each(|(a, b)| *a = *b);
    first
}

impl Pack {
    /// Finds the entries in `bytes`. Their contents are not looked at yet.
    ///
    /// # Errors
    /// When the bytes are no cache of the program called `tool`.
    pub fn index(bytes: &[u8], tool: &Digest) -> Result<Pack, Misfit> {
        let head = bytes.get(..HEAD).ok_or(Misfit::Foreign)?;
        if !head.starts_with(MAGIC) {
            return Err(Misfit::Foreign);
        }
        if head.get(8..) != Some(tool.bytes()) {
            return Err(Misfit::OtherTool);
        }
        let mut pack = Pack { sound: HEAD, ..Pack::default() };
        while let Some(entry) = bytes.get(pack.sound..pack.sound + ENTRY) {
            let Some((key, length)) = entry.first_chunk::<32>().zip(long(entry, 32)) else { break };
            let start = pack.sound + ENTRY;
            let end = usize::try_from(length).ok().and_then(|length| start.checked_add(length));
            let Some(end) = end.filter(|end| *end <= bytes.len()) else { break };
            // A key that comes again stands for the newer content.
            pack.entries.insert(Digest::from(*key), start..end);
            pack.sound = end;
        }
        pack.torn = pack.sound < bytes.len();
        Ok(pack)
    }

    /// Whether there is an entry under `key`.
    pub fn has(&self, key: &Digest) -> bool {
        self.entries.contains_key(key)
    }

    /// The content under `key`, if it is there and unharmed.
    pub fn get<'b>(&self, bytes: &'b [u8], key: &Digest) -> Option<&'b [u8]> {
        let range = self.entries.get(key)?.clone();
        let told = bytes.get(range.start.checked_sub(8)?..range.start)?;
        let content = bytes.get(range)?;
        (told == checksum(key, content)).then_some(content)
    }

    /// Bytes of the entries whose keys pass.
    pub fn weight(&self, wanted: impl Fn(&Digest) -> bool) -> usize {
        self.entries.iter().filter(|(key, _)| wanted(key)).map(|(_, range)| range.len() + ENTRY).sum()
    }

    /// A cache with only the entries whose keys pass.
    pub fn kept(&self, bytes: &[u8], tool: &Digest, wanted: impl Fn(&Digest) -> bool) -> Vec<u8> {
        let mut out = header(tool);
        for (key, range) in self.entries.iter().filter(|(key, _)| wanted(key)) {
            if let Some(content) = bytes.get(range.clone()) {
                append(key, content, &mut out);
            }
        }
        out
    }
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> (Digest, Vec<u8>) {
        let tool = Digest::of(b"tool");
        let mut bytes = header(&tool);
        append(&Digest::of(b"a"), b"first", &mut bytes);
        append(&Digest::of(b"b"), b"second", &mut bytes);
        (tool, bytes)
    }

    #[test]
    fn entries_cut_off_anywhere_leave_the_others() {
        let (tool, bytes) = two();
        for length in 0..bytes.len() {
            let cut = &bytes[..length];
            match Pack::index(cut, &tool) {
                Err(misfit) => assert!(length < HEAD && misfit == Misfit::Foreign),
                Ok(pack) => {
                    let first = pack.get(cut, &Digest::of(b"a"));
                    assert_eq!(first.is_some(), length >= HEAD + ENTRY + 5, "{length}");
                    assert_eq!(pack.get(cut, &Digest::of(b"b")), None);
                }
            }
        }
        let pack = Pack::index(&bytes, &tool).unwrap();
        assert_eq!(pack.get(&bytes, &Digest::of(b"b")), Some(b"second".as_slice()));
        assert!(!pack.torn);
    }

    #[test]
    fn changed_bytes_and_other_tools_are_told() {
        let (tool, mut bytes) = two();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        let pack = Pack::index(&bytes, &tool).unwrap();
        assert_eq!(pack.get(&bytes, &Digest::of(b"b")), None);
        assert!(pack.get(&bytes, &Digest::of(b"a")).is_some());
        assert_eq!(Pack::index(&bytes, &Digest::of(b"other")).err(), Some(Misfit::OtherTool));
        assert_eq!(Pack::index(b"PK\x03\x04", &tool).err(), Some(Misfit::Foreign));
    }

    #[test]
    fn what_is_no_longer_wanted_goes() {
        let (tool, bytes) = two();
        let pack = Pack::index(&bytes, &tool).unwrap();
        let kept = pack.kept(&bytes, &tool, |key| *key == Digest::of(b"b"));
        let pack = Pack::index(&kept, &tool).unwrap();
        assert!(!pack.has(&Digest::of(b"a")));
        assert_eq!(pack.get(&kept, &Digest::of(b"b")), Some(b"second".as_slice()));
    }
}
