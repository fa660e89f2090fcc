//! Places told by their direction and distance from others, as geometry on the sphere.
//!
//! Every shape has an outline (one ring, closed, counter-clockwise, longitude first), a point inside it
//! and a radius that holds it. Rings are walked with [`super::sphere::travel`], so they are right at any
//! latitude; near the antimeridian their longitudes run on beyond 180 instead of jumping.

use super::sphere::{bearing, distance, middle, travel, wrap};
use geo::Point;

/// A shape that words describe.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shape {
    /// The point that stands for it.
    pub point: Point,
    /// Metres from the point within which all of it lies.
    pub radius: f64,
    /// The ring.
    pub outline: Vec<(f64, f64)>,
}

/// How wide « au nord de » is: 45 degrees to both sides.
const HALF_SECTOR: f64 = 45.0;
/// A distance told in figures may be off by this share.
const DISTANCE_ERROR: f64 = 0.25;
/// Without a distance a sector ends this far beyond the edge, in radii, plus [`MARGIN`].
const REACH: f64 = 2.0;
/// Metres beyond the edge in any case.
const MARGIN: f64 = 5_000.0;
/// Corners of a full circle.
const CORNERS: usize = 48;

/// « au sud d'Alep »: outside, from the edge of the place outwards.
pub(super) fn sector(anchor: Point, radius: f64, direction: f64) -> Shape {
    ring_sector(anchor, radius * 0.8, radius * (1.0 + REACH) + MARGIN, Some(direction))
}

/// "20 km north of X": a ring at that distance, all around when no direction is told.
pub(super) fn at_distance(anchor: Point, metres: f64, direction: Option<f64>) -> Shape {
    let error = (metres * DISTANCE_ERROR).max(1_000.0);
    let (inner, outer) = ((metres - error).max(0.0), metres + error);
    match direction {
        Some(_) => ring_sector(anchor, inner, outer, direction),
        // All around: the disc is the honest outline, the anchor its point.
        None => disc(anchor, outer),
    }
}

/// « la partie ouest de la ville »: the half of the disc that lies in a direction.
pub(super) fn half(anchor: Point, radius: f64, direction: f64) -> Shape {
    let mut ring = arc(anchor, radius, direction - 90.0, direction + 90.0, CORNERS / 2);
    ring.reverse();
    // The centre of gravity of a half disc lies at 4r/3π.
    let point = travel(anchor, direction, radius * 4.0 / (3.0 * std::f64::consts::PI));
    // The far corners lie farther from it than from the middle of the disc.
    let radius = ring.iter().map(|corner| distance(point, *corner)).fold(radius, f64::max);
    Shape { point, radius, outline: closed(anchor, ring) }
}

/// « près de X », « le centre de X »: a disc.
pub(super) fn disc(anchor: Point, radius: f64) -> Shape {
    let mut ring = arc(anchor, radius, 0.0, 360.0, CORNERS);
    ring.pop();
    ring.reverse();
    Shape { point: anchor, radius, outline: closed(anchor, ring) }
}

/// « entre A et B »: a band from one to the other, as wide as the places are, at least a tenth of its
/// length.
pub(super) fn between(a: Point, b: Point, radius: f64) -> Shape {
    let length = distance(a, b);
    let half_width = radius.max(length * 0.1).max(500.0);
    let point = middle(a, b);
    let (there, back) = (bearing(a, b), bearing(b, a));
    let ring = vec![
        travel(a, there + 90.0, half_width),
        travel(b, back - 90.0, half_width),
        travel(b, back + 90.0, half_width),
        travel(a, there - 90.0, half_width),
    ];
    let reach = distance(point, travel(a, there + 90.0, half_width));
    Shape { point, radius: reach, outline: closed(point, ring) }
}

/// Part of a ring around `anchor`, to both sides of `direction`.
fn ring_sector(anchor: Point, inner: f64, outer: f64, direction: Option<f64>) -> Shape {
    let direction = direction.unwrap_or(0.0);
    let (from, to) = (direction - HALF_SECTOR, direction + HALF_SECTOR);
    let corners = CORNERS / 4;
    let mut ring = arc(anchor, outer, from, to, corners);
    ring.reverse();
    if inner > 0.0 {
        ring.extend(arc(anchor, inner, from, to, corners));
    } else {
        ring.push(anchor);
    }
    let point = travel(anchor, direction, f64::midpoint(inner, outer));
    let radius = ring.iter().map(|p| distance(point, *p)).fold(0.0, f64::max);
    Shape { point, radius, outline: closed(anchor, ring) }
}

/// Points on a circle, clockwise from one direction to another.
fn arc(centre: Point, radius: f64, from: f64, to: f64, steps: usize) -> Vec<Point> {
    (0..=steps).map(|n| travel(centre, from + (to - from) * n as f64 / steps as f64, radius)).collect()
}

/// The ring closed, with longitudes that do not jump away from those of `near`.
fn closed(near: Point, ring: Vec<Point>) -> Vec<(f64, f64)> {
    let mut out: Vec<(f64, f64)> = Vec::with_capacity(ring.len() + 1);
    let mut last = near.x();
    for point in ring {
        last += wrap(point.x() - last);
        out.push((last, point.y()));
    }
    if let Some(first) = out.first().copied() {
        out.push(first);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Contains, LineString, Polygon, Winding};

    const TOWN: (f64, f64) = (37.16, 36.20);

    fn polygon(shape: &Shape) -> Polygon {
        Polygon::new(LineString::from(shape.outline.clone()), Vec::new())
    }

    fn check(shape: &Shape) {
        let ring = LineString::from(shape.outline.clone());
        assert!(ring.is_closed() && ring.is_ccw(), "{shape:?}");
        assert!(polygon(shape).contains(&shape.point), "{shape:?}");
        for (lon, lat) in &shape.outline {
            assert!(distance(shape.point, Point::new(wrap(*lon), *lat)) <= shape.radius * 1.001 + 1.0);
        }
    }

    #[test]
    fn south_of_a_town_is_outside_it_and_south() {
        let shape = sector(Point::from(TOWN), 8_000.0, 180.0);
        check(&shape);
        assert!(shape.point.y() < TOWN.1 - 0.08 && (shape.point.x() - TOWN.0).abs() < 1e-6);
        assert!(!polygon(&shape).contains(&Point::from(TOWN)));
        assert!(!polygon(&shape).contains(&Point::new(TOWN.0, TOWN.1 + 0.1)));
    }

    #[test]
    fn twenty_kilometres_north_is_a_ring_there() {
        let shape = at_distance(Point::from(TOWN), 20_000.0, Some(0.0));
        check(&shape);
        assert!((distance(shape.point, Point::from(TOWN)) - 20_000.0).abs() < 10.0);
        assert!((bearing(Point::from(TOWN), shape.point) % 360.0).abs() < 0.01);
        let around = at_distance(Point::from(TOWN), 20_000.0, None);
        check(&around);
        assert!(around.point == Point::from(TOWN) && (around.radius - 25_000.0).abs() < 1.0);
    }

    #[test]
    fn the_western_half_lies_west() {
        let shape = half(Point::from(TOWN), 10_000.0, 270.0);
        check(&shape);
        let inside = polygon(&shape);
        assert!(inside.contains(&Point::new(TOWN.0 - 0.05, TOWN.1)));
        assert!(!inside.contains(&Point::new(TOWN.0 + 0.02, TOWN.1)));
    }

    #[test]
    fn between_two_towns_is_a_band_that_holds_the_middle() {
        let (a, b) = (Point::new(36.75, 34.73), Point::new(36.75, 35.13));
        let shape = between(a, b, 3_000.0);
        check(&shape);
        assert!((distance(shape.point, a) - distance(shape.point, b)).abs() < 1.0);
        assert!(polygon(&shape).contains(&Point::new(36.75, 34.9)));
        assert!(!polygon(&shape).contains(&Point::new(37.2, 34.9)));
    }

    #[test]
    fn near_is_a_disc() {
        let shape = disc(Point::from(TOWN), 10_000.0);
        check(&shape);
        assert_eq!(shape.outline.len(), CORNERS + 1);
    }

    #[test]
    fn shapes_at_the_antimeridian_do_not_jump() {
        for shape in [
            sector(Point::new(179.95, -16.8), 5_000.0, 90.0),
            at_distance(Point::new(-179.95, -16.8), 30_000.0, Some(270.0)),
            half(Point::new(179.99, 65.0), 20_000.0, 0.0),
            disc(Point::new(180.0, 0.0), 50_000.0),
            between(Point::new(179.5, -17.0), Point::new(-179.5, -17.0), 1_000.0),
        ] {
            let lons = || shape.outline.iter().map(|(lon, _)| *lon);
            let (low, high) = (lons().fold(f64::MAX, f64::min), lons().fold(f64::MIN, f64::max));
            assert!(high - low < 3.0, "{shape:?}");
            assert!((-180.0..=180.0).contains(&shape.point.x()));
            assert!(LineString::from(shape.outline.clone()).is_ccw());
        }
    }

    #[test]
    fn shapes_near_the_pole_stay_on_the_earth() {
        for shape in [
            sector(Point::new(15.6, 89.0), 5_000.0, 0.0),
            at_distance(Point::new(15.6, 89.0), 200_000.0, Some(0.0)),
            half(Point::new(15.6, -88.5), 20_000.0, 180.0),
            between(Point::new(0.0, 89.0), Point::new(180.0, 89.0), 1_000.0),
        ] {
            assert!(shape.outline.iter().all(|(_, lat)| (-90.0..=90.0).contains(lat)), "{shape:?}");
            assert!(shape.outline.iter().all(|(lon, _)| lon.is_finite()));
            assert!(shape.radius.is_finite() && shape.radius < 500_000.0);
        }
    }
}
