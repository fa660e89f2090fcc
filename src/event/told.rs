//! How a candidate is told: as done, as to come, as denied, as unreal.
//!
//! Told by the tense, mood and negation of its verb, by what its clause opens with and by words of doubt.

use super::scene::Scene;
use super::segment::Opening;
use super::sense;
use super::trigger::{Candidate, Strength};
use super::verb::{Chain, Group, Modal, Negation, Voice};
use super::word::{Form, Part, Tense, may_be};
use crate::lang::class;
use crate::tag;

/// What the verb group says about whether it took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// As done.
    Done,
    /// As done before the story.
    Before,
    /// As going on or usual.
    Imperfect,
    /// In the present.
    Present,
    /// As to come.
    Planned,
    /// As possible or by hearsay.
    Possible,
    /// As not done.
    Denied,
    /// Not as something of its own.
    Unreal,
    /// By a participle, infinitive or noun.
    Bare,
}

/// Reads tense, mood and what governs the candidate.
pub(super) fn told(scene: &Scene<'_, '_>, candidate: &Candidate) -> Told {
    let segment = scene.segment(candidate.segment);
    if segment.is_some_and(|s| scene.is_unreal(s)) {
        // « écroués pour avoir incendié une grange mardi »: the reason why, with a time of its own.
        let reason = candidate
            .group
            .and_then(|g| scene.group(g))
            .is_some_and(|g| g.form == Form::Infinitive && g.perfect && g.negation == Negation::None);
        let timed = segment.is_some_and(|s| scene.is_timed(s.tokens.clone()));
        if reason && timed && segment.is_some_and(|s| s.opening == Opening::Purpose) {
            return Told::Done;
        }
        return Told::Unreal;
    }
    let Some(group) = candidate.group.and_then(|g| scene.group(g)) else { return Told::Bare };
    if group.chain == Chain::Fails {
        // « a refusé de venir » is an act, « a failli gagner » is none; either way the infinitive is not done.
        return if group.negation == Negation::Full { Told::Done } else { Told::Denied };
    }
    if group.negation == Negation::Full {
        let usual = group.tense == Tense::Present && !group.perfect && candidate.strength < Strength::Strong;
        return if usual { Told::Unreal } else { Told::Denied };
    }
    if group.voice == Voice::Passive && scene.text.has(group.head, class::EVENT_CANCEL) && group.is_finite() {
        return Told::Denied;
    }
    if is_denied(scene, candidate, group) {
        return Told::Denied;
    }
    // "announced plans to open a plant in May"
    if scene.is_plan(group) {
        return Told::Planned;
    }
    match group.form {
        Form::Infinitive | Form::Past | Form::Present | Form::None => return Told::Bare,
        Form::Finite => {}
    }
    match (group.modal, group.chain) {
        (Modal::Possible, _) => return Told::Possible,
        // "is believed to have been shut down"
        (_, Chain::Wished) if group.voice == Voice::Passive => return Told::Possible,
        (Modal::Wished, _) | (_, Chain::Wished) => return Told::Unreal,
        (Modal::Planned, _) => return Told::Planned,
        (_, Chain::Planned) => return Told::Planned,
        _ => {}
    }
    let hedged = segment
        .is_some_and(|s| (s.tokens.start..group.head).chain([group.last + 1]).any(|i| text_hedges(scene, i)))
        || is_hedged_ahead(scene, candidate.segment);
    let awaited = group.voice == Voice::Passive
        && group.tense == Tense::Present
        && !group.perfect
        && scene.text.value(group.head, class::EVENT_HEDGE) == Some("planned");
    if awaited {
        return Told::Planned;
    }
    match group.tense {
        // "said it would close": to come, seen from the saying.
        Tense::Conditional if !group.perfect && is_announced(scene, candidate) => Told::Planned,
        Tense::Conditional => Told::Possible,
        Tense::Future if hedged => Told::Possible,
        Tense::Future => Told::Planned,
        // « le sommet qui se déroule cette semaine »: most verbs have one form for both moods.
        Tense::Subjunctive
            if !group.perfect
                && segment.is_some_and(|s| {
                    matches!(s.opening, Opening::Main | Opening::Joined | Opening::Relative)
                })
                && may_be(scene.text, group.head, tag::Tense::Pres) =>
        {
            Told::Present
        }
        Tense::Subjunctive if segment.is_some_and(|s| s.opening == Opening::Content) => Told::Unreal,
        Tense::Subjunctive => Told::Unreal,
        _ if hedged => Told::Possible,
        Tense::Imperfect | Tense::Past if group.perfect => Told::Before,
        Tense::Imperfect => Told::Imperfect,
        Tense::Past => Told::Done,
        Tense::Present if group.perfect => Told::Done,
        _ => Told::Present,
    }
}

/// "Allegedly, he stole it": an adverb of doubt alone before the comma.
fn is_hedged_ahead(scene: &Scene<'_, '_>, number: usize) -> bool {
    let Some((before, own)) = number.checked_sub(1).and_then(|b| scene.segment(b)).zip(scene.segment(number))
    else {
        return false;
    };
    before.part == own.part && before.tokens.clone().all(|i| text_hedges(scene, i))
}

/// « dément que ses avions aient bombardé le marché »: the verb before is one of denial and opens what is denied.
fn is_denied(scene: &Scene<'_, '_>, candidate: &Candidate, group: &Group) -> bool {
    let Some(own) = candidate.group else { return false };
    let Some((verb, segment)) =
        own.checked_sub(1).and_then(|n| scene.group(n)).zip(scene.segment(candidate.segment))
    else {
        return false;
    };
    let content =
        group.is_finite() && segment.opening == Opening::Content && verb.last < segment.tokens.start;
    content
        && verb.is_finite()
        && verb.negation == Negation::None
        && sense::is_verb(scene.text, verb.head, class::EVENT_DENY, false)
}

/// A verb of saying in a past tense stands before the clause, in its sentence.
fn is_announced(scene: &Scene<'_, '_>, candidate: &Candidate) -> bool {
    let Some(own) = candidate.group else { return false };
    let Some(view) = scene.views.iter().find(|v| v.groups.contains(&own)) else { return false };
    scene.groups_in(view.groups.start..own).any(|(_, g)| {
        let past = g.perfect || g.tense == Tense::Past;
        g.is_finite() && past && g.sense.is_some_and(|s| s.report) && g.modal == Modal::None
    })
}

fn text_hedges(scene: &Scene<'_, '_>, i: usize) -> bool {
    scene.text.value(i, class::EVENT_HEDGE) == Some("possible") && scene.word(i).part == Part::Adverb
}
