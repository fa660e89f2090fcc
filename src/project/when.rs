//! A time as people write it in a correction.

use crate::event::{DateBasis, EventTime};
use crate::time::calendar::Calendar;
use crate::time::{Bounds, Granularity};
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

/// A day, month, year, minute, or days from one to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    start: NaiveDateTime,
    end: NaiveDateTime,
    granularity: Granularity,
    edtf: String,
}

impl Day {
    /// Reads `2016-12-22`, `2016-12`, `2016`, `2016-12-15/2016-12-22` or `2016-12-22T18:30`.
    pub fn parse(text: &str) -> Option<Day> {
        let text = text.trim();
        if let Some((first, last)) = text.split_once('/') {
            let (first, last) = (Day::parse(first)?, Day::parse(last)?);
            return (first.start <= last.start).then(|| Day {
                start: first.start,
                end: last.end,
                granularity: Granularity::Range,
                edtf: format!("{}/{}", first.edtf, last.edtf),
            });
        }
        for notation in ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"] {
            if let Ok(start) = NaiveDateTime::parse_from_str(text, notation) {
                let end = start.checked_add_signed(TimeDelta::minutes(1))?;
                let edtf = start.format("%Y-%m-%dT%H:%M:%S").to_string();
                return Some(Day { start, end, granularity: Granularity::Minute, edtf });
            }
        }
        let (part, granularity) = if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            (Calendar::Day(day), Granularity::Day)
        } else if let Ok(day) = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d") {
            (Calendar::Month(day.year(), day.month()), Granularity::Month)
        } else {
            let year = text.parse::<i32>().ok().filter(|_| text.len() == 4)?;
            (Calendar::Year(year), Granularity::Year)
        };
        Some(Day { start: part.start()?, end: part.end()?, granularity, edtf: text.to_owned() })
    }

    /// The same as the time of a happening.
    pub fn time(&self) -> EventTime {
        EventTime {
            bounds: Bounds::exact(self.start, self.end),
            granularity: self.granularity,
            edtf: self.edtf.clone(),
            basis: DateBasis::Explicit,
            mention: None,
            trail: vec!["edited"],
            utc_offset: None,
        }
    }

    /// Whether a happening has this time already.
    pub fn is(&self, time: &EventTime) -> bool {
        time.bounds == Bounds::exact(self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notations() {
        for text in ["2016-12-22", "2016-12", "2016", "2016-12-15/2016-12-22", "2016-12-22T18:30"] {
            assert!(Day::parse(text).is_some(), "{text}");
        }
        for text in ["22/12/2016", "soon", "2016-13", "2016-12-22/2016-12-15", ""] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }
}
