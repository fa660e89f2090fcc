//! The geometry of a happening: its point, or the area that its place covers.
//!
//! Areas are cut at the antimeridian, as RFC 7946 asks, and closed over a pole. Rings of outlines run on
//! beyond 180 degrees instead of jumping; a ring that ends a full turn from its start goes round a pole. What
//! rounding makes cross itself is drawn anew, so that every program takes the polygons as valid.

use super::outline::{self, Outline};
use crate::place::{Place, Precision};
use geo::{
    Area as _, BooleanOps, Destination, Haversine, LineString, MultiPolygon, Orient, Point, Validation,
    Winding, orient,
};
use std::borrow::Cow;

/// Longitude and latitude in degrees.
pub type Position = (f64, f64);

/// A closed line of positions.
pub type Ring = Vec<Position>;

/// The outer ring, counter-clockwise, then the holes, clockwise.
pub type Polygon = Vec<Ring>;

/// What stands on the map for a happening.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A point.
    Point(Position),
    /// Polygons that do not overlap.
    Area(Cow<'static, [Polygon]>),
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

/// What a place covers.
#[derive(Clone, Debug)]
pub(super) enum Area {
    /// Polygons of its own.
    Drawn(Vec<Polygon>),
    /// A whole country, whose outline all rows share.
    Country(&'static Outline),
}

impl Area {
    pub(super) fn shape(&self) -> Shape {
        Shape::Area(match self {
            Area::Drawn(polygons) => Cow::Owned(polygons.clone()),
            Area::Country(outline) => Cow::Borrowed(outline.polygons()),
        })
    }
}

/// Corners of the circle that stands for an area without an outline.
const CORNERS: u32 = 48;
/// Smallest circle, in metres.
const SMALLEST: u32 = 100;
/// How often an area is drawn anew before what still crosses itself is left out.
const ROUNDS: usize = 8;

impl Shape {
    /// West, south, east, north.
    pub fn bounds(&self) -> [f64; 4] {
        match self {
            Shape::Point((lon, lat)) => [*lon, *lat, *lon, *lat],
            Shape::Area(polygons) => bounds(polygons.iter().flatten().flatten()),
        }
    }
}

fn bounds<'p>(positions: impl Iterator<Item = &'p Position>) -> [f64; 4] {
    let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    positions.fold(none, |[west, south, east, north], (lon, lat)| {
        [west.min(*lon), south.min(*lat), east.max(*lon), north.max(*lat)]
    })
}

/// The area of a place with so many decimals: its outline, or the circle of its radius; nothing for exact places.
pub(super) fn area(place: &Place, decimals: u8) -> Option<Area> {
    if place.precision == Precision::Exact {
        return None;
    }
    if let Some(country) = outline::of_place(place, decimals) {
        return Some(Area::Country(country));
    }
    let circle = || circle((place.lon, place.lat), place.radius_m.max(SMALLEST));
    let ring = place.outline.clone().filter(|ring| ring.len() > 3).unwrap_or_else(circle);
    let polygons = settle(cut(&over_pole(ring)).into_iter().map(|ring| vec![ring]).collect(), decimals);
    (!polygons.is_empty()).then_some(Area::Drawn(polygons))
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
pub(super) fn over_pole(mut ring: Ring) -> Ring {
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
pub(super) fn cut(ring: &[Position]) -> Vec<Ring> {
    let bounds = bounds(ring.iter());
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
        let bounds = self::bounds(part.iter());
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

/// Polygons with so many decimals, valid, the outer rings counter-clockwise.
pub(super) fn settle(polygons: Vec<Polygon>, decimals: u8) -> Vec<Polygon> {
    let line = |ring: Ring| LineString::from(ring);
    let polygons = polygons.into_iter().map(|rings| {
        let mut rings = rings.into_iter().map(line);
        let outer = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
        geo::Polygon::new(outer, rings.collect())
    });
    let mut at = rounded(&polygons.collect(), decimals);
    for _ in 0..ROUNDS {
        if at.is_valid() {
            break;
        }
        // Where an odd number of rings lies around, there is land.
        at = rounded(&at.union(&MultiPolygon::new(Vec::new())), decimals);
    }
    if !at.is_valid() {
        at = fitting(at);
    }
    // Corners in one line have no inside.
    at.0.retain(|p| p.exterior().winding_order().is_some());
    let ring = |line: &LineString| line.coords().map(|c| (c.x, c.y)).collect();
    at.orient(orient::Direction::Default)
        .iter()
        .map(|p| std::iter::once(p.exterior()).chain(p.interiors()).map(ring).collect())
        .collect()
}

/// The polygons that do not get in the way of others, the largest first.
fn fitting(mut polygons: MultiPolygon) -> MultiPolygon {
    polygons.0.sort_by(|a, b| b.unsigned_area().total_cmp(&a.unsigned_area()));
    let mut kept = MultiPolygon::new(Vec::new());
    for polygon in polygons {
        kept.0.push(polygon);
        if !kept.is_valid() {
            kept.0.pop();
        }
    }
    kept
}

/// Rounded, without positions that come twice, and without rings that rounding leaves no inside.
fn rounded(polygons: &MultiPolygon, decimals: u8) -> MultiPolygon {
    let ring = |line: &LineString| {
        let round = |value: f64| super::finding::rounded(value, decimals);
        let mut ring: Ring = line.coords().map(|c| (round(c.x), round(c.y))).collect();
        ring.dedup();
        (ring.len() > 3).then(|| LineString::from(ring))
    };
    let polygon = |p: &geo::Polygon| {
        Some(geo::Polygon::new(ring(p.exterior())?, p.interiors().iter().filter_map(ring).collect()))
    };
    polygons.iter().filter_map(polygon).collect()
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
                settle(cut(&over_pole(circle(centre, 50_000))).into_iter().map(|r| vec![r]).collect(), 5)
                    .concat();
            assert!(inside(&rings), "{centre:?} {rings:?}");
            assert!(rings.iter().flatten().any(|(_, lat)| lat.abs() == 90.0), "{centre:?} {rings:?}");
        }
    }

    #[test]
    fn a_cut_ring_keeps_its_area() {
        let ring = vec![(170.0, 0.0), (190.0, 0.0), (190.0, 10.0), (170.0, 10.0), (170.0, 0.0)];
        let parts = settle(cut(&over_pole(ring)).into_iter().map(|r| vec![r]).collect(), 5);
        let edges: Vec<[f64; 4]> = parts.iter().map(|p| bounds(p.iter().flatten())).collect();
        assert_eq!(edges, [[170.0, 0.0, 180.0, 10.0], [-180.0, 0.0, -170.0, 10.0]]);
    }

    #[test]
    fn a_ring_that_crosses_itself_is_drawn_anew() {
        let bow = vec![(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0), (0.0, 0.0)];
        let parts = settle(vec![vec![bow]], 5);
        assert_eq!(parts.len(), 2, "{parts:?}");
        assert!(inside(&parts.concat()));
        let speck = vec![(0.0, 0.0), (0.001, 0.0), (0.001, 0.001), (0.0, 0.0)];
        assert!(settle(vec![vec![speck]], 2).is_empty());
    }
}
