//! Marks the tokens that the gazetteer knows as names of places, as one more hint for the recogniser.
//!
//! Always the embedded gazetteer, with which the weights were trained; which place is meant is not asked here.

use super::entity::Sight;
use super::form::Form;
use crate::gazetteer::{Gazetteer, PlaceKind};
use crate::text::Text;
use std::ops::Range;
use std::sync::OnceLock;

/// Longest name looked for, in tokens.
const LONGEST: usize = 6;

fn gazetteer() -> &'static Gazetteer {
    static EMBEDDED: OnceLock<Gazetteer> = OnceLock::new();
    EMBEDDED.get_or_init(Gazetteer::embedded)
}

/// Notes in `sights`, those of the tokens `range`, how well known a place of their name is: the longest name
/// from each capital on.
pub(super) fn mark(text: &Text<'_>, range: Range<usize>, forms: &[Form], sights: &mut [Sight]) {
    let mut n = 0;
    while n < forms.len() {
        let longest = if forms.get(n).is_some_and(Form::has_capital) {
            name_at(text, range.start, forms, n)
        } else {
            None
        };
        let Some((end, rank)) = longest else {
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
fn name_at(text: &Text<'_>, first: usize, forms: &[Form], n: usize) -> Option<(usize, u8)> {
    let gazetteer = gazetteer();
    let mut walker = gazetteer.walker();
    let mut last = text.tokens.get(first + n)?.span.start;
    let mut best = None;
    for (k, form) in forms.iter().enumerate().skip(n).take(LONGEST) {
        let token = text.tokens.get(first + k)?;
        let piece = text.source.get(last as usize..token.span.end as usize)?;
        last = token.span.end;
        if !walker.feed(piece) {
            break;
        }
        if form.has_capital() && walker.is_name() {
            let ranks = walker.candidates().map(|candidate| match candidate.form.needs_cue() {
                true => 1,
                false => {
                    let place = gazetteer.place(candidate.place);
                    rank(place.kind(), place.population())
                }
            });
            best = Some((k + 1, ranks.max().unwrap_or(1)));
        }
    }
    best
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
