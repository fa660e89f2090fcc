//! Matches the rules of a language against the tokens of a text.
//!
//! At each token the rules that can begin with it and the next two are tried; the longest match wins, the earlier rule
//! of the file among equals. Rules may ask for matches of other rules by category; those are kept per
//! position, so that nothing is matched twice. What a match means is computed at once by the stage's
//! [`Reader`], which may reject it. No match crosses the end of a sentence, and patterns do not repeat, so that
//! the time is linear in the text.

use super::{Kind, Text};
use crate::lang::RuleSet;
use crate::lang::rule::{NO_SLOT, Role, Rule, Shape, Step};
use std::ops::Range;

/// Deepest nesting of categories.
const DEPTH: usize = 12;
/// Positions whose results are remembered at a time.
const WINDOW: usize = 32;
/// Matches that are kept before the memory is swept.
const NODES: usize = 4096;

/// What a slot of a rule holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Held<V> {
    /// Nothing: the part was optional and is not there.
    Nothing,
    /// A word of a class: its value in the list.
    Word(&'static str),
    /// A number token or number in words.
    Number(f64),
    /// A shape that is not one number, to be read from the text.
    Raw,
    /// What another rule found.
    Value(V),
}

/// A capture: what it holds and where.
#[derive(Clone, Copy, Debug)]
pub struct Capture<V> {
    /// What it holds.
    pub held: Held<V>,
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
}

/// A match of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Found<V> {
    /// The rule, by number.
    pub rule: u16,
    /// First token of the part that the rule names.
    pub start: usize,
    /// One past the last token of that part.
    pub end: usize,
    /// What it means.
    pub value: V,
}

/// Reads the meaning of a match.
pub trait Reader {
    /// What rules mean for this stage.
    type Value: Copy;

    /// The meaning of a match, or `None` when it cannot be.
    fn read(
        &mut self,
        text: &Text<'_>,
        rule: &'static Rule,
        number: u16,
        captures: &[Capture<Self::Value>],
        span: Range<usize>,
    ) -> Option<Self::Value>;
}

/// One way a category matches at a position.
#[derive(Clone, Copy)]
struct Node<V> {
    rule: u16,
    end: usize,
    span: (usize, usize),
    value: V,
}

/// The matches of a category at a token: a range of the nodes.
#[derive(Clone, Copy)]
struct Memo {
    position: u32,
    first: u32,
    last: u32,
}

impl Memo {
    /// No token: nothing is known.
    const NONE: Memo = Memo { position: u32::MAX, first: 0, last: 0 };
}

/// The matcher of one text.
pub struct Matcher<'t, 's, R: Reader> {
    text: &'t Text<'s>,
    rules: &'static RuleSet,
    reader: R,
    nodes: Vec<Node<R::Value>>,
    memos: Vec<Memo>,
    /// The tokens of the sentence: the first one, and one past the last.
    first: usize,
    limit: usize,
    /// Captures of the rules that are being tried, the innermost last.
    captures: Vec<Capture<R::Value>>,
    /// What captures held before they were kept, to take back what a failed way kept.
    undo: Vec<(usize, Capture<R::Value>)>,
    /// Matches of the categories that are being looked for, the innermost last.
    ways: Vec<Node<R::Value>>,
}

/// A rule that is being tried.
#[derive(Clone, Copy)]
struct Trial {
    rule: &'static Rule,
    number: u16,
    begin: usize,
    depth: usize,
    /// Where its captures begin.
    captures: usize,
    /// Where the matches of its category begin.
    ways: usize,
}

/// The marks of a pattern and of the categories at its edges.
#[derive(Clone, Copy, Default)]
struct Marks {
    open: Option<usize>,
    close: Option<usize>,
    /// Where the span of a category begins that stands at the very beginning.
    lead: Option<usize>,
    /// Where the last category ends, and where its span ends.
    last: Option<(usize, usize)>,
}

impl<'t, 's, R: Reader> Matcher<'t, 's, R> {
    /// Prepares to match `rules` against `text`.
    pub fn new(text: &'t Text<'s>, rules: &'static RuleSet, reader: R) -> Self {
        let memos = vec![Memo::NONE; WINDOW * rules.categories.len()];
        Matcher {
            text,
            rules,
            reader,
            nodes: Vec::new(),
            memos,
            first: 0,
            limit: 0,
            captures: Vec::new(),
            undo: Vec::new(),
            ways: Vec::new(),
        }
    }

    /// All matches of the first category, in order, without overlap; and the reader.
    pub fn run(mut self) -> (Vec<Found<R::Value>>, R) {
        let mut found = Vec::new();
        let text = self.text;
        for sentence in &text.sentences {
            (self.first, self.limit) = (sentence.tokens.start, sentence.tokens.end);
            let mut at = self.first;
            if self.nodes.len() > NODES {
                self.nodes.clear();
                self.memos.fill(Memo::NONE);
            }
            let mut role = self.role(at);
            while at < sentence.tokens.end {
                let next = self.role(at + 1);
                if self.starting(role, next, at) == 0 {
                    (at, role) = (at + 1, next);
                    continue;
                }
                let mut best = self.longest(at);
                // Words that only lead to an expression do not keep a longer one from beginning after them.
                if let Some(led) = best.filter(|n| n.span.0 > at) {
                    let inner =
                        (at + 1..=led.span.0).rev().filter_map(|i| self.longest(i)).max_by_key(|n| n.end);
                    best = inner.filter(|n| n.end > led.end).or(best);
                }
                (at, role) = match best {
                    Some(node) => {
                        let (start, end) = node.span;
                        found.push(Found { rule: node.rule, start, end, value: node.value });
                        let end = end.max(at + 1);
                        (end, self.role(end))
                    }
                    None => (at + 1, next),
                };
            }
        }
        (found, self.reader)
    }

    /// What a token of the sentence is for the beginning of rules.
    fn role(&self, at: usize) -> Role {
        match self.text.tokens.get(at) {
            Some(token) if at < self.limit => match token.kind {
                Kind::Number => self.rules.digits(),
                _ => self.rules.word(token.word),
            },
            _ => Role::NONE,
        }
    }

    /// The rules that may match at a token, by its role and that of the next one: a set of rules.
    fn starting(&self, first: Role, second: Role, at: usize) -> u16 {
        if !first.begins() {
            return 0;
        }
        match self.rules.state(first, second) {
            0 => 0,
            state => self.rules.starting(state, self.role(at + 2)),
        }
    }

    /// The longest match of the first category that begins at a token.
    fn longest(&mut self, at: usize) -> Option<Node<R::Value>> {
        let results = self.category(0, at, 0);
        let ways = self.nodes.get(results).unwrap_or_default();
        // The earlier rule among equals: max_by_key would take the last.
        ways.iter().rev().max_by_key(|n| n.end).copied()
    }

    /// The ways in which a category matches at a token: at most one for each end.
    fn category(&mut self, category: u8, at: usize, depth: usize) -> Range<usize> {
        if depth > DEPTH || at >= self.limit {
            return 0..0;
        }
        let place = (at % WINDOW) * self.rules.categories.len() + usize::from(category);
        if let Some(memo) = self.memos.get(place)
            && memo.position as usize == at
        {
            return memo.first as usize..memo.last as usize;
        }
        let set = self.starting(self.role(at), self.role(at + 1), at);
        let rules = self.rules;
        let ways = self.ways.len();
        let numbers = (set != 0).then(|| rules.among(set, category));
        for number in numbers.into_iter().flatten() {
            let Some(rule) = rules.rules.get(usize::from(number)) else { continue };
            let (captures, mark) = (self.captures.len(), self.undo.len());
            let empty = Capture { held: Held::Nothing, start: at, end: at };
            self.captures.resize(captures + usize::from(rule.slots), empty);
            let trial = Trial { rule, number, begin: at, depth, captures, ways };
            self.step(&trial, 0, at, Marks::default());
            self.captures.truncate(captures);
            self.undo.truncate(mark);
        }
        let first = self.nodes.len();
        self.nodes.extend(self.ways.drain(ways..));
        let last = self.nodes.len();
        if let Some(memo) = self.memos.get_mut(place) {
            *memo = Memo { position: at as u32, first: first as u32, last: last as u32 };
        }
        first..last
    }

    /// Runs a rule from one of its steps, at token `at`; matches go to `ways`.
    fn step(&mut self, trial: &Trial, mut pc: usize, mut at: usize, mut marks: Marks) {
        loop {
            let Some(step) = trial.rule.steps.get(pc).copied() else { return };
            pc += 1;
            match step {
                Step::Word(word) => {
                    if at >= self.limit || self.text.word(at) != word {
                        return;
                    }
                    at += 1;
                }
                Step::Class(class, slot) => {
                    if at >= self.limit {
                        return;
                    }
                    let Some((len, value)) = self.text.phrase(at, class) else { return };
                    if at + len > self.limit {
                        return;
                    }
                    self.keep(trial, slot, Capture { held: Held::Word(value), start: at, end: at + len });
                    at += len;
                }
                Step::Shape(shape, slot) => {
                    let Some((len, held)) = self.shape(shape, at) else { return };
                    self.keep(trial, slot, Capture { held, start: at, end: at + len });
                    at += len;
                }
                Step::Category(category, slot) => {
                    for n in self.category(category, at, trial.depth + 1) {
                        let Some(node) = self.nodes.get(n).copied() else { continue };
                        let (start, end) = node.span;
                        let mark = self.undo.len();
                        self.keep(trial, slot, Capture { held: Held::Value(node.value), start, end });
                        let lead = if at == trial.begin { Some(start) } else { marks.lead };
                        self.step(trial, pc, node.end, Marks { lead, last: Some((node.end, end)), ..marks });
                        self.take_back(mark);
                    }
                    return;
                }
                Step::Split(a, b) => {
                    if self.may_go_on(trial.rule, usize::from(a), at) {
                        let mark = self.undo.len();
                        self.step(trial, usize::from(a), at, marks);
                        self.take_back(mark);
                    }
                    pc = usize::from(b);
                }
                Step::Jump(to) => pc = usize::from(to),
                Step::Not(to) => {
                    if self.holds(trial, pc, at) {
                        return;
                    }
                    pc = usize::from(to);
                }
                Step::Open => marks.open = Some(at),
                Step::Close => marks.close = Some(at),
                Step::Accept => {
                    self.accept(trial, at, marks);
                    return;
                }
            }
        }
    }

    /// False when the step that a way begins with does not match at a token: most ways end there.
    fn may_go_on(&self, rule: &Rule, pc: usize, at: usize) -> bool {
        match rule.steps.get(pc) {
            Some(Step::Word(word)) => at < self.limit && self.text.word(at) == *word,
            Some(Step::Class(class, _)) => {
                at < self.limit && (self.text.has(at, *class) || self.text.begins(at, *class))
            }
            _ => true,
        }
    }

    fn accept(&mut self, trial: &Trial, at: usize, marks: Marks) {
        // Without marks of its own a rule keeps the marks of the categories at its edges.
        let start = marks.open.or(marks.lead).unwrap_or(trial.begin);
        let end = match (marks.close, marks.last) {
            (Some(close), _) => close,
            (None, Some((last, end))) if last == at => end,
            _ => at,
        };
        let span = (start, end);
        let known = self.ways.get(trial.ways..).unwrap_or_default();
        if at == trial.begin || span.1 <= span.0 || known.iter().any(|w| w.end == at) {
            return;
        }
        let captures = self.captures.get(trial.captures..).unwrap_or_default();
        if let Some(value) = self.reader.read(self.text, trial.rule, trial.number, captures, span.0..span.1) {
            self.ways.push(Node { rule: trial.number, end: at, span, value });
        }
    }

    fn keep(&mut self, trial: &Trial, slot: u8, capture: Capture<R::Value>) {
        if slot == NO_SLOT {
            return;
        }
        let at = trial.captures + usize::from(slot);
        if let Some(place) = self.captures.get_mut(at) {
            self.undo.push((at, *place));
            *place = capture;
        }
    }

    /// Puts captures back to what they were when the list of changes was `mark` long.
    fn take_back(&mut self, mark: usize) {
        while self.undo.len() > mark
            && let Some((at, before)) = self.undo.pop()
        {
            if let Some(place) = self.captures.get_mut(at) {
                *place = before;
            }
        }
    }

    /// True when the steps from `pc` match at `at`; alternatives inside are tried in order.
    fn holds(&mut self, trial: &Trial, mut pc: usize, mut at: usize) -> bool {
        loop {
            let Some(step) = trial.rule.steps.get(pc).copied() else { return false };
            pc += 1;
            match step {
                Step::Word(word) => {
                    if at >= self.limit || self.text.word(at) != word {
                        return false;
                    }
                    at += 1;
                }
                Step::Class(class, _) => match self.text.phrase(at, class) {
                    Some((len, _)) if at + len <= self.limit => at += len,
                    _ => return false,
                },
                Step::Shape(shape, _) => match self.shape(shape, at) {
                    Some((len, _)) => at += len,
                    None => return false,
                },
                Step::Category(category, _) => {
                    return self.category(category, at, trial.depth + 1).any(|n| {
                        let end = self.nodes.get(n).map(|n| n.end);
                        end.is_some_and(|end| self.holds(trial, pc, end))
                    });
                }
                Step::Split(a, b) => {
                    if self.holds(trial, usize::from(a), at) {
                        return true;
                    }
                    pc = usize::from(b);
                }
                Step::Jump(to) => pc = usize::from(to),
                Step::Not(to) => {
                    if self.holds(trial, pc, at) {
                        return false;
                    }
                    pc = usize::from(to);
                }
                Step::Open | Step::Close => {}
                Step::Accept => return true,
            }
        }
    }

    /// How many tokens at `at` have this shape, and what they hold.
    fn shape(&self, shape: Shape, at: usize) -> Option<(usize, Held<R::Value>)> {
        let text = self.text;
        let whole = |ok: bool| ok.then_some((0, Held::Nothing));
        match shape {
            Shape::Glued => {
                return whole(text.tokens.get(at).is_some_and(|t| !t.spaced()) && at < self.limit);
            }
            Shape::Capital => return whole(text.tokens.get(at).is_some_and(|t| t.capital())),
            Shape::Small => {
                return whole(text.tokens.get(at).is_some_and(|t| t.kind == Kind::Word && !t.capital()));
            }
            Shape::Start => return whole(at == self.first),
            Shape::End => {
                let last = at >= self.limit || text.is_stop(at);
                return whole(last);
            }
            _ => {}
        }
        if at >= self.limit {
            return None;
        }
        let token = text.tokens.get(at)?;
        if shape == Shape::Name {
            return (token.kind == Kind::Word && token.capital()).then_some((1, Held::Raw));
        }
        if token.kind != Kind::Number {
            if shape != Shape::Num {
                return None;
            }
            let (len, value) = super::numeral::words(text, at, self.limit)?;
            return Some((len, Held::Number(value)));
        }
        let words = text.str(at);
        let digits = words.len() <= 9 && words.bytes().all(|b| b.is_ascii_digit());
        let int = if digits { words.parse::<u32>().ok() } else { None };
        let within = |low: u32, high: u32, lengths: Range<usize>| {
            int.filter(|n| (low..=high).contains(n) && lengths.contains(&words.len()))
        };
        let found = match shape {
            Shape::Dom => within(1, 31, 1..3),
            Shape::Mon => within(1, 12, 1..3),
            Shape::Year => within(1000, 2999, 4..5),
            Shape::Recent => within(1800, 2099, 4..5),
            Shape::Two => within(0, 99, 2..3),
            Shape::Hhmm => within(0, 2400, 4..5).filter(|n| n % 100 < 60),
            Shape::Hour => within(0, 99, 1..3),
            Shape::Minute => within(0, 59, 2..3),
            Shape::Int => int,
            Shape::Clock => return is_clock(words).then_some((1, Held::Raw)),
            Shape::Dotted => return is_dotted(words).then_some((1, Held::Raw)),
            Shape::Num => {
                let (len, value) = super::numeral::digits(text, at, self.limit)?;
                return Some((len, Held::Number(value)));
            }
            _ => None,
        };
        found.map(|n| (1, Held::Number(f64::from(n))))
    }
}

/// One or two digits, a dot, two digits.
fn is_clock(words: &str) -> bool {
    let mut parts = words.split('.');
    let (Some(hour), Some(minute), None) = (parts.next(), parts.next(), parts.next()) else { return false };
    (1..=2).contains(&hour.len())
        && minute.len() == 2
        && words.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Three runs of digits with dots between.
fn is_dotted(words: &str) -> bool {
    words.len() <= 10
        && words.split('.').count() == 3
        && words.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}
