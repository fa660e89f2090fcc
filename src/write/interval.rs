//! The civil interval of a happening, as layers and tables want it: two instants, the last one inclusive.
//!
//! Programs compare `start < frame end` and `end > frame start`, so an interval here is never open and never
//! has length zero.

use crate::event::EventTime;
use crate::time::{Bounds, Granularity};
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// First and last second of a happening, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Civil {
    /// First second.
    pub start: NaiveDateTime,
    /// Last second.
    pub end: NaiveDateTime,
    /// The end is open to the future; `end` is the last day of the news read.
    pub open: bool,
}

/// The part of an interval in which a happening surely was under way, where its ends are not sure: from the
/// latest start to the earliest end, half-open.
pub(super) type Core = (Option<NaiveDateTime>, Option<NaiveDateTime>);

/// The sure part of `bounds`; `None` for an end that is sure.
pub(super) fn core(bounds: &Bounds) -> Core {
    let from = bounds.latest_start.filter(|t| Some(*t) != bounds.earliest_start);
    let to = bounds.earliest_end.filter(|t| Some(*t) != bounds.latest_end);
    (from, to)
}

/// The interval of `time`. An end open to the future becomes the last second of `newest`, the newest
/// publication date; a start open to the past becomes the first second of the last day.
/// `None` when neither end is known.
pub fn civil(time: &EventTime, newest: Option<NaiveDate>) -> Option<Civil> {
    let bounds = time.bounds;
    let second = TimeDelta::seconds(1);
    let known_end = bounds.latest_end.or(bounds.earliest_end).and_then(|e| e.checked_sub_signed(second));
    let start = bounds
        .earliest_start
        .or_else(|| known_end.map(|e| e.date().and_time(NaiveTime::MIN)))
        .or(bounds.latest_start)?;
    let open = known_end.is_none() || time.granularity == Granularity::Open;
    let end = known_end.or_else(|| {
        let last = newest.map_or(start.date(), |day| day.max(start.date()));
        last.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN).checked_sub_signed(second)
    })?;
    let end = if end > start { end } else { start.checked_add_signed(second)? };
    Some(Civil { start, end, open })
}
