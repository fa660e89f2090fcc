//! Makes the outlines section of an index from a TopoJSON file of countries.
//!
//! Lines are thinned one by one between their ends, so that neighbours keep the same border.

use crate::gazetteer::outline::COUNTS;
use crate::topology::{self, Topology};
use std::collections::BTreeMap;

/// How far a thinned line may lie from the original, degrees of latitude: about two kilometres.
const TOLERANCE: f64 = 0.02;

/// The bytes of the section; `code` tells the alpha-2 code of a country by its number or its name.
pub fn encode<'c>(topology: &Topology, code: impl Fn(Option<u32>, &str) -> Option<&'c str>) -> Vec<u8> {
    let mut countries: BTreeMap<&str, Vec<&[i64]>> = BTreeMap::new();
    for country in topology.countries() {
        let Some(code) = code(country.number(), country.name()) else { continue };
        countries.entry(code).or_default().extend(country.rings());
    }
    let lines: Vec<Vec<(i32, i32)>> = topology.lines().map(|points| whole(&points)).collect();
    let (mut table, mut rings, mut references) = (Vec::new(), Vec::new(), Vec::new());
    let mut count: u32 = 0;
    for (code, own) in &countries {
        table.extend(code.bytes().chain([0, 0]).take(4));
        table.extend(count.to_le_bytes());
        table.extend((own.len() as u32).to_le_bytes());
        for ring in own {
            rings.extend((references.len() as u32 / 4).to_le_bytes());
            rings.extend((ring.len() as u32).to_le_bytes());
            let points: Vec<(i32, i32)> =
                ring.iter().filter_map(|a| lines.get(topology::line(*a)?)).flatten().copied().collect();
            let (lons, lats) = (points.iter().map(|p| p.0), points.iter().map(|p| p.1));
            for side in [lons.clone().min(), lats.clone().min(), lons.max(), lats.max()] {
                rings.extend(side.unwrap_or_default().to_le_bytes());
            }
            references.extend(ring.iter().flat_map(|a| (*a as i32).to_le_bytes()));
            count += 1;
        }
    }
    let (mut starts, mut points) = (Vec::new(), Vec::new());
    for line in &lines {
        starts.extend((points.len() as u32 / 8).to_le_bytes());
        points.extend(line.iter().flat_map(|(x, y)| [x.to_le_bytes(), y.to_le_bytes()]).flatten());
    }
    starts.extend((points.len() as u32 / 8).to_le_bytes());
    let counts = [countries.len(), count as usize, references.len() / 4, lines.len()];
    let mut bytes = Vec::with_capacity(COUNTS + table.len() + rings.len() + points.len());
    bytes.extend(counts.iter().flat_map(|n| (*n as u32).to_le_bytes()));
    for part in [table, rings, references, starts, points] {
        bytes.extend(part);
    }
    bytes
}

/// A line in degrees times 100,000, thinned.
fn whole(points: &[(f64, f64)]) -> Vec<(i32, i32)> {
    let whole = |d: f64| (d * 1e5).round() as i32;
    thinned(points).into_iter().map(|(lon, lat)| (whole(lon), whole(lat))).collect()
}

/// Leaves out the points that lie within [`TOLERANCE`] of what remains. Islands of one line keep four points.
fn thinned(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let last = points.len().saturating_sub(1);
    let mut kept = vec![false; points.len()];
    let mut open = vec![(0, last)];
    for end in [0, last] {
        if let Some(kept) = kept.get_mut(end) {
            *kept = true;
        }
    }
    while let Some((from, to)) = open.pop() {
        let (Some(&a), Some(&b)) = (points.get(from), points.get(to)) else { continue };
        let inner = points.iter().enumerate().take(to).skip(from + 1);
        let farthest = inner.map(|(n, p)| (off(*p, a, b), n)).max_by(|l, r| l.0.total_cmp(&r.0));
        if let Some((distance, middle)) = farthest.filter(|(d, _)| *d > TOLERANCE)
            && distance.is_finite()
        {
            if let Some(kept) = kept.get_mut(middle) {
                *kept = true;
            }
            open.push((from, middle));
            open.push((middle, to));
        }
    }
    let out: Vec<(f64, f64)> = points.iter().zip(&kept).filter(|(_, k)| **k).map(|(p, _)| *p).collect();
    if points.first() == points.last() && out.len() < 4 { points.to_vec() } else { out }
}

/// How far `p` lies from the piece between `a` and `b`, in degrees of latitude.
fn off(p: (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    let shrink = a.1.to_radians().cos();
    let flat = |q: (f64, f64)| ((q.0 - a.0) * shrink, q.1 - a.1);
    let ((px, py), (bx, by)) = (flat(p), flat(b));
    let square = bx * bx + by * by;
    let along = if square > 0.0 { ((px * bx + py * by) / square).clamp(0.0, 1.0) } else { 0.0 };
    (px - along * bx).hypot(py - along * by)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn straight_lines_lose_their_middle_and_corners_stay() {
        let line = [(0.0, 0.0), (0.5, 0.001), (1.0, 0.0), (1.0, 1.0)];
        assert_eq!(thinned(&line), vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]);
    }

    #[test]
    fn a_small_island_stays_a_ring() {
        let ring = [(0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.01), (0.0, 0.0)];
        assert_eq!(thinned(&ring).len(), 5);
    }
}
