//! The page: its city labels are those of the gazetteer, and its parts fit together.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use dateline::gazetteer::{Gazetteer, PlaceKind};
use std::fs;
use std::path::PathBuf;

/// Labels on the map: enough for one in each region, few enough for a small page.
const CITIES: usize = 900;

fn part(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/write/html").join(name)
}

#[test]
fn city_labels_are_those_of_the_gazetteer() {
    let gazetteer = Gazetteer::embedded();
    let mut cities: Vec<_> = gazetteer.places().filter(|p| p.kind() == PlaceKind::City).collect();
    cities.sort_by_key(|p| (std::cmp::Reverse(p.population()), p.id()));
    let lines: Vec<String> = cities
        .iter()
        .take(CITIES)
        .map(|p| {
            let round = |degrees: f64| (degrees * 100.0).round() / 100.0;
            serde_json::json!([p.name_en(), p.name("fr"), round(p.lat()), round(p.lon())]).to_string()
        })
        .collect();
    let wanted = format!("[\n{}\n]\n", lines.join(",\n"));
    if std::env::var("UPDATE").is_ok() {
        fs::write(part("cities.json"), &wanted).unwrap();
    }
    assert_eq!(
        fs::read_to_string(part("cities.json")).unwrap(),
        wanted,
        "UPDATE=1 cargo test writes it anew"
    );
}

#[test]
fn nothing_in_the_page_asks_for_the_network() {
    for name in [
        "page.html",
        "page.css",
        "words.js",
        "state.js",
        "colours.js",
        "map.js",
        "timeline.js",
        "list.js",
        "main.js",
    ] {
        // The name of SVG looks like an address and is none.
        let text = fs::read_to_string(part(name)).unwrap().replace("http://www.w3.org/2000/svg", "");
        for banned in ["http://", "https://", "@import", "url(", "fetch(", "innerHTML", "onclick=\"", "eval("]
        {
            assert!(!text.contains(banned), "{name} holds {banned}");
        }
    }
}
