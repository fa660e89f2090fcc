//! Resolves words that stand for a place named before: « la ville », "the town", « sur place ».
//!
//! « le pays » is the country that most of the story so far is about, not the one that was named last; « la capitale »
//! is that country's, if it was named; « la région » without a region is that of the town named last.

use super::make::Maker;
use super::{Place, PlaceKind, PlaceMention, PlaceRole};
use crate::lang::{class, setting};
use crate::tag::{Reading, Upos};
use crate::text::Text;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many sentences back the place may have been named.
const BACK: usize = 12;
/// How sure a place is that no mention names.
const UNNAMED: f32 = 0.5;

/// Finds the anaphors of a text and the places among `mentions` (sorted by start) that they stand for.
/// Those whose place is not found are left out: they say nothing.
pub(super) fn anaphors(
    text: &Text<'_>,
    maker: &mut Maker<'_, '_>,
    reading: Option<&Reading<'_>>,
    mentions: &[PlaceMention],
    marks: &[usize],
) -> Vec<PlaceMention> {
    let mut found = Vec::new();
    // "The city council" is no city.
    let compounds = text.lang.setting(setting::PLACE_TAILS).is_some();
    let goes_on = |n: usize| reading.is_some_and(|r| matches!(r.upos(n), Upos::Noun | Upos::Propn));
    let mut next = 0;
    for &i in marks {
        let Some((len, value)) = text.phrase(i, class::PLACE_ANAPHOR).filter(|_| i >= next) else { continue };
        next = i + len;
        let span = text.span(i..next);
        let known = overlaps(mentions, span) || names_itself(text, next, mentions);
        // "There was an inquiry": no place is meant.
        let exists =
            text.has(i, class::PLACE_EXISTENTIAL) && reading.is_some_and(|r| r.upos(i) == Upos::Pron);
        let free = !(known || exists || compounds && goes_on(next));
        let end = mentions.partition_point(|m| m.span.start < span.start);
        let (before, after) = mentions.split_at_checked(end).filter(|_| free).unwrap_or_default();
        let meant = meant(text, maker, before, text.sentence_of(i), value);
        let Some(meant) = meant.or_else(|| named_after(text, before, after, value)) else { continue };
        found.push(PlaceMention {
            span,
            role: PlaceRole::Location,
            cue: None,
            anaphor: true,
            place: Some(meant.place),
            confidence: meant.confidence,
            candidates: Arc::default(),
            evidence: Vec::new(),
            reasons: vec![meant.reason],
        });
    }
    found
}

fn overlaps(mentions: &[PlaceMention], span: crate::span::Span) -> bool {
    let near = mentions.partition_point(|m| m.span.end <= span.start);
    mentions.get(near).is_some_and(|m| m.span.overlaps(span))
}

/// « la ville de X », « la ville X » name their place themselves.
fn names_itself(text: &Text<'_>, next: usize, mentions: &[PlaceMention]) -> bool {
    let mut at = next;
    if text.has(at, class::PLACE_LINK) {
        at += 1;
    }
    if text.has(at, class::PLACE_ARTICLE) {
        at += 1;
    }
    let start = text.tokens.get(at).map(|t| t.span.start);
    start.is_some_and(|start| super::beginning(mentions, start).is_some())
}

/// What a word stands for.
struct Meant {
    place: Arc<Place>,
    confidence: f32,
    reason: &'static str,
}

/// What a word of this value stands for after these mentions.
fn meant(
    text: &Text<'_>,
    maker: &mut Maker<'_, '_>,
    before: &[PlaceMention],
    sentence: usize,
    value: &str,
) -> Option<Meant> {
    let story = if matches!(value, "country" | "capital") { story(before) } else { None };
    if value == "country"
        && let Some(place) = story.and_then(|code| maker.country(code))
    {
        let named = before.iter().rev().find(|m| m.place.as_ref().is_some_and(|p| p.id == place.id));
        let confidence = named.map_or(UNNAMED, |m| m.confidence * 0.85);
        return Some(Meant { place, confidence, reason: "country_of_the_story" });
    }
    let near = |m: &&PlaceMention| text.sentence_of(text.token_at(m.span.start)) + BACK >= sentence;
    let named = || before.iter().rev().take_while(near).filter(|m| m.role.is_on_map());
    let agreeing = || named().filter(|m| m.place.as_ref().is_some_and(|p| agrees(text, m, p.kind, value)));
    let own = |m: &&PlaceMention| m.place.as_ref().is_some_and(|p| Some(p.country.as_str()) == story);
    // "Rescuers arrived from Derby. The town": where somebody came from is left behind.
    let here = |m: &&PlaceMention| m.role != PlaceRole::Origin;
    let antecedent = story
        .and_then(|_| agreeing().find(own))
        .or_else(|| agreeing().find(here))
        .or_else(|| agreeing().next());
    if let Some((mention, place)) = antecedent.and_then(|m| Some((m, m.place.clone()?))) {
        let confidence = mention.confidence * 0.85;
        return Some(Meant { place, confidence, reason: "stands_for_place_before" });
    }
    let town = named().filter(here).filter_map(|m| m.place.as_ref()).find(|p| p.kind == PlaceKind::City);
    let place = town.filter(|_| value == "region").and_then(|town| maker.division(&town.id))?;
    Some(Meant { place, confidence: UNNAMED, reason: "region_of_place_before" })
}

/// « Dans la capitale … à Paris »: the capital of the story's country, where it is named later only.
fn named_after(
    text: &Text<'_>,
    before: &[PlaceMention],
    after: &[PlaceMention],
    value: &str,
) -> Option<Meant> {
    let country = story(before).filter(|_| value == "capital")?;
    let own = |m: &&PlaceMention| {
        m.place.as_ref().is_some_and(|p| p.country == country && agrees(text, m, p.kind, value))
    };
    let named = after.iter().find(own)?;
    let place = named.place.clone()?;
    Some(Meant { place, confidence: named.confidence * 0.75, reason: "stands_for_place_after" })
}

/// The country that most of the mentions lie in; of two with as many, the one named last.
fn story(before: &[PlaceMention]) -> Option<&str> {
    let mut countries: BTreeMap<&str, (f32, usize)> = BTreeMap::new();
    for (n, mention) in before.iter().enumerate() {
        let weight = match mention.role {
            PlaceRole::PartOfName => continue,
            PlaceRole::Metonym | PlaceRole::Origin => 0.3,
            PlaceRole::Demonym | PlaceRole::Context | PlaceRole::Topic => 0.5,
            _ => 1.0,
        };
        if let Some(place) = mention.place.as_ref().filter(|p| !p.country.is_empty()) {
            let votes = countries.entry(&place.country).or_default();
            *votes = (votes.0 + weight, n);
        }
    }
    let most = countries.iter().max_by(|(_, a), (_, b)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    most.map(|(code, _)| *code)
}

fn agrees(text: &Text<'_>, mention: &PlaceMention, kind: PlaceKind, value: &str) -> bool {
    use PlaceKind::{Admin1, Admin2, City, Country, Derived, District, Island, Region, Site, Street};
    match value {
        "city" | "village" => kind == City,
        "capital" => {
            let at = text.token_at(mention.span.start);
            kind == City && text.phrase(at, class::PLACE_CAPITAL).is_some()
        }
        "country" => kind == Country,
        "region" => matches!(kind, Admin1 | Admin2 | Region),
        "island" => kind == Island,
        "district" => matches!(kind, District | Derived),
        _ => matches!(kind, City | District | Site | Street | Derived | Island),
    }
}
