//! GeoParquet 1.1: the layer as columns, for data frames and databases that query millions of rows.
//!
//! Rows are held until a row group is full and then written, so memory stays bounded. Shapes are well-known
//! binary in longitude, latitude order; times are local, without a zone.

use super::schema::{COLUMNS, Column, Kind, VERSION, Value, attribution};
use super::shape::{Geometry, Shape};
use super::{Row, Run, Write, wkb};
use chrono::NaiveDate;
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::{ParquetError, Result as Written};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use serde_json::json;
use std::io;
use std::sync::Arc;

/// Rows that are held before they are written.
const GROUP: usize = 20_000;
/// Bytes of their shapes, which are large where countries are.
const BYTES: usize = 64 << 20;

const SHAPE: &str = "geometry";

pub(super) struct GeoParquet<W: io::Write> {
    out: W,
    /// Its bytes are taken out after every row group.
    file: Option<SerializedFileWriter<Vec<u8>>>,
    geometry: Geometry,
    columns: Vec<Held>,
    shapes: Vec<Option<ByteArray>>,
    /// Bytes of the shapes held, and how many are held at most.
    held: usize,
    pub(super) bytes: usize,
    extent: Option<[f64; 4]>,
    /// Which kinds of shape occur: point, polygon, multipolygon.
    kinds: [bool; 3],
}

/// The values of one column of a row group.
enum Held {
    Text(Vec<Option<ByteArray>>),
    Whole(Vec<Option<i64>>),
    Number(Vec<Option<f64>>),
    Day(Vec<Option<i32>>),
}

impl Held {
    fn new(column: &Column) -> Self {
        match column.kind {
            Kind::Text | Kind::Code | Kind::Word(_) => Held::Text(Vec::new()),
            Kind::Integer | Kind::Instant => Held::Whole(Vec::new()),
            Kind::Number(_) => Held::Number(Vec::new()),
            Kind::Day => Held::Day(Vec::new()),
        }
    }

    fn push(&mut self, value: &Value) {
        match self {
            Held::Text(held) => held.push(match value {
                Value::Text(text) => Some(text.as_str().into()),
                Value::Word(word) => Some((*word).into()),
                _ => None,
            }),
            Held::Whole(held) => held.push(match value {
                Value::Integer(n) => Some(*n),
                Value::Instant(time) => Some(time.and_utc().timestamp_micros()),
                _ => None,
            }),
            Held::Number(held) => held.push(match value {
                Value::Number(n) => Some(*n),
                _ => None,
            }),
            Held::Day(held) => held.push(match value {
                Value::Day(day) => i32::try_from((*day - NaiveDate::default()).num_days()).ok(),
                _ => None,
            }),
        }
    }
}

impl<W: io::Write> GeoParquet<W> {
    pub(super) fn new(out: W) -> Self {
        GeoParquet {
            out,
            file: None,
            geometry: Geometry::Point,
            columns: Vec::new(),
            shapes: Vec::new(),
            held: 0,
            bytes: BYTES,
            extent: None,
            kinds: [false; 3],
        }
    }

    fn open(&mut self) -> Written<()> {
        let mut fields = Vec::new();
        for column in COLUMNS.iter().filter(|c| c.is_in_layer(self.geometry)) {
            fields.push(Arc::new(field(column)?));
            self.columns.push(Held::new(column));
        }
        let shape =
            Type::primitive_type_builder(SHAPE, Physical::BYTE_ARRAY).with_repetition(Repetition::OPTIONAL);
        fields.push(Arc::new(shape.build()?));
        let schema = Type::group_type_builder("events").with_fields(fields).build()?;
        let properties = WriterProperties::builder()
            .set_created_by(concat!("dateline ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::SNAPPY)
            .build();
        self.file = Some(SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?);
        Ok(())
    }

    /// Writes the rows held as one group.
    fn group(&mut self) -> Written<()> {
        let Some(file) = self.file.as_mut().filter(|_| !self.shapes.is_empty()) else { return Ok(()) };
        let mut group = file.next_row_group()?;
        for held in &mut self.columns {
            match held {
                Held::Text(values) => {
                    column(&mut group, values, typed::<ByteArrayType>)?;
                }
                Held::Whole(values) => column(&mut group, values, typed::<Int64Type>)?,
                Held::Number(values) => column(&mut group, values, typed::<DoubleType>)?,
                Held::Day(values) => column(&mut group, values, typed::<Int32Type>)?,
            }
        }
        column(&mut group, &mut self.shapes, typed::<ByteArrayType>)?;
        group.close()?;
        Ok(())
    }

    /// Hands over what the file's writer has made so far.
    fn pass_on(&mut self) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            file.flush()?;
            self.out.write_all(&std::mem::take(file.inner_mut()))?;
        }
        Ok(())
    }

    /// What GeoParquet wants to be told of the shapes.
    fn about(&self) -> String {
        let names = ["Point", "Polygon", "MultiPolygon"];
        let kinds: Vec<&str> =
            names.iter().zip(self.kinds).filter(|(_, there)| *there).map(|(n, _)| *n).collect();
        let mut shape = json!({ "encoding": "WKB", "geometry_types": kinds });
        if let (Some(extent), Some(shape)) = (self.extent, shape.as_object_mut()) {
            shape.insert("bbox".into(), json!(extent));
        }
        json!({ "version": "1.1.0", "primary_column": SHAPE, "columns": { SHAPE: shape } }).to_string()
    }
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

fn field(column: &Column) -> Written<Type> {
    let (physical, logical) = match column.kind {
        Kind::Text | Kind::Code | Kind::Word(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Number(_) => (Physical::DOUBLE, None),
        Kind::Instant => (Physical::INT64, Some(LogicalType::timestamp(false, TimeUnit::MICROS))),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    Type::primitive_type_builder(column.name, physical)
        .with_logical_type(logical)
        .with_repetition(Repetition::OPTIONAL)
        .build()
}

/// Writes one column chunk and empties it.
fn column<T>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    held: &mut Vec<Option<T>>,
    write: impl FnOnce(&mut SerializedColumnWriter<'_>, &[T], &[i16]) -> Written<()>,
) -> Written<()> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("more columns than the schema".into()));
    };
    let defined: Vec<i16> = held.iter().map(|v| i16::from(v.is_some())).collect();
    let values: Vec<T> = held.drain(..).flatten().collect();
    write(&mut column, &values, &defined)?;
    column.close()
}

fn typed<T: parquet::data_type::DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: &[T::T],
    defined: &[i16],
) -> Written<()> {
    column.typed::<T>().write_batch(values, Some(defined), None).map(|_| ())
}

impl<W: io::Write> Write for GeoParquet<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.geometry = run.geometry;
        self.open().map_err(failed)
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        for (held, (_, value)) in self.columns.iter_mut().zip(row.layer()) {
            held.push(value);
        }
        let shape = row.shape();
        self.shapes.push(shape.as_ref().map(|shape| {
            let mut bytes = Vec::new();
            wkb::shape(shape, &mut bytes);
            self.held += bytes.len();
            bytes.into()
        }));
        if let Some(shape) = shape {
            let [w, s, e, n] = shape.bounds();
            let [west, south, east, north] = self.extent.unwrap_or([w, s, e, n]);
            self.extent = Some([west.min(w), south.min(s), east.max(e), north.max(n)]);
            let [point, polygon, several] = &mut self.kinds;
            match &shape {
                Shape::Point(_) => *point = true,
                Shape::Area(polygons) if polygons.len() == 1 => *polygon = true,
                Shape::Area(_) => *several = true,
            }
        }
        if self.shapes.len() == GROUP || self.held >= self.bytes {
            self.held = 0;
            self.group().map_err(failed)?;
            self.pass_on()?;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.group().map_err(failed)?;
        let about = [
            ("geo", self.about()),
            ("attribution", attribution(self.geometry).to_owned()),
            ("schema_version", VERSION.to_owned()),
        ];
        if let Some(file) = &mut self.file {
            for (key, value) in about {
                file.append_key_value_metadata(KeyValue::new(key.to_owned(), value));
            }
            file.finish().map_err(failed)?;
        }
        self.pass_on()?;
        self.out.flush()
    }
}
