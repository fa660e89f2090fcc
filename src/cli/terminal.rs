//! The timeline as columns that a person can read: when, where, what.
//!
//! Columns fit the width of the terminal; away from one they are as wide as their words. Colours only on a
//! terminal, and never when `NO_COLOR` is set.

use crate::run::Stop;
use chrono::{Datelike, NaiveDateTime, Timelike};
use dateline::event::Status;
use dateline::write::Row;
use std::io::{self, IsTerminal, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Widest column of places, in cells.
const PLACE: usize = 26;
/// Narrowest column of titles, whatever the terminal.
const TITLE: usize = 20;
/// Between two columns.
const GAP: &str = "  ";

pub(crate) fn timeline(rows: &[Row]) -> Result<(), Stop> {
    let stdout = io::stdout();
    let on_terminal = stdout.is_terminal();
    // The one wish of the environment that is heard; it reaches no file.
    let colour = on_terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let width = on_terminal.then(terminal_size::terminal_size).flatten().map(|(w, _)| usize::from(w.0));
    let mut out = io::BufWriter::new(stdout.lock());
    let lines: Vec<(String, String, String)> =
        rows.iter().map(|row| (when(row), place(row).to_owned(), title(row))).collect();
    let when_width = lines.iter().map(|l| l.0.width()).max().unwrap_or(0);
    let place_width = lines.iter().map(|l| l.1.width()).max().unwrap_or(0).min(PLACE);
    let left = width.map(|w| w.saturating_sub(when_width + place_width + 2 * GAP.len()).max(TITLE));
    for (row, (when, place, title)) in rows.iter().zip(&lines) {
        let (faint, plain) = match row.status() {
            Status::Asserted | Status::Reported => ("", ""),
            _ if colour => ("\x1b[2m", "\x1b[0m"),
            _ => ("", ""),
        };
        let (bold, unbold) = if colour { ("\x1b[1m", "\x1b[22m") } else { ("", "") };
        let title = left.map_or_else(|| title.clone(), |cells| cut(title, cells));
        writeln!(
            out,
            "{faint}{bold}{when}{unbold}{}{GAP}{}{GAP}{title}{plain}",
            spaces(when_width, when),
            padded(&cut(place, place_width), place_width),
        )
        .map_err(Stop::writing)?;
    }
    out.flush().map_err(Stop::writing)
}

fn spaces(width: usize, words: &str) -> String {
    " ".repeat(width.saturating_sub(words.width()))
}

fn padded(words: &str, width: usize) -> String {
    format!("{words}{}", spaces(width, words))
}

/// `words` in at most `cells` cells, with a mark where something is missing.
fn cut(words: &str, cells: usize) -> String {
    if words.width() <= cells {
        return words.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in words.chars() {
        used += c.width().unwrap_or(0);
        if used > cells {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push('\u{2026}');
    out
}

/// The place, or the words that no place was found for.
fn place(row: &Row) -> &str {
    match row.text("place") {
        "" => row.text("place_text"),
        place => place,
    }
}

fn title(row: &Row) -> String {
    let title = row.text("title");
    match row.status() {
        Status::Asserted | Status::Reported => title.to_owned(),
        other => format!("[{}] {title}", other.as_str()),
    }
}

/// The time as people write it: the day once, the unit no finer than it is known.
fn when(row: &Row) -> String {
    let Some(civil) = row.civil() else { return String::new() };
    let (start, end) = (civil.start, civil.end);
    let day = |t: NaiveDateTime| t.format("%a %-d %b %Y").to_string();
    // A part of a month or year shows its days.
    let whole = start.day() == 1 && end.date().succ_opt().is_some_and(|d| d.day() == 1);
    let same_day = start.date() == end.date();
    match row.text("date_precision") {
        "second" | "minute" => format!("{} {}", day(start), start.format("%H:%M")),
        "hour" | "part_of_day" if same_day || end.hour() < 12 => {
            format!("{} {}-{}", day(start), start.format("%H:%M"), hour_after(end))
        }
        "month" if whole && start.month() == end.month() => start.format("%b %Y").to_string(),
        "year" if whole && start.year() == end.year() => start.format("%Y").to_string(),
        "decade" | "century" => format!("{}-{}", start.year(), end.year()),
        "open" if same_day => format!("from {}", day(start)),
        _ if same_day => day(start),
        _ if start.year() == end.year() && start.month() == end.month() => {
            format!("{}-{}", start.format("%-d"), end.format("%-d %b %Y"))
        }
        _ if start.year() == end.year() => {
            format!("{} - {}", start.format("%-d %b"), end.format("%-d %b %Y"))
        }
        _ => format!("{} - {}", start.format("%-d %b %Y"), end.format("%-d %b %Y")),
    }
}

/// The first instant after an inclusive end, as a clock shows it.
fn hour_after(end: NaiveDateTime) -> String {
    let after = end.checked_add_signed(chrono::TimeDelta::seconds(1)).unwrap_or(end);
    if after.hour() == 0 && after.minute() == 0 { "24:00".into() } else { after.format("%H:%M").to_string() }
}
