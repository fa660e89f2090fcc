//! Inflects the lemmas of word lists by the paradigms of a language, which are data.
//!
//! A paradigm is written with patterns and templates (see `inflection.tsv` of a language): the pattern says
//! which end of a word it takes off, the template what comes instead. In both, a capital stands for a class
//! of letters; in a template a digit brings back what the pattern's first, second … capital took.

use crate::form::Shape;
use crate::pattern::{Letters, Pattern};
use std::collections::BTreeMap;

/// One inflected form: the word and the cell of the paradigm it fills.
type Cells = Vec<(String, String)>;

/// A paradigm: for each cell the templates of its forms.
struct Model {
    kind: String,
    name: String,
    pattern: Pattern,
    cells: Vec<(String, String)>,
}

/// How cells follow from a cell that is filled.
struct Step {
    from: String,
    pattern: Pattern,
    cells: Vec<(String, String)>,
}

/// Paradigms of one language.
#[derive(Default)]
pub struct Inflection {
    letters: Letters,
    grids: BTreeMap<String, Vec<String>>,
    lemmas: BTreeMap<String, String>,
    models: Vec<Model>,
    chosen: Vec<(String, Pattern, usize)>,
    named: BTreeMap<(String, String), usize>,
    steps: Vec<Vec<Step>>,
    /// Words before which a lemma of several words is not inflected any more, by kind.
    stops: BTreeMap<String, Vec<String>>,
    /// Pronouns that a verb lemma may begin with.
    reflexive: Vec<String>,
    /// Pronouns that stand before the verb of a lemma and stay there.
    clitics: Vec<String>,
    /// Cells that only paradigms of a single word write out; in others they are there to derive from.
    skipped: Vec<String>,
}

impl Inflection {
    /// Takes a line of class `inflect.…` in; `rest` is what follows the class.
    pub fn line(&mut self, class: &str, value: &str, forms: &str) -> Result<(), String> {
        let list = || forms.split('|').map(str::to_string).collect::<Vec<_>>();
        match class.strip_prefix("inflect.").unwrap_or_default() {
            "letters" => {
                let name = value.chars().next().filter(char::is_ascii_uppercase);
                self.letters
                    .add(name.ok_or("expected one capital as the name of a class of letters")?, forms);
            }
            "grid" => {
                for cell in list() {
                    let cell = format!("{value}.{cell}");
                    Shape::read(&cell).ok_or(format!("{cell:?} names no cell of a paradigm"))?;
                }
                self.grids.insert(value.to_string(), list());
            }
            "lemma" => {
                self.lemmas.insert(value.to_string(), forms.to_string());
            }
            "stop" => {
                self.stops.insert(value.to_string(), list());
            }
            "reflexive" => self.reflexive = list(),
            "clitic" => self.clitics = list(),
            "skip" => self.skipped = list(),
            "derive" => {
                let steps = list().iter().map(|s| self.step(value, s)).collect::<Result<_, _>>()?;
                self.steps.push(steps);
            }
            kind => match kind.strip_suffix(".as") {
                Some(kind) => self.choose(kind, value, list())?,
                None => self.model(kind, value, forms)?,
            },
        }
        Ok(())
    }

    fn model(&mut self, kind: &str, value: &str, forms: &str) -> Result<(), String> {
        if !self.lemmas.contains_key(kind) {
            return Err(format!("no line of class inflect.lemma says what a lemma of kind {kind:?} is"));
        }
        let mut cells = Vec::new();
        for part in forms.split('|').filter(|p| *p != "-") {
            let (key, templates) =
                part.split_once('=').ok_or(format!("expected cell=forms, found {part:?}"))?;
            cells.extend(self.spread(key, templates)?);
        }
        let number = self.models.len();
        let pattern = Pattern::new(value);
        if !value.starts_with('~') {
            if value.starts_with(['-', '^']) {
                self.chosen.push((kind.to_string(), pattern.clone(), number));
            } else {
                self.named.insert((kind.to_string(), value.to_string()), number);
            }
        }
        self.models.push(Model { kind: kind.to_string(), name: value.to_string(), pattern, cells });
        Ok(())
    }

    fn choose(&mut self, kind: &str, name: &str, lemmas: Vec<String>) -> Result<(), String> {
        let model = self.models.iter().position(|m| m.kind == kind && m.name == name);
        let model = model.ok_or(format!("no paradigm of kind {kind:?} is called {name:?}"))?;
        for lemma in lemmas {
            self.named.insert((kind.to_string(), lemma), model);
        }
        Ok(())
    }

    fn step(&self, to: &str, text: &str) -> Result<Step, String> {
        let mut parts = text.split(':');
        let (Some(from), Some(pattern), Some(templates)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(format!("expected cell:pattern:forms, found {text:?}"));
        };
        Ok(Step {
            from: from.to_string(),
            pattern: Pattern::new(pattern),
            cells: self.spread(to, templates)?,
        })
    }

    /// Gives the templates of a list to the cells of a grid, in order; `-` leaves a cell open, nothing
    /// between two commas leaves it empty for good.
    fn spread(&self, key: &str, templates: &str) -> Result<Vec<(String, String)>, String> {
        let templates: Vec<&str> = templates.split(',').collect();
        let cells: Vec<String> = match self.grids.get(key) {
            Some(grid) => grid.iter().map(|c| format!("{key}.{c}")).collect(),
            None => vec![key.to_string()],
        };
        if templates.len() > cells.len() {
            return Err(format!("{key:?} has {} cells, not {}", cells.len(), templates.len()));
        }
        Shape::read(&cells[0]).ok_or(format!("{key:?} names no cell of a paradigm"))?;
        let pairs = cells.into_iter().zip(templates);
        Ok(pairs.filter(|(_, t)| *t != "-").map(|(c, t)| (c, t.to_string())).collect())
    }

    /// All forms of a lemma of one word, the lemma first.
    fn forms(&self, kind: &str, lemma: &str) -> Result<Cells, String> {
        let model = match self.named.get(&(kind.to_string(), lemma.to_string())) {
            Some(&model) => Some(model),
            None => self
                .chosen
                .iter()
                .filter(|(k, pattern, _)| k == kind && pattern.matches(lemma, &self.letters).is_some())
                .max_by_key(|(_, pattern, _)| pattern.weight())
                .map(|(_, _, model)| *model),
        };
        let model =
            model.map(|m| &self.models[m]).ok_or(format!("no paradigm of kind {kind:?} fits {lemma:?}"))?;
        let mut cells = vec![(lemma.to_string(), self.lemmas.get(kind).cloned().unwrap_or_default())];
        let taken = model
            .pattern
            .matches(lemma, &self.letters)
            .ok_or(format!("the paradigm {:?} does not fit {lemma:?}", model.name))?;
        for (cell, templates) in &model.cells {
            for template in templates.split('/') {
                let form = if template.is_empty() { String::new() } else { taken.replace(lemma, template) };
                cells.push((form, cell.clone()));
            }
        }
        for steps in &self.steps {
            self.derive(steps, &mut cells);
        }
        let whole = !model.name.starts_with(['-', '~', '^']);
        cells.retain(|(form, cell)| !form.is_empty() && (whole || !self.skipped.contains(cell)));
        Ok(cells)
    }

    fn derive(&self, steps: &[Step], cells: &mut Cells) {
        let mut found: Cells = Vec::new();
        let mut served: Vec<&str> = Vec::new();
        for step in steps {
            for (word, cell) in cells.iter() {
                if *cell != step.from || word.is_empty() || served.contains(&word.as_str()) {
                    continue;
                }
                let Some(taken) = step.pattern.matches(word, &self.letters) else { continue };
                served.push(word);
                for (cell, template) in &step.cells {
                    if !cells.iter().any(|(_, c)| c == cell) {
                        found.push((taken.replace(word, template), cell.clone()));
                    }
                }
            }
        }
        cells.extend(found);
    }

    /// True for an expression that begins with one of the stops of its kind (« en cas »): it has no forms.
    pub fn is_fixed(&self, kind: &str, words: &[String]) -> bool {
        words.len() > 1 && self.stops.get(kind).is_some_and(|s| s.contains(&words[0]))
    }

    /// The forms of a lemma cut into words: each a list of words with the cell of the first inflected one,
    /// and whether a reflexive pronoun was taken off its head.
    pub fn expand(&self, kind: &str, words: &[String]) -> Result<Expansion, String> {
        let is_reflexive = words.len() > 1 && words.first().is_some_and(|w| self.reflexive.contains(w));
        let words = if is_reflexive { &words[1..] } else { words };
        let stops = self.stops.get(kind);
        let last = stops.is_some_and(|s| s.first().is_some_and(|w| w == LAST_BEFORE));
        let end = words
            .iter()
            .position(|w| stops.is_some_and(|s| s.contains(w)))
            .filter(|&end| end > 0)
            .unwrap_or(words.len());
        let inflected = match kind {
            _ if stops.is_none() => {
                let verb = words.iter().position(|w| !self.clitics.contains(w)).unwrap_or(0);
                verb..verb + 1
            }
            _ if last => end - 1..end,
            _ => 0..end,
        };
        let paradigms =
            words[inflected.clone()].iter().map(|w| self.forms(kind, w)).collect::<Result<Vec<_>, _>>()?;
        let mut forms = Vec::new();
        for (form, cell) in &paradigms[0] {
            let mut found = words.to_vec();
            for (offset, paradigm) in paradigms.iter().enumerate() {
                let same = paradigm.iter().find(|(_, c)| c == cell).map(|(f, _)| f.clone());
                found[inflected.start + offset] =
                    if offset == 0 { form.clone() } else { same.unwrap_or_default() };
            }
            forms.push((found, cell.clone()));
        }
        let (at, alone) = (inflected.start, inflected.len() == 1);
        Ok(Expansion { forms, at, alone, lemma: words[at].clone(), is_reflexive })
    }
}

/// First of the stops when only the last word before a stop is inflected.
const LAST_BEFORE: &str = "<";

/// The forms of one lemma.
pub struct Expansion {
    /// Words of each form, with its cell.
    pub forms: Vec<(Vec<String>, String)>,
    /// Which of the words the cell speaks of.
    pub at: usize,
    /// No other word is inflected.
    pub alone: bool,
    /// The lemma of that word.
    pub lemma: String,
    /// A reflexive pronoun was taken off.
    pub is_reflexive: bool,
}
