//! Numbers of a text, in digits or in words.
//!
//! The lists give number words their values (class `time.number`); hundred and thousand multiply what stands
//! before them. Words between parts of a number (class `time.number_joint`) are stepped over.

use super::{Kind, Text};
use crate::lang::class;

/// Most tokens of a number.
const LENGTH: usize = 8;

/// A number in words at token `at`: how many tokens, and its value.
pub fn words(text: &Text<'_>, at: usize, limit: usize) -> Option<(usize, f64)> {
    let (mut total, mut part) = (0.0, 0.0);
    let (mut i, mut end) = (at, at);
    let mut last = f64::INFINITY;
    while i < limit.min(at + LENGTH) {
        if i > at && text.has(i, class::TIME_NUMBER_JOINT) && end == i {
            i += 1;
            continue;
        }
        let Some(value) = text.value(i, class::TIME_NUMBER).and_then(|v| v.parse::<f64>().ok()) else {
            break;
        };
        if value >= 1000.0 {
            total += if part == 0.0 { value } else { part * value };
            part = 0.0;
            last = f64::INFINITY;
        } else if value == 100.0 {
            part = if part == 0.0 { 100.0 } else { part * 100.0 };
            last = 100.0;
        } else if value < last && (last >= 100.0 || (last >= 20.0 && value < 10.0) || last == f64::INFINITY) {
            part += value;
            last = value;
        } else {
            break;
        }
        i += 1;
        end = i;
    }
    (end > at).then_some((end - at, total + part))
}

/// A number in digits at token `at`, with a multiplier in words after it (« 3 mille »).
pub fn digits(text: &Text<'_>, at: usize, limit: usize) -> Option<(usize, f64)> {
    let token = text.tokens.get(at).filter(|t| t.kind == Kind::Number && at < limit)?;
    if token.span.len() > 15 {
        return None;
    }
    let value = text.number(at)?;
    Some((1, value))
}
