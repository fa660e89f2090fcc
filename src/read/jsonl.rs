//! JSON Lines: one article per line, read as a stream; a bad line is named and the next one follows.
//!
//! A file that is one JSON list is read too, but whole.

use super::bytes::Input;
use super::surrogate;
use super::{Articles, Fields, Incoming, MAX_RECORD, Options, Source, encoding, finish, published};
use crate::article::Article;
use crate::error::{Error, ErrorKind};
use serde_json::{Map, Value};
use std::collections::VecDeque;
use std::io::{BufRead, Read};

pub(super) fn articles(input: Input, source: Source, options: Options) -> Articles {
    Box::new(Lines { input, source, options, line: 0, done: false, items: VecDeque::new() })
}

struct Lines {
    input: Input,
    source: Source,
    options: Options,
    line: u64,
    done: bool,
    /// Records of a file that is one list, still to be read.
    items: VecDeque<String>,
}

impl Iterator for Lines {
    type Item = Result<Incoming, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            self.line += 1;
            let mut line = Vec::new();
            let whole = match take_line(&mut self.input, &mut line) {
                Ok(Taken::End) => {
                    self.done = true;
                    break;
                }
                Ok(Taken::Whole) => true,
                Ok(Taken::Cut) => false,
                Err(error) => {
                    self.done = true;
                    return Some(Err(super::bytes::failed(&self.source, error).at_line(self.line)));
                }
            };
            if whole && line.trim_ascii().is_empty() {
                continue;
            }
            let start = line.trim_ascii();
            if whole && self.line == 1 && (start.starts_with(b"[") || start == b"{") {
                match self.list(&line) {
                    Ok(items) => self.items = items,
                    Err(error) => return Some(Err(error.in_file(self.source.label()))),
                }
                self.line = 0;
                break;
            }
            let read = if whole { self.record(&line) } else { Err(over_long()) };
            return Some(self.placed(read));
        }
        let item = self.items.pop_front()?;
        // In a list the number of the item stands for the line.
        self.line += 1;
        let read = self.record(item.as_bytes());
        Some(self.placed(read))
    }
}

impl Lines {
    /// Reads on to the end of a file that is one list or one object over several lines, as `.json` files are.
    fn list(&mut self, first: &[u8]) -> Result<VecDeque<String>, Error> {
        self.done = true;
        let mut all = first.to_vec();
        let mut rest = (&mut self.input).take(MAX_RECORD as u64);
        rest.read_to_end(&mut all).map_err(|e| super::bytes::failed(&self.source, e))?;
        let decoded = encoding::decode(&all, self.options.encoding, false)?;
        let parsed = surrogate::parse(decoded.text.trim_start_matches('\u{feff}'));
        let (value, _) = parsed.map_err(|e| {
            Error::new(ErrorKind::Input, "is neither JSON Lines nor one JSON list")
                .caused_by(e)
                .help("write one object per line, or name another format with --input-format")
        })?;
        Ok(match value {
            Value::Array(items) => items.iter().map(Value::to_string).collect(),
            object => VecDeque::from([object.to_string()]),
        })
    }

    /// What a record gives, with the place of what is said about it.
    fn placed(&self, read: Result<Incoming, Error>) -> Result<Incoming, Error> {
        let label = self.source.label();
        let read = read.map(|mut incoming| {
            let placed = |w: Error| w.in_file(&label).at_line(self.line);
            incoming.line = Some(self.line);
            incoming.warnings = incoming.warnings.into_iter().map(placed).collect();
            incoming
        });
        read.map_err(|e| e.in_file(&label).at_line(self.line))
    }

    fn record(&self, line: &[u8]) -> Result<Incoming, Error> {
        let decoded = encoding::decode(line, self.options.encoding, false)?;
        let text = decoded.text.trim_start_matches('\u{feff}');
        let (value, halved) = surrogate::parse(text).map_err(|e| {
            let help = if text.trim_start().starts_with(['[', '{']) {
                "JSON Lines wants one whole object per line; name another format with --input-format"
            } else {
                "name another format with --input-format if this is not JSON Lines"
            };
            Error::new(ErrorKind::Record, "is not a JSON object").caused_by(e).help(help)
        })?;
        let Value::Object(object) = value else {
            return Err(
                Error::new(ErrorKind::Record, "is not a JSON object").help("write one object per line")
            );
        };
        let fields = &self.options.fields;
        let mut warnings = decoded.warnings;
        if halved {
            warnings.push(Error::new(ErrorKind::Record, "halves of characters were read as U+FFFD"));
        }
        let text = text_of(&object, fields)?;
        let mut article = Article {
            id: scalar(&object, &fields.id).unwrap_or_default(),
            title: scalar(&object, &fields.title).filter(|t| !t.trim().is_empty()),
            text,
            lang: scalar(&object, &fields.lang),
            published: None,
            url: scalar(&object, &fields.url),
            publisher: scalar(&object, &fields.publisher),
            group: None,
        };
        if let Some(value) = scalar(&object, &fields.published) {
            published::note(&value, &mut article.published, &mut warnings);
        }
        if article.id.is_empty() && article.url.is_none() {
            article.id = format!("{}:{}", self.source.id(), self.line);
        }
        finish(Incoming { article, line: None, warnings }, &self.source, &self.options)
    }
}

fn text_of(object: &Map<String, Value>, fields: &Fields) -> Result<String, Error> {
    let names = fields.text.join(", ");
    match fields.text.iter().find_map(|name| object.get(name)) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(Error::new(ErrorKind::Record, format!("field {names:?} is not a string"))
            .help("name the field that holds the text with --field-text")),
        None => Err(Error::new(ErrorKind::Record, format!("has no field {names:?}"))
            .help("name the field that holds the text with --field-text")),
    }
}

/// A string field, or a number as written; a `{"name": …}` object gives its name.
fn scalar(object: &Map<String, Value>, names: &[String]) -> Option<String> {
    let value = names.iter().filter_map(|name| object.get(name)).find(|v| !v.is_null())?;
    match value {
        Value::String(text) => Some(text.clone()).filter(|t| !t.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(inner) => inner.get("name").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

fn over_long() -> Error {
    Error::new(ErrorKind::Record, format!("line is longer than {} MB and was skipped", MAX_RECORD >> 20))
        .help("write one article per line")
}

enum Taken {
    End,
    Whole,
    Cut,
}

/// Reads up to the line's end. A line beyond the limit is passed over without being kept.
fn take_line(input: &mut Input, line: &mut Vec<u8>) -> std::io::Result<Taken> {
    let mut taken = Taken::End;
    loop {
        let available = match input.fill_buf() {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        if available.is_empty() {
            return Ok(taken);
        }
        let end = available.iter().position(|b| *b == b'\n');
        let count = end.map_or(available.len(), |e| e + 1);
        if line.len() + count > MAX_RECORD {
            line.clear();
            taken = Taken::Cut;
        } else if !matches!(taken, Taken::Cut) {
            line.extend_from_slice(available.get(..count).unwrap_or_default());
            taken = Taken::Whole;
        }
        input.consume(count);
        if end.is_some() {
            return Ok(taken);
        }
    }
}
