//! Resolves words that stand for a place named before: « la ville », "the town", « sur place ».

use super::{PlaceKind, PlaceMention, PlaceRole};
use crate::lang::class;
use crate::text::Text;

/// How many sentences back the place may have been named.
const BACK: usize = 12;

/// Finds the anaphors of a text and the places among `mentions` (sorted by start) that they stand for.
/// Those whose place is not found are left out: they say nothing.
pub(super) fn anaphors(text: &Text<'_>, mentions: &[PlaceMention], marks: &[usize]) -> Vec<PlaceMention> {
    let mut found = Vec::new();
    let mut next = 0;
    for &i in marks {
        let Some((len, value)) = text.phrase(i, class::PLACE_ANAPHOR).filter(|_| i >= next) else { continue };
        next = i + len;
        let span = text.span(i..next);
        let free = !overlaps(mentions, span) && !names_itself(text, next, mentions);
        if free && let Some(antecedent) = antecedent(text, mentions, span.start, text.sentence_of(i), value) {
            found.push(PlaceMention {
                span,
                role: PlaceRole::Location,
                cue: None,
                anaphor: true,
                place: antecedent.place.clone(),
                confidence: antecedent.confidence * 0.85,
                candidates: Vec::new(),
                evidence: Vec::new(),
                reasons: vec!["stands_for_place_before"],
            });
        }
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

/// The last place before `start` that the word can stand for.
fn antecedent<'m>(
    text: &Text<'_>,
    mentions: &'m [PlaceMention],
    start: u32,
    sentence: usize,
    value: &str,
) -> Option<&'m PlaceMention> {
    let end = mentions.partition_point(|m| m.span.start < start);
    let near = |m: &&PlaceMention| text.sentence_of(text.token_at(m.span.start)) + BACK >= sentence;
    mentions.get(..end)?.iter().rev().take_while(near).find(|m| {
        let named = matches!(
            m.role,
            PlaceRole::Location | PlaceRole::Destination | PlaceRole::Origin | PlaceRole::Container
        );
        named && m.place.as_ref().is_some_and(|p| agrees(text, m, p.kind, value))
    })
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
