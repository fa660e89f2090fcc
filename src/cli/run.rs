//! Inputs through the stages, in parallel, with the results in input order.
//!
//! Articles are read one after the other and worked on in batches, so that memory stays bounded whatever
//! the size of the input, and every number of threads gives the same bytes.

use crate::flags::Inputs;
use crate::inputs;
use crate::message::{self, warn};
use dateline::document::{self, Document, Resources};
use dateline::error::Error;
use dateline::read;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Most articles, and most bytes of text, of one batch.
const BATCH: usize = 512;
const BATCH_BYTES: usize = 16 << 20;

/// What became of the inputs.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Articles read.
    pub(crate) read: usize,
    /// What could not be read.
    pub(crate) unreadable: usize,
    /// Articles in a language that is not read.
    pub(crate) foreign: usize,
    /// Articles without a publication date.
    pub(crate) undated: usize,
}

impl Tally {
    /// True when every input was read.
    pub(crate) fn is_whole(&self) -> bool {
        self.unreadable == 0 && self.foreign == 0
    }
}

/// Why a run ended before its end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Nobody reads the output any more: no error.
    BrokenPipe,
    /// Something that leaves nothing to go on with.
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Failed(error)
    }
}

impl Stop {
    /// What a failed write to the standard output means.
    pub(crate) fn writing(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Stop::BrokenPipe;
        }
        let kind = dateline::error::ErrorKind::Output;
        Stop::Failed(Error::new(kind, "cannot write to the standard output").caused_by(error))
    }
}

/// Runs all articles of `options` through the stages; `make` turns each document into a result, on any
/// thread, and `take` gets the results in input order.
pub(crate) fn each<T: Send>(
    options: &Inputs,
    make: impl Fn(Document) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), Stop>,
) -> Result<Tally, Stop> {
    let (sources, errors) = inputs::sources(&options.inputs);
    let mut tally = Tally { unreadable: errors.len(), ..Tally::default() };
    for error in &errors {
        message::error(error);
    }
    let mut resources = Resources::default();
    resources.gazetteer = crate::gazetteer::open(&options.gazetteer)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build().map_err(|e| {
        let kind = dateline::error::ErrorKind::Usage;
        Error::new(kind, "cannot start the threads").caused_by(e).help("ask for fewer with --threads")
    })?;
    let reading = options.options();
    let mut articles = sources.iter().flat_map(|source| {
        let label = source.label();
        read::articles(source, &reading).map(move |article| (label.clone(), article))
    });
    let mut told = Told::default();
    let mut ids = Ids::default();
    loop {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            match articles.next() {
                Some((label, Ok(incoming))) => {
                    incoming.warnings.iter().for_each(warn);
                    bytes += incoming.article.text.len();
                    let mut article = incoming.article;
                    if let Some(other) = ids.distinct(&article.id) {
                        let what = format!("the id {} occurs twice; this one is called {other}", article.id);
                        let line = Error::new(dateline::error::ErrorKind::Record, what).in_file(&label);
                        told.say(&line, "id", false);
                        article.id = other;
                    }
                    batch.push((label, article));
                }
                Some((_, Err(error))) => {
                    tally.unreadable += 1;
                    told.say(&error, "unreadable", true);
                }
                None => break,
            }
        }
        if batch.is_empty() {
            told.rest();
            return Ok(tally);
        }
        let results: Vec<(Report, T)> = pool.install(|| {
            batch
                .into_par_iter()
                .map(|(label, article)| {
                    let document = document::read(&article, &resources);
                    (Report::of(&document, label), make(document))
                })
                .collect()
        });
        for (report, result) in results {
            report.count(&mut tally, &mut told);
            take(result)?;
        }
    }
}

/// The ids of the articles so far: happenings are named after them, so none may come twice.
#[derive(Default)]
struct Ids(BTreeMap<String, usize>);

impl Ids {
    /// Another name for an article whose id was there before.
    fn distinct(&mut self, id: &str) -> Option<String> {
        let count = self.0.entry(id.to_owned()).or_default();
        *count += 1;
        if *count == 1 {
            return None;
        }
        let other = format!("{id}#{count}");
        Some(self.distinct(&other).unwrap_or(other))
    }
}

/// What to tell about one article.
pub(crate) struct Report {
    label: PathBuf,
    id: String,
    foreign: bool,
    undated: bool,
    notes: Vec<document::Note>,
}

impl Report {
    pub(crate) fn of(document: &Document, label: PathBuf) -> Self {
        Report {
            label,
            id: document.article.id.clone(),
            foreign: document.lang.is_none(),
            undated: document.lang.is_some() && document.published.is_none(),
            notes: document.notes.clone(),
        }
    }

    pub(crate) fn count(self, tally: &mut Tally, told: &mut Told) {
        tally.undated += usize::from(self.undated);
        let kind = dateline::error::ErrorKind::Input;
        for note in self.notes {
            // An article that is a file of its own is called by the name of the file.
            let message = match self.label.ends_with(&self.id) {
                true => note.message,
                false => format!("{}: {}", self.id, note.message),
            };
            let mut line = Error::new(kind, message).in_file(&self.label);
            if note.code == "language" {
                line = line.help("name it with --lang if it is one of those that are");
            }
            told.say(&line, note.code, self.foreign);
        }
        if self.foreign { tally.foreign += 1 } else { tally.read += 1 }
    }
}

/// How often each kind of note was told of each file, so that a large file does not flood the terminal.
#[derive(Default)]
pub(crate) struct Told(BTreeMap<(PathBuf, &'static str), usize>);

/// Notes of one kind about one file that are shown in full.
const SHOWN: usize = 5;

impl Told {
    pub(crate) fn say(&mut self, line: &Error, code: &'static str, serious: bool) {
        let count = self.0.entry((line.file().unwrap_or(Path::new("")).to_path_buf(), code)).or_default();
        *count += 1;
        match (*count <= SHOWN, serious) {
            (true, true) => message::error(line),
            (true, false) => warn(line),
            (false, _) => {}
        }
    }

    pub(crate) fn rest(&self) {
        for ((file, code), count) in self.0.iter().filter(|(_, count)| **count > SHOWN) {
            warn(format_args!(
                "{}: {} more articles with a note of this kind: {code}",
                file.display(),
                count - SHOWN
            ));
        }
    }
}
