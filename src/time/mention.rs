//! A time expression of a text and what it stands for.

use crate::label::{self, Label};
use crate::span::Span;
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// TIMEX3 type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimexKind {
    /// A day or a coarser part of the calendar.
    Date,
    /// A time within a day, parts of day included.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

/// TIMEX3 `mod`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Modifier {
    /// The first part.
    Start,
    /// The middle part.
    Mid,
    /// The last part.
    End,
    /// Roughly.
    Approx,
    /// Earlier than.
    Before,
    /// Later than.
    After,
    /// Shorter than.
    LessThan,
    /// Longer than.
    MoreThan,
    /// At most.
    EqualOrLess,
    /// At least.
    EqualOrMore,
}

/// The unit in which a time is known, finest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Granularity {
    Second,
    Minute,
    Hour,
    PartOfDay,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Season,
    Half,
    Year,
    Decade,
    Century,
    /// Several units, from one to another.
    Range,
    /// One end is open.
    Open,
}

/// What the expression was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    /// It carries its own year.
    Absolute,
    /// The publication date.
    Publication,
    /// An earlier mention of the text, by its place in the list of mentions.
    Mention(usize),
    /// Nothing: it stays unresolved.
    None,
}

/// Four bounds, each half-open and naive (civil time at the place). `None` is unknown or open.
///
/// The happening begins within `earliest_start..latest_start` and ends within `earliest_end..latest_end`;
/// `latest_end` is the first instant after it. For a plain day all of this is midnight to midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bounds {
    /// First instant at which it can have begun.
    pub earliest_start: Option<NaiveDateTime>,
    /// Last instant at which it can have begun.
    pub latest_start: Option<NaiveDateTime>,
    /// First instant at which it can have ended.
    pub earliest_end: Option<NaiveDateTime>,
    /// First instant by which it had surely ended.
    pub latest_end: Option<NaiveDateTime>,
}

impl Bounds {
    /// A known interval, `start..end`, half-open.
    pub fn exact(start: NaiveDateTime, end: NaiveDateTime) -> Self {
        Bounds {
            earliest_start: Some(start),
            latest_start: Some(start),
            earliest_end: Some(end),
            latest_end: Some(end),
        }
    }

    /// First and last day touched, both inclusive; `None` where open.
    pub fn days(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let start = self.earliest_start.map(|t| t.date());
        let end = self
            .latest_end
            .and_then(|t| t.checked_sub_signed(chrono::TimeDelta::nanoseconds(1)))
            .map(|t| t.date());
        (start, end)
    }
}

/// How the words before a time bind a happening to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Relation {
    /// At or during: the plain case.
    At,
    /// From it up to publication or to another end: « depuis ».
    Since,
    /// Up to it: « jusqu'à ».
    Until,
    /// Between publication and it: « d'ici à », "by".
    By,
    /// Some time before it.
    Before,
    /// Some time after it.
    After,
    /// From it on, forward: « à partir de », "from".
    From,
}

/// The two ends of a range know each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RangeEnd {
    /// This is the first end; the other stands at this place in the list of mentions.
    First(usize),
    /// This is the last end; the other stands at this place in the list of mentions.
    Last(usize),
}

/// A reading that lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// Its TIMEX3 value.
    pub value: String,
    /// Its bounds.
    pub bounds: Bounds,
    /// Why it is possible and why it lost.
    #[serde(deserialize_with = "label::one")]
    pub reason: Label,
}

/// A time expression, found and resolved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeMention {
    /// Its words, by TimeBank conventions: determiner in, preposition out.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimexKind,
    /// TIMEX3 value; unresolved parts are `X`.
    pub value: String,
    /// TIMEX3 mod.
    pub modifier: Option<Modifier>,
    /// The calendar interval that the expression itself names; `None` when unresolved, for sets, and for
    /// durations without anchor.
    pub bounds: Option<Bounds>,
    /// The interval of a happening that the expression dates, when a relation (« depuis ») or the other end of
    /// a range makes it differ from `bounds`.
    pub happening: Option<Bounds>,
    /// Unit in which it is known.
    pub granularity: Granularity,
    /// EDTF level 1, of the happening's interval; empty when unresolved.
    pub edtf: String,
    /// How the words before it bind a happening to it.
    pub relation: Relation,
    /// The other end, for the two ends of a range.
    pub range: Option<RangeEnd>,
    /// What it was counted from.
    pub anchor: Anchor,
    /// The rule that read it.
    #[serde(deserialize_with = "label::one")]
    pub rule: Label,
    /// What resolved it, step by step.
    #[serde(deserialize_with = "label::list")]
    pub trail: Vec<&'static str>,
    /// The reading that lost.
    pub alternative: Option<Alternative>,
    /// Offset from UTC in minutes, when the text names a zone.
    pub utc_offset: Option<i16>,
    /// Generic or habitual: it dates nothing.
    pub generic: bool,
}

impl TimeMention {
    /// The interval that a happening dated by this expression has.
    pub fn dates(&self) -> Option<Bounds> {
        if self.generic { None } else { self.happening.or(self.bounds) }
    }
}

/// Words that have the form of a date or a clock and name none: « 31 février », « 25 h ».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Impossible {
    /// The words.
    pub span: Span,
    /// The rule that read them.
    #[serde(deserialize_with = "label::one")]
    pub rule: Label,
}

/// The times of a text.
#[derive(Clone, Debug, Default)]
pub struct Times {
    /// What was found, sorted by start.
    pub mentions: Vec<TimeMention>,
    /// What looks like a time and cannot be one, sorted by start.
    pub impossible: Vec<Impossible>,
}
