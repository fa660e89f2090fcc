//! What a clause says of its verb: subject, object, agent, and whether somebody is said to say it.
//!
//! Noun phrases are read from tags by their place beside the verb group.

use super::border::Cutter;
use super::clause::{Clause, ClauseKind, Clauses};
use super::morph::{Upos, VerbForm};
use super::predicate::{Predicate, Voice};
use crate::lang::class;
use std::ops::Range;

impl Cutter<'_> {
    /// Finds subject, object and agent of a clause among its own tokens.
    pub(super) fn fill(&self, found: &mut Clauses, n: usize) {
        let Some((predicate, opener, kind)) =
            found.list.get(n).and_then(|c| Some((c.predicate.clone()?, c.opener, c.kind)))
        else {
            return;
        };
        let mut after = self.object(found, n, &predicate);
        let subject = match (kind, predicate.form) {
            (ClauseKind::Relative, _) => {
                let own = self.subject(found, n, &predicate);
                let antecedent = self.antecedent(opener);
                if own.is_some() {
                    after = after.or(antecedent);
                    own
                } else {
                    antecedent
                }
            }
            (_, VerbForm::Fin) => {
                let own = self.subject(found, n, &predicate);
                match own.or_else(|| self.shared_subject(found, n, &predicate)) {
                    // "said the minister": the subject stands behind.
                    None if self.is_saying(&predicate) => after.take(),
                    subject => subject,
                }
            }
            (_, VerbForm::Part) => self.modified(&predicate),
            _ => None,
        };
        let agent = self.agent(found, n, &predicate);
        let (reported, speaker) = self.reported(found, n);
        if let Some(clause) = found.list.get_mut(n) {
            clause.subject = subject;
            clause.object = if predicate.voice == Voice::Active { after } else { None };
            clause.agent = agent.filter(|_| predicate.voice == Voice::Passive);
            clause.reported = reported;
            clause.speaker = speaker;
        }
    }

    /// A noun phrase that begins at or after `i`, with its complements of the same stretch; `None` when the
    /// next content word is none.
    fn phrase_from(&self, i: usize, end: usize) -> Option<Range<usize>> {
        if i >= end || !self.is_phrase(i) {
            return None;
        }
        let mut at = i;
        let mut noun = false;
        while at < end && self.is_phrase(at) {
            noun |= self.upos(at).is_nominal() || matches!(self.upos(at), Upos::Pron | Upos::Num);
            at += 1;
        }
        noun.then_some(i..at)
    }

    /// The first noun phrase of the clause before its verb that no preposition leads; else a clitic pronoun
    /// after the verb.
    fn subject(&self, found: &Clauses, n: usize, predicate: &Predicate) -> Option<Range<usize>> {
        let clause = found.list.get(n)?;
        let end = predicate.tokens.start;
        let mut i = clause.tokens.start;
        let mut best: Option<Range<usize>> = None;
        while i < end {
            if !found.owns(n, i) || Some(i) == clause.opener {
                i += 1;
                continue;
            }
            if self.upos(i) == Upos::Adp {
                // The phrase that a preposition leads is no subject.
                i = self.phrase_from(i + 1, end).map_or(i + 1, |p| p.end);
                continue;
            }
            let object_clitic =
                self.text.has(i, class::TAG_CLITIC) && i + 1 >= end.saturating_sub(3) && best.is_some();
            match self.phrase_from(i, end).filter(|_| !object_clitic) {
                Some(phrase) => {
                    let before_comma = best.is_some() && (phrase.start..end).any(|k| self.is_break(k));
                    i = phrase.end;
                    if !before_comma && !self.is_only_clitics(&phrase) {
                        best = best.or(Some(phrase));
                    }
                }
                None => i += 1,
            }
        }
        best.or_else(|| {
            // Inversion: "dit-il".
            let after = predicate.tokens.clone().chain(predicate.tokens.end..predicate.tokens.end + 1);
            after
                .into_iter()
                .find(|&k| self.upos(k) == Upos::Pron && self.text.str(k).starts_with('-'))
                .map(|k| k..k + 1)
        })
    }

    /// The subject of the clause before, when a conjunction joins the two verbs.
    fn shared_subject(&self, found: &Clauses, n: usize, predicate: &Predicate) -> Option<Range<usize>> {
        let clause = found.list.get(n)?;
        let joined = self.upos(clause.tokens.start) == Upos::Cconj
            && self.shares_subject(clause.tokens.start, predicate.tokens.start);
        let before = n.checked_sub(1).and_then(|b| found.list.get(b)).filter(|_| joined)?;
        before.subject.clone()
    }

    fn is_only_clitics(&self, phrase: &Range<usize>) -> bool {
        phrase.clone().all(|i| self.text.has(i, class::TAG_CLITIC) && self.upos(i) == Upos::Pron)
            && phrase.clone().all(|i| matches!(self.text.value(i, class::TAG_REFLEXIVE), None | Some("any")))
    }

    /// The noun phrase that ends right before a relative pronoun or its preposition.
    fn antecedent(&self, opener: Option<usize>) -> Option<Range<usize>> {
        let mut end = opener?;
        while end > self.sentence.start && (self.upos(end - 1) == Upos::Adp || self.is_break(end - 1)) {
            end -= 1;
        }
        self.phrase_until(end)
    }

    /// The noun phrase that ends before token `end`.
    fn phrase_until(&self, end: usize) -> Option<Range<usize>> {
        let mut start = end;
        while start > self.sentence.start && self.is_phrase(start - 1) {
            start -= 1;
        }
        (start < end).then_some(start..end)
    }

    /// What a participle stands beside.
    fn modified(&self, predicate: &Predicate) -> Option<Range<usize>> {
        let mut end = predicate.tokens.start;
        while end > self.sentence.start
            && (self.upos(end - 1) == Upos::Adv || self.text.is_mark(end - 1, class::MARK_COMMA))
        {
            end -= 1;
        }
        self.phrase_until(end)
    }

    fn object(&self, found: &Clauses, n: usize, predicate: &Predicate) -> Option<Range<usize>> {
        let clause = found.list.get(n)?;
        let mut i = predicate.tokens.end;
        while i < clause.tokens.end
            && found.owns(n, i)
            && (self.upos(i) == Upos::Adv || self.text.has(i, class::TAG_CALENDAR))
        {
            i += 1;
        }
        self.phrase_from(i, clause.tokens.end).filter(|p| p.clone().all(|k| found.owns(n, k)))
    }

    fn agent(&self, found: &Clauses, n: usize, predicate: &Predicate) -> Option<Range<usize>> {
        let clause = found.list.get(n)?;
        let lead = (predicate.tokens.end..clause.tokens.end)
            .find(|&i| found.owns(n, i) && self.text.has(i, class::TAG_AGENT) && self.upos(i) == Upos::Adp)?;
        self.phrase_from(lead + 1, clause.tokens.end)
    }

    fn is_saying(&self, predicate: &Predicate) -> bool {
        self.text.has(predicate.verb, class::TAG_SAYING_VERB)
    }

    /// Whether a clause tells what somebody says, and who: the subject of the verb of saying that governs it, or
    /// of one in a short clause beside it.
    fn reported(&self, found: &Clauses, n: usize) -> (bool, Option<Range<usize>>) {
        let Some(clause) = found.list.get(n) else { return (false, None) };
        let says = |other: &Clause| other.predicate.as_ref().is_some_and(|p| self.is_saying(p));
        let parent = clause.parent.filter(|_| clause.kind == ClauseKind::Complement);
        let governing = parent.and_then(|p| found.list.get(p)).filter(|p| says(p));
        if let Some(governing) = governing {
            return (true, governing.subject.clone());
        }
        // A clause beside one that only says who speaks: "he left, the minister said".
        let beside = found.list.iter().enumerate().find(|(k, other)| {
            *k != n
                && clause.kind == ClauseKind::Main
                && other.kind == ClauseKind::Main
                && says(other)
                && other.tokens.len() <= 12
                && (other.tokens.start == clause.tokens.end || other.tokens.end == clause.tokens.start)
        });
        if let Some((k, _)) = beside {
            // Its own subject may not have been read yet: clauses are filled in the order of their verbs.
            return (true, self.speaker(found, k));
        }
        let by_source = clause
            .tokens
            .clone()
            .any(|i| found.owns(n, i) && self.text.phrase(i, class::TAG_SOURCE_MARK).is_some());
        (by_source, None)
    }

    /// The subject of a clause with a verb of saying, before or behind the verb.
    fn speaker(&self, found: &Clauses, n: usize) -> Option<Range<usize>> {
        let predicate = found.list.get(n)?.predicate.as_ref()?;
        self.subject(found, n, predicate).or_else(|| self.object(found, n, predicate))
    }
}
