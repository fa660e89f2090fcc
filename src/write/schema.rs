//! The columns: name, type, unit, meaning, tag, and where each value comes from. Defined here once.
//!
//! Every writer, the schema that the command line prints and the tables of the documentation read this list.
//! A change of meaning raises [`VERSION`].

use super::finding::{self, Finding};
use super::shape::Geometry;
use crate::event::{DateBasis, EventType, Qualifier, Status};
use crate::place::{PlaceKind, PlaceRole, Precision};
use chrono::{NaiveDate, NaiveDateTime};

/// Version of the meaning of the columns.
pub const VERSION: &str = "1.0";

/// Where the places come from, as their licence asks to be told.
pub const ATTRIBUTION: &str = "Places: GeoNames (https://www.geonames.org), CC BY 4.0";

/// The same for layers of areas, which hold outlines too.
const ATTRIBUTION_OF_AREAS: &str = "Places: GeoNames (https://www.geonames.org), CC BY 4.0; outlines of countries: \
     Natural Earth (https://www.naturalearthdata.com), public domain";

/// Where what a layer holds comes from.
pub fn attribution(geometry: Geometry) -> &'static str {
    match geometry {
        Geometry::Point => ATTRIBUTION,
        Geometry::Area => ATTRIBUTION_OF_AREAS,
    }
}

/// What map layers draw.
pub const GEOMETRY: &str = "geometry: the point of the main place, null for happenings without one. As areas: the \
     outline of a country, of a part of one, of a frontier, of what is told by direction and distance; the circle \
     of place_radius_m for all other areas, divisions of countries among them; the point for exact places. \
     Outlines are valid polygons, the outer rings counter-clockwise, cut at the antimeridian.";

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Words of the article or of a person: may begin with anything, and is guarded in tables.
    Text,
    /// A code that the program makes.
    Code,
    /// One of a closed list of words.
    Word(fn() -> Vec<&'static str>),
    /// A whole number.
    Integer,
    /// A number with at most this many decimals.
    Number(usize),
    /// Civil date and time at the place, `YYYY-MM-DDTHH:MM:SS`.
    Instant,
    /// A calendar day, `YYYY-MM-DD`.
    Day,
}

impl Kind {
    /// What people call it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Kind::Text | Kind::Code => "string",
            Kind::Word(_) => "enum",
            Kind::Integer => "integer",
            Kind::Number(_) => "number",
            Kind::Instant => "date-time",
            Kind::Day => "date",
        }
    }

    /// The words of a closed list; empty for all other kinds.
    pub fn words(&self) -> Vec<&'static str> {
        match self {
            Kind::Word(words) => words(),
            _ => Vec::new(),
        }
    }
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Unknown: empty in tables, null in JSON.
    Missing,
    /// A string.
    Text(String),
    /// A word of a closed list, or a code without anything to guard.
    Word(&'static str),
    /// A whole number.
    Integer(i64),
    /// A number, rounded to the decimals of its column.
    Number(f64),
    /// Civil date and time.
    Instant(NaiveDateTime),
    /// A calendar day.
    Day(NaiveDate),
}

/// One column.
#[derive(Clone, Copy)]
pub struct Column {
    /// Its name, in snake case; never holds "name", which GIS programs take as the label.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Unit or notation, where there is one.
    pub unit: &'static str,
    /// What it means, in one line.
    pub meaning: &'static str,
    /// HXL tag; empty when there is none.
    pub tag: &'static str,
    /// Stands in tables, not in layers of points, where the geometry says it.
    pub table_only: bool,
    pub(super) value: fn(&Finding<'_>) -> Value,
}

impl std::fmt::Debug for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Column").field("name", &self.name).field("kind", &self.kind).finish_non_exhaustive()
    }
}

const fn column(
    name: &'static str,
    kind: Kind,
    unit: &'static str,
    meaning: &'static str,
    value: fn(&Finding<'_>) -> Value,
) -> Column {
    Column { name, kind, unit, meaning, tag: "", table_only: false, value }
}

impl Column {
    const fn tagged(mut self, tag: &'static str) -> Self {
        self.tag = tag;
        self
    }

    const fn table_only(mut self) -> Self {
        self.table_only = true;
        self
    }

    /// Whether a map layer has it: where the shape is an area, the point that stands for it is kept in columns.
    pub fn is_in_layer(&self, geometry: Geometry) -> bool {
        !self.table_only || geometry == Geometry::Area
    }

    /// The place of a column by its name.
    pub fn position(name: &str) -> Option<usize> {
        COLUMNS.iter().position(|c| c.name == name)
    }
}

/// All columns, in order.
#[rustfmt::skip]
pub const COLUMNS: &[Column] = &[
    column("id", Kind::Code, "16 hexadecimal digits", "Stable name of the happening; a better date or place does not change it", finding::id).tagged("#event+id+code"),
    column("title", Kind::Text, "", "Short headline, in the language of the article", finding::title).tagged("#event+title"),
    column("start_time", Kind::Instant, "civil time at the place", "First second of the happening", finding::start).tagged("#date+start"),
    column("end_time", Kind::Instant, "civil time at the place", "Last second, inclusive; when open to the future, the end of the newest publication date read", finding::end).tagged("#date+end"),
    column("date_precision", Kind::Word(precisions), "", "Unit in which the time is known", finding::precision),
    column("date_edtf", Kind::Code, "ISO 8601-2 (EDTF) level 1", "The time with its uncertainty", finding::edtf),
    column("date_text", Kind::Text, "", "The words that were resolved to the time", finding::date_text),
    column("date_rule", Kind::Code, "", "The rules that read it, first to last", finding::date_rule),
    column("date_basis", Kind::Word(bases), "", "How the happening came to its time", finding::basis),
    column("utc_offset", Kind::Code, "UTC+hh:mm", "Offset from UTC, when it is known", finding::utc_offset),
    column("event_type", Kind::Word(types), "", "What kind of happening", finding::event_type).tagged("#event+type"),
    column("status", Kind::Word(statuses), "", "Whether it happened, is reported, denied, possible or planned", finding::status).tagged("#status"),
    column("place", Kind::Text, "", "The main place, in the language of the article", finding::place).tagged("#loc+name"),
    column("place_en", Kind::Text, "", "The same in English, or in ASCII", finding::place_en),
    column("place_text", Kind::Text, "", "The words of the text that stand for it", finding::place_text),
    column("country", Kind::Code, "ISO 3166-1 alpha-2", "Country of the main place", finding::country),
    column("country_iso3", Kind::Code, "ISO 3166-1 alpha-3", "The same with three letters", finding::country_iso3).tagged("#country+code+v_iso3"),
    column("admin1", Kind::Text, "", "First division of the country", finding::admin1).tagged("#adm1+name"),
    column("admin2", Kind::Text, "", "Second division of the country", finding::admin2).tagged("#adm2+name"),
    column("place_type", Kind::Word(place_types), "", "What kind of place", finding::place_type),
    column("place_role", Kind::Word(place_roles), "", "What the place is to the happening", finding::place_role),
    column("place_precision", Kind::Word(place_precisions), "", "How the point relates to the place", finding::place_precision),
    column("place_certainty", Kind::Word(certainties), "", "How sure it is that this is the place meant", finding::place_certainty),
    column("place_radius_m", Kind::Integer, "metres", "How far the point may be off", finding::place_radius),
    column("place_id", Kind::Code, "geonames:number", "Gazetteer entry", finding::place_id),
    column("latitude", Kind::Number(5), "degrees, WGS 84", "Latitude of the main place", finding::latitude).tagged("#geo+lat").table_only(),
    column("longitude", Kind::Number(5), "degrees, WGS 84", "Longitude of the main place", finding::longitude).tagged("#geo+lon").table_only(),
    column("origin", Kind::Text, "", "Where a movement began", finding::origin),
    column("origin_latitude", Kind::Number(5), "degrees, WGS 84", "Its latitude", finding::origin_latitude),
    column("origin_longitude", Kind::Number(5), "degrees, WGS 84", "Its longitude", finding::origin_longitude),
    column("destination", Kind::Text, "", "Where a movement ended", finding::destination),
    column("destination_latitude", Kind::Number(5), "degrees, WGS 84", "Its latitude", finding::destination_latitude),
    column("destination_longitude", Kind::Number(5), "degrees, WGS 84", "Its longitude", finding::destination_longitude),
    column("actors", Kind::Text, "separated by ;", "Who took part", finding::actors),
    column("counts", Kind::Text, "separated by ;", "Every quantity, as written", finding::counts),
    column("count_value", Kind::Number(3), "", "The main quantity, or the lower end of its range", finding::count_value),
    column("count_max", Kind::Number(3), "", "The upper end of its range", finding::count_max),
    column("count_unit", Kind::Text, "", "What it counts, as written", finding::count_unit),
    column("count_qualifier", Kind::Word(qualifiers), "", "How exactly it is meant", finding::count_qualifier),
    column("killed", Kind::Integer, "people", "Dead, when the text says so", finding::killed).tagged("#affected+killed"),
    column("injured", Kind::Integer, "people", "Injured, when the text says so", finding::injured).tagged("#affected+injured"),
    column("displaced", Kind::Integer, "people", "Displaced or evacuated, when the text says so", finding::displaced).tagged("#affected+displaced"),
    column("attribution", Kind::Text, "", "Who says so", finding::attribution).tagged("#meta+attribution"),
    column("confidence", Kind::Number(2), "0 to 1", "How sure the whole record is", finding::confidence),
    column("description", Kind::Text, "", "The sentence it was read from, verbatim", finding::description).tagged("#description"),
    column("lang", Kind::Code, "ISO 639-1", "Language of the article", finding::lang),
    column("doc_id", Kind::Text, "", "Name of the article: its id, address or file", finding::doc_id),
    column("publisher", Kind::Text, "", "Who published the article", finding::publisher).tagged("#meta+source"),
    column("source_url", Kind::Text, "", "Address of the article", finding::source_url).tagged("#meta+url"),
    column("published", Kind::Day, "", "Publication date, from which relative dates were counted", finding::published).tagged("#date+reported"),
    column("char_start", Kind::Integer, "code points", "Where the sentence begins in the text of the article", finding::char_start),
    column("char_end", Kind::Integer, "code points", "Where it ends, exclusive", finding::char_end),
    column("mentions", Kind::Integer, "", "How often the happening is told", finding::mentions),
    column("sources", Kind::Integer, "", "Distinct publishers that tell it", finding::sources),
];

/// The words of `date_precision`, finest first.
pub fn precisions() -> Vec<&'static str> {
    "second minute hour part_of_day day weekend week month quarter season half year decade century range open"
        .split(' ')
        .collect()
}

fn bases() -> Vec<&'static str> {
    use DateBasis::{Announcement, Explicit, Inferred, Publication};
    [Explicit, Announcement, Inferred, Publication].map(DateBasis::as_str).to_vec()
}

fn types() -> Vec<&'static str> {
    EventType::ALL.iter().map(|t| t.as_str()).collect()
}

fn statuses() -> Vec<&'static str> {
    STATUSES.map(Status::as_str).to_vec()
}

/// All statuses, in order.
pub const STATUSES: [Status; 5] =
    [Status::Asserted, Status::Reported, Status::Denied, Status::Possible, Status::Planned];

fn place_types() -> Vec<&'static str> {
    use PlaceKind as K;
    let all = [
        K::Continent,
        K::Country,
        K::Admin1,
        K::Admin2,
        K::Region,
        K::City,
        K::District,
        K::Site,
        K::Street,
        K::Island,
        K::Mountain,
        K::River,
        K::Lake,
        K::Sea,
        K::Derived,
    ];
    all.map(PlaceKind::as_str).to_vec()
}

fn place_roles() -> Vec<&'static str> {
    use PlaceRole::{Container, Context, Destination, Location, Origin};
    [Location, Origin, Destination, Container, Context].map(PlaceRole::as_str).to_vec()
}

fn place_precisions() -> Vec<&'static str> {
    [Precision::Exact, Precision::Area, Precision::Derived, Precision::Containing]
        .map(Precision::as_str)
        .to_vec()
}

fn certainties() -> Vec<&'static str> {
    vec!["high", "medium", "low"]
}

fn qualifiers() -> Vec<&'static str> {
    [Qualifier::Exact, Qualifier::AtLeast, Qualifier::About, Qualifier::AtMost]
        .map(Qualifier::as_str)
        .to_vec()
}
