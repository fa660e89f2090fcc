//! Promises about the code itself: arrows, words, sizes, file heads, and languages that have the same files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What each module may name. A module not listed here is a mistake.
const ARROWS: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("error", &[]),
    ("label", &[]),
    ("article", &[]),
    ("topology", &[]),
    ("read", &["article", "error"]),
    ("lang", &["span"]),
    ("text", &["span", "lang"]),
    ("gazetteer", &["span", "error", "lang", "topology"]),
    ("tag", &["span", "error", "lang", "text", "gazetteer"]),
    ("time", &["span", "label", "lang", "text", "tag", "article"]),
    ("place", &["span", "label", "lang", "text", "tag", "gazetteer"]),
    ("event", &["span", "label", "lang", "text", "tag", "time", "place"]),
    (
        "document",
        &["span", "error", "label", "article", "lang", "text", "tag", "gazetteer", "time", "place", "event"],
    ),
    // Writers see the document model, and the plain types inside it.
    (
        "write",
        &["span", "error", "article", "topology", "lang", "gazetteer", "time", "place", "event", "document"],
    ),
    // A project sees the model and its files; of reading only the articles.
    (
        "project",
        &[
            "span",
            "error",
            "label",
            "article",
            "read",
            "lang",
            "gazetteer",
            "time",
            "place",
            "event",
            "document",
            "write",
        ],
    ),
];

/// Longest file, in lines; longer ones say why here.
const LINES: usize = 600;
const LONG: &[(&str, &str)] = &[];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` with this extension, sorted.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<(String, String)> {
    let src = root().join("src");
    files(&src, "rs")
        .into_iter()
        .map(|p| {
            (
                p.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/"),
                fs::read_to_string(&p).unwrap(),
            )
        })
        .collect()
}

/// The part of a file before its unit tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod ").next().unwrap()
}

/// All mistakes at once, so that one run shows them.
fn report(mistakes: &[String]) {
    assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
}

#[test]
fn arrows_point_one_way() {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut mistakes = Vec::new();
    for (path, text) in sources() {
        let module = path.split(['/', '.']).next().unwrap();
        if matches!(module, "lib" | "cli") || path.starts_with("lang/build/") {
            continue;
        }
        let Some(may) = allowed.get(module) else {
            mistakes.push(format!("src/{path}: module {module} is not in the table of arrows"));
            continue;
        };
        for (number, line) in code(&text).lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for target in line.split("crate::").skip(1).flat_map(targets) {
                if target != module && !may.contains(&target) && allowed.contains_key(target) {
                    mistakes.push(format!("src/{path}:{}: {module} may not know {target}", number + 1));
                }
            }
            if line.contains("super::super") {
                mistakes.push(format!("src/{path}:{}: name the module instead of super::super", number + 1));
            }
        }
    }
    report(&mistakes);
}

/// The modules named after `crate::`: one, or a list in braces on the same line.
fn targets(piece: &str) -> Vec<&str> {
    let word =
        |s: &'_ str| s.trim().find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(s.trim().len());
    match piece.strip_prefix('{') {
        Some(list) => list.split(',').map(|p| &p.trim()[..word(p)]).collect(),
        None => vec![&piece[..word(piece)]],
    }
}

#[test]
fn no_language_in_code() {
    let mut mistakes = Vec::new();
    for (path, text) in sources() {
        for (number, line) in code(&text).lines().enumerate() {
            let line = line.split("//").next().unwrap();
            if let Some(c) = line.chars().find(|c| c.is_alphabetic() && !c.is_ascii()) {
                mistakes.push(format!("src/{path}:{}: the letter {c} belongs in src/lang", number + 1));
            }
        }
    }
    report(&mistakes);
}

#[test]
fn files_say_what_they_are_and_stay_short() {
    let mut mistakes = Vec::new();
    for (path, text) in sources() {
        if !text.starts_with("//!") {
            mistakes.push(format!("src/{path}:1: begin with `//!` and one sentence on what the file is for"));
        }
        let lines = text.lines().count();
        if lines > LINES && !LONG.iter().any(|(p, _)| *p == path) {
            mistakes.push(format!("src/{path}: {lines} lines; split it by idea"));
        }
    }
    report(&mistakes);
}

#[test]
fn languages_have_the_same_files() {
    let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in fs::read_dir(root().join("src/lang")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().to_string();
        if path.is_dir() && name.len() == 2 {
            let names =
                fs::read_dir(&path).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().to_string());
            let mut names: Vec<String> = names.collect();
            names.sort();
            folders.insert(name, names);
        }
    }
    let first = folders.values().next().unwrap();
    for (name, names) in &folders {
        assert_eq!(names, first, "src/lang/{name}");
    }
}

#[test]
fn lists_say_what_they_hold() {
    let mut mistakes = Vec::new();
    for path in
        files(&root().join("src/lang"), "tsv").into_iter().chain(files(&root().join("gazetteer"), "tsv"))
    {
        let text = fs::read_to_string(&path).unwrap();
        let head = text.lines().take_while(|l| l.starts_with('#')).count();
        if head < 3 {
            mistakes.push(format!(
                "{}:1: open with three comment lines: content, columns, source",
                path.display()
            ));
        }
    }
    report(&mistakes);
}

#[test]
fn nobodys_machine_is_named() {
    // Written in pieces, so that this file does not match.
    let banned = [
        concat!("/wo", "rk/"),
        concat!("/tmp/ba", "sh"),
        concat!("registry.n", "pmjs"),
        concat!("files.pyth", "onhosted"),
    ];
    let mut mistakes = Vec::new();
    for folder in ["src", "tests", "gazetteer", ".ci", ".github"] {
        for extension in ["rs", "md", "tsv", "rules", "toml", "yml", "lock"] {
            for path in files(&root().join(folder), extension) {
                let text = fs::read_to_string(&path).unwrap_or_default();
                for (number, line) in text.lines().enumerate() {
                    if banned.iter().any(|b| line.contains(b)) {
                        mistakes.push(format!(
                            "{}:{}: names a path or host of a machine",
                            path.display(),
                            number + 1
                        ));
                    }
                }
            }
        }
    }
    report(&mistakes);
}
