//! `dateline.lock`: from what, and by which versions, the outputs were made.
//!
//! It is meant to be kept in version control. It holds no date and nothing of the machine, so that two machines
//! write the same; it is sorted, so that its diff tells what changed.

use super::digest::Digest;
use crate::error::{Error, ErrorKind};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Name of the file.
pub const LOCK_FILE: &str = "dateline.lock";

/// Version of its layout.
const LAYOUT: i64 = 1;

/// What was read and written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// Versions of what reads: program, rules, weights, gazetteers.
    pub versions: BTreeMap<String, String>,
    /// What was found, by name.
    pub counts: BTreeMap<String, i64>,
    /// Digest of the settings: project file and corrections.
    pub settings: BTreeMap<String, Digest>,
    /// Inputs by their paths, with their digests.
    pub inputs: BTreeMap<String, Digest>,
    /// Outputs by their paths, with their digests.
    pub outputs: BTreeMap<String, Digest>,
    /// Ids that a happening also had, before it was united with others, to its id now.
    pub aliases: BTreeMap<String, String>,
}

impl Lock {
    /// The file.
    pub fn text(&self) -> String {
        let mut out = format!(
            "# Written by `dateline run`; do not edit. Keep it in version control, beside the outputs.\n\
             layout = {LAYOUT}\n"
        );
        let plain = |map: &BTreeMap<String, String>| -> Vec<(String, String)> {
            map.iter().map(|(k, v)| (k.clone(), quoted(v))).collect()
        };
        let digests = |map: &BTreeMap<String, Digest>| -> Vec<(String, String)> {
            map.iter().map(|(k, v)| (k.clone(), quoted(&v.to_string()))).collect()
        };
        for (name, pairs) in [
            ("versions", plain(&self.versions)),
            ("counts", self.counts.iter().map(|(k, v)| (k.clone(), v.to_string())).collect()),
            ("settings", digests(&self.settings)),
            ("outputs", digests(&self.outputs)),
            ("inputs", digests(&self.inputs)),
            ("aliases", plain(&self.aliases)),
        ] {
            let _ = writeln!(out, "\n[{name}]");
            for (key, value) in pairs {
                let _ = writeln!(out, "{} = {value}", quoted(&key));
            }
        }
        out
    }

    /// Reads the file.
    ///
    /// # Errors
    /// When it is no lock, or one of a newer program.
    pub fn parse(text: &str, file: &Path) -> Result<Lock, Error> {
        let help = "take the version of one side, or delete it, then `dateline run --force`";
        let wrong = |what: String| Error::new(ErrorKind::Usage, what).in_file(file).help(help);
        let table: toml::de::DeTable<'_> = toml::de::DeTable::parse(text)
            .map_err(|e| {
                let at = e.span().map_or(0, |s| s.start);
                let line = text.get(..at).unwrap_or_default().matches('\n').count() as u64 + 1;
                let shown = text.lines().nth(line as usize - 1).unwrap_or_default();
                let conflict = ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| shown.starts_with(mark));
                let what = if conflict { "holds an unresolved conflict" } else { "is damaged" };
                wrong(what.to_owned()).at_line(line).showing(shown)
            })?
            .into_inner();
        let layout = table.get("layout").and_then(|v| match v.get_ref() {
            toml::de::DeValue::Integer(n) => n.as_str().parse::<i64>().ok(),
            _ => None,
        });
        match layout {
            Some(LAYOUT) => {}
            Some(other) => {
                return Err(Error::new(
                    ErrorKind::Usage,
                    format!("has layout {other}, this program knows layout {LAYOUT}"),
                )
                .in_file(file)
                .help("use the version of dateline that wrote it, or delete it"));
            }
            None => return Err(wrong("is no lock of dateline".to_owned())),
        }
        let section = |name: &str| {
            let mut pairs: BTreeMap<String, String> = BTreeMap::new();
            if let Some(toml::de::DeValue::Table(section)) = table.get(name).map(toml::Spanned::get_ref) {
                for (key, value) in section {
                    let value = match value.get_ref() {
                        toml::de::DeValue::String(text) => text.to_string(),
                        toml::de::DeValue::Integer(n) => n.to_string(),
                        _ => continue,
                    };
                    pairs.insert(key.get_ref().to_string(), value);
                }
            }
            pairs
        };
        let digests = |name: &str| -> BTreeMap<String, Digest> {
            section(name).into_iter().filter_map(|(k, v)| Some((k, Digest::from_hex(&v)?))).collect()
        };
        Ok(Lock {
            versions: section("versions"),
            counts: section("counts").into_iter().filter_map(|(k, v)| Some((k, v.parse().ok()?))).collect(),
            settings: digests("settings"),
            inputs: digests("inputs"),
            outputs: digests("outputs"),
            aliases: section("aliases"),
        })
    }
}

/// A string of TOML.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read_back() {
        let mut lock = Lock::default();
        lock.versions.insert("dateline".into(), "1.0".into());
        lock.counts.insert("articles".into(), 3);
        lock.inputs.insert("news/a \"b\"\né.md".into(), Digest::of(b"a"));
        lock.aliases.insert("00".into(), "01".into());
        let text = lock.text();
        assert_eq!(Lock::parse(&text, Path::new("dateline.lock")).unwrap(), lock);
    }

    #[test]
    fn foreign_and_damaged_ones_are_told() {
        let told = |text: &str| Lock::parse(text, Path::new("dateline.lock")).unwrap_err().to_string();
        assert!(told("version = 3\n").contains("no lock of dateline"));
        assert!(told("layout = 9\n").contains("layout 9"));
        let conflict = told("layout = 1\n<<<<<<< HEAD\n");
        assert!(conflict.contains("dateline.lock:2") && conflict.contains("conflict"), "{conflict}");
    }
}
