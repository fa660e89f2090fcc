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
            if (matches!(word.part, Part::Adverb | Part::Other) || leads()) && is_auxiliary_form(text, i) {
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

/// Makes verbs of what the tagger took for something else, where a sentence shows it.
pub(super) fn mend(text: &Text<'_>, words: &mut [Word], sentence: std::ops::Range<usize>) {
    mend_scored(text, words, sentence.clone());
    mend_led(text, words, sentence.clone());
    mend_compound(text, words, sentence.clone());
    mend_named(text, words, sentence.clone());
    mend_opening(text, words, sentence.clone());
    mend_after_comma(text, words, sentence.clone());
    mend_joined(text, words, sentence.clone());
    mend_leading(text, words, sentence.clone());
    let verb = |w: &Word| w.part == Part::Verb && w.form == Form::Finite;
    if !text.is_stop(sentence.end.saturating_sub(1)) {
        return;
    }
    // What a relative clause further on tells is not the verb of the sentence.
    let own = words.get(sentence.clone()).unwrap_or_default();
    let end = own.iter().position(verb).map_or(sentence.end, |n| sentence.start + n);
    let opens = |i: usize| text.phrase(i, class::EVENT_SUBORDINATE).is_some_and(|(_, v)| v == "relative");
    // "The quake hit at noon and was centred": nothing but the word that joins stands before that verb.
    let joined = end > sentence.start + 1 && text.has(end.saturating_sub(1), class::EVENT_COORDINATE);
    let end = if end == sentence.end || joined {
        end
    } else {
        (sentence.start..end).find(|&i| opens(i)).unwrap_or(sentence.start)
    };
    for i in sentence.start + 1..end {
        let part = |n: usize| words.get(n).map_or(Part::Other, |w| w.part);
        let closed = text.is_mark(i - 1, class::MARK_CLOSE) && i >= 2;
        let subject = matches!(part(if closed { i - 2 } else { i - 1 }), Part::Noun | Part::Name);
        if !subject || !matches!(part(i), Part::Noun | Part::Adjective) {
            continue;
        }
        // « officialise aujourd'hui sa candidature »: a time or adverb may stand between.
        let next = (i + 1..sentence.end).take(3).find(|&n| !matches!(part(n), Part::Number | Part::Adverb));
        let named = matches!(part(i + 1), Part::Name | Part::Number);
        let object = next.is_some_and(|n| part(n) == Part::Determiner) || named && is_same_in_past(text, i);
        // "Talks resume on Monday"
        let dated = part(i + 1) == Part::Preposition && part(i + 2) == Part::Number;
        let complete = object || next.is_none_or(|n| matches!(part(n), Part::Preposition | Part::Mark));
        let tense = if object && is_same_in_past(text, i) {
            Tense::Past
        } else if object && may_be(text, i, tag::Tense::Pres) {
            Tense::Present
        } else if complete && may_be(text, i, tag::Tense::Past) {
            Tense::Past
        } else if dated && may_be(text, i, tag::Tense::Pres) && !text.has(i, class::EVENT_NOUN) {
            Tense::Present
        } else {
            continue;
        };
        if let Some(word) = words.get_mut(i) {
            *word = finite(word.participle, tense);
            return;
        }
    }
}

/// "with a 4-0 win": after an article and a score stands a noun.
fn mend_scored(text: &Text<'_>, words: &mut [Word], sentence: std::ops::Range<usize>) {
    for i in sentence.start + 4..sentence.end {
        let verb = words.get(i).is_some_and(|w| w.part == Part::Verb && w.base);
        let score = || {
            text.number(i - 1).is_some()
                && text.is_mark(i - 2, class::MARK_DASH)
                && text.number(i - 3).is_some()
                && text.has(i - 4, class::EVENT_ARTICLE)
        };
        if verb && text.has(i, class::EVENT_NOUN) && score() {
            let noun = sense::noun(text, i).map(|(_, s)| s);
            if let Some(word) = words.get_mut(i) {
                *word = Word { part: Part::Noun, noun, ..Word::default() };
            }
        }
    }
}

/// "were due to start": after a word that governs an infinitive and the word that leads to it.
fn mend_led(text: &Text<'_>, words: &mut [Word], sentence: std::ops::Range<usize>) {
    for i in sentence.start + 2..sentence.end {
        let governed =
            text.has(i - 1, class::EVENT_LINK) && words.get(i - 2).is_some_and(|w| w.chain.is_some());
        let verb = || text.lang.lexicon().shapes(text.word(i)).any(|s| s.verb == Some(VerbForm::Inf));
        if governed
            && words.get(i).is_some_and(|w| matches!(w.part, Part::Noun | Part::Adjective | Part::Other))
            && verb()
            && let Some(word) = words.get_mut(i)
        {
            let (form, tense) = (Form::Infinitive, Tense::Infinitive);
            *word = Word { part: Part::Verb, form, tense, base: true, ..Word::default() };
        }
    }
}

/// "a ribbon cutting": the last word of a noun of the lists is no verb.
fn mend_compound(text: &Text<'_>, words: &mut [Word], sentence: std::ops::Range<usize>) {
    for i in sentence.start + 1..sentence.end {
        if words.get(i).is_some_and(|w| w.form == Form::Present)
            && text.begins(i - 1, class::EVENT_NOUN)
            && sense::noun(text, i - 1).is_some_and(|(len, _)| len == 2)
            && let Some(word) = words.get_mut(i)
        {
            *word = Word { part: Part::Noun, ..Word::default() };
        }
    }
}

/// "Arsenal retained the cup", "Brennholt last raised its dividend": a first word that the lists do not know and that
/// a past tense follows names who does it.
fn mend_named(text: &Text<'_>, words: &mut [Word], sentence: std::ops::Range<usize>) {
    let first = sentence.start;
    let Some(own) = words.get(first).copied() else { return };
    let next = if text.has(first + 1, class::EVENT_FILLER) { first + 2 } else { first + 1 };
    let past = words.get(next).filter(|_| next < sentence.end).is_some_and(|w| {
        w.part == Part::Verb && w.aux.is_none() && (w.simple_past || w.tense == Tense::Past)
    });
    let unknown = text.lang.lexicon().forms(text.word(first)).next().is_none();
    let capital = text.tokens.get(first).is_some_and(|t| t.capital());
    // "Arsenal, who beat Reading,"
    let told = text.is_mark(first + 1, class::MARK_COMMA)
        && text.value(first + 2, class::EVENT_SUBORDINATE) == Some("relative");
    if (past || told) && unknown && capital && matches!(own.part, Part::Adjective | Part::Verb) {
        if let Some(word) = words.get_mut(first) {
            *word = Word { part: Part::Name, ..Word::default() };
        }
        if let Some(filler) = words.get_mut(first + 1).filter(|_| next > first + 1) {
            *filler = Word { part: Part::Adverb, ..Word::default() };
        }
    }
}

/// "Contact was lost", "Fire in a hotel has killed two": the first word of a sentence is no verb when another one
/// follows without a subject of its own.
fn mend_opening(text: &Text<'_>, words: &mut [Word], sentence: std::ops::Range<usize>) {
    let first = sentence.start;
    // "Fighting erupted"
    let erupts =
        words.get(first + 1).is_some_and(|w| w.part == Part::Verb && (w.simple_past || w.aux.is_some()));
    if erupts
        && words.get(first).is_some_and(|w| w.form == Form::Present)
        && let Some((_, noun)) = sense::noun(text, first)
        && let Some(word) = words.get_mut(first)
    {
        *word = Word { part: Part::Noun, noun: Some(noun), ..Word::default() };
        return;
    }
    let participle = |w: &Word| matches!(w.form, Form::Past | Form::Present);
    if !words.get(first).is_some_and(|w| w.part == Part::Verb && w.aux.is_none() && !participle(w)) {
        return;
    }
    let finite = |w: &Word| w.part == Part::Verb && w.form == Form::Finite;
    let rest = words.get(first + 1..sentence.end).unwrap_or_default();
    let follows = rest.first().is_some_and(finite)
        || rest.first().is_some_and(|w| w.part == Part::Preposition)
            && rest.iter().take_while(|w| w.part != Part::Mark && w.part != Part::Pronoun).any(finite);
    if follows && let Some(word) = words.get_mut(first) {
        let noun = sense::noun(text, first).map(|(_, s)| s);
        *word = Word { part: Part::Noun, noun, ..Word::default() };
    }
}

/// "In Homs, talks on roads were to begin": after a comma, a word of the lists that is a noun, too, is no verb when
/// another verb follows without a subject of its own.
fn mend_after_comma(text: &Text<'_>, words: &mut [Word], sentence: std::ops::Range<usize>) {
    for i in sentence.start + 1..sentence.end {
        let own = words.get(i).is_some_and(|w| w.form == Form::Finite && w.aux.is_none() && !w.simple_past);
        if !own || !text.is_mark(i - 1, class::MARK_COMMA) || !text.has(i, class::EVENT_NOUN) {
            continue;
        }
        let rest = words.get(i + 1..sentence.end).unwrap_or_default();
        let ends = |w: &Word| matches!(w.part, Part::Mark | Part::Pronoun);
        let verb = rest.iter().take_while(|w| !ends(w)).position(|w| w.form == Form::Finite);
        let alone = verb.is_some_and(|v| !(i + 1..=i + v).any(|t| text.has(t, class::EVENT_COORDINATE)));
        if rest.first().is_some_and(|w| w.part == Part::Preposition)
            && alone
            && let Some(word) = words.get_mut(i)
        {
            let noun = sense::noun(text, i).map(|(_, s)| s);
            *word = Word { part: Part::Noun, noun, ..Word::default() };
        }
    }
}

/// "killed 14 people and injured 30": what is joined to a simple past, may be one and has an object.
fn mend_joined(text: &Text<'_>, words: &mut [Word], sentence: std::ops::Range<usize>) {
    let mut told = false;
    for i in sentence.start + 1..sentence.end.saturating_sub(1) {
        let Some(word) = words.get(i).copied() else { return };
        told |= word.form == Form::Finite && word.tense == Tense::Past && word.aux.is_none();
        let joined = told && text.has(i - 1, class::EVENT_COORDINATE);
        if joined
            && (matches!(word.part, Part::Adjective | Part::Noun) || word.form == Form::Past)
            && has_object(text, words, i, word.form == Form::Past)
            && may_be(text, i, tag::Tense::Past)
            && let Some(place) = words.get_mut(i)
        {
            *place = finite(word.participle, Tense::Past);
        }
    }
}

/// A number, or a word that leads a noun, follows token `i`; a participle may have a name for object, too.
fn has_object(text: &Text<'_>, words: &[Word], i: usize, participle: bool) -> bool {
    let part = |n: usize| words.get(n).map_or(Part::Mark, |w| w.part);
    match part(i + 1) {
        Part::Number | Part::Determiner => true,
        Part::Name => participle,
        _ => text.phrase(i + 1, class::EVENT_QUALIFIER).is_some_and(|(n, _)| part(i + 1 + n) == Part::Number),
    }
}

/// « dément que », « les barricades devront être levées »: what the lists know as a verb only, in its place before what
/// a verb leads.
fn mend_leading(text: &Text<'_>, words: &mut [Word], sentence: std::ops::Range<usize>) {
    for i in sentence.start + 1..sentence.end.saturating_sub(1) {
        let Some((before, own, next)) =
            words.get(i - 1..=i + 1).and_then(|w| Some((w.first()?, w.get(1)?, w.get(2)?)))
        else {
            return;
        };
        let subject = matches!(before.part, Part::Noun | Part::Name | Part::Pronoun);
        let lower = text.tokens.get(i).is_some_and(|t| t.kind == Kind::Word && !t.capital());
        if !subject
            || !lower
            || !matches!(own.part, Part::Adverb | Part::Name | Part::Other | Part::Preposition)
        {
            continue;
        }
        let modal = next.form == Form::Infinitive
            && text.lang.lexicon().entries(text.word(i)).any(|e| {
                e.class == class::EVENT_AUX && Aux::read(e.value).is_some_and(|(a, _)| a.takes_infinitive())
            });
        let leads = text.value(i + 1, class::EVENT_SUBORDINATE) == Some("that");
        let says = leads && own.part != Part::Preposition && {
            let mut shapes = text.lang.lexicon().shapes(text.word(i)).filter(|s| s.verb.is_some()).peekable();
            shapes.peek().is_some() && shapes.all(|s| s.verb == Some(VerbForm::Fin))
        };
        if !modal && !says {
            continue;
        }
        let mut word = Word::default();
        listed(&mut word, text, i);
        if word.form == Form::Finite || modal {
            word.aux = aux(text, i, word.form);
            if let Some(place) = words.get_mut(i) {
                *place = word;
            }
        }
    }
}

fn finite(participle: bool, tense: Tense) -> Word {
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
fn may_be(text: &Text<'_>, i: usize, tense: tag::Tense) -> bool {
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

/// True for an inflected form of an auxiliary that the lists know as nothing else.
fn is_auxiliary_form(text: &Text<'_>, i: usize) -> bool {
    let lexicon = text.lang.lexicon();
    let word = text.word(i);
    let mut forms = lexicon.forms(word).peekable();
    text.has(i, class::EVENT_AUX)
        && forms.peek().is_some()
        && forms.all(|f| f.shape.verb.is_some() && f.lemma != lexicon.form(word))
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
fn aux(text: &Text<'_>, i: usize, form: Form) -> Option<(Aux, Tense)> {
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
fn listed(word: &mut Word, text: &Text<'_>, i: usize) {
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
