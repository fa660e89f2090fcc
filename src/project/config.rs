//! The project file: what is read, how, and what is written.

use super::key::{FIELDS, TABLES, keys, words};
use super::metadata::Metadata;
use super::sheet::{Item, Placed, Sheet};
use crate::error::Error;
use crate::event::{EventType, Status};
use crate::write::schema::STATUSES;
use crate::write::{DECIMALS, Dialect, Format, Geometry};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// Name of the project file.
pub const PROJECT_FILE: &str = "dateline.toml";

/// A project, as its file describes it.
#[derive(Clone, Debug)]
pub struct Project {
    /// Files, folders and patterns to read.
    pub sources: Vec<Placed<String>>,
    /// Patterns of files that are not read.
    pub exclude: Vec<glob::Pattern>,
    /// Folder to write to.
    pub output: String,
    /// Formats to write, each once.
    pub formats: Vec<Format>,
    /// How the timeline is written.
    pub dialect: Dialect,
    /// Happenings to write, by status.
    pub statuses: Vec<Status>,
    /// Happenings at least this sure.
    pub min_confidence: f32,
    /// What map layers draw.
    pub geometry: Geometry,
    /// Decimals of all coordinates.
    pub decimals: u8,
    /// Whether happenings without a time go to a file of their own.
    pub undated: bool,
    /// Whether actors are named.
    pub actors: bool,
    /// Whether happenings of several articles are united.
    pub merge: bool,
    /// Indexes of further places.
    pub gazetteers: Vec<Placed<String>>,
    /// Files with corrections, and whether they must be there.
    pub corrections: Vec<Placed<String>>,
    /// True when the file names the corrections itself.
    pub corrections_named: bool,
    /// Folder of the cache.
    pub cache: String,
    /// Whether unreadable inputs leave the exit code at 0.
    pub allow_unreadable: bool,
    /// What is known about some of the articles, first to last.
    pub metadata: Vec<Metadata>,
    /// Which happenings are written.
    pub filter: Filter,
    /// The group of each publisher that is in one.
    pub groups: BTreeMap<String, String>,
}

/// Which happenings are written; what is `None` or empty lets all pass.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// West, south, east, north, degrees.
    pub bbox: Option<[f64; 4]>,
    /// ISO 3166-1 alpha-2 codes.
    pub countries: Vec<String>,
    /// Types.
    pub types: Vec<EventType>,
}

impl Default for Project {
    fn default() -> Self {
        Project {
            sources: Vec::new(),
            exclude: Vec::new(),
            output: "output".to_owned(),
            formats: Format::DEFAULT.to_vec(),
            dialect: Dialect::default(),
            statuses: vec![Status::Asserted, Status::Reported, Status::Planned],
            min_confidence: 0.0,
            geometry: Geometry::Point,
            decimals: DECIMALS,
            undated: false,
            actors: true,
            merge: true,
            gazetteers: Vec::new(),
            corrections: vec![Placed { value: "corrections.toml".to_owned(), line: 1 }],
            corrections_named: false,
            cache: ".dateline".to_owned(),
            allow_unreadable: false,
            metadata: Vec::new(),
            filter: Filter::default(),
            groups: BTreeMap::new(),
        }
    }
}

impl Project {
    /// Reads the text of a project file; `file` is what messages call it.
    ///
    /// # Errors
    /// All mistakes of the file, each with its line.
    pub fn parse(text: &str, file: &Path) -> Result<Project, Vec<Error>> {
        let mut sheet = Sheet::new(text, file);
        let mut project = Project::default();
        let root = sheet.table();
        let mut sourced = text.is_empty();
        for (key, item) in &root {
            let at = key.span();
            match key.get_ref().as_ref() {
                "sources" => {
                    sourced = true;
                    project.sources = sheet.texts(item);
                    if project.sources.is_empty() {
                        sheet.fault(item.span(), "no sources", "name the files or folders with the articles");
                    }
                }
                "exclude" => project.exclude = patterns(&mut sheet, item),
                "output" => set(&mut project.output, folder(&mut sheet, item)),
                "formats" => set(&mut project.formats, Some(formats(&mut sheet, item))),
                "csv_dialect" => set(&mut project.dialect, dialect(&mut sheet, item)),
                "statuses" => set(&mut project.statuses, Some(statuses(&mut sheet, item))),
                "min_confidence" => set(&mut project.min_confidence, share(&mut sheet, item)),
                "geometry" => set(&mut project.geometry, geometry(&mut sheet, item)),
                "coordinates" => set(&mut project.decimals, decimals(&mut sheet, item)),
                "undated" => set(&mut project.undated, sheet.truth(item)),
                "actors" => set(&mut project.actors, sheet.truth(item)),
                "merge" => set(&mut project.merge, sheet.truth(item)),
                "gazetteers" => project.gazetteers = sheet.texts(item),
                "corrections" => {
                    project.corrections = sheet.texts(item);
                    project.corrections_named = true;
                }
                "cache" => set(&mut project.cache, folder(&mut sheet, item)),
                "allow_unreadable" => set(&mut project.allow_unreadable, sheet.truth(item)),
                "metadata" => {
                    for (table, at) in sheet.tables(item) {
                        project.metadata.extend(Metadata::read(&mut sheet, table, at));
                    }
                }
                "filter" => {
                    if let Some(table) = sheet.fields(item) {
                        project.filter = filter(&mut sheet, table);
                    }
                }
                "publishers" => {
                    if let Some(table) = sheet.fields(item) {
                        project.groups = groups(&mut sheet, table);
                    }
                }
                other => {
                    let tables = TABLES.iter().map(|t| t.0).filter(|t| !t.is_empty());
                    sheet.unknown(other, at, keys("").map(|k| k.name).chain(tables));
                }
            }
        }
        if !sourced {
            sheet.fault(0..0, "no key sources", "name the files or folders: sources = [\"news\"]");
        }
        if project.dialect != Dialect::Rfc4180 && !project.formats.contains(&Format::Csv) {
            let at = root.iter().find(|(key, _)| key.get_ref() == "csv_dialect").map(|(_, item)| item.span());
            sheet.fault(
                at.unwrap_or(0..0),
                "csv_dialect is set, but csv is not among the formats",
                "add \"csv\" to formats, or remove csv_dialect",
            );
        }
        if project.output == project.cache {
            let at = root.iter().find(|(key, _)| key.get_ref() == "cache").map(|(_, item)| item.span());
            sheet.fault(at.unwrap_or(0..0), "cache and output are the same folder", "name another one");
        }
        sheet.finish(project)
    }
}

fn set<T>(into: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *into = value;
    }
}

/// A folder below the project: outputs and caches elsewhere could not be told by relative paths.
fn folder(sheet: &mut Sheet<'_>, item: &Item<'_>) -> Option<String> {
    let folder = match item.get_ref() {
        DeValue::String(text) => text.trim_end_matches('/').to_owned(),
        _ => {
            sheet.fault(item.span(), "wants a string in quotes", "");
            return None;
        }
    };
    if folder.is_empty() || folder == "." {
        sheet.fault(item.span(), "wants a folder of its own", "such as \"output\"");
        return None;
    }
    Some(folder)
}

/// Patterns of paths.
pub(super) fn patterns(sheet: &mut Sheet<'_>, item: &Item<'_>) -> Vec<glob::Pattern> {
    let texts: Vec<String> = match item.get_ref() {
        DeValue::String(text) => vec![text.to_string()],
        DeValue::Array(items) if items.iter().all(|i| matches!(i.get_ref(), DeValue::String(_))) => {
            items.iter().filter_map(|i| i.get_ref().as_str().map(str::to_owned)).collect()
        }
        _ => {
            sheet.fault(item.span(), "wants patterns in quotes", "such as [\"news/**\"]");
            return Vec::new();
        }
    };
    let mut patterns = Vec::new();
    for text in texts {
        match glob::Pattern::new(&text) {
            Ok(pattern) => patterns.push(pattern),
            Err(error) => sheet.fault(item.span(), format!("{text:?} is no pattern: {}", error.msg), ""),
        }
    }
    patterns
}

/// A pattern against a path from the project file, with slashes on every system.
pub(super) fn fits(pattern: &glob::Pattern, path: &str) -> bool {
    let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::default() };
    pattern.matches_with(path, options)
}

fn formats(sheet: &mut Sheet<'_>, item: &Item<'_>) -> Vec<Format> {
    let mut all = Vec::new();
    for word in wordlist(sheet, item) {
        if word.0 == "all" {
            all.extend(Format::ALL);
            continue;
        }
        let found: Vec<Format> = Format::ALL.iter().copied().filter(|f| f.as_str() == word.0).collect();
        if found.is_empty() {
            sheet.no_such_word("format", &word.0, word.1, words("", "formats"));
        }
        all.extend(found);
    }
    // Some files only go with others.
    let needed: Vec<Format> = all.iter().filter_map(|f| f.needs()).collect();
    all.extend(needed);
    all.sort();
    all.dedup();
    if all.is_empty() {
        sheet.fault(item.span(), "no format to write", "such as [\"geojson\", \"csv\"]");
    }
    all
}

/// Words with their places.
fn wordlist(sheet: &mut Sheet<'_>, item: &Item<'_>) -> Vec<(String, Range<usize>)> {
    match item.get_ref() {
        DeValue::String(word) => vec![(word.to_string(), item.span())],
        DeValue::Array(items) => {
            let mut words = Vec::new();
            for item in items.iter() {
                match item.get_ref().as_str() {
                    Some(word) => words.push((word.to_owned(), item.span())),
                    None => sheet.fault(item.span(), "wants a string in quotes", ""),
                }
            }
            words
        }
        _ => {
            sheet.fault(item.span(), "wants a list of strings", "");
            Vec::new()
        }
    }
}

fn dialect(sheet: &mut Sheet<'_>, item: &Item<'_>) -> Option<Dialect> {
    let (word, at) = wordlist(sheet, item).pop()?;
    match word.as_str() {
        "rfc4180" => Some(Dialect::Rfc4180),
        "excel-fr" => Some(Dialect::ExcelFr),
        "tsv" => Some(Dialect::Tsv),
        _ => {
            sheet.no_such_word("dialect", &word, at, words("", "csv_dialect"));
            None
        }
    }
}

fn geometry(sheet: &mut Sheet<'_>, item: &Item<'_>) -> Option<Geometry> {
    let (word, at) = wordlist(sheet, item).pop()?;
    match word.as_str() {
        "point" => Some(Geometry::Point),
        "area" => Some(Geometry::Area),
        _ => {
            sheet.no_such_word("geometry", &word, at, words("", "geometry"));
            None
        }
    }
}

fn decimals(sheet: &mut Sheet<'_>, item: &Item<'_>) -> Option<u8> {
    let number = match item.get_ref() {
        DeValue::Integer(n) => n.as_str().parse::<u8>().ok().filter(|n| *n <= DECIMALS),
        _ => None,
    };
    if number.is_none() {
        sheet.fault(item.span(), format!("wants a whole number from 0 to {DECIMALS}"), "");
    }
    number
}

fn statuses(sheet: &mut Sheet<'_>, item: &Item<'_>) -> Vec<Status> {
    let mut all = Vec::new();
    for (word, at) in wordlist(sheet, item) {
        match STATUSES.iter().find(|s| s.as_str() == word) {
            Some(status) => all.push(*status),
            None if word == "all" => all.extend(STATUSES),
            None => sheet.no_such_word("status", &word, at, words("", "statuses")),
        }
    }
    all.sort();
    all.dedup();
    all
}

fn share(sheet: &mut Sheet<'_>, item: &Item<'_>) -> Option<f32> {
    let number = match item.get_ref() {
        DeValue::Integer(n) => n.as_str().parse::<f32>().ok(),
        DeValue::Float(n) => n.as_str().parse::<f32>().ok(),
        _ => None,
    };
    let share = number.filter(|n| (0.0..=1.0).contains(n));
    if share.is_none() {
        sheet.fault(item.span(), "wants a number from 0 to 1", "");
    }
    share
}

fn filter(sheet: &mut Sheet<'_>, table: &DeTable<'_>) -> Filter {
    let mut filter = Filter::default();
    for (key, item) in table {
        match key.get_ref().as_ref() {
            "from" => filter.from = day(sheet, item),
            "to" => filter.to = day(sheet, item),
            "bbox" => filter.bbox = corners(sheet, item),
            "countries" => {
                for (code, at) in wordlist(sheet, item) {
                    let capital = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
                    if !capital {
                        sheet.fault(at, format!("{code:?} is no country"), "write two capitals, such as SY");
                    }
                    filter.countries.push(code);
                }
            }
            "types" => {
                for (word, at) in wordlist(sheet, item) {
                    match EventType::from_word(&word) {
                        Some(kind) => filter.types.push(kind),
                        None => sheet.no_such_word("type", &word, at, words("filter", "types")),
                    }
                }
            }
            other => sheet.unknown(other, key.span(), keys("filter").map(|k| k.name)),
        }
    }
    if let (Some(from), Some(to)) = (filter.from, filter.to)
        && from > to
    {
        let at = table.iter().find(|(key, _)| key.get_ref() == "to").map(|(_, item)| item.span());
        sheet.fault(at.unwrap_or(0..0), format!("to, {to}, is before from, {from}"), "swap the two");
    }
    filter
}

fn day(sheet: &mut Sheet<'_>, item: &Item<'_>) -> Option<NaiveDate> {
    let text = match item.get_ref() {
        DeValue::Datetime(moment) => moment.to_string(),
        DeValue::String(text) => text.to_string(),
        _ => String::new(),
    };
    let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok();
    if day.is_none() {
        sheet.fault(item.span(), "wants a day", "such as 2016-12-22");
    }
    day
}

fn corners(sheet: &mut Sheet<'_>, item: &Item<'_>) -> Option<[f64; 4]> {
    let numbers: Vec<f64> = match item.get_ref() {
        DeValue::Array(items) => {
            let number = |item: &Item<'_>| match item.get_ref() {
                DeValue::Integer(n) => n.as_str().parse().ok(),
                DeValue::Float(n) => n.as_str().parse().ok(),
                _ => None,
            };
            items.iter().filter_map(number).collect()
        }
        _ => Vec::new(),
    };
    let fits = |b: &[f64; 4]| {
        let [west, south, east, north] = b;
        west.abs() <= 180.0
            && east.abs() <= 180.0
            && south.abs() <= 90.0
            && north.abs() <= 90.0
            && south < north
    };
    let corners = <[f64; 4]>::try_from(numbers).ok().filter(fits);
    if corners.is_none() {
        sheet.fault(
            item.span(),
            "wants west, south, east and north in degrees",
            "such as [35.5, 32.0, 42.5, 37.5]",
        );
    }
    corners
}

fn groups(sheet: &mut Sheet<'_>, table: &DeTable<'_>) -> BTreeMap<String, String> {
    let mut groups: BTreeMap<String, String> = BTreeMap::new();
    for (group, item) in table {
        for (publisher, at) in wordlist(sheet, item) {
            let group = group.get_ref().to_string();
            if let Some(other) = groups.insert(publisher.clone(), group.clone())
                && other != group
            {
                sheet.fault(
                    at,
                    format!("{publisher:?} is in two groups, {other} and {group}"),
                    "keep one of them",
                );
            }
        }
    }
    groups
}

/// Names of fields by what they hold.
pub(super) fn fields(sheet: &mut Sheet<'_>, item: &Item<'_>) -> crate::read::Fields {
    let mut fields = crate::read::Fields::default();
    let DeValue::Table(table) = item.get_ref() else {
        sheet.fault(item.span(), "wants a table", "such as { text = \"body\" }");
        return fields;
    };
    for (key, item) in table {
        let into = match key.get_ref().as_ref() {
            "id" => &mut fields.id,
            "title" => &mut fields.title,
            "text" => &mut fields.text,
            "lang" => &mut fields.lang,
            "url" => &mut fields.url,
            "publisher" => &mut fields.publisher,
            "published" => &mut fields.published,
            other => {
                sheet.unknown(other, key.span(), FIELDS);
                continue;
            }
        };
        *into = wordlist(sheet, item).into_iter().map(|w| w.0).collect();
    }
    fields
}
