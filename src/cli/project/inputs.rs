//! From the sources of a project to its files, each named by its path from the project file.

use super::Opened;
use dateline::error::{Error, ErrorKind};
use dateline::project::Placed;
use dateline::project::metadata::{Known, known};
use dateline::read::files_under;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// A file to read.
pub(crate) struct Input {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its path from the project file, with slashes: what its article is called.
    pub(crate) name: String,
    /// What the project knows about it.
    pub(crate) known: Known,
}

/// What the sources of a project stand for.
pub(crate) struct Inputs {
    /// Files, sorted by name, each once.
    pub(crate) files: Vec<Input>,
    /// Sources that stand for nothing, or cannot be used.
    pub(crate) errors: Vec<Error>,
    /// Names that are one on some systems.
    pub(crate) warnings: Vec<Error>,
}

pub(crate) fn inputs(opened: &Opened) -> Inputs {
    let project = &opened.project;
    let mut found: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut errors = Vec::new();
    for source in &project.sources {
        match expand(opened, source) {
            Ok(paths) => {
                let mut any = false;
                for path in paths {
                    let name = name(&path, &opened.root);
                    if is_own(opened, &name) || excluded(opened, &name) {
                        continue;
                    }
                    any = true;
                    found.entry(name).or_insert(path);
                }
                if !any {
                    let what = format!("source {:?} holds no file to read", source.value);
                    errors.push(opened.fault(source.line, what).help(
                        "files end in .txt, .md, .html, .jsonl, .rss or .atom; outputs, cache and excluded files do not count",
                    ));
                }
            }
            Err(error) => errors.push(error),
        }
    }
    let (files, warnings) = distinct(found, opened);
    Inputs { files, errors, warnings }
}

/// Outputs, cache and files of the project itself are no articles.
fn is_own(opened: &Opened, name: &str) -> bool {
    let project = &opened.project;
    [&project.output, &project.cache].iter().any(|folder| {
        let folder = folder.strip_prefix("./").unwrap_or(folder);
        name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    })
}

fn excluded(opened: &Opened, name: &str) -> bool {
    let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::default() };
    opened.project.exclude.iter().any(|pattern| pattern.matches_with(name, options))
}

fn expand(opened: &Opened, source: &Placed<String>) -> Result<Vec<PathBuf>, Error> {
    let text = source.value.as_str();
    if Path::new(text).is_absolute() {
        return Err(opened
            .fault(source.line, format!("source {text:?} is an absolute path"))
            .help("write it relative to this file, so that outputs are the same on every machine"));
    }
    let path = opened.path(text);
    if path.is_dir() {
        let found = files_under(&path)?;
        return Ok(found.iter().filter_map(|s| s.path().map(Path::to_path_buf)).collect());
    }
    if path.is_file() {
        return Ok(vec![path]);
    }
    let nothing = |what: &str| {
        opened
            .fault(source.line, format!("source {text:?} {what}"))
            .help("check its spelling; paths are counted from this file, and nothing was written")
    };
    if !text.contains(['*', '?', '[']) {
        return Err(nothing("does not exist"));
    }
    let root = glob::Pattern::escape(&opened.root.to_string_lossy());
    let pattern = Path::new(&root).join(text);
    let paths = glob::glob(&pattern.to_string_lossy())
        .map_err(|e| opened.fault(source.line, format!("source {text:?} is no pattern: {}", e.msg)))?;
    let found: Vec<PathBuf> = paths.flatten().filter(|p| p.is_file()).collect();
    if found.is_empty() { Err(nothing("matches no file")) } else { Ok(found) }
}

/// The path from the project file, with slashes, without steps that lead nowhere.
fn name(path: &Path, root: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<String> = relative
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            Component::ParentDir => Some("..".to_owned()),
            _ => None,
        })
        .collect();
    parts.join("/")
}

/// One file under two names (links, or names in other case where case does not count) is read once; two files
/// whose names differ by case alone are told, because they are one in a checkout on other systems.
fn distinct(found: BTreeMap<String, PathBuf>, opened: &Opened) -> (Vec<Input>, Vec<Error>) {
    let mut warnings = Vec::new();
    let mut folded: BTreeMap<String, Vec<(String, PathBuf)>> = BTreeMap::new();
    for (name, path) in found {
        folded.entry(name.to_lowercase()).or_default().push((name, path));
    }
    let mut files = Vec::new();
    for alike in folded.into_values() {
        let mut real: Vec<PathBuf> = Vec::new();
        let mut first: Option<String> = None;
        for (name, path) in alike {
            if first.is_some() {
                let same = path.canonicalize().unwrap_or_else(|_| path.clone());
                if real.contains(&same) {
                    continue;
                }
            }
            if let Some(first) = &first {
                let what = format!("and {first} differ by case alone, and are one file on some systems");
                warnings.push(Error::new(ErrorKind::Input, what).in_file(&path).help("rename one of them"));
            }
            if first.is_none() {
                first = Some(name.clone());
            }
            real.push(path.canonicalize().unwrap_or_else(|_| path.clone()));
            files.push(Input { known: known(&opened.project.metadata, &name), path, name });
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    (files, warnings)
}
