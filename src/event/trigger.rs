//! Which verb groups and nouns may tell a happening, before times and places are looked at.
//!
//! A noun and the empty verb it stands with (« l'explosion s'est produite », « mener une opération ») are one
//! candidate.

use super::EventType;
use super::follow;
use super::harm::{brought, damages, left};
use super::scene::{Governor, Scene, View};
use super::segment::Opening;
use super::sense::{self, Sense};
use super::turn;
use super::verb::{Chain, Modal, Voice};
use super::word::{Form, Part, Tense};
use crate::lang::class;
use std::cell::LazyCell;
use std::ops::Range;

/// How much the words alone speak for a happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// It supports another mention, it does not stand by itself.
    Support,
    /// Any verb: it takes a time of its own.
    Unknown,
    /// It takes a time or place of its own.
    Weak,
    /// A word of the lists.
    Plain,
    /// A happening by itself.
    Strong,
}

/// Words that may tell a happening.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The trigger.
    pub tokens: Range<usize>,
    /// The word that carries the meaning.
    pub head: usize,
    pub group: Option<usize>,
    pub noun: Option<usize>,
    pub segment: usize,
    pub kind: EventType,
    pub strength: Strength,
    pub reasons: Vec<&'static str>,
}

impl Candidate {
    /// True when a time or place with this governor belongs to it.
    pub fn is_governed_by(&self, governor: Governor) -> bool {
        match governor {
            Governor::Group(g) => self.group == Some(g),
            Governor::Noun(n) => self.noun == Some(n),
        }
    }
}

/// Reason of a noun that a verb tells the result of: « ont été tués dans la collision ».
pub(super) const RESULT_OF: &str = "what it was the result of";

/// Reason of a noun that a verb says little of: « l'explosion s'est produite ».
pub(super) const EMPTY: &str = "noun with an empty verb";

/// Reason of a noun that its article tells was told before.
pub(super) const KNOWN: &str = "known by its article";

/// Longest trigger made of a noun and a verb, in bytes: longer ones keep the noun.
const REACH: usize = 75;

/// How far what says which one reaches from a noun to the clause that tells of it, in tokens.
pub(super) const COMPLEMENT: usize = 6;

/// The candidates of a sentence, in order of their heads.
pub(super) fn candidates(scene: &Scene<'_, '_>, view: &View) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut taken: Vec<usize> = Vec::new();
    for (number, group) in scene.groups_in(view.groups.clone()) {
        let segment = scene.segment_of(view, group.head);
        let reflexive = group.voice == Voice::Reflexive;
        let own = LazyCell::new(|| subject(scene, view, group.first, segment));
        let says_little = sense::is_verb(scene.text, group.head, class::EVENT_IDLE, reflexive);
        let occurs = sense::is_verb(scene.text, group.head, class::EVENT_OCCUR, reflexive)
            || group.sense.is_some_and(|s| s.aspect);
        let left = left(scene, group, segment);
        // « Une frappe a visé un dépôt »: what a deed did is that deed.
        let deed = group.is_finite()
            && group.voice == Voice::Active
            && (group.perfect || group.tense == Tense::Past)
            && (says_little || left.is_some())
            && own.is_some_and(|(_, _, s)| is_incident(s));
        // "The funeral was on Saturday": being at a time is taking place.
        let falls = own.is_some_and(|(_, _, s)| !s.state && !s.report) && follow::is_at_time(scene, group);
        let becomes = follow::becomes(scene, group);
        let occurs = occurs || falls || deed && !group.sense.is_some_and(|s| s.aspect);
        let causes = sense::is_verb(scene.text, group.head, class::EVENT_CAUSE, reflexive);
        // « un mouvement de panique a été causé par »: what was brought about is the subject.
        let caused = causes && group.voice == Voice::Passive && group.is_finite();
        let empty = group.sense.is_some_and(|s| s.light);
        let witnesses = turn::witnesses(scene, view, group);
        // « une enquête a été ouverte », "an inquiry was opened": what was done is the subject.
        let conducted = group.voice == Voice::Passive
            && group.is_finite()
            && sense::is_verb(scene.text, group.head, class::EVENT_CONDUCT, reflexive);
        // "there was an explosion", « il y a eu des heurts »
        let exists = group.bare && group.is_finite() && is_there(scene, view, group.first);
        let noun = if occurs && group.is_finite() {
            if group.voice == Voice::Active && group.sense.is_some_and(|s| s.aspect) && !reflexive {
                object(scene, view, group.last, segment).or_else(|| *own)
            } else {
                own.or_else(|| inverted(scene, group.last, segment))
                    .or_else(|| antecedent(scene, segment, group.first))
            }
        } else if conducted || caused {
            *own
        } else if causes || empty || exists || witnesses {
            object(scene, view, group.last, segment)
        } else {
            None
        };
        let mut candidate = Candidate {
            tokens: group.tokens(),
            head: group.head,
            group: Some(number),
            noun: None,
            segment,
            kind: group.sense.map_or(EventType::Other, |s| s.kind),
            strength: strength(group.sense, group.form),
            reasons: Vec::new(),
        };
        let brought = brought(scene, view, group, segment);
        if let Some(kind) = left {
            candidate.kind = kind;
            candidate.strength = Strength::Strong;
        }
        // « avoir lieu » is more than « avoir ».
        let takes_place = occurs && group.sense.is_some_and(|s| s.light);
        let idle = says_little
            && !takes_place
            && !deed
            && brought.is_none()
            && group.chain != Chain::Planned
            && group.sense.is_none_or(|s| !s.strong);
        // « le verdict est attendu vendredi »: what is planned has its plan for a verb.
        let planned = group.is_finite()
            && group.voice == Voice::Passive
            && scene.text.value(group.head, class::EVENT_HEDGE) == Some("planned");
        if planned {
            candidate.strength = Strength::Weak;
        }
        let attributive = group.form == Form::Past && scene.word(group.last + 1).part == Part::Noun
            // "Having won the cup in 2012": done before, unlike what goes on.
            || group.form == Form::Present && !group.perfect;
        let known = occurs
            && group.is_finite()
            && group.tense == Tense::Present
            && !group.perfect
            && known_subject(scene, group.first);
        let act = group.sense.is_some_and(|s| s.report)
            && group.voice == Voice::Active
            && sense::is_verb(scene.text, group.head, class::EVENT_ACT, reflexive);
        // "a review will report in autumn": saying that is still to come is an act, too.
        let due = group.sense.is_some_and(|s| s.report)
            && group.is_finite()
            && (group.tense == Tense::Future || group.modal == Modal::Planned)
            && !scene.segment(segment + 1).is_some_and(|s| s.opening == Opening::Content);
        // "announced a new engine": what is announced is a thing, not a happening.
        let reveals = group.sense.is_some_and(|s| s.report)
            && group.is_finite()
            && group.voice == Voice::Active
            && sense::is_verb(scene.text, group.head, class::EVENT_REVEAL, reflexive)
            && follow::has_thing(scene, group.last, segment);
        if act || due || reveals {
            candidate.strength = Strength::Weak;
            candidate.kind = EventType::Statement;
        }
        let exists = exists && noun.is_some_and(|(_, _, s)| !s.state && !s.report);
        if let Some(kind) = becomes {
            candidate.kind = kind;
            candidate.strength = Strength::Unknown;
        } else if !exists && !falls && (group.bare || idle && !planned || attributive || known) {
            candidate.strength = Strength::Support;
            candidate.reasons.push("says nothing by itself");
        }
        // « Un séisme a frappé »: what strikes tells what it was.
        if group.is_finite()
            && group.voice == Voice::Active
            && group.sense.is_some_and(|s| !s.report && !s.state)
            && let Some((_, _, sense)) = *own
            && (matches!(sense.kind, EventType::Disaster | EventType::Weather) && !sense.weak
                // « La fusillade a fait deux morts »
                || group.sense.is_some_and(|s| s.kind == EventType::Life) && is_incident(sense))
        {
            candidate.kind = sense.kind;
        }
        // "A fire destroyed the mill", "The mill was damaged by fire": what does the damage is what happened.
        if group.is_finite()
            && candidate.kind == EventType::Construction
            && let Some(sense) = damages(scene, group, *own, segment)
        {
            candidate.kind = sense.kind;
        }
        // "Firefighters battled a blaze"
        if group.is_finite()
            && candidate.kind == EventType::Battle
            && let Some((_, _, sense)) = object(scene, view, group.last, segment)
            && matches!(sense.kind, EventType::Fire | EventType::Disaster)
        {
            candidate.kind = sense.kind;
        }
        // "Share prices fell": what a figure does is told of money or trade.
        if group.is_finite() && follow::is_of_figure(scene, view, group, segment) {
            candidate.kind = EventType::Economy;
        }
        // "Lyon beat Metz 3-1"
        if group.is_finite()
            && matches!(candidate.kind, EventType::Attack | EventType::Battle)
            && follow::has_score(scene, group.last, segment)
        {
            candidate.kind = EventType::Sport;
        }
        let incident =
            if group.is_finite() && sense::is_verb(scene.text, group.head, class::EVENT_RESULT, reflexive) {
                incident(scene, view, group.last, segment)
            } else {
                None
            };
        if let Some((at, len, sense)) = incident {
            taken.push(at);
            candidate.noun = Some(at);
            candidate.kind = sense.kind;
            candidate.tokens = at..at + len;
            candidate.head = at;
            candidate.strength = candidate.strength.max(strength(Some(sense), Form::None));
            candidate.reasons.push(RESULT_OF);
        } else if let Some((at, len, sense)) = noun {
            taken.push(at);
            candidate.noun = Some(at);
            candidate.kind = sense.kind;
            candidate.strength =
                candidate.strength.max(strength(Some(sense), Form::None)).max(Strength::Plain);
            if exists {
                candidate.strength = strength(Some(sense), Form::None);
            }
            if conducted && !sense.weak && !sense.state && !group.sense.is_some_and(|s| s.report) {
                candidate.strength = Strength::Strong;
            }
            candidate.reasons.push(if causes { "object of a cause" } else { EMPTY });
            if at.checked_sub(1).is_some_and(|b| scene.text.has(b, class::EVENT_KNOWN)) {
                candidate.reasons.push(KNOWN);
            }
            if scene.text.has(at, class::EVENT_FACTS) {
                candidate.reasons.push("facts told before");
            }
            if causes && !caused || witnesses {
                candidate.tokens = at..at + len;
                candidate.head = at;
            } else {
                let whole = candidate.tokens.start.min(at)..candidate.tokens.end.max(at + len);
                let alone = !scene
                    .groups_in(view.groups.clone())
                    .any(|(n, g)| n != number && whole.contains(&g.head));
                if alone && scene.text.span(whole.clone()).len() <= REACH {
                    candidate.tokens = whole;
                }
            }
        } else if candidate.strength == Strength::Support {
            // It stays a support.
        } else if occurs
            && group.sense.is_none_or(|s| s.light || s.aspect)
            && candidate.strength > Strength::Weak
        {
            candidate.strength = Strength::Weak;
        } else if empty {
            candidate.strength = Strength::Unknown;
        }
        if let Some((kind, strength)) = brought {
            candidate.kind = kind;
            candidate.strength = strength;
        }
        found.push(candidate);
    }
    for at in view.tokens.clone() {
        let word = scene.word(at);
        if word.noun.is_none() || taken.contains(&at) {
            continue;
        }
        if scene.groups_in(view.groups.clone()).any(|(_, g)| g.tokens().contains(&at)) {
            continue;
        }
        let Some((len, sense)) = sense::noun(scene.text, at) else { continue };
        found.push(Candidate {
            tokens: at..at + len,
            head: at,
            group: None,
            noun: Some(at),
            segment: scene.segment_of(view, at),
            kind: sense.kind,
            strength: Strength::Support,
            reasons: Vec::new(),
        });
    }
    found.sort_by_key(|c| (c.head, c.group));
    found
}

fn strength(sense: Option<Sense>, form: Form) -> Strength {
    match sense {
        None if form == Form::None => Strength::Support,
        None => Strength::Unknown,
        // A state is no happening. Saying is none either, except for what the lists call weak: « a annoncé ».
        Some(s) if (s.report && !s.weak) || s.state => Strength::Support,
        Some(s) if s.weak || s.light => Strength::Weak,
        Some(s) if s.strong => Strength::Strong,
        Some(_) => Strength::Plain,
    }
}

/// Something that people come to harm in.
pub(super) fn is_incident(sense: Sense) -> bool {
    use EventType::{Accident, Attack, Battle, Fire, Riot, Strike};
    sense.strong && matches!(sense.kind, Accident | Attack | Battle | Fire | Riot | Strike)
}

/// The happening noun that heads the subject of a verb: the first noun of the lists before it in its segment
/// or in the segments without a verb before that one.
fn subject(
    scene: &Scene<'_, '_>,
    view: &View,
    first: usize,
    segment: usize,
) -> Option<(usize, usize, Sense)> {
    // « La trêve, premier arrêt des combats depuis 2016, a commencé »: what stands beside the subject only says more.
    if let Some(group) = scene.groups_in(view.groups.clone()).find(|(_, g)| g.first == first)
        && let Some(own) = super::actor::subject(scene, view, group.1, segment)
        && let Some(head) = own.clone().find(|&i| matches!(scene.word(i).part, Part::Noun | Part::Name))
        && scene.word(head).noun.is_some()
        && let Some((len, sense)) = sense::noun(scene.text, head)
    {
        return Some((head, len, sense));
    }
    let mut number = segment;
    let mut end = first;
    loop {
        let tokens = scene.segment(number)?.tokens.start..end;
        let mut after_preposition = false;
        let mut found = None;
        for i in tokens {
            let word = scene.word(i);
            if word.part == Part::Preposition && !scene.text.has(i, class::EVENT_OF) {
                after_preposition = true;
            }
            if word.part == Part::Mark {
                after_preposition = false;
            }
            if word.noun.is_some() && !after_preposition && found.is_none() {
                found = sense::noun(scene.text, i).map(|(len, sense)| (i, len, sense));
            }
        }
        if found.is_some() {
            return found;
        }
        // « Le match, prévu samedi, a eu lieu »: the subject may stand before a bracketed part.
        if number <= view.segments.start {
            return None;
        }
        number -= 1;
        let segment = scene.segment(number)?;
        if segment.finite.is_some() {
            return None;
        }
        end = segment.tokens.end;
    }
}

/// "the blast, which took place in Hull": the happening noun right before the relative pronoun.
fn antecedent(scene: &Scene<'_, '_>, segment: usize, first: usize) -> Option<(usize, usize, Sense)> {
    let start = scene.segment(segment).filter(|s| s.opening == Opening::Relative)?.tokens.start;
    let back = (start.saturating_sub(2)..start).rev().find(|&i| scene.word(i).part != Part::Mark)?;
    // « la fusillade de Pau, qui a eu lieu »: over the words that say which one.
    let passes = |&i: &usize| {
        matches!(scene.word(i).part, Part::Name | Part::Number | Part::Adjective)
            || scene.text.has(i, class::EVENT_OF)
            || scene.text.has(i, class::EVENT_DETERMINER)
    };
    let named = (back.saturating_sub(COMPLEMENT)..=back).rev().find(|i| !passes(i))?;
    let noun = scene.word(named).noun.is_some() && first <= start + 2;
    noun.then(|| sense::noun(scene.text, named).map(|(len, sense)| (named, len, sense))).flatten()
}

/// The word that says that something is there stands before the verb at token `first`.
fn is_there(scene: &Scene<'_, '_>, view: &View, first: usize) -> bool {
    let passes = |i: &usize| scene.text.has(*i, class::EVENT_NEGATION) || scene.word(*i).part == Part::Adverb;
    let there = |i: usize| scene.text.has(i, class::EVENT_THERE);
    (view.tokens.start..first).rev().take(3).find(|i| there(*i) || !passes(i)).is_some_and(there)
}

/// « Ce naufrage survient », « elle intervient »: the subject was told before.
fn known_subject(scene: &Scene<'_, '_>, first: usize) -> bool {
    (1..=3).filter_map(|n| first.checked_sub(n)).any(|i| {
        scene.text.has(i, class::EVENT_DEMONSTRATIVE)
            || matches!(scene.text.value(i, class::EVENT_SUBJECT), Some("third" | "anyone"))
    })
}

/// « samedi se tenait la finale »: the subject stands after the verb.
fn inverted(scene: &Scene<'_, '_>, last: usize, segment: usize) -> Option<(usize, usize, Sense)> {
    let end = scene.segment(segment)?.tokens.end;
    let mut i = last + 1;
    while i < end.min(last + 6) {
        let word = scene.word(i);
        if word.part == Part::Preposition {
            return None;
        }
        if word.noun.is_some() {
            return sense::noun(scene.text, i).map(|(len, sense)| (i, len, sense));
        }
        i += 1;
    }
    None
}

/// The happening noun that heads the object of a verb: the first noun of the lists after it, in its segment.
fn object(scene: &Scene<'_, '_>, view: &View, last: usize, segment: usize) -> Option<(usize, usize, Sense)> {
    let mut end = scene.segment(segment)?.tokens.end;
    // « a provoqué, mardi, plusieurs démissions »: a time stands between verb and object.
    let lies = |n: usize| {
        scene.segment(n).is_some_and(|s| s.tokens.clone().all(|i| scene.time_over(i..i + 1).is_some()))
    };
    if end == last + 1 && view.segments.contains(&(segment + 2)) && lies(segment + 1) {
        end = scene.segment(segment + 2)?.tokens.end;
    }
    for i in last + 1..end.min(last + 10) {
        let word = scene.word(i);
        if word.noun.is_some() && word.part != Part::Name {
            return sense::noun(scene.text, i).map(|(len, sense)| (i, len, sense));
        }
        let verb = word.form != Form::None || word.aux.is_some();
        if verb && word.part == Part::Verb && word.form != Form::Past {
            return None;
        }
        // A noun that is no happening is the object itself.
        if word.part == Part::Noun
            && scene.word(i + 1).part == Part::Preposition
            && !scene.text.has(i + 1, class::EVENT_OF)
        {
            return None;
        }
    }
    None
}

/// « ont été tuées dans la collision »: the one incident of the clause that a verb tells the result of.
fn incident(
    scene: &Scene<'_, '_>,
    view: &View,
    last: usize,
    segment: usize,
) -> Option<(usize, usize, Sense)> {
    use EventType::{Accident, Attack, Disaster, Fire, Strike};
    let owner = scene.segment(segment)?.owner;
    let end = scene.clause(view, owner).filter_map(|n| scene.segment(n)).map(|s| s.tokens.end).max()?;
    let text = scene.text;
    let noun = |i: usize| scene.word(i).noun.is_some() && scene.word(i).part != Part::Name;
    (last + 1..end).filter(|&i| noun(i)).find_map(|i| {
        let (len, sense) = sense::noun(text, i)?;
        let lead = (last + 1..i).rev().find(|&b| scene.word(b).part == Part::Preposition)?;
        let close = i - lead <= 3 && !text.has(lead, class::EVENT_OF) && !text.has(lead, class::EVENT_AGENT);
        let one = (lead + 1..i).all(|b| text.value(b, class::EVENT_GENDER) != Some("p"));
        let kind = matches!(sense.kind, Accident | Attack | Disaster | Fire | Strike);
        (close && one && kind && sense.strong).then_some((i, len, sense))
    })
}
