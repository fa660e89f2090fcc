//! `dateline annotate`: everything found in each article, one JSON object per line, in input order.
//!
//! Offsets count Unicode code points of the `text` as given, the end exclusive; what was read from a
//! headline says `"in": "title"`. Dates are plain days, both ends inclusive.

use crate::flags::{Annotate, AnnotateFormat};
use crate::run::{self, Stop, Tally};
use crate::timeml;
use chrono::NaiveDate;
use dateline::document::{Document, Entity, Event};
use dateline::event::EventMention;
use dateline::place::PlaceMention;
use dateline::span::{CodePoints, Span};
use dateline::time::{Impossible, TimeMention, TimexKind};
use dateline::write::civil;
use serde_json::{Map, Value, json};
use std::io::Write;

pub(crate) fn annotate(options: &Annotate) -> Result<Tally, Stop> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let make = |document: Document| match options.format {
        AnnotateFormat::Jsonl => object(&document).to_string(),
        AnnotateFormat::Timeml => timeml::document(&document),
    };
    let tally = run::each(&options.inputs, make, |line| writeln!(out, "{line}").map_err(Stop::writing))?;
    out.flush().map_err(Stop::writing)?;
    Ok(tally)
}

/// One article as one object.
fn object(document: &Document) -> Value {
    let article = &document.article;
    let text = Offsets::new(&article.text, false);
    let mut times: Vec<Value> = document.times.iter().map(|t| time(t, &text)).collect();
    // Words that stand for a place named before are no names: they are told apart.
    let (anaphors, names): (Vec<&PlaceMention>, Vec<&PlaceMention>) =
        document.places.iter().partition(|p| p.anaphor);
    let mut places: Vec<Value> = names.into_iter().map(|p| place(p, &text)).collect();
    let anaphors: Vec<Value> = anaphors.into_iter().map(|p| place(p, &text)).collect();
    let no_time =
        |found: &Impossible, text: &Offsets<'_>| with(text.span(found.span), json!({ "rule": found.rule }));
    let mut impossible: Vec<Value> = document.impossible.iter().map(|i| no_time(i, &text)).collect();
    let mut entities: Vec<Value> = document.entities.iter().map(|e| entity(e, &text)).collect();
    if let (Some(headline), Some(title)) = (&document.headline, &article.title) {
        let title = Offsets::new(title, true);
        times.extend(headline.times.iter().map(|t| time(t, &title)));
        impossible.extend(headline.impossible.iter().map(|i| no_time(i, &title)));
        places.extend(headline.places.iter().filter(|p| !p.anaphor).map(|p| place(p, &title)));
        entities.extend(headline.entities.iter().map(|e| entity(e, &title)));
    }
    let events: Vec<Value> = document.events.iter().map(|e| event(e, document, &text)).collect();
    json!({
        "id": article.id,
        "lang": document.lang.map(|l| l.code()),
        "published": document.published.map(|p| p.date.to_string()),
        "times": times,
        "impossible": impossible,
        "places": places,
        "anaphors": anaphors,
        "entities": entities,
        "events": events,
    })
}

/// Turns spans of one string into members of an object.
struct Offsets<'a> {
    source: &'a str,
    points: CodePoints,
    title: bool,
}

impl<'a> Offsets<'a> {
    fn new(source: &'a str, title: bool) -> Self {
        Offsets { source, points: CodePoints::new(source), title }
    }

    fn span(&self, span: Span) -> Map<String, Value> {
        let mut object = Map::new();
        object.insert("start".into(), self.points.at(self.source, span.start).into());
        object.insert("end".into(), self.points.at(self.source, span.end).into());
        if self.title {
            object.insert("in".into(), "title".into());
        }
        object.insert("text".into(), span.of(self.source).into());
        object
    }
}

fn with(mut object: Map<String, Value>, rest: Value) -> Value {
    if let Value::Object(rest) = rest {
        object.extend(rest);
    }
    Value::Object(object)
}

fn day(date: Option<NaiveDate>) -> Value {
    date.map_or(Value::Null, |d| d.to_string().into())
}

fn time(time: &TimeMention, text: &Offsets<'_>) -> Value {
    let (begin, end) = time.bounds.map_or((None, None), |b| b.days());
    let kind = match time.kind {
        TimexKind::Date => "DATE",
        TimexKind::Time => "TIME",
        TimexKind::Duration => "DURATION",
        TimexKind::Set => "SET",
    };
    with(
        text.span(time.span),
        json!({
            "type": kind,
            "value": time.value,
            "mod": time.modifier.map(timeml::modifier),
            "begin": day(begin),
            "end_day": day(end),
            "edtf": time.edtf,
            "rule": time.rule,
            "trail": time.trail,
        }),
    )
}

fn place(mention: &PlaceMention, text: &Offsets<'_>) -> Value {
    let place = mention.place.as_ref();
    // What is computed from a named place tells the number of that place.
    let id = place.map(|p| p.anchor.as_deref().filter(|_| p.id.is_empty()).unwrap_or(&p.id));
    let geonames = id.and_then(|id| id.strip_prefix("geonames:")).and_then(|id| id.parse::<u64>().ok());
    with(
        text.span(mention.span),
        json!({
            "lat": place.map(|p| rounded(p.lat)),
            "lon": place.map(|p| rounded(p.lon)),
            "geonames": geonames,
            "name": place.map(|p| &p.name),
            "kind": place.map(|p| p.kind.as_str()),
            "country": place.map(|p| &p.country),
            "precision": place.map(|p| p.precision.as_str()),
            "radius_m": place.map(|p| p.radius_m),
            "role": mention.role.as_str(),
            "anaphor": mention.anaphor,
            "confidence": certainty(mention.confidence),
            "evidence": mention.evidence.iter().map(|(name, v)| json!([name, certainty(*v)])).collect::<Vec<_>>(),
            "reasons": mention.reasons,
        }),
    )
}

fn entity(entity: &Entity, text: &Offsets<'_>) -> Value {
    with(text.span(entity.span), json!({ "type": entity.kind.as_str() }))
}

fn event(event: &Event, document: &Document, text: &Offsets<'_>) -> Value {
    let record = &event.record;
    let newest = document.published.map(|p| p.date);
    let days = record.time.as_ref().and_then(|t| civil(t, newest)).map(|c| (c.start.date(), c.end.date()));
    let others: Vec<Value> = event
        .mentions
        .iter()
        .filter_map(|m| document.mentions.get(*m))
        .filter(|m| m.trigger != record.trigger)
        .map(|m| Value::Object(text.span(m.trigger)))
        .collect();
    with(
        text.span(record.trigger),
        json!({
            "id": event.id,
            "type": record.kind.as_str(),
            "title": record.title,
            "date_start": day(days.map(|d| d.0)),
            "date_end": day(days.map(|d| d.1)),
            "date_basis": record.time.as_ref().map(|t| t.basis.as_str()),
            "date_rule": record.time.as_ref().map(|t| t.trail.join(" > ")),
            "place": main_place(record, document, text),
            "status": record.status.as_str(),
            "confidence": certainty(event.confidence),
            "lemma": record.lemma,
            "mentions": others,
            "reasons": record.reasons,
        }),
    )
}

/// The place on the map, or the words that name it when it is in no gazetteer.
fn main_place(record: &EventMention, document: &Document, text: &Offsets<'_>) -> Value {
    let Some(main) = record.places.first().filter(|p| p.role.is_on_map()) else { return Value::Null };
    let Some(mention) = document.places.get(main.mention) else { return Value::Null };
    let words = text.span(mention.span);
    let place = mention.place.as_ref();
    with(
        words,
        json!({
            "text": place.map_or(mention.span.of(text.source), |p| p.name.as_str()),
            "lat": place.map(|p| rounded(p.lat)),
            "lon": place.map(|p| rounded(p.lon)),
            "role": main.role.as_str(),
            "rule": main.rule,
        }),
    )
}

/// Degrees to five decimals, about a metre.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

/// A confidence to two decimals.
fn certainty(value: f32) -> f64 {
    (f64::from(value.clamp(0.0, 1.0)) * 100.0).round() / 100.0
}
