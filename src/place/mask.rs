//! Marks the words of names that hold a place and are none: papers, treaties, clubs.

use super::cue;
use crate::lang::{WordId, class};
use crate::text::{Kind, Text};
use std::ops::Range;

/// Ranges of tokens that name something else, in order.
pub(super) fn masks(text: &Text<'_>) -> Vec<Range<usize>> {
    let mut masks = Vec::new();
    let mut i = 0;
    while i < text.tokens.len() {
        let Some(token) = text.tokens.get(i) else { break };
        let named = token.kind == Kind::Word
            && token.word != WordId::NONE
            && text.phrase(i, class::PLACE_OTHER_NAME).is_some_and(|(len, _)| {
                let capital = (i..i + len).any(|n| text.tokens.get(n).is_some_and(|t| t.capital()));
                if capital {
                    masks.push(i..i + len);
                }
                capital
            });
        if named {
            i = masks.last().map_or(i + 1, |m| m.end.max(i + 1));
            continue;
        }
        if let Some(end) = headed(text, i) {
            masks.push(i..end);
            i = end;
            continue;
        }
        i += 1;
    }
    masks
}

/// « l'accord de Paris », "the Treaty of Rome": the head, a link, and the capital words that follow.
fn headed(text: &Text<'_>, i: usize) -> Option<usize> {
    let (len, _) = text.phrase(i, class::PLACE_OTHER_HEAD)?;
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
