//! Finds time expressions and resolves them to intervals.
//!
//! The rules of the language find what the words say (`meaning`); one pass through the text in order turns
//! that into parts of the calendar (`resolve`), because later expressions lean on earlier ones.

pub mod calendar;
mod clock;
mod exist;
mod feast;
mod interval;
mod meaning;
pub mod mention;
mod open;
mod operation;
mod resolve;
mod story;
mod tense;
mod word;

use crate::tag;
use crate::text::Text;
use crate::text::matcher::Matcher;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

pub use mention::{
    Alternative, Anchor, Bounds, Granularity, Impossible, Modifier, RangeEnd, Relation, TimeMention, Times,
    TimexKind,
};

/// When an article was published: a day, or a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publication(NaiveDateTime);

impl From<NaiveDate> for Publication {
    fn from(date: NaiveDate) -> Self {
        Publication(date.and_time(NaiveTime::MIN))
    }
}

impl From<NaiveDateTime> for Publication {
    fn from(at: NaiveDateTime) -> Self {
        Publication(at)
    }
}

/// All time expressions of a text, in order.
///
/// Without a publication date, expressions that need one stay unresolved.
pub fn find(
    text: &Text<'_>,
    reading: Option<&tag::Reading<'_>>,
    published: Option<impl Into<Publication>>,
) -> Vec<TimeMention> {
    read(text, reading, published).mentions
}

/// All time expressions of a text, and the words that look like one and name no time.
pub fn read(
    text: &Text<'_>,
    reading: Option<&tag::Reading<'_>>,
    published: Option<impl Into<Publication>>,
) -> Times {
    let Some(rules) = text.lang.rules("time") else { return Times::default() };
    let (found, meanings) = Matcher::new(text, rules, operation::Meanings::of(text.tokens.len())).run();
    story::tell(text, reading, &found, &meanings, rules, published.map(|p| p.into().0))
}

/// The rules that fire in a text, those that find something which is no time among them: the outermost one of
/// each match, then those inside it. Tells for `explain` and for the tests of the rules what was read and why.
pub fn rules_fired(text: &Text<'_>) -> Vec<&'static str> {
    let Some(rules) = text.lang.rules("time") else { return Vec::new() };
    let (found, meanings) = Matcher::new(text, rules, operation::Meanings::of(text.tokens.len())).run();
    found.iter().flat_map(|one| meanings.rules(one.value, rules.rules)).collect()
}

/// The date in the dateline that opens a text (« ALEP, 22 décembre 2016 — »), for articles that come without
/// a publication date: the first full calendar date of the first two lines, when only a place, punctuation
/// and the like stand before it.
pub fn dateline_date(text: &Text<'_>) -> Option<NaiveDate> {
    const BEFORE: usize = 8;
    let mentions = find(text, None, None::<NaiveDate>);
    let first =
        mentions.iter().find(|m| m.granularity == Granularity::Day && m.anchor == Anchor::Absolute)?;
    let at = text.token_at(first.span.start);
    let opening = text.sentences.iter().take_while(|s| s.paragraph < 2).last().map_or(0, |s| s.tokens.end);
    let only_names =
        (0..at).all(|i| text.tokens.get(i).is_some_and(|t| t.kind != crate::text::Kind::Word || t.capital()));
    (at <= BEFORE && at < opening && only_names).then(|| first.bounds.and_then(|b| b.days().0)).flatten()
}
