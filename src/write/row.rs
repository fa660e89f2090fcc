//! One happening as a row: its values in the order of the columns, its point, and what sorts it.

mod stored;

use super::coarse::DECIMALS;
use super::finding::Finding;
use super::interval::{Civil, Core, civil, core};
use super::schema::{COLUMNS, Column, Value};
use super::shape::{Area, Geometry, Position, Shape};
use crate::document::Document;
use crate::event::Status;
use crate::span::CodePoints;
use chrono::{Datelike, NaiveDate};

/// What goes into rows.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Happenings with these statuses.
    pub statuses: Vec<Status>,
    /// Whether actors are named.
    pub actors: bool,
    /// The shapes of map layers.
    pub geometry: Geometry,
    /// Decimals of their corners.
    pub decimals: u8,
}

impl Default for Selection {
    fn default() -> Self {
        Selection {
            statuses: vec![Status::Asserted, Status::Reported, Status::Planned],
            actors: true,
            geometry: Geometry::Point,
            decimals: DECIMALS,
        }
    }
}

/// A happening, ready to be written.
#[derive(Clone, Debug)]
pub struct Row {
    values: Vec<Value>,
    point: Option<Position>,
    area: Option<Area>,
    geometry: Geometry,
    civil: Option<Civil>,
    core: Core,
    status: Status,
    utc_offset: Option<i16>,
}

/// The rows of a document, and what is in none.
#[derive(Debug, Default)]
pub struct Rows {
    /// Happenings with a time, in document order.
    pub dated: Vec<Row>,
    /// Happenings without a time, in document order.
    pub undated: Vec<Row>,
    /// Happenings with a year before 1 or after 9999, which no program's date-time holds.
    pub out_of_years: usize,
    /// Happenings whose status was not asked for.
    pub left_out: usize,
}

impl Rows {
    /// Takes in the rows of another document.
    pub fn add(&mut self, other: Rows) {
        self.dated.extend(other.dated);
        self.undated.extend(other.undated);
        self.out_of_years += other.out_of_years;
        self.left_out += other.left_out;
    }
}

/// Turns the happenings of `document` into rows. Ends that are open to the future stay provisional until
/// [`Row::close`].
pub fn rows(document: &Document, selection: &Selection) -> Rows {
    let mut rows = Rows::default();
    let points = CodePoints::new(&document.article.text);
    for event in &document.events {
        let status = event.record.status;
        if !selection.statuses.contains(&status) {
            rows.left_out += 1;
            continue;
        }
        let published = document.published.map(|p| p.date);
        let civil = event.record.time.as_ref().and_then(|t| civil(t, published));
        if civil.is_some_and(|c| !fits(c)) {
            rows.out_of_years += 1;
            continue;
        }
        let finding = Finding {
            document,
            points: &points,
            event,
            civil,
            with_actors: selection.actors,
            decimals: selection.decimals,
        };
        let values = COLUMNS.iter().map(|column| (column.value)(&finding)).collect();
        let utc_offset = event.record.time.as_ref().and_then(|t| t.utc_offset);
        let core = event.record.time.as_ref().map(|t| core(&t.bounds)).unwrap_or_default();
        let geometry = selection.geometry;
        let area = (geometry == Geometry::Area).then(|| finding.area()).flatten();
        let row = Row { values, point: finding.point(), area, geometry, civil, core, status, utc_offset };
        if civil.is_some() { rows.dated.push(row) } else { rows.undated.push(row) }
    }
    rows
}

fn fits(civil: Civil) -> bool {
    (1..=9999).contains(&civil.start.year()) && (1..=9999).contains(&civil.end.year())
}

impl Row {
    /// The values, one per column of [`COLUMNS`].
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The value of the column called `name`; missing for a name that is no column.
    pub fn value(&self, name: &str) -> &Value {
        Column::position(name).and_then(|i| self.values.get(i)).unwrap_or(&Value::Missing)
    }

    /// A text value; empty when missing.
    pub fn text(&self, name: &str) -> &str {
        match self.value(name) {
            Value::Text(text) => text,
            Value::Word(word) => word,
            _ => "",
        }
    }

    /// Stable name.
    pub fn id(&self) -> &str {
        match self.values.first() {
            Some(Value::Text(id)) => id,
            _ => "",
        }
    }

    /// Longitude and latitude in degrees, for happenings with a place on the map.
    pub fn point(&self) -> Option<Position> {
        self.point
    }

    /// What map layers draw, of the shapes asked for.
    pub fn shape(&self) -> Option<Shape> {
        self.area.as_ref().map(Area::shape).or(self.point.map(Shape::Point))
    }

    /// The columns of map layers with their values.
    pub fn layer(&self) -> impl Iterator<Item = (&'static Column, &Value)> {
        COLUMNS.iter().zip(&self.values).filter(|(column, _)| column.is_in_layer(self.geometry))
    }

    /// The interval; nothing for undated happenings.
    pub fn civil(&self) -> Option<Civil> {
        self.civil
    }

    /// The sure part of an interval whose ends are not sure.
    pub(super) fn core(&self) -> Core {
        self.core
    }

    /// Whether it happened.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Offset from UTC in minutes, where the text tells it.
    pub(super) fn utc_offset(&self) -> Option<i16> {
        self.utc_offset
    }

    /// Ends an interval that is open to the future with `newest`, the newest publication date of all articles.
    pub fn close(&mut self, newest: NaiveDate) {
        let Some(civil) = self.civil.as_mut().filter(|c| c.open) else { return };
        let Some(end) = newest.and_hms_opt(23, 59, 59).filter(|end| *end > civil.end) else { return };
        civil.end = end;
        if let Some(value) = Column::position("end_time").and_then(|i| self.values.get_mut(i)) {
            *value = Value::Instant(end);
        }
    }
}

/// Sorts rows as all outputs have them: by start, then end, then id.
pub fn sort(rows: &mut [Row]) {
    rows.sort_by(|a, b| (a.civil, a.id()).cmp(&(b.civil, b.id())));
}
