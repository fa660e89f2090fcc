//! Words for the people and things of a country: « l'armée nigériane » tells of Nigeria without naming it.
//!
//! Each becomes a mention that puts nothing on the map by itself.

use super::make::Maker;
use super::{PlaceMention, PlaceRole};
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::lang::class;
use crate::text::Text;
use std::ops::Range;
use std::sync::Arc;

/// How sure a country is that only such a word tells.
const SURE: f32 = 0.4;

/// A word of a country in the text.
#[derive(Clone, Debug)]
pub(super) struct Demonym {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The country.
    pub country: PlaceId,
    /// Other words are written the same.
    pub local: bool,
}

/// All of them, in order.
pub(super) fn demonyms(text: &Text<'_>, gazetteer: &Gazetteer, marks: &[usize]) -> Vec<Demonym> {
    let mut found = Vec::new();
    for &i in marks {
        let (len, code, local) =
            match (text.value(i, class::PLACE_DEMONYM), text.value(i, class::PLACE_DEMONYM_LOCAL)) {
                (Some(code), _) => (1, code, false),
                (None, Some(code)) => (1, code, true),
                (None, None) => match text.phrase(i, class::PLACE_DEMONYM) {
                    Some((len, code)) => (len, code, false),
                    None => continue,
                },
            };
        if let Some(country) = gazetteer.country(code) {
            found.push(Demonym { tokens: i..i + len, country, local });
        }
    }
    found
}

/// The mentions of countries that only a demonym tells: all outside other mentions.
pub(super) fn mentions(
    text: &Text<'_>,
    maker: &mut Maker<'_, '_>,
    demonyms: &[Demonym],
    known: &[PlaceMention],
) -> Vec<PlaceMention> {
    let mut found = Vec::new();
    for demonym in demonyms.iter().filter(|d| !d.local) {
        let span = text.span(demonym.tokens.clone());
        let after = known.partition_point(|m| m.span.end <= span.start);
        let inside = known.get(after).is_some_and(|m| m.span.start < span.end);
        if inside {
            continue;
        }
        found.push(PlaceMention {
            span,
            role: PlaceRole::Demonym,
            cue: None,
            anaphor: true,
            place: Some(maker.place(demonym.country)),
            confidence: SURE,
            evidence: Vec::new(),
            candidates: Arc::default(),
            reasons: vec!["demonym"],
        });
    }
    found
}
