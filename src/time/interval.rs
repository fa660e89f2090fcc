//! From a part of the calendar to the interval of a happening: modifiers, relations, bounds, EDTF.

use super::calendar::{Calendar, Part, Unit, add_days, day, year_value};
use super::{Bounds, Modifier, Relation, TimeMention};
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

/// The interval that a part of the calendar and its modifier name.
pub fn bounds(part: Calendar, modifier: Option<Modifier>) -> Option<Bounds> {
    let (start, end) = (part.start()?, part.end()?);
    let whole = Bounds::exact(start, end);
    let Some(third) = modifier.and_then(|m| third(part, m)) else { return Some(whole) };
    Some(Bounds::exact(third.0, third.1))
}

/// The first, middle or last part of a part of the calendar.
fn third(part: Calendar, modifier: Modifier) -> Option<(NaiveDateTime, NaiveDateTime)> {
    let which = match modifier {
        Modifier::Start => 0,
        Modifier::Mid => 1,
        Modifier::End => 2,
        _ => return None,
    };
    let (start, end) = (part.start()?, part.end()?);
    let first = start.date();
    let at = |date: NaiveDate| date.and_time(NaiveTime::MIN);
    let months = |from: [u32; 3], to: [u32; 3]| -> Option<(NaiveDateTime, NaiveDateTime)> {
        let year = first.year();
        let begin = day(year, *from.get(which)?, 1)?;
        let last = *to.get(which)?;
        let until = if last > 12 { end } else { at(day(year, last, 1)?) };
        Some((at(begin), until))
    };
    let years = |from: [i32; 3], to: [i32; 3]| -> Option<(NaiveDateTime, NaiveDateTime)> {
        let begin = day(first.year() + from.get(which)?, 1, 1)?;
        let until = day(first.year() + to.get(which)?, 1, 1).map(at).unwrap_or(end);
        Some((at(begin), until))
    };
    let days = |from: [i64; 3], to: [i64; 3]| -> Option<(NaiveDateTime, NaiveDateTime)> {
        let begin = add_days(first, *from.get(which)?)?;
        let until = add_days(first, *to.get(which)?).map(at).filter(|u| *u < end).unwrap_or(end);
        Some((at(begin), until))
    };
    match part {
        Calendar::Month(..) => days([0, 10, 20], [10, 20, 40]),
        Calendar::Year(_) => months([1, 5, 10], [4, 9, 13]),
        Calendar::Decade(_) => years([0, 4, 7], [4, 7, 10]),
        Calendar::Century(_) => years([0, 33, 67], [33, 67, 100]),
        Calendar::Week(_) => days([0, 2, 4], [3, 5, 7]),
        Calendar::Season(..) | Calendar::Quarter(..) => days([0, 30, 60], [31, 61, 100]),
        Calendar::Half(..) => days([0, 60, 120], [61, 121, 200]),
        Calendar::Day(date) => {
            let part = match which {
                0 => Part::Morning,
                1 => Part::Midday,
                _ => Part::Evening,
            };
            bounds(Calendar::Part(date, part), None).and_then(|b| Some((b.earliest_start?, b.latest_end?)))
        }
        _ => {
            let length = end.signed_duration_since(start) / 3;
            let begin = start.checked_add_signed(length * which as i32)?;
            Some((begin, begin.checked_add_signed(length)?))
        }
    }
}

/// How a happening is bound to an interval: "By yesterday evening, nine had come" goes up to what is over, not from
/// publication on.
pub fn relation(given: Relation, bounds: Option<Bounds>, published: Option<NaiveDate>) -> Relation {
    let last = bounds.and_then(|b| b.days().1);
    match given {
        Relation::By if published.zip(last).is_some_and(|(now, last)| last < now) => Relation::Until,
        _ => given,
    }
}

/// The interval of a happening that is bound to a named interval by a relation; `None` when it is the same.
pub fn happening(
    named: Bounds,
    modifier: Option<Modifier>,
    relation: Relation,
    published: Option<NaiveDate>,
) -> Option<Bounds> {
    let after_publication = published.and_then(|p| add_days(p, 1)).map(|p| p.and_time(NaiveTime::MIN));
    let publication = published.map(|p| p.and_time(NaiveTime::MIN));
    match relation {
        Relation::At => None,
        Relation::Since => {
            // What has gone on since the middle of a month began about the 15th.
            let exact = modifier.is_none();
            let last = named.latest_end;
            let start = match (modifier, named.earliest_start.zip(last)) {
                (Some(Modifier::Mid), Some((from, to))) => {
                    add_days(from.date(), ((to - from).num_days() - 1) / 2)
                        .map(|d| d.and_time(NaiveTime::MIN))
                }
                _ => named.earliest_start,
            };
            let over = last.zip(after_publication).is_some_and(|(l, p)| l > p);
            Some(Bounds {
                earliest_start: start,
                latest_start: if exact && !over { start } else { last },
                earliest_end: after_publication,
                latest_end: after_publication,
            })
        }
        Relation::From => Some(Bounds { earliest_end: None, latest_end: None, ..named }),
        Relation::Until => Some(Bounds {
            earliest_start: None,
            latest_start: None,
            earliest_end: named.earliest_start,
            latest_end: named.latest_end,
        }),
        Relation::By => Some(Bounds {
            earliest_start: publication,
            latest_start: named.latest_end,
            earliest_end: publication,
            latest_end: named.latest_end,
        }),
        Relation::Before => Some(Bounds {
            earliest_start: None,
            latest_start: named.earliest_start,
            earliest_end: None,
            latest_end: named.earliest_start,
        }),
        Relation::After => Some(Bounds {
            earliest_start: named.latest_end,
            latest_start: None,
            earliest_end: named.latest_end,
            latest_end: None,
        }),
    }
}

/// "Monday through Friday" told on a Wednesday: the weekday that ends a range comes after the one that begins it, in the
/// week ahead where that lies ahead, in the week before where it lies back.
pub fn order(
    mentions: &mut [TimeMention],
    parts: &mut [Option<Calendar>],
    (first, last): (usize, usize),
    published: Option<NaiveDateTime>,
) -> Option<()> {
    let day = |n: usize| match parts.get(n) {
        Some(Some(Calendar::Day(date))) => Some(*date),
        _ => None,
    };
    let weekday = |n: usize| mentions.get(n).is_some_and(|m| m.trail.contains(&"weekday"));
    let (begin, end, now) = (day(first)?, day(last)?, published?.date());
    if begin <= end || (begin - end).num_days() >= 7 || !weekday(first) || !weekday(last) {
        return None;
    }
    let (number, date) = if begin > now { (last, add_days(end, 7)?) } else { (first, add_days(begin, -7)?) };
    let part = Calendar::Day(date);
    let mention = mentions.get_mut(number)?;
    mention.bounds = bounds(part, mention.modifier);
    mention.value = date.to_string();
    *parts.get_mut(number)? = Some(part);
    Some(())
}

/// EDTF level 1 of a part of the calendar alone.
pub fn edtf(part: Calendar, modifier: Option<Modifier>) -> String {
    let about = if modifier == Some(Modifier::Approx) { "~" } else { "" };
    if let Some((start, end)) = modifier.and_then(|m| third(part, m))
        && !part.is_time()
        && part.unit() != Unit::Day
    {
        return days(start, end);
    }
    let interval = || match (part.start(), part.end()) {
        (Some(start), Some(end)) => days(start, end),
        _ => String::new(),
    };
    match part {
        Calendar::Century(c) if c >= 0 => format!("{c:02}XX{about}"),
        Calendar::Decade(d) if d >= 0 => format!("{d:03}X{about}"),
        Calendar::Century(_) | Calendar::Decade(_) => interval(),
        Calendar::Year(y) => format!("{}{about}", edtf_year(y)),
        Calendar::Season(y, s) => format!("{}-{}{about}", edtf_year(y), 20 + s),
        Calendar::Month(y, m) => format!("{}-{m:02}{about}", edtf_year(y)),
        Calendar::Half(..) | Calendar::Quarter(..) => {
            match (part.day(), part.end().and_then(|e| add_days(e.date(), -1))) {
                (Some(first), Some(last)) => format!("{}/{}", edtf_month(first), edtf_month(last)),
                _ => String::new(),
            }
        }
        Calendar::Week(_) | Calendar::Weekend(_) => interval(),
        _ => part.day().map(|d| edtf_day(d) + about).unwrap_or_default(),
    }
}

/// EDTF of the interval of a happening: `start` and `end` are the ends as expressions give them.
pub fn edtf_between(
    start: Option<(Calendar, Option<Modifier>)>,
    end: Option<(Calendar, Option<Modifier>)>,
) -> String {
    let one = |end: Option<(Calendar, Option<Modifier>)>| match end {
        // The middle of a month is about the 15th.
        Some((Calendar::Month(y, m), Some(Modifier::Mid))) => format!("{}-{m:02}-15~", edtf_year(y)),
        Some((part, Some(Modifier::Start | Modifier::End | Modifier::Mid))) => {
            third_day(part, end.and_then(|e| e.1)).map(|d| format!("{}~", edtf_day(d))).unwrap_or_default()
        }
        Some((part, modifier)) => {
            let text = edtf(part, modifier);
            match text.split_once('/') {
                Some((first, _)) => first.to_string(),
                None => text,
            }
        }
        None => "..".to_string(),
    };
    format!("{}/{}", one(start), one(end))
}

fn third_day(part: Calendar, modifier: Option<Modifier>) -> Option<NaiveDate> {
    let (start, end) = third(part, modifier?)?;
    match modifier {
        Some(Modifier::End) => add_days(end.date(), -1),
        _ => Some(start.date()),
    }
}

fn days(start: NaiveDateTime, end: NaiveDateTime) -> String {
    match add_days(end.date(), -1) {
        Some(last) => format!("{}/{}", edtf_day(start.date()), edtf_day(last)),
        None => String::new(),
    }
}

fn edtf_year(year: i32) -> String {
    if year < 0 {
        format!("-{:04}", -year)
    } else if year == 0 {
        "0000".into()
    } else {
        year_value(year)
    }
}

fn edtf_month(date: NaiveDate) -> String {
    format!("{}-{:02}", edtf_year(date.year()), date.month())
}

/// A day in EDTF.
pub fn edtf_day(date: NaiveDate) -> String {
    match (date.year(), date.month(), date.day()) {
        (year @ 0.., month, day) => format!("{year:04}-{month:02}-{day:02}"),
        (_, _, day) => format!("{}-{day:02}", edtf_month(date)),
    }
}
