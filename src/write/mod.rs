//! From documents to bytes: one file per format, all of them fed with the same rows.
//!
//! Writers see only the document model, and the outlines of countries for layers of areas. They get no file names, no clock and no order of their own: the
//! caller sorts the rows ([`sort`]) and says where the bytes go.

mod coarse;
pub mod colour;
mod country;
mod csv;
pub mod describe;
mod finding;
mod format;
mod geojson;
mod interval;
mod jsonl;
#[cfg(feature = "report")]
mod html;
#[cfg(feature = "fgb")]
mod fgb;
#[cfg(feature = "gpkg")]
mod gpkg;
mod ics;
mod jsonfg;
mod kml;
mod limit;
mod movements;
mod notation;
mod outline;
#[cfg(feature = "parquet")]
mod parquet;
mod qgis;
mod row;
pub mod schema;
pub mod shape;
mod sidecar;
mod svg;
mod timelinejs;
#[cfg(any(feature = "gpkg", feature = "parquet"))]
mod wkb;
#[cfg(feature = "xlsx")]
mod xlsx;
pub mod xml;

use crate::document::Document;
use chrono::NaiveDate;
pub use coarse::{DECIMALS, coarsen};
pub use csv::Dialect;
pub use format::Format;
pub use interval::{Civil, civil};
pub use row::{Row, Rows, Selection, rows, sort};
pub use shape::Geometry;
use std::io;

/// What is known about a whole run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Run {
    /// The newest publication date of the articles read: the only date a file may carry as its own.
    pub newest: Option<NaiveDate>,
    /// The shapes that the rows of map layers have.
    pub geometry: Geometry,
}

/// What every format's writer does. Calls come in this order: `document` once per article, in input order;
/// `begin` once; `row` once per happening, in sorted order; `undated` likewise; `end` once.
pub trait Write {
    /// Takes one document; only formats that hold more than rows care.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    fn document(&mut self, _document: &Document) -> io::Result<()> {
        Ok(())
    }

    /// Writes what stands before the first row.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    fn begin(&mut self, run: &Run) -> io::Result<()>;

    /// Writes one happening.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    fn row(&mut self, row: &Row) -> io::Result<()>;

    /// Takes a happening without a time, after the rows; only the page has a list of them.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    fn undated(&mut self, _row: &Row) -> io::Result<()> {
        Ok(())
    }

    /// Writes what stands after the last row.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    fn end(&mut self) -> io::Result<()>;
}
