//! What stands beside the timeline and says what its columns are: a Data Package and CSV on the Web.
//!
//! Both describe the timeline in the dialect that it is written in, and hold nothing of the news itself.

use super::schema::{ATTRIBUTION, COLUMNS, Column, Kind, VERSION};
use super::{Dialect, Format, Row, Run, Write};
use serde_json::{Map, Value, json};
use std::io;

/// A file that is the same for all news.
pub(super) struct Sidecar<W: io::Write> {
    out: W,
    dialect: Dialect,
    content: fn(Dialect) -> Value,
}

impl<W: io::Write> Sidecar<W> {
    pub(super) fn data_package(out: W) -> Self {
        Sidecar { out, dialect: Dialect::default(), content: data_package }
    }

    pub(super) fn csv_on_the_web(out: W) -> Self {
        Sidecar { out, dialect: Dialect::default(), content: csv_on_the_web }
    }

    /// The same for a timeline in this dialect.
    pub(super) fn of(self, dialect: Dialect) -> Self {
        Sidecar { dialect, ..self }
    }
}

impl<W: io::Write> Write for Sidecar<W> {
    fn begin(&mut self, _: &Run) -> io::Result<()> {
        writeln!(self.out, "{:#}", (self.content)(self.dialect))
    }

    fn row(&mut self, _: &Row) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn described(column: &Column) -> String {
    if column.unit.is_empty() {
        column.meaning.to_owned()
    } else {
        format!("{} ({})", column.meaning, column.unit)
    }
}

/// Frictionless Data Package, profile "tabular data package".
fn data_package(dialect: Dialect) -> Value {
    let comma = dialect == Dialect::ExcelFr;
    let field = |column: &Column| {
        let mut field = Map::new();
        field.insert("name".into(), column.name.into());
        let (kind, format) = match column.kind {
            Kind::Text | Kind::Code | Kind::Word(_) => ("string", None),
            Kind::Integer => ("integer", None),
            Kind::Number(_) => ("number", None),
            Kind::Instant => ("datetime", Some("%Y-%m-%dT%H:%M:%S")),
            Kind::Day => ("date", None),
        };
        field.insert("type".into(), kind.into());
        if let Some(format) = format {
            field.insert("format".into(), format.into());
        }
        if comma && matches!(column.kind, Kind::Number(_)) {
            field.insert("decimalChar".into(), ",".into());
        }
        field.insert("description".into(), described(column).into());
        let words = column.kind.words();
        if !words.is_empty() {
            field.insert("constraints".into(), json!({ "enum": words }));
        }
        Value::Object(field)
    };
    let fields: Vec<Value> = COLUMNS.iter().map(field).collect();
    json!({
        "profile": "tabular-data-package",
        "name": "dateline-timeline",
        "title": "Dated, located happenings read from news",
        "version": VERSION,
        "licenses": [{ "name": "CC-BY-4.0", "title": ATTRIBUTION, "path": "https://creativecommons.org/licenses/by/4.0/" }],
        "sources": [{ "title": "GeoNames", "path": "https://www.geonames.org" }],
        "resources": [{
            "profile": "tabular-data-resource",
            "name": "timeline",
            "path": Format::Csv.file_name_in(dialect),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8-sig",
            "dialect": { "delimiter": dialect.delimiter(), "lineTerminator": "\r\n", "quoteChar": "\"", "header": true },
            "schema": { "fields": fields, "primaryKey": "id", "missingValues": [""] },
        }],
    })
}

/// W3C "Metadata Vocabulary for Tabular Data".
fn csv_on_the_web(dialect: Dialect) -> Value {
    let comma = dialect == Dialect::ExcelFr;
    let column = |column: &Column| {
        let datatype = match column.kind {
            Kind::Text | Kind::Code | Kind::Word(_) => json!("string"),
            Kind::Integer => json!("integer"),
            Kind::Number(_) if comma => json!({ "base": "double", "format": { "decimalChar": "," } }),
            Kind::Number(_) => json!("double"),
            Kind::Instant => json!({ "base": "datetime", "format": "yyyy-MM-ddTHH:mm:ss" }),
            Kind::Day => json!({ "base": "date", "format": "yyyy-MM-dd" }),
        };
        json!({
            "name": column.name,
            "titles": column.name,
            "datatype": datatype,
            "dc:description": described(column),
            "required": column.name == "id",
        })
    };
    let columns: Vec<Value> = COLUMNS.iter().map(column).collect();
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "url": Format::Csv.file_name_in(dialect),
        "dc:title": "Dated, located happenings read from news",
        "dc:rights": ATTRIBUTION,
        "dc:hasVersion": VERSION,
        "dialect": { "encoding": "utf-8", "lineTerminators": ["\r\n", "\n"], "header": true, "delimiter": dialect.delimiter() },
        "tableSchema": { "columns": columns, "primaryKey": "id" },
    })
}
