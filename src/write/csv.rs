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
    out: Out<W>,
    dialect: Dialect,
    tags: bool,
}

/// The mark goes out before csv takes over the bytes.
enum Out<W: io::Write> {
    Plain(Option<W>),
    Rows(Box<csv::Writer<W>>),
}

impl<W: io::Write> Table<W> {
    pub(super) fn new(out: W, dialect: Dialect) -> Self {
        Table { out: Out::Plain(Some(out)), dialect, tags: false }
    }

    pub(super) fn plain(out: W) -> Self {
        Table::new(out, Dialect::default())
    }

    /// With a second header line of HXL tags, for humanitarian data tools; they want no mark.
    pub(super) fn tagged(out: W) -> Self {
        Table { out: Out::Plain(Some(out)), dialect: Dialect::Rfc4180, tags: true }
    }

    fn rows(&mut self) -> io::Result<&mut csv::Writer<W>> {
        match &mut self.out {
            Out::Rows(rows) => Ok(rows),
            Out::Plain(_) => Err(io::Error::other("rows before the header")),
        }
    }
}

impl<W: io::Write> Write for Table<W> {
    fn begin(&mut self, _: &Run) -> io::Result<()> {
        let (tags, dialect) = (self.tags, self.dialect);
        if let Out::Plain(plain) = &mut self.out
            && let Some(mut plain) = plain.take()
        {
            if !tags {
                plain.write_all(MARK)?;
            }
            let delimiter = match dialect {
                Dialect::Rfc4180 => b',',
                Dialect::ExcelFr => b';',
                Dialect::Tsv => b'\t',
            };
            let rows = csv::WriterBuilder::new()
                .terminator(csv::Terminator::CRLF)
                .delimiter(delimiter)
                .from_writer(plain);
            self.out = Out::Rows(Box::new(rows));
        }
        let rows = self.rows()?;
        rows.write_record(COLUMNS.iter().map(|c| c.name))?;
        if tags {
            rows.write_record(COLUMNS.iter().map(|c| c.tag))?;
        }
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        let comma = self.dialect == Dialect::ExcelFr;
        let rows = self.rows()?;
        let mut cell = String::new();
        for (column, value) in COLUMNS.iter().zip(row.values()) {
            cell.clear();
            write_cell(value, matches!(column.kind, Kind::Text), &mut cell);
            if comma && matches!(value, Value::Number(_)) {
                cell = cell.replace('.', ",");
            }
            rows.write_field(&cell)?;
        }
        rows.write_record(None::<&[u8]>)?;
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.rows()?.flush()
    }
}

/// A value as the text of a cell; `guard` for columns that hold words of others.
pub(super) fn write_cell(value: &Value, guard: bool, cell: &mut String) {
    match value {
        Value::Text(text) => {
            if guard && text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                cell.push('\'');
            }
            cell.extend(text.chars().map(|c| if is_break(c) { ' ' } else { c }));
        }
        other => notation::value(other, cell),
    }
}

/// Line breaks and other control characters, which tables do not bear.
fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}
