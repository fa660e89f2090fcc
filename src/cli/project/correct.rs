//! `dateline correct`: writes a correction, so that nobody has to remember how they are written.
//!
//! The happening is looked up first: its headline goes into the entry, to find it again if its id is lost.

use super::datasets::{self, Side};
use super::flags::Correct;
use super::{Opened, open, read_text};
use crate::message::note;
use crate::replace::{Replacement, unwritable};
use crate::run::Stop;
use dateline::error::{Error, ErrorKind};
use dateline::project::correction;
use dateline::project::nearest::nearest;
use dateline::project::quoted;
use dateline::project::record::{Dataset, Record};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// What a new file of corrections says at its head.
const HEAD: &str = "# Corrections, applied after extraction by every `dateline run`. `dateline correct` adds to this file.\n";

/// Runs the command.
pub(crate) fn correct(options: &Correct) -> Result<(), Stop> {
    let opened = open(options.project.as_deref())?;
    let entry = entry(options, &opened)?;
    let Some(named) = opened.project.corrections.first() else {
        return Err(Error::new(ErrorKind::Usage, "the project names no file of corrections")
            .in_file(&opened.file)
            .help("set corrections = [\"corrections.toml\"]")
            .into());
    };
    let path = opened.path(&named.value);
    let old = if path.is_file() { read_text(&path)? } else { String::new() };
    let table = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv"));
    let new = if table { with_row(&old, &entry, &path)? } else { with_block(&old, &entry) };
    // What is written must be read again, mistakes of the entry included.
    correction::parse(&new, &path).map_err(super::all_but_last)?;
    let mut file = Replacement::begin(&path)?;
    file.write_all(new.as_bytes()).map_err(|e| unwritable(&path, e))?;
    file.finish()?;
    note(format_args!("wrote the correction to {}; `dateline run` applies it", path.display()));
    Ok(())
}

/// An action and its keys, in order.
struct Entry {
    action: &'static str,
    keys: Vec<(&'static str, Value)>,
}

enum Value {
    One(String),
    Several(Vec<String>),
}

fn entry(options: &Correct, opened: &Opened) -> Result<Entry, Stop> {
    let usage = |what: &str, help: &str| -> Stop { Error::new(ErrorKind::Usage, what).help(help).into() };
    let mut keys: Vec<(&'static str, Value)> = Vec::new();
    let mut put = |key: &'static str, value: &Option<String>| {
        keys.extend(value.clone().map(|value| (key, Value::One(value))));
    };
    let action = if options.pin.is_some() {
        put("name", &options.pin);
        put("place", &options.place);
        if options.place.is_none() {
            return Err(usage("--pin needs the place it stands for", "give it with --place geonames:NUMBER"));
        }
        "pin"
    } else if options.ignore.is_some() {
        put("phrase", &options.ignore);
        "ignore"
    } else {
        for (key, value) in [
            ("title", &options.title),
            ("date", &options.date),
            ("place", &options.place),
            ("status", &options.status),
            ("type", &options.kind),
            ("killed", &options.killed),
            ("injured", &options.injured),
            ("displaced", &options.displaced),
            ("description", &options.description),
        ] {
            put(key, value);
        }
        if options.add {
            "add"
        } else if options.drop {
            "drop"
        } else if !options.merge.is_empty() {
            keys.push(("with", Value::Several(options.merge.clone())));
            "merge"
        } else if !options.split.is_empty() {
            keys.push(("off", Value::Several(options.split.clone())));
            "split"
        } else {
            "set"
        }
    };
    if let Some(place) = options.place.as_deref().filter(|place| !place.is_empty()) {
        let files: Vec<_> = opened.project.gazetteers.iter().map(|g| opened.path(&g.value)).collect();
        if crate::gazetteer::open(&files)?.by_id(place).is_none() {
            return Err(usage(
                &format!("{place} is in no gazetteer"),
                "`dateline gazetteer lookup NAME` lists the ids of a name",
            ));
        }
    }
    let mut document = options.document.clone();
    let mut was = None;
    if matches!(action, "set" | "drop" | "merge" | "split") {
        let Some(id) = options.id.as_deref() else {
            return Err(usage("which happening?", "give its id, from the column id of timeline.csv"));
        };
        if action == "set" && keys.is_empty() {
            return Err(usage(
                "nothing to correct",
                "give --title, --date, --place, --status, --type, --drop, --merge or --split",
            ));
        }
        let record = look_up(opened, id)?;
        let text = |column: &str| Some(record.text(column).to_owned()).filter(|t| !t.is_empty());
        keys.insert(0, ("id", Value::One(record.text("id").to_owned())));
        was = text("title");
        document = document.or_else(|| text("doc_id"));
    } else if let Some(id) = &options.id {
        return Err(usage(&format!("{id} is not needed with --{action}"), "leave the id out"));
    }
    for (key, value) in
        [("document", document), ("was", was), ("who", options.who.clone()), ("why", options.why.clone())]
    {
        keys.extend(value.map(|value| (key, Value::One(value))));
    }
    Ok(Entry { action, keys })
}

/// The happening with this id, or the only one whose id begins so.
fn look_up(opened: &Opened, id: &str) -> Result<Record, Stop> {
    let side = Side::folder(&opened.path(&opened.project.output));
    let (set, _): (Dataset, Dataset) = datasets::read(&side, &side)?;
    let id = set.aliases.get(id).map_or(id, String::as_str);
    if let Some(record) = set.records.get(id) {
        return Ok(record.clone());
    }
    let mut begun = set.records.iter().filter(|(full, _)| id.len() >= 4 && full.starts_with(id));
    if let (Some((_, record)), None) = (begun.next(), begun.next()) {
        return Ok(record.clone());
    }
    let help = match nearest(id, set.records.keys().map(String::as_str)) {
        Some(meant) => format!("did you mean {meant}?"),
        None => "ids stand in the column id of timeline.csv; run `dateline run` first".to_owned(),
    };
    Err(Error::new(ErrorKind::Usage, format!("no happening is called {id}")).help(help).into())
}

fn with_block(old: &str, entry: &Entry) -> String {
    let mut text = if old.is_empty() { HEAD.to_owned() } else { old.to_owned() };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let _ = writeln!(text, "\n[[{}]]", entry.action);
    for (key, value) in &entry.keys {
        let value = match value {
            Value::One(word) => quoted(word),
            Value::Several(words) => {
                format!("[{}]", words.iter().map(|w| quoted(w)).collect::<Vec<_>>().join(", "))
            }
        };
        let _ = writeln!(text, "{key} = {value}");
    }
    text
}

fn with_row(old: &str, entry: &Entry, path: &Path) -> Result<String, Error> {
    let mut text =
        if old.trim().is_empty() { format!("{}\r\n", correction::COLUMNS.join(",")) } else { old.to_owned() };
    if !text.ends_with('\n') {
        text.push_str("\r\n");
    }
    let head = text.lines().next().unwrap_or_default().trim_start_matches('\u{feff}').to_owned();
    let delimiter = if head.matches(';').count() > head.matches(',').count() { ';' } else { ',' };
    let columns: Vec<&str> = head.split(delimiter).map(|c| c.trim().trim_matches('"')).collect();
    let missing = entry.keys.iter().map(|(key, _)| *key).find(|key| !columns.contains(key));
    if let Some(missing) = missing {
        return Err(Error::new(ErrorKind::Usage, format!("has no column {missing}"))
            .in_file(path)
            .at_line(1)
            .help("add it to the first line"));
    }
    let cells = columns.iter().map(|column| {
        if *column == "action" {
            return entry.action.to_owned();
        }
        match entry.keys.iter().find(|(key, _)| key == column).map(|(_, value)| value) {
            Some(Value::One(word)) => word.clone(),
            Some(Value::Several(words)) => words.join(" "),
            None => String::new(),
        }
    });
    let mut row = csv::WriterBuilder::new()
        .delimiter(delimiter as u8)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let failed =
        |e: csv::Error| Error::new(ErrorKind::Output, "cannot be written").in_file(path).caused_by(e);
    row.write_record(cells).map_err(failed)?;
    let bytes = row.into_inner().unwrap_or_default();
    text.push_str(&String::from_utf8_lossy(&bytes));
    Ok(text)
}
