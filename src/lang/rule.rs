//! Compiled rules: patterns over tokens, and what a match means.
//!
//! The build script writes them as static data from the `.rules` files; nothing is parsed at run time. The
//! grammar of the files is in `src/lang/README.md`. A rule is found by the three tokens its match begins with,
//! so that text without such tokens costs next to nothing.

use super::{Class, WordId};

/// A capture that nobody asked for.
pub const NO_SLOT: u8 = u8::MAX;
/// The shape of a number token that a rule asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Plain digits, 1 to 31, at most two of them.
    Dom,
    /// Plain digits, 1 to 12, at most two of them.
    Mon,
    /// Four plain digits, 1000 to 2999.
    Year,
    /// Four plain digits, 1800 to 2099.
    Recent,
    /// Two plain digits.
    Two,
    /// Four plain digits that can be hours and minutes.
    Hhmm,
    /// Plain digits, at most two.
    Hour,
    /// Two plain digits, 00 to 59.
    Minute,
    /// Hours and minutes or seconds with a mark between: `14.30`.
    Clock,
    /// A whole date with marks between: `12.03.2016`.
    Dotted,
    /// Plain digits.
    Int,
    /// Any number, in digits or in words.
    Num,
    /// Any word with a capital; a rule may not begin with it.
    Name,
    /// Nothing: the next token follows without a space.
    Glued,
    /// Nothing: the next token begins with a capital.
    Capital,
    /// Nothing: the next token begins with a small letter.
    Small,
    /// Nothing: the match stands at the start of a sentence.
    Start,
    /// Nothing: the sentence ends here.
    End,
}

/// One step of a compiled pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// This word.
    Word(WordId),
    /// The longest expression of a class, kept in a slot.
    Class(Class, u8),
    /// A number of this shape, kept in a slot.
    Shape(Shape, u8),
    /// A match of a rule of this category, kept in a slot.
    Category(u8, u8),
    /// Go on here and there.
    Split(u16, u16),
    /// Go on there.
    Jump(u16),
    /// The steps up to there, which end with `Accept`, must not match here.
    Not(u16),
    /// What the rule names begins.
    Open,
    /// What the rule names ends.
    Close,
    /// The pattern has matched.
    Accept,
}

/// An operation that rules name. The constants in [`super::operation`] are made from the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation(pub(crate) u8);

/// What a match means: an operation of the stage that reads it, applied to captures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Term {
    /// An operation with its arguments.
    Call(Operation, &'static [Term]),
    /// A capture, by slot.
    Slot(u8),
    /// A number.
    Int(i32),
    /// A name that the operation knows.
    Name(&'static str),
}

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, unique in its file.
    pub name: &'static str,
    /// The category of what it finds.
    pub gives: u8,
    /// How many captures it has.
    pub slots: u8,
    /// Its pattern.
    pub steps: &'static [Step],
    /// What a match means.
    pub means: Term,
}

/// All rules of one file.
#[derive(Debug)]
pub struct RuleSet {
    /// Names of the categories; the first is the one that the stage looks for.
    pub categories: &'static [&'static str],
    /// Rules in the order of the file.
    pub rules: &'static [Rule],
    /// Number of words in `starts`.
    pub(crate) words: u32,
    /// What stands for digits in `starts`.
    pub(crate) digits: (u16, u16),
    /// Number of columns in `starts`.
    pub(crate) columns: usize,
    /// Number of pairs of a row and a column in `starts`.
    pub(crate) pairs: usize,
    /// The sets of rules that `starts` names; bit by bit, in the order of the file.
    pub(crate) sets: &'static [&'static [u64]],
    /// For each category the rules that give it.
    pub(crate) given: &'static [&'static [u64]],
    /// Row and column of each word, then a state for each row and column, then a set for each state and column:
    /// numbers, `u16` each.
    pub(crate) starts: &'static [u8],
}

/// What a token is for the beginning of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    row: u16,
    column: u16,
}

impl Role {
    /// A token that no rule begins with or asks for as its second, and the end of a sentence.
    pub const NONE: Role = Role { row: 0, column: 0 };

    /// False when no rule begins with it.
    pub fn begins(self) -> bool {
        self.row != 0
    }
}

impl RuleSet {
    /// The role of a word.
    pub fn word(&self, word: WordId) -> Role {
        let at = word.0 as usize * 4;
        match self.starts.get(at..at + 4) {
            Some(&[a, b, c, d]) if word.0 < self.words => {
                Role { row: u16::from_le_bytes([a, b]), column: u16::from_le_bytes([c, d]) }
            }
            _ => Role::NONE,
        }
    }

    /// The role of a number in digits.
    pub fn digits(&self) -> Role {
        Role { row: self.digits.0, column: self.digits.1 }
    }

    /// What the first two tokens leave open; 0 when no rule begins with them.
    pub fn state(&self, first: Role, second: Role) -> u16 {
        self.cell(usize::from(first.row) * self.columns + usize::from(second.column))
    }

    /// The rules that may match where two tokens gave this state and the third one stands: a set, to be asked
    /// by [`RuleSet::among`]; 0 when there are none.
    pub fn starting(&self, state: u16, third: Role) -> u16 {
        self.cell(self.pairs + usize::from(state) * self.columns + usize::from(third.column))
    }

    fn cell(&self, cell: usize) -> u16 {
        let at = self.words as usize * 4 + cell * 2;
        match self.starts.get(at..at + 2) {
            Some(&[a, b]) => u16::from_le_bytes([a, b]),
            _ => 0,
        }
    }

    /// The rules of a set that give a category, in the order of the file.
    pub fn among(&self, set: u16, category: u8) -> impl Iterator<Item = u16> + use<> {
        let set = self.sets.get(usize::from(set)).copied().unwrap_or_default();
        let given = self.given.get(usize::from(category)).copied().unwrap_or_default();
        set.iter().zip(given).zip(0u16..).flat_map(|((set, given), block)| {
            let mut rest = set & given;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(block * 64 + bit as u16)
            })
        })
    }
}
