//! The marked words of an article: triggers, times and places, with the happenings they belong to.
//!
//! Offsets count UTF-16 units, as the page's script does. Marks do not overlap; where they would, the trigger
//! of a happening goes before its time, and that before its place.

use crate::document::Document;
use serde_json::{Value as Json, json};

/// What a mark shows; earlier ones win where two begin at the same letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Trigger,
    Time,
    Place,
}

impl Sort {
    fn class(self) -> &'static str {
        match self {
            Sort::Trigger => "e",
            Sort::Time => "t",
            Sort::Place => "p",
        }
    }
}

/// Start, end, kind and happenings (by id) of each mark, sorted.
pub(super) fn marks(document: &Document) -> Vec<Json> {
    let mut found: Vec<(u32, u32, Sort, &str)> = Vec::new();
    for event in &document.events {
        for mention in event.mentions.iter().filter_map(|&m| document.mentions.get(m)) {
            found.push((mention.trigger.start, mention.trigger.end, Sort::Trigger, &event.id));
        }
        let record = &event.record;
        if let Some(time) = record.time.as_ref().and_then(|t| document.times.get(t.mention?)) {
            found.push((time.span.start, time.span.end, Sort::Time, &event.id));
        }
        for place in record.places.iter().filter_map(|p| document.places.get(p.mention)) {
            found.push((place.span.start, place.span.end, Sort::Place, &event.id));
        }
    }
    found.extend(document.times.iter().map(|t| (t.span.start, t.span.end, Sort::Time, "")));
    let places = document.places.iter().filter(|p| p.place.is_some());
    found.extend(places.map(|p| (p.span.start, p.span.end, Sort::Place, "")));
    found.sort();
    found.dedup();
    let mut united: Vec<(u32, u32, Sort, Vec<&str>)> = Vec::new();
    for (start, end, sort, event) in found {
        let own = (!event.is_empty()).then_some(event);
        match united.last_mut() {
            Some(last) if (last.0, last.1, last.2) == (start, end, sort) => last.3.extend(own),
            Some(last) if start < last.1 => {}
            _ if start < end => united.push((start, end, sort, own.into_iter().collect())),
            _ => {}
        }
    }
    let mut units = Units::new(&document.article.text);
    united
        .into_iter()
        .map(|(start, end, sort, events)| json!([units.at(start), units.at(end), sort.class(), events]))
        .collect()
}

/// Counts UTF-16 units up to byte offsets that only grow.
struct Units<'a> {
    source: &'a str,
    byte: usize,
    units: usize,
}

impl<'a> Units<'a> {
    fn new(source: &'a str) -> Self {
        Units { source, byte: 0, units: 0 }
    }

    fn at(&mut self, offset: u32) -> usize {
        let passed = self.source.get(self.byte..offset as usize).unwrap_or_default();
        self.units += passed.chars().map(char::len_utf16).sum::<usize>();
        self.byte += passed.len();
        self.units
    }
}
