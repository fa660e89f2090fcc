//! Compiled rules: patterns over tokens, and what a match means.
//!
//! The build script writes them as static data from the `.rules` files; nothing is parsed at run time. The
//! grammar of the files is in `src/lang/README.md`. A rule is found by the word its match begins with, so
//! that text without such words costs nothing.

use super::{Class, WordId};

/// A capture that nobody asked for.
pub const NO_SLOT: u8 = u8::MAX;
/// Most captures of one rule.
pub const SLOTS: usize = 10;

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

/// What a match means: an operation of the stage that reads it, applied to captures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Term {
    /// An operation with its arguments.
    Call(&'static str, &'static [Term]),
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
    /// Rules that can begin with a number.
    pub(crate) numbers: &'static [u16],
    /// For each word the place of its first rule (`u32`, one more than words), then rule numbers (`u16`).
    pub(crate) starts: &'static [u8],
    /// Number of words in `starts`.
    pub(crate) words: u32,
}

impl RuleSet {
    /// The rules that can begin with `word`, in order.
    pub fn starting(&self, word: WordId) -> impl Iterator<Item = u16> + use<> {
        let starts = self.starts;
        let offset = |n: u32| -> usize {
            match starts.get(n as usize * 4..n as usize * 4 + 4) {
                Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]) as usize,
                _ => 0,
            }
        };
        let range = if word.0 < self.words { offset(word.0)..offset(word.0 + 1) } else { 0..0 };
        let base = (self.words as usize + 1) * 4;
        starts.get(base + range.start * 2..base + range.end * 2).unwrap_or_default().chunks_exact(2).map(
            |pair| {
                u16::from_le_bytes([pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0)])
            },
        )
    }

    /// The rules that can begin with a number, in order.
    pub fn starting_with_number(&self) -> &'static [u16] {
        self.numbers
    }
}
