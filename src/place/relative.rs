//! Places told by their direction and distance from others, as geometry on the sphere.
//!
//! Every shape has an outline (one ring, closed, counter-clockwise, longitude first), a point inside it
//! and a radius that holds it. Rings are walked with [`super::sphere::travel`], so they are right at any
//! latitude; near the antimeridian their longitudes run on beyond 180 instead of jumping.

use super::cut;
use super::sphere::{bearing, distance, middle, travel, wrap};
use geo::{Area, Buffer, Contains, InteriorPoint, LineString, MultiPolygon, Point, Polygon};

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

/// Metres to both sides of a frontier that still lie at it.
const BESIDE: f64 = 10_000.0;

/// « la frontière turco-syrienne »: a band along the longest of the lines, its point half way along it.
pub(super) fn along(lines: &[Vec<(f64, f64)>]) -> Option<Shape> {
    let points = |line: &[(f64, f64)]| line.iter().map(|p| Point::from(*p)).collect::<Vec<_>>();
    let steps = |line: &[Point]| -> Vec<f64> {
        line.windows(2).filter_map(|p| Some(distance(*p.first()?, *p.last()?))).collect()
    };
    let longest = lines
        .iter()
        .map(|l| points(l))
        .max_by(|a, b| steps(a).iter().sum::<f64>().total_cmp(&steps(b).iter().sum()))?;
    let mut rest = steps(&longest).iter().sum::<f64>() / 2.0;
    let mut point = *longest.first()?;
    for pair in longest.windows(2) {
        let (&from, &to) = (pair.first()?, pair.last()?);
        let step = distance(from, to);
        if rest <= step {
            point = travel(from, bearing(from, to), rest);
            break;
        }
        rest -= step;
        point = to;
    }
    // The band is drawn on a plane where a degree is as wide as it is high around the point.
    let width = point.y().to_radians().cos().max(0.01);
    let flat = |p: &Point| ((p.x() - point.x()) * width, p.y());
    let line: LineString = longest.iter().map(flat).collect();
    let band = line.buffer((BESIDE / METRES_PER_DEGREE).max(1e-6));
    let ring = largest(&band)?;
    let outline: Vec<(f64, f64)> = ring.exterior().coords().map(|c| (c.x / width + point.x(), c.y)).collect();
    Some(around(point, outline))
}

/// « le nord du Mali »: the part of a country's rings that lies beyond its point in a direction. The point of the part is
/// `point`, if it lies inside.
pub(super) fn part(
    rings: &[Vec<(f64, f64)>],
    middle: Point,
    direction: f64,
    point: Option<Point>,
) -> Option<Shape> {
    let width = middle.y().to_radians().cos().max(0.01);
    let flat = |&(lon, lat): &(f64, f64)| ((lon - middle.x()) * width, lat - middle.y());
    let flat_rings = rings.iter().map(|ring| ring.iter().map(flat).collect::<Vec<_>>());
    let mainland = cut::largest(flat_rings)?;
    let turn = direction.to_radians();
    let piece = cut::largest(cut::beyond(&mainland, (turn.sin(), turn.cos())))?;
    let piece = Polygon::new(LineString::from(piece), Vec::new());
    // Nothing tells how far into the part: the point stays near the middle of the country, the radius says the rest.
    let edge = travel(middle, direction, WITHIN_PART);
    let near = point.into_iter().chain([edge]).map(|p| Point::from(flat(&(p.x(), p.y()))));
    let inside = near.into_iter().find(|p| piece.contains(p)).or_else(|| piece.interior_point())?;
    let back = |x: f64, y: f64| (x / width + middle.x(), y + middle.y());
    let point = Point::from(back(inside.x(), inside.y()));
    Some(around(point, piece.exterior().coords().map(|c| back(c.x, c.y)).collect()))
}

/// Metres from the middle of a country to the point of its part.
const WITHIN_PART: f64 = 25_000.0;
/// Metres of a degree of latitude.
const METRES_PER_DEGREE: f64 = super::sphere::EARTH * std::f64::consts::PI / 180.0;

fn largest(shapes: &MultiPolygon) -> Option<&Polygon> {
    shapes.0.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))
}

/// A shape of an outline drawn on a plane, counter-clockwise and closed.
fn around(point: Point, mut outline: Vec<(f64, f64)>) -> Shape {
    let twice: f64 = outline
        .windows(2)
        .filter_map(|p| Some((p.first()?, p.last()?)))
        .map(|(a, b)| (b.0 - a.0) * (b.1 + a.1))
        .sum();
    if twice > 0.0 {
        outline.reverse();
    }
    let radius = outline.iter().map(|p| distance(point, Point::from(*p))).fold(0.0, f64::max);
    Shape { point, radius, outline }
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

/// The ring closed, with longitudes that do not jump away from those of `near`; round a pole they make a full turn.
fn closed(near: Point, ring: Vec<Point>) -> Vec<(f64, f64)> {
    let mut out: Vec<(f64, f64)> = Vec::with_capacity(ring.len() + 1);
    let mut last = near.x();
    for point in ring {
        last += wrap(point.x() - last);
        out.push((last, point.y()));
    }
    if let Some(first) = out.first().copied() {
        let end = last + wrap(first.0 - last);
        // A ring round a pole ends a full turn from its start.
        let turns = (end - first.0).abs() > 180.0;
        out.push(if turns { (end, first.1) } else { first });
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
    fn a_frontier_is_a_band_along_its_longest_line() {
        let long = vec![(36.0, 36.8), (37.0, 36.6), (38.0, 36.9), (40.0, 37.0)];
        let shape = along(&[vec![(42.0, 37.1), (42.3, 37.2)], long]).unwrap();
        check(&shape);
        assert!(polygon(&shape).contains(&Point::new(37.0, 36.6)));
        assert!(!polygon(&shape).contains(&Point::new(37.0, 36.2)));
        assert!(shape.radius < 200_000.0);
        assert!(along(&[]).is_none());
        let island = along(&[vec![(-179.99, 66.0), (-179.9, 68.0)]]).unwrap();
        assert!(island.point.x() < -179.0);
    }

    #[test]
    fn the_north_of_a_country_is_cut_from_it() {
        let ring = vec![(-5.0, 10.0), (5.0, 10.0), (5.0, 20.0), (-5.0, 20.0), (-5.0, 10.0)];
        let shape = part(std::slice::from_ref(&ring), Point::new(0.0, 15.0), 0.0, None).unwrap();
        check(&shape);
        assert!(shape.point.y() > 15.1 && shape.point.x().abs() < 0.1, "{shape:?}");
        assert!(shape.outline.iter().all(|(_, lat)| *lat >= 14.99 && *lat <= 20.01));
        let shape = part(std::slice::from_ref(&ring), Point::new(0.0, 15.0), 225.0, None).unwrap();
        check(&shape);
        assert!(shape.point.y() < 14.9 && shape.point.x() < -0.1, "{shape:?}");
        let ring = std::slice::from_ref(&ring);
        let seen = |lat| part(ring, Point::new(0.0, 15.0), 0.0, Some(Point::new(0.0, lat))).unwrap();
        assert_eq!(seen(18.0).point, Point::new(0.0, 18.0));
        assert!(seen(22.0).point.y() < 15.5);
    }

    #[test]
    fn shapes_at_the_antimeridian_do_not_jump() {
        for shape in [
            sector(Point::new(179.95, -16.8), 5_000.0, 90.0),
            at_distance(Point::new(-179.95, -16.8), 30_000.0, Some(270.0)),
            half(Point::new(179.99, 65.0), 20_000.0, 0.0),
            disc(Point::new(180.0, 0.0), 50_000.0),
            between(Point::new(179.5, -17.0), Point::new(-179.5, -17.0), 1_000.0),
            sector(Point::new(-179.99, 71.0), 3_000.0, 270.0),
            at_distance(Point::new(179.99, 0.0), 40_000.0, None),
            along(&[vec![(179.2, 66.0), (179.9, 66.5), (180.0, 67.0)]]).unwrap(),
            part(
                &[vec![(177.0, -19.0), (180.0, -19.0), (180.0, -16.0), (177.0, -16.0), (177.0, -19.0)]],
                Point::new(178.5, -17.5),
                90.0,
                None,
            )
            .unwrap(),
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
            disc(Point::new(15.6, 89.0), 20_000.0),
            at_distance(Point::new(15.6, -89.5), 20_000.0, None),
            along(&[vec![(-60.0, 82.0), (-50.0, 83.0), (-30.0, 83.5)]]).unwrap(),
            part(
                &[vec![(-60.0, 76.0), (-20.0, 76.0), (-20.0, 83.0), (-60.0, 83.0), (-60.0, 76.0)]],
                Point::new(-40.0, 79.0),
                0.0,
                None,
            )
            .unwrap(),
        ] {
            assert!(shape.outline.iter().all(|(_, lat)| (-90.0..=90.0).contains(lat)), "{shape:?}");
            assert!(shape.outline.iter().all(|(lon, _)| lon.is_finite()));
            assert!(shape.radius.is_finite() && shape.radius < 1_000_000.0);
            for (lon, lat) in &shape.outline {
                let far = distance(shape.point, Point::new(wrap(*lon), *lat));
                assert!(far <= shape.radius * 1.001 + 1.0, "{shape:?}");
            }
        }
    }

    #[test]
    fn a_ring_round_the_pole_makes_a_full_turn() {
        for (lat, metres) in [(89.9, 50_000.0), (-89.9, 50_000.0)] {
            let shape = disc(Point::new(15.6, lat), metres);
            let (first, last) = (shape.outline.first().unwrap(), shape.outline.last().unwrap());
            assert!(((first.0 - last.0).abs() - 360.0).abs() < 1e-6, "{first:?} {last:?}");
            assert!((first.1 - last.1).abs() < 1e-9);
        }
        let beside = disc(Point::new(15.6, 89.0), 50_000.0);
        assert_eq!(beside.outline.first(), beside.outline.last());
    }
}
