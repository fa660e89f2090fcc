//! One happening told by several articles becomes one event.
//!
//! The article published first keeps it; what later ones know better (a date or place of a better kind) comes
//! in, their ids become aliases, and their publishers are counted. Where a day is missing, the names around the
//! happenings must tell (`likeness`). Happenings are compared through keys of type and day, or of names, so the
//! work grows with their number, not with its square.

use super::likeness::{self, About, Face};
use super::{Document, Event, Telling};
use crate::event::{DateBasis, EventMention, EventPlace, EventType, Status};
use crate::place::PlaceMention;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A happening among the articles: number of the article, number of the event.
pub(super) type Seat = (usize, usize);

/// Most happenings of one type and day that are compared with a new one.
const REACH: usize = 64;

/// Unites the happenings of several articles, in place: later tellings leave their document.
pub fn merge(documents: &mut [Document]) {
    merge_but(documents, &BTreeSet::new());
}

/// The same, but for the happenings with these ids, which stay by themselves.
pub fn merge_but(documents: &mut [Document], apart: &BTreeSet<String>) {
    let mut order: Vec<usize> = (0..documents.len()).collect();
    let key = |n: &usize| documents.get(*n).map(|d| (d.published.map(|p| p.date), d.article.id.clone()));
    order.sort_by_cached_key(|n| {
        let key = key(n);
        (key.as_ref().is_some_and(|k| k.0.is_none()), key)
    });
    let abouts: Vec<About> = documents.iter().map(About::of).collect();
    let mut named = Named::default();
    let mut known: BTreeMap<(EventType, NaiveDate), Vec<usize>> = BTreeMap::new();
    let mut gone: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &number in &order {
        let count = documents.get(number).map_or(0, |d| d.events.len());
        for event in 0..count {
            let seat = (number, event);
            let Some(told) = at(documents, seat).filter(|e| !apart.contains(&e.id)) else { continue };
            let (kind, day) = (told.record.kind, first_day(told));
            let face = documents.get(number).map(|d| Face::of(d, told));
            let dated = [day.and_then(|d| d.pred_opt()), day, day.and_then(|d| d.succ_opt())]
                .into_iter()
                .flatten()
                .filter_map(|d| known.get(&(kind, d)))
                .flat_map(|seats| seats.iter().rev().take(REACH))
                .filter_map(|n| named.faces.get(*n))
                .filter(|(other, _, _)| face.as_ref().is_some_and(|face| !face.is_apart(other)))
                .map(|(_, other, _)| *other)
                .find(|other| other.0 != number && agree(documents, *other, seat));
            let home = dated.or_else(|| {
                let face = face.as_ref()?;
                let home = named.find(face, &abouts, number)?;
                (!tells_already(documents, home, number)).then_some(home)
            });
            match home {
                Some(home) => {
                    absorb(documents, home, seat);
                    gone.entry(number).or_default().push(event);
                    if let Some(face) = face {
                        named.add(face, home, number);
                    }
                }
                None => {
                    if let Some(day) = day {
                        known.entry((kind, day)).or_default().push(named.faces.len());
                    }
                    if let Some(face) = face {
                        named.add(face, seat, number);
                    }
                }
            }
        }
    }
    for (number, events) in gone {
        if let Some(document) = documents.get_mut(number) {
            let mut n = 0;
            document.events.retain(|_| {
                n += 1;
                !events.contains(&(n - 1))
            });
        }
    }
}

/// Happenings by the names around them.
#[derive(Default)]
struct Named {
    /// Each with the happening it is part of and the number of the article that tells it.
    faces: Vec<(Face, Seat, usize)>,
    by_name: BTreeMap<String, Vec<usize>>,
}

impl Named {
    fn add(&mut self, face: Face, seat: Seat, number: usize) {
        for key in face.keys() {
            match self.by_name.get_mut(key) {
                Some(list) => list.push(self.faces.len()),
                None => {
                    self.by_name.insert(key.clone(), vec![self.faces.len()]);
                }
            }
        }
        self.faces.push((face, seat, number));
    }

    /// The happening of another article that is the same.
    fn find(&self, face: &Face, abouts: &[About], number: usize) -> Option<Seat> {
        let about = abouts.get(number)?;
        face.keys()
            .filter_map(|key| self.by_name.get(key))
            .flat_map(|list| list.iter().rev().take(REACH))
            .filter_map(|n| self.faces.get(*n))
            .find(|(other, _, from)| {
                *from != number
                    && abouts.get(*from).is_some_and(|a| likeness::is_one((other, a), (face, about)))
            })
            .map(|(_, seat, _)| *seat)
    }
}

/// The article already tells this happening: what it tells beside is another.
fn tells_already(documents: &[Document], home: Seat, number: usize) -> bool {
    let id = documents.get(number).map(|d| d.article.id.as_str());
    home.0 == number
        || at(documents, home).is_some_and(|e| e.tellings.iter().any(|t| Some(t.document.as_str()) == id))
}

fn at(documents: &[Document], seat: Seat) -> Option<&Event> {
    documents.get(seat.0)?.events.get(seat.1)
}

fn first_day(event: &Event) -> Option<NaiveDate> {
    event.record.time.as_ref()?.bounds.days().0
}

/// Same type and status, days that overlap, the same place, and a participant, a number or a word in common.
fn agree(documents: &[Document], one: Seat, two: Seat) -> bool {
    let (Some(a), Some(b)) = (at(documents, one), at(documents, two)) else { return false };
    let (Some(da), Some(db)) = (documents.get(one.0), documents.get(two.0)) else { return false };
    let told = |e: &Event| matches!(e.record.status, Status::Asserted | Status::Reported);
    let days = |e: &Event| e.record.time.as_ref().map(|t| t.bounds.days());
    let overlap = days(a).zip(days(b)).is_some_and(|(a, b)| days_overlap(a, b));
    if told(a) != told(b) || !overlap {
        return false;
    }
    let place = match (main_place(a, da), main_place(b, db)) {
        (Some(x), Some(y)) if x == y => true,
        (Some(_), Some(_)) => return false,
        _ => false,
    };
    let words = shared_words(&a.record.title, &b.record.title);
    let lemma = a.record.lemma == b.record.lemma;
    let killed = |e: &Event| {
        e.record
            .quantities
            .iter()
            .filter(|q| q.toll.is_some())
            .map(|q| (q.toll.map(|t| t as u8), q.value as i64))
            .collect::<Vec<_>>()
    };
    let toll = killed(a).iter().any(|q| killed(b).contains(q));
    match (place, lemma) {
        (true, true) => words >= 1 || toll,
        (true, false) => words >= 2 || toll,
        (false, true) => words >= 2,
        (false, false) => words >= 3,
    }
}

/// First and last day.
pub(super) type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// The days may be the same; open ends must agree.
pub(super) fn days_overlap(a: Days, b: Days) -> bool {
    match (a, b) {
        ((Some(a1), Some(a2)), (Some(b1), Some(b2))) => {
            a1 <= b2 && b1 <= a2 && ((a2 - a1) - (b2 - b1)).num_days().abs() <= 7
        }
        ((a1, a2), (b1, b2)) => a1 == b1 && a2 == b2,
    }
}

/// The main place: its id, or its name when it has none.
fn main_place<'d>(event: &Event, document: &'d Document) -> Option<&'d str> {
    let place = event.record.places.first().and_then(|p| document.places.get(p.mention))?.place.as_ref()?;
    Some(if place.id.is_empty() { &place.name } else { &place.id })
}

/// Telling words that two headlines share.
fn shared_words(a: &str, b: &str) -> usize {
    let words = |title: &str| -> Vec<String> {
        let mut words: Vec<String> = title
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() > 3)
            .map(str::to_lowercase)
            .collect();
        words.sort();
        words.dedup();
        words
    };
    let (one, two) = (words(a), words(b));
    one.iter().filter(|w| two.contains(w)).count()
}

/// Takes the later telling into the earlier event.
pub(super) fn absorb(documents: &mut [Document], home: Seat, seat: Seat) {
    let Some(document) = documents.get(seat.0) else { return };
    let Some(event) = document.events.get(seat.1).cloned() else { return };
    let telling = Telling {
        document: document.article.id.clone(),
        publisher: document.article.publisher.clone(),
        group: document.article.group.clone(),
        url: document.article.url.clone(),
        time: event.record.time.clone(),
        status: event.record.status,
    };
    let place =
        event.record.places.first().and_then(|p| document.places.get(p.mention).cloned().map(|m| (*p, m)));
    let Some(keeper) = documents.get_mut(home.0) else { return };
    let places = &mut keeper.places;
    let Some(kept) = keeper.events.get_mut(home.1) else { return };
    if rank(&event.record) < rank(&kept.record) {
        kept.record.time.clone_from(&event.record.time);
    }
    if kept.record.places.is_empty()
        && let Some((place, mention)) = place
    {
        kept.record.places.push(adopt(places, place, mention));
    }
    for id in std::iter::once(&event.id).chain(&event.aliases) {
        if *id != kept.id && !kept.aliases.contains(id) {
            kept.aliases.push(id.clone());
        }
    }
    kept.tellings.push(telling);
    kept.tellings.extend(event.tellings);
}

/// Lower is better: how a date was found, then how fine it is.
fn rank(record: &EventMention) -> (u8, u8) {
    let Some(time) = &record.time else { return (9, 9) };
    let basis = match time.basis {
        DateBasis::Explicit => 0,
        DateBasis::Announcement => 2,
        DateBasis::Inferred => 1,
        DateBasis::Publication => 3,
    };
    (basis, time.granularity as u8)
}

/// A place known from another article: it has no words in this one, so its span is empty.
fn adopt(places: &mut Vec<PlaceMention>, place: EventPlace, mention: PlaceMention) -> EventPlace {
    let end = places.last().map_or(0, |p| p.span.end);
    places.push(PlaceMention { span: crate::span::Span { start: end, end }, cue: None, ..mention });
    EventPlace { mention: places.len() - 1, rule: "place told by another article", ..place }
}
