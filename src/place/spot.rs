//! Finds the names of the gazetteer in a text: the longest one at every token that can begin a name.
//!
//! A spot is not yet a place: persons, common words and parts of other names are sorted out later.

use super::cue;
use crate::gazetteer::{Candidate, Gazetteer, NameSort, PlaceKind};
use crate::lang::class;
use crate::text::{Kind, Text};
use std::ops::Range;

/// Most candidates kept of one name; names with more are ranked by prominence in the gazetteer.
const CANDIDATES: usize = 48;
/// Longest name, in tokens.
const LONGEST: usize = 8;

/// Words of the text that are a name of the gazetteer.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its sentence, by number.
    pub sentence: usize,
    /// The places it may mean, the most prominent one first; a range of [`Spots::pool`].
    pub candidates: Range<usize>,
    /// Only abbreviations match, and the text does not write one.
    pub needs_cue: bool,
    /// The sentence is written in capitals throughout.
    pub shouted: bool,
    /// A word of its kind belongs to the name but not to the gazetteer's: `Androscoggin River`.
    pub typed: Option<&'static str>,
}

/// All spots of a text.
#[derive(Debug, Default)]
pub(super) struct Spots {
    /// In order, without overlap.
    pub list: Vec<Spot>,
    /// Candidates of all spots.
    pub pool: Vec<Candidate>,
}

impl Spots {
    /// The candidates of a spot.
    pub(super) fn of(&self, spot: &Spot) -> &[Candidate] {
        self.pool.get(spot.candidates.clone()).unwrap_or_default()
    }
}

/// Finds all spots.
pub(super) fn spot(text: &Text<'_>, gazetteer: &Gazetteer) -> Spots {
    let mut spots = Spots::default();
    for (number, sentence) in text.sentences.iter().enumerate() {
        let range = sentence.tokens.clone();
        let shouted = is_shouted(text, range.clone());
        let mut i = range.start;
        while i < range.end {
            let next = match begins(text, i, &range).then(|| name_at(text, gazetteer, i, &range, shouted)) {
                Some(Some(found)) => {
                    let end = found.end;
                    add(&mut spots, text, number, found, shouted);
                    end
                }
                _ => i + 1,
            };
            i = next.max(i + 1);
        }
    }
    spots
}

/// A sentence of three words or more without a small letter.
pub(super) fn is_shouted(text: &Text<'_>, tokens: Range<usize>) -> bool {
    let (mut upper, mut other) = (0, 0);
    for i in tokens {
        let Some(token) = text.tokens.get(i) else { continue };
        if token.kind == Kind::Word {
            if token.upper() {
                upper += 1;
            } else if text.str(i).chars().count() > 1 {
                other += 1;
            }
        }
    }
    upper > 3 && other * 5 < upper
}

/// True when a name can begin at token `i`.
fn begins(text: &Text<'_>, i: usize, sentence: &Range<usize>) -> bool {
    let Some(token) = text.tokens.get(i) else { return false };
    if token.kind != Kind::Word {
        return false;
    }
    // « océan Indien », « mer Rouge »: the head is small, what follows is not.
    let follows = i + 1 < sentence.end && text.tokens.get(i + 1).is_some_and(|t| t.capital());
    (token.capital() && !is_ordinal(text, text.str(i))) || (follows && text.has(i, class::PLACE_HEAD))
}

/// « XIXe », "XIV": numbers in Roman figures, alone or with an ending that the language sets.
pub(super) fn is_ordinal(text: &Text<'_>, word: &str) -> bool {
    let figures = word.bytes().take_while(|b| b"IVXLC".contains(b)).count();
    match word.get(figures..) {
        _ if figures == 0 => false,
        Some("") => figures > 1,
        Some(rest) => {
            text.lang.setting("place_ordinal_ends").is_some_and(|e| e.split(' ').any(|e| e == rest))
        }
        None => false,
    }
}

struct Found {
    start: usize,
    end: usize,
    candidates: Vec<Candidate>,
}

/// The longest name that begins at token `i`.
fn name_at(
    text: &Text<'_>,
    gazetteer: &Gazetteer,
    i: usize,
    sentence: &Range<usize>,
    shouted: bool,
) -> Option<Found> {
    let mut walker = gazetteer.walker();
    let mut best = None;
    let mut last = text.tokens.get(i)?.span.start;
    for n in i..sentence.end.min(i + LONGEST) {
        let token = text.tokens.get(n)?;
        if n > i && token.kind == Kind::Punct && !is_joint(text, n) {
            break;
        }
        let piece = text.source.get(last as usize..token.span.end as usize)?;
        last = token.span.end;
        if !walker.feed(piece) {
            break;
        }
        if token.kind == Kind::Punct || !ends_name(text, i, n) || !walker.is_name() {
            continue;
        }
        let candidates: Vec<Candidate> = walker
            .candidates()
            .filter(|c| fits(text, i..n + 1, *c, sentence.start, shouted))
            .filter(|c| is_placed(gazetteer, *c))
            .take(CANDIDATES)
            .collect();
        if !candidates.is_empty() {
            best = Some(Found { start: i, end: n + 1, candidates });
        }
    }
    best
}

/// A hyphen, an apostrophe or a dot inside a name: marks that gazetteer names do not count.
fn is_joint(text: &Text<'_>, i: usize) -> bool {
    matches!(text.str(i), "-" | "'" | "\u{2019}" | "\u{2010}" | "\u{2011}" | "\u{2013}")
        && text.tokens.get(i).is_some_and(|t| !t.spaced())
        && text.tokens.get(i + 1).is_some_and(|t| !t.spaced())
}

/// A name ends with a capital word; small words may end only names whose first word has no place of its
/// own there (« Union européenne »), which the gazetteer tells.
fn ends_name(text: &Text<'_>, first: usize, last: usize) -> bool {
    let Some(token) = text.tokens.get(last) else { return false };
    if last == first {
        return token.capital();
    }
    // « La ville », "The mill": an article with a capital is none.
    let named = (first..=last)
        .any(|n| text.tokens.get(n).is_some_and(|t| t.capital()) && !text.has(n, class::PLACE_ARTICLE));
    if !named {
        return false;
    }
    let lexicon = text.lang.lexicon();
    let small = !token.capital();
    let linking = lexicon.has(token.word, class::PLACE_LINK) || lexicon.has(token.word, class::PLACE_ARTICLE);
    !(small && (linking || text.str(last).chars().count() < 4))
}

/// Places without a point of their own stand at 0, 0.
fn is_placed(gazetteer: &Gazetteer, candidate: Candidate) -> bool {
    let place = gazetteer.place(candidate.place);
    place.lat() != 0.0 || place.lon() != 0.0
}

/// True when the text writes the name as this candidate wants it.
fn fits(text: &Text<'_>, tokens: Range<usize>, candidate: Candidate, first: usize, shouted: bool) -> bool {
    let capitals = text.slice(tokens.clone());
    match candidate.form.sort() {
        NameSort::Abbreviation => {
            let dotted = capitals.contains('.');
            let upper = !capitals.chars().any(char::is_lowercase);
            let foreign = candidate.form.language().is_some_and(|l| l != text.lang.code());
            dotted || (upper && !shouted && !foreign)
        }
        NameSort::WithoutArticle => tokens.start > first && (cue::before(text, first, tokens.start).article),
        NameSort::Main | NameSort::Other => {
            // Short names in capitals are abbreviations of something else.
            let letters = capitals.chars().filter(|c| c.is_alphabetic()).count();
            let acronym = letters <= 3 && !capitals.chars().any(char::is_lowercase);
            !acronym || shouted
        }
    }
}

fn add(spots: &mut Spots, text: &Text<'_>, sentence: usize, found: Found, shouted: bool) {
    let start = spots.pool.len();
    let needs_cue = found.candidates.iter().all(|c| c.form.needs_cue());
    spots.pool.extend(found.candidates);
    let (mut first, mut end) = (found.start, found.end);
    let mut typed = None;
    let range = text.sentences.get(sentence).map_or(0..0, |s| s.tokens.clone());
    // Words of its kind that belong to the name.
    if let Some(kind) = tail(text, end, &range) {
        typed = Some(kind);
        end += 1;
    } else if let Some((from, kind)) = cue::ends_at(text, first, class::PLACE_HEAD)
        .filter(|(from, _)| *from >= range.start && text.tokens.get(*from).is_some_and(|t| t.capital()))
        && kind != "region"
    {
        typed = Some(kind);
        first = from;
    }
    spots.list.push(Spot {
        tokens: first..end,
        sentence,
        candidates: start..spots.pool.len(),
        needs_cue,
        shouted,
        typed,
    });
}

/// The kind of the capital word right after a name that belongs to it: `County`.
fn tail(text: &Text<'_>, end: usize, sentence: &Range<usize>) -> Option<&'static str> {
    let token = text.tokens.get(end)?;
    if end >= sentence.end || !token.capital() {
        return None;
    }
    let kind = text.value(end, class::PLACE_TAIL)?;
    // "Florida Highway Patrol" is no highway.
    let on = end + 1 < sentence.end
        && text.tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Word && t.capital());
    (kind != "street" || !on).then_some(kind)
}

/// True when a kind is an area that news name as such.
pub(super) fn is_area(kind: PlaceKind) -> bool {
    matches!(
        kind,
        PlaceKind::Continent | PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Admin2 | PlaceKind::Region
    )
}
