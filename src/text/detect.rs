//! Which language an article is in, when nobody says so.

use crate::lang::{Lang, setting};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detected {
    /// A language the tool reads.
    Known(Lang),
    /// Surely another language: its ISO 639-3 code.
    Other(&'static str),
    /// Too little text to tell.
    Unsure,
}

/// Bytes that are looked at: more changes nothing.
const SAMPLE: usize = 4000;

/// The language of `source`, judged on its beginning.
pub fn detect(source: &str) -> Detected {
    let mut end = source.len().min(SAMPLE);
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    let Some(info) = whatlang::detect(source.get(..end).unwrap_or_default()) else { return Detected::Unsure };
    let code = info.lang().code();
    let known = Lang::all().find(|l| l.setting(setting::ISO639_3) == Some(code));
    match known {
        Some(lang) => Detected::Known(lang),
        None if info.is_reliable() => Detected::Other(code),
        None => Detected::Unsure,
    }
}
