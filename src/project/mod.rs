//! A dataset that is regenerated: project file, cache, lock, corrections, comparison.
//!
//! Everything here works on texts and bytes that it is given; files, clock and versions are the business of the
//! command line.

pub mod digest;
pub mod nearest;
mod sheet;
pub mod key;
pub mod config;
pub mod metadata;
pub mod listing;
pub mod pack;
pub mod lock;
pub mod versions;
mod when;
pub mod correction;
pub mod amend;
pub mod choose;
pub mod produce;
pub mod summary;
pub mod record;
pub mod diff;
pub mod tell;
pub mod annotation;

pub use config::{PROJECT_FILE, Project};
pub use digest::Digest;
pub use lock::{LOCK_FILE, Lock, quoted};
pub use sheet::Placed;
