//! Sentences with their places, per language: `tests/corpus/<code>/place.txt`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dateline::gazetteer::Gazetteer;
use dateline::lang::Lang;
use dateline::place::{self, Context, PlaceMention, PlaceRole};
use dateline::span::Span;
use dateline::tag;
use dateline::text::Text;
use std::fs;
use std::path::Path;

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

#[test]
fn sentences_have_their_places() {
    let gazetteer = Gazetteer::embedded();
    if gazetteer.is_empty() {
        return;
    }
    let mut mistakes = Vec::new();
    for lang in Lang::all() {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(lang.code()).join("place.txt");
        for case in cases(&path) {
            let place = format!("{}:{}", path.display(), case.line);
            if case.spans.len() != case.wanted.len() {
                mistakes.push(format!("{place}: {} names, {} lines", case.spans.len(), case.wanted.len()));
            }
            let text = Text::new(&case.words, lang);
            let reading = tag::read(&text);
            let found = place::find(&text, reading.as_ref(), &gazetteer, &Context::default());
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
