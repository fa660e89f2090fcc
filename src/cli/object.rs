//! One article as the object that `dateline annotate` writes; its members are written as they are declared.
//!
//! Offsets count Unicode code points of the `text` as given, the end exclusive; what was read from a
//! headline says `"in": "title"`. Dates are plain days, both ends inclusive.

use crate::timeml;
use chrono::NaiveDate;
use dateline::document::{self, Document, Event};
use dateline::event::EventMention;
use dateline::place::PlaceMention;
use dateline::span::{CodePoints, Span};
use dateline::time::{Impossible, TimeMention, TimexKind};
use dateline::write::civil;
use serde::Serialize;

/// One article.
#[derive(Serialize)]
pub(crate) struct Object<'a> {
    id: &'a str,
    lang: Option<&'static str>,
    published: Option<NaiveDate>,
    times: Vec<Time<'a>>,
    impossible: Vec<NoTime<'a>>,
    places: Vec<Place<'a>>,
    /// Words that stand for a place named before are no names: they are told apart.
    anaphors: Vec<Place<'a>>,
    entities: Vec<Entity<'a>>,
    events: Vec<Happening<'a>>,
}

impl<'a> Object<'a> {
    /// What was found in an article and its headline.
    pub(crate) fn of(document: &'a Document) -> Self {
        let article = &document.article;
        let text = Offsets::new(&article.text, false);
        let names = |anaphor| document.places.iter().filter(move |p| p.anaphor == anaphor);
        let mut object = Object {
            id: &article.id,
            lang: document.lang.map(|l| l.code()),
            published: document.published.map(|p| p.date),
            times: document.times.iter().map(|t| Time::of(t, &text)).collect(),
            impossible: document.impossible.iter().map(|i| NoTime::of(i, &text)).collect(),
            places: names(false).map(|p| Place::of(p, &text)).collect(),
            anaphors: names(true).map(|p| Place::of(p, &text)).collect(),
            entities: document.entities.iter().map(|e| Entity::of(e, &text)).collect(),
            events: document.events.iter().map(|e| Happening::of(e, document, &text)).collect(),
        };
        if let (Some(headline), Some(title)) = (&document.headline, &article.title) {
            let title = Offsets::new(title, true);
            let names = headline.places.iter().filter(|p| !p.anaphor);
            object.times.extend(headline.times.iter().map(|t| Time::of(t, &title)));
            object.impossible.extend(headline.impossible.iter().map(|i| NoTime::of(i, &title)));
            object.places.extend(names.map(|p| Place::of(p, &title)));
            object.entities.extend(headline.entities.iter().map(|e| Entity::of(e, &title)));
        }
        object
    }
}

/// Words of a text and where they stand in it.
#[derive(Serialize)]
struct Words<'a> {
    start: usize,
    end: usize,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    part: Option<&'static str>,
    text: &'a str,
}

/// Turns spans of one string into words.
struct Offsets<'a> {
    source: &'a str,
    points: CodePoints,
    part: Option<&'static str>,
}

impl<'a> Offsets<'a> {
    fn new(source: &'a str, title: bool) -> Self {
        Offsets { source, points: CodePoints::new(source), part: title.then_some("title") }
    }

    fn words(&self, span: Span) -> Words<'a> {
        Words {
            start: self.points.at(self.source, span.start),
            end: self.points.at(self.source, span.end),
            part: self.part,
            text: span.of(self.source),
        }
    }
}

/// A time expression.
#[derive(Serialize)]
struct Time<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    r#type: &'static str,
    value: &'a str,
    r#mod: Option<&'static str>,
    begin: Option<NaiveDate>,
    end_day: Option<NaiveDate>,
    edtf: &'a str,
    rule: &'static str,
    trail: &'a [&'static str],
}

impl<'a> Time<'a> {
    fn of(time: &'a TimeMention, text: &Offsets<'a>) -> Self {
        let (begin, end_day) = time.bounds.map_or((None, None), |b| b.days());
        let kind = match time.kind {
            TimexKind::Date => "DATE",
            TimexKind::Time => "TIME",
            TimexKind::Duration => "DURATION",
            TimexKind::Set => "SET",
        };
        Time {
            words: text.words(time.span),
            r#type: kind,
            value: &time.value,
            r#mod: time.modifier.map(timeml::modifier),
            begin,
            end_day,
            edtf: &time.edtf,
            rule: time.rule,
            trail: &time.trail,
        }
    }
}

/// Words that look like a time and name none.
#[derive(Serialize)]
struct NoTime<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    rule: &'static str,
}

impl<'a> NoTime<'a> {
    fn of(found: &Impossible, text: &Offsets<'a>) -> Self {
        NoTime { words: text.words(found.span), rule: found.rule }
    }
}

/// A place name, or words that stand for one.
#[derive(Serialize)]
struct Place<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    lat: Option<f64>,
    lon: Option<f64>,
    geonames: Option<u64>,
    name: Option<&'a str>,
    kind: Option<&'static str>,
    country: Option<&'a str>,
    precision: Option<&'static str>,
    radius_m: Option<u32>,
    role: &'static str,
    anaphor: bool,
    confidence: f64,
    evidence: Vec<(&'static str, f64)>,
    reasons: &'a [&'static str],
}

impl<'a> Place<'a> {
    fn of(mention: &'a PlaceMention, text: &Offsets<'a>) -> Self {
        let place = mention.place.as_ref();
        // What is computed from a named place tells the number of that place.
        let id = place.map(|p| p.anchor.as_deref().filter(|_| p.id.is_empty()).unwrap_or(&p.id));
        Place {
            words: text.words(mention.span),
            lat: place.map(|p| rounded(p.lat)),
            lon: place.map(|p| rounded(p.lon)),
            geonames: id.and_then(|id| id.strip_prefix("geonames:")).and_then(|id| id.parse().ok()),
            name: place.map(|p| p.name.as_str()),
            kind: place.map(|p| p.kind.as_str()),
            country: place.map(|p| p.country.as_str()),
            precision: place.map(|p| p.precision.as_str()),
            radius_m: place.map(|p| p.radius_m),
            role: mention.role.as_str(),
            anaphor: mention.anaphor,
            confidence: certainty(mention.confidence),
            evidence: mention.evidence.iter().map(|(name, v)| (*name, certainty(*v))).collect(),
            reasons: &mention.reasons,
        }
    }
}

/// A name and what it names.
#[derive(Serialize)]
struct Entity<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    r#type: &'static str,
}

impl<'a> Entity<'a> {
    fn of(entity: &document::Entity, text: &Offsets<'a>) -> Self {
        Entity { words: text.words(entity.span), r#type: entity.kind.as_str() }
    }
}

/// A happening.
#[derive(Serialize)]
struct Happening<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    id: &'a str,
    r#type: &'static str,
    title: &'a str,
    date_start: Option<NaiveDate>,
    date_end: Option<NaiveDate>,
    date_basis: Option<&'static str>,
    date_rule: Option<String>,
    place: Option<MainPlace<'a>>,
    status: &'static str,
    confidence: f64,
    lemma: &'a str,
    mentions: Vec<Words<'a>>,
    reasons: &'a [&'static str],
}

impl<'a> Happening<'a> {
    fn of(event: &'a Event, document: &'a Document, text: &Offsets<'a>) -> Self {
        let record = &event.record;
        let newest = document.published.map(|p| p.date);
        let time = record.time.as_ref();
        let days = time.and_then(|t| civil(t, newest)).map(|c| (c.start.date(), c.end.date()));
        let mentions = event.mentions.iter().filter_map(|m| document.mentions.get(*m));
        let others = mentions.filter(|m| m.trigger != record.trigger);
        Happening {
            words: text.words(record.trigger),
            id: &event.id,
            r#type: record.kind.as_str(),
            title: &record.title,
            date_start: days.map(|d| d.0),
            date_end: days.map(|d| d.1),
            date_basis: time.map(|t| t.basis.as_str()),
            date_rule: time.map(|t| t.trail.join(" > ")),
            place: MainPlace::of(record, document, text),
            status: record.status.as_str(),
            confidence: certainty(event.confidence),
            lemma: &record.lemma,
            mentions: others.map(|m| text.words(m.trigger)).collect(),
            reasons: &record.reasons,
        }
    }
}

/// Where a happening took place.
#[derive(Serialize)]
struct MainPlace<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    lat: Option<f64>,
    lon: Option<f64>,
    role: &'static str,
    rule: &'static str,
}

impl<'a> MainPlace<'a> {
    /// The place on the map, or the words that name it when it is in no gazetteer.
    fn of(record: &EventMention, document: &'a Document, text: &Offsets<'a>) -> Option<Self> {
        let main = record.places.first().filter(|p| p.role.is_on_map())?;
        let mention = document.places.get(main.mention)?;
        let words = text.words(mention.span);
        let place = mention.place.as_ref();
        Some(MainPlace {
            words: Words { text: place.map_or(words.text, |p| &p.name), ..words },
            lat: place.map(|p| rounded(p.lat)),
            lon: place.map(|p| rounded(p.lon)),
            role: main.role.as_str(),
            rule: main.rule,
        })
    }
}

/// Degrees to five decimals, about a metre.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

/// A confidence to two decimals.
fn certainty(value: f32) -> f64 {
    (f64::from(value.clamp(0.0, 1.0)) * 100.0).round() / 100.0
}
