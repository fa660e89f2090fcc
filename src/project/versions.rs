//! Versions of everything that decides what is read from a text: program, rules, weights, gazetteers.
//!
//! They are the same on every machine.

use crate::gazetteer::Gazetteer;
use crate::lang::{self, Lang};
use std::collections::BTreeMap;

/// Names and versions, as the lock lists them.
pub fn versions(gazetteer: &Gazetteer) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    all.insert("dateline".to_owned(), env!("CARGO_PKG_VERSION").to_owned());
    all.insert("rules".to_owned(), lang::VERSION.to_owned());
    for lang in Lang::all() {
        let checksum =
            lang.weights().get(16..24).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes);
        all.insert(format!("weights.{}", lang.code()), format!("{checksum:016x}"));
    }
    for (number, layer) in gazetteer.layers().iter().enumerate() {
        let name = if number == 0 { "gazetteer".to_owned() } else { format!("gazetteer.{number}") };
        all.insert(name, format!("{:016x}", layer.stamp().0));
    }
    all
}
