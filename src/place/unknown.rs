//! Places that no gazetteer holds: named as such by the tagger or by the words around them, and placed by
//! what the text says of them (« un quartier au sud d'Alep »), or in the town the text speaks of.

use super::cue::{self, Link};
use super::kinded::Kinded;
use super::relate;
use super::respell::Spellings;
use super::sort::{Persons, is_listed};
use super::spot::{Ordinals, Spot, Spots, is_shouted};
use super::{Place, PlaceKind, PlaceMention, PlaceRole, Precision, beginning, make, role};
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::lang::class;
use crate::span::Span;
use crate::tag::{EntityKind, Reading};
use crate::text::{Kind, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// How far after a name its apposition may begin, in tokens.
const AHEAD: usize = 14;
/// Districts and sites are placed within so many metres of their town's edge.
const WITHIN: u32 = 5_000;

/// Names that are places and in no gazetteer, with roles; `mentions` are those found already.
pub(super) fn unknown(
    text: &Text<'_>,
    reading: Option<&Reading<'_>>,
    gazetteer: &Gazetteer,
    spots: &Spots,
    persons: &Persons,
    kinded: &[Kinded],
    mentions: &[PlaceMention],
) -> Vec<PlaceMention> {
    let mut found: Vec<PlaceMention> = Vec::new();
    let mut names = names(text, reading, kinded);
    names.extend(passed_over(text, reading));
    names.sort_by_key(|name| name.tokens.start);
    if names.is_empty() {
        return found;
    }
    let mut spellings = Spellings::of(text.lang, mentions);
    let towns = Towns::of(mentions);
    let mut placed: BTreeMap<&str, Arc<Place>> = BTreeMap::new();
    // A second look finds the same wherever the text has the name; plain words are not spelt otherwise.
    let mut looks: BTreeMap<&str, Option<PlaceId>> = BTreeMap::new();
    let mut tied: BTreeSet<&str> = BTreeSet::new();
    for Name { tokens, kind, passed_over } in names {
        let span = text.span(tokens.clone());
        if is_taken(mentions, span, kind.is_some())
            || kind.is_none() && persons.knows(text.str(tokens.end - 1))
        {
            continue;
        }
        let spot = Spot::unlisted(text, tokens.clone(), kind);
        let given = role::role(text, reading, &spot, None, role::Scene { sport: false });
        let mut mention = make::unplaced(text, &spot, given);
        let name = span.of(text.source);
        if let Some(place) = placed.get(name) {
            mention.place = Some(place.clone());
            mention.confidence = 0.5;
            mention.reasons.push("same_name_before");
        } else if let Some((place, reason)) = told(text, &tokens, spots, mentions)
            .or_else(|| {
                let look = looks.entry(name).or_insert_with(|| {
                    let plain = tokens.clone().all(|i| is_listed(text, i));
                    (!plain).then(|| spellings.near(gazetteer, name)).flatten()
                });
                look.map(|id| (make::place(text, gazetteer, id), "spelt_otherwise"))
            })
            .or_else(|| {
                let around = || {
                    held(text, &tokens, kind.is_some(), mentions)
                        .or_else(|| inside(text, &tokens, kind, &towns))
                };
                (!passed_over).then(around).flatten()
            })
        {
            placed.insert(name, place.clone());
            mention.place = Some(place);
            mention.confidence = if reason == "apposition" { 0.7 } else { 0.55 };
            mention.reasons.push(reason);
        } else if !passed_over && (kind.is_some() || is_tied(link(text, tokens.start))) {
            tied.insert(name);
        }
        found.push(mention);
    }
    // Nothing but its letters tells that such a name is one of a place: a person, a firm or a storm as often.
    found.retain(|m| m.place.is_some() || tied.contains(m.span.of(text.source)));
    found
}

/// « à Ostrel », « de la Ternaise »: a word before the name ties it like a place.
fn is_tied(link: Link) -> bool {
    link.is_locative() || matches!(link, Link::Of | Link::Between)
}

/// What ties the name that begins at a token to the words of its sentence before it.
fn link(text: &Text<'_>, start: usize) -> Link {
    cue::before(text, cue::sentence(text, start).start, start).link
}

/// A mention has some of these words already. A name with the word of its kind goes before parts of it, and before what
/// was taken for another name.
fn is_taken(mentions: &[PlaceMention], span: Span, kinded: bool) -> bool {
    let first = mentions.partition_point(|m| m.span.end <= span.start);
    let over = mentions.get(first..).unwrap_or_default().iter().take_while(|m| m.span.overlaps(span));
    let gives_way = |m: &PlaceMention| {
        kinded && span.contains(m.span) && (m.span != span || m.role == PlaceRole::PartOfName)
    };
    over.into_iter().any(|m| !gives_way(m))
}

/// A name that no gazetteer holds as it is written.
struct Name {
    tokens: Range<usize>,
    /// The kind that a word beside it tells.
    kind: Option<&'static str>,
    /// The tagger does not take it for a name: only a place near by that is spelt alike confirms it.
    passed_over: bool,
}

/// « passed through Ostrel »: single words with a capital that a link ties like a place and that no list knows.
fn passed_over<'t>(text: &'t Text<'t>, reading: Option<&'t Reading<'t>>) -> impl Iterator<Item = Name> + 't {
    let word = |i: usize| text.tokens.get(i).filter(|t| t.kind == Kind::Word);
    let capital = move |i: usize| word(i).is_some_and(|t| t.capital());
    let alone = move |i: usize| !capital(i + 1) && i.checked_sub(1).is_none_or(|p| !capital(p));
    let cased = move |i: usize| word(i).is_some_and(|t| t.capital() && !t.upper());
    let strange = move |i: usize| !is_listed(text, i);
    let nameless = move |i: usize| reading.is_some_and(|r| r.entity_at(i).is_none());
    let tied = move |i: usize| link(text, i).is_locative();
    let found = (0..text.tokens.len()).filter(move |i| cased(*i) && alone(*i));
    let found = found.filter(move |i| strange(*i) && nameless(*i) && tied(*i));
    found.map(|i| Name { tokens: i..i + 1, kind: None, passed_over: true })
}

/// Names of places by the tagger, and by the word of their kind beside them.
fn names(text: &Text<'_>, reading: Option<&Reading<'_>>, kinded: &[Kinded]) -> Vec<Name> {
    let name = |tokens, kind| Name { tokens, kind, passed_over: false };
    let mut names: Vec<Name> = kinded.iter().map(|k| name(k.tokens.clone(), Some(k.kind))).collect();
    let ordinals = Ordinals::of(text);
    for entity in reading.map_or(&[][..], |r| r.entities()) {
        if entity.kind != EntityKind::Place {
            continue;
        }
        let mut tokens = entity.tokens.clone();
        // Small words at the border are no part of the name.
        while tokens.len() > 1 && text.tokens.get(tokens.start).is_some_and(|t| !t.capital()) {
            tokens.start += 1;
        }
        // An article with a capital inside a sentence belongs to the name: « à La Roche ».
        if let Some(before) = tokens.start.checked_sub(1)
            && text.has(before, class::PLACE_ARTICLE)
            && text.tokens.get(before).is_some_and(|t| t.capital())
            && text.sentences.get(text.sentence_of(before)).is_some_and(|s| s.tokens.start < before)
        {
            tokens.start = before;
        }
        let letters = text.slice(tokens.clone()).chars().filter(|c| c.is_alphabetic()).count();
        let capital = text.tokens.get(tokens.start).is_some_and(|t| t.capital() && t.kind == Kind::Word);
        let office = tokens.clone().any(|i| {
            text.has(i, class::PLACE_INSTITUTION)
                || text.has(i, class::TAG_ORGANISATION_WORD)
                || text.has(i, class::PLACE_OTHER_NAME)
        });
        let bare_head = tokens.len() == 1
            && (text.has(tokens.start, class::PLACE_HEAD) || text.has(tokens.start, class::PLACE_TAIL));
        let common = tokens.len() == 1
            && (text.has(tokens.start, class::PLACE_WORD)
                || text.has(tokens.start, class::PLACE_DEMONYM)
                || text.has(tokens.start, class::PLACE_DEMONYM_LOCAL)
                || text.has(tokens.start, class::PLACE_DIRECTION)
                || text.has(tokens.start, class::PLACE_TYPE)
                || text.has(tokens.start, class::TAG_CALENDAR));
        let ordinal = tokens.len() == 1 && ordinals.holds(text.str(tokens.start));
        let after = kinded.partition_point(|k| k.tokens.end <= tokens.start);
        let told = kinded.get(after).is_some_and(|k| k.tokens.start < tokens.end);
        if capital && letters > 2 && !common && !office && !bare_head && !ordinal && !told {
            names.push(name(tokens, None));
        }
    }
    names
}

/// The place that an apposition tells: a kind, a direction and a known place after the name.
fn told(
    text: &Text<'_>,
    tokens: &Range<usize>,
    spots: &Spots,
    mentions: &[PlaceMention],
) -> Option<(Arc<Place>, &'static str)> {
    let limit = tokens.end + AHEAD;
    let mut typed = false;
    let sentence = cue::sentence(text, tokens.start);
    let (end, shouted) = (sentence.end, is_shouted(text, sentence));
    for i in tokens.end..limit.min(text.tokens.len()) {
        typed |= text.has(i, class::PLACE_TYPE);
        if i >= end {
            return None;
        }
        let start = text.tokens.get(i)?.span.start;
        let Some(anchor) = beginning(mentions, start).and_then(|n| mentions.get(n)) else {
            // Another capital word: the apposition is not about this name.
            let capital = text.tokens.get(i)?.capital()
                && cue::sentence(text, i).start != i
                && !(shouted && is_listed(text, i));
            if capital && text.tokens.get(i)?.kind == Kind::Word {
                return None;
            }
            continue;
        };
        let place = anchor.place.as_ref()?;
        let spot = spots.list.get(spots.list.partition_point(|s| s.tokens.start < i))?;
        if spot.tokens.start != i {
            return None;
        }
        let (from, relation) = relate::relation(text, spot)?;
        let apposed = from > tokens.end && (typed || text.is_mark(tokens.end, class::MARK_COMMA));
        // The anchor itself may have been moved by the same words already.
        if place.anchor.is_some() {
            return apposed.then(|| (place.clone(), "apposition"));
        }
        let shape = relate::shape(relation, place)?;
        let name = text.slice(tokens.clone()).to_owned();
        return apposed.then(|| (relate::derived(place, name, &shape), "apposition"));
    }
    None
}

/// « X, dans le Brabant », "X, near Y": the known place right after a comma or bracket holds the name; so does one that
/// a link ties to a name with its kind, "the X neighborhood of Y".
fn held(
    text: &Text<'_>,
    tokens: &Range<usize>,
    kinded: bool,
    mentions: &[PlaceMention],
) -> Option<(Arc<Place>, &'static str)> {
    let mut at = tokens.end;
    if let Some((len, _)) = text.phrase(at, class::PLACE_KIND_AFTER).filter(|_| kinded) {
        at += len;
    }
    if text.is_mark(at, class::MARK_COMMA) || text.str(at) == "(" {
        at += 1;
    } else if !(kinded && text.has(at, class::PLACE_LINK)) {
        return None;
    }
    if let Some((len, _)) = text.phrase(at, class::PLACE_NEAR) {
        at += len;
    }
    if text.has(at, class::PLACE_LINK) {
        at += 1;
    }
    if text.has(at, class::PLACE_ARTICLE) {
        at += 1;
    }
    let start = text.tokens.get(at)?.span.start;
    let holder = mentions.get(beginning(mentions, start)?).filter(|m| m.role.is_on_map())?;
    let place = holder.place.as_ref()?;
    (place.kind != PlaceKind::Country && place.kind != PlaceKind::Continent)
        .then(|| (within(place, text.slice(tokens.clone())), "held_by_place_after"))
}

/// A district, street or site without a place of its own is in the town named last.
fn inside(
    text: &Text<'_>,
    tokens: &Range<usize>,
    kind: Option<&'static str>,
    towns: &Towns<'_>,
) -> Option<(Arc<Place>, &'static str)> {
    let range = cue::sentence(text, tokens.start);
    let before = cue::before(text, range.start, tokens.start);
    let district = kind.is_some_and(|k| k != "settlement")
        || kind.is_none()
            && ["district", "site"].iter().any(|v| cue::has_before(text, before.start, class::PLACE_TYPE, v));
    if !district {
        return None;
    }
    let start = text.span(tokens.clone()).start;
    towns.before(start).map(|town| (within(town, text.slice(tokens.clone())), "in_town_before"))
}

/// The towns that a text names, in order.
pub(super) struct Towns<'m>(Vec<(u32, &'m Place)>);

impl<'m> Towns<'m> {
    /// Those of some mentions, which are sorted by start.
    pub(super) fn of(mentions: &'m [PlaceMention]) -> Self {
        let named = mentions.iter().filter(|m| m.role.is_on_map() && !m.anaphor);
        let placed = named.filter_map(|m| m.place.as_deref().map(|p| (m.span.start, p)));
        Towns(placed.filter(|(_, p)| p.kind == PlaceKind::City).collect())
    }

    /// The town named last before `start`, or else the first one after.
    pub(super) fn before(&self, start: u32) -> Option<&'m Place> {
        let after = self.0.partition_point(|(s, _)| *s < start);
        let before = after.checked_sub(1).and_then(|n| self.0.get(n));
        before.or_else(|| self.0.get(after..)?.iter().find(|(s, _)| *s > start)).map(|(_, p)| *p)
    }
}

/// « Dans la capitale, à la gare de Lyon »: what lies in the town named last lies in the one that a word of its own
/// sentence stands for.
pub(super) fn stand_in(text: &Text<'_>, mentions: &mut [PlaceMention]) {
    let mut town: Option<(usize, Arc<Place>)> = None;
    for mention in mentions {
        let sentence = text.sentence_of(text.token_at(mention.span.start));
        let here = town.as_ref().filter(|(own, _)| *own == sentence).map(|(_, town)| town);
        if mention.reasons.contains(&"in_town_before")
            && let Some(here) = here
            && let Some(place) = &mention.place
        {
            mention.place = Some(within(here, &place.name));
        }
        let meant = mention.place.as_ref().filter(|p| p.kind == PlaceKind::City && mention.role.is_on_map());
        if let Some(meant) = meant {
            town = mention.anaphor.then(|| (sentence, meant.clone()));
        }
    }
}

/// A place somewhere in a town.
pub(super) fn within(town: &Place, name: &str) -> Arc<Place> {
    Arc::new(Place {
        id: String::new(),
        name: name.to_owned(),
        name_en: name.to_owned(),
        kind: PlaceKind::Site,
        country: town.country.clone(),
        admin1: town.admin1.clone(),
        admin2: town.admin2.clone(),
        lon: town.lon,
        lat: town.lat,
        radius_m: town.radius_m.saturating_add(WITHIN),
        precision: Precision::Containing,
        outline: None,
        anchor: Some(town.id.clone()),
    })
}

/// Drops the names inside longer ones, which are sorted: they are parts of those, and nothing that the text names.
pub(super) fn leave_longer(mentions: &mut Vec<PlaceMention>, longer: &[Span]) {
    mentions.retain(|m| {
        let next = longer.partition_point(|l| l.end < m.span.end);
        !longer.get(next).is_some_and(|l| l.contains(m.span))
    });
}

/// Streets, squares and buildings named by their own word.
pub(super) fn sites(
    text: &Text<'_>,
    sites: &[super::site::Site],
    reading: Option<&Reading<'_>>,
    mentions: &mut Vec<PlaceMention>,
) {
    if sites.is_empty() {
        return;
    }
    let spans: Vec<Span> = sites.iter().map(|s| text.span(s.tokens.clone())).collect();
    leave_longer(mentions, &spans);
    let towns = Towns::of(mentions);
    let mut found = Vec::with_capacity(sites.len());
    for site in sites {
        let span = text.span(site.tokens.clone());
        let spot = Spot::unlisted(text, site.tokens.clone(), Some(site.kind));
        let given = role::role(text, reading, &spot, None, role::Scene { sport: false });
        let mut mention = make::unplaced(text, &spot, given);
        if let Some(town) = towns.before(span.start) {
            mention.place = Some(within(town, span.of(text.source)));
            mention.confidence = 0.6;
            mention.reasons.push("in_town_before");
        }
        if mention.role == PlaceRole::Metonym {
            mention.role = PlaceRole::Location;
        }
        found.push(mention);
    }
    mentions.extend(found);
    mentions.sort_by_key(|m| m.span);
}
