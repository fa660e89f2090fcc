//! Finds place names and the places they stand for.
//!
//! Stages: spots (names of the gazetteer in the text), sorting (persons and other names out), ranking
//! (which place), roles (what the name does). Nothing here knows times or happenings.

mod cue;
mod spot;
mod sort;
mod mask;
mod rank;
mod role;
mod series;
mod sphere;
mod relative;
mod relate;
mod site;
mod unknown;
mod anaphor;
mod make;
pub mod mention;

pub use crate::gazetteer::PlaceKind;
pub use mention::{Candidate, Place, PlaceMention, PlaceRole, Precision};

use crate::gazetteer::Gazetteer;
use crate::lang::class;
use crate::tag::Reading;
use crate::text::Text;
use sort::Sort;

/// What is known of a text beside its words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// Who published it; a place in that name is where it is at home.
    pub publisher: Option<&'a str>,
}

/// Finds the place mentions of a text, sorted by start.
pub fn find(
    text: &Text<'_>,
    reading: Option<&Reading<'_>>,
    gazetteer: &Gazetteer,
    context: &Context<'_>,
) -> Vec<PlaceMention> {
    let spots = spot::spot(text, gazetteer);
    let masks = mask::masks(text);
    let persons = sort::persons(text, reading);
    let sorts: Vec<(Sort, &'static str)> = spots
        .list
        .iter()
        .map(|s| {
            let masked = mask::covers(&masks, &s.tokens);
            sort::sort(text, reading, gazetteer, &spots, s, &persons, masked)
        })
        .collect();
    let places: Vec<usize> = (0..sorts.len())
        .filter(|n| sorts.get(*n).is_some_and(|(s, _)| matches!(s, Sort::Place | Sort::Institution)))
        .collect();
    let votes = votes(text, gazetteer, context);
    let ranked = rank::rank(text, gazetteer, &spots, &places, &votes);
    let scene = role::scene(text);
    let mut members = Vec::with_capacity(places.len());
    for &number in &places {
        let Some((spot, (sort, _))) = spots.list.get(number).zip(sorts.get(number)) else { continue };
        let first = ranked.get(number).and_then(Option::as_ref).and_then(|r| r.candidates.first());
        let best = first.map(|c| gazetteer.place(c.place));
        let mut given = role::role(text, reading, spot, best, scene);
        if *sort == Sort::Institution && given.role == PlaceRole::Location {
            given.role = PlaceRole::Context;
            given.reason = "institution_of_a_place";
        }
        members.push(series::Member { spot: number, given, best });
    }
    series::carry(text, &spots, scene, &mut members);
    let mut mentions = Vec::with_capacity(spots.list.len());
    for member in &members {
        let Some(spot) = spots.list.get(member.spot) else { continue };
        let ranked = ranked.get(member.spot).and_then(Option::as_ref);
        mentions.push(make::mention(text, gazetteer, spot, ranked, member.given));
    }
    for (spot, (sort, reason)) in spots.list.iter().zip(&sorts) {
        if *sort == Sort::OtherName {
            mentions.push(make::other(text, spot, reason));
        }
    }
    mentions.sort_by_key(|m| m.span);
    hold(&ranked, &places, &mut mentions, &spots, text);
    elsewhere(&ranked, &mut mentions, &spots, text);
    mentions.sort_by_key(|m| m.span);
    let unknown = unknown::unknown(text, reading, &spots, &persons, &mentions);
    for spot in &spots.list {
        let span = text.span(spot.tokens.clone());
        // The anchor of an apposition stays where it is; what it tells is the place of the name before.
        let anchors = unknown.iter().any(|u| {
            u.reasons.contains(&"apposition") && u.span.end < span.start && span.start - u.span.end < 80
        });
        if let Some(mention) = mentions.iter_mut().find(|m| m.span == span).filter(|_| !anchors) {
            relate::derive(text, spot, mention);
        } else if let Some(mention) = mentions.iter_mut().find(|m| m.span == span) {
            mention.role = PlaceRole::Container;
        }
    }
    mentions.extend(unknown);
    mentions.sort_by_key(|m| m.span);
    unknown::sites(text, &site::sites(text, &spots, &masks), reading, &mut mentions);
    relate::between(text, &mut mentions);
    let anaphors = anaphor::anaphors(text, &mentions);
    mentions.extend(anaphors);
    mentions.sort_by_key(|m| m.span);
    mentions
}

/// Names that hold the place named before them are containers.
fn hold(
    ranked: &[Option<rank::Ranked<'_>>],
    places: &[usize],
    mentions: &mut [PlaceMention],
    spots: &spot::Spots,
    text: &Text<'_>,
) {
    for &number in places {
        let Some(holder) = ranked.get(number).and_then(Option::as_ref).and_then(|r| r.container) else {
            continue;
        };
        let Some(span) = spots.list.get(holder).map(|s| text.span(s.tokens.clone())) else { continue };
        let holds = mentions.iter_mut().find(|m| m.span == span && m.role == PlaceRole::Location);
        if let Some(mention) = holds {
            mention.role = PlaceRole::Container;
            mention.reasons.push("holds_the_place_before");
        }
    }
}

/// « X, Oklahoma » when no X of the gazetteer lies there: X is somewhere in Oklahoma, wherever the text
/// names it, and not a namesake far away.
fn elsewhere(
    ranked: &[Option<rank::Ranked<'_>>],
    mentions: &mut [PlaceMention],
    spots: &spot::Spots,
    text: &Text<'_>,
) {
    let span_of = |n: usize| spots.list.get(n).map(|s| text.span(s.tokens.clone()));
    for (number, ranked) in ranked.iter().enumerate() {
        let Some(holder) = ranked.as_ref().and_then(|r| r.elsewhere) else { continue };
        let (Some(own), Some(holder)) = (span_of(number), span_of(holder)) else { continue };
        let wide = mentions.iter().find(|m| m.span == holder).and_then(|m| m.place.clone());
        let Some(wide) = wide.filter(|p| matches!(p.kind, PlaceKind::Admin1 | PlaceKind::Admin2)) else {
            continue;
        };
        let country = mentions.iter().find(|m| m.span == own).and_then(|m| m.place.as_ref());
        if country.is_none_or(|p| spot::is_area(p.kind)) {
            continue;
        }
        let name = own.of(text.source);
        // The first mention speaks for all, a later one for itself: it may be a namesake.
        let first = !mentions.iter().any(|m| m.span < own && same_name(m.span.of(text.source), name));
        let meant = |m: &PlaceMention| m.span == own || (first && same_name(m.span.of(text.source), name));
        for mention in mentions.iter_mut().filter(|m| meant(m)) {
            mention.place = Some(unknown::within(&wide, name));
            mention.confidence = 0.6;
            mention.reasons.push("in_no_gazetteer_there");
        }
        if let Some(mention) = mentions.iter_mut().find(|m| m.span == holder && m.role == PlaceRole::Location)
        {
            mention.role = PlaceRole::Container;
        }
    }
}

/// Equal but for case: datelines shout.
fn same_name(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// Votes for countries: demonyms of the text, and where the publisher is at home.
fn votes<'g>(text: &Text<'_>, gazetteer: &'g Gazetteer, context: &Context<'_>) -> Vec<(&'g str, f32)> {
    let mut votes = Vec::new();
    let country = |code: &str| gazetteer.country(code).map(|p| gazetteer.place(p).country());
    for i in 0..text.tokens.len() {
        let vote = match (text.value(i, class::PLACE_DEMONYM), text.value(i, class::PLACE_DEMONYM_LOCAL)) {
            (Some(code), _) => Some((code, 0.7)),
            (None, Some(code)) => Some((code, 0.4)),
            (None, None) => text.phrase(i, class::PLACE_DEMONYM).map(|(_, code)| (code, 0.7)),
        };
        if let Some((code, weight)) = vote
            && let Some(code) = country(code)
        {
            votes.push((code, weight));
        }
    }
    for word in context.publisher.unwrap_or_default().split(|c: char| !c.is_alphanumeric()) {
        if let Some(place) = gazetteer.find(word).next().filter(|c| !c.form.needs_cue()) {
            votes.push((gazetteer.place(place.place).country(), rank::weight::HOME));
        }
    }
    votes
}
