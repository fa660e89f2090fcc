//! The map: country outlines, and the places of the happenings, each with its titles.

use super::{cut, escape, open, style, world};
use crate::write::Row;
use crate::write::colour::group;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 560.0;
/// Smallest window, in degrees of latitude: a single place keeps its surroundings.
const SMALLEST: f64 = 3.0;
/// Places nearer than this share a sign, in pixels.
const NEAR: f64 = 9.0;
/// Names written on the map, the places with most happenings first.
const LABELS: usize = 25;

/// Longitude and latitude to pixels: equirectangular, true to scale at the middle latitude.
struct Window {
    lon: f64,
    lat: f64,
    scale: f64,
    squeeze: f64,
}

impl Window {
    /// The window that holds all points, with a margin; the whole world when there are none.
    fn around(points: &[(f64, f64)]) -> Self {
        let fold = |pick: fn(&(f64, f64)) -> f64, with: fn(f64, f64) -> f64, from: f64| {
            points.iter().map(pick).fold(from, with)
        };
        let (west, east) =
            (fold(|p| p.0, f64::min, f64::INFINITY), fold(|p| p.0, f64::max, f64::NEG_INFINITY));
        let (south, north) =
            (fold(|p| p.1, f64::min, f64::INFINITY), fold(|p| p.1, f64::max, f64::NEG_INFINITY));
        if points.is_empty() {
            return Window { lon: 0.0, lat: 15.0, scale: WIDTH / 360.0, squeeze: 1.0 };
        }
        let lat = (south + north) / 2.0;
        let squeeze = lat.to_radians().cos().max(0.2);
        let tall = ((north - south) * 1.35).max(SMALLEST);
        let wide = ((east - west) * 1.25).max(SMALLEST) * squeeze;
        let scale = (HEIGHT / tall).min(WIDTH / wide).max(WIDTH / 360.0);
        Window { lon: (west + east) / 2.0, lat, scale, squeeze }
    }

    fn at(&self, lon: f64, lat: f64) -> (f64, f64) {
        (
            WIDTH / 2.0 + (lon - self.lon) * self.squeeze * self.scale,
            HEIGHT / 2.0 - (lat - self.lat) * self.scale,
        )
    }
}

pub(super) fn draw(rows: &[Row]) -> String {
    let points: Vec<(f64, f64)> = rows.iter().filter_map(Row::point).collect();
    let window = Window::around(&points);
    let mut svg = open(WIDTH, HEIGHT, "Map");
    let _ = writeln!(svg, "<rect class=\"sea\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>");
    for country in world::countries() {
        outline(&mut svg, &window, &country);
    }
    // Happenings at one spot share a sign; the order is that of the rows, so the picture is stable.
    let mut spots: BTreeMap<(i64, i64), Vec<&Row>> = BTreeMap::new();
    for row in rows {
        if let Some((lon, lat)) = row.point() {
            let (x, y) = window.at(lon, lat);
            spots.entry(((x / NEAR).round() as i64, (y / NEAR).round() as i64)).or_default().push(row);
        }
    }
    let mut spots: Vec<Vec<&Row>> = spots.into_values().collect();
    spots.sort_by_key(|s| std::cmp::Reverse(s.len()));
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for spot in &spots {
        sign(&mut svg, &window, spot);
    }
    for spot in &spots {
        label(&mut svg, &window, spot, &mut taken);
    }
    let _ = writeln!(
        svg,
        "<text class=\"quiet\" x=\"{}\" y=\"{}\" text-anchor=\"end\" font-size=\"10\">{}</text>\n</svg>",
        WIDTH - 6.0,
        HEIGHT - 6.0,
        escape(crate::write::schema::ATTRIBUTION)
    );
    svg
}

/// One country, if some of it lies in the window.
fn outline(svg: &mut String, window: &Window, rings: &world::Rings) {
    let mut path = String::new();
    for ring in rings {
        let points: Vec<(f64, f64)> = ring.iter().map(|&(lon, lat)| window.at(lon, lat)).collect();
        let inside = |pick: fn(&(f64, f64)) -> f64, most: f64| {
            points.iter().any(|p| pick(p) >= 0.0) && points.iter().any(|p| pick(p) <= most)
        };
        if !(inside(|p| p.0, WIDTH) && inside(|p| p.1, HEIGHT)) {
            continue;
        }
        for (i, (x, y)) in points.iter().enumerate() {
            let _ = write!(path, "{}{x:.1} {y:.1}", if i == 0 { "M" } else { "L" });
        }
        path.push('Z');
    }
    if !path.is_empty() {
        let _ = writeln!(svg, "<path class=\"land\" d=\"{path}\"/>");
    }
}

fn centre(window: &Window, spot: &[&Row]) -> (f64, f64) {
    spot.iter().find_map(|r| r.point()).map_or((0.0, 0.0), |(lon, lat)| window.at(lon, lat))
}

fn size(spot: &[&Row]) -> f64 {
    5.0 + 2.0 * (spot.len() as f64).sqrt()
}

fn sign(svg: &mut String, window: &Window, spot: &[&Row]) {
    let (x, y) = centre(window, spot);
    let Some(row) = spot.first() else { return };
    let (opacity, dashes) = style(row);
    let titles: Vec<String> = spot.iter().take(8).map(|r| escape(r.text("title"))).collect();
    let _ = writeln!(
        svg,
        "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.1}\" fill=\"{colour}\" fill-opacity=\"{opacity}\" \
         stroke=\"{colour}\" stroke-width=\"1.5\" stroke-dasharray=\"{dashes}\"><title>{}</title></circle>",
        size(spot),
        titles.join("&#10;"),
        colour = group(row.text("event_type")).colour
    );
}

/// The name of the place, where no other name stands.
fn label(svg: &mut String, window: &Window, spot: &[&Row], taken: &mut Vec<(f64, f64)>) {
    let (x, y) = centre(window, spot);
    let Some(row) = spot.first() else { return };
    if taken.len() == LABELS || taken.iter().any(|(a, b)| (a - x).abs() < 120.0 && (b - y).abs() < 15.0) {
        return;
    }
    taken.push((x, y));
    let place = cut(row.text("place"), 28);
    let words = if spot.len() > 1 { format!("{place} ({})", spot.len()) } else { place };
    let (at, anchor) =
        if x > WIDTH - 160.0 { (x - size(spot) - 4.0, "end") } else { (x + size(spot) + 4.0, "start") };
    let _ = writeln!(
        svg,
        "<text class=\"ink\" x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>",
        y + 4.0,
        escape(&words)
    );
}
