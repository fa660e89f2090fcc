//! Compiles a `.rules` file: reads its paragraphs, checks them, and writes them as Rust data.

use crate::starts::Starts;
use crate::steps::{self, Item};
use crate::words::{Classes, Lists};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// One paragraph of the file.
pub struct Rule {
    name: String,
    gives: String,
    matches: Vec<String>,
    means: String,
    place: String,
    yes: usize,
    no: usize,
}

/// The operations that the rules of all languages name; their numbers are their places.
#[derive(Default)]
pub struct Operations {
    names: BTreeSet<String>,
}

impl Operations {
    /// Adds those of a file.
    pub fn add(&mut self, rules: &Rules) {
        for rule in &rules.rules {
            let calls = rule.means.match_indices('(').filter_map(|(at, _)| rule.means.get(..at));
            let name = |before: &str| before.rsplit([' ', ',', '(']).next().unwrap_or_default().to_string();
            self.names.extend(calls.map(name));
        }
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n == name)
    }

    /// Rust constants, one per operation: `half-clock` becomes `HALF_CLOCK`.
    pub fn code(&self) -> String {
        let mut code = String::new();
        for (number, name) in self.names.iter().enumerate() {
            let constant = name.replace('-', "_").to_uppercase();
            let _ = writeln!(
                code,
                "/// The operation `{name}` of the rules.\npub const {constant}: Operation = Operation({number});"
            );
        }
        code
    }
}

/// A file of rules.
pub struct Rules {
    /// Stem of the file: the stage that reads it.
    pub stem: String,
    rules: Vec<Rule>,
}

impl Rules {
    /// Reads a file; every mistake names its line.
    pub fn read(stem: &str, file: &str, text: &str) -> Result<Rules, String> {
        let mut rules: Vec<Rule> = Vec::new();
        let mut lets: Vec<(String, String)> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let place = format!("{file}:{}", number + 1);
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (key, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let rest = rest.trim();
            let known = matches!(key, "gives" | "match" | "means" | "yes" | "no");
            match (key, rules.last_mut()) {
                ("let", _) => {
                    let (name, value) =
                        rest.split_once('=').ok_or(format!("{place}: expected `let name = pattern`"))?;
                    lets.push((name.trim().to_string(), expand(value.trim(), &lets, &place)?));
                }
                ("published", _) => {}
                ("rule", _) => {
                    if rules.iter().any(|r| r.name == rest) {
                        return Err(format!("{place}: a second rule named {rest}"));
                    }
                    rules.push(Rule {
                        name: rest.to_string(),
                        gives: stem.to_string(),
                        matches: Vec::new(),
                        means: String::new(),
                        place,
                        yes: 0,
                        no: 0,
                    });
                }
                ("gives", Some(rule)) => rule.gives = rest.to_string(),
                ("match", Some(rule)) => rule.matches.push(expand(rest, &lets, &place)?),
                ("means", Some(rule)) => rule.means = rest.to_string(),
                ("yes", Some(rule)) => rule.yes += 1,
                ("no", Some(rule)) => rule.no += 1,
                _ if known => return Err(format!("{place}: {key} stands before the first rule")),
                _ => return Err(format!("{place}: expected rule, gives, match, means, yes, no or let")),
            }
        }
        for rule in &rules {
            let lacks = [
                (rule.matches.is_empty(), "match"),
                (rule.means.is_empty(), "means"),
                (rule.yes == 0, "yes"),
                (rule.no == 0, "no"),
            ];
            if let Some((_, what)) = lacks.iter().find(|(missing, _)| *missing) {
                return Err(format!("{}: rule {} has no `{what}` line", rule.place, rule.name));
            }
        }
        Ok(Rules { stem: stem.to_string(), rules })
    }

    /// The words that patterns name, so that the table holds them.
    pub fn literals(&self) -> Result<Vec<String>, String> {
        let mut found = Vec::new();
        for rule in &self.rules {
            for text in &rule.matches {
                let items = steps::parse(text).map_err(|e| format!("{}: {e}", rule.place))?;
                steps::each_word(&items, &mut |w| found.push(w.to_string()));
            }
        }
        Ok(found)
    }

    /// Rust code of the rule set, and its table of starts.
    pub fn compile(
        &self,
        table: &Lists,
        classes: &Classes,
        operations: &Operations,
        starts_file: &str,
    ) -> Result<(String, Vec<u8>), String> {
        let mut categories = vec![self.stem.clone()];
        for rule in &self.rules {
            if !categories.contains(&rule.gives) {
                categories.push(rule.gives.clone());
            }
        }
        if categories.len() > 31 {
            return Err(format!("{}.rules: more than 31 categories", self.stem));
        }
        let mut compiled = Vec::new();
        let mut code = String::new();
        for rule in &self.rules {
            let fail = |e: String| format!("{}: rule {}: {e}", rule.place, rule.name);
            let mut items = Vec::new();
            for text in &rule.matches {
                items.push(steps::parse(text).map_err(fail)?);
            }
            let body = if items.len() == 1 { items.remove(0) } else { vec![Item::Any(items)] };
            let context = steps::Context { table, classes, categories: &categories, stem: &self.stem };
            let program = steps::compile(&body, &context).map_err(fail)?;
            if program.slots.len() >= usize::from(u8::MAX) {
                return Err(fail("more captures than can be numbered".into()));
            }
            if program.leading().iter().any(|step| matches!(step, steps::Step::Shape("Name", _))) {
                return Err(fail("it begins with #name, which any word can be".into()));
            }
            let means = term(&rule.means, &program.slots, operations).map_err(fail)?;
            let gives = categories.iter().position(|c| *c == rule.gives).unwrap_or(0);
            let _ = writeln!(
                code,
                "        Rule {{ name: {:?}, gives: {gives}, slots: {}, steps: &[{}], means: {means} }},",
                rule.name,
                program.slots.len(),
                program.code()
            );
            compiled.push((gives, program));
        }
        let starts = Starts::of(&compiled, table, classes).map_err(|number| {
            let rule = &self.rules[number];
            format!("{}: rule {} begins with what it gives", rule.place, rule.name)
        })?;
        let code = format!(
            "RuleSet {{ categories: &{categories:?}, {}, starts: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{starts_file}\")), rules: &[\n{code}    ] }}",
            starts.code()
        );
        Ok((code, starts.bytes()))
    }
}

/// Puts the patterns named by `$name` in their places.
fn expand(text: &str, lets: &[(String, String)], place: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let after = &after[1..];
        let end = after.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(after.len());
        let (name, tail) = after.split_at(end);
        let value = lets.iter().rev().find(|(n, _)| n == name);
        let (_, value) = value.ok_or(format!("{place}: ${name} is not defined above"))?;
        out.push_str(value);
        rest = tail;
    }
    out.push_str(rest);
    Ok(out)
}

/// Rust code of a `means` line.
fn term(text: &str, slots: &[String], operations: &Operations) -> Result<String, String> {
    let mut rest = text.trim();
    let code = one_term(&mut rest, slots, operations)?;
    if rest.trim().is_empty() { Ok(code) } else { Err(format!("left over after the meaning: {rest}")) }
}

fn one_term(rest: &mut &str, slots: &[String], operations: &Operations) -> Result<String, String> {
    *rest = rest.trim_start();
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len());
    let (word, tail) = rest.split_at(end);
    if word.is_empty() {
        return Err(format!("expected a name or a number at: {rest}"));
    }
    *rest = tail.trim_start();
    if let Ok(number) = word.parse::<i32>() {
        return Ok(format!("Term::Int({number})"));
    }
    if let Some(tail) = rest.strip_prefix('(') {
        *rest = tail.trim_start();
        let mut arguments = Vec::new();
        while !rest.starts_with(')') {
            arguments.push(one_term(rest, slots, operations)?);
            *rest = rest.trim_start();
            match rest.strip_prefix(',') {
                Some(tail) => *rest = tail,
                None if rest.starts_with(')') => {}
                None => return Err(format!("expected , or ) at: {rest}")),
            }
        }
        *rest = &rest[1..];
        let number = operations.number(word).ok_or(format!("no operation {word}"))?;
        return Ok(format!("Term::Call(Operation({number}), &[{}])", arguments.join(", ")));
    }
    match slots.iter().position(|s| s == word) {
        Some(slot) => Ok(format!("Term::Slot({slot})")),
        None => Ok(format!("Term::Name({word:?})")),
    }
}
