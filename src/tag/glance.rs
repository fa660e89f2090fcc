//! What the tokens of a sentence tell each by itself: form, tags they can have, lists of names, names of places
//! that begin with them.
//!
//! Few different words make up most of a text: what was found for one is kept in a table of fixed size. What is
//! kept follows from the letters alone, so that it is the same whether it was kept or found anew.

use super::form::Form;
use super::known_place::Start;
use super::names_of;
use super::tagger::Tagger;
use crate::lang::WordId;
use crate::text::Text;
use std::ops::Range;
use std::rc::Rc;

/// Pairs of slots of the table.
const PAIRS: usize = 4096;
/// Letters of a token that is kept, in words of the machine; the last byte tells how many there are.
const LETTERS: usize = 2;
/// The same in bytes.
const SIZE: usize = 8 * LETTERS;

/// What the tokens of a sentence tell, side by side.
#[derive(Debug, Default)]
pub(crate) struct Glances {
    /// Their forms.
    pub forms: Vec<Form>,
    /// The numbers of their lists of tags.
    pub lists: Vec<u32>,
    /// The lists of names they are in.
    pub names: Vec<u16>,
    /// Names of places that begin with them.
    pub places: Vec<Option<Rc<Start>>>,
}

impl Glances {
    fn clear(&mut self) {
        self.forms.clear();
        self.lists.clear();
        self.names.clear();
        self.places.clear();
    }

    fn push(&mut self, kept: &Kept) {
        self.forms.push(kept.form);
        self.lists.push(kept.list);
        self.names.push(kept.names);
        self.places.push(kept.place.clone());
    }
}

/// What was found for one token, as long as a line of the machine's cache: looking it up waits for one.
#[derive(Clone, Debug, Default)]
#[repr(align(64))]
struct Kept {
    /// Zeros for none.
    letters: [u64; LETTERS],
    form: Form,
    list: u32,
    names: u16,
    place: Option<Rc<Start>>,
}

impl Kept {
    fn find(text: &Text<'_>, i: usize, letters: [u64; LETTERS], tagger: &Tagger<'_>) -> Kept {
        let mut form = Form::of(text, i);
        form.cluster = tagger.clusters.of(form.word);
        let word = text.word(i);
        Kept {
            letters,
            form,
            list: tagger.words.list_of(&form),
            names: if word == WordId::NONE { 0 } else { names_of(text.lang.lexicon(), word) },
            place: if form.has_capital() { Start::new(text.str(i)).map(Rc::new) } else { None },
        }
    }
}

/// What was found for the words met last, for one language and one tagger.
#[derive(Debug)]
pub(crate) struct Memo {
    /// The two words met last of all that have one place.
    pairs: Vec<[Kept; 2]>,
}

impl Default for Memo {
    fn default() -> Self {
        Memo { pairs: vec![<[Kept; 2]>::default(); PAIRS] }
    }
}

impl Memo {
    /// Looks at the tokens `range` of a text.
    pub fn glance(&mut self, text: &Text<'_>, range: Range<usize>, tagger: &Tagger<'_>, all: &mut Glances) {
        all.clear();
        for i in range {
            let packed = pack(text, i);
            let pair = packed.and_then(|letters| self.pairs.get_mut(place(letters)));
            match (packed, pair) {
                (Some(letters), Some([lately, before])) => {
                    if lately.letters != letters {
                        std::mem::swap(lately, before);
                        if lately.letters != letters {
                            *lately = Kept::find(text, i, letters, tagger);
                        }
                    }
                    all.push(lately);
                }
                _ => all.push(&Kept::find(text, i, [0; LETTERS], tagger)),
            }
        }
    }
}

/// The letters of token `i` in words of the machine, and in the last byte how many there are; none for a long one.
fn pack(text: &Text<'_>, i: usize) -> Option<[u64; LETTERS]> {
    let span = text.tokens.get(i)?.span;
    let len = span.end.checked_sub(span.start).filter(|len| *len < SIZE as u32)?;
    let rest = text.source.as_bytes().get(span.start as usize..)?;
    // Letters are read in one go where the text goes on far enough.
    let whole = match rest.first_chunk::<SIZE>() {
        Some(whole) => u128::from_le_bytes(*whole),
        None => rest.iter().rev().fold(0, |all, byte| all << 8 | u128::from(*byte)),
    };
    let letters = whole & ((1 << (8 * len)) - 1) | u128::from(len) << (8 * (SIZE - 1));
    Some([letters as u64, (letters >> 64) as u64])
}

fn place(letters: [u64; LETTERS]) -> usize {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed = letters.iter().fold(0u64, |hash, word| (hash.rotate_left(23) ^ word).wrapping_mul(K));
    (mixed >> 40) as usize % PAIRS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn what_is_kept_fills_a_line_and_no_token_looks_empty() {
        assert_eq!(size_of::<Kept>(), 64);
        let pack = |source: &str| pack(&Text::new(source, Lang::all().next().unwrap()), 0);
        assert_ne!(pack("a"), Some([0; LETTERS]));
        assert_eq!(pack("a"), pack("a rather long text"));
        assert_ne!(pack("a"), pack("ab"));
        assert!(pack("administrations").is_some() && pack("administrational").is_none());
    }
}
