//! How long a project of 10,000 articles takes: the first run, a run without news, a run with one article changed.
//!
//! `cargo bench --bench project`; a number as argument is another count of articles.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout
)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const TOWNS: [&str; 12] = [
    "Nevers", "Bourges", "Orléans", "Tours", "Angers", "Nantes", "Rennes", "Brest", "Quimper", "Lorient",
    "Caen", "Rouen",
];

/// Paragraphs with times, places and happenings, and some without.
const PARAGRAPHS: [&str; 8] = [
    "Un incendie a détruit une usine de {} mardi soir. # personnes ont été blessées, a annoncé le préfet.",
    "Des milliers de personnes ont manifesté à {} samedi contre la fermeture de l'hôpital.",
    "Un séisme a frappé la région de {} dans la nuit de lundi à mardi, tuant # personnes.",
    "Le maire de {}, Jean Martin, a déclaré que les travaux commenceront en mars prochain.",
    "La rivière est sortie de son lit jeudi à {}; plus de # habitants ont été évacués.",
    "Selon la police, deux hommes ont été arrêtés vendredi matin à {} après l'attaque d'une banque.",
    "Le prix du blé a baissé de # % depuis janvier, selon les agriculteurs de la région.",
    "L'usine employait # ouvriers; elle avait été fondée par deux frères venus de {}.",
];

fn article(number: usize) -> String {
    let mut text = String::new();
    for n in 0..10 {
        let paragraph = PARAGRAPHS[(number * 7 + n * 3) % PARAGRAPHS.len()];
        let town = TOWNS[(number + n / 4) % TOWNS.len()];
        text += &paragraph.replace("{}", town).replace('#', &(number % 90 + n + 2).to_string());
        text += "\n\n";
    }
    text
}

fn run(folder: &Path) -> Duration {
    let begun = Instant::now();
    let done = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["run", "-q"])
        .current_dir(folder)
        .status()
        .unwrap();
    assert!(done.success());
    begun.elapsed()
}

fn main() {
    let count = std::env::args().filter_map(|a| a.parse().ok()).next().unwrap_or(10_000);
    let folder = tempfile::tempdir().unwrap();
    let file = |number: usize| {
        let name =
            format!("{}-{:02}-{:02}-{number:05}.txt", 2000 + number % 22, number % 12 + 1, number % 28 + 1);
        folder.path().join(format!("news/{:02}", number % 100)).join(name)
    };
    for number in 0..count {
        fs::create_dir_all(file(number).parent().unwrap()).unwrap();
        fs::write(file(number), article(number)).unwrap();
    }
    fs::write(folder.path().join("dateline.toml"), "sources = [\"news\"]\n").unwrap();
    let first = run(folder.path());
    let none = run(folder.path());
    fs::write(file(count / 2), article(count / 2).replace("mardi", "lundi")).unwrap();
    let one = run(folder.path());
    let told = |what: &str, time: Duration| {
        println!(
            "{what:<22} {:>8.3} s   1/{:.0}",
            time.as_secs_f64(),
            first.as_secs_f64() / time.as_secs_f64()
        );
    };
    println!("{count} articles");
    told("first run", first);
    told("nothing changed", none);
    told("one article changed", one);
}
