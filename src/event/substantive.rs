//! Participles taken for what they are not: those that name people, those that only compare, those taken for nouns.

use super::word::{Form, Part, Tense, Word};
use crate::lang::class;
use crate::text::Text;
use std::ops::Range;

/// « l'accusé a reconnu », « élue députée », « la plus récompensée »: makes nouns and adjectives of them.
pub(super) fn mend(text: &Text<'_>, words: &mut [Word], sentence: Range<usize>) {
    for i in sentence.clone().skip(1) {
        let word = |n: usize| words.get(n).copied().unwrap_or_default();
        let Some(own) = words.get(i).filter(|w| w.mover || w.form == Form::Past).copied() else { continue };
        // « le vol 2008, parti de Lyon »: no noun without its article.
        let apposed = || text.is_mark(i - 1, class::MARK_COMMA) && word(i + 1).part == Part::Preposition;
        if own.part == Part::Noun && own.mover && apposed() && word(i + 2).part == Part::Name {
            if let Some(word) = words.get_mut(i) {
                let (form, tense) = (Form::Past, Tense::Participle);
                *word = Word { part: Part::Verb, form, tense, noun: None, ..own };
            }
            continue;
        }
        if own.part != Part::Verb || own.form != Form::Past || own.aux.is_some() {
            continue;
        }
        let named = text.has(i - 1, class::EVENT_DETERMINER)
            && matches!(word(i + 1).part, Part::Verb | Part::Mark | Part::Preposition | Part::Pronoun);
        let titled =
            text.has(i, class::TAG_TITLE) && word(i - 1).part == Part::Verb && word(i - 1).aux.is_none();
        let compared = i > sentence.start + 1
            && text.has(i - 1, class::EVENT_DEGREE)
            && text.has(i - 2, class::EVENT_DEFINITE);
        let part = match () {
            () if compared => Part::Adjective,
            () if named || titled => Part::Noun,
            () => continue,
        };
        if let Some(word) = words.get_mut(i) {
            *word = Word { part, participle: own.participle, ..Word::default() };
        }
    }
}
