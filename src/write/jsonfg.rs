//! JSON-FG (OGC Features and Geometries JSON): the layer with a time that programs know as such.
//!
//! The standard's instants are in UTC. Civil times whose offset is not known are given as days, which is all
//! that is certain of them in UTC.

use super::geojson::feature;
use super::schema::{VERSION, attribution};
use super::{Row, Run, Write};
use chrono::TimeDelta;
use std::io;

const CONFORMS: &str = "http://www.opengis.net/spec/json-fg-1/0.3/conf/core";

pub(super) struct JsonFg<W: io::Write> {
    out: W,
    first: bool,
    line: Vec<u8>,
}

impl<W: io::Write> JsonFg<W> {
    pub(super) fn new(out: W) -> Self {
        JsonFg { out, first: true, line: Vec::new() }
    }
}

impl<W: io::Write> Write for JsonFg<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        let about =
            serde_json::json!({ "schema_version": VERSION, "attribution": attribution(run.geometry) });
        write!(
            self.out,
            "{{\"type\":\"FeatureCollection\",\"conformsTo\":[\"{CONFORMS}\"],\"featureType\":\"happening\",\
             \"metadata\":{about},\"features\":["
        )
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.line.clear();
        feature(row, &mut self.line)?;
        // The feature ends with its own brace; the two members that JSON-FG adds go before it.
        self.line.pop();
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        self.out.write_all(&self.line)?;
        write!(self.out, ",\"place\":null,\"time\":{}}}", time(row))
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }
}

fn time(row: &Row) -> serde_json::Value {
    let Some(civil) = row.civil() else { return serde_json::Value::Null };
    let interval = match row.utc_offset() {
        Some(minutes) => [civil.start, civil.end].map(|t| {
            let utc = t.checked_sub_signed(TimeDelta::minutes(i64::from(minutes))).unwrap_or(t);
            utc.format("%Y-%m-%dT%H:%M:%SZ").to_string()
        }),
        None => [civil.start, civil.end].map(|t| t.format("%Y-%m-%d").to_string()),
    };
    if interval[0] == interval[1] {
        return serde_json::json!({ "date": interval[0] });
    }
    serde_json::json!({ "interval": interval })
}
