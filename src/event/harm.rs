//! What harm a clause tells, what did it, and where people are taken then: "left one man dead", "was damaged by fire",
//! "was taken to a hospital".

use super::EventType;
use super::scene::{Scene, View};
use super::sense::{self, Sense};
use super::trigger::{COMPLEMENT, Strength};
use super::verb::{Group, Voice};
use super::word::Part;
use crate::lang::class;

/// What damages, as the subject of an active verb or the agent of a passive one, where it is a happening.
pub(super) fn damages(
    scene: &Scene<'_, '_>,
    group: &Group,
    subject: Option<(usize, usize, Sense)>,
    segment: usize,
) -> Option<Sense> {
    let force = |s: &Sense| matches!(s.kind, EventType::Disaster | EventType::Fire | EventType::Weather);
    if group.voice == Voice::Active {
        return subject.map(|(_, _, s)| s).filter(force);
    }
    let end = scene.segment(segment)?.tokens.end.min(group.last + COMPLEMENT);
    let by = (group.last + 1..end).find(|&i| {
        scene.text.has(i, class::EVENT_AGENT) || scene.text.value(i, class::EVENT_OF) == Some("free")
    })?;
    let noun = (by + 1..end).find(|&i| scene.word(i).noun.is_some() && scene.word(i).part != Part::Name)?;
    sense::noun(scene.text, noun).map(|(_, s)| s).filter(force)
}

/// Most tokens from a verb to the ward that people are taken to.
const WARD: usize = 14;

/// "was taken by helicopter to Mercy Hospital", "were called to the scene": where people are brought, by what the place
/// is for.
pub(super) fn brought(
    scene: &Scene<'_, '_>,
    view: &View,
    group: &Group,
    segment: usize,
) -> Option<(EventType, Strength)> {
    let text = scene.text;
    if group.voice != Voice::Passive || !group.is_finite() && !group.shared {
        return None;
    }
    // What needs no ward says itself what people came for: "called to the scene".
    let (len, told) = text.phrase(group.head, class::EVENT_BRING)?;
    let ward = || {
        let owner = scene.segment(segment)?.owner;
        let end = scene.clause(view, owner).filter_map(|n| scene.segment(n)).map(|s| s.tokens.end).max()?;
        let next = scene.groups_in(view.groups.clone()).find(|(_, g)| g.first > group.last);
        let end = end.min(group.last + WARD).min(next.map_or(end, |(_, g)| g.first));
        let led = |i: usize| (group.last + 1..i).any(|p| scene.word(p).part == Part::Preposition);
        (group.last + 1..end).find_map(|i| text.phrase(i, class::EVENT_WARD).filter(|_| led(i)))
    };
    if let Some(kind) = EventType::from_word(told) {
        let next = scene.word(group.head + len).part;
        return (!matches!(next, Part::Noun | Part::Verb)).then_some((kind, Strength::Plain));
    }
    EventType::from_word(ward()?.1).map(|kind| (kind, Strength::Strong))
}

/// "left one man dead": what people were left as, after a verb that says no more than that.
pub(super) fn left(scene: &Scene<'_, '_>, group: &Group, segment: usize) -> Option<EventType> {
    let text = scene.text;
    if group.voice != Voice::Active || !sense::is_verb(text, group.head, class::EVENT_LEAVE, false) {
        return None;
    }
    let end = scene.segment(segment)?.tokens.end.min(group.last + COMPLEMENT + 3);
    let counted = |i: usize| matches!(scene.word(i).part, Part::Number | Part::Noun | Part::Name);
    let last = |i: usize| !matches!(scene.word(i + 1).part, Part::Noun | Part::Name);
    let at = (group.last + 2..end).find(|&i| {
        text.has(i, class::EVENT_TOLL) && scene.word(i).part != Part::Noun && counted(i - 1) && last(i)
    })?;
    Some(match text.value(at, class::EVENT_TOLL) {
        Some("killed") => EventType::Killing,
        Some("displaced") => EventType::Displacement,
        _ => EventType::Accident,
    })
}
