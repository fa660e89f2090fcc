//! Distances and points on the earth taken as a sphere. Degrees, longitude first, east and north positive.

use geo::Point;

/// Mean radius of the earth, metres.
pub(super) const EARTH: f64 = 6_371_008.8;

/// Metres between two points along the surface.
pub(super) fn distance(a: Point, b: Point) -> f64 {
    let (lat_a, lat_b) = (a.y().to_radians(), b.y().to_radians());
    let across = ((b.x() - a.x()).to_radians() / 2.0).sin();
    let along = ((lat_b - lat_a) / 2.0).sin();
    let h = along * along + lat_a.cos() * lat_b.cos() * across * across;
    2.0 * EARTH * h.sqrt().min(1.0).asin()
}

/// The point `metres` from `from` in the direction `bearing`, degrees clockwise from north. Crosses the
/// antimeridian and the poles as the sphere does; longitudes come out between -180 and 180.
pub(super) fn travel(from: Point, bearing: f64, metres: f64) -> Point {
    let angle = metres / EARTH;
    let (lat, bearing) = (from.y().to_radians(), bearing.to_radians());
    let sin = (lat.sin() * angle.cos() + lat.cos() * angle.sin() * bearing.cos()).clamp(-1.0, 1.0);
    let to = sin.asin();
    let turn = (bearing.sin() * angle.sin() * lat.cos()).atan2(angle.cos() - lat.sin() * sin);
    Point::new(wrap(from.x() + turn.to_degrees()), to.to_degrees())
}

/// The direction in which `to` lies from `from`, degrees clockwise from north, 0 to 360.
pub(super) fn bearing(from: Point, to: Point) -> f64 {
    let (lat_a, lat_b) = (from.y().to_radians(), to.y().to_radians());
    let turn = (to.x() - from.x()).to_radians();
    let y = turn.sin() * lat_b.cos();
    let x = lat_a.cos() * lat_b.sin() - lat_a.sin() * lat_b.cos() * turn.cos();
    y.atan2(x).to_degrees().rem_euclid(360.0)
}

/// The point half way between two.
pub(super) fn middle(a: Point, b: Point) -> Point {
    travel(a, bearing(a, b), distance(a, b) / 2.0)
}

/// A longitude between -180 and 180.
pub(super) fn wrap(lon: f64) -> f64 {
    (lon + 180.0).rem_euclid(360.0) - 180.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn travels_meet_their_distances() {
        for from in [Point::new(37.16, 36.2), Point::new(179.9, -17.0), Point::new(10.0, 89.5)] {
            for turn in 0..12 {
                let to = travel(from, f64::from(turn) * 30.0, 120_000.0);
                assert!((distance(from, to) - 120_000.0).abs() < 1.0, "{from:?} {to:?}");
                assert!((-180.0..=180.0).contains(&to.x()) && (-90.0..=90.0).contains(&to.y()));
            }
        }
    }

    #[test]
    fn the_antimeridian_is_no_border() {
        let to = travel(Point::new(179.9, -17.0), 90.0, 50_000.0);
        assert!(to.x() < -179.0, "{to:?}");
        assert!((bearing(Point::new(179.9, -17.0), to) - 90.0).abs() < 1.0);
        let half = middle(Point::new(179.0, 0.0), Point::new(-179.0, 0.0));
        assert!(half.x().abs() > 179.9 && half.y().abs() < 1e-9, "{half:?}");
    }

    #[test]
    fn over_the_pole_is_the_other_side() {
        let to = travel(Point::new(10.0, 89.9), 0.0, 22_239.0);
        assert!((to.y() - 89.9).abs() < 0.01 && (to.x() + 170.0).abs() < 0.5, "{to:?}");
    }
}
