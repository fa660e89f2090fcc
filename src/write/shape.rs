//! The geometry of a happening: its point, or the area that its place covers.
//!
//! Areas are cut at the antimeridian, as RFC 7946 asks, and closed over a pole. Rings of outlines run on
//! beyond 180 degrees instead of jumping; a ring that ends a full turn from its start goes round a pole.

use crate::place::{Place, Precision};
use geo::{Destination, Haversine, Point};

/// Longitude and latitude in degrees.
pub type Position = (f64, f64);

/// A closed line of positions; the outer one runs counter-clockwise.
pub type Ring = Vec<Position>;

/// What stands on the map for a happening.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A point.
    Point(Position),
    /// Polygons without holes.
    Area(Vec<Ring>),
}

/// Which shapes are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Geometry {
    /// Points only.
    #[default]
    Point,
    /// Areas where the place is one; points for the rest.
    Area,
}

/// Corners of the circle that stands for an area without an outline.
const CORNERS: u32 = 48;
/// Smallest circle, in metres.
const SMALLEST: u32 = 100;

impl Shape {
    /// West, south, east, north.
    pub fn bounds(&self) -> [f64; 4] {
        match self {
            Shape::Point((lon, lat)) => [*lon, *lat, *lon, *lat],
            Shape::Area(rings) => rings.iter().flatten().fold(
                [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY],
                |[west, south, east, north], (lon, lat)| {
                    [west.min(*lon), south.min(*lat), east.max(*lon), north.max(*lat)]
                },
            ),
        }
    }
}

/// The area of a place: its outline, or the circle of its radius; nothing for exact places.
pub(super) fn area(place: &Place, round: impl Fn(f64) -> f64) -> Option<Vec<Ring>> {
    if place.precision == Precision::Exact {
        return None;
    }
    let circle = || circle((place.lon, place.lat), place.radius_m.max(SMALLEST));
    let ring = place.outline.clone().filter(|ring| ring.len() > 3).unwrap_or_else(circle);
    let rings: Vec<Ring> = cut(&over_pole(ring))
        .into_iter()
        .map(|ring| settle(ring, &round))
        // What rounding leaves without an inside is no ring.
        .filter(|ring| ring.len() > 3)
        .collect();
    (!rings.is_empty()).then_some(rings)
}

/// A circle on the sphere, counter-clockwise, with longitudes that run on.
fn circle(centre: Position, radius: u32) -> Ring {
    // At the very pole there are no directions.
    let centre = (centre.0, centre.1.clamp(-89.999, 89.999));
    let mut last = centre.0;
    let mut ring: Ring = (0..CORNERS)
        .map(|n| {
            let bearing = 360.0 - 360.0 * f64::from(n) / f64::from(CORNERS);
            let to = Haversine.destination(Point::new(centre.0, centre.1), bearing, f64::from(radius));
            last += (to.x() - last + 180.0).rem_euclid(360.0) - 180.0;
            (last, to.y())
        })
        .collect();
    ring.extend(ring.first().copied());
    ring
}

/// A ring round a pole, led over the pole so that it has an inside on a flat map.
fn over_pole(mut ring: Ring) -> Ring {
    let Some(first) = ring.first().copied() else { return ring };
    if ring.last() == Some(&first) {
        ring.pop();
    }
    let Some(last) = ring.last().copied() else { return ring };
    let turned = last.0 - first.0;
    if turned.abs() > 180.0 {
        let pole = if ring.iter().map(|(_, lat)| lat).sum::<f64>() < 0.0 { -90.0 } else { 90.0 };
        let end = first.0 + 360.0_f64.copysign(turned);
        ring.extend([(end, first.1), (end, pole), (first.0, pole)]);
    }
    ring.push(first);
    ring
}

/// The parts of a ring between -180 and 180 degrees, each moved into that range.
fn cut(ring: &[Position]) -> Vec<Ring> {
    let bounds = Shape::Area(vec![ring.to_vec()]).bounds();
    let turn = |lon: f64| ((lon + 180.0) / 360.0).floor();
    let (first, last) = (turn(bounds[0]), turn(bounds[2]));
    let mut parts = Vec::new();
    let mut at = first;
    while at <= last && parts.len() < 4 {
        let east = at * 360.0 + 180.0;
        let part = beside(&beside(ring, east, 1.0), east - 360.0, -1.0);
        let moved: Ring = part.into_iter().map(|(lon, lat)| (lon - at * 360.0, lat)).collect();
        parts.push(moved);
        at += 1.0;
    }
    parts.retain(|part| {
        let bounds = Shape::Area(vec![part.clone()]).bounds();
        part.len() > 3 && bounds[2] > bounds[0]
    });
    parts
}

/// The part of a ring west of a meridian (`side` 1) or east of it (`side` -1).
fn beside(ring: &[Position], meridian: f64, side: f64) -> Ring {
    let within = |p: Position| (meridian - p.0) * side >= 0.0;
    let mut out = Ring::new();
    for pair in ring.windows(2) {
        let [from, to] = [pair.first(), pair.last()].map(|p| p.copied().unwrap_or_default());
        if within(from) {
            out.push(from);
        }
        if within(from) != within(to) {
            let share = (meridian - from.0) / (to.0 - from.0);
            out.push((meridian, from.1 + (to.1 - from.1) * share));
        }
    }
    out.extend(out.first().copied());
    out
}

/// Rounded, without positions that come twice, closed, counter-clockwise.
fn settle(ring: Ring, round: impl Fn(f64) -> f64) -> Ring {
    let mut ring: Ring = ring.into_iter().map(|(lon, lat)| (round(lon), round(lat))).collect();
    ring.dedup();
    let twice_area: f64 = ring
        .windows(2)
        .map(|pair| match pair {
            [a, b] => a.0 * b.1 - b.0 * a.1,
            _ => 0.0,
        })
        .sum();
    if twice_area < 0.0 {
        ring.reverse();
    }
    if twice_area == 0.0 { Ring::new() } else { ring }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(rings: &[Ring]) -> bool {
        rings.iter().flatten().all(|(lon, lat)| lon.abs() <= 180.0 && lat.abs() <= 90.0)
            && rings.iter().all(|r| r.first() == r.last() && r.len() > 3)
    }

    #[test]
    fn circles_anywhere_stay_on_the_map() {
        for (centre, parts) in [((37.0, 36.0), 1), ((179.9, 0.0), 2), ((-179.9, 60.0), 2), ((180.0, 0.0), 2)]
        {
            let rings = cut(&over_pole(circle(centre, 50_000)));
            assert!(inside(&rings) && rings.len() == parts, "{centre:?} {rings:?}");
        }
        for centre in [(0.0, 90.0), (12.0, -89.9), (100.0, 89.8)] {
            let rings: Vec<Ring> =
                cut(&over_pole(circle(centre, 50_000))).into_iter().map(|r| settle(r, |v| v)).collect();
            assert!(inside(&rings), "{centre:?} {rings:?}");
            assert!(rings.iter().flatten().any(|(_, lat)| lat.abs() == 90.0), "{centre:?} {rings:?}");
        }
    }

    #[test]
    fn a_cut_ring_keeps_its_area() {
        let ring = vec![(170.0, 0.0), (190.0, 0.0), (190.0, 10.0), (170.0, 10.0), (170.0, 0.0)];
        let rings: Vec<Ring> = cut(&over_pole(ring)).into_iter().map(|r| settle(r, |v| v)).collect();
        let edges: Vec<[f64; 4]> = rings.iter().map(|r| Shape::Area(vec![r.clone()]).bounds()).collect();
        assert_eq!(edges, [[170.0, 0.0, 180.0, 10.0], [-180.0, 0.0, -170.0, 10.0]]);
    }
}
