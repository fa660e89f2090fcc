//! Names inside words glued with hyphens: « le train Paris-Marseille », "US-led", « pro-Moscou ».
//!
//! Every part must be well known, a place the text names elsewhere, a country or a large town, so that double
//! names of persons and towns stay whole.

use super::{PlaceKind, PlaceMention, PlaceRole, make};
use crate::gazetteer::{Gazetteer, NameSort};
use crate::lang::{Class, class};
use crate::span::Span;
use crate::text::{Kind, Text};
use std::sync::Arc;

/// Towns of fewer people are no part of a glued word.
const LARGE: u32 = 100_000;

/// How far back a part may have been named, in mentions.
const BACK: usize = 200;

/// Finds the names in glued words that hold none of `mentions`, which are sorted by start.
pub(super) fn glued(text: &Text<'_>, gazetteer: &Gazetteer, mentions: &[PlaceMention]) -> Vec<PlaceMention> {
    let mut found = Vec::new();
    let mut next = 0;
    for (at, _) in text.source.match_indices('-') {
        let n = text.token_at(at as u32);
        let Some(token) = text.tokens.get(n).filter(|t| n >= next && t.kind == Kind::Word) else { continue };
        let word = token.span.of(text.source);
        next = n + 1;
        let name = |part: &str| part.starts_with(char::is_uppercase);
        if !word.contains('-') || !word.split('-').any(name) {
            continue;
        }
        let near = mentions.partition_point(|m| m.span.end <= token.span.start);
        if mentions.get(near).is_some_and(|m| m.span.overlaps(token.span)) {
            continue;
        }
        let mut at = token.span.start as usize;
        let parts: Vec<Span> = word
            .split('-')
            .map(|part| {
                let span = Span::new(at, at + part.len());
                at = span.end as usize + 1;
                span
            })
            .collect();
        let Some((first, last)) = parts.first().zip(parts.last()) else { continue };
        let recent = mentions.get(near.saturating_sub(BACK)..near).unwrap_or_default();
        let named = |part: &Span| place(text, gazetteer, recent, *part);
        let listed = |part: &Span, class| listed(text, *part, class);
        if parts.len() == 2
            && let Some(role) = listed(last, class::PLACE_GLUED_END)
        {
            found.extend(named(first).map(|m| PlaceMention { role: role_of(role), ..m }));
        } else if parts.len() == 2
            && let Some(role) = listed(first, class::PLACE_GLUED_START)
        {
            found.extend(named(last).map(|m| PlaceMention { role: role_of(role), ..m }));
        } else if !parts.iter().any(|p| is_first_name(text, *p))
            && let Some(all) = parts.iter().map(named).collect::<Option<Vec<_>>>()
        {
            found.extend(all);
        }
    }
    found
}

/// The value of a part in a class of the lists.
fn listed(text: &Text<'_>, part: Span, class: Class) -> Option<&'static str> {
    let lexicon = text.lang.lexicon();
    lexicon.value(lexicon.word(&part.of(text.source).to_lowercase()), class)
}

/// « Florence-Marie » names no two towns.
fn is_first_name(text: &Text<'_>, part: Span) -> bool {
    [class::TAG_FIRST_NAME, class::PLACE_FIRST_NAME].iter().any(|c| listed(text, part, *c).is_some())
}

fn role_of(value: &str) -> PlaceRole {
    if value == "metonym" { PlaceRole::Metonym } else { PlaceRole::Context }
}

/// The place of one part, if it is well known.
fn place(
    text: &Text<'_>,
    gazetteer: &Gazetteer,
    mentions: &[PlaceMention],
    part: Span,
) -> Option<PlaceMention> {
    let name = part.of(text.source);
    let upper = !name.chars().any(char::is_lowercase);
    if !name.chars().next().is_some_and(char::is_uppercase) || name.len() < 2 {
        return None;
    }
    let before = mentions.iter().find(|m| m.span.of(text.source) == name && m.place.is_some());
    let known = before.and_then(|m| m.place.clone()).or_else(|| {
        let best = gazetteer
            .find(name)
            .filter(|c| !c.form.needs_cue() && upper == (c.form.sort() == NameSort::Abbreviation))
            .filter(|c| c.form.sort() != NameSort::Other && c.form.sort() != NameSort::WithoutArticle)
            .find(|c| {
                let place = gazetteer.place(c.place);
                place.kind() == PlaceKind::Country
                    || place.kind() == PlaceKind::City && (place.population() >= LARGE || place.is_chosen())
            })?;
        Some(make::place(text, gazetteer, best.place))
    })?;
    Some(PlaceMention {
        span: part,
        role: PlaceRole::Context,
        cue: None,
        anaphor: false,
        place: Some(known),
        confidence: 0.8,
        evidence: Vec::new(),
        candidates: Arc::default(),
        reasons: vec!["glued"],
    })
}
