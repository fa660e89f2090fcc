//! Reads the word lists of a language folder and compiles them into one table.

use crate::form::Shape;
use crate::inflect::Inflection;
use crate::lang::Affixes;
use crate::layout::{self, Expression, Readings, Word};
use crate::token;
use std::collections::{BTreeMap, BTreeSet};
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
    inflection: Inflection,
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

    /// What the lemmas of a class are, by the settings `expand.verb`, `expand.noun` …; none when its lines
    /// hold forms.
    fn kinds(&self) -> BTreeMap<String, String> {
        let settings = self.settings().into_iter();
        settings
            .filter_map(|(name, class)| Some((class, name.strip_prefix("expand.")?.to_string())))
            .collect()
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
    let mut inflection = Inflection::default();
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
            if class.starts_with("inflect.") {
                inflection.line(class, value, forms).map_err(|e| format!("{place}: {e}"))?;
                continue;
            }
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
    Ok(Source { lines, affixes, inflection })
}

/// Compiles the lists of one language; layout in `table.rs`.
pub fn compile(source: &Source, classes: &Classes) -> Result<Vec<u8>, String> {
    let affixes = source.affixes.leak();
    let kinds = source.kinds();
    let mut lists = Lists::default();
    let mut seen = BTreeSet::new();
    for line in &source.lines {
        let class = classes.number(&line.class);
        let kind = kinds.get(&line.class);
        for form in &line.forms {
            let whole = line.class == "setting" || line.class.starts_with("token.");
            let tokens = if whole { vec![form.clone()] } else { tokens(form, &affixes) };
            if tokens.is_empty() {
                return Err(format!("{}: the form {form:?} holds no word", line.place));
            }
            if !seen.insert((class, &line.value, tokens.clone())) {
                return Err(format!(
                    "{}: the form {form:?} stands twice in class {}",
                    line.place, line.class
                ));
            }
            match kind {
                None => lists.add(tokens, false, (class, line.value.clone())),
                Some(kind) => lists
                    .inflect(&source.inflection, kind, &tokens, (class, line.value.clone()))
                    .map_err(|e| format!("{}: {e}", line.place))?,
            }
        }
    }
    layout::bytes(lists.words, lists.phrases)
}

/// Words and expressions with their readings.
#[derive(Default)]
struct Lists {
    words: BTreeMap<String, Word>,
    phrases: BTreeMap<Expression, Readings>,
}

impl Lists {
    fn add(&mut self, tokens: Vec<String>, inflected: bool, entry: (usize, String)) {
        let entries = match tokens.as_slice() {
            [one] => &mut self.words.entry(one.clone()).or_default().entries,
            _ => {
                for token in &tokens {
                    self.words.entry(token.clone()).or_default();
                }
                self.phrases.entry((tokens, inflected)).or_default()
            }
        };
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }

    /// Adds every form of a lemma. The value of a reflexive verb ends with `;refl`: its pronoun may stand
    /// apart from it, so it is no part of the expression.
    fn inflect(
        &mut self,
        inflection: &Inflection,
        kind: &str,
        tokens: &[String],
        (class, mut value): (usize, String),
    ) -> Result<(), String> {
        let expansion = inflection.expand(kind, tokens)?;
        if expansion.is_reflexive {
            value.push_str(";refl");
        }
        let by_lemma = expansion.at == 0 && expansion.alone;
        for (form, cell) in expansion.forms {
            let shape = Shape::read(&cell).ok_or_else(|| format!("{cell:?} names no cell of a paradigm"))?;
            let word = self.words.entry(form[expansion.at].clone()).or_default();
            let reading = (expansion.lemma.clone(), shape.pack());
            if !word.forms.contains(&reading) {
                word.forms.push(reading);
            }
            // An expression that begins with its verb is kept once, under the lemma.
            if !(by_lemma && form.len() > 1) {
                self.add(form, false, (class, value.clone()));
            } else if form[0] == expansion.lemma {
                self.add(form, true, (class, value.clone()));
            }
        }
        Ok(())
    }
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
