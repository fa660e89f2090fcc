//! Movements as lines from where they began to where they ended, in a GeoJSON layer of their own.
//!
//! Only happenings with both ends known are here, with the properties of the main layer. Lines that cross the
//! antimeridian are cut there, as RFC 7946 asks.

use super::geojson::{head, list, position, properties, string};
use super::schema::Value;
use super::shape::{Geometry, Position};
use super::{Row, Run, Write};
use std::io;

pub(super) struct Movements<W: io::Write> {
    out: W,
    first: bool,
    line: Vec<u8>,
}

impl<W: io::Write> Movements<W> {
    pub(super) fn new(out: W) -> Self {
        Movements { out, first: true, line: Vec::new() }
    }
}

impl<W: io::Write> Write for Movements<W> {
    fn begin(&mut self, _: &Run) -> io::Result<()> {
        head(&mut self.out, Geometry::Point)
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        let Some((from, to)) = ends(row) else { return Ok(()) };
        self.line.clear();
        self.line.extend_from_slice(if self.first { b"\n" } else { b",\n" });
        self.first = false;
        self.line.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
        string(row.id(), &mut self.line)?;
        let parts = lines(from, to);
        if let [one] = parts.as_slice() {
            self.line.extend_from_slice(b",\"geometry\":{\"type\":\"LineString\",\"coordinates\":");
            list(one, &mut self.line, |at, out| position(*at, out))?;
        } else {
            self.line.extend_from_slice(b",\"geometry\":{\"type\":\"MultiLineString\",\"coordinates\":");
            list(&parts, &mut self.line, |part, out| list(part, out, |at, out| position(*at, out)))?;
        }
        self.line.push(b'}');
        properties(row, &mut self.line)?;
        self.line.push(b'}');
        self.out.write_all(&self.line)
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }
}

/// Where a movement began and ended, when both are known and not the same.
fn ends(row: &Row) -> Option<(Position, Position)> {
    let number = |name: &str| match row.value(name) {
        Value::Number(n) => Some(*n),
        _ => None,
    };
    let from = (number("origin_longitude")?, number("origin_latitude")?);
    let to = (number("destination_longitude")?, number("destination_latitude")?);
    let on_earth = |(lon, lat): Position| lon.abs() <= 180.0 && lat.abs() <= 90.0;
    (!is_same(from, to) && on_earth(from) && on_earth(to)).then_some((from, to))
}

/// True for one point, which the antimeridian writes in two ways.
fn is_same(a: Position, b: Position) -> bool {
    let turn = (a.0 - b.0).abs();
    a.1 == b.1 && (turn == 0.0 || turn == 360.0)
}

/// The line, or its two parts when the short way crosses the antimeridian.
fn lines(from: Position, to: Position) -> Vec<[Position; 2]> {
    let turn = to.0 - from.0;
    if turn.abs() <= 180.0 {
        return vec![[from, to]];
    }
    // Going west from the east, or the other way round.
    let edge = 180.0_f64.copysign(from.0);
    let beyond = to.0 + 360.0_f64.copysign(edge);
    // Both ends on the antimeridian: along it, on the side of the first.
    if beyond == from.0 {
        return vec![[from, (from.0, to.1)]];
    }
    let share = (edge - from.0) / (beyond - from.0);
    let lat = super::finding::degrees(from.1 + (to.1 - from.1) * share);
    let parts = [[from, (edge, lat)], [(-edge, lat), to]];
    // An end on the antimeridian itself leaves one part.
    parts.into_iter().filter(|[a, b]| a != b).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_the_antimeridian() {
        assert_eq!(lines((10.0, 0.0), (20.0, 5.0)), [[(10.0, 0.0), (20.0, 5.0)]]);
        let cut = lines((170.0, 0.0), (-170.0, 10.0));
        assert_eq!(cut, [[(170.0, 0.0), (180.0, 5.0)], [(-180.0, 5.0), (-170.0, 10.0)]]);
        let cut = lines((-170.0, 10.0), (170.0, 0.0));
        assert_eq!(cut, [[(-170.0, 10.0), (-180.0, 5.0)], [(180.0, 5.0), (170.0, 0.0)]]);
        assert_eq!(lines((180.0, 1.0), (-179.0, 2.0)), [[(-180.0, 1.0), (-179.0, 2.0)]]);
        assert_eq!(lines((180.0, 1.0), (-180.0, 2.0)), [[(180.0, 1.0), (180.0, 2.0)]]);
        assert!(is_same((180.0, 1.0), (-180.0, 1.0)) && !is_same((180.0, 1.0), (-180.0, 2.0)));
    }
}
