//! How many: numbers with what they count, how exactly they are meant, and dead, injured or displaced people.

use super::mention::{Qualifier, Quantity, Toll};
use super::scene::Scene;
use super::verb::{Group, Voice};
use super::word::{Form, Part};
use crate::lang::{Classes, class};
use crate::span::Span;
use crate::text::{Kind, Text};
use std::ops::Range;

/// A number in the text.
struct Count {
    tokens: Range<usize>,
    value: f64,
    /// The upper end of a range.
    max: Option<f64>,
    vague: bool,
}

/// What the verb of a clause says of the people counted in it.
#[derive(Clone, Copy)]
pub(super) struct Fate<'g> {
    toll: Toll,
    group: &'g Group,
    /// It befalls the subject: die, flee.
    subject: bool,
    /// It befalls things too: a house is evacuated, a drone is shot down.
    things: bool,
}

impl<'g> Fate<'g> {
    /// What the verb of this group makes of people, if the lists know.
    pub fn of(text: &Text<'_>, group: &'g Group) -> Option<Fate<'g>> {
        let (_, value) = text.phrase(group.head, class::EVENT_FATE)?;
        let flag = |name: &str| value.split(';').any(|f| f == name);
        if flag("refl") && group.voice != Voice::Reflexive {
            return None;
        }
        let subject = flag("subject") || group.voice == Voice::Passive;
        Some(Fate { toll: read_toll(value)?, group, subject, things: flag("things") })
    }

    /// Whether it befalls what is counted at `unit`. Of people that stand on its side of the verb this is so
    /// however far; of others (« 23 mineurs ont péri ») if they stand beside it.
    fn befalls(&self, scene: &Scene<'_, '_>, tokens: &Range<usize>, people: bool) -> bool {
        let (group, text) = (self.group, scene.text);
        if tokens.end <= group.first {
            let near = (tokens.end..group.first).all(|i| {
                matches!(scene.word(i).part, Part::Adjective | Part::Adverb)
                    || text.has(i, class::EVENT_FILLER)
            });
            return self.subject && (people || near && !self.things);
        }
        if tokens.start <= group.last
            || (group.last + 1..tokens.start).any(|i| text.has(i, class::EVENT_AGENT))
        {
            return false;
        }
        people
            || !self.subject
                && !self.things
                && (group.last + 1..tokens.start).all(|i| text.phrase(i, class::EVENT_QUALIFIER).is_some())
    }
}

/// Words between a number and what it counts.
const REACH: usize = 4;

/// The quantities among `tokens`; numbers that belong to times are left out.
pub(super) fn find(scene: &Scene<'_, '_>, tokens: Range<usize>, fate: Option<Fate<'_>>) -> Vec<Quantity> {
    let text = scene.text;
    let mut found = Vec::new();
    let mut i = tokens.start;
    let from = scene.numbers.partition_point(|&n| n < tokens.start);
    for &at in scene.numbers.get(from..).unwrap_or_default().iter().take_while(|&&n| n < tokens.end) {
        let Some(count) = number(text, at, tokens.end).filter(|_| at >= i) else { continue };
        i = count.tokens.end;
        if scene.time_over(count.tokens.clone()).is_some() || is_designator(scene, count.tokens.start) {
            continue;
        }
        if let Some(quantity) = quantity(scene, &tokens, count, fate) {
            i = text.tokens_in(quantity.span).end.max(i);
            found.push(quantity);
        }
    }
    found
}

/// The tokens of a text at which a number may begin, in order.
pub(super) fn numbers(text: &Text<'_>) -> Vec<usize> {
    const WORDS: Classes = Classes::of(&[class::EVENT_VAGUE, class::EVENT_COLLECTIVE, class::EVENT_NUMBER]);
    let tokens = text.tokens.iter().enumerate();
    tokens.filter(|(i, t)| t.kind == Kind::Number || text.touches(*i, &WORDS)).map(|(i, _)| i).collect()
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
    let mut max = None;
    if let Some((n, more, false)) =
        joins(text, i, next).and_then(|len| one(next + len).map(|(n, v, w)| (n + len, v, w)))
        && more > value
        && next + n <= end
    {
        max = Some(more);
        next += n;
    }
    Some(Count { tokens: i..next, value, max, vague })
}

/// « 10 à 15 », "between 10 and 15": how many words at `next` join a number that began at `i` to the upper end
/// of its range. What goes « de 10 à 15 » rises.
fn joins(text: &Text<'_>, i: usize, next: usize) -> Option<usize> {
    let (len, kind) = text.phrase(next, class::EVENT_RANGE)?;
    let before = i.checked_sub(1).and_then(|b| text.value(b, class::EVENT_RANGE));
    let fits = match kind {
        "and" => before == Some("between"),
        "to" => before != Some("from"),
        _ => false,
    };
    fits.then_some(len)
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
    fate: Option<Fate<'_>>,
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
    // « a fait 14 morts et en a blessé 30 », "injured five others": what is counted was told before.
    let others = if text.has(from, class::EVENT_OTHERS) { from + 1 } else { from };
    let left_out = |f: &Fate<'_>| {
        !f.subject
            && !f.things
            && scene.word(others).part != Part::Noun
            && f.group.last + 1 == count.tokens.start
    };
    if unit.is_none()
        && let Some(fate) = fate.filter(left_out)
    {
        unit = Some(from..others);
        toll = Some(fate.toll);
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
    if toll.is_none() {
        let counted = count.tokens.start..unit.end;
        toll = fate.filter(|f| f.befalls(scene, &counted, people)).map(|f| f.toll);
    }
    let (start, qualifier) = qualifier(text, clause.start, &count);
    Some(Quantity {
        span: Span {
            start: text.span(start..count.tokens.end).start,
            end: text.span(count.tokens.start..unit.end).end,
        },
        value: count.value,
        max: count.max,
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
fn read_toll(value: &str) -> Option<Toll> {
    Some(match value.split(';').next()? {
        "killed" => Toll::Killed,
        "injured" => Toll::Injured,
        "displaced" => Toll::Displaced,
        _ => return None,
    })
}
