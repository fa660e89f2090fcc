//! How fast each stage is, in MB of text per second on one core, warm: `cargo bench`.
//!
//! The texts are the sample articles of the tests, each read again and again up to a megabyte per language, or
//! the articles of the files that are given: `cargo bench -- news.jsonl`. Each figure is that of the stage
//! alone, on what the stages before it made; those with a plus begin at the bare text. What counts is the time
//! of the processor where the system tells it, so that other programs disturb little.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

use dateline::article::Article;
use dateline::document::{self, Resources};
use dateline::lang::Lang;
use dateline::read::{self, Source};
use dateline::text::Text;
use dateline::text::detect::{Detected, detect};
use dateline::{event, place, tag, time};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Bytes of text that are read.
const SIZE: usize = 1_000_000;
/// Times that a stage runs; the best one counts.
const RUNS: usize = 5;

/// The articles of some files.
fn articles(files: &[PathBuf]) -> Vec<Article> {
    let read = files.iter().flat_map(|file| read::articles(&Source::file(file), &read::Options::default()));
    read.map(|incoming| incoming.unwrap().article).collect()
}

/// The sample articles of a language.
fn samples(lang: Lang) -> Vec<Article> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles").join(lang.code());
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|file| file.extension().is_none_or(|e| e != "expected"));
    files.sort();
    articles(&files)
}

/// The language of an article, as declared or as detected.
fn language(article: &Article) -> Option<Lang> {
    match (article.lang.as_deref(), detect(&article.text)) {
        (Some(code), _) => Lang::from_code(code),
        (None, Detected::Known(lang)) => Some(lang),
        _ => None,
    }
}

/// Seconds of processor time that this thread has used, or seconds by the clock.
fn seconds(since: Instant) -> f64 {
    let used = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = used.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| since.elapsed().as_secs_f64(), |n| n / 1e9)
}

/// Runs a stage on all texts some times and prints its best speed.
fn measure<T, R>(name: &str, lang: Lang, bytes: usize, texts: &[T], mut stage: impl FnMut(&T) -> R) {
    let begin = Instant::now();
    let best = (0..RUNS)
        .map(|_| {
            let start = seconds(begin);
            for text in texts {
                std::hint::black_box(stage(text));
            }
            seconds(begin) - start
        })
        .fold(f64::INFINITY, f64::min);
    println!("{name:24} {} {:8.1} MB/s", lang.code(), bytes as f64 / 1e6 / best);
}

fn stages(lang: Lang, articles: &[Article]) {
    let whole: usize = articles.iter().map(|a| a.text.len()).sum();
    if whole == 0 {
        return;
    }
    let articles: Vec<&Article> =
        articles.iter().cycle().take(articles.len() * (SIZE / whole).max(1)).collect();
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    let resources = Resources::default();
    let context = place::Context::default();
    let day = |article: &Article| article.published.map(|p| p.date);

    measure("text", lang, bytes, &articles, |a| Text::new(&a.text, lang).tokens.len());
    let texts: Vec<_> = articles.iter().map(|a| (day(a), Text::new(&a.text, lang))).collect();
    measure("times", lang, bytes, &texts, |(day, text)| time::find(text, None, *day));
    measure("text + times", lang, bytes, &articles, |a| time::find(&Text::new(&a.text, lang), None, day(a)));
    measure("tags", lang, bytes, &texts, |(_, text)| tag::read(text).is_some());
    let tagged: Vec<_> = texts.iter().map(|(day, text)| (day, text, tag::read(text))).collect();
    measure("times, with tags", lang, bytes, &tagged, |(day, text, tags)| {
        time::find(text, tags.as_ref(), **day)
    });
    measure("places, with tags", lang, bytes, &tagged, |(_, text, tags)| {
        place::find(text, tags.as_ref(), &resources.gazetteer, &context)
    });
    let found: Vec<_> = tagged
        .iter()
        .map(|(day, text, tags)| {
            let times = time::find(text, tags.as_ref(), **day);
            let places = place::find(text, tags.as_ref(), &resources.gazetteer, &context);
            (day, text, tags, times, places)
        })
        .collect();
    measure("happenings", lang, bytes, &found, |(day, text, tags, times, places)| {
        event::find(text, tags.as_ref(), times, places, ***day)
    });
    measure("text + all, to records", lang, bytes, &articles, |a| document::read(a, &resources));
}

fn main() {
    let files: Vec<PathBuf> =
        std::env::args().skip(1).filter(|a| !a.starts_with("--")).map(PathBuf::from).collect();
    let given = articles(&files);
    for lang in Lang::all() {
        let mut own: Vec<Article> = given.iter().filter(|a| language(a) == Some(lang)).cloned().collect();
        if files.is_empty() {
            own = samples(lang);
        }
        stages(lang, &own);
    }
}
