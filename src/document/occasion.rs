//! One occasion told in steps: what a vote, a contest, a ceremony or an attack was made of.
//!
//! A step has no day of its own; it lies close to what it is a step of, and nothing sets it apart.

use super::link::{COURSE, NEAR, TOLD, Told, contradicts};
use crate::event::EventType;

/// What several tellings may be steps of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Occasion {
    Show,
    Violence,
    Mishap,
    Vote,
    Crowd,
    Pact,
}

impl Occasion {
    fn of(kind: EventType) -> Option<Occasion> {
        use EventType::{
            Accident, Agreement, Attack, Ceasefire, Ceremony, Culture, Disaster, Election, Fire, Killing,
            Law, Protest, Riot, Sport, Strike,
        };
        Some(match kind {
            Sport | Culture | Ceremony => Occasion::Show,
            Attack | Strike | Killing => Occasion::Violence,
            Accident | Fire | Disaster => Occasion::Mishap,
            Election | Law => Occasion::Vote,
            Protest | Riot => Occasion::Crowd,
            Agreement | Ceasefire => Occasion::Pact,
            _ => return None,
        })
    }
}

/// Which occasion a type may be a step of, by number.
pub(super) fn number(kind: EventType) -> Option<usize> {
    Occasion::of(kind).map(|occasion| occasion as usize)
}

/// The reason of a verb whose subject is an occasion told before: « Elle a récompensé ».
const SUBJECT: &str = "told of an occasion";

/// Contests, shows and ceremonies: what is told of one in a place on a day is one happening.
pub(super) fn show(a: &Told<'_>, b: &Told<'_>) -> bool {
    let show = |told: &Told| Occasion::of(told.mention.kind) == Some(Occasion::Show);
    let close = a.mention.sentence.abs_diff(b.mention.sentence) <= NEAR;
    show(a) && show(b) && close && (a.same_days(b) || one_night(a, b)) && (a.place_fits(b) || is_part(b))
}

/// « Elle a récompensé les productions de Broadway »: told of a show or ceremony as a whole, wherever its objects are.
pub(super) fn is_part(told: &Told<'_>) -> bool {
    Occasion::of(told.mention.kind) == Some(Occasion::Show) && told.mention.reasons.contains(&SUBJECT)
}

/// « vendredi » and « dans la nuit de vendredi à samedi »: the days of one lie in the two of the other.
fn one_night(a: &Told<'_>, b: &Told<'_>) -> bool {
    let (Some(x), Some(y)) = (a.days, b.days) else { return false };
    let short = |d: (chrono::NaiveDate, chrono::NaiveDate)| (d.1 - d.0).num_days() <= 1;
    short(x) && short(y) && (x.0 <= y.0 && y.1 <= x.1 || y.0 <= x.0 && x.1 <= y.1)
}

/// « Un attentat s'est produit mardi. Un homme a ouvert le feu »: first that it took place, then how.
pub(super) fn detail(whole: &Told<'_>, course: &Told<'_>) -> bool {
    use EventType::{Accident, Attack, Fire, Strike};
    let (one, two) = (whole.mention, course.mention);
    if !whole.empty || course.empty || one.kind != two.kind {
        return false;
    }
    let (Some(x), Some(y)) = (&whole.place, &course.place) else { return false };
    let follows = two.sentence > one.sentence && two.sentence - one.sentence <= COURSE;
    matches!(one.kind, Attack | Strike | Accident | Fire)
        && follows
        && whole.same_days(course)
        && (x.fits(y) && (y.coarse || x.coarse || x.rule == y.rule) || y.rule != TOLD)
}

/// « Les députés ont adopté la loi mardi. Ils l'ont votée par 80 voix »: told after the other, without a day or a place
/// that sets it apart.
pub(super) fn step(a: &Told<'_>, b: &Told<'_>) -> bool {
    let (one, two) = (a.mention, b.mention);
    let occasion = Occasion::of(one.kind);
    let apart = one.quantities.iter().any(|q| two.quantities.iter().any(|r| contradicts(q, r)));
    let placed = match (&a.place, &b.place) {
        // "touched down and tore through Picher": of two verbs, each has its own place.
        (Some(x), Some(y)) if one.sentence == two.sentence && x.rule != TOLD && y.rule == TOLD => false,
        (Some(x), Some(y)) => y.rule != TOLD || a.same_place(b) || x.fits(y) && !x.coarse,
        _ => true,
    };
    occasion.is_some()
        && occasion == Occasion::of(two.kind)
        && two.sentence >= one.sentence
        && two.sentence - one.sentence <= COURSE
        && a.same_days(b)
        && !b.own_time
        && (!b.another || one.sentence == two.sentence)
        && !apart
        && placed
}
