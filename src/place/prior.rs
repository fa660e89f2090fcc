//! What a candidate is worth before the text is asked: its level, its people, how the name belongs to it, and which
//! other places share the name.

use super::spot::{Spot, Spots};
use super::weight;
use crate::gazetteer::fold::fold;
use crate::gazetteer::{Candidate, Gazetteer, LANGUAGES, NameSort, PlaceId, PlaceKind, PlaceRef};
use crate::lang::class;
use crate::text::Text;

/// The candidates of a spot, scored by what is known of them alone.
pub(super) fn candidates(text: &Text<'_>, gazetteer: &Gazetteer, spots: &Spots, spot: &Spot) -> Vec<Scored> {
    let mut candidates: Vec<Scored> = spots.of(spot).iter().map(|c| scored(text, gazetteer, c)).collect();
    accents(text, gazetteer, spot, &mut candidates);
    exonyms(text, gazetteer, spot, &mut candidates);
    namesakes_of_countries(gazetteer, &mut candidates);
    named_after_towns(gazetteer, &mut candidates);
    large_towns(gazetteer, &mut candidates);
    landmarks(&mut candidates);
    capital(text, gazetteer, spot, &mut candidates);
    divisions(text, spot, &mut candidates);
    candidates
}

/// A well-known site goes by its own name before the towns that are only also called so, and before small ones: "the
/// White House" is not Casablanca.
fn landmarks(candidates: &mut [Scored]) {
    let known = |c: &Scored| {
        c.kind == PlaceKind::Site && c.reasons.hold(Reason::WellKnown) && !c.reasons.hold(Reason::OtherName)
    };
    let Some(site) = candidates.iter().position(known) else { return };
    let below = |c: &&Scored| c.reasons.hold(Reason::OtherName) || c.prior < SMALL_TOWN;
    let top = candidates.iter().filter(below).map(|c| c.prior).fold(0.0, f32::max);
    if let Some(site) = candidates.get_mut(site) {
        site.prior = site.prior.max(top + 1.0);
    }
}

/// Towns with fewer people than this, as a logarithm, give way to a well-known site of the same name.
const SMALL_TOWN: f32 = 10.0;

/// Divisions of the first level with fewer people than this, as a logarithm, are worth no more than their people.
const SMALL_DIVISION: f32 = 11.5;

/// What a level of the hierarchy is worth before any context.
fn level(kind: PlaceKind, people: u32) -> f32 {
    let people = (people as f32 + 1.0).ln();
    match kind {
        PlaceKind::Continent => 17.0,
        PlaceKind::Country => 18.5,
        // The parishes and councils of small countries are divisions of the first level, too.
        PlaceKind::Admin1 if (1.0..SMALL_DIVISION).contains(&people) => people.max(10.5),
        PlaceKind::Admin1 => people.clamp(13.0, 15.5),
        PlaceKind::Admin2 => people.clamp(9.5, 11.0),
        PlaceKind::Region => 12.0,
        PlaceKind::City => people.max(5.0),
        PlaceKind::District => people.clamp(6.0, 10.5),
        PlaceKind::Sea => 12.5,
        PlaceKind::Island | PlaceKind::River | PlaceKind::Lake | PlaceKind::Mountain => 11.0,
        PlaceKind::Site | PlaceKind::Street | PlaceKind::Derived => 9.0,
    }
}

/// What may speak for or against a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Name,
    OtherName,
    Abbreviation,
    WithoutArticle,
    OtherLanguage,
    WellKnown,
    OwnPlace,
    KindNamed,
    Contained,
}

/// The words for all of them, in the order in which they are told.
const REASONS: [(Reason, &str); 9] = [
    (Reason::Name, "name"),
    (Reason::OtherName, "other_name"),
    (Reason::Abbreviation, "abbreviation"),
    (Reason::WithoutArticle, "without_article"),
    (Reason::OtherLanguage, "other_language"),
    (Reason::WellKnown, "well_known"),
    (Reason::OwnPlace, "own_place"),
    (Reason::KindNamed, "kind_named"),
    (Reason::Contained, "contained"),
];

/// What does speak for and against a candidate, each said once.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reasons(u16);

impl Reasons {
    /// Says one.
    pub(super) fn add(&mut self, reason: Reason) {
        self.0 |= 1 << reason as u8;
    }

    /// True when it was said.
    pub(super) fn hold(self, reason: Reason) -> bool {
        self.0 >> reason as u8 & 1 == 1
    }

    /// The words for those that were said.
    pub(super) fn words(self) -> impl Iterator<Item = &'static str> {
        REASONS.iter().filter(move |(reason, _)| self.hold(*reason)).map(|(_, words)| *words)
    }
}

/// A country in two letters, zeros for none.
pub(super) type Code = [u8; 2];

/// The two letters of a country.
pub(super) fn code(country: &str) -> Code {
    country.as_bytes().try_into().unwrap_or_default()
}

/// A candidate, with what its score needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scored {
    pub place: PlaceId,
    pub kind: PlaceKind,
    pub country: Code,
    pub admin1: Option<PlaceId>,
    pub lat: f32,
    pub lon: f32,
    pub cos: f32,
    pub prior: f32,
    pub score: f32,
    pub reasons: Reasons,
    /// The name is one of another language than the text's.
    pub foreign: bool,
    /// The name is known as one of the text's language.
    pub own_language: bool,
    /// Share of the text's votes that goes to its country.
    pub share: f32,
    /// How close it is to the other places of the text, up to [`weight::NEAR`].
    pub near: f32,
}

fn scored(text: &Text<'_>, gazetteer: &Gazetteer, candidate: &Candidate) -> Scored {
    let place = gazetteer.place(candidate.place);
    let kind = place.kind();
    let mut prior = level(kind, place.population());
    let mut reasons = Reasons::default();
    reasons.add(Reason::Name);
    match candidate.form.sort() {
        NameSort::Main => {}
        NameSort::Other => {
            prior += weight::OTHER_NAME;
            reasons.add(Reason::OtherName);
        }
        NameSort::Abbreviation => reasons.add(Reason::Abbreviation),
        NameSort::WithoutArticle => reasons.add(Reason::WithoutArticle),
    }
    let foreign = candidate.form.language().is_some_and(|l| l != text.lang.code());
    if foreign {
        prior += weight::OTHER_LANGUAGE;
        reasons.add(Reason::OtherLanguage);
    }
    if place.is_chosen() {
        prior += weight::CHOSEN;
        reasons.add(Reason::WellKnown);
    }
    if candidate.place.layer() > 0 && place.geonames().is_none() {
        prior += weight::OWN * candidate.place.layer() as f32;
        reasons.add(Reason::OwnPlace);
    }
    let (lat, lon) = (place.lat() as f32, place.lon() as f32);
    Scored {
        place: candidate.place,
        kind,
        country: code(place.country()),
        admin1: place.admin1().map(|p| p.place_id()),
        lat,
        lon,
        cos: lat.to_radians().cos(),
        prior,
        score: prior,
        reasons,
        foreign,
        own_language: candidate.form.language().is_some_and(|l| l == text.lang.code()),
        share: 0.0,
        near: 0.0,
    }
}

/// Lifts the places whose name has the accents that the text writes.
fn accents(text: &Text<'_>, gazetteer: &Gazetteer, spot: &Spot, candidates: &mut [Scored]) {
    let name = text.slice(spot.tokens.clone());
    if name.is_ascii() || candidates.len() < 2 {
        return;
    }
    for candidate in candidates {
        let place = gazetteer.place(candidate.place);
        if LANGUAGES.iter().any(|code| place.name(code) == name) {
            candidate.prior += weight::ACCENTS;
            candidate.score = candidate.prior;
        }
    }
}

/// Lifts the capital of a country above the division of its name: "Washington" is the town unless the text speaks of the
/// state.
fn capital(text: &Text<'_>, gazetteer: &Gazetteer, spot: &Spot, candidates: &mut [Scored]) {
    const SMALLEST: u32 = 300_000;
    let start = spot.tokens.start;
    let listed = text.phrase(start, class::PLACE_CAPITAL).filter(|(len, _)| start + len == spot.tokens.end);
    let Some((_, country)) = listed else { return };
    let own = |c: &Scored, kind| c.kind == kind && c.country == code(country);
    let divisions = candidates.iter().filter(|c| own(c, PlaceKind::Admin1)).map(|c| c.prior);
    let above = divisions.fold(f32::MIN, f32::max) + weight::NAMESAKE_TOWN;
    let large = |c: &Scored| gazetteer.place(c.place).population() >= SMALLEST;
    let towns = candidates.iter_mut().filter(|c| own(c, PlaceKind::City) && large(c));
    if let Some(town) = towns.max_by(|a, b| a.prior.total_cmp(&b.prior)) {
        town.prior = town.prior.max(above);
        town.score = town.prior;
    }
}

/// "Sulphur, La.": what follows the comma is no town.
fn divisions(text: &Text<'_>, spot: &Spot, candidates: &mut [Scored]) {
    let after = |i: usize| text.is_mark(i, class::MARK_COMMA) || text.str(i) == "(";
    let short = |c: &Scored| c.reasons.hold(Reason::Abbreviation);
    let holder = |c: &Scored| short(c) && matches!(c.kind, PlaceKind::Admin1 | PlaceKind::Country);
    if spot.tokens.start.checked_sub(1).is_some_and(after) && candidates.iter().any(holder) {
        for candidate in candidates.iter_mut().filter(|c| short(c) && !holder(c)) {
            candidate.prior += weight::NO_DIVISION;
            candidate.score = candidate.prior;
        }
    }
}

/// Lifts the towns that share the name of a country, when the words beside one of them can only be of a town.
pub(super) fn prefer_namesakes(candidates: &mut [Scored]) {
    if candidates.iter().any(|c| c.kind == PlaceKind::Country) {
        for candidate in candidates.iter_mut().filter(|c| c.kind == PlaceKind::City) {
            candidate.prior += weight::TOWN;
            candidate.score = candidate.prior;
        }
    }
}

/// Countries called by the name that another language has for them: "Mexico" in French.
fn exonyms(text: &Text<'_>, gazetteer: &Gazetteer, spot: &Spot, candidates: &mut [Scored]) {
    let country = |c: &Scored| c.kind == PlaceKind::Country && !c.foreign;
    if !candidates.iter().any(country) {
        return;
    }
    let Some(name) = fold(text.slice(spot.tokens.clone())) else { return };
    let own = text.lang.code();
    for candidate in candidates.iter_mut().filter(|c| country(c)) {
        let place = gazetteer.place(candidate.place);
        let called = |code: &str| fold(place.name(code)).is_some_and(|n| n == name);
        candidate.foreign = !called(own) && LANGUAGES.iter().any(|code| *code != own && called(code));
    }
}

/// Towns that share the name of a country are meant only where the text says so itself, unless they are
/// large. Where the two languages call each other's namesake so, that of the text's own language is meant: "Mexico"
/// is the country, « Mexico » the town.
fn namesakes_of_countries(gazetteer: &Gazetteer, candidates: &mut [Scored]) {
    let Some(country) = candidates.iter().position(|c| c.kind == PlaceKind::Country) else { return };
    let foreign = candidates.get(country).is_some_and(|c| c.foreign);
    let mut other = false;
    for candidate in candidates.iter_mut().filter(|c| c.kind == PlaceKind::City) {
        let large = gazetteer.place(candidate.place).population() >= 200_000;
        other |= large && !candidate.foreign;
        if !large || candidate.foreign && !foreign {
            candidate.prior += weight::NAMESAKE;
            candidate.score = candidate.prior;
        }
    }
    if let Some(candidate) = candidates.get_mut(country).filter(|_| foreign && other) {
        candidate.prior += weight::NAMESAKE;
        candidate.score = candidate.prior;
    }
}

/// A large town goes by its name before places that are only also called so (Chittagong was Islamabad once) and
/// before divisions elsewhere that have hardly more people.
fn large_towns(gazetteer: &Gazetteer, candidates: &mut [Scored]) {
    const SMALLEST: u32 = 100_000;
    let people = |c: &Scored| gazetteer.place(c.place).population();
    let by_name = |c: &&Scored| {
        c.kind == PlaceKind::City && !c.reasons.hold(Reason::OtherName) && people(c) >= SMALLEST
    };
    let Some(town) = candidates.iter().filter(by_name).max_by_key(|c| people(c)).copied() else { return };
    let held = people(&town);
    for candidate in candidates.iter_mut().filter(|c| c.place != town.place) {
        let other = candidate.reasons.hold(Reason::OtherName) && !candidate.own_language;
        let division = candidate.kind == PlaceKind::Admin1
            && candidate.country != town.country
            && people(candidate) < held + held / 2;
        let weight = if other {
            weight::CALLED_AS_TOWN
        } else if division {
            weight::DIVISION_AS_TOWN
        } else {
            continue;
        };
        candidate.prior += weight;
        candidate.score = candidate.prior;
    }
}

/// City states, districts of capitals, and divisions with one large town: Berlin and Homs are the towns unless the text
/// says the division.
fn named_after_towns(gazetteer: &Gazetteer, candidates: &mut [Scored]) {
    const WIDEST: u32 = 80_000;
    const SMALLEST: u32 = 100_000;
    const SHARE: u32 = 4;
    lift_towns(gazetteer, candidates, |town, division| {
        let large = town.population() >= division.population() / SHARE;
        division.kind() == PlaceKind::Admin1
            && town.population() >= SMALLEST
            && (division.radius_m() <= WIDEST || large)
    });
}

/// Lifts the towns that a division is named after above it: what is near Gao is near the town.
pub(super) fn prefer_towns(gazetteer: &Gazetteer, candidates: &mut [Scored]) {
    lift_towns(gazetteer, candidates, |_, division| {
        matches!(division.kind(), PlaceKind::Admin1 | PlaceKind::Admin2)
    });
}

/// Puts towns before the divisions of the same name that hold them, where town and division are such.
fn lift_towns(
    gazetteer: &Gazetteer,
    candidates: &mut [Scored],
    wanted: impl Fn(PlaceRef<'_>, PlaceRef<'_>) -> bool,
) {
    let divisions: Vec<(PlaceId, f32)> = candidates
        .iter()
        .filter(|c| matches!(c.kind, PlaceKind::Admin1 | PlaceKind::Admin2))
        .map(|c| (c.place, c.prior))
        .collect();
    for candidate in candidates.iter_mut().filter(|c| c.kind == PlaceKind::City) {
        let town = gazetteer.place(candidate.place);
        let holds = |d: PlaceId| town.is_within(d) && wanted(town, gazetteer.place(d));
        let holder = divisions.iter().find(|(d, _)| holds(*d));
        if let Some((_, prior)) = holder {
            candidate.prior = candidate.prior.max(prior + weight::NAMESAKE_TOWN);
            candidate.score = candidate.prior;
        }
    }
}
