//! One news article, as read: its words and what is known about it.

use chrono::{FixedOffset, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// An article and its metadata. What is not known is `None`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Article {
    /// Stable name of the document: its URL, a given id, or its relative path.
    pub id: String,
    /// Headline, when it stands apart from the text.
    pub title: Option<String>,
    /// The text, exactly as given: every span points into it.
    pub text: String,
    /// Language as declared by the source, an ISO 639-1 code; `None` asks for detection.
    pub lang: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Address of the article.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Those who print one another's words, of whom the publisher is one.
    pub group: Option<String>,
}

impl Article {
    /// An article that is only a text with a name.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Article { id: id.into(), text: text.into(), ..Article::default() }
    }
}

/// When an article was published, and how we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Civil date at the place of publication.
    pub date: NaiveDate,
    /// Time of day, if given.
    pub time: Option<NaiveTime>,
    /// Offset from UTC, if given.
    #[serde(with = "offset")]
    pub offset: Option<FixedOffset>,
    /// Where the date was found.
    pub source: PublishedSource,
}

/// Where a publication date was found, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PublishedSource {
    /// Given by the user for this run.
    Option,
    /// In the file's own metadata: front matter, JSON field, HTML header.
    Metadata,
    /// In the file's name.
    FileName,
    /// In the dateline that opens the text.
    Dateline,
}

impl PublishedSource {
    /// The word outputs use.
    pub fn as_str(self) -> &'static str {
        match self {
            PublishedSource::Option => "option",
            PublishedSource::Metadata => "metadata",
            PublishedSource::FileName => "file_name",
            PublishedSource::Dateline => "dateline",
        }
    }
}

/// Offsets from UTC in seconds, for storing.
mod offset {
    use chrono::FixedOffset;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(offset: &Option<FixedOffset>, into: S) -> Result<S::Ok, S::Error> {
        offset.map(|o| o.local_minus_utc()).serialize(into)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<FixedOffset>, D::Error> {
        Ok(Option::<i32>::deserialize(from)?.and_then(FixedOffset::east_opt))
    }
}
