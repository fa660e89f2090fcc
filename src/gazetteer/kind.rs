//! What kind of place something is.

use serde::{Deserialize, Serialize};

/// What kind of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum PlaceKind {
    Continent,
    Country,
    Admin1,
    Admin2,
    Region,
    City,
    District,
    Site,
    Street,
    Island,
    Mountain,
    River,
    Lake,
    Sea,
    Derived,
}

/// All kinds; a kind's place in this list is its number in index files, so new kinds go to the end.
const ALL: [PlaceKind; 15] = [
    PlaceKind::Continent,
    PlaceKind::Country,
    PlaceKind::Admin1,
    PlaceKind::Admin2,
    PlaceKind::Region,
    PlaceKind::City,
    PlaceKind::District,
    PlaceKind::Site,
    PlaceKind::Street,
    PlaceKind::Island,
    PlaceKind::Mountain,
    PlaceKind::River,
    PlaceKind::Lake,
    PlaceKind::Sea,
    PlaceKind::Derived,
];

impl PlaceKind {
    /// The word outputs use.
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceKind::Continent => "continent",
            PlaceKind::Country => "country",
            PlaceKind::Admin1 => "admin1",
            PlaceKind::Admin2 => "admin2",
            PlaceKind::Region => "region",
            PlaceKind::City => "city",
            PlaceKind::District => "district",
            PlaceKind::Site => "site",
            PlaceKind::Street => "street",
            PlaceKind::Island => "island",
            PlaceKind::Mountain => "mountain",
            PlaceKind::River => "river",
            PlaceKind::Lake => "lake",
            PlaceKind::Sea => "sea",
            PlaceKind::Derived => "derived",
        }
    }

    /// The kind that outputs call `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        ALL.into_iter().find(|k| k.as_str() == word)
    }

    /// The number index files use.
    pub(crate) fn number(self) -> u8 {
        self as u8
    }

    /// The kind with this number; files of a later version may hold numbers unknown here.
    pub(crate) fn from_number(number: u8) -> Self {
        ALL.get(usize::from(number)).copied().unwrap_or(PlaceKind::Site)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words_lead_back_to_the_kind() {
        for kind in ALL {
            assert_eq!(PlaceKind::from_number(kind.number()), kind);
            assert_eq!(PlaceKind::from_word(kind.as_str()), Some(kind));
        }
    }
}
