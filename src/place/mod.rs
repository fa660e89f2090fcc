//! Finds place names and the places they stand for.

pub mod mention;

pub use crate::gazetteer::PlaceKind;
pub use mention::{Candidate, Place, PlaceMention, PlaceRole, Precision};
