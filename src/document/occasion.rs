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

#[cfg(test)]
mod tests {
    use crate::article::{Article, Published, PublishedSource};
    use crate::document::{Resources, read};
    use crate::event::Status;
    use chrono::NaiveDate;

    fn happenings(lang: &str, text: &str) -> Vec<String> {
        let article = Article {
            text: text.to_owned(),
            lang: Some(lang.to_owned()),
            published: NaiveDate::from_ymd_opt(2020, 3, 5).map(|date| Published {
                date,
                time: None,
                offset: None,
                source: PublishedSource::Option,
            }),
            ..Article::default()
        };
        let document = read(&article, &Resources::default());
        let told = document.events.iter().filter(|e| e.record.status == Status::Asserted);
        told.map(|e| e.record.title.clone()).collect()
    }

    #[test]
    fn steps_of_one_occasion_are_one() {
        for (lang, text) in [
            ("fr", "Le parlement a adopté mardi la loi sur l'eau. Le texte a été voté à main levée."),
            ("fr", "Un incendie a ravagé lundi une scierie à Épinal. Le feu s'est déclaré dans un hangar."),
            ("fr", "Une fusillade a éclaté dimanche à Tacoma. Le tireur a ouvert le feu sur la foule."),
            ("en", "Parliament adopted the water bill on Tuesday. Lawmakers voted on it at night."),
            ("en", "A shooting took place on Sunday in Tacoma. The gunman opened fire on a crowd."),
            ("en", "Six people were killed on Monday when a bus overturned near Cusco."),
        ] {
            assert_eq!(happenings(lang, text).len(), 1, "{text}: {:?}", happenings(lang, text));
        }
    }

    #[test]
    fn what_is_set_apart_stays_apart() {
        for (lang, text) in [
            (
                "fr",
                "Un incendie a ravagé lundi une scierie à Épinal. Un autre feu a détruit une grange à Metz.",
            ),
            ("fr", "Un homme a attaqué lundi une banque à Épinal. Il a ensuite poignardé un passant."),
            ("en", "A man attacked a bank on Monday in Gao. He was arrested in the evening."),
        ] {
            assert_eq!(happenings(lang, text).len(), 2, "{text}: {:?}", happenings(lang, text));
        }
    }
}
