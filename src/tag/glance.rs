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

/// Slots of the table.
const SLOTS: usize = 8192;
/// Letters of a token that is kept, in words of the machine; the last byte tells how many there are.
const LETTERS: usize = 2;

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
    slots: Vec<Kept>,
}

impl Default for Memo {
    fn default() -> Self {
        Memo { slots: vec![Kept::default(); SLOTS] }
    }
}

impl Memo {
    /// Looks at the tokens `range` of a text.
    pub fn glance(&mut self, text: &Text<'_>, range: Range<usize>, tagger: &Tagger<'_>, all: &mut Glances) {
        all.clear();
        for i in range {
            let packed = pack(text.str(i));
            let slot = packed.and_then(|letters| self.slots.get_mut(place(letters)));
            match (packed, slot) {
                (Some(letters), Some(slot)) => {
                    if slot.letters != letters {
                        *slot = Kept::find(text, i, letters, tagger);
                    }
                    all.push(slot);
                }
                _ => all.push(&Kept::find(text, i, [0; LETTERS], tagger)),
            }
        }
    }
}

/// The letters of a token in words of the machine; none for a long one.
fn pack(token: &str) -> Option<[u64; LETTERS]> {
    let mut bytes = [0u8; 8 * LETTERS];
    let (last, letters) = bytes.split_last_mut()?;
    letters.get_mut(..token.len())?.copy_from_slice(token.as_bytes());
    *last = token.len() as u8;
    let (words, _) = bytes.as_chunks::<8>();
    let mut packed = [0; LETTERS];
    packed.iter_mut().zip(words).for_each(|(place, word)| *place = u64::from_le_bytes(*word));
    Some(packed)
}

fn place(letters: [u64; LETTERS]) -> usize {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed = letters.iter().fold(0u64, |hash, word| (hash.rotate_left(23) ^ word).wrapping_mul(K));
    (mixed >> 40) as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_fills_a_line_and_no_token_looks_empty() {
        assert_eq!(size_of::<Kept>(), 64);
        assert_ne!(pack("a"), Some([0; LETTERS]));
        assert_ne!(pack("a"), pack("a\0"));
        assert!(pack("administrations").is_some() && pack("administrational").is_none());
    }
}
