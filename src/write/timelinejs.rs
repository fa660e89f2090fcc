//! TimelineJS (Knight Lab): its JSON, and the table that it reads from a spreadsheet.
//!
//! Its text fields are HTML, so the words are escaped. It knows no denied or open happenings; the words of
//! the status stand before the headline.

use super::schema::Value;
use super::xml::escape;
use super::{Row, Run, Write};
use crate::event::Status;
use chrono::{Datelike, NaiveDateTime, Timelike};
use serde_json::{Map, json};
use std::io;

pub(super) struct TimelineJson<W: io::Write> {
    out: W,
    first: bool,
}

impl<W: io::Write> TimelineJson<W> {
    pub(super) fn new(out: W) -> Self {
        TimelineJson { out, first: true }
    }
}

impl<W: io::Write> Write for TimelineJson<W> {
    fn begin(&mut self, _: &Run) -> io::Result<()> {
        self.out.write_all(b"{\"events\":[")
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        let Some(civil) = row.civil() else { return Ok(()) };
        let clock = has_clock(row);
        let event = json!({
            "unique_id": row.id(),
            "start_date": date(civil.start, clock),
            "end_date": date(civil.end, clock),
            "text": { "headline": headline(row), "text": body(row) },
            "group": row.text("event_type"),
        });
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        write!(self.out, "{event}")
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }
}

/// The table's columns, in its own spelling and order.
const HEADER: [&str; 19] = [
    "Year",
    "Month",
    "Day",
    "Time",
    "End Year",
    "End Month",
    "End Day",
    "End Time",
    "Display Date",
    "Headline",
    "Text",
    "Media",
    "Media Credit",
    "Media Caption",
    "Media Thumbnail",
    "Alt Text",
    "Type",
    "Group",
    "Background",
];

pub(super) struct TimelineTable<W: io::Write> {
    table: csv::Writer<W>,
}

impl<W: io::Write> TimelineTable<W> {
    pub(super) fn new(out: W) -> Self {
        TimelineTable { table: csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out) }
    }
}

impl<W: io::Write> Write for TimelineTable<W> {
    fn begin(&mut self, _: &Run) -> io::Result<()> {
        self.table.write_record(HEADER).map_err(io::Error::from)
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        let Some(civil) = row.civil() else { return Ok(()) };
        let clock =
            |t: NaiveDateTime| if has_clock(row) { t.format("%H:%M").to_string() } else { String::new() };
        let part =
            |t: NaiveDateTime| [t.year().to_string(), t.month().to_string(), t.day().to_string(), clock(t)];
        let guard =
            |words: String| if words.starts_with(['=', '+', '-', '@']) { format!("'{words}") } else { words };
        let words = [String::new(), guard(headline(row)), guard(body(row))];
        let rest = ["", "", "", "", "", "", row.text("event_type"), ""].map(str::to_owned);
        let cells = part(civil.start).into_iter().chain(part(civil.end)).chain(words).chain(rest);
        self.table.write_record(cells).map_err(io::Error::from)
    }

    fn end(&mut self) -> io::Result<()> {
        self.table.flush()
    }
}

fn has_clock(row: &Row) -> bool {
    matches!(row.text("date_precision"), "second" | "minute" | "hour" | "part_of_day")
}

fn date(at: NaiveDateTime, clock: bool) -> Map<String, serde_json::Value> {
    let mut date = Map::new();
    for (name, value) in [("year", at.year().into()), ("month", at.month().into()), ("day", at.day().into())]
    {
        date.insert(name.to_owned(), value);
    }
    if clock {
        date.insert("hour".to_owned(), at.hour().into());
        date.insert("minute".to_owned(), at.minute().into());
    }
    date
}

fn headline(row: &Row) -> String {
    let mut out = match row.status() {
        Status::Asserted | Status::Reported => String::new(),
        other => format!("[{}] ", other.as_str()),
    };
    escape(row.text("title"), &mut out);
    out
}

/// The sentence, the place and the source, in paragraphs.
fn body(row: &Row) -> String {
    let mut out = String::from("<p>");
    for c in row.text("description").chars() {
        let mut buffer = [0; 4];
        escape(if c.is_control() { " " } else { c.encode_utf8(&mut buffer) }, &mut out);
    }
    out.push_str("</p>");
    let from: Vec<&str> =
        [row.text("place"), row.text("publisher")].into_iter().filter(|words| !words.is_empty()).collect();
    if !from.is_empty() {
        out.push_str("<p>");
        escape(&from.join(" \u{b7} "), &mut out);
        out.push_str("</p>");
    }
    if let (Value::Text(url), true) = (row.value("source_url"), row.text("source_url").starts_with("http")) {
        out.push_str("<p><a href=\"");
        escape(url, &mut out);
        out.push_str("\">");
        escape(url, &mut out);
        out.push_str("</a></p>");
    }
    out
}
