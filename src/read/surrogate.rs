//! JSON with halves of characters in it, as some programs write what they cut: each half is read as U+FFFD.
//!
//! JSON escapes a character beyond the first plane as two surrogates; one without the other is no character, and
//! strict readers refuse the whole record for it.

use serde_json::Value;

/// The length of an escape, `\ud800`.
const ESCAPE: usize = 6;

/// The value, and whether halves were replaced in it.
pub(super) fn parse(text: &str) -> serde_json::Result<(Value, bool)> {
    match serde_json::from_str(text) {
        Ok(value) => Ok((value, false)),
        Err(error) => match mended(text).map(|text| serde_json::from_str(&text)) {
            Some(Ok(value)) => Ok((value, true)),
            _ => Err(error),
        },
    }
}

/// The text with every lone surrogate replaced; nothing when there is none.
fn mended(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let taken = match unit(escape) {
            Some(0xd800..=0xdbff) if matches!(escape.get(ESCAPE..).and_then(unit), Some(0xdc00..=0xdfff)) => {
                2 * ESCAPE
            }
            Some(0xd800..=0xdfff) => {
                found = true;
                out.push(char::REPLACEMENT_CHARACTER);
                rest = escape.get(ESCAPE..)?;
                continue;
            }
            // The backslash and what it escapes, which may be another backslash.
            _ => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        let (kept, after) = escape.split_at_checked(taken)?;
        out.push_str(kept);
        rest = after;
    }
    out.push_str(rest);
    found.then_some(out)
}

/// The number of the escape that a text begins with.
fn unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_replaced_and_pairs_stay() {
        for (json, wanted) in [
            (r#""a \ud800 b""#, "a \u{fffd} b"),
            (r#""\udfff\ud83d\ude00\ud800""#, "\u{fffd}\u{1f600}\u{fffd}"),
            (r#""\\ud800 \ud800""#, "\\ud800 \u{fffd}"),
            (r#""\ud800\ud83d\ude00""#, "\u{fffd}\u{1f600}"),
            (r#""\ud800\u0041\n""#, "\u{fffd}A\n"),
        ] {
            assert_eq!(parse(json).unwrap(), (Value::from(wanted), true), "{json}");
        }
        assert_eq!(parse(r#""\ud83d\ude00""#).unwrap(), (Value::from("\u{1f600}"), false));
        for broken in [r#""\ud8"#, r#""\ud800"#, r#"{"a":"\ud800""#, "\"\\", r#""\u12é4""#] {
            assert!(parse(broken).is_err(), "{broken}");
        }
    }
}
