//! What stands right after a verb: a thing, a score.

use super::scene::Scene;
use super::word::Part;
use crate::lang::class;

/// A noun phrase stands right after the verb, but for times between.
pub(super) fn has_thing(scene: &Scene<'_, '_>, last: usize, segment: usize) -> bool {
    let Some(end) = scene.segment(segment).map(|s| s.tokens.end) else { return false };
    let time = |i: usize| scene.time_over(i..i + 1).is_some();
    let between = |i: &usize| {
        let part = scene.word(*i).part;
        time(*i) || part == Part::Adverb || part == Part::Preposition && time(*i + 1)
    };
    (last + 1..end)
        .find(|i| !between(i))
        .is_some_and(|i| scene.word(i).part == Part::Determiner || scene.text.has(i, class::EVENT_DETERMINER))
}

/// Two small numbers joined by a dash stand in the clause after the verb.
pub(super) fn has_score(scene: &Scene<'_, '_>, last: usize, segment: usize) -> bool {
    let text = scene.text;
    let small = |i: usize| text.number(i).is_some_and(|n| n < 200.0) && scene.time_over(i..i + 1).is_none();
    let end = scene.segment(segment).map_or(last, |s| s.tokens.end);
    (last + 1..end).any(|i| small(i) && text.is_mark(i + 1, class::MARK_DASH) && small(i + 2))
}
