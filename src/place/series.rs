//! Carries roles along series of names: « soutenue par Moscou et Téhéran », "from Lyon and Marseille".
//!
//! A series is a run of names with nothing but commas, conjunctions and repeated links between them, with
//! one conjunction at least; a comma alone ties a place to what holds it.

use super::PlaceRole;
use super::cue::Link;
use super::role::{self, Given, Scene};
use super::spot::Spots;
use crate::gazetteer::PlaceRef;
use crate::lang::class;
use crate::text::Text;

/// A name of the text with its role so far and its likeliest place.
pub(super) struct Member<'g> {
    /// Number of the spot.
    pub spot: usize,
    pub given: Given,
    pub best: Option<PlaceRef<'g>>,
}

/// Gives the members of every series the role that one of them has by its own words.
pub(super) fn carry(text: &Text<'_>, spots: &Spots, scene: Scene, members: &mut [Member<'_>]) {
    let mut start = 0;
    while start < members.len() {
        let mut end = start + 1;
        let mut and = false;
        while let Some(tie) = members.get(end - 1).zip(members.get(end)).and_then(|(a, b)| {
            let (a, b) = (spots.list.get(a.spot)?, spots.list.get(b.spot)?);
            (a.sentence == b.sentence).then(|| tie(text, a.tokens.end, b.tokens.start)).flatten()
        }) {
            and |= tie == Tie::And;
            end += 1;
        }
        if and && let Some(series) = members.get_mut(start..end) {
            share(scene, series);
        }
        start = end;
    }
}

/// What stands between two members.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tie {
    And,
    Comma,
}

fn tie(text: &Text<'_>, mut at: usize, end: usize) -> Option<Tie> {
    let mut tie = None;
    if text.is_mark(at, class::MARK_COMMA) {
        tie = Some(Tie::Comma);
        at += 1;
    }
    if let Some((len, _)) = text.phrase(at, class::PLACE_LINK).filter(|(_, value)| *value == "and") {
        tie = Some(Tie::And);
        at += len;
    }
    // The link of the first member may be said again: « à Lyon et à Nice ».
    if at < end && text.has(at, class::PLACE_LINK) {
        at += 1;
    }
    if at < end && text.has(at, class::PLACE_ARTICLE) {
        at += 1;
    }
    tie.filter(|_| at == end)
}

fn share(scene: Scene, series: &mut [Member<'_>]) {
    let Some(head) = series.first().map(|m| m.given) else { return };
    // The link before the first name holds for all: « entre Metz et Nancy », "in Metz and Nancy".
    let leads = matches!(head.link, Link::At | Link::To | Link::From | Link::Between)
        && matches!(head.role, PlaceRole::Location | PlaceRole::Origin | PlaceRole::Destination);
    let government = series.iter().map(|m| m.given).find(|g| g.role == PlaceRole::Metonym);
    for member in series.iter_mut() {
        let given = &mut member.given;
        if leads {
            let tied = matches!(given.link, Link::And | Link::None);
            if tied && matches!(given.reason, "bare" | "acts_as_government") {
                *given = Given { role: head.role, cue: head.cue, reason: "in_series", link: head.link };
            }
        } else if let Some(government) = government {
            let tied = !given.link.is_locative() && given.link != Link::Of;
            let open = matches!(given.reason, "bare" | "heads_the_sentence" | "link");
            if tied && open && role::governs(member.best, scene) {
                given.role = PlaceRole::Metonym;
                given.cue = government.cue;
                given.reason = "in_series_with_government";
            }
        }
    }
}
