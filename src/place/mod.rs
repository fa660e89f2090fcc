//! Finds place names and the places they stand for.

pub mod mention;

pub use mention::{Candidate, Place, PlaceKind, PlaceMention, PlaceRole, Precision};
