//! TIMEX3 values of what has no place in the calendar: lengths, recurrences, and moments left unresolved.

use super::calendar::{Part, Unit};
use super::meaning::{Length, Moment, Recurring, Vague};

/// `P2W`, `PT30M`, `PXD`.
pub fn length(length: &Length) -> String {
    let (_, code, time) = length.unit.length();
    let count = match length.count {
        Some(n) => number(n),
        None => "X".to_string(),
    };
    // A decade or century without a count is that many years.
    let count = match (length.count, length.unit) {
        (None, Unit::Decade | Unit::Century) => "XX".to_string(),
        _ => count,
    };
    format!("P{}{count}{code}", if time { "T" } else { "" })
}

fn number(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 1e15 { format!("{}", n as i64) } else { format!("{n}") }
}

/// The value of a recurrence.
pub fn recurring(recurring: &Recurring) -> String {
    match recurring {
        Recurring::Every(n, unit) => length(&Length { count: Some(*n), unit: *unit, modifier: None }),
        Recurring::Each(moment) => self::moment(moment),
    }
}

/// TIMEX3's names for no particular time.
pub fn vague(vague: Vague) -> String {
    match vague {
        Vague::Present => "PRESENT_REF",
        Vague::Past => "PAST_REF",
        Vague::Future => "FUTURE_REF",
    }
    .to_string()
}

/// A moment with `X` for what is open.
pub fn moment(m: &Moment) -> String {
    let year = match m.year {
        Some(year) if !m.short_year => {
            super::calendar::year_value(if m.before_christ { 1 - year } else { year })
        }
        Some(year) => format!("XX{year:02}"),
        None => "XXXX".to_string(),
    };
    let mut value = year.clone();
    let unit = m.shift.map(|(_, unit)| unit);
    if let Some(decade) = m.decade {
        return if decade < 10 { format!("XX{decade}X") } else { format!("{decade:03}X") };
    }
    if let Some(season) = m.season {
        let name = match season {
            1 => "SP",
            2 => "SU",
            3 => "FA",
            _ => "WI",
        };
        value = format!("{year}-{name}");
    } else if let Some(quarter) = m.quarter {
        value = format!("{year}-Q{quarter}");
    } else if let Some(half) = m.half {
        value = format!("{year}-H{half}");
    } else if let Some(month) = m.month {
        value = match m.day {
            Some(day) => format!("{year}-{month:02}-{day:02}"),
            None => format!("{year}-{month:02}"),
        };
    } else if let Some(weekday) = m.weekday {
        value = format!("{year}-WXX-{weekday}");
    } else if m.weekend {
        value = format!("{year}-WXX-WE");
    } else if let Some(day) = m.day {
        value = format!("{year}-XX-{day:02}");
    } else if m.feast.is_some() || matches!(unit, Some(Unit::Day)) {
        value = format!("{year}-XX-XX");
    } else if matches!(unit, Some(Unit::Week)) {
        value = format!("{year}-WXX");
    } else if matches!(unit, Some(Unit::Weekend)) {
        value = format!("{year}-WXX-WE");
    } else if matches!(unit, Some(Unit::Month)) {
        value = format!("{year}-XX");
    } else if matches!(unit, Some(Unit::Quarter)) {
        value = format!("{year}-QX");
    }
    let within = within_day(m);
    if !within.is_empty() {
        if value == "XXXX" {
            value = "XXXX-XX-XX".to_string();
        }
        value.push_str(&within);
    }
    value
}

fn within_day(m: &Moment) -> String {
    match (m.hour, m.part) {
        (Some(hour), part) => {
            let late = matches!(part, Some(Part::Afternoon | Part::Evening)) && (1..12).contains(&hour);
            let hour = if late { hour + 12 } else { hour };
            let seconds = m.second.map(|s| format!(":{s:02}")).unwrap_or_default();
            format!("T{hour:02}:{:02}{seconds}", m.minute.unwrap_or(0))
        }
        (None, Some(part)) => part.code().to_string(),
        (None, None) => String::new(),
    }
}
