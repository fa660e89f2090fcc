//! Verb groups: auxiliaries, adverbs, negation and the verb they belong to, read as one.
//!
//! Works on [`Word`]s and on classes of the lists (`event.aux`, `event.filler`, `event.negation` …), so
//! that compound tenses of both languages come out in the same few tenses.

use super::sense;
use super::verb::{Chain, Group, Modal, Negation, Voice};
use super::word::{Aux, Form, Part, Tense, Word};
use crate::lang::{class, setting};
use crate::text::Text;
use std::ops::Range;

/// How many words a time between commas may have that stands there.
const INSERTED: usize = 6;

/// How many words may stand between an auxiliary and its verb.
const REACH: usize = 8;

/// Reads the verb groups of a sentence, in order.
pub(super) fn read(text: &Text<'_>, words: &[Word], sentence: Range<usize>, groups: &mut Vec<Group>) {
    let mut reader = Reader { text, words, end: sentence.end, start: sentence.start };
    let mut at = sentence.start;
    let first = groups.len();
    while at < sentence.end {
        let previous = || groups.get(first..).and_then(|g| g.last());
        let found =
            if words.get(at).is_some_and(Word::is_verbal) { reader.group(at, previous()) } else { None };
        match found {
            Some(group) => {
                at = group.last + 1;
                groups.push(group);
            }
            None => at += 1,
        }
    }
    if let Some(own) = groups.get_mut(first..) {
        reader.tell_object(own);
        reader.tell_past(own);
        reader.tell_reduced(own);
        reader.tell_aside(own);
    }
}

pub(super) struct Reader<'r, 'a> {
    pub text: &'r Text<'a>,
    words: &'r [Word],
    pub start: usize,
    pub end: usize,
}

impl Reader<'_, '_> {
    pub fn word(&self, i: usize) -> Word {
        if i < self.end { self.words.get(i).copied().unwrap_or_default() } else { Word::default() }
    }

    /// Skips adverbs, negation and pronouns that may stand inside a verb group; tells whether it was negated.
    fn skip(&self, mut i: usize, negated: &mut bool) -> usize {
        let limit = i + REACH;
        while i < self.end && i < limit {
            if self.text.value(i, class::EVENT_NEGATION) == Some("full") {
                *negated = true;
                i += 1;
            } else if let Some((n, _)) = self.text.phrase(i, class::EVENT_FILLER) {
                i += n;
            } else if self.text.has(i, class::EVENT_INVERTED)
                || self.word(i).part == Part::Adverb && self.word(i).form == Form::None
            {
                i += 1;
            } else {
                break;
            }
        }
        i
    }

    /// « avait été, en 2014, condamné »: past a time between commas.
    fn skip_time(&self, i: usize) -> usize {
        let comma = |i: usize| self.text.is_mark(i, class::MARK_COMMA);
        let part = |i: usize| self.word(i).part;
        if !comma(i) {
            return i;
        }
        let end = (i + 1..self.end.min(i + 1 + INSERTED)).find(|&t| comma(t));
        let inside = |end: usize| {
            (i + 1..end).all(|t| matches!(part(t), Part::Number | Part::Preposition | Part::Determiner))
                && (i + 1..end).any(|t| part(t) == Part::Number)
        };
        end.filter(|&end| inside(end)).map_or(i, |end| end + 1)
    }

    fn group(&mut self, at: usize, previous: Option<&Group>) -> Option<Group> {
        let word = self.word(at);
        let mut negated = false;
        let group = match word.aux {
            Some((aux, tense)) => self.compound(at, aux, tense, &mut negated)?,
            // "two besieged towns": a participle between what counts or determines a noun and the noun.
            None if word.form == Form::Finite
                && word.tense == Tense::Past
                && word.participle
                && at > self.start
                && (matches!(self.word(at - 1).part, Part::Determiner | Part::Number) || self.hangs(at))
                && self.word(at + 1).part == Part::Noun =>
            {
                Group { form: Form::Past, voice: Voice::Passive, ..self.plain(at, at) }
            }
            // « besieged by rebels »: a participle where the form could be a past tense.
            None if word.form == Form::Finite
                && word.tense == Tense::Past
                && self.text.has(at + 1, class::EVENT_AGENT)
                && word.participle =>
            {
                Group { form: Form::Past, voice: Voice::Passive, ..self.plain(at, at) }
            }
            None if word.form != Form::None => Group {
                form: word.form,
                tense: word.tense,
                voice: if word.form == Form::Past { Voice::Passive } else { Voice::Active },
                ..self.plain(at, at)
            },
            None => return None,
        };
        let mut group = group;
        self.share(&mut group, previous);
        let reflexive = self.reflexive(group.first);
        if reflexive {
            group.voice = Voice::Reflexive;
        }
        self.sense(&mut group, reflexive);
        self.chain(&mut group, &mut negated);
        self.adjoin(&mut group);
        self.negate(&mut group, negated);
        Some(group)
    }

    /// "U.N.-brokered": joined to the word before it without a space.
    fn hangs(&self, at: usize) -> bool {
        at > self.start && self.text.tokens.get(at).is_some_and(|t| !t.spaced())
    }

    fn plain(&self, first: usize, head: usize) -> Group {
        Group {
            first,
            head,
            last: head,
            form: Form::None,
            tense: Tense::None,
            perfect: false,
            voice: Voice::Active,
            negation: Negation::None,
            modal: Modal::None,
            chain: Chain::None,
            sense: None,
            bare: false,
            shared: false,
        }
    }

    /// From an auxiliary on: `a`, `a été`, `pourrait être`, `will have been`, `s'est fait`, and the verb.
    fn compound(&self, at: usize, aux: Aux, tense: Tense, negated: &mut bool) -> Option<Group> {
        let form = match tense {
            Tense::Infinitive => Form::Infinitive,
            Tense::Gerund => Form::Present,
            Tense::Participle => Form::Past,
            _ => Form::Finite,
        };
        let mut group = Group { form, tense, ..self.plain(at, at) };
        let (mut last_aux, mut i) = (aux, at);
        loop {
            self.add(&mut group, last_aux, tense);
            let mut next = i + 1;
            let mut inner = false;
            next = self.skip(next, &mut inner);
            let apart = self.skip_time(next);
            if self.word(apart).form == Form::Past || self.word(apart).participle {
                next = apart;
            }
            let mut linked = false;
            if self.text.has(next, class::EVENT_LINK) && last_aux != Aux::Have {
                let after = self.skip_clitics(next + 1);
                if self.word(after).form == Form::Infinitive || self.is_aux(after, Tense::Infinitive) {
                    next = after;
                    linked = true;
                }
            }
            if last_aux.takes_infinitive() {
                next = self.skip_clitics(next);
            }
            let word = self.word(next);
            if let Some((following, kind)) = word.aux
                && (self.fits(last_aux, kind, word) || linked && kind == Tense::Infinitive)
                && self.continues(next, following)
            {
                *negated |= inner;
                if linked && last_aux == Aux::Be {
                    group.modal = Modal::Planned;
                }
                if last_aux == Aux::Have && kind == Tense::Participle {
                    group.perfect = true;
                }
                i = next;
                last_aux = following;
                group.head = next;
                group.last = next;
                continue;
            }
            let past = word.form == Form::Past || word.participle && word.form != Form::None;
            // A participle that was taken for an adjective.
            let adjective = word.participle
                && matches!(word.part, Part::Adjective | Part::Noun | Part::Adverb | Part::Other);
            let fit = match last_aux {
                Aux::Have => past || adjective,
                // « restera fermé » tells of closing whatever the tagger takes the participle for.
                Aux::Remain => past || adjective,
                Aux::Be if linked => word.form == Form::Infinitive,
                // "is due to visit"
                Aux::Be if word.part == Part::Adjective && word.chain == Some(Chain::Planned) => {
                    self.text.has(next + 1, class::EVENT_LINK) && self.word(next + 2).base
                }
                Aux::Be => {
                    let tells =
                        sense::verb(self.text, next, false).is_some_and(|(_, s)| s.strong && !s.state);
                    past || word.form == Form::Present || adjective && (group.perfect || word.mover || tells)
                }
                _ => word.form == Form::Infinitive || word.form != Form::None && word.base,
            };
            if fit && next < self.end {
                *negated |= inner;
                group.head = next;
                group.last = next;
                if linked && last_aux == Aux::Be {
                    group.modal = Modal::Planned;
                }
                match last_aux {
                    Aux::Have => group.perfect = true,
                    Aux::Remain => group.voice = Voice::Passive,
                    Aux::Be if past || adjective => {
                        if word.mover && !group.perfect || self.reflexive(group.first) {
                            group.perfect = true;
                        } else {
                            group.voice = Voice::Passive;
                        }
                    }
                    _ => {}
                }
                return Some(group);
            }
            // No verb follows: the auxiliary is the verb.
            *negated |= inner;
            if group.last == at && !matches!(last_aux, Aux::Be | Aux::Remain | Aux::Have) {
                // « il fait, il doit, il vient » as full verbs.
                group.modal = Modal::None;
                group.perfect = false;
                group.tense = tense;
                group.bare = self.word(at).form == Form::None;
                return Some(group);
            }
            group.bare = true;
            return Some(group);
        }
    }

    fn is_aux(&self, i: usize, tense: Tense) -> bool {
        self.word(i).aux.is_some_and(|(_, t)| t == tense)
    }

    /// Can an auxiliary of this tense follow?
    fn fits(&self, before: Aux, kind: Tense, word: Word) -> bool {
        match before {
            Aux::Have => kind == Tense::Participle,
            Aux::Be => kind == Tense::Gerund && word.base || kind == Tense::Participle,
            Aux::Remain => false,
            _ => kind == Tense::Infinitive || word.base,
        }
    }

    /// An auxiliary inside a group goes on to a verb; otherwise it is the verb itself.
    fn continues(&self, i: usize, aux: Aux) -> bool {
        let mut ignored = false;
        let mut next = self.skip(i + 1, &mut ignored);
        if aux.takes_infinitive() {
            next = self.skip_clitics(next);
        }
        let word = self.word(next);
        match aux {
            Aux::Be | Aux::Remain | Aux::Have => true,
            _ => word.form == Form::Infinitive || self.is_aux(next, Tense::Infinitive),
        }
    }

    fn add(&self, group: &mut Group, aux: Aux, tense: Tense) {
        match aux {
            Aux::Can | Aux::May
                // « a pu partir » tells of a departure; « pourra partir » does not.
                if !(group.perfect && matches!(group.tense, Tense::Present)) => {
                    group.modal = Modal::Possible;
                }
            Aux::Must
                if !group.perfect => {
                    group.modal = if tense == Tense::Past { Modal::None } else { Modal::Planned };
                }
            Aux::Should => group.modal = Modal::Planned,
            Aux::Want => group.modal = Modal::Wished,
            Aux::Soon => {
                group.modal = Modal::Planned;
            }
            Aux::Just => {
                group.perfect = true;
                group.tense = if tense == Tense::Imperfect { Tense::Imperfect } else { Tense::Present };
            }
            _ => {}
        }
    }

    /// « abandonné leur véhicule et poignardé »: the second participle shares the auxiliary. "was struck by a bus and
    /// killed": without an object, what looks like a simple past is a participle, too.
    fn share(&self, group: &mut Group, previous: Option<&Group>) {
        let Some(previous) = previous else { return };
        let object = matches!(
            self.word(group.last + 1).part,
            Part::Determiner | Part::Name | Part::Noun | Part::Pronoun | Part::Number | Part::Adjective
        );
        let alike = group.form == Form::Finite
            && group.tense == Tense::Past
            && self.word(group.head).participle
            && previous.voice == Voice::Passive
            && !object;
        if group.form != Form::Past && !alike || group.first != group.head || !previous.is_finite() {
            return;
        }
        let compound = previous.perfect || previous.voice == Voice::Passive;
        if !compound || previous.modal == Modal::Planned && previous.bare {
            return;
        }
        let mut before = group.first;
        while before > self.start
            && (self.text.phrase(before - 1, class::EVENT_FILLER).is_some()
                || self.word(before - 1).part == Part::Adverb
                // « 13 personnes ont été tuées et 55 blessées »
                || self.word(before - 1).part == Part::Number)
        {
            before -= 1;
        }
        let joined = before.checked_sub(1).is_some_and(|b| self.text.has(b, class::EVENT_COORDINATE));
        if joined && before - 1 > previous.last {
            group.form = Form::Finite;
            group.tense = previous.tense;
            group.perfect = previous.perfect;
            group.voice = previous.voice;
            group.negation = previous.negation;
            group.modal = previous.modal;
            group.shared = true;
        }
    }

    /// « a décidé de vendre », "failed to stop": the governed infinitive belongs to the group.
    fn chain(&self, group: &mut Group, negated: &mut bool) {
        if group.bare {
            return;
        }
        let chain = self.word(group.head).chain.unwrap_or(Chain::None);
        let mut ignored = false;
        let mut next = self.skip(group.last + 1, &mut ignored);
        let linked = self.text.has(next, class::EVENT_LINK);
        if linked {
            next = self.skip_clitics(next + 1);
        } else {
            next = self.skip_clitics(next);
        }
        let word = self.word(next);
        let direct = next == group.last + 1 || linked || chain != Chain::None;
        let infinitive = word.form == Form::Infinitive
            || (word.form == Form::Finite && word.base && linked)
            || self.is_aux(next, Tense::Infinitive) && linked;
        if !infinitive || !direct || (chain == Chain::None && linked) {
            return;
        }
        if chain == Chain::None && word.form != Form::Infinitive {
            return;
        }
        *negated |= ignored && chain != Chain::None;
        if chain == Chain::None {
            return;
        }
        // "is expected to be closed", "was due to have been delivered": the infinitive may be a compound.
        let own = word.aux.filter(|(aux, tense)| {
            matches!(aux, Aux::Be | Aux::Have) && *tense == Tense::Infinitive && chain != Chain::Holds
        });
        let inner = own.and_then(|(aux, tense)| self.compound(next, aux, tense, negated)).filter(|g| !g.bare);
        let verb = inner.map_or(next, |g| g.head);
        let found = sense::verb(self.text, verb, self.reflexive(next));
        group.last = if inner.is_some() { verb + found.map_or(1, |(len, _)| len) - 1 } else { next };
        group.chain = chain;
        let inner = found.map(|(_, s)| s);
        if chain == Chain::Holds {
            if inner.is_some() {
                group.sense = inner;
            }
            group.head = next;
        } else if group.sense.is_none_or(|s| s.report) {
            group.sense = inner;
        }
    }

    /// "was washed out when", "put up by": a word of direction that leads nothing belongs to the verb.
    fn adjoin(&self, group: &mut Group) {
        let at = group.last + 1;
        let leads = matches!(
            self.word(at + 1).part,
            Part::Determiner | Part::Name | Part::Noun | Part::Pronoun | Part::Adjective
        ) || self.text.has(at + 1, class::EVENT_OF);
        if !group.bare && at < self.end && self.text.has(at, class::EVENT_DIRECTION) && !leads {
            group.last = at;
        }
    }

    /// What the lists know about the verb; an expression of several words lengthens the group.
    fn sense(&self, group: &mut Group, reflexive: bool) {
        if group.bare && self.word(group.head).form != Form::None && self.word(group.head).aux.is_none() {
            group.bare = false;
        }
        if let Some((len, sense)) = sense::verb(self.text, group.head, reflexive) {
            group.sense = Some(sense);
            group.last = group.last.max(group.head + len - 1);
            group.bare &= len == 1;
        }
    }

    fn negate(&self, group: &mut Group, inside: bool) {
        let particle = self.text.lang.setting(setting::NEGATION_PARTICLE) == Some("yes");
        let before = self.before(group.first);
        let negated = if particle {
            before == Before::Particle && (inside || !self.only(group.last + 1))
                || before == Before::Full && inside
        } else {
            inside || before == Before::Full
        };
        // « n'a pas survécu », « n'a pas cessé de grimper » affirm.
        let double = group.tokens().any(|i| self.text.has(i, class::EVENT_DOUBLE));
        if negated && !double {
            group.negation = Negation::Full;
        }
    }

    /// « ne reprendront qu'à l'automne »: restriction, not negation.
    fn only(&self, from: usize) -> bool {
        for i in from..self.end.min(from + 12) {
            match self.text.value(i, class::EVENT_NEGATION) {
                Some("only") => return true,
                Some("full") => return false,
                _ => {}
            }
            if self.word(i).part == Part::Mark && !self.text.is_mark(i, class::MARK_COMMA) {
                return false;
            }
        }
        false
    }

    fn skip_clitics(&self, mut i: usize) -> usize {
        let limit = i + 3;
        while i < self.end
            && i < limit
            && self.text.has(i, class::EVENT_CLITIC)
            && self.word(i).form == Form::None
        {
            i += 1;
        }
        i
    }

    fn reflexive(&self, first: usize) -> bool {
        first > self.start && self.text.value(first - 1, class::EVENT_CLITIC) == Some("reflexive")
    }

    /// Negation that stands before the group: « n'a toujours pas », "never was".
    fn before(&self, first: usize) -> Before {
        let mut i = first;
        while i > self.start && first - i < 4 {
            i -= 1;
            match self.text.value(i, class::EVENT_NEGATION) {
                Some("full") => return Before::Full,
                Some("particle") => return Before::Particle,
                _ if self.text.has(i, class::EVENT_CLITIC) => {}
                _ => return Before::None,
            }
        }
        Before::None
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    None,
    Particle,
    Full,
}

#[cfg(test)]
mod tests {
    use super::super::word;
    use super::*;
    use crate::lang::Lang;

    fn groups(code: &str, source: &str) -> Vec<(String, Group)> {
        let text = Text::new(source, Lang::from_code(code).unwrap());
        let words = word::read(&text, None);
        let mut groups = Vec::new();
        read(&text, &words, 0..text.tokens.len(), &mut groups);
        groups.into_iter().map(|g| (text.slice(g.tokens()).to_string(), g)).collect()
    }

    #[test]
    fn compound_tenses_are_one_group() {
        for (code, source, words, tense, perfect, voice) in [
            ("fr", "Le pont a cédé", "a cédé", Tense::Present, true, Voice::Active),
            ("fr", "Deux villages ont été évacués", "ont été évacués", Tense::Present, true, Voice::Passive),
            (
                "fr",
                "Le navire avait déjà quitté le port",
                "avait déjà quitté",
                Tense::Imperfect,
                true,
                Voice::Active,
            ),
            ("fr", "Le musée sera inauguré", "sera inauguré", Tense::Future, false, Voice::Passive),
            ("en", "The bridge has collapsed", "has collapsed", Tense::Present, true, Voice::Active),
            ("en", "Two villages were evacuated", "were evacuated", Tense::Past, false, Voice::Passive),
            ("en", "The ship had already left", "had already left", Tense::Past, true, Voice::Active),
            ("en", "The museum will be opened", "will be opened", Tense::Future, false, Voice::Passive),
        ] {
            let found = groups(code, source);
            assert_eq!(found.len(), 1, "{source}: {found:?}");
            let (text, group) = &found[0];
            assert_eq!(
                (text.as_str(), group.tense, group.perfect, group.voice),
                (words, tense, perfect, voice)
            );
        }
    }

    #[test]
    fn negation_and_restriction() {
        for (code, source, negated) in [
            ("fr", "La réunion n'a pas été annulée", true),
            ("fr", "Le train n'a toujours pas quitté la gare", true),
            ("fr", "Les cours ne reprendront qu'en mars", false),
            ("fr", "Le blessé n'a pas survécu", false),
            ("en", "The meeting was not cancelled", true),
            ("en", "The bill never passed", true),
            ("en", "The patient did not survive", false),
        ] {
            let found = groups(code, source);
            let any = found.iter().any(|(_, g)| g.negation == Negation::Full);
            assert_eq!(any, negated, "{source}: {found:?}");
        }
    }

    #[test]
    fn governed_infinitives() {
        for (code, source, chain, modal) in [
            ("fr", "Le maire a décidé de fermer le pont", Chain::Decided, Modal::None),
            ("fr", "La fusée a failli exploser", Chain::Fails, Modal::None),
            ("fr", "Le parlement doit voter la loi", Chain::None, Modal::Planned),
            ("fr", "La digue pourrait céder", Chain::None, Modal::Possible),
            ("en", "The rocket failed to explode", Chain::Fails, Modal::None),
            ("en", "Parliament is to vote", Chain::None, Modal::Planned),
            ("en", "The dam could collapse", Chain::None, Modal::Possible),
        ] {
            let found = groups(code, source);
            let (_, group) = found.first().unwrap_or_else(|| panic!("{source}"));
            assert_eq!((group.chain, group.modal), (chain, modal), "{source}: {found:?}");
        }
    }
}
