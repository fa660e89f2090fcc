//! From documents to bytes: one file per format, all of them fed with the same rows.
//!
//! Writers see only the document model. They get no file names, no clock and no order of their own: the
//! caller sorts the rows ([`sort`]) and says where the bytes go.

mod country;
mod csv;
pub mod describe;
mod finding;
mod geojson;
mod interval;
#[cfg(feature = "report")]
mod html;
mod row;
pub mod schema;

use crate::document::Document;
use chrono::NaiveDate;
pub use interval::{Civil, civil};
pub use row::{Row, Rows, Selection, rows, sort};
use std::io;

/// What is known about a whole run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Run {
    /// The newest publication date of the articles read: the only date a file may carry as its own.
    pub newest: Option<NaiveDate>,
}

/// What every format's writer does. Calls come in this order: `document` once per article, in input order;
/// `begin` once; `row` once per happening, in sorted order; `end` once.
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

    /// Writes what stands after the last row.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    fn end(&mut self) -> io::Result<()>;
}

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
#[non_exhaustive]
pub enum Format {
    GeoJson,
    Csv,
    #[cfg(feature = "report")]
    Html,
}

impl Format {
    /// All formats of this build.
    pub const ALL: &'static [Format] = &[
        Format::GeoJson,
        Format::Csv,
        #[cfg(feature = "report")]
        Format::Html,
    ];

    /// What is written when nobody asks for anything else.
    pub const DEFAULT: &'static [Format] = &[Format::GeoJson, Format::Csv];

    /// What the user calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::GeoJson => "geojson",
            Format::Csv => "csv",
            #[cfg(feature = "report")]
            Format::Html => "html",
        }
    }

    /// The file it is written to.
    pub fn file_name(self) -> &'static str {
        match self {
            Format::GeoJson => "events.geojson",
            Format::Csv => "timeline.csv",
            #[cfg(feature = "report")]
            Format::Html => "report.html",
        }
    }

    /// Whether the writer wants whole documents, not rows alone.
    pub fn takes_documents(self) -> bool {
        match self {
            Format::GeoJson | Format::Csv => false,
            #[cfg(feature = "report")]
            Format::Html => true,
        }
    }

    /// A writer of this format.
    pub fn writer<'w>(self, out: impl io::Write + 'w) -> Box<dyn Write + 'w> {
        match self {
            Format::GeoJson => Box::new(geojson::GeoJson::new(out)),
            Format::Csv => Box::new(csv::Csv::new(out)),
            #[cfg(feature = "report")]
            Format::Html => Box::new(html::Html::new(out)),
        }
    }
}
