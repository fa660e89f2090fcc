//! What a check found, as lines that build servers show beside the files: GitHub annotations and SARIF.

use serde_json::{Value, json};
use std::fmt::Write as _;

/// One thing to look at, where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// What kind of thing: one of [`RULES`].
    pub rule: &'static str,
    /// What it says.
    pub message: String,
    /// The file concerned, from the project file, with slashes.
    pub file: String,
    /// Its line, counted from 1.
    pub line: u64,
    /// Whether it must be mended by hand: running again does not help.
    pub error: bool,
}

/// Kinds of things that a check finds, with what they mean.
pub const RULES: &[(&str, &str)] = &[
    ("added", "A happening is not in the outputs yet"),
    ("removed", "A happening of the outputs is told no longer"),
    ("changed", "A happening is told otherwise than in the outputs"),
    ("merged", "A happening of the outputs is part of another one now"),
    ("split", "A happening of the outputs is several now"),
    ("stale", "A file is not what a run would write"),
    ("edited", "An output was changed since the last run"),
    ("correction", "A correction has lost its happening, or is no longer needed"),
    ("unreadable", "An input cannot be read"),
];

/// Commands that GitHub Actions turns into annotations.
pub fn github(found: &[Annotation]) -> String {
    let mut out = String::new();
    for annotation in found {
        let level = if annotation.error { "error" } else { "warning" };
        let title = RULES.iter().find(|(rule, _)| *rule == annotation.rule).map_or("", |(_, title)| title);
        let _ = writeln!(
            out,
            "::{level} file={},line={},title={}::{}",
            property(&annotation.file),
            annotation.line,
            property(title),
            data(&annotation.message)
        );
    }
    out
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command, in which colons and commas have a meaning too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// SARIF 2.1.0.
pub fn sarif(found: &[Annotation]) -> String {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|(rule, about)| json!({ "id": rule, "shortDescription": { "text": about } }))
        .collect();
    let results: Vec<Value> = found
        .iter()
        .map(|annotation| {
            json!({
                "ruleId": annotation.rule,
                "ruleIndex": RULES.iter().position(|(rule, _)| *rule == annotation.rule),
                "level": if annotation.error { "error" } else { "warning" },
                "message": { "text": annotation.message },
                "locations": [{
                    "physicalLocation": {
                        "artifactLocation": { "uri": uri(&annotation.file), "uriBaseId": "%SRCROOT%" },
                        "region": { "startLine": annotation.line.max(1) },
                    },
                }],
            })
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "dateline",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                },
            },
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// A path as a relative address.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte))
            }
            other => {
                let _ = write!(out, "%{other:02X}");
            }
        }
    }
    out
}

/// The line of a file on which `sentence` begins, whatever markup and line breaks are between its words.
pub fn line_of(file: &str, sentence: &str) -> Option<u64> {
    /// Letters and digits that make a place sure.
    const ENOUGH: usize = 40;
    let letters = |text: &str| -> Vec<char> { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let wanted: Vec<char> = letters(sentence).into_iter().take(ENOUGH).collect();
    let mut line = 1;
    let mut held: Vec<(char, u64)> = Vec::new();
    for c in file.chars() {
        if c == '\n' {
            line += 1;
        } else if c.is_alphanumeric() {
            held.push((c, line));
        }
    }
    // Markup may cut a long stretch in two; a short one is then enough.
    [wanted.len(), wanted.len() / 2, wanted.len() / 4].into_iter().filter(|n| *n >= 6).find_map(|count| {
        let wanted = wanted.get(..count)?;
        held.windows(count)
            .find(|w| w.iter().map(|(c, _)| c).eq(wanted))
            .and_then(|w| w.first())
            .map(|(_, l)| *l)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one() -> Vec<Annotation> {
        let message = "100 % new\nsecond line".to_owned();
        vec![Annotation { rule: "added", message, file: "news/été 1, b.md".into(), line: 3, error: false }]
    }

    #[test]
    fn commands_escape_what_would_end_them() {
        let line = github(&one());
        assert!(line.starts_with("::warning file=news/été 1%2C b.md,line=3,title="), "{line}");
        assert!(line.ends_with("::100 %25 new%0Asecond line\n"), "{line}");
    }

    #[test]
    fn sarif_has_what_its_schema_requires() {
        let log: Value = serde_json::from_str(&sarif(&one())).unwrap();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        assert!(run["tool"]["driver"]["name"].is_string());
        let result = &run["results"][0];
        assert!(result["message"]["text"].is_string());
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "news/%C3%A9t%C3%A9%201%2C%20b.md");
        assert_eq!(place["region"]["startLine"], 3);
    }

    #[test]
    fn sentences_are_found_through_markup() {
        let file = "---\ntitle: x\n---\nLe pont **de Nevers**\ns'est effondré mardi matin.\n";
        assert_eq!(line_of(file, "Le pont de Nevers s'est effondré mardi"), Some(4));
        assert_eq!(line_of(file, "s'est effondré mardi"), Some(5));
        assert_eq!(line_of(file, "La crue a tout emporté dans la ville"), None);
    }
}
