//! Builds an index from what a user has: GeoNames dumps, CSV, GeoJSON, in any mixture.
//!
//! A file is known by its name (`allCountries.txt`, `FR.txt`, `alternateNamesV2.txt`, `countryInfo.txt`,
//! `admin1CodesASCII.txt`, `admin2Codes.txt`, `*.csv`, `*.geojson`); a folder stands for the files in it.
//! Places and their names by language come in different files and different order: both go through one
//! sorter that writes to disk, so that memory does not grow with them.

use super::centre::Centre;
use super::index::{Built, IndexBuilder};
use super::own;
use super::quality::Quality;
use super::record::PlaceRecord;
use super::sort::Sorter;
use crate::error::{Error, ErrorKind, Result};
use crate::gazetteer::{NameForm, NameSort, PlaceKind};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Bytes that places and names waiting for each other may hold in memory.
const MEMORY: usize = 300 << 20;

/// What a file is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// GeoNames places, 19 columns.
    Places,
    /// GeoNames names by language.
    Names,
    Countries,
    /// Codes and names of first or second divisions.
    Divisions(PlaceKind),
    Csv,
    GeoJson,
    /// Comes with the dumps, tells nothing needed here.
    Ignored,
}

fn format(path: &Path) -> Option<Format> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let (stem, extension) = name.rsplit_once('.')?;
    Some(match (stem, extension) {
        ("alternatenamesv2" | "alternatenames", "txt") => Format::Names,
        ("countryinfo", "txt") => Format::Countries,
        ("admin1codesascii" | "admin1codes", "txt") => Format::Divisions(PlaceKind::Admin1),
        ("admin2codes", "txt") => Format::Divisions(PlaceKind::Admin2),
        ("readme" | "iso-languagecodes" | "timezones" | "hierarchy" | "admincode5" | "usertags", "txt") => {
            Format::Ignored
        }
        (_, "txt") => Format::Places,
        (_, "csv") => Format::Csv,
        (_, "geojson" | "json") => Format::GeoJson,
        _ => return None,
    })
}

/// Builds the index `target` from files and folders. `describe` adds lines to what the index says of
/// itself, such as the licence of the data.
///
/// # Errors
/// When a file is missing or is not what its name says; the message tells file and line.
pub fn build_from(inputs: &[PathBuf], describe: &[(String, String)], target: &Path) -> Result<Built> {
    let files = files(inputs)?;
    let mut builder = IndexBuilder::new(target)?;
    for (key, value) in describe {
        builder.describe(key, value);
    }
    let quality = Quality::embedded();
    let of = |wanted: Format| files.iter().filter(move |(f, _)| *f == wanted).map(|(_, p)| p);
    let mut world = Dump { by_language: of(Format::Names).next().is_some(), ..Dump::default() };
    for path in of(Format::Countries) {
        world.countries(path)?;
    }
    for kind in [PlaceKind::Admin1, PlaceKind::Admin2] {
        for path in of(Format::Divisions(kind)) {
            world.divisions(path, kind)?;
        }
    }
    let mut sorter = Sorter::new(builder.folder(), "joined", MEMORY);
    for path in of(Format::Places) {
        world.places(path, &mut sorter)?;
    }
    for path in of(Format::Names) {
        names(path, &mut sorter)?;
    }
    let geonames = of(Format::Places).chain(of(Format::Names)).next().is_some();
    if geonames {
        builder.describe("attribution", "GeoNames, https://www.geonames.org/, CC BY 4.0");
    }
    join(sorter, &quality, &mut builder)?;
    world.missing_divisions(&mut builder)?;
    for path in of(Format::Csv) {
        own::csv(path, &quality, &mut builder)?;
    }
    for path in of(Format::GeoJson) {
        own::geojson(path, &quality, &mut builder)?;
    }
    builder.write()
}

/// All files, sorted, with their formats.
fn files(inputs: &[PathBuf]) -> Result<Vec<(Format, PathBuf)>> {
    let mut found = Vec::new();
    for input in inputs {
        let cannot =
            |e: std::io::Error| Error::new(ErrorKind::Input, "cannot read").in_file(input).caused_by(e);
        if fs::metadata(input).map_err(cannot)?.is_dir() {
            for entry in fs::read_dir(input).map_err(cannot)? {
                let path = entry.map_err(cannot)?.path();
                found.extend(format(&path).map(|f| (f, path)));
            }
        } else {
            let format = format(input).ok_or_else(|| {
                Error::new(ErrorKind::Input, "not a kind of file that places are read from")
                    .in_file(input)
                    .help("give GeoNames .txt dumps, .csv or .geojson; unzip archives first")
            })?;
            found.push((format, input.clone()));
        }
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    found.dedup();
    let holds_places = |(f, _): &(Format, _)| matches!(f, Format::Places | Format::Csv | Format::GeoJson);
    if !found.iter().any(holds_places) {
        let error = Error::new(ErrorKind::Input, "no file of places among the inputs");
        return Err(error.help("give allCountries.txt or a country's file, .csv or .geojson"));
    }
    Ok(found)
}

/// Calls `take` with the number and the columns of each line.
fn lines(path: &Path, mut take: impl FnMut(u64, &[&str]) -> Result<()>) -> Result<()> {
    let cannot = |e: std::io::Error| Error::new(ErrorKind::Input, "cannot read").in_file(path).caused_by(e);
    let mut file = BufReader::with_capacity(1 << 20, File::open(path).map_err(cannot)?);
    let mut line = String::new();
    let mut number = 0;
    loop {
        line.clear();
        number += 1;
        let read = file.read_line(&mut line).map_err(|e| cannot(e).at_line(number))?;
        if read == 0 {
            return Ok(());
        }
        let text = line.trim_end_matches(['\n', '\r']);
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = text.split('\t').collect();
        take(number, &columns)?;
    }
}

fn wrong(path: &Path, line: u64, message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Record, message).in_file(path).at_line(line)
}

fn column<'c>(columns: &[&'c str], n: usize) -> &'c str {
    columns.get(n).copied().unwrap_or_default()
}

/// A place or a name, waiting for the rows with the same GeoNames number.
const PLACE_ROW: u8 = 0;
const NAME_ROW: u8 = 1;

/// What is learnt from a dump before its places are joined with their names.
#[derive(Default)]
struct Dump {
    /// Alpha-2 and alpha-3 by GeoNames number.
    countries: BTreeMap<u32, (String, String)>,
    /// Name and GeoNames number of divisions by code.
    divisions: BTreeMap<String, (String, u32, PlaceKind)>,
    /// Middle of the towns of each division whose code is told.
    centres: BTreeMap<String, Centre>,
    /// Names come by language; the column of names without language is not needed.
    by_language: bool,
}

impl Dump {
    fn countries(&mut self, path: &Path) -> Result<()> {
        lines(path, |number, columns| {
            let (two, three) = (column(columns, 0), column(columns, 1));
            let id = column(columns, 16).parse();
            let id =
                id.map_err(|_| wrong(path, number, "not a line of countryInfo.txt: no number in column 17"))?;
            self.countries.insert(id, (two.to_owned(), three.to_owned()));
            Ok(())
        })
    }

    fn divisions(&mut self, path: &Path, kind: PlaceKind) -> Result<()> {
        lines(path, |number, columns| {
            let id = column(columns, 3).parse();
            let id =
                id.map_err(|_| wrong(path, number, "not a line of division codes: no number in column 4"))?;
            let known = (column(columns, 1).to_owned(), id, kind);
            self.divisions.insert(column(columns, 0).to_owned(), known);
            Ok(())
        })
    }

    fn places(&mut self, path: &Path, sorter: &mut Sorter) -> Result<()> {
        lines(path, |number, columns| {
            if columns.len() < 15 {
                let message = format!("{} columns, a GeoNames place has 19", columns.len());
                return Err(wrong(path, number, message)
                    .help("rename the file if it is something else, or unzip it again"));
            }
            let bad = |what: &str| wrong(path, number, format!("{what} is not a number"));
            let id: u32 = column(columns, 0).parse().map_err(|_| bad("the id in column 1"))?;
            let lat: f64 = column(columns, 4).parse().map_err(|_| bad("the latitude in column 5"))?;
            let lon: f64 = column(columns, 5).parse().map_err(|_| bad("the longitude in column 6"))?;
            let Some(kind) = kind(column(columns, 6), column(columns, 7)) else { return Ok(()) };
            let mut record = PlaceRecord::new(format!("geonames:{id}"), kind, column(columns, 1), lat, lon);
            record.country = column(columns, 8).to_owned();
            record.admin1 = column(columns, 10).to_owned();
            record.admin2 = column(columns, 11).to_owned();
            record.population =
                column(columns, 14).parse::<u64>().map_or(0, |p| p.min(u32::MAX.into()) as u32);
            if let Some((two, three)) = self.countries.get(&id) {
                record.kind = PlaceKind::Country;
                (record.country, record.alpha3) = (two.clone(), three.clone());
            }
            self.count(&record);
            let other = if self.by_language { "" } else { column(columns, 3) };
            for name in other.split(',').filter(|n| !n.is_empty()) {
                record.also(name);
            }
            sorter.push(&[&id.to_be_bytes(), &[PLACE_ROW], &record.bytes()])
        })
    }

    /// Notes a place for the divisions that only the code lists tell.
    fn count(&mut self, record: &PlaceRecord) {
        if record.kind != PlaceKind::City || self.divisions.is_empty() {
            if matches!(record.kind, PlaceKind::Admin1 | PlaceKind::Admin2) {
                let code = match record.kind {
                    PlaceKind::Admin1 => format!("{}.{}", record.country, record.admin1),
                    _ => format!("{}.{}.{}", record.country, record.admin1, record.admin2),
                };
                self.divisions.remove(&code);
            }
            return;
        }
        let first = format!("{}.{}", record.country, record.admin1);
        for code in [format!("{first}.{}", record.admin2), first] {
            if self.divisions.contains_key(&code) {
                self.centres.entry(code).or_default().add(record);
            }
        }
    }

    /// Adds the divisions that no place file has, at the middle of their towns.
    fn missing_divisions(&self, builder: &mut IndexBuilder) -> Result<()> {
        for (code, (name, id, kind)) in &self.divisions {
            let Some(centre) = self.centres.get(code) else { continue };
            let (lat, lon) = centre.point();
            let mut record = PlaceRecord::new(format!("geonames:{id}"), *kind, name.clone(), lat, lon);
            let mut codes = code.splitn(3, '.').map(str::to_owned);
            record.country = codes.next().unwrap_or_default();
            record.admin1 = codes.next().unwrap_or_default();
            record.admin2 = codes.next().unwrap_or_default();
            record.radius_m = centre.radius();
            record.population = centre.people();
            builder.add(&record)?;
        }
        Ok(())
    }
}

/// Kind of a GeoNames feature, by class and code; nothing for features that news does not name.
fn kind(class: &str, code: &str) -> Option<PlaceKind> {
    Some(match (class, code) {
        ("A", "PCLH" | "ADM1H" | "ADM2H" | "ADM3H" | "ADM4H" | "ADMDH") => PlaceKind::Region,
        ("A", _) if code.starts_with("PCL") => PlaceKind::Country,
        ("A", "ADM1") => PlaceKind::Admin1,
        ("A", "ADM2") => PlaceKind::Admin2,
        ("A", _) => PlaceKind::Region,
        ("P", "PPLX") => PlaceKind::District,
        ("P", _) => PlaceKind::City,
        ("L", "CONT") => PlaceKind::Continent,
        ("L", _) => PlaceKind::Region,
        ("H", "OCN" | "SEA" | "GULF" | "STRT" | "BAY" | "BAYS" | "CHN" | "CHNM" | "SD" | "FJD" | "LGN") => {
            PlaceKind::Sea
        }
        ("H", _) if code.starts_with("LK") || code.starts_with("RSV") || code.starts_with("PND") => {
            PlaceKind::Lake
        }
        ("H", _) => PlaceKind::River,
        ("T", _) if code.starts_with("ISL") || code == "ATOL" => PlaceKind::Island,
        ("T", "PEN" | "CAPE" | "DSRT" | "PLN" | "PLNS" | "VAL" | "VALS" | "BCH" | "PT" | "DLTA") => {
            PlaceKind::Region
        }
        ("T", _) => PlaceKind::Mountain,
        ("V", _) => PlaceKind::Region,
        ("U", _) => PlaceKind::Sea,
        ("R", _) => PlaceKind::Street,
        ("S", _) => PlaceKind::Site,
        _ => return None,
    })
}

/// Reads names by language; columns: number, GeoNames number, language, name, preferred, short,
/// colloquial, historic.
fn names(path: &Path, sorter: &mut Sorter) -> Result<()> {
    lines(path, |number, columns| {
        let id: u32 = column(columns, 1)
            .parse()
            .map_err(|_| wrong(path, number, "not a line of alternate names: no number in column 2"))?;
        let language = column(columns, 2);
        let sort = match language {
            "abbr" => NameSort::Abbreviation,
            "fr" | "en" if column(columns, 6).is_empty() && column(columns, 7).is_empty() => NameSort::Main,
            // Links, postal and airport codes are no names.
            "link" | "wkdt" | "post" | "iata" | "icao" | "faac" | "unlc" | "phon" | "piny" | "tcid" => {
                return Ok(());
            }
            _ => NameSort::Other,
        };
        let form = NameForm::new(sort, false, if language == "abbr" { "" } else { language });
        // The preferred name of a language is the one to show, then the first one.
        let order = u8::from(column(columns, 4) != "1");
        sorter.push(&[&id.to_be_bytes(), &[NAME_ROW, order, form.bits()], column(columns, 3).as_bytes()])
    })
}

/// Gives every place its names and adds it to the index.
fn join(sorter: Sorter, quality: &Quality, builder: &mut IndexBuilder) -> Result<()> {
    let mut sorted = sorter.sorted()?;
    let mut current: Option<(u32, PlaceRecord)> = None;
    loop {
        let row = sorted.next_row()?;
        let parts = row.as_deref().and_then(|r| Some((r.first_chunk::<4>()?, r.get(4..)?)));
        let id = parts.map(|(id, _)| u32::from_be_bytes(*id));
        let known = current.as_ref().map(|(id, _)| *id);
        let rest = parts.map(|(_, rest)| rest).unwrap_or_default();
        let is_place = rest.first() == Some(&PLACE_ROW);
        if (known != id || is_place)
            && let Some((_, record)) = current.take()
        {
            // A place that two files list is taken once.
            if known != id || !is_place {
                add(record, quality, builder)?;
            }
        }
        let Some(id) = id else { return Ok(()) };
        if is_place {
            let record = rest.get(1..).and_then(PlaceRecord::from_bytes);
            current = record.map(|r| (id, r));
        } else if let (Some((_, record)), Some(&[_, _, bits])) = (&mut current, rest.first_chunk::<3>())
            && let Some(text) = rest.get(3..).and_then(|t| std::str::from_utf8(t).ok())
        {
            let form = NameForm::from_bits(bits);
            let first = !record.names.iter().any(|n| n.shown && n.form.language() == form.language());
            let shown = form.sort() == NameSort::Main && form.language().is_some() && first;
            record.call(text, form, shown);
        }
    }
}

/// Adds a place with those of its names that are worth keeping.
pub(super) fn add(mut record: PlaceRecord, quality: &Quality, builder: &mut IndexBuilder) -> Result<()> {
    let (main, country) = (record.name.clone(), record.country.clone());
    record.names.retain(|n| {
        n.form.sort() != NameSort::Other || quality.other_name(&n.text, &main, &country).is_some()
    });
    quality.mark(&mut record);
    builder.add(&record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_names() {
        for (name, wanted) in [
            ("allCountries.txt", Some(Format::Places)),
            ("FR.txt", Some(Format::Places)),
            ("alternateNamesV2.txt", Some(Format::Names)),
            ("admin1CodesASCII.txt", Some(Format::Divisions(PlaceKind::Admin1))),
            ("readme.txt", Some(Format::Ignored)),
            ("mine.csv", Some(Format::Csv)),
            ("mine.geojson", Some(Format::GeoJson)),
            ("allCountries.zip", None),
        ] {
            assert_eq!(format(Path::new(name)), wanted, "{name}");
        }
    }
}
