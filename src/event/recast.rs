//! Simple pasts and participles that look the same: which of them a verb group is, by what stands around it.

use super::group::Reader;
use super::verb::{Group, Voice};
use super::word::{Form, Part, Tense};
use crate::lang::class;

/// Longest name of who says so after the last comma, in tokens.
const SOURCE: usize = 6;

impl Reader<'_, '_> {
    /// "The storm that hit Cuba killed four people": what looks like a participle and has both a subject before
    /// it and an object right after it is a simple past.
    pub fn tell_object(&self, groups: &mut [Group]) {
        for g in groups.iter_mut() {
            let before = g.first.checked_sub(1).filter(|&b| b >= self.start);
            let object = |i: usize| match self.word(i).part {
                Part::Determiner | Part::Name => true,
                Part::Number => self.word(i + 1).part == Part::Noun,
                // "An earthquake struck eastern Turkey"
                Part::Adjective => matches!(self.word(i + 1).part, Part::Noun | Part::Name),
                // "police raided his home"
                Part::Pronoun => self.text.has(i, class::EVENT_ARTICLE),
                _ => self.text.phrase(i, class::EVENT_QUALIFIER).is_some_and(|(n, _)| {
                    self.word(i + n).part == Part::Number && self.word(i + n + 1).part == Part::Noun
                }),
            };
            let noun = |b: usize| matches!(self.word(b).part, Part::Noun | Part::Name | Part::Number);
            if g.form == Form::Past
                && g.first == g.head
                && !g.shared
                && self.word(g.head).simple_past
                && before.is_some_and(noun)
                && object(g.head + 1)
            {
                g.form = Form::Finite;
                g.tense = Tense::Past;
                g.voice = Voice::Active;
            }
        }
    }

    /// "Rebels set fire to the market.": a sentence that ends as one has a finite verb; where none is there, or
    /// the first one is joined to what stands before it ("The storm touched land and tore roofs off"), a
    /// participle after its subject that may be read as a simple past is one.
    pub fn tell_past(&self, groups: &mut [Group]) {
        let first = groups.iter().position(Group::is_finite);
        let joined = |g: &Group| {
            g.first
                .checked_sub(1)
                .is_some_and(|b| b > self.start && self.text.has(b, class::EVENT_COORDINATE))
        };
        let wants = match first.and_then(|n| groups.get(n)) {
            Some(verb) => joined(verb) || self.only_reports(verb),
            None => self.text.is_stop(self.end.saturating_sub(1)),
        };
        if !wants {
            return;
        }
        let after_subject = |mut i: usize| {
            // "Miners last walked out in May"
            while i > self.start
                && (self.word(i - 1).part == Part::Adverb || self.text.has(i - 1, class::EVENT_FILLER))
            {
                i -= 1;
            }
            i > self.start && matches!(self.word(i - 1).part, Part::Noun | Part::Name | Part::Pronoun)
        };
        let before = groups.get_mut(..first.unwrap_or(groups.len())).unwrap_or_default();
        let verb = before.iter_mut().find(|g| {
            g.form == Form::Past
                && g.first == g.head
                && self.word(g.head).simple_past
                && after_subject(g.first)
                // "Exports increased by 10 percent"
                && (!self.text.has(g.last + 1, class::EVENT_AGENT) || self.text.number(g.last + 2).is_some())
        });
        if let Some(verb) = verb {
            verb.form = Form::Finite;
            verb.tense = Tense::Past;
            verb.voice = Voice::Active;
        }
    }

    /// "showed a list of goods imported from Spain": after the object of a verb, with nothing that joins the two and no object
    /// of its own, what may be a participle is one.
    pub fn tell_reduced(&self, groups: &mut [Group]) {
        for n in 1..groups.len() {
            let Some((verb, own)) = groups.get(n - 1).zip(groups.get(n)) else { return };
            let gap = verb.last + 1..own.first;
            let parts = |i: usize| {
                self.text.has(i, class::EVENT_COORDINATE)
                    || self.text.phrase(i, class::EVENT_SUBORDINATE).is_some()
                    || self.word(i).part == Part::Mark
                    || self.word(i).part == Part::Pronoun
            };
            let noun = |i: usize| matches!(self.word(i).part, Part::Noun | Part::Name | Part::Number);
            // "The man who fled the town died in May": the verb after a relative clause is that of the sentence.
            let clause = (self.start..verb.first)
                .rev()
                .take(SOURCE)
                .any(|i| matches!(self.text.value(i, class::EVENT_SUBORDINATE), Some("relative" | "that")));
            let fits = verb.is_finite()
                && own.is_finite()
                && !clause
                && self.text.phrase(own.last + 1, class::EVENT_QUALIFIER).is_none()
                && verb.voice == Voice::Active
                && !verb.bare
                && !verb.sense.is_some_and(|s| s.report)
                && own.first == own.head
                && !own.shared
                && self.word(own.head).participle
                && gap.len() >= 2
                && noun(own.first - 1)
                && self.word(own.last + 1).part == Part::Preposition
                && !gap.into_iter().any(parts);
            if fits && let Some(own) = groups.get_mut(n) {
                own.form = Form::Past;
                own.tense = Tense::Participle;
                own.voice = Voice::Passive;
            }
        }
    }

    /// "…, the agency said on Monday.": after the last comma stands only who says so.
    fn only_reports(&self, verb: &Group) -> bool {
        let comma = |i: usize| self.text.is_mark(i, class::MARK_COMMA);
        let Some(last) = (self.start..self.end).rev().find(|&i| comma(i)) else { return false };
        let subject = |i: usize| {
            matches!(self.word(i).part, Part::Noun | Part::Name | Part::Determiner | Part::Adjective)
                || self.text.has(i, class::EVENT_DETERMINER)
        };
        verb.sense.is_some_and(|s| s.report)
            && last < verb.first
            && verb.first - last <= SOURCE
            && (last + 1..verb.first).all(subject)
    }

    /// "The coach, appointed in May, resigned": between commas, before the verb of the sentence and without an object,
    /// what may be a participle is one.
    pub fn tell_aside(&self, groups: &mut [Group]) {
        for n in 1..groups.len() {
            let Some((aside, verb)) = groups.get(n - 1).zip(groups.get(n)) else { return };
            let comma = |i: usize| i > self.start && self.text.is_mark(i - 1, class::MARK_COMMA);
            let object =
                !matches!(self.word(aside.last + 1).part, Part::Preposition | Part::Number | Part::Adverb);
            let fits = aside.is_finite()
                && aside.first == aside.head
                && !aside.shared
                && self.word(aside.head).participle
                && comma(aside.first)
                && comma(verb.first)
                && verb.is_finite()
                && !object;
            if fits && let Some(aside) = groups.get_mut(n - 1) {
                aside.form = Form::Past;
                aside.tense = Tense::Participle;
                aside.voice = Voice::Passive;
            }
        }
    }
}
