//! A place on its way into an index, with all its names.

use crate::gazetteer::{NameForm, NameSort, PlaceKind};

/// A name and how it belongs to its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As written.
    pub text: String,
    /// Sort, cue, language.
    pub form: NameForm,
    /// True for the name shown to people who read the form's language.
    pub shown: bool,
}

/// A place with all its names. Codes are those of GeoNames: `US`, `NY`, `061`.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRecord {
    /// `geonames:5128581`, or an id of one's own.
    pub id: String,
    /// Kind.
    pub kind: PlaceKind,
    /// True when a person chose to list it.
    pub chosen: bool,
    /// ISO 3166-1 alpha-2; empty for none or several.
    pub country: String,
    /// ISO 3166-1 alpha-3, of countries; may be empty.
    pub alpha3: String,
    /// Code of the first division it lies in, or is.
    pub admin1: String,
    /// Code of the second division it lies in, or is.
    pub admin2: String,
    /// Degrees, WGS 84.
    pub lat: f64,
    /// Degrees, WGS 84.
    pub lon: f64,
    /// People, 0 when unknown.
    pub population: u32,
    /// How far off the point may be, metres; 0 to derive it from kind and population.
    pub radius_m: u32,
    /// The main name.
    pub name: String,
    /// True when the main name is also a common word.
    pub cue: bool,
    /// All other names.
    pub names: Vec<Name>,
}

impl PlaceRecord {
    /// A place without names other than its main one, in no division.
    pub fn new(id: impl Into<String>, kind: PlaceKind, name: impl Into<String>, lat: f64, lon: f64) -> Self {
        PlaceRecord {
            id: id.into(),
            kind,
            chosen: false,
            country: String::new(),
            alpha3: String::new(),
            admin1: String::new(),
            admin2: String::new(),
            lat,
            lon,
            population: 0,
            radius_m: 0,
            name: name.into(),
            cue: false,
            names: Vec::new(),
        }
    }

    /// Adds a name.
    pub fn call(&mut self, text: impl Into<String>, form: NameForm, shown: bool) {
        self.names.push(Name { text: text.into(), form, shown });
    }

    /// Adds a name of no known language.
    pub fn also(&mut self, text: impl Into<String>) {
        self.call(text, NameForm::new(NameSort::Other, false, ""), false);
    }

    /// Level for sorting: divisions are numbered before what lies in them.
    pub(super) fn rank(&self) -> u8 {
        match self.kind {
            PlaceKind::Country => 0,
            PlaceKind::Continent => 1,
            PlaceKind::Admin1 => 2,
            PlaceKind::Admin2 => 3,
            _ => 4,
        }
    }

    /// The radius told, or one that fits most places of the kind. For towns: the circle that holds its
    /// people at about 3,000 per square kilometre, at least 500 m.
    pub(super) fn radius(&self) -> u32 {
        if self.radius_m > 0 {
            return self.radius_m;
        }
        match self.kind {
            PlaceKind::Country => 300_000,
            PlaceKind::Continent => 3_000_000,
            PlaceKind::Admin1 => 100_000,
            PlaceKind::Admin2 => 25_000,
            PlaceKind::Region | PlaceKind::Sea => 150_000,
            PlaceKind::River | PlaceKind::Mountain => 50_000,
            PlaceKind::Island | PlaceKind::Lake => 15_000,
            PlaceKind::Site | PlaceKind::Street | PlaceKind::Derived => 1_000,
            PlaceKind::City | PlaceKind::District => 500 + (10.3 * f64::from(self.population).sqrt()) as u32,
        }
    }

    /// The record as bytes.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(96);
        out.extend([self.kind.number(), u8::from(self.chosen), u8::from(self.cue)]);
        for number in [self.lat, self.lon] {
            out.extend(number.to_le_bytes());
        }
        for number in [self.population, self.radius_m] {
            out.extend(number.to_le_bytes());
        }
        let own = [&self.id, &self.country, &self.alpha3, &self.admin1, &self.admin2, &self.name];
        for text in own {
            put(&mut out, text);
        }
        for name in &self.names {
            out.push(name.form.bits() | u8::from(name.shown) << 7);
            put(&mut out, &name.text);
        }
        out
    }

    /// The record that [`PlaceRecord::bytes`] made.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut at = Reader { bytes };
        let kind = PlaceKind::from_number(at.byte()?);
        let chosen = at.byte()? != 0;
        let cue = at.byte()? != 0;
        let (lat, lon) = (f64::from_le_bytes(at.array()?), f64::from_le_bytes(at.array()?));
        let (population, radius_m) = (u32::from_le_bytes(at.array()?), u32::from_le_bytes(at.array()?));
        let mut record = PlaceRecord {
            id: at.text()?,
            kind,
            chosen,
            country: at.text()?,
            alpha3: at.text()?,
            admin1: at.text()?,
            admin2: at.text()?,
            lat,
            lon,
            population,
            radius_m,
            name: at.text()?,
            cue,
            names: Vec::new(),
        };
        while let Some(bits) = at.byte() {
            record.call(at.text()?, NameForm::from_bits(bits), bits & 0x80 != 0);
        }
        Some(record)
    }
}

fn put(out: &mut Vec<u8>, text: &str) {
    let cut = shortened(text, usize::from(u16::MAX));
    out.extend((cut.len() as u16).to_le_bytes());
    out.extend(cut.as_bytes());
}

/// As many whole characters of `text` as fit into `bytes`.
pub(super) fn shortened(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&n| text.is_char_boundary(n));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn text(&mut self) -> Option<String> {
        let length = u16::from_le_bytes(self.array()?);
        Some(String::from_utf8_lossy(self.take(usize::from(length))?).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_survives_its_bytes() {
        let mut record = PlaceRecord::new("geonames:1", PlaceKind::City, "Kefraya", 35.99, 36.67);
        record.country = "SY".into();
        record.also("Kafriya");
        record.call("Kefraïa", NameForm::new(NameSort::Main, true, "fr"), true);
        assert_eq!(PlaceRecord::from_bytes(&record.bytes()), Some(record));
    }
}
