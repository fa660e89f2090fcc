//! How many: numbers with what they count, how exactly they are meant, and dead, injured or displaced people.

use super::mention::{Qualifier, Quantity, Toll};
use super::scene::Scene;
use super::word::{Form, Part};
use crate::lang::class;
use crate::span::Span;
use crate::text::Text;
use std::ops::Range;

/// A number in the text.
struct Count {
    tokens: Range<usize>,
    value: f64,
    vague: bool,
}

/// Words between a number and what it counts.
const REACH: usize = 4;

/// The quantities among `tokens`; numbers that belong to times are left out.
pub(super) fn find(scene: &Scene<'_, '_>, tokens: Range<usize>, toll: Option<Toll>) -> Vec<Quantity> {
    let text = scene.text;
    let mut found = Vec::new();
    let mut i = tokens.start;
    while i < tokens.end {
        let Some(count) = number(text, i, tokens.end) else {
            i += 1;
            continue;
        };
        i = count.tokens.end;
        if scene.time_over(count.tokens.clone()).is_some() || is_designator(scene, count.tokens.start) {
            continue;
        }
        if let Some(quantity) = quantity(scene, &tokens, count, toll) {
            i = text.tokens_in(quantity.span).end.max(i);
            found.push(quantity);
        }
    }
    found
}

/// Reads a number that begins at token `i`.
fn number(text: &Text<'_>, i: usize, end: usize) -> Option<Count> {
    let one = |i: usize| -> Option<(usize, f64, bool)> {
        if let Some(value) = text.number(i) {
            return Some((1, value, false));
        }
        let parse = |class| text.phrase(i, class).and_then(|(n, v)| v.parse::<f64>().ok().map(|v| (n, v)));
        parse(class::EVENT_VAGUE)
            .map(|(n, v)| (n, v, true))
            .or_else(|| parse(class::EVENT_COLLECTIVE).map(|(n, v)| (n, v, true)))
            .or_else(|| parse(class::EVENT_NUMBER).map(|(n, v)| (n, v, false)))
    };
    let (len, mut value, mut vague) = one(i)?;
    let mut next = i + len;
    while next < end {
        if let Some(factor) = text.value(next, class::EVENT_MULTIPLE).and_then(|v| v.parse::<f64>().ok()) {
            value *= factor;
            next += 1;
        } else if let Some((n, more, false)) = one(next)
            && more < value
            && text.number(next).is_none()
            && text.number(i).is_none()
        {
            value += more;
            next += n;
        } else if value == 1.0
            && let Some(v) = text.value(next, class::EVENT_COLLECTIVE).and_then(|v| v.parse::<f64>().ok())
        {
            value = v;
            vague = true;
            next += 1;
        } else {
            break;
        }
    }
    Some(Count { tokens: i..next, value, vague })
}

/// « Ariane 5 », "a magnitude 7 earthquake": a number that is part of what the word before it names.
pub(super) fn is_designator(scene: &Scene<'_, '_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1).filter(|_| scene.text.number(i).is_some()) else { return false };
    let span = scene.text.span(before..i);
    let n = scene.places.partition_point(|p| p.span.end <= span.start);
    matches!(scene.word(before).part, Part::Noun | Part::Name)
        && !scene.places.get(n).is_some_and(|p| p.role.is_on_map() && p.span.overlaps(span))
}

fn quantity(
    scene: &Scene<'_, '_>,
    clause: &Range<usize>,
    count: Count,
    verb: Option<Toll>,
) -> Option<Quantity> {
    let text = scene.text;
    let from = count.tokens.end;
    // What is counted: the first noun after the number, adjectives and « de » between.
    let mut unit = None;
    let mut toll = None;
    let mut at = from;
    while at < clause.end.min(from + REACH) {
        if let Some((len, value)) = text.phrase(at, class::EVENT_TOLL) {
            toll = read_toll(value);
            unit.get_or_insert(at..at + len);
            break;
        }
        let word = scene.word(at);
        if text.has(at, class::EVENT_UNIT) || word.part == Part::Noun && word.form == Form::None {
            if unit.is_some() {
                break;
            }
            unit = Some(at..at + 1);
            at += 1;
            continue;
        }
        let passes = text.has(at, class::EVENT_OF)
            || matches!(word.part, Part::Adjective | Part::Adverb)
            || word.form == Form::Past
            || word.part == Part::Other && unit.is_none() && !text.has(at, class::EVENT_COORDINATE);
        if !passes || unit.is_some() && !text.has(at, class::EVENT_OF) && word.form != Form::Past {
            break;
        }
        at += 1;
    }
    let unit = unit?;
    let people = text.has(unit.start, class::EVENT_UNIT);
    if count.value == 1.0 && !count.vague && toll.is_none() && !people {
        return None;
    }
    if count.tokens.len() == 1
        && text.number(count.tokens.start).is_none()
        && count.value <= 1.0
        && toll.is_none()
    {
        return None;
    }
    if toll.is_none() && people {
        toll = verb;
    }
    let (start, qualifier) = qualifier(text, clause.start, &count);
    Some(Quantity {
        span: Span { start: text.span(start..count.tokens.end).start, end: text.span(unit.clone()).end },
        value: count.value,
        max: None,
        unit: text.slice(unit).to_string(),
        qualifier,
        toll,
    })
}

/// The qualifier before a number, and where it begins.
fn qualifier(text: &Text<'_>, from: usize, count: &Count) -> (usize, Qualifier) {
    let first = count.tokens.start;
    for back in (1..=4).rev() {
        let Some(at) = first.checked_sub(back).filter(|&at| at >= from) else { continue };
        if let Some((len, value)) = text.phrase(at, class::EVENT_QUALIFIER)
            && at + len == first
        {
            let qualifier = match value {
                "at_least" => Qualifier::AtLeast,
                "at_most" => Qualifier::AtMost,
                _ if count.vague || len > 1 || text.value(at, class::EVENT_NUMBER).is_none() => {
                    Qualifier::About
                }
                _ => continue,
            };
            return (at, qualifier);
        }
    }
    (first, if count.vague { Qualifier::About } else { Qualifier::Exact })
}

/// Dead, injured or displaced.
pub(super) fn read_toll(value: &str) -> Option<Toll> {
    Some(match value {
        "killed" => Toll::Killed,
        "injured" => Toll::Injured,
        "displaced" => Toll::Displaced,
        _ => return None,
    })
}
