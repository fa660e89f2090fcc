//! Finds names that the word of their kind makes places, whether a gazetteer holds them or not: « le hameau de Kervao »,
//! "the Santa Rosa neighborhood".
//!
//! Where kinds stand after names, those before them need the word for « of » between. In capitals throughout, a name is
//! made of words that no list knows, and of those that only names have.

use super::PlaceMention;
use super::cue;
use super::sort::{is_listed, is_new};
use super::spot::{Spots, is_shouted};
use crate::lang::{class, setting};
use crate::tag::{Reading, Upos};
use crate::text::{Kind, Text};
use std::ops::Range;

/// Most words in a name.
const LONGEST: usize = 5;
/// Most words between a kind and the word for « of »: « le quartier huppé et calme de Montalvo ».
const BETWEEN: usize = 3;

/// A name and its kind.
#[derive(Clone, Debug)]
pub(super) struct Kinded {
    /// The tokens of the name alone.
    pub tokens: Range<usize>,
    /// `district`, `settlement` or `site`.
    pub kind: &'static str,
}

/// All such names of a text, in order, without overlap.
pub(super) fn kinded(
    text: &Text<'_>,
    reading: Option<&Reading<'_>>,
    spots: &Spots,
    marks: &[usize],
) -> Vec<Kinded> {
    let mut found: Vec<Kinded> = Vec::new();
    let mut search = Search { text, reading, spots, shouted: (usize::MAX, false) };
    for &i in marks {
        let sentence = cue::sentence(text, i);
        if let Some((len, kind)) = text.phrase(i, class::PLACE_KIND_AFTER)
            && let Some(tokens) = search.before(&sentence, i, len)
        {
            found.push(Kinded { tokens, kind });
        } else if let Some((len, kind)) = text.phrase(i, class::PLACE_KIND_BEFORE)
            && kind != "other"
        {
            let names = search.after(&sentence, i, len);
            found.extend(names.into_iter().map(|tokens| Kinded { tokens, kind }));
        }
    }
    let more = std::mem::take(&mut found);
    join(&mut found, more);
    found
}

/// Takes in more names; of two that overlap the one that begins first stays.
pub(super) fn join(found: &mut Vec<Kinded>, more: Vec<Kinded>) {
    found.extend(more);
    found.sort_by_key(|k| (k.tokens.start, k.tokens.end));
    let mut end = 0;
    found.retain(|k| {
        let free = k.tokens.start >= end;
        end = end.max(k.tokens.end);
        free
    });
}

/// "IN TORIL CANTON": the word that tells the kind of the name before it is no name itself.
pub(super) fn leave_kinds(text: &Text<'_>, kinded: &[Kinded], mentions: &mut Vec<PlaceMention>) {
    mentions.retain(|m| {
        let at = text.token_at(m.span.start);
        let next = kinded.partition_point(|k| k.tokens.end < at);
        let told = kinded.get(next).is_some_and(|k| k.tokens.end == at);
        !told || text.phrase(at, class::PLACE_KIND_AFTER).is_none()
    });
}

struct Search<'s, 'a> {
    text: &'s Text<'a>,
    reading: Option<&'s Reading<'s>>,
    spots: &'s Spots,
    /// Where the sentence asked last begins, and whether it is in capitals throughout.
    shouted: (usize, bool),
}

impl Search<'_, '_> {
    fn is_shouted(&mut self, sentence: &Range<usize>) -> bool {
        if self.shouted.0 != sentence.start {
            self.shouted = (sentence.start, is_shouted(self.text, sentence.clone()));
        }
        self.shouted.1
    }

    /// The name that ends before the kind at token `i`.
    fn before(&mut self, sentence: &Range<usize>, i: usize, len: usize) -> Option<Range<usize>> {
        let text = self.text;
        let shouted = self.is_shouted(sentence);
        // "Greenwich Village": the word has a capital and belongs to the name.
        let capital = text.tokens.get(i)?.capital();
        let spaced = text.tokens.get(i)?.spaced() && !text.tokens.get(i)?.breaks();
        let goes_on = text.tokens.get(i + len).is_some_and(|t| t.kind == Kind::Word && t.capital());
        if !spaced || capital && !shouted || !shouted && goes_on {
            return None;
        }
        let mut start = i;
        while start > sentence.start && i - start < LONGEST && self.may_name(start - 1, shouted, start == i) {
            start -= 1;
        }
        let leads = |n: usize| {
            text.has(n, class::PLACE_ARTICLE) && !text.has(n, class::PLACE_NAME_START)
                || text.has(n, class::PLACE_LINK)
                || text.has(n, class::PLACE_NUMBER)
                || !text.tokens.get(n).is_some_and(|t| t.capital())
        };
        while start < i && leads(start) {
            start += 1;
        }
        self.is_name(start..i, shouted).then_some(start..i)
    }

    /// The names after the kind of `len` tokens at `i`; several only when the last one is joined by « and ».
    fn after(&mut self, sentence: &Range<usize>, i: usize, len: usize) -> Vec<Range<usize>> {
        let text = self.text;
        let shouted = self.is_shouted(sentence);
        let tails = text.lang.setting(setting::PLACE_TAILS).is_some();
        let linked = |n: usize| cue::means(text, n, class::PLACE_LINK, "of");
        let mut at = i + len;
        let between = |n: usize| {
            self.reading.is_none_or(|r| r.upos(n) == Upos::Adj) && !text.has(n, class::PLACE_NEAR)
                || cue::means(text, n, class::PLACE_LINK, "and")
        };
        while at < i + len + BETWEEN
            && !linked(at)
            && text.tokens.get(at).is_some_and(|t| t.kind == Kind::Word && !t.capital())
            && between(at)
        {
            at += 1;
        }
        if linked(at) {
            // « un quartier d'Alep » is a part of the town named.
            if i.checked_sub(1).is_some_and(|n| text.has(n, class::PLACE_NUMBER)) {
                return Vec::new();
            }
            at += 1;
            if text.has(at, class::PLACE_ARTICLE) && !text.tokens.get(at).is_some_and(|t| t.capital()) {
                at += 1;
            }
        } else if tails || at > i + len {
            return Vec::new();
        }
        let mut names = Vec::new();
        let mut joined = false;
        while let Some(name) = self.run(sentence, at, shouted) {
            at = name.end;
            names.push(name);
            let comma = text.is_mark(at, class::MARK_COMMA);
            let and = cue::means(text, at + usize::from(comma), class::PLACE_LINK, "and");
            if joined || !comma && !and {
                break;
            }
            joined = and;
            at += usize::from(comma) + usize::from(and);
            if linked(at) {
                at += 1;
            }
        }
        // « les villages de Syrie » are many, « le village de Tarmoula » is one.
        let plural = text.phrase(i, class::PLACE_KINDS).is_some();
        if !joined {
            names.truncate(usize::from(!plural));
        }
        names
    }

    /// The capital words from token `at` on.
    fn run(&self, sentence: &Range<usize>, at: usize, shouted: bool) -> Option<Range<usize>> {
        let mut end = at;
        while end < sentence.end && end - at < LONGEST && self.may_name(end, shouted, end == at) {
            end += 1;
        }
        while end > at && !self.text.tokens.get(end - 1).is_some_and(|t| t.capital()) {
            end -= 1;
        }
        self.is_name(at..end, shouted).then_some(at..end)
    }

    /// Can stand in a name: a capital word or, where kinds stand after names, a particle.
    fn may_name(&self, i: usize, shouted: bool, edge: bool) -> bool {
        let text = self.text;
        let Some(token) = text.tokens.get(i) else { return false };
        if text.has(i, class::PLACE_KIND_QUALITY) {
            return false;
        }
        if token.kind == Kind::Punct {
            let joint = matches!(text.str(i), "-" | "'" | "\u{2019}");
            return joint && !edge && !token.spaced() && text.tokens.get(i + 1).is_some_and(|t| !t.spaced());
        }
        let particle =
            [class::PLACE_PARTICLE, class::PLACE_NAME_START, class::PLACE_FIRST_NAME, class::TAG_FIRST_NAME]
                .into_iter()
                .any(|c| text.has(i, c));
        if token.kind != Kind::Word {
            return false;
        }
        if !shouted {
            let tails = text.lang.setting(setting::PLACE_TAILS).is_some();
            return token.capital() || !edge && tails && particle;
        }
        let listed = is_listed(text, i);
        let after = self.spots.list.partition_point(|s| s.tokens.end <= i);
        let spot = || self.spots.list.get(after).is_some_and(|s| s.tokens.contains(&i));
        let verb = self.reading.is_some_and(|r| r.upos(i).is_verbal());
        particle || is_new(text, i) && !verb || edge && !listed || text.has(i, class::TAG_PLACE) && spot()
    }

    /// Names more than a people, a direction, a day or a plain word.
    fn is_name(&self, tokens: Range<usize>, shouted: bool) -> bool {
        const PLAIN: [crate::lang::Class; 7] = [
            class::PLACE_DEMONYM,
            class::PLACE_DEMONYM_LOCAL,
            class::TAG_DEMONYM,
            class::PLACE_DIRECTION,
            class::PLACE_TYPE,
            class::PLACE_ARTICLE,
            class::TAG_CALENDAR,
        ];
        let text = self.text;
        let plain = |i: usize| PLAIN.into_iter().any(|c| text.has(i, c));
        let letters = text.slice(tokens.clone()).chars().filter(|c| c.is_alphabetic()).count();
        let proper = |i: usize| {
            self.reading.is_none_or(|r| !matches!(r.upos(i), Upos::Adj | Upos::Det | Upos::Adp | Upos::Pron))
        };
        let lone = tokens.len() == 1;
        // "A Georgian-controlled village": what follows the hyphen is no name.
        let part = text.str(tokens.end - 1).rsplit('-').next();
        let quality = lone && !part.is_some_and(|p| p.starts_with(char::is_uppercase));
        letters > 2
            && !quality
            && (shouted || !lone || proper(tokens.start))
            && tokens.clone().any(|i| !(plain(i) || lone && text.has(i, class::PLACE_WORD)))
            && !(lone && plain(tokens.start))
    }
}
