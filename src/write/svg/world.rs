//! Outlines of countries, read from the same TopoJSON file that the page draws.

use crate::topology::{self, Country, Topology};

const WORLD: &str = include_str!("../html/vendor/countries.json");

/// The rings of one country: longitude and latitude in degrees, closed.
pub(super) type Rings = Vec<Vec<(f64, f64)>>;

/// All countries; empty if the file cannot be read, which a test rules out.
pub(super) fn countries() -> Vec<Rings> {
    let Ok(world) = serde_json::from_str::<Topology>(WORLD) else { return Vec::new() };
    let lines: Vec<Vec<(f64, f64)>> = world.lines().collect();
    let rings = |country: &Country| country.rings().into_iter().map(|r| ring(&lines, r)).collect();
    world.countries().iter().map(rings).collect()
}

/// The points of a ring: neighbouring lines share their ends.
fn ring(lines: &[Vec<(f64, f64)>], numbers: &[i64]) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for &number in numbers {
        let Some(line) = topology::line(number).and_then(|i| lines.get(i)) else { continue };
        points.pop();
        if number < 0 { points.extend(line.iter().rev()) } else { points.extend(line) }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_has_its_countries() {
        let countries = countries();
        assert!(countries.len() > 170, "{}", countries.len());
        assert!(countries.iter().flatten().all(|r| r.first() == r.last()), "a ring is open");
    }
}
