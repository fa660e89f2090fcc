//! Runs the examples that stand in the rules of every language: each `yes` finds what it says and fires its rule,
//! each `no` does not fire it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::NaiveDate;
use dateline::lang::Lang;
use dateline::tag;
use dateline::text::Text;
use dateline::time;
use std::fs;
use std::path::PathBuf;

/// An example line: its text without brackets, the bracketed words, and the values wanted for them.
struct Example {
    text: String,
    spans: Vec<String>,
    values: Vec<String>,
    published: NaiveDate,
}

/// Reads `text with [words] @ date = value ; value`.
fn example(line: &str, published: NaiveDate) -> Example {
    let (text, values) = line.rsplit_once(" =").unwrap_or((line, ""));
    let (text, published) = match text.rsplit_once(" @ ") {
        Some((text, date)) => (text, date.trim().parse().unwrap()),
        None => (text, published),
    };
    let mut plain = String::new();
    let mut spans = Vec::new();
    let mut inside: Option<String> = None;
    for c in text.trim().chars() {
        match (c, &mut inside) {
            ('[', None) => inside = Some(String::new()),
            (']', Some(_)) => spans.extend(inside.take()),
            (c, Some(words)) => {
                words.push(c);
                plain.push(c);
            }
            (c, None) => plain.push(c),
        }
    }
    let values = values.split(';').map(|v| v.trim().to_string()).filter(|v| !v.is_empty()).collect();
    Example { text: plain, spans, values, published }
}

#[test]
fn examples_of_rules() {
    let mut failures = Vec::new();
    let mut count = 0;
    for lang in Lang::all() {
        let path =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/lang").join(lang.code()).join("time.rules");
        let file = fs::read_to_string(&path).unwrap();
        let mut published: NaiveDate = "2016-12-22".parse().unwrap();
        let mut rule = "";
        for (number, line) in file.lines().enumerate() {
            let place = format!("src/lang/{}/time.rules:{}", lang.code(), number + 1);
            let Some((key, rest)) = line.split_once(char::is_whitespace) else { continue };
            match key {
                "published" => published = rest.trim().parse().unwrap(),
                "rule" => rule = rest.trim(),
                "yes" | "no" => {
                    count += 1;
                    let example = example(rest, published);
                    failures
                        .extend(check(&example, rule, key == "yes", lang).map(|f| format!("{place}: {f}")));
                }
                _ => {}
            }
        }
    }
    assert!(failures.is_empty(), "{} of {count} examples fail\n{}", failures.len(), failures.join("\n"));
}

fn check(example: &Example, rule: &str, yes: bool, lang: Lang) -> Option<String> {
    let text = Text::new(&example.text, lang);
    let fired = time::rules_fired(&text).contains(&rule);
    if !yes {
        return fired.then(|| format!("{rule} fires on {:?}", example.text));
    }
    if !fired {
        return Some(format!("{rule} does not fire on {:?}: {:?}", example.text, time::rules_fired(&text)));
    }
    let reading = tag::read(&text);
    let mentions = time::find(&text, reading.as_ref(), Some(example.published));
    let wanted: Vec<&str> = example.values.iter().map(String::as_str).collect();
    let got: Vec<&str> = mentions.iter().map(|m| m.value.as_str()).collect();
    if !wanted.iter().all(|w| got.contains(w)) || (wanted.is_empty() && !got.is_empty()) {
        return Some(format!("{rule}: {:?}: wanted {wanted:?}, got {got:?}", example.text));
    }
    let words: Vec<&str> = mentions.iter().map(|m| m.span.of(&example.text)).collect();
    let missing = example.spans.iter().find(|s| !words.contains(&s.as_str()));
    missing.map(|s| format!("{rule}: {:?}: wanted the words {s:?}, got {words:?}", example.text))
}
