//! The patterns of rules: parsed to a tree, compiled to steps.

use crate::words::{Classes, Lists};
use std::collections::BTreeSet;

/// A part of a pattern.
#[derive(Debug, Clone)]
pub enum Item {
    /// A word or several, to be cut into tokens.
    Word(String),
    /// `<name:class>`
    Class(Option<String>, String),
    /// `<name:#shape>`
    Shape(Option<String>, String),
    /// `{name:category}`
    Category(Option<String>, String),
    /// `(a | b)`
    Any(Vec<Vec<Item>>),
    /// `x?`
    Maybe(Vec<Item>),
    /// `!x`
    Not(Vec<Item>),
    /// `[`
    Open,
    /// `]`
    Close,
}

/// What patterns refer to.
pub struct Context<'a> {
    pub table: &'a Lists,
    pub classes: &'a Classes,
    pub categories: &'a [String],
    pub stem: &'a str,
}

/// Compiled steps and the names of the captures.
pub struct Program {
    pub steps: Vec<Step>,
    pub slots: Vec<String>,
}

/// A compiled step; targets are numbers of steps.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    Word(u32),
    Class(usize, u8),
    Shape(&'static str, u8),
    Category(usize, u8),
    Split(usize, usize),
    Jump(usize),
    Not(usize),
    Open,
    Close,
    Accept,
}

/// Names of shapes in patterns and in code; the flag tells whether a token is consumed.
const SHAPES: &[(&str, &str, bool)] = &[
    ("dom", "Dom", true),
    ("mon", "Mon", true),
    ("year", "Year", true),
    ("recent", "Recent", true),
    ("two", "Two", true),
    ("hhmm", "Hhmm", true),
    ("hour", "Hour", true),
    ("minute", "Minute", true),
    ("clock", "Clock", true),
    ("dotted", "Dotted", true),
    ("int", "Int", true),
    ("num", "Num", true),
    ("name", "Name", true),
    ("glued", "Glued", false),
    ("capital", "Capital", false),
    ("small", "Small", false),
    ("start", "Start", false),
    ("end", "End", false),
];

/// True when a shape takes a token, rather than telling something of the next one.
pub fn takes_token(shape: &str) -> bool {
    SHAPES.iter().any(|(_, code, takes)| *code == shape && *takes)
}

/// Reads a pattern.
pub fn parse(text: &str) -> Result<Vec<Item>, String> {
    let mut rest = text;
    let items = sequence(&mut rest)?;
    if rest.is_empty() { Ok(items) } else { Err(format!("unexpected at: {rest}")) }
}

fn sequence(rest: &mut &str) -> Result<Vec<Item>, String> {
    let mut items = Vec::new();
    loop {
        *rest = rest.trim_start();
        if rest.is_empty() || rest.starts_with([')', '|']) {
            return Ok(items);
        }
        let item = atom(rest)?;
        items.push(match rest.strip_prefix('?') {
            Some(tail) => {
                *rest = tail;
                Item::Maybe(vec![item])
            }
            None => item,
        });
    }
}

fn atom(rest: &mut &str) -> Result<Item, String> {
    let text = *rest;
    let mut chars = text.chars();
    match chars.next().unwrap_or(' ') {
        '(' => {
            *rest = chars.as_str();
            let mut choices = vec![sequence(rest)?];
            while let Some(tail) = rest.strip_prefix('|') {
                *rest = tail;
                choices.push(sequence(rest)?);
            }
            *rest = rest.strip_prefix(')').ok_or(format!("expected ) at: {rest}"))?;
            Ok(Item::Any(choices))
        }
        '!' => {
            *rest = chars.as_str();
            Ok(Item::Not(vec![atom(rest)?]))
        }
        '[' => {
            *rest = chars.as_str();
            Ok(Item::Open)
        }
        ']' => {
            *rest = chars.as_str();
            Ok(Item::Close)
        }
        open @ ('<' | '{') => {
            let close = if open == '<' { '>' } else { '}' };
            let (inside, tail) =
                chars.as_str().split_once(close).ok_or(format!("expected {close} after: {text}"))?;
            *rest = tail;
            let (name, what) = match inside.split_once(':') {
                Some((name, what)) => (Some(name.trim().to_string()), what.trim()),
                None => (None, inside.trim()),
            };
            match what.strip_prefix('#') {
                Some(shape) => Ok(Item::Shape(name, shape.to_string())),
                None => {
                    let name = name.or_else(|| Some(what.to_string()));
                    Ok(if open == '<' {
                        Item::Class(name, what.to_string())
                    } else {
                        Item::Category(name, what.to_string())
                    })
                }
            }
        }
        _ => {
            let mut word = String::new();
            let mut chars = text.char_indices();
            let mut end = text.len();
            while let Some((at, c)) = chars.next() {
                if c == '\\' {
                    word.extend(chars.next().map(|(_, c)| c));
                } else if c.is_whitespace() || "()|?[]!<>{}".contains(c) {
                    end = at;
                    break;
                } else {
                    word.push(c);
                }
            }
            if word.is_empty() {
                return Err(format!("unexpected at: {text}"));
            }
            *rest = &text[end..];
            Ok(Item::Word(word))
        }
    }
}

/// Calls `found` for every word of a pattern.
pub fn each_word(items: &[Item], found: &mut impl FnMut(&str)) {
    for item in items {
        match item {
            Item::Word(word) => found(word),
            Item::Any(choices) => choices.iter().for_each(|c| each_word(c, found)),
            Item::Maybe(inner) | Item::Not(inner) => each_word(inner, found),
            _ => {}
        }
    }
}

/// Compiles a pattern.
pub fn compile(items: &[Item], context: &Context<'_>) -> Result<Program, String> {
    let mut program = Program { steps: Vec::new(), slots: Vec::new() };
    program.sequence(items, context)?;
    program.steps.push(Step::Accept);
    Ok(program)
}

impl Program {
    fn slot(&mut self, name: &Option<String>) -> u8 {
        let Some(name) = name else { return u8::MAX };
        let found = self.slots.iter().position(|s| s == name).unwrap_or_else(|| {
            self.slots.push(name.clone());
            self.slots.len() - 1
        });
        found as u8
    }

    fn sequence(&mut self, items: &[Item], context: &Context<'_>) -> Result<(), String> {
        for item in items {
            match item {
                Item::Word(word) => {
                    for token in context.table.tokens(word) {
                        let id = context.table.id(&token).ok_or(format!("the word {token} is unknown"))?;
                        self.steps.push(Step::Word(id));
                    }
                }
                Item::Class(name, class) => {
                    let full =
                        if class.contains('.') { class.clone() } else { format!("{}.{class}", context.stem) };
                    let number = context.classes.find(&full).ok_or(format!("no list holds class {full}"))?;
                    let slot = self.slot(name);
                    self.steps.push(Step::Class(number, slot));
                }
                Item::Shape(name, shape) => {
                    let known = SHAPES.iter().find(|(n, _, _)| n == shape);
                    let (_, code, _) = known.ok_or(format!("unknown shape #{shape}"))?;
                    let slot = self.slot(name);
                    self.steps.push(Step::Shape(code, slot));
                }
                Item::Category(name, category) => {
                    let number = context.categories.iter().position(|c| c == category);
                    let number = number.ok_or(format!("no rule gives {category}"))?;
                    let slot = self.slot(name);
                    self.steps.push(Step::Category(number, slot));
                }
                Item::Any(choices) => self.choices(choices, context)?,
                Item::Maybe(inner) => {
                    let split = self.push(Step::Split(0, 0));
                    self.sequence(inner, context)?;
                    self.steps[split] = Step::Split(split + 1, self.steps.len());
                }
                Item::Not(inner) => {
                    let not = self.push(Step::Not(0));
                    self.sequence(inner, context)?;
                    self.steps.push(Step::Accept);
                    self.steps[not] = Step::Not(self.steps.len());
                }
                Item::Open => self.steps.push(Step::Open),
                Item::Close => self.steps.push(Step::Close),
            }
        }
        Ok(())
    }

    fn push(&mut self, step: Step) -> usize {
        self.steps.push(step);
        self.steps.len() - 1
    }

    fn choices(&mut self, choices: &[Vec<Item>], context: &Context<'_>) -> Result<(), String> {
        let mut jumps = Vec::new();
        for (n, choice) in choices.iter().enumerate() {
            let last = n + 1 == choices.len();
            let split = if last { None } else { Some(self.push(Step::Split(0, 0))) };
            self.sequence(choice, context)?;
            if let Some(split) = split {
                jumps.push(self.push(Step::Jump(0)));
                self.steps[split] = Step::Split(split + 1, self.steps.len());
            }
        }
        for jump in jumps {
            self.steps[jump] = Step::Jump(self.steps.len());
        }
        Ok(())
    }

    /// The steps that can take the first token.
    pub fn leading(&self) -> Vec<Step> {
        let (mut open, mut seen, mut found) = (vec![0], BTreeSet::new(), Vec::new());
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            match self.steps[at] {
                Step::Split(a, b) => open.extend([a, b]),
                Step::Jump(to) | Step::Not(to) => open.push(to),
                Step::Open | Step::Close => open.push(at + 1),
                Step::Shape(shape, _) if !takes_token(shape) => open.push(at + 1),
                step => found.push(step),
            }
        }
        found
    }

    /// Rust code of the steps.
    pub fn code(&self) -> String {
        let steps: Vec<String> = self
            .steps
            .iter()
            .map(|step| match step {
                Step::Word(id) => format!("Step::Word(WordId({id}))"),
                Step::Class(class, slot) => format!("Step::Class(Class({class}), {slot})"),
                Step::Shape(shape, slot) => format!("Step::Shape(Shape::{shape}, {slot})"),
                Step::Category(category, slot) => format!("Step::Category({category}, {slot})"),
                Step::Split(a, b) => format!("Step::Split({a}, {b})"),
                Step::Jump(to) => format!("Step::Jump({to})"),
                Step::Not(to) => format!("Step::Not({to})"),
                Step::Open => "Step::Open".into(),
                Step::Close => "Step::Close".into(),
                Step::Accept => "Step::Accept".into(),
            })
            .collect();
        steps.join(", ")
    }
}
