//! Names in capitals that go on beyond what a gazetteer knows of them: "IN PRADOS DE VENECIA", "AT CERRO PANDO".
//!
//! In small letters the words around a name show where it ends; in capitals only the words that names are made of do.

use super::cue;
use super::kinded::Kinded;
use super::sort::{is_listed, is_new};
use super::spot::is_shouted;
use super::{PlaceKind, PlaceMention, Precision};
use crate::lang::class;
use crate::text::{Kind, Text};
use std::collections::BTreeMap;
use std::ops::Range;

/// Names that are longer than the mention in them; `mentions` are sorted by start.
pub(super) fn grown(text: &Text<'_>, mentions: &[PlaceMention]) -> Vec<Kinded> {
    let mut found: Vec<Kinded> = Vec::new();
    if !text.sentences.iter().any(|s| is_shouted(text, s.tokens.clone())) {
        return found;
    }
    let home = home(mentions);
    for mention in mentions {
        let Some(place) = mention.place.as_ref().filter(|p| {
            !matches!(p.kind, PlaceKind::Country | PlaceKind::Continent) && p.precision != Precision::Derived
        }) else {
            continue;
        };
        let tokens = text.tokens_in(mention.span);
        let sentence = cue::sentence(text, tokens.start);
        if !mention.role.is_on_map() || !is_shouted(text, sentence.clone()) {
            continue;
        }
        let abroad = home.is_some_and(|h| h != place.country);
        let start = first(text, &sentence, &tokens, abroad);
        let end = last(text, &sentence, tokens.end);
        let longer = start < tokens.start || end > tokens.end;
        if longer && found.last().is_none_or(|f| f.tokens.end <= start) {
            found.push(Kinded { tokens: start..end, kind: "settlement" });
        }
    }
    found
}

/// The country that most mentions lie in.
fn home(mentions: &[PlaceMention]) -> Option<&str> {
    let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
    for place in mentions.iter().filter_map(|m| m.place.as_ref()).filter(|p| !p.country.is_empty()) {
        *tally.entry(place.country.as_str()).or_default() += 1;
    }
    tally.into_iter().max_by_key(|(_, n)| *n).map(|(country, _)| country)
}

/// A word that joins the parts of a name.
fn joins(text: &Text<'_>, i: usize) -> bool {
    text.has(i, class::PLACE_NAME_LINK)
}

fn is_word(text: &Text<'_>, i: usize) -> bool {
    text.tokens.get(i).is_some_and(|t| t.kind == Kind::Word && t.spaced())
}

/// Where the name begins that holds these tokens: before a word that joins, or before a word that opens names or, when the
/// mention was taken for a place abroad, that no list knows.
fn first(text: &Text<'_>, sentence: &Range<usize>, tokens: &Range<usize>, abroad: bool) -> usize {
    let own = tokens.start;
    let mut at = own;
    while at > sentence.start
        && text.has(at - 1, class::PLACE_NAME_START)
        && text.has(at - 1, class::PLACE_ARTICLE_ABROAD)
    {
        at -= 1;
    }
    let led = |i: usize| {
        let before = cue::before(text, sentence.start, i);
        before.link.is_locative() && !before.article
    };
    let linked = at > sentence.start + 1 && joins(text, at - 1);
    if linked {
        let start = at - 2;
        let institution =
            text.has(start, class::PLACE_INSTITUTION) || text.has(start, class::TAG_ORGANISATION_WORD);
        return if is_word(text, start) && !institution && led(start) { start } else { own };
    }
    let Some(start) = own.checked_sub(1).filter(|s| *s > sentence.start && is_word(text, own)) else {
        return own;
    };
    let person = text.has(start, class::TAG_FIRST_NAME) || text.has(start, class::PLACE_FIRST_NAME);
    let opens = text.has(start, class::PLACE_NAME_START);
    let strange = is_new(text, start) && !is_listed(text, start) && !person;
    if is_word(text, start) && abroad && (opens || strange) && led(start) { start } else { own }
}

/// Where the name ends that goes on after token `end`: "SAN MIGUEL DE MERCEDES".
fn last(text: &Text<'_>, sentence: &Range<usize>, end: usize) -> usize {
    if !joins(text, end) || !is_word(text, end) {
        return end;
    }
    let mut at = end + 1;
    while at < sentence.end && text.has(at, class::PLACE_ARTICLE_ABROAD) {
        at += 1;
    }
    let named =
        is_new(text, at) || text.has(at, class::TAG_FIRST_NAME) || text.has(at, class::PLACE_FIRST_NAME);
    if at < sentence.end && is_word(text, at) && named { at + 1 } else { end }
}
