//! `dateline run`: reads what changed, writes what changed, and remembers both.
//!
//! Outputs are made in memory first. Before one is replaced, all of them are looked at: a file that somebody
//! changed since the last run stays as it is, and then nothing is written at all.

use super::flags::Run;
use super::make::{self, Made};
use super::store::{STORED, State, Store};
use super::{Opened, open};
use crate::message::{self, note, warn};
use crate::replace::{Replacement, make_folder, unwritable};
use crate::run::Stop;
use dateline::error::{Error, ErrorKind};
use dateline::project::{Digest, LOCK_FILE, Lock};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Runs the command.
pub(crate) fn run(options: &Run) -> Result<ExitCode, Stop> {
    super::threads(&options.place)?;
    let opened = open(options.place.project.as_deref())?;
    let mut store = Store::open(&opened.path(&opened.project.cache), true)?;
    let plan = make::plan(&opened, &store)?;
    let fingerprint = plan.fingerprint.to_string();
    if store.state.fingerprint == fingerprint && is_as_left(&opened, &store.state.outputs) {
        if !options.quiet {
            note(store.state.summary.trim_end());
            note("nothing changed");
        }
        return Ok(code(&opened, store.state.whole));
    }
    store.load()?;
    let made = make::make(&opened, plan, &mut store)?;
    if made.summary.articles == 0 && !made.gathered.tally.is_whole() && !opened.project.allow_unreadable {
        return Err(Error::new(ErrorKind::Input, "no article could be read, so nothing was written")
            .in_file(&opened.file)
            .help("what an earlier run wrote is as it was")
            .into());
    }
    let written = write(&opened, &made, &store, options.force)?;
    let whole = made.gathered.tally.is_whole();
    let text = made.summary.text();
    let mut outputs = digests(&made.lock);
    outputs.insert(LOCK_FILE.to_owned(), Digest::of(made.lock.text().as_bytes()).to_string());
    let remembered = dateline::project::summary::Summary { anew: 0, ..made.summary.clone() };
    let state = State { tool: store.seen.clone(), fingerprint, outputs, summary: remembered.text(), whole };
    let wanted = &made.gathered.wanted;
    store.settle(&state, |key| wanted.contains(key))?;
    if !options.quiet {
        note(text.trim_end());
        written.iter().for_each(note);
    }
    Ok(code(&opened, whole))
}

fn code(opened: &Opened, whole: bool) -> ExitCode {
    if whole || opened.project.allow_unreadable { ExitCode::SUCCESS } else { ExitCode::from(crate::FAILED) }
}

/// Outputs of a lock, by path, in words.
fn digests(lock: &Lock) -> BTreeMap<String, String> {
    lock.outputs.iter().map(|(path, digest)| (path.clone(), digest.to_string())).collect()
}

/// True when outputs and lock are what the last run left.
fn is_as_left(opened: &Opened, outputs: &BTreeMap<String, String>) -> bool {
    !outputs.is_empty()
        && outputs.iter().all(|(path, digest)| {
            fs::read(opened.path(path)).is_ok_and(|bytes| Digest::of(&bytes).to_string() == *digest)
        })
}

/// The lock, if there is one that can be read.
pub(crate) fn lock(opened: &Opened) -> Option<Lock> {
    let path = opened.path(LOCK_FILE);
    let text = fs::read_to_string(&path).ok()?;
    match Lock::parse(&text, &path) {
        Ok(lock) => Some(lock),
        Err(error) => {
            warn(error);
            None
        }
    }
}

/// Puts the outputs in place, then the lock. Tells what was done.
fn write(opened: &Opened, made: &Made, store: &Store, force: bool) -> Result<Vec<String>, Stop> {
    let project = &opened.project;
    let folder = opened.path(&project.output);
    let before = lock(opened).unwrap_or_default();
    let mut ours: BTreeSet<(String, String)> = BTreeSet::new();
    ours.extend(store.writing.iter().cloned());
    for known in [&digests(&before), &store.state.outputs] {
        ours.extend(known.iter().map(|(path, digest)| (path.clone(), digest.clone())));
    }
    let mut edited: Vec<PathBuf> = Vec::new();
    let mut changed = Vec::new();
    for output in &made.outputs {
        let relative = format!("{}/{}", project.output, output.name);
        let path = opened.path(&relative);
        match fs::read(&path) {
            Ok(bytes) if bytes == output.bytes => continue,
            Ok(bytes) if !ours.contains(&(relative, Digest::of(&bytes).to_string())) => {
                edited.push(path.clone())
            }
            _ => {}
        }
        changed.push((path, output));
    }
    // Files of formats that are no longer asked for.
    let mut dropped = Vec::new();
    for relative in before.outputs.keys().filter(|path| !made.lock.outputs.contains_key(*path)) {
        let path = opened.path(relative);
        match fs::read(&path) {
            Ok(bytes) if ours.contains(&(relative.clone(), Digest::of(&bytes).to_string())) => {
                dropped.push(path)
            }
            Ok(_) => edited.push(path),
            Err(_) => {}
        }
    }
    if !edited.is_empty() && !force {
        for path in &edited {
            message::error(
                Error::new(ErrorKind::Output, "was changed since the last run, or made by something else")
                    .in_file(path),
            );
        }
        return Err(Error::new(ErrorKind::Output, "nothing was written")
            .help(
                "keep your changes with `dateline correct`, or move the file away; `dateline run --force` overwrites it",
            )
            .into());
    }
    make_folder(&folder)?;
    let names: Vec<&str> = made.outputs.iter().map(|o| o.name.as_str()).collect();
    sweep(&folder, &names);
    sweep(&opened.path("."), &[LOCK_FILE]);
    sweep(&opened.path(&project.cache), STORED);
    store.announce(&digests(&made.lock))?;
    let mut told = Vec::new();
    // All drafts are whole before the first of them takes its place.
    let mut drafts = Vec::new();
    for (path, output) in &changed {
        drafts.push((path, draft(path, &output.bytes)?));
    }
    for (path, draft) in drafts {
        draft.finish()?;
        told.push(format!("wrote {}", path.display()));
    }
    for path in &dropped {
        if fs::remove_file(path).is_ok() {
            told.push(format!("removed {}", path.display()));
        }
    }
    let path = opened.path(LOCK_FILE);
    if draft(&path, made.lock.text().as_bytes())?.finish()? {
        told.push(format!("wrote {}", path.display()));
    }
    if changed.is_empty() && dropped.is_empty() {
        told.push("the outputs are as before".to_owned());
    }
    Ok(told)
}

fn draft(path: &Path, bytes: &[u8]) -> Result<Replacement, Error> {
    let mut file = Replacement::begin(path)?;
    file.write_all(bytes).and_then(|()| file.flush()).map_err(|e| unwritable(path, e))?;
    Ok(file)
}

/// Removes the drafts of these files that a killed run left in a folder.
fn sweep(folder: &Path, names: &[&str]) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let draft =
            name.strip_prefix('.').and_then(|n| n.strip_suffix(".part")).and_then(|n| n.rsplit_once('.'));
        if draft.is_some_and(|(name, process)| names.contains(&name) && process.parse::<u32>().is_ok()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
