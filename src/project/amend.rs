//! Corrections applied to documents: what of names and phrases comes first, then articles are united, then
//! what is said of single happenings.
//!
//! A happening is found by the id it has or one it had. What finds nothing any more, and what says what the
//! program says by itself now, is reported.

use super::correction::{Action, Correction, Facts, Told};
use super::record::Dataset;
use crate::article::Article;
use crate::document::{self, Document, Event};
use crate::error::Error;
use crate::event::{EventMention, EventPlace, EventType, Qualifier, Quantity, Status, Toll};
use crate::gazetteer::{Gazetteer, PlaceKind, PlaceRef};
use crate::label::{Label, kept};
use crate::lang::Lang;
use crate::place::{Place, PlaceMention, PlaceRole, Precision};
use crate::span::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the article of happenings added by hand is called.
pub const BY_HAND: &str = "corrections";

/// Applies corrections and, if `merge`, unites articles. Gives what there is to say about them; `before` is
/// what the outputs hold, to find a lost happening again.
pub fn amend(
    documents: &mut Vec<Document>,
    corrections: &[Correction],
    merge: bool,
    gazetteer: &Gazetteer,
    before: &Dataset,
) -> Vec<Error> {
    let mut said = Vec::new();
    let mut apart = BTreeSet::new();
    for correction in corrections {
        match &correction.action {
            Action::Pin(name, place) => pin(documents, correction, name, place, gazetteer, &mut said),
            Action::Ignore(phrase) => ignore(documents, correction, phrase, &mut said),
            Action::Split(home, off) => {
                apart.extend(off.iter().cloned());
                for off in off {
                    split(documents, home, off);
                }
            }
            _ => {}
        }
    }
    if merge {
        document::merge_but(documents, &apart);
    }
    for correction in corrections {
        match &correction.action {
            Action::Set(id, facts) => match document::find(documents, id) {
                Some(seat) => {
                    if !set(documents, seat, facts, correction, gazetteer, &mut said) {
                        said.push(
                            correction
                                .remark(format!("{id} is so by itself now"))
                                .help("remove the correction"),
                        );
                    }
                }
                None => said.push(lost(correction, id, documents, before)),
            },
            Action::Drop(id) => match document::find(documents, id) {
                Some((document, event)) => {
                    if let Some(document) = documents.get_mut(document) {
                        document.events.remove(event);
                    }
                }
                None => said.push(lost(correction, id, documents, before)),
            },
            Action::Merge(id, others) => {
                for other in others {
                    if document::find(documents, id).is_none() {
                        said.push(lost(correction, id, documents, before));
                    } else if document::find(documents, other).is_none() {
                        said.push(lost(correction, other, documents, before));
                    } else if document::unite(documents, id, other) {
                        mark(documents, id, correction);
                    } else {
                        let what = format!("{other} is part of {id} by itself now");
                        said.push(correction.remark(what).help("remove the correction"));
                    }
                }
            }
            Action::Split(_, off) => {
                for off in off {
                    let found = document::find(documents, off);
                    let own = found
                        .and_then(|(d, e)| documents.get(d)?.events.get(e))
                        .is_some_and(|e| e.id == *off);
                    if own {
                        mark(documents, off, correction);
                    } else {
                        said.push(lost(correction, off, documents, before));
                    }
                }
            }
            Action::Add(facts, told) => add(documents, facts, told, correction, gazetteer, &mut said),
            Action::Pin(..) | Action::Ignore(_) => {}
        }
    }
    said.sort_by(|a, b| (a.file(), a.line()).cmp(&(b.file(), b.line())));
    said
}

/// Whether a correction is about this document.
fn is_about(correction: &Correction, document: &Document) -> bool {
    correction.document.as_ref().is_none_or(|id| *id == document.article.id)
}

fn pin(
    documents: &mut [Document],
    correction: &Correction,
    name: &str,
    id: &str,
    gazetteer: &Gazetteer,
    said: &mut Vec<Error>,
) {
    let Some(found) = gazetteer.by_id(id).map(|place| gazetteer.place(place)) else {
        said.push(unknown_place(correction, id, name, gazetteer));
        return;
    };
    let wanted = folded(name);
    let (mut seen, mut changed) = (false, false);
    for document in documents.iter_mut().filter(|d| is_about(correction, d)) {
        let place = Arc::new(placed(&found, document.lang));
        // What stood for the name so far, to take along what was placed relative to it.
        let mut before: Vec<Arc<Place>> = Vec::new();
        for mention in &mut document.places {
            if folded(mention.span.of(&document.article.text)) != wanted
                || mention.role == PlaceRole::PartOfName
            {
                continue;
            }
            seen = true;
            if mention.place.as_ref().is_none_or(|p| p.id != place.id) {
                changed = true;
                before.extend(mention.place.replace(Arc::clone(&place)));
                mention.confidence = 1.0;
                mention.reasons.extend(reasons(correction));
            }
        }
        for old in before.iter().filter(|old| !old.id.is_empty()) {
            follow(document, old, &place, correction);
        }
    }
    if !seen {
        said.push(
            correction.remark(format!("no article names {name:?} any more")).help("remove the correction"),
        );
    } else if !changed {
        said.push(correction.remark(format!("{name:?} is {id} by itself now")).help("remove the correction"));
    }
}

/// Words that stand for a pinned name go with it, and so do places reckoned from it.
fn follow(document: &mut Document, old: &Place, new: &Arc<Place>, correction: &Correction) {
    for mention in &mut document.places {
        let Some(place) = mention.place.as_mut() else { continue };
        if mention.anaphor && place.id == old.id {
            *place = Arc::clone(new);
            mention.reasons.extend(reasons(correction));
        } else if place.anchor.as_deref() == Some(old.id.as_str()) {
            let (lon, lat) = (new.lon - old.lon, new.lat - old.lat);
            let place = Arc::make_mut(place);
            place.lon += lon;
            place.lat += lat;
            for point in place.outline.iter_mut().flatten() {
                *point = (point.0 + lon, point.1 + lat);
            }
            place.anchor = Some(new.id.clone());
            place.country.clone_from(&new.country);
            place.admin1.clone_from(&new.admin1);
            place.admin2.clone_from(&new.admin2);
            mention.reasons.extend(reasons(correction));
        }
    }
}

/// Takes out what was read from within a phrase.
fn ignore(documents: &mut [Document], correction: &Correction, phrase: &str, said: &mut Vec<Error>) {
    let wanted = phrase.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let mut seen = false;
    for document in documents.iter_mut().filter(|d| is_about(correction, d)) {
        let spans = occurrences(&document.article.text, &wanted);
        if spans.is_empty() {
            continue;
        }
        seen = true;
        let inside = |span: Span| spans.iter().any(|phrase| phrase.contains(span));
        let (times, places, mentions) = (&document.times, &document.places, &document.mentions);
        document.events.retain(|event| !inside(event.record.trigger));
        for event in &mut document.events {
            let mut touched = false;
            let time = event.record.time.as_ref().and_then(|t| t.mention).and_then(|m| times.get(m));
            if time.is_some_and(|t| inside(t.span)) {
                event.record.time = None;
                touched = true;
            }
            let count = event.record.places.len();
            event.record.places.retain(|p| !places.get(p.mention).is_some_and(|m| inside(m.span)));
            touched |= event.record.places.len() < count;
            event.mentions.retain(|m| !mentions.get(*m).is_some_and(|m| inside(m.trigger)));
            if touched {
                event.record.reasons.extend(reasons(correction));
            }
        }
    }
    if !seen {
        said.push(
            correction.remark(format!("no article says {phrase:?} any more")).help("remove the correction"),
        );
    }
}

/// Where a phrase stands in a text, whatever its case and the spaces between its words.
fn occurrences(text: &str, wanted: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let Some(first) = wanted.chars().next() else { return found };
    for (at, c) in text.char_indices() {
        if !c.to_lowercase().eq(first.to_lowercase()) && !c.to_lowercase().any(|l| l == first) {
            continue;
        }
        if let Some(length) = text.get(at..).and_then(|rest| starts(rest, wanted)) {
            found.push(Span::new(at, at + length));
        }
    }
    found
}

/// Bytes of `text` that say `wanted` at its beginning.
fn starts(text: &str, wanted: &str) -> Option<usize> {
    let mut wanted = wanted.chars().peekable();
    let mut chars = text.char_indices().peekable();
    while wanted.peek().is_some() {
        let (_, c) = *chars.peek()?;
        if c.is_whitespace() {
            if wanted.next() != Some(' ') {
                return None;
            }
            while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            continue;
        }
        chars.next();
        for lower in c.to_lowercase() {
            if wanted.next() != Some(lower) {
                return None;
            }
        }
    }
    Some(chars.peek().map_or(text.len(), |(at, _)| *at))
}

/// Takes one telling out of a happening within its article.
fn split(documents: &mut [Document], home: &str, off: &str) {
    let Some((number, event)) = document::find(documents, home) else { return };
    let Some(document) = documents.get_mut(number) else { return };
    let Some(id) = document.events.get(event).map(|event| event.id.clone()) else { return };
    document::part(document, &id, off);
}

/// Says something else of a happening. False when it says so already.
fn set(
    documents: &mut [Document],
    seat: (usize, usize),
    facts: &Facts,
    correction: &Correction,
    gazetteer: &Gazetteer,
    said: &mut Vec<Error>,
) -> bool {
    let place = match facts.place.as_deref() {
        None => None,
        Some("") => Some(None),
        Some(id) => match gazetteer.by_id(id).map(|place| gazetteer.place(place)) {
            Some(place) => Some(Some(place)),
            None => {
                said.push(unknown_place(correction, id, "", gazetteer));
                return true;
            }
        },
    };
    let Some(document) = documents.get_mut(seat.0) else { return true };
    let lang = document.lang;
    let places = &mut document.places;
    let Some(event) = document.events.get_mut(seat.1) else { return true };
    let record = &mut event.record;
    let mut changed = false;
    if let Some(title) = facts.title.as_ref().filter(|title| **title != record.title) {
        record.title.clone_from(title);
        changed = true;
    }
    match &facts.date {
        Some(Some(day)) if !record.time.as_ref().is_some_and(|time| day.is(time)) => {
            record.time = Some(day.time());
            changed = true;
        }
        Some(None) if record.time.is_some() => {
            record.time = None;
            changed = true;
        }
        _ => {}
    }
    if let Some(status) = facts.status.filter(|status| *status != record.status) {
        record.status = status;
        changed = true;
    }
    if let Some(kind) = facts.kind.filter(|kind| *kind != record.kind) {
        record.kind = kind;
        changed = true;
    }
    changed |= count(record, facts);
    let main = record.places.first().and_then(|p| places.get(p.mention)).and_then(|m| m.place.as_ref());
    match place {
        Some(Some(found)) if main.is_none_or(|main| main.id != found.id()) => {
            settle(record, places, placed(&found, lang));
            changed = true;
        }
        Some(None) if !record.places.is_empty() => {
            record.places.clear();
            changed = true;
        }
        _ => {}
    }
    if changed {
        vouch(event, correction);
    }
    changed
}

/// The numbers of people that a person told.
fn count(record: &mut EventMention, facts: &Facts) -> bool {
    let mut changed = false;
    for (number, toll) in facts.people.iter().zip([Toll::Killed, Toll::Injured, Toll::Displaced]) {
        let Some(number) = number.map(f64::from) else { continue };
        let held =
            record.quantities.iter().filter(|q| q.toll == Some(toll)).map(|q| q.value).reduce(f64::max);
        if held == Some(number) {
            continue;
        }
        changed = true;
        let at = record.quantities.iter().position(|q| q.toll == Some(toll));
        record.quantities.retain(|q| q.toll != Some(toll));
        let end = record.trigger.end;
        let quantity = Quantity {
            span: Span { start: end, end },
            value: number,
            max: None,
            unit: String::new(),
            qualifier: Qualifier::Exact,
            toll: Some(toll),
        };
        record.quantities.insert(at.unwrap_or(0).min(record.quantities.len()), quantity);
    }
    changed
}

/// Gives a happening its main place. No words of the text stand for it, so its span is empty.
fn settle(record: &mut EventMention, places: &mut Vec<PlaceMention>, place: Place) {
    let end = places.last().map_or(0, |p| p.span.end);
    places.push(PlaceMention {
        span: Span { start: end, end },
        role: PlaceRole::Location,
        cue: None,
        anaphor: false,
        place: Some(Arc::new(place)),
        confidence: 1.0,
        evidence: Vec::new(),
        candidates: Arc::default(),
        reasons: vec!["edited"],
    });
    let role = record.places.first().map(|p| p.role).filter(|role| role.is_on_map());
    let main =
        EventPlace { mention: places.len() - 1, role: role.unwrap_or(PlaceRole::Location), rule: "edited" };
    match record.places.first_mut() {
        Some(first) => *first = main,
        None => record.places.push(main),
    }
}

/// A person looked at it: it carries the reason, and is as sure as that person.
fn vouch(event: &mut Event, correction: &Correction) {
    event.record.reasons.extend(reasons(correction));
    event.confidence = 1.0;
    event.confidence_reasons = vec![("edited", 1.0)];
}

fn mark(documents: &mut [Document], id: &str, correction: &Correction) {
    let Some((document, event)) = document::find(documents, id) else { return };
    if let Some(event) = documents.get_mut(document).and_then(|d| d.events.get_mut(event)) {
        event.record.reasons.extend(reasons(correction));
    }
}

fn reasons(correction: &Correction) -> Vec<Label> {
    correction.reasons().iter().map(|reason| kept(reason)).collect()
}

/// Makes a document of a happening that no article tells.
fn add(
    documents: &mut Vec<Document>,
    facts: &Facts,
    told: &Told,
    correction: &Correction,
    gazetteer: &Gazetteer,
    said: &mut Vec<Error>,
) {
    let title = facts.title.clone().unwrap_or_default();
    let text = told.description.clone().unwrap_or_else(|| title.clone());
    let mut article = Article::new(correction.document.clone().unwrap_or_else(|| BY_HAND.to_owned()), &text);
    article.publisher.clone_from(&told.publisher);
    article.url.clone_from(&told.url);
    let whole = Span::new(0, text.len());
    let time = facts.date.clone().flatten().map(|day| day.time());
    let mut record = EventMention {
        trigger: whole,
        lemma: String::new(),
        kind: facts.kind.unwrap_or(EventType::Other),
        clause: whole,
        sentence: 0,
        time,
        places: Vec::new(),
        actors: Vec::new(),
        quantities: Vec::new(),
        source: None,
        status: facts.status.unwrap_or(Status::Asserted),
        title: title.clone(),
        stands: true,
        reasons: Vec::new(),
    };
    count(&mut record, facts);
    let mut places = Vec::new();
    if let Some(id) = facts.place.as_deref().filter(|id| !id.is_empty()) {
        match gazetteer.by_id(id).map(|place| gazetteer.place(place)) {
            Some(place) => settle(&mut record, &mut places, placed(&place, None)),
            None => said.push(unknown_place(correction, id, "", gazetteer)),
        }
    } else if let [Some(lat), Some(lon)] = facts.point {
        settle(&mut record, &mut places, point(lon, lat));
    }
    let mut event = Event {
        id: document::id_by_hand(&article.id, &title, &text),
        aliases: Vec::new(),
        mentions: vec![0],
        record: record.clone(),
        confidence: 1.0,
        confidence_reasons: Vec::new(),
        tellings: Vec::new(),
    };
    vouch(&mut event, correction);
    if document::find(documents, &event.id).is_some() {
        said.push(correction.remark("the same happening was added before").help("remove one of the two"));
        return;
    }
    documents.push(Document {
        article,
        lang: None,
        published: None,
        sentences: vec![whole],
        times: Vec::new(),
        impossible: Vec::new(),
        places,
        entities: Vec::new(),
        mentions: vec![record],
        events: vec![event],
        headline: None,
        notes: Vec::new(),
    });
}

fn point(lon: f64, lat: f64) -> Place {
    Place {
        id: String::new(),
        name: String::new(),
        name_en: String::new(),
        kind: PlaceKind::Site,
        country: String::new(),
        admin1: String::new(),
        admin2: String::new(),
        lon,
        lat,
        radius_m: 0,
        precision: Precision::Exact,
        outline: None,
        anchor: None,
    }
}

/// A place of the gazetteer, as a happening has it.
fn placed(found: &PlaceRef<'_>, lang: Option<Lang>) -> Place {
    let code = lang.map_or("en", Lang::code);
    let kind = found.kind();
    let wide =
        matches!(kind, PlaceKind::Country | PlaceKind::Continent | PlaceKind::Admin1 | PlaceKind::Admin2)
            || kind == PlaceKind::Region;
    Place {
        id: found.id(),
        name: found.name(code).to_owned(),
        name_en: found.name_en().to_owned(),
        kind,
        country: found.country().to_owned(),
        admin1: found.admin1().map_or(String::new(), |p| p.name(code).to_owned()),
        admin2: found.admin2().map_or(String::new(), |p| p.name(code).to_owned()),
        lon: found.lon(),
        lat: found.lat(),
        radius_m: found.radius_m(),
        precision: if wide { Precision::Area } else { Precision::Exact },
        outline: None,
        anchor: None,
    }
}

fn unknown_place(correction: &Correction, id: &str, name: &str, gazetteer: &Gazetteer) -> Error {
    let meant = gazetteer.find(name).next().map(|c| gazetteer.place(c.place));
    let help = match meant {
        Some(place) => {
            format!("{} is {}; `dateline gazetteer lookup` lists others", place.id(), place.name_en())
        }
        None => "`dateline gazetteer lookup NAME` lists the ids of a name".to_owned(),
    };
    correction.remark(format!("{id} is in no gazetteer")).help(help)
}

/// What to say of a happening that is not there any more, with the one that it most likely is now.
fn lost(correction: &Correction, id: &str, documents: &[Document], before: &Dataset) -> Error {
    let held = before.records.get(id);
    let title =
        correction.was.clone().or_else(|| held.map(|r| r.text("title").to_owned())).unwrap_or_default();
    let sentence = held.map_or("", |r| r.text("description"));
    let article = correction.document.clone().or_else(|| held.map(|r| r.text("doc_id").to_owned()));
    let error = correction.remark(format!("no happening is called {id} any more"));
    match nearest(documents, article.as_deref(), &title, sentence) {
        Some(event) => error.help(format!("perhaps it is {} now: {}", event.id, event.record.title)),
        None => error.help("look its new id up in timeline.csv, or remove the correction"),
    }
}

/// The happening that shares most words with the title and sentence of another.
pub fn nearest<'d>(
    documents: &'d [Document],
    article: Option<&str>,
    title: &str,
    sentence: &str,
) -> Option<&'d Event> {
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() > 2)
            .map(str::to_lowercase)
            .collect()
    };
    let wanted: BTreeSet<String> = words(title).union(&words(sentence)).cloned().collect();
    let mut best: Option<(usize, usize, &Event)> = None;
    for document in documents.iter().filter(|d| article.is_none_or(|a| a == d.article.id)) {
        for event in &document.events {
            let span = document.sentences.get(event.record.sentence).copied().unwrap_or(event.record.clause);
            let own: BTreeSet<String> =
                words(&event.record.title).union(&words(span.of(&document.article.text))).cloned().collect();
            let shared = own.intersection(&wanted).count();
            // At least a third of all their words, so that chance finds nothing.
            let all = own.union(&wanted).count();
            if shared * 3 >= all.max(1) && best.as_ref().is_none_or(|(s, a, _)| shared * a > s * all) {
                best = Some((shared, all, event));
            }
        }
    }
    best.map(|(_, _, event)| event)
}

/// A name as it is compared: case and accents do not count.
fn folded(name: &str) -> String {
    crate::gazetteer::fold::fold(name).unwrap_or_else(|| name.to_lowercase())
}
