//! Paradigms against tables of forms: `tests/corpus/<language>/inflection.txt`.
//!
//! A line is `kind lemma: cell form form, cell form`; a cell must hold exactly these forms. The paradigms are
//! read from the language folder by the same code as in the build.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../src/lang/form.rs"]
#[allow(dead_code)]
mod form;
#[path = "../src/lang/build/inflect.rs"]
#[allow(dead_code)]
mod inflect;
#[path = "../src/lang/build/pattern.rs"]
mod pattern;

use dateline::lang::form::{Mood, Tense, VerbForm};
use dateline::lang::{Lang, class};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn paradigms(code: &str) -> inflect::Inflection {
    let mut inflection = inflect::Inflection::default();
    let path = root().join("src/lang").join(code).join("inflection.tsv");
    for line in fs::read_to_string(&path).unwrap().lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if let [class, value, forms] = fields[..]
            && class.starts_with("inflect.")
        {
            inflection.line(class, value, forms).unwrap();
        }
    }
    inflection
}

/// Checks one file and returns the mistakes.
fn check(code: &str, path: &Path) -> Vec<String> {
    let inflection = paradigms(code);
    let mut mistakes = Vec::new();
    for (number, line) in fs::read_to_string(path).unwrap().lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let (head, cells) = line.split_once(':').unwrap();
        let (kind, lemma) = head.split_once(' ').unwrap();
        let words: Vec<String> = lemma.split(' ').map(str::to_string).collect();
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (form, cell) in inflection.expand(kind, &words).unwrap().forms {
            found.entry(cell).or_default().push(form.join("_"));
        }
        for cell in cells.split(',') {
            let mut forms = cell.split_whitespace();
            let name = forms.next().unwrap();
            let wanted: Vec<String> = forms.map(str::to_string).collect();
            let got = found.get(name).cloned().unwrap_or_default();
            if got != wanted {
                mistakes.push(format!(
                    "{}:{}: {lemma} {name}: wanted {wanted:?}, got {got:?}",
                    path.display(),
                    number + 1
                ));
            }
        }
    }
    mistakes
}

#[test]
fn tables_of_forms() {
    let mut mistakes = Vec::new();
    for lang in Lang::all() {
        let path = root().join("tests/corpus").join(lang.code()).join("inflection.txt");
        mistakes.extend(check(lang.code(), &path));
    }
    assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
}

#[test]
fn lists_know_their_forms() {
    let lexicon = Lang::from_code("fr").unwrap().lexicon();
    let word = lexicon.word("explosa");
    let form = lexicon.forms(word).find(|f| f.lemma == "exploser").unwrap();
    assert_eq!((form.shape.verb, form.shape.tense), (Some(VerbForm::Fin), Some(Tense::Past)));
    assert_eq!((form.shape.mood, form.shape.person), (Some(Mood::Ind), 3));
    assert!(lexicon.has(word, class::EVENT_VERB));
    // A word of the lists that is no inflected form has none.
    assert_eq!(lexicon.forms(lexicon.word("jusqu'")).count(), 0);
}

#[test]
fn expressions_begin_with_any_form_of_their_verb() {
    let lexicon = Lang::from_code("fr").unwrap().lexicon();
    let expression = |first: &str, second: &str| {
        let (first, second) = (lexicon.word(first), lexicon.word(second));
        lexicon.phrases(first, second).any(|p| p.len == 2)
    };
    assert!(expression("prirent", "feu"));
    assert!(expression("prendra", "feu"));
    assert!(!expression("perdra", "feu"));
}
