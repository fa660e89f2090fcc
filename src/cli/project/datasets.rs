//! Datasets to compare: folders, files, or both as they were in a git revision.

use super::Opened;
use dateline::error::{Error, ErrorKind};
use dateline::project::record::{Dataset, NESTED, TABLES, UNDATED};
use dateline::project::{LOCK_FILE, Lock};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files of one side that matter.
pub(crate) struct Side {
    label: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
    lock: Option<Vec<u8>>,
}

impl Side {
    /// Outputs that are in memory.
    pub(crate) fn made(label: &Path, files: BTreeMap<String, Vec<u8>>, lock: Option<String>) -> Side {
        Side { label: label.to_path_buf(), files, lock: lock.map(String::into_bytes) }
    }

    /// The outputs in a folder, with the lock in it or beside it.
    pub(crate) fn folder(folder: &Path) -> Side {
        let mut files = BTreeMap::new();
        for name in wanted() {
            if let Ok(bytes) = std::fs::read(folder.join(name)) {
                files.insert(name.to_owned(), bytes);
            }
        }
        let beside = folder.parent().map(|p| p.join(LOCK_FILE));
        let lock =
            [Some(folder.join(LOCK_FILE)), beside].into_iter().flatten().find_map(|p| std::fs::read(p).ok());
        Side { label: folder.to_path_buf(), files, lock }
    }

    fn file(path: &Path) -> Result<Side, Error> {
        let bytes = std::fs::read(path)
            .map_err(|e| Error::new(ErrorKind::Input, "cannot be read").in_file(path).caused_by(e))?;
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let lock = path.parent().and_then(|p| {
            let beside = [Some(p.join(LOCK_FILE)), p.parent().map(|p| p.join(LOCK_FILE))];
            beside.into_iter().flatten().find_map(|p| std::fs::read(p).ok())
        });
        Ok(Side { label: path.to_path_buf(), files: BTreeMap::from([(name, bytes)]), lock })
    }

    /// What a person named: a folder, a file, `REVISION:PATH`, or a revision, which stands for the outputs of
    /// the project in it.
    pub(crate) fn named(name: &Path, opened: Option<&Opened>) -> Result<Side, Error> {
        if name.is_dir() {
            return Ok(Side::folder(name));
        }
        if name.is_file() {
            return Side::file(name);
        }
        let text = name.to_string_lossy();
        let output = opened.map(|o| o.path(&o.project.output).to_string_lossy().replace('\\', "/"));
        let side = match text.split_once(':') {
            Some((revision, path)) => Side::revision(name, revision, path.trim_end_matches('/')),
            None => output.and_then(|output| Side::revision(name, &text, &output)),
        };
        side.ok_or_else(|| {
            Error::new(ErrorKind::Input, "is neither a folder or file nor outputs in a git revision")
                .in_file(name)
                .help("such as output, old/timeline.csv or HEAD~1:output")
        })
    }

    fn revision(label: &Path, revision: &str, path: &str) -> Option<Side> {
        // Git counts paths from the top of the repository, or with ./ from here.
        let here = format!("./{path}");
        let shown =
            |name: &str| [path, &here].into_iter().find_map(|p| git(&format!("{revision}:{p}{name}")));
        let mut files = BTreeMap::new();
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_file = name.contains('.') && name.trim_start_matches('.').contains('.');
        if is_file {
            files.insert(name.to_owned(), shown("")?);
        } else {
            for name in wanted() {
                if let Some(bytes) = shown(&format!("/{name}")) {
                    files.insert(name.to_owned(), bytes);
                }
            }
            if files.is_empty() {
                return None;
            }
        }
        let folder = if is_file { path.rsplit_once('/').map_or("", |(folder, _)| folder) } else { path };
        let beside =
            folder.rsplit_once('/').map_or(LOCK_FILE.to_owned(), |(p, _)| format!("{p}/{LOCK_FILE}"));
        let lock = [format!("{folder}/{LOCK_FILE}"), beside]
            .into_iter()
            .find_map(|p| git(&format!("{revision}:{p}")).or_else(|| git(&format!("{revision}:./{p}"))));
        Some(Side { label: label.to_path_buf(), files, lock })
    }
}

/// Names of the files that hold happenings.
fn wanted() -> impl Iterator<Item = &'static str> {
    TABLES.iter().copied().chain([UNDATED])
}

/// What git shows of an object; nothing when there is no such object, or no git.
fn git(object: &str) -> Option<Vec<u8>> {
    if object.starts_with('-') {
        return None;
    }
    let done = Command::new("git").args(["show", object]).output().ok()?;
    // A folder is shown as a list, which is no dataset.
    (done.status.success() && !done.stdout.starts_with(b"tree ")).then_some(done.stdout)
}

/// Two datasets, read from the same kind of file where both sides have one.
pub(crate) fn read(old: &Side, new: &Side) -> Result<(Dataset, Dataset), Error> {
    let best = |side: &Side| TABLES.iter().copied().find(|name| side.files.contains_key(*name));
    let common = TABLES.iter().copied().find(|n| old.files.contains_key(*n) && new.files.contains_key(*n));
    let both_undated = old.files.contains_key(UNDATED) && new.files.contains_key(UNDATED);
    let one = |side: &Side| -> Result<Dataset, Error> {
        let mut set = Dataset::default();
        let only = side.files.keys().next().map(String::as_str);
        if let Some(name) = common.or_else(|| best(side)).or(only) {
            let path = if side.files.len() == 1 && side.label.ends_with(name) {
                side.label.clone()
            } else {
                side.label.join(name)
            };
            set.add(&path, side.files.get(name).map_or(&[], Vec::as_slice))?;
        }
        if both_undated {
            set.add(&side.label.join(UNDATED), side.files.get(UNDATED).map_or(&[], Vec::as_slice))?;
        }
        if let Some(bytes) = side.files.get(NESTED) {
            set.add_nested_aliases(bytes);
        }
        let lock = side.lock.as_ref().and_then(|bytes| std::str::from_utf8(bytes).ok());
        if let Some(lock) = lock.and_then(|text| Lock::parse(text, Path::new(LOCK_FILE)).ok()) {
            set.add_lock(&lock);
        }
        Ok(set)
    };
    Ok((one(old)?, one(new)?))
}
