//! Rows in the order of the outputs, in bounded memory: what is too much is sorted in parts and kept in files.
//!
//! Ends that are open to the future are known only when all articles were read, so such rows are sorted last.

use crate::replace::unwritable;
use crate::run::Stop;
use chrono::NaiveDate;
use dateline::write::{self, Civil, Row};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Rows held in memory.
const HELD: usize = 50_000;

/// Takes rows in any order.
pub(crate) struct Sorter {
    /// Where files go, which vanish by themselves; nothing stands for the system's own place.
    folder: Option<PathBuf>,
    held: Vec<Row>,
    parts: Vec<File>,
    open: Vec<Row>,
    open_part: Option<BufWriter<File>>,
    /// Rows taken.
    pub(crate) count: usize,
    /// Rows taken that have no point on the map.
    pub(crate) unlocated: usize,
    limit: usize,
}

impl Sorter {
    /// Files go to this folder, or to the system's.
    pub(crate) fn new(folder: Option<&Path>) -> Self {
        Sorter {
            folder: folder.map(Path::to_path_buf),
            held: Vec::new(),
            parts: Vec::new(),
            open: Vec::new(),
            open_part: None,
            count: 0,
            unlocated: 0,
            limit: HELD,
        }
    }

    fn failed(&self, error: io::Error) -> Stop {
        aside(self.folder.as_deref(), error)
    }

    fn file(&self) -> Result<File, Stop> {
        let file = match &self.folder {
            Some(folder) => tempfile::tempfile_in(folder),
            None => tempfile::tempfile(),
        };
        file.map_err(|e| self.failed(e))
    }

    /// Takes rows.
    pub(crate) fn add(&mut self, rows: Vec<Row>) -> Result<(), Stop> {
        for row in rows {
            self.count += 1;
            self.unlocated += usize::from(row.point().is_none());
            if row.civil().is_some_and(|c| c.open) { self.keep_open(row)? } else { self.keep(row)? }
        }
        Ok(())
    }

    fn keep(&mut self, row: Row) -> Result<(), Stop> {
        self.held.push(row);
        if self.held.len() < self.limit {
            return Ok(());
        }
        write::sort(&mut self.held);
        let mut out = BufWriter::new(self.file()?);
        let rows = std::mem::take(&mut self.held);
        let done = rows.iter().try_for_each(|row| store(row, &mut out));
        let file = done.and_then(|()| out.into_inner().map_err(io::IntoInnerError::into_error));
        self.parts.push(file.map_err(|e| self.failed(e))?);
        Ok(())
    }

    fn keep_open(&mut self, row: Row) -> Result<(), Stop> {
        self.open.push(row);
        if self.open.len() < self.limit {
            return Ok(());
        }
        let mut out = match self.open_part.take() {
            Some(out) => out,
            None => BufWriter::new(self.file()?),
        };
        let rows = std::mem::take(&mut self.open);
        rows.iter().try_for_each(|row| store(row, &mut out)).map_err(|e| self.failed(e))?;
        self.open_part = Some(out);
        Ok(())
    }

    /// All rows in order, open ends closed with `newest`.
    pub(crate) fn sorted(mut self, newest: Option<NaiveDate>) -> Result<Sorted, Stop> {
        let close = |mut row: Row| {
            if let Some(newest) = newest {
                row.close(newest);
            }
            row
        };
        if let Some(part) = self.open_part.take() {
            let file = part.into_inner().map_err(io::IntoInnerError::into_error);
            let mut part = file.and_then(rewound).map_err(|e| self.failed(e))?;
            while let Some(row) = restore(&mut part).map_err(|e| self.failed(e))? {
                self.keep(close(row))?;
            }
        }
        for row in std::mem::take(&mut self.open) {
            self.keep(close(row))?;
        }
        write::sort(&mut self.held);
        let parts: io::Result<Vec<_>> = std::mem::take(&mut self.parts).into_iter().map(rewound).collect();
        let parts = parts.map_err(|e| self.failed(e))?;
        let mut sorted =
            Sorted { folder: self.folder, held: self.held.into_iter(), parts, heads: BinaryHeap::new() };
        if !sorted.parts.is_empty() {
            for part in 0..=sorted.parts.len() {
                sorted.refill(part)?;
            }
        }
        Ok(sorted)
    }
}

fn aside(folder: Option<&Path>, error: io::Error) -> Stop {
    Stop::Failed(unwritable(folder.unwrap_or(Path::new("temporary files")), error))
}

/// Rows in order.
pub(crate) struct Sorted {
    folder: Option<PathBuf>,
    held: std::vec::IntoIter<Row>,
    parts: Vec<BufReader<File>>,
    /// The first row of each part; those in memory are the part after the last.
    heads: BinaryHeap<Reverse<Head>>,
}

struct Head {
    key: (Option<Civil>, String),
    part: usize,
    row: Row,
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head {}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (&self.key, self.part).cmp(&(&other.key, other.part))
    }
}

impl Sorted {
    fn refill(&mut self, part: usize) -> Result<(), Stop> {
        let row = match self.parts.get_mut(part) {
            Some(from) => restore(from).map_err(|e| aside(self.folder.as_deref(), e))?,
            None => self.held.next(),
        };
        if let Some(row) = row {
            let key = (row.civil(), row.id().to_owned());
            self.heads.push(Reverse(Head { key, part, row }));
        }
        Ok(())
    }

    /// The next row.
    pub(crate) fn next(&mut self) -> Result<Option<Row>, Stop> {
        if self.parts.is_empty() {
            return Ok(self.held.next());
        }
        let Some(Reverse(head)) = self.heads.pop() else { return Ok(None) };
        self.refill(head.part)?;
        Ok(Some(head.row))
    }
}

fn rewound(mut file: File) -> io::Result<BufReader<File>> {
    file.rewind()?;
    Ok(BufReader::with_capacity(64 << 10, file))
}

/// One row, its length before it.
fn store(row: &Row, out: &mut impl Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    row.store(&mut bytes);
    out.write_all(&(bytes.len() as u64).to_le_bytes())?;
    out.write_all(&bytes)
}

fn restore(from: &mut impl Read) -> io::Result<Option<Row>> {
    let mut length = [0; 8];
    match from.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let mut bytes = Vec::new();
    from.take(u64::from_le_bytes(length)).read_to_end(&mut bytes)?;
    Row::restore(&bytes).map(Some).ok_or_else(|| io::Error::other("a row kept aside cannot be read back"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline::article::{Article, Published, PublishedSource};
    use dateline::document::{self, Resources};
    use dateline::write::Selection;

    /// Rows of a few articles, some with ends open to the future.
    fn rows() -> Vec<Row> {
        let resources = Resources::default();
        (0..12)
            .flat_map(|n| {
                let text = format!(
                    "A fire destroyed a mill in Leeds on 3 March {}. Strikers have occupied the port of Hull since \
                     5 May 2016. Two people were arrested in York on Monday.",
                    2016 - n % 5
                );
                let mut article = Article::new(format!("article {n}"), text);
                article.lang = Some("en".to_owned());
                article.published = Some(Published {
                    date: "2016-06-10".parse::<NaiveDate>().unwrap() + chrono::Days::new(n % 4),
                    time: None,
                    offset: None,
                    source: PublishedSource::Option,
                });
                let mut document = document::read(&article, &resources);
                for time in document.events.iter_mut().step_by(2).filter_map(|e| e.record.time.as_mut()) {
                    (time.bounds.earliest_end, time.bounds.latest_end) = (None, None);
                }
                write::rows(&document, &Selection::default()).dated
            })
            .collect()
    }

    #[test]
    fn the_order_is_the_same_with_little_memory() {
        let newest = "2016-06-13".parse().ok();
        let mut wanted = rows();
        assert!(wanted.iter().any(|r| r.civil().is_some_and(|c| c.open)) && wanted.len() > 20);
        wanted.iter_mut().for_each(|row| row.close(newest.unwrap()));
        write::sort(&mut wanted);
        for limit in [1, 3, 7, HELD] {
            let mut sorter = Sorter { limit, ..Sorter::new(None) };
            sorter.add(rows()).unwrap();
            let mut sorted = sorter.sorted(newest).unwrap();
            let mut got = Vec::new();
            while let Some(row) = sorted.next().unwrap() {
                got.push((row.civil(), row.id().to_owned()));
            }
            assert_eq!(got, wanted.iter().map(|r| (r.civil(), r.id().to_owned())).collect::<Vec<_>>());
        }
    }
}
