//! Build script: compiles the language folders into tables that are embedded and used in place.
//!
//! Every folder `src/lang/<code>` is a language. A mistake in a list stops the build and says file and line.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods)] // cargo listens on stdout

#[path = "../affixes.rs"]
mod affixes;
/// The name under which the shared files know it.
mod lang {
    pub use crate::affixes::Affixes;
}
#[path = "../form.rs"]
#[allow(dead_code)]
mod form;
mod inflect;
mod layout;
mod pattern;
mod rules;
mod starts;
mod steps;
#[path = "../table.rs"]
mod table;
#[path = "../../text/token.rs"]
#[allow(dead_code)]
mod token;
mod words;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

fn main() {
    if let Err(message) = build() {
        eprintln!("{message}");
        process::exit(1);
    }
}

fn build() -> Result<(), String> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|e| e.to_string())?);
    let folder = root.join("src/lang");
    println!("cargo:rerun-if-changed={}", folder.display());
    println!("cargo:rerun-if-changed={}", root.join("src/text/token.rs").display());

    world(&root, &out)?;
    let languages = languages(&folder)?;
    let mut classes = words::Classes::default();
    let mut code = String::from(
        "/// One embedded language each, sorted by code.\npub(crate) static LANGUAGES: &[Language] = &[\n",
    );
    let mut operations = rules::Operations::default();
    let mut sources = Vec::new();
    for language in &languages {
        let rule_files = read_rules(language)?;
        rule_files.iter().for_each(|rules| operations.add(rules));
        sources.push((words::read(language, &mut classes)?, rule_files));
    }
    let settings: Vec<(String, String)> = sources.iter().flat_map(|(s, _)| s.settings()).collect();
    // Those of the build alone have a dot.
    let settings: BTreeSet<&str> =
        settings.iter().map(|(name, _)| name.as_str()).filter(|name| !name.contains('.')).collect();
    for (path, (source, rule_files)) in languages.iter().zip(&sources) {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let mut table = words::gather(source, &classes)?;
        for rules in rule_files {
            for word in rules.literals()? {
                let tokens = table.tokens(&word);
                table.know(&tokens);
            }
        }
        let mut rule_sets = String::new();
        for rules in rule_files {
            let stem = &rules.stem;
            let starts_file = format!("{name}.{stem}.starts");
            let (code, starts) = rules.compile(&table, &classes, &operations, &starts_file)?;
            let file = out.join(&starts_file);
            fs::write(&file, starts).map_err(|e| format!("{}: {e}", file.display()))?;
            let _ = write!(rule_sets, "({stem:?}, {code}), ");
        }
        let file = out.join(format!("{name}.words"));
        let (words, strings) = table.compile()?;
        fs::write(&file, words).map_err(|e| format!("{}: {e}", file.display()))?;
        write(&out.join(format!("{name}.strings")), &strings)?;
        weights(&root, &out, name)?;
        let own = source.settings();
        let value = |name: &&str| own.iter().find(|(own, _)| own == name).map(|(_, value)| value);
        let settings: Vec<Option<&String>> = settings.iter().map(value).collect();
        let _ = writeln!(
            code,
            "    Language {{ code: {name:?}, lexicon: Lexicon::new(include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}.words\")), \
             include_str!(concat!(env!(\"OUT_DIR\"), \"/{name}.strings\"))), \
             affixes: {}, settings: &{settings:?}, rules: &[{rule_sets}], \
             weights: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}.weights\")) }},",
            source.affixes.code()
        );
    }
    code.push_str("];\n");
    println!("cargo:rustc-env=DATELINE_RULES={:016x}", version(&languages)?);
    write(&out.join("languages.rs"), &code)?;
    write(&out.join("operation.rs"), &operations.code())?;
    write(&out.join("setting.rs"), &constants(&settings))?;
    write(&out.join("class.rs"), &classes.code())
}

/// Rust constants, one per setting: `place_at` becomes `PLACE_AT`.
fn constants(settings: &BTreeSet<&str>) -> String {
    let mut code = String::new();
    for (number, name) in settings.iter().enumerate() {
        let _ = writeln!(
            code,
            "/// Setting `{name}` of the word lists.\npub const {}: Setting = Setting({number});",
            name.to_uppercase()
        );
    }
    code
}

/// A number that changes with any word list or rule, the same on every system.
fn version(languages: &[PathBuf]) -> Result<u64, String> {
    let mut files = Vec::new();
    for folder in languages {
        let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        files.extend(entries.filter_map(|e| e.ok().map(|e| e.path())).filter(|p| p.is_file()));
    }
    files.sort();
    let mut number = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        let bytes = fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        // Line ends may have been translated on the way.
        let bytes = bytes.iter().filter(|b| **b != b'\r');
        number = name
            .bytes()
            .chain(bytes.copied())
            .fold(number, |n, b| (n ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    }
    Ok(number)
}

/// Tells the gazetteer where the index of the world is. The build that makes the first one has none yet.
fn world(root: &Path, out: &Path) -> Result<(), String> {
    let mut index = root.join("gazetteer/world.idx");
    println!("cargo:rerun-if-changed={}", index.display());
    if !index.exists() {
        println!("cargo:warning=no gazetteer/world.idx: this build knows no place");
        index = out.join("empty.idx");
        write(&index, "")?;
    }
    println!("cargo:rustc-env=DATELINE_WORLD={}", index.display());
    Ok(())
}

/// Puts the weights of a language where the code embeds them; without any, an empty file.
fn weights(root: &Path, out: &Path, name: &str) -> Result<(), String> {
    let source = root.join(format!("src/tag/{name}.weights"));
    // A missing file would make every build run this script again: then its folder is watched instead.
    let watched = if source.exists() { source.clone() } else { root.join("src/tag") };
    println!("cargo:rerun-if-changed={}", watched.display());
    let bytes = fs::read(&source).unwrap_or_default();
    let file = out.join(format!("{name}.weights"));
    fs::write(&file, bytes).map_err(|e| format!("{}: {e}", file.display()))
}

/// The files of rules of a language, by name.
fn read_rules(folder: &Path) -> Result<Vec<rules::Rules>, String> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|x| x == "rules"))
        .collect();
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let stem = file.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        let text = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        found.push(rules::Rules::read(stem, &file.display().to_string(), &text)?);
    }
    Ok(found)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}

/// The folders with a two-letter name, sorted.
fn languages(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut found: Vec<PathBuf> = entries
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.is_dir() && p.file_name().is_some_and(|n| n.len() == 2))
        .collect();
    found.sort();
    Ok(found)
}
