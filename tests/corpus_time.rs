//! Runs the corpus of times: `tests/corpus/<language>/time.txt`, one value, many ways to say it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::NaiveDate;
use dateline::lang::Lang;
use dateline::tag;
use dateline::text::Text;
use dateline::time::{self, TimeMention};
use std::fs;
use std::path::PathBuf;

/// What a mention is, as the corpus writes it: its value, and the days of the happening where they differ.
fn told(mention: &TimeMention) -> [String; 2] {
    let day = |d: Option<NaiveDate>| d.map_or("..".to_string(), |d| d.to_string());
    let days = mention.dates().map(|b| b.days()).unwrap_or_default();
    [mention.value.clone(), format!("{}/{}", day(days.0), day(days.1))]
}

#[test]
fn corpus_of_times() {
    let mut failures = Vec::new();
    let mut count = 0;
    for lang in Lang::all() {
        let name = format!("tests/corpus/{}/time.txt", lang.code());
        let file = fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(&name)).unwrap();
        let mut published: Option<NaiveDate> = None;
        let mut wanted: Vec<String> = Vec::new();
        for (number, line) in file.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(date) = line.strip_prefix("@ ") {
                published = date.trim().parse().ok();
            } else if let Some(values) = line.strip_prefix("= ") {
                wanted = values.split(';').map(|v| v.trim().to_string()).collect();
            } else {
                count += 1;
                if let Some(failure) = check(line, &wanted, published, lang) {
                    failures.push(format!("{name}:{}: {failure}", number + 1));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of {count} lines fail\n{}", failures.len(), failures.join("\n"));
}

/// Checks a line: the bracketed words are the mentions that the values are wanted for, in order.
fn check(line: &str, wanted: &[String], published: Option<NaiveDate>, lang: Lang) -> Option<String> {
    let plain: String = line.chars().filter(|c| !matches!(c, '[' | ']')).collect();
    let text = Text::new(&plain, lang);
    let reading = tag::read(&text);
    let time::Times { mentions, impossible } = time::read(&text, reading.as_ref(), published);
    if wanted == ["impossible"] {
        let named: Vec<&str> = impossible.iter().map(|i| i.span.of(&plain)).collect();
        let words = line.split('[').nth(1).and_then(|s| s.split(']').next()).unwrap_or_default();
        let told = named.len() == 1 && named.iter().all(|n| n.ends_with(words)) && mentions.is_empty();
        return (!told).then(|| format!("{line}: wanted {words:?} as impossible, got {named:?}"));
    }
    if wanted == ["nothing"] {
        let values: Vec<&str> = mentions.iter().map(|m| m.value.as_str()).collect();
        return (!mentions.is_empty()).then(|| format!("{line}: wanted nothing, got {values:?}"));
    }
    let spans: Vec<&str> = line.split('[').skip(1).filter_map(|s| s.split(']').next()).collect();
    for (words, value) in spans.iter().zip(wanted) {
        let Some(mention) = mentions.iter().find(|m| m.span.of(&plain) == *words) else {
            let got: Vec<&str> = mentions.iter().map(|m| m.span.of(&plain)).collect();
            return Some(format!("{line}: wanted {words:?}, got {got:?}"));
        };
        let got = told(mention);
        if !got.contains(value) {
            return Some(format!("{line}: {words}: wanted {value}, got {got:?}"));
        }
    }
    (spans.len() != wanted.len())
        .then(|| format!("{line}: {} spans for {} values", spans.len(), wanted.len()))
}
