//! Colours of the event types: a few groups, told apart with every kind of colour vision.
//!
//! The colours are those of Okabe and Ito (2008) where a group has one, darkened where white ground needs
//! it. The page, the pictures and the styles of GIS programs all read this table.

use crate::event::EventType;

/// Types that share a colour.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Short name, for style files and scripts.
    pub word: &'static str,
    /// `#rrggbb`.
    pub colour: &'static str,
    /// Its types; the last group has all others.
    pub types: &'static [EventType],
}

/// All groups, in the order of legends.
pub const GROUPS: &[Group] = {
    use EventType as T;
    &[
        Group {
            word: "conflict",
            colour: "#d55e00",
            types: &[
                T::Battle,
                T::Attack,
                T::Strike,
                T::Capture,
                T::Ceasefire,
                T::Military,
                T::Killing,
                T::Abduction,
            ],
        },
        Group { word: "justice", colour: "#cc79a7", types: &[T::Arrest, T::Release, T::Trial, T::Crime] },
        Group {
            word: "disaster",
            colour: "#e69f00",
            types: &[T::Accident, T::Disaster, T::Fire, T::Weather, T::Health],
        },
        Group { word: "movement", colour: "#56b4e9", types: &[T::Displacement, T::Movement, T::Aid] },
        Group { word: "protest", colour: "#8f7a00", types: &[T::Protest, T::Riot, T::Walkout] },
        Group {
            word: "politics",
            colour: "#0072b2",
            types: &[T::Election, T::Politics, T::Diplomacy, T::Agreement, T::Coercion, T::Law, T::Statement],
        },
        Group {
            word: "economy",
            colour: "#009e73",
            types: &[T::Economy, T::Science, T::Technology, T::Opening, T::Closing, T::Construction],
        },
        Group { word: "culture", colour: "#7a5cc9", types: &[T::Sport, T::Culture, T::Ceremony, T::Life] },
        Group { word: "other", colour: "#6b6b6b", types: &[T::Other] },
    ]
};

/// The group of a type, by its word.
pub fn group(kind: &str) -> &'static Group {
    let own = GROUPS.iter().find(|g| g.types.iter().any(|t| t.as_str() == kind));
    own.unwrap_or(&GROUPS[GROUPS.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_one_group() {
        for kind in EventType::ALL {
            assert_eq!(GROUPS.iter().filter(|g| g.types.contains(kind)).count(), 1, "{kind:?}");
        }
    }
}
