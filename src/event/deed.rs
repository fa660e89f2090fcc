//! Deeds of violence that a noun tells of with their victim: « l'assassinat du juge Morel », "the judge's murder".
//!
//! Such a noun speaks of something that took place, though the text may not say on which day.

use super::EventType;
use super::scene::Scene;
use super::trigger::Candidate;
use super::word::Part;
use crate::lang::class;
use std::ops::Range;

/// Most tokens of a victim that are looked at.
const LONG: usize = 7;

/// The words that name the victim of a deed; None when it is no such noun, or when nothing says that one deed is
/// meant: « l'assassinat de civils », "an attack on the town".
pub(super) fn victim(scene: &Scene<'_, '_>, candidate: &Candidate) -> Option<Range<usize>> {
    use EventType::{Abduction, Attack, Killing, Life, Strike};
    let text = scene.text;
    let head = candidate.head;
    let own = scene.segment(candidate.segment)?.tokens.clone();
    if candidate.group.is_some() || !matches!(candidate.kind, Abduction | Attack | Killing | Life | Strike) {
        return None;
    }
    let strong = super::sense::noun(text, head).filter(|(_, s)| s.strong || s.kind == Life && !s.weak)?;
    let first = before(scene, own.start, head);
    let owner = first.checked_sub(1).filter(|&o| o >= own.start && text.has(o, class::PLACE_POSSESSIVE));
    if let Some(owner) = owner {
        let named = |&i: &usize| matches!(scene.word(i).part, Part::Name | Part::Noun);
        let start = (own.start..owner).rev().take_while(named).last()?;
        return Some(start..owner);
    }
    if !first.checked_sub(1).is_some_and(|d| d >= own.start && text.has(d, class::EVENT_DEFINITE)) {
        return None;
    }
    let link = head + strong.0;
    if link >= own.end || !text.has(link, class::EVENT_VICTIM) {
        return None;
    }
    let from = link + 1;
    let stops = |&i: &usize| scene.word(i).part == Part::Verb || scene.time_over(i..i + 1).is_some();
    let end = (from..own.end.min(from + LONG)).find(stops).unwrap_or(own.end.min(from + LONG));
    let telling = |i: usize| {
        matches!(scene.word(i).part, Part::Name | Part::Number)
            || text.phrase(i, class::EVENT_NUMBER).is_some()
            || i <= from && text.has(i, class::EVENT_DEFINITE)
            // « l'assassinat du juge »: the article lies in the word that leads.
            || i == link && text.has(i, class::EVENT_DEFINITE)
    };
    (from < end && (link..end).any(telling)).then_some(from..end)
}

/// The first token of the noun and of the adjectives and names before it: "the brutal 1987 murder".
fn before(scene: &Scene<'_, '_>, start: usize, head: usize) -> usize {
    let passes = |&i: &usize| {
        matches!(scene.word(i).part, Part::Adjective | Part::Noun | Part::Number)
            && !scene.text.has(i, class::EVENT_DEFINITE)
            && !scene.text.has(i, class::PLACE_POSSESSIVE)
    };
    (start..head).rev().take(3).take_while(passes).last().unwrap_or(head)
}
