//! FlatGeobuf: a map layer with a spatial index, for programs that read only the part of the map they show.
//!
//! The format has no features without a geometry that programs would read, so happenings without a place are
//! left out. Its writer keeps the features in a temporary file and the index in memory, about 50 bytes each.

use super::schema::{COLUMNS, Kind, Value, attribution};
use super::shape::{Geometry, Polygon, Shape};
use super::{Row, Run, Write, notation};
use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geozero::error::Result as Processed;
use geozero::{ColumnValue, GeomProcessor, GeozeroGeometry, PropertyProcessor};
use std::io;

pub(super) struct FlatGeobuf<'f, W: io::Write> {
    out: W,
    geometry: Geometry,
    /// Made with the first feature: an empty layer has no index.
    layer: Option<FgbWriter<'f>>,
}

impl<W: io::Write> FlatGeobuf<'_, W> {
    pub(super) fn new(out: W) -> Self {
        FlatGeobuf { out, geometry: Geometry::Point, layer: None }
    }
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::other(error)
}

fn layer<'f>(geometry: Geometry, write_index: bool) -> io::Result<FgbWriter<'f>> {
    let options = FgbWriterOptions {
        write_index,
        detect_type: false,
        promote_to_multi: false,
        crs: FgbCrs { org: Some("EPSG"), code: 4326, name: Some("WGS 84"), ..FgbCrs::default() },
        title: Some("Dated, located happenings read from news"),
        description: Some(attribution(geometry)),
        ..FgbWriterOptions::default()
    };
    let kind = match geometry {
        Geometry::Point => GeometryType::Point,
        Geometry::Area => GeometryType::Unknown,
    };
    let mut layer = FgbWriter::create_with_options("events", kind, options).map_err(failed)?;
    for column in COLUMNS.iter().filter(|c| c.is_in_layer(geometry)) {
        let kind = match column.kind {
            Kind::Text | Kind::Code | Kind::Word(_) => ColumnType::String,
            Kind::Integer => ColumnType::Long,
            Kind::Number(_) => ColumnType::Double,
            Kind::Instant | Kind::Day => ColumnType::DateTime,
        };
        layer.add_column(column.name, kind, |text, field| {
            field.description = Some(text.create_string(column.meaning));
        });
    }
    Ok(layer)
}

/// A shape as the format's writer takes it.
struct Drawn(Shape);

impl GeozeroGeometry for Drawn {
    fn process_geom<P: GeomProcessor>(&self, to: &mut P) -> Processed<()> {
        match &self.0 {
            Shape::Point((lon, lat)) => {
                to.point_begin(0)?;
                to.xy(*lon, *lat, 0)?;
                to.point_end(0)
            }
            Shape::Area(polygons) => match polygons.as_ref() {
                [one] => polygon(one, true, 0, to),
                several => {
                    to.multipolygon_begin(several.len(), 0)?;
                    for (at, one) in several.iter().enumerate() {
                        polygon(one, false, at, to)?;
                    }
                    to.multipolygon_end(0)
                }
            },
        }
    }
}

fn polygon(rings: &Polygon, alone: bool, at: usize, to: &mut impl GeomProcessor) -> Processed<()> {
    to.polygon_begin(alone, rings.len(), at)?;
    for (number, ring) in rings.iter().enumerate() {
        to.linestring_begin(false, ring.len(), number)?;
        for (n, (lon, lat)) in ring.iter().enumerate() {
            to.xy(*lon, *lat, n)?;
        }
        to.linestring_end(false, number)?;
    }
    to.polygon_end(alone, at)
}

impl<W: io::Write> Write for FlatGeobuf<'_, W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.geometry = run.geometry;
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        let Some(shape) = row.shape() else { return Ok(()) };
        let layer = match &mut self.layer {
            Some(layer) => layer,
            none => none.insert(layer(self.geometry, true)?),
        };
        let mut refused = None;
        let mut time = String::new();
        let drawn = Drawn(shape);
        let added = layer.add_feature_geom(drawn, |feature| {
            for (at, (column, value)) in row.layer().enumerate() {
                time.clear();
                let value = match value {
                    Value::Missing => continue,
                    Value::Text(text) => ColumnValue::String(text),
                    Value::Word(word) => ColumnValue::String(word),
                    Value::Integer(n) => ColumnValue::Long(*n),
                    Value::Number(n) => ColumnValue::Double(*n),
                    Value::Instant(_) | Value::Day(_) => {
                        notation::value(value, &mut time);
                        ColumnValue::DateTime(&time)
                    }
                };
                if let Err(error) = feature.property(at, column.name, &value) {
                    refused = Some(error);
                }
            }
        });
        added.map_err(failed)?;
        refused.map_or(Ok(()), |error| Err(failed(error)))
    }

    fn end(&mut self) -> io::Result<()> {
        let layer = match self.layer.take() {
            Some(layer) => layer,
            None => layer(self.geometry, false)?,
        };
        layer.write(&mut self.out).map_err(failed)?;
        self.out.flush()
    }
}
