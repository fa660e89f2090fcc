//! Clauses: what a verb governs, and what is said of it there.
//!
//! Borders come from verb groups and from the words and marks that open clauses. Tokens of a clause need not
//! be neighbours: a relative clause interrupts the one it stands in.

use super::morph::{Morph, PronType, Upos, VerbForm};
use super::predicate::{Predicate, Verbs, Voice};
use crate::lang::class;
use crate::text::Text;
use std::ops::Range;

/// What a clause is to its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseKind {
    /// A main clause, or one that nothing opens.
    Main,
    /// Opened by a relative pronoun.
    Relative,
    /// Opened by "that" and the like: what somebody says, thinks or wants.
    Complement,
    /// Opened by a conjunction of time, cause, purpose …
    Adverbial,
    /// Opened by a conjunction of condition.
    Conditional,
    /// A participle without auxiliary.
    Participial,
    /// An infinitive that no modal verb carries.
    Infinitive,
    /// No verb at all: a headline, a caption.
    Verbless,
}

/// A clause.
#[derive(Clone, Debug)]
pub struct Clause {
    /// What it is to its sentence.
    pub kind: ClauseKind,
    /// Its verb group; `None` when there is no verb.
    pub predicate: Option<Predicate>,
    /// From its first token to its last one; clauses inside it are not taken out.
    pub tokens: Range<usize>,
    /// The clause it depends on, by its place in the list of clauses of the sentence.
    pub parent: Option<usize>,
    /// The word that opens it.
    pub opener: Option<usize>,
    /// Who or what the verb is about, as the subject of its form.
    pub subject: Option<Range<usize>>,
    /// The direct object of an active verb.
    pub object: Option<Range<usize>>,
    /// Who does it, when the verb is passive.
    pub agent: Option<Range<usize>>,
    /// It tells what somebody says: governed by a verb of saying, or beside a source ("according to").
    pub reported: bool,
}

impl Clause {
    /// Who does it: the agent of a passive verb, the subject of an active one.
    pub fn doer(&self) -> Option<Range<usize>> {
        if self.is_passive() { self.agent.clone() } else { self.subject.clone() }
    }

    /// To whom or what it is done: the subject of a passive verb, the object of an active one.
    pub fn undergoer(&self) -> Option<Range<usize>> {
        if self.is_passive() { self.subject.clone() } else { self.object.clone() }
    }

    fn is_passive(&self) -> bool {
        self.predicate.as_ref().is_some_and(|p| p.voice == Voice::Passive)
    }
}

/// The clauses of one sentence.
#[derive(Clone, Debug, Default)]
pub struct Clauses {
    /// Number of the first token.
    first: usize,
    /// The clauses, in the order of their verbs.
    pub list: Vec<Clause>,
    /// The innermost clause of each token.
    of: Vec<u16>,
}

impl Clauses {
    /// The innermost clause that token `i` belongs to.
    pub fn at(&self, i: usize) -> Option<&Clause> {
        self.list.get(self.index(i)?)
    }

    /// The place of that clause in the list.
    pub fn index(&self, i: usize) -> Option<usize> {
        i.checked_sub(self.first).and_then(|n| self.of.get(n)).map(|n| usize::from(*n))
    }

    /// True when token `i` belongs to the clause at that place, and to none inside it.
    pub fn owns(&self, clause: usize, i: usize) -> bool {
        self.index(i) == Some(clause)
    }
}

/// Reads the clauses of the sentence that covers `sentence`.
pub(crate) fn clauses(text: &Text<'_>, tags: &[Morph], sentence: Range<usize>) -> Clauses {
    let groups = Verbs { text, tags }.groups(sentence.clone());
    let cutter = Cutter { text, tags, sentence: sentence.clone() };
    let mut found = cutter.cut(groups);
    for n in 0..found.list.len() {
        cutter.fill(&mut found, n);
    }
    found
}

/// The beginning of a clause whose verb comes after a clause inside it.
struct Wait {
    tokens: Range<usize>,
    kind: ClauseKind,
    opener: Option<usize>,
    owner: Option<usize>,
}

struct Cutter<'a> {
    text: &'a Text<'a>,
    tags: &'a [Morph],
    sentence: Range<usize>,
}

impl Cutter<'_> {
    fn upos(&self, i: usize) -> Upos {
        self.morph(i).upos()
    }

    fn morph(&self, i: usize) -> Morph {
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

    fn is_break(&self, i: usize) -> bool {
        let mark = [class::MARK_COMMA, class::MARK_SEMICOLON, class::MARK_COLON, class::MARK_DASH];
        mark.iter().any(|m| self.text.is_mark(i, *m)) || self.is_bracket(i)
    }

    fn is_bracket(&self, i: usize) -> bool {
        [class::MARK_OPEN, class::MARK_CLOSE, class::MARK_QUOTE].iter().any(|m| self.text.is_mark(i, *m))
    }

    /// Gives every token to a clause, one per verb group.
    fn cut(&self, groups: Vec<Predicate>) -> Clauses {
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
    fn starts_anew(&self, i: usize) -> bool {
        self.upos(i) == Upos::Cconj
            || self.text.is_mark(i, class::MARK_SEMICOLON)
            || self.text.is_mark(i, class::MARK_COLON)
    }

    /// Only a conjunction, clitics and adverbs stand before the verb: the subject is that of the clause before.
    fn shares_subject(&self, from: usize, verb: usize) -> bool {
        (from..verb).all(|i| {
            matches!(self.upos(i), Upos::Cconj | Upos::Adv)
                || self.text.has(i, class::TAG_NEGATION)
                || (self.text.has(i, class::TAG_CLITIC) && self.upos(i) == Upos::Pron)
        })
    }

    /// A word that a noun phrase is made of. Names of days and months are none: they tell when.
    fn is_phrase(&self, i: usize) -> bool {
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

    /// Finds subject, object and agent of a clause among its own tokens.
    fn fill(&self, found: &mut Clauses, n: usize) {
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
        let reported = self.reported(found, n);
        if let Some(clause) = found.list.get_mut(n) {
            clause.subject = subject;
            clause.object = if predicate.voice == Voice::Active { after } else { None };
            clause.agent = agent.filter(|_| predicate.voice == Voice::Passive);
            clause.reported = reported;
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
            && phrase
                .clone()
                .all(|i| self.text.has(i, class::TAG_REFLEXIVE) || self.morph(i).person().is_none())
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

    fn reported(&self, found: &Clauses, n: usize) -> bool {
        let Some(clause) = found.list.get(n) else { return false };
        let by_parent = clause.kind == ClauseKind::Complement
            && clause
                .parent
                .and_then(|p| found.list.get(p))
                .and_then(|p| p.predicate.as_ref())
                .is_some_and(|p| self.is_saying(p));
        let by_source = clause
            .tokens
            .clone()
            .any(|i| found.owns(n, i) && self.text.phrase(i, class::TAG_SOURCE_MARK).is_some());
        // A clause beside one that only says who speaks: "he left, the minister said".
        let beside = clause.kind == ClauseKind::Main
            && found.list.iter().enumerate().any(|(k, other)| {
                k != n
                    && other.kind == ClauseKind::Main
                    && other.predicate.as_ref().is_some_and(|p| self.is_saying(p))
                    && other.tokens.len() <= 12
                    && (other.tokens.start == clause.tokens.end || other.tokens.end == clause.tokens.start)
            });
        by_parent || by_source || beside
    }
}
