//! Whether there is such a day or clock: « 31 février » and « 25 h » have the form of a time and name none.

use super::calendar;
use super::meaning::{Meaning, Moment};

/// The clock, unless no day has it.
pub fn clock(moment: Moment) -> Meaning {
    let hour = moment.hour.unwrap_or(0);
    let late = moment.minute.unwrap_or(0) > 59 || moment.second.unwrap_or(0) > 59;
    let past_midnight = hour == 24 && moment.minute.unwrap_or(0) > 0;
    if hour > 24 || late || past_midnight { Meaning::Impossible } else { Meaning::Moment(moment) }
}

/// The moment, unless its day does not exist in any year it can be in.
pub fn day(moment: Moment) -> Meaning {
    match (moment.day, moment.month) {
        (Some(day), Some(month)) => {
            let year = match moment.year {
                Some(year) if !moment.short_year && !moment.before_christ => year,
                _ => 2000,
            };
            if calendar::day(year, month, day).is_some() {
                Meaning::Moment(moment)
            } else {
                Meaning::Impossible
            }
        }
        _ => Meaning::Moment(moment),
    }
}
