//! Words for sides and parts that are names of places, too: « le Nord », « le Centre ».
//!
//! Divisions of a few countries go by such words alone; elsewhere they tell a part of what is named after them.

use super::cue;
use super::prior::{Code, code};
use super::spot::{Spot, Spots};
use crate::gazetteer::{Candidate, Gazetteer};
use crate::lang::class;
use crate::text::{Kind, Text};

/// The spot is such a word and names no place: another name follows that it is a part of (« le Sud du Chili »), or the
/// text has no other name in a country that calls a division so.
pub(super) fn is_side(text: &Text<'_>, gazetteer: &Gazetteer, spots: &Spots, spot: &Spot) -> bool {
    if !is_word(text, spot) || spot.typed.is_some() {
        return false;
    }
    let end = spot.tokens.end;
    if cue::means(text, end, class::PLACE_LINK, "of") && goes_on(text, end + 1) {
        return true;
    }
    let country = |c: &Candidate| code(gazetteer.place(c.place).country());
    let mut countries: Vec<Code> = spots.of(spot).iter().map(country).collect();
    countries.sort_unstable();
    countries.dedup();
    let named = |other: &Spot| {
        let first = spots.of(other).first().map(country);
        first.is_some_and(|country| countries.contains(&country)) && !is_word(text, other)
    };
    !spots.list.iter().any(named)
}

/// One word, of a direction or a part.
fn is_word(text: &Text<'_>, spot: &Spot) -> bool {
    let start = spot.tokens.start;
    spot.tokens.len() == 1 && (text.has(start, class::PLACE_DIRECTION) || text.has(start, class::PLACE_PART))
}

/// A capital word follows, behind an article or not.
fn goes_on(text: &Text<'_>, mut i: usize) -> bool {
    if text.has(i, class::PLACE_ARTICLE) {
        i += 1;
    }
    text.tokens.get(i).is_some_and(|t| t.kind == Kind::Word && t.capital())
}
