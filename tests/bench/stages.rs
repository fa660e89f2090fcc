//! How fast each stage is, in MB of text per second on one core: `cargo bench`.
//!
//! The text is the sample articles of the tests, repeated up to a megabyte per language, warm.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

use chrono::NaiveDate;
use dateline::lang::Lang;
use dateline::tag;
use dateline::text::Text;
use dateline::time;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

/// Bytes of text that are read.
const SIZE: usize = 1_000_000;

/// The sample texts of a language, repeated.
fn sample(lang: Lang) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/articles").join(lang.code());
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let texts = files.iter().filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "md"));
    let one: String = texts.map(|p| fs::read_to_string(p).unwrap() + "\n\n").collect();
    one.repeat(SIZE / one.len().max(1) + 1)
}

/// Runs a stage some times and prints its best speed.
fn measure<T>(name: &str, lang: Lang, bytes: usize, mut stage: impl FnMut() -> T) {
    let best = (0..5)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(stage());
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min);
    println!("{name:12} {} {:8.1} MB/s", lang.code(), bytes as f64 / 1e6 / best);
}

fn main() {
    let published: NaiveDate = "2016-12-22".parse().unwrap();
    for lang in Lang::all() {
        let source = sample(lang);
        let bytes = source.len();
        measure("text", lang, bytes, || Text::new(&source, lang));
        let text = Text::new(&source, lang);
        measure("time", lang, bytes, || time::find(&text, None, Some(published)));
        measure("text+time", lang, bytes, || {
            let text = Text::new(&source, lang);
            time::find(&text, None, Some(published)).len()
        });
        measure("tag", lang, bytes, || tag::read(&text).is_some());
        let reading = tag::read(&text);
        measure("time+tag", lang, bytes, || time::find(&text, reading.as_ref(), Some(published)).len());
    }
}
