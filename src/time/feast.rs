//! Named days: the day of a feast in a year.
//!
//! A list gives a feast as `MM-DD`, `easter+N` (days from Western Easter), `orthodox+N`, `nth-MM-W-N` (the Nth
//! weekday W of the month, from the end when negative), `mother-fr` (French Mother's Day), or by another
//! calendar: `islamic-M-D`, `hebrew-M-D`, `chinese-M-D`; or `since-YYYY-MM-DD`, a day that has been known by its
//! month and day alone since that year. Lunar feasts depend on the sighting of the moon or on
//! the evening before: they are right to one day.

use super::calendar::{add_days, day};
use chrono::{Datelike, NaiveDate};
use icu_calendar::cal::{ChineseTraditional, Hebrew, Hijri};
use icu_calendar::{Date, Iso};

/// True when the day is known to one day only.
pub fn is_lunar(feast: &str) -> bool {
    feast.starts_with("islamic") || feast.starts_with("hebrew") || feast.starts_with("chinese")
}

/// The day of `feast` in the (Gregorian) year; the first one when there are two.
pub fn day_in(feast: &str, year: i32) -> Option<NaiveDate> {
    let signed = |rest: &str| rest.parse::<i64>().ok();
    if let Some(days) = feast.strip_prefix("easter").and_then(signed) {
        return add_days(easter(year)?, days);
    }
    if let Some(days) = feast.strip_prefix("orthodox").and_then(signed) {
        return add_days(orthodox_easter(year)?, days);
    }
    if let Some(rest) = feast.strip_prefix("nth-") {
        let mut parts = rest.splitn(3, '-');
        let (month, weekday, n) = (parts.next()?, parts.next()?, parts.next()?);
        return nth_weekday(year, month.parse().ok()?, weekday.parse().ok()?, n.parse().ok()?);
    }
    if let Some(known) = feast.strip_prefix("since-") {
        let known: NaiveDate = known.parse().ok()?;
        return if year < known.year() { day(year, known.month(), known.day()) } else { Some(known) };
    }
    if feast == "mother-fr" {
        // The last Sunday of May, or the first of June when that is Whit Sunday.
        let last = nth_weekday(year, 5, 7, -1)?;
        return if Some(last) == add_days(easter(year)?, 49) { add_days(last, 7) } else { Some(last) };
    }
    let mut parts = feast.splitn(3, '-');
    let (first, second) = (parts.next()?, parts.next()?);
    match parts.next() {
        None => day(year, first.parse().ok()?, second.parse().ok()?),
        Some(third) => lunar(first, second.parse().ok()?, third.parse().ok()?, year),
    }
}

/// Western Easter, by the anonymous Gregorian computus; the Julian years before 1583 are reckoned alike.
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let g = (8 * b + 13).div_euclid(25);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 19 * l).div_euclid(433);
    let n = h + l - 7 * m;
    day(year, ((n + 90) / 25) as u32, ((n + (n + 90) / 25 + 19) % 32) as u32)
}

/// Orthodox Easter, by Meeus's Julian algorithm, in the Gregorian calendar.
fn orthodox_easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year.rem_euclid(4), year.rem_euclid(7), year.rem_euclid(19));
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    let julian = day(year, (n / 31) as u32, (n % 31 + 1) as u32)?;
    add_days(julian, i64::from(year.div_euclid(100) - year.div_euclid(400) - 2))
}

/// The nth weekday (Monday 1) of a month, from its end when negative.
pub fn nth_weekday(year: i32, month: u32, weekday: u32, n: i64) -> Option<NaiveDate> {
    if n > 0 {
        let first = day(year, month, 1)?;
        let ahead = (i64::from(weekday) - i64::from(first.weekday().number_from_monday())).rem_euclid(7);
        add_days(first, ahead + 7 * (n - 1)).filter(|d| d.month() == month)
    } else {
        let next = if month == 12 { day(year.checked_add(1)?, 1, 1)? } else { day(year, month + 1, 1)? };
        let last = add_days(next, -1)?;
        let back = (i64::from(last.weekday().number_from_monday()) - i64::from(weekday)).rem_euclid(7);
        add_days(last, -back + 7 * (n + 1)).filter(|d| d.month() == month)
    }
}

/// The first day of the year on which another calendar shows this month and day.
fn lunar(calendar: &str, month: u8, of_month: u8, year: i32) -> Option<NaiveDate> {
    if !(1600..=2300).contains(&year) {
        return None;
    }
    let shows = |date: NaiveDate| -> Option<bool> {
        let iso = Date::try_new_iso(date.year(), date.month() as u8, date.day() as u8).ok()?;
        Some(shown(calendar, iso)? == (month, of_month))
    };
    let mut at = day(year, 1, 1)?;
    while at.year() == year {
        if shows(at)? {
            return Some(at);
        }
        at = add_days(at, 1)?;
    }
    None
}

/// Month (by its number in a common year; a leap month is none) and day in another calendar.
fn shown(calendar: &str, iso: Date<Iso>) -> Option<(u8, u8)> {
    let pair = |month: icu_calendar::types::MonthInfo, day: u8| {
        let month = if month.to_input().is_leap() { 0 } else { month.number() };
        (month, day)
    };
    match calendar {
        "islamic" => {
            let date = iso.to_calendar(Hijri::new_umm_al_qura());
            Some(pair(date.month(), date.day_of_month().0))
        }
        "hebrew" => {
            let date = iso.to_calendar(Hebrew::new());
            Some(pair(date.month(), date.day_of_month().0))
        }
        "chinese" => {
            let date = iso.to_calendar(ChineseTraditional::new());
            Some(pair(date.month(), date.day_of_month().0))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        for (feast, year, wanted) in [
            ("easter+0", 2016, "2016-03-27"),
            ("easter+0", 2024, "2024-03-31"),
            ("easter+1", 2011, "2011-04-25"),
            ("easter+0", 1999, "1999-04-04"),
            ("orthodox+0", 2016, "2016-05-01"),
            ("orthodox+0", 2024, "2024-05-05"),
            ("nth-11-4-4", 2018, "2018-11-22"),
            ("nth-05-1--1", 2021, "2021-05-31"),
            ("mother-fr", 2023, "2023-06-04"),
            ("mother-fr", 2024, "2024-05-26"),
            ("12-25", 2016, "2016-12-25"),
            ("islamic-9-1", 2023, "2023-03-23"),
            ("islamic-10-1", 2019, "2019-06-04"),
            ("hebrew-7-15", 2017, "2017-04-11"),
            ("chinese-1-1", 2020, "2020-01-25"),
        ] {
            assert_eq!(day_in(feast, year).map(|d| d.to_string()).as_deref(), Some(wanted), "{feast} {year}");
        }
    }
}
