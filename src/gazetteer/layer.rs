//! One index file, read in place: from the binary, or mapped into memory.

use super::file::{self, Layout, Record, Section};
use super::name::MOST_LANGUAGES;
use crate::error::{Error, ErrorKind, Result};
use fst::raw::Fst;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Files up to this size have their checksum taken when opened: that takes about a millisecond.
const SMALL: u64 = 4 << 20;

/// What the ids of GeoNames begin with.
pub(crate) const GEONAMES: &str = "geonames:";

/// The bytes of an index, wherever they are.
#[derive(Clone, Debug)]
pub(crate) enum Bytes {
    /// Part of the program.
    Embedded(&'static [u8]),
    /// A file of the user.
    Mapped(Arc<memmap2::Mmap>),
}

impl Bytes {
    fn get(&self) -> &[u8] {
        match self {
            Bytes::Embedded(bytes) => bytes,
            Bytes::Mapped(map) => map,
        }
    }
}

/// One index file, ready for use.
#[derive(Clone)]
pub(crate) struct Layer {
    bytes: Bytes,
    layout: Layout,
    /// Where the first letters of all names are.
    root: usize,
}

impl std::fmt::Debug for Layer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Layer").field("places", &self.len()).finish_non_exhaustive()
    }
}

impl Layer {
    /// A layer over bytes of the program; only the header is looked at.
    ///
    /// # Errors
    /// When they are no index.
    pub(crate) fn embedded(bytes: &'static [u8]) -> Result<Layer> {
        Layer::over(Bytes::Embedded(bytes))
    }

    /// A layer over a file, mapped into memory. Of a large file only the header is looked at.
    ///
    /// # Errors
    /// When the file cannot be read, is no index, is damaged or cut off.
    pub(crate) fn open(path: &Path) -> Result<Layer> {
        let cannot = |e: std::io::Error| {
            Error::new(ErrorKind::Data, "cannot open the gazetteer index").in_file(path).caused_by(e)
        };
        let handle = File::open(path).map_err(cannot)?;
        let size = handle.metadata().map_err(cannot)?.len();
        if size == 0 {
            return Err(Error::new(ErrorKind::Data, "the gazetteer index is empty")
                .in_file(path)
                .help("make one with `dateline gazetteer build`"));
        }
        // Sound as long as nobody shortens the file while the program runs, which any reader of mapped
        // files must ask for; `build` replaces files by renaming and never writes into an old one.
        #[allow(unsafe_code)]
        let map = unsafe { memmap2::Mmap::map(&handle) }.map_err(cannot)?;
        let layer = Layer::over(Bytes::Mapped(Arc::new(map))).map_err(|e| e.in_file(path))?;
        if size <= SMALL {
            layer.verify().map_err(|e| e.in_file(path))?;
        }
        Ok(layer)
    }

    fn over(bytes: Bytes) -> Result<Layer> {
        let layout = Layout::read(bytes.get())?;
        let names = Fst::new(layout.of(bytes.get(), Section::Names)).map_err(|e| {
            Error::new(ErrorKind::Data, "gazetteer index is damaged: the names cannot be read")
                .caused_by(e)
                .help("copy or build it again")
        })?;
        let root = names.root().addr();
        Ok(Layer { bytes, layout, root })
    }

    /// The names, as an fst.
    #[inline]
    pub(super) fn names(&self) -> &[u8] {
        self.section(Section::Names)
    }

    /// The address of the node before the first letter.
    #[inline]
    pub(super) fn root(&self) -> usize {
        self.root
    }

    /// Compares the checksum with the bytes.
    ///
    /// # Errors
    /// When they differ.
    pub(crate) fn verify(&self) -> Result<()> {
        file::verify(self.bytes.get())
    }

    /// The checksum that the header tells, and the size in bytes.
    pub(crate) fn stamp(&self) -> (u64, usize) {
        let bytes = self.bytes.get();
        (file::u64_at(bytes, 24), bytes.len())
    }

    pub(crate) fn section(&self, section: Section) -> &[u8] {
        self.layout.of(self.bytes.get(), section)
    }

    /// Number of places.
    pub(crate) fn len(&self) -> usize {
        self.section(Section::Places).len() / file::PLACE
    }

    pub(crate) fn record(&self, index: u32) -> Option<Record> {
        Record::read(self.section(Section::Places), index)
    }

    /// The place with this GeoNames number.
    pub(crate) fn by_number(&self, number: u32) -> Option<u32> {
        let ids = self.section(Section::Ids);
        let id = |row: usize| self.record(file::u32_at(ids, row * 4)).map_or(u32::MAX, |r| r.id);
        let row = partition(ids.len() / 4, |row| id(row) < number);
        (row * 4 < ids.len() && id(row) == number).then(|| file::u32_at(ids, row * 4))
    }

    /// The place with this id, GeoNames number or own string.
    pub(crate) fn by_id(&self, id: &str) -> Option<u32> {
        if let Some(number) = geonames_number(id) {
            return self.by_number(number);
        }
        // Own ids come after all numbers, sorted as strings.
        let ids = self.section(Section::Ids);
        let own = |row: usize| {
            let record = self.record(file::u32_at(ids, row * 4))?;
            (record.id & file::OWN_ID != 0).then(|| self.string(record.id & !file::OWN_ID))
        };
        let row = partition(ids.len() / 4, |row| own(row).is_none_or(|o| o < id));
        (own(row) == Some(id)).then(|| file::u32_at(ids, row * 4))
    }

    pub(crate) fn string(&self, offset: u32) -> &str {
        file::string(self.section(Section::Pool), offset)
    }

    /// The name of a place in a language of this number, if the file tells one.
    pub(crate) fn local_name(&self, index: u32, language: u8) -> Option<&str> {
        let rows: &[[u8; file::LOCAL]] = self.section(Section::Local).as_chunks().0;
        let key = |row: &[u8; file::LOCAL]| (file::u32_at(row, 0), file::u32_at(row, 4));
        // Places have one row per language at most.
        let most = (index as usize + 1).saturating_mul(MOST_LANGUAGES);
        let first = rows.get(..most).unwrap_or(rows);
        let row = first.partition_point(|row| key(row) < (index, u32::from(language)));
        let found = rows.get(row).filter(|row| key(row) == (index, u32::from(language)))?;
        Some(self.string(file::u32_at(found, 8)))
    }

    /// Row `row` of the country table: alpha-2, alpha-3 (may be empty), place.
    pub(crate) fn country(&self, row: usize) -> Option<(&str, &str, u32)> {
        let start = row.checked_mul(file::COUNTRY)?;
        let bytes = self.section(Section::Country).get(start..start + file::COUNTRY)?;
        let code = |range| letters(bytes.get(range).unwrap_or_default());
        Some((code(0..2), code(2..5), file::u32_at(bytes, 8)))
    }

    /// The alpha-2 code in a row of the country table.
    pub(crate) fn alpha2(&self, row: usize) -> Option<&str> {
        let start = row.checked_mul(file::COUNTRY)?;
        self.section(Section::Country).get(start..start + 2).map(letters)
    }

    /// All rows of the country table.
    pub(crate) fn countries(&self) -> impl Iterator<Item = (&str, &str, u32)> {
        (0..).map_while(|row| self.country(row))
    }

    /// The place of the country with this code, two or three capitals.
    pub(crate) fn country_place(&self, code: &str) -> Option<u32> {
        let place = if code.len() == 2 {
            // Rows are sorted by this code.
            let rows: &[[u8; file::COUNTRY]] = self.section(Section::Country).as_chunks().0;
            let before = |row: &[u8; file::COUNTRY]| row.get(..2).is_some_and(|two| two < code.as_bytes());
            self.country(rows.partition_point(before)).filter(|(two, _, _)| *two == code)
        } else {
            self.countries().find(|(_, three, place)| *three == code && *place != file::NONE)
        };
        place.map(|(_, _, place)| place).filter(|place| *place != file::NONE)
    }

    /// Lines of the description.
    pub(crate) fn meta(&self) -> impl Iterator<Item = (&str, &str)> {
        std::str::from_utf8(self.section(Section::Meta))
            .unwrap_or_default()
            .lines()
            .filter_map(|l| l.split_once('\t'))
    }
}

/// A code that may be followed by zeros.
fn letters(code: &[u8]) -> &str {
    let end = code.iter().position(|&b| b == 0).unwrap_or(code.len());
    std::str::from_utf8(code.get(..end).unwrap_or_default()).unwrap_or_default()
}

/// The number in `geonames:170063`.
pub(crate) fn geonames_number(id: &str) -> Option<u32> {
    let number = id.strip_prefix(GEONAMES)?.parse().ok()?;
    (number & file::OWN_ID == 0).then_some(number)
}

/// The first of `count` rows for which `before` is false; it is true for all rows before that one.
pub(crate) fn partition(count: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}
