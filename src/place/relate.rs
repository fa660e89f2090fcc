//! Reads directions and distances before a name and moves its place there.
//!
//! « au nord de X » lies outside X, « dans le nord de X » inside; a distance in figures makes a ring. Areas
//! so wide that a half of them says little keep their own point; parts of countries are cut from their outlines.

use super::cue::{self, Link};
use super::relative::{self, Shape};
use super::spot::{Spot, is_area};
use super::{Place, PlaceKind, PlaceMention, PlaceRole, Precision};
use crate::gazetteer::Gazetteer;
use crate::lang::class;
use crate::text::Text;
use geo::Point;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Metres: parts of wider areas keep the area's own point.
const WIDEST: f64 = 300_000.0;
/// Metres: « près de » a town is within so much of its edge.
const NEAR: f64 = 15_000.0;

/// What stands before a name about where its place is meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Relation {
    /// A direction outside, with a distance in metres if one is told.
    Outside(f64, Option<f64>),
    /// A part inside.
    Inside(f64),
    /// A distance without a direction.
    Away(f64),
    /// Near, beside, around.
    Near,
}

/// Reads the relation before a spot and the first token of its words.
pub(super) fn relation(text: &Text<'_>, spot: &Spot) -> Option<(usize, Relation)> {
    let (range, before, start) = (&spot.range, &spot.before, spot.tokens.start);
    // "northern Syria": the direction stands right before the name.
    if before.link != Link::Of && before.link != Link::From {
        let part =
            cue::direction_before(text, start).map(|(from, degrees)| (from, Relation::Inside(degrees)));
        let bare = before.link == Link::None;
        let near =
            || cue::ends_at(text, before.start, class::PLACE_NEAR).map(|(from, _)| (from, Relation::Near));
        return part.or_else(|| near().filter(|_| bare)).filter(|(from, _)| *from >= range.start);
    }
    let end = before.start;
    if let Some((from, degrees)) = cue::direction_before(text, end).filter(|(f, _)| *f >= range.start) {
        // « la partie ouest de la ville »: what it is of comes before the direction, too.
        if let Some(part) = from.checked_sub(1).filter(|&p| p >= range.start)
            && text.value(part, class::PLACE_PART) == Some("word")
        {
            return Some((part, Relation::Inside(degrees)));
        }
        let frame = cue::before(text, range.start, from);
        let outward = (frame.contracted && frame.link == Link::At)
            || (!frame.contracted && cue::ends_at(text, from, class::PLACE_OUTWARD).is_some())
            || (frame.start..from).any(|i| text.has(i, class::PLACE_OUTWARD))
            || (!frame.article && frame.link == Link::None);
        if let Some((from, metres)) = distance(text, range.start, frame.start) {
            return Some((from, Relation::Outside(degrees, Some(metres))));
        }
        if outward {
            return Some((frame.start.min(from), Relation::Outside(degrees, None)));
        }
        // The part is called by its article and direction, without what leads there.
        let named = if frame.article && !frame.contracted { from.saturating_sub(1) } else { from };
        return Some((named, Relation::Inside(degrees)));
    }
    // "the northern part of Lima": what it is of comes after the direction.
    if let Some(part) = end.checked_sub(1).filter(|&p| text.value(p, class::PLACE_PART) == Some("word"))
        && let Some((from, degrees)) = cue::direction_before(text, part).filter(|(f, _)| *f >= range.start)
    {
        return Some((from, Relation::Inside(degrees)));
    }
    if let Some((from, metres)) = distance(text, range.start, end) {
        return Some((from, Relation::Away(metres)));
    }
    cue::ends_at(text, end, class::PLACE_NEAR)
        .filter(|(f, _)| *f >= range.start)
        .map(|(f, _)| (f, Relation::Near))
}

/// A distance that ends before token `end`: "20 km", « une trentaine de kilomètres ».
fn distance(text: &Text<'_>, first: usize, end: usize) -> Option<(usize, f64)> {
    let (unit, value) = cue::ends_at(text, end, class::PLACE_UNIT)?;
    let metres: f64 = value.parse().ok()?;
    let last = unit.checked_sub(1).filter(|l| *l >= first)?;
    if let Some(number) = text.number(last) {
        return Some((last, number * metres));
    }
    let (from, value) = cue::ends_at(text, unit, class::PLACE_NUMBER)?;
    value.parse::<f64>().ok().map(|number| (from, number * metres))
}

/// The shape of a relation to a place.
pub(super) fn shape(relation: Relation, place: &Place) -> Option<Shape> {
    let anchor = Point::new(place.lon, place.lat);
    let radius = f64::from(place.radius_m);
    let wide = is_area(place.kind) && radius > 30_000.0;
    match relation {
        Relation::Outside(degrees, Some(metres)) => {
            Some(relative::at_distance(anchor, metres, Some(degrees)))
        }
        Relation::Outside(degrees, None) => (!wide).then(|| relative::sector(anchor, radius, degrees)),
        Relation::Inside(degrees) => (radius <= WIDEST).then(|| relative::half(anchor, radius, degrees)),
        Relation::Away(metres) => Some(relative::at_distance(anchor, metres, None)),
        Relation::Near => (!wide).then(|| relative::disc(anchor, radius + NEAR)),
    }
}

/// Parts of countries, cut from their outlines once for a text.
#[derive(Debug, Default)]
pub(super) struct Parts(BTreeMap<(String, i32), Option<Shape>>);

impl Parts {
    /// The part of a country that a relation tells.
    fn of(&mut self, gazetteer: &Gazetteer, relation: Relation, place: &Place) -> Option<Shape> {
        let Relation::Inside(degrees) = relation else { return None };
        if place.kind != PlaceKind::Country {
            return None;
        }
        let cut = || {
            let rings = gazetteer.outlines()?.of(&place.country);
            let half = shape(relation, place).map(|half| half.point);
            relative::part(&rings, Point::new(place.lon, place.lat), degrees, half)
        };
        self.0.entry((place.id.clone(), degrees as i32)).or_insert_with(cut).clone()
    }
}

/// Turns the place of a mention into one computed from it.
pub(super) fn derive(
    text: &Text<'_>,
    gazetteer: &Gazetteer,
    parts: &mut Parts,
    spot: &Spot,
    mention: &mut PlaceMention,
) {
    let Some(place) = &mention.place else { return };
    if !mention.role.is_on_map() || matches!(place.kind, PlaceKind::River | PlaceKind::Sea) {
        return;
    }
    let Some((from, relation)) = relation(text, spot) else { return };
    // A district that is only known to lie in its town has nothing near it that the town has not.
    if place.anchor.is_some()
        && place.precision == Precision::Containing
        && matches!(relation, Relation::Near | Relation::Inside(_))
    {
        return;
    }
    let Some(shape) = parts.of(gazetteer, relation, place).or_else(|| shape(relation, place)) else {
        mention.reasons.push("wide_anchor");
        return;
    };
    let words = text.slice(from..spot.tokens.end).split_whitespace().collect::<Vec<_>>().join(" ");
    mention.cue = Some(text.span(from..spot.tokens.start));
    mention.reasons.push(reason(relation));
    mention.place = Some(derived(place, words, &shape));
    // "12 miles from X": the link belongs to the distance.
    let measured = matches!(relation, Relation::Away(_) | Relation::Outside(_, Some(_)));
    if mention.role == PlaceRole::Container || measured && mention.role == PlaceRole::Origin {
        mention.role = PlaceRole::Location;
    }
}

/// « entre A et B »: the first of two mentions becomes the band between them, when they are no further
/// apart than [`WIDEST`]; the second one is what it leans on.
pub(super) fn between(text: &Text<'_>, mentions: &mut [PlaceMention]) {
    for n in 1..mentions.len() {
        let (Some(a), Some(b)) = (mentions.get(n - 1), mentions.get(n)) else { continue };
        let (Some(from), Some(to)) = (&a.place, &b.place) else { continue };
        let towns = !is_area(from.kind) && !is_area(to.kind) && from.anchor.is_none() && to.anchor.is_none();
        if !towns || a.role != PlaceRole::Location || b.role != PlaceRole::Location {
            continue;
        }
        let second = text.token_at(b.span.start);
        let and = text.tokens_in(a.span).end;
        if second > and + 2 || !cue::means(text, and, class::PLACE_LINK, "and") {
            continue;
        }
        let first = text.token_at(a.span.start);
        let before = cue::before(text, cue::sentence(text, first).start, first);
        if before.link != Link::Between {
            continue;
        }
        let (here, there) = (Point::new(from.lon, from.lat), Point::new(to.lon, to.lat));
        if super::sphere::distance(here, there) > WIDEST {
            continue;
        }
        let radius = f64::from(from.radius_m.min(to.radius_m));
        let shape = relative::between(here, there, radius);
        let words = text.slice(before.start..second + 1).split_whitespace().collect::<Vec<_>>().join(" ");
        let place = derived(from, words, &shape);
        if let Some(mention) = mentions.get_mut(n - 1) {
            mention.place = Some(place);
            mention.reasons.push("between");
        }
        if let Some(mention) = mentions.get_mut(n) {
            mention.role = PlaceRole::Container;
            mention.reasons.push("between");
        }
    }
}

/// The word for a relation in reason codes.
pub(super) fn reason(relation: Relation) -> &'static str {
    match relation {
        Relation::Outside(_, Some(_)) => "distance_and_direction",
        Relation::Outside(_, None) => "direction",
        Relation::Inside(_) => "part",
        Relation::Away(_) => "distance",
        Relation::Near => "near",
    }
}

/// A place computed from `anchor`.
pub(super) fn derived(anchor: &Place, name: String, shape: &Shape) -> Arc<Place> {
    Arc::new(Place {
        id: String::new(),
        name: name.clone(),
        name_en: name,
        kind: PlaceKind::Derived,
        country: anchor.country.clone(),
        admin1: anchor.admin1.clone(),
        admin2: anchor.admin2.clone(),
        lon: shape.point.x(),
        lat: shape.point.y(),
        radius_m: shape.radius.min(f64::from(u32::MAX)) as u32,
        precision: Precision::Derived,
        outline: Some(shape.outline.clone()),
        anchor: Some(anchor.id.clone()),
    })
}
