//! Reads a user's own places: CSV and GeoJSON.
//!
//! Both know the same fields: `name`, `lat`, `lon` (in CSV), and when wanted `id`, `kind`, `country`,
//! `admin1`, `admin2`, `population`, `radius_km`, `names` (others, between bars), `name_en`, `name_fr`.

use super::dump::add;
use super::index::IndexBuilder;
use super::quality::Quality;
use super::record::PlaceRecord;
use crate::error::{Error, ErrorKind, Result};
use crate::gazetteer::fold::fold;
use crate::gazetteer::{LANGUAGES, NameForm, NameSort, PlaceKind};
use geojson::GeoJson;
use std::fs;
use std::path::Path;

/// Adds the places of a CSV file with a header line.
///
/// # Errors
/// When a column is missing or a line makes no sense.
pub fn csv(path: &Path, quality: &Quality, builder: &mut IndexBuilder) -> Result<()> {
    let cannot = |e: csv::Error| {
        let line = e.position().map_or(0, csv::Position::line);
        Error::new(ErrorKind::Record, "not a CSV table").in_file(path).at_line(line).caused_by(e)
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).map_err(cannot)?;
    let headers: Vec<String> = reader.headers().map_err(cannot)?.iter().map(header).collect();
    for needed in ["name", "lat", "lon"] {
        if !headers.iter().any(|h| h == needed) {
            let error =
                Error::new(ErrorKind::Record, format!("no column `{needed}`")).in_file(path).at_line(1);
            return Err(
                error.help("the first line must name the columns: name, lat, lon, and more if wanted")
            );
        }
    }
    for row in reader.records() {
        let row = row.map_err(cannot)?;
        let line = row.position().map_or(0, csv::Position::line);
        let field = |name: &str| {
            headers
                .iter()
                .position(|h| h == name)
                .and_then(|n| row.get(n))
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let degrees = |name: &str| {
            field(name).parse::<f64>().map_err(|_| {
                let message = format!("{name} `{}` is not a number", field(name));
                Error::new(ErrorKind::Record, message).in_file(path).at_line(line)
            })
        };
        let point = (degrees("lat")?, degrees("lon")?);
        let record = record(&field, point).map_err(|e| e.in_file(path).at_line(line))?;
        add(record, quality, builder)?;
    }
    Ok(())
}

/// Names under which columns are also known.
fn header(name: &str) -> String {
    let name = name.trim().trim_start_matches('\u{feff}').to_ascii_lowercase();
    match name.as_str() {
        "latitude" | "y" => "lat".into(),
        "longitude" | "lng" | "long" | "x" => "lon".into(),
        _ => name,
    }
}

/// Adds the features of a GeoJSON file; an area stands at the middle of its box.
///
/// # Errors
/// When the file is no GeoJSON or a feature has no name.
pub fn geojson(path: &Path, quality: &Quality, builder: &mut IndexBuilder) -> Result<()> {
    let text = fs::read_to_string(path)
        .map_err(|e| Error::new(ErrorKind::Input, "cannot read").in_file(path).caused_by(e))?;
    let parsed: GeoJson = text.parse().map_err(|e: geojson::Error| {
        Error::new(ErrorKind::Record, "not GeoJSON").in_file(path).caused_by(e)
    })?;
    let features = match parsed {
        GeoJson::FeatureCollection(collection) => collection.features,
        GeoJson::Feature(feature) => vec![feature],
        GeoJson::Geometry(_) => Vec::new(),
    };
    for (number, feature) in features.iter().enumerate() {
        let wrong = |message: &str| {
            Error::new(ErrorKind::Record, format!("feature {}: {message}", number + 1)).in_file(path)
        };
        let field = |name: &str| match feature.property(name) {
            Some(serde_json::Value::String(text)) => text.trim().to_owned(),
            Some(serde_json::Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let mut bounds = Bounds::default();
        if let Some(geometry) = &feature.geometry
            && let Ok(value) = serde_json::to_value(geometry)
        {
            bounds.cover(&value);
        }
        let Some((lat, lon, radius)) = bounds.middle() else { return Err(wrong("no geometry")) };
        let mut record = record(&field, (lat, lon)).map_err(|e| wrong(&e.to_string()))?;
        if record.radius_m == 0 && radius > 0 {
            record.radius_m = radius;
        }
        add(record, quality, builder)?;
    }
    Ok(())
}

/// The box around all positions of a geometry, degrees.
#[derive(Default)]
struct Bounds(Option<[f64; 4]>);

impl Bounds {
    fn cover(&mut self, value: &serde_json::Value) {
        match value {
            serde_json::Value::Array(items) => match items.as_slice() {
                [lon, lat, ..] if lon.is_number() && lat.is_number() => {
                    if let (Some(lon), Some(lat)) = (lon.as_f64(), lat.as_f64()) {
                        let [w, s, e, n] = self.0.unwrap_or([lon, lat, lon, lat]);
                        self.0 = Some([w.min(lon), s.min(lat), e.max(lon), n.max(lat)]);
                    }
                }
                items => items.iter().for_each(|i| self.cover(i)),
            },
            serde_json::Value::Object(fields) => {
                for key in ["coordinates", "geometries"] {
                    if let Some(inner) = fields.get(key) {
                        self.cover(inner);
                    }
                }
            }
            _ => {}
        }
    }

    /// Latitude, longitude, and half the diagonal in metres.
    fn middle(&self) -> Option<(f64, f64, u32)> {
        let [w, s, e, n] = self.0?;
        let (lat, lon) = (f64::midpoint(s, n), f64::midpoint(w, e));
        let wide = (e - w) * lat.to_radians().cos();
        Some((lat, lon, (wide.hypot(n - s) / 2.0 * 111_195.0) as u32))
    }
}

/// A place from its fields.
fn record(field: &impl Fn(&str) -> String, (lat, lon): (f64, f64)) -> Result<PlaceRecord> {
    let wrong = |message: String| Error::new(ErrorKind::Record, message);
    let name = field("name");
    if fold(&name).is_none() {
        return Err(wrong(format!("`{name}` is no name that a text in Latin letters can hold")));
    }
    if lat.abs() > 90.0 || lon.abs() > 180.0 {
        return Err(wrong(format!("the point {lat}, {lon} lies outside the globe"))
            .help("latitude and longitude are degrees; perhaps they are exchanged"));
    }
    let kind = match field("kind").as_str() {
        "" => PlaceKind::City,
        word => PlaceKind::from_word(word).ok_or_else(|| wrong(format!("`{word}` is no kind of place")))?,
    };
    let id = match field("id") {
        id if id.is_empty() => format!("own:{}:{lat:.5},{lon:.5}", fold(&name).unwrap_or_default()),
        id => id,
    };
    let mut record = PlaceRecord::new(id, kind, name, lat, lon);
    record.chosen = true;
    record.country = field("country").to_ascii_uppercase();
    if !record.country.is_empty() && record.country.len() != 2 {
        return Err(wrong(format!("country `{}` is not a code of two letters", record.country)));
    }
    record.admin1 = field("admin1");
    record.admin2 = field("admin2");
    record.population = field("population").parse().unwrap_or(0);
    record.radius_m = (field("radius_km").parse::<f64>().unwrap_or(0.0) * 1000.0) as u32;
    for name in field("names").split('|').map(str::trim).filter(|n| !n.is_empty()) {
        // The user wrote them down on purpose: none is judged.
        record.call(name, NameForm::new(NameSort::Main, false, ""), false);
    }
    for language in LANGUAGES {
        let name = field(&format!("name_{language}"));
        if !name.is_empty() {
            record.call(name, NameForm::new(NameSort::Main, false, language), true);
        }
    }
    Ok(record)
}
