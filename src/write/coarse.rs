//! Coordinates with fewer decimals, for files that should not pretend to know more, or must not tell more.

use super::finding::rounded;
use crate::document::Document;
use std::sync::Arc;

/// Decimals that coordinates have when nobody asks for fewer: about a metre.
pub const DECIMALS: u8 = 5;

/// Rounds all coordinates of a document: places, outlines and candidates.
pub fn coarsen(document: &mut Document, decimals: u8) {
    if decimals >= DECIMALS {
        return;
    }
    let round = |value: &mut f64| *value = rounded(*value, decimals);
    let headline = document.headline.iter_mut().flat_map(|h| &mut h.places);
    for mention in document.places.iter_mut().chain(headline) {
        for candidate in Arc::make_mut(&mut mention.candidates) {
            round(&mut candidate.lon);
            round(&mut candidate.lat);
        }
        let Some(place) = mention.place.as_mut().map(Arc::make_mut) else { continue };
        round(&mut place.lon);
        round(&mut place.lat);
        for (lon, lat) in place.outline.iter_mut().flatten() {
            round(lon);
            round(lat);
        }
    }
}
