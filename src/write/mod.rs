//! From documents to bytes: one file per format, all of them fed with the same rows.

mod interval;

pub use interval::{Civil, civil};
