//! Reads the hand-written tables of the `gazetteer` folder.
//!
//! Every table is lines of columns between tabs; `#` begins a comment. Names in one column stand between
//! bars, the first one is shown to people. A name after `=` is an abbreviation, one after `?` needs a cue.

use super::record::PlaceRecord;
use crate::error::{Error, ErrorKind, Result};
use crate::gazetteer::fold::fold;
use crate::gazetteer::{NameForm, NameSort, PlaceKind};
use std::fs;
use std::path::{Path, PathBuf};

/// One line of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// The file.
    pub file: PathBuf,
    /// Counted from 1.
    pub line: u64,
    /// The columns, trimmed.
    pub columns: Vec<String>,
}

impl Row {
    /// Column `n`, empty when the line is shorter.
    pub fn column(&self, n: usize) -> &str {
        self.columns.get(n).map_or("", String::as_str)
    }

    /// An error at this line.
    pub fn error(&self, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Data, message).in_file(&self.file).at_line(self.line)
    }

    /// Column `n` as a number, or nothing when it is empty.
    ///
    /// # Errors
    /// When it is something else.
    pub fn number(&self, n: usize) -> Result<Option<f64>> {
        let text = self.column(n);
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| self.error(format!("`{text}` is not a number")))
    }
}

/// The lines of a table.
///
/// # Errors
/// When it cannot be read.
pub fn rows(path: &Path) -> Result<Vec<Row>> {
    let text = fs::read_to_string(path)
        .map_err(|e| Error::new(ErrorKind::Data, "cannot read").in_file(path).caused_by(e))?;
    Ok(table(path, &text))
}

/// The lines of a table whose text is at hand.
pub fn table(path: &Path, text: &str) -> Vec<Row> {
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    lines
        .map(|(n, l)| Row {
            file: path.to_path_buf(),
            line: n as u64 + 1,
            columns: l.split('\t').map(|c| c.trim().to_owned()).collect(),
        })
        .collect()
}

/// What a line of a places table says; columns: kind, country, admin1, latitude, longitude, radius in
/// kilometres, people, id, English names, French names, other names.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Where it stands.
    pub row: Row,
    /// Kind.
    pub kind: PlaceKind,
    /// Latitude and longitude, if told.
    pub point: Option<(f64, f64)>,
    /// Metres, 0 when not told.
    pub radius_m: u32,
    /// People, 0 when not told.
    pub population: u32,
    /// English, French and other names.
    pub names: [String; 3],
}

impl Fact {
    /// Reads a line.
    ///
    /// # Errors
    /// When a column makes no sense.
    pub fn read(row: Row) -> Result<Fact> {
        let kind = PlaceKind::from_word(row.column(0))
            .ok_or_else(|| row.error(format!("`{}` is no kind of place", row.column(0))))?;
        let point = match (row.number(3)?, row.number(4)?) {
            (Some(lat), Some(lon)) if lat.abs() <= 90.0 && lon.abs() <= 180.0 => Some((lat, lon)),
            (None, None) => None,
            _ => return Err(row.error("half a point, or one outside the globe")),
        };
        let names = [8, 9, 10].map(|n| row.column(n).to_owned());
        if names.iter().all(String::is_empty) {
            return Err(row.error("no name"));
        }
        let radius_m = (row.number(5)?.unwrap_or(0.0) * 1000.0) as u32;
        let population = row.number(6)?.unwrap_or(0.0) as u32;
        Ok(Fact { kind, point, radius_m, population, names, row })
    }

    /// ISO 3166-1 alpha-2, may be empty.
    pub fn country(&self) -> &str {
        self.row.column(1)
    }

    /// Code of the first division, may be empty.
    pub fn admin1(&self) -> &str {
        self.row.column(2)
    }

    /// The id told, or one made of kind and name.
    pub fn id(&self) -> String {
        let told = self.row.column(7);
        if !told.is_empty() {
            return told.to_owned();
        }
        let name = self.main_name();
        let slug = fold(name).unwrap_or_default().replace(' ', "-");
        let country = self.country().to_ascii_lowercase();
        let parts = ["dateline:", self.kind.as_str(), &country, &slug];
        parts.join(":").replace("::", ":")
    }

    /// The English name shown, or the first there is.
    pub fn main_name(&self) -> &str {
        let first = |text: &'_ str| text.split('|').next().unwrap_or_default().to_owned();
        let found = self.names.iter().find(|n| !n.is_empty());
        let text = found.map_or("", String::as_str);
        let length = first(text).len();
        text.get(..length).unwrap_or_default().trim_start_matches(['=', '?'])
    }

    /// True when the line and `record` share a name: an id that belongs to another place is a slip.
    pub fn shares_name(&self, record: &PlaceRecord) -> bool {
        let told = self
            .names
            .iter()
            .flat_map(|n| n.split('|'))
            .filter_map(|n| fold(n.trim_start_matches(['=', '?'])));
        let known: Vec<String> = record
            .names
            .iter()
            .map(|n| n.text.as_str())
            .chain([record.name.as_str()])
            .filter_map(fold)
            .collect();
        told.into_iter().any(|name| known.contains(&name))
    }

    /// Adds the names and what else is told to `record`.
    pub fn add_to(&self, record: &mut PlaceRecord) {
        record.chosen = true;
        if let Some((lat, lon)) = self.point {
            (record.lat, record.lon) = (lat, lon);
        }
        if self.radius_m > 0 {
            record.radius_m = self.radius_m;
        }
        if self.population > 0 {
            record.population = self.population;
        }
        for (names, language) in self.names.iter().zip(["en", "fr", ""]) {
            call_all(record, names, language);
        }
    }
}

/// Adds names between bars to `record`; the first one of a language is the one shown.
pub fn call_all(record: &mut PlaceRecord, names: &str, language: &str) {
    let mut shown = !language.is_empty();
    for name in names.split('|').map(str::trim).filter(|n| !n.is_empty()) {
        let (cue, name) = name.strip_prefix('?').map_or((false, name), |n| (true, n));
        let (sort, name) = match name.strip_prefix('=') {
            Some(name) => (NameSort::Abbreviation, name),
            None if language.is_empty() => (NameSort::Other, name),
            None => (NameSort::Main, name),
        };
        let first = std::mem::take(&mut shown) && sort != NameSort::Abbreviation;
        if first {
            // The name told here is the one to show, whatever a source called it.
            for known in &mut record.names {
                known.shown &= known.form.language() != Some(language);
            }
        }
        record.call(name, NameForm::new(sort, cue, language), first);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_line_with_the_id_of_another_place_is_told_by_its_names() {
        let line = "sea\t\t\t58\t20\t500\t\tgeonames:1\tBaltic Sea|Baltic\tmer Baltique\t";
        let fact = Fact::read(table(Path::new("waters.tsv"), line).remove(0)).unwrap();
        let town = PlaceRecord::new("geonames:1", PlaceKind::City, "Oxelo", 58.7, 17.1);
        let sea = PlaceRecord::new("geonames:1", PlaceKind::Sea, "baltic", 58.0, 20.0);
        assert!(!fact.shares_name(&town) && fact.shares_name(&sea));
    }
}
