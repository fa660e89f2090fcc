//! One mention of a happening: what, when, where, who, how many, who says so.

use crate::label::{self, Label};
use crate::span::Span;
use crate::time::{Bounds, Granularity};
use serde::{Deserialize, Serialize};

pub use super::kind::EventType;

/// Did it happen?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Status {
    Asserted,
    Reported,
    Denied,
    Possible,
    Planned,
}

impl Status {
    /// The word outputs use.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Asserted => "asserted",
            Status::Reported => "reported",
            Status::Denied => "denied",
            Status::Possible => "possible",
            Status::Planned => "planned",
        }
    }
}

/// How a happening came to its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum DateBasis {
    /// Its own words say.
    Explicit,
    /// Dated to the day of the report; its earliest start is open.
    Announcement,
    /// Carried over from the narration.
    Inferred,
    /// The publication date.
    Publication,
}

impl DateBasis {
    /// The word outputs use.
    pub fn as_str(self) -> &'static str {
        match self {
            DateBasis::Explicit => "explicit",
            DateBasis::Announcement => "announcement",
            DateBasis::Inferred => "inferred",
            DateBasis::Publication => "publication",
        }
    }
}

/// The time of a happening.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EventTime {
    /// Its interval.
    pub bounds: Bounds,
    /// Unit in which it is known.
    pub granularity: Granularity,
    /// EDTF level 1.
    pub edtf: String,
    /// How it came to this date.
    pub basis: DateBasis,
    /// The time mention it was read from, by its place in the list, if it was.
    pub mention: Option<usize>,
    /// The rules that led here, first to last.
    #[serde(deserialize_with = "label::list")]
    pub trail: Vec<&'static str>,
    /// Offset from UTC in minutes.
    pub utc_offset: Option<i16>,
}

/// A place of a happening and what it is to it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventPlace {
    /// The place mention, by its place in the list.
    pub mention: usize,
    /// What it is to the happening.
    pub role: crate::place::PlaceRole,
    /// How it was attached.
    #[serde(deserialize_with = "label::one")]
    pub rule: Label,
}

/// What an actor does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum ActorRole {
    Agent,
    Patient,
    Subject,
}

/// Who took part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The words that name them.
    pub span: Span,
    /// What they do.
    pub role: ActorRole,
}

/// How exactly a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Qualifier {
    Exact,
    AtLeast,
    About,
    AtMost,
}

impl Qualifier {
    /// The word outputs use.
    pub fn as_str(self) -> &'static str {
        match self {
            Qualifier::Exact => "exact",
            Qualifier::AtLeast => "at_least",
            Qualifier::About => "about",
            Qualifier::AtMost => "at_most",
        }
    }
}

/// What a number of people counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Toll {
    Killed,
    Injured,
    Displaced,
}

/// A number of people or things.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Its words, unit included.
    pub span: Span,
    /// The number, or the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub max: Option<f64>,
    /// What is counted, as written.
    pub unit: String,
    /// How exactly it is meant.
    pub qualifier: Qualifier,
    /// Dead, injured or displaced people.
    pub toll: Option<Toll>,
}

/// One mention of a happening.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EventMention {
    /// The words of the trigger.
    pub trigger: Span,
    /// Its lemma.
    pub lemma: String,
    /// What kind of happening.
    pub kind: EventType,
    /// The clause it was read from.
    pub clause: Span,
    /// The sentence it was read from, by number.
    pub sentence: usize,
    /// When, if known.
    pub time: Option<EventTime>,
    /// Where, the main place first.
    pub places: Vec<EventPlace>,
    /// Who.
    pub actors: Vec<Actor>,
    /// How many.
    pub quantities: Vec<Quantity>,
    /// The words that name who says so.
    pub source: Option<Span>,
    /// Did it happen?
    pub status: Status,
    /// A headline made from the clause.
    pub title: String,
    /// Can be a record by itself; otherwise it only supports another mention of the same happening.
    pub stands: bool,
    /// What spoke for and against this being a happening, with its date and place.
    #[serde(deserialize_with = "label::list")]
    pub reasons: Vec<&'static str>,
}
