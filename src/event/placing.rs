//! Where a happening took place: the places of its clause, of its sentence, of the story so far.

use super::kind::EventType;
use super::mention::EventPlace;
use super::scene::{Governor, Scene, View};
use super::segment::Opening;
use super::trigger::Candidate;
use super::verb::Group;
use super::word::{Form, Part};
use crate::lang::class;
use crate::place::{PlaceKind, PlaceMention, PlaceRole, Precision};
use crate::text::SentenceKind;

/// A place of a sentence and what it belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tie {
    /// The place, by its place in the list.
    pub mention: usize,
    /// None in a sentence without a verb.
    pub governor: Option<Governor>,
    /// Its segment.
    pub segment: usize,
    /// First token of the place.
    pub at: usize,
    /// It only tells where the place before it lies: « Kiruna, dans le nord de la Suède ».
    pub holds: bool,
}

/// The place that a text is about from its start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground {
    /// The place, by its place in the list.
    pub mention: usize,
    /// Where its dateline ends, by token; the start of the text when it stands in a heading.
    pub end: usize,
    /// Its paragraph, when it is a dateline from a capital: there sit those who report of the whole country.
    pub capital: Option<usize>,
    /// The first place that the text names in the country of its heading, and the paragraph.
    pub lead: Option<(usize, usize)>,
}

/// The places of a sentence that can be where something happened, with what they belong to. Those of a dateline
/// say where the report was written.
pub(super) fn ties(scene: &Scene<'_, '_>, view: &View, ground: Option<Ground>) -> Vec<Tie> {
    let mut ties: Vec<Tie> = Vec::new();
    let mut home: Option<usize> = None;
    for number in view.places.clone() {
        let Some(mention) = scene.places.get(number) else { continue };
        let tokens = scene.text.tokens_in(mention.span);
        if !mention.role.is_on_map() || ground.is_some_and(|g| tokens.start < g.end) {
            continue;
        }
        let from = mention.role == PlaceRole::Origin;
        if is_home(scene, view, tokens.start, from) || home.is_some_and(|h| in_row(scene, h..tokens.start)) {
            home = Some(tokens.end);
            continue;
        }
        home = None;
        if is_attribute(scene, mention, &tokens) {
            continue;
        }
        let segment = scene.segment_of(view, tokens.start);
        let governor = scene.governor(view, &tokens).map(|g| beyond(scene, view, g, segment).unwrap_or(g));
        let before = number.checked_sub(1).filter(|n| view.places.contains(n));
        let holds = before.and_then(|n| scene.places.get(n)).is_some_and(|b| holds(scene, b, mention));
        ties.push(Tie { mention: number, governor, segment, at: tokens.start, holds });
    }
    ties
}

/// « s'est offert un repas pour fêter ses vingt ans, hier à Brno »: what stands apart from an infinitive of purpose is
/// where the verb above it was.
fn beyond(scene: &Scene<'_, '_>, view: &View, governor: Governor, segment: usize) -> Option<Governor> {
    let Governor::Group(number) = governor else { return None };
    let low = scene.group(number).filter(|g| g.form == Form::Infinitive && !g.perfect)?;
    let own = scene.segment_of(view, low.head);
    if own == segment || scene.segment(own)?.opening != Opening::Purpose {
        return None;
    }
    let above = scene.groups_in(view.groups.start..number).rfind(|(_, g)| g.is_finite())?;
    Some(Governor::Group(above.0))
}

/// « le GIGN de Toulouse », "crews from Osakis": the place at token `i` is where those who act are at home; `from`
/// when a word of origin leads it.
fn is_home(scene: &Scene<'_, '_>, view: &View, i: usize, from: bool) -> bool {
    let text = scene.text;
    let link = |t: usize| {
        t >= view.tokens.start && (text.has(t, class::EVENT_OF) || text.has(t, class::EVENT_DETERMINER))
    };
    let before = (0..i).rev().take_while(|&t| link(t)).last();
    // "a delegation in Damascus" is there; that the word for « in » leads says nothing of its home.
    let leads = |t: usize| text.value(t, class::EVENT_OF) == Some("noun") || from;
    let before = before.filter(|&b| (b..i).any(leads));
    before.and_then(|b| b.checked_sub(1)).is_some_and(|b| {
        // « élue députée de Lure »: what somebody was made is what was done there.
        let made = scene.word(b.wrapping_sub(1)).part == Part::Verb;
        b >= view.tokens.start
            && !made
            && (text.has(b, class::EVENT_HOME)
                || scene.word(b).part == Part::Adjective && text.has(b.wrapping_sub(1), class::EVENT_HOME))
    })
}

/// "U.S. billionaire Odo Marr": a country right before a noun tells whose, not where.
fn is_attribute(scene: &Scene<'_, '_>, mention: &PlaceMention, tokens: &std::ops::Range<usize>) -> bool {
    let country = mention.place.as_ref().is_some_and(|p| p.kind == PlaceKind::Country);
    let next = scene.word(tokens.end);
    let small = scene.text.str(tokens.end).starts_with(char::is_lowercase);
    country && mention.cue.is_none() && small && next.part == Part::Noun
}

/// Nothing but commas and words that join stand there.
fn in_row(scene: &Scene<'_, '_>, mut gap: std::ops::Range<usize>) -> bool {
    gap.len() <= 3
        && gap.all(|i| {
            scene.text.is_mark(i, class::MARK_COMMA)
                || scene.word(i).part == Part::Name
                || scene.text.has(i, class::EVENT_COORDINATE)
                || scene.text.has(i, class::EVENT_OF)
        })
}

/// The place stands in apposition to the one before it and says where that one lies.
fn holds(scene: &Scene<'_, '_>, before: &PlaceMention, mention: &PlaceMention) -> bool {
    let (Some(inner), Some(outer)) = (&before.place, &mention.place) else { return false };
    let gap = scene.text.tokens_in(before.span).end..scene.text.tokens_in(mention.span).start;
    let parted =
        scene.text.is_mark(gap.start, class::MARK_COMMA) || scene.text.is_mark(gap.start, class::MARK_OPEN);
    let same = inner.country == outer.country || outer.country.is_empty();
    // "the Miraflores neighborhood of Lima"
    let kind = scene.text.phrase(gap.start, class::PLACE_KIND_AFTER).map(|(len, _)| gap.start + len);
    if kind.is_some_and(|k| k + 1 == gap.end && scene.text.has(k, class::EVENT_OF)) && same {
        return true;
    }
    let verb = gap.clone().any(|i| scene.word(i).part == Part::Verb);
    if !parted || !same || verb || gap.len() > APPOSED {
        return false;
    }
    let coarser = coarseness(mention) > coarseness(before);
    let named = gap.skip(1).any(|i| scene.word(i).part == Part::Noun);
    coarser || named || outer.precision == Precision::Derived
}

/// Most tokens between a place and what tells where it lies.
const APPOSED: usize = 9;

/// The places that belong to a candidate: what it governs, what stands around it, what a sentence without a
/// verb names.
pub(super) fn locate(
    scene: &Scene<'_, '_>,
    view: &View,
    ties: &[Tie],
    candidate: &Candidate,
) -> Vec<EventPlace> {
    let head = candidate.head;
    let governed: Vec<Near> = ties
        .iter()
        .filter(|t| t.governor.is_some_and(|g| candidate.is_governed_by(g)))
        .map(|t| Near { tie: *t, far: t.segment != candidate.segment })
        .collect();
    if !governed.is_empty() {
        return rank(scene, governed, head, "place of the clause");
    }
    let owner = |n: usize| scene.segment(n).map_or(n, |s| s.owner);
    let own = owner(candidate.segment);
    let verbless = view.groups.is_empty();
    let near: Vec<Near> = ties
        .iter()
        .filter(|t| verbless || t.governor.is_some() && owner(t.segment) == own)
        .map(|t| Near { tie: *t, far: false })
        .collect();
    if !near.is_empty() {
        return rank(scene, near, head, "place of the neighbouring words");
    }
    // What is said or decided is so wherever the rest of the sentence plays.
    let speaks = matches!(
        candidate.kind,
        EventType::Economy | EventType::Law | EventType::Politics | EventType::Statement
    );
    let told = |t: &&Tie| {
        // A country named in another clause is what that clause speaks of.
        let lies = scene.places.get(t.mention).is_some_and(|p| p.role == PlaceRole::Location && is_local(p));
        let segment = scene.segment(t.segment);
        let aside = scene.segment(candidate.segment).is_some_and(|s| s.opening == Opening::Relative);
        let temporal =
            !aside && segment.is_some_and(|s| matches!(s.opening, Opening::Temporal | Opening::Order));
        let aside = t.segment == candidate.segment + 1 && segment.is_some_and(|s| s.finite.is_none());
        let owns = scene
            .places
            .get(t.mention)
            .is_some_and(|p| scene.text.has(scene.text.tokens_in(p.span).end, class::PLACE_POSSESSIVE));
        // "were hurt in the clash, which took place in X"
        let told = segment.is_some_and(|s| s.opening == Opening::Relative)
            && t.at > head
            && matches!(t.governor, Some(Governor::Group(g)) if scene.group(g).is_some_and(|g| self::lies(scene, g)));
        // "The friend of the man who died in a Georgia jail agreed": nor where something told aside was.
        let elsewhere = segment.is_some_and(|s| s.opening == Opening::Relative && s.finite.is_some());
        let before = t.at < head && !elsewhere;
        !speaks && candidate.group.is_some() && lies && !owns && (before || temporal || aside || told)
    };
    let rest = ties.iter().filter(told).map(|t| Near { tie: *t, far: false }).collect();
    rank(scene, rest, head, "place of the sentence")
}

/// A place that belongs to a happening.
#[derive(Clone, Copy, Debug)]
struct Near {
    tie: Tie,
    /// It stands in another segment than the verb.
    far: bool,
}

/// The places of a happening, the main one first: those that say most exactly where. In another segment than
/// the verb, a destination beside the verb goes first (« des habitants de Foua, bourg assiégé, ont été conduits
/// à Alep »).
fn rank(scene: &Scene<'_, '_>, mut near: Vec<Near>, head: usize, rule: &'static str) -> Vec<EventPlace> {
    let place = |n: &Near| scene.places.get(n.tie.mention);
    let own = rule != "place of the sentence";
    near.sort_by_key(|n| {
        let bound = own && n.tie.at < head && place(n).is_some_and(|p| is_bound(scene, p));
        let order =
            place(n).map_or(u8::MAX, |p| role(p) + coarseness(p) + 2 * u8::from(n.far) + 3 * u8::from(bound));
        (n.tie.holds, order, n.tie.at.abs_diff(head), n.tie.mention)
    });
    let found = near.iter().filter_map(|n| place(n).map(|p| (n, p)));
    found.map(|(n, p)| EventPlace { mention: n.tie.mention, role: p.role, rule }).collect()
}

/// « une femme de Cannes », « Cannes a accueilli »: the place belongs to a noun or is the subject itself, where other
/// places of the sentence are told by a word of place.
fn is_bound(scene: &Scene<'_, '_>, mention: &PlaceMention) -> bool {
    let of = |i: usize| scene.text.value(i, class::EVENT_OF) == Some("noun");
    mention.cue.map_or(!mention.anaphor, |cue| scene.text.tokens_in(cue).any(of))
}

/// Lower is better as the main place.
fn role(mention: &PlaceMention) -> u8 {
    match mention.role {
        PlaceRole::Location => 0,
        PlaceRole::Destination => 1,
        PlaceRole::Origin => 2,
        _ => 8,
    }
}

/// Finer than a country.
pub(super) fn is_local(mention: &PlaceMention) -> bool {
    coarseness(mention) < 4 && mention.place.as_ref().is_none_or(|p| !p.country.is_empty())
}

/// Lower is finer.
fn coarseness(mention: &PlaceMention) -> u8 {
    match mention.place.as_ref().map(|p| p.kind) {
        None => 6,
        Some(PlaceKind::Continent) => 5,
        Some(PlaceKind::Country) => 4,
        Some(PlaceKind::Admin1 | PlaceKind::Region) => 3,
        Some(PlaceKind::Admin2) => 2,
        _ => 0,
    }
}

/// « France : deux hommes arrêtés »: the place in that country that the first paragraph below names first.
fn lead(scene: &Scene<'_, '_>, heading: &View, ground: usize) -> Option<(usize, usize)> {
    let country = scene.places.get(ground)?.place.as_ref().filter(|p| p.kind == PlaceKind::Country)?;
    let below = |v: &&View| v.paragraph > heading.paragraph && !v.groups.is_empty();
    let view = scene.views.iter().find(below)?;
    let own = |n: &usize| {
        scene.places.get(*n).is_some_and(|m| {
            m.role == PlaceRole::Location
                && is_local(m)
                && m.place.as_ref().is_some_and(|p| p.country == country.country)
        })
    };
    view.places.clone().find(own).map(|n| (n, view.paragraph))
}

/// Tells where something is or was: « se trouve », "took place".
pub(super) fn lies(scene: &Scene<'_, '_>, group: &Group) -> bool {
    group.tokens().any(|i| scene.text.phrase(i, class::PLACE_LIE).is_some())
}

/// The place that a text is about from its start: the place before the dash of a dateline, or before the colon
/// of a heading.
pub(super) fn ground(scene: &Scene<'_, '_>) -> Option<Ground> {
    for view in scene.views.iter().take(4) {
        for n in view.places.clone() {
            let Some(mention) = scene.places.get(n) else { continue };
            if mention.place.is_none() || matches!(mention.role, PlaceRole::PartOfName | PlaceRole::Demonym) {
                continue;
            }
            let tokens = scene.text.tokens_in(mention.span);
            let heads = tokens.start <= view.tokens.start + 2;
            let parted = (tokens.end..tokens.end + 10).take_while(|&i| i < view.tokens.end).find(|&i| {
                scene.text.is_mark(i, class::MARK_COLON) || scene.text.is_mark(i, class::MARK_DASH)
            });
            if let Some(mark) = parted
                && heads
                && (tokens.end..mark).all(|i| scene.word(i).part != Part::Verb)
            {
                let dateline = scene.text.is_mark(mark, class::MARK_DASH) && !view.groups.is_empty();
                // « Championnat de France de rugby : »: the place belongs to what the heading names.
                let names = (tokens.end..mark)
                    .any(|i| matches!(scene.word(i).part, Part::Noun | Part::Adjective | Part::Preposition));
                if !dateline && names {
                    continue;
                }
                let code = mention.place.as_ref().map(|p| p.country.as_str());
                let seat = scene.text.phrase(tokens.start, class::PLACE_CAPITAL);
                let capital = dateline && seat.is_some_and(|(_, c)| Some(c) == code);
                return Some(Ground {
                    mention: n,
                    end: if dateline { mark } else { 0 },
                    capital: capital.then_some(view.paragraph),
                    lead: if dateline { None } else { lead(scene, view, n) },
                });
            }
        }
    }
    // « Un séisme secoue l'Alaska »: a heading that names one place.
    let heading = scene.views.first().filter(|v| v.kind == SentenceKind::Heading)?;
    let shown = |n: &usize| {
        scene.places.get(*n).is_some_and(|m| m.role == PlaceRole::Location && m.place.is_some() && !m.anaphor)
    };
    let mut named = heading.places.clone().filter(shown);
    let mention = named.next().filter(|_| named.next().is_none())?;
    Some(Ground { mention, end: 0, capital: None, lead: lead(scene, heading, mention) })
}
