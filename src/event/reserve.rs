//! What keeps words from telling a happening: doubt, nobody, plans called off, habits, somebody telling of himself.

use super::actor;
use super::scene::{Scene, View};
use super::segment::{Opening, Segment};
use super::sense;
use super::trigger::Candidate;
use super::verb::{Group, Negation, Voice};
use super::word::Part;
use crate::lang::class;
use crate::time::TimexKind;

/// « un éventuel envoi », « projet d'attentat », « probablement »: words of doubt right before.
pub(super) fn hedged(scene: &Scene<'_, '_>, candidate: &Candidate, from: usize) -> bool {
    let head = candidate.tokens.start;
    // « trois suspects présumés ont été arrêtés »: the doubt is about them, not about the arrest.
    let named = |i: usize| matches!(scene.word(i).part, Part::Noun | Part::Name);
    let of_person = |i: usize| {
        candidate.group.is_some()
            && scene.word(i).part != Part::Adverb
            && (i.checked_sub(1).is_some_and(named) || named(i + 1))
    };
    (from.max(head.saturating_sub(4))..candidate.tokens.end).any(|i| {
        scene.text.phrase(i, class::EVENT_HEDGE).is_some_and(|(n, v)| v == "possible" && i + n <= head + 1)
            && !of_person(i)
            || i >= head
                && scene.text.value(i, class::EVENT_HEDGE) == Some("possible")
                && scene.word(i).part == Part::Adverb
    })
}

/// « aucun prisonnier », "no injuries": nobody and nothing.
pub(super) fn nobody(scene: &Scene<'_, '_>, candidate: &Candidate) -> bool {
    let Some(segment) = scene.segment(candidate.segment) else { return false };
    let head = candidate.tokens.start;
    // « ne faire aucun blessé », "make no arrests": within the expression too.
    (segment.tokens.start.max(head.saturating_sub(6))..candidate.tokens.end)
        .any(|i| matches!(scene.text.phrase(i, class::EVENT_NEGATION), Some((_, "none" | "without"))))
}

/// « j'ai », "we have": somebody tells of himself.
pub(super) fn speaks(scene: &Scene<'_, '_>, candidate: &Candidate) -> bool {
    let Some(group) = candidate.group.and_then(|g| scene.group(g)) else { return false };
    (1..=3)
        .filter_map(|n| group.first.checked_sub(n))
        .any(|i| scene.text.value(i, class::EVENT_SUBJECT) == Some("first"))
}

/// « Le pont a cédé, ont annoncé jeudi les pompiers »: the verb comes first in its segment, after what is said.
pub(super) fn only_tells_who(scene: &Scene<'_, '_>, view: &View, group: &Group, own: &Segment) -> bool {
    group.is_finite()
        && group.voice == Voice::Active
        && group.sense.is_some_and(|s| s.report)
        && own.opening == Opening::Main
        && (own.tokens.start..group.first).all(|i| scene.text.has(i, class::EVENT_CLITIC))
        && scene.groups_in(view.groups.clone()).any(|(_, g)| g.is_finite() && g.first < own.tokens.start)
}

/// « une grève, prévue vendredi, a été annulée »: a plan whose sentence says that it is off or moved.
pub(super) fn is_off(scene: &Scene<'_, '_>, view: &View, candidate: &Candidate) -> bool {
    let planned = scene.text.value(candidate.head, class::EVENT_HEDGE) == Some("planned");
    planned
        && scene.groups_in(view.groups.clone()).any(|(_, g)| {
            g.is_finite()
                && g.head > candidate.head
                && (scene.text.has(g.head, class::EVENT_CANCEL)
                    || scene.text.has(g.head, class::EVENT_MOVED)
                    || g.negation == Negation::Full)
        })
}

/// « la réunion prévue jeudi a été annulée »: the noun that heads the subject of a verb of calling off.
pub(super) fn is_called_off(scene: &Scene<'_, '_>, view: &View, candidate: &Candidate) -> bool {
    scene.groups_in(view.groups.clone()).any(|(_, g)| {
        g.is_finite()
            && (g.voice == Voice::Passive
                && (scene.text.has(g.head, class::EVENT_CANCEL) || scene.text.has(g.head, class::EVENT_MOVED))
                // "The fair will not take place"
                || g.negation == Negation::Full
                    && sense::is_verb(scene.text, g.head, class::EVENT_OCCUR, g.voice == Voice::Reflexive))
            && actor::subject(scene, view, g, scene.segment_of(view, g.head))
                .is_some_and(|s| s.contains(&candidate.head))
    })
}

/// « chaque année », "usually": not one happening.
pub(super) fn habitual(scene: &Scene<'_, '_>, view: &View, candidate: &Candidate) -> bool {
    scene.clause(view, candidate.segment).any(|n| scene.segment(n).is_some_and(|s| s.habitual))
}

/// « chaque année », "every Monday" beside the words: a time that comes again and again.
pub(super) fn recurs(scene: &Scene<'_, '_>, view: &View, candidate: &Candidate) -> bool {
    let Some(segment) = scene.segment(candidate.segment) else { return false };
    let own = |span| segment.tokens.contains(&scene.text.tokens_in(span).start);
    view.times.clone().filter_map(|n| scene.times.get(n)).any(|t| t.kind == TimexKind::Set && own(t.span))
}
