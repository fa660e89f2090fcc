//! A workbook (Office Open XML): typed cells, a header that stays in view, filters, links to the sources.
//!
//! A sheet holds 1,048,575 happenings and a cell 32,767 characters; longer words are cut with a mark. The sheet
//! is held in memory until its end, so it has a largest size too. Dates before 1900 are text, because workbooks
//! have none. The workbook's own date is the newest publication date.

use super::limit::full;
use super::schema::{ATTRIBUTION, COLUMNS, Column, Kind, Value};
use super::{Row, Run, Write};
use chrono::{Datelike, NaiveDateTime};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Url, Workbook, Worksheet, XlsxError};
use std::io;

/// Characters of a cell.
const CELL: usize = 32_767;
/// Happenings of a sheet, beside its header.
const ROWS: u32 = 1_048_575;
/// Bytes that the sheet may take in memory, and what a cell takes beside its text.
const BYTES: usize = 4 << 30;
const BESIDE: usize = 160;
/// Characters of a link, and links of a sheet.
const LINK: usize = 2_000;
const LINKS: usize = 65_000;
/// Widths in characters.
const NARROW: f64 = 12.0;
const WIDE: f64 = 36.0;

pub(super) struct Xlsx<W: io::Write> {
    out: W,
    book: Workbook,
    sheet: Worksheet,
    at: u32,
    /// Happenings of the sheet at most, and the bytes that are left for them.
    pub(super) rows: u32,
    pub(super) bytes: usize,
    links: usize,
    instant: Format,
    day: Format,
}

impl<W: io::Write> Xlsx<W> {
    pub(super) fn new(out: W) -> Self {
        Xlsx {
            out,
            book: Workbook::new(),
            sheet: Worksheet::new(),
            at: 0,
            rows: ROWS,
            bytes: BYTES,
            links: 0,
            instant: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
        }
    }

    fn cell(&mut self, at: u16, column: &Column, value: &Value) -> Result<(), XlsxError> {
        let row = self.at;
        match value {
            Value::Missing => {}
            Value::Integer(n) => {
                self.sheet.write_number(row, at, *n as f64)?;
            }
            Value::Number(n) => {
                self.sheet.write_number(row, at, *n)?;
            }
            Value::Word(word) => {
                self.sheet.write_string(row, at, *word)?;
            }
            Value::Instant(time) if time.year() >= 1900 => {
                self.sheet.write_datetime_with_format(row, at, excel(*time)?, &self.instant)?;
            }
            Value::Day(day) if day.year() >= 1900 => {
                self.sheet.write_datetime_with_format(row, at, excel((*day).into())?, &self.day)?;
            }
            Value::Instant(time) => {
                self.sheet.write_string(row, at, time.format("%Y-%m-%dT%H:%M:%S").to_string())?;
            }
            Value::Day(day) => {
                self.sheet.write_string(row, at, day.to_string())?;
            }
            Value::Text(text) if column.name == "source_url" && self.links < LINKS && is_link(text) => {
                self.links += 1;
                self.sheet.write_url(row, at, Url::new(text.as_str()))?;
            }
            Value::Text(text) => {
                self.sheet.write_string(row, at, cut(text))?;
            }
        }
        Ok(())
    }
}

fn excel(time: NaiveDateTime) -> Result<ExcelDateTime, XlsxError> {
    use chrono::Timelike;
    let part = |n: u32| u8::try_from(n).unwrap_or_default();
    let date = ExcelDateTime::from_ymd(
        time.year().try_into().unwrap_or(9999),
        part(time.month()),
        part(time.day()),
    )?;
    date.and_hms(time.hour().try_into().unwrap_or_default(), part(time.minute()), f64::from(time.second()))
}

/// Bytes that a value takes in memory, roughly.
fn size(value: &Value) -> usize {
    match value {
        Value::Missing => 0,
        Value::Text(text) => BESIDE + text.len(),
        _ => BESIDE,
    }
}

fn is_link(text: &str) -> bool {
    let web = text.starts_with("http://") || text.starts_with("https://");
    web && text.len() < LINK && !text.contains(char::is_whitespace)
}

/// What a cell can hold; counted in UTF-16 units, as workbooks do.
fn cut(text: &str) -> String {
    if text.len() <= CELL {
        return text.to_owned();
    }
    let mut units = 1;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= CELL
    };
    let mut short: String = text.chars().take_while(fits).collect();
    if short.len() < text.len() {
        short.push('\u{2026}');
    }
    short
}

fn failed(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

impl<W: io::Write> Write for Xlsx<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        let created = run.newest.unwrap_or_default();
        let created = ExcelDateTime::from_ymd(
            u16::try_from(created.year()).unwrap_or(1970).clamp(1900, 9999),
            u8::try_from(created.month()).unwrap_or(1),
            u8::try_from(created.day()).unwrap_or(1),
        )
        .map_err(failed)?;
        let about = DocProperties::new()
            .set_title("Timeline")
            .set_comment(ATTRIBUTION)
            .set_author("dateline")
            .set_creation_datetime(&created);
        self.book.set_properties(&about);
        self.sheet.set_name("timeline").map_err(failed)?;
        let bold = Format::new().set_bold();
        for (at, column) in (0..).zip(COLUMNS) {
            self.sheet.write_string_with_format(0, at, column.name, &bold).map_err(failed)?;
            let wide = matches!(column.name, "title" | "description" | "actors" | "date_rule");
            let width = match column.kind {
                Kind::Instant => 19.0,
                _ if wide => WIDE,
                _ => NARROW,
            };
            self.sheet.set_column_width(at, width).map_err(failed)?;
        }
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        if self.at == self.rows {
            return Err(full("a sheet holds 1,048,575 happenings at most; write CSV or GeoParquet"));
        }
        self.at += 1;
        let taken: usize = row.values().iter().map(size).sum();
        let Some(left) = self.bytes.checked_sub(taken) else {
            return Err(full("a workbook is made in memory and may take 4 GB; write CSV or GeoParquet"));
        };
        self.bytes = left;
        for (at, (column, value)) in (0..).zip(COLUMNS.iter().zip(row.values())) {
            self.cell(at, column, value).map_err(failed)?;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        let last = u16::try_from(COLUMNS.len() - 1).unwrap_or_default();
        self.sheet.set_freeze_panes(1, 0).map_err(failed)?;
        self.sheet.autofilter(0, 0, self.at, last).map_err(failed)?;
        self.book.push_worksheet(std::mem::take(&mut self.sheet));
        let bytes = self.book.save_to_buffer().map_err(failed)?;
        self.out.write_all(&bytes)?;
        self.out.flush()
    }
}
