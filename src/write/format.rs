//! The list of formats: what each is called, the file it goes to, and its writer.

use super::csv::{Dialect, Table};
use super::sidecar::Sidecar;
use super::timelinejs::{TimelineJson, TimelineTable};
use super::{Write, geojson, ics, jsonfg, jsonl, kml, movements, qgis, svg};
use std::io;

macro_rules! formats {
    ($($(#[$attribute:meta])* $format:ident $word:literal $file:literal $writer:expr;)*) => {
        /// An output format.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs)]
        #[non_exhaustive]
        pub enum Format { $($(#[$attribute])* $format,)* }

        impl Format {
            /// All formats of this build, in the order in which they are listed to users.
            pub const ALL: &'static [Format] = &[$($(#[$attribute])* Format::$format,)*];

            /// What the user calls it; files that belong together share a word.
            pub fn as_str(self) -> &'static str {
                match self { $($(#[$attribute])* Format::$format => $word,)* }
            }

            /// The file it is written to.
            pub fn file_name(self) -> &'static str {
                match self { $($(#[$attribute])* Format::$format => $file,)* }
            }

            /// A writer of this format, as it is when nobody asks for anything else.
            pub fn writer<'w>(self, out: impl io::Write + 'w) -> Box<dyn Write + 'w> {
                match self { $($(#[$attribute])* Format::$format => Box::new($writer(out)),)* }
            }
        }
    };
}

formats! {
    GeoJson "geojson" "events.geojson" geojson::GeoJson::new;
    Csv "csv" "timeline.csv" Table::plain;
    #[cfg(feature = "report")]
    Html "html" "report.html" super::html::Html::new;
    TimelineSvg "svg" "timeline.svg" svg::Svg::timeline;
    MapSvg "svg" "map.svg" svg::Svg::map;
    JsonLines "jsonl" "events.jsonl" jsonl::JsonLines::new;
    GeoJsonLines "geojsonl" "events.geojsonl" geojson::GeoJsonLines::new;
    JsonFg "jsonfg" "events.fg.json" jsonfg::JsonFg::new;
    Movements "movements" "movements.geojson" movements::Movements::new;
    #[cfg(feature = "xlsx")]
    Xlsx "xlsx" "timeline.xlsx" super::xlsx::Xlsx::new;
    #[cfg(feature = "gpkg")]
    GeoPackage "gpkg" "events.gpkg" super::gpkg::GeoPackage::new;
    #[cfg(feature = "fgb")]
    FlatGeobuf "fgb" "events.fgb" super::fgb::FlatGeobuf::new;
    #[cfg(feature = "parquet")]
    GeoParquet "parquet" "events.parquet" super::parquet::GeoParquet::new;
    Kml "kml" "events.kml" kml::Kml::new;
    Ics "ics" "events.ics" ics::Calendar::new;
    TimelineJson "timelinejs" "timelinejs.json" TimelineJson::new;
    TimelineTable "timelinejs" "timelinejs.csv" TimelineTable::new;
    Hxl "hxl" "timeline.hxl.csv" Table::tagged;
    QgisStyle "qgis" "events.qml" qgis::Style::new;
    QgisProject "qgis" "events.qgs" qgis::Project::new;
    DataPackage "datapackage" "datapackage.json" Sidecar::data_package;
    CsvOnTheWeb "csvw" "timeline.csv-metadata.json" Sidecar::csv_on_the_web;
}

impl Format {
    /// What is written when nobody asks for anything else.
    pub const DEFAULT: &'static [Format] = &[Format::GeoJson, Format::Csv];

    /// The file of a table in this dialect.
    pub fn file_name_in(self, dialect: Dialect) -> &'static str {
        if self == Format::Csv && dialect == Dialect::Tsv { "timeline.tsv" } else { self.file_name() }
    }

    /// The file that this one describes or shows, and is of no use without.
    pub fn needs(self) -> Option<Format> {
        match self {
            Format::QgisStyle | Format::QgisProject => Some(Format::GeoJson),
            Format::DataPackage | Format::CsvOnTheWeb => Some(Format::Csv),
            _ => None,
        }
    }

    /// A writer that writes the timeline, or what describes it, in this dialect.
    pub fn writer_in<'w>(self, dialect: Dialect, out: impl io::Write + 'w) -> Box<dyn Write + 'w> {
        match self {
            Format::Csv => Box::new(Table::new(out, dialect)),
            Format::DataPackage => Box::new(Sidecar::data_package(out).of(dialect)),
            Format::CsvOnTheWeb => Box::new(Sidecar::csv_on_the_web(out).of(dialect)),
            other => other.writer(out),
        }
    }
}
