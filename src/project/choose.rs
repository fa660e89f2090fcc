//! Which happenings of the documents are written: the filter and thresholds of the project.

use super::config::{Filter, Project};
use crate::document::{Document, Event};
use crate::write::civil;
use std::collections::BTreeMap;

/// Takes the happenings out that the project does not want, and counts them by what kept them out.
pub fn choose(documents: &mut [Document], project: &Project) -> BTreeMap<&'static str, usize> {
    let mut out = BTreeMap::new();
    for document in documents {
        let mut events = std::mem::take(&mut document.events);
        events.retain(|event| match unwanted(event, document, project) {
            Some(reason) => {
                *out.entry(reason).or_default() += 1;
                false
            }
            None => true,
        });
        document.events = events;
    }
    out
}

/// What keeps a happening out, if something does.
fn unwanted(event: &Event, document: &Document, project: &Project) -> Option<&'static str> {
    let filter = &project.filter;
    if event.confidence < project.min_confidence {
        return Some("confidence");
    }
    if !filter.types.is_empty() && !filter.types.contains(&event.record.kind) {
        return Some("type");
    }
    if (filter.from.is_some() || filter.to.is_some()) && !in_time(event, document, filter) {
        return Some("time");
    }
    let main = event.record.places.first().filter(|p| p.role.is_on_map());
    let place = main.and_then(|p| document.places.get(p.mention)).and_then(|m| m.place.as_ref());
    if !filter.countries.is_empty() && !place.is_some_and(|p| filter.countries.contains(&p.country)) {
        return Some("country");
    }
    if let Some([west, south, east, north]) = filter.bbox {
        let within = place.is_some_and(|p| {
            let lon =
                if west <= east { (west..=east).contains(&p.lon) } else { p.lon >= west || p.lon <= east };
            lon && (south..=north).contains(&p.lat)
        });
        if !within {
            return Some("bbox");
        }
    }
    None
}

fn in_time(event: &Event, document: &Document, filter: &Filter) -> bool {
    let newest = document.published.map(|p| p.date);
    let Some(civil) = event.record.time.as_ref().and_then(|time| civil(time, newest)) else { return false };
    // What is still going on has no end to compare.
    let after = filter.from.is_none_or(|from| civil.open || civil.end.date() >= from);
    after && filter.to.is_none_or(|to| civil.start.date() <= to)
}
