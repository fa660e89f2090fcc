//! Whether happenings of two articles are one, judged by the names around them when their days do not tell.
//!
//! Names are those the tagger sees; who and where count, and what the two articles have in common.

use super::merge::Days;
use super::{Document, Event, link};
use crate::event::{EventType, Status};
use crate::span::Span;
use crate::tag::EntityKind;
use chrono::NaiveDate;

/// Most days between two articles whose happenings without a day may be one.
const APART: i64 = 10;

/// What an article is about: its names, sorted, and when it was published.
#[derive(Debug)]
pub(super) struct About {
    names: Vec<String>,
    published: Option<NaiveDate>,
}

impl About {
    pub(super) fn of(document: &Document) -> Self {
        let all = Span { start: 0, end: u32::MAX };
        About { names: names(document, all, |_| true), published: document.published.map(|p| p.date) }
    }

    /// The share of names in common, in tenths of the shorter list; zero when there are too few to tell.
    fn likeness(&self, other: &About) -> usize {
        let least = self.names.len().min(other.names.len());
        if least < 3 { 0 } else { shared(&self.names, &other.names) * 10 / least }
    }

    fn is_near(&self, other: &About) -> bool {
        match (self.published, other.published) {
            (Some(one), Some(two)) => (one - two).num_days().abs() <= APART,
            _ => true,
        }
    }
}

/// What a happening is compared by.
#[derive(Debug)]
pub(super) struct Face {
    kind: EventType,
    lemma: String,
    told: bool,
    /// Words of the names of the people who take part, sorted.
    people: Vec<String>,
    /// Words of the names of people, organisations and things in its sentence, sorted.
    pub(super) who: Vec<String>,
    /// Words of the names of places in its sentence, sorted.
    pub(super) places: Vec<String>,
    /// Where it was, when that is finer than a country.
    pub(super) place: Option<String>,
    days: Option<Days>,
    /// Dead, injured and displaced.
    tolls: Vec<(u8, i64)>,
    /// Other numbers of three and more.
    counts: Vec<i64>,
}

impl Face {
    pub(super) fn of(document: &Document, event: &Event) -> Self {
        let record = &event.record;
        let sentence = document.sentences.get(record.sentence).copied().unwrap_or(record.clause);
        let main = record.places.first().and_then(|p| document.places.get(p.mention));
        let place = main.and_then(|m| m.place.as_ref()).filter(|p| !link::is_coarse(p.kind));
        let tolls = record.quantities.iter().filter_map(|q| Some((q.toll? as u8, q.value as i64)));
        Face {
            kind: record.kind,
            lemma: record.lemma.clone(),
            told: matches!(record.status, Status::Asserted | Status::Reported),
            people: record
                .actors
                .first()
                .map_or(Vec::new(), |actor| names(document, actor.span, |kind| kind == EntityKind::Person)),
            who: names(document, sentence, |kind| kind != EntityKind::Place),
            places: names(document, sentence, |kind| kind == EntityKind::Place),
            place: place.map(|p| if p.id.is_empty() { p.name.clone() } else { p.id.clone() }),
            days: record.time.as_ref().map(|t| t.bounds.days()),
            tolls: tolls.collect(),
            counts: record.quantities.iter().map(|q| q.value as i64).filter(|n| *n > 2).collect(),
        }
    }

    /// The words under which others look for it.
    pub(super) fn keys(&self) -> impl Iterator<Item = &String> {
        self.who.iter().chain(&self.place)
    }

    /// Nothing says that the two are two.
    fn fits(&self, other: &Face) -> bool {
        let same = self.kind == other.kind || link::kin(self.kind, other.kind) || self.is_akin(other);
        let word = link::stem(&self.lemma) == link::stem(&other.lemma);
        let free = |kind| matches!(kind, EventType::Other | EventType::Statement);
        let kin = same && !free(self.kind) && !free(other.kind);
        if self.told != other.told || !(word || kin && self.is_alike(other)) {
            return false;
        }
        let elsewhere = self.place.is_some() && other.place.is_some() && self.place != other.place;
        if elsewhere && !self.is_one_end(other) {
            return false;
        }
        !self.is_apart(other)
    }

    /// Other people, or tolls too unlike: one is arrested in one article and another in the other.
    pub(super) fn is_apart(&self, other: &Face) -> bool {
        let named = !self.people.is_empty() && !other.people.is_empty();
        if named && shared(&self.people, &other.people) == 0 {
            return true;
        }
        !self.tolls.iter().all(|(what, many)| {
            let mut told = other.tolls.iter().filter(|(w, _)| w == what);
            told.all(|(_, n)| *n <= 2 * many && *many <= 2 * n)
        })
    }

    /// Types that articles tell one happening with, wider than within one article.
    fn is_akin(&self, other: &Face) -> bool {
        let deadly = |kind| matches!(kind, EventType::Life | EventType::Killing);
        let seizing = |kind| matches!(kind, EventType::Arrest | EventType::Capture);
        deadly(self.kind) && deadly(other.kind) || seizing(self.kind) && seizing(other.kind)
    }

    /// Told with other words, they may yet be one: an arrest and an escape have their people in common, a fire
    /// and a blaze are one thing; else a number must be the same.
    fn is_alike(&self, other: &Face) -> bool {
        use EventType::{
            Abduction, Accident, Attack, Battle, Disaster, Fire, Killing, Life, Strike, Weather,
        };
        let one_thing = |kind| {
            matches!(
                kind,
                Abduction | Accident | Attack | Battle | Disaster | Fire | Killing | Life | Strike | Weather
            )
        };
        one_thing(self.kind) && one_thing(other.kind)
            || self.counts.iter().any(|n| other.counts.contains(n))
            || self.tolls.iter().any(|t| other.tolls.contains(t))
    }

    /// Somebody dies once, wherever each article says it was.
    fn is_one_end(&self, other: &Face) -> bool {
        let word = link::stem(&self.lemma) == link::stem(&other.lemma);
        let named = shared(&self.people, &other.people) > 0;
        self.kind == EventType::Life
            && other.kind == EventType::Life
            && (named || word && shared(&self.who, &other.who) > 1)
    }

    /// What they have in common, counted.
    fn common(&self, other: &Face) -> usize {
        let place = self.place.is_some() && self.place == other.place;
        let toll = self.tolls.iter().any(|t| t.1 > 1 && other.tolls.contains(t));
        let word = link::stem(&self.lemma) == link::stem(&other.lemma);
        2 * shared(&self.who, &other.who).min(2)
            + shared(&self.places, &other.places).min(1)
            + 2 * usize::from(place)
            + 2 * usize::from(toll)
            + usize::from(self.counts.iter().any(|n| other.counts.contains(n)))
            + usize::from(word)
    }
}

/// One happening by the names around it, though its day is missing on one side or both. Where both have one, it
/// must be the same.
pub(super) fn is_one(a: (&Face, &About), b: (&Face, &About)) -> bool {
    if !a.0.fits(b.0) {
        return false;
    }
    let (common, alike) = (a.0.common(b.0), a.1.likeness(b.1));
    match (a.0.days, b.0.days) {
        (Some(one), Some(two)) => {
            super::merge::days_overlap(one, two) && (common >= 4 || common >= 3 && alike >= 2)
        }
        _ if a.0.is_one_end(b.0) => a.1.is_near(b.1) && common >= 3 && alike >= 1,
        _ => a.1.is_near(b.1) && (common >= 4 && alike >= 2 || common >= 3 && alike >= 4),
    }
}

/// The words of the names in a part of a document, sorted, each once.
fn names(document: &Document, within: Span, wanted: impl Fn(EntityKind) -> bool) -> Vec<String> {
    let entities = &document.entities;
    let from = entities.partition_point(|e| e.span.start < within.start);
    let mut names: Vec<String> = entities
        .iter()
        .skip(from)
        .take_while(|e| e.span.end <= within.end)
        .filter(|e| wanted(e.kind))
        .flat_map(|e| e.span.of(&document.article.text).split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() > 2 && word.starts_with(char::is_uppercase))
        .map(str::to_lowercase)
        .collect();
    names.sort();
    names.dedup();
    names
}

/// How many words two sorted lists share.
fn shared(one: &[String], two: &[String]) -> usize {
    one.iter().filter(|word| two.binary_search(word).is_ok()).count()
}
