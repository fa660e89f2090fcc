//! A place name of a text and the place it stands for.

use super::sphere;
use crate::gazetteer::PlaceKind;
use crate::label::{self, Label};
use crate::span::Span;
use geo::Point;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a place name does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum PlaceRole {
    Location,
    Origin,
    Destination,
    /// Holds the place that is meant: « Ramoussa, au sud d'Alep ».
    Container,
    /// Named beside what happened.
    Context,
    /// What the text is about at this point, not where it happens.
    Topic,
    /// Stands for a government, an institution or a team.
    Metonym,
    /// People or things of a place.
    Demonym,
    /// Part of the name of something else.
    PartOfName,
}

impl PlaceRole {
    /// The word outputs use.
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceRole::Location => "location",
            PlaceRole::Origin => "origin",
            PlaceRole::Destination => "destination",
            PlaceRole::Container => "container",
            PlaceRole::Context => "context",
            PlaceRole::Topic => "topic",
            PlaceRole::Metonym => "metonym",
            PlaceRole::Demonym => "demonym",
            PlaceRole::PartOfName => "part_of_name",
        }
    }

    /// True for the roles that can put a point on the map.
    pub fn is_on_map(self) -> bool {
        matches!(
            self,
            PlaceRole::Location | PlaceRole::Origin | PlaceRole::Destination | PlaceRole::Container
        )
    }
}

/// How the point relates to the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Precision {
    /// The point is the place.
    Exact,
    /// The point stands for an area.
    Area,
    /// Computed from a known place: « au sud d'Alep ».
    Derived,
    /// The point is of something that holds the place.
    Containing,
}

impl Precision {
    /// The word outputs use.
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Exact => "exact",
            Precision::Area => "area",
            Precision::Derived => "derived",
            Precision::Containing => "containing",
        }
    }
}

/// A place on the earth.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Place {
    /// Gazetteer id, `geonames:170063`; empty for derived places.
    pub id: String,
    /// Name in the article's language.
    pub name: String,
    /// English or ASCII form.
    pub name_en: String,
    /// Kind.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2, empty when it spans several countries.
    pub country: String,
    /// Name of the first division.
    pub admin1: String,
    /// Name of the second division.
    pub admin2: String,
    /// Degrees, WGS 84.
    pub lon: f64,
    /// Degrees, WGS 84.
    pub lat: f64,
    /// How far off the point may be, metres.
    pub radius_m: u32,
    /// How the point relates to the place.
    pub precision: Precision,
    /// Outline of a derived place: one ring, closed, longitude first, counter-clockwise.
    pub outline: Option<Vec<(f64, f64)>>,
    /// Id of the place it was computed from.
    pub anchor: Option<String>,
}

impl Place {
    /// Metres to the point of another place, along the surface.
    pub fn distance(&self, other: &Place) -> f64 {
        sphere::distance(Point::new(self.lon, self.lat), Point::new(other.lon, other.lat))
    }

    /// True when this is a division and the other place, smaller than it, lies within its reach.
    pub fn is_division_around(&self, other: &Place) -> bool {
        let division = matches!(self.kind, PlaceKind::Admin1 | PlaceKind::Admin2);
        let near = || self.distance(other) <= f64::from(self.radius_m);
        division && self.country == other.country && other.radius_m < self.radius_m / 2 && near()
    }
}

/// A candidate with its score, the best first in lists.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Candidate {
    /// Gazetteer id.
    pub id: String,
    /// Name with country and division, for people.
    pub label: String,
    /// Degrees, WGS 84.
    pub lon: f64,
    /// Degrees, WGS 84.
    pub lat: f64,
    /// Higher is likelier.
    pub score: f32,
    /// What spoke for and against it.
    #[serde(deserialize_with = "label::list")]
    pub reasons: Vec<&'static str>,
}

/// A place name (or a word that stands for one) and what it means.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlaceMention {
    /// Its words.
    pub span: Span,
    /// What it does in its sentence.
    pub role: PlaceRole,
    /// The words that gave the role, if some did.
    pub cue: Option<Span>,
    /// True for words that stand for a place without being its name: « la ville », « sur place »,
    /// « la frontière turco-syrienne ».
    pub anaphor: bool,
    /// The place meant, if one was found; mentions of one place share it.
    pub place: Option<Arc<Place>>,
    /// 0 to 1: how sure the place is.
    pub confidence: f32,
    /// What the confidence was computed from, by name; empty for places that were not ranked.
    #[serde(deserialize_with = "label::shares")]
    pub evidence: Vec<(Label, f32)>,
    /// Up to five candidates, best first, the chosen one included; mentions of one name share them.
    pub candidates: Arc<[Candidate]>,
    /// Why this role and this place.
    #[serde(deserialize_with = "label::list")]
    pub reasons: Vec<&'static str>,
}
