//! The country that a text is about: where what it tells took place when nothing nearer says so.

use super::kind::EventType;
use super::mention::EventPlace;
use crate::place::{PlaceKind, PlaceMention, PlaceRole};
use std::collections::BTreeMap;

/// The country that most places of a text lie in, by a mention that names it or its people. None when no country
/// has half of them.
pub(super) fn focus(places: &[PlaceMention]) -> Option<usize> {
    let mut tally: BTreeMap<&str, (usize, Option<usize>)> = BTreeMap::new();
    let mut all = 0;
    for (number, mention) in places.iter().enumerate() {
        let Some(place) = mention.place.as_ref().filter(|p| !p.country.is_empty()) else { continue };
        let demonym = mention.role == PlaceRole::Demonym;
        let named = mention.role.is_on_map() || mention.role == PlaceRole::Metonym;
        if !demonym && (!named || mention.anaphor) {
            continue;
        }
        all += 1;
        let country = tally.entry(place.country.as_str()).or_default();
        country.0 += 1;
        if country.1.is_none() && (demonym || place.kind == PlaceKind::Country) {
            country.1 = Some(number);
        }
    }
    let (count, named) = tally.into_values().max_by_key(|(count, _)| *count)?;
    named.filter(|_| count * 2 >= all)
}

/// The country of the story as the place of a happening.
pub(super) fn place(focus: Option<usize>) -> Option<EventPlace> {
    Some(EventPlace { mention: focus?, role: PlaceRole::Container, rule: "country of the story" })
}

/// It cannot but have been somewhere.
pub(super) fn is_somewhere(kind: EventType) -> bool {
    use EventType::{Abduction, Attack, Battle, Capture, Disaster, Fire, Killing, Riot, Strike};
    matches!(kind, Abduction | Attack | Battle | Capture | Disaster | Fire | Killing | Riot | Strike)
}
