//! A headline that runs on into the text: "Local bakery robbed. A Leeds bakery was robbed on Monday."
//!
//! The words of headlines do without articles and auxiliaries; the sentences after it tell the same again.

use super::scene::{Scene, View};
use super::verb::Group;
use super::word::{Part, Tense};
use crate::lang::class;
use crate::text::SentenceKind;

/// Longest headline, in tokens.
const LONGEST: usize = 16;

/// Fewest sentences of a text with a headline.
const FEWEST: usize = 4;

/// How many sentences after it may tell the same again.
const BODY: usize = 2;

/// Shortest word by which they do, in bytes.
const WORD: usize = 4;

/// The first sentence of a text is a headline, though nothing parts it from the next one.
pub(super) fn runs_on(scene: &Scene<'_, '_>) -> bool {
    let views = &scene.views;
    let Some((first, second)) = views.first().zip(views.get(1)) else { return false };
    views.len() >= FEWEST
        && first.kind == SentenceKind::Prose
        && first.paragraph == second.paragraph
        && first.tokens.len() <= LONGEST
        && first.times.is_empty()
        && is_terse(scene, first)
        && is_told_again(scene, first)
}

/// No article, no dash, and no verb but in the present or one that may be a participle.
fn is_terse(scene: &Scene<'_, '_>, view: &View) -> bool {
    let plain =
        |i: usize| !scene.text.has(i, class::EVENT_ARTICLE) && !scene.text.is_mark(i, class::MARK_DASH);
    let terse = |g: &Group| {
        let alone = g.first == g.head && !g.perfect;
        let cut = matches!(scene.word(g.last + 1).part, Part::Preposition | Part::Mark | Part::Adverb);
        !g.is_finite() || alone && (g.tense == Tense::Present || g.tense == Tense::Past && cut)
    };
    view.tokens.clone().all(plain) && scene.groups_in(view.groups.clone()).all(|(_, g)| terse(g))
}

/// A word of some length comes again in the next sentences.
fn is_told_again(scene: &Scene<'_, '_>, view: &View) -> bool {
    let telling = |i: &usize| {
        matches!(scene.word(*i).part, Part::Noun | Part::Name | Part::Verb)
            && scene.text.str(*i).len() >= WORD
    };
    let body = scene.views.iter().skip(1).take(BODY);
    body.flat_map(|v| v.tokens.clone()).filter(telling).any(|i| {
        let own = |t: usize| scene.text.str(t).eq_ignore_ascii_case(scene.text.str(i));
        view.tokens.clone().filter(telling).any(own)
    })
}
