//! The columns told to people and programs: as text, as Markdown tables, as JSON Schema.

use super::schema::{ATTRIBUTION, COLUMNS, Column, GEOMETRY, Kind, VERSION};
use super::shape::Geometry;
use crate::event::EventType;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Every column with type, unit and meaning, one per line; then the words of the closed lists.
pub fn text() -> String {
    let width = COLUMNS.iter().map(|c| c.name.len()).max().unwrap_or(0);
    let mut out = format!("schema version {VERSION}\n{ATTRIBUTION}\n{GEOMETRY}\n\n");
    for column in COLUMNS {
        let unit = if column.unit.is_empty() { String::new() } else { format!(" [{}]", column.unit) };
        let _ = writeln!(out, "{:width$}  {:9}  {}{unit}", column.name, column.kind.as_str(), column.meaning);
    }
    for column in closed() {
        let _ = writeln!(out, "\n{}:", column.name);
        for word in column.kind.words() {
            let _ = writeln!(out, "  {word:14}{}", meaning(column, word).unwrap_or_default());
        }
    }
    let trimmed: Vec<&str> = out.lines().map(str::trim_end).collect();
    trimmed.join("\n") + "\n"
}

/// The same as Markdown.
pub fn markdown() -> String {
    let mut out = String::from("| column | type | unit | meaning |\n|---|---|---|---|\n");
    for column in COLUMNS {
        let only = if column.table_only { " (tables, and layers of areas)" } else { "" };
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | {}{only} |",
            column.name,
            column.kind.as_str(),
            column.unit,
            column.meaning
        );
    }
    let _ = writeln!(out, "\n{GEOMETRY}");
    for column in closed() {
        let words = column.kind.words();
        if words.iter().any(|w| meaning(column, w).is_some()) {
            let _ = writeln!(out, "\n| `{}` | meaning | PLOVER | ACLED |\n|---|---|---|---|", column.name);
            for kind in EventType::ALL {
                let (word, plover, acled) = (kind.as_str(), kind.plover(), kind.acled());
                let _ = writeln!(out, "| `{word}` | {} | {plover} | {acled} |", kind.meaning());
            }
        } else {
            let listed: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
            let _ = writeln!(out, "\n`{}`: {}.", column.name, listed.join(", "));
        }
    }
    out
}

/// A JSON Schema (2020-12) of one feature of the map layer.
pub fn json_schema() -> String {
    let properties: Map<String, Value> = COLUMNS.iter().map(|c| (c.name.to_owned(), property(c))).collect();
    // Where shapes are areas, the point stands in properties; else they are not there.
    let required: Vec<&str> =
        COLUMNS.iter().filter(|c| c.is_in_layer(Geometry::Point)).map(|c| c.name).collect();
    let position = json!({ "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 });
    let several = |items: &Value| json!({ "type": "array", "items": items });
    let polygon = several(&several(&position));
    let shape = |kind: &str, coordinates: &Value| {
        json!({
            "type": "object",
            "required": ["type", "coordinates"],
            "properties": { "type": { "const": kind }, "coordinates": coordinates },
        })
    };
    let shapes = [
        json!({ "type": "null" }),
        shape("Point", &position),
        shape("Polygon", &polygon),
        shape("MultiPolygon", &several(&polygon)),
    ];
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A happening written by dateline",
        "description": format!("Schema version {VERSION}. {ATTRIBUTION}"),
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": { "const": "Feature" },
            "id": { "type": "string" },
            "geometry": { "description": GEOMETRY, "anyOf": shapes },
            "properties": {
                "type": "object",
                "required": required,
                "additionalProperties": false,
                "properties": properties,
            },
        },
    });
    format!("{schema:#}\n")
}

fn property(column: &Column) -> Value {
    let mut out = Map::new();
    let kind = match column.kind {
        Kind::Integer => "integer",
        Kind::Number(_) => "number",
        _ => "string",
    };
    // What every happening of the layer has is never null.
    let always =
        ["id", "start_time", "end_time", "date_precision", "event_type", "status"].contains(&column.name);
    out.insert("type".into(), if always { json!(kind) } else { json!([kind, "null"]) });
    match column.kind {
        Kind::Instant => {
            out.insert("pattern".into(), r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$".into());
        }
        Kind::Day => {
            out.insert("format".into(), "date".into());
        }
        Kind::Word(words) => {
            let mut all: Vec<Value> = words().into_iter().map(Value::from).collect();
            if !always {
                all.push(Value::Null);
            }
            out.insert("enum".into(), all.into());
        }
        _ => {}
    }
    let unit = if column.unit.is_empty() { String::new() } else { format!(" ({})", column.unit) };
    out.insert("description".into(), format!("{}{unit}", column.meaning).into());
    Value::Object(out)
}

/// The columns with a closed list of words.
fn closed() -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(|c| matches!(c.kind, Kind::Word(_)))
}

/// What a word of a closed list means, where the word alone does not say.
fn meaning(column: &Column, word: &str) -> Option<&'static str> {
    (column.name == "event_type").then(|| EventType::from_word(word)).flatten().map(EventType::meaning)
}
