//! Mentions of one happening become one event.
//!
//! Two mentions are one when their types agree, their words or participants say the same, and neither their
//! days nor their places exclude each other.

use super::Event;
use crate::event::{DateBasis, EventMention, EventType, Qualifier, Quantity, Status};
use crate::place::{PlaceKind, PlaceMention};
use crate::span::Span;
use std::collections::BTreeSet;

/// What linking needs to see of an article.
pub(super) struct Source<'a> {
    pub text: &'a str,
    pub id: &'a str,
    pub sentences: &'a [Span],
    pub places: &'a [PlaceMention],
}

/// How many clusters back a mention may reach.
const REACH: usize = 40;

/// How many sentences after an incident its dead and injured are told.
const NEAR: usize = 6;

/// The rule of places that the clause itself tells.
const TOLD: &str = "place of the clause";

/// The reason that says that the mentions of a happening count differently.
const DIFFERS: &str = "numbers differ";

/// Unites the mentions of an article.
pub(super) fn link(source: &Source<'_>, mentions: &[EventMention]) -> Vec<Event> {
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for (number, mention) in mentions.iter().enumerate() {
        let home = clusters.iter().enumerate().rev().take(REACH).find(|(_, cluster)| {
            cluster.iter().any(|&m| {
                mentions.get(m).is_some_and(|other| {
                    // What only supports is no bridge between two others.
                    (other.stands || cluster.len() == 1) && same(source, other, mention)
                })
            }) && cluster
                .iter()
                .all(|&m| mentions.get(m).is_some_and(|other| compatible(source, other, mention)))
        });
        match home.map(|(n, _)| n) {
            Some(n) => {
                if let Some(cluster) = clusters.get_mut(n) {
                    cluster.push(number);
                }
            }
            None => clusters.push(vec![number]),
        }
    }
    let mut events: Vec<Event> =
        clusters.into_iter().filter_map(|cluster| unite(source, mentions, cluster)).collect();
    name(source, mentions, &mut events);
    events
}

/// Gives each event its id; those that share all words are counted.
fn name(source: &Source<'_>, mentions: &[EventMention], events: &mut [Event]) {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for event in events.iter_mut() {
        let Some(first) = event.mentions.iter().min().and_then(|&m| mentions.get(m)) else { continue };
        let sentence = source.sentences.get(first.sentence).copied().unwrap_or(first.clause).of(source.text);
        let trigger = first.trigger.of(source.text);
        let mut repeat = 0;
        let mut id = super::id::id(source.id, sentence, trigger, repeat);
        while seen.contains(&id) {
            repeat += 1;
            id = super::id::id(source.id, sentence, trigger, repeat);
        }
        seen.insert(id.clone());
        event.id = id;
    }
    // A happening also answers to the ids that its other mentions would give it, so that it is found again
    // when a better rule links its mentions otherwise.
    for event in events.iter_mut() {
        for mention in event.mentions.iter().filter_map(|&m| mentions.get(m)).filter(|m| m.stands) {
            let id = super::part::id_of(source.id, source.text, source.sentences, mention);
            if !seen.contains(&id) {
                seen.insert(id.clone());
                event.aliases.push(id);
            }
        }
    }
}

/// Do the two tell the same happening?
fn same(source: &Source<'_>, a: &EventMention, b: &EventMention) -> bool {
    if result_of(a, b) || result_of(b, a) || one_toll(a, b) {
        return true;
    }
    let sport = |m: &EventMention| m.kind == EventType::Sport;
    if sport(a) && sport(b) && !own_time(b) && place_fits(source, a, b) {
        return true;
    }
    if occasion(source, a, b) || detail(source, a, b) || detail(source, b, a) {
        return true;
    }
    // A deed told of by its victim is one with other tellings of what befell the same.
    if recalled(a) || recalled(b) {
        let who = share_actor(source, a, b);
        if who && is_deadly(a.kind) && is_deadly(b.kind) || recalled(a) && recalled(b) && !who {
            return who;
        }
    }
    let kin = kin(a.kind, b.kind);
    let words = stem(&a.lemma) == stem(&b.lemma);
    if !kin && !words {
        return false;
    }
    let supports = !a.stands || !b.stands || recalled(a) || recalled(b);
    let day = days(a).is_some() && days(a) == days(b);
    let place = place(source, a).is_some() && place(source, a) == place(source, b);
    let who = share_actor(source, a, b);
    match (words, supports) {
        (true, true) => true,
        (true, false) => who && day || day && place && b.sentence - a.sentence <= 3,
        (false, true) => a.stands && a.kind == b.kind && place,
        (false, false) => {
            let open = days(a).is_none() || days(b).is_none();
            let toll = a.kind != b.kind && (a.kind == EventType::Killing || b.kind == EventType::Killing);
            kin && (who && (day || open) || a.sentence == b.sentence && toll)
        }
    }
}

/// Types that the end of somebody is told with.
fn is_deadly(kind: EventType) -> bool {
    matches!(kind, EventType::Attack | EventType::Killing | EventType::Life | EventType::Strike)
}

/// Told of by a noun with its victim, without a day.
fn recalled(mention: &EventMention) -> bool {
    mention.reasons.contains(&"deed with its victim")
}

/// Contests, shows and ceremonies: what is told of one in a place on a day is one happening.
fn occasion(source: &Source<'_>, a: &EventMention, b: &EventMention) -> bool {
    use EventType::{Ceremony, Culture, Sport};
    let close = a.sentence.abs_diff(b.sentence) <= NEAR;
    let days = days(a).is_some() && days(a) == days(b);
    let kind = |m: &EventMention| matches!(m.kind, Sport | Culture | Ceremony);
    kind(a) && kind(b) && close && days && place_fits(source, a, b)
}

/// How many sentences after « un attentat s'est produit » its course is told.
const COURSE: usize = 3;

/// « Un attentat s'est produit mardi. Un homme a ouvert le feu »: first that it took place, then how.
fn detail(source: &Source<'_>, whole: &EventMention, course: &EventMention) -> bool {
    let (Some(x), Some(y)) = (own_place(source, whole), own_place(source, course)) else { return false };
    let follows = course.sentence > whole.sentence && course.sentence - whole.sentence <= COURSE;
    let day = days(whole).is_some() && days(whole) == days(course);
    whole.reasons.contains(&"noun with an empty verb")
        && !course.reasons.contains(&"noun with an empty verb")
        && whole.kind == course.kind
        && matches!(whole.kind, EventType::Attack | EventType::Strike | EventType::Accident | EventType::Fire)
        && follows
        && day
        && (x.1 == y.1 || y.2 || course.places.first().is_some_and(|p| p.rule != "place of the clause"))
}

/// Dead and injured told close to what they died of, without a time or place of their own.
fn result_of(incident: &EventMention, result: &EventMention) -> bool {
    use EventType::{Abduction, Accident, Attack, Battle, Disaster, Fire, Riot, Strike, Weather};
    let near = incident.sentence.abs_diff(result.sentence);
    let own = |m: &EventMention| m.places.first().is_some_and(|p| p.rule == "place of the clause");
    result.reasons.contains(&"result")
        && !incident.reasons.contains(&"result")
        && matches!(
            incident.kind,
            Abduction | Accident | Attack | Battle | Disaster | Fire | Riot | Strike | Weather
        )
        && (near == 0 || near <= NEAR && !own_time(result) && !own(result))
}

/// "killed 14 people and injured 30": the dead and the injured of one sentence.
fn one_toll(a: &EventMention, b: &EventMention) -> bool {
    let result = |m: &EventMention| m.reasons.contains(&"result");
    let toll = |m: &EventMention| m.quantities.iter().find_map(|q| q.toll);
    a.sentence == b.sentence
        && result(a)
        && result(b)
        && matches!((toll(a), toll(b)), (Some(x), Some(y)) if x != y)
}

/// Its own words date it.
fn own_time(mention: &EventMention) -> bool {
    mention.time.as_ref().is_some_and(|t| t.basis == DateBasis::Explicit)
}

/// Both are at one place, or one of them says nothing of a place of its own.
fn place_fits(source: &Source<'_>, a: &EventMention, b: &EventMention) -> bool {
    match (place(source, a), place(source, b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// Nothing says that they are two.
fn compatible(source: &Source<'_>, a: &EventMention, b: &EventMention) -> bool {
    let flat = |s: Status| matches!(s, Status::Asserted | Status::Reported);
    if flat(a.status) != flat(b.status) && a.stands && b.stands {
        return false;
    }
    if let (Some(x), Some(y)) = (days(a), days(b))
        && (x.1 < y.0 || y.1 < x.0)
    {
        return false;
    }
    if let (Some(x), Some(y)) = (own_place(source, a), own_place(source, b))
        && x.1 != y.1
        && !x.2
        && !y.2
    {
        return false;
    }
    true
}

type Days = (chrono::NaiveDate, chrono::NaiveDate);

fn days(mention: &EventMention) -> Option<Days> {
    match mention.time.as_ref()?.bounds.days() {
        (Some(first), Some(last)) => Some((first, last)),
        _ => None,
    }
}

fn place<'a>(source: &'a Source<'_>, mention: &EventMention) -> Option<&'a str> {
    own_place(source, mention).map(|p| p.1)
}

/// The main place of a mention: its rule, its name, and whether it is coarse.
fn own_place<'a>(source: &'a Source<'_>, mention: &EventMention) -> Option<(&'static str, &'a str, bool)> {
    let main = mention.places.first()?;
    let place = source.places.get(main.mention)?.place.as_ref()?;
    Some((main.rule, place.name.as_str(), is_coarse(place.kind)))
}

/// Too wide to tell two happenings apart.
pub(super) fn is_coarse(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Country | PlaceKind::Continent | PlaceKind::Admin1 | PlaceKind::Region)
}

/// Types that one happening may be told with.
pub(super) fn kin(a: EventType, b: EventType) -> bool {
    use EventType::{
        Accident, Attack, Battle, Capture, Displacement, Fire, Killing, Movement, Protest, Riot, Strike,
    };
    if a == b {
        return !matches!(a, EventType::Other);
    }
    let group = |t| match t {
        Attack | Strike | Killing => 1,
        Battle | Capture => 2,
        Displacement | Movement => 3,
        Protest | Riot => 4,
        Accident | Fire => 5,
        _ => 0,
    };
    group(a) != 0 && group(a) == group(b)
}

/// The first letters of a lemma, enough to bring « reprise » and « reprendre » together.
pub(super) fn stem(lemma: &str) -> &str {
    let end = lemma.char_indices().nth(5).map_or(lemma.len(), |(i, _)| i);
    lemma.get(..end).unwrap_or(lemma)
}

/// A participant of both is named with the same telling word.
fn share_actor(source: &Source<'_>, a: &EventMention, b: &EventMention) -> bool {
    let words = |mention: &EventMention| -> Vec<String> {
        mention
            .actors
            .iter()
            .take(1)
            .flat_map(|actor| actor.span.of(source.text).split(|c: char| !c.is_alphanumeric()))
            .filter(|w| w.chars().count() > 3)
            .map(str::to_lowercase)
            .collect()
    };
    let (one, two) = (words(a), words(b));
    one.iter().any(|w| two.contains(w))
}

/// Two counts of the dead, injured or displaced that cannot both be right; both are kept.
fn contradicts(a: &Quantity, b: &Quantity) -> bool {
    let reach = |q: &Quantity| match q.qualifier {
        Qualifier::Exact => (q.value, q.max.unwrap_or(q.value)),
        Qualifier::AtLeast => (q.value, f64::INFINITY),
        Qualifier::AtMost => (0.0, q.max.unwrap_or(q.value)),
        Qualifier::About => (q.value * 0.5, q.max.unwrap_or(q.value) * 1.5),
    };
    let ((low, high), (from, to)) = (reach(a), reach(b));
    a.toll.is_some() && a.toll == b.toll && (high < from || to < low)
}

/// Its own clause says where, more exactly than what another mention has from around it.
fn places_better(source: &Source<'_>, one: &EventMention, other: &EventMention) -> bool {
    let (x, y) = match (own_place(source, one), own_place(source, other)) {
        (Some(x), Some(y)) => (x, y),
        (Some(x), None) => return x.0 == TOLD && other.places.is_empty(),
        _ => return false,
    };
    let country = |m: &EventMention| {
        let main = m.places.first()?;
        source.places.get(main.mention)?.place.as_ref().map(|p| p.country.as_str())
    };
    x.0 == TOLD && !x.2 && (y.2 || y.0 != TOLD) && country(one) == country(other)
}

/// One event from its mentions: the fullest gives the record, the others fill what it lacks.
fn unite(source: &Source<'_>, mentions: &[EventMention], mut cluster: Vec<usize>) -> Option<Event> {
    let worth = |n: &usize| {
        mentions.get(*n).map_or((false, false, false, false), |m| {
            let own = m.time.as_ref().is_some_and(|t| t.basis == DateBasis::Explicit);
            (m.stands, own, m.time.is_some(), !m.places.is_empty())
        })
    };
    cluster.sort_by(|a, b| worth(b).cmp(&worth(a)).then(a.cmp(b)));
    let fullest = mentions.get(*cluster.first()?)?;
    // "killed 14 people and injured 30 on Monday": the first verb tells, with the day of the last.
    let leads = |m: &&EventMention| m.stands && m.trigger < fullest.trigger && one_toll(m, fullest);
    let lead = cluster.iter().filter_map(|&n| mentions.get(n)).find(leads);
    let mut record = lead.unwrap_or(fullest).clone();
    if !record.stands {
        return None;
    }
    if lead.is_some() && own_time(fullest) {
        record.time.clone_from(&fullest.time);
    }
    let own = record.trigger;
    for other in cluster.iter().filter_map(|&n| mentions.get(n)).filter(|m| m.trigger != own) {
        if record.time.is_none() {
            record.time.clone_from(&other.time);
        }
        // What the article says itself is no hearsay because somebody else says it too.
        if record.source.is_none() {
            record.source = other.source;
        }
        if other.quantities.iter().any(|q| record.quantities.iter().any(|r| contradicts(r, q)))
            && !record.reasons.contains(&DIFFERS)
        {
            record.reasons.push(DIFFERS);
        }
        for quantity in &other.quantities {
            if !record
                .quantities
                .iter()
                .any(|q| q.span == quantity.span || q.unit == quantity.unit && q.value == quantity.value)
            {
                record.quantities.push(quantity.clone());
            }
        }
        if record.places.is_empty() && other.stands || places_better(source, other, &record) {
            record.places.clone_from(&other.places);
        }
    }
    let mut event = Event {
        id: String::new(),
        aliases: Vec::new(),
        mentions: cluster,
        record,
        confidence: 0.0,
        confidence_reasons: Vec::new(),
        tellings: Vec::new(),
    };
    (event.confidence, event.confidence_reasons) =
        super::confidence::judge(&event, source.places, source.text.len());
    Some(event)
}
