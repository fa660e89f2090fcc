//! Where the bytes of a run go: files of a folder, or the standard output.

use crate::replace::{Replacement, make_folder, unwritable};
use crate::run::Stop;
use dateline::document::Document;
use dateline::error::Error;
use dateline::write::{self, Dialect, Format, Row, Run};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Happenings without a time.
const UNDATED: &str = "undated.csv";

/// One output.
pub(crate) struct Target {
    format: Format,
    dialect: Dialect,
    undated: bool,
    sink: Sink,
}

enum Sink {
    File { path: PathBuf, file: Replacement },
    Stdout(io::BufWriter<io::Stdout>),
}

/// A file that was written.
pub(crate) struct Written {
    /// Its path, as given.
    pub(crate) path: PathBuf,
    /// Whether its bytes are new.
    pub(crate) changed: bool,
}

/// The files of `folder` for these formats, begun.
pub(crate) fn files(
    folder: &Path,
    formats: &[Format],
    dialect: Dialect,
    undated: bool,
) -> Result<Vec<Target>, Error> {
    make_folder(folder)?;
    let named = formats.iter().map(|f| (*f, f.file_name_in(dialect), false));
    let named = named.chain(undated.then_some((Format::Csv, UNDATED, true)));
    named
        .map(|(format, name, undated)| {
            let path = folder.join(name);
            let file = Replacement::begin(&path)?;
            Ok(Target { format, dialect, undated, sink: Sink::File { path, file } })
        })
        .collect()
}

/// The standard output.
pub(crate) fn stdout(formats: &[Format], dialect: Dialect) -> Vec<Target> {
    let to = |format: &Format| Target {
        format: *format,
        dialect,
        undated: false,
        sink: Sink::Stdout(io::BufWriter::new(io::stdout())),
    };
    formats.iter().map(to).collect()
}

impl Target {
    /// The writer of this target's format.
    pub(crate) fn writer(&mut self) -> Writer<'_> {
        let (path, bytes): (_, &mut dyn Write) = match &mut self.sink {
            Sink::File { path, file } => (Some(path.clone()), file),
            Sink::Stdout(out) => (None, out),
        };
        Writer { path, undated: self.undated, format: self.format.writer_in(self.dialect, bytes) }
    }

    /// Puts the file in its place.
    pub(crate) fn finish(self) -> Result<Option<Written>, Stop> {
        match self.sink {
            Sink::File { path, file } => Ok(Some(Written { changed: file.finish()?, path })),
            Sink::Stdout(mut out) => out.flush().map_err(Stop::writing).map(|()| None),
        }
    }
}

/// The writer of a format with the name of the file it writes to.
pub(crate) struct Writer<'t> {
    path: Option<PathBuf>,
    /// Takes the happenings without a time, not those with one.
    undated: bool,
    format: Box<dyn write::Write + 't>,
}

impl Writer<'_> {
    /// Hands over one document.
    pub(crate) fn document(&mut self, document: &Document) -> Result<(), Stop> {
        let done = self.format.document(document);
        self.check(done)
    }

    /// Begins the rows.
    pub(crate) fn begin(&mut self, run: &Run) -> Result<(), Stop> {
        let done = self.format.begin(run);
        self.check(done)
    }

    /// Writes one happening with a time.
    pub(crate) fn row(&mut self, row: &Row) -> Result<(), Stop> {
        let done = if self.undated { Ok(()) } else { self.format.row(row) };
        self.check(done)
    }

    /// Writes one without, where the format lists them.
    pub(crate) fn undated(&mut self, row: &Row) -> Result<(), Stop> {
        let done = if self.undated { self.format.row(row) } else { self.format.undated(row) };
        self.check(done)
    }

    /// Ends the rows.
    pub(crate) fn end(mut self) -> Result<(), Stop> {
        let done = self.format.end();
        self.check(done)
    }

    fn check(&self, done: io::Result<()>) -> Result<(), Stop> {
        done.map_err(|error| match &self.path {
            Some(path) => Stop::Failed(unwritable(path, error)),
            None => Stop::writing(error),
        })
    }
}
