//! Binary formats read back by another reader equal what was written, cell by cell.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hostile;

use dateline::write::schema::{COLUMNS, Column, Kind, Value};
use dateline::write::{Format, Geometry, Row, shape::Shape};
use hostile::{bytes, cell, rows};

/// The rows by their ids, for formats with an order of their own.
fn by_id(rows: &[Row]) -> std::collections::BTreeMap<&str, &Row> {
    rows.iter().map(|row| (row.id(), row)).collect()
}

/// The columns of a layer of points.
fn columns() -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(|c| !c.table_only)
}

#[test]
#[cfg(feature = "gpkg")]
fn geopackage_is_a_database_with_every_row() {
    hostile::each_set(|documents| {
        let (rows, _) = rows(documents);
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes(Format::GeoPackage, documents)).unwrap();
        let database = rusqlite::Connection::open(file.path()).unwrap();
        let mut query = database.prepare("SELECT * FROM events ORDER BY fid").unwrap();
        let mut found = query.query([]).unwrap();
        let mut count = 0;
        while let Some(record) = found.next().unwrap() {
            let row = &rows[count];
            count += 1;
            for (column, value) in COLUMNS.iter().zip(row.values()).filter(|(c, _)| !c.table_only) {
                use rusqlite::types::ValueRef;
                match (record.get_ref(column.name).unwrap(), value) {
                    (ValueRef::Null, Value::Missing) => {}
                    (ValueRef::Integer(got), Value::Integer(wanted)) => assert_eq!(got, *wanted),
                    (ValueRef::Real(got), Value::Number(wanted)) => assert!((got - wanted).abs() < 1e-9),
                    (ValueRef::Text(got), Value::Text(wanted)) => assert_eq!(got, wanted.as_bytes()),
                    (ValueRef::Text(got), Value::Instant(_)) => {
                        assert_eq!(got, format!("{}.000Z", cell(value)).as_bytes());
                    }
                    (ValueRef::Text(got), wanted) => assert_eq!(got, cell(wanted).as_bytes()),
                    (got, wanted) => panic!("{}: {got:?} is not {wanted:?}", column.name),
                }
            }
            let geometry: Option<Vec<u8>> = record.get("geom").unwrap();
            let number =
                |at: usize| geometry.as_ref().map(|g| f64::from_le_bytes(g[at..at + 8].try_into().unwrap()));
            assert_eq!(number(13).zip(number(21)), row.point());
        }
        assert_eq!(count, rows.len());
    });
}

#[test]
#[cfg(feature = "fgb")]
fn flatgeobuf_holds_every_located_happening() {
    use flatgeobuf::{FallibleStreamingIterator, FeatureProperties, FgbReader};

    /// The values as they come.
    #[derive(Default)]
    struct Found(Vec<(String, String)>);

    impl geozero::PropertyProcessor for Found {
        fn property(
            &mut self,
            at: usize,
            name: &str,
            value: &geozero::ColumnValue<'_>,
        ) -> geozero::error::Result<bool> {
            use geozero::ColumnValue::{DateTime, Double, Long, String as Text};
            assert_eq!(columns().nth(at).unwrap().name, name);
            let text = match value {
                Text(text) | DateTime(text) => (*text).to_owned(),
                Long(n) => n.to_string(),
                Double(n) => n.to_string(),
                other => panic!("{name}: {other:?}"),
            };
            self.0.push((name.to_owned(), text));
            Ok(false)
        }
    }

    hostile::each_set(|documents| {
        let (rows, _) = rows(documents);
        let rows = by_id(&rows);
        let bytes = bytes(Format::FlatGeobuf, documents);
        let reader = FgbReader::open(bytes.as_slice()).unwrap();
        assert_eq!(reader.header().crs().unwrap().code(), 4326);
        assert!(reader.header().description().unwrap().contains("GeoNames"));
        let mut features = reader.select_all_seq().unwrap();
        let mut count = 0;
        while let Some(feature) = features.next().unwrap() {
            let mut found = Found::default();
            feature.process_properties(&mut found).unwrap();
            let row = rows[found.0[0].1.as_str()];
            count += 1;
            let wanted: Vec<(String, String)> = row
                .layer()
                .filter(|(_, v)| **v != Value::Missing)
                .map(|(c, v)| (c.name.to_owned(), plain(v)))
                .collect();
            assert_eq!(found.0, wanted);
            let xy = feature.geometry().unwrap().xy().unwrap();
            assert_eq!(Some((xy.get(0), xy.get(1))), row.point());
        }
        assert_eq!(count, rows.values().filter(|row| row.point().is_some()).count());
    });
}

/// A value as text, words exactly as they are.
fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => cell(other),
    }
}

#[test]
#[cfg(feature = "parquet")]
fn geoparquet_holds_every_cell() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    hostile::each_set(|documents| {
        let (rows, _) = rows(documents);
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes(Format::GeoParquet, documents)).unwrap();
        let reader = SerializedFileReader::new(std::fs::File::open(file.path()).unwrap()).unwrap();
        let about = reader.metadata().file_metadata();
        let told = |key: &str| {
            let all = about.key_value_metadata().unwrap();
            all.iter().find(|k| k.key == key).and_then(|k| k.value.clone()).unwrap()
        };
        let geo: serde_json::Value = serde_json::from_str(&told("geo")).unwrap();
        assert_eq!(
            (geo["version"].as_str(), geo["primary_column"].as_str()),
            (Some("1.1.0"), Some("geometry"))
        );
        let kinds: &[&str] = if rows.iter().any(|row| row.point().is_some()) { &["Point"] } else { &[] };
        assert_eq!(geo["columns"]["geometry"]["geometry_types"], serde_json::json!(kinds));
        assert!(told("attribution").contains("GeoNames"));
        let mut count = 0;
        for (record, row) in reader.get_row_iter(None).unwrap().map(Result::unwrap).zip(&rows) {
            count += 1;
            let cells: Vec<(&String, &Field)> = record.get_column_iter().collect();
            assert_eq!(cells.len(), columns().count() + 1);
            for ((name, field), (column, value)) in cells.iter().zip(row.layer()) {
                assert_eq!(name.as_str(), column.name);
                match (field, value) {
                    (Field::Null, Value::Missing) => {}
                    (Field::Str(got), value) => assert_eq!(*got, plain(value), "{name}"),
                    (Field::Long(got), Value::Integer(wanted)) => assert_eq!(got, wanted),
                    (Field::Double(got), Value::Number(wanted)) => assert_eq!(got, wanted),
                    (Field::TimestampMicros(got), Value::Instant(wanted)) => {
                        assert_eq!(*got, wanted.and_utc().timestamp_micros());
                    }
                    (Field::Date(got), Value::Day(wanted)) => {
                        assert_eq!(i64::from(*got), (*wanted - chrono::NaiveDate::default()).num_days());
                    }
                    (got, wanted) => panic!("{name}: {got:?} is not {wanted:?}"),
                }
            }
            let point = match cells.last().unwrap().1 {
                Field::Bytes(bytes) => {
                    let number = |at: usize| f64::from_le_bytes(bytes.data()[at..at + 8].try_into().unwrap());
                    Some((number(5), number(13)))
                }
                _ => None,
            };
            assert_eq!(point, row.point());
        }
        assert_eq!(count, rows.len());
    });
}

/// The date and time of a workbook's number: days since the end of 1899.
fn moment(serial: f64) -> chrono::NaiveDateTime {
    let first = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap().and_hms_opt(0, 0, 0).unwrap();
    first + chrono::TimeDelta::seconds((serial * 86_400.0).round() as i64)
}

#[test]
#[cfg(feature = "xlsx")]
fn workbook_has_typed_cells_and_no_formulas() {
    use calamine::{Data, Reader};

    hostile::each_set(|documents| {
        let (rows, _) = rows(documents);
        let bytes = bytes(Format::Xlsx, documents);
        let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        assert!(book.worksheet_formula("timeline").unwrap().is_empty());
        let sheet = book.worksheet_range("timeline").unwrap();
        let mut records = sheet.rows();
        let names: Vec<String> = records.next().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(names, COLUMNS.iter().map(|c| c.name).collect::<Vec<_>>());
        let mut count = 0;
        for (record, row) in records.zip(&rows) {
            count += 1;
            for ((column, value), got) in COLUMNS.iter().zip(row.values()).zip(record) {
                match (got, value) {
                    (Data::Empty, Value::Missing) => {}
                    (Data::Float(got), Value::Integer(wanted)) => assert_eq!(*got, *wanted as f64),
                    (Data::Float(got), Value::Number(wanted)) => assert_eq!(got, wanted),
                    (Data::DateTime(got), Value::Instant(wanted)) => {
                        assert_eq!(moment(got.as_f64()), *wanted, "{}", column.name);
                    }
                    (Data::DateTime(got), Value::Day(wanted)) => {
                        assert_eq!(moment(got.as_f64()).date(), *wanted)
                    }
                    (Data::String(got), value) => {
                        assert!(!matches!(column.kind, Kind::Integer | Kind::Number(_)), "{}", column.name);
                        // A workbook has one kind of line break.
                        let wanted = plain(value).replace("\r\n", "\n").replace('\r', "\n");
                        let got = got.replace("\r\n", "\n").replace('\r', "\n");
                        let kept = wanted.chars().take(got.chars().count()).collect::<String>();
                        assert!(
                            got == wanted
                                || (got.ends_with('\u{2026}') && wanted.len() > 30_000)
                                || got == kept,
                            "{}: {got:?} is not {wanted:?}",
                            column.name
                        );
                    }
                    (got, wanted) => panic!("{}: {got:?} is not {wanted:?}", column.name),
                }
            }
        }
        assert_eq!(count, rows.len());
    });
}

#[test]
#[cfg(feature = "gpkg")]
fn the_package_has_its_style_and_an_index_of_every_point() {
    hostile::each_set(|documents| {
        let (rows, _) = rows(documents);
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes(Format::GeoPackage, documents)).unwrap();
        let database = rusqlite::Connection::open(file.path()).unwrap();
        let one = |query: &str| -> String { database.query_row(query, [], |r| r.get(0)).unwrap() };
        assert_eq!(
            one("SELECT styleQML FROM layer_styles WHERE useAsDefault").as_bytes(),
            bytes(Format::QgisStyle, &[])
        );
        assert!(one("SELECT metadata FROM gpkg_metadata").contains("GeoNames"));
        assert_eq!(one("PRAGMA integrity_check"), "ok");
        let count: i64 =
            database.query_row("SELECT count(*) FROM rtree_events_geom", [], |r| r.get(0)).unwrap();
        assert_eq!(count as usize, rows.iter().filter(|r| r.point().is_some()).count());
    });
}

#[test]
fn areas_are_polygons_on_the_map_with_their_point_in_columns() {
    use geojson::GeometryValue::{MultiPolygon, Point, Polygon};

    let documents = hostile::documents();
    let (rows, _) = hostile::rows_as(&documents, Geometry::Area);
    let text = String::from_utf8(hostile::bytes_as(Format::GeoJson, &documents, Geometry::Area)).unwrap();
    let layer = geojson::FeatureCollection::try_from(text.parse::<geojson::GeoJson>().unwrap()).unwrap();
    let mut seen = [0; 3];
    for (feature, row) in layer.features.iter().zip(&rows) {
        let properties = feature.properties.as_ref().unwrap();
        let point = properties["longitude"].as_f64().zip(properties["latitude"].as_f64());
        assert_eq!(point, row.point());
        let polygons = match feature.geometry.as_ref().map(|g| g.value.clone()) {
            None => continue,
            Some(Point { .. }) => {
                seen[0] += 1;
                continue;
            }
            Some(Polygon { coordinates }) => {
                seen[1] += 1;
                vec![coordinates]
            }
            Some(MultiPolygon { coordinates }) => {
                seen[2] += 1;
                coordinates
            }
            other => panic!("{other:?}"),
        };
        for (number, ring) in polygons.iter().flat_map(|rings| rings.iter().enumerate()) {
            assert!(ring.len() > 3 && ring.first() == ring.last(), "{ring:?}");
            assert!(ring.iter().all(|at| at[0].abs() <= 180.0 && at[1].abs() <= 90.0), "{ring:?}");
            let area: f64 = ring.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum();
            // Counter-clockwise, holes the other way round.
            assert!(if number == 0 { area > 0.0 } else { area < 0.0 }, "{ring:?}");
        }
    }
    assert!(seen.iter().all(|count| *count > 10), "{seen:?}");
}

#[test]
#[cfg(all(feature = "gpkg", feature = "fgb", feature = "parquet"))]
fn areas_are_the_same_in_every_layer() {
    use flatgeobuf::{FallibleStreamingIterator, FgbReader};
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    let documents = hostile::documents();
    let (rows, _) = hostile::rows_as(&documents, Geometry::Area);
    let bytes = |format| hostile::bytes_as(format, &documents, Geometry::Area);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes(Format::GeoPackage)).unwrap();
    let database = rusqlite::Connection::open(file.path()).unwrap();
    let mut query = database.prepare("SELECT id, geom, latitude FROM events ORDER BY fid").unwrap();
    let package: Vec<Option<Vec<u8>>> =
        query.query_map([], |r| r.get(1)).unwrap().map(Result::unwrap).collect();
    std::fs::write(file.path(), bytes(Format::GeoParquet)).unwrap();
    let reader = SerializedFileReader::new(std::fs::File::open(file.path()).unwrap()).unwrap();
    let mut count = 0;
    for (record, held) in reader.get_row_iter(None).unwrap().map(Result::unwrap).zip(&package) {
        count += 1;
        let shape = match record.get_column_iter().last().unwrap().1 {
            Field::Bytes(bytes) => Some(bytes.data().to_vec()),
            _ => None,
        };
        // The package has eight bytes of its own before the shape.
        assert_eq!(shape.as_deref(), held.as_ref().map(|g| &g[8..]));
    }
    assert_eq!(count, rows.len());
    let bytes = bytes(Format::FlatGeobuf);
    let mut features = FgbReader::open(bytes.as_slice()).unwrap().select_all_seq().unwrap();
    let mut count = 0;
    while features.next().unwrap().is_some() {
        count += 1;
    }
    assert_eq!(count, rows.iter().filter(|row| row.shape().is_some()).count());
}

/// The corners of a shape, ring by ring.
fn corners(shape: &Shape) -> Vec<Vec<(f64, f64)>> {
    match shape {
        Shape::Point(at) => vec![vec![*at]],
        Shape::Area(polygons) => polygons.iter().flatten().cloned().collect(),
    }
}

/// The same of shapes as lists of numbers nested in lists.
fn nested(value: &serde_json::Value, rings: &mut Vec<Vec<(f64, f64)>>) {
    let at = |value: &serde_json::Value| Some((value[0].as_f64()?, value[1].as_f64()?));
    let list = value.as_array().unwrap();
    if let Some(point) = at(value) {
        rings.push(vec![point]);
    } else if let Some(ring) = list.iter().map(at).collect() {
        rings.push(ring);
    } else {
        list.iter().for_each(|inner| nested(inner, rings));
    }
}

#[test]
#[cfg(all(feature = "gpkg", feature = "fgb"))]
fn every_corner_reads_back() {
    use flatgeobuf::{FallibleStreamingIterator, FeatureProperties, FgbReader};
    use geozero::GeozeroGeometry;

    /// What a reader hands over.
    #[derive(Default)]
    struct Corners(Vec<Vec<(f64, f64)>>);

    impl geozero::GeomProcessor for Corners {
        fn point_begin(&mut self, _: usize) -> geozero::error::Result<()> {
            self.0.push(Vec::new());
            Ok(())
        }

        fn linestring_begin(&mut self, _: bool, _: usize, _: usize) -> geozero::error::Result<()> {
            self.0.push(Vec::new());
            Ok(())
        }

        fn xy(&mut self, x: f64, y: f64, _: usize) -> geozero::error::Result<()> {
            self.0.last_mut().unwrap().push((x, y));
            Ok(())
        }
    }

    let documents = hostile::documents();
    let (rows, _) = hostile::rows_as(&documents, Geometry::Area);
    let bytes = |format| hostile::bytes_as(format, &documents, Geometry::Area);
    let wanted: Vec<Vec<Vec<(f64, f64)>>> =
        rows.iter().map(|row| row.shape().as_ref().map(corners).unwrap_or_default()).collect();
    assert!(wanted.iter().any(|rings| rings.len() > 50), "whole countries are among them");
    for format in [Format::GeoJson, Format::JsonFg] {
        let layer: serde_json::Value = serde_json::from_slice(&bytes(format)).unwrap();
        for (feature, wanted) in layer["features"].as_array().unwrap().iter().zip(&wanted) {
            let mut got = Vec::new();
            if !feature["geometry"].is_null() {
                nested(&feature["geometry"]["coordinates"], &mut got);
            }
            assert_eq!(got, *wanted);
        }
    }
    let text = String::from_utf8(bytes(Format::Kml)).unwrap();
    let kml = roxmltree::Document::parse(&text).unwrap();
    let marks = kml.descendants().filter(|n| n.tag_name().name() == "Placemark");
    for (mark, wanted) in marks.zip(&wanted) {
        let lines = mark.descendants().filter(|n| n.tag_name().name() == "coordinates");
        let ring = |line: &str| -> Vec<(f64, f64)> {
            let at = |pair: &str| pair.split_once(',').map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()));
            line.split(' ').filter_map(at).collect()
        };
        assert_eq!(lines.filter_map(|n| n.text()).map(ring).collect::<Vec<_>>(), *wanted);
        for polygon in mark.descendants().filter(|n| n.tag_name().name() == "Polygon") {
            let sides: Vec<&str> =
                polygon.children().filter(|n| n.is_element()).map(|n| n.tag_name().name()).collect();
            assert_eq!(sides.first(), Some(&"outerBoundaryIs"));
            assert!(sides.iter().skip(1).all(|side| *side == "innerBoundaryIs"));
        }
    }
    let by_id: std::collections::BTreeMap<&str, _> = rows.iter().map(Row::id).zip(&wanted).collect();
    let layer = bytes(Format::FlatGeobuf);
    let mut features = FgbReader::open(layer.as_slice()).unwrap().select_all_seq().unwrap();
    while let Some(feature) = features.next().unwrap() {
        let mut got = Corners::default();
        feature.process_geom(&mut got).unwrap();
        let id: String = feature.property("id").unwrap();
        assert_eq!(got.0, *by_id[id.as_str()]);
    }
}

#[test]
fn layers_of_areas_stay_for_other_programs() {
    let documents = hostile::documents();
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("areas");
    std::fs::create_dir_all(&folder).unwrap();
    for format in Format::ALL {
        let first = hostile::bytes_as(*format, &documents, Geometry::Area);
        assert!(first == hostile::bytes_as(*format, &documents, Geometry::Area), "{format:?}");
        std::fs::write(folder.join(format.file_name()), first).unwrap();
    }
}

#[test]
#[cfg(feature = "fgb")]
fn nothing_located_and_nothing_at_all_are_layers_too() {
    use flatgeobuf::{FallibleStreamingIterator, FgbReader};

    let mut documents = hostile::documents();
    for place in documents.iter_mut().flat_map(|d| &mut d.places) {
        place.place = None;
    }
    let (rows, _) = rows(&documents);
    assert!(rows.len() > 1000 && rows.iter().all(|row| row.point().is_none()));
    for documents in [&documents[..], &[]] {
        let bytes = bytes(Format::FlatGeobuf, documents);
        let mut features = FgbReader::open(bytes.as_slice()).unwrap().select_all_seq().unwrap();
        assert!(features.next().unwrap().is_none());
    }
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("unlocated");
    std::fs::create_dir_all(&folder).unwrap();
    for format in Format::ALL {
        std::fs::write(folder.join(format.file_name()), bytes(*format, &documents)).unwrap();
    }
    let text = String::from_utf8(bytes(Format::GeoJson, &documents)).unwrap();
    assert_eq!(text.matches("\"geometry\":null").count(), rows.len());
}
