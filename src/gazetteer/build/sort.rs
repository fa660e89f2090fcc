//! Sorts more rows than memory holds: runs on disk, merged at the end.
//!
//! Rows are bytes and sort as bytes. As long as the rows fit the budget nothing touches the disk.

use crate::error::{Error, ErrorKind, Result};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Where a row lies: first byte, length.
type Entry = (u64, u32);

/// Collects rows, then gives them back in order.
#[derive(Debug)]
pub struct Sorter {
    folder: PathBuf,
    name: &'static str,
    budget: usize,
    bytes: Vec<u8>,
    rows: Vec<Entry>,
    runs: Vec<PathBuf>,
}

impl Sorter {
    /// A sorter that writes its runs into `folder` under `name` once they pass `budget` bytes.
    pub fn new(folder: &Path, name: &'static str, budget: usize) -> Self {
        let folder = folder.to_path_buf();
        Sorter { folder, name, budget, bytes: Vec::new(), rows: Vec::new(), runs: Vec::new() }
    }

    /// Adds a row, given in parts.
    ///
    /// # Errors
    /// When a run cannot be written.
    pub fn push(&mut self, parts: &[&[u8]]) -> Result<()> {
        let start = self.bytes.len();
        for part in parts {
            self.bytes.extend_from_slice(part);
        }
        let length = self.bytes.len() - start;
        self.rows.push((start as u64, u32::try_from(length).unwrap_or(u32::MAX)));
        if self.bytes.len() + self.rows.len() * size_of::<Entry>() > self.budget {
            self.spill()?;
        }
        Ok(())
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        self.rows.sort_unstable_by(|a, b| row(bytes, *a).cmp(row(bytes, *b)));
    }

    fn spill(&mut self) -> Result<()> {
        self.sort();
        let path = self.folder.join(format!("{}.{}", self.name, self.runs.len()));
        let cannot = |e| Error::new(ErrorKind::Output, "cannot write").in_file(&path).caused_by(e);
        let mut file = BufWriter::with_capacity(1 << 20, File::create(&path).map_err(cannot)?);
        for &entry in &self.rows {
            let row = row(&self.bytes, entry);
            file.write_all(&(row.len() as u32).to_le_bytes()).map_err(cannot)?;
            file.write_all(row).map_err(cannot)?;
        }
        file.flush().map_err(cannot)?;
        self.runs.push(path);
        self.bytes.clear();
        self.rows.clear();
        Ok(())
    }

    /// All rows, in order.
    ///
    /// # Errors
    /// When a run cannot be written or opened.
    pub fn sorted(mut self) -> Result<Sorted> {
        if self.runs.is_empty() {
            self.sort();
            return Ok(Sorted { memory: Some((self.bytes, self.rows, 0)), ..Sorted::default() });
        }
        self.spill()?;
        self.bytes = Vec::new();
        self.rows = Vec::new();
        let mut sorted = Sorted::default();
        for (number, path) in self.runs.iter().enumerate() {
            let cannot = |e| Error::new(ErrorKind::Output, "cannot read").in_file(path).caused_by(e);
            let file = File::open(path).map_err(cannot)?;
            let mut run = Run { file: BufReader::with_capacity(1 << 18, file), path: path.clone() };
            if let Some(row) = run.read()? {
                sorted.heads.push(Reverse((row, number)));
            }
            sorted.runs.push(run);
        }
        Ok(sorted)
    }
}

fn row(bytes: &[u8], (start, length): Entry) -> &[u8] {
    let start = start as usize;
    bytes.get(start..start + length as usize).unwrap_or_default()
}

#[derive(Debug)]
struct Run {
    file: BufReader<File>,
    path: PathBuf,
}

impl Run {
    fn read(&mut self) -> Result<Option<Vec<u8>>> {
        let mut length = [0; 4];
        match self.file.read_exact(&mut length) {
            Ok(()) => {}
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
                // Its rows are all given; the space may be needed.
                let _ = std::fs::remove_file(&self.path);
                return Ok(None);
            }
            Err(e) => return Err(self.cannot(e)),
        }
        let mut row = vec![0; u32::from_le_bytes(length) as usize];
        self.file.read_exact(&mut row).map_err(|e| self.cannot(e))?;
        Ok(Some(row))
    }

    fn cannot(&self, e: std::io::Error) -> Error {
        Error::new(ErrorKind::Output, "cannot read").in_file(&self.path).caused_by(e)
    }
}

/// Rows that fit into memory: their bytes, offset and length of each in order, and the next one.
type InMemory = (Vec<u8>, Vec<Entry>, usize);

/// Rows in order.
#[derive(Debug, Default)]
pub struct Sorted {
    memory: Option<InMemory>,
    runs: Vec<Run>,
    heads: BinaryHeap<Reverse<(Vec<u8>, usize)>>,
}

impl Sorted {
    /// The next row, or nothing after the last.
    ///
    /// # Errors
    /// When a run cannot be read.
    pub fn next_row(&mut self) -> Result<Option<Vec<u8>>> {
        if let Some((bytes, rows, at)) = &mut self.memory {
            let found = rows.get(*at).map(|&entry| row(bytes, entry).to_vec());
            *at += 1;
            return Ok(found);
        }
        let Some(Reverse((row, number))) = self.heads.pop() else { return Ok(None) };
        if let Some(run) = self.runs.get_mut(number)
            && let Some(next) = run.read()?
        {
            self.heads.push(Reverse((next, number)));
        }
        Ok(Some(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_on_disk_give_the_same_order_as_memory() {
        let folder = tempfile::tempdir().unwrap();
        let rows: Vec<String> =
            (0..5000u32).map(|n| format!("{:x}", n.wrapping_mul(2_654_435_761))).collect();
        let mut wanted = rows.clone();
        wanted.sort();
        for budget in [usize::MAX, 10_000] {
            let mut sorter = Sorter::new(folder.path(), "rows", budget);
            for row in &rows {
                let (first, rest) = row.split_at(1);
                sorter.push(&[first.as_bytes(), rest.as_bytes()]).unwrap();
            }
            let mut sorted = sorter.sorted().unwrap();
            let mut found = Vec::new();
            while let Some(row) = sorted.next_row().unwrap() {
                found.push(String::from_utf8(row).unwrap());
            }
            assert_eq!(found, wanted);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
