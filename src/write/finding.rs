//! One happening seen from the tables: what each column takes from it.

use super::coarse::DECIMALS;
use super::country::alpha3;
use super::interval::Civil;
use super::schema::Value;
use super::shape::{Area, area};
use crate::document::{Document, Event};
use crate::event::{EventTime, Quantity, Toll};
use crate::place::{Place, PlaceMention, PlaceRole};
use crate::span::{CodePoints, Span};
use crate::time::{Granularity, RangeEnd};

/// A happening with its document and what the columns share.
pub(super) struct Finding<'a> {
    pub(super) document: &'a Document,
    pub(super) points: &'a CodePoints,
    pub(super) event: &'a Event,
    pub(super) civil: Option<Civil>,
    pub(super) with_actors: bool,
    pub(super) decimals: u8,
}

impl<'a> Finding<'a> {
    fn text(&self, span: Span) -> &'a str {
        span.of(&self.document.article.text)
    }

    fn time(&self) -> Option<&'a EventTime> {
        self.event.record.time.as_ref()
    }

    /// The main place of the happening.
    pub(super) fn main(&self) -> Option<(PlaceRole, &'a PlaceMention)> {
        let main = self.event.record.places.first()?;
        let mention = self.document.places.get(main.mention)?;
        matches!(
            main.role,
            PlaceRole::Location
                | PlaceRole::Origin
                | PlaceRole::Destination
                | PlaceRole::Container
                | PlaceRole::Context
        )
        .then_some((main.role, mention))
    }

    fn main_place(&self) -> Option<&'a Place> {
        self.main()?.1.place.as_deref()
    }

    /// Longitude and latitude, when the main place can put a point on the map.
    pub(super) fn point(&self) -> Option<(f64, f64)> {
        let (role, mention) = self.main()?;
        let place = mention.place.as_ref().filter(|_| role.is_on_map())?;
        (place.lon.abs() <= 180.0 && place.lat.abs() <= 90.0)
            .then_some((degrees(place.lon), degrees(place.lat)))
    }

    /// What the main place covers on the map.
    pub(super) fn area(&self) -> Option<Area> {
        self.point()?;
        area(self.main_place()?, self.decimals)
    }

    /// The first place with this role.
    fn end(&self, role: PlaceRole) -> Option<&'a Place> {
        let found = self.event.record.places.iter().find(|p| p.role == role)?;
        self.document.places.get(found.mention)?.place.as_deref()
    }

    fn sentence(&self) -> Span {
        let record = &self.event.record;
        self.document.sentences.get(record.sentence).copied().unwrap_or(record.clause)
    }

    fn main_quantity(&self) -> Option<&'a Quantity> {
        let all = &self.event.record.quantities;
        all.iter().find(|q| q.toll.is_some()).or_else(|| all.first())
    }

    fn toll(&self, toll: Toll) -> Value {
        let counted = self.event.record.quantities.iter().filter(|q| q.toll == Some(toll));
        let most = counted.map(|q| q.value.round()).filter(|v| (0.0..=1e12).contains(v)).reduce(f64::max);
        most.map_or(Value::Missing, |v| Value::Integer(v as i64))
    }
}

/// Degrees to five decimals, about a metre.
pub(super) fn degrees(value: f64) -> f64 {
    rounded(value, DECIMALS)
}

/// A number with this many decimals; no negative zero.
pub(super) fn rounded(value: f64, decimals: u8) -> f64 {
    let scale = 10_f64.powi(i32::from(decimals));
    (value * scale).round() / scale + 0.0
}

/// Words on one line, single spaces; empty is missing. No-break spaces stay.
fn line(words: &str) -> Value {
    let mut out = String::with_capacity(words.len());
    let is_gap = |c: char| {
        c == ' ' || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
    };
    for part in words.split(is_gap) {
        if !part.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(part);
        }
    }
    if out.is_empty() { Value::Missing } else { Value::Text(out) }
}

/// Words exactly as they stand, but for characters that no XML file can hold.
fn exact(words: &str) -> Value {
    if words.is_empty() {
        return Value::Missing;
    }
    Value::Text(words.chars().map(|c| if is_storable(c) { c } else { char::REPLACEMENT_CHARACTER }).collect())
}

/// What every format can hold: no control characters but tab and line breaks, no noncharacters of the first plane.
fn is_storable(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Several words in one cell.
fn list<'a>(items: impl Iterator<Item = &'a str>) -> Value {
    let joined: Vec<String> = items.map(|item| item.replace(';', ",")).collect();
    line(&joined.join("; "))
}

fn number(value: Option<f64>, scale: f64) -> Value {
    match value.filter(|v| v.is_finite()) {
        Some(value) => Value::Number((value * scale).round() / scale + 0.0),
        None => Value::Missing,
    }
}

fn word(value: Option<&'static str>) -> Value {
    value.map_or(Value::Missing, Value::Word)
}

pub(super) fn id(f: &Finding<'_>) -> Value {
    exact(&f.event.id)
}

pub(super) fn title(f: &Finding<'_>) -> Value {
    line(&f.event.record.title)
}

pub(super) fn start(f: &Finding<'_>) -> Value {
    f.civil.map_or(Value::Missing, |c| Value::Instant(c.start))
}

pub(super) fn end(f: &Finding<'_>) -> Value {
    f.civil.map_or(Value::Missing, |c| Value::Instant(c.end))
}

pub(super) fn precision(f: &Finding<'_>) -> Value {
    if f.civil.is_some_and(|c| c.open) {
        return Value::Word("open");
    }
    word(f.time().map(|t| match t.granularity {
        Granularity::Second => "second",
        Granularity::Minute => "minute",
        Granularity::Hour => "hour",
        Granularity::PartOfDay => "part_of_day",
        Granularity::Day => "day",
        Granularity::Weekend => "weekend",
        Granularity::Week => "week",
        Granularity::Month => "month",
        Granularity::Quarter => "quarter",
        Granularity::Season => "season",
        Granularity::Half => "half",
        Granularity::Year => "year",
        Granularity::Decade => "decade",
        Granularity::Century => "century",
        Granularity::Range => "range",
        Granularity::Open => "open",
    }))
}

pub(super) fn edtf(f: &Finding<'_>) -> Value {
    f.time().map_or(Value::Missing, |t| exact(&t.edtf))
}

pub(super) fn date_text(f: &Finding<'_>) -> Value {
    let times = &f.document.times;
    let Some(mention) = f.time().and_then(|t| t.mention).and_then(|m| times.get(m)) else {
        return Value::Missing;
    };
    let other = mention.range.and_then(|r| match r {
        RangeEnd::First(other) | RangeEnd::Last(other) => times.get(other),
    });
    line(f.text(other.map_or(mention.span, |o| mention.span.cover(o.span))))
}

pub(super) fn date_rule(f: &Finding<'_>) -> Value {
    f.time().map_or(Value::Missing, |t| exact(&t.trail.join(" > ")))
}

pub(super) fn basis(f: &Finding<'_>) -> Value {
    word(f.time().map(|t| t.basis.as_str()))
}

pub(super) fn utc_offset(f: &Finding<'_>) -> Value {
    let Some(minutes) = f.time().and_then(|t| t.utc_offset) else { return Value::Missing };
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    Value::Text(format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60))
}

pub(super) fn event_type(f: &Finding<'_>) -> Value {
    Value::Word(f.event.record.kind.as_str())
}

pub(super) fn status(f: &Finding<'_>) -> Value {
    Value::Word(f.event.record.status.as_str())
}

pub(super) fn place(f: &Finding<'_>) -> Value {
    f.main_place().map_or(Value::Missing, |p| line(&p.name))
}

pub(super) fn place_en(f: &Finding<'_>) -> Value {
    f.main_place().map_or(Value::Missing, |p| line(&p.name_en))
}

pub(super) fn place_text(f: &Finding<'_>) -> Value {
    f.main().map_or(Value::Missing, |(_, mention)| line(f.text(mention.span)))
}

pub(super) fn country(f: &Finding<'_>) -> Value {
    f.main_place().map_or(Value::Missing, |p| exact(&p.country))
}

pub(super) fn country_iso3(f: &Finding<'_>) -> Value {
    word(f.main_place().map(|p| alpha3(&p.country)).filter(|code| !code.is_empty()))
}

pub(super) fn admin1(f: &Finding<'_>) -> Value {
    f.main_place().map_or(Value::Missing, |p| line(&p.admin1))
}

pub(super) fn admin2(f: &Finding<'_>) -> Value {
    f.main_place().map_or(Value::Missing, |p| line(&p.admin2))
}

pub(super) fn place_type(f: &Finding<'_>) -> Value {
    word(f.main_place().map(|p| p.kind.as_str()))
}

pub(super) fn place_role(f: &Finding<'_>) -> Value {
    word(f.main().map(|(role, _)| role.as_str()))
}

pub(super) fn place_precision(f: &Finding<'_>) -> Value {
    word(f.main_place().map(|p| p.precision.as_str()))
}

/// Three steps are what people act on; the borders are those of the confidence column's calibration.
pub(super) fn place_certainty(f: &Finding<'_>) -> Value {
    word(f.main().filter(|(_, m)| m.place.is_some()).map(|(_, mention)| match mention.confidence {
        c if c >= 0.8 => "high",
        c if c >= 0.5 => "medium",
        _ => "low",
    }))
}

pub(super) fn place_radius(f: &Finding<'_>) -> Value {
    f.main_place().map_or(Value::Missing, |p| Value::Integer(i64::from(p.radius_m)))
}

pub(super) fn place_id(f: &Finding<'_>) -> Value {
    f.main_place().map_or(Value::Missing, |p| exact(&p.id))
}

pub(super) fn latitude(f: &Finding<'_>) -> Value {
    f.point().map_or(Value::Missing, |(_, lat)| Value::Number(lat))
}

pub(super) fn longitude(f: &Finding<'_>) -> Value {
    f.point().map_or(Value::Missing, |(lon, _)| Value::Number(lon))
}

pub(super) fn origin(f: &Finding<'_>) -> Value {
    f.end(PlaceRole::Origin).map_or(Value::Missing, |p| line(&p.name))
}

pub(super) fn origin_latitude(f: &Finding<'_>) -> Value {
    number(f.end(PlaceRole::Origin).map(|p| p.lat), 1e5)
}

pub(super) fn origin_longitude(f: &Finding<'_>) -> Value {
    number(f.end(PlaceRole::Origin).map(|p| p.lon), 1e5)
}

pub(super) fn destination(f: &Finding<'_>) -> Value {
    f.end(PlaceRole::Destination).map_or(Value::Missing, |p| line(&p.name))
}

pub(super) fn destination_latitude(f: &Finding<'_>) -> Value {
    number(f.end(PlaceRole::Destination).map(|p| p.lat), 1e5)
}

pub(super) fn destination_longitude(f: &Finding<'_>) -> Value {
    number(f.end(PlaceRole::Destination).map(|p| p.lon), 1e5)
}

pub(super) fn actors(f: &Finding<'_>) -> Value {
    if !f.with_actors {
        return Value::Missing;
    }
    list(f.event.record.actors.iter().map(|a| f.text(a.span)))
}

pub(super) fn counts(f: &Finding<'_>) -> Value {
    list(f.event.record.quantities.iter().map(|q| f.text(q.span)))
}

pub(super) fn count_value(f: &Finding<'_>) -> Value {
    number(f.main_quantity().map(|q| q.value), 1e3)
}

pub(super) fn count_max(f: &Finding<'_>) -> Value {
    number(f.main_quantity().and_then(|q| q.max), 1e3)
}

pub(super) fn count_unit(f: &Finding<'_>) -> Value {
    f.main_quantity().map_or(Value::Missing, |q| line(&q.unit))
}

pub(super) fn count_qualifier(f: &Finding<'_>) -> Value {
    word(f.main_quantity().map(|q| q.qualifier.as_str()))
}

pub(super) fn killed(f: &Finding<'_>) -> Value {
    f.toll(Toll::Killed)
}

pub(super) fn injured(f: &Finding<'_>) -> Value {
    f.toll(Toll::Injured)
}

pub(super) fn displaced(f: &Finding<'_>) -> Value {
    f.toll(Toll::Displaced)
}

pub(super) fn attribution(f: &Finding<'_>) -> Value {
    f.event.record.source.map_or(Value::Missing, |span| line(f.text(span)))
}

pub(super) fn confidence(f: &Finding<'_>) -> Value {
    number(Some(f64::from(f.event.confidence.clamp(0.0, 1.0))), 1e2)
}

pub(super) fn description(f: &Finding<'_>) -> Value {
    exact(f.text(f.sentence()))
}

pub(super) fn lang(f: &Finding<'_>) -> Value {
    word(f.document.lang.map(|l| l.code()))
}

pub(super) fn doc_id(f: &Finding<'_>) -> Value {
    line(&f.document.article.id)
}

pub(super) fn publisher(f: &Finding<'_>) -> Value {
    f.document.article.publisher.as_deref().map_or(Value::Missing, line)
}

pub(super) fn source_url(f: &Finding<'_>) -> Value {
    f.document.article.url.as_deref().map_or(Value::Missing, line)
}

pub(super) fn published(f: &Finding<'_>) -> Value {
    f.document.published.map_or(Value::Missing, |p| Value::Day(p.date))
}

fn offset(f: &Finding<'_>, byte: u32) -> Value {
    let count = f.points.at(&f.document.article.text, byte);
    i64::try_from(count).map_or(Value::Missing, Value::Integer)
}

pub(super) fn char_start(f: &Finding<'_>) -> Value {
    offset(f, f.sentence().start)
}

pub(super) fn char_end(f: &Finding<'_>) -> Value {
    offset(f, f.sentence().end)
}

pub(super) fn mentions(f: &Finding<'_>) -> Value {
    Value::Integer(f.event.mentions.len().max(1) as i64)
}

pub(super) fn sources(f: &Finding<'_>) -> Value {
    Value::Integer(f.event.sources(&f.document.article) as i64)
}
