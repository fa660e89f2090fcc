//! GeoJSON (RFC 7946): one feature per line, the same flat properties in the same order in each.
//!
//! Happenings without a place have a null geometry. Coordinates are longitude, latitude, at most five
//! decimals. No `crs` member: the standard knows only WGS 84.

use super::schema::{ATTRIBUTION, COLUMNS, VERSION, Value};
use super::{Row, Run, Write};
use std::io;

pub(super) struct GeoJson<W: io::Write> {
    out: W,
    first: bool,
    line: Vec<u8>,
}

impl<W: io::Write> GeoJson<W> {
    pub(super) fn new(out: W) -> Self {
        GeoJson { out, first: true, line: Vec::new() }
    }
}

impl<W: io::Write> Write for GeoJson<W> {
    fn begin(&mut self, _: &Run) -> io::Result<()> {
        let about = serde_json::json!({
            "schema_version": VERSION,
            "generator": concat!("dateline ", env!("CARGO_PKG_VERSION")),
            "attribution": ATTRIBUTION,
        });
        write!(self.out, "{{\"type\":\"FeatureCollection\",\"metadata\":{about},\"features\":[")
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.line.clear();
        feature(row, &mut self.line)?;
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        self.out.write_all(&self.line)
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }
}

/// GeoJSON text sequences without the separators: one feature per line and nothing else, for streams.
pub(super) struct GeoJsonLines<W: io::Write> {
    out: W,
    line: Vec<u8>,
}

impl<W: io::Write> GeoJsonLines<W> {
    pub(super) fn new(out: W) -> Self {
        GeoJsonLines { out, line: Vec::new() }
    }
}

impl<W: io::Write> Write for GeoJsonLines<W> {
    fn begin(&mut self, _: &Run) -> io::Result<()> {
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.line.clear();
        feature(row, &mut self.line)?;
        self.line.push(b'\n');
        self.out.write_all(&self.line)
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// One feature, on one line, without the line's end.
pub(super) fn feature(row: &Row, out: &mut Vec<u8>) -> io::Result<()> {
    out.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
    string(row.id(), out)?;
    out.extend_from_slice(b",\"geometry\":");
    match row.point() {
        Some((lon, lat)) => {
            out.extend_from_slice(b"{\"type\":\"Point\",\"coordinates\":[");
            number(lon, out)?;
            out.push(b',');
            number(lat, out)?;
            out.extend_from_slice(b"]}");
        }
        None => out.extend_from_slice(b"null"),
    }
    out.extend_from_slice(b",\"properties\":{");
    let mut first = true;
    for (column, cell) in COLUMNS.iter().zip(row.values()).filter(|(c, _)| !c.table_only) {
        if !first {
            out.push(b',');
        }
        first = false;
        out.push(b'"');
        out.extend_from_slice(column.name.as_bytes());
        out.extend_from_slice(b"\":");
        value(cell, out)?;
    }
    out.extend_from_slice(b"}}");
    Ok(())
}

/// One value as JSON.
pub(super) fn value(value: &Value, out: &mut Vec<u8>) -> io::Result<()> {
    use io::Write as _;
    match value {
        Value::Missing => out.extend_from_slice(b"null"),
        Value::Text(text) => string(text, out)?,
        Value::Word(word) => string(word, out)?,
        Value::Integer(n) => write!(out, "{n}")?,
        Value::Number(n) => number(*n, out)?,
        Value::Instant(instant) => write!(out, "\"{}\"", instant.format("%Y-%m-%dT%H:%M:%S"))?,
        Value::Day(day) => write!(out, "\"{}\"", day.format("%Y-%m-%d"))?,
    }
    Ok(())
}

fn string(text: &str, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(out, text).map_err(io::Error::from)
}

/// The shortest form that reads back the same; whole numbers without a point.
fn number(value: f64, out: &mut Vec<u8>) -> io::Result<()> {
    use io::Write as _;
    write!(out, "{value}")
}
