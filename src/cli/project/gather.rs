//! From files to documents: what did not change comes from the cache, the rest goes through the stages.
//!
//! Three steps: what each file holds; names for articles that call themselves alike; documents. New contents
//! are kept as soon as they are there, so that a run that is killed goes on where it was.

use super::inputs::Input;
use super::store::Store;
use crate::run::{Report, Tally, Told};
use dateline::article::Article;
use dateline::document::{self, Document, Resources};
use dateline::error::{Error, ErrorKind};
use dateline::project::Digest;
use dateline::project::listing::{self, Item, Listing, Remark};
use dateline::read::{self, Source};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Articles after which the cache is written to.
const BATCH: usize = 64;

/// Files that are opened up together.
const FILES: usize = 512;

/// What the inputs gave.
#[derive(Default)]
pub(crate) struct Gathered {
    /// One per article, in the order of the inputs.
    pub(crate) documents: Vec<Document>,
    /// Where each document was read: file, and line of the record in files with several.
    pub(crate) origins: Vec<(PathBuf, Option<u64>)>,
    /// What became of the inputs.
    pub(crate) tally: Tally,
    /// Reasons why inputs could not be read, counted.
    pub(crate) unreadable: BTreeMap<String, usize>,
    /// What could not be read, one by one.
    pub(crate) faults: Vec<Error>,
    /// Articles that were worked on in this run.
    pub(crate) anew: usize,
    /// What the cache must keep.
    pub(crate) wanted: BTreeSet<Digest>,
    /// Digests of the inputs by name, as they were when they were read.
    pub(crate) inputs: BTreeMap<String, Digest>,
}

/// The digest of each file's bytes.
pub(crate) fn digests(files: &[Input]) -> Vec<Result<Digest, Error>> {
    files.par_iter().map(|file| bytes(file).map(|bytes| Digest::of(&bytes))).collect()
}

fn bytes(file: &Input) -> Result<Vec<u8>, Error> {
    std::fs::read(&file.path).map_err(|e| {
        let what = match e.kind() {
            std::io::ErrorKind::NotFound => "does not exist any more",
            _ => "cannot be read",
        };
        Error::new(ErrorKind::Input, what).in_file(&file.path).caused_by(e).help("check its permissions")
    })
}

/// An article on its way.
struct Pending {
    file: usize,
    /// Which of the file's records it is.
    record: usize,
    id: String,
    line: Option<u64>,
    content: [u8; 32],
}

/// What a file holds, with the articles themselves if the file was opened up.
type Opened = (Digest, Digest, Listing, Option<Vec<Article>>);

/// Brings all documents together.
pub(crate) fn gather(
    files: &[Input],
    digests: Vec<Result<Digest, Error>>,
    resources: &Resources,
    versions: &Digest,
    store: &mut Store,
) -> Result<Gathered, Error> {
    let mut gathered = Gathered::default();
    let mut told = Told::default();
    let mut pending = Vec::new();
    let mut at_hand: BTreeMap<usize, Vec<Article>> = BTreeMap::new();
    let numbered: Vec<(usize, Result<Digest, Error>)> = digests.into_iter().enumerate().collect();
    let mut numbered = numbered.into_iter();
    loop {
        let chunk: Vec<(usize, Result<Digest, Error>)> = numbered.by_ref().take(FILES).collect();
        if chunk.is_empty() {
            break;
        }
        let shared: &Store = store;
        let opened: Vec<(usize, Result<Opened, Error>)> = chunk
            .into_par_iter()
            .filter_map(|(number, digest)| {
                let file = files.get(number)?;
                Some((number, digest.and_then(|digest| contents(file, digest, shared))))
            })
            .collect();
        let mut fresh = Vec::new();
        for (number, opened) in opened {
            let Some(file) = files.get(number) else { continue };
            let (digest, key, listing, articles) = match opened {
                Ok(opened) => opened,
                Err(error) => {
                    told.say(&error, "unreadable", true);
                    gathered.unread(error);
                    continue;
                }
            };
            gathered.inputs.insert(file.name.clone(), digest);
            gathered.wanted.insert(key);
            if let Some(articles) = articles {
                fresh.push((key, postcard::to_stdvec(&listing).unwrap_or_default()));
                at_hand.insert(number, articles);
            }
            let mut record = 0;
            for item in listing.items {
                match item {
                    Item::Read { id, content, line, warnings } => {
                        warnings.iter().for_each(|w| told.say(&w.told(&file.path), "reading", false));
                        pending.push(Pending { file: number, record, id, line, content });
                        record += 1;
                    }
                    Item::Unreadable(remark) => {
                        let error = remark.told(&file.path);
                        told.say(&error, "unreadable", true);
                        gathered.unread(error);
                    }
                }
            }
        }
        store.keep(fresh)?;
    }
    name_apart(files, &mut pending, &mut told);
    documents(files, pending, at_hand, resources, versions, store, &mut gathered)?;
    for (document, (file, _)) in gathered.documents.iter().zip(&gathered.origins) {
        Report::of(document, file.clone()).count(&mut gathered.tally, &mut told);
    }
    told.rest();
    Ok(gathered)
}

impl Gathered {
    /// Counts what could not be read.
    fn unread(&mut self, error: Error) {
        self.tally.unreadable += 1;
        let message = error.message();
        // What the system says of one file would make each reason its own.
        let why = message.split(':').next().unwrap_or_default();
        *self.unreadable.entry(why.to_owned()).or_default() += 1;
        self.faults.push(error);
    }
}

/// What a file holds: as remembered, or opened up.
fn contents(file: &Input, digest: Digest, store: &Store) -> Result<Opened, Error> {
    let stamp = file.known.stamp();
    let key = |digest: &Digest| {
        Digest::of_parts([b"listing".as_slice(), digest.bytes(), file.name.as_bytes(), stamp.as_bytes()])
    };
    let found = key(&digest);
    if let Some(listing) = store.get(&found).and_then(|bytes| postcard::from_bytes(bytes).ok()) {
        return Ok((digest, found, listing, None));
    }
    // The file may have changed since it was looked at: what counts is what is read now.
    let bytes = bytes(file)?;
    let digest = Digest::of(&bytes);
    let (listing, articles) = open_up(file, bytes);
    Ok((digest, key(&digest), listing, Some(articles)))
}

fn open_up(file: &Input, bytes: Vec<u8>) -> (Listing, Vec<Article>) {
    let source = Source::held(&file.path, &file.name, bytes);
    let mut listing = Listing::default();
    let mut articles = Vec::new();
    for incoming in read::articles(&source, &file.known.options()) {
        match incoming {
            Ok(incoming) => {
                let mut article = incoming.article;
                file.known.complete(&mut article);
                listing.items.push(Item::Read {
                    id: article.id.clone(),
                    content: *listing::content(&article).bytes(),
                    line: incoming.line,
                    warnings: incoming.warnings.iter().map(Remark::of).collect(),
                });
                articles.push(article);
            }
            Err(error) => listing.items.push(Item::Unreadable(Remark::of(&error))),
        }
    }
    (listing, articles)
}

/// Happenings are named after their articles, so no two articles may be called alike.
fn name_apart(files: &[Input], pending: &mut [Pending], told: &mut Told) {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for number in 0..pending.len() {
        let Some(article) = pending.get(number) else { continue };
        let Some(first) = taken.get(&article.id).copied() else {
            taken.insert(article.id.clone(), number);
            continue;
        };
        let mut count = 2;
        let mut other = format!("{}#{count}", article.id);
        while taken.contains_key(&other) {
            count += 1;
            other = format!("{}#{count}", article.id);
        }
        let place = |article: &Pending| {
            let file = files.get(article.file).map_or(String::new(), |f| f.path.display().to_string());
            article.line.map_or(file.clone(), |line| format!("{file}:{line}"))
        };
        let before = pending.get(first).map_or(String::new(), place);
        let what = format!("the id {} is also that of {before}; this one is called {other}", article.id);
        let mut line = Error::new(ErrorKind::Record, what).help("give each article an id of its own");
        if let Some(file) = files.get(article.file) {
            line = line.in_file(&file.path);
        }
        if let Some(number) = article.line {
            line = line.at_line(number);
        }
        told.say(&line, "id", false);
        taken.insert(other.clone(), number);
        if let Some(article) = pending.get_mut(number) {
            article.id = other;
        }
    }
}

fn documents(
    files: &[Input],
    pending: Vec<Pending>,
    mut at_hand: BTreeMap<usize, Vec<Article>>,
    resources: &Resources,
    versions: &Digest,
    store: &mut Store,
    gathered: &mut Gathered,
) -> Result<(), Error> {
    let keys: Vec<Digest> = pending
        .iter()
        .map(|p| Digest::of_parts([b"document".as_slice(), &p.content, p.id.as_bytes(), versions.bytes()]))
        .collect();
    gathered.wanted.extend(keys.iter().copied());
    let shared: &Store = store;
    let mut found: Vec<Option<Document>> =
        keys.par_iter().map(|key| postcard::from_bytes(shared.get(key)?).ok()).collect();
    let missing: Vec<usize> =
        (0..pending.len()).filter(|n| found.get(*n).is_some_and(Option::is_none)).collect();
    gathered.anew = missing.len();
    for batch in missing.chunks(BATCH) {
        let mut articles = Vec::new();
        for &number in batch {
            let Some(wanted) = pending.get(number) else { continue };
            let Some(file) = files.get(wanted.file) else { continue };
            let held = match at_hand.entry(wanted.file) {
                std::collections::btree_map::Entry::Occupied(held) => held.into_mut(),
                std::collections::btree_map::Entry::Vacant(free) => {
                    free.insert(open_up(file, bytes(file)?).1)
                }
            };
            let article = held.get(wanted.record).filter(|a| *listing::content(a).bytes() == wanted.content);
            let Some(article) = article else {
                return Err(Error::new(ErrorKind::Input, "changed while it was read")
                    .in_file(&file.path)
                    .help("run again"));
            };
            let mut article = article.clone();
            article.id.clone_from(&wanted.id);
            articles.push((number, article));
        }
        let read: Vec<(usize, Document, Vec<u8>)> = articles
            .into_par_iter()
            .map(|(number, article)| {
                let document = document::read(&article, resources);
                let stored = postcard::to_stdvec(&document).unwrap_or_default();
                (number, document, stored)
            })
            .collect();
        let mut entries = Vec::new();
        for (number, document, stored) in read {
            entries.extend(keys.get(number).map(|key| (*key, stored)));
            if let Some(place) = found.get_mut(number) {
                *place = Some(document);
            }
        }
        store.keep(entries)?;
    }
    for (document, wanted) in found.into_iter().zip(&pending) {
        let file = files.get(wanted.file).map_or_else(PathBuf::new, |f| f.path.clone());
        gathered.documents.extend(document);
        gathered.origins.push((file, wanted.line));
    }
    Ok(())
}
