//! What a text tells of a name where it tells most: gathered from all places where the word stands before the
//! first of them is labelled.
//!
//! A surname is known by the one mention with a first name, an acronym by its long form, a sentence's first word
//! by whether the text also writes it small.

use super::by_word::ByWord;
use super::entity::Sight;
use super::form::{Form, made_of};

/// Is also written small.
const SMALL: u16 = 1;
/// Has a capital inside a sentence too.
const INNER: u16 = 2;
/// Follows a title or a first name.
const PERSON: u16 = 4;
/// Stands in a name with a word of organisations.
const ORGANISATION: u16 = 8;
/// Is followed by a verb of saying.
const SAYS: u16 = 16;
/// Is made of the first letters of other names.
const ACRONYM: u16 = 32;
/// Stands after or before a word of places.
const PLACE: u16 = 64;
/// Stands beside another capital.
const LONGER: u16 = 128;

/// Lists of first names, titles, words of organisations, words of places, and verbs of saying, as bits of
/// [`Sight::lists`].
const FIRST_NAMES: u16 = 1 | 1 << 11;
const TITLES: u16 = 1 << 1;
const ORGANISATION_WORDS: u16 = 1 << 2;
const PLACE_WORDS: u16 = 1 << 3;
const SAYING: u16 = 1 << 8;

/// Longest name whose first letters are tried as an acronym, in tokens.
const LONGEST: usize = 9;

/// The hints of all words of a text that have a capital somewhere.
pub(crate) type Hints = ByWord<u16>;

/// Gathers the hints of the sentences of a text.
pub(crate) fn gather<'s>(sentences: impl Iterator<Item = &'s [Sight]> + Clone, hints: &mut Hints) {
    // Few texts have words all in capitals: only these are looked for among the first letters of names.
    let shouted = sentences.clone().flatten().filter(|s| s.form.made_of() == made_of::UPPER);
    let mut shouted: Vec<u64> = shouted.map(|s| s.form.word).collect();
    shouted.sort_unstable();
    shouted.dedup();
    for sights in sentences.clone().filter(|s| s.first().is_some_and(|first| !first.caseless)) {
        let capital = |i: usize| sights.get(i).filter(|s| s.form.has_capital());
        let mut run = 0..0;
        for (i, sight) in sights.iter().enumerate() {
            let Some(own) = capital(i) else { continue };
            if i >= run.end {
                run = i..end_of_run(sights, i);
                note_acronyms(sights.get(run.clone()).unwrap_or_default(), &shouted, hints);
            }
            let before = i.checked_sub(1).and_then(|n| sights.get(n));
            let after = sights.get(i + 1);
            let beside =
                before.is_some_and(|s| s.form.has_capital()) || after.is_some_and(|s| s.form.has_capital());
            let lists = |s: Option<&Sight>| s.map_or(0, |s| s.lists);
            let in_run = sights.get(run.clone()).unwrap_or_default();
            let mut found = 0;
            let mut add = |bit: u16, holds: bool| found |= if holds { bit } else { 0 };
            add(INNER, !sight.first);
            add(PERSON, lists(before) & TITLES != 0);
            add(PERSON, lists(before) & FIRST_NAMES != 0 && before.is_some_and(|s| s.form.has_capital()));
            add(ORGANISATION, in_run.iter().any(|s| s.lists & ORGANISATION_WORDS != 0));
            add(SAYS, lists(after) & SAYING != 0);
            add(PLACE, (lists(before) | lists(after)) & PLACE_WORDS != 0);
            add(LONGER, beside);
            if let Some(hint) = hints.at(own.form.word) {
                *hint |= found;
            }
        }
    }
    for sight in sentences.flatten().filter(|s| s.form.made_of() == made_of::LOWER) {
        if let Some(hint) = hints.known(sight.form.word) {
            *hint |= SMALL;
        }
    }
}

/// Where a run of capitals ends that begins at `i`; single small words may lie between.
fn end_of_run(sights: &[Sight], i: usize) -> usize {
    let capital = |n: usize| sights.get(n).is_some_and(|s| s.form.has_capital());
    let small = |n: usize| sights.get(n).is_some_and(|s| s.form.made_of() == made_of::LOWER);
    let mut end = i + 1;
    while end < i + LONGEST {
        if capital(end) {
            end += 1;
        } else if small(end) && capital(end + 1) {
            end += 2;
        } else if small(end) && small(end + 1) && capital(end + 2) {
            end += 3;
        } else {
            break;
        }
    }
    end
}

/// Marks the words among `shouted`, which is sorted, that are made of the first letters of a name and of its ends,
/// with and without its small words.
fn note_acronyms(name: &[Sight], shouted: &[u64], hints: &mut Hints) {
    if name.len() < 2 || shouted.is_empty() {
        return;
    }
    for start in 0..name.len() - 1 {
        let Some(rest) = name.get(start..).filter(|r| r.first().is_some_and(|s| s.form.has_capital())) else {
            continue;
        };
        for with_small in [false, true] {
            let mut letters = [0; LONGEST + 3];
            let mut count = 0;
            for sight in rest.iter().filter(|s| with_small || s.form.has_capital()) {
                if let Some(place) = letters.get_mut(count) {
                    *place = sight.form.prefix(1) as u8;
                    count += 1;
                }
            }
            let letters = letters.get(..count).unwrap_or_default();
            if count >= 2
                && letters.is_ascii()
                && let Ok(letters) = std::str::from_utf8(letters)
                && let word = Form::new(letters).word
                && shouted.binary_search(&word).is_ok()
                && let Some(hint) = hints.at(word)
            {
                *hint |= ACRONYM;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sights(words: &[&str]) -> Vec<Sight> {
        let sight = |(n, w): (usize, &&str)| Sight { form: Form::new(w), first: n == 0, ..Sight::default() };
        words.iter().enumerate().map(sight).collect()
    }

    #[test]
    fn the_whole_text_counts() {
        let first = sights(&["Rain", "fell", "on", "Oslo", "."]);
        let second =
            sights(&["The", "Union", "of", "Rail", "Workers", "(", "URW", ")", "likes", "rain", "."]);
        let mut hints = Hints::default();
        gather([first.as_slice(), second.as_slice()].into_iter(), &mut hints);
        let of = |word: &str| hints.get(Form::new(word).word).copied().unwrap_or_default();
        assert_eq!(of("Rain"), SMALL);
        assert_eq!(of("Oslo"), INNER);
        assert_eq!(of("URW") & ACRONYM, ACRONYM);
        assert_eq!(of("union") & ACRONYM, 0);
        assert_eq!(of("fell"), 0);
    }
}
