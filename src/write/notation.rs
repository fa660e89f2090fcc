//! Numbers and times as text, the same in every format, and fast: tables and layers are made of little else.

use super::schema::Value;
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

/// Where text goes.
pub(super) trait Text {
    /// Appends.
    fn put(&mut self, text: &str);
}

impl Text for String {
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}

impl Text for Vec<u8> {
    fn put(&mut self, text: &str) {
        self.extend_from_slice(text.as_bytes());
    }
}

/// A value as plain text; nothing when it is missing.
pub(super) fn value(value: &Value, out: &mut impl Text) {
    match value {
        Value::Missing => {}
        Value::Text(text) => out.put(text),
        Value::Word(word) => out.put(word),
        Value::Integer(n) => integer(*n, out),
        Value::Number(n) => number(*n, out),
        Value::Instant(time) => instant(*time, out),
        Value::Day(date) => day(*date, out),
    }
}

/// `YYYY-MM-DDTHH:MM:SS`, for the years 0 to 9999.
pub(super) fn instant(time: NaiveDateTime, out: &mut impl Text) {
    day(time.date(), out);
    let mut text = *b"T00:00:00";
    pair(time.hour(), &mut text, 1);
    pair(time.minute(), &mut text, 4);
    pair(time.second(), &mut text, 7);
    put(&text, out);
}

/// `YYYY-MM-DD`, for the years 0 to 9999.
pub(super) fn day(date: NaiveDate, out: &mut impl Text) {
    let year = u32::try_from(date.year()).unwrap_or_default();
    let mut text = *b"0000-00-00";
    pair(year / 100, &mut text, 0);
    pair(year % 100, &mut text, 2);
    pair(date.month(), &mut text, 5);
    pair(date.day(), &mut text, 8);
    put(&text, out);
}

/// A whole number.
pub(super) fn integer(n: i64, out: &mut impl Text) {
    digits(n < 0, n.unsigned_abs(), 0, out);
}

/// Numbers below this have their decimals told apart by a double.
const EXACT: f64 = 1e9;

/// The shortest form that reads back the same; whole numbers without a point.
pub(super) fn number(value: f64, out: &mut impl Text) {
    let scaled = (value * 1e5).round();
    if value.abs() < EXACT && scaled / 1e5 == value {
        // Below the limit, so that it fits.
        digits(scaled < 0.0, scaled.abs() as u64, 5, out);
    } else {
        out.put(&value.to_string());
    }
}

/// Digits with a point before the last `decimals`; zeros at the end of the decimals are left out.
fn digits(negative: bool, mut rest: u64, mut decimals: u32, out: &mut impl Text) {
    while decimals > 0 && rest.is_multiple_of(10) {
        rest /= 10;
        decimals -= 1;
    }
    let mut text = [b'0'; 24];
    let mut at = text.len();
    let mut written = 0;
    // A zero stands before the point even when nothing else does.
    while rest > 0 || written <= decimals {
        if written == decimals && decimals > 0 {
            at -= 1;
            set(&mut text, at, b'.');
        }
        at -= 1;
        set(&mut text, at, b'0' + (rest % 10) as u8);
        rest /= 10;
        written += 1;
    }
    if negative {
        at -= 1;
        set(&mut text, at, b'-');
    }
    put(text.get(at..).unwrap_or_default(), out);
}

/// Two digits.
fn pair(n: u32, text: &mut [u8], at: usize) {
    set(text, at, b'0' + (n / 10 % 10) as u8);
    set(text, at + 1, b'0' + (n % 10) as u8);
}

fn set(text: &mut [u8], at: usize, byte: u8) {
    if let Some(place) = text.get_mut(at) {
        *place = byte;
    }
}

fn put(ascii: &[u8], out: &mut impl Text) {
    out.put(std::str::from_utf8(ascii).unwrap_or_default());
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_the_standard_library_writes_them() {
        let mut numbers = vec![
            0.0,
            1.0,
            -1.0,
            0.5,
            -0.00001,
            0.1,
            100.0,
            37.15783,
            -179.99999,
            1e15,
            1e-7,
            123456789.12345,
            1e21,
            999999999.99999,
            34000.0,
            1.0 / 3.0,
            0.333,
            f64::MAX,
        ];
        numbers.extend((0..20_000).map(|n| f64::from(n * 7919 - 70_000_000) / 1e5));
        for n in numbers {
            let mut text = String::new();
            number(n, &mut text);
            assert_eq!(text, n.to_string());
        }
        for n in [0, 7, -7, i64::MAX, i64::MIN, 1000] {
            let mut text = String::new();
            integer(n, &mut text);
            assert_eq!(text, n.to_string());
        }
    }

    #[test]
    fn times_have_four_digits_of_year() {
        for (year, month) in [(1, 2), (987, 12), (2016, 12), (9999, 1)] {
            let time = NaiveDate::from_ymd_opt(year, month, 3).unwrap().and_hms_opt(4, 56, 7).unwrap();
            let mut text = String::new();
            instant(time, &mut text);
            assert_eq!(text, time.format("%Y-%m-%dT%H:%M:%S").to_string());
        }
    }
}
