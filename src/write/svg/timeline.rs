//! The timeline: one line per happening, its interval as a bar, its date and title beside it.
//!
//! A bar is solid where the happening surely was under way, and pale where it may have begun or ended.

use super::axis::{Axis, seconds};
use super::{LEGEND, LETTER, cross, cut, legend, open, style};
use crate::event::Status;
use crate::write::colour::group;
use crate::write::xml::escaped;
use crate::write::{Civil, Row};
use std::fmt::Write as _;

const WIDTH: f64 = 960.0;
const LEFT: f64 = 24.0;
const HEAD: f64 = 34.0;
const LINE: f64 = 22.0;
/// More lines than this are no picture; the last line counts the rest.
const MOST: usize = 60;
/// Letters of a date and of a title.
const DATE: usize = 24;
const TITLE: usize = 72;

pub(super) fn draw(rows: &[Row], rest: usize) -> String {
    let dated: Vec<(&Row, Civil)> = rows.iter().filter_map(|r| Some((r, r.civil()?))).collect();
    let shown = dated.get(..MOST.min(dated.len())).unwrap_or_default();
    let rest = dated.len() - shown.len() + rest;
    let foot = if rest > 0 { LINE } else { 8.0 };
    let body = HEAD + LINE * (shown.len().max(1) as f64) + foot;
    let mut svg = open(WIDTH, body + LEGEND, "Timeline");
    let _ = writeln!(svg, "<rect class=\"ground\" width=\"{WIDTH}\" height=\"{}\"/>", body + LEGEND);
    let intervals: Vec<(f64, f64)> =
        shown.iter().map(|(_, c)| (seconds(c.start), seconds(c.end) + 1.0)).collect();
    let Some(axis) = Axis::over(&intervals, LEFT, WIDTH - LEFT) else {
        svg.push_str("</svg>\n");
        return svg;
    };
    draw_axis(&mut svg, &axis, body);
    for (line, (row, civil)) in shown.iter().enumerate() {
        bar(&mut svg, &axis, row, civil, HEAD + LINE * line as f64);
    }
    if rest > 0 {
        let y = body - 6.0;
        let _ = writeln!(svg, "<text class=\"quiet\" x=\"{LEFT}\" y=\"{y}\">+ {rest}</text>");
    }
    legend(&mut svg, rows, body);
    svg.push_str("</svg>\n");
    svg
}

/// A band for each piece of the axis, with its marks; where a piece is too narrow for a mark, it has none.
fn draw_axis(svg: &mut String, axis: &Axis, height: f64) {
    let mut free = 0.0;
    for piece in &axis.pieces {
        if axis.pieces.len() > 1 {
            let _ = writeln!(
                svg,
                "<rect class=\"band\" x=\"{:.1}\" y=\"22\" width=\"{:.1}\" height=\"{:.1}\"/>",
                piece.left,
                piece.right - piece.left,
                height - 22.0
            );
        }
        for (day, label) in piece.ticks() {
            let at = axis.at(seconds(day.and_time(chrono::NaiveTime::MIN)));
            let _ = writeln!(
                svg,
                "<line class=\"rule\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"22\" y2=\"{height}\"/>"
            );
            let wide = label.len() as f64 * LETTER;
            if at >= free && at + wide < WIDTH {
                free = at + wide + 8.0;
                let _ = writeln!(svg, "<text class=\"quiet\" x=\"{at:.1}\" y=\"16\">{label}</text>");
            }
        }
    }
}

/// A bar with its date and title: behind it, before it, or inside, where there is room.
fn bar(svg: &mut String, axis: &Axis, row: &Row, civil: &Civil, y: f64) {
    let colour = group(row.text("event_type")).colour;
    let (opacity, dashes) = style(row);
    let (start, end) = (axis.at(seconds(civil.start)), axis.at(seconds(civil.end)));
    let wide = (end - start).max(5.0);
    let (from, to) = row.core();
    let unsure = from.is_some() || to.is_some();
    let _ = writeln!(
        svg,
        "<rect x=\"{start:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"14\" rx=\"2\" fill=\"{colour}\" \
         fill-opacity=\"{}\" stroke=\"{colour}\" stroke-dasharray=\"{dashes}\"/>",
        y + 2.0,
        if unsure { opacity * 0.35 } else { opacity }
    );
    let sure = (from.map_or(start, |t| axis.at(seconds(t))), to.map_or(end, |t| axis.at(seconds(t))));
    if unsure && sure.1 - sure.0 >= 1.0 {
        let _ = writeln!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"14\" fill=\"{colour}\" fill-opacity=\"{opacity}\"/>",
            sure.0,
            y + 2.0,
            sure.1 - sure.0
        );
    }
    if row.status() == Status::Denied {
        cross(svg, start + wide / 2.0, y + 9.0, 7.0, colour);
    }
    let (date, title) = (cut(row.text("date_edtf"), DATE), cut(row.text("title"), TITLE));
    let length = (date.chars().count() + 2 + title.chars().count()) as f64 * LETTER;
    let (at, anchor, title) = if start + wide + 6.0 + length < WIDTH {
        (start + wide + 6.0, "start", title)
    } else if start - 6.0 - length > 0.0 {
        (start - 6.0, "end", title)
    } else {
        // As much of it as there is room for.
        let at = LEFT.max(start.min(WIDTH / 2.0)) + 4.0;
        let letters = ((WIDTH - at) / LETTER) as usize;
        (at, "start", cut(&title, letters.saturating_sub(date.chars().count() + 3)))
    };
    let _ = writeln!(
        svg,
        "<text class=\"ink\" x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\"><tspan class=\"quiet\">{}</tspan> {}</text>",
        y + 13.0,
        escaped(&date),
        escaped(&title)
    );
}
