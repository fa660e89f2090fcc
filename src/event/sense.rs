//! What the word lists say about a happening word: its type and how strongly it speaks of a happening.
//!
//! Values have the shape `type;flag;flag` with the types of [`EventType`].

use super::EventType;
use super::word::Aux;
use crate::lang::{Class, Phrase, class};
use crate::text::Text;

/// What a verb or noun of the lists stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sense {
    /// Its type.
    pub kind: EventType,
    /// A happening by itself.
    pub strong: bool,
    /// A happening only with a time or place of its own.
    pub weak: bool,
    /// A state rather than a happening.
    pub state: bool,
    /// Saying something.
    pub report: bool,
    /// A phase of another happening: begin, go on, end.
    pub aspect: bool,
    /// Empty by itself: its object or subject says what happens.
    pub light: bool,
    /// Only with a reflexive pronoun.
    pub reflexive: bool,
    /// Only of what does it by itself: "a bus overturned".
    pub alone: bool,
    /// Only with an object: "added 24 seats", unlike what is said.
    pub object: bool,
}

impl Sense {
    /// Reads a value of the lists.
    pub fn read(value: &str) -> Option<Sense> {
        let mut parts = value.as_bytes().split(|b| *b == b';');
        let kind = parts.next().and_then(|kind| value.get(..kind.len()))?;
        let kind = EventType::from_word(kind)?;
        let mut sense = Sense {
            kind,
            strong: false,
            weak: false,
            state: false,
            report: false,
            aspect: false,
            light: false,
            reflexive: false,
            alone: false,
            object: false,
        };
        for flag in parts {
            match flag {
                b"strong" => sense.strong = true,
                b"weak" => sense.weak = true,
                b"state" => sense.state = true,
                b"report" => sense.report = true,
                b"aspect" => sense.aspect = true,
                b"light" => sense.light = true,
                b"refl" => sense.reflexive = true,
                b"alone" => sense.alone = true,
                b"object" => sense.object = true,
                _ => {}
            }
        }
        Some(sense)
    }
}

/// The sense of the verb at token `i`, and the number of tokens of the expression; a sense for reflexive use
/// wins where the pronoun is there and is left out where it is not.
pub(super) fn verb(text: &Text<'_>, i: usize, reflexive: bool) -> Option<(usize, Sense)> {
    best(text, i, class::EVENT_VERB, reflexive)
}

/// The sense of the noun at token `i`, and the number of tokens of the expression.
pub(super) fn noun(text: &Text<'_>, i: usize) -> Option<(usize, Sense)> {
    let found = best(text, i, class::EVENT_NOUN, false)?;
    (!names_other(text, i, found.0)).then_some(found)
}

/// Longest expression that names something else, in tokens.
const OTHER: usize = 5;

/// True when the `len` tokens at `i` lie in a longer expression that names something else: "fire chief",
/// "prisoner of war".
fn names_other(text: &Text<'_>, i: usize, len: usize) -> bool {
    (0..OTHER.min(i + 1)).any(|back| {
        let longer = |p: &Phrase<'_>| p.len >= back + len && p.len > len;
        text.begins(i - back, class::EVENT_NOT)
            && text.phrases(i - back).filter(longer).any(|p| p.reading(class::EVENT_NOT).is_some())
    })
}

fn best(text: &Text<'_>, i: usize, class: Class, reflexive: bool) -> Option<(usize, Sense)> {
    let (begins, has) = (text.begins(i, class), text.has(i, class));
    if !begins && !has {
        return None;
    }
    let pick = |entries: &mut dyn Iterator<Item = crate::lang::Entry>| -> Option<Sense> {
        let mut plain = None;
        for sense in entries.filter(|e| e.class == class).filter_map(|e| Sense::read(e.value)) {
            let fits = || sense.alone && is_alone(text, i) || sense.object && has_object(text, i);
            if sense.reflexive && reflexive || fits() {
                return Some(sense);
            }
            if !sense.reflexive && !sense.alone && !sense.object && plain.is_none() {
                plain = Some(sense);
            }
        }
        plain
    };
    if begins {
        for phrase in text.phrases(i) {
            if let Some(sense) = pick(&mut phrase.entries()) {
                return Some((phrase.len, sense));
            }
        }
    }
    let entries = || pick(&mut text.lang.lexicon().entries(text.word(i)));
    has.then(entries).flatten().map(|s| (1, s))
}

/// Nothing is done to something else by the verb at token `i`: no object follows and no auxiliary of the passive leads.
fn is_alone(text: &Text<'_>, i: usize) -> bool {
    let next = i + 1;
    let object = text.has(next, class::EVENT_ARTICLE)
        || text.has(next, class::EVENT_DETERMINER)
        || text.phrase(next, class::EVENT_QUALIFIER).is_some()
        || text.number(next).is_some()
        || text.tokens.get(next).is_some_and(|t| t.capital());
    let before = i.checked_sub(1).and_then(|b| text.value(b, class::EVENT_AUX)).and_then(Aux::read);
    !object && !matches!(before, Some((Aux::Be, _)))
}

/// A thing is told right after the verb at token `i`, which does not stand after what is said: "…, added the mayor".
fn has_object(text: &Text<'_>, i: usize) -> bool {
    let next = i + 1;
    let inverted = i.checked_sub(1).is_none_or(|b| {
        text.is_mark(b, class::MARK_COMMA)
            || text.is_mark(b, class::MARK_CLOSE)
            || text.is_mark(b, class::MARK_QUOTE)
    });
    let object = text.has(next, class::EVENT_ARTICLE)
        || text.number(next).is_some()
        || text.phrase(next, class::EVENT_NUMBER).is_some()
        || text.phrase(next, class::EVENT_QUALIFIER).is_some();
    let clause = text.value(next, class::EVENT_SUBORDINATE).is_some() || text.has(next, class::EVENT_THERE);
    object && !inverted && !clause
}

/// True when the expression of a class of verbs begins at token `i`; the pronoun of reflexive ones must be
/// there.
#[inline]
pub(super) fn is_verb(text: &Text<'_>, i: usize, class: Class, reflexive: bool) -> bool {
    (text.has(i, class) || text.begins(i, class)) && is_listed(text, i, class, reflexive)
}

/// The same at a token that has the class or may begin an expression of it.
fn is_listed(text: &Text<'_>, i: usize, class: Class, reflexive: bool) -> bool {
    let fits = |e: crate::lang::Entry| e.class == class && (reflexive || !e.value.ends_with(";refl"));
    text.has(i, class) && text.lang.lexicon().entries(text.word(i)).any(fits)
        || text.begins(i, class) && text.phrases(i).any(|p| p.entries().any(fits))
}
