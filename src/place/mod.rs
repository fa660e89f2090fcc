//! Finds place names and the places they stand for.
//!
//! Stages: spots (names of the gazetteer in the text), sorting (persons and other names out), ranking
//! (which place), roles (what the name does). Nothing here knows times or happenings.

mod cue;
mod spot;
mod sort;
mod mask;
mod quick;
mod weight;
mod prior;
mod rank;
mod role;
mod series;
mod side;
mod sphere;
mod cut;
mod relative;
mod relate;
mod frontier;
mod kinded;
mod glued;
mod grown;
mod site;
mod respell;
mod unknown;
mod anaphor;
mod demonym;
mod district;
mod confidence;
mod make;
pub mod mention;

pub use crate::gazetteer::PlaceKind;
pub use mention::{Candidate, Place, PlaceMention, PlaceRole, Precision};
pub(crate) use spot::is_area;

use crate::gazetteer::Gazetteer;
use crate::lang::{Lang, class, setting};
use crate::span::Span;
use crate::tag::Reading;
use crate::text::Text;
use sort::Sort;
use std::collections::BTreeMap;
use std::sync::Arc;

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
    let marks = cue::marks(text);
    let masks = mask::masks(text, &marks);
    let persons = sort::persons(text, reading, &marks);
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
    let demonyms = demonym::demonyms(text, gazetteer, &marks);
    let votes = votes(&demonyms, gazetteer, context, text.lang);
    let ranked = rank::rank(text, gazetteer, &spots, &places, &votes);
    let scene = role::scene(text, &marks);
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
    let mut mentions = Vec::with_capacity(spots.list.len() * 2 + demonyms.len());
    let mut maker = make::Maker::new(text, gazetteer);
    for member in &members {
        let Some(spot) = spots.list.get(member.spot) else { continue };
        let ranked = ranked.get(member.spot).and_then(Option::as_ref);
        mentions.push(maker.mention(spot, ranked, member.given));
    }
    for (spot, (sort, reason)) in spots.list.iter().zip(&sorts) {
        if *sort == Sort::OtherName {
            mentions.push(make::other(text, spot, reason));
        }
    }
    mentions.sort_by_key(|m| m.span);
    hold(&ranked, &places, &mut mentions, &spots, text);
    own(&ranked, &mut mentions, &spots, gazetteer, text);
    elsewhere(&ranked, &mut mentions, &spots, text);
    mentions.sort_by_key(|m| m.span);
    let people = |n: usize| {
        let best = ranked.get(n).and_then(Option::as_ref).and_then(|r| r.candidates.first());
        best.map_or(0, |c| gazetteer.place(c.place).population())
    };
    district::settle(text, &spots, people, &mut mentions);
    let glued = glued::glued(text, gazetteer, &mentions);
    mentions.extend(glued);
    mentions.sort_by_key(|m| m.span);
    let mut kinded = kinded::kinded(text, reading, &spots, &marks);
    kinded::leave_kinds(text, &kinded, &mut mentions);
    kinded::join(&mut kinded, grown::grown(text, &mentions));
    let unknown = unknown::unknown(text, reading, gazetteer, &spots, &persons, &kinded, &mentions);
    let longer: Vec<Span> = unknown.iter().map(|u| u.span).collect();
    unknown::leave_longer(&mut mentions, &longer);
    let apposed: Vec<u32> =
        unknown.iter().filter(|u| u.reasons.contains(&"apposition")).map(|u| u.span.end).collect();
    let mut parts = relate::Parts::default();
    for spot in &spots.list {
        let span = text.span(spot.tokens.clone());
        let Some(mention) = at(&mentions, span).and_then(|n| mentions.get_mut(n)) else { continue };
        // The anchor of an apposition stays where it is; what it tells is the place of the name before.
        let before = apposed.partition_point(|end| *end < span.start);
        let end = before.checked_sub(1).and_then(|n| apposed.get(n));
        if end.is_some_and(|end| span.start - end < 80) {
            mention.role = PlaceRole::Container;
        } else {
            relate::derive(text, gazetteer, &mut parts, spot, mention);
        }
    }
    for name in unknown.iter().filter(|u| u.reasons.contains(&"held_by_place_after")) {
        let after = mentions.partition_point(|m| m.span.start < name.span.end);
        if let Some(holder) = mentions.get_mut(after).filter(|m| m.role == PlaceRole::Location) {
            holder.role = PlaceRole::Container;
        }
    }
    mentions.extend(unknown);
    mentions.sort_by_key(|m| m.span);
    unknown::sites(text, &site::sites(text, &spots, &masks), reading, &mut mentions);
    relate::between(text, &mut mentions);
    let frontiers = frontier::frontiers(text, reading, gazetteer, &mut mentions, &marks);
    if !frontiers.is_empty() {
        mentions.extend(frontiers);
        mentions.sort_by_key(|m| m.span);
    }
    let numbered = district::numbered(text, &marks, &mut mentions);
    if !numbered.is_empty() {
        mentions.extend(numbered);
        mentions.sort_by_key(|m| m.span);
    }
    let countries = demonym::mentions(text, &mut maker, &demonyms, &mentions);
    if !countries.is_empty() {
        mentions.extend(countries);
        mentions.sort_by_key(|m| m.span);
    }
    let mut anaphors = anaphor::anaphors(text, &mut maker, reading, &mentions, &marks);
    for mention in &mut anaphors {
        // « le nord du pays »: what is said of a name holds for the word that stands for it.
        let last = text.token_at(mention.span.end.saturating_sub(1));
        let word = spot::Spot::unlisted(text, last..last + 1, None);
        let anchor = mention.place.as_ref().map(|p| p.name.clone());
        relate::derive(text, gazetteer, &mut parts, &word, mention);
        // "the east of the city" tells a reader of the map nothing without the name of the city.
        if let Some((place, anchor)) = mention.place.as_mut().zip(anchor)
            && place.precision == Precision::Derived
            && place.name != anchor
        {
            let place = Arc::make_mut(place);
            place.name = format!("{anchor}, {}", place.name);
        }
    }
    // « l'économie du pays » says no more than « l'économie »; « le nord du pays » is a place.
    anaphors.retain(|m| {
        let bound = text.has(text.token_at(m.span.start), class::PLACE_CONTRACTED_OF);
        !bound || m.place.as_ref().is_some_and(|p| p.precision == Precision::Derived)
    });
    if !anaphors.is_empty() {
        mentions.extend(anaphors);
        mentions.sort_by_key(|m| m.span);
        unknown::stand_in(text, &mut mentions);
    }
    mentions
}

/// The number of the mention with this span; mentions are sorted.
fn at(mentions: &[PlaceMention], span: Span) -> Option<usize> {
    let n = mentions.partition_point(|m| m.span < span);
    mentions.get(n).filter(|m| m.span == span).map(|_| n)
}

/// The number of the mention that begins here; mentions are sorted.
fn beginning(mentions: &[PlaceMention], start: u32) -> Option<usize> {
    let n = mentions.partition_point(|m| m.span.start < start);
    mentions.get(n).filter(|m| m.span.start == start).map(|_| n)
}

/// Names that hold the place named before them are containers.
fn hold(
    ranked: &[Option<rank::Ranked>],
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
        let holds = at(mentions, span).and_then(|n| mentions.get_mut(n));
        if let Some(mention) = holds.filter(|m| m.role == PlaceRole::Location) {
            mention.role = PlaceRole::Container;
            mention.reasons.push("holds_the_place_before");
        }
    }
}

/// "California's Butte County": what owns the place after it holds it.
fn own(
    ranked: &[Option<rank::Ranked>],
    mentions: &mut [PlaceMention],
    spots: &spot::Spots,
    gazetteer: &Gazetteer,
    text: &Text<'_>,
) {
    let best = |n: usize| Some(ranked.get(n)?.as_ref()?.candidates.first()?.place);
    for (n, pair) in spots.list.windows(2).enumerate() {
        let (Some(owner), Some(owned)) = (pair.first(), pair.last()) else { continue };
        let end = owner.tokens.end;
        let joined = text.has(end, class::PLACE_POSSESSIVE) && owned.tokens.start == end + 1;
        let Some((holder, held)) = best(n).zip(best(n + 1)).filter(|_| joined) else { continue };
        if holder != held
            && gazetteer.place(held).is_within(holder)
            && let Some(mention) =
                at(mentions, text.span(owner.tokens.clone())).and_then(|n| mentions.get_mut(n))
        {
            mention.role = PlaceRole::Container;
            mention.reasons.push("holds_the_place_after");
        }
    }
}

/// « X, Oklahoma » when no X of the gazetteer lies there: X is somewhere in Oklahoma, wherever the text
/// names it, and not a namesake far away.
fn elsewhere(
    ranked: &[Option<rank::Ranked>],
    mentions: &mut [PlaceMention],
    spots: &spot::Spots,
    text: &Text<'_>,
) {
    let span_of = |n: usize| spots.list.get(n).map(|s| text.span(s.tokens.clone()));
    let holders = ranked.iter().enumerate().filter_map(|(n, r)| Some((n, r.as_ref()?.elsewhere?)));
    let holders: Vec<(usize, usize)> = holders.collect();
    if holders.is_empty() {
        return;
    }
    // Equal but for case: datelines shout.
    let key = |span: Span| span.of(text.source).to_ascii_lowercase();
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, mention) in mentions.iter().enumerate() {
        names.entry(key(mention.span)).or_default().push(n);
    }
    for (number, holder) in holders {
        let (Some(own), Some(holder)) = (span_of(number), span_of(holder)) else { continue };
        let (Some(own), Some(holder)) = (at(mentions, own), at(mentions, holder)) else { continue };
        let place = |n: usize| mentions.get(n).and_then(|m| m.place.clone());
        let Some(wide) = place(holder).filter(|p| matches!(p.kind, PlaceKind::Admin1 | PlaceKind::Admin2))
        else {
            continue;
        };
        // Of areas only a country cannot lie in a division that stands in brackets: « Saint-Martin (Lot) ».
        let bracket = || {
            let end = mentions.get(own).map_or(0, |m| text.tokens_in(m.span).end);
            text.str(end) == "("
        };
        let unlike = |p: &Place| is_area(p.kind) && !(p.kind == PlaceKind::Country && bracket());
        if place(own).is_none_or(|p| unlike(&p)) {
            continue;
        }
        let Some(span) = mentions.get(own).map(|m| m.span) else { continue };
        let alike = names.get(&key(span)).map_or(&[][..], Vec::as_slice);
        // The first mention speaks for all, a later one for itself: it may be a namesake.
        let meant = if alike.first() == Some(&own) { alike } else { &[own][..] };
        for &n in meant {
            if let Some(mention) = mentions.get_mut(n) {
                mention.place = Some(unknown::within(&wide, span.of(text.source)));
                mention.confidence = 0.6;
                mention.evidence.clear();
                mention.reasons.push("in_no_gazetteer_there");
            }
        }
        if let Some(mention) = mentions.get_mut(holder).filter(|m| m.role == PlaceRole::Location) {
            mention.role = PlaceRole::Container;
        }
    }
}

/// Votes for countries: demonyms of the text, and where the publisher is at home.
fn votes<'g>(
    demonyms: &[demonym::Demonym],
    gazetteer: &'g Gazetteer,
    context: &Context<'_>,
    lang: Lang,
) -> Vec<(&'g str, f32)> {
    let vote = |d: &demonym::Demonym| (gazetteer.place(d.country).country(), if d.local { 0.4 } else { 0.7 });
    let mut votes: Vec<(&'g str, f32)> = demonyms.iter().map(vote).collect();
    for word in context.publisher.unwrap_or_default().split(|c: char| !c.is_alphanumeric()) {
        if let Some(place) = gazetteer.find(word).next().filter(|c| !c.form.needs_cue()) {
            votes.push((gazetteer.place(place.place).country(), weight::HOME));
        }
    }
    // Where most texts of the language are written.
    let home = lang.setting(setting::PLACE_HOME).and_then(|code| gazetteer.country(code));
    votes.extend(home.map(|country| (gazetteer.place(country).country(), weight::LANGUAGE)));
    votes
}
