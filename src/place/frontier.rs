//! Places frontiers on the outlines of countries: « la frontière turco-syrienne », "the border between Chad and
//! Libya", "the Polish border".
//!
//! The countries stand in the noun phrase around the word: adjectives, names, both glued together. One country
//! alone is joined by the other country that the text named last, when they are neighbours; without one, the
//! frontier is somewhere around that country, and its point is that of the country.

use super::cue;
use super::relative::{self, Shape};
use super::role::{self, Scene};
use super::spot::Spot;
use super::{Place, PlaceKind, PlaceMention, PlaceRole, Precision};
use crate::gazetteer::{Gazetteer, Outlines};
use crate::lang::class;
use crate::tag::Reading;
use crate::text::{Kind, Text};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// How many tokens before and after the word may belong to its phrase.
const BEFORE: usize = 5;
const AFTER: usize = 9;
/// How far back the other country may have been named, in mentions.
const BACK: usize = 12;

/// A frontier as words tell it.
struct Told {
    /// The word and the adjectives beside it.
    tokens: Range<usize>,
    /// All of its phrase.
    phrase: Range<usize>,
    /// Alpha-2 codes, at most two, in order.
    countries: Vec<String>,
    /// Numbers of the mentions that name them.
    names: Vec<usize>,
}

/// The bands along frontiers, by their two countries, drawn once for a text.
type Known = BTreeMap<(String, String), Option<Shape>>;

/// Finds the frontiers of a text; names that tell one become its containers.
pub(super) fn frontiers(
    text: &Text<'_>,
    reading: Option<&Reading<'_>>,
    gazetteer: &Gazetteer,
    mentions: &mut [PlaceMention],
    marks: &[usize],
) -> Vec<PlaceMention> {
    let mut found = Vec::new();
    let Some(outlines) = gazetteer.outlines() else { return found };
    let mut known = Known::default();
    let mut next = 0;
    for &i in marks {
        let Some((len, _)) = text.phrase(i, class::PLACE_BORDER).filter(|_| i >= next) else { continue };
        let told = told(text, gazetteer, mentions, i..i + len, &cue::sentence(text, i));
        next = told.as_ref().map_or(i + len, |t| t.tokens.end.max(i + len));
        if let Some(told) = told
            && let Some(mention) = mention(text, reading, gazetteer, (outlines, &mut known), mentions, &told)
        {
            for &n in &told.names {
                if let Some(name) = mentions.get_mut(n).filter(|m| m.role != PlaceRole::PartOfName) {
                    name.role = PlaceRole::Container;
                }
            }
            found.push(mention);
        }
    }
    found
}

fn told(
    text: &Text<'_>,
    gazetteer: &Gazetteer,
    mentions: &[PlaceMention],
    word: Range<usize>,
    sentence: &Range<usize>,
) -> Option<Told> {
    let mut told =
        Told { tokens: word.clone(), phrase: word.clone(), countries: Vec::new(), names: Vec::new() };
    // Before the word: "the Turkish-Syrian border", "Chad's border".
    let mut before: Vec<Vec<String>> = Vec::new();
    let mut at = word.start;
    let mut joined = true;
    while at > sentence.start && word.start - at < BEFORE {
        let back = at - 1;
        if let Some(n) = named(text, mentions, back) {
            let name = mentions.get(n)?;
            before.push(vec![country(name)?.to_owned()]);
            told.names.push(n);
            at = text.tokens_in(name.span).start;
            told.phrase.start = at;
            joined = false;
            continue;
        }
        let codes = codes(text, gazetteer, back);
        let joins = text.has(back, class::PLACE_DIRECTION)
            || text.has(back, class::PLACE_POSSESSIVE)
            || text.str(back) == "/";
        if codes.is_empty() && !joins {
            break;
        }
        // "US-Mexico" holds names of its own.
        if joined && !codes.is_empty() && !text.str(back).contains('-') {
            told.tokens.start = back;
        }
        joined &= !joins;
        if !codes.is_empty() {
            told.phrase.start = back;
        }
        before.push(codes);
        at = back;
    }
    before.reverse();
    told.countries.extend(before.into_iter().flatten());
    // After it: « turco-syrienne », « entre la Turquie et la Syrie », "with Syria".
    let mut at = word.end;
    let mut between = false;
    while at < sentence.end && at - word.end < AFTER && told.countries.len() < 2 {
        if let Some(n) = named(text, mentions, at) {
            let name = mentions.get(n)?;
            let Some(country) = country(name) else { break };
            told.countries.push(country.to_owned());
            told.names.push(n);
            at = text.tokens_in(name.span).end;
            told.phrase.end = at;
            continue;
        }
        let codes = codes(text, gazetteer, at);
        if !codes.is_empty() {
            if at == told.tokens.end {
                told.tokens.end = at + 1;
            }
            told.countries.extend(codes);
            at += 1;
            told.phrase.end = at;
            continue;
        }
        let link = text.value(at, class::PLACE_LINK);
        between |= link == Some("between");
        let goes_on = match link {
            Some("of" | "with" | "between") => true,
            Some("and") => between && !told.countries.is_empty(),
            Some(_) => false,
            None => text.has(at, class::PLACE_ARTICLE) || text.has(at, class::PLACE_DIRECTION),
        };
        if !goes_on {
            break;
        }
        at += 1;
    }
    told.countries.dedup();
    told.countries.truncate(2);
    (!told.countries.is_empty()).then_some(told)
}

/// The mention of a name that holds token `i`.
fn named(text: &Text<'_>, mentions: &[PlaceMention], i: usize) -> Option<usize> {
    let span = text.tokens.get(i)?.span;
    let n = mentions.partition_point(|m| m.span.end <= span.start);
    let mention = mentions.get(n)?;
    (mention.span.contains(span) && country(mention).is_some()).then_some(n)
}

/// The country that a mention names.
fn country(mention: &PlaceMention) -> Option<&str> {
    let place = mention.place.as_ref()?;
    (place.kind == PlaceKind::Country && !place.country.is_empty()).then_some(place.country.as_str())
}

/// The countries that a word tells: « syrienne », « turco-syrienne », "US-Mexico".
fn codes(text: &Text<'_>, gazetteer: &Gazetteer, i: usize) -> Vec<String> {
    if let Some(code) = text.value(i, class::PLACE_DEMONYM) {
        return vec![code.to_owned()];
    }
    let word = text.str(i);
    if !text.tokens.get(i).is_some_and(|t| t.kind == Kind::Word) || !word.contains('-') {
        return Vec::new();
    }
    let lexicon = text.lang.lexicon();
    let read = |part: &str| -> Option<String> {
        let id = lexicon.word(&part.to_lowercase());
        let listed = lexicon
            .value(id, class::PLACE_DEMONYM)
            .or_else(|| lexicon.value(id, class::PLACE_DEMONYM_PREFIX))
            .map(str::to_owned);
        listed.or_else(|| {
            let named = part.chars().next().is_some_and(char::is_uppercase);
            let place = gazetteer.find(part).next().filter(|_| named).map(|c| gazetteer.place(c.place))?;
            (place.kind() == PlaceKind::Country).then(|| place.country().to_owned())
        })
    };
    // « nord-coréo-chinoise » begins with a prefix of two parts; reading from both ends finds it.
    let mut cuts = word.match_indices('-').map(|(at, _)| (word.get(..at), word.get(at + 1..)));
    let pair = cuts.find_map(|(a, b)| Some(vec![read(a?)?, read(b?)?]));
    pair.unwrap_or_default()
}

fn mention(
    text: &Text<'_>,
    reading: Option<&Reading<'_>>,
    gazetteer: &Gazetteer,
    (outlines, known): (Outlines<'_>, &mut Known),
    mentions: &[PlaceMention],
    told: &Told,
) -> Option<PlaceMention> {
    let span = text.span(told.tokens.clone());
    let first = told.countries.first()?;
    let lines = |other: &str| outlines.frontier(first, Some(other));
    let (other, lines) = match told.countries.get(1) {
        Some(other) => (Some(other.as_str()), lines(other)),
        None => {
            let end = mentions.partition_point(|m| m.span.start < span.start);
            let near = mentions.get(end.saturating_sub(BACK)..end)?.iter().rev();
            near.filter_map(|m| m.place.as_ref().map(|p| p.country.as_str()))
                .filter(|c| !c.is_empty() && c != first)
                .map(|c| (Some(c), lines(c)))
                .find(|(_, lines)| !lines.is_empty())
                .unwrap_or_default()
        }
    };
    let home = gazetteer.place(gazetteer.country(first)?);
    let language = text.lang.code();
    let name = text.slice(told.phrase.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut place = Place {
        id: String::new(),
        name: name.clone(),
        name_en: name,
        kind: PlaceKind::Derived,
        country: String::new(),
        admin1: String::new(),
        admin2: String::new(),
        lon: home.lon(),
        lat: home.lat(),
        radius_m: home.radius_m(),
        precision: Precision::Derived,
        outline: None,
        anchor: Some(home.id()),
    };
    let countries = (first.clone(), other.unwrap_or_default().to_owned());
    let band = known.entry(countries).or_insert_with(|| relative::along(&lines));
    let reason = match band.clone() {
        Some(shape) => {
            place.lon = shape.point.x();
            place.lat = shape.point.y();
            place.radius_m = shape.radius.min(f64::from(u32::MAX)) as u32;
            place.outline = Some(shape.outline);
            "frontier"
        }
        // Two countries that are no neighbours have no frontier.
        None if other.is_some() => return None,
        None => {
            place.precision = Precision::Containing;
            place.country = home.country().to_owned();
            place.name = format!("{} ({})", place.name, home.name(language));
            "frontier_of_country"
        }
    };
    let spot = Spot::unlisted(text, told.tokens.clone(), None);
    let given = role::role(text, reading, &spot, None, Scene { sport: false });
    let role = match given.role {
        PlaceRole::Origin | PlaceRole::Destination => given.role,
        _ if given.link.is_locative() || given.reason == "near" => PlaceRole::Location,
        // « rouvrir la frontière » is about it.
        _ => PlaceRole::Topic,
    };
    Some(PlaceMention {
        span,
        role,
        cue: given.cue,
        anaphor: true,
        place: Some(Arc::new(place)),
        confidence: if reason == "frontier" { 0.8 } else { 0.6 },
        candidates: Arc::default(),
        evidence: Vec::new(),
        reasons: vec![reason],
    })
}
