//! Happenings read back from files that were written: CSV in its dialects, GeoJSON, JSON Lines.
//!
//! Values are compared as the words that stand in a table, so that it does not matter which format they came
//! from.

use super::lock::Lock;
use crate::error::{Error, ErrorKind};
use crate::write::schema::{COLUMNS, Column, Kind};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// One happening as it was written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    values: Vec<String>,
}

impl Record {
    /// The words of a column; empty when missing.
    pub fn text(&self, column: &str) -> &str {
        Column::position(column).and_then(|at| self.values.get(at)).map_or("", String::as_str)
    }

    /// Longitude and latitude, for happenings on the map.
    pub fn point(&self) -> Option<(f64, f64)> {
        Some((self.text("longitude").parse().ok()?, self.text("latitude").parse().ok()?))
    }

    fn set(&mut self, column: &str, value: String) {
        if let Some(at) = Column::position(column) {
            self.values.resize(COLUMNS.len(), String::new());
            if let Some(cell) = self.values.get_mut(at) {
                *cell = value;
            }
        }
    }
}

/// The happenings of a folder or file.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// By id.
    pub records: BTreeMap<String, Record>,
    /// Ids that a happening also had, to its id.
    pub aliases: BTreeMap<String, String>,
}

/// Files that hold happenings, best first: the first one that is there on both sides of a comparison is read.
pub const TABLES: &[&str] = &[
    "timeline.csv",
    "timeline.tsv",
    "events.geojson",
    "events.geojsonl",
    "timeline.hxl.csv",
    "events.jsonl",
];

/// Happenings without a time, read besides.
pub const UNDATED: &str = "undated.csv";

/// Nested records, which know what was united.
pub const NESTED: &str = "events.jsonl";

impl Dataset {
    /// Takes in the happenings of a file; its name tells how it is written.
    ///
    /// # Errors
    /// When it cannot be read as what its name says.
    pub fn add(&mut self, file: &Path, bytes: &[u8]) -> Result<(), Error> {
        let name = file.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let wrong = |line: Option<u64>, what: String| {
            let error = Error::new(ErrorKind::Input, what).in_file(file);
            let error = if let Some(line) = line { error.at_line(line) } else { error };
            error.help("give a folder or file that dateline wrote")
        };
        let text = std::str::from_utf8(bytes).map_err(|_| wrong(None, "is not UTF-8".to_owned()))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let ending = name.rsplit('.').next().unwrap_or_default();
        match ending {
            "csv" | "tsv" => self.table(text).map_err(|(line, what)| wrong(Some(line), what)),
            "geojson" => {
                let value: Value = serde_json::from_str(text)
                    .map_err(|e| wrong(Some(e.line() as u64), "is no GeoJSON".to_owned()).caused_by(e))?;
                let features = value.get("features").and_then(Value::as_array);
                let features = features.ok_or_else(|| wrong(None, "holds no features".to_owned()))?;
                features.iter().for_each(|f| self.feature(f));
                Ok(())
            }
            "jsonl" | "geojsonl" => {
                for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
                    let value: Value = serde_json::from_str(line)
                        .map_err(|e| wrong(Some(number as u64 + 1), "is no JSON".to_owned()).caused_by(e))?;
                    if value.get("type").and_then(Value::as_str) == Some("Feature") {
                        self.feature(&value);
                    } else {
                        self.nested(&value);
                    }
                }
                Ok(())
            }
            _ => Err(wrong(None, "is of no format that can be compared".to_owned())),
        }
    }

    /// Takes in what a lock knows of united happenings.
    pub fn add_lock(&mut self, lock: &Lock) {
        self.aliases.extend(lock.aliases.iter().map(|(a, b)| (a.clone(), b.clone())));
    }

    fn insert(&mut self, record: Record) {
        let id = record.text("id").to_owned();
        if !id.is_empty() {
            self.records.insert(id, record);
        }
    }

    fn table(&mut self, text: &str) -> Result<(), (u64, String)> {
        let head = text.lines().next().unwrap_or_default();
        let delimiter =
            [b',', b';', b'\t'].into_iter().max_by_key(|d| head.bytes().filter(|b| b == d).count());
        let delimiter = delimiter.unwrap_or(b',');
        let mut rows =
            csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
        let header = rows.headers().map_err(|e| (1, e.to_string()))?.clone();
        if !header.iter().any(|name| name == "id") {
            return Err((1, "has no column id".to_owned()));
        }
        for row in rows.records() {
            let row =
                row.map_err(|e| (e.position().map_or(1, csv::Position::line), "is no table".to_owned()))?;
            let mut record = Record::default();
            for (name, cell) in header.iter().zip(&row) {
                let Some(column) = Column::position(name).and_then(|at| COLUMNS.get(at)) else { continue };
                record.set(name, plain(column, cell, delimiter == b';'));
            }
            // The line of tags of a tagged table is no happening.
            if !record.text("id").starts_with('#') {
                self.insert(record);
            }
        }
        Ok(())
    }

    fn feature(&mut self, feature: &Value) {
        let mut record = Record::default();
        if let Some(Value::Object(properties)) = feature.get("properties") {
            for (name, value) in properties {
                record.set(name, words(value));
            }
        }
        let point = feature.get("geometry").and_then(|g| g.get("coordinates")).and_then(Value::as_array);
        if let Some([lon, lat]) = point.map(Vec::as_slice) {
            record.set("longitude", words(lon));
            record.set("latitude", words(lat));
        }
        self.insert(record);
    }

    /// A line of `events.jsonl`: what of it a table would hold, and the ids it was united from.
    fn nested(&mut self, value: &Value) {
        let mut record = Record::default();
        for column in ["id", "title", "event_type", "status", "confidence", "sources"] {
            record.set(column, value.get(column).map(words).unwrap_or_default());
        }
        let deep = |path: &str| value.pointer(path).map(words).unwrap_or_default();
        for (column, path) in [
            ("start_time", "/time/start_time"),
            ("end_time", "/time/end_time"),
            ("date_edtf", "/time/edtf"),
            ("date_basis", "/time/basis"),
            ("place", "/places/0/place/name"),
            ("place_id", "/places/0/place/id"),
            ("place_text", "/places/0/text"),
            ("place_role", "/places/0/role"),
            ("longitude", "/places/0/place/longitude"),
            ("latitude", "/places/0/place/latitude"),
            ("description", "/sentence/text"),
            ("doc_id", "/document/id"),
            ("publisher", "/document/publisher"),
        ] {
            record.set(column, deep(path));
        }
        self.add_aliases(value);
        self.insert(record);
    }

    /// Takes in only the ids that the happenings of `events.jsonl` were united from.
    pub fn add_nested_aliases(&mut self, bytes: &[u8]) {
        for line in bytes.split(|b| *b == b'\n') {
            if let Ok(value) = serde_json::from_slice::<Value>(line) {
                self.add_aliases(&value);
            }
        }
    }

    fn add_aliases(&mut self, value: &Value) {
        let Some(id) = value.get("id").and_then(Value::as_str) else { return };
        for alias in
            value.get("aliases").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
        {
            self.aliases.insert(alias.to_owned(), id.to_owned());
        }
    }
}

/// A cell without what only tables need.
fn plain(column: &Column, cell: &str, decimal_comma: bool) -> String {
    match column.kind {
        Kind::Text => {
            let guarded =
                cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r']));
            one_line(guarded.unwrap_or(cell))
        }
        Kind::Number(_) if decimal_comma => cell.replace(',', "."),
        _ => cell.to_owned(),
    }
}

/// A JSON value as a table would hold it.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => one_line(text),
        Value::Number(number) => match number.as_f64() {
            // 36.0 and 36 are one number.
            Some(float) if number.is_f64() => float.to_string(),
            _ => number.to_string(),
        },
        other => other.to_string(),
    }
}

/// Line breaks become spaces, as tables have them.
fn one_line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().map(|c| if is_break(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_layers_say_the_same() {
        let mut table = Dataset::default();
        let csv = "\u{feff}id,title,start_time,latitude,longitude,killed\r\n\
                   a,\"'=Pont\",2021-02-03T00:00:00,46.99,3.16,2\r\n";
        table.add(Path::new("timeline.csv"), csv.as_bytes()).unwrap();
        let mut french = Dataset::default();
        let excel =
            "id;title;start_time;latitude;longitude;killed\r\na;'=Pont;2021-02-03T00:00:00;46,99;3,16;2\r\n";
        french.add(Path::new("timeline.csv"), excel.as_bytes()).unwrap();
        let mut layer = Dataset::default();
        let geojson = r#"{"features":[{"geometry":{"type":"Point","coordinates":[3.16,46.99]},
            "properties":{"id":"a","title":"=Pont","start_time":"2021-02-03T00:00:00","killed":2}}]}"#;
        layer.add(Path::new("events.geojson"), geojson.as_bytes()).unwrap();
        assert_eq!(table.records, layer.records);
        assert_eq!(french.records, layer.records);
        assert_eq!(layer.records["a"].point(), Some((3.16, 46.99)));
    }

    #[test]
    fn what_is_no_dataset_is_told_with_its_line() {
        let told = |name: &str, bytes: &[u8]| {
            Dataset::default().add(Path::new(name), bytes).unwrap_err().to_string()
        };
        assert!(told("events.geojson", b"{\n").contains("events.geojson:"));
        assert!(told("events.jsonl", b"{}\nx\n").contains("events.jsonl:2"));
        assert!(told("timeline.csv", b"a,b\n").contains("no column id"));
        assert!(told("map.svg", b"<svg/>").contains("no format"));
    }
}
