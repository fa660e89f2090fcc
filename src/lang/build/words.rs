//! Reads the word lists of a language folder and compiles them into one table.

use crate::lang::Affixes;
use crate::table::{WORD, hash};
use crate::token;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// All classes of all languages; their numbers are their places in the sorted list.
#[derive(Default)]
pub struct Classes {
    names: BTreeMap<String, ()>,
}

impl Classes {
    fn number(&self, name: &str) -> usize {
        self.names.keys().position(|n| n == name).unwrap_or(usize::MAX)
    }

    /// Rust constants, one per class: `time.weekday` becomes `TIME_WEEKDAY`.
    pub fn code(&self) -> String {
        let mut code = String::new();
        for (number, name) in self.names.keys().enumerate() {
            let constant = name.replace(['.', '-'], "_").to_uppercase();
            code.push_str(&format!(
                "/// Class `{name}` of the word lists.\npub const {constant}: Class = Class({number});\n"
            ));
        }
        let names: Vec<&String> = self.names.keys().collect();
        code.push_str(&format!(
            "/// Names of all classes, by number.\npub const NAMES: &[&str] = &{names:?};\n"
        ));
        code
    }
}

/// One line of a list, its forms still text.
struct Line {
    class: String,
    value: String,
    forms: Vec<String>,
    place: String,
}

/// The affixes of a language, owned.
#[derive(Default)]
pub struct OwnAffixes {
    pub elisions: Vec<String>,
    pub prefixes: Vec<String>,
    pub suffixes: Vec<String>,
    pub abbreviations: Vec<String>,
    pub capital_abbreviations: Vec<String>,
    pub number_abbreviations: Vec<String>,
    pub space_groups: bool,
}

impl OwnAffixes {
    /// The same, borrowed for as long as the build script runs.
    fn leak(&self) -> Affixes<'static> {
        let strs = |list: &[String]| -> &'static [&'static str] {
            let list: Vec<&'static str> = list.iter().map(|s| &*s.clone().leak()).collect();
            list.leak()
        };
        Affixes {
            elisions: strs(&self.elisions),
            prefixes: strs(&self.prefixes),
            suffixes: strs(&self.suffixes),
            abbreviations: strs(&self.abbreviations),
            capital_abbreviations: strs(&self.capital_abbreviations),
            number_abbreviations: strs(&self.number_abbreviations),
            space_groups: self.space_groups,
        }
    }

    /// The same, as Rust code.
    pub fn code(&self) -> String {
        format!(
            "Affixes {{ elisions: &{:?}, prefixes: &{:?}, suffixes: &{:?}, abbreviations: &{:?}, \
             capital_abbreviations: &{:?}, number_abbreviations: &{:?}, space_groups: {} }}",
            self.elisions,
            self.prefixes,
            self.suffixes,
            self.abbreviations,
            self.capital_abbreviations,
            self.number_abbreviations,
            self.space_groups
        )
    }
}

/// What a folder holds.
pub struct Source {
    lines: Vec<Line>,
    pub affixes: OwnAffixes,
}

impl Source {
    /// Lines of class `setting`: name and value.
    pub fn settings(&self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = self
            .lines
            .iter()
            .filter(|l| l.class == "setting")
            .flat_map(|l| l.forms.iter().map(|f| (l.value.clone(), f.clone())))
            .collect();
        found.sort();
        found
    }
}

/// Reads every `.tsv` file of a language folder.
pub fn read(folder: &Path, classes: &mut Classes) -> Result<Source, String> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|x| x == "tsv"))
        .collect();
    files.sort();
    let mut lines = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        for (number, line) in text.lines().enumerate() {
            let place = format!("{}:{}", file.display(), number + 1);
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let mut fields = line.split('\t');
            let (Some(class), Some(value), Some(forms)) = (fields.next(), fields.next(), fields.next())
            else {
                return Err(format!("{place}: expected class, value and forms, separated by tabs"));
            };
            classes.names.insert(class.to_string(), ());
            let forms = forms.split('|').map(|f| f.trim().to_string()).filter(|f| !f.is_empty()).collect();
            lines.push(Line { class: class.to_string(), value: value.to_string(), forms, place });
        }
    }
    let list = |class: &str| {
        let mut found: Vec<String> =
            lines.iter().filter(|l| l.class == class).flat_map(|l| l.forms.iter().cloned()).collect();
        found.sort();
        found.dedup();
        found
    };
    let affixes = OwnAffixes {
        elisions: list("token.elision"),
        prefixes: list("token.prefix"),
        suffixes: list("token.suffix"),
        abbreviations: list("token.abbreviation"),
        capital_abbreviations: list("token.abbreviation_capital"),
        number_abbreviations: list("token.abbreviation_number"),
        space_groups: lines.iter().any(|l| l.class == "setting" && l.value == "space_groups"),
    };
    Ok(Source { lines, affixes })
}

/// Class number and value of each reading.
type Readings = Vec<(usize, String)>;

#[derive(Default, Clone)]
struct Word {
    entries: Readings,
    phrases: Vec<usize>,
}

/// Compiles the lists of one language; layout in `table.rs`.
pub fn compile(source: &Source, classes: &Classes) -> Result<Vec<u8>, String> {
    let affixes = source.affixes.leak();
    let mut words: BTreeMap<String, Word> = BTreeMap::new();
    let mut phrases: BTreeMap<Vec<String>, Readings> = BTreeMap::new();
    for line in &source.lines {
        let class = classes.number(&line.class);
        for form in &line.forms {
            let whole = line.class == "setting" || line.class.starts_with("token.");
            let tokens = if whole { vec![form.clone()] } else { tokens(form, &affixes) };
            let entry = (class, line.value.clone());
            let entries = match tokens.as_slice() {
                [] => return Err(format!("{}: the form {form:?} holds no word", line.place)),
                [one] => &mut words.entry(one.clone()).or_default().entries,
                _ => {
                    for token in &tokens {
                        words.entry(token.clone()).or_default();
                    }
                    phrases.entry(tokens).or_default()
                }
            };
            if entries.contains(&entry) {
                return Err(format!(
                    "{}: the form {form:?} stands twice in class {}",
                    line.place, line.class
                ));
            }
            entries.push(entry);
        }
    }
    Ok(layout(words, phrases))
}

fn tokens(form: &str, affixes: &Affixes<'_>) -> Vec<String> {
    let mut found = Vec::new();
    token::cut(form, affixes, |piece| {
        let mut folded = String::new();
        token::fold_into(&form[piece.start..piece.end], &mut folded);
        found.push(folded);
    });
    found
}

fn layout(mut words: BTreeMap<String, Word>, phrases: BTreeMap<Vec<String>, Readings>) -> Vec<u8> {
    let ids: BTreeMap<String, u32> = words.keys().cloned().zip(0u32..).collect();
    let phrases: Vec<(Vec<String>, Readings)> = phrases.into_iter().collect();
    for (number, (tokens, _)) in phrases.iter().enumerate() {
        if let Some(word) = words.get_mut(&tokens[0]) {
            word.phrases.push(number);
        }
    }

    let mut strings = Strings::default();
    let (mut records, mut entries, mut phrase_records, mut pool) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut sets: Vec<[u32; 8]> = Vec::new();
    let mut add_entries = |list: &Readings, strings: &mut Strings| -> (u32, u32) {
        let first = entries.len() as u32 / 3;
        for (class, value) in list {
            let (offset, len) = strings.add(value);
            entries.extend([*class as u32, offset, len]);
        }
        (first, list.len() as u32)
    };
    for (form, word) in &words {
        let (offset, len) = strings.add(form);
        let (first, count) = add_entries(&word.entries, &mut strings);
        let mut set = [0u32; 8];
        for (class, _) in &word.entries {
            set[class / 32] |= 1 << (class % 32);
        }
        let set_number = sets.iter().position(|s| *s == set).unwrap_or_else(|| {
            sets.push(set);
            sets.len() - 1
        });
        let first_phrase = phrase_records.len() as u32 / 4;
        let mut own: Vec<usize> = word.phrases.clone();
        own.sort_by_key(|&n| (std::cmp::Reverse(phrases[n].0.len()), n));
        for &number in &own {
            let (tokens, list) = &phrases[number];
            let (entry, entry_count) = add_entries(list, &mut strings);
            phrase_records.extend([tokens.len() as u32, pool.len() as u32, entry, entry_count]);
            pool.extend(tokens.iter().map(|t| ids[t]));
        }
        records.extend([offset, len, first, count, first_phrase, own.len() as u32, set_number as u32]);
    }

    let slot_count = (words.len() * 2).next_power_of_two().max(8);
    let mut slots = vec![0u32; slot_count];
    for (form, id) in &ids {
        let mut slot = hash(form.as_bytes()) as usize & (slot_count - 1);
        while slots[slot] != 0 {
            slot = (slot + 1) & (slot_count - 1);
        }
        slots[slot] = id + 1;
    }

    let header = [
        slot_count as u32,
        (records.len() / WORD) as u32,
        (entries.len() / 3) as u32,
        (phrase_records.len() / 4) as u32,
        pool.len() as u32,
        sets.len() as u32,
        strings.bytes.len() as u32,
        1,
    ];
    let mut bytes = Vec::new();
    let all = header.iter().chain(&slots).chain(&records).chain(&entries).chain(&phrase_records).chain(&pool);
    for number in all.chain(sets.iter().flatten()) {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(strings.bytes);
    bytes
}

/// A pool in which equal strings are kept once.
#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    known: BTreeMap<String, (u32, u32)>,
}

impl Strings {
    fn add(&mut self, text: &str) -> (u32, u32) {
        if let Some(place) = self.known.get(text) {
            return *place;
        }
        let place = (self.bytes.len() as u32, text.len() as u32);
        self.bytes.extend(text.as_bytes());
        self.known.insert(text.to_string(), place);
        place
    }
}
