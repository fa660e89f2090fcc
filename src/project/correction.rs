//! What people corrected: files of TOML, or tables of CSV for spreadsheets. Both hold the same entries.
//!
//! An entry is an action and its keys: in TOML a block such as `[[set]]`, in CSV a row with a column `action`.
//! An empty cell is a key that is not there.

use super::sheet::{Item, Sheet};
use super::when::Day;
use crate::error::{Error, ErrorKind};
use crate::event::{EventType, Status};
use crate::write::schema::STATUSES;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// One correction.
#[derive(Clone, Debug)]
pub struct Correction {
    /// What it does.
    pub action: Action,
    /// The file it stands in.
    pub file: PathBuf,
    /// Its line there.
    pub line: u64,
    /// Who made it.
    pub who: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// The headline that the happening had, to find it again.
    pub was: Option<String>,
    /// The article that is meant, or that tells it.
    pub document: Option<String>,
}

/// What a correction does.
#[derive(Clone, Debug)]
pub enum Action {
    /// Says something else of a happening.
    Set(String, Facts),
    /// Leaves a happening out.
    Drop(String),
    /// Makes happenings part of the first.
    Merge(String, Vec<String>),
    /// Takes tellings out of a happening, by the ids they had.
    Split(String, Vec<String>),
    /// A happening that no article tells, or none in words that are read.
    Add(Facts, Told),
    /// What a place name stands for.
    Pin(String, String),
    /// Words from which nothing is read.
    Ignore(String),
}

/// What a happening says; `None` leaves it as it is.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Headline.
    pub title: Option<String>,
    /// Time; `Some(None)` takes it away.
    pub date: Option<Option<Day>>,
    /// Gazetteer id; an empty one takes the place away.
    pub place: Option<String>,
    /// Status.
    pub status: Option<Status>,
    /// Type.
    pub kind: Option<EventType>,
    /// Dead, injured, displaced.
    pub people: [Option<u32>; 3],
    /// Latitude and longitude of a happening added by hand.
    pub point: [Option<f64>; 2],
}

/// Where a happening that was added by hand comes from.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// A sentence that tells it.
    pub description: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// Actions with the keys they need and those they may have; all may have those of [`COMMON`].
const ACTIONS: &[(&str, &[&str], &[&str])] = &[
    ("set", &["id"], FACTS),
    ("drop", &["id"], &[]),
    ("merge", &["id", "with"], &[]),
    ("split", &["id", "off"], &[]),
    ("add", &["title"], ADDED),
    ("pin", &["name", "place"], &[]),
    ("ignore", &["phrase"], &[]),
];

const FACTS: &[&str] = &["title", "date", "place", "status", "type", "killed", "injured", "displaced"];
const ADDED: &[&str] = &[
    "date",
    "place",
    "latitude",
    "longitude",
    "status",
    "type",
    "killed",
    "injured",
    "displaced",
    "description",
    "publisher",
    "url",
];
const COMMON: &[&str] = &["who", "why", "was", "document"];

/// The columns of a table of corrections.
pub const COLUMNS: &[&str] = &[
    "action",
    "id",
    "title",
    "date",
    "place",
    "status",
    "type",
    "killed",
    "injured",
    "displaced",
    "with",
    "off",
    "name",
    "phrase",
    "document",
    "latitude",
    "longitude",
    "description",
    "publisher",
    "url",
    "was",
    "who",
    "why",
];

/// Reads a file of corrections; its name tells how it is written.
///
/// # Errors
/// All mistakes of the file, each with its line.
pub fn parse(text: &str, file: &Path) -> Result<Vec<Correction>, Vec<Error>> {
    let table = file.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv"));
    let mut sheet = Sheet::new(text, file);
    let entries = if table { rows(&mut sheet, text) } else { blocks(&mut sheet) };
    let mut corrections = Vec::new();
    for entry in entries {
        let action = entry.action(&mut sheet);
        let text = |key: &str| entry.keys.get(key).and_then(|(words, _)| words.first().cloned());
        corrections.extend(action.map(|action| Correction {
            action,
            file: file.to_path_buf(),
            line: sheet.line(entry.at.start),
            who: text("who"),
            why: text("why"),
            was: text("was"),
            document: text("document"),
        }));
    }
    corrections.sort_by_key(|c| c.line);
    sheet.finish(corrections)
}

/// An action and its keys, as words with their places.
struct Entry {
    name: String,
    keys: BTreeMap<String, (Vec<String>, Range<usize>)>,
    at: Range<usize>,
}

fn blocks<'t>(sheet: &mut Sheet<'t>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let root = sheet.table();
    for (key, item) in &root {
        let name = key.get_ref().as_ref();
        if ACTIONS.iter().all(|(action, _, _)| *action != name) {
            sheet.unknown(name, key.span(), ACTIONS.iter().map(|a| a.0));
            continue;
        }
        for (table, at) in sheet.tables(item) {
            let mut keys = BTreeMap::new();
            for (key, item) in table {
                let words = list(sheet, item);
                if known(sheet, name, key.get_ref(), key.span()) {
                    keys.insert(key.get_ref().to_string(), (words, item.span()));
                }
            }
            entries.push(Entry { name: name.to_owned(), keys, at });
        }
    }
    entries
}

/// A value as words: one, or several of a list.
fn list<'t>(sheet: &mut Sheet<'t>, item: &Item<'t>) -> Vec<String> {
    match item.get_ref() {
        toml::de::DeValue::Array(_) => sheet.texts(item).into_iter().map(|t| t.value).collect(),
        _ => sheet.scalar(item).into_iter().collect(),
    }
}

fn rows(sheet: &mut Sheet<'_>, text: &str) -> Vec<Entry> {
    let head = text.lines().next().unwrap_or_default();
    let semicolons = head.matches(';').count() > head.matches(',').count();
    let delimiter = if semicolons { b';' } else { b',' };
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header: Vec<String> = table
        .headers()
        .map(|h| h.iter().map(|c| c.trim_start_matches('\u{feff}').to_owned()).collect())
        .unwrap_or_default();
    for column in &header {
        if !COLUMNS.contains(&column.as_str()) && !column.is_empty() {
            sheet.unknown(column, 0..head.len(), COLUMNS.iter().copied());
        }
    }
    if !header.iter().any(|c| c == "action") && !text.trim().is_empty() {
        sheet.fault(0..head.len(), "no column action", format!("the columns are {}", COLUMNS.join(", ")));
    }
    let mut entries = Vec::new();
    for row in table.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let at = error.position().map_or(0, |p| p.byte() as usize);
                sheet.fault(at..at, "is no row of a table", "check the quotes");
                break;
            }
        };
        // The position of a row may lie before the line break in front of it.
        let mut at = row.position().map_or(0, |p| p.byte() as usize);
        while text.as_bytes().get(at).is_some_and(|b| matches!(b, b'\r' | b'\n')) {
            at += 1;
        }
        let cells = || header.iter().map(String::as_str).zip(&row).filter(|(_, cell)| !cell.is_empty());
        let Some(name) = cells().find(|(column, _)| *column == "action").map(|(_, cell)| cell.to_owned())
        else {
            if cells().next().is_some() {
                sheet.fault(at..at, "this row has no action", "such as set or drop");
            }
            continue;
        };
        if ACTIONS.iter().all(|(action, _, _)| *action != name) {
            sheet.no_such_word("action", &name, at..at, ACTIONS.iter().map(|a| a.0));
            continue;
        }
        let mut keys = BTreeMap::new();
        for (column, cell) in cells().filter(|(column, _)| *column != "action") {
            if known(sheet, &name, column, at..at) {
                let several = matches!(column, "with" | "off");
                let words = if several {
                    cell.split([';', ' ']).filter(|w| !w.is_empty()).map(str::to_owned).collect()
                } else {
                    vec![cell.to_owned()]
                };
                keys.insert(column.to_owned(), (words, at..at));
            }
        }
        entries.push(Entry { name, keys, at: at..at });
    }
    entries
}

fn known(sheet: &mut Sheet<'_>, action: &str, key: &str, at: Range<usize>) -> bool {
    let Some((_, needed, others)) = ACTIONS.iter().find(|(name, _, _)| *name == action) else { return false };
    let all = needed.iter().chain(*others).chain(COMMON).copied();
    let known = all.clone().any(|k| k == key);
    if !known {
        sheet.unknown(key, at, all.collect::<Vec<_>>());
    }
    known
}

impl Entry {
    fn text(&self, key: &str) -> Option<String> {
        self.keys.get(key).and_then(|(words, _)| words.first().cloned())
    }

    fn needed(&self, sheet: &mut Sheet<'_>, key: &str) -> Option<String> {
        let found = self.text(key).filter(|text| !text.trim().is_empty());
        if found.is_none() {
            sheet.fault(self.at.clone(), format!("{} has no {key}", self.name), "");
        }
        found
    }

    fn action(&self, sheet: &mut Sheet<'_>) -> Option<Action> {
        let ids = |key: &str| self.keys.get(key).map(|(words, _)| words.clone()).unwrap_or_default();
        match self.name.as_str() {
            "set" => {
                let id = self.needed(sheet, "id")?;
                let facts = self.facts(sheet);
                if FACTS.iter().all(|key| !self.keys.contains_key(*key)) {
                    sheet.fault(self.at.clone(), "sets nothing", format!("it can set {}", FACTS.join(", ")));
                }
                Some(Action::Set(id, facts))
            }
            "drop" => Some(Action::Drop(self.needed(sheet, "id")?)),
            "merge" => {
                let (id, _) = (self.needed(sheet, "id")?, self.needed(sheet, "with")?);
                Some(Action::Merge(id, ids("with")))
            }
            "split" => {
                let (id, _) = (self.needed(sheet, "id")?, self.needed(sheet, "off")?);
                Some(Action::Split(id, ids("off")))
            }
            "add" => {
                self.needed(sheet, "title")?;
                let told = Told {
                    description: self.text("description"),
                    publisher: self.text("publisher"),
                    url: self.text("url"),
                };
                Some(Action::Add(self.facts(sheet), told))
            }
            "pin" => Some(Action::Pin(self.needed(sheet, "name")?, self.needed(sheet, "place")?)),
            "ignore" => Some(Action::Ignore(self.needed(sheet, "phrase")?)),
            _ => None,
        }
    }

    fn facts(&self, sheet: &mut Sheet<'_>) -> Facts {
        let mut facts = Facts { title: self.text("title"), place: self.text("place"), ..Facts::default() };
        let place = |key: &str| self.keys.get(key).map_or(self.at.clone(), |(_, at)| at.clone());
        if let Some(date) = self.text("date") {
            facts.date = match Day::parse(&date) {
                _ if date.is_empty() => Some(None),
                Some(day) => Some(Some(day)),
                None => {
                    let help = "such as 2016-12-22, 2016-12, 2016-12-15/2016-12-22 or 2016-12-22T18:30";
                    sheet.fault(place("date"), format!("{date:?} is no date"), help);
                    None
                }
            };
        }
        if let Some(word) = self.text("status") {
            facts.status = STATUSES.iter().copied().find(|s| s.as_str() == word);
            if facts.status.is_none() {
                sheet.no_such_word("status", &word, place("status"), STATUSES.map(Status::as_str));
            }
        }
        if let Some(word) = self.text("type") {
            facts.kind = EventType::from_word(&word);
            if facts.kind.is_none() {
                let known: Vec<&str> = EventType::ALL.iter().map(|t| t.as_str()).collect();
                sheet.no_such_word("type", &word, place("type"), known);
            }
        }
        for (slot, key) in facts.people.iter_mut().zip(["killed", "injured", "displaced"]) {
            if let Some(number) = self.text(key) {
                *slot = number.parse().ok();
                if slot.is_none() {
                    sheet.fault(place(key), format!("{number:?} is no number of people"), "write digits");
                }
            }
        }
        for (slot, key, most) in facts
            .point
            .iter_mut()
            .zip(["latitude", "longitude"])
            .zip([90.0, 180.0])
            .map(|((s, k), m)| (s, k, m))
        {
            if let Some(number) = self.text(key) {
                *slot = number.replace(',', ".").parse().ok().filter(|n: &f64| n.abs() <= most);
                if slot.is_none() {
                    sheet.fault(place(key), format!("{number:?} is no {key}"), "write degrees, such as 36.2");
                }
            }
        }
        facts
    }
}

impl Correction {
    /// Something about this correction.
    pub fn remark(&self, what: impl Into<String>) -> Error {
        Error::new(ErrorKind::Usage, what).in_file(&self.file).at_line(self.line)
    }

    /// The reasons that a corrected happening carries.
    pub fn reasons(&self) -> Vec<String> {
        let mut reasons = vec!["edited".to_owned()];
        match (&self.who, &self.why) {
            (Some(who), Some(why)) => reasons.push(format!("edited by {who}: {why}")),
            (Some(who), None) => reasons.push(format!("edited by {who}")),
            (None, Some(why)) => reasons.push(format!("edited: {why}")),
            (None, None) => {}
        }
        reasons
    }
}
