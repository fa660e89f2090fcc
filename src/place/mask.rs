//! Marks the words of names that hold a place and are none: papers, treaties, clubs.

use super::cue;
use crate::lang::class;
use crate::text::{Kind, Text};
use std::ops::Range;

/// Ranges of tokens that name something else, in order.
pub(super) fn masks(text: &Text<'_>, marks: &[usize]) -> Vec<Range<usize>> {
    let mut masks: Vec<Range<usize>> = Vec::new();
    let mut next = 0;
    for &i in marks {
        if i < next {
            continue;
        }
        // "the Bank of Leeds" is more than "the Bank".
        if let Some(end) = headed(text, i).or_else(|| named(text, i)) {
            masks.push(i..end);
            next = end;
        }
    }
    masks
}

/// A listed name with a capital.
fn named(text: &Text<'_>, i: usize) -> Option<usize> {
    let (len, _) = text.phrase(i, class::PLACE_OTHER_NAME)?;
    let word = text.tokens.get(i).is_some_and(|t| t.kind == Kind::Word);
    let capital = (i..i + len).any(|n| text.tokens.get(n).is_some_and(|t| t.capital()));
    (word && capital).then_some(i + len)
}

/// « l'accord de Paris », "the Treaty of Rome": the head, a link, and the capital words that follow.
fn headed(text: &Text<'_>, i: usize) -> Option<usize> {
    let (len, value) = text.phrase(i, class::PLACE_OTHER_HEAD)?;
    // « le Courrier de Genève » is a paper, « le courrier de Genève » is mail.
    if value == "capital" && !text.tokens.get(i).is_some_and(|t| t.capital()) {
        return None;
    }
    let mut at = i + len;
    let linked = cue::means(text, at - 1, class::PLACE_LINK, "of");
    if cue::means(text, at, class::PLACE_LINK, "of") {
        at += 1;
    } else if !linked {
        return None;
    }
    // « un accord de la Syrie avec » is none: the name stands bare.
    let capital = |n: usize| text.tokens.get(n).is_some_and(|t| t.kind == Kind::Word && t.capital());
    if !capital(at) {
        return None;
    }
    while capital(at) {
        at += 1;
    }
    Some(at)
}

/// True when a mask covers all of `tokens`.
pub(super) fn covers(masks: &[Range<usize>], tokens: &Range<usize>) -> bool {
    let after = masks.partition_point(|m| m.end <= tokens.start);
    masks.get(after).is_some_and(|m| m.start <= tokens.start && tokens.end <= m.end)
}
