//! Finds own names that no gazetteer holds but whose first word tells what they are: « rue des Lilas »,
//! « gare du Nord », « place de la Bastille ». They are placed in the town the text speaks of.

use super::spot::{self, Spot, Spots};
use super::{cue, sort};
use crate::lang::{class, setting};
use crate::text::{Kind, Text};
use std::ops::Range;

/// Words that name a street, square, building or natural site.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// Its tokens, the word of its kind included.
    pub tokens: Range<usize>,
    /// Value of that word: `street`, `square`, `building`.
    pub kind: &'static str,
}

/// All sites of a text, in order.
pub(super) fn sites(text: &Text<'_>, spots: &Spots, masks: &[Range<usize>]) -> Vec<Site> {
    let mut sites = Vec::new();
    let tails = text.lang.setting(setting::PLACE_TAILS).is_some();
    for sentence in &text.sentences {
        let range = sentence.tokens.clone();
        let mut i = range.start;
        while i < range.end {
            let site = if tails { tailed(text, i, &range) } else { headed(text, i, &range) };
            match site {
                Some(site) => {
                    i = site.tokens.end;
                    // A longer name of the gazetteer stands.
                    let after = spots.list.partition_point(|s| s.tokens.end < site.tokens.end);
                    let whole = |s: &Spot| s.tokens.start <= site.tokens.start && s.typed != Some(site.kind);
                    let known = spots.list.get(after).is_some_and(whole);
                    if !known && !super::mask::covers(masks, &site.tokens) {
                        sites.push(site);
                    }
                }
                None => i += 1,
            }
        }
    }
    sites
}

/// "Governors' Parkway": capital words, then the word of their kind.
fn tailed(text: &Text<'_>, i: usize, sentence: &Range<usize>) -> Option<Site> {
    const LONGEST: usize = 5;
    let capital = |n: usize| {
        n < sentence.end && text.tokens.get(n).is_some_and(|t| t.kind == Kind::Word && t.capital())
    };
    if !capital(i) || (i > sentence.start && capital(i - 1)) {
        return None;
    }
    let mut at = i;
    // An article that opens the sentence is no part of the name.
    if text.has(at, class::PLACE_ARTICLE) || text.has(at, class::PLACE_LINK) {
        at += 1;
    }
    let start = at;
    while capital(at) && at < start + LONGEST {
        at += 1;
        let kind = text.value(at - 1, class::PLACE_TAIL).filter(|k| matches!(*k, "street" | "site"));
        // In capitals throughout, "A GASOLINE STATION" is no name.
        let named =
            || !spot::is_shouted(text, sentence.clone()) || (start..at - 1).any(|n| sort::is_new(text, n));
        if let Some(kind) = kind.filter(|_| at > start + 1 && !capital(at) && named()) {
            return Some(Site { tokens: start..at, kind });
        }
    }
    None
}

/// « rue des Lilas »: the word of its kind, then capital words.
fn headed(text: &Text<'_>, i: usize, sentence: &Range<usize>) -> Option<Site> {
    let kind = text.value(i, class::PLACE_HEAD)?;
    if !matches!(kind, "street" | "square" | "building") {
        return None;
    }
    let mut at = i + 1;
    // One link, one article.
    if cue::means(text, at, class::PLACE_LINK, "of") {
        at += 1;
    }
    if text.has(at, class::PLACE_ARTICLE) {
        at += 1;
    }
    let capital = |n: usize| {
        n < sentence.end && text.tokens.get(n).is_some_and(|t| t.kind == Kind::Word && t.capital())
    };
    let joined = text.has(at - 1, class::PLACE_ARTICLE) || text.has(at - 1, class::PLACE_LINK);
    if !capital(at) || !text.tokens.get(at)?.spaced() && !joined {
        return None;
    }
    while capital(at) {
        at += 1;
    }
    Some(Site { tokens: i..at, kind })
}
