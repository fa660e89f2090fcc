//! Sentences with their places, and countries wherever a sentence may have them, per language:
//! `tests/corpus/<code>/place.txt` and `country.txt`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dateline::gazetteer::Gazetteer;
use dateline::lang::Lang;
use dateline::place::{self, Context, PlaceKind, PlaceMention, PlaceRole};
use dateline::span::Span;
use dateline::tag;
use dateline::text::Text;
use std::fs;
use std::path::{Path, PathBuf};

/// A sentence, the spans of its names, and what is wanted of each.
struct Case {
    line: usize,
    words: String,
    spans: Vec<Span>,
    wanted: Vec<String>,
}

fn cases(path: &Path) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let text = fs::read_to_string(path).unwrap();
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if let Some(wanted) = line.strip_prefix("= ") {
            cases.last_mut().expect("a sentence before").wanted.push(wanted.to_owned());
            continue;
        }
        let (mut words, mut spans, mut start) = (String::new(), Vec::new(), 0);
        for c in line.chars() {
            match c {
                '[' => start = words.len(),
                ']' => spans.push(Span::new(start, words.len())),
                _ => words.push(c),
            }
        }
        cases.push(Case { line: number + 1, words, spans, wanted: Vec::new() });
    }
    cases
}

fn told(mention: &PlaceMention) -> String {
    match &mention.place {
        Some(place) => format!("{}; {}; {}", mention.role.as_str(), place.country, place.name),
        None => format!("{}; -", mention.role.as_str()),
    }
}

/// A file of the sentences of a language.
fn corpus(lang: Lang, name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(lang.code()).join(name)
}

fn find(gazetteer: &Gazetteer, lang: Lang, words: &str) -> Vec<PlaceMention> {
    let text = Text::new(words, lang);
    let reading = tag::read(&text);
    place::find(&text, reading.as_ref(), gazetteer, &Context::default())
}

#[test]
fn sentences_have_their_places() {
    let gazetteer = Gazetteer::embedded();
    if gazetteer.is_empty() {
        return;
    }
    let mut mistakes = Vec::new();
    for lang in Lang::all() {
        let path = corpus(lang, "place.txt");
        for case in cases(&path) {
            let place = format!("{}:{}", path.display(), case.line);
            if case.spans.len() != case.wanted.len() {
                mistakes.push(format!("{place}: {} names, {} lines", case.spans.len(), case.wanted.len()));
            }
            let found = find(&gazetteer, lang, &case.words);
            for (span, wanted) in case.spans.iter().zip(&case.wanted) {
                let got = found.iter().find(|m| m.span == *span).map_or("nothing".to_owned(), told);
                if got != *wanted {
                    mistakes.push(format!("{place}: {}: wanted {wanted}, got {got}", span.of(&case.words)));
                }
            }
            for mention in &found {
                let quiet =
                    mention.anaphor || matches!(mention.role, PlaceRole::PartOfName | PlaceRole::Demonym);
                if !quiet && !case.spans.contains(&mention.span) {
                    mistakes.push(format!("{place}: {}: {}", mention.span.of(&case.words), told(mention)));
                }
            }
        }
    }
    assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
}

/// The sentences of a file of countries: the code that is wanted and the words.
fn countries(path: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(path).unwrap();
    let mut frames: Vec<(usize, &str)> = Vec::new();
    let mut sentences = Vec::new();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        if let Some(frame) = line.strip_prefix("@ ") {
            let (column, words) = frame.split_once(' ').expect("a column and a sentence");
            frames.push((column.parse().expect("a number"), words));
            continue;
        }
        let cells: Vec<&str> = line.split(" | ").collect();
        for (column, frame) in &frames {
            let words = frame.replace("{}", cells[*column]);
            let head: String = words.chars().take(1).flat_map(char::to_uppercase).collect();
            let rest: String = words.chars().skip(1).collect();
            sentences.push((cells[0].to_owned(), head + &rest));
        }
    }
    sentences
}

#[test]
fn countries_are_found_wherever_a_sentence_has_them() {
    let gazetteer = Gazetteer::embedded();
    if gazetteer.is_empty() {
        return;
    }
    let mut mistakes = Vec::new();
    for lang in Lang::all() {
        let path = corpus(lang, "country.txt");
        for (wanted, words) in countries(&path) {
            let found = find(&gazetteer, lang, &words);
            let named: Vec<&PlaceMention> =
                found.iter().filter(|m| m.role != PlaceRole::PartOfName).collect();
            let right = |m: &PlaceMention| {
                m.place.as_ref().is_some_and(|p| p.kind == PlaceKind::Country && p.country == wanted)
            };
            if named.len() != 1 || !named.iter().all(|m| right(m)) {
                let got: Vec<String> = named.iter().map(|m| told(m)).collect();
                mistakes.push(format!("{words} wanted {wanted}, got {got:?}"));
            }
        }
    }
    assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
}
