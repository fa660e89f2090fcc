//! What harm a clause tells, and what did it: "left one man dead", "was damaged by fire".

use super::EventType;
use super::scene::Scene;
use super::sense::{self, Sense};
use super::trigger::COMPLEMENT;
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
