//! Where the clauses of a sentence begin and end.
//!
//! Borders come from verb groups and from the words and marks that open clauses; every token goes to one clause,
//! every clause has one verb group.

use super::clause::{Clause, ClauseKind, Clauses};
use super::morph::{Morph, PronType, Upos, VerbForm};
use super::predicate::Predicate;
use crate::lang::class;
use crate::text::Text;
use std::ops::Range;

/// The beginning of a clause whose verb comes after a clause inside it.
struct Wait {
    tokens: Range<usize>,
    kind: ClauseKind,
    opener: Option<usize>,
    owner: Option<usize>,
}

/// What a sentence is cut by.
pub(super) struct Cutter<'a> {
    /// The text.
    pub text: &'a Text<'a>,
    /// Its tags.
    pub tags: &'a [Morph],
    /// The tokens of the sentence.
    pub sentence: Range<usize>,
}

impl Cutter<'_> {
    pub(super) fn upos(&self, i: usize) -> Upos {
        self.morph(i).upos()
    }

    pub(super) fn morph(&self, i: usize) -> Morph {
        self.tags.get(i).copied().unwrap_or(Morph::new(Upos::X))
    }

    /// A word that opens a clause: relative pronoun or conjunction; where it begins.
    fn opens(&self, i: usize) -> Option<(ClauseKind, usize)> {
        let morph = self.morph(i);
        let relative = self.text.has(i, class::TAG_RELATIVE) && morph.upos() != Upos::Sconj;
        if morph.pron_type() == Some(PronType::Relative) || relative {
            // « à qui », « dans lequel », "in which".
            let before = i.checked_sub(1).filter(|&b| b >= self.sentence.start && self.upos(b) == Upos::Adp);
            return Some((ClauseKind::Relative, before.unwrap_or(i)));
        }
        if let Some((_, value)) = self.text.phrase(i, class::TAG_CONJUNCTION)
            && (morph.upos() == Upos::Sconj || self.text.lang.lexicon().starts_phrase(self.text.word(i)))
            && self.upos(i) != Upos::Pron
        {
            let kind = match value {
                "if" => ClauseKind::Conditional,
                "that" => ClauseKind::Complement,
                _ => ClauseKind::Adverbial,
            };
            return (morph.upos() == Upos::Sconj || value != "that").then_some((kind, i));
        }
        (morph.upos() == Upos::Sconj).then_some((ClauseKind::Adverbial, i))
    }

    pub(super) fn is_break(&self, i: usize) -> bool {
        let mark = [class::MARK_COMMA, class::MARK_SEMICOLON, class::MARK_COLON, class::MARK_DASH];
        mark.iter().any(|m| self.text.is_mark(i, *m)) || self.is_bracket(i)
    }

    fn is_bracket(&self, i: usize) -> bool {
        [class::MARK_OPEN, class::MARK_CLOSE, class::MARK_QUOTE].iter().any(|m| self.text.is_mark(i, *m))
    }

    /// Gives every token to a clause, one per verb group.
    pub(super) fn cut(&self, groups: Vec<Predicate>) -> Clauses {
        let Range { start, end } = self.sentence.clone();
        let mut of = vec![0u16; end - start];
        if groups.is_empty() {
            let list = vec![Clause {
                kind: ClauseKind::Verbless,
                predicate: None,
                tokens: start..end,
                parent: None,
                opener: None,
                subject: None,
                object: None,
                agent: None,
                reported: false,
                speaker: None,
            }];
            return Clauses { first: start, list, of };
        }
        let mut list: Vec<Clause> = Vec::with_capacity(groups.len());
        let mut waiting: Vec<Wait> = Vec::new();
        let mut last_end = start;
        for predicate in groups {
            let n = list.len();
            let verb = predicate.tokens.start;
            let gap = last_end..verb;
            let opener = gap
                .clone()
                .rev()
                .find_map(|i| self.opens(i).map(|(kind, from)| (kind, from.max(gap.start), i)));
            let finite = predicate.is_finite();
            let (mut kind, mut from, mut parent) = match predicate.form {
                VerbForm::Fin => (ClauseKind::Main, verb, None),
                VerbForm::Inf => (ClauseKind::Infinitive, self.lead(&gap, verb), n.checked_sub(1)),
                VerbForm::Part => (ClauseKind::Participial, self.lead(&gap, verb), n.checked_sub(1)),
            };
            let mut own_opener = None;
            match opener {
                Some((k, at, i)) if finite || k == ClauseKind::Relative && kind == ClauseKind::Infinitive => {
                    self.hold(&mut of, &mut waiting, gap.start..at, n);
                    (kind, from, parent, own_opener) = (k, at, n.checked_sub(1), Some(i));
                }
                // An opener before a participle or infinitive waits for the finite verb after it.
                Some((k, at, i)) if at < from => {
                    self.hold(&mut of, &mut waiting, gap.start..at, n);
                    waiting.push(Wait {
                        tokens: at..from,
                        kind: k,
                        opener: Some(i),
                        owner: n.checked_sub(1),
                    });
                }
                _ if !finite && n == 0 => self.hold(&mut of, &mut waiting, gap.start..from, n),
                _ if !finite => self.give(&mut of, gap.start..from, n as u16 - 1),
                _ => {
                    let (border, anew) = self.border(&gap, n == 0, !waiting.is_empty());
                    from = border;
                    if n > 0 {
                        self.give(&mut of, gap.start..from, n as u16 - 1);
                    }
                    if anew && let Some(last) = list.last().filter(|_| self.shares_subject(from, verb)) {
                        (kind, parent) = (last.kind, last.parent);
                    } else if !anew && let Some(wait) = waiting.pop() {
                        (kind, parent, own_opener) = (wait.kind, wait.owner, wait.opener);
                        self.give(&mut of, wait.tokens, n as u16);
                    }
                }
            }
            self.give(&mut of, from..predicate.tokens.end, n as u16);
            last_end = predicate.tokens.end;
            list.push(Clause {
                kind,
                tokens: from..predicate.tokens.end,
                predicate: Some(predicate),
                parent,
                opener: own_opener,
                subject: None,
                object: None,
                agent: None,
                reported: false,
                speaker: None,
            });
        }
        self.give(&mut of, last_end..end, list.len() as u16 - 1);
        for wait in waiting {
            // No verb came: the words go to the clause before them.
            self.give(&mut of, wait.tokens, wait.owner.unwrap_or_default() as u16);
        }
        for (n, clause) in list.iter_mut().enumerate() {
            let own = |i: &usize| of.get(i - start).is_some_and(|o| usize::from(*o) == n);
            let first = (start..end).find(own).unwrap_or(clause.tokens.start);
            let past = (start..end).rev().find(own).map_or(clause.tokens.end, |i| i + 1);
            clause.tokens = first..past;
        }
        Clauses { first: start, list, of }
    }

    /// Tokens before the opener of clause `n` belong to the clause before; at the start of a sentence, or after
    /// a conjunction, they wait for a verb of their own.
    fn hold(&self, of: &mut [u16], waiting: &mut Vec<Wait>, tokens: Range<usize>, n: usize) {
        let owner = n.checked_sub(1);
        let from = match owner {
            None => tokens.start,
            Some(last) => {
                self.give(of, tokens.clone(), last as u16);
                let cut = tokens.clone().rev().find(|&i| self.starts_anew(i));
                cut.unwrap_or(tokens.end)
            }
        };
        if from < tokens.end {
            waiting.push(Wait { tokens: from..tokens.end, kind: ClauseKind::Main, opener: None, owner });
        }
    }

    fn give(&self, of: &mut [u16], tokens: Range<usize>, clause: u16) {
        for i in tokens {
            if let Some(place) = i.checked_sub(self.sentence.start).and_then(|n| of.get_mut(n)) {
                *place = clause;
            }
        }
    }

    /// Where a finite clause that nothing opens begins, and whether a conjunction starts it anew: after the last
    /// mark or at the last conjunction before it; without any, at its own subject. A clause that was interrupted
    /// goes on with its verb.
    fn border(&self, gap: &Range<usize>, first: bool, interrupted: bool) -> (usize, bool) {
        if first {
            return (gap.start, true);
        }
        let cut = gap.clone().rev().find(|&i| self.is_break(i) || self.upos(i) == Upos::Cconj);
        let mut at = gap.end;
        match cut {
            Some(i) if self.is_break(i) => return (i + 1, self.starts_anew(i)),
            Some(i) => return (i, true),
            None if interrupted => {
                while at > gap.start
                    && (self.text.has(at - 1, class::TAG_CLITIC) || self.upos(at - 1) == Upos::Adv)
                {
                    at -= 1;
                }
            }
            None => {
                while at > gap.start && !self.is_phrase(at - 1) {
                    at -= 1;
                }
                while at > gap.start && self.is_phrase(at - 1) {
                    at -= 1;
                }
            }
        }
        (at, false)
    }

    /// A conjunction, semicolon or colon: what follows does not go on with a clause that was interrupted.
    pub(super) fn starts_anew(&self, i: usize) -> bool {
        self.upos(i) == Upos::Cconj
            || self.text.is_mark(i, class::MARK_SEMICOLON)
            || self.text.is_mark(i, class::MARK_COLON)
    }

    /// Only a conjunction, clitics and adverbs stand before the verb: the subject is that of the clause before.
    pub(super) fn shares_subject(&self, from: usize, verb: usize) -> bool {
        (from..verb).all(|i| {
            matches!(self.upos(i), Upos::Cconj | Upos::Adv)
                || self.text.has(i, class::TAG_NEGATION)
                || (self.text.has(i, class::TAG_CLITIC) && self.upos(i) == Upos::Pron)
        })
    }

    /// A word that a noun phrase is made of. Names of days and months are none: they tell when.
    pub(super) fn is_phrase(&self, i: usize) -> bool {
        let inside = match self.upos(i) {
            Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn => true,
            Upos::Pron => self.morph(i).pron_type() != Some(PronType::Relative),
            _ => false,
        };
        inside && !self.text.has(i, class::TAG_CALENDAR)
    }

    /// Where an infinitive or participle clause begins: with the prepositions, clitics and adverbs before it.
    fn lead(&self, gap: &Range<usize>, verb: usize) -> usize {
        let mut at = verb;
        while at > gap.start {
            let lead = matches!(self.upos(at - 1), Upos::Adp | Upos::Part | Upos::Adv | Upos::Sconj)
                || self.text.has(at - 1, class::TAG_CLITIC)
                || self.text.has(at - 1, class::TAG_NEGATION);
            if !lead || self.upos(at - 1) == Upos::Noun {
                break;
            }
            at -= 1;
        }
        at
    }
}
