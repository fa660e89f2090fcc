//! Reads word clusters and how frequent the words are, as the Python package spacy-lookups-data has them.

use crate::error::{Error, ErrorKind, Result};
use crate::lang::Lang;
use crate::tag::cluster;
use crate::tag::form::Form;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

/// Most words that are kept, the most frequent ones.
const WORDS: usize = 100_000;

/// Frequency of a word that the frequencies do not hold: a logarithm.
const RARE: f64 = -30.0;

/// The clusters of `lang` in `folder`, laid out; empty when the folder has none for the language.
///
/// # Errors
/// A file cannot be read.
pub(super) fn read(folder: &Path, lang: Lang) -> Result<Vec<u8>> {
    let table = |name: &str| folder.join(format!("{}_lexeme_{name}.json.gz", lang.code()));
    if !table("cluster").exists() {
        return Ok(Vec::new());
    }
    let clusters: BTreeMap<String, u32> = unpack(&table("cluster"))?;
    let frequencies: BTreeMap<String, f64> = unpack(&table("prob"))?;
    let mut words: Vec<(f64, &str, u16)> = clusters
        .iter()
        .filter(|(word, _)| word.chars().any(char::is_alphabetic) && !word.contains(char::is_whitespace))
        .map(|(word, path)| (frequencies.get(word).copied().unwrap_or(RARE), word.as_str(), *path as u16))
        .filter(|(_, _, path)| *path != 0)
        .collect();
    words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    // The most frequent writing of a word tells its cluster.
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for (_, word, path) in words {
        let key = Form::new(word).word;
        if kept.len() < WORDS && seen.insert(key) {
            kept.push((key, path));
        }
    }
    Ok(cluster::lay_out(&kept))
}

fn unpack<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    let wrong = |e: std::io::Error| {
        Error::new(ErrorKind::Input, "cannot read the clusters").in_file(path).caused_by(e)
    };
    let mut text = String::new();
    let file = std::fs::File::open(path).map_err(wrong)?;
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).map_err(wrong)?;
    serde_json::from_str(&text)
        .map_err(|e| Error::new(ErrorKind::Data, "no table of words").in_file(path).caused_by(e))
}
