//! Turns of phrase that put a time elsewhere than beside what it dates.
//!
//! « C'est mardi que le pont a cédé », « celui du 3 mars, qui avait fait six morts », « a requis dix ans à l'audience
//! du 2 avril », « la journée de lundi a été marquée par ».

use super::EventType;
use super::dating::Tie;
use super::scene::{Governor, Scene, View};
use super::segment::Opening;
use super::sense;
use super::verb::Group;
use super::word::{Form, Part, Tense};
use crate::lang::class;
use crate::time::TimeMention;
use chrono::NaiveDate;
use std::ops::Range;

/// How far a word that leads a noun stands before it, in tokens.
const LEAD: usize = 4;

/// Most tokens from a verb to a time that its object is set for.
const AIM: usize = 10;

/// Most tokens of a subject that only names a time.
const SUBJECT: usize = 7;

/// Gives each time to what it dates where the turn of phrase says so; a time that tells which of several things is
/// meant dates nothing here.
pub(super) fn redirect(
    scene: &Scene<'_, '_>,
    view: &View,
    published: Option<NaiveDate>,
    ties: &mut Vec<Tie>,
) {
    ties.retain_mut(|tie| {
        let Some(mention) = scene.times.get(tie.mention) else { return false };
        let tokens = scene.text.tokens_in(mention.span);
        if stands_in(scene, view, tokens.start) {
            let verb = relative_after(scene, view, tokens.start);
            tie.governor = verb.map_or(tie.governor, Governor::Group);
            return verb.is_some();
        }
        if names_edition(scene, view, tokens.start) {
            return false;
        }
        match tie.governor {
            Governor::Group(g) => {
                if let Some(noun) = aimed(scene, view, g, tokens.start) {
                    tie.governor = Governor::Noun(noun);
                } else if let Some(verb) =
                    cleft(scene, view, g, tokens.start).or_else(|| above(scene, view, g, mention, published))
                {
                    tie.governor = Governor::Group(verb);
                }
            }
            Governor::Noun(noun) => {
                if let Some(verb) = occasion(scene, view, noun) {
                    tie.governor = Governor::Group(verb);
                }
            }
        }
        true
    });
}

/// « celui du 3 mars »: a pronoun that stands for another thing of the kind has the time at token `i`.
fn stands_in(scene: &Scene<'_, '_>, view: &View, i: usize) -> bool {
    let text = scene.text;
    let link = |t: usize| text.has(t, class::EVENT_OF) || text.has(t, class::EVENT_DETERMINER);
    let first = (view.tokens.start..i).rev().take_while(|&t| link(t)).last();
    first
        .and_then(|f| f.checked_sub(1))
        .is_some_and(|p| p >= view.tokens.start && text.has(p, class::EVENT_STANDIN))
}

/// The verb of the relative clause that opens right after the segment of token `i`.
fn relative_after(scene: &Scene<'_, '_>, view: &View, i: usize) -> Option<usize> {
    let next = scene.segment_of(view, i) + 1;
    let segment =
        scene.segment(next).filter(|s| view.segments.contains(&next) && s.opening == Opening::Relative)?;
    segment.finite
}

/// « la Coupe d'Afrique 2016 », « les championnats 2018-2019 »: a year that is part of a name.
pub(super) fn names_edition(scene: &Scene<'_, '_>, view: &View, mut i: usize) -> bool {
    let text = scene.text;
    let year = |t: usize| text.number(t).is_some() && text.str(t).len() == 4;
    if i >= view.tokens.start + 2 && text.is_mark(i - 1, class::MARK_DASH) && year(i - 2) {
        i -= 2;
    }
    if !year(i) || !scene.groups_in(view.groups.clone()).any(|(_, g)| g.is_finite()) {
        return false;
    }
    let named = |&t: &usize| {
        let word = scene.word(t);
        matches!(word.part, Part::Noun | Part::Name | Part::Adjective) || text.has(t, class::EVENT_OF)
    };
    let own = (view.tokens.start..i).rev().take(6);
    let close = scene.word(i.wrapping_sub(1)).part;
    matches!(close, Part::Noun | Part::Name | Part::Adjective)
        && own.take_while(named).any(|t| {
            let held = sense::noun(text, t).map(|(_, s)| s);
            held.is_some_and(|s| {
                matches!(s.kind, EventType::Sport | EventType::Culture | EventType::Election) && !s.state
            })
        })
}

/// « a décrété un deuil pour vendredi »: what is set for the time at token `i`, after a verb told as done.
/// The same of verbs that call for something, whatever leads the time: « appellent à une grève le 3 mars ».
fn aimed(scene: &Scene<'_, '_>, view: &View, number: usize, i: usize) -> Option<usize> {
    let lead = i.checked_sub(1)?;
    let group = scene.group(number).filter(|g| g.is_finite() && g.last < lead)?;
    let told = group.perfect || group.tense == Tense::Past;
    if !(told && scene.text.has(lead, class::TIME_AIM) || calls(scene, group)) || lead - group.last > AIM {
        return None;
    }
    let free = |t: &usize| !scene.groups_in(view.groups.clone()).any(|(_, g)| g.tokens().contains(t));
    let held = |t: usize| sense::noun(scene.text, t).is_some_and(|(_, s)| !s.state && !s.report);
    (group.last + 1..=lead).filter(free).find(|&t| scene.word(t).noun.is_some() && held(t))
}

/// Asks for something to come, in the present or as done.
fn calls(scene: &Scene<'_, '_>, group: &Group) -> bool {
    let now = group.perfect && group.tense == Tense::Present
        || !group.perfect && matches!(group.tense, Tense::Present | Tense::Past);
    group.is_finite() && now && sense::is_verb(scene.text, group.head, class::EVENT_CALL, false)
}

/// « appellent à une grève »: the noun at token `head` is what a verb of its segment calls for.
pub(super) fn is_called_for(scene: &Scene<'_, '_>, segment: usize, head: usize) -> bool {
    scene.segment(segment).is_some_and(|s| {
        let mut groups = scene.groups_in(s.groups.clone());
        groups.any(|(_, g)| g.last < head && head - g.last <= AIM && calls(scene, g))
    })
}

/// "rose by a third to reach 90 by May", « s'est offert un repas pour fêter ses vingt ans, hier »: the verb that an
/// infinitive which tells no happening, or one still to come, hangs on has the time after both.
fn above(
    scene: &Scene<'_, '_>,
    view: &View,
    number: usize,
    mention: &TimeMention,
    published: Option<NaiveDate>,
) -> Option<usize> {
    let time = scene.text.tokens_in(mention.span).start;
    let low = scene.group(number).filter(|g| g.form == Form::Infinitive && g.last < time && !g.perfect)?;
    let last = mention.dates().and_then(|b| b.days().1);
    let over = matches!((last, published), (Some(last), Some(published)) if last < published);
    let telling = !over
        && low.sense.is_some_and(|s| !s.state && !s.report && !s.light)
        && !sense::is_verb(scene.text, low.head, class::EVENT_IDLE, false);
    let segment = scene.segment(scene.segment_of(view, low.head))?;
    if telling || scene.is_plan(low) || segment.opening != Opening::Purpose {
        return None;
    }
    let (above, verb) = scene.groups_in(view.groups.start..number).rfind(|(_, g)| g.is_finite())?;
    let home = scene.segment(scene.segment_of(view, verb.head))?;
    (home.part == segment.part && !verb.bare).then_some(above)
}

/// « C'est en mars que la loi a été adoptée »: the verb of the clause that is told of the time.
fn cleft(scene: &Scene<'_, '_>, view: &View, number: usize, time: usize) -> Option<usize> {
    let text = scene.text;
    let group = scene.group(number).filter(|g| g.bare)?;
    let skip = |&t: &usize| text.value(t, class::EVENT_NEGATION) == Some("particle");
    let before = (view.tokens.start..group.first).rev().find(|t| !skip(t))?;
    if !text.has(before, class::EVENT_CLEFT) {
        return None;
    }
    // « C'est la neuvième flambée depuis la découverte, en 1976, »: that time is not what the cleft is about.
    let links = |t: usize| {
        matches!(scene.word(t).part, Part::Preposition | Part::Determiner | Part::Adverb)
            || text.has(t, class::EVENT_OF)
            || text.has(t, class::EVENT_DETERMINER)
            || text.has(t, class::EVENT_NEGATION)
    };
    if time > group.last && !(group.last + 1..time).all(links) {
        return None;
    }
    let (next, verb) = scene.groups_in(number + 1..view.groups.end).find(|(_, g)| g.is_finite())?;
    let opening = scene.segment(scene.segment_of(view, verb.head))?.opening;
    (verb.first > time && matches!(opening, Opening::Relative | Opening::Content)).then_some(next)
}

/// A word of occasions leads to a noun: « lors de la marche », "at the hearing".
fn is_led(scene: &Scene<'_, '_>, from: usize, noun: usize) -> bool {
    let text = scene.text;
    let own = noun.saturating_sub(LEAD).max(from)..noun;
    let at = |t: usize| {
        (1..=3).any(|n| {
            t + 1 >= n && text.phrase(t + 1 - n, class::EVENT_OCCASION).is_some_and(|(len, _)| len == n)
        })
    };
    own.rev().find(|&t| !matches!(scene.word(t).part, Part::Adjective | Part::Noun)).is_some_and(|led| {
        at(led) || text.has(led, class::EVENT_DETERMINER) && led.checked_sub(1).is_some_and(at)
    })
}

/// « Pendant la marche du samedi 10, un balcon est tombé »: the noun tells during what the verb at `head` took place.
pub(super) fn is_occasion(scene: &Scene<'_, '_>, noun: usize, head: usize) -> bool {
    noun < head && is_led(scene, 0, noun)
}

/// « a requis dix ans à l'audience du 2 avril »: the verb that is told with the occasion named by a noun.
fn occasion(scene: &Scene<'_, '_>, view: &View, noun: usize) -> Option<usize> {
    use EventType::{Ceremony, Culture, Diplomacy, Election, Sport, Trial};
    let text = scene.text;
    let segment = scene.segment(scene.segment_of(view, noun))?;
    let verb = scene.segment(segment.owner)?.finite?;
    let group = scene.group(verb)?;
    if text.has(noun, class::EVENT_PERIOD) {
        return witnesses(scene, view, group).then_some(verb);
    }
    let meets = sense::noun(text, noun)
        .is_some_and(|(_, s)| matches!(s.kind, Ceremony | Culture | Diplomacy | Election | Sport | Trial));
    let led = is_led(scene, segment.tokens.start, noun);
    let reflexive = group.voice == super::verb::Voice::Reflexive;
    let acts = !group.bare
        && !group.sense.is_some_and(|s| s.report || s.state || s.light)
        && !sense::is_verb(text, group.head, class::EVENT_IDLE, reflexive)
        && !sense::is_verb(text, group.head, class::EVENT_OCCUR, reflexive)
        && (group.perfect || group.tense == Tense::Past);
    (meets && led && acts).then_some(verb)
}

/// « L'année 2018 verra la destruction de », « la journée de lundi a été marquée par »: a time is the subject, and
/// what happened is told after the verb.
pub(super) fn witnesses(scene: &Scene<'_, '_>, view: &View, group: &Group) -> bool {
    if !group.is_finite() || !sense::is_verb(scene.text, group.head, class::EVENT_WITNESS, false) {
        return false;
    }
    let Some(segment) = scene.segment(scene.segment_of(view, group.first)) else { return false };
    let subject: Range<usize> = segment.tokens.start..group.first;
    let lies = |t: usize| scene.time_over(t..t + 1).is_some();
    let plain = |t: usize| {
        lies(t)
            || scene.text.has(t, class::EVENT_PERIOD)
            || scene.text.has(t, class::EVENT_OF)
            || matches!(scene.word(t).part, Part::Determiner | Part::Adjective)
            || scene.text.has(t, class::EVENT_DETERMINER)
    };
    subject.len() <= SUBJECT && subject.clone().any(lies) && subject.clone().all(plain)
}
