//! What each token is for the reading of clauses: part of speech, verb form, sense.
//!
//! The tagger decides where it was run; otherwise the word lists do, each word for itself.

use super::sense::{self, Sense};
use super::verb::Chain;
use crate::lang::class;
use crate::tag::{self, Mood, Morph, Reading, Upos, VerbForm};
use crate::text::{Kind, Text};

/// Part of speech, as far as it matters here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    #[default]
    Other,
    Noun,
    Name,
    Verb,
    Adjective,
    Adverb,
    Determiner,
    Pronoun,
    Preposition,
    Number,
    Mark,
}

/// Form of a verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    #[default]
    None,
    Finite,
    Infinitive,
    /// Past participle.
    Past,
    /// Present participle, gerund.
    Present,
}

/// Tense and mood of a verb form in one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tense {
    #[default]
    None,
    Present,
    Imperfect,
    Past,
    Future,
    Conditional,
    Subjunctive,
    Participle,
    Infinitive,
    Gerund,
}

/// Kind of an auxiliary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aux {
    Be,
    Remain,
    Have,
    Do,
    Will,
    Should,
    Soon,
    Just,
    Must,
    Can,
    May,
    Want,
    Make,
}

impl Aux {
    /// An infinitive follows, not a participle.
    pub fn takes_infinitive(self) -> bool {
        !matches!(self, Aux::Be | Aux::Remain | Aux::Have)
    }

    pub fn read(value: &str) -> Option<(Aux, Tense)> {
        let (kind, tense) = value.split_once(';')?;
        let kind = match kind {
            "be" => Aux::Be,
            "remain" => Aux::Remain,
            "have" => Aux::Have,
            "do" => Aux::Do,
            "will" => Aux::Will,
            "should" => Aux::Should,
            "soon" => Aux::Soon,
            "just" => Aux::Just,
            "must" => Aux::Must,
            "can" => Aux::Can,
            "may" => Aux::May,
            "want" => Aux::Want,
            "make" => Aux::Make,
            _ => return None,
        };
        let tense = match tense {
            "present" => Tense::Present,
            "imperfect" => Tense::Imperfect,
            "past" => Tense::Past,
            "future" => Tense::Future,
            "conditional" => Tense::Conditional,
            "subjunctive" => Tense::Subjunctive,
            "participle" => Tense::Participle,
            "infinitive" => Tense::Infinitive,
            "gerund" => Tense::Gerund,
            _ => return None,
        };
        Some((kind, tense))
    }
}

/// A token, as the reading of clauses sees it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    pub part: Part,
    pub form: Form,
    pub tense: Tense,
    /// An auxiliary, with its tense.
    pub aux: Option<(Aux, Tense)>,
    /// What the lists know about it as a noun.
    pub noun: Option<Sense>,
    /// What it says about an infinitive that it governs.
    pub chain: Option<Chain>,
    /// Forms its past with the auxiliary of being.
    pub mover: bool,
    /// Has a past participle that looks the same.
    pub participle: bool,
    /// Has a simple past that looks the same.
    pub simple_past: bool,
    /// Stands in its base form, which a language may use as infinitive.
    pub base: bool,
}

impl Word {
    /// An auxiliary or a form of a verb: what a verb group may begin with.
    pub fn is_verbal(&self) -> bool {
        self.form != Form::None || self.aux.is_some()
    }
}

/// Reads every token.
pub(super) fn read(text: &Text<'_>, reading: Option<&Reading<'_>>) -> Vec<Word> {
    let mut words: Vec<Word> = (0..text.tokens.len()).map(|i| word(text, reading, i)).collect();
    // « à partir de jeudi » is no departure.
    for i in 0..words.len() {
        if let Some((len, _)) = text.phrase(i, class::EVENT_PREPOSITION) {
            for word in words.get_mut(i..i + len).unwrap_or_default() {
                *word = Word { part: Part::Preposition, ..Word::default() };
            }
        }
    }
    words
}

fn word(text: &Text<'_>, reading: Option<&Reading<'_>>, i: usize) -> Word {
    let Some(token) = text.tokens.get(i) else { return Word::default() };
    let mut word = Word::default();
    match token.kind {
        Kind::Punct => {
            word.part = Part::Mark;
            return word;
        }
        Kind::Number => {
            word.part = Part::Number;
            return word;
        }
        _ => {}
    }
    match reading {
        Some(reading) => {
            tagged(&mut word, reading.morph(i));
            // "were" is a verb whatever the tagger took it for; a noun or adjective may look like a verb.
            let leads = || !matches!(word.part, Part::Verb | Part::Name) && is_participle(text, i + 1);
            if text.has(i, class::EVENT_AUX)
                && (matches!(word.part, Part::Adverb | Part::Other) || leads())
                && is_auxiliary_form(text, i)
            {
                listed(&mut word, text, i);
            }
            if word.part == Part::Verb && (is_name_like(text, i) || is_named_inside(text, i)) {
                word.part = Part::Name;
                (word.form, word.tense) = (Form::None, Tense::None);
            }
        }
        None => listed(&mut word, text, i),
    }
    let shapes = || text.lang.lexicon().shapes(text.word(i));
    word.participle = is_participle(text, i);
    // « la neige tombée »: a form that the lists know as a past participle only.
    if word.form == Form::Finite && word.participle && !shapes().any(|s| s.verb == Some(VerbForm::Fin)) {
        (word.form, word.tense) = (Form::Past, Tense::Participle);
    }
    if word.part == Part::Verb && text.has(i, class::EVENT_PARTICLE) {
        let subject = i.checked_sub(1).is_some_and(|b| text.has(b, class::EVENT_SUBJECT));
        if !subject {
            word = Word { part: Part::Preposition, ..Word::default() };
        }
    }
    if word.part == Part::Adjective {
        word.chain = text.value(i, class::EVENT_CHAIN).and_then(Chain::read);
    }
    if matches!(word.part, Part::Verb) {
        word.aux = aux(text, i, word.form);
        word.chain = text.value(i, class::EVENT_CHAIN).and_then(Chain::read);
        word.base = word.form == Form::Infinitive || shapes().any(|s| s.verb == Some(VerbForm::Inf));
        word.simple_past =
            shapes().any(|s| s.verb == Some(VerbForm::Fin) && s.tense == Some(tag::Tense::Past));
        // "Lyon beat Metz": what news tell with a form that is the same in both tenses is over.
        if word.form == Form::Finite && word.tense == Tense::Present && is_same_in_past(text, i) {
            word.tense = Tense::Past;
        }
    }
    // « sont partis » is no noun after its auxiliary.
    word.mover = (word.part == Part::Verb || word.participle) && text.has(i, class::EVENT_MOVER);
    if matches!(word.part, Part::Noun | Part::Other | Part::Name) {
        word.noun = sense::noun(text, i).map(|(_, s)| s);
    }
    word
}

pub(super) fn finite(participle: bool, tense: Tense) -> Word {
    Word {
        part: Part::Verb,
        form: Form::Finite,
        tense,
        participle,
        simple_past: tense == Tense::Past,
        ..Word::default()
    }
}

/// The lists know the word as a verb form of this tense that does not speak of itself.
pub(super) fn may_be(text: &Text<'_>, i: usize, tense: tag::Tense) -> bool {
    text.lang.lexicon().shapes(text.word(i)).any(|s| {
        s.person != 1 && s.verb == Some(VerbForm::Fin) && s.mood != Some(Mood::Sub) && s.tense == Some(tense)
    })
}

/// The lists know the word as a past participle.
fn is_participle(text: &Text<'_>, i: usize) -> bool {
    let mut shapes = text.lang.lexicon().shapes(text.word(i));
    shapes.any(|s| s.verb == Some(VerbForm::Part) && s.tense == Some(tag::Tense::Past))
}

/// The lists know the word as an infinitive and as a past tense: "beat", "shut".
pub(super) fn is_same_in_past(text: &Text<'_>, i: usize) -> bool {
    let mut shapes = text.lang.lexicon().shapes(text.word(i));
    shapes.any(|s| s.verb == Some(VerbForm::Inf)) && may_be(text, i, tag::Tense::Past)
}

/// True for an inflected form of a verb, here an auxiliary, that the lists know as nothing else.
fn is_auxiliary_form(text: &Text<'_>, i: usize) -> bool {
    let lexicon = text.lang.lexicon();
    let word = text.word(i);
    let mut forms = lexicon.forms(word).peekable();
    forms.peek().is_some() && forms.all(|f| f.shape.verb.is_some() && f.lemma != lexicon.form(word))
}

/// True for a capitalised word that the lists do not know as a verb, beside another capital or within the
/// sentence: the name of somebody whom the tagger has never met.
fn is_name_like(text: &Text<'_>, i: usize) -> bool {
    let word_at = |i: usize| text.tokens.get(i).filter(|t| t.kind == Kind::Word);
    let capital = |i: usize| word_at(i).is_some_and(|t| t.capital() && !t.upper());
    let inside = i.checked_sub(1).and_then(word_at).is_some();
    capital(i)
        && (inside || capital(i + 1))
        && !text.has(i, class::EVENT_AUX)
        && text.lang.lexicon().forms(text.word(i)).all(|f| f.shape.verb.is_none())
}

/// "beat Reading in the final": a capital after a word in small letters, in a text that is not all capitals.
fn is_named_inside(text: &Text<'_>, i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|b| text.tokens.get(b));
    text.tokens.get(i).is_some_and(|t| t.capital() && !t.upper())
        && before.is_some_and(|t| t.kind == Kind::Word && !t.capital())
}

fn tagged(word: &mut Word, morph: Morph) {
    word.part = match morph.upos() {
        Upos::Noun => Part::Noun,
        Upos::Propn => Part::Name,
        Upos::Verb | Upos::Aux => Part::Verb,
        Upos::Adj => Part::Adjective,
        Upos::Adv => Part::Adverb,
        Upos::Det => Part::Determiner,
        Upos::Pron => Part::Pronoun,
        Upos::Adp => Part::Preposition,
        Upos::Num => Part::Number,
        _ => Part::Other,
    };
    if word.part == Part::Verb {
        (word.form, word.tense) = shape(morph.verb_form(), morph.mood(), morph.tense());
    }
}

/// Form, tense and mood in the terms used here.
fn shape(form: Option<VerbForm>, mood: Option<Mood>, tense: Option<tag::Tense>) -> (Form, Tense) {
    let tense = match (mood, tense) {
        (Some(Mood::Cnd), _) => Tense::Conditional,
        (Some(Mood::Sub), _) => Tense::Subjunctive,
        (_, Some(tag::Tense::Imp)) => Tense::Imperfect,
        (_, Some(tag::Tense::Past)) => Tense::Past,
        (_, Some(tag::Tense::Fut)) => Tense::Future,
        _ => Tense::Present,
    };
    match form {
        Some(VerbForm::Inf) => (Form::Infinitive, Tense::Infinitive),
        Some(VerbForm::Part) if tense == Tense::Past => (Form::Past, Tense::Participle),
        Some(VerbForm::Part) => (Form::Present, Tense::Gerund),
        _ => (Form::Finite, tense),
    }
}

/// The auxiliary at token `i`; of several readings, the one of this form.
pub(super) fn aux(text: &Text<'_>, i: usize, form: Form) -> Option<(Aux, Tense)> {
    if !text.has(i, class::EVENT_AUX) {
        return None;
    }
    let entries = text.lang.lexicon().entries(text.word(i));
    let mut readings = entries.filter(|e| e.class == class::EVENT_AUX).filter_map(|e| Aux::read(e.value));
    let first = readings.next()?;
    let fits = |tense: Tense| match form {
        Form::Past => tense == Tense::Participle,
        Form::Infinitive => tense == Tense::Infinitive,
        Form::Present => tense == Tense::Gerund,
        Form::Finite | Form::None => !matches!(tense, Tense::Participle | Tense::Infinitive | Tense::Gerund),
    };
    if fits(first.1) { Some(first) } else { Some(readings.find(|r| fits(r.1)).unwrap_or(first)) }
}

/// Without the tagger: the first verb form that the lists know, unless the word stands where a noun does.
pub(super) fn listed(word: &mut Word, text: &Text<'_>, i: usize) {
    let forms = || text.lang.lexicon().forms(text.word(i)).filter(|f| f.shape.verb.is_some());
    let known = forms().next();
    let aux = text.has(i, class::EVENT_AUX);
    // « les évacuer » stays a verb, "the ship" does not: its infinitive is also another form.
    let infinitive = known.is_some() && forms().all(|f| f.shape.verb == Some(VerbForm::Inf));
    let as_noun = i > 0 && text.has(i - 1, class::EVENT_ARTICLE) && !infinitive;
    if as_noun || known.is_none() && !aux {
        let noun = text.has(i, class::EVENT_NOUN) || as_noun;
        word.part = if noun { Part::Noun } else { Part::Other };
        return;
    }
    word.part = Part::Verb;
    if let Some(known) = known.map(|f| f.shape) {
        (word.form, word.tense) = shape(known.verb, known.mood, known.tense);
    }
}
