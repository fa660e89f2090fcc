//! Parts of the calendar and their arithmetic: no words, no context.
//!
//! Years are astronomical (0 is 1 BC) and stay within −9999..=9999; what would leave that range is `None`.

use super::Granularity;
use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Season,
    Half,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The unit that the word lists call so.
    pub fn from_name(name: &str) -> Option<Unit> {
        Some(match name {
            "second" => Unit::Second,
            "minute" => Unit::Minute,
            "hour" => Unit::Hour,
            "day" => Unit::Day,
            "weekend" => Unit::Weekend,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "season" => Unit::Season,
            "half" => Unit::Half,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            _ => return None,
        })
    }

    /// How many of which ISO 8601 designator a length of this unit has: a decade is ten years.
    pub fn length(self) -> (f64, &'static str, bool) {
        match self {
            Unit::Second => (1.0, "S", true),
            Unit::Minute => (1.0, "M", true),
            Unit::Hour => (1.0, "H", true),
            Unit::Day => (1.0, "D", false),
            Unit::Weekend => (1.0, "WE", false),
            Unit::Week => (1.0, "W", false),
            Unit::Month => (1.0, "M", false),
            Unit::Quarter => (1.0, "Q", false),
            Unit::Season => (3.0, "M", false),
            Unit::Half => (6.0, "M", false),
            Unit::Year => (1.0, "Y", false),
            Unit::Decade => (10.0, "Y", false),
            Unit::Century => (100.0, "Y", false),
        }
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    Daytime,
}

impl Part {
    /// The part that the word lists call so (TIMEX3 codes).
    pub fn from_name(name: &str) -> Option<Part> {
        Some(match name {
            "MO" => Part::Morning,
            "MI" => Part::Midday,
            "AF" => Part::Afternoon,
            "EV" => Part::Evening,
            "NI" => Part::Night,
            "DT" => Part::Daytime,
            _ => return None,
        })
    }

    /// TIMEX3 code.
    pub fn code(self) -> &'static str {
        match self {
            Part::Morning => "TMO",
            Part::Midday => "TMI",
            Part::Afternoon => "TAF",
            Part::Evening => "TEV",
            Part::Night => "TNI",
            Part::Daytime => "TDT",
        }
    }

    /// First and last hour, half-open; the night runs into the next day.
    fn hours(self) -> (i64, i64) {
        match self {
            Part::Morning => (5, 12),
            Part::Midday => (11, 14),
            Part::Afternoon => (12, 18),
            Part::Evening => (18, 24),
            Part::Night => (21, 30),
            Part::Daytime => (6, 20),
        }
    }
}

/// A part of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// Years `100 n ..= 100 n + 99`; before Christ the number of the first hundreds (`-6` is the 500s BC).
    Century(i32),
    /// Years `10 n ..= 10 n + 9`.
    Decade(i32),
    /// A year.
    Year(i32),
    /// Half of a year, 1 or 2.
    Half(i32, u32),
    /// Season of a year, 1 spring to 4 winter; winter begins in its year.
    Season(i32, u32),
    /// Quarter of a year, 1 to 4.
    Quarter(i32, u32),
    /// Month of a year, 1 to 12.
    Month(i32, u32),
    /// Week, by its Monday.
    Week(NaiveDate),
    /// Weekend, by its Saturday.
    Weekend(NaiveDate),
    /// A day.
    Day(NaiveDate),
    /// Part of a day.
    Part(NaiveDate, Part),
    /// Time of day, to the hour.
    Hour(NaiveDateTime),
    /// Time of day, to the minute.
    Minute(NaiveDateTime),
    /// Time of day, to the second.
    Second(NaiveDateTime),
}

/// A day of the calendar, within the years that the tool knows.
pub fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    if (-9999..=9999).contains(&year) { NaiveDate::from_ymd_opt(year, month, day) } else { None }
}

/// A day some days away.
pub fn add_days(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    let moved = if days >= 0 {
        date.checked_add_days(Days::new(days.unsigned_abs()))
    } else {
        date.checked_sub_days(Days::new(days.unsigned_abs()))
    }?;
    (-9999..=9999).contains(&moved.year()).then_some(moved)
}

/// The same day some months away, or the last of that month.
pub fn add_months(date: NaiveDate, months: i32) -> Option<NaiveDate> {
    let moved = if months >= 0 {
        date.checked_add_months(Months::new(months.unsigned_abs()))
    } else {
        date.checked_sub_months(Months::new(months.unsigned_abs()))
    }?;
    (-9999..=9999).contains(&moved.year()).then_some(moved)
}

/// Monday of the day's week.
pub fn monday(date: NaiveDate) -> NaiveDate {
    add_days(date, -i64::from(date.weekday().num_days_from_monday())).unwrap_or(date)
}

fn midnight(date: NaiveDate) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN)
}

fn season_start(year: i32, season: u32) -> Option<NaiveDate> {
    day(year, season * 3, 1)
}

impl Calendar {
    /// The part of the calendar of this unit that holds a moment.
    pub fn holding(at: NaiveDateTime, unit: Unit) -> Calendar {
        let date = at.date();
        let (year, month) = (date.year(), date.month());
        match unit {
            Unit::Second => Calendar::Second(at),
            Unit::Minute => Calendar::Minute(at),
            Unit::Hour => Calendar::Hour(at),
            Unit::Day => Calendar::Day(date),
            Unit::Weekend => Calendar::Weekend(add_days(monday(date), 5).unwrap_or(date)),
            Unit::Week => Calendar::Week(monday(date)),
            Unit::Month => Calendar::Month(year, month),
            Unit::Quarter => Calendar::Quarter(year, (month - 1) / 3 + 1),
            Unit::Season => match month {
                1 | 2 => Calendar::Season(year - 1, 4),
                m => Calendar::Season(year, m / 3),
            },
            Unit::Half => Calendar::Half(year, (month - 1) / 6 + 1),
            Unit::Year => Calendar::Year(year),
            Unit::Decade => Calendar::Decade(year.div_euclid(10)),
            Unit::Century => Calendar::Century(year.div_euclid(100)),
        }
    }

    /// Its unit; parts of a day count as days.
    pub fn unit(self) -> Unit {
        match self {
            Calendar::Century(_) => Unit::Century,
            Calendar::Decade(_) => Unit::Decade,
            Calendar::Year(_) => Unit::Year,
            Calendar::Half(..) => Unit::Half,
            Calendar::Season(..) => Unit::Season,
            Calendar::Quarter(..) => Unit::Quarter,
            Calendar::Month(..) => Unit::Month,
            Calendar::Week(_) => Unit::Week,
            Calendar::Weekend(_) => Unit::Weekend,
            Calendar::Day(_) | Calendar::Part(..) => Unit::Day,
            Calendar::Hour(_) => Unit::Hour,
            Calendar::Minute(_) => Unit::Minute,
            Calendar::Second(_) => Unit::Second,
        }
    }

    /// How finely it is known.
    pub fn granularity(self) -> Granularity {
        match self {
            Calendar::Century(_) => Granularity::Century,
            Calendar::Decade(_) => Granularity::Decade,
            Calendar::Year(_) => Granularity::Year,
            Calendar::Half(..) => Granularity::Half,
            Calendar::Season(..) => Granularity::Season,
            Calendar::Quarter(..) => Granularity::Quarter,
            Calendar::Month(..) => Granularity::Month,
            Calendar::Week(_) => Granularity::Week,
            Calendar::Weekend(_) => Granularity::Weekend,
            Calendar::Day(_) => Granularity::Day,
            Calendar::Part(..) => Granularity::PartOfDay,
            Calendar::Hour(_) => Granularity::Hour,
            Calendar::Minute(_) => Granularity::Minute,
            Calendar::Second(_) => Granularity::Second,
        }
    }

    /// True for what names a time within a day.
    pub fn is_time(self) -> bool {
        self.granularity() < Granularity::Day
    }

    /// The same unit, `n` units later.
    pub fn moved(self, n: i32) -> Option<Calendar> {
        let year = |y: i32| (-9999..=9999).contains(&y).then_some(y);
        let within = |y: i32, index: u32, per: i32| -> Option<(i32, u32)> {
            let count = y.checked_mul(per)?.checked_add(index as i32 - 1)?.checked_add(n)?;
            Some((year(count.div_euclid(per))?, count.rem_euclid(per) as u32 + 1))
        };
        let days = |date: NaiveDate, per: i64| add_days(date, i64::from(n) * per);
        let time = |at: NaiveDateTime, delta: Option<TimeDelta>| {
            at.checked_add_signed(delta?).filter(|t| (-9999..=9999).contains(&t.year()))
        };
        Some(match self {
            Calendar::Century(c) => Calendar::Century(c.checked_add(n).filter(|c| (-100..100).contains(c))?),
            Calendar::Decade(d) => Calendar::Decade(d.checked_add(n).filter(|d| (-1000..1000).contains(d))?),
            Calendar::Year(y) => Calendar::Year(year(y.checked_add(n)?)?),
            Calendar::Half(y, h) => within(y, h, 2).map(|(y, h)| Calendar::Half(y, h))?,
            Calendar::Season(y, s) => within(y, s, 4).map(|(y, s)| Calendar::Season(y, s))?,
            Calendar::Quarter(y, q) => within(y, q, 4).map(|(y, q)| Calendar::Quarter(y, q))?,
            Calendar::Month(y, m) => within(y, m, 12).map(|(y, m)| Calendar::Month(y, m))?,
            Calendar::Week(date) => Calendar::Week(days(date, 7)?),
            Calendar::Weekend(date) => Calendar::Weekend(days(date, 7)?),
            Calendar::Day(date) => Calendar::Day(days(date, 1)?),
            Calendar::Part(date, part) => Calendar::Part(days(date, 1)?, part),
            Calendar::Hour(at) => Calendar::Hour(time(at, TimeDelta::try_hours(n.into()))?),
            Calendar::Minute(at) => Calendar::Minute(time(at, TimeDelta::try_minutes(n.into()))?),
            Calendar::Second(at) => Calendar::Second(time(at, TimeDelta::try_seconds(n.into()))?),
        })
    }

    /// First instant.
    pub fn start(self) -> Option<NaiveDateTime> {
        let first = |y: i32, m: u32| day(y, m, 1).map(midnight);
        match self {
            Calendar::Century(c) => first(c.checked_mul(100)?, 1),
            Calendar::Decade(d) => first(d.checked_mul(10)?, 1),
            Calendar::Year(y) => first(y, 1),
            Calendar::Half(y, h) => first(y, h * 6 - 5),
            Calendar::Season(y, s) => season_start(y, s).map(midnight),
            Calendar::Quarter(y, q) => first(y, q * 3 - 2),
            Calendar::Month(y, m) => first(y, m),
            Calendar::Week(date) | Calendar::Weekend(date) | Calendar::Day(date) => Some(midnight(date)),
            Calendar::Part(date, part) => {
                midnight(date).checked_add_signed(TimeDelta::try_hours(part.hours().0)?)
            }
            Calendar::Hour(at) | Calendar::Minute(at) | Calendar::Second(at) => Some(at),
        }
    }

    /// First instant after it.
    pub fn end(self) -> Option<NaiveDateTime> {
        match self {
            Calendar::Weekend(date) => add_days(date, 2).map(midnight),
            Calendar::Part(date, part) => {
                midnight(date).checked_add_signed(TimeDelta::try_hours(part.hours().1)?)
            }
            // The last unit before the end of all years has no next one.
            _ => match self.moved(1) {
                Some(next) => next.start(),
                None => NaiveDate::from_ymd_opt(10_000, 1, 1).map(midnight),
            },
        }
    }

    /// TIMEX3 value.
    pub fn value(self) -> String {
        match self {
            Calendar::Century(c) if c < 0 => format!("BC{:02}", -1 - c),
            Calendar::Century(c) => format!("{c:02}XX"),
            Calendar::Decade(d) if d < 0 => format!("BC{:03}", -1 - d),
            Calendar::Decade(d) => format!("{d:03}X"),
            Calendar::Year(y) => year_value(y),
            Calendar::Half(y, h) => format!("{}-H{h}", year_value(y)),
            Calendar::Season(y, s) => {
                let name = match s {
                    1 => "SP",
                    2 => "SU",
                    3 => "FA",
                    _ => "WI",
                };
                format!("{}-{name}", year_value(y))
            }
            Calendar::Quarter(y, q) => format!("{}-Q{q}", year_value(y)),
            Calendar::Month(y, m) => format!("{}-{m:02}", year_value(y)),
            Calendar::Week(date) => {
                let week = date.iso_week();
                format!("{}-W{:02}", year_value(week.year()), week.week())
            }
            Calendar::Weekend(date) => {
                let week = date.iso_week();
                format!("{}-W{:02}-WE", year_value(week.year()), week.week())
            }
            Calendar::Day(date) => day_value(date),
            Calendar::Part(date, part) => format!("{}{}", day_value(date), part.code()),
            Calendar::Hour(at) => format!("{}T{}", day_value(at.date()), at.format("%H:%M")),
            Calendar::Minute(at) => format!("{}T{}", day_value(at.date()), at.format("%H:%M")),
            Calendar::Second(at) => format!("{}T{}", day_value(at.date()), at.format("%H:%M:%S")),
        }
    }

    /// The day that stands for it when something is counted from it.
    pub fn day(self) -> Option<NaiveDate> {
        self.start().map(|t| t.date())
    }

    /// The year that holds its start.
    pub fn year(self) -> Option<i32> {
        match self {
            Calendar::Century(_) | Calendar::Decade(_) => None,
            // The week names the year of its Thursday.
            Calendar::Week(date) => Some(date.iso_week().year()),
            other => other.day().map(|d| d.year()),
        }
    }
}

/// A year as TIMEX3 writes it: `2016`, `BC0331`.
pub fn year_value(year: i32) -> String {
    if year > 0 { format!("{year:04}") } else { format!("BC{:04}", 1 - year) }
}

fn day_value(date: NaiveDate) -> String {
    match (date.year(), date.month(), date.day()) {
        (year @ 1.., month, day) => format!("{year:04}-{month:02}-{day:02}"),
        (year, month, day) => format!("{}-{month:02}-{day:02}", year_value(year)),
    }
}

/// A day some units away, the day kept.
pub fn move_day(date: NaiveDate, n: i32, unit: Unit) -> Option<NaiveDate> {
    match unit {
        Unit::Week => add_days(date, i64::from(n) * 7),
        Unit::Month => add_months(date, n),
        Unit::Quarter => add_months(date, n.checked_mul(3)?),
        Unit::Year => add_months(date, n.checked_mul(12)?),
        Unit::Decade => add_months(date, n.checked_mul(120)?),
        _ => add_days(date, n.into()),
    }
}

/// The nth unit inside a part of the calendar, from its end when negative.
pub fn nth(part: Calendar, n: i32, unit: Unit) -> Option<Calendar> {
    let (start, end) = (part.start()?, part.end()?);
    if n > 0 {
        let mut first = Calendar::holding(start, unit);
        // A week belongs to the month that holds most of it.
        if unit == Unit::Week && start.weekday().number_from_monday() > 4 {
            first = first.moved(1)?;
        }
        first.moved(n - 1)
    } else {
        let last = end.checked_sub_signed(TimeDelta::nanoseconds(1))?;
        let mut found = Calendar::holding(last, unit);
        if unit == Unit::Week && last.weekday().number_from_monday() < 4 {
            found = found.moved(-1)?;
        }
        found.moved(n + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_bounds() {
        let date = day(2016, 12, 22).unwrap();
        let at = midnight(date);
        let check = |unit, value: &str, start: &str, end: &str| {
            let part = Calendar::holding(at, unit);
            assert_eq!(part.value(), value);
            assert_eq!(part.start().unwrap().date().to_string(), start);
            assert_eq!(part.end().unwrap().date().to_string(), end);
        };
        check(Unit::Day, "2016-12-22", "2016-12-22", "2016-12-23");
        check(Unit::Week, "2016-W51", "2016-12-19", "2016-12-26");
        check(Unit::Weekend, "2016-W51-WE", "2016-12-24", "2016-12-26");
        check(Unit::Month, "2016-12", "2016-12-01", "2017-01-01");
        check(Unit::Quarter, "2016-Q4", "2016-10-01", "2017-01-01");
        check(Unit::Season, "2016-WI", "2016-12-01", "2017-03-01");
        check(Unit::Half, "2016-H2", "2016-07-01", "2017-01-01");
        check(Unit::Decade, "201X", "2010-01-01", "2020-01-01");
        check(Unit::Century, "20XX", "2000-01-01", "2100-01-01");
    }

    #[test]
    fn nothing_overflows() {
        for n in [i32::MIN, -20_000, 0, 20_000, i32::MAX] {
            for year in [-9999, -1, 0, 9999] {
                let at = midnight(day(year, 12, 31).unwrap());
                for unit in [Unit::Second, Unit::Day, Unit::Week, Unit::Month, Unit::Year, Unit::Century] {
                    let part = Calendar::holding(at, unit);
                    let _ = (part.moved(n).map(Calendar::end), part.start(), part.end(), part.value());
                }
            }
        }
    }
}
