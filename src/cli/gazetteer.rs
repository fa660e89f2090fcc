//! `dateline gazetteer`: look a name up, describe the index, build one.
//!
//! What each command answers is made as text first, so that one place writes to the standard output.

use crate::run::Stop;
use clap::{Args, Subcommand};
use dateline::error::{Error, ErrorKind, Result};
use dateline::gazetteer::build::{self, Built};
use dateline::gazetteer::{Gazetteer, INSTEAD, NameForm, NameSort, PlaceRef};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// `dateline gazetteer`
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the places that a name may mean, the likeliest first, and why.
    Lookup(Lookup),
    /// Tell sources, licence, counts and size, and check that no byte changed.
    Info {
        /// Index of further places, laid over the embedded one.
        #[arg(long, value_name = "FILE")]
        gazetteer: Vec<PathBuf>,
    },
    /// Build an index from GeoNames dumps, CSV or GeoJSON, for --gazetteer.
    ///
    /// A folder stands for the files in it. GeoNames files keep their names: allCountries.txt or a country's
    /// file, alternateNamesV2.txt, admin1CodesASCII.txt, admin2Codes.txt, countryInfo.txt. A CSV file needs the
    /// columns name, lat, lon and may have id, kind, country, admin1, admin2, population, radius_km, names
    /// (between bars), name_en, name_fr; GeoJSON properties are called the same.
    Build(Build),
}

/// `dateline gazetteer lookup`
#[derive(Debug, Args)]
pub(crate) struct Lookup {
    /// The name, in any spelling of case and accents.
    name: String,
    /// Places near this one come first.
    #[arg(long, value_name = "PLACE")]
    near: Option<String>,
    /// Only places of this country, two letters.
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// Language of the names shown.
    #[arg(long, value_name = "CODE", default_value = "en")]
    lang: String,
    /// Index of further places, laid over the embedded one.
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
}

/// `dateline gazetteer build`
#[derive(Debug, Args)]
pub(crate) struct Build {
    /// Files or folders.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// The index to write.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Licence of the data, for `info`.
    #[arg(long, value_name = "TEXT")]
    licence: Option<String>,
    /// Let the index stand instead of the embedded one and all others below it, not over them.
    #[arg(long, conflicts_with = "world")]
    instead: bool,
    /// Build the embedded index anew: INPUT is the folder of unpacked packages, FOLDER that of the tables.
    #[arg(long, value_name = "FOLDER")]
    world: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn gazetteer(command: &Command) -> std::result::Result<(), Stop> {
    let text = match command {
        Command::Lookup(asked) => {
            let gazetteer = open(&asked.gazetteer)?;
            lookup(&gazetteer, asked)?
        }
        Command::Info { gazetteer } => info(&open(gazetteer)?, gazetteer)?,
        Command::Build(wanted) => build(wanted)?,
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Stop::writing)
}

/// The embedded gazetteer with the files of the user over it, in order, or instead of it.
///
/// # Errors
/// When a file cannot be used as an index.
pub(crate) fn open(files: &[PathBuf]) -> Result<Gazetteer> {
    files.iter().try_fold(Gazetteer::embedded(), |under, file| under.layered(Gazetteer::open(file)?))
}

/// The places a name may mean, the likeliest first, with what speaks for the order: how near to another
/// place, how prominent.
fn lookup(gazetteer: &Gazetteer, asked: &Lookup) -> Result<String> {
    let (name, near, country) = (asked.name.as_str(), asked.near.as_deref(), asked.country.as_deref());
    let language = asked.lang.as_str();
    let anchor = match near {
        Some(near) => {
            Some(gazetteer.find(near).next().map(|c| gazetteer.place(c.place)).ok_or_else(|| {
                Error::new(ErrorKind::Usage, format!("no place is called `{near}`")).help("check --near")
            })?)
        }
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
fn info(gazetteer: &Gazetteer, files: &[PathBuf]) -> Result<String> {
    gazetteer.verify()?;
    let mut out = String::new();
    let names = std::iter::once("embedded".to_owned()).chain(files.iter().map(|f| f.display().to_string()));
    let about = gazetteer.about();
    // Layers that another one stands instead of are the lower ones.
    let names = names.skip((files.len() + 1).saturating_sub(about.len()));
    let layers = about.into_iter().zip(gazetteer.stamps()).zip(names);
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

fn build(wanted: &Build) -> Result<String> {
    let target = wanted.output.as_path();
    let built = match (&wanted.world, wanted.inputs.as_slice()) {
        (None, inputs) => {
            let licence = wanted.licence.iter().map(|l| ("licence".to_owned(), l.clone()));
            let (key, value) = INSTEAD;
            let layer = wanted.instead.then(|| (key.to_owned(), value.to_owned()));
            build::build_from(inputs, &licence.chain(layer).collect::<Vec<_>>(), target)?
        }
        (Some(tables), [packages]) => build::build_world(packages, tables, target)?,
        (Some(_), _) => {
            let error = Error::new(ErrorKind::Usage, "--world takes one folder of packages");
            return Err(error.help("unpack them into one folder, as gazetteer/README.md says"));
        }
    };
    Ok(report(built, target))
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
