//! The builder at the size of all of GeoNames: `cargo test --test scale -- --ignored --nocapture`.
//!
//! The dump is generated, the same one every time: names of two to four syllables, a tenth of the places large.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

use dateline::gazetteer::Gazetteer;
use dateline::gazetteer::build::build_from;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

/// Rows of the dump.
const PLACES: u32 = 13_000_000;
const COUNTRIES: &[&str] = &["FR", "DE", "US", "BR", "CN", "IN", "NG", "RU", "AU", "SY"];
const SYLLABLES: &[&str] = &[
    "ba", "ber", "cha", "dor", "fen", "gri", "hal", "kor", "lan", "mar", "nou", "pel", "qui", "ros", "sen",
    "tou", "ul", "ver", "wil", "zar", "mont", "ville", "bourg", "sur", "saint", "field", "ton", "ham", "sk",
    "abad",
];

/// Numbers that look random and are not.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn dump(folder: &Path, places: u32) {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(folder.join("allCountries.txt")).unwrap());
    let mut dice = Dice(1);
    for id in 1..=places {
        let mut name = String::new();
        for _ in 0..2 + dice.roll(3) {
            name += SYLLABLES[dice.roll(SYLLABLES.len() as u64) as usize];
        }
        let country = COUNTRIES[dice.roll(COUNTRIES.len() as u64) as usize];
        let (lat, lon) = (dice.roll(170_000) as f64 / 1e3 - 85.0, dice.roll(360_000) as f64 / 1e3 - 180.0);
        let people = if dice.roll(10) == 0 { dice.roll(100_000) } else { 0 };
        let admin1 = dice.roll(30);
        writeln!(
            out,
            "{id}\t{name}\t{name}\t{name}a,{name}o\t{lat}\t{lon}\tP\tPPL\t{country}\t\t{admin1:02}\t\t\t\t{people}\t\t0\tUTC\t2020-01-01"
        )
        .unwrap();
    }
    out.flush().unwrap();
}

/// Most memory that the process had, MB; only Linux tells.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}

#[test]
#[ignore = "takes minutes and three gigabytes of disk"]
fn thirteen_million_places_are_built() {
    let folder = tempfile::tempdir().unwrap();
    dump(folder.path(), PLACES);
    let index = folder.path().join("full.idx");
    let start = Instant::now();
    let built = build_from(&[folder.path().join("allCountries.txt")], &[], &index).unwrap();
    let (seconds, memory) = (start.elapsed().as_secs(), memory());
    let start = Instant::now();
    let gazetteer = Gazetteer::open(&index).unwrap();
    let found = gazetteer.find("montville").count();
    let opened = start.elapsed();
    println!("{} places: {seconds} s, {memory} MB; opened and looked up in {opened:?}", built.places);
    assert_eq!(built.places, PLACES);
    assert!(found > 0 && opened.as_millis() < 5, "{opened:?}");
    assert!(seconds < 600 && memory < 2048, "{seconds} s, {memory} MB");
}
