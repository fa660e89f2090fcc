//! JSON Lines: one article per line, read as a stream; a bad line is named and the next one follows.

use super::bytes::Input;
use super::{Articles, Fields, Incoming, MAX_RECORD, Options, Source, encoding, finish, published};
use crate::article::Article;
use crate::error::{Error, ErrorKind};
use serde_json::{Map, Value};
use std::io::BufRead;

pub(super) fn articles(input: Input, source: Source, options: Options) -> Articles {
    Box::new(Lines { input, source, options, line: 0, done: false })
}

struct Lines {
    input: Input,
    source: Source,
    options: Options,
    line: u64,
    done: bool,
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
                    return None;
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
            let label = self.source.label();
            let read = if whole { self.record(&line) } else { Err(over_long()) };
            let read = read.map(|mut incoming| {
                let placed = |w: Error| w.in_file(&label).at_line(self.line);
                incoming.warnings = incoming.warnings.into_iter().map(placed).collect();
                incoming
            });
            return Some(read.map_err(|e| e.in_file(&label).at_line(self.line)));
        }
        None
    }
}

impl Lines {
    fn record(&self, line: &[u8]) -> Result<Incoming, Error> {
        let decoded = encoding::decode(line, self.options.encoding, false)?;
        let text = decoded.text.trim_start_matches('\u{feff}');
        let value: Value = serde_json::from_str(text).map_err(|e| {
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
        let text = text_of(&object, fields)?;
        let mut article = Article {
            id: scalar(&object, &fields.id).unwrap_or_default(),
            title: scalar(&object, &fields.title).filter(|t| !t.trim().is_empty()),
            text,
            lang: scalar(&object, &fields.lang),
            published: None,
            url: scalar(&object, &fields.url),
            publisher: scalar(&object, &fields.publisher),
        };
        if let Some(value) = scalar(&object, &fields.published) {
            published::note(&value, &mut article.published, &mut warnings);
        }
        if article.id.is_empty() && article.url.is_none() {
            article.id = format!("{}:{}", self.source.id(), self.line);
        }
        finish(Incoming { article, warnings }, &self.source, &self.options)
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
