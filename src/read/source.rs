//! A place that bytes come from: a file or the standard input, with the name its articles go by.
//!
//! Outputs never hold an absolute path: a file's articles are named by its file name, or by its path below
//! the folder that was given.

use crate::error::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file or the standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    path: Option<PathBuf>,
    id: String,
    bytes: Option<Arc<[u8]>>,
}

impl Source {
    /// The standard input.
    pub fn stdin() -> Self {
        Source { path: None, id: "stdin".to_owned(), bytes: None }
    }

    /// A file; its article goes by the file's name.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let id = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        Source { path: Some(path), id, bytes: None }
    }

    /// A file whose bytes were read already; its article goes by `id`.
    pub fn held(path: impl Into<PathBuf>, id: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Source { path: Some(path.into()), id: id.into(), bytes: Some(bytes.into()) }
    }

    /// The same source with an id of `parts` last parts of its path, for files of the same name.
    #[must_use]
    pub fn with_longer_id(mut self, parts: usize) -> Self {
        if let Some(path) = &self.path {
            let all = parts_of(path);
            self.id = all.get(all.len().saturating_sub(parts)..).unwrap_or_default().join("/");
        }
        self
    }

    /// Its bytes, if they were read already.
    pub(super) fn bytes(&self) -> Option<Arc<[u8]>> {
        self.bytes.clone()
    }

    /// The file, if it is one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What the article of this source is called when it has no id of its own.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The file name alone: what it is called, its ending and perhaps a date.
    pub fn name(&self) -> &str {
        self.id.rsplit('/').next().unwrap_or_default()
    }

    /// What messages call it: the path as given.
    pub fn label(&self) -> PathBuf {
        self.path.clone().unwrap_or_else(|| PathBuf::from("stdin"))
    }
}

/// The named parts of a path, outermost first; roots and dots are left out.
fn parts_of(path: &Path) -> Vec<String> {
    path.components()
        .filter_map(|part| match part {
            std::path::Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect()
}

/// The files below `folder` whose names tell a format that is read, sorted by path. Hidden files and folders
/// are left out, links to folders are not followed, so that no file comes twice.
///
/// # Errors
/// When the folder, or one below it, cannot be listed.
pub fn files_under(folder: &Path) -> Result<Vec<Source>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(at) = open.pop() {
        let failed = |e: std::io::Error| {
            Error::new(ErrorKind::Input, "cannot be listed")
                .in_file(&at)
                .caused_by(e)
                .help("check that it exists and may be read")
        };
        for entry in std::fs::read_dir(&at).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_dir() {
                open.push(entry.path());
            } else if super::Format::from_name(&entry.file_name().to_string_lossy()).is_some() {
                found.push(entry.path());
            }
        }
    }
    let base = parts_of(folder).len();
    let mut named: Vec<(Vec<String>, PathBuf)> = found
        .into_iter()
        .map(|path| (parts_of(&path).split_off(base.min(parts_of(&path).len())), path))
        .collect();
    named.sort();
    Ok(named
        .into_iter()
        .map(|(parts, path)| Source { path: Some(path), id: parts.join("/"), bytes: None })
        .collect())
}
