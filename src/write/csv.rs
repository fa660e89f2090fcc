//! CSV (RFC 4180) for spreadsheets: UTF-8 with its mark, lines end with CR LF, comma, decimal point.
//!
//! A spreadsheet runs a cell that begins with `=` as a formula; in columns that hold words of others such a
//! cell gets a leading `'`. Columns that the program fills itself never need it and never get it.

use super::schema::{COLUMNS, Kind, Value};
use super::{Row, Run, Write};
use std::io;

/// Tells spreadsheets that the file is UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

pub(super) struct Csv<W: io::Write> {
    out: Out<W>,
}

/// The mark goes out before csv takes over the bytes.
enum Out<W: io::Write> {
    Plain(Option<W>),
    Table(Box<csv::Writer<W>>),
}

impl<W: io::Write> Csv<W> {
    pub(super) fn new(out: W) -> Self {
        Csv { out: Out::Plain(Some(out)) }
    }

    fn table(&mut self) -> io::Result<&mut csv::Writer<W>> {
        match &mut self.out {
            Out::Table(table) => Ok(table),
            Out::Plain(_) => Err(io::Error::other("rows before the header")),
        }
    }
}

impl<W: io::Write> Write for Csv<W> {
    fn begin(&mut self, _: &Run) -> io::Result<()> {
        if let Out::Plain(plain) = &mut self.out
            && let Some(mut plain) = plain.take()
        {
            plain.write_all(MARK)?;
            let table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(plain);
            self.out = Out::Table(Box::new(table));
        }
        let names = COLUMNS.iter().map(|c| c.name);
        self.table()?.write_record(names).map_err(io::Error::from)
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        let table = self.table()?;
        let mut cell = String::new();
        for (column, value) in COLUMNS.iter().zip(row.values()) {
            cell.clear();
            write_cell(value, matches!(column.kind, Kind::Text), &mut cell);
            table.write_field(&cell).map_err(io::Error::from)?;
        }
        table.write_record(None::<&[u8]>).map_err(io::Error::from)
    }

    fn end(&mut self) -> io::Result<()> {
        self.table()?.flush()
    }
}

/// A value as the text of a cell; `guard` for columns that hold words of others.
pub(super) fn write_cell(value: &Value, guard: bool, cell: &mut String) {
    use std::fmt::Write as _;
    // Writing to a string cannot fail.
    let _ = match value {
        Value::Missing => Ok(()),
        Value::Text(text) => {
            if guard && text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                cell.push('\'');
            }
            cell.extend(text.chars().map(|c| if is_break(c) { ' ' } else { c }));
            Ok(())
        }
        Value::Word(word) => cell.write_str(word),
        Value::Integer(n) => write!(cell, "{n}"),
        Value::Number(n) => write!(cell, "{n}"),
        Value::Instant(instant) => write!(cell, "{}", instant.format("%Y-%m-%dT%H:%M:%S")),
        Value::Day(day) => write!(cell, "{}", day.format("%Y-%m-%d")),
    };
}

/// Line breaks and other control characters, which tables do not bear.
fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}
