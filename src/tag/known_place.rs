//! Marks the tokens that the gazetteer knows as names of places, as one more hint for the recogniser.
//!
//! Always the embedded gazetteer, with which the weights were trained; which place is meant is not asked here.

use super::entity::Sight;
use crate::gazetteer::{Gazetteer, PlaceKind, Walker};
use crate::text::Text;
use std::ops::Range;
use std::rc::Rc;
use std::sync::OnceLock;

/// Longest name looked for, in tokens.
const LONGEST: usize = 6;

fn gazetteer() -> &'static Gazetteer {
    static EMBEDDED: OnceLock<Gazetteer> = OnceLock::new();
    EMBEDDED.get_or_init(Gazetteer::embedded)
}

/// The names of places that begin with a token: where they go on, and how well known the token alone is.
#[derive(Clone, Debug)]
pub(super) struct Start {
    walker: Walker<'static>,
    rank: Option<u8>,
}

impl Start {
    /// Follows the names along one token; none when no name begins with it.
    pub fn new(token: &str) -> Option<Start> {
        let mut walker = gazetteer().walker();
        let rank = walker.feed(token).then(|| rank_of(&walker))?;
        walker.look_ahead();
        Some(Start { walker, rank })
    }
}

/// Notes in `sights`, those of the tokens `range`, how well known a place of their name is: the longest name
/// from each capital on.
pub(super) fn mark(text: &Text<'_>, range: Range<usize>, starts: &[Option<Rc<Start>>], sights: &mut [Sight]) {
    let mut n = 0;
    while n < sights.len() {
        let start = starts.get(n).and_then(Option::as_ref);
        let Some((end, rank)) = start.and_then(|start| name_at(text, range.start, sights, n, start)) else {
            n += 1;
            continue;
        };
        for (k, sight) in sights.iter_mut().enumerate().take(end).skip(n) {
            sight.place = rank * 2 + u8::from(k > n);
        }
        n = end;
    }
}

/// Where the longest name from token `n` on ends, and how well known the best known place of that name is.
fn name_at(text: &Text<'_>, first: usize, sights: &[Sight], n: usize, start: &Start) -> Option<(usize, u8)> {
    let mut best = start.rank.map(|rank| (n + 1, rank));
    let mut last = text.tokens.get(first + n)?.span.end;
    let mut walker = start.walker.clone();
    for (k, sight) in sights.iter().enumerate().take(n + LONGEST).skip(n + 1) {
        let token = text.tokens.get(first + k)?;
        let piece = text.source.get(last as usize..token.span.end as usize)?;
        last = token.span.end;
        if !walker.feed(piece) {
            break;
        }
        if sight.form.has_capital()
            && let Some(rank) = rank_of(&walker)
        {
            best = Some((k + 1, rank));
        }
    }
    best
}

/// How well known the best known place is whose name ends here, if one does.
fn rank_of(walker: &Walker<'static>) -> Option<u8> {
    if !walker.is_name() {
        return None;
    }
    let gazetteer = gazetteer();
    let ranks = walker.candidates().map(|candidate| match candidate.form.needs_cue() {
        true => 1,
        false => {
            let place = gazetteer.place(candidate.place);
            rank(place.kind(), place.population())
        }
    });
    Some(ranks.max().unwrap_or(1))
}

/// From 1, a name that is also a common word, to 8.
fn rank(kind: PlaceKind, population: u32) -> u8 {
    match kind {
        PlaceKind::Continent | PlaceKind::Country => 7,
        PlaceKind::Admin1 => 6,
        PlaceKind::City => match population {
            500_000.. => 5,
            50_000.. => 4,
            5_000.. => 3,
            _ => 2,
        },
        PlaceKind::Admin2 => 4,
        _ => 8,
    }
}
