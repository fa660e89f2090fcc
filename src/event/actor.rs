//! Who took part: the subject before the verb, the agent after « par », the object after an active verb.

use super::mention::{Actor, ActorRole};
use super::scene::{Scene, View};
use super::trigger::Candidate;
use super::verb::{Group, Voice};
use super::word::{Form, Part};
use crate::lang::class;
use std::ops::Range;

/// The actors of a candidate.
pub(super) fn find(scene: &Scene<'_, '_>, view: &View, candidate: &Candidate) -> Vec<Actor> {
    let mut found = Vec::new();
    let Some(group) = candidate.group.and_then(|g| scene.group(g)).filter(|g| g.is_finite()) else {
        return found;
    };
    if let Some(tokens) = subject(scene, view, group, candidate.segment) {
        let role = if group.voice == Voice::Passive { ActorRole::Patient } else { ActorRole::Subject };
        found.push(Actor { span: scene.text.span(tokens), role });
    }
    let Some(segment) = scene.segment(candidate.segment) else { return found };
    if group.voice == Voice::Passive {
        let by = (group.last + 1..segment.tokens.end).find(|&i| scene.text.has(i, class::EVENT_AGENT));
        if let Some(by) = by
            && let Some(tokens) = phrase(scene, by + 1..segment.tokens.end)
        {
            found.push(Actor { span: scene.text.span(tokens), role: ActorRole::Agent });
        }
    } else if let Some(tokens) = phrase(scene, group.last + 1..segment.tokens.end)
        && scene.word(tokens.start).part != Part::Preposition
    {
        found.push(Actor { span: scene.text.span(tokens), role: ActorRole::Patient });
    }
    found
}

/// The tokens of the subject: what stands before the verb in its segment, or in the segments before that have
/// no verb of their own; times, places and what opens the clause are left out.
pub(super) fn subject(
    scene: &Scene<'_, '_>,
    view: &View,
    group: &Group,
    segment: usize,
) -> Option<Range<usize>> {
    let own = scene.segment(segment)?;
    if let Some(tokens) = nominal(scene, own.tokens.start..group.first) {
        return Some(tokens);
    }
    if own.opening.is_subordinate() {
        return None;
    }
    // « Le convoi, long de 2 km, a quitté »: of the segments without a verb before, the first that is no
    // adverbial names the subject.
    let mut found = None;
    let mut number = segment;
    while number > view.segments.start {
        number -= 1;
        let before = scene.segment(number)?;
        if before.part != own.part && !before.bracketed {
            break;
        }
        if before.finite.is_some() {
            if before.opening.is_subordinate() {
                continue;
            }
            break;
        }
        let verbal = scene
            .group(before.groups.start)
            .is_some_and(|g| !before.groups.is_empty() && g.first <= before.tokens.start + 1);
        if !verbal && let Some(tokens) = nominal(scene, before.tokens.clone()) {
            found = Some(tokens);
        }
    }
    found
}

/// The noun phrase that a participle right after it determines, a comma between them or not.
pub(super) fn before(scene: &Scene<'_, '_>, view: &View, first: usize) -> Option<Range<usize>> {
    let mut end = first;
    while end > view.tokens.start
        && (scene.text.is_mark(end - 1, class::MARK_COMMA) || scene.text.has(end - 1, class::EVENT_FILLER))
    {
        end -= 1;
    }
    let mut start = end;
    while start > view.tokens.start && end - start < 6 {
        let word = scene.word(start - 1);
        if word.part == Part::Mark || word.part == Part::Verb && word.form != Form::Past {
            break;
        }
        start -= 1;
        if matches!(scene.word(start).part, Part::Determiner) {
            break;
        }
    }
    let noun = (start..end).any(|i| matches!(scene.word(i).part, Part::Noun | Part::Name));
    (noun && scene.word(start).part == Part::Determiner).then_some(start..end)
}

/// The noun phrase that ends a range: pronouns and negation at its end are left out, a preposition at its head
/// makes it no subject.
fn nominal(scene: &Scene<'_, '_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let text = scene.text;
    let (mut start, mut end) = (tokens.start, tokens.end);
    while end > start
        && (text.has(end - 1, class::EVENT_CLITIC)
            || text.has(end - 1, class::EVENT_NEGATION)
            || text.has(end - 1, class::EVENT_FILLER))
    {
        end -= 1;
    }
    while start < end
        && (text.has(start, class::EVENT_COORDINATE)
            || text.phrase(start, class::EVENT_SUBORDINATE).is_some()
            || scene.word(start).part == Part::Adverb)
    {
        start += text.phrase(start, class::EVENT_SUBORDINATE).map_or(1, |(n, _)| n).max(1);
    }
    // Times at the head are adverbials: go past them.
    while start < end {
        let Some(first) = text.tokens.get(start) else { break };
        let next = scene.times.partition_point(|t| t.span.end <= first.span.start);
        let time = scene.times.get(next).map(|t| text.tokens_in(t.span));
        match time.filter(|t| t.start <= start + 1 && t.end < end && t.end > start) {
            Some(time) => start = time.end,
            None => break,
        }
    }
    if start >= end || scene.word(start).part == Part::Preposition {
        return None;
    }
    let noun = (start..end).any(|i| {
        matches!(scene.word(i).part, Part::Noun | Part::Name | Part::Number | Part::Other)
            && scene.word(i).form == Form::None
    });
    noun.then_some(start..end)
}

/// The noun phrase at the head of a range, up to a preposition that is no « de », a mark, a verb or a time.
fn phrase(scene: &Scene<'_, '_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let text = scene.text;
    let mut end = tokens.start;
    while end < tokens.end {
        let word = scene.word(end);
        let stops = word.part == Part::Mark
            || word.part == Part::Verb && word.form != Form::Past
            || word.part == Part::Preposition && !(text.has(end, class::EVENT_OF) && end > tokens.start)
            || word.part == Part::Adverb && end == tokens.start
            || text.phrase(end, class::EVENT_SUBORDINATE).is_some();
        if stops || in_time(scene, end) {
            break;
        }
        end += 1;
    }
    while end > tokens.start && matches!(scene.word(end - 1).part, Part::Preposition | Part::Determiner) {
        end -= 1;
    }
    let noun = (tokens.start..end).any(|i| matches!(scene.word(i).part, Part::Noun | Part::Name));
    (noun && end > tokens.start).then_some(tokens.start..end)
}

fn in_time(scene: &Scene<'_, '_>, i: usize) -> bool {
    let Some(token) = scene.text.tokens.get(i) else { return false };
    let n = scene.times.partition_point(|t| t.span.end <= token.span.start);
    scene.times.get(n).is_some_and(|t| t.span.overlaps(token.span))
}
