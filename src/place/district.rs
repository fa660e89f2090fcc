//! Districts that have no point of their own: « le quartier de Belleville », « le XIXe arrondissement ». They lie somewhere
//! in the town that the text speaks of; a small town of the same name far away is not meant.

use super::cue::{self, Link};
use super::sphere::distance;
use super::spot::{Ordinals, Spot, Spots};
use super::unknown::{Towns, within};
use super::{PlaceKind, PlaceMention, PlaceRole, at, beginning};
use crate::lang::class;
use crate::span::Span;
use crate::text::{Kind, Text};
use geo::Point;
use std::ops::Range;
use std::sync::Arc;

/// Metres from a town within which a district of its own name may lie.
const NEAR: f64 = 40_000.0;
/// Towns with as many people have districts of their own, and name none of others in their country.
const LARGE: u32 = 50_000;
/// How sure it is that a district lies in the town.
const SURE: f32 = 0.55;

/// Moves the districts of the text that were taken for small towns far away into its own town. `people` tells how
/// many live in the place of a spot.
pub(super) fn settle(
    text: &Text<'_>,
    spots: &Spots,
    people: impl Fn(usize) -> u32,
    mentions: &mut [PlaceMention],
) {
    let mut moved = Vec::new();
    let districts = spots.list.iter().enumerate().filter(|(_, s)| is_district(text, s)).collect::<Vec<_>>();
    if districts.is_empty() {
        return;
    }
    let towns = Towns::of(mentions);
    for (number, spot) in districts {
        let span = text.span(spot.tokens.clone());
        let Some(n) = at(mentions, span) else { continue };
        let Some((mention, place)) = mentions.get(n).and_then(|m| Some((m, m.place.as_ref()?))) else {
            continue;
        };
        let town = held(text, spot, mentions).or_else(|| towns.before(span.start));
        let abroad = town.is_some_and(|t| t.country != place.country) && !counts(text, spot);
        let small =
            matches!(place.kind, PlaceKind::City | PlaceKind::District) && (people(number) < LARGE || abroad);
        let here = Point::new(place.lon, place.lat);
        let far = |town: &&super::Place| {
            town.id != place.id && distance(Point::new(town.lon, town.lat), here) > NEAR
        };
        let told = mention.reasons.contains(&"contained");
        if small
            && !told
            && let Some(town) = town.filter(far)
        {
            moved.push((n, within(town, span.of(text.source))));
        }
    }
    for (n, place) in moved {
        if let Some(mention) = mentions.get_mut(n) {
            mention.place = Some(place);
            mention.confidence = SURE;
            mention.evidence.clear();
            mention.reasons.push("district_of_town_before");
        }
    }
}

/// The town that a link ties to a district: "the X neighborhood of Y", « le quartier X, à Y ».
fn held<'m>(text: &Text<'_>, spot: &Spot, mentions: &'m [PlaceMention]) -> Option<&'m super::Place> {
    let mut at = spot.tokens.end;
    at += usize::from(text.has(at, class::PLACE_QUARTER_TAIL));
    at += usize::from(text.is_mark(at, class::MARK_COMMA));
    if !["of", "at"].into_iter().any(|link| cue::means(text, at, class::PLACE_LINK, link)) {
        return None;
    }
    let mention = mentions.get(beginning(mentions, text.tokens.get(at + 1)?.span.start)?)?;
    mention.place.as_deref().filter(|p| p.kind == PlaceKind::City && mention.role.is_on_map())
}

/// "A Chicago neighborhood" is one of many that the town has.
fn counts(text: &Text<'_>, spot: &Spot) -> bool {
    spot.tokens.start.checked_sub(1).is_some_and(|i| i >= spot.range.start && is_any(text, i))
}

/// « le quartier de X », "the X neighborhood".
fn is_district(text: &Text<'_>, spot: &Spot) -> bool {
    let (range, before) = (&spot.range, &spot.before);
    let tied = matches!(before.link, Link::Of | Link::None);
    let word = before.start.checked_sub(1).filter(|w| *w >= range.start && tied);
    // « un quartier d'Alep » is a part of the town named.
    let own = |w: usize| w > range.start && cue::before(text, range.start, w).article && !is_any(text, w - 1);
    word.is_some_and(|w| text.has(w, class::PLACE_QUARTER) && own(w))
        || text.has(spot.tokens.end, class::PLACE_QUARTER_TAIL)
}

/// « un », "a": a word that counts.
fn is_any(text: &Text<'_>, i: usize) -> bool {
    text.has(i, class::PLACE_NUMBER)
}

/// Districts that are numbered: « le XIXe arrondissement », "the 9th Ward", with the town named after or before.
pub(super) fn numbered(text: &Text<'_>, marks: &[usize], mentions: &mut [PlaceMention]) -> Vec<PlaceMention> {
    let mut found = Vec::new();
    let ordinals = Ordinals::of(text);
    for &i in marks.iter().filter(|i| text.has(**i, class::PLACE_NUMBERED)) {
        let Some(start) = number_before(text, &ordinals, i) else { continue };
        let span = text.span(start..i + 1);
        let near = mentions.partition_point(|m| m.span.end <= span.start);
        let taken = mentions.get(near).filter(|m| m.span.overlaps(span));
        // What the tagger took for a name of its own has no place yet.
        if taken.is_some_and(|m| m.place.is_some() || !span.contains(m.span)) {
            continue;
        }
        let after = holder(text, i + 1, mentions).filter(|n| {
            let place = mentions.get(*n).and_then(|m| m.place.as_ref());
            place.is_some_and(|p| p.kind == PlaceKind::City)
        });
        let town = match after.and_then(|n| mentions.get(n)) {
            Some(mention) => mention.place.as_deref(),
            None => Towns::of(mentions).before(span.start),
        };
        let Some(place) = town.map(|town| within(town, span.of(text.source))) else { continue };
        if let Some(mention) = after.and_then(|n| mentions.get_mut(n)).filter(|m| m.role.is_on_map()) {
            mention.role = PlaceRole::Container;
        }
        let reason = if after.is_some() { "district_of_town_after" } else { "district_of_town_before" };
        let known = mentions.get_mut(near).filter(|m| m.span.overlaps(span));
        match known {
            Some(known) => *known = PlaceMention { role: known.role, ..mention(span, place, reason) },
            None => found.push(mention(span, place, reason)),
        }
    }
    found
}

/// The first token of the number that ends before token `i`.
fn number_before(text: &Text<'_>, ordinals: &Ordinals, i: usize) -> Option<usize> {
    let last = i.checked_sub(1)?;
    if ordinals.holds(text.str(last)) {
        return Some(last);
    }
    // « 19e » is one token or two.
    let words: Range<usize> = last.checked_sub(1)?..last + 1;
    let figures = text.tokens.get(words.start).is_some_and(|t| t.kind == Kind::Number);
    let joined = text.tokens.get(last).is_some_and(|t| !t.spaced());
    (figures && joined && ordinals.ends(text.str(last))).then_some(words.start)
}

/// The number of the mention that a link ties to what ends before token `end`.
fn holder(text: &Text<'_>, end: usize, mentions: &[PlaceMention]) -> Option<usize> {
    let mut at = end;
    if !cue::means(text, at, class::PLACE_LINK, "of") {
        return None;
    }
    at += 1;
    if text.has(at, class::PLACE_ARTICLE) {
        at += 1;
    }
    beginning(mentions, text.tokens.get(at)?.span.start)
}

fn mention(span: Span, place: Arc<super::Place>, reason: &'static str) -> PlaceMention {
    PlaceMention {
        span,
        role: PlaceRole::Location,
        cue: None,
        anaphor: true,
        place: Some(place),
        confidence: SURE,
        evidence: Vec::new(),
        candidates: Arc::default(),
        reasons: vec![reason],
    }
}
