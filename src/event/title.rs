//! A headline from the clause: who, what in the present tense, to whom or what, and where.
//!
//! Times and sources are left out, they have fields of their own. A headline ends where a phrase ends.

use super::actor;
use super::dating;
use super::mention::{EventMention, Quantity};
use super::scene::{Scene, View};
use super::sense;
use super::told::Told;
use super::trigger::{Candidate, RESULT_OF};
use super::verb::{Group, Modal, Negation, Voice};
use super::word::{Aux, Form, Part, Tense};
use super::wording::Wording;
use crate::lang::form::{Number, VerbForm};
use crate::lang::{class, setting};
use crate::place::PlaceMention;
use std::ops::Range;

/// Longest complement, in letters: a longer one is cut before a phrase that it can do without.
const REACH: usize = 70;
/// Longest subject in tokens before what a participle says of it is left out.
const SUBJECT: usize = 8;

/// What the headline of a mention needs beside the mention itself.
pub(super) struct Plan {
    /// Its sentence, by number.
    pub view: usize,
    pub told: Told,
    pub candidate: Candidate,
}

/// What a headline is made from.
struct Headline<'t, 's, 'a> {
    scene: &'t Scene<'s, 'a>,
    view: &'t View,
    candidate: &'t Candidate,
    told: Told,
    place: Option<&'t PlaceMention>,
    quantities: &'t [Quantity],
}

/// The headline of a mention.
pub(super) fn write(scene: &Scene<'_, '_>, mention: &EventMention, plan: &Plan) -> String {
    let Some(view) = scene.views.get(plan.view) else { return String::new() };
    let place = mention.places.first().and_then(|p| scene.places.get(p.mention));
    let quantities = &mention.quantities;
    Headline { scene, view, candidate: &plan.candidate, told: plan.told, place, quantities }.write()
}

impl Headline<'_, '_, '_> {
    /// Writes it.
    fn write(&self) -> String {
        let candidate = self.candidate;
        let mut line = Wording::new(self.scene, self.place);
        let group = candidate.group.and_then(|g| self.scene.group(g));
        // « 23 mineurs ont péri dans un coup de grisou »: the clause says more than its noun.
        let tells = |g: &&Group| candidate.tokens.contains(&g.head) || candidate.reasons.contains(&RESULT_OF);
        match group.filter(tells) {
            Some(group) => self.clause(&mut line, group),
            None => self.noun(&mut line),
        }
        let title = line.line();
        match self.place {
            Some(place) if !self.names(&title, place) => located(title, place),
            _ => title,
        }
    }

    /// The line has the place as the text writes it.
    fn names(&self, title: &str, place: &PlaceMention) -> bool {
        let written = place.span.of(self.scene.text.source);
        !place.anaphor && !written.is_empty() && title.contains(written)
    }

    /// « Le dernier convoi, 150 personnes, quitte Alep ».
    fn clause(&self, line: &mut Wording<'_, '_, '_>, group: &Group) {
        let scene = self.scene;
        let subject = actor::told_subject(scene, self.view, group, self.candidate.segment);
        let number = number_of(scene, self.view, group)
            .or_else(|| subject.clone().map(|s| number_of_phrase(scene, self.short(s))))
            .unwrap_or(Number::Sing);
        let mut first = group.first;
        match &subject {
            Some(tokens) => {
                let mut tokens = self.short(tokens.clone());
                // « Le pilote, 30 ans, et son passager sont morts »: what agrees with the verb.
                let whole = tokens.start..group.first;
                let many = number_of(scene, self.view, group) == Some(Number::Plur);
                let one = matches!(scene.text.value(tokens.start, class::EVENT_GENDER), Some("m" | "f"));
                let joined =
                    |r: Range<usize>| r.into_iter().any(|i| scene.text.has(i, class::EVENT_COORDINATE));
                // « Une centaine d'élèves ont été évacués et relogés »: there the verbs are joined.
                let verbal = || {
                    let groups = scene.groups_in(self.view.groups.clone());
                    groups.into_iter().any(|(_, g)| g.is_finite() && whole.contains(&g.head))
                };
                if many
                    && one
                    && whole.len() <= 2 * SUBJECT
                    && !verbal()
                    && !joined(tokens.clone())
                    && !whole.clone().any(|i| scene.word(i).aux.is_some())
                    && joined(whole.clone())
                {
                    tokens = trimmed(scene, whole);
                }
                // « en présence du préfet, arrivé mardi »: the article is in the word before.
                let before =
                    tokens.start.checked_sub(1).and_then(|b| scene.text.value(b, class::EVENT_FUSED_ARTICLE));
                if let Some(article) = before {
                    line.add(article);
                }
                line.copy(tokens.clone());
                self.count(line, tokens.end..group.first);
            }
            // Nobody is named: the pronoun of the text keeps the sentence whole.
            None => first = with_pronoun(scene, self.view, group.first),
        }
        // "The funeral was on Saturday": what took place, without being.
        let being = group.bare && self.candidate.noun.is_some_and(|n| subject.iter().any(|s| s.contains(&n)));
        if being {
            self.complement(group.last + 1).into_iter().for_each(|piece| line.copy(piece));
            return;
        }
        // « celui du 3 mars, qui avait fait neuf morts »: nobody can be named, what was done can.
        let relative = |i: usize| {
            scene.text.phrase(i, class::EVENT_SUBORDINATE).is_some_and(|(_, kind)| kind == "relative")
        };
        if subject.is_none() && first < group.first && relative(first) {
            let told = self.complement(group.last + 1);
            if !told.is_empty() {
                told.into_iter().for_each(|piece| line.copy(piece));
                return;
            }
        }
        if subject.is_some() {
            while first > self.view.tokens.start && is_clitic(scene, first - 1) {
                first -= 1;
            }
        }
        let from = self.verb(line, group, first, number, subject.is_some());
        let own =
            self.candidate.tokens.contains(&group.head).then(|| self.candidate.tokens.end.saturating_sub(1));
        let after = own.map_or(group.last, |end| group.last.max(end)) + 1;
        if from < after {
            self.copy_undated(line, from..after);
        }
        for piece in self.complement(after) {
            line.copy(piece);
        }
    }

    /// « a pris lundi un arrêté »: a time within the words of the trigger is left out, too.
    fn copy_undated(&self, line: &mut Wording<'_, '_, '_>, tokens: Range<usize>) {
        let (mut start, mut at) = (tokens.start, tokens.start);
        while at < tokens.end {
            let Some(time) = dated_at(self.scene, at).filter(|t| t.end <= tokens.end) else {
                at += 1;
                continue;
            };
            // « essuie depuis janvier des revers »: what leads the time goes with it.
            let leads = |i: &usize| {
                self.scene.word(*i).part == Part::Preposition || self.scene.text.has(*i, class::TIME_RELATION)
            };
            let until = (start..at).rev().take_while(leads).last().unwrap_or(at);
            line.copy(start..until);
            at = time.end.max(at + 1);
            start = at;
        }
        line.copy(start..tokens.end);
    }

    /// The subject without what participles and clauses say of it at length.
    fn short(&self, tokens: Range<usize>) -> Range<usize> {
        let scene = self.scene;
        let long = tokens.len() > SUBJECT;
        let end = (tokens.start + 1..tokens.end).find(|&i| {
            let word = scene.word(i);
            let named = (tokens.start..i).any(|n| matches!(scene.word(n).part, Part::Noun | Part::Name));
            scene.text.is_mark(i, class::MARK_OPEN)
                || word.part == Part::Verb
                    && named
                    && (word.form == Form::Present || long && word.form == Form::Past)
                || long && scene.text.is_mark(i, class::MARK_COMMA)
        });
        // "Friday's meeting": without the day, nobody owns it.
        let owned = scene.text.has(tokens.start, class::PLACE_POSSESSIVE);
        trimmed(scene, tokens.start + usize::from(owned)..end.unwrap_or(tokens.end))
    }

    /// « , 150 personnes, »: how many, where the words between subject and verb say so.
    fn count(&self, line: &mut Wording<'_, '_, '_>, between: Range<usize>) {
        let text = self.scene.text;
        let count = self.quantities.iter().find(|q| {
            let tokens = text.tokens_in(q.span);
            let people = tokens.clone().any(|i| text.has(i, class::EVENT_UNIT));
            people && tokens.start >= between.start && tokens.end <= between.end
        });
        if let Some(count) = count {
            line.mark(",");
            line.copy(text.tokens_in(count.span));
            line.mark(",");
        }
    }

    /// Writes the verb, in the present where that is known; gives the token from which the rest is copied.
    fn verb(
        &self,
        line: &mut Wording<'_, '_, '_>,
        group: &Group,
        first: usize,
        number: Number,
        has_subject: bool,
    ) -> usize {
        let scene = self.scene;
        let lexicon = scene.text.lang.lexicon();
        let free = group.negation == Negation::None && group.modal == Modal::None;
        let past = matches!(self.told, Told::Done | Told::Before) && (group.is_finite() || group.perfect);
        let aside = !group.is_finite() && has_subject && self.told == Told::Bare;
        let before = first..group.first;
        let clitic = |i: usize| scene.text.value(i, class::EVENT_CLITIC);
        let simple = before.clone().all(|i| matches!(clitic(i), Some("reflexive" | "place")));
        if !(free && simple && (past || aside)) {
            return first;
        }
        let lexical = (group.first..group.head).find(|&i| is_verb(scene, i)).unwrap_or(group.head);
        let active = group.voice != Voice::Passive
            || aside
                && (scene.word(lexical).mover
                    || sense::is_verb(scene.text, lexical, class::EVENT_OCCUR, false));
        if !active {
            match scene.text.lang.setting(setting::PASSIVE) {
                Some(lemma) => {
                    let Some(be) = lexicon.present(lemma, number) else { return first };
                    line.add(be);
                }
                // "Two villages evacuated": the participle alone.
                None if !has_subject => return first,
                None => {}
            }
            if !group.is_finite() {
                line.add(text_lower(scene, lexical));
                return lexical + 1;
            }
            return lexical;
        }
        // "was leaving": what went on stays as it was told.
        if scene.word(lexical).form == Form::Present && past {
            return first;
        }
        let Some(form) = lemma_of(scene, lexical).and_then(|l| lexicon.present(l, number)) else {
            return first;
        };
        // « en a été extraite »: the place has its name elsewhere in the line.
        before.filter(|&i| clitic(i) == Some("reflexive")).for_each(|i| line.copy(i..i + 1));
        line.add(form);
        lexical + 1
    }

    /// A noun with what determines it: « Manifestations de joie dans l'ouest d'Alep ».
    fn noun(&self, line: &mut Wording<'_, '_, '_>) {
        let scene = self.scene;
        let mut start = self.candidate.tokens.start;
        while start > self.view.tokens.start
            && matches!(scene.word(start - 1).part, Part::Adjective | Part::Number | Part::Noun | Part::Name)
            && scene.time_over(start - 1..start).is_none()
        {
            start -= 1;
        }
        line.copy(start..self.candidate.tokens.end);
        for piece in self.complement(self.candidate.tokens.end) {
            line.copy(piece);
        }
    }

    /// What follows a verb or noun in its clause: where nothing but adverbials parted by commas does, what
    /// follows them too (« a adopté, à Rouen, son budget »).
    fn complement(&self, from: usize) -> Vec<Range<usize>> {
        let scene = self.scene;
        let number = scene.segment_of(self.view, from.saturating_sub(1));
        let end = scene.segment(number).map_or(from, |s| s.tokens.end);
        let mut pieces = self.pieces(from..end);
        let owner = scene.segment(number).map(|s| s.owner);
        let mut next = number + 1;
        let adverbial =
            |pieces: &[Range<usize>]| pieces.iter().all(|p| scene.word(p.start).part == Part::Preposition);
        if !pieces.is_empty() || self.candidate.group.is_none() {
            return pieces;
        }
        while let Some(segment) = scene.segment(next).filter(|s| {
            next < self.view.segments.end && Some(s.owner) == owner && s.groups.is_empty() && !s.bracketed
        }) {
            let source = scene.text.phrase(segment.tokens.start, class::EVENT_SOURCE).is_some();
            if source || !adverbial(&pieces) {
                break;
            }
            pieces.extend(self.pieces(segment.tokens.clone()));
            next += 1;
        }
        pieces
    }

    /// Words of a segment, times left out, up to where a clause, a source or a plain limit ends them.
    fn pieces(&self, tokens: Range<usize>) -> Vec<Range<usize>> {
        let scene = self.scene;
        let text = scene.text;
        let (from, end) = (tokens.start, tokens.end);
        let mut pieces: Vec<Range<usize>> = Vec::with_capacity(4);
        let (mut start, mut at) = (from, from);
        let mut letters = 0;
        // Where the line can end at the latest: before a phrase that says more.
        let mut exit: Option<(usize, usize, usize)> = None;
        while at < end {
            let word = scene.word(at);
            let verb = word.part == Part::Verb && matches!(word.form, Form::Finite | Form::Present);
            if verb
                || text.phrase(at, class::EVENT_SUBORDINATE).is_some()
                || text.phrase(at, class::EVENT_SOURCE).is_some()
                || text
                    .phrase(at, class::EVENT_PURPOSE)
                    .is_some_and(|(n, _)| scene.word(at + n).form == Form::Infinitive)
            {
                break;
            }
            if let Some(time) = dated_at(scene, at) {
                pieces.push(trimmed(scene, start..at));
                at = time.end.max(at + 1);
                start = at;
                // « jeudi et une autre vendredi », « douze jours après celle »: what follows tells of another.
                // « a décollé lundi de Brest »: from where still belongs to the verb.
                let hangs = text.value(at, class::EVENT_OF) == Some("noun") && !is_place(scene, at + 1);
                if hangs || text.has(at, class::EVENT_COORDINATE) || scene.word(at).part == Part::Pronoun {
                    break;
                }
                continue;
            }
            let loose = word.part == Part::Preposition && !text.has(at, class::EVENT_OF)
                || text.value(at, class::EVENT_OF) == Some("free")
                || word.part == Part::Verb && word.form == Form::Past;
            if loose || text.has(at, class::EVENT_COORDINATE) {
                exit = Some((at, pieces.len(), start));
            }
            letters += text.str(at).chars().count() + 1;
            if letters > REACH
                && let Some((exit, kept, begun)) = exit
            {
                pieces.truncate(kept);
                (at, start) = (exit, begun);
                break;
            }
            at += 1;
        }
        pieces.push(start..at);
        pieces.retain(|p| !p.is_empty());
        if let Some(last) = pieces.last_mut() {
            *last = trimmed(scene, last.clone());
        }
        pieces.retain(|p| !p.is_empty());
        pieces
    }
}

fn text_lower(scene: &Scene<'_, '_>, i: usize) -> String {
    scene.text.str(i).to_lowercase()
}

/// A verb that is no auxiliary.
fn is_verb(scene: &Scene<'_, '_>, i: usize) -> bool {
    let word = scene.word(i);
    word.part == Part::Verb && word.aux.is_none()
}

/// Adds the name of the place in brackets where the line does not say it.
fn located(mut title: String, place: &PlaceMention) -> String {
    let Some(found) = &place.place else { return title };
    let article = found.name.split_once(' ').map_or(found.name.as_str(), |(_, rest)| rest);
    if !found.name.is_empty() && !title.contains(&found.name) && !title.contains(article) {
        title.push_str(" (");
        title.push_str(&found.name);
        title.push(')');
    }
    title
}

fn is_clitic(scene: &Scene<'_, '_>, i: usize) -> bool {
    scene.text.has(i, class::EVENT_CLITIC) || scene.text.value(i, class::EVENT_NEGATION) == Some("particle")
}

/// From the pronoun before a verb on, if one stands there.
fn with_pronoun(scene: &Scene<'_, '_>, view: &View, first: usize) -> usize {
    let mut at = first;
    while at > view.tokens.start && is_clitic(scene, at - 1) {
        at -= 1;
    }
    let pronoun = |i: usize| {
        scene.text.has(i, class::EVENT_SUBJECT)
            || scene.word(i).part == Part::Pronoun
            || scene.text.value(i, class::EVENT_NEGATION) == Some("none")
    };
    if at > view.tokens.start && pronoun(at - 1) { at - 1 } else { at }
}

/// Whether one or several do it, as far as the verb says.
fn number_of(scene: &Scene<'_, '_>, view: &View, group: &Group) -> Option<Number> {
    // « ont été écroués pour avoir incendié »: so has an infinitive that tells what was done.
    if group.shared || group.form == Form::Infinitive {
        let mut before = scene.groups_in(view.groups.clone()).rev();
        let (_, lender) = before.find(|(_, g)| g.is_finite() && !g.shared && g.first < group.first)?;
        return number_of(scene, view, lender);
    }
    let finite = scene.text.lang.lexicon().shapes(scene.text.word(group.first));
    let mut numbers = finite.filter(|s| {
        s.person != 1 && (s.verb == Some(VerbForm::Fin) || !group.is_finite() && s.is_past_participle())
    });
    let first = numbers.next()?.number?;
    numbers.all(|s| s.number == Some(first)).then_some(first)
}

/// Whether a phrase names one or several.
fn number_of_phrase(scene: &Scene<'_, '_>, tokens: Range<usize>) -> Number {
    let text = scene.text;
    let suffix = text.lang.setting(setting::PLURAL_SUFFIX);
    let end = tokens
        .clone()
        .find(|&i| i > tokens.start && scene.word(i).part == Part::Preposition)
        .unwrap_or(tokens.end);
    let joined = tokens.clone().any(|i| text.has(i, class::EVENT_COORDINATE));
    let head = (tokens.start..end).rev().find(|&i| scene.word(i).part == Part::Noun).or_else(|| {
        // A word that only its place makes look like a name: "Rescuers searched".
        (tokens.len() == 1).then_some(tokens.start)
    });
    let led = text.phrase(tokens.start, class::EVENT_QUALIFIER).map_or(0, |(n, _)| n);
    // "5.2-magnitude earthquake" is one.
    let several = text.number(tokens.start + led).is_some_and(|n| n > 1.0)
        && !text.is_mark(tokens.start + led + 1, class::MARK_DASH);
    let many = |i: usize| {
        text.value(i, class::EVENT_PLURAL) == Some("many")
            || suffix.is_some_and(|s| text.str(i).ends_with(s))
                // "actress"
                && !text.lang.setting(setting::SINGULAR_SUFFIX).is_some_and(|s| text.str(i).ends_with(s))
                && text.value(i, class::EVENT_PLURAL).is_none()
    };
    if joined || several || head.is_some_and(many) { Number::Plur } else { Number::Sing }
}

/// The lemma of the verb at token `i` in the form it has there.
fn lemma_of(scene: &Scene<'_, '_>, i: usize) -> Option<&'static str> {
    let word = scene.word(i);
    let fits = |f: &crate::lang::form::Form| match word.form {
        Form::Finite if word.tense == Tense::Past => {
            f.shape.verb == Some(VerbForm::Fin) && f.shape.tense == Some(crate::lang::form::Tense::Past)
        }
        Form::Infinitive => f.shape.verb == Some(VerbForm::Inf),
        Form::Present => f.shape.verb == Some(VerbForm::Part) && !f.shape.is_past_participle(),
        _ => f.shape.is_past_participle(),
    };
    scene.text.lang.lexicon().forms(scene.text.word(i)).find(fits).map(|f| f.lemma)
}

/// A place on the map begins at token `i`.
fn is_place(scene: &Scene<'_, '_>, i: usize) -> bool {
    let Some(token) = scene.text.tokens.get(i) else { return false };
    let n = scene.places.partition_point(|p| p.span.start < token.span.start);
    scene.places.get(n).is_some_and(|p| p.span.start == token.span.start && p.role.is_on_map())
}

/// The tokens of the time over token `i` that has fields of its own: « quatre ans de combats » is part of the
/// headline.
fn dated_at(scene: &Scene<'_, '_>, i: usize) -> Option<Range<usize>> {
    let time = scene.time_over(i..i + 1).filter(|t| t.dates().is_some() || dating::is_today(t))?;
    Some(scene.text.tokens_in(time.span))
}

/// Words that led to a time left out: « dès », "by", "late".
fn without_lead(scene: &Scene<'_, '_>, mut tokens: Range<usize>) -> Range<usize> {
    while tokens.end > tokens.start {
        let last = tokens.end - 1;
        let leads = matches!(scene.word(last).part, Part::Preposition | Part::Determiner)
            || scene.text.has(last, class::EVENT_LEAD)
            || scene.text.has(last, class::EVENT_OF);
        if !leads {
            break;
        }
        tokens.end = last;
    }
    tokens
}

/// Without the words at its end that ask for more.
fn trimmed(scene: &Scene<'_, '_>, mut tokens: Range<usize>) -> Range<usize> {
    loop {
        tokens = without_lead(scene, tokens);
        let Some(last) = tokens.end.checked_sub(1).filter(|&l| l >= tokens.start) else { return tokens };
        let word = scene.word(last);
        // « de 20 % »: the sign belongs to the number.
        let counted = last > tokens.start
            && scene.text.number(last - 1).is_some()
            && !scene.text.str(last).starts_with([',', ';', ':', '.', '-', '(']);
        let hangs = word.part == Part::Mark && !scene.text.is_mark(last, class::MARK_CLOSE) && !counted
            || scene.text.has(last, class::EVENT_COORDINATE)
            || scene.text.value(last, class::EVENT_NEGATION) == Some("particle")
            || matches!(word.aux, Some((Aux::Be | Aux::Have, _)));
        if !hangs {
            return tokens;
        }
        tokens.end = last;
    }
}
