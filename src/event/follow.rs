//! What stands around a verb: a thing, a score, a time or a quality after it, a figure before it.

use super::EventType;
use super::actor;
use super::scene::{Scene, View};
use super::verb::{Group, Negation, Voice};
use super::word::{Part, Tense};
use crate::lang::class;
use crate::time::Granularity;

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

/// The first noun of the subject of an active verb is a figure (prices, sales, unemployment, an index), or a share is
/// told right after it: "fell by 3 percent".
pub(super) fn is_of_figure(scene: &Scene<'_, '_>, view: &View, group: &Group, segment: usize) -> bool {
    use EventType::{Accident, Capture, Closing, Disaster, Health, Movement, Opening, Other, Sport};
    let told = group.sense.filter(|s| !s.report && !s.state && group.voice != Voice::Passive);
    let Some(kind) = told.map(|s| s.kind) else { return false };
    let moves = matches!(kind, Accident | Capture | Closing | Disaster | Health | Movement | Opening | Other);
    let text = scene.text;
    let share = || {
        let end = scene.segment(segment).map_or(group.last, |s| s.tokens.end).min(group.last + 1 + SHARE);
        (group.last + 2..end)
            .any(|i| text.phrase(i, class::EVENT_SHARE).is_some() && text.number(i - 1).is_some())
    };
    let figure = |i: usize| text.phrase(i, class::EVENT_FIGURE).is_some();
    let subject = || {
        actor::subject(scene, view, group, segment).is_some_and(|mut own| {
            own.find(|&i| figure(i) || matches!(scene.word(i).part, Part::Noun | Part::Name))
                .is_some_and(figure)
        })
    };
    moves && share() || (moves || kind == Sport) && subject()
}

/// "was on Saturday": being at a time.
pub(super) fn is_at_time(scene: &Scene<'_, '_>, group: &Group) -> bool {
    group.bare
        && group.is_finite()
        && (1..=2).any(|n| {
            let lead = n == 1 || scene.word(group.last + 1).part == Part::Preposition;
            lead && scene.time_over(group.last + n..group.last + n + 1).is_some()
        })
}

/// "will be available", "was without power": what something comes to be on a day, by the words after « be ».
pub(super) fn becomes(scene: &Scene<'_, '_>, group: &Group) -> Option<EventType> {
    let text = scene.text;
    let told = group.bare && group.is_finite() && group.negation == Negation::None;
    let at =
        (group.last + 1..group.last + 3).find(|&i| !text.has(i, class::EVENT_FILLER)).filter(|_| told)?;
    let (len, kind) = text.phrase(at, class::EVENT_PREDICATE)?;
    // "is open from 4 p.m." tells of hours, "was due to open" of the opening.
    let day = scene.time_over(at + len..at + len + 2).is_some_and(|t| t.granularity == Granularity::Day);
    let usual = group.tense == Tense::Present && !group.perfect && !day;
    let leads = text.has(at + len, class::EVENT_LINK) && scene.word(at + len + 1).part == Part::Verb;
    EventType::from_word(kind).filter(|_| !usual && !leads)
}

/// Most tokens from a verb to the share by which something changed.
const SHARE: usize = 4;
