//! Shapes as well-known binary (OGC 06-103), little-endian: what databases and columnar files hold.

use super::shape::{Polygon, Position, Shape};

const LITTLE_ENDIAN: u8 = 1;
const POINT: u32 = 1;
const POLYGON: u32 = 3;
const MULTIPOLYGON: u32 = 6;

/// Appends a shape.
pub(super) fn shape(shape: &Shape, out: &mut Vec<u8>) {
    match shape {
        Shape::Point(at) => {
            head(POINT, out);
            position(*at, out);
        }
        Shape::Area(polygons) => match polygons.as_ref() {
            [one] => polygon(one, out),
            several => {
                head(MULTIPOLYGON, out);
                count(several.len(), out);
                several.iter().for_each(|one| polygon(one, out));
            }
        },
    }
}

fn polygon(rings: &Polygon, out: &mut Vec<u8>) {
    head(POLYGON, out);
    count(rings.len(), out);
    for ring in rings {
        count(ring.len(), out);
        ring.iter().for_each(|at| position(*at, out));
    }
}

fn head(kind: u32, out: &mut Vec<u8>) {
    out.push(LITTLE_ENDIAN);
    out.extend_from_slice(&kind.to_le_bytes());
}

fn count(n: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
}

fn position((lon, lat): Position, out: &mut Vec<u8>) {
    out.extend_from_slice(&lon.to_le_bytes());
    out.extend_from_slice(&lat.to_le_bytes());
}
