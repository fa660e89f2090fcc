//! Tells what a place name does in its sentence: a place, a government, a team, an origin, a goal.
//!
//! Governments are told by lexicon: the verb after the name, or what stands before its link. A locative
//! preposition makes a place of anything.

use super::cue::{self, Before, Link};
use super::spot::Spot;
use crate::gazetteer::{PlaceKind, PlaceRef};
use crate::lang::{class, setting};
use crate::place::PlaceRole;
use crate::span::Span;
use crate::tag::{Reading, Upos};
use crate::text::{Kind, Text};
use std::ops::Range;

/// How far before the link a governing word may stand, in tokens.
const REACH: usize = 4;
/// How far after the name its verb may stand, in tokens.
const AHEAD: usize = 5;
/// How far before « pour » a verb of leaving may stand, in tokens.
const LEFT: usize = 6;
/// How many tokens of a date may stand between a name and its verb.
const DATE: usize = 5;

/// A role, the words that gave it and the reason.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given {
    pub role: PlaceRole,
    pub cue: Option<Span>,
    pub reason: &'static str,
    /// What ties the name to the words before it.
    pub link: Link,
}

impl Given {
    fn new(text: &Text<'_>, role: PlaceRole, cue: Range<usize>, reason: &'static str) -> Self {
        let span = text.span(cue);
        Given { role, cue: (!span.is_empty()).then_some(span), reason, link: Link::None }
    }
}

/// What the text as a whole is: sport makes teams of towns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene {
    pub sport: bool,
}

/// Counts the words of sport.
pub(super) fn scene(text: &Text<'_>, marks: &[usize]) -> Scene {
    let mut hits = 0;
    for &i in marks {
        if text.has(i, class::PLACE_SPORT) {
            hits += 1;
        } else if text.phrase(i, class::PLACE_SPORT).is_some() {
            hits += 2;
        }
    }
    // One word of sport in a hundred tokens, three at least.
    Scene { sport: hits >= 3 && hits * 100 >= text.tokens.len() }
}

/// The role of a spot that stands for `place`.
pub(super) fn role(
    text: &Text<'_>,
    reading: Option<&Reading<'_>>,
    spot: &Spot,
    place: Option<PlaceRef<'_>>,
    scene: Scene,
) -> Given {
    let given = given(text, reading, spot, place, scene, &spot.range, &spot.before);
    Given { link: spot.before.link, ..given }
}

fn given(
    text: &Text<'_>,
    reading: Option<&Reading<'_>>,
    spot: &Spot,
    place: Option<PlaceRef<'_>>,
    scene: Scene,
    range: &Range<usize>,
    before: &Before,
) -> Given {
    let (start, end) = (spot.tokens.start, spot.tokens.end);
    let link = before.start..start;
    if text.phrase(start, class::PLACE_SEAT).is_some_and(|(n, _)| start + n == end)
        && !before.link.is_locative()
    {
        return Given::new(text, PlaceRole::Metonym, 0..0, "seat_of_government");
    }
    let governed = governs(place, scene);
    // "issued by London police": the name only tells which one.
    let of_it = [class::PLACE_INSTITUTION, class::PLACE_GOVERNMENT, class::TAG_ORGANISATION_WORD];
    let compound = text.lang.setting(setting::PLACE_TAILS).is_some()
        && of_it.into_iter().any(|class| text.has(end, class));
    // What it does outdoes where something came from: "backing from Britain".
    let value = match before.link {
        Link::From => "from",
        Link::Of => "of",
        Link::Between => "between",
        _ => "",
    };
    if governed
        && !compound
        && !value.is_empty()
        && let Some(given) = addressed(text, range, before, value)
    {
        return given;
    }
    if let Some(given) = moving(text, range, before, start) {
        return given;
    }
    // « à » addresses a government where "to" does: each language has one link for it.
    let addressing = if goal_at(text) { Link::At } else { Link::To };
    if before.link == addressing
        && let Some(given) = addressed(text, range, before, "at").filter(|_| governed)
    {
        return given;
    }
    if before.link == Link::For && leaving(text, range, before.start) {
        return Given::new(text, PlaceRole::Destination, link, "movement");
    }
    match before.link {
        Link::To => return Given::new(text, PlaceRole::Destination, link, "link"),
        Link::From => return Given::new(text, PlaceRole::Origin, link, "link"),
        Link::At => return Given::new(text, PlaceRole::Location, link, "link"),
        _ => {}
    }
    if let Some((from, _)) = cue::ends_at(text, before.start, class::PLACE_NEAR)
        .or_else(|| cue::ends_at(text, start, class::PLACE_NEAR))
        && from >= range.start
    {
        return Given::new(text, PlaceRole::Location, from..start, "near");
    }
    if let Some((from, _)) = cue::ends_at(text, before.start, class::PLACE_INSIDE)
        && from >= range.start
        && before.link == Link::Of
    {
        return Given::new(text, PlaceRole::Location, from..start, "inside");
    }
    if let Some(owned) = owned(text, end, range) {
        // "Russia's refusal" is an act, "Russia's embassy" belongs to it, "Russia's north" lies there, whatever stands
        // before.
        let last = owned.end - 1;
        let (role, reason) = if governed && text.has(last, class::PLACE_GOVERNMENT_ACTION) {
            (PlaceRole::Metonym, "government_of")
        } else if governed && text.has(last, class::PLACE_GOVERNMENT) {
            (PlaceRole::Context, "institution_of_a_place")
        } else {
            (PlaceRole::Location, "link")
        };
        return Given::new(text, role, owned, reason);
    }
    if governed {
        let value = match before.link {
            Link::By => "by",
            Link::With => "with",
            Link::For => "for",
            Link::None => "direct",
            _ => "",
        };
        if !value.is_empty()
            && let Some(given) = addressed(text, range, before, value)
        {
            return given;
        }
        if let Some(verb) = acting(text, reading, end, range)
            && matches!(before.link, Link::None | Link::And)
            && is_government(place)
        {
            return Given::new(text, PlaceRole::Metonym, verb, "acts_as_government");
        }
        if before.link == Link::Of
            && !compound
            && let Some((from, _)) = headed(text, reading, before.start, place, scene)
            && from >= range.start
        {
            return Given::new(text, PlaceRole::Metonym, from..start, "government_of");
        }
        if before.link == Link::By
            && !compound
            && place.is_some_and(|p| p.kind() == PlaceKind::Country || p.population() >= 500_000)
        {
            return Given::new(text, PlaceRole::Metonym, link, "agent");
        }
    }
    if scene.sport && !before.link.is_locative() && is_team_like(place) {
        let near = range.start.max(start.saturating_sub(8))..range.end.min(end + 8);
        let verb = near.clone().find(|i| text.has(*i, class::PLACE_SPORT_VERB));
        if let Some(verb) = verb
            && !matches!(before.link, Link::Of | Link::At | Link::To | Link::From)
        {
            return Given::new(text, PlaceRole::Metonym, verb..verb + 1, "team");
        }
        // « contre Yverdon »: there is nobody else to play against.
        if before.link == Link::With {
            return Given::new(text, PlaceRole::Metonym, link, "team");
        }
    }
    match before.link {
        Link::Of => Given::new(text, PlaceRole::Location, link, "link"),
        Link::With | Link::For => Given::new(text, PlaceRole::Topic, link, "link"),
        Link::Between => Given::new(text, PlaceRole::Location, link, "link"),
        _ => bare(text, range, before, spot),
    }
}

/// The noun before « de » that makes a government or a team of the name: « le refus de la France », « le régime de
/// Damas », « les joueurs de Zurich ».
fn headed(
    text: &Text<'_>,
    reading: Option<&Reading<'_>>,
    end: usize,
    place: Option<PlaceRef<'_>>,
    scene: Scene,
) -> Option<(usize, &'static str)> {
    let noun = |(from, _): &(usize, _)| reading.is_none_or(|r| end - from > 1 || r.upos(*from) == Upos::Noun);
    let before = |class| cue::ends_at(text, end, class).filter(noun);
    let act = || before(class::PLACE_GOVERNMENT_ACTION).filter(|_| is_government(place));
    let office = || before(class::PLACE_GOVERNMENT).filter(|_| is_capital_like(place));
    let team = || before(class::PLACE_TEAM).filter(|_| scene.sport && is_team_like(place));
    act().or_else(office).or_else(team)
}

/// « a quitté Vichy pour » ends before token `end`.
fn leaving(text: &Text<'_>, range: &Range<usize>, end: usize) -> bool {
    let first = range.start.max(end.saturating_sub(LEFT));
    let words = (first..end).rev().take_while(|i| text.tokens.get(*i).is_some_and(|t| t.kind != Kind::Punct));
    words.into_iter().any(|i| text.has(i, class::PLACE_LEAVE))
}

/// Names that nothing ties: heads of titles and datelines are places, others what the text is about.
fn bare(text: &Text<'_>, range: &Range<usize>, before: &Before, spot: &Spot) -> Given {
    let start = spot.tokens.start;
    if let Some((from, _)) =
        cue::ends_at(text, before.start, class::PLACE_VISIT).filter(|(f, _)| *f >= range.start)
    {
        return Given::new(text, PlaceRole::Location, from..start, "object_of_visit");
    }
    if start == range.start {
        let mark = text.is_mark(spot.tokens.end, class::MARK_COLON)
            || text.is_mark(spot.tokens.end, class::MARK_DASH)
            || text.is_mark(spot.tokens.end, class::MARK_COMMA)
            || text.str(spot.tokens.end) == "(";
        let reason = if mark { "heads_the_sentence" } else { "bare" };
        return Given::new(text, PlaceRole::Location, 0..0, reason);
    }
    Given::new(text, PlaceRole::Location, 0..0, "bare")
}

/// Origins and goals by the word that governs the link: « parti de », « transféré à ».
fn moving(text: &Text<'_>, range: &Range<usize>, before: &Before, start: usize) -> Option<Given> {
    let (wanted, role) = match before.link {
        Link::Of | Link::From => (class::PLACE_ORIGIN, PlaceRole::Origin),
        Link::At | Link::To => (class::PLACE_DESTINATION, PlaceRole::Destination),
        Link::For => (class::PLACE_DESTINATION, PlaceRole::Destination),
        _ => return None,
    };
    let (from, _) = cue::ends_at(text, before.start, wanted)?;
    let goal = before.link != Link::At || goal_at(text);
    (from >= range.start && goal).then(|| Given::new(text, role, from..start, "movement"))
}

/// What a possessive after the name gives it: "Russia's foreign ministry" up to the noun.
fn owned(text: &Text<'_>, end: usize, range: &Range<usize>) -> Option<Range<usize>> {
    if end >= range.end || !text.has(end, class::PLACE_POSSESSIVE) {
        return None;
    }
    let noun =
        |i: &usize| text.has(*i, class::PLACE_GOVERNMENT) || text.has(*i, class::PLACE_GOVERNMENT_ACTION);
    let last = (end + 1..range.end.min(end + 4)).find(noun);
    Some(end..last.unwrap_or(end) + 1)
}

/// True when the link for being at a place also leads there: « en » after a verb of moving is a goal, "in" is
/// not.
fn goal_at(text: &Text<'_>) -> bool {
    text.lang.setting(setting::PLACE_GOAL_AT).is_some()
}

/// The word before the link that addresses a government: « soutenu par », « sanctions contre ».
fn addressed(text: &Text<'_>, range: &Range<usize>, before: &Before, value: &str) -> Option<Given> {
    let end = before.start;
    let reach = if matches!(value, "direct" | "of") { 1 } else { REACH };
    for back in 0..reach {
        let at = end.checked_sub(back + 1)?;
        if at < range.start || text.tokens.get(at).is_none_or(|t| t.kind == Kind::Punct) {
            return None;
        }
        if cue::has_before(text, at + 1, class::PLACE_ADDRESSED, value) {
            return Some(Given::new(text, PlaceRole::Metonym, at..end, "addressed_as_government"));
        }
    }
    None
}

/// The verb of acting after a name that is its subject.
fn acting(
    text: &Text<'_>,
    reading: Option<&Reading<'_>>,
    end: usize,
    range: &Range<usize>,
) -> Option<Range<usize>> {
    let mut at = end;
    // « la France, qui a condamné »: what follows the comma is said of it.
    if text.is_mark(at, class::MARK_COMMA) && text.has(at + 1, class::PLACE_RELATIVE) {
        at += 2;
    }
    at = after_date(text, at, range);
    let first = at;
    let mut next = first;
    for i in first..range.end.min(first + AHEAD) {
        if text.tokens.get(i)?.kind == Kind::Punct {
            return None;
        }
        // « pourrait », "continued to": what follows tells.
        if i < next {
            continue;
        }
        if let Some((len, _)) = text.phrase(i, class::PLACE_MODAL) {
            next = i + len;
            continue;
        }
        if text.has(i, class::PLACE_LINK) || text.has(i, class::PLACE_ARTICLE) && i == first {
            return None;
        }
        // What is done to it is no act of its own.
        if text.has(i, class::TAG_BE_PARTICIPLE) {
            return None;
        }
        let act = |c| text.phrase(i, c).map(|(len, _)| len);
        if let Some(len) = act(class::PLACE_GOVERNMENT_VERB).or_else(|| act(class::PLACE_GOVERNMENT_ACT)) {
            // A noun cannot stand between a name and a determiner: « Genève chiffre les besoins ».
            let object = |r: &Reading<'_>| matches!(r.upos(i + 1), Upos::Det | Upos::Pron | Upos::Sconj);
            let verb = len > 1 || reading.is_none_or(|r| r.upos(i).is_verbal() || i == first && object(r));
            return verb.then_some(i..i + len);
        }
        // Auxiliaries, negations, pronouns and adverbs may stand between.
        let between = reading.is_none_or(|r| {
            matches!(r.upos(i), Upos::Aux | Upos::Adv | Upos::Part | Upos::Pron) || r.upos(i).is_verbal()
        });
        if !between {
            return None;
        }
    }
    None
}

/// The first token after a date that stands at token `at`: "China on April 4 unveiled".
fn after_date(text: &Text<'_>, at: usize, range: &Range<usize>) -> usize {
    let dated = |i: usize| text.has(i, class::TAG_CALENDAR);
    let mut end = at + usize::from(cue::means(text, at, class::PLACE_LINK, "at"));
    if !dated(end) {
        return at;
    }
    let part = |i: usize| dated(i) || text.tokens.get(i).is_some_and(|t| t.kind == Kind::Number);
    while end < range.end.min(at + DATE) && part(end) {
        end += 1;
    }
    end
}

/// True when a place can stand for a government or a team at all.
pub(super) fn governs(place: Option<PlaceRef<'_>>, scene: Scene) -> bool {
    is_government(place) || (scene.sport && is_team_like(place))
}

fn is_government(place: Option<PlaceRef<'_>>) -> bool {
    place.is_some_and(|p| {
        p.kind() == PlaceKind::Country || p.kind() == PlaceKind::Continent || is_capital_like(Some(p))
    })
}

/// A town large enough to stand for its country.
fn is_capital_like(place: Option<PlaceRef<'_>>) -> bool {
    place.is_some_and(|p| p.kind() == PlaceKind::City && (p.population() >= 100_000 || p.is_chosen()))
}

fn is_team_like(place: Option<PlaceRef<'_>>) -> bool {
    place.is_some_and(|p| {
        matches!(p.kind(), PlaceKind::City | PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::District)
    })
}
