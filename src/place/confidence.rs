//! How sure a place is: a logistic function of named evidence.
//!
//! The weights are learnt, not set: `.ci/calibrate` fits them to the places of the development texts that `annotate` gets
//! right and wrong and prints the table below. A place is right within 161 km; the point of a wide country often is not,
//! because atlases set it where they like, so width counts against.

use super::prior::Reason;
use super::rank::Ranked;
use super::spot::Spot;
use super::weight;
use crate::gazetteer::{Gazetteer, PlaceKind};

/// Name and weight of each piece of evidence, in its order, as `.ci/calibrate` prints them.
const WEIGHTS: &[(&str, f32)] = &[
    ("always", 0.25),
    ("lead", 1.29),
    ("namesakes", -1.45),
    ("country", 0.39),
    ("division", 0.28),
    ("town", -0.15),
    ("people", 0.81),
    ("wide", -1.86),
    ("well_known", 1.23),
    ("other_name", -1.12),
    ("other_language", -1.10),
    ("contained", 1.14),
    ("kind_named", -0.75),
    ("share", 1.00),
    ("near", 2.07),
    ("repeated", 0.13),
    ("common_word", -0.66),
    ("words", -0.60),
];

/// What speaks for the first of the ranked places, most of it between 0 and 1.
pub(super) fn evidence(gazetteer: &Gazetteer, spot: &Spot, ranked: &Ranked) -> Vec<(&'static str, f32)> {
    let Some(best) = ranked.candidates.first() else { return Vec::new() };
    let place = gazetteer.place(best.place);
    let lead = ranked.candidates.get(1).map_or(6.0, |s| (best.score - s.score).clamp(0.0, 6.0));
    let told = |reason| f32::from(best.reasons.hold(reason));
    let kind = |kinds: &[PlaceKind]| f32::from(kinds.contains(&best.kind));
    let people = (place.population() as f32 + 1.0).ln();
    let radius = place.radius_m() as f32 / 50_000.0;
    vec![
        ("always", 1.0),
        ("lead", lead / 6.0),
        ("namesakes", (ranked.namesakes as f32).ln() / 4.0),
        ("country", kind(&[PlaceKind::Country, PlaceKind::Continent])),
        ("division", kind(&[PlaceKind::Admin1, PlaceKind::Admin2])),
        ("town", kind(&[PlaceKind::City])),
        ("people", people / 16.0),
        ("wide", radius.max(1.0).ln() / 3.0),
        ("well_known", f32::from(place.is_chosen())),
        ("other_name", told(Reason::OtherName)),
        ("other_language", told(Reason::OtherLanguage)),
        ("contained", told(Reason::Contained)),
        ("kind_named", told(Reason::KindNamed)),
        ("share", best.share),
        ("near", best.near / weight::NEAR),
        ("repeated", (ranked.mentions as f32).ln().min(2.0) / 2.0),
        ("common_word", f32::from(spot.needs_cue)),
        ("words", f32::from(spot.tokens.len() > 1)),
    ]
}

/// How sure the place is, from the evidence for it, which is told in the order of the weights.
pub(super) fn of(evidence: &[(&'static str, f32)]) -> f32 {
    let sum: f32 = evidence.iter().zip(WEIGHTS).map(|((_, value), (_, weight))| weight * value).sum();
    (1.0 / (1.0 + (-sum).exp())).clamp(0.05, 0.99)
}
