//! The keys of the project file: what each holds and means. Defined here once.
//!
//! The reader of the file, the commented file that `dateline init` writes and the JSON Schema for editors all
//! come from this list.

use crate::event::{EventType, Status};
use crate::write::schema::STATUSES;
use crate::write::{DECIMALS, Format};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// What a key holds.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// A string.
    Text,
    /// A list of strings; one string is a list of one.
    Texts,
    /// One word of a closed list.
    Word(fn() -> Vec<&'static str>),
    /// A list of words of a closed list.
    Words(fn() -> Vec<&'static str>),
    /// True or false.
    Truth,
    /// A number from 0 to 1.
    Share,
    /// A whole number from 0 to this.
    UpTo(u8),
    /// A day, such as 2016-12-22.
    Day,
    /// West, south, east and north, in degrees.
    Corners,
    /// Names of fields by what they hold.
    Fields,
}

/// One key of the project file.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The table it stands in; empty at the top of the file.
    pub table: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// An example, as written in the file: what holds without the key, where there is such a value.
    pub example: &'static str,
    /// Whether a new project file has it, or shows it behind a comment sign.
    pub active: bool,
    /// What it means.
    pub about: &'static str,
}

const fn key(
    table: &'static str,
    name: &'static str,
    holds: Holds,
    example: &'static str,
    about: &'static str,
) -> Key {
    Key { table, name, holds, example, active: false, about }
}

impl Key {
    const fn active(mut self) -> Self {
        self.active = true;
        self
    }
}

/// All tables of the file with what they are for, in the order of a new file. The last holds free keys.
pub const TABLES: &[(&str, &str)] = &[
    ("", "What is read, and what is written. Paths are relative to this file."),
    (
        "metadata",
        "What is known about some of the articles. Repeat the block as often as needed; what an article says of itself goes before it, and a later block before an earlier one.",
    ),
    ("filter", "Which happenings are written. All of them must hold; what is left out is counted."),
    (
        "publishers",
        "Publishers that print one another's words count as one source: a name of the group, and who is in it.",
    ),
];

/// All keys, in the order of a new file.
#[rustfmt::skip]
pub const KEYS: &[Key] = &[
    key("", "sources", Holds::Texts, r#"["news"]"#, "Files, folders and patterns such as \"feeds/*.jsonl\". Folders are searched for .txt, .md, .html, .jsonl, .rss and .atom, also packed as .gz or .zst.").active(),
    key("", "exclude", Holds::Texts, r#"["news/drafts/**"]"#, "Patterns of files that are not read."),
    key("", "output", Holds::Text, r#""output""#, "Folder of the files that are written.").active(),
    key("", "formats", Holds::Words(formats), r#"["geojson", "csv"]"#, "Formats to write.").active(),
    key("", "csv_dialect", Holds::Word(dialects), r#""rfc4180""#, "How the timeline is written: rfc4180 (comma, decimal point), excel-fr (semicolon, decimal comma) or tsv (tabs)."),
    key("", "statuses", Holds::Words(statuses), r#"["asserted", "reported", "planned"]"#, "Happenings to write by what is said of them; denied and possible ones only when asked for."),
    key("", "min_confidence", Holds::Share, "0.0", "Happenings surer than this, from 0 to 1."),
    key("", "geometry", Holds::Word(geometries), r#""point""#, "What map layers draw: point, or area for the areas of places that are one."),
    key("", "coordinates", Holds::UpTo(DECIMALS), "5", "Decimals of all coordinates; five are about a metre, two about a kilometre."),
    key("", "undated", Holds::Truth, "false", "Also write undated.csv, the happenings without a time."),
    key("", "actors", Holds::Truth, "true", "Name who took part."),
    key("", "merge", Holds::Truth, "true", "Unite what several articles tell of one happening."),
    key("", "gazetteers", Holds::Texts, r#"["places.idx"]"#, "Indexes of further places, made by `dateline gazetteer build`, laid over the embedded one in this order, or instead of it when they were built with `--instead`."),
    key("", "corrections", Holds::Texts, r#"["corrections.toml"]"#, "Corrections made by people, .toml or .csv; `dateline correct` writes to the first."),
    key("", "cache", Holds::Text, r#"".dateline""#, "Folder of what was read before. It may be deleted at any time and does not belong into version control."),
    key("", "allow_unreadable", Holds::Truth, "false", "Exit with 0 even when some input could not be read."),
    key("metadata", "match", Holds::Texts, r#"["news/lemonde/**"]"#, "Patterns of the files that this block is about, by their path from this file; ** is any number of folders."),
    key("metadata", "publisher", Holds::Text, r#""Le Monde""#, "Who published them."),
    key("metadata", "lang", Holds::Text, r#""fr""#, "Their language; detected when nothing says."),
    key("metadata", "time_zone", Holds::Text, r#""Europe/Paris""#, "Where the day of publication is counted: a time with an offset, such as 2016-12-22T23:30:00Z, falls on the day that it is there."),
    key("metadata", "published", Holds::Text, r#""{year}/{month}/{day}/*""#, "How the path tells the publication date. {year}, {month} and {day} are digits, * is anything but a slash; the pattern may begin at any folder."),
    key("metadata", "format", Holds::Word(inputs), r#""text""#, "Their format, when the file name does not tell."),
    key("metadata", "encoding", Holds::Text, r#""windows-1252""#, "Their encoding; detected when it is not UTF-8."),
    key("metadata", "fields", Holds::Fields, r#"{ text = "body", published = "when" }"#, "Names of the fields of JSON Lines: id, title, text, lang, url, publisher, published."),
    key("filter", "from", Holds::Day, "2016-01-01", "Happenings that end on this day or later."),
    key("filter", "to", Holds::Day, "2016-12-31", "Happenings that begin on this day or earlier."),
    key("filter", "bbox", Holds::Corners, "[35.5, 32.0, 42.5, 37.5]", "Happenings on the map within west, south, east, north, in degrees; a west greater than the east crosses the 180th meridian."),
    key("filter", "countries", Holds::Texts, r#"["SY", "TR"]"#, "Happenings in these countries, ISO 3166-1 alpha-2."),
    key("filter", "types", Holds::Words(types), r#"["battle", "attack"]"#, "Happenings of these types; `dateline schema` lists them."),
];

/// Fields of a JSON Lines record that can have other names.
pub const FIELDS: [&str; 7] = ["id", "title", "text", "lang", "url", "publisher", "published"];

fn formats() -> Vec<&'static str> {
    let mut words: Vec<&str> = Format::ALL.iter().map(|f| f.as_str()).collect();
    words.dedup();
    words
}

fn dialects() -> Vec<&'static str> {
    vec!["rfc4180", "excel-fr", "tsv"]
}

fn geometries() -> Vec<&'static str> {
    vec!["point", "area"]
}

fn statuses() -> Vec<&'static str> {
    STATUSES.map(Status::as_str).to_vec()
}

fn inputs() -> Vec<&'static str> {
    vec!["text", "markdown", "html", "jsonl", "feed"]
}

fn types() -> Vec<&'static str> {
    EventType::ALL.iter().map(|t| t.as_str()).collect()
}

/// The keys of a table.
pub fn keys(table: &str) -> impl Iterator<Item = &'static Key> + Clone {
    KEYS.iter().filter(move |key| key.table == table)
}

/// The words a key may hold; empty when they are free.
pub fn words(table: &str, name: &str) -> Vec<&'static str> {
    match keys(table).find(|key| key.name == name).map(|key| key.holds) {
        Some(Holds::Word(words) | Holds::Words(words)) => words(),
        _ => Vec::new(),
    }
}

/// A project file with every key, explained; `sources` stand in for the example.
pub fn commented(sources: &[String]) -> String {
    let mut out = String::from(
        "# The project file of dateline: `dateline run` writes the output, `dateline check` tells whether it is fresh.\n\
         # Lines that begin with # are examples, or show what holds without them.\n",
    );
    for (table, about) in TABLES {
        out.push('\n');
        comment(about, &mut out);
        match *table {
            "" => {}
            "metadata" => out.push_str("# [[metadata]]\n"),
            "publishers" => out.push_str("# [publishers]\n# AFP = [\"Le Monde\", \"Ouest-France\"]\n"),
            table => {
                let _ = writeln!(out, "# [{table}]");
            }
        }
        for key in keys(table) {
            out.push('\n');
            comment(key.about, &mut out);
            let mark = if key.active { "" } else { "# " };
            let value = if key.name == "sources" && !sources.is_empty() {
                Value::from(sources).to_string()
            } else {
                key.example.to_owned()
            };
            let _ = writeln!(out, "{mark}{} = {value}", key.name);
        }
    }
    out
}

/// Words as comment lines of at most a hundred letters.
fn comment(words: &str, out: &mut String) {
    let mut line = String::from("#");
    for word in words.split(' ') {
        if line.len() + word.len() > 99 {
            let _ = writeln!(out, "{line}");
            line.truncate(1);
        }
        line.push(' ');
        line.push_str(word);
    }
    let _ = writeln!(out, "{line}");
}

/// The JSON Schema of the project file, for editors.
pub fn json_schema() -> String {
    let mut root = properties("");
    for (table, about) in TABLES.iter().filter(|(table, _)| !table.is_empty()) {
        let mut value = match *table {
            "publishers" => json!({ "type": "object", "additionalProperties": texts() }),
            table => json!({
                "type": "object",
                "properties": properties(table),
                "additionalProperties": false,
            }),
        };
        if *table == "metadata" {
            if let Value::Object(block) = &mut value {
                block.insert("required".into(), json!(["match"]));
            }
            value = json!({ "type": "array", "items": value });
        }
        if let Value::Object(object) = &mut value {
            object.insert("description".into(), (*about).into());
        }
        root.insert((*table).into(), value);
    }
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "dateline.toml",
        "description": "Project file of dateline",
        "type": "object",
        "properties": root,
        "required": ["sources"],
        "additionalProperties": false,
    });
    format!("{schema:#}\n")
}

fn texts() -> Value {
    json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
}

fn properties(table: &str) -> Map<String, Value> {
    let mut all = Map::new();
    for key in keys(table) {
        let mut value = match key.holds {
            Holds::Text => json!({ "type": "string" }),
            Holds::Texts => texts(),
            Holds::Word(words) => json!({ "enum": words() }),
            Holds::Words(words) => json!({ "type": "array", "items": { "enum": with_all(key, words()) } }),
            Holds::Truth => json!({ "type": "boolean" }),
            Holds::Share => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
            Holds::UpTo(most) => json!({ "type": "integer", "minimum": 0, "maximum": most }),
            // Editors show a date of TOML as a string.
            Holds::Day => json!({ "type": "string" }),
            Holds::Corners => {
                json!({ "type": "array", "items": { "type": "number" }, "minItems": 4, "maxItems": 4 })
            }
            Holds::Fields => json!({
                "type": "object",
                "properties": FIELDS.iter().map(|f| ((*f).to_owned(), texts())).collect::<Map<_, _>>(),
                "additionalProperties": false,
            }),
        };
        if let Value::Object(object) = &mut value {
            object.insert("description".into(), key.about.into());
        }
        all.insert(key.name.into(), value);
    }
    all
}

/// Formats and statuses may also be asked for all at once.
fn with_all(key: &Key, mut words: Vec<&'static str>) -> Vec<&'static str> {
    if matches!(key.name, "formats" | "statuses") {
        words.push("all");
    }
    words
}
