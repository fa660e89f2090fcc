//! A TOML file read with the places of its values, so that every mistake is told with its line.
//!
//! Nothing stops at the first mistake: the sheet collects them.

use super::nearest::nearest;
use crate::error::{Error, ErrorKind};
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value with its line, counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its line.
    pub line: u64,
}

/// The text of a file and what is wrong with it.
#[derive(Debug)]
pub(super) struct Sheet<'t> {
    text: &'t str,
    file: PathBuf,
    faults: Vec<Error>,
}

/// A value where it stands.
pub(super) type Item<'t> = Spanned<DeValue<'t>>;

impl<'t> Sheet<'t> {
    pub(super) fn new(text: &'t str, file: &Path) -> Self {
        Sheet { text, file: file.to_path_buf(), faults: Vec::new() }
    }

    /// The tables of the file; what cannot be read as TOML is a fault, and an empty table is given.
    pub(super) fn table(&mut self) -> DeTable<'t> {
        match DeTable::parse(self.text) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                let at = error.span().unwrap_or(0..0);
                let what = error.message().lines().next().unwrap_or("is no TOML").to_owned();
                self.fault(at, what, "see toml.io for how such files are written");
                DeTable::new()
            }
        }
    }

    /// The line of a byte, counted from 1.
    pub(super) fn line(&self, at: usize) -> u64 {
        let before = self.text.as_bytes().get(..at.min(self.text.len())).unwrap_or_default();
        before.iter().filter(|b| **b == b'\n').count() as u64 + 1
    }

    /// A value with its line.
    pub(super) fn placed<T>(&self, at: &Range<usize>, value: T) -> Placed<T> {
        Placed { value, line: self.line(at.start) }
    }

    /// Notes a mistake.
    pub(super) fn fault(&mut self, at: Range<usize>, what: impl Into<String>, help: impl Into<String>) {
        let line = self.line(at.start);
        let shown = self.text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
        let error = Error::new(ErrorKind::Usage, what).in_file(&self.file).at_line(line).showing(shown);
        let help = help.into();
        self.faults.push(if help.is_empty() { error } else { error.help(help) });
    }

    /// Notes a key that is not known, with the one that may be meant.
    pub(super) fn unknown<'k>(
        &mut self,
        key: &str,
        at: Range<usize>,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) {
        let help = match nearest(key, known.clone()) {
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("known here: {}", known.into_iter().collect::<Vec<_>>().join(", ")),
        };
        self.fault(at, format!("unknown key {key}"), help);
    }

    /// Notes a word that is none of the known ones.
    pub(super) fn no_such_word<'k>(
        &mut self,
        what: &str,
        word: &str,
        at: Range<usize>,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) {
        let help = match nearest(word, known.clone()) {
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("known are {}", known.into_iter().collect::<Vec<_>>().join(", ")),
        };
        self.fault(at, format!("{word:?} is no {what}"), help);
    }

    /// A string.
    pub(super) fn text(&mut self, item: &Item<'t>) -> Option<String> {
        match item.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => self.wants(item, "a string in quotes"),
        }
    }

    /// A list of strings; one string is a list of one.
    pub(super) fn texts(&mut self, item: &Item<'t>) -> Vec<Placed<String>> {
        match item.get_ref() {
            DeValue::Array(items) => {
                let mut texts = Vec::new();
                for item in items.iter() {
                    let line = item.span();
                    texts.extend(self.text(item).map(|text| self.placed(&line, text)));
                }
                texts
            }
            _ => self.text(item).map(|text| self.placed(&item.span(), text)).into_iter().collect(),
        }
    }

    /// True or false.
    pub(super) fn truth(&mut self, item: &Item<'t>) -> Option<bool> {
        match item.get_ref() {
            DeValue::Boolean(truth) => Some(*truth),
            _ => self.wants(item, "true or false"),
        }
    }

    /// What a scalar says, as written: for fields that may be dates, numbers or strings.
    pub(super) fn scalar(&mut self, item: &Item<'t>) -> Option<String> {
        match item.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(number) => Some(number.to_string()),
            DeValue::Float(number) => Some(number.as_str().to_owned()),
            DeValue::Boolean(truth) => Some(truth.to_string()),
            DeValue::Datetime(moment) => Some(moment.to_string()),
            _ => self.wants(item, "one value, not a list or table"),
        }
    }

    /// A table.
    pub(super) fn fields<'i>(&mut self, item: &'i Item<'t>) -> Option<&'i DeTable<'t>> {
        match item.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => self.wants(item, "a table"),
        }
    }

    /// The tables of a list such as `[[metadata]]`.
    pub(super) fn tables<'i>(&mut self, item: &'i Item<'t>) -> Vec<(&'i DeTable<'t>, Range<usize>)> {
        match item.get_ref() {
            DeValue::Array(items) => {
                let mut tables = Vec::new();
                for item in items.iter() {
                    tables.extend(self.fields(item).map(|table| (table, item.span())));
                }
                tables
            }
            _ => self.wants(item, "a list of tables, in double brackets").unwrap_or_default(),
        }
    }

    fn wants<T>(&mut self, item: &Item<'t>, what: &str) -> Option<T> {
        self.fault(item.span(), format!("wants {what}"), "");
        None
    }

    /// `value` if nothing is wrong with the file.
    pub(super) fn finish<T>(self, value: T) -> Result<T, Vec<Error>> {
        if self.faults.is_empty() { Ok(value) } else { Err(self.faults) }
    }
}
