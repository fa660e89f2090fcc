//! Verb groups: a verb with its auxiliaries, modals and negation, and what they say together.
//!
//! Built from tags and word lists alone, because they are surer than a parse: which words follow each other in
//! a verb group is nearly fixed. Lists say which verbs carry others, and how.

use super::morph::{Mood, Morph, Tense, Upos, VerbForm};
use crate::lang::{class, setting};
use crate::text::Text;
use std::ops::Range;

/// What a modal verb adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modality {
    /// Can or may happen.
    Possible,
    /// Must or should happen.
    Necessary,
    /// Somebody wants it.
    Wanted,
    /// Somebody intends or announces it.
    Intended,
    /// Somebody tries it.
    Tried,
    /// It is threatened, or looms.
    Threatened,
    /// It was missed.
    Failed,
    /// It seems so.
    Seeming,
    /// Somebody refuses it.
    Refused,
}

impl Modality {
    /// The modality that a value of the list `tag.modal` stands for.
    fn from_value(value: &str) -> Option<Modality> {
        Some(match value {
            "can" | "may" => Modality::Possible,
            "must" | "should" => Modality::Necessary,
            "want" => Modality::Wanted,
            "intend" => Modality::Intended,
            "try" => Modality::Tried,
            "threaten" => Modality::Threatened,
            "fail" => Modality::Failed,
            "seem" => Modality::Seeming,
            "refuse" => Modality::Refused,
            _ => return None,
        })
    }
}

/// Who does it: the subject, or somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The subject does it.
    Active,
    /// It is done to the subject.
    Passive,
}

/// When, seen from the moment of telling, as far as the verb says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Before.
    Past,
    /// Now, or in general.
    Present,
    /// After.
    Future,
}

/// A verb group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// From its first verb to its last one, with what stands between.
    pub tokens: Range<usize>,
    /// The verb that says what happens; with a copula, the copula.
    pub verb: usize,
    /// Form of its first verb.
    pub form: VerbForm,
    /// Mood of its first verb, if that is finite.
    pub mood: Option<Mood>,
    /// Tense of its first verb.
    pub tense: Option<Tense>,
    /// Compound past of whatever tense: "has left", "had left", "having left".
    pub perfect: bool,
    /// Near future: "is going to leave".
    pub prospective: bool,
    /// Near past: "has just left", where a verb says so.
    pub recent: bool,
    /// Who does it.
    pub voice: Voice,
    /// Denied.
    pub negated: bool,
    /// What a modal verb adds.
    pub modality: Option<Modality>,
    /// Somebody makes or lets somebody else do it.
    pub caused: bool,
    /// The verb is reflexive.
    pub reflexive: bool,
}

impl Predicate {
    /// Carries person and tense.
    pub fn is_finite(&self) -> bool {
        self.form == VerbForm::Fin
    }

    /// When it happens, seen from the moment of telling; `None` when the form does not say.
    pub fn when(&self) -> Option<When> {
        if self.recent {
            return Some(When::Past);
        }
        if self.prospective || self.tense == Some(Tense::Fut) {
            return Some(When::Future);
        }
        let ahead = matches!(
            self.modality,
            Some(Modality::Necessary | Modality::Intended | Modality::Wanted | Modality::Threatened)
        );
        match (self.form, self.mood, self.tense) {
            (VerbForm::Fin, Some(Mood::Cnd), _) => Some(if self.perfect { When::Past } else { When::Future }),
            (VerbForm::Fin, Some(Mood::Imp), _) => Some(When::Future),
            (VerbForm::Fin, _, _) if ahead && !self.perfect => Some(When::Future),
            (VerbForm::Fin, _, Some(Tense::Past | Tense::Imp)) => Some(When::Past),
            (VerbForm::Fin, _, _) => Some(if self.perfect { When::Past } else { When::Present }),
            (VerbForm::Part, _, Some(Tense::Past)) => Some(When::Past),
            _ if self.perfect => Some(When::Past),
            _ => None,
        }
    }
}

/// How many words may stand between two verbs of a group.
const GAP: usize = 4;

/// What a reader of verb groups goes by.
pub(crate) struct Verbs<'a> {
    /// The text.
    pub text: &'a Text<'a>,
    /// Its tags.
    pub tags: &'a [Morph],
}

impl Verbs<'_> {
    fn morph(&self, i: usize) -> Morph {
        self.tags.get(i).copied().unwrap_or(Morph::new(Upos::X))
    }

    fn is_participle(&self, i: usize) -> bool {
        let morph = self.morph(i);
        let listed = || {
            matches!(morph.upos(), Upos::Adj | Upos::Noun)
                && self.text.lang.lexicon().forms(self.text.word(i)).any(|f| f.shape.is_past_participle())
        };
        (morph.verb_form() == Some(VerbForm::Part) && morph.tense() != Some(Tense::Pres)) || listed()
    }

    fn is_infinitive(&self, i: usize) -> bool {
        self.morph(i).verb_form() == Some(VerbForm::Inf)
    }

    fn auxiliary(&self, i: usize) -> &'static str {
        self.text.value(i, class::TAG_AUXILIARY).unwrap_or_default()
    }

    fn modal(&self, i: usize) -> &'static str {
        self.text.value(i, class::TAG_MODAL).unwrap_or_default()
    }

    /// A word that can stand inside a verb group.
    fn is_filler(&self, i: usize) -> bool {
        let upos = self.morph(i).upos();
        matches!(upos, Upos::Adv | Upos::Part)
            || self.text.has(i, class::TAG_NEGATION)
            || self.text.has(i, class::TAG_CLITIC)
            || (upos == Upos::Pron && self.text.str(i).starts_with('-'))
    }

    /// The verb groups of a sentence, in order.
    pub fn groups(&self, sentence: Range<usize>) -> Vec<Predicate> {
        let mut found = Vec::new();
        let mut i = sentence.start;
        while i < sentence.end {
            if !self.morph(i).upos().is_verbal() {
                i += 1;
                continue;
            }
            let predicate = self.group(i, &sentence);
            i = predicate.tokens.end;
            found.push(predicate);
        }
        found
    }

    fn group(&self, first: usize, sentence: &Range<usize>) -> Predicate {
        let morph = self.morph(first);
        let mut p = Predicate {
            tokens: first..first + 1,
            verb: first,
            form: morph.verb_form().unwrap_or(VerbForm::Fin),
            mood: morph.mood(),
            tense: morph.tense(),
            perfect: false,
            prospective: false,
            recent: false,
            voice: Voice::Active,
            negated: false,
            modality: None,
            caused: false,
            reflexive: self.reflexive_before(first, sentence.start),
        };
        if self.modal(first) == "will" {
            let past = self.text.lang.lexicon().forms(self.text.word(first));
            let conditional = past.into_iter().any(|f| f.shape.tense == Some(Tense::Past));
            p.mood = Some(if conditional { Mood::Cnd } else { Mood::Ind });
            p.tense = Some(if conditional { Tense::Pres } else { Tense::Fut });
            p.form = VerbForm::Fin;
        }
        while let Some(next) = self.next_link(&p, sentence.end) {
            self.link(&mut p, next);
            p.verb = next;
            p.tokens.end = next + 1;
        }
        let alone = p.tokens.len() == 1 && self.is_participle(first);
        if alone && p.form == VerbForm::Part && !self.text.has(first, class::TAG_BE_PARTICIPLE) {
            p.voice = Voice::Passive;
        }
        p.negated = self.is_negated(&p, sentence);
        p
    }

    /// The next verb of the group, when the last one can carry it.
    fn next_link(&self, p: &Predicate, end: usize) -> Option<usize> {
        let (auxiliary, modal) = (self.auxiliary(p.verb), self.modal(p.verb));
        if auxiliary.is_empty() && modal.is_empty() {
            return None;
        }
        let mut mark = false;
        let mut next = p.verb + 1;
        while next < end && next <= p.verb + GAP && (self.is_filler(next) || self.is_mark(next)) {
            mark |= self.is_mark(next) && self.morph(next).upos() != Upos::Adv;
            next += 1;
        }
        if next >= end {
            return None;
        }
        let (participle, infinitive) = (self.is_participle(next), self.is_infinitive(next));
        let verbal = self.morph(next).upos().is_verbal();
        let ing = verbal && !participle && self.morph(next).verb_form() == Some(VerbForm::Part);
        let by_auxiliary = match auxiliary {
            "have" => (participle && !mark) || (infinitive && mark),
            "be" => ((participle || ing) && !mark) || (infinitive && mark && !self.is_bare()),
            "get" => participle && !mark,
            "do" => infinitive && !mark,
            "go" => infinitive && self.can_prospect(p.verb, mark),
            "come" => infinitive && mark,
            "make" | "let" => infinitive && !mark,
            _ => false,
        };
        (by_auxiliary || (!modal.is_empty() && infinitive)).then_some(next)
    }

    /// Near future: a finite verb with a bare infinitive, or an -ing form with a marked one, as the language's
    /// setting `prospective` says (`bare`, `marked`).
    fn can_prospect(&self, verb: usize, mark: bool) -> bool {
        let morph = self.morph(verb);
        match morph.verb_form() {
            Some(VerbForm::Fin) => {
                self.is_bare() && !mark && matches!(morph.tense(), Some(Tense::Pres | Tense::Imp))
            }
            Some(VerbForm::Part) => !self.is_bare() && mark,
            _ => false,
        }
    }

    fn is_bare(&self) -> bool {
        self.text.lang.setting(setting::PROSPECTIVE) == Some("bare")
    }

    fn is_mark(&self, i: usize) -> bool {
        self.text.has(i, class::TAG_INFINITIVE_MARK)
    }

    /// Adds what the last verb of the group says about the next one.
    fn link(&self, p: &mut Predicate, next: usize) {
        let participle = self.is_participle(next);
        match self.auxiliary(p.verb) {
            "have" if participle => p.perfect = true,
            "have" => p.modality = Some(Modality::Necessary),
            "be" | "get" if participle => {
                if p.reflexive || self.text.has(next, class::TAG_BE_PARTICIPLE) {
                    p.perfect = true;
                } else {
                    p.voice = Voice::Passive;
                }
            }
            "be" if self.is_infinitive(next) => p.modality = p.modality.or(Some(Modality::Intended)),
            "go" => p.prospective = true,
            "come" => p.recent = true,
            "make" | "let" => p.caused = true,
            _ => {}
        }
        if let Some(modality) = Modality::from_value(self.modal(p.verb)) {
            p.modality = p.modality.or(Some(modality));
        }
        p.reflexive |= self.reflexive_before(next, p.verb + 1);
    }

    /// A reflexive clitic right before the verb at `i`, other clitics between.
    fn reflexive_before(&self, i: usize, start: usize) -> bool {
        (start..i)
            .rev()
            .take(3)
            .take_while(|&n| self.text.has(n, class::TAG_CLITIC) || self.text.has(n, class::TAG_REFLEXIVE))
            .any(|n| self.text.has(n, class::TAG_REFLEXIVE) && self.is_own_person(n, i))
    }

    /// « nous » and « vous » are reflexive only beside a verb in their person.
    fn is_own_person(&self, clitic: usize, verb: usize) -> bool {
        let person = self.text.value(clitic, class::TAG_REFLEXIVE).and_then(|p| p.parse::<u8>().ok());
        let mut shapes = self.text.lang.lexicon().shapes(self.text.word(verb));
        person.is_none_or(|p| shapes.any(|s| s.person == p))
    }

    fn is_negated(&self, p: &Predicate, sentence: &Range<usize>) -> bool {
        let value = |i: usize| self.text.value(i, class::TAG_NEGATION).unwrap_or_default();
        let before = (sentence.start..p.tokens.start)
            .rev()
            .take(4)
            .take_while(|&i| self.text.has(i, class::TAG_CLITIC) || self.is_filler(i));
        let after = (p.tokens.end..sentence.end).take(3).take_while(|&i| !self.morph(i).upos().is_verbal());
        let clitic =
            before.clone().any(|i| value(i) == "clitic") || p.tokens.clone().any(|i| value(i) == "clitic");
        let inside = p.tokens.clone().any(|i| value(i) == "full");
        let full = inside || before.clone().any(|i| value(i) == "full");
        if full {
            return true;
        }
        let first_after = after.clone().next().is_some_and(|i| value(i) == "full");
        let weak = || p.tokens.clone().chain(after.clone()).any(|i| matches!(value(i), "full" | "weak"));
        first_after || (clitic && (weak() || before.clone().any(|i| value(i) == "weak")))
    }
}
