//! What a token looks like, as numbers that features are made of.
//!
//! Letters are folded (lower case, straight apostrophe, digits as one digit), so that a word keeps its number
//! whatever its case; the case goes into the shape. Used alike in training and in reading.

use crate::lang::form::{Mood, Tense, VerbForm};
use crate::lang::{Lexicon, WordId};
use crate::text::Text;

/// A token as features see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// Hash of the folded letters.
    pub word: u64,
    /// The last eight folded bytes, the last one lowest.
    tail: u64,
    /// The first four folded bytes, the first one lowest.
    head: u32,
    /// Case, digits, marks: bits below.
    pub shape: u16,
    /// What the word lists know it to be, one bit per verb form, mood and tense, and one for the rest.
    pub listed: u16,
    /// The cluster of the word; 0 until it is marked, and where there is none.
    pub cluster: u16,
}

/// The lowest three bits of a shape: what the token is made of.
pub(crate) mod made_of {
    pub const LOWER: u16 = 0;
    pub const CAPITAL: u16 = 1;
    pub const UPPER: u16 = 2;
    pub const MIXED: u16 = 3;
    pub const SHORT_NUMBER: u16 = 4;
    pub const YEAR_LIKE: u16 = 5;
    pub const NUMBER: u16 = 6;
    pub const MARK: u16 = 7;
}

const HYPHEN: u16 = 8;
const DIGIT: u16 = 16;
const DOT: u16 = 32;
const SINGLE: u16 = 64;
const APOSTROPHE: u16 = 128;

const K: u64 = 0x9e37_79b9_7f4a_7c15;

impl Form {
    /// What stands before the first token and after the last one.
    pub const NONE: Form = Form { word: 0, tail: 0, head: 0, shape: 0, listed: 0, cluster: 0 };

    /// The form of `token`, letters as written.
    pub fn new(token: &str) -> Self {
        let mut form = Form::default();
        let mut count = 0u32;
        let (mut letters, mut upper, mut digits) = (0u32, 0u32, 0u32);
        let mut first_upper = false;
        let mut bytes = 0u32;
        let mut word = 0u64;
        let mut add = |b: u8, form: &mut Form| {
            form.tail = form.tail << 8 | u64::from(b);
            if bytes < 4 {
                form.head |= u32::from(b) << (8 * bytes);
            }
            bytes += 1;
            word = (word.rotate_left(5) ^ u64::from(b)).wrapping_mul(K);
        };
        for c in token.chars() {
            count += 1;
            match c {
                'a'..='z' => {
                    letters += 1;
                    add(c as u8, &mut form);
                }
                'A'..='Z' => {
                    letters += 1;
                    upper += 1;
                    first_upper |= count == 1;
                    add(c as u8 | 32, &mut form);
                }
                '0'..='9' => {
                    digits += 1;
                    add(b'0', &mut form);
                }
                '-' | '\u{2010}' | '\u{2011}' => {
                    form.shape |= HYPHEN;
                    add(b'-', &mut form);
                }
                '\'' | '\u{2019}' | '\u{2bc}' => {
                    form.shape |= APOSTROPHE;
                    add(b'\'', &mut form);
                }
                '.' => {
                    form.shape |= DOT;
                    add(b'.', &mut form);
                }
                _ if c.is_ascii() => add(c as u8, &mut form),
                _ => {
                    if c.is_alphabetic() {
                        letters += 1;
                        let up = c.is_uppercase();
                        upper += u32::from(up);
                        first_upper |= up && count == 1;
                    }
                    for l in c.to_lowercase() {
                        let mut buffer = [0; 4];
                        l.encode_utf8(&mut buffer).bytes().for_each(|b| add(b, &mut form));
                    }
                }
            }
        }
        form.word = word ^ word >> 32;
        form.shape |= if letters == 0 && digits == 0 {
            made_of::MARK
        } else if letters == 0 {
            match digits {
                1 | 2 => made_of::SHORT_NUMBER,
                4 if count == 4 => made_of::YEAR_LIKE,
                _ => made_of::NUMBER,
            }
        } else if upper == 0 {
            made_of::LOWER
        } else if first_upper && upper == 1 {
            made_of::CAPITAL
        } else if upper == letters {
            made_of::UPPER
        } else {
            made_of::MIXED
        };
        if letters > 0 && digits > 0 {
            form.shape |= DIGIT;
        }
        if count == 1 {
            form.shape |= SINGLE;
        }
        form
    }

    /// The form of token `i` of a text, with what the word lists know of it.
    pub fn of(text: &Text<'_>, i: usize) -> Self {
        let mut form = Form::new(text.str(i));
        form.listed = listed(text.lang.lexicon(), text.word(i));
        form
    }

    /// The last `n` bytes.
    pub fn suffix(&self, n: u32) -> u64 {
        self.tail & (u64::MAX >> (64 - 8 * n.clamp(1, 8)))
    }

    /// The first `n` bytes, at most four.
    pub fn prefix(&self, n: u32) -> u64 {
        u64::from(self.head & (u32::MAX >> (32 - 8 * n.clamp(1, 4))))
    }

    /// The first `n` steps to its cluster, at most 16.
    pub fn steps(&self, n: u32) -> u64 {
        u64::from(self.cluster & (u16::MAX >> (16 - n.clamp(1, 16))))
    }

    /// What it is made of; see [`made_of`].
    pub fn made_of(&self) -> u16 {
        self.shape & 7
    }

    /// Has a capital letter.
    pub fn has_capital(&self) -> bool {
        matches!(self.made_of(), made_of::CAPITAL | made_of::UPPER | made_of::MIXED)
    }
}

/// What the lists that are inflected know a word to be.
pub(crate) fn listed(lexicon: &Lexicon, word: WordId) -> u16 {
    lexicon.shapes(word).fold(0, |bits, s| bits | 1 << listed_bit(s.verb, s.mood, s.tense))
}

/// The bit of [`Form::listed`] that stands for a verb form; 0 for other words.
pub(crate) fn listed_bit(verb: Option<VerbForm>, mood: Option<Mood>, tense: Option<Tense>) -> usize {
    match (verb, mood, tense) {
        (None, _, _) => 0,
        (Some(VerbForm::Inf), _, _) => 1,
        (Some(VerbForm::Part), _, Some(Tense::Past)) => 2,
        (Some(VerbForm::Part), _, _) => 3,
        (_, Some(Mood::Sub), _) => 4,
        (_, Some(Mood::Cnd), _) => 5,
        (_, Some(Mood::Imp), _) => 6,
        (_, _, Some(Tense::Imp)) => 7,
        (_, _, Some(Tense::Past)) => 8,
        (_, _, Some(Tense::Fut)) => 9,
        _ => 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_apart_from_the_word() {
        let (a, b, c) = (Form::new("Été"), Form::new("été"), Form::new("ÉTÉ"));
        assert_eq!((a.word, b.word), (b.word, c.word));
        assert_eq!(a.made_of(), made_of::CAPITAL);
        assert_eq!(b.made_of(), made_of::LOWER);
        assert_eq!(c.made_of(), made_of::UPPER);
        assert_eq!(Form::new("L’").word, Form::new("l'").word);
    }

    #[test]
    fn ends() {
        let form = Form::new("partait");
        assert_eq!(form.suffix(3), Form::new("disait").suffix(3));
        assert_ne!(form.suffix(4), Form::new("disait").suffix(4));
        assert_eq!(form.prefix(3), Form::new("parti").prefix(3));
        assert_eq!(Form::new("2016").made_of(), made_of::YEAR_LIKE);
    }
}
