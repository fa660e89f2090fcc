//! Writes an index from records, in two sorted passes, with memory that does not grow with their number.
//!
//! The same records give the same bytes, in whatever order they come.

use super::record::{PlaceRecord, shortened};
use super::sort::Sorter;
use crate::error::{Error, ErrorKind, Result};
use crate::gazetteer::file::{
    CHOSEN, Checksum, ENTRY, HEADER, LAST, MAGIC, NONE, OWN_ID, PLACES, Record, Section, VERSION,
};
use crate::gazetteer::fold::fold;
use crate::gazetteer::layer::geonames_number;
use crate::gazetteer::name::{NameForm, language_number};
use crate::gazetteer::{NameSort, PlaceKind};
use fst::MapBuilder;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Bytes that all sorters together may hold; rows beyond go to disk.
const MEMORY: usize = 600 << 20;

/// Takes records and makes an index of them.
#[derive(Debug)]
pub struct IndexBuilder {
    target: PathBuf,
    folder: Folder,
    places: Sorter,
    /// Alpha-3 by alpha-2, of all countries that occur.
    countries: BTreeMap<String, String>,
    outline: Vec<u8>,
    meta: Vec<(String, String)>,
}

/// A working folder, removed when done or given up.
#[derive(Debug)]
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What was written.
#[derive(Clone, Copy, Debug)]
pub struct Built {
    /// Places.
    pub places: u32,
    /// Different folded names.
    pub names: u64,
    /// Size of the file.
    pub bytes: u64,
    /// Checksum in the header.
    pub checksum: u64,
}

impl IndexBuilder {
    /// A builder of the file `target`; works in a folder beside it.
    ///
    /// # Errors
    /// When that folder cannot be made.
    pub fn new(target: &Path) -> Result<Self> {
        let mut name = target.file_name().unwrap_or_default().to_os_string();
        name.push(".building");
        let path = target.with_file_name(name);
        fs::create_dir_all(&path).map_err(|e| {
            Error::new(ErrorKind::Output, "cannot make the working folder").in_file(&path).caused_by(e)
        })?;
        Ok(IndexBuilder {
            target: target.to_path_buf(),
            places: Sorter::new(&path, "places", MEMORY / 2),
            folder: Folder(path),
            countries: BTreeMap::new(),
            outline: Vec::new(),
            meta: Vec::new(),
        })
    }

    /// The working folder, for sorters of the sources.
    pub fn folder(&self) -> &Path {
        &self.folder.0
    }

    /// Says something about the whole: title, source, licence.
    pub fn describe(&mut self, key: &str, value: &str) {
        self.meta.push((key.to_owned(), value.replace(['\t', '\n'], " ")));
    }

    /// The outlines section.
    pub fn outline(&mut self, bytes: Vec<u8>) {
        self.outline = bytes;
    }

    /// Adds a place. Ids must differ; of two records with one id both are kept.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn add(&mut self, record: &PlaceRecord) -> Result<()> {
        if !record.country.is_empty() {
            let known = self.countries.entry(record.country.clone()).or_default();
            if record.kind == PlaceKind::Country && known.is_empty() {
                known.clone_from(&record.alpha3);
            }
        }
        let prominence = (u32::MAX - record.population).to_be_bytes();
        let kept = [u8::from(!record.chosen)];
        self.places.push(&[&[record.rank()], &prominence, &kept, record.id.as_bytes(), &[0], &record.bytes()])
    }

    /// Writes the file. It takes the place of an older one only once it is whole.
    ///
    /// # Errors
    /// When it cannot be written, or there are more places than an index can hold.
    pub fn write(self) -> Result<Built> {
        let IndexBuilder { target, folder, places, countries, outline, mut meta } = self;
        let mut numbered = Numbered::new(&folder.0, &countries)?;
        let mut sorted = places.sorted()?;
        while let Some(row) = sorted.next_row()? {
            let skip = 6 + row.get(6..).and_then(|r| r.iter().position(|&b| b == 0)).unwrap_or(0) + 1;
            if let Some(record) = row.get(skip..).and_then(PlaceRecord::from_bytes) {
                numbered.add(&record)?;
            }
        }
        drop(sorted);
        let Numbered { count, names, ids, mut places, mut pool, local, country_places, .. } = numbered;
        places.finish()?;
        pool.finish()?;
        let (names_file, posts, name_count) = write_names(&folder.0, names)?;
        let ids = write_ids(&folder.0, ids)?;
        let mut country = Vec::new();
        for (two, three) in &countries {
            let mut letters = [0; 8];
            for (to, from) in letters.iter_mut().zip(two.bytes().take(2)) {
                *to = from;
            }
            for (to, from) in letters.iter_mut().skip(2).zip(three.bytes().take(3)) {
                *to = from;
            }
            country.extend(letters);
            country.extend(country_places.get(two).copied().unwrap_or(NONE).to_le_bytes());
        }
        meta.push(("places".into(), count.to_string()));
        meta.push(("names".into(), name_count.to_string()));
        let meta: String = meta.iter().map(|(k, v)| format!("{k}\t{v}\n")).collect();

        let part = folder.0.join("index");
        let sections = [
            (Section::Meta, Content::Memory(meta.as_bytes())),
            (Section::Names, Content::File(&names_file)),
            (Section::Posts, Content::File(&posts)),
            (Section::Places, Content::File(&places.path)),
            (Section::Pool, Content::File(&pool.path)),
            (Section::Local, Content::Memory(&local)),
            (Section::Ids, Content::File(&ids)),
            (Section::Country, Content::Memory(&country)),
            (Section::Outline, Content::Memory(&outline)),
        ];
        let (bytes, checksum) = assemble(&part, &sections)?;
        fs::rename(&part, &target).map_err(|e| {
            Error::new(ErrorKind::Output, "cannot write the index").in_file(&target).caused_by(e)
        })?;
        Ok(Built { places: count, names: name_count, bytes, checksum })
    }
}

/// A file of the working folder, written piece by piece.
#[derive(Debug)]
struct Spool {
    path: PathBuf,
    file: BufWriter<File>,
    length: u64,
}

impl Spool {
    fn new(folder: &Path, name: &str) -> Result<Self> {
        let path = folder.join(name);
        let file = File::create(&path)
            .map_err(|e| Error::new(ErrorKind::Output, "cannot write").in_file(&path).caused_by(e))?;
        Ok(Spool { path, file: BufWriter::with_capacity(1 << 20, file), length: 0 })
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.length += bytes.len() as u64;
        self.file.write_all(bytes).map_err(|e| self.cannot(e))
    }

    fn finish(&mut self) -> Result<()> {
        self.file.flush().map_err(|e| self.cannot(e))
    }

    fn cannot(&self, e: std::io::Error) -> Error {
        Error::new(ErrorKind::Output, "cannot write").in_file(&self.path).caused_by(e)
    }
}

/// Places as they get their numbers.
struct Numbered {
    count: u32,
    names: Sorter,
    ids: Sorter,
    places: Spool,
    pool: Spool,
    local: Vec<u8>,
    /// Number of each country, by alpha-2.
    country_places: BTreeMap<String, u32>,
    /// Row of each country in the country table.
    country_rows: BTreeMap<String, u8>,
    /// Numbers of the divisions, by codes.
    divisions: BTreeMap<String, u32>,
}

impl Numbered {
    fn new(folder: &Path, countries: &BTreeMap<String, String>) -> Result<Self> {
        if countries.len() > usize::from(u8::MAX) {
            return Err(Error::new(ErrorKind::Data, "more than 255 country codes")
                .help("the country column must hold ISO 3166-1 codes of two letters"));
        }
        let rows = countries.keys().enumerate();
        Ok(Numbered {
            count: 0,
            names: Sorter::new(folder, "names", MEMORY / 2),
            ids: Sorter::new(folder, "ids", MEMORY / 4),
            places: Spool::new(folder, "places")?,
            pool: Spool::new(folder, "pool")?,
            local: Vec::new(),
            country_places: BTreeMap::new(),
            country_rows: rows.map(|(n, code)| (code.clone(), n as u8)).collect(),
            divisions: BTreeMap::new(),
        })
    }

    /// Puts a string into the pool; what is longer than 255 bytes is cut.
    fn pooled(&mut self, text: &str) -> Result<u32> {
        let cut = shortened(text, 255);
        let offset = self.pool.length;
        if offset >= u64::from(OWN_ID) {
            return Err(Error::new(ErrorKind::Data, "names take more than 2 GiB"));
        }
        self.pool.put(&[cut.len() as u8])?;
        self.pool.put(cut.as_bytes())?;
        Ok(offset as u32)
    }

    fn add(&mut self, record: &PlaceRecord) -> Result<()> {
        let number = self.count;
        if number >= PLACES {
            return Err(Error::new(ErrorKind::Data, format!("more than {PLACES} places"))
                .help("build two indexes and lay one over the other"));
        }
        self.count += 1;
        let name = self.pooled(&record.name)?;
        let id = match geonames_number(&record.id) {
            Some(id) => {
                self.ids.push(&[&id.to_be_bytes(), &number.to_be_bytes()])?;
                id
            }
            None => {
                let own = OWN_ID | self.pooled(&record.id)?;
                self.ids.push(&[
                    &u32::MAX.to_be_bytes(),
                    record.id.as_bytes(),
                    &[0],
                    &number.to_be_bytes(),
                ])?;
                own
            }
        };
        let parent = self.parent(record, number);
        let degrees = |d: f64| (d * 1e5).round() as i32;
        let bytes = Record {
            id,
            lat: degrees(record.lat),
            lon: degrees(record.lon),
            population: record.population,
            name,
            parent,
            kind: record.kind.number() | if record.chosen { CHOSEN } else { 0 },
            country: self.country_rows.get(&record.country).copied().unwrap_or(u8::MAX),
            radius: u16::try_from(record.radius().div_ceil(100)).unwrap_or(u16::MAX),
        }
        .bytes();
        self.places.put(&bytes)?;
        self.name(&record.name, NameForm::new(NameSort::Main, record.cue, ""), number)?;
        let mut shown = BTreeMap::new();
        for name in &record.names {
            self.name(&name.text, name.form, number)?;
            if name.shown
                && let Some(language) = name.form.language()
                && name.text != record.name
            {
                shown.entry(language_number(language)).or_insert(name.text.as_str());
            }
        }
        for (language, text) in shown {
            let offset = self.pooled(text)?;
            for part in [number, u32::from(language), offset] {
                self.local.extend(part.to_le_bytes());
            }
        }
        Ok(())
    }

    fn name(&mut self, text: &str, form: NameForm, number: u32) -> Result<()> {
        match fold(text) {
            Some(folded) => {
                self.names.push(&[folded.as_bytes(), &[0], &number.to_be_bytes(), &[form.bits()]])
            }
            None => Ok(()),
        }
    }

    /// The smallest division that holds the place; notes the place itself when it is one.
    fn parent(&mut self, record: &PlaceRecord, number: u32) -> u32 {
        if record.country.is_empty() {
            return NONE;
        }
        let first = format!("{}.{}", record.country, record.admin1);
        let second = format!("{first}.{}", record.admin2);
        match record.kind {
            PlaceKind::Country => {
                self.country_places.entry(record.country.clone()).or_insert(number);
                return NONE;
            }
            PlaceKind::Admin1 => {
                self.divisions.entry(first).or_insert(number);
                return self.country_places.get(&record.country).copied().unwrap_or(NONE);
            }
            PlaceKind::Admin2 => {
                self.divisions.entry(second.clone()).or_insert(number);
            }
            _ => {}
        }
        let own = |n: &u32| *n != number;
        let second = self.divisions.get(&second).filter(|n| own(n));
        let found = second.or_else(|| self.divisions.get(&first).filter(|n| own(n)));
        found.or_else(|| self.country_places.get(&record.country)).copied().unwrap_or(NONE)
    }
}

/// Writes the names map and the postings; rows are a folded name, 0, a place, a form.
fn write_names(folder: &Path, names: Sorter) -> Result<(PathBuf, PathBuf, u64)> {
    let path = folder.join("map");
    let cannot = |e: fst::Error| Error::new(ErrorKind::Output, "cannot write").in_file(&path).caused_by(e);
    let file = File::create(&path)
        .map_err(|e| Error::new(ErrorKind::Output, "cannot write").in_file(&path).caused_by(e))?;
    let mut map = MapBuilder::new(BufWriter::with_capacity(1 << 20, file)).map_err(cannot)?;
    let mut posts = Spool::new(folder, "posts")?;
    let mut current: Vec<u8> = Vec::new();
    let mut places: Vec<(u32, NameForm)> = Vec::new();
    let mut sorted = names.sorted()?;
    let mut count = 0;
    loop {
        let row = sorted.next_row()?;
        let parts = row.as_deref().and_then(|r| r.split_at_checked(r.len().checked_sub(6)?));
        let (name, tail) = parts.unwrap_or_default();
        if name != current {
            if !places.is_empty() {
                map.insert(&current, posts.length / 4).map_err(cannot)?;
                count += 1;
            }
            let last = places.len().saturating_sub(1);
            for (n, (place, form)) in places.drain(..).enumerate() {
                let end = if n == last { LAST } else { 0 };
                posts.put(&(end | u32::from(form.bits()) << 24 | place).to_le_bytes())?;
            }
            current = name.to_vec();
        }
        let &[_, a, b, c, d, form] = tail else { break };
        let (place, form) = (u32::from_be_bytes([a, b, c, d]), NameForm::from_bits(form));
        match places.last_mut() {
            Some((known, best)) if *known == place => *best = best.best(form),
            _ => places.push((place, form)),
        }
    }
    map.finish().map_err(cannot)?;
    posts.finish()?;
    Ok((path, posts.path, count))
}

/// Writes the places sorted by id; rows end with the place.
fn write_ids(folder: &Path, ids: Sorter) -> Result<PathBuf> {
    let mut spool = Spool::new(folder, "sorted-ids")?;
    let mut sorted = ids.sorted()?;
    while let Some(row) = sorted.next_row()? {
        if let Some(&[a, b, c, d]) = row.last_chunk::<4>() {
            spool.put(&u32::from_be_bytes([a, b, c, d]).to_le_bytes())?;
        }
    }
    spool.finish()?;
    Ok(spool.path)
}

enum Content<'a> {
    Memory(&'a [u8]),
    File(&'a Path),
}

/// Writes header, table and sections; tells length and checksum.
fn assemble(path: &Path, sections: &[(Section, Content<'_>)]) -> Result<(u64, u64)> {
    let cannot = |e: std::io::Error| {
        Error::new(ErrorKind::Output, "cannot write the index").in_file(path).caused_by(e)
    };
    let mut table = Vec::new();
    let mut offset = (HEADER + sections.len() * ENTRY) as u64;
    for (section, content) in sections {
        let length = match content {
            Content::Memory(bytes) => bytes.len() as u64,
            Content::File(file) => fs::metadata(file).map_err(cannot)?.len(),
        };
        table.extend(section.tag());
        table.extend(offset.to_le_bytes());
        table.extend(length.to_le_bytes());
        offset += length;
    }
    let mut sum = Checksum::default();
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path).map_err(cannot)?);
    let mut header = Vec::with_capacity(HEADER);
    header.extend(MAGIC);
    header.extend(VERSION.to_le_bytes());
    header.extend((sections.len() as u32).to_le_bytes());
    header.extend(offset.to_le_bytes());
    header.extend([0; 8]);
    out.write_all(&header).map_err(cannot)?;
    sum.add(&table);
    out.write_all(&table).map_err(cannot)?;
    let mut buffer = vec![0; 1 << 20];
    for (_, content) in sections {
        match content {
            Content::Memory(bytes) => {
                sum.add(bytes);
                out.write_all(bytes).map_err(cannot)?;
            }
            Content::File(file) => {
                let mut file = File::open(file).map_err(cannot)?;
                loop {
                    let read = file.read(&mut buffer).map_err(cannot)?;
                    let bytes = buffer.get(..read).unwrap_or_default();
                    if bytes.is_empty() {
                        break;
                    }
                    sum.add(bytes);
                    out.write_all(bytes).map_err(cannot)?;
                }
            }
        }
    }
    out.flush().map_err(cannot)?;
    out.seek(SeekFrom::Start(24)).map_err(cannot)?;
    out.write_all(&sum.value().to_le_bytes()).map_err(cannot)?;
    out.flush().map_err(cannot)?;
    Ok((offset, sum.value()))
}
