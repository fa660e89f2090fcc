//! The country that a text is about: where what it tells took place when nothing nearer says so.

use super::kind::EventType;
use super::mention::EventPlace;
use super::placing::Ground;
use super::scene::Scene;
use super::site::is_said_or_decided;
use crate::place::{Place, PlaceKind, PlaceMention, PlaceRole, is_area};
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

/// Metres around the town of a local report.
const AROUND: f64 = 45_000.0;

/// How often a local report names its town at least.
const TWICE: usize = 2;

/// The town of a local report: all places that it names lie around it, but for the countries and divisions that hold it.
pub(super) fn home(places: &[PlaceMention]) -> Option<usize> {
    let shown = |m: &&PlaceMention| m.role.is_on_map() && !m.anaphor && m.place.is_some();
    let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (number, mention) in places.iter().enumerate().filter(|(_, m)| shown(m)) {
        let Some(place) = mention.place.as_ref().filter(|p| p.kind == PlaceKind::City) else { continue };
        tally.entry(place.id.as_str()).or_insert((0, number)).0 += 1;
    }
    let (count, number) =
        tally.into_values().max_by_key(|(count, number)| (*count, std::cmp::Reverse(*number)))?;
    if count < TWICE {
        return None;
    }
    let town = places.get(number)?.place.as_ref()?;
    let near = |place: &Place| {
        if is_area(place.kind) { place.country == town.country } else { place.distance(town) <= AROUND }
    };
    let all = || places.iter().filter(shown).filter_map(|m| m.place.as_ref());
    (all().filter(|place| near(place)).count() * 3 >= all().count() * 2).then_some(number)
}

/// That town as the place of a happening.
pub(super) fn home_place(home: Option<usize>) -> Option<EventPlace> {
    Some(EventPlace { mention: home?, role: PlaceRole::Container, rule: "town of the report" })
}

/// The country of the story as the place of a happening.
pub(super) fn place(focus: Option<usize>) -> Option<EventPlace> {
    Some(EventPlace { mention: focus?, role: PlaceRole::Container, rule: "country of the story" })
}

/// The country that a heading names before its colon, or alone, as the place of a happening.
pub(super) fn headed(scene: &Scene<'_, '_>, ground: Option<Ground>) -> Option<EventPlace> {
    let mention = ground.filter(|g| g.end == 0)?.mention;
    let place = scene.places.get(mention)?.place.as_ref()?;
    let rule = "country of the story";
    (place.kind == PlaceKind::Country).then_some(EventPlace { mention, role: PlaceRole::Container, rule })
}

/// Said, decided, published or of no type: where it was is seldom asked.
pub(super) fn is_anywhere(kind: EventType) -> bool {
    is_said_or_decided(kind) || matches!(kind, EventType::Culture | EventType::Other)
}

/// It cannot but have been somewhere.
pub(super) fn is_somewhere(kind: EventType) -> bool {
    use EventType::{Abduction, Attack, Battle, Capture, Disaster, Fire, Killing, Riot, Strike};
    matches!(kind, Abduction | Attack | Battle | Capture | Disaster | Fire | Killing | Riot | Strike)
}
