//! Mends parts of speech where a sentence shows that the tagger took a word for something else.
//!
//! Every step looks at one kind of place: the head of a sentence, what follows a subject, what is joined to a verb.

use super::sense;
use super::word::{Aux, Form, Part, Tense, Word, aux, finite, is_same_in_past, listed, may_be};
use crate::lang::class;
use crate::tag::{self, VerbForm};
use crate::text::{Kind, Text};

/// Makes verbs of what the tagger took for something else, where a sentence shows it.
pub(super) fn mend(text: &Text<'_>, words: &mut [Word], sentence: std::ops::Range<usize>) {
    mend_left(text, words, sentence.clone());
    mend_articled(text, words, sentence.clone());
    mend_scored(text, words, sentence.clone());
    mend_led(text, words, sentence.clone());
    mend_compound(text, words, sentence.clone());
    mend_named(text, words, sentence.clone());
    mend_owned(text, words, sentence.clone());
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
        // "Crews later tore down": an adverb may stand between.
        let aside = |n: usize| part(n) == Part::Adverb || text.has(n, class::EVENT_FILLER);
        let before = if closed { i - 2 } else { i - 1 };
        let before = if before > sentence.start && aside(before) { before - 1 } else { before };
        let subject = matches!(part(before), Part::Noun | Part::Name);
        if !subject || !matches!(part(i), Part::Noun | Part::Adjective) {
            continue;
        }
        // « officialise aujourd'hui sa candidature »: a time or adverb may stand between.
        let next = (i + 1..sentence.end).take(3).find(|&n| !matches!(part(n), Part::Number | Part::Adverb));
        let named = matches!(part(i + 1), Part::Name | Part::Number);
        let object = next.is_some_and(|n| part(n) == Part::Determiner) || named && is_same_in_past(text, i);
        // "Talks resume on Monday"
        let dated = part(i + 1) == Part::Preposition && part(i + 2) == Part::Number
            // "Classes resume Monday"
            || part(i + 1) == Part::Number && text.number(i + 1).is_none() && part(i + 2) != Part::Noun;
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

/// Token `i` as a noun, with what the lists know of it.
fn noun(text: &Text<'_>, i: usize) -> Word {
    Word { part: Part::Noun, noun: sense::noun(text, i).map(|(_, s)| s), ..Word::default() }
}

/// « incendié une grange », "a passing": right behind an article that is no pronoun stands no verb of a clause.
fn mend_articled(text: &Text<'_>, words: &mut [Word], sentence: std::ops::Range<usize>) {
    for i in sentence.start + 1..sentence.end {
        let part = |n: usize| words.get(n).map_or(Part::Other, |w| w.part);
        let article = text.has(i - 1, class::EVENT_ARTICLE)
            && !text.has(i - 1, class::EVENT_CLITIC)
            && part(i - 1) == Part::Determiner;
        let verb = words.get(i).is_some_and(|w| {
            w.part == Part::Verb && w.aux.is_none() && matches!(w.form, Form::Finite | Form::Present)
        });
        let quality = matches!(part(i + 1), Part::Noun | Part::Adjective | Part::Name);
        if article
            && verb
            && !quality
            && let Some(word) = words.get_mut(i)
        {
            *word = noun(text, i);
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
        if verb
            && text.has(i, class::EVENT_NOUN)
            && score()
            && let Some(word) = words.get_mut(i)
        {
            *word = noun(text, i);
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
        && sense::noun(text, first).is_some()
        && let Some(word) = words.get_mut(first)
    {
        *word = noun(text, first);
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
        *word = noun(text, first);
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
            *word = noun(text, i);
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
        // "police shot and killed him": what a simple past is joined to, after its subject.
        let subject = |w: &Word| matches!(w.part, Part::Noun | Part::Name);
        let past = |w: &Word| w.part == Part::Verb && w.aux.is_none() && !w.base;
        if word.part == Part::Noun
            && text.has(i + 1, class::EVENT_COORDINATE)
            && words.get(i - 1).is_some_and(subject)
            && words.get(i + 2).is_some_and(past)
            && may_be(text, i + 2, tag::Tense::Past)
            && may_be(text, i, tag::Tense::Past)
            && let Some(place) = words.get_mut(i)
        {
            *place = finite(word.participle, Tense::Past);
        }
    }
}

/// "Saturday's show features a band": what belongs to a name or time is a noun.
fn mend_owned(text: &Text<'_>, words: &mut [Word], sentence: std::ops::Range<usize>) {
    for i in sentence.start + 2..sentence.end {
        let glued = !text.tokens.get(i - 1).is_none_or(|t| t.spaced());
        if glued
            && text.value(i - 1, class::EVENT_OF) == Some("noun")
            && words.get(i).is_some_and(|w| w.part == Part::Verb && w.base)
            && text.has(i, class::EVENT_NOUN)
            && let Some(word) = words.get_mut(i)
        {
            *word = noun(text, i);
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
        let infinitive = words.get(i + 1).is_some_and(|w| w.form == Form::Infinitive);
        if !infinitive && !text.has(i + 1, class::EVENT_SUBORDINATE) {
            continue;
        }
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

/// "left one man dead and three others wounded": what people were left as is no verb of theirs.
fn mend_left(text: &Text<'_>, words: &mut [Word], sentence: std::ops::Range<usize>) {
    let mut left = false;
    let first = sentence.clone().find(|&i| text.has(i, class::EVENT_LEAVE));
    for i in first.unwrap_or(sentence.end)..sentence.end {
        let Some(word) = words.get_mut(i) else { return };
        if text.has(i, class::EVENT_LEAVE) && word.part == Part::Verb {
            left = true;
        } else if word.part == Part::Mark {
            left &= text.is_mark(i, class::MARK_COMMA);
        } else if left && word.form == Form::Finite {
            left = text.has(i, class::EVENT_TOLL) && word.participle;
            if left {
                *word = Word { part: Part::Adjective, participle: true, ..Word::default() };
            }
        } else if left && text.has(i, class::EVENT_TOLL) && word.form == Form::Past {
            *word = Word { part: Part::Adjective, participle: true, ..Word::default() };
        }
    }
}
