//! Outlines of countries, read from the same TopoJSON file that the page draws.

use serde::Deserialize;

const WORLD: &str = include_str!("../html/vendor/countries.json");

#[derive(Deserialize)]
struct Topology {
    arcs: Vec<Vec<(i64, i64)>>,
    transform: Transform,
    objects: Objects,
}

#[derive(Deserialize)]
struct Transform {
    scale: (f64, f64),
    translate: (f64, f64),
}

#[derive(Deserialize)]
struct Objects {
    countries: Collection,
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Shape>,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Shape {
    Polygon {
        arcs: Vec<Vec<i64>>,
    },
    MultiPolygon {
        arcs: Vec<Vec<Vec<i64>>>,
    },
    #[serde(other)]
    Other,
}

/// The rings of one country: longitude and latitude in degrees, closed.
pub(super) type Rings = Vec<Vec<(f64, f64)>>;

/// All countries; empty if the file cannot be read, which a test rules out.
pub(super) fn countries() -> Vec<Rings> {
    let Ok(world) = serde_json::from_str::<Topology>(WORLD) else { return Vec::new() };
    let arcs: Vec<Vec<(f64, f64)>> = world.arcs.iter().map(|arc| decode(arc, &world.transform)).collect();
    let rings = |shape: &Shape| -> Rings {
        match shape {
            Shape::Polygon { arcs: rings } => rings.iter().map(|r| ring(&arcs, r)).collect(),
            Shape::MultiPolygon { arcs: polygons } => {
                polygons.iter().flatten().map(|r| ring(&arcs, r)).collect()
            }
            Shape::Other => Vec::new(),
        }
    };
    world.objects.countries.geometries.iter().map(rings).collect()
}

/// An arc is a list of steps on a grid.
fn decode(arc: &[(i64, i64)], grid: &Transform) -> Vec<(f64, f64)> {
    let (mut x, mut y) = (0, 0);
    arc.iter()
        .map(|(dx, dy)| {
            x += dx;
            y += dy;
            (x as f64 * grid.scale.0 + grid.translate.0, y as f64 * grid.scale.1 + grid.translate.1)
        })
        .collect()
}

/// A ring is a chain of arcs; a negative number is the complement of an arc walked backwards.
fn ring(arcs: &[Vec<(f64, f64)>], numbers: &[i64]) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for &number in numbers {
        let at = if number < 0 { !number } else { number };
        let Some(arc) = usize::try_from(at).ok().and_then(|i| arcs.get(i)) else { continue };
        points.pop();
        if number < 0 { points.extend(arc.iter().rev()) } else { points.extend(arc) }
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
