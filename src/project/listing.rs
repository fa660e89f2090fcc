//! What one file holds: its articles by digest, and what could not be read. Kept in the cache, so that a file
//! that did not change is not opened up again and its warnings are told all the same.

use super::digest::Digest;
use crate::article::Article;
use crate::error::{Error, ErrorKind};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The contents of a file, in their order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Listing {
    /// Articles, and records that are none.
    pub items: Vec<Item>,
}

/// One record of a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Item {
    /// An article.
    Read {
        /// What it calls itself.
        id: String,
        /// Digest of all else about it.
        content: [u8; 32],
        /// Line of the record, for files with several.
        line: Option<u64>,
        /// What was odd about it.
        warnings: Vec<Remark>,
    },
    /// Something that could not be read, and why.
    Unreadable(Remark),
}

/// A message that can be stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Remark {
    line: Option<u64>,
    message: String,
    help: Option<String>,
}

impl Remark {
    /// What `error` says, but for the file.
    pub fn of(error: &Error) -> Remark {
        Remark { line: error.line(), message: error.message(), help: error.advice().map(str::to_owned) }
    }

    /// The same about `file`.
    pub fn told(&self, file: &Path) -> Error {
        let mut error = Error::new(ErrorKind::Record, self.message.clone()).in_file(file);
        if let Some(line) = self.line {
            error = error.at_line(line);
        }
        match &self.help {
            Some(help) => error.help(help.clone()),
            None => error,
        }
    }
}

/// The digest of what an article says, whatever it is called.
pub fn content(article: &Article) -> Digest {
    let nameless = Article { id: String::new(), ..article.clone() };
    Digest::of(&postcard::to_stdvec(&nameless).unwrap_or_default())
}
