//! `dateline check`: makes everything in memory and compares it with what is there. Writes nothing.

use super::datasets::{self, Side};
use super::flags::{Check, CheckFormat};
use super::make::{self, Made};
use super::run::lock;
use super::store::Store;
use super::{Opened, open};
use crate::about::print;
use crate::run::Stop;
use dateline::error::Error;
use dateline::project::annotation::{self, Annotation};
use dateline::project::diff::Difference;
use dateline::project::record::Record;
use dateline::project::{Digest, LOCK_FILE, tell};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

/// Annotations of one kind that are shown; the summary tells how many there are.
const SHOWN: usize = 50;

/// Runs the command: 0 fresh, 1 stale, 2 when something could not be read.
pub(crate) fn check(options: &Check) -> Result<ExitCode, Stop> {
    super::threads(&options.place)?;
    let opened = open(options.place.project.as_deref())?;
    let mut store = Store::open(&opened.path(&opened.project.cache), false)?;
    let plan = make::plan(&opened, &store)?;
    store.load()?;
    let made = make::make(&opened, plan, &mut store)?;
    let state = compare(&opened, &made)?;
    let stale = !state.files.is_empty();
    let told = match options.format {
        CheckFormat::Human => human(&state),
        CheckFormat::Github => annotation::github(&state.annotations),
        CheckFormat::Sarif => annotation::sarif(&state.annotations),
        CheckFormat::Json => json(&state),
    };
    print(told.as_bytes())?;
    let whole = made.gathered.tally.is_whole() || opened.project.allow_unreadable;
    Ok(match (whole, stale) {
        (false, _) => ExitCode::from(crate::FAILED),
        (true, true) => ExitCode::from(crate::DIFFERENT),
        (true, false) => ExitCode::SUCCESS,
    })
}

/// What a comparison found.
struct Found {
    /// Files that a run would change, with why.
    files: Vec<(String, &'static str)>,
    difference: Difference,
    annotations: Vec<Annotation>,
}

fn compare(opened: &Opened, made: &Made) -> Result<Found, Stop> {
    let project = &opened.project;
    let folder = opened.path(&project.output);
    let before = lock(opened);
    let mut files = Vec::new();
    let mut fresh = BTreeMap::new();
    for output in &made.outputs {
        let relative = format!("{}/{}", project.output, output.name);
        let held = std::fs::read(opened.path(&relative)).ok();
        let as_written = before.as_ref().and_then(|l| l.outputs.get(&relative));
        match held {
            Some(bytes) if bytes == output.bytes => {}
            Some(bytes) if as_written.is_some_and(|d| *d != Digest::of(&bytes)) => {
                files.push((relative, "was changed since the last run"));
            }
            Some(_) => files.push((relative, "is stale")),
            None => files.push((relative, "is missing")),
        }
        fresh.insert(output.name.clone(), output.bytes.clone());
    }
    for relative in before.iter().flat_map(|l| l.outputs.keys()) {
        if !made.lock.outputs.contains_key(relative) && opened.path(relative).exists() {
            files.push((relative.clone(), "is not written any more"));
        }
    }
    if before.as_ref() != Some(&made.lock) {
        files.push((LOCK_FILE.to_owned(), if before.is_some() { "is stale" } else { "is missing" }));
    }
    let new = Side::made(&folder, fresh, Some(made.lock.text()));
    let (old, new) = datasets::read(&Side::folder(&folder), &new)?;
    let difference = Difference::between(&old, &new);
    let mut annotations: Vec<Annotation> = files
        .iter()
        .filter(|(_, why)| *why != "is stale" || difference.is_quiet())
        .map(|(file, why)| Annotation {
            rule: if why.starts_with("was changed") { "edited" } else { "stale" },
            message: format!("{file} {why}"),
            file: file.clone(),
            line: 1,
            error: why.starts_with("was changed"),
        })
        .collect();
    annotations.extend(at_sentences(opened, made, &difference));
    let told = |rule: &'static str, error: &Error| Annotation {
        rule,
        message: match error.advice() {
            Some(advice) => format!("{} ({advice})", error.message()),
            None => error.message(),
        },
        file: relative(error.file().unwrap_or(Path::new("")), &opened.root),
        line: error.line().unwrap_or(1),
        error: rule == "unreadable",
    };
    annotations.extend(made.remarks.iter().map(|remark| told("correction", remark)));
    annotations.extend(made.gathered.faults.iter().take(SHOWN).map(|fault| told("unreadable", fault)));
    Ok(Found { files, difference, annotations })
}

/// The changes, each at the line of the article that tells it.
fn at_sentences(opened: &Opened, made: &Made, found: &Difference) -> Vec<Annotation> {
    let mut sites = Sites { opened, made, texts: BTreeMap::new() };
    let mut all = Vec::new();
    let mut say = |rule: &'static str, record: &Record, message: String| {
        let (file, line) = sites.of(record);
        all.push(Annotation { rule, message, file, line, error: false });
    };
    for record in found.added.iter().take(SHOWN) {
        say("added", record, format!("new: {}", tell::line(record)));
    }
    for record in found.removed.iter().take(SHOWN) {
        say("removed", record, format!("gone: {}", tell::line(record)));
    }
    for change in found.changed.iter().take(SHOWN) {
        let details = tell::details(change).join("; ");
        say("changed", &change.new, format!("{}: {details}", tell::line(&change.new)));
    }
    for (part, whole) in found.merged.iter().take(SHOWN) {
        say("merged", part, format!("{} is now part of {}", tell::line(part), tell::line(whole)));
    }
    for (part, whole) in found.split.iter().take(SHOWN) {
        say("split", part, format!("{} was part of {}", tell::line(part), tell::line(whole)));
    }
    all
}

/// Where happenings are told.
struct Sites<'a> {
    opened: &'a Opened,
    made: &'a Made,
    texts: BTreeMap<String, Option<String>>,
}

impl Sites<'_> {
    /// File and line of the sentence a happening was read from; the project file when its article is gone.
    fn of(&mut self, record: &Record) -> (String, u64) {
        let gathered = &self.made.gathered;
        let article = gathered.documents.iter().position(|d| d.article.id == record.text("doc_id"));
        let Some((path, line)) = article.and_then(|n| gathered.origins.get(n)) else {
            return (dateline::project::PROJECT_FILE.to_owned(), 1);
        };
        let name = relative(path, &self.opened.root);
        if let Some(line) = line {
            return (name, *line);
        }
        let text = self.texts.entry(name.clone()).or_insert_with(|| {
            let bytes = std::fs::read(path).ok()?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        });
        let line = text.as_ref().and_then(|text| annotation::line_of(text, record.text("description")));
        (name, line.unwrap_or(1))
    }
}

fn relative(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn human(found: &Found) -> String {
    if found.files.is_empty() {
        return "fresh: a run would change nothing\n".to_owned();
    }
    let mut out = String::from("stale: `dateline run` would change\n");
    for (file, why) in &found.files {
        let _ = writeln!(out, "  {file} {why}");
    }
    out.push_str(&tell::text(&found.difference, false));
    out
}

fn json(found: &Found) -> String {
    let files: Vec<serde_json::Value> =
        found.files.iter().map(|(file, why)| serde_json::json!({ "file": file, "why": why })).collect();
    let difference: serde_json::Value =
        serde_json::from_str(&tell::json(&found.difference)).unwrap_or_default();
    let annotation = |a: &Annotation| serde_json::json!({ "rule": a.rule, "file": a.file, "line": a.line, "message": a.message });
    let all = serde_json::json!({
        "fresh": found.files.is_empty(),
        "files": files,
        "difference": difference,
        "annotations": found.annotations.iter().map(annotation).collect::<Vec<_>>(),
    });
    format!("{all:#}\n")
}
