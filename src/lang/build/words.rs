//! Reads the word lists of a language folder and compiles them into one table.

use crate::form::Shape;
use crate::inflect::Inflection;
use crate::lang::Affixes;
use crate::layout::{self, Expression, Readings, Word};
use crate::token;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// All classes of all languages; their numbers are their places in the sorted list.
#[derive(Default)]
pub struct Classes {
    names: BTreeMap<String, ()>,
}

impl Classes {
    /// The number of a class, if any list has it.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.names.keys().position(|n| n == name)
    }

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
    pub pairs: Vec<String>,
    pub abbreviations: Vec<String>,
    pub capital_abbreviations: Vec<String>,
    pub number_abbreviations: Vec<String>,
    pub space_groups: bool,
}

impl OwnAffixes {
    /// Bytes of the longest abbreviation.
    fn longest_dotted(&self) -> usize {
        let lists = [&self.abbreviations, &self.capital_abbreviations, &self.number_abbreviations];
        lists.into_iter().flatten().map(String::len).max().unwrap_or_default()
    }

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
            pairs: strs(&self.pairs),
            abbreviations: strs(&self.abbreviations),
            capital_abbreviations: strs(&self.capital_abbreviations),
            number_abbreviations: strs(&self.number_abbreviations),
            longest_dotted: self.longest_dotted(),
            space_groups: self.space_groups,
        }
    }

    /// The same, as Rust code.
    pub fn code(&self) -> String {
        format!(
            "Affixes {{ elisions: &{:?}, prefixes: &{:?}, suffixes: &{:?}, pairs: &{:?}, abbreviations: &{:?}, \
             capital_abbreviations: &{:?}, number_abbreviations: &{:?}, longest_dotted: {}, \
             space_groups: {} }}",
            self.elisions,
            self.prefixes,
            self.suffixes,
            self.pairs,
            self.abbreviations,
            self.capital_abbreviations,
            self.number_abbreviations,
            self.longest_dotted(),
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
        pairs: list("token.pair"),
        abbreviations: list("token.abbreviation"),
        capital_abbreviations: list("token.abbreviation_capital"),
        number_abbreviations: list("token.abbreviation_number"),
        space_groups: lines.iter().any(|l| l.class == "setting" && l.value == "space_groups"),
    };
    Ok(Source { lines, affixes, inflection })
}

/// Gathers the lists of one language; `Lists::compile` lays them out.
pub fn gather(source: &Source, classes: &Classes) -> Result<Lists, String> {
    let affixes = source.affixes.leak();
    let kinds = source.kinds();
    let mut lists =
        Lists { affixes, words: BTreeMap::new(), phrases: BTreeMap::new(), ids: Default::default() };
    let mut seen = BTreeSet::new();
    for line in &source.lines {
        let class = classes.number(&line.class);
        for form in &line.forms {
            let whole = line.class == "setting" || line.class.starts_with("token.");
            let tokens = if whole { vec![form.clone()] } else { lists.tokens(form) };
            if tokens.is_empty() {
                return Err(format!("{}: the form {form:?} holds no word", line.place));
            }
            if !seen.insert((class, &line.value, tokens.clone())) {
                return Err(format!(
                    "{}: the form {form:?} stands twice in class {}",
                    line.place, line.class
                ));
            }
            let kind = kinds.get(&line.class).filter(|k| !source.inflection.is_fixed(k, &tokens));
            match kind {
                None => lists.add(tokens, false, (class, line.value.clone())),
                Some(kind) => lists
                    .inflect(&source.inflection, kind, &tokens, (class, line.value.clone()))
                    .map_err(|e| format!("{}: {e}", line.place))?,
            }
        }
    }
    Ok(lists)
}

/// Words and expressions with their readings.
pub struct Lists {
    affixes: Affixes<'static>,
    words: BTreeMap<String, Word>,
    phrases: BTreeMap<Expression, Readings>,
    /// Numbers of the words, once all are there.
    ids: OnceCell<BTreeMap<String, u32>>,
}

impl Lists {
    /// The table as bytes, and its strings; layout in `table.rs`.
    pub fn compile(self) -> Result<(Vec<u8>, String), String> {
        layout::table(self.words, self.phrases)
    }

    /// Makes sure that the table knows these words.
    pub fn know(&mut self, tokens: &[String]) {
        for token in tokens {
            self.words.entry(token.clone()).or_default();
        }
    }

    /// Cuts an expression as a text would be cut; the affixes of the language are words of their own.
    pub fn tokens(&self, form: &str) -> Vec<String> {
        let own = [
            self.affixes.elisions,
            self.affixes.prefixes,
            self.affixes.suffixes,
            self.affixes.abbreviations,
            self.affixes.capital_abbreviations,
            self.affixes.number_abbreviations,
        ];
        if own.iter().any(|list| list.contains(&form)) {
            return vec![form.to_string()];
        }
        let mut found = Vec::new();
        token::cut(form, &self.affixes, |piece| {
            let mut folded = String::new();
            token::fold_into(&form[piece.start..piece.end], &mut folded);
            found.push(folded);
        });
        found
    }

    /// The number of a word; asked only when all words are known.
    pub fn id(&self, word: &str) -> Option<u32> {
        let ids = self.ids.get_or_init(|| self.words.keys().cloned().zip(0u32..).collect());
        ids.get(word).copied()
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The words that have a reading of this class by themselves.
    pub fn in_class(&self, class: usize) -> BTreeSet<u32> {
        let words = self.words.values().zip(0u32..);
        words.filter(|(word, _)| holds(&word.entries, class)).map(|(_, id)| id).collect()
    }

    /// The first words of each expression of this class, as many as `reach`: every form of the first one where
    /// it is listed as a lemma.
    pub fn openings(&self, class: usize, reach: usize) -> BTreeSet<Vec<u32>> {
        let mut found = BTreeSet::new();
        for ((tokens, inflected), _) in self.phrases.iter().filter(|(_, readings)| holds(readings, class)) {
            let words: Vec<u32> = tokens.iter().take(reach).filter_map(|token| self.id(token)).collect();
            if *inflected {
                let forms = self.words.values().zip(0u32..);
                let of_lemma = forms.filter(|(word, _)| word.forms.iter().any(|(l, _)| *l == tokens[0]));
                found.extend(of_lemma.map(|(_, id)| [&[id], &words[1..]].concat()));
            }
            found.insert(words);
        }
        found
    }

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

fn holds(readings: &Readings, class: usize) -> bool {
    readings.iter().any(|(c, _)| *c == class)
}
