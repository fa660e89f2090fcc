//! Cutting a text and finding its times costs time in proportion to its length, whatever the text is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use chrono::NaiveDate;
use dateline::lang::Lang;
use dateline::text::Text;
use dateline::time;
use std::time::Instant;

/// Pieces that a text is made of, again and again: one endless line each.
const PIECES: &[&str] = &[
    "le pont de la ville ",
    "the bridge of the city ",
    "1",
    "12 ",
    "1 000 ",
    "1.",
    "12:30:",
    "a.",
    "l'",
    "a-",
    "mars-",
    "(",
    "\"",
    "» ",
    "lundi ",
    "du 5 au ",
    "from May to ",
    "de la fin de ",
    "the end of the ",
    "2016-",
    "deux ",
    "one hundred ",
    "e\u{301}",
    "\u{200b}",
    ".",
    "\n",
];
/// Bytes of the shorter text; the longer one has as many times more.
const SIZE: usize = 30_000;
const TIMES: usize = 4;
/// Longest that the longer text may take, in times of the shorter one: proportion would be 4, squares 16.
const MOST: f64 = 9.0;

/// Seconds by the clock, the best of some runs: each is so short that hardly any is interrupted.
fn cost(source: &str, lang: Lang) -> f64 {
    let published: NaiveDate = "2016-12-22".parse().unwrap();
    let run = |_| {
        let start = Instant::now();
        let text = Text::new(source, lang);
        std::hint::black_box(time::find(&text, None, Some(published)));
        start.elapsed().as_secs_f64()
    };
    (0..5).map(run).fold(f64::INFINITY, f64::min)
}

#[test]
fn long_lines_cost_what_they_are_long() {
    for lang in Lang::all() {
        for piece in PIECES {
            let short = piece.repeat(SIZE / piece.len());
            let long = piece.repeat(SIZE / piece.len() * TIMES);
            // Both are measured anew when they look wrong: other programs disturb.
            let ratio = || cost(&long, lang) / (cost(&short, lang) + 0.0002);
            let best = (0..4).map(|_| ratio()).find(|r| *r < MOST);
            assert!(best.is_some(), "{} {piece:?}: {:.1} times the cost", lang.code(), ratio());
        }
    }
}
