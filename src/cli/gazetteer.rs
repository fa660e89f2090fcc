//! `dateline gazetteer`: look a name up, describe the index, build one.
//!
//! Plain arguments in, text out; the flags are read elsewhere.

use dateline::error::{Error, ErrorKind, Result};
use dateline::gazetteer::build::{self, Built};
use dateline::gazetteer::{Gazetteer, NameForm, NameSort, PlaceRef};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The embedded gazetteer with the files of the user over it, in order.
///
/// # Errors
/// When a file cannot be used as an index.
pub fn open(files: &[PathBuf]) -> Result<Gazetteer> {
    files.iter().try_fold(Gazetteer::embedded(), |under, file| under.layered(Gazetteer::open(file)?))
}

/// The places `name` may mean, the likeliest first, with what speaks for the order: how near to `near`,
/// in which country, how prominent.
///
/// # Errors
/// When nothing is called so, or `near` is no known place.
pub fn lookup(
    gazetteer: &Gazetteer,
    name: &str,
    near: Option<&str>,
    country: Option<&str>,
    language: &str,
) -> Result<String> {
    let anchor = match near {
        Some(near) => Some(gazetteer.find(near).next().map(|c| gazetteer.place(c.place)).ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("no place is called `{near}`")).help("check --near")
        })?),
        None => None,
    };
    let mut found: Vec<(Rank, NameForm, PlaceRef<'_>)> = gazetteer
        .find(name)
        .map(|c| (c.form, gazetteer.place(c.place)))
        .filter(|(_, place)| country.is_none_or(|c| place.country().eq_ignore_ascii_case(c)))
        .map(|(form, place)| (Rank::new(form, &place, anchor.as_ref()), form, place))
        .collect();
    if found.is_empty() {
        let place = country.map_or(String::new(), |c| format!(" in {c}"));
        return Err(Error::new(ErrorKind::Usage, format!("no place is called `{name}`{place}")));
    }
    found.sort_by(|a, b| b.0.score.total_cmp(&a.0.score).then_with(|| a.2.place_id().cmp(&b.2.place_id())));
    let mut out = String::new();
    for (rank, form, place) in &found {
        let within: Vec<&str> = place.parents().map(|p| p.name(language)).collect();
        let _ = writeln!(
            out,
            "{:5.1}  {}{}{}  {} {}  {:.5} N {:.5} E  ±{} km",
            rank.score,
            place.name(language),
            if within.is_empty() { "" } else { ", " },
            within.join(", "),
            place.kind().as_str(),
            place.id(),
            place.lat(),
            place.lon(),
            f64::from(place.radius_m()) / 1000.0,
        );
        let _ = writeln!(out, "       {}", reasons(rank, *form, place));
    }
    Ok(out)
}

/// How likely a place is without any text around it.
struct Rank {
    score: f64,
    /// Kilometres to the place asked for.
    distance: Option<f64>,
}

impl Rank {
    fn new(form: NameForm, place: &PlaceRef<'_>, anchor: Option<&PlaceRef<'_>>) -> Self {
        // Ten times the decimal logarithm of the people, so that ten times as many count for ten points.
        let people = 10.0 * f64::from(place.population().max(1)).log10();
        let known = if place.is_chosen() { 10.0 } else { 0.0 };
        let name = match form.sort() {
            NameSort::Main => 10.0,
            NameSort::Abbreviation | NameSort::WithoutArticle => 5.0,
            NameSort::Other => 0.0,
        };
        let common = if form.needs_cue() { -10.0 } else { 0.0 };
        let distance = anchor.map(|a| kilometres((a.lat(), a.lon()), (place.lat(), place.lon())));
        // Twice as far costs as much as ten times fewer people, beyond ten kilometres.
        let near = distance.map_or(0.0, |d| -10.0 * (d.max(10.0) / 10.0).log2());
        Rank { score: people + known + name + common + near, distance }
    }
}

fn reasons(rank: &Rank, form: NameForm, place: &PlaceRef<'_>) -> String {
    let mut reasons = vec![match form.sort() {
        NameSort::Main => "main name".to_owned(),
        NameSort::Other => "another name".to_owned(),
        NameSort::Abbreviation => "abbreviation".to_owned(),
        NameSort::WithoutArticle => "name without its article".to_owned(),
    }];
    reasons.extend(form.language().map(|l| format!("in {l}")));
    if form.needs_cue() {
        reasons.push("also a common word".to_owned());
    }
    if place.population() > 0 {
        reasons.push(format!("{} people", place.population()));
    }
    if place.is_chosen() {
        reasons.push("well known".to_owned());
    }
    reasons.extend(rank.distance.map(|d| format!("{d:.0} km away")));
    reasons.join(", ")
}

/// Great-circle distance, latitude first.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat1, lat2) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = (lat2 - lat1, (b.1 - a.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
    12_742.0 * h.sqrt().min(1.0).asin()
}

/// What the gazetteer is: sources, licence, counts, size, and whether the checksums hold.
///
/// # Errors
/// When an index is damaged.
pub fn info(gazetteer: &Gazetteer, files: &[PathBuf]) -> Result<String> {
    gazetteer.verify()?;
    let mut out = String::new();
    let names = std::iter::once("embedded".to_owned()).chain(files.iter().map(|f| f.display().to_string()));
    let layers = gazetteer.about().into_iter().zip(gazetteer.stamps()).zip(names);
    for ((about, (checksum, bytes)), name) in layers {
        let _ = writeln!(out, "{name}");
        for (key, value) in about {
            let _ = writeln!(out, "  {key}: {value}");
        }
        let _ = writeln!(out, "  size: {bytes} bytes");
        let _ = writeln!(out, "  checksum: {checksum:016x}, holds");
    }
    Ok(out)
}

/// Builds an index of the user's places.
///
/// # Errors
/// When an input cannot be used or the index cannot be written.
pub fn build(inputs: &[PathBuf], target: &Path) -> Result<String> {
    Ok(report(build::build_from(inputs, &[], target)?, target))
}

/// Builds the embedded index anew from the unpacked packages and the tables of this repository.
///
/// # Errors
/// When a source is missing or the index cannot be written.
pub fn build_world(packages: &Path, tables: &Path, target: &Path) -> Result<String> {
    Ok(report(build::build_world(packages, tables, target)?, target))
}

fn report(built: Built, target: &Path) -> String {
    format!(
        "{}: {} places, {} names, {} bytes, checksum {:016x}\n",
        target.display(),
        built.places,
        built.names,
        built.bytes,
        built.checksum
    )
}
