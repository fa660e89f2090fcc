//! Tables for spreadsheets: CSV (RFC 4180), its French dialect, tab-separated values, and CSV with HXL tags.
//!
//! A spreadsheet runs a cell that begins with `=` as a formula; in columns that hold words of others such a
//! cell gets a leading `'`. Columns that the program fills itself never need it and never get it.

use super::schema::{COLUMNS, Kind, Value};
use super::{Row, Run, Write, notation};
use std::io;

/// Tells spreadsheets that the file is UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// How a table is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// Comma and decimal point, with a byte order mark.
    #[default]
    Rfc4180,
    /// Semicolon and decimal comma, as French spreadsheets want it.
    ExcelFr,
    /// Tabs.
    Tsv,
}

impl Dialect {
    /// What stands between cells.
    pub fn delimiter(self) -> char {
        match self {
            Dialect::Rfc4180 => ',',
            Dialect::ExcelFr => ';',
            Dialect::Tsv => '\t',
        }
    }
}

pub(super) struct Table<W: io::Write> {
    out: W,
    dialect: Dialect,
    tags: bool,
    line: String,
}

impl<W: io::Write> Table<W> {
    pub(super) fn new(out: W, dialect: Dialect) -> Self {
        Table { out, dialect, tags: false, line: String::new() }
    }

    pub(super) fn plain(out: W) -> Self {
        Table::new(out, Dialect::default())
    }

    /// With a second header line of HXL tags, for humanitarian data tools; they want no mark.
    pub(super) fn tagged(out: W) -> Self {
        Table { tags: true, ..Table::plain(out) }
    }

    /// One line of cells that need no guard.
    fn header(&mut self, cells: impl Iterator<Item = &'static str>) -> io::Result<()> {
        self.line.clear();
        for cell in cells {
            if !self.line.is_empty() {
                self.line.push(self.dialect.delimiter());
            }
            self.line.push_str(cell);
        }
        self.line.push_str("\r\n");
        self.out.write_all(self.line.as_bytes())
    }
}

impl<W: io::Write> Write for Table<W> {
    fn begin(&mut self, _: &Run) -> io::Result<()> {
        if !self.tags {
            self.out.write_all(MARK)?;
        }
        self.header(COLUMNS.iter().map(|c| c.name))?;
        if self.tags {
            self.header(COLUMNS.iter().map(|c| c.tag))?;
        }
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        let delimiter = self.dialect.delimiter();
        self.line.clear();
        for (at, (column, value)) in COLUMNS.iter().zip(row.values()).enumerate() {
            if at > 0 {
                self.line.push(delimiter);
            }
            match value {
                Value::Number(_) if self.dialect == Dialect::ExcelFr => {
                    let start = self.line.len();
                    notation::value(value, &mut self.line);
                    if let Some(point) = self.line.get(start..).and_then(|n| n.find('.')) {
                        self.line.replace_range(start + point..=start + point, ",");
                    }
                }
                Value::Text(text) => {
                    quoted(text, matches!(column.kind, Kind::Text), delimiter, &mut self.line);
                }
                other => notation::value(other, &mut self.line),
            }
        }
        self.line.push_str("\r\n");
        self.out.write_all(self.line.as_bytes())
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Text as a cell, between quotation marks where RFC 4180 wants them.
fn quoted(text: &str, guard: bool, delimiter: char, line: &mut String) {
    let marked = text.bytes().any(|b| b == b'"' || char::from(b) == delimiter);
    if !marked {
        return one_line(text, guard, line);
    }
    line.push('"');
    let mut first = true;
    for part in text.split('"') {
        if !first {
            line.push_str("\"\"");
        }
        one_line(part, guard && first, line);
        first = false;
    }
    line.push('"');
}

/// A value as the text of a cell.
pub(super) fn write_cell(value: &Value, cell: &mut String) {
    match value {
        Value::Text(text) => one_line(text, false, cell),
        other => notation::value(other, cell),
    }
}

/// Text without line breaks; `guard` for columns that hold words of others.
fn one_line(text: &str, guard: bool, line: &mut String) {
    if guard && text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        line.push('\'');
    }
    if has_break(text.as_bytes()) {
        line.extend(text.chars().map(|c| if is_break(c) { ' ' } else { c }));
    } else {
        line.push_str(text);
    }
}

/// Whether UTF-8 holds what [`is_break`] knows; most text does not, and then goes out whole.
fn has_break(text: &[u8]) -> bool {
    text.iter().enumerate().any(|(at, byte)| match byte {
        0..b' ' | 0x7f => true,
        0xc2 => text.get(at + 1).is_some_and(|next| *next < 0xa0),
        0xe2 => matches!(text.get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9])),
        _ => false,
    })
}

/// Line breaks and other control characters, which tables do not bear.
fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}
