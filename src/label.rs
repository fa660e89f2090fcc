//! Names of rules and reasons: words of the program that are compared and kept as `&'static str`.
//!
//! A stored document brings them back as strings; each distinct one is kept once for as long as the program
//! runs. There are some hundreds of them, so nothing is ever given back.

use serde::{Deserialize, Deserializer};
use std::collections::BTreeSet;
use std::sync::{PoisonError, RwLock};

/// A name of the program. (Under its own name, because what derives reading takes a plain `&'static str` for
/// something that borrows from what is read.)
pub type Label = &'static str;

static KNOWN: RwLock<BTreeSet<&'static str>> = RwLock::new(BTreeSet::new());

/// The same words, to be kept for ever.
pub fn kept(name: &str) -> &'static str {
    if let Some(known) = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(name) {
        return known;
    }
    let mut all = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    // Another thread may have come first.
    if let Some(known) = all.get(name) {
        return known;
    }
    let leaked: &'static str = Box::leak(name.into());
    all.insert(leaked);
    leaked
}

/// A name that borrows from what is read where that is possible.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] std::borrow::Cow<'a, str>);

/// Reads one name.
pub(crate) fn one<'de, D: Deserializer<'de>>(from: D) -> Result<&'static str, D::Error> {
    Ok(kept(&Name::deserialize(from)?.0))
}

/// Reads a list of names.
pub(crate) fn list<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<&'static str>, D::Error> {
    Ok(Vec::<Name<'de>>::deserialize(from)?.iter().map(|n| kept(&n.0)).collect())
}

/// Reads a list of names with their shares.
pub(crate) fn shares<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(&'static str, f32)>, D::Error> {
    Ok(Vec::<(Name<'de>, f32)>::deserialize(from)?.iter().map(|(n, share)| (kept(&n.0), *share)).collect())
}
