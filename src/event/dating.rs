//! When a happening took place: its own time, that of its clause or sentence, that of the story so far.

use super::mention::{DateBasis, EventTime};
use super::scene::{Governor, Scene, View};
use super::trigger::is_incident;
use super::word::{Form, Part};
use crate::lang::{Class, class};
use crate::time::{Anchor, Bounds, Granularity, Relation, TimeMention, TimexKind};
use chrono::{Days, Months, NaiveDate, NaiveDateTime, TimeDelta};
use std::ops::Range;

/// Most tokens from a length to the day of what it is counted from.
const NAMED: usize = 8;

/// A time of a sentence and what it belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tie {
    /// The time, by its place in the list.
    pub mention: usize,
    pub governor: Governor,
}

/// The times of a sentence that can date something, with what they belong to.
pub(super) fn ties(scene: &Scene<'_, '_>, view: &View) -> Vec<Tie> {
    let mut ties = Vec::new();
    for number in view.times.clone() {
        let Some(mention) = scene.times.get(number) else { continue };
        if mention.dates().is_none()
            && !is_length_up_to_now(scene, mention)
            && !is_today(mention)
            && !is_distance(mention)
            || is_stamp(scene, view, mention)
            || is_yardstick(scene, view, mention)
            || is_distance(mention) && counted(scene, number).is_none()
        {
            continue;
        }
        let tokens = scene.text.tokens_in(mention.span);
        if mention.range.is_none() && is_of_thing(scene, view, tokens.start) {
            continue;
        }
        let governor = match told_of(scene, &tokens, mention.granularity < Granularity::Month) {
            Some(Told::Happening(noun)) => Some(Governor::Noun(noun)),
            Some(Told::Thing) => None,
            None => scene.governor(view, &tokens),
        };
        let governor = governor.map(|g| second(scene, &ties, g, tokens.start).unwrap_or(g));
        if let Some(governor) = governor {
            ties.push(Tie { mention: number, governor });
        }
    }
    ties
}

/// « a annoncé vendredi sa mort ce mardi »: of two times after a verb the second, right behind a happening noun, is that
/// of the noun.
fn second(scene: &Scene<'_, '_>, ties: &[Tie], governor: Governor, start: usize) -> Option<Governor> {
    let Governor::Group(number) = governor else { return None };
    if !ties.iter().any(|t| t.governor == governor) {
        return None;
    }
    let passes = |i: &usize| {
        let word = scene.word(*i);
        matches!(word.part, Part::Adjective | Part::Name | Part::Determiner)
            || word.noun.is_some()
            || scene.text.has(*i, class::EVENT_OF)
            || scene.text.has(*i, class::EVENT_DETERMINER)
    };
    let telling = |i: &usize| {
        let word = scene.word(*i);
        word.part != Part::Name && word.noun.is_some_and(|s| !s.state && !s.report)
    };
    let last = scene.group(number)?.last;
    (last + 1..start).rev().take_while(passes).find(telling).map(Governor::Noun)
}

/// « aujourd'hui », "today" beside the present tense: the day of publication for a deed, these days for a state.
pub(super) fn is_today(mention: &TimeMention) -> bool {
    mention.kind == TimexKind::Date && mention.dates().is_none() && mention.trail.contains(&"today")
}

/// « 12 janvier 2015 - », « 19 h 50 - »: a time that opens a paragraph and is parted from it by a dash.
pub(super) fn is_stamp(scene: &Scene<'_, '_>, view: &View, mention: &TimeMention) -> bool {
    let tokens = scene.text.tokens_in(mention.span);
    let opens =
        scene.views.get(view.number.wrapping_sub(1)).is_none_or(|before| before.paragraph != view.paragraph);
    if !opens || tokens.start > view.tokens.start + 10 {
        return false;
    }
    let verb = scene.groups_in(view.groups.clone()).any(|(_, g)| g.first < tokens.start);
    let dash = (tokens.end..tokens.end + 5).any(|i| {
        scene.text.is_mark(i, class::MARK_DASH) && (tokens.end..i).all(|t| scene.word(t).part != Part::Verb)
    });
    dash && !verb
}

/// Most tokens from the word of degree to the time it reaches back to.
const DEGREE: usize = 9;

/// « la pire crue depuis 1910 », "its lowest level since May": tells how far back nothing was like it, not when it
/// was.
fn is_yardstick(scene: &Scene<'_, '_>, view: &View, mention: &TimeMention) -> bool {
    if !matches!(mention.relation, Relation::Since | Relation::From) {
        return false;
    }
    let start = scene.text.tokens_in(mention.span).start;
    let from = start.saturating_sub(DEGREE).max(view.tokens.start);
    let degree = (from..start)
        .rev()
        .take_while(|&i| !scene.text.is_stop(i) && !scene.text.is_mark(i, class::MARK_COMMA))
        .find(|&i| scene.text.phrase(i, class::EVENT_EXTREME).is_some());
    // A verb between them has the time for itself.
    degree.is_some_and(|degree| {
        !scene
            .groups_in(view.groups.clone())
            .any(|(_, g)| g.is_finite() && g.first > degree && g.first < start)
    })
}

/// Most words of a kind that stand in a row around a time before its noun.
const QUALITIES: usize = 4;

/// What a time right before a noun tells of.
enum Told {
    /// "a 1985 tremor": the happening noun at this token.
    Happening(usize),
    /// "the 2015 budget": which thing is meant.
    Thing,
}

/// "a 1985 tremor", "the 2015 budget": a time between a determiner and a noun belongs to the noun.
fn told_of(scene: &Scene<'_, '_>, tokens: &Range<usize>, fine: bool) -> Option<Told> {
    let article = |i: usize| scene.text.has(i, class::EVENT_ARTICLE);
    // "Saturday's late show": the last noun that belongs to the time.
    if scene.text.value(tokens.end, class::EVENT_OF) == Some("noun")
        && !scene.text.tokens.get(tokens.end).is_none_or(|t| t.spaced())
    {
        // "hurt in Tuesday's fire": the verb was then, too.
        let at = tokens.start.checked_sub(1).filter(|&b| scene.word(b).part == Part::Preposition);
        if at.is_some_and(|b| {
            scene.text.has(b, class::EVENT_OCCASION) || scene.text.value(b, class::EVENT_OF) == Some("free")
        }) {
            return None;
        }
        let of = |i: &usize| matches!(scene.word(*i).part, Part::Adjective | Part::Noun);
        let owned = (tokens.end + 1..)
            .take(QUALITIES)
            .take_while(of)
            .filter(|&i| scene.word(i).noun.is_some())
            .last()?;
        // "Sunday's event", "last night's attack" were told before; "this year's award" may be any thing.
        let tells = scene.word(owned).noun.is_some_and(|s| !is_incident(s) && (fine || !s.weak && !s.state));
        return (tells && !scene.text.has(owned, class::EVENT_FACTS)).then_some(Told::Happening(owned));
    }
    // "a failed July coup": adjectives may stand between.
    let quality =
        |i: &usize| matches!(scene.word(*i).part, Part::Adjective) || scene.word(*i).form == Form::Past;
    let before = (0..tokens.start).rev().take(QUALITIES).find(|i| !quality(i))?;
    let led = article(before) && !article(tokens.start) && scene.word(before).part == Part::Determiner;
    if !led || scene.word(tokens.end).part != Part::Noun || scene.text.is_stop(before) {
        return None;
    }
    // "an early May farm auction theft": the last noun of the row is what it is.
    let row = (tokens.end..).take(QUALITIES).take_while(|&i| scene.word(i).part == Part::Noun);
    let happening = row.last().filter(|&i| scene.word(i).noun.is_some());
    let first = Some(tokens.end).filter(|&i| scene.word(i).noun.is_some());
    Some(happening.or(first).map_or(Told::Thing, Told::Happening))
}

/// « les salaires de mars », « la loi de 1905 »: the time tells which thing, not when something happened.
fn is_of_thing(scene: &Scene<'_, '_>, view: &View, start: usize) -> bool {
    let text = scene.text;
    let of = |i: usize| text.value(i, class::EVENT_OF) == Some("noun");
    let Some(mut at) = start.checked_sub(1) else { return false };
    // « les films des années 1940 et 1950 », "stars of the 1940s and 1950s"
    if text.has(at, class::EVENT_COORDINATE)
        && at > view.tokens.start
        && let Some(first) = scene.time_over(at - 1..at)
    {
        return is_of_thing(scene, view, text.tokens_in(first.span).start);
    }
    if text.has(at, class::EVENT_DETERMINER) && !of(at) {
        at = at.saturating_sub(1);
    }
    let Some(before) = at.checked_sub(1).filter(|_| of(at)) else { return false };
    let thing = scene.word(before);
    // « dans les premières heures de vendredi »: what a preposition leads may be a time itself.
    let led = (view.tokens.start..before)
        .rev()
        .find(|&i| {
            !matches!(scene.word(i).part, Part::Determiner | Part::Adjective | Part::Number)
                && !text.has(i, class::EVENT_DETERMINER)
        })
        .is_some_and(|i| scene.word(i).part == Part::Preposition);
    !led && thing.part == Part::Noun
        && thing.noun.is_none()
        && thing.form == Form::None
        && !scene.groups_in(view.groups.clone()).any(|(_, g)| g.tokens().contains(&before))
}

/// « une semaine après l'attentat »: counted from a happening, which the words alone do not date.
fn is_distance(mention: &TimeMention) -> bool {
    mention.trail.iter().any(|rule| matches!(*rule, "after-event" | "before-event"))
}

/// « deux semaines après l'attaque du 21 août, »: counted from the day that the next time gives to a happening noun.
fn counted(scene: &Scene<'_, '_>, number: usize) -> Option<Bounds> {
    let (mention, next) = (scene.times.get(number)?, scene.times.get(number + 1)?);
    let gap = scene.text.tokens_in(mention.span).end..scene.text.tokens_in(next.span).start;
    let named = gap.len() <= NAMED
        && gap.clone().any(|i| scene.word(i).noun.is_some())
        && gap.clone().skip(1).all(|i| {
            matches!(scene.word(i).part, Part::Noun | Part::Name | Part::Adjective | Part::Determiner)
                || scene.text.has(i, class::EVENT_OF)
                || scene.text.has(i, class::EVENT_DETERMINER)
        });
    let (first, last) = next.dates().filter(|_| named)?.days();
    let day = first.filter(|_| first == last)?;
    let after = mention.trail.contains(&"after-event");
    // Months and years are counted less exactly.
    let exact = mention.value.ends_with(['D', 'W']);
    let found = moved(&mention.value, day, after).filter(|_| exact)?;
    days(found, found)
}

/// The stamp of a paragraph, by its place in the list.
pub(super) fn stamp(scene: &Scene<'_, '_>, view: &View) -> Option<usize> {
    view.times
        .clone()
        .find(|&n| scene.times.get(n).is_some_and(|m| m.dates().is_some() && is_stamp(scene, view, m)))
}

/// Length of the interval of a time; open ones are long.
fn length(bounds: &Bounds) -> TimeDelta {
    match (bounds.earliest_start, bounds.latest_end) {
        (Some(start), Some(end)) => end - start,
        _ => TimeDelta::MAX,
    }
}

/// Months and years are of one length each: a leap year is no wider a time than another.
fn rounded(length: TimeDelta) -> TimeDelta {
    const MONTH: i64 = 28;
    let days = length.num_days();
    if days < MONTH { length } else { TimeDelta::try_days(days / MONTH * MONTH).unwrap_or(length) }
}

/// The time of a happening from the times that belong to it: the narrowest, or all days of a list.
pub(super) fn own(
    scene: &Scene<'_, '_>,
    mentions: &[usize],
    look: Look,
    basis: DateBasis,
    rule: &'static str,
) -> Option<EventTime> {
    let dated: Vec<(usize, &TimeMention, Bounds)> = mentions
        .iter()
        .filter_map(|&n| {
            let mention = scene.times.get(n)?;
            let look = Look { unsure: look.unsure && !is_led_to(scene, mention), ..look };
            let bounds = if is_distance(mention) { counted(scene, n)? } else { reach(scene, mention, look)? };
            Some((n, mention, look.turn(mention, bounds)))
        })
        .collect();
    let best = dated.iter().min_by_key(|(n, m, b)| {
        let vague = matches!(m.kind, TimexKind::Duration) || m.relation == Relation::Before;
        (vague, rounded(length(b)), anchor(m), *n)
    })?;
    let (number, mention, bounds) = *best;
    let mut time = EventTime {
        bounds,
        granularity: mention.granularity,
        edtf: mention.edtf.clone(),
        basis,
        mention: Some(number),
        trail: mention.trail.clone(),
        utc_offset: mention.utc_offset,
    };
    time.trail.push(rule);
    if is_today(mention) {
        time.granularity = Granularity::Day;
    }
    if Some(bounds) != mention.dates() {
        let (first, last) = bounds.days();
        if let (Some(first), Some(last)) = (first, last) {
            time.edtf = if first == last { first.to_string() } else { format!("{first}/{last}") };
        }
    }
    // « le 16 février et le 17 février »: both days.
    if mention.granularity == Granularity::Day {
        for (other, more, extra) in &dated {
            if *other == number || more.granularity != Granularity::Day {
                continue;
            }
            let (Some(a), Some(b)) = (bounds.days().0, extra.days().0) else { continue };
            if (b - a).num_days().abs() <= 3 && a != b {
                time.bounds = Bounds {
                    earliest_start: bounds.earliest_start.min(extra.earliest_start),
                    latest_start: bounds.latest_start.min(extra.latest_start),
                    earliest_end: bounds.earliest_end.max(extra.earliest_end),
                    latest_end: bounds.latest_end.max(extra.latest_end),
                };
                time.granularity = Granularity::Range;
                time.edtf = format!("{}/{}", a.min(b), a.max(b));
                time.trail.push("days joined");
            }
        }
    }
    Some(time)
}

/// "called an election for June", "put it off to Monday": a word leads to the time.
fn is_led_to(scene: &Scene<'_, '_>, mention: &TimeMention) -> bool {
    let text = scene.text;
    let before = text.tokens_in(mention.span).start.checked_sub(1);
    mention.relation != Relation::At
        || before.is_some_and(|b| {
            text.has(b, class::EVENT_PURPOSE)
                || text.has(b, class::EVENT_LINK)
                || text.value(b, class::EVENT_OF) == Some("noun")
        })
}

/// Where the telling of a happening looks, to choose between two readings of its time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// It is told as done, or as to come; `None` leaves the time as it was read.
    pub back: Option<bool>,
    pub published: Option<NaiveDate>,
    /// A deed: what is told of today in the present was done on the day of publication.
    pub deed: bool,
    /// « ne rouvrira pas avant lundi »: a time up to which something is denied is when it comes true.
    pub denied_until: bool,
    /// A simple past: a time that was read as one to come lies back, unless a word leads to it ("for Monday").
    pub unsure: bool,
}

impl Look {
    /// The other reading of a time, where the first one lies on the wrong side of publication.
    fn turn(self, mention: &TimeMention, bounds: Bounds) -> Bounds {
        let (Some(back), Some(published)) = (self.back, self.published) else { return bounds };
        let wrong = |b: &Bounds| match b.days() {
            (Some(first), Some(last)) => {
                if back {
                    first > published
                } else {
                    last < published
                }
            }
            _ => false,
        };
        match mention.alternative.as_ref().map(|a| a.bounds) {
            Some(other) if wrong(&bounds) && !wrong(&other) => other,
            _ if self.unsure && back && wrong(&bounds) => {
                aside(mention, bounds, false).filter(|b| !wrong(b)).unwrap_or(bounds)
            }
            // "The contract expires in June": a month that was read as the last one.
            _ if !back && wrong(&bounds) && !mention.trail.contains(&"weekday") => {
                aside(mention, bounds, true).filter(|b| !wrong(b)).unwrap_or(bounds)
            }
            _ => bounds,
        }
    }
}

/// The weekday or month before, of one that was read as the next, or the month after: the words alone did not tell the
/// tense.
fn aside(mention: &TimeMention, bounds: Bounds, ahead: bool) -> Option<Bounds> {
    let told = |rule: &str| mention.trail.contains(&rule);
    let turned = |at: NaiveDateTime| {
        if told("weekday") {
            at.checked_sub_days(Days::new(7))
        } else if told("the nearest to publication") || told("month-alone") {
            let year = Months::new(12);
            if ahead { at.checked_add_months(year) } else { at.checked_sub_months(year) }
        } else {
            None
        }
    };
    let found = Bounds {
        earliest_start: bounds.earliest_start.and_then(turned),
        latest_start: bounds.latest_start.and_then(turned),
        earliest_end: bounds.earliest_end.and_then(turned),
        latest_end: bounds.latest_end.and_then(turned),
    };
    found.earliest_start.map(|_| found)
}

/// The interval of a happening that a time dates, the relation between them included.
fn reach(scene: &Scene<'_, '_>, mention: &TimeMention, look: Look) -> Option<Bounds> {
    if look.deed && is_today(mention) {
        return look.published.and_then(|p| days(p, p));
    }
    if look.denied_until && mention.relation == Relation::Until {
        return mention.bounds;
    }
    let Some(bounds) = mention.dates() else {
        return look
            .published
            .filter(|_| is_length_up_to_now(scene, mention))
            .and_then(|p| up_to_now(mention, p));
    };
    // « ont été évacués dès jeudi »: what is done and over has no open end.
    let begun = look.back != Some(false)
        && mention.relation == Relation::From
        && mention.range.is_none()
        && led_by(scene, mention, class::EVENT_PROMPT).is_some();
    if let Some(own) = mention.bounds.filter(|_| begun) {
        return Some(own);
    }
    let Some(day) = look.published.and_then(|p| days(p, p)) else { return Some(bounds) };
    let (start, end) = (day.earliest_start, day.latest_end);
    let bounds = match mention.bounds.and_then(|b| b.days().0).and_then(|first| days(first, first)) {
        // "by Saturday night": the night goes on to the next day, its name does not.
        Some(own) if is_one_night(mention) => {
            Bounds { earliest_end: own.earliest_end, latest_end: own.latest_end, ..bounds }
        }
        _ => bounds,
    };
    if mention.happening.is_some() {
        // « est fermé jusqu'à jeudi »: not over yet, so it is going on when it is told.
        let open = mention.relation == Relation::Until && bounds.earliest_start.is_none();
        return Some(if open && bounds.latest_end > end {
            Bounds { earliest_start: start, latest_start: start, ..bounds }
        } else {
            bounds
        });
    }
    Some(match mention.relation {
        Relation::By | Relation::Until if bounds.latest_end > end => {
            Bounds { earliest_start: start, latest_start: start, ..bounds }
        }
        Relation::Since if bounds.earliest_start < start => {
            Bounds { earliest_end: end, latest_end: end, ..bounds }
        }
        _ => bounds,
    })
}

/// « depuis deux ans », "in the past two years": a length that ends when it is told; "in the next two weeks": one that
/// begins then.
pub(super) fn is_length_up_to_now(scene: &Scene<'_, '_>, mention: &TimeMention) -> bool {
    mention.kind == TimexKind::Duration
        && !mention.generic
        && (led_by(scene, mention, class::TIME_RELATION) == Some("since") || points_ahead(mention).is_some())
}

/// Whether a length that says on which side of the telling it lies lies ahead: "the next two weeks".
pub(super) fn points_ahead(mention: &TimeMention) -> Option<bool> {
    // Years are told of what goes on.
    let told = |rule: &str| mention.trail.contains(&rule) && !mention.value.ends_with('Y');
    if told("len-ahead") { Some(true) } else { told("len-past").then_some(false) }
}

/// The value of the expression of a class that stands right before a time.
fn led_by<'a>(scene: &Scene<'_, 'a>, mention: &TimeMention, class: Class) -> Option<&'a str> {
    let start = scene.text.tokens_in(mention.span).start;
    (1..=3usize).find_map(|n| {
        let (len, value) = scene.text.phrase(start.checked_sub(n)?, class)?;
        (len == n).then_some(value)
    })
}

/// The days of such a length: « depuis deux ans » told on 2 April 2017 begins on 2 April 2015.
fn up_to_now(mention: &TimeMention, published: NaiveDate) -> Option<Bounds> {
    if points_ahead(mention) == Some(true) {
        return days(published, moved(&mention.value, published, true)?);
    }
    let first = moved(&mention.value, published, false)?;
    days(first, published)
}

/// The day a length of days, weeks, months or years after or before another: « P2W ».
fn moved(length: &str, day: NaiveDate, after: bool) -> Option<NaiveDate> {
    let length = length.strip_prefix('P')?;
    let unit = length.chars().next_back()?;
    let count: u32 = length.strip_suffix(unit)?.parse().ok()?;
    let months = |n: u32| {
        let months = Months::new(count.checked_mul(n)?);
        if after { day.checked_add_months(months) } else { day.checked_sub_months(months) }
    };
    let days = |n: u64| {
        let days = Days::new(u64::from(count) * n);
        if after { day.checked_add_days(days) } else { day.checked_sub_days(days) }
    };
    match unit {
        'Y' => months(12),
        'M' => months(1),
        'W' => days(7),
        'D' => days(1),
        _ => None,
    }
}

/// « mercredi soir », "Wednesday night": the day that names it, though the night goes on to the next.
fn is_one_night(mention: &TimeMention) -> bool {
    let two = matches!(mention.bounds.map(|b| b.days()), Some((Some(a), Some(b))) if (b - a).num_days() == 1);
    two && mention.granularity == Granularity::PartOfDay
        && mention.value.ends_with("NI")
        && mention.range.is_none()
        && ["day-part", "early-late-part"].iter().any(|rule| mention.trail.contains(rule))
}

/// Lower wins among times of one length: what stands on the calendar before what is counted from another time.
fn anchor(mention: &TimeMention) -> u8 {
    match mention.anchor {
        Anchor::Absolute => 0,
        Anchor::Publication => 1,
        Anchor::Mention(_) if mention.trail.contains(&"counted from the narration") => 3,
        Anchor::Mention(_) => 2,
        Anchor::None => 4,
    }
}

/// A time carried over from another happening or from a stamp.
pub(super) fn carried(time: &EventTime, basis: DateBasis, rule: &'static str) -> EventTime {
    let mut time = time.clone();
    // An hour is that of the other happening; the day is shared.
    if matches!(
        time.granularity,
        Granularity::Second | Granularity::Minute | Granularity::Hour | Granularity::PartOfDay
    ) && let (Some(first), Some(last)) = time.bounds.days()
    {
        if let Some(bounds) = days(first, last) {
            time.bounds = bounds;
        }
        time.granularity = if first == last { Granularity::Day } else { Granularity::Range };
        time.edtf = if first == last { first.to_string() } else { format!("{first}/{last}") };
    }
    time.basis = basis;
    time.trail.push(rule);
    time
}

/// Both days whole.
pub(super) fn days(first: NaiveDate, last: NaiveDate) -> Option<Bounds> {
    Some(Bounds::exact(first.and_hms_opt(0, 0, 0)?, last.succ_opt()?.and_hms_opt(0, 0, 0)?))
}

/// Fine enough to be a day of the story: a day or less, or two days of one night or weekend.
pub(super) fn is_story_day(time: &EventTime) -> bool {
    let fine = matches!(
        time.granularity,
        Granularity::Second
            | Granularity::Minute
            | Granularity::Hour
            | Granularity::PartOfDay
            | Granularity::Day
            | Granularity::Weekend
    );
    fine && match time.bounds.days() {
        (Some(first), Some(last)) => (last - first).num_days() <= 1,
        _ => false,
    }
}

/// Begins after the day of publication.
pub(super) fn is_future(time: &EventTime, published: Option<NaiveDate>) -> bool {
    match (published, time.bounds.days().0) {
        (Some(published), Some(first)) => first > published,
        _ => false,
    }
}
