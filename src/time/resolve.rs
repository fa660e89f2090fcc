//! From what the words say to a part of the calendar, given publication and the narration so far.
//!
//! The anchor is publication for what is said from the writer's day (« hier », a weekday), and the last
//! explicit day of the narration for what is said from within the story (« la veille », « en soirée »).

use super::calendar::{Calendar, Unit, add_days, add_months, day, monday, move_day, nth};
use super::feast;
use super::meaning::{Lean, Moment, Toward};
use super::tense::Direction;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

/// Paragraphs after which a day no longer carries a clock.
const REACH: usize = 2;
/// Days around publication on which a weekday that does not fit is a mistake.
const MISTAKEN: i64 = 45;

/// The last time of the narration that later expressions can lean on.
#[derive(Clone, Copy, Debug)]
pub struct Last {
    /// What it is.
    pub part: Calendar,
    /// Its mention, by number.
    pub mention: usize,
    /// It carries its own year, or leans on one that does.
    pub absolute: bool,
    /// Sentence in which it stands.
    pub sentence: usize,
    /// Paragraph in which it stands.
    pub paragraph: usize,
}

/// What resolving needs to know about the place in the text.
#[derive(Clone, Copy, Debug)]
pub struct Situation {
    /// Publication.
    pub published: Option<NaiveDateTime>,
    /// The last mention of a day or finer.
    pub day: Option<Last>,
    /// The last mention of any unit.
    pub any: Option<Last>,
    /// Which way the words around look.
    pub direction: Direction,
    /// The text tells of a time long before its publication.
    pub narrative: bool,
    /// The language tells what is arranged in the present tense: the court meets on Monday.
    pub present_looks_ahead: bool,
    /// The language counts the hours of the day twice to twelve.
    pub twelve_hours: bool,
    /// The time heads an entry of a log: 8 h 40 – The gates open.
    pub heads_entry: bool,
    /// Number of the sentence.
    pub sentence: usize,
    /// Number of the paragraph.
    pub paragraph: usize,
}

/// What leaned on what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// It carries its own year.
    Absolute,
    /// Publication.
    Publication,
    /// An earlier mention.
    Mention(usize),
}

/// A resolved moment.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// What it is.
    pub part: Calendar,
    /// What it leans on.
    pub base: Base,
    /// Why this one.
    pub why: &'static str,
    /// The reading that lost, and why.
    pub other: Option<(Calendar, &'static str)>,
}

impl Situation {
    fn publication(&self) -> Option<NaiveDate> {
        self.published.map(|p| p.date())
    }

    /// The day that the narration stands at, and what it leans on.
    pub(super) fn narration(&self) -> Option<(NaiveDateTime, Base)> {
        match self.day.filter(|last| self.narrative || last.paragraph + REACH >= self.paragraph) {
            Some(last) => last.part.start().map(|t| (t, Base::Mention(last.mention))),
            None => self.published.map(|p| (p, Base::Publication)),
        }
    }

    /// Resolves a moment; `None` when what it leans on is unknown.
    pub fn resolve(&self, moment: &Moment) -> Option<Resolved> {
        let mut found = self.outer(moment)?;
        if let Some((n, unit)) = moment.nth {
            found.part = nth(found.part, n, unit)?;
        }
        if let (Some((n, weekday)), Calendar::Month(year, month)) = (moment.nth_weekday, found.part) {
            found.part = Calendar::Day(feast::nth_weekday(year, month, weekday, n.into())?);
        }
        found.part = self.within_day(found.part, moment)?;
        if moment.eve {
            found.part = found.part.moved(-1)?;
        }
        Some(found)
    }

    /// The day or larger part.
    fn outer(&self, m: &Moment) -> Option<Resolved> {
        if let Some((n, unit)) = m.shift {
            return self.shifted(m, n, unit);
        }
        if let Some(century) = m.century {
            let century = if m.before_christ { -1 - century } else { century };
            return Some(absolute(Calendar::Century(century)));
        }
        if let Some(decade) = m.decade {
            return self.decade(m, decade);
        }
        if let Some(year) = m.year {
            let year = self.full_year(year, m);
            return inside_year(year, m).map(absolute);
        }
        if m.month.is_some() {
            return self.month(m);
        }
        if m.feast.is_some()
            || m.season.is_some()
            || m.quarter.is_some()
            || m.half.is_some()
            || m.week.is_some()
        {
            return self.yearly(m);
        }
        if m.weekday.is_some() {
            return self.weekday(m);
        }
        if m.weekend {
            return self.weekend(m);
        }
        if m.day.is_some() {
            return self.monthly(m);
        }
        self.clock_only(m)
    }

    /// What a shift is counted from, and what that leans on.
    fn origin(&self, m: &Moment, unit: Unit) -> Option<(Calendar, Base)> {
        let publication = || self.published.map(|p| (Calendar::Day(p.date()), Base::Publication));
        let of = |last: Last| (last.part, Base::Mention(last.mention));
        let long =
            matches!(unit, Unit::Week | Unit::Month | Unit::Quarter | Unit::Half | Unit::Year | Unit::Decade);
        match m.lean {
            Lean::Nearby => match self.any.filter(|last| self.narrative || self.tells_of(last)) {
                Some(last) => Some(of(last)),
                None => publication(),
            },
            Lean::Narration if long => self.any.map(of).or_else(publication),
            // The day before is the one before a day just told; far from any it is publication's.
            Lean::Narration => {
                let near =
                    |last: &Last| self.narrative || last.absolute || last.sentence + 3 >= self.sentence;
                // No days are counted from a year.
                let counts = |last: &Last| near(last) && (self.narrative || last.part.unit() < Unit::Year);
                self.day.filter(near).or(self.any.filter(counts)).map(of).or_else(publication)
            }
            // In a tale of long ago, last month is last from there.
            Lean::Publication if self.narrative && !m.era && m.shift.is_some_and(|(n, _)| n != 0) => {
                self.any.map(of).or_else(publication)
            }
            _ => publication(),
        }
    }

    fn shifted(&self, m: &Moment, n: i32, unit: Unit) -> Option<Resolved> {
        let (origin, base) = self.origin(m, unit)?;
        let from = match base {
            Base::Publication => self.published?,
            _ => origin.start()?,
        };
        let from_day = m.lean == Lean::Narration && base != Base::Publication && origin.unit() <= Unit::Day;
        if m.exact || (from_day && n != 0 && (unit == Unit::Week || m.beside.is_some() && unit > Unit::Week))
        {
            // Counted from an exact day or minute, it is as exact.
            let date = move_day(from.date(), n, unit)?;
            let moved = date.and_time(from.time());
            let part = match origin {
                Calendar::Part(_, part) => Calendar::Part(date, part),
                other if other.is_time() && m.exact => Calendar::holding(moved, other.unit()),
                _ => Calendar::Day(date),
            };
            return Some(leaning(part, base));
        }
        let known_time = match base {
            Base::Publication => from.time() != NaiveTime::MIN,
            _ => matches!(origin, Calendar::Hour(_) | Calendar::Minute(_) | Calendar::Second(_)),
        };
        if unit < Unit::Day && !known_time {
            // Hours before or after a day without a clock: that day, and its part when that is known.
            let per_day = match unit {
                Unit::Hour => 24,
                Unit::Minute => 1440,
                _ => 86_400,
            };
            let date = add_days(from.date(), (n / per_day).into())?;
            let part = match origin {
                Calendar::Part(_, part) if n.abs() < per_day / 4 => Calendar::Part(date, part),
                _ => Calendar::Day(date),
            };
            return Some(leaning(part, base));
        }
        let (count, unit) = if unit == Unit::Hour { (n.checked_mul(60)?, Unit::Minute) } else { (n, unit) };
        if unit == Unit::Weekend {
            let saturday = add_days(monday(from.date()), 5)?;
            let past = from.date() >= saturday;
            let count = if count > 0 && !past { count - 1 } else { count };
            return Some(leaning(Calendar::Weekend(add_days(saturday, i64::from(count) * 7)?), base));
        }
        let found = Calendar::holding(from, m.unit.unwrap_or(unit)).moved(count)?;
        let mut resolved = leaning(found, base);
        // Fields inside the unit: in May of the following year.
        if let (Calendar::Year(year), true) = (found, has_year_fields(m)) {
            resolved.part = inside_year(year, m)?;
        }
        if let (Calendar::Month(year, month), Some(of_month)) = (found, m.day) {
            resolved.part = Calendar::Day(day(year, month, of_month)?);
        }
        if let (Calendar::Week(first), Some(weekday)) = (found, m.weekday) {
            resolved.part = Calendar::Day(add_days(first, i64::from(weekday) - 1)?);
        }
        Some(resolved)
    }

    fn decade(&self, m: &Moment, decade: i32) -> Option<Resolved> {
        if m.before_christ {
            return Some(absolute(Calendar::Decade(-1 - decade)));
        }
        if decade >= 10 {
            return Some(absolute(Calendar::Decade(decade)));
        }
        let now = self.publication().map_or(200, |p| p.year().div_euclid(10));
        let century = now.div_euclid(10) * 10;
        let found = if century + decade <= now { century + decade } else { century - 10 + decade };
        Some(absolute(Calendar::Decade(found)))
    }

    fn full_year(&self, year: i32, m: &Moment) -> i32 {
        if m.before_christ {
            return 1 - year;
        }
        if !m.short_year {
            return year;
        }
        let now = self.publication().map_or(2020, |p| p.year());
        let this = now.div_euclid(100) * 100 + year;
        if this > now + 10 { this - 100 } else { this }
    }

    /// A month, with or without a day, without a year.
    fn month(&self, m: &Moment) -> Option<Resolved> {
        let at = |year: i32| inside_year(year, m);
        if let (Some(weekday), Some(published)) = (m.weekday, self.publication())
            && m.day.is_some()
        {
            // The weekday tells the year.
            let years = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6].map(|n| published.year() + n);
            let fits =
                |part: &Calendar| part.day().is_some_and(|d| d.weekday().number_from_monday() == weekday);
            let near =
                |part: &Calendar| part.day().is_some_and(|d| (d - published).num_days().abs() <= MISTAKEN);
            // Of the days around publication, the number is believed before the weekday.
            // « a cédé jeudi 1er janvier », told in December, is no day to come.
            let allowed = |part: &Calendar| {
                part.day().is_some_and(|d| match self.direction {
                    Direction::Past => d <= published,
                    Direction::Future => d >= published,
                    _ => true,
                })
            };
            let plain = self.nearest(m, &at).filter(|plain| near(&plain.part) && allowed(&plain.part));
            if let Some(part) = years.into_iter().take(3).filter_map(at).find(fits)
                && (near(&part) || plain.is_none())
            {
                return Some(Resolved {
                    why: "the weekday tells the year",
                    ..leaning(part, Base::Publication)
                });
            }
        }
        self.nearest(m, &at)
    }

    /// Chooses the year: the narration's, or the one nearest to publication that the tense allows.
    fn nearest(&self, m: &Moment, at: &dyn Fn(i32) -> Option<Calendar>) -> Option<Resolved> {
        let lean = self.any.filter(|last| self.leans_on(last, m));
        if let Some(last) = lean {
            let year = last.part.year()?;
            let part = match last.part {
                Calendar::Year(year) => at(year)?,
                other => {
                    let from = other.day()?;
                    let choices = [year, year + 1, year - 1].into_iter().filter_map(at);
                    let far = |c: &Calendar| c.day().map_or(i64::MAX, |d| (d - from).num_days().abs());
                    // Stories go forward, and stay in their year when they can.
                    choices.min_by_key(|c| {
                        let back = if c.day() < Some(from) { far(c) * 5 / 2 + 30 } else { far(c) };
                        if c.year() == Some(year) { back * 7 / 10 } else { back }
                    })?
                }
            };
            return Some(Resolved {
                why: "year of the narration",
                ..leaning(part, Base::Mention(last.mention))
            });
        }
        let published = self.publication()?;
        let this = at(published.year());
        let (before, after) = (at(published.year() - 1), at(published.year() + 1));
        let distance = |c: &Calendar| -> i64 {
            match (c.day(), c.end()) {
                (Some(first), _) if first > published => (first - published).num_days(),
                (_, Some(end)) if end.date() <= published => (published - end.date()).num_days() + 1,
                _ => 0,
            }
        };
        let ahead = |c: &Calendar| c.day().is_some_and(|d| d > published);
        let back = |c: &Calendar| c.end().is_some_and(|e| e.date() <= published);
        let choices = || [before, this, after].into_iter().flatten();
        let last = choices().rfind(|c| !ahead(c));
        let next = choices().find(|c| !back(c));
        let strictly_last = choices().rfind(|c| back(c));
        let strictly_next = choices().find(|c| ahead(c));
        let choose = |part: Option<Calendar>, other: Option<Calendar>, why, reason| {
            let part = part?;
            let other = other.filter(|o| *o != part).map(|o| (o, reason));
            Some(Resolved { part, base: Base::Publication, why, other })
        };
        match m.toward {
            Some(Toward::Last) => {
                return choose(strictly_last, None, "the last one before publication", "");
            }
            Some(Toward::Next | Toward::AfterNext) => {
                return choose(strictly_next, None, "the next one after publication", "");
            }
            _ => {}
        }
        let near = choices().min_by_key(distance);
        match self.direction {
            Direction::Future if next.as_ref().is_some_and(|c| distance(c) < 330) => choose(
                next,
                last,
                "the next one, as the tense looks ahead",
                "the last one, if the tense misleads",
            ),
            Direction::Past if last.as_ref().is_some_and(|c| distance(c) < 330) => {
                let wrong = near.as_ref().is_some_and(|c| ahead(c) && distance(c) <= 10);
                let part = if wrong { near } else { last };
                choose(
                    part,
                    next,
                    "the last one, as the tense looks back",
                    "the next one, if the tense misleads",
                )
            }
            _ => choose(near, None, "the nearest to publication", ""),
        }
    }

    /// True when a mention is a day or month of the story, told with its year and not far back.
    fn tells_of(&self, last: &Last) -> bool {
        last.absolute && last.part.unit() <= Unit::Month && last.paragraph + 1 >= self.paragraph
    }

    /// True when a month or day without a year belongs to the year of the narration.
    fn leans_on(&self, last: &Last, m: &Moment) -> bool {
        if matches!(m.toward, Some(Toward::Same)) {
            return true;
        }
        if m.toward.is_some() || !last.absolute || last.part.year().is_none() {
            return false;
        }
        if self.narrative {
            return true;
        }
        let own = self.publication().map(|p| p.year()) == last.part.year();
        let ahead = self.publication().map(|p| p.year()) < last.part.year();
        let near = match last.part {
            Calendar::Year(_) => last.sentence == self.sentence,
            _ if ahead => last.sentence == self.sentence,
            _ => last.paragraph + 1 >= self.paragraph,
        };
        near && !own && self.direction != Direction::Future
    }

    fn yearly(&self, m: &Moment) -> Option<Resolved> {
        let at = |year: i32| inside_year(year, m);
        self.nearest(m, &at)
    }

    fn weekday(&self, m: &Moment) -> Option<Resolved> {
        let weekday = i64::from(m.weekday?);
        let near = |from: NaiveDate| {
            let since = (i64::from(from.weekday().number_from_monday()) - weekday).rem_euclid(7);
            (add_days(from, -since), add_days(from, (7 - since).rem_euclid(7)))
        };
        if m.toward == Some(Toward::Following) {
            let (from, base) = self.narration()?;
            let (_, next) = near(add_days(from.date(), 1)?);
            return Some(Resolved { why: "within the narration", ..leaning(Calendar::Day(next?), base) });
        }
        if m.toward == Some(Toward::Same) || self.inside_story() {
            let (from, base) = self.narration()?;
            let (last, next) = near(from.date());
            let part = if m.toward == Some(Toward::Same) { last.or(next)? } else { next? };
            return Some(Resolved { why: "within the narration", ..leaning(Calendar::Day(part), base) });
        }
        let published = self.publication()?;
        // « dans la nuit de dimanche à lundi » of a Sunday's report is that Sunday's night.
        let (last, next) = near(if m.eve { add_days(published, 1)? } else { published });
        let strictly = |d: Option<NaiveDate>, n: i64| {
            d.and_then(|d| if d == published { add_days(d, n) } else { Some(d) })
        };
        let why_last = "the last one up to publication";
        let why_next = "the next one, as the tense or a cue looks ahead";
        let (part, why) = match m.toward {
            Some(Toward::Last) => (strictly(last, -7), "the last one before publication"),
            // « prochain » on the same weekday or later in the week is the one of the following week.
            Some(Toward::Next) => {
                let today = i64::from(published.weekday().number_from_monday());
                let monday = add_days(monday(published), 7).filter(|_| weekday >= today);
                let following = monday.and_then(|m| add_days(m, weekday - 1));
                (following.or(strictly(next, 7)), "the next one after publication")
            }
            Some(Toward::AfterNext) => {
                (strictly(next, 7).and_then(|d| add_days(d, 7)), "the one after the next")
            }
            _ => match self.direction {
                Direction::Future => (next, why_next),
                Direction::Present if self.present_looks_ahead => (next, why_next),
                _ => (last, why_last),
            },
        };
        let other = match (m.toward, self.direction) {
            (None | Some(Toward::This), Direction::Future) => {
                last.map(|d| (d, "the last one, if the tense misleads"))
            }
            (None | Some(Toward::This), _) => {
                strictly(next, 7).map(|d| (d, "the next one, if it is announced"))
            }
            _ => None,
        };
        let part = Calendar::Day(part?);
        let other = other.map(|(d, reason)| (Calendar::Day(d), reason)).filter(|(o, _)| *o != part);
        Some(Resolved { part, base: Base::Publication, why, other })
    }

    /// True when the text tells of long ago, so that nothing in it is said from publication.
    pub(super) fn inside_story(&self) -> bool {
        self.narrative && self.day.is_some()
    }

    fn weekend(&self, m: &Moment) -> Option<Resolved> {
        let (from, base) = if m.toward == Some(Toward::Same) || self.inside_story() {
            self.narration()?
        } else {
            (self.published?, Base::Publication)
        };
        let saturday = add_days(monday(from.date()), 5)?;
        let before = add_days(saturday, -7)?;
        let early = from.date() < saturday;
        let (part, why) = match m.toward {
            Some(Toward::Last) => (before, "the last one"),
            Some(Toward::Next) if early => (saturday, "the next one"),
            Some(Toward::Next | Toward::AfterNext) => (add_days(saturday, 7)?, "the next one"),
            _ => match self.direction {
                _ if !early => (saturday, "the one of publication"),
                Direction::Past if from.date().weekday().number_from_monday() <= 4 => {
                    (before, "the last one")
                }
                Direction::Unknown if from.date().weekday().number_from_monday() <= 2 => {
                    (before, "the last one")
                }
                _ => (saturday, "the one of the week"),
            },
        };
        Some(Resolved { why, ..leaning(Calendar::Weekend(part), base) })
    }

    /// A day of the month alone.
    fn monthly(&self, m: &Moment) -> Option<Resolved> {
        let of_month = m.day?;
        let (from, base) =
            match self.any.filter(|last| last.part.unit() <= Unit::Month && self.leans_on(last, m)) {
                Some(last) => (last.part.start()?, Base::Mention(last.mention)),
                None => (self.published?, Base::Publication),
            };
        let choices = [-1, 0, 1].into_iter().filter_map(|n| {
            let month = add_months(day(from.year(), from.month(), 1)?, n)?;
            day(month.year(), month.month(), of_month)
        });
        let from = from.date();
        let found = choices.min_by_key(|d| {
            let far = (*d - from).num_days();
            match self.direction {
                Direction::Past if far > 0 => far * 3,
                Direction::Future if far < 0 => -far * 3,
                _ => far.abs(),
            }
        })?;
        Some(Resolved { why: "the nearest such day of a month", ..leaning(Calendar::Day(found), base) })
    }
}

fn absolute(part: Calendar) -> Resolved {
    Resolved { part, base: Base::Absolute, why: "carries its year", other: None }
}

pub(super) fn leaning(part: Calendar, base: Base) -> Resolved {
    let why = match base {
        Base::Publication => "counted from publication",
        Base::Mention(_) => "counted from the narration",
        Base::Absolute => "carries its year",
    };
    Resolved { part, base, why, other: None }
}

fn has_year_fields(m: &Moment) -> bool {
    m.month.is_some() || m.season.is_some() || m.quarter.is_some() || m.half.is_some() || m.feast.is_some()
}

/// The part of a year that the fields name.
fn inside_year(year: i32, m: &Moment) -> Option<Calendar> {
    if !(-9999..=9999).contains(&year) {
        return None;
    }
    if let Some(feast) = m.feast {
        return feast::day_in(feast, year).map(Calendar::Day);
    }
    Some(match (m.month, m.day) {
        (Some(month), Some(of_month)) => Calendar::Day(day(year, month, of_month)?),
        (Some(month), None) => Calendar::Month(year, month),
        _ => match (m.season, m.quarter, m.half, m.week) {
            (Some(season), ..) => Calendar::Season(year, season),
            (_, Some(quarter), ..) => Calendar::Quarter(year, quarter),
            (_, _, Some(half), _) => Calendar::Half(year, half),
            (_, _, _, Some(week)) => {
                Calendar::Week(NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon)?)
            }
            _ => Calendar::Year(year),
        },
    })
}
