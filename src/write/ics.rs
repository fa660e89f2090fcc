//! iCalendar (RFC 5545): one entry per happening, in floating time, which is the civil time of the place.
//!
//! Happenings known to the day are all-day entries. The time stamp that the standard wants is the newest
//! publication date, so that the same news give the same bytes.

use super::interval::Civil;
use super::schema::ATTRIBUTION;
use super::{Row, Run, Write};
use crate::event::Status;
use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta};
use std::io;

/// Longest line in bytes, its end aside.
const LINE: usize = 75;

pub(super) struct Calendar<W: io::Write> {
    out: W,
    stamp: NaiveDate,
}

impl<W: io::Write> Calendar<W> {
    pub(super) fn new(out: W) -> Self {
        Calendar { out, stamp: NaiveDate::default() }
    }

    /// One content line, folded between characters.
    fn line(&mut self, line: &str) -> io::Result<()> {
        let mut rest = line;
        let mut room = LINE;
        while rest.len() > room {
            let mut cut = room;
            while !rest.is_char_boundary(cut) {
                cut -= 1;
            }
            let (head, tail) = rest.split_at(cut);
            write!(self.out, "{head}\r\n ")?;
            rest = tail;
            // The space that marks a continuation counts.
            room = LINE - 1;
        }
        write!(self.out, "{rest}\r\n")
    }

    fn text(&mut self, name: &str, words: &str) -> io::Result<()> {
        if words.is_empty() { Ok(()) } else { self.line(&format!("{name}:{}", escaped(words))) }
    }

    fn times(&mut self, civil: Civil) -> io::Result<()> {
        let after = civil.end.checked_add_signed(TimeDelta::seconds(1)).filter(|t| t.year() <= 9999);
        let all_day =
            civil.start.time() == NaiveTime::MIN && after.is_some_and(|t| t.time() == NaiveTime::MIN);
        let day = "%Y%m%d";
        let second = "%Y%m%dT%H%M%S";
        if all_day {
            let end = civil.end.date().checked_add_days(Days::new(1)).unwrap_or(civil.end.date());
            self.line(&format!("DTSTART;VALUE=DATE:{}", civil.start.format(day)))?;
            return self.line(&format!("DTEND;VALUE=DATE:{}", end.format(day)));
        }
        self.line(&format!("DTSTART:{}", civil.start.format(second)))?;
        self.line(&format!("DTEND:{}", after.unwrap_or(civil.end).format(second)))
    }
}

/// Text as a value: backslash, comma, semicolon and line breaks have a meaning there.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    for c in words.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

impl<W: io::Write> Write for Calendar<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.stamp = run.newest.unwrap_or_default();
        self.line("BEGIN:VCALENDAR")?;
        self.line("VERSION:2.0")?;
        self.line(concat!("PRODID:-//dateline//dateline ", env!("CARGO_PKG_VERSION"), "//EN"))?;
        self.line("CALSCALE:GREGORIAN")?;
        self.text("X-WR-CALDESC", ATTRIBUTION)
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.line("BEGIN:VEVENT")?;
        self.line(&format!("UID:{}@dateline", escaped(row.id())))?;
        let stamp = self.stamp.format("DTSTAMP:%Y%m%dT000000Z").to_string();
        self.line(&stamp)?;
        if let Some(civil) = row.civil() {
            self.times(civil)?;
        }
        self.text("SUMMARY", row.text("title"))?;
        self.text("DESCRIPTION", row.text("description"))?;
        self.text("LOCATION", row.text("place"))?;
        if let Some((lon, lat)) = row.point() {
            self.line(&format!("GEO:{lat};{lon}"))?;
        }
        self.text("CATEGORIES", row.text("event_type"))?;
        let url: String = row.text("source_url").chars().filter(|c| !c.is_whitespace()).collect();
        if !url.is_empty() {
            self.line(&format!("URL:{url}"))?;
        }
        self.line(match row.status() {
            Status::Asserted | Status::Reported => "STATUS:CONFIRMED",
            Status::Planned | Status::Possible => "STATUS:TENTATIVE",
            Status::Denied => "STATUS:CANCELLED",
        })?;
        self.line("TRANSP:TRANSPARENT")?;
        self.line("END:VEVENT")
    }

    fn end(&mut self) -> io::Result<()> {
        self.line("END:VCALENDAR")?;
        self.out.flush()
    }
}
