//! From bytes to articles: one file, stream or record at a time.
//!
//! What cannot be read is an [`Error`] that names the file (and the line of a record); the rest goes on.
//! Assumes nothing about a file but its name and its first bytes.

mod bytes;
mod encoding;
#[cfg(feature = "html")]
mod feed;
mod field;
mod front;
#[cfg(feature = "html")]
mod html;
mod jsonl;
mod markdown;
mod published;
mod source;
mod surrogate;

use crate::article::{Article, Published, PublishedSource};
use crate::error::{Error, ErrorKind};
pub use encoding::encoding_named;
pub use field::Fields;
pub use published::{parse_published, published_in_name};
pub use source::{Source, files_under};
use std::io::BufRead;

/// The largest text of one article, in bytes: larger ones are files of something else.
pub const MAX_ARTICLE: usize = 8 << 20;

/// The largest web page or record that is read to find an article in it, in bytes.
pub const MAX_RECORD: usize = 32 << 20;

/// How a source is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Format {
    Plain,
    Markdown,
    Html,
    JsonLines,
    Feed,
}

impl Format {
    /// The format a user names.
    pub fn from_word(word: &str) -> Option<Format> {
        Some(match word {
            "text" | "txt" => Format::Plain,
            "markdown" | "md" => Format::Markdown,
            "html" => Format::Html,
            "jsonl" | "ndjson" => Format::JsonLines,
            "feed" | "rss" | "atom" => Format::Feed,
            _ => return None,
        })
    }

    /// The format a file name tells, compression endings aside.
    pub fn from_name(name: &str) -> Option<Format> {
        let name = name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").or(name.strip_suffix(".zst")).unwrap_or(&name);
        Some(match name.rsplit_once('.')?.1 {
            "txt" | "text" => Format::Plain,
            "md" | "markdown" => Format::Markdown,
            "html" | "htm" | "xhtml" => Format::Html,
            "jsonl" | "ndjson" | "json" => Format::JsonLines,
            "rss" | "atom" => Format::Feed,
            _ => return None,
        })
    }

    /// The format the first bytes tell.
    fn from_bytes(head: &[u8]) -> Format {
        let head = head.trim_ascii_start();
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let lower: Vec<u8> = head.iter().take(512).map(u8::to_ascii_lowercase).collect();
        let has = |tag: &[u8]| lower.windows(tag.len()).any(|w| w == tag);
        if head.first() == Some(&b'{')
            && head.iter().skip(1).find(|b| !b.is_ascii_whitespace()) == Some(&b'"')
        {
            Format::JsonLines
        } else if lower.first() == Some(&b'<') && (has(b"<html") || has(b"<!doctype html") || has(b"<head")) {
            Format::Html
        } else if is_feed(&lower) {
            Format::Feed
        } else {
            Format::Plain
        }
    }
}

/// What the user says about the inputs; what is not said is found out.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Publication date of every article.
    pub published: Option<Published>,
    /// Language of every article, an ISO 639-1 code.
    pub lang: Option<String>,
    /// Publisher of the articles that do not name one.
    pub publisher: Option<String>,
    /// Encoding of every input.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// Format of every input.
    pub format: Option<Format>,
    /// Names of the fields of JSON Lines records.
    pub fields: Fields,
}

/// An article and what was odd about its reading.
#[derive(Debug)]
pub struct Incoming {
    /// The article.
    pub article: Article,
    /// Line of the record it was read from, in files with several; counted from 1.
    pub line: Option<u64>,
    /// What the user should know: an unreadable date, a guessed encoding.
    pub warnings: Vec<Error>,
}

/// The articles of one source, in their order.
pub type Articles = Box<dyn Iterator<Item = Result<Incoming, Error>> + Send>;

/// Reads `source`; `options` go before what the source says of itself.
pub fn articles(source: &Source, options: &Options) -> Articles {
    match open(source, options) {
        Ok(articles) => articles,
        Err(error) => Box::new(std::iter::once(Err(error))),
    }
}

fn open(source: &Source, options: &Options) -> Result<Articles, Error> {
    let mut input = bytes::open(source)?;
    let head = input.fill_buf().map_err(|e| bytes::failed(source, e))?;
    let format = options
        .format
        .or_else(|| Format::from_name(source.name()))
        .unwrap_or_else(|| Format::from_bytes(head));
    if format == Format::JsonLines {
        return Ok(jsonl::articles(input, source.clone(), options.clone()));
    }
    if format == Format::Feed {
        return whole_feed(input, source, options);
    }
    Ok(Box::new(std::iter::once(one(input, format, source, options))))
}

#[cfg(feature = "html")]
fn is_feed(head: &[u8]) -> bool {
    feed::begins(head)
}

#[cfg(feature = "html")]
fn whole_feed(input: impl BufRead, source: &Source, options: &Options) -> Result<Articles, Error> {
    let raw = bytes::all(input, MAX_RECORD, source)?;
    let decoded = encoding::decode(&raw, options.encoding, true).map_err(|e| e.in_file(source.label()))?;
    feed::articles(&decoded.text, source, options)
}

#[cfg(not(feature = "html"))]
fn is_feed(_: &[u8]) -> bool {
    false
}

#[cfg(not(feature = "html"))]
fn whole_feed(_: impl BufRead, source: &Source, _: &Options) -> Result<Articles, Error> {
    Err(Error::new(ErrorKind::Input, "feeds are not read by this build")
        .in_file(source.label())
        .help("build with the feature `html`"))
}

/// The one article that a source holds.
fn one(input: impl BufRead, format: Format, source: &Source, options: &Options) -> Result<Incoming, Error> {
    let limit = if format == Format::Html { MAX_RECORD } else { MAX_ARTICLE };
    let raw = bytes::all(input, limit, source)?;
    let decoded = encoding::decode(&raw, options.encoding, format == Format::Html)
        .map_err(|e| e.in_file(source.label()))?;
    drop(raw);
    let mut incoming = Incoming { article: Article::default(), line: None, warnings: decoded.warnings };
    match format {
        Format::Plain | Format::JsonLines | Format::Feed => front::read(decoded.text, false, &mut incoming),
        Format::Markdown => front::read(decoded.text, true, &mut incoming),
        #[cfg(feature = "html")]
        Format::Html => html::read(&decoded.text, &mut incoming)?,
        #[cfg(not(feature = "html"))]
        Format::Html => {
            return Err(Error::new(ErrorKind::Input, "web pages are not read by this build")
                .in_file(source.label())
                .help("build with the feature `html`"));
        }
    }
    finish(incoming, source, options).map_err(|e| e.in_file(source.label())).map(|mut incoming| {
        incoming.warnings =
            incoming.warnings.into_iter().map(|warning| warning.in_file(source.label())).collect();
        incoming
    })
}

/// Fills in what the options and the name of the source tell, and refuses an article without words.
fn finish(mut incoming: Incoming, source: &Source, options: &Options) -> Result<Incoming, Error> {
    let article = &mut incoming.article;
    if !article.text.chars().any(char::is_alphanumeric) {
        let what = if article.text.trim().is_empty() { "is empty" } else { "holds no words" };
        return Err(Error::new(ErrorKind::Input, what).help("give a file with the text of an article"));
    }
    if article.text.len() > MAX_ARTICLE {
        return Err(too_large(MAX_ARTICLE));
    }
    if options.lang.is_some() {
        article.lang.clone_from(&options.lang);
    }
    if article.publisher.is_none() {
        article.publisher.clone_from(&options.publisher);
    }
    article.published = options.published.or(article.published).or_else(|| {
        let date = published_in_name(source.name())?;
        Some(Published { date, time: None, offset: None, source: PublishedSource::FileName })
    });
    if article.id.is_empty() {
        article.id = article.url.clone().unwrap_or_else(|| source.id().to_owned());
    }
    Ok(incoming)
}

fn too_large(limit: usize) -> Error {
    Error::new(ErrorKind::Input, format!("is larger than the {} MB an article can have", limit >> 20))
        .help("split it: one article per file, or one per line of a JSON Lines file")
}
