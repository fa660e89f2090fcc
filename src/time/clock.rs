//! Clocks and parts of the day: the day they belong to, and the half of the day that a clock of twelve hours means.

use super::calendar::{Calendar, Part, add_days};
use super::meaning::{Moment, Toward};
use super::resolve::{Base, Resolved, Situation, leaning};
use super::tense::Direction;
use chrono::{NaiveDate, NaiveTime, Timelike};

impl Situation {
    /// A clock or part of day alone stands on the narration's day.
    pub(super) fn clock_only(&self, m: &Moment) -> Option<Resolved> {
        let said = matches!(m.toward, Some(Toward::This | Toward::Last | Toward::Next));
        let from_publication = self.heads_entry || said && !self.inside_story();
        let (from, base) =
            if from_publication { (self.published?, Base::Publication) } else { self.narration()? };
        // What is past does not stand on a day to come.
        let ahead = self.published.is_some_and(|p| from.date() > p.date());
        let (from, base) = match self.published {
            Some(p) if ahead && self.direction == Direction::Past && !self.narrative => {
                (p, Base::Publication)
            }
            _ => (from, base),
        };
        let days = match m.toward {
            Some(Toward::Last) => -1,
            Some(Toward::Next) => 1,
            // Last night, unless it is still to come.
            None if base != Base::Publication && self.after_midnight(m) => 1,
            Some(Toward::This) if m.part == Some(Part::Night) && self.direction == Direction::Past => -1,
            _ => 0,
        };
        let part = Calendar::Day(add_days(from.date(), days)?);
        Some(Resolved { why: "on the day of the narration", ..leaning(part, base) })
    }

    /// True for small hours told after an evening or night: they belong to the next day.
    fn after_midnight(&self, m: &Moment) -> bool {
        let part = match self.day.map(|last| last.part) {
            Some(Calendar::Part(_, part)) => part,
            _ => return false,
        };
        match (part, m.hour, m.part) {
            (Part::Night, Some(hour), _) => hour < 12,
            (Part::Night, None, Some(Part::Morning)) => true,
            (Part::Evening, Some(hour), _) => hour < 6,
            _ => false,
        }
    }

    /// True when a clock of twelve hours, said without its half of the day, goes on from an afternoon or an
    /// evening named in its sentence.
    fn after_noon(&self, date: NaiveDate, hour: u32, m: &Moment) -> bool {
        let Some(last) = self.day.filter(|last| last.sentence == self.sentence) else { return false };
        match last.part {
            Calendar::Part(day, part) => day == date && matches!(part, Part::Afternoon | Part::Evening),
            part if part.is_time() => part.start().is_some_and(|before| {
                let clock = NaiveTime::from_hms_opt(hour, m.minute.unwrap_or(0), 0);
                before.date() == date && before.hour() >= 12 && clock.is_some_and(|c| c < before.time())
            }),
            _ => false,
        }
    }

    /// The part of the day or the clock, on the day found.
    pub(super) fn within_day(&self, part: Calendar, m: &Moment) -> Option<Calendar> {
        let Calendar::Day(date) = part else { return Some(part) };
        if let Some(hour) = m.hour {
            let (date, hour) = if hour == 24 { (add_days(date, 1)?, 0) } else { (date, hour) };
            let late = matches!(m.part, Some(Part::Afternoon | Part::Evening))
                || (self.twelve_hours && m.only_clock() && !m.meridiem && self.after_noon(date, hour, m));
            let hour = if late && (1..12).contains(&hour) { hour + 12 } else { hour };
            let at = date.and_hms_opt(hour, m.minute.unwrap_or(0), m.second.unwrap_or(0))?;
            return Some(match (m.minute, m.second) {
                (_, Some(_)) => Calendar::Second(at),
                (Some(_), None) => Calendar::Minute(at),
                _ => Calendar::Hour(at),
            });
        }
        Some(match m.part {
            Some(part) => Calendar::Part(date, part),
            None => Calendar::Day(date),
        })
    }
}
