//! The page: its labels are those of the gazetteer, and its parts fit together.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use dateline::gazetteer::{Gazetteer, PlaceKind, PlaceRef};
use std::fs;
use std::path::PathBuf;

/// City labels on the map: few enough for a small page.
const CITIES: usize = 2000;
/// A city nearer than this to a larger one with a label has none, in degrees: every region has its own.
const APART: f64 = 0.6;

fn part(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/write/html").join(name)
}

/// English name, latitude, longitude; the French name where it is another.
fn line(place: &PlaceRef<'_>) -> String {
    let round = |degrees: f64| (degrees * 100.0).round() / 100.0;
    let (english, french) = (place.name_en(), place.name("fr"));
    let point = [round(place.lat()), round(place.lon())];
    let line = if english == french {
        serde_json::json!([english, point[0], point[1]])
    } else {
        serde_json::json!([english, point[0], point[1], french])
    };
    line.to_string()
}

/// Places of one kind, those with most inhabitants first.
fn largest(gazetteer: &Gazetteer, kind: PlaceKind) -> Vec<PlaceRef<'_>> {
    let mut places: Vec<_> = gazetteer.places().filter(|p| p.kind() == kind && p.population() > 0).collect();
    places.sort_by_key(|p| (std::cmp::Reverse(p.population()), p.id()));
    places
}

#[test]
fn labels_are_those_of_the_gazetteer() {
    let gazetteer = Gazetteer::embedded();
    let countries: Vec<String> = largest(&gazetteer, PlaceKind::Country).iter().map(line).collect();
    let mut cities: Vec<PlaceRef<'_>> = Vec::new();
    for city in largest(&gazetteer, PlaceKind::City) {
        let near = |other: &PlaceRef<'_>| {
            let east = (other.lon() - city.lon()) * city.lat().to_radians().cos();
            east.hypot(other.lat() - city.lat()) < APART
        };
        if cities.len() < CITIES && !cities.iter().any(near) {
            cities.push(city);
        }
    }
    let cities: Vec<String> = cities.iter().map(line).collect();
    let wanted = format!(
        "{{\"countries\":[\n{}\n],\n\"cities\":[\n{}\n]}}\n",
        countries.join(",\n"),
        cities.join(",\n")
    );
    if std::env::var("UPDATE").is_ok() {
        fs::write(part("labels.json"), &wanted).unwrap();
    }
    assert!(
        fs::read_to_string(part("labels.json")).unwrap() == wanted,
        "labels.json is not what the gazetteer says; UPDATE=1 cargo test writes it anew"
    );
}

#[test]
fn nothing_in_the_page_asks_for_the_network() {
    let own = fs::read_dir(part("")).unwrap().map(|entry| entry.unwrap().path());
    for path in own.filter(|p| p.extension().is_some_and(|e| ["js", "css", "html"].iter().any(|x| e == *x))) {
        // The name of SVG looks like an address and is none.
        let text = fs::read_to_string(&path).unwrap().replace("http://www.w3.org/2000/svg", "");
        for banned in ["http://", "https://", "@import", "url(", "fetch(", "innerHTML", "onclick=\"", "eval("]
        {
            assert!(!text.contains(banned), "{} holds {banned}", path.display());
        }
    }
}

#[test]
fn vendored_files_are_those_of_the_list() {
    use sha2::{Digest, Sha256};
    for line in fs::read_to_string(part("vendor/SHA256SUMS")).unwrap().lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        let file = fs::read(part("vendor").join(name)).unwrap();
        let found: String = Sha256::digest(&file).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(sum, found, "{name} was changed by hand");
    }
}
