//! JSON Lines: every happening with everything that is known about it, one object per line.
//!
//! Undated, denied and possible ones are here too, with candidates, rule chains and all mentions. Offsets
//! count Unicode code points of the article's text, the end exclusive. Written article by article, in
//! constant memory.

use super::finding::degrees;
use super::interval::civil;
use super::{Row, Run, Write};
use crate::document::{Document, Event, Telling};
use crate::event::{ActorRole, EventMention, EventPlace, EventTime, Toll};
use crate::place::{Candidate, Place};
use crate::span::{CodePoints, Span};
use chrono::NaiveDateTime;
use serde_json::{Map, Value, json};
use std::io;

pub(super) struct JsonLines<W: io::Write> {
    out: W,
}

impl<W: io::Write> JsonLines<W> {
    pub(super) fn new(out: W) -> Self {
        JsonLines { out }
    }
}

impl<W: io::Write> Write for JsonLines<W> {
    fn document(&mut self, document: &Document) -> io::Result<()> {
        let view = View { document, points: CodePoints::new(&document.article.text) };
        for event in &document.events {
            serde_json::to_writer(&mut self.out, &view.event(event))?;
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn begin(&mut self, _: &Run) -> io::Result<()> {
        Ok(())
    }

    fn row(&mut self, _: &Row) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A document with its code points counted.
struct View<'a> {
    document: &'a Document,
    points: CodePoints,
}

impl View<'_> {
    /// Words of the text with their place.
    fn words(&self, span: Span) -> Map<String, Value> {
        let text = &self.document.article.text;
        let mut object = Map::new();
        object.insert("start".into(), self.points.at(text, span.start).into());
        object.insert("end".into(), self.points.at(text, span.end).into());
        object.insert("text".into(), span.of(text).into());
        object
    }

    fn with(&self, span: Span, rest: Value) -> Value {
        let mut object = self.words(span);
        if let Value::Object(rest) = rest {
            object.extend(rest);
        }
        Value::Object(object)
    }

    fn event(&self, event: &Event) -> Value {
        let record = &event.record;
        let document = self.document;
        let sentence = document.sentences.get(record.sentence).copied().unwrap_or(record.clause);
        let mentions = event.mentions.iter().filter_map(|m| document.mentions.get(*m));
        let reasons: Map<String, Value> = event
            .confidence_reasons
            .iter()
            .map(|(name, share)| ((*name).into(), hundredths(*share)))
            .collect();
        json!({
            "id": event.id,
            "aliases": event.aliases,
            "title": record.title,
            "event_type": record.kind.as_str(),
            "plover": record.kind.plover(),
            "acled": record.kind.acled(),
            "status": record.status.as_str(),
            "trigger": self.with(record.trigger, json!({ "lemma": record.lemma })),
            "clause": self.words(record.clause),
            "sentence": self.words(sentence),
            "time": record.time.as_ref().map(|t| self.time(t)),
            "places": record.places.iter().map(|p| self.place(p)).collect::<Vec<_>>(),
            "actors": record.actors.iter().map(|a| self.with(a.span, json!({ "role": role(a.role) }))).collect::<Vec<_>>(),
            "quantities": self.quantities(record),
            "attribution": record.source.map(|s| self.words(s)),
            "reasons": record.reasons,
            "confidence": hundredths(event.confidence),
            "confidence_reasons": reasons,
            "mentions": mentions.map(|m| self.mention(m)).collect::<Vec<_>>(),
            "tellings": event.tellings.iter().map(telling).collect::<Vec<_>>(),
            "sources": event.sources(&document.article),
            "document": self.about(),
        })
    }

    fn about(&self) -> Value {
        let (document, article) = (self.document, &self.document.article);
        json!({
            "id": article.id,
            "title": article.title,
            "url": article.url,
            "publisher": article.publisher,
            "lang": document.lang.map(|l| l.code()),
            "published": document.published.map(|p| p.date.to_string()),
            "published_from": document.published.map(|p| p.source.as_str()),
        })
    }

    fn mention(&self, mention: &EventMention) -> Value {
        self.with(
            mention.trigger,
            json!({
                "title": mention.title,
                "status": mention.status.as_str(),
                "date_edtf": mention.time.as_ref().map(|t| &t.edtf),
            }),
        )
    }

    fn time(&self, time: &EventTime) -> Value {
        let bounds = time.bounds;
        let found = time.mention.and_then(|m| self.document.times.get(m));
        let civil = civil(time, self.document.published.map(|p| p.date));
        json!({
            "start_time": civil.map(|c| instant(c.start)),
            "end_time": civil.map(|c| instant(c.end)),
            "open": civil.is_some_and(|c| c.open),
            "edtf": time.edtf,
            "basis": time.basis.as_str(),
            "rules": time.trail,
            "utc_offset_minutes": time.utc_offset,
            // Half-open: the last two are the first instant after.
            "bounds": {
                "earliest_start": bounds.earliest_start.map(instant),
                "latest_start": bounds.latest_start.map(instant),
                "earliest_end": bounds.earliest_end.map(instant),
                "latest_end": bounds.latest_end.map(instant),
            },
            "words": found.map(|t| self.with(t.span, json!({
                "value": t.value,
                "rule": t.rule,
                "rejected": t.alternative.as_ref().map(|a| json!({ "value": a.value, "reason": a.reason })),
            }))),
        })
    }

    fn place(&self, place: &EventPlace) -> Value {
        let role = json!({ "role": place.role.as_str(), "rule": place.rule });
        let Some(mention) = self.document.places.get(place.mention) else { return role };
        let chosen = mention.place.as_ref().map_or("", |p| p.id.as_str());
        let rejected = mention.candidates.iter().filter(|c| c.id != chosen).map(candidate);
        self.with(
            mention.span,
            json!({
                "role": place.role.as_str(),
                "rule": place.rule,
                "anaphor": mention.anaphor,
                "place": mention.place.as_deref().map(described),
                "confidence": hundredths(mention.confidence),
                "reasons": mention.reasons,
                "rejected": rejected.collect::<Vec<_>>(),
            }),
        )
    }

    fn quantities(&self, record: &EventMention) -> Vec<Value> {
        let toll = |toll| match toll {
            Toll::Killed => "killed",
            Toll::Injured => "injured",
            Toll::Displaced => "displaced",
        };
        let one = |q: &crate::event::Quantity| {
            self.with(
                q.span,
                json!({
                    "value": q.value,
                    "max": q.max,
                    "unit": q.unit,
                    "qualifier": q.qualifier.as_str(),
                    "toll": q.toll.map(toll),
                }),
            )
        };
        record.quantities.iter().map(one).collect()
    }
}

/// The same happening in another article.
fn telling(telling: &Telling) -> Value {
    json!({
        "document": telling.document,
        "publisher": telling.publisher,
        "url": telling.url,
        "date_edtf": telling.time.as_ref().map(|t| &t.edtf),
        "status": telling.status.as_str(),
    })
}

fn described(place: &Place) -> Value {
    let outline = place.outline.as_ref().map(|ring| {
        let points = ring.iter().map(|(lon, lat)| json!([degrees(*lon), degrees(*lat)]));
        json!({ "type": "Polygon", "coordinates": [points.collect::<Vec<_>>()] })
    });
    json!({
        "id": place.id,
        "name": place.name,
        "name_en": place.name_en,
        "type": place.kind.as_str(),
        "country": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "longitude": degrees(place.lon),
        "latitude": degrees(place.lat),
        "radius_m": place.radius_m,
        "precision": place.precision.as_str(),
        "outline": outline,
        "anchor": place.anchor,
    })
}

fn candidate(candidate: &Candidate) -> Value {
    json!({
        "id": candidate.id,
        "label": candidate.label,
        "longitude": degrees(candidate.lon),
        "latitude": degrees(candidate.lat),
        "score": hundredths(candidate.score),
        "reasons": candidate.reasons,
    })
}

fn role(role: ActorRole) -> &'static str {
    match role {
        ActorRole::Agent => "agent",
        ActorRole::Patient => "patient",
        ActorRole::Subject => "subject",
    }
}

fn instant(instant: NaiveDateTime) -> String {
    instant.format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// A share or score to two decimals, so that every platform writes the same.
fn hundredths(value: f32) -> Value {
    ((f64::from(value) * 100.0).round() / 100.0 + 0.0).into()
}
