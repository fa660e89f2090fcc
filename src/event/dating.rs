//! When a happening took place: its own time, that of its clause or sentence, that of the story so far.

use super::mention::{DateBasis, EventTime};
use super::scene::{Governor, Scene, View};
use super::word::Part;
use crate::lang::class;
use crate::time::{Bounds, Granularity, Relation, TimeMention, TimexKind};
use chrono::{NaiveDate, TimeDelta};

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
        if mention.dates().is_none() || is_stamp(scene, view, mention) {
            continue;
        }
        let tokens = scene.text.tokens_in(mention.span);
        if let Some(governor) = scene.governor(view, &tokens) {
            ties.push(Tie { mention: number, governor });
        }
    }
    ties
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

/// The time of a happening from the times that belong to it: the narrowest, or all days of a list.
pub(super) fn own(
    scene: &Scene<'_, '_>,
    mentions: &[usize],
    basis: DateBasis,
    rule: &'static str,
) -> Option<EventTime> {
    let dated: Vec<(usize, &TimeMention, Bounds)> = mentions
        .iter()
        .filter_map(|&n| scene.times.get(n).and_then(|m| m.dates().map(|b| (n, m, b))))
        .collect();
    let best = dated.iter().min_by_key(|(n, m, b)| {
        let vague = matches!(m.kind, TimexKind::Duration) || m.relation == Relation::Before;
        (vague, length(b), *n)
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

/// The day of publication.
#[allow(dead_code)]
pub(super) fn publication(day: NaiveDate, rule: &'static str) -> Option<EventTime> {
    Some(EventTime {
        bounds: days(day, day)?,
        granularity: Granularity::Day,
        edtf: day.to_string(),
        basis: DateBasis::Publication,
        mention: None,
        trail: vec![rule],
        utc_offset: None,
    })
}

fn days(first: NaiveDate, last: NaiveDate) -> Option<Bounds> {
    Some(Bounds::exact(first.and_hms_opt(0, 0, 0)?, last.succ_opt()?.and_hms_opt(0, 0, 0)?))
}

/// Fine enough to be a day of the story: a day or less, or two days of one night.
pub(super) fn is_story_day(time: &EventTime) -> bool {
    let fine = matches!(
        time.granularity,
        Granularity::Second
            | Granularity::Minute
            | Granularity::Hour
            | Granularity::PartOfDay
            | Granularity::Day
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
