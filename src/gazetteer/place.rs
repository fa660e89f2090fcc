//! A place of the gazetteer: what is known of it, read where it lies.

use super::file::{self, Record};
use super::layer::{GEONAMES, Layer};
use super::name::language_number;
use super::{Gazetteer, PlaceId, PlaceKind};

/// A place, read in place: every question looks into the index.
#[derive(Clone, Copy, Debug)]
pub struct PlaceRef<'g> {
    gazetteer: &'g Gazetteer,
    layer: Option<&'g Layer>,
    place: PlaceId,
    record: Record,
}

/// What an id of another gazetteer leads to: nothing is known of it.
const UNKNOWN: Record = Record {
    id: 0,
    lat: 0,
    lon: 0,
    population: 0,
    name: file::NONE,
    parent: file::NONE,
    kind: 7,
    country: u8::MAX,
    radius: u16::MAX,
};

impl<'g> PlaceRef<'g> {
    pub(super) fn new(gazetteer: &'g Gazetteer, place: PlaceId) -> Self {
        let layer = gazetteer.layers().get(place.layer());
        let record = layer.and_then(|l| l.record(place.index()));
        PlaceRef { gazetteer, layer, place, record: record.unwrap_or(UNKNOWN) }
    }

    fn string(&self, offset: u32) -> &'g str {
        self.layer.map_or("", |l| l.string(offset))
    }

    /// The number to ask for the place again.
    pub fn place_id(&self) -> PlaceId {
        self.place
    }

    /// `geonames:170063`, or an id of its own.
    pub fn id(&self) -> String {
        if self.record.id & file::OWN_ID == 0 {
            [GEONAMES, &self.record.id.to_string()].concat()
        } else {
            self.string(self.record.id & !file::OWN_ID).to_owned()
        }
    }

    /// The GeoNames number, if it has one.
    pub fn geonames(&self) -> Option<u32> {
        (self.record.id & file::OWN_ID == 0).then_some(self.record.id)
    }

    /// The name in a language, or the main name when that language has none of its own.
    pub fn name(&self, language: &str) -> &'g str {
        let own = language_number(language);
        let local = (own != 0).then(|| self.layer?.local_name(self.place.index(), own)).flatten();
        local.unwrap_or_else(|| self.string(self.record.name))
    }

    /// The English name, or the main name.
    pub fn name_en(&self) -> &'g str {
        self.name("en")
    }

    /// What kind of place it is.
    pub fn kind(&self) -> PlaceKind {
        PlaceKind::from_number(self.record.kind & !file::CHOSEN)
    }

    /// True for places that a person chose to list: better known than their population tells.
    pub fn is_chosen(&self) -> bool {
        self.record.kind & file::CHOSEN != 0
    }

    /// ISO 3166-1 alpha-2, empty when it lies in several countries or none.
    pub fn country(&self) -> &'g str {
        self.layer.and_then(|l| l.alpha2(usize::from(self.record.country))).unwrap_or_default()
    }

    /// Degrees, WGS 84, east positive.
    pub fn lon(&self) -> f64 {
        f64::from(self.record.lon) / 1e5
    }

    /// Degrees, WGS 84, north positive.
    pub fn lat(&self) -> f64 {
        f64::from(self.record.lat) / 1e5
    }

    /// People, 0 when unknown.
    pub fn population(&self) -> u32 {
        self.record.population
    }

    /// How far off the point may be, metres.
    pub fn radius_m(&self) -> u32 {
        u32::from(self.record.radius) * 100
    }

    /// The smallest listed division that holds it.
    pub fn parent(&self) -> Option<PlaceRef<'g>> {
        (self.record.parent != file::NONE)
            .then(|| PlaceRef::new(self.gazetteer, PlaceId::new(self.place.layer(), self.record.parent)))
    }

    /// All divisions that hold it, the smallest first, its country last.
    pub fn parents(&self) -> impl Iterator<Item = PlaceRef<'g>> {
        // No chain of divisions is this deep; a damaged file must not make it endless.
        std::iter::successors(self.parent(), PlaceRef::parent).take(8)
    }

    /// True when `other` holds this place, or is it.
    pub fn is_within(&self, other: PlaceId) -> bool {
        self.place == other || self.parents().any(|p| p.place == other)
    }

    fn division(&self, kind: PlaceKind) -> Option<PlaceRef<'g>> {
        std::iter::once(*self).chain(self.parents()).find(|p| p.kind() == kind)
    }

    /// The first division it lies in, or is.
    pub fn admin1(&self) -> Option<PlaceRef<'g>> {
        self.division(PlaceKind::Admin1)
    }

    /// The second division it lies in, or is.
    pub fn admin2(&self) -> Option<PlaceRef<'g>> {
        self.division(PlaceKind::Admin2)
    }
}
