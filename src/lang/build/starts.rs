//! Which rules can match where: a table by the first two tokens, so that a text is passed over where no rule
//! can begin.
//!
//! A token counts by what the rules ask of it: words that fill the same places in all of them share a row and
//! a column. A cell holds every rule with a match that begins with such two tokens, and at most a few others.

use crate::steps::{Program, Step, takes_token};
use crate::words::{Classes, Lists};
use std::collections::{BTreeMap, BTreeSet};

/// What a rule asks of a token.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ask {
    /// To be this word.
    Word(u32),
    /// To be of this class by itself.
    Class(usize),
    /// To begin a reading of this class.
    Begins(usize),
    /// To be digits.
    Digits,
    /// Nothing: the match may have ended before it.
    Nothing,
}

/// The first token of a match and the second one.
type Pair = (Ask, Ask);

/// A set of rules.
type Set = Vec<u64>;

/// The table.
pub struct Starts {
    /// Row and column of each word.
    words: Vec<(u16, u16)>,
    /// Row and column of digits.
    digits: (u16, u16),
    columns: usize,
    /// Number of a set for each row and column.
    cells: Vec<u16>,
    sets: Vec<Set>,
    /// The rules of each category.
    given: Vec<Set>,
}

impl Starts {
    /// Makes the table of compiled rules, each with the category it gives. Fails with the number of a rule
    /// that begins with its own category.
    pub fn of(rules: &[(usize, Program)], lists: &Lists, classes: &Classes) -> Result<Starts, usize> {
        let mut walk = Walk { rules, lists, classes, pairs: BTreeMap::new(), open: BTreeSet::new() };
        let mut asked: BTreeMap<Ask, BTreeMap<Ask, Set>> = BTreeMap::new();
        let width = rules.len().div_ceil(64);
        let add = |set: &mut Set, rule: usize| {
            set.resize(width, 0);
            set[rule / 64] |= 1 << (rule % 64);
        };
        for rule in 0..rules.len() {
            for (first, second) in walk.rule(rule)? {
                add(asked.entry(first).or_default().entry(second).or_default(), rule);
            }
        }
        let seconds: BTreeSet<Ask> = asked.values().flat_map(|by_second| by_second.keys().copied()).collect();
        let mut rows = Groups::new(asked.keys().copied(), lists);
        let mut columns = Groups::new(seconds.into_iter(), lists);
        let words = (0..lists.len() as u32).map(|word| (rows.word(word), columns.word(word))).collect();
        let digits = (rows.number(&[Ask::Digits]), columns.number(&[Ask::Digits]));
        let (mut cells, mut sets) = (Vec::new(), vec![vec![0; width]]);
        for row in &rows.groups {
            for column in &columns.groups {
                let mut set = vec![0; width];
                for (second, rules) in row.iter().filter_map(|first| asked.get(first)).flatten() {
                    if *second == Ask::Nothing || column.contains(second) {
                        set.iter_mut().zip(rules).for_each(|(to, from)| *to |= from);
                    }
                }
                let known = sets.iter().position(|s| *s == set);
                cells.push(known.unwrap_or_else(|| {
                    sets.push(set);
                    sets.len() - 1
                }) as u16);
            }
        }
        let categories = rules.iter().map(|(given, _)| given + 1).max().unwrap_or(0);
        let mut given = vec![vec![0; width]; categories];
        for (number, (category, _)) in rules.iter().enumerate() {
            add(&mut given[*category], number);
        }
        Ok(Starts { words, digits, columns: columns.groups.len(), cells, sets, given })
    }

    /// Rust code of its small parts.
    pub fn code(&self) -> String {
        let list = |sets: &[Set]| -> String { sets.iter().map(|set| format!("&{set:?}, ")).collect() };
        format!(
            "words: {}, digits: {:?}, columns: {}, sets: &[{}], given: &[{}]",
            self.words.len(),
            self.digits,
            self.columns,
            list(&self.sets),
            list(&self.given)
        )
    }

    /// Its large parts: row and column of each word, then the cells.
    pub fn bytes(&self) -> Vec<u8> {
        let words = self.words.iter().flat_map(|(row, column)| [*row, *column]);
        words.chain(self.cells.iter().copied()).flat_map(u16::to_le_bytes).collect()
    }
}

/// Tokens that the same is asked of, by number; number 0 is a token of which nothing is asked.
struct Groups {
    asked: BTreeMap<u32, Vec<Ask>>,
    groups: Vec<Vec<Ask>>,
}

impl Groups {
    fn new(asks: impl Iterator<Item = Ask>, lists: &Lists) -> Groups {
        let mut asked: BTreeMap<u32, Vec<Ask>> = BTreeMap::new();
        for ask in asks {
            let words = match ask {
                Ask::Word(word) => BTreeSet::from([word]),
                Ask::Class(class) => lists.in_class(class),
                Ask::Begins(class) => {
                    let openings = lists.openings(class);
                    lists.in_class(class).into_iter().chain(openings.into_iter().map(|(w, _)| w)).collect()
                }
                Ask::Digits | Ask::Nothing => BTreeSet::new(),
            };
            for word in words {
                asked.entry(word).or_default().push(ask);
            }
        }
        Groups { asked, groups: vec![Vec::new()] }
    }

    fn word(&mut self, word: u32) -> u16 {
        let asks = self.asked.remove(&word).unwrap_or_default();
        self.number(&asks)
    }

    fn number(&mut self, asks: &[Ask]) -> u16 {
        let known = self.groups.iter().position(|g| g == asks);
        known.unwrap_or_else(|| {
            self.groups.push(asks.to_vec());
            self.groups.len() - 1
        }) as u16
    }
}

/// Goes through the steps of rules as far as two tokens.
struct Walk<'a> {
    rules: &'a [(usize, Program)],
    lists: &'a Lists,
    classes: &'a Classes,
    /// What is known of a rule.
    pairs: BTreeMap<usize, BTreeSet<Pair>>,
    /// Rules that are being looked at.
    open: BTreeSet<usize>,
}

impl Walk<'_> {
    /// The pairs of tokens that a match of a rule can begin with.
    fn rule(&mut self, rule: usize) -> Result<BTreeSet<Pair>, usize> {
        if let Some(known) = self.pairs.get(&rule) {
            return Ok(known.clone());
        }
        if !self.open.insert(rule) {
            return Err(rule);
        }
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        // A step to go on from, and the token before it.
        let mut ways: Vec<(usize, Option<Ask>)> = vec![(0, None)];
        while let Some((at, first)) = ways.pop() {
            if !seen.insert((at, first)) {
                continue;
            }
            let step = self.rules[rule].1.steps[at];
            match step {
                Step::Split(a, b) => ways.extend([(a, first), (b, first)]),
                Step::Jump(to) | Step::Not(to) => ways.push((to, first)),
                Step::Open | Step::Close => ways.push((at + 1, first)),
                Step::Shape(shape, _) if !takes_token(shape) => ways.push((at + 1, first)),
                Step::Accept => found.extend(first.map(|first| (first, Ask::Nothing))),
                Step::Word(_) | Step::Class(..) | Step::Shape(..) | Step::Category(..) => match first {
                    Some(first) => found.extend(self.begins(step).into_iter().map(|ask| (first, ask))),
                    None => {
                        for (one, next) in self.taken(step)? {
                            if next == Ask::Nothing {
                                ways.push((at + 1, Some(one)));
                            } else {
                                found.insert((one, next));
                            }
                        }
                    }
                },
            }
        }
        self.open.remove(&rule);
        self.pairs.insert(rule, found.clone());
        Ok(found)
    }

    /// The pairs of tokens that a step can take; with nothing as the second when it can take one alone.
    fn taken(&mut self, step: Step) -> Result<BTreeSet<Pair>, usize> {
        let mut found = BTreeSet::new();
        match step {
            Step::Word(word) => {
                found.insert((Ask::Word(word), Ask::Nothing));
            }
            Step::Class(class, _) => {
                found.insert((Ask::Class(class), Ask::Nothing));
                let openings = self.lists.openings(class).into_iter();
                found.extend(openings.map(|(first, second)| (Ask::Word(first), Ask::Word(second))));
            }
            Step::Shape(shape, _) => {
                found.insert((Ask::Digits, Ask::Nothing));
                if let Some(word) = self.number_word(shape) {
                    let joint = self.classes.find("time.number_joint").map(|joint| (word, Ask::Class(joint)));
                    found.extend([(word, Ask::Nothing), (word, word)]);
                    found.extend(joint);
                }
            }
            Step::Category(category, _) => {
                for rule in 0..self.rules.len() {
                    if self.rules[rule].0 == category {
                        found.extend(self.rule(rule)?);
                    }
                }
            }
            _ => {}
        }
        Ok(found)
    }

    /// What numbers in words begin with, for the shape that takes them.
    fn number_word(&self, shape: &str) -> Option<Ask> {
        self.classes.find("time.number").filter(|_| shape == "Num").map(Ask::Class)
    }

    /// What a step can begin with.
    fn begins(&self, step: Step) -> BTreeSet<Ask> {
        let mut found = BTreeSet::new();
        let (mut steps, mut seen) = (vec![step], BTreeSet::new());
        while let Some(step) = steps.pop() {
            match step {
                Step::Word(word) => {
                    found.insert(Ask::Word(word));
                }
                Step::Class(class, _) => {
                    found.insert(Ask::Begins(class));
                }
                Step::Shape(shape, _) => {
                    found.insert(Ask::Digits);
                    found.extend(self.number_word(shape));
                }
                Step::Category(category, _) if seen.insert(category) => {
                    for (_, program) in self.rules.iter().filter(|(given, _)| *given == category) {
                        steps.extend(program.leading());
                    }
                }
                _ => {}
            }
        }
        found
    }
}
