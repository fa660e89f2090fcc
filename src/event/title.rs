//! A headline from the clause: its subject, verb and object, with the place by name.

use super::actor;
use super::scene::{Scene, View};
use super::trigger::Candidate;
use super::word::{Form, Part};
use crate::lang::class;
use crate::place::PlaceMention;
use std::ops::Range;

/// Longest headline, in tokens.
const REACH: usize = 16;

/// Writes the headline of a candidate.
pub(super) fn write(
    scene: &Scene<'_, '_>,
    view: &View,
    candidate: &Candidate,
    place: Option<&PlaceMention>,
) -> String {
    let text = scene.text;
    let mut title = String::new();
    let group = candidate.group.and_then(|g| scene.group(g));
    let head = match group {
        Some(group) if group.is_finite() => {
            if let Some(subject) = actor::subject(scene, view, group, candidate.segment) {
                push(&mut title, scene, subject, place);
            }
            // Pronouns between subject and verb belong to the verb.
            let mut first = group.first;
            while first > view.tokens.start && text.has(first - 1, class::EVENT_CLITIC) {
                first -= 1;
            }
            first
        }
        _ => candidate.tokens.start,
    };
    let end = complement(
        scene,
        view,
        candidate,
        group.map_or(candidate.tokens.end, |g| g.last + 1).max(candidate.tokens.end),
    );
    push(&mut title, scene, head..end, place);
    let mut letters = title.chars();
    let mut title: String = match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    };
    if let Some(name) = place.and_then(|p| p.place.as_ref()).map(|p| p.name.as_str())
        && !name.is_empty()
        && !title.contains(name)
    {
        title.push_str(" (");
        title.push_str(name);
        title.push(')');
    }
    title
}

/// Where the complement of a trigger ends: the segment's end, or earlier where a clause or time begins.
fn complement(scene: &Scene<'_, '_>, view: &View, candidate: &Candidate, from: usize) -> usize {
    let text = scene.text;
    let number = scene.segment_of(view, candidate.tokens.end.saturating_sub(1));
    let end = scene.segment(number).map_or(from, |s| s.tokens.end);
    let mut at = from;
    while at < end.min(from + REACH) {
        let word = scene.word(at);
        let verb = matches!(word.form, Form::Finite | Form::Present) && word.part == Part::Verb;
        if verb
            || text.phrase(at, class::EVENT_SUBORDINATE).is_some()
            || text.phrase(at, class::EVENT_SOURCE).is_some()
            || starts_time(scene, at)
        {
            break;
        }
        at += 1;
    }
    while at > from
        && (matches!(scene.word(at - 1).part, Part::Preposition | Part::Determiner | Part::Mark)
            || text.has(at - 1, class::EVENT_COORDINATE))
    {
        at -= 1;
    }
    at.max(candidate.tokens.end)
}

fn starts_time(scene: &Scene<'_, '_>, i: usize) -> bool {
    let Some(token) = scene.text.tokens.get(i) else { return false };
    let n = scene.times.partition_point(|t| t.span.end <= token.span.start);
    scene.times.get(n).is_some_and(|t| t.span.overlaps(token.span))
}

/// Adds words with the space they have, words that stand for the place replaced by its name.
fn push(title: &mut String, scene: &Scene<'_, '_>, tokens: Range<usize>, place: Option<&PlaceMention>) {
    let text = scene.text;
    let anaphor = place
        .filter(|p| p.anaphor)
        .and_then(|p| p.place.as_ref().map(|q| (text.tokens_in(p.span), q.name.as_str())));
    let mut i = tokens.start;
    while i < tokens.end {
        let Some(token) = text.tokens.get(i) else { break };
        if !title.is_empty()
            && (token.spaced() || i == tokens.start)
            && !title.ends_with(['\'', '\u{2019}', ' '])
        {
            title.push(' ');
        }
        match &anaphor {
            Some((range, name)) if range.contains(&i) => {
                title.push_str(name);
                i = range.end.max(i + 1);
                continue;
            }
            _ => title.push_str(text.str(i)),
        }
        i += 1;
    }
}
