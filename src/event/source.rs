//! Who says so: « selon », « d'après », "according to", and verbs of saying around a clause.

use super::scene::{Scene, View};
use super::trigger::Candidate;
use super::verb::Group;
use super::word::{Form, Part};
use crate::lang::class;
use crate::span::Span;
use std::ops::Range;

/// Longest name of a source, in tokens.
const REACH: usize = 14;

/// The source that a sentence names for a candidate, if it names one.
pub(super) fn find(scene: &Scene<'_, '_>, view: &View, candidate: &Candidate) -> Option<Span> {
    if let Some(announced) = &view.source {
        return named(scene, announced.end, view.tokens.end);
    }
    // A verb of saying whose content is this clause, or that stands after a quote.
    let own = scene.segment(candidate.segment)?;
    for (_, group) in scene.groups_in(view.groups.clone()) {
        if !group.is_finite() || !group.sense.is_some_and(|s| s.report) {
            continue;
        }
        if own.tokens.contains(&group.head) {
            if says(scene, group, candidate) {
                return noun_before(scene, own.tokens.start..group.first);
            }
            continue;
        }
        if group.first < own.tokens.start {
            // « L'armée a annoncé que … »
            let start = view.tokens.start;
            return noun_before(scene, start..group.first);
        }
        // "…, said the mayor", "…, the mayor said on Monday"
        let start = scene.segment(scene.segment_of(view, group.head))?.tokens.start;
        return named(scene, group.last + 1, view.tokens.end)
            .or_else(|| noun_before(scene, start..group.first));
    }
    None
}

/// "Police said three men were arrested", "claims to have shot it down": what is said stands right after the
/// saying, without a word that opens it.
fn says(scene: &Scene<'_, '_>, report: &Group, candidate: &Candidate) -> bool {
    let Some(told) = candidate.group.and_then(|g| scene.group(g)) else { return false };
    let text = scene.text;
    let before = (report.last + 1..told.first).rev().find(|&i| !text.has(i, class::EVENT_CLITIC));
    told.first > report.last
        && (told.is_finite() || told.form == Form::Infinitive && told.perfect)
        && !before.is_some_and(|i| text.has(i, class::EVENT_COORDINATE))
}

/// The words of a name from token `i` on, up to a mark or a verb.
fn named(scene: &Scene<'_, '_>, i: usize, end: usize) -> Option<Span> {
    let text = scene.text;
    // « ont annoncé jeudi les pompiers »: the day is no part of the name.
    let i = scene.time_over(i..i + 1).map_or(i, |time| text.tokens_in(time.span).end);
    let mut last = i;
    while last < end.min(i + REACH) {
        let word = scene.word(last);
        let stops = word.part == Part::Mark
            && !text.is_mark(last, class::MARK_OPEN)
            && !text.is_mark(last, class::MARK_CLOSE)
            || word.aux.is_some()
            || matches!(word.form, Form::Finite | Form::Infinitive)
            || text.phrase(last, class::EVENT_SUBORDINATE).is_some();
        if stops {
            break;
        }
        last += 1;
    }
    while last > i
        && (scene.word(last - 1).part == Part::Preposition || text.is_mark(last - 1, class::MARK_OPEN))
    {
        last -= 1;
    }
    let has_noun = (i..last).any(|t| matches!(scene.word(t).part, Part::Noun | Part::Name | Part::Other));
    (last > i && has_noun).then(|| text.span(i..last))
}

fn noun_before(scene: &Scene<'_, '_>, tokens: Range<usize>) -> Option<Span> {
    let start = tokens.clone().rev().take(REACH).take_while(|&i| scene.word(i).part != Part::Mark).last()?;
    let end = tokens.end;
    let end = (start..end)
        .rev()
        .find(|&i| matches!(scene.word(i).part, Part::Noun | Part::Name | Part::Adjective))?
        + 1;
    (end > start).then(|| scene.text.span(start..end))
}
