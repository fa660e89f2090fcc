//! GeoJSON (RFC 7946): one feature per line, the same flat properties in the same order in each.
//!
//! Happenings without a place have a null geometry. Coordinates are longitude, latitude, at most five
//! decimals. No `crs` member: the standard knows only WGS 84.

use super::schema::{VERSION, Value, attribution};
use super::shape::{Geometry, Polygon, Position, Shape};
use super::{Row, Run, Write, notation};
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
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        head(&mut self.out, run.geometry)
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

/// The opening of a collection.
pub(super) fn head(out: &mut impl io::Write, geometry: Geometry) -> io::Result<()> {
    write!(out, "{{\"type\":\"FeatureCollection\",\"metadata\":{},\"features\":[", about(geometry))
}

/// What a collection tells of itself.
pub(super) fn about(geometry: Geometry) -> serde_json::Value {
    serde_json::json!({
        "schema_version": VERSION,
        "generator": concat!("dateline ", env!("CARGO_PKG_VERSION")),
        "attribution": attribution(geometry),
    })
}

/// One feature, on one line, without the line's end.
pub(super) fn feature(row: &Row, out: &mut Vec<u8>) -> io::Result<()> {
    out.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
    string(row.id(), out)?;
    out.extend_from_slice(b",\"geometry\":");
    match row.shape() {
        Some(shape) => geometry(&shape, out)?,
        None => out.extend_from_slice(b"null"),
    }
    properties(row, out)?;
    out.push(b'}');
    Ok(())
}

/// The member that holds all columns.
pub(super) fn properties(row: &Row, out: &mut Vec<u8>) -> io::Result<()> {
    out.extend_from_slice(b",\"properties\":{");
    let mut first = true;
    for (column, cell) in row.layer() {
        if !first {
            out.push(b',');
        }
        first = false;
        out.push(b'"');
        out.extend_from_slice(column.name.as_bytes());
        out.extend_from_slice(b"\":");
        value(cell, out)?;
    }
    out.push(b'}');
    Ok(())
}

/// A geometry object.
pub(super) fn geometry(shape: &Shape, out: &mut Vec<u8>) -> io::Result<()> {
    match shape {
        Shape::Point(at) => {
            out.extend_from_slice(b"{\"type\":\"Point\",\"coordinates\":");
            position(*at, out)?;
        }
        Shape::Area(polygons) => {
            let one = polygons.len() == 1;
            let kind: &[u8] = if one { b"Polygon" } else { b"MultiPolygon" };
            out.extend_from_slice(b"{\"type\":\"");
            out.extend_from_slice(kind);
            out.extend_from_slice(b"\",\"coordinates\":");
            if one {
                polygons.iter().try_for_each(|rings| polygon(rings, out))?;
            } else {
                list(polygons, out, polygon)?;
            }
        }
    }
    out.push(b'}');
    Ok(())
}

fn polygon(rings: &Polygon, out: &mut Vec<u8>) -> io::Result<()> {
    list(rings, out, |ring, out| list(ring, out, |at, out| position(*at, out)))
}

/// Longitude and latitude.
pub(super) fn position((lon, lat): Position, out: &mut Vec<u8>) -> io::Result<()> {
    out.push(b'[');
    notation::number(lon, out);
    out.push(b',');
    notation::number(lat, out);
    out.push(b']');
    Ok(())
}

/// Items between brackets.
pub(super) fn list<T>(
    items: &[T],
    out: &mut Vec<u8>,
    mut item: impl FnMut(&T, &mut Vec<u8>) -> io::Result<()>,
) -> io::Result<()> {
    let mut mark = b'[';
    for one in items {
        out.push(mark);
        item(one, out)?;
        mark = b',';
    }
    out.push(b']');
    Ok(())
}

/// One value as JSON.
pub(super) fn value(value: &Value, out: &mut Vec<u8>) -> io::Result<()> {
    match value {
        Value::Missing => out.extend_from_slice(b"null"),
        Value::Text(text) => string(text, out)?,
        Value::Integer(_) | Value::Number(_) => notation::value(value, out),
        // Nothing in these has a meaning in JSON.
        Value::Word(_) | Value::Instant(_) | Value::Day(_) => {
            out.push(b'"');
            notation::value(value, out);
            out.push(b'"');
        }
    }
    Ok(())
}

pub(super) fn string(text: &str, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(out, text).map_err(io::Error::from)
}
