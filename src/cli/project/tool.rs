//! What this program is called in the cache: the digest of its own bytes.
//!
//! A cache must not outlive the rules it was made with, and a version number alone would not tell two builds
//! apart. Hashing the program costs a tenth of a second where the processor does not help, so size and time of
//! the last change stand in for it as long as they stay the same.

use dateline::project::Digest;
use serde::{Deserialize, Serialize};
use std::fs;
use std::time::UNIX_EPOCH;

/// The program as it was when it was hashed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    size: u64,
    changed: u128,
    digest: String,
}

/// The digest of this program; `before` is what is remembered of it.
pub(crate) fn digest(before: Option<&Seen>) -> (Digest, Seen) {
    let unknown = || Digest::of(env!("CARGO_PKG_VERSION").as_bytes());
    let Ok(path) = std::env::current_exe() else { return (unknown(), Seen::default()) };
    let stat = fs::metadata(&path).ok();
    let size = stat.as_ref().map_or(0, fs::Metadata::len);
    let changed = stat.and_then(|s| s.modified().ok()).and_then(|t| t.duration_since(UNIX_EPOCH).ok());
    let changed = changed.map_or(0, |t| t.as_nanos());
    if let Some(seen) = before.filter(|b| b.size == size && b.changed == changed && changed != 0)
        && let Some(digest) = Digest::from_hex(&seen.digest)
    {
        return (digest, seen.clone());
    }
    let digest = fs::read(&path).map_or_else(|_| unknown(), |bytes| Digest::of(&bytes));
    (digest, Seen { size, changed, digest: digest.to_string() })
}
