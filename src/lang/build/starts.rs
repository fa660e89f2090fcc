//! Which rules can match where: a table by the first three tokens, so that a text is passed over where no rule
//! can begin.
//!
//! A token counts by what the rules ask of it: words that fill the same places in all of them share a row and
//! a column. The first two tokens give a state, the state and the third token a set of rules: every rule with a
//! match that begins with such three tokens, and at most a few others.

use crate::steps::{Program, Step, takes_token};
use crate::words::{Classes, Lists};
use std::collections::{BTreeMap, BTreeSet};

/// What a rule asks of a token.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ask {
    /// Nothing: the match may have ended before it.
    Nothing,
    /// To be this word.
    Word(u32),
    /// To be of this class by itself.
    Class(u16),
    /// To be digits.
    Digits,
}

/// Tokens that are looked at.
const REACH: usize = 3;

/// The first tokens of a match, as many as are looked at, or all of them.
type Opening = Vec<Ask>;

/// A set of rules.
type Set = Vec<u64>;

/// The table.
pub struct Starts {
    /// Row and column of each word.
    words: Vec<(u16, u16)>,
    /// Row and column of digits.
    digits: (u16, u16),
    columns: usize,
    /// Number of a state for each row and column.
    states: Vec<u16>,
    /// Number of a set for each state and column.
    cells: Vec<u16>,
    sets: Vec<Set>,
    /// The rules of each category.
    given: Vec<Set>,
}

impl Starts {
    /// Makes the table of compiled rules, each with the category it gives. Fails with the number of a rule
    /// that begins with its own category.
    pub fn of(rules: &[(usize, Program)], lists: &Lists, classes: &Classes) -> Result<Starts, usize> {
        let width = rules.len().div_ceil(64);
        let add = |set: &mut Set, rule: usize| {
            set.resize(width, 0);
            set[rule / 64] |= 1 << (rule % 64);
        };
        let mut walk = Walk { rules, lists, classes, known: BTreeMap::new(), open: BTreeSet::new() };
        // By first token, second token and third token.
        let mut asked: BTreeMap<Ask, BTreeMap<Ask, BTreeMap<Ask, Set>>> = BTreeMap::new();
        for rule in 0..rules.len() {
            for opening in walk.rule(rule, REACH)? {
                let [first, second, third] =
                    [0, 1, 2].map(|n| opening.get(n).copied().unwrap_or(Ask::Nothing));
                let seconds = asked.entry(first).or_default();
                add(seconds.entry(second).or_default().entry(third).or_default(), rule);
            }
        }
        let later = asked.values().flat_map(|s| s.iter().flat_map(|(s, t)| t.keys().chain([s])));
        let later: BTreeSet<Ask> = later.copied().collect();
        let mut rows = Groups::new(asked.keys().copied(), lists);
        let mut columns = Groups::new(later.into_iter(), lists);
        let words = (0..lists.len() as u32).map(|word| (rows.word(word), columns.word(word))).collect();
        let digits = (rows.number(&[Ask::Digits]), columns.number(&[Ask::Digits]));

        let mut states = Numbered::default();
        states.number(BTreeMap::new());
        let mut by_pair = Vec::new();
        for row in &rows.groups {
            for column in &columns.groups {
                let mut thirds: BTreeMap<Ask, Set> = BTreeMap::new();
                for seconds in row.iter().filter_map(|first| asked.get(first)) {
                    for found in [Ask::Nothing].iter().chain(column).filter_map(|second| seconds.get(second))
                    {
                        for (third, rules) in found {
                            let set = thirds.entry(*third).or_insert_with(|| vec![0; width]);
                            unite(set, rules);
                        }
                    }
                }
                by_pair.push(states.number(thirds));
            }
        }
        let mut sets = Numbered::default();
        sets.number(vec![0; width]);
        let mut cells = Vec::new();
        for thirds in &states.list {
            for column in &columns.groups {
                let mut set = vec![0; width];
                for rules in [Ask::Nothing].iter().chain(column).filter_map(|third| thirds.get(third)) {
                    unite(&mut set, rules);
                }
                cells.push(sets.number(set));
            }
        }
        let categories = rules.iter().map(|(given, _)| given + 1).max().unwrap_or(0);
        let mut given = vec![vec![0; width]; categories];
        for (number, (category, _)) in rules.iter().enumerate() {
            add(&mut given[*category], number);
        }
        let columns = columns.groups.len();
        Ok(Starts { words, digits, columns, states: by_pair, cells, sets: sets.list, given })
    }

    /// Rust code of its small parts.
    pub fn code(&self) -> String {
        let list = |sets: &[Set]| -> String { sets.iter().map(|set| format!("&{set:?}, ")).collect() };
        format!(
            "words: {}, digits: {:?}, columns: {}, pairs: {}, sets: &[{}], given: &[{}]",
            self.words.len(),
            self.digits,
            self.columns,
            self.states.len(),
            list(&self.sets),
            list(&self.given)
        )
    }

    /// Its large parts: row and column of each word, then the states, then the cells.
    pub fn bytes(&self) -> Vec<u8> {
        let words = self.words.iter().flat_map(|(row, column)| [*row, *column]);
        let numbers = words.chain(self.states.iter().copied()).chain(self.cells.iter().copied());
        numbers.flat_map(u16::to_le_bytes).collect()
    }
}

fn unite(to: &mut Set, from: &Set) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to |= from);
}

/// Things by number, equal ones once.
struct Numbered<T> {
    list: Vec<T>,
    known: BTreeMap<T, u16>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Numbered { list: Vec::new(), known: BTreeMap::new() }
    }
}

impl<T: Ord + Clone> Numbered<T> {
    fn number(&mut self, thing: T) -> u16 {
        if let Some(number) = self.known.get(&thing) {
            return *number;
        }
        let number = self.list.len() as u16;
        self.known.insert(thing.clone(), number);
        self.list.push(thing);
        number
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
                Ask::Class(class) => lists.in_class(class.into()),
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

/// Goes through the steps of rules as far as some tokens.
struct Walk<'a> {
    rules: &'a [(usize, Program)],
    lists: &'a Lists,
    classes: &'a Classes,
    /// What is known of a rule, as far as so many tokens.
    known: BTreeMap<(usize, usize), BTreeSet<Opening>>,
    /// Rules that are being looked at, as far as so many tokens.
    open: BTreeSet<(usize, usize)>,
}

impl Walk<'_> {
    /// The openings of the matches of a rule; those with fewer than `reach` tokens are whole matches.
    fn rule(&mut self, rule: usize, reach: usize) -> Result<BTreeSet<Opening>, usize> {
        if let Some(known) = self.known.get(&(rule, reach)) {
            return Ok(known.clone());
        }
        // What comes after a token is looked at less far, so only a rule that begins with itself comes back here.
        if !self.open.insert((rule, reach)) {
            return Err(rule);
        }
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        // A step to go on from, and the tokens before it.
        let mut ways: Vec<(usize, Opening)> = vec![(0, Opening::new())];
        while let Some((at, before)) = ways.pop() {
            if before.len() == reach {
                found.insert(before);
                continue;
            }
            if !seen.insert((at, before.clone())) {
                continue;
            }
            let step = self.rules[rule].1.steps[at];
            match step {
                Step::Split(a, b) => ways.extend([(a, before.clone()), (b, before)]),
                Step::Jump(to) | Step::Not(to) => ways.push((to, before)),
                Step::Open | Step::Close => ways.push((at + 1, before)),
                Step::Shape(shape, _) if !takes_token(shape) => ways.push((at + 1, before)),
                Step::Accept => {
                    found.insert(before);
                }
                Step::Word(_) | Step::Class(..) | Step::Shape(..) | Step::Category(..) => {
                    for taken in self.taken(step, reach - before.len())? {
                        ways.push((at + 1, [before.as_slice(), &taken].concat()));
                    }
                }
            }
        }
        self.open.remove(&(rule, reach));
        self.known.insert((rule, reach), found.clone());
        Ok(found)
    }

    /// The tokens that a step can take, at most `reach` of them.
    fn taken(&mut self, step: Step, reach: usize) -> Result<BTreeSet<Opening>, usize> {
        let mut found = BTreeSet::new();
        match step {
            Step::Word(word) => {
                found.insert(vec![Ask::Word(word)]);
            }
            Step::Class(class, _) => {
                found.insert(vec![Ask::Class(class as u16)]);
                let openings = self.lists.openings(class, reach).into_iter();
                found.extend(openings.map(|words| words.into_iter().map(Ask::Word).collect()));
            }
            // Any word can be a name.
            Step::Shape("Name", _) => {
                found.insert(vec![Ask::Nothing]);
            }
            Step::Shape(shape, _) => {
                found.insert(vec![Ask::Digits]);
                if shape == "Num" {
                    found.extend(self.numbers(reach));
                }
            }
            Step::Category(category, _) => {
                for rule in 0..self.rules.len() {
                    if self.rules[rule].0 == category {
                        found.extend(self.rule(rule, reach)?);
                    }
                }
            }
            _ => {}
        }
        Ok(found)
    }

    /// The openings of numbers in words.
    fn numbers(&self, reach: usize) -> Vec<Opening> {
        let class = |name: &str| self.classes.find(name).map(|class| Ask::Class(class as u16));
        let Some(word) = class("time.number") else { return Vec::new() };
        let later: Vec<Ask> = [Some(word), class("time.number_joint")].into_iter().flatten().collect();
        let mut found = vec![vec![word]];
        let mut last = found.clone();
        for _ in 1..reach {
            last =
                last.iter().flat_map(|o| later.iter().map(|ask| [o.as_slice(), &[*ask]].concat())).collect();
            found.extend(last.clone());
        }
        found
    }
}
