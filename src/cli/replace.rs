//! Files that change whole or not at all, and only when there is something new in them.
//!
//! The bytes go to a hidden file in the same folder, which takes the old file's name at the end. A full disk
//! or a killed run leaves the old file as it was; an output without news keeps its time stamp.

use dateline::error::{Error, ErrorKind};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

const BUFFER: usize = 128 << 10;

/// A file that is being written anew.
#[derive(Debug)]
pub(crate) struct Replacement {
    target: PathBuf,
    draft: PathBuf,
    out: Option<BufWriter<File>>,
}

impl Replacement {
    /// Begins a new version of `target`, whose folder exists.
    pub(crate) fn begin(target: &Path) -> Result<Self, Error> {
        let name = target.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let draft = target.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let file = File::create(&draft).map_err(|e| unwritable(target, e))?;
        Ok(Replacement {
            target: target.to_path_buf(),
            draft,
            out: Some(BufWriter::with_capacity(BUFFER, file)),
        })
    }

    /// Puts the new version in the place of the old one. Tells whether anything changed.
    pub(crate) fn finish(mut self) -> Result<bool, Error> {
        let target = self.target.clone();
        self.settle().map_err(|e| unwritable(&target, e))
    }

    fn settle(&mut self) -> io::Result<bool> {
        let Some(out) = self.out.take() else { return Ok(false) };
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        drop(file);
        if same(&self.draft, &self.target)? {
            return Ok(false);
        }
        fs::rename(&self.draft, &self.target)?;
        Ok(true)
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.out {
            Some(out) => out.write(bytes),
            None => Err(io::Error::other("already finished")),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        drop(self.out.take());
        // After a rename there is nothing to remove, which is no error.
        let _ = fs::remove_file(&self.draft);
    }
}

/// True when both files hold the same bytes; a missing or unreadable old file is different.
fn same(new: &Path, old: &Path) -> io::Result<bool> {
    let Ok(old) = File::open(old) else { return Ok(false) };
    let new = File::open(new)?;
    if old.metadata().map(|m| m.len()).ok() != Some(new.metadata()?.len()) {
        return Ok(false);
    }
    let mut readers = [io::BufReader::with_capacity(BUFFER, old), io::BufReader::with_capacity(BUFFER, new)];
    let mut blocks = [vec![0; BUFFER], vec![0; BUFFER]];
    loop {
        let mut counts = [0; 2];
        for ((reader, block), count) in readers.iter_mut().zip(&mut blocks).zip(&mut counts) {
            *count = fill(reader, block)?;
        }
        let [a, b] = &blocks;
        if counts[0] != counts[1] || a.get(..counts[0]) != b.get(..counts[1]) {
            return Ok(false);
        }
        if counts[0] == 0 {
            return Ok(true);
        }
    }
}

/// Reads until the block is full or the file ends.
fn fill(reader: &mut impl Read, block: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = block.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest)? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}

/// What to say when the system refuses.
pub(crate) fn unwritable(target: &Path, error: io::Error) -> Error {
    let help = match error.kind() {
        io::ErrorKind::StorageFull => "free some space; the old file is as it was",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "choose another folder with --output, or change its permissions"
        }
        // A format that holds no more, or a system whose files may grow no more.
        io::ErrorKind::FileTooLarge => "leave this file out with --format, or write less at a time",
        _ => "choose another folder with --output",
    };
    Error::new(ErrorKind::Output, "cannot be written").in_file(target).caused_by(error).help(help)
}

/// Makes the folder that outputs go to.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|e| unwritable(folder, e))
}
