//! Outlines of countries, used where they lie in the index.
//!
//! Borders are shared: a line between two countries is stored once, and the rings of both refer to it, so that
//! frontiers are found by comparing numbers. Where a ring crosses the antimeridian its longitudes jump in the
//! file, and run on in what [`Outlines::of`] gives.
//!
//! | part of the section | bytes | |
//! |---|---|---|
//! | counts | 16 | countries, rings, references, lines |
//! | countries | 12 each, sorted | alpha-2, two zero bytes, first ring, count of rings |
//! | rings | 24 each | first reference, count; west, south, east, north in degrees times 100,000 |
//! | references | 4 each | number of a line, all bits turned over when it runs backwards |
//! | lines | 4 each, and one more | first point |
//! | points | 8 each | longitude, latitude in degrees times 100,000 |

use super::Gazetteer;
use super::file::{Section, u32_at};
use super::layer::partition;
use std::collections::BTreeSet;

/// Points of a line or ring: longitude, latitude.
pub type Line = Vec<(f64, f64)>;

/// Bytes of the counts.
pub(crate) const COUNTS: usize = 16;
/// Bytes of a country.
pub(crate) const COUNTRY: usize = 12;
/// Bytes of a ring.
pub(crate) const RING: usize = 24;

/// All outlines of an index.
#[derive(Clone, Copy, Debug)]
pub struct Outlines<'g> {
    bytes: &'g [u8],
    countries: usize,
    rings: usize,
    references: usize,
    lines: usize,
}

impl Gazetteer {
    /// The outlines of the uppermost index that holds some.
    pub fn outlines(&self) -> Option<Outlines<'_>> {
        self.layers().iter().rev().find_map(|l| Outlines::read(l.section(Section::Outline)))
    }
}

impl<'g> Outlines<'g> {
    fn read(bytes: &'g [u8]) -> Option<Self> {
        let count = |n: usize| u32_at(bytes, n * 4) as usize;
        let [countries, rings, references, lines] = [count(0), count(1), count(2), count(3)];
        let outlines = Outlines { bytes, countries, rings, references, lines };
        // A damaged table must not make us count for ever.
        (countries > 0 && outlines.points_at() <= bytes.len()).then_some(outlines)
    }

    fn rings_at(&self) -> usize {
        COUNTS + self.countries * COUNTRY
    }

    fn references_at(&self) -> usize {
        self.rings_at() + self.rings * RING
    }

    fn lines_at(&self) -> usize {
        self.references_at() + self.references * 4
    }

    fn points_at(&self) -> usize {
        self.lines_at() + (self.lines + 1) * 4
    }

    fn degrees(&self, at: usize) -> f64 {
        f64::from(u32_at(self.bytes, at) as i32) / 1e5
    }

    /// The alpha-2 codes of all countries that have one, sorted.
    pub fn countries(&self) -> impl Iterator<Item = &'g str> {
        let (bytes, at) = (self.bytes, |row: usize| COUNTS + row * COUNTRY);
        (0..self.countries).filter_map(move |row| std::str::from_utf8(bytes.get(at(row)..at(row) + 2)?).ok())
    }

    /// Numbers of the rings of a country, by its alpha-2 code.
    fn rings(&self, country: &str) -> std::ops::Range<usize> {
        let at = |row: usize| COUNTS + row * COUNTRY;
        let code = |row: usize| self.bytes.get(at(row)..at(row) + 2).unwrap_or_default();
        let row = partition(self.countries, |row| code(row) < country.as_bytes());
        if row >= self.countries || code(row) != country.as_bytes() {
            return 0..0;
        }
        let first = u32_at(self.bytes, at(row) + 4) as usize;
        let end = first + u32_at(self.bytes, at(row) + 8) as usize;
        first.min(self.rings)..end.min(self.rings)
    }

    /// The references of a ring.
    fn references(&self, ring: usize) -> impl Iterator<Item = u32> + '_ {
        let at = self.rings_at() + ring * RING;
        let first = u32_at(self.bytes, at) as usize;
        let end = first.saturating_add(u32_at(self.bytes, at + 4) as usize).min(self.references);
        (first..end).map(|n| u32_at(self.bytes, self.references_at() + n * 4))
    }

    /// The points of a line, in the order of the reference.
    fn line(&self, reference: u32) -> Line {
        let number = number(reference);
        let at = |n: usize| u32_at(self.bytes, self.lines_at() + n * 4) as usize;
        if number >= self.lines {
            return Line::new();
        }
        let point = |n: usize| {
            let at = self.points_at() + n * 8;
            (self.degrees(at), self.degrees(at + 4))
        };
        let most = self.bytes.len() / 8;
        let mut line: Line = (at(number)..at(number + 1).min(most)).map(point).collect();
        if is_backward(reference) {
            line.reverse();
        }
        line
    }

    fn ring(&self, ring: usize) -> Line {
        let mut out = Line::new();
        for reference in self.references(ring) {
            let line = self.line(reference);
            let skip = usize::from(!out.is_empty());
            out.extend(line.into_iter().skip(skip));
        }
        out
    }

    /// The rings of a country, outer ones and holes alike; empty when it is not known. Longitudes run on beyond
    /// 180 degrees instead of jumping; a ring that ends a full turn from its start goes round a pole.
    pub fn of(&self, country: &str) -> Vec<Line> {
        self.rings(country).map(|r| running_on(self.ring(r))).collect()
    }

    /// True when the country holds the point.
    pub fn contains(&self, country: &str, lon: f64, lat: f64) -> bool {
        let mut inside = false;
        for ring in self.rings(country) {
            let at = self.rings_at() + ring * RING + 8;
            let within = lon >= self.degrees(at)
                && lat >= self.degrees(at + 4)
                && lon <= self.degrees(at + 8)
                && lat <= self.degrees(at + 12);
            if within {
                // Every crossing of a ray to the east turns it over; holes come out right.
                let points = self.ring(ring);
                for pair in points.windows(2) {
                    let &[(x1, y1), (x2, y2)] = pair else { continue };
                    if (y1 > lat) != (y2 > lat) && lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1 {
                        inside = !inside;
                    }
                }
            }
        }
        inside
    }

    /// The land frontier of two countries, or of one with all others; pieces in the order of the first.
    pub fn frontier(&self, country: &str, other: Option<&str>) -> Vec<Line> {
        let own = self.rings(country);
        let shared: BTreeSet<usize> = match other {
            Some(other) => self.rings(other).flat_map(|r| self.references(r)).map(number).collect(),
            None => (0..self.rings)
                .filter(|r| !own.contains(r))
                .flat_map(|r| self.references(r))
                .map(number)
                .collect(),
        };
        let mut lines: Vec<Line> = Vec::new();
        for ring in own {
            let first = lines.len();
            let mut open = false;
            let mut whole = true;
            for reference in self.references(ring) {
                if !shared.contains(&number(reference)) {
                    open = false;
                    whole = false;
                    continue;
                }
                let line = self.line(reference);
                match lines.last_mut().filter(|_| open) {
                    Some(last) => last.extend(line.into_iter().skip(1)),
                    None => lines.push(line),
                }
                open = true;
            }
            // A ring may begin in the middle of a frontier.
            if open && !whole && lines.len() > first + 1 {
                let start = lines.get(first).cloned().unwrap_or_default();
                if let Some(last) = lines.last_mut().filter(|l| l.last() == start.first()) {
                    last.extend(start.into_iter().skip(1));
                    lines.remove(first);
                }
            }
        }
        lines.retain(|l| l.len() > 1);
        lines
    }
}

/// The line without jumps over the antimeridian.
fn running_on(mut line: Line) -> Line {
    let mut last = line.first().map_or(0.0, |first| first.0);
    for (lon, _) in &mut line {
        *lon -= ((*lon - last) / 360.0).round() * 360.0;
        last = *lon;
    }
    line
}

/// The line that a reference means.
fn number(reference: u32) -> usize {
    (if is_backward(reference) { !reference } else { reference }) as usize
}

/// True when a reference means its line backwards.
fn is_backward(reference: u32) -> bool {
    reference >> 31 == 1
}
