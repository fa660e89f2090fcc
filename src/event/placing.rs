//! Where a happening took place: the places of its clause, of its sentence, of the story so far.

use super::mention::EventPlace;
use super::scene::{Governor, Scene, View};
use super::word::Part;
use crate::lang::class;
use crate::place::{PlaceKind, PlaceMention, PlaceRole};

/// A place of a sentence and what it belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tie {
    /// The place, by its place in the list.
    pub mention: usize,
    pub governor: Governor,
    /// Its segment.
    pub segment: usize,
    /// First token of the place.
    pub at: usize,
}

/// The places of a sentence that can be where something happened, with what they belong to.
pub(super) fn ties(scene: &Scene<'_, '_>, view: &View) -> Vec<Tie> {
    let mut ties = Vec::new();
    for number in view.places.clone() {
        let Some(mention) = scene.places.get(number) else { continue };
        if !mention.role.is_on_map() {
            continue;
        }
        let tokens = scene.text.tokens_in(mention.span);
        let segment = scene.segment_of(view, tokens.start);
        if let Some(governor) = scene.governor(view, &tokens) {
            ties.push(Tie { mention: number, governor, segment, at: tokens.start });
        }
    }
    ties
}

/// The places of a happening, the main one first: those that say most exactly where. Each comes with its first
/// token, and whether it stands in another segment than the verb: there a destination beside the verb goes first
/// (« des habitants de Foua, bourg assiégé, ont été conduits à Alep »).
pub(super) fn rank(
    scene: &Scene<'_, '_>,
    numbers: &[(usize, usize, bool)],
    head: usize,
    rule: &'static str,
) -> Vec<EventPlace> {
    let mut found: Vec<(usize, usize, bool, &PlaceMention)> =
        numbers.iter().filter_map(|&(n, at, far)| scene.places.get(n).map(|p| (n, at, far, p))).collect();
    found.sort_by_key(|(n, at, far, p)| (order(p) + 2 * u8::from(*far), at.abs_diff(head), *n));
    found.iter().map(|(n, _, _, p)| EventPlace { mention: *n, role: p.role, rule }).collect()
}

/// Lower is better as the main place.
fn order(mention: &PlaceMention) -> u8 {
    let role = match mention.role {
        PlaceRole::Location => 0,
        PlaceRole::Destination => 1,
        PlaceRole::Origin => 2,
        _ => 8,
    };
    let coarse = match mention.place.as_ref().map(|p| p.kind) {
        None => 6,
        Some(PlaceKind::Continent) => 5,
        Some(PlaceKind::Country) => 4,
        Some(PlaceKind::Admin1 | PlaceKind::Region) => 3,
        Some(PlaceKind::Admin2) => 2,
        _ => 0,
    };
    role + coarse
}

/// The place that a text is about from its start: the place before the dash of a dateline, or before the colon
/// of a heading.
pub(super) fn ground(scene: &Scene<'_, '_>) -> Option<usize> {
    for view in scene.views.iter().take(4) {
        for n in view.places.clone() {
            let Some(mention) = scene.places.get(n) else { continue };
            if mention.place.is_none() || matches!(mention.role, PlaceRole::PartOfName | PlaceRole::Demonym) {
                continue;
            }
            let tokens = scene.text.tokens_in(mention.span);
            let heads = tokens.start <= view.tokens.start + 2;
            let parted = (tokens.end..tokens.end + 10).take_while(|&i| i < view.tokens.end).find(|&i| {
                scene.text.is_mark(i, class::MARK_COLON) || scene.text.is_mark(i, class::MARK_DASH)
            });
            if heads && parted.is_some_and(|p| (tokens.end..p).all(|i| scene.word(i).part != Part::Verb)) {
                return Some(n);
            }
        }
    }
    None
}
