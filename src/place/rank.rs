//! Chooses among the places that share a name.
//!
//! Every candidate gets a score from a few named weights; the units are natural logarithms of people, so
//! that a weight of 2.3 outdoes a town ten times larger. One name means one place throughout a text,
//! unless a mention says otherwise itself (« Tripoli (Liban) »).

use super::cue;
use super::prior::{self, Code, Reason, Scored, code};
use super::quick::Quick;
use super::spot::{Spot, Spots, is_area};
use super::weight;
use crate::gazetteer::{Candidate, Gazetteer, PlaceId, PlaceKind};
use crate::lang::{class, setting};
use crate::text::Text;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A name of the text and all its mentions.
#[derive(Debug)]
struct Group {
    spots: Vec<usize>,
    candidates: Vec<Scored>,
    best: usize,
}

/// The ranked candidates of a spot, best first.
#[derive(Clone, Debug)]
pub(super) struct Ranked {
    pub candidates: Rc<[Scored]>,
    /// Number of the list of candidates; spots that share it have the same.
    pub list: usize,
    /// How many places share the name, those that are not kept included.
    pub namesakes: usize,
    /// How often the text has the name.
    pub mentions: usize,
    /// The spot that names what holds this one.
    pub container: Option<usize>,
    /// The words name a holder for certain, and no candidate lies in it.
    pub elsewhere: Option<usize>,
}

/// Votes of the text for countries and first divisions.
#[derive(Debug, Default)]
pub(super) struct Focus {
    countries: BTreeMap<Code, f32>,
    admin1: BTreeMap<PlaceId, f32>,
}

impl Focus {
    /// A vote for a country.
    pub(super) fn vote(&mut self, country: Code, weight: f32) {
        if country != Code::default() {
            *self.countries.entry(country).or_default() += weight;
        }
    }

    /// All votes for countries, all votes for divisions.
    fn all(&self) -> (f32, f32) {
        (self.countries.values().sum(), self.admin1.values().sum())
    }
}

/// Ranks the candidates of every spot in `places`, spots by number.
pub(super) fn rank(
    text: &Text<'_>,
    gazetteer: &Gazetteer,
    spots: &Spots,
    places: &[usize],
    votes: &[(&str, f32)],
) -> Vec<Option<Ranked>> {
    let mut names: Quick<String, usize> = Quick::default();
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of = vec![usize::MAX; spots.list.len()];
    for &number in places {
        let Some(spot) = spots.list.get(number) else { continue };
        let key = text.slice(spot.tokens.clone()).to_lowercase();
        let group = *names.entry(key).or_insert_with(|| {
            let candidates = prior::candidates(text, gazetteer, spots, spot);
            groups.push(Group { spots: Vec::new(), candidates, best: 0 });
            groups.len() - 1
        });
        if let Some(slot) = group_of.get_mut(number) {
            *slot = group;
        }
        if let Some(group) = groups.get_mut(group) {
            group.spots.push(number);
        }
    }
    let links: Vec<Option<(usize, f32)>> = (0..spots.list.len())
        .map(|n| if group_of.get(n) == Some(&usize::MAX) { None } else { container(text, spots, n) })
        .collect();

    // What the mentions themselves say.
    for group in &mut groups {
        typed(text, spots, group);
        let own = || group.spots.iter().filter_map(|n| spots.list.get(*n));
        if own().any(|s| is_near(text, s) || is_at_town(text, s)) {
            prior::prefer_towns(gazetteer, &mut group.candidates);
        }
        if own().any(|s| is_of_town(text, s)) {
            prior::prefer_namesakes(&mut group.candidates);
        }
        let first = group.spots.first().copied();
        for &n in &group.spots {
            let Some(Some((holder, weight))) = links.get(n) else { continue };
            // Later mentions may mean a namesake and say so.
            let share = if Some(n) == first { 1.0 } else { 0.15 };
            contain(gazetteer, spots, *holder, weight * share, &mut group.candidates);
        }
        group.choose();
    }
    // What the text says: three rounds settle nearly every text.
    let mut last: Option<(Anchors, Vec<Vote>)> = None;
    for _ in 0..3 {
        let mut focus = Focus::default();
        for (country, weight) in votes {
            focus.vote(code(country), *weight);
        }
        let cast = focus_of(&groups, &mut focus);
        let (all, anchors) = (focus.all(), anchors(&groups));
        let moved = last.as_ref().is_none_or(|(before, _)| *before != anchors);
        // The same votes again would change nothing.
        if !moved && last.as_ref().is_some_and(|(_, before)| *before == cast) {
            break;
        }
        for (number, group) in groups.iter_mut().enumerate() {
            // A name does not vote for itself.
            let own = cast.get(number).copied().unwrap_or_default();
            let countries = all.0 - own.country.map_or(0.0, |(_, w)| w);
            let divisions = all.1 - own.admin1.map_or(0.0, |(_, w)| w);
            for candidate in &mut group.candidates {
                let mut country = focus.countries.get(&candidate.country).copied().unwrap_or_default();
                if let Some((_, weight)) = own.country.filter(|(c, _)| *c == candidate.country) {
                    country -= weight;
                }
                let admin1 = candidate.admin1.map_or(0.0, |a| {
                    let all = focus.admin1.get(&a).copied().unwrap_or_default();
                    all - own.admin1.filter(|(o, _)| *o == a).map_or(0.0, |(_, w)| w)
                });
                candidate.share = country / countries.max(1.5);
                if moved {
                    candidate.near = nearness(candidate, &anchors, number);
                }
                candidate.score = candidate.prior
                    + weight::COUNTRY * candidate.share
                    + weight::ADMIN1 * admin1 / divisions.max(1.5)
                    + candidate.near;
            }
            group.choose();
        }
        last = Some((anchors, cast));
    }
    let mut out: Vec<Option<Ranked>> = vec![None; spots.list.len()];
    let mut lists = groups.len();
    for (number, group) in groups.iter().enumerate() {
        let namesakes = group.candidates.len();
        let first = best(group.candidates.clone());
        for &n in &group.spots {
            let link = links.get(n).copied().flatten();
            let later = group.spots.first() != Some(&n);
            let (list, candidates) = match link.filter(|_| later) {
                // Its own words outdo those of the first mention.
                Some((holder, weight)) => {
                    let mut candidates = group.candidates.clone();
                    contain(gazetteer, spots, holder, weight * 2.0, &mut candidates);
                    lists += 1;
                    (lists - 1, best(candidates))
                }
                None => (number, Rc::clone(&first)),
            };
            let holds = link.map(|(h, _)| h).filter(|h| {
                let own = candidates.first().map(|c| gazetteer.place(c.place));
                let within =
                    |c: &Candidate| own.is_some_and(|o| o.is_within(c.place) && o.place_id() != c.place);
                spots.list.get(*h).is_some_and(|s| spots.of(s).iter().any(within))
            });
            let elsewhere = link.filter(|(_, w)| *w >= weight::WITHIN && holds.is_none()).map(|(h, _)| h);
            if let Some(slot) = out.get_mut(n) {
                *slot = Some(Ranked {
                    candidates,
                    list,
                    namesakes,
                    mentions: group.spots.len(),
                    container: holds,
                    elsewhere,
                });
            }
        }
    }
    out
}

/// The best candidates, best first.
fn best(mut candidates: Vec<Scored>) -> Rc<[Scored]> {
    const MOST: usize = 5;
    // Of equal places that of the upper layer is meant.
    let layer = |c: &Scored| Reverse(c.place.layer());
    let order = |a: &Scored, b: &Scored| layer(a).cmp(&layer(b)).then(a.place.cmp(&b.place));
    candidates.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then_with(|| order(a, b)));
    let worst = candidates.first().map_or(0.0, |c| c.score - weight::HOPELESS);
    let hopeful = candidates.partition_point(|c| c.score >= worst);
    candidates.truncate(hopeful.min(MOST));
    candidates.into()
}

impl Group {
    fn choose(&mut self) {
        let mut best = (f32::MIN, 0);
        for (n, c) in self.candidates.iter().enumerate() {
            if c.score > best.0 {
                best = (c.score, n);
            }
        }
        self.best = best.1;
    }
}

/// The spot that names what holds spot `n`, and how strongly it says so.
fn container(text: &Text<'_>, spots: &Spots, n: usize) -> Option<(usize, f32)> {
    let spot = spots.list.get(n)?;
    let next = spots.list.get(n + 1).filter(|s| s.sentence == spot.sentence)?;
    let mut at = spot.tokens.end;
    let bracket = text.str(at) == "(";
    let comma = text.is_mark(at, class::MARK_COMMA);
    if bracket || comma {
        at += 1;
    }
    let link = text.value(at, class::PLACE_LINK);
    if link.is_some() {
        at += 1;
        if at < next.tokens.start && text.has(at, class::PLACE_ARTICLE) {
            at += 1;
        }
    }
    // « le canton de », "the southern state of" between preposition and container.
    let mut skipped = 0;
    while at < next.tokens.start
        && skipped < 5
        && (link.is_some()
            || skipped > 0
            || text.has(at, class::PLACE_TYPE)
            || text.has(at + 1, class::PLACE_TYPE))
        && (text.has(at, class::PLACE_TYPE)
            || text.has(at, class::PLACE_ARTICLE)
            || text.has(at, class::PLACE_DIRECTION)
            || text.has(at, class::PLACE_DEMONYM)
            || cue::means(text, at, class::PLACE_LINK, "of"))
    {
        at += 1;
        skipped += 1;
    }
    if at != next.tokens.start {
        return None;
    }
    let weight = match (comma || bracket, link) {
        (_, Some("at")) => weight::WITHIN,
        (true, None) if bracket || !is_listed(text, spots, n + 1) => weight::CONTAINED,
        (true, None) => weight::CONTAINED_LIST,
        _ => return None,
    };
    Some((n + 1, weight))
}

/// True when spot `n` goes on as a list: "Oklahoma, Missouri and Georgia".
fn is_listed(text: &Text<'_>, spots: &Spots, n: usize) -> bool {
    let (Some(spot), Some(next)) = (spots.list.get(n), spots.list.get(n + 1)) else { return false };
    let mut at = spot.tokens.end;
    if text.is_mark(at, class::MARK_COMMA) {
        at += 1;
    }
    cue::means(text, at, class::PLACE_LINK, "and") && at + 1 == next.tokens.start
}

/// Lifts the candidates that lie within some place that the holder may mean.
fn contain(gazetteer: &Gazetteer, spots: &Spots, holder: usize, weight: f32, candidates: &mut [Scored]) {
    let Some(holder) = spots.list.get(holder) else { return };
    let holders = spots.of(holder);
    for candidate in candidates {
        let place = gazetteer.place(candidate.place);
        let within = place.parents().any(|p| holders.iter().any(|h| h.place == p.place_id()));
        if within {
            candidate.prior += weight;
            candidate.score += weight;
            candidate.reasons.add(Reason::Contained);
        }
    }
}

/// "a Lebanon man", "the city of Turkey": countries have words of their own for their people.
fn is_of_town(text: &Text<'_>, spot: &Spot) -> bool {
    let (before, end) = (&spot.before, spot.tokens.end);
    let town = before.link == cue::Link::Of && before.start > spot.range.start;
    end < spot.range.end && cue::means(text, end, class::PLACE_TOWNSMAN, "after")
        || town && cue::has_before(text, before.start, class::PLACE_TOWNSMAN, "of")
}

/// « à Homs »: the word before leads to towns; divisions have another one.
fn is_at_town(text: &Text<'_>, spot: &Spot) -> bool {
    let before = spot.tokens.start.checked_sub(1).filter(|&b| b >= spot.range.start);
    before.is_some_and(|b| text.has(b, class::PLACE_TOWNWARD))
}

/// « près de », "near": what stands close to a point.
fn is_near(text: &Text<'_>, spot: &Spot) -> bool {
    let (first, before) = (spot.range.start, &spot.before);
    cue::ends_at(text, before.start, class::PLACE_NEAR)
        .or_else(|| cue::ends_at(text, spot.tokens.start, class::PLACE_NEAR))
        .is_some_and(|(from, _)| from >= first)
}

/// Lifts the candidates of the kind that the words beside some mention name.
fn typed(text: &Text<'_>, spots: &Spots, group: &mut Group) {
    let mut values: Vec<&'static str> = Vec::new();
    for &n in &group.spots {
        let Some(spot) = spots.list.get(n) else { continue };
        values.extend(types_beside(text, spot));
    }
    // « les régions de la Géorgie », "sectors of Mexico" are parts of the country, not its namesake.
    if group.candidates.iter().any(|c| c.kind == PlaceKind::Country) {
        values.retain(|v| !matches!(*v, "city" | "district" | "region" | "land" | "site"));
    }
    if values.is_empty() {
        return;
    }
    for candidate in &mut group.candidates {
        if values.iter().any(|v| agrees(candidate.kind, v)) {
            candidate.prior += weight::TYPE;
            candidate.reasons.add(Reason::KindNamed);
        } else if candidate.kind != PlaceKind::Country || values.iter().any(|v| *v != "admin1") {
            // « la province du Luxembourg » may be a part of it.
            candidate.prior += weight::OTHER_TYPE;
        }
        candidate.score = candidate.prior;
    }
}

/// The kinds that words beside a spot name: « province de X », "X County", "the X district".
pub(super) fn types_beside(text: &Text<'_>, spot: &Spot) -> Vec<&'static str> {
    let lexicon = text.lang.lexicon();
    let mut values = Vec::new();
    if let Some(kind) = spot.typed {
        values.push(kind);
        return values;
    }
    let (range, before) = (&spot.range, &spot.before);
    let tied = before.link == cue::Link::Of || before.link == cue::Link::None;
    if tied
        && let Some((start, _)) = cue::ends_at(text, before.start, class::PLACE_TYPE)
        && start >= range.start
    {
        let end = before.start;
        if end - start == 1 {
            let word = text.word(start);
            values.extend(lexicon.entries(word).filter(|e| e.class == class::PLACE_TYPE).map(|e| e.value));
        } else if let Some((_, value)) = cue::ends_at(text, end, class::PLACE_TYPE) {
            values.push(value);
        }
    }
    // After the name only where the language puts kinds there, as its own-name tails tell.
    let end = spot.tokens.end;
    let has_tails = text.lang.setting(setting::PLACE_TAILS).is_some();
    if has_tails && end < range.end && text.tokens.get(end).is_some_and(|t| !t.capital()) {
        let word = text.word(end);
        values.extend(lexicon.entries(word).filter(|e| e.class == class::PLACE_TYPE).map(|e| e.value));
    }
    values
}

/// True when a word for `value` can name a place of this kind.
fn agrees(kind: PlaceKind, value: &str) -> bool {
    use PlaceKind::{
        Admin1, Admin2, City, Country, District, Island, Lake, Mountain, Region, River, Sea, Site,
    };
    match value {
        "country" => kind == Country,
        "admin1" => matches!(kind, Admin1 | Region),
        "admin2" => matches!(kind, Admin2),
        "city" => matches!(kind, City | District),
        "district" => matches!(kind, District | City),
        "region" => matches!(kind, Region | Admin1 | Admin2 | River | Mountain | Sea),
        "land" => matches!(kind, Region | Island | Mountain | Site),
        "water" => matches!(kind, River | Lake | Sea),
        "island" => matches!(kind, Island),
        "river" => matches!(kind, River),
        "lake" => matches!(kind, Lake),
        "sea" => matches!(kind, Sea),
        "mountain" => matches!(kind, Mountain),
        "site" | "building" | "square" => matches!(kind, Site),
        _ => false,
    }
}

/// True when a candidate of the kind that the words beside name exists.
pub(super) fn has_kind(kind: PlaceKind, values: &[&'static str]) -> bool {
    values.iter().any(|v| agrees(kind, v))
}

/// What one name votes for, and how strongly.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Vote {
    country: Option<(Code, f32)>,
    admin1: Option<(PlaceId, f32)>,
}

fn focus_of(groups: &[Group], focus: &mut Focus) -> Vec<Vote> {
    let mut cast = Vec::with_capacity(groups.len());
    for group in groups {
        let Some(best) = group.candidates.get(group.best) else {
            cast.push(Vote::default());
            continue;
        };
        let count = (group.spots.len() as f32).sqrt();
        // A namesake in the same country or division takes nothing from the vote for it.
        let sure = |other: &dyn Fn(&Scored) -> bool| {
            let others = group.candidates.iter().filter(|c| other(c)).map(|c| c.score);
            ((best.score - others.fold(f32::MIN, f32::max)) / 4.0).clamp(0.15, 1.0)
        };
        let level = if best.kind == PlaceKind::Country { 0.8 } else { 1.0 };
        let mut vote = Vote::default();
        if best.country != Code::default() {
            let sure = sure(&|c| c.country != best.country);
            focus.vote(best.country, count * sure * level);
            vote.country = Some((best.country, count * sure * level));
        }
        if let Some(admin1) = best.admin1 {
            let sure = sure(&|c| c.admin1 != best.admin1);
            *focus.admin1.entry(admin1).or_default() += count * sure;
            vote.admin1 = Some((admin1, count * sure));
        }
        cast.push(vote);
    }
    cast
}

/// Places that others may be close to: group, latitude, longitude, how sure.
type Anchors = Vec<(usize, f32, f32, f32)>;

/// The places that others may be close to, by group.
fn anchors(groups: &[Group]) -> Anchors {
    const MOST: usize = 32;
    let mut found = Anchors::new();
    for (number, group) in groups.iter().enumerate() {
        let Some(best) = group.candidates.get(group.best) else { continue };
        if !is_area(best.kind) || best.kind == PlaceKind::Admin2 {
            found.push((number, best.lat, best.lon, if group.candidates.len() == 1 { 1.0 } else { 0.6 }));
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// How close a candidate is to the other places of the text.
fn nearness(candidate: &Scored, anchors: &[(usize, f32, f32, f32)], own: usize) -> f32 {
    if is_area(candidate.kind) && candidate.kind != PlaceKind::Admin2 {
        return 0.0;
    }
    let mut sum = 0.0;
    for (number, lat, lon, sure) in anchors {
        if *number == own {
            continue;
        }
        let dy = candidate.lat - lat;
        if dy.abs() >= 3.0 {
            continue;
        }
        let mut dx = (candidate.lon - lon).abs();
        if dx > 180.0 {
            dx = 360.0 - dx;
        }
        let dx = dx * candidate.cos;
        let square = dx * dx + dy * dy;
        // A degree is 111 km: full within 30 km, a tenth at 300.
        if square < 9.0 {
            sum += sure * 2.5 / (1.0 + square * 1.5);
        }
    }
    sum.min(weight::NEAR)
}
