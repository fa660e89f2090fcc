//! The document model: what writers see.

mod confidence;
mod id;
mod likeness;
mod link;
mod merge;
mod occasion;
mod part;
mod pipeline;

use crate::article::{Article, Published};
use crate::event::{EventMention, EventTime, Status};
use crate::label::{self, Label};
use crate::lang::Lang;
use crate::place::PlaceMention;
use crate::span::Span;
use crate::tag::EntityKind;
use crate::time::{Impossible, TimeMention};
pub use merge::{merge, merge_but};
pub use part::{find, id_by_hand, part, unite};
pub use pipeline::{Resources, read};
use serde::{Deserialize, Serialize};

/// Something the reader of the outputs should know about an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Short code, for machines.
    #[serde(deserialize_with = "label::one")]
    pub code: Label,
    /// What happened and what to do, for people.
    pub message: String,
}

/// Everything found in one article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    /// The article as read.
    pub article: Article,
    /// Its language, when it is one the tool reads.
    pub lang: Option<Lang>,
    /// Its publication date, also when it was read from its dateline.
    pub published: Option<Published>,
    /// Sentences of the text, in order: what is quoted as evidence.
    pub sentences: Vec<Span>,
    /// Times of the text, sorted by start.
    pub times: Vec<TimeMention>,
    /// Words of the text that look like a time and name none, sorted by start.
    #[serde(default)]
    pub impossible: Vec<Impossible>,
    /// Places of the text, sorted by start.
    pub places: Vec<PlaceMention>,
    /// Names of persons, organisations, places and other things, in order.
    pub entities: Vec<Entity>,
    /// All mentions of happenings, sorted by trigger.
    pub mentions: Vec<EventMention>,
    /// Happenings, sorted by first mention.
    pub events: Vec<Event>,
    /// What the headline says, when it stands apart from the text.
    pub headline: Option<Headline>,
    /// Notes.
    pub notes: Vec<Note>,
}

/// A name and what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Its words.
    pub span: Span,
    /// What it names.
    pub kind: EntityKind,
}

/// What was found in a headline; spans point into [`Article::title`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Headline {
    /// Its times, sorted by start.
    pub times: Vec<TimeMention>,
    /// Words that look like a time and name none, sorted by start.
    #[serde(default)]
    pub impossible: Vec<Impossible>,
    /// Its places, sorted by start.
    pub places: Vec<PlaceMention>,
    /// Its names, in order.
    pub entities: Vec<Entity>,
    /// Its happenings, sorted by trigger.
    pub mentions: Vec<EventMention>,
}

/// One happening, told once or more in one article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Event {
    /// Stable id: 16 hexadecimal digits.
    pub id: String,
    /// Ids it had before it was united with others.
    pub aliases: Vec<String>,
    /// Its mentions, by their places in [`Document::mentions`], the one with the fullest record first.
    pub mentions: Vec<usize>,
    /// The united record.
    pub record: EventMention,
    /// 0 to 1.
    pub confidence: f32,
    /// What made up the confidence: name and share.
    #[serde(deserialize_with = "label::shares")]
    pub confidence_reasons: Vec<(&'static str, f32)>,
    /// Other articles that tell it, after several articles were merged.
    pub tellings: Vec<Telling>,
}

impl Event {
    /// The number of distinct publishers that tell it; articles without one count as one each,
    /// and so do publishers who print one another's words.
    pub fn sources(&self, own: &Article) -> usize {
        let mut names: Vec<&str> = self
            .tellings
            .iter()
            .map(|t| t.group.as_deref().or(t.publisher.as_deref()).unwrap_or(&t.document))
            .chain([own.group.as_deref().or(own.publisher.as_deref()).unwrap_or(&own.id)])
            .collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    }
}

/// A happening as another article tells it; what contradicts the record stays visible here.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Telling {
    /// Id of the article.
    pub document: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Those who print one another's words, of whom the publisher is one.
    pub group: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The time it gives.
    pub time: Option<EventTime>,
    /// The status it gives.
    pub status: Status,
}
