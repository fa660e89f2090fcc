//! Patterns on the letters of a word, for paradigms.
//!
//! `-eler` fits words that end so, `^CV` whole words, `être` this word alone. A capital is one letter of a
//! class, `C+` one or more, `C*` any number of them. Reads from the end, takes as many letters as it can and
//! never tries again, so it costs one pass.

use std::collections::BTreeMap;

/// Classes of letters by their capital.
#[derive(Default)]
pub struct Letters {
    classes: BTreeMap<char, String>,
}

impl Letters {
    /// Adds a class.
    pub fn add(&mut self, name: char, letters: &str) {
        self.classes.insert(name, letters.to_string());
    }

    fn holds(&self, name: char, letter: char) -> bool {
        self.classes.get(&name).is_some_and(|l| l.contains(letter))
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Piece {
    Letter(char),
    One(char),
    Some(char),
    Any(char),
}

/// A pattern.
#[derive(Clone)]
pub struct Pattern {
    pieces: Vec<Piece>,
    whole: bool,
}

/// What a pattern took off the end of a word.
pub struct Taken {
    start: usize,
    parts: Vec<String>,
}

impl Pattern {
    /// Reads a pattern.
    pub fn new(text: &str) -> Pattern {
        let whole = !text.starts_with(['-', '~']);
        let mut pieces = Vec::new();
        for c in text.trim_start_matches(['-', '^', '~']).chars() {
            match (c, pieces.last()) {
                ('+', Some(&Piece::One(class))) => {
                    pieces.pop();
                    pieces.push(Piece::Some(class));
                }
                ('*', Some(&Piece::One(class))) => {
                    pieces.pop();
                    pieces.push(Piece::Any(class));
                }
                _ if c.is_ascii_uppercase() => pieces.push(Piece::One(c)),
                _ => pieces.push(Piece::Letter(c)),
            }
        }
        Pattern { pieces, whole }
    }

    /// The more a pattern says, the more it weighs.
    pub fn weight(&self) -> usize {
        let own = |p: &Piece| if matches!(p, Piece::Letter(_)) { 4 } else { 1 };
        self.pieces.iter().map(own).sum::<usize>() + usize::from(self.whole) * 2
    }

    /// What the pattern takes off `word`, when it fits.
    pub fn matches(&self, word: &str, letters: &Letters) -> Option<Taken> {
        let mut rest = word;
        let mut parts = Vec::new();
        for piece in self.pieces.iter().rev() {
            let before = rest;
            match *piece {
                Piece::Letter(c) => rest = rest.strip_suffix(c)?,
                Piece::One(class) => rest = rest.strip_suffix(|c| letters.holds(class, c))?,
                Piece::Some(class) | Piece::Any(class) => {
                    rest = rest.trim_end_matches(|c| letters.holds(class, c));
                    if rest == before && matches!(piece, Piece::Some(_)) {
                        return None;
                    }
                }
            }
            if !matches!(piece, Piece::Letter(_)) {
                parts.push(before[rest.len()..].to_string());
            }
        }
        parts.reverse();
        (!self.whole || rest.is_empty()).then_some(Taken { start: rest.len(), parts })
    }
}

impl Taken {
    /// The word with the template in place of what was taken off; the template `0` puts nothing there.
    pub fn replace(&self, word: &str, template: &str) -> String {
        let mut out = word[..self.start].to_string();
        for c in template.chars() {
            match c.to_digit(10) {
                Some(0) => {}
                Some(n) => out.push_str(self.parts.get(n as usize - 1).map_or("", String::as_str)),
                None => out.push(c),
            }
        }
        out
    }
}
