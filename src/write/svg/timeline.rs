//! The timeline: one line per happening, its interval as a bar, its title beside it.

use super::{LETTER, cut, escape, open, style};
use crate::write::colour::group;
use crate::write::{Civil, Row};
use chrono::{Datelike, Months, NaiveDate, NaiveDateTime};
use std::fmt::Write as _;

const WIDTH: f64 = 960.0;
const LEFT: f64 = 24.0;
const HEAD: f64 = 34.0;
const LINE: f64 = 22.0;
/// More lines than this are no picture; the last line counts the rest.
const MOST: usize = 60;
pub(super) fn draw(rows: &[Row]) -> String {
    let dated: Vec<(&Row, Civil)> = rows.iter().filter_map(|r| Some((r, r.civil()?))).collect();
    let shown = dated.get(..MOST.min(dated.len())).unwrap_or_default();
    let height = HEAD + LINE * (shown.len().max(1) as f64) + if dated.len() > MOST { LINE } else { 8.0 };
    let mut svg = open(WIDTH, height, "Timeline");
    let _ = writeln!(svg, "<rect class=\"ground\" width=\"{WIDTH}\" height=\"{height}\"/>");
    let seconds = |t: NaiveDateTime| t.and_utc().timestamp() as f64;
    let first = shown.iter().map(|(_, c)| seconds(c.start)).fold(f64::INFINITY, f64::min);
    let last = shown.iter().map(|(_, c)| seconds(c.end)).fold(f64::NEG_INFINITY, f64::max);
    if !first.is_finite() {
        svg.push_str("</svg>\n");
        return svg;
    }
    let width = (last - first).max(86_400.0);
    let x = |t: NaiveDateTime| LEFT + (WIDTH - 2.0 * LEFT) * (seconds(t) - first) / width;

    for (day, label) in ticks(shown, width) {
        let at = x(day.and_time(chrono::NaiveTime::MIN));
        if (LEFT - 1.0..WIDTH - 40.0).contains(&at) {
            let _ = writeln!(
                svg,
                "<line class=\"rule\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"22\" y2=\"{height}\"/>\
                 <text class=\"quiet\" x=\"{:.1}\" y=\"16\">{label}</text>",
                at + 2.0
            );
        }
    }
    for (line, (row, civil)) in shown.iter().enumerate() {
        bar(&mut svg, row, x(civil.start), x(civil.end), HEAD + LINE * line as f64);
    }
    if dated.len() > MOST {
        let y = height - 6.0;
        let _ = writeln!(svg, "<text class=\"quiet\" x=\"{LEFT}\" y=\"{y}\">+ {}</text>", dated.len() - MOST);
    }
    svg.push_str("</svg>\n");
    svg
}

/// A bar with its title: behind it, before it, or inside, where there is room.
fn bar(svg: &mut String, row: &Row, start: f64, end: f64, y: f64) {
    let colour = group(row.text("event_type")).colour;
    let (opacity, dashes) = style(row);
    let wide = (end - start).max(5.0);
    let _ = writeln!(
        svg,
        "<rect x=\"{start:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"14\" rx=\"2\" fill=\"{colour}\" \
         fill-opacity=\"{opacity}\" stroke=\"{colour}\" stroke-dasharray=\"{dashes}\"/>",
        y + 2.0
    );
    let title = cut(row.text("title"), 78);
    let length = title.chars().count() as f64 * LETTER;
    let (at, anchor) = if start + wide + 6.0 + length < WIDTH {
        (start + wide + 6.0, "start")
    } else if start - 6.0 - length > 0.0 {
        (start - 6.0, "end")
    } else {
        (LEFT.max(start) + 4.0, "start")
    };
    let _ = writeln!(
        svg,
        "<text class=\"ink\" x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>",
        y + 13.0,
        escape(&title)
    );
}

/// Days to mark, with what is written there: days, months, years or decades, about eight of them.
fn ticks(rows: &[(&Row, Civil)], width: f64) -> Vec<(NaiveDate, String)> {
    let (Some(first), Some(last)) =
        (rows.iter().map(|(_, c)| c.start.date()).min(), rows.iter().map(|(_, c)| c.end.date()).max())
    else {
        return Vec::new();
    };
    let days = width / 86_400.0;
    let (step, months, format) = match days {
        d if d <= 16.0 => (2, 0, "%Y-%m-%d"),
        d if d <= 70.0 => (7, 0, "%Y-%m-%d"),
        d if d <= 300.0 => (0, 1, "%Y-%m"),
        d if d <= 1_500.0 => (0, 6, "%Y-%m"),
        d if d <= 4_000.0 => (0, 12, "%Y"),
        d if d <= 40_000.0 => (0, 120, "%Y"),
        _ => (0, 1200, "%Y"),
    };
    let step = if days <= 8.0 { 1 } else { step };
    let mut day = match months {
        0 => first,
        1..=6 => first.with_day(1).unwrap_or(first),
        _ => NaiveDate::from_ymd_opt(first.year() - first.year().rem_euclid(months as i32 / 12), 1, 1)
            .unwrap_or(first),
    };
    let mut found = Vec::new();
    while day <= last && found.len() < 200 {
        found.push((day, day.format(format).to_string()));
        let next = if months == 0 {
            day.checked_add_days(chrono::Days::new(step))
        } else {
            day.checked_add_months(Months::new(months))
        };
        match next {
            Some(next) => day = next,
            None => break,
        }
    }
    found
}
