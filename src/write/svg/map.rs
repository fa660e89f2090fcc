//! The map: country outlines, and the places of the happenings with their doubt, each with its titles.

use super::{LEGEND, cross, cut, legend, open, style, world};
use crate::event::Status;
use crate::write::Row;
use crate::write::colour::group;
use crate::write::schema::Value;
use crate::write::xml::escaped;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 560.0;
/// Smallest window, in degrees of latitude: a single place keeps its surroundings.
const SMALLEST: f64 = 3.0;
/// Places nearer than this share a sign, in pixels.
const NEAR: f64 = 9.0;
/// Steps of an outline shorter than this are left out, in pixels.
const STEP: f64 = 1.2;
/// A circle of doubt smaller than this would hide behind its sign, in pixels.
const DOUBT: f64 = 9.0;
/// Metres in a degree of latitude.
const DEGREE: f64 = 111_195.0;
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

pub(super) fn draw(rows: &[Row], rest: usize) -> String {
    let mut points: Vec<(f64, f64)> = rows.iter().filter_map(Row::point).collect();
    points.extend(rows.iter().filter_map(movement).flatten());
    let window = Window::around(&points);
    let mut svg = open(WIDTH, HEIGHT + LEGEND, "Map");
    let _ = writeln!(
        svg,
        "<clipPath id=\"frame\"><rect width=\"{WIDTH}\" height=\"{HEIGHT}\"/></clipPath>\n\
         <rect class=\"ground\" width=\"{WIDTH}\" height=\"{}\"/>\n<g clip-path=\"url(#frame)\">\n\
         <rect class=\"sea\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>",
        HEIGHT + LEGEND
    );
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
    for spot in &spots {
        doubt(&mut svg, &window, spot);
    }
    for row in rows {
        arrow(&mut svg, &window, row);
    }
    let mut taken: Vec<Frame> = Vec::new();
    for spot in &spots {
        sign(&mut svg, &window, spot);
        let ((x, y), r) = (centre(&window, spot), size(spot));
        taken.push((x - r, y - r, x + r, y + r));
    }
    for spot in spots.iter().take(LABELS) {
        label(&mut svg, &window, spot, &mut taken);
    }
    let _ = writeln!(
        svg,
        "</g>\n<text class=\"quiet\" x=\"{}\" y=\"{}\" text-anchor=\"end\" font-size=\"10\">{}</text>",
        WIDTH - 6.0,
        HEIGHT - 6.0,
        escaped(crate::write::schema::ATTRIBUTION)
    );
    if rest > 0 {
        let _ = writeln!(svg, "<text class=\"quiet\" x=\"6\" y=\"{}\">+ {rest}</text>", HEIGHT - 6.0);
    }
    legend(&mut svg, rows, HEIGHT);
    svg.push_str("</svg>\n");
    svg
}

/// Left, top, right and bottom, in pixels.
type Frame = (f64, f64, f64, f64);

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
        // In tenths of a pixel, each point as the way from the one before.
        let mut kept: Vec<(i64, i64)> = Vec::new();
        for &(x, y) in &points {
            let (x, y) = ((x * 10.0).round() as i64, (y * 10.0).round() as i64);
            let apart = |(a, b): &(i64, i64)| ((a - x) as f64).hypot((b - y) as f64) >= STEP * 10.0;
            if kept.last().is_none_or(apart) {
                kept.push((x, y));
            }
        }
        if kept.len() < 3 {
            continue;
        }
        let mut last = (0, 0);
        for (i, &(x, y)) in kept.iter().enumerate() {
            let step = ((x - last.0) as f64 / 10.0, (y - last.1) as f64 / 10.0);
            let _ = write!(path, "{}{} {}", if i == 0 { "M" } else { "l" }, step.0, step.1);
            last = (x, y);
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

/// How far the point may be off, where that can be seen.
fn doubt(svg: &mut String, window: &Window, spot: &[&Row]) {
    let metres = spot.iter().filter_map(|r| match r.value("place_radius_m") {
        Value::Integer(metres) => Some(*metres as f64),
        _ => None,
    });
    let r = metres.fold(0.0, f64::max) / DEGREE * window.scale;
    if r > size(spot).max(DOUBT) {
        let (x, y) = centre(window, spot);
        let _ = writeln!(svg, "<circle class=\"doubt\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\"/>");
    }
}

/// Both ends of a movement, as longitude and latitude.
fn movement(row: &Row) -> Option<[(f64, f64); 2]> {
    let number = |name: &str| match row.value(name) {
        Value::Number(n) => Some(*n),
        _ => None,
    };
    let from = number("origin_longitude").zip(number("origin_latitude"));
    let to = number("destination_longitude").zip(number("destination_latitude"));
    if from.is_none() && to.is_none() {
        return None;
    }
    Some([from.or(row.point())?, to.or(row.point())?])
}

/// A movement as an arrow, if its ends lie apart.
fn arrow(svg: &mut String, window: &Window, row: &Row) {
    let Some([from, to]) = movement(row) else { return };
    let ((ax, ay), (bx, by)) = (window.at(from.0, from.1), window.at(to.0, to.1));
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx.hypot(dy);
    if length < 16.0 {
        return;
    }
    let (ux, uy) = (dx / length, dy / length);
    let colour = group(row.text("event_type")).colour;
    let (_, dashes) = style(row);
    let _ = writeln!(
        svg,
        "<path d=\"M{ax:.1} {ay:.1}L{bx:.1} {by:.1}\" stroke=\"{colour}\" stroke-width=\"2\" fill=\"none\" \
         stroke-dasharray=\"{dashes}\"/><path d=\"M{bx:.1} {by:.1}L{:.1} {:.1}L{:.1} {:.1}Z\" fill=\"{colour}\"/>",
        bx - 11.0 * ux - 5.0 * uy,
        by - 11.0 * uy + 5.0 * ux,
        bx - 11.0 * ux + 5.0 * uy,
        by - 11.0 * uy - 5.0 * ux,
    );
}

fn sign(svg: &mut String, window: &Window, spot: &[&Row]) {
    let (x, y) = centre(window, spot);
    let Some(row) = spot.first() else { return };
    let (opacity, dashes) = style(row);
    let titles: Vec<String> = spot.iter().take(8).map(|r| escaped(r.text("title"))).collect();
    let (r, colour) = (size(spot), group(row.text("event_type")).colour);
    let _ = writeln!(
        svg,
        "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\" fill=\"{colour}\" fill-opacity=\"{opacity}\" \
         stroke=\"{colour}\" stroke-width=\"1.5\" stroke-dasharray=\"{dashes}\"><title>{}</title></circle>",
        titles.join("&#10;"),
    );
    if row.status() == Status::Denied {
        cross(svg, x, y, r, colour);
    }
}

/// The name of the place, where no sign and no other name stands.
fn label(svg: &mut String, window: &Window, spot: &[&Row], taken: &mut Vec<Frame>) {
    let ((x, y), r) = (centre(window, spot), size(spot));
    let Some(row) = spot.first() else { return };
    let place = cut(row.text("place"), 28);
    let words = if spot.len() > 1 { format!("{place} ({})", spot.len()) } else { place };
    let wide = words.chars().count() as f64 * super::LETTER;
    let sides = [(x + r + 4.0, x + r + 4.0, "start"), (x - r - 4.0, x - r - 4.0 - wide, "end")];
    for (at, left, anchor) in sides {
        let own = (left, y - 7.0, left + wide, y + 7.0);
        let free = taken.iter().all(|t| own.0 > t.2 || own.2 < t.0 || own.1 > t.3 || own.3 < t.1);
        if free && own.0 > 0.0 && own.2 < WIDTH {
            taken.push(own);
            let _ = writeln!(
                svg,
                "<text class=\"ink halo\" x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>",
                y + 4.0,
                escaped(&words)
            );
            return;
        }
    }
}
