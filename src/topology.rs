//! Outlines of countries in a TopoJSON file: lines that neighbours share, and the rings made of them.

use serde::Deserialize;

/// A file of countries with shared borders.
#[derive(Deserialize)]
pub(crate) struct Topology {
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
    geometries: Vec<Country>,
}

/// One country; a file may leave out what it is called.
#[derive(Deserialize)]
pub(crate) struct Country {
    id: Option<String>,
    #[serde(default)]
    properties: Properties,
    #[serde(flatten)]
    shape: Shape,
}

#[derive(Default, Deserialize)]
struct Properties {
    #[serde(default)]
    name: String,
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

impl Topology {
    /// The countries, in the order of the file.
    pub(crate) fn countries(&self) -> &[Country] {
        &self.objects.countries.geometries
    }

    /// The lines, longitude and latitude in degrees: in the file each is a list of steps on a grid.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Vec<(f64, f64)>> + '_ {
        let Transform { scale, translate } = &self.transform;
        self.arcs.iter().map(move |arc| {
            let (mut x, mut y) = (0, 0);
            let step = |(dx, dy): &(i64, i64)| {
                x += dx;
                y += dy;
                (x as f64 * scale.0 + translate.0, y as f64 * scale.1 + translate.1)
            };
            arc.iter().map(step).collect()
        })
    }
}

impl Country {
    /// Its ISO 3166-1 number.
    pub(crate) fn number(&self) -> Option<u32> {
        self.id.as_deref().and_then(|id| id.parse().ok())
    }

    /// Its name; empty when the file has none.
    pub(crate) fn name(&self) -> &str {
        &self.properties.name
    }

    /// Its rings, each a chain of lines; see [`line`].
    pub(crate) fn rings(&self) -> Vec<&[i64]> {
        match &self.shape {
            Shape::Polygon { arcs } => arcs.iter().map(Vec::as_slice).collect(),
            Shape::MultiPolygon { arcs } => arcs.iter().flatten().map(Vec::as_slice).collect(),
            Shape::Other => Vec::new(),
        }
    }
}

/// The index of a line in a ring: a negative number is the complement of that of a line walked backwards.
pub(crate) fn line(number: i64) -> Option<usize> {
    usize::try_from(if number < 0 { !number } else { number }).ok()
}
