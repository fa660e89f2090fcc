//! The cache on the disk: what was read before, and what the last run left.
//!
//! One run at a time writes to it; the system gives the lock back even when a run is killed. Whatever is wrong
//! with the cache costs time, never a result.

use super::tool::{self, Seen};
use crate::message::warn;
use crate::replace::{Replacement, unwritable};
use dateline::error::{Error, ErrorKind};
use dateline::project::Digest;
use dateline::project::pack::{self, Misfit, Pack};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

const PACK: &str = "documents.pack";
const STATE: &str = "state.json";
const WRITING: &str = "writing.json";
const LOCK: &str = "in-use";

/// Files that are replaced as a whole.
pub(crate) const STORED: &[&str] = &[PACK, STATE, WRITING];

/// What the last run left behind.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {
    /// The program that ran.
    pub(crate) tool: Seen,
    /// Digest of everything the outputs depend on.
    pub(crate) fingerprint: String,
    /// Outputs and lock with their digests.
    pub(crate) outputs: BTreeMap<String, String>,
    /// What it said at its end.
    pub(crate) summary: String,
    /// Whether everything could be read.
    pub(crate) whole: bool,
}

/// The cache of a project.
pub(crate) struct Store {
    folder: PathBuf,
    /// What this program is called.
    pub(crate) tool: Digest,
    /// What is remembered of the program.
    pub(crate) seen: Seen,
    /// What the last run left, if it came to its end.
    pub(crate) state: State,
    /// Outputs that a run was about to put in place when it was interrupted.
    pub(crate) writing: BTreeSet<(String, String)>,
    bytes: Vec<u8>,
    pack: Pack,
    fresh: BTreeMap<Digest, Vec<u8>>,
    out: Option<File>,
    // Held until the run ends.
    _lock: Option<File>,
}

impl Store {
    /// Opens the cache; `writable` ones are for this run alone.
    pub(crate) fn open(folder: &Path, writable: bool) -> Result<Store, Error> {
        let lock = if writable { Some(lock(folder)?) } else { None };
        let state: State = remembered(&folder.join(STATE)).unwrap_or_default();
        let writing = remembered(&folder.join(WRITING)).unwrap_or_default();
        let (tool, seen) = tool::digest(Some(&state.tool));
        Ok(Store {
            folder: folder.to_path_buf(),
            tool,
            seen,
            state,
            writing,
            bytes: Vec::new(),
            pack: Pack::default(),
            fresh: BTreeMap::new(),
            out: None,
            _lock: lock,
        })
    }

    /// Reads what is kept. Before this, nothing is found.
    pub(crate) fn load(&mut self) -> Result<(), Error> {
        let path = self.folder.join(PACK);
        let writable = self._lock.is_some();
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => {
                warn(
                    Error::new(ErrorKind::Data, "cannot be read; everything is read anew")
                        .in_file(&path)
                        .caused_by(error),
                );
                Vec::new()
            }
        };
        let mut sound = 0;
        match Pack::index(&bytes, &self.tool) {
            Ok(pack) => {
                sound = pack.sound;
                self.pack = pack;
                self.bytes = bytes;
            }
            Err(Misfit::Foreign) if bytes.len() > 8 => {
                let aside = self.folder.join("documents.foreign");
                let line = Error::new(ErrorKind::Data, "is no cache of dateline; everything is read anew")
                    .in_file(&path);
                if writable && fs::rename(&path, &aside).is_ok() {
                    warn(line.help(format!("it was moved to {}", aside.display())));
                } else {
                    warn(line);
                }
            }
            // Another version of the program: its entries are of no use.
            Err(_) => {}
        }
        if writable {
            let open = || -> std::io::Result<File> {
                let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(&path)?;
                file.set_len(sound as u64)?;
                if sound == 0 {
                    file.write_all(&pack::header(&self.tool))?;
                }
                drop(file);
                OpenOptions::new().append(true).open(&path)
            };
            self.out = Some(open().map_err(|e| unwritable(&path, e))?);
        }
        Ok(())
    }

    /// The content under `key`.
    pub(crate) fn get(&self, key: &Digest) -> Option<&[u8]> {
        self.fresh.get(key).map(Vec::as_slice).or_else(|| self.pack.get(&self.bytes, key))
    }

    /// Keeps contents, at once and for the next run.
    pub(crate) fn keep(&mut self, entries: Vec<(Digest, Vec<u8>)>) -> Result<(), Error> {
        if let Some(out) = &mut self.out {
            let mut bytes = Vec::new();
            entries.iter().for_each(|(key, content)| pack::append(key, content, &mut bytes));
            out.write_all(&bytes).map_err(|e| unwritable(&self.folder.join(PACK), e))?;
        }
        self.fresh.extend(entries);
        Ok(())
    }

    /// Says which outputs are about to be put in place.
    pub(crate) fn announce(&self, outputs: &BTreeMap<String, String>) -> Result<(), Error> {
        // What an earlier run was about to write may still be there when this one is interrupted too.
        let mut all = self.writing.clone();
        all.extend(outputs.iter().map(|(path, digest)| (path.clone(), digest.clone())));
        write(&self.folder.join(WRITING), &all)
    }

    /// Ends the run: remembers what it left, and throws away what nobody asked for when that is most of it.
    pub(crate) fn settle(&mut self, state: &State, wanted: impl Fn(&Digest) -> bool) -> Result<(), Error> {
        let path = self.folder.join(PACK);
        let live = self.pack.weight(&wanted);
        if self.pack.sound > 2 * live + (64 << 10) {
            self.out = None;
            let mut bytes = self.pack.kept(&self.bytes, &self.tool, &wanted);
            self.fresh.iter().filter(|(key, _)| wanted(key)).for_each(|(key, content)| {
                pack::append(key, content, &mut bytes);
            });
            let mut file = Replacement::begin(&path)?;
            file.write_all(&bytes).map_err(|e| unwritable(&path, e))?;
            file.finish()?;
        }
        write(&self.folder.join(STATE), state)?;
        let _ = fs::remove_file(self.folder.join(WRITING));
        Ok(())
    }
}

/// Makes the folder, with a note to version control that it is nobody's business, and takes it for this run.
fn lock(folder: &Path) -> Result<File, Error> {
    let cannot = |e| unwritable(folder, e);
    if !folder.is_dir() {
        fs::create_dir_all(folder).map_err(cannot)?;
    }
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        fs::write(&ignore, "*\n").map_err(cannot)?;
    }
    let path = folder.join(LOCK);
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::new(ErrorKind::Output, "another run is at work here")
            .in_file(folder)
            .help("wait for its end")),
        // Some network drives know no locks; a run there is as safe as its user.
        Err(TryLockError::Error(_)) => Ok(file),
    }
}

fn remembered<T: for<'de> Deserialize<'de>>(path: &Path) -> Option<T> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

fn write<T: Serialize>(path: &Path, value: &T) -> Result<(), Error> {
    let mut file = Replacement::begin(path)?;
    let bytes = serde_json::to_vec(value).unwrap_or_default();
    file.write_all(&bytes).map_err(|e| unwritable(path, e))?;
    file.finish().map(|_| ())
}
