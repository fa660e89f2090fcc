//! How fast layers and tables are written, in MB per second of one core, beside ogr2ogr where it is installed:
//! `cargo bench --bench write`.
//!
//! The rows are those of the sample articles, repeated. Everything is written to memory; ogr2ogr, which has no
//! such thing, writes to a file of the temporary folder, and its time includes the reading of the layer, so a
//! run that only reads is taken off.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::disallowed_methods)]

use dateline::article::{Article, Published, PublishedSource};
use dateline::document::{self, Resources};
use dateline::write::{self, Format, Row, Run, Selection};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const ROWS: usize = 100_000;

/// The rows of the sample articles, as often as it takes.
fn rows() -> Vec<Row> {
    let mut found = Vec::new();
    let resources = Resources::default();
    for lang in ["en", "fr"] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/articles").join(lang);
        let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "md")) {
            let text = fs::read_to_string(file).unwrap();
            let mut article = Article::new(file.file_name().unwrap().to_string_lossy().into_owned(), text);
            article.lang = Some(lang.to_owned());
            article.published = Some(Published {
                date: "2016-12-22".parse().unwrap(),
                time: None,
                offset: None,
                source: PublishedSource::Option,
            });
            found.extend(write::rows(&document::read(&article, &resources), &Selection::default()).dated);
        }
    }
    let mut rows: Vec<Row> = found.iter().cycle().take(ROWS).cloned().collect();
    write::sort(&mut rows);
    rows
}

fn write(format: Format, rows: &[Row], out: &mut Vec<u8>) {
    let mut writer = format.writer(out);
    writer.begin(&Run::default()).unwrap();
    rows.iter().for_each(|row| writer.row(row).unwrap());
    writer.end().unwrap();
}

/// Seconds of processor time of this thread and of finished children; seconds of the clock where the system
/// does not tell, which a busy machine makes longer.
fn clock(since: Instant) -> f64 {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let own = read("/proc/thread-self/schedstat").split(' ').next().and_then(|n| n.parse::<f64>().ok());
    let stat = read("/proc/self/stat");
    // After the name in parentheses; hundredths of seconds.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let children = |at: usize| fields.get(at).and_then(|n| n.parse::<f64>().ok()).unwrap_or_default() / 100.0;
    own.map_or_else(|| since.elapsed().as_secs_f64(), |nanos| nanos / 1e9 + children(13) + children(14))
}

/// The shortest of some runs, in seconds.
fn best(mut run: impl FnMut()) -> f64 {
    let since = Instant::now();
    let times = (0..3).map(|_| {
        let start = clock(since);
        run();
        clock(since) - start
    });
    times.fold(f64::INFINITY, f64::min)
}

/// Seconds that ogr2ogr takes; nothing where it is not installed.
fn ogr2ogr(from: &Path, to: &Path, more: &[&str]) -> Option<f64> {
    Command::new("ogr2ogr").arg("--version").stdout(Stdio::null()).status().ok()?;
    Some(best(|| {
        let _ = fs::remove_file(to);
        let mut command = Command::new("ogr2ogr");
        let done = command.args(more).arg(to).arg(from).stderr(Stdio::null()).status().unwrap();
        assert!(done.success());
    }))
}

fn main() {
    let rows = rows();
    let folder = std::env::temp_dir().join(format!("dateline-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let layer = folder.join("events.geojson");
    let (mut bytes, mut seconds) = (0, 0.0);
    for format in Format::ALL {
        let mut out = Vec::new();
        let took = best(|| {
            out.clear();
            write(*format, &rows, &mut out);
        });
        if [Format::GeoJson, Format::Csv].contains(format) {
            bytes += out.len();
            seconds += took;
        }
        if *format == Format::GeoJson {
            fs::write(&layer, &out).unwrap();
        }
        let size = out.len() as f64 / 1e6;
        println!("{:26} {size:8.1} MB {:8.1} MB/s", format.file_name(), size / took);
    }
    println!(
        "{:26} {:8.1} MB {:8.1} MB/s",
        "layer and timeline",
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / seconds
    );
    let reading = ogr2ogr(&layer, &folder.join("none.csv"), &["-f", "CSV", "-where", "title = ''"]);
    let table = ogr2ogr(&layer, &folder.join("timeline.csv"), &["-f", "CSV"]);
    let copy = ogr2ogr(&layer, &folder.join("copy.geojson"), &["-f", "GeoJSON"]);
    if let (Some(reading), Some(table), Some(copy)) = (reading, table, copy) {
        let writing = table + copy - 2.0 * reading;
        println!(
            "ogr2ogr, the same rows: reading {reading:.2} s, layer and timeline without it {writing:.2} s: {:.1} times as long",
            writing / seconds
        );
    }
    fs::remove_dir_all(&folder).unwrap();
}
