//! Every format read back by another reader equals what was written: hostile words, all years, all places.
//!
//! The files of the hostile set stay in the target folder (`tmp/hostile`), for other programs to open.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hostile;

use dateline::document::Document;
use dateline::write::schema::{COLUMNS, Kind, Value};
use dateline::write::{self, Format, Row, Run, Selection};
use std::path::PathBuf;

/// The rows of the hostile documents, as a run has them.
fn rows(documents: &[Document]) -> (Vec<Row>, Run) {
    let newest = documents.iter().filter_map(|d| d.published).map(|p| p.date).max();
    let mut rows: Vec<Row> =
        documents.iter().flat_map(|d| write::rows(d, &Selection::default()).dated).collect();
    if let Some(newest) = newest {
        rows.iter_mut().for_each(|row| row.close(newest));
    }
    write::sort(&mut rows);
    (rows, Run { newest })
}

fn bytes(format: Format, documents: &[Document]) -> Vec<u8> {
    let (rows, run) = rows(documents);
    let mut out = Vec::new();
    {
        let mut writer = format.writer(&mut out);
        documents.iter().for_each(|d| writer.document(d).unwrap());
        writer.begin(&run).unwrap();
        rows.iter().for_each(|row| writer.row(row).unwrap());
        writer.end().unwrap();
    }
    out
}

/// A value as the text of a table's cell, before any guard.
fn cell(value: &Value) -> String {
    match value {
        Value::Missing => String::new(),
        Value::Text(text) => text
            .chars()
            .map(|c| if c.is_control() || "\u{2028}\u{2029}".contains(c) { ' ' } else { c })
            .collect(),
        Value::Word(word) => (*word).to_owned(),
        Value::Integer(n) => n.to_string(),
        Value::Number(n) => n.to_string(),
        Value::Instant(t) => t.format("%Y-%m-%dT%H:%M:%S").to_string(),
        Value::Day(d) => d.to_string(),
    }
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Missing => serde_json::Value::Null,
        Value::Text(text) => text.as_str().into(),
        Value::Integer(n) => (*n).into(),
        Value::Number(n) => (*n).into(),
        other => cell(other).into(),
    }
}

#[test]
fn geojson_is_rfc_7946_and_reads_back() {
    let documents = hostile::documents();
    let (rows, _) = rows(&documents);
    let text = String::from_utf8(bytes(Format::GeoJson, &documents)).unwrap();
    assert!(text.ends_with("}\n") && !text.contains("\"crs\""));
    assert_eq!(text.lines().count(), rows.len() + 2, "one feature per line");
    let collection = geojson::FeatureCollection::try_from(text.parse::<geojson::GeoJson>().unwrap()).unwrap();
    let metadata = &collection.foreign_members.unwrap()["metadata"];
    assert!(metadata["attribution"].as_str().unwrap().contains("GeoNames"));
    assert_eq!(metadata["schema_version"], write::schema::VERSION);
    assert_eq!(collection.features.len(), rows.len());
    for (feature, row) in collection.features.iter().zip(&rows) {
        assert_eq!(feature.id, Some(geojson::feature::Id::String(row.id().to_owned())));
        let point = feature.geometry.as_ref().map(|g| match &g.value {
            geojson::GeometryValue::Point { coordinates } => (coordinates[0], coordinates[1]),
            other => panic!("{other:?}"),
        });
        assert_eq!(point, row.point());
        let properties = feature.properties.as_ref().unwrap();
        let names: Vec<&str> = COLUMNS.iter().filter(|c| !c.table_only).map(|c| c.name).collect();
        assert_eq!(properties.keys().map(String::as_str).collect::<Vec<_>>(), names);
        for (column, value) in COLUMNS.iter().zip(row.values()).filter(|(c, _)| !c.table_only) {
            let (got, wanted) = (&properties[column.name], json(value));
            let same = if wanted.is_number() { got.as_f64() == wanted.as_f64() } else { *got == wanted };
            assert!(same, "{} {}: {got} is not {wanted}", row.id(), column.name);
        }
    }
}

#[test]
fn geojson_lines_are_the_features_of_the_layer() {
    let documents = hostile::documents();
    let layer = String::from_utf8(bytes(Format::GeoJson, &documents)).unwrap();
    let lines = String::from_utf8(bytes(Format::GeoJsonLines, &documents)).unwrap();
    let features: Vec<&str> = layer
        .lines()
        .map(|l| l.trim_end_matches(','))
        .filter(|l| l.starts_with("{\"type\":\"Feature\","))
        .collect();
    assert_eq!(lines.lines().collect::<Vec<_>>(), features);
}

#[test]
fn json_lines_hold_every_happening_and_the_words_of_each_part() {
    let documents = hostile::documents();
    let text = String::from_utf8(bytes(Format::JsonLines, &documents)).unwrap();
    let objects: Vec<serde_json::Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let events: Vec<_> = documents.iter().flat_map(|d| d.events.iter().map(move |e| (d, e))).collect();
    assert_eq!(objects.len(), events.len());
    for (object, (document, event)) in objects.iter().zip(events) {
        assert_eq!(object["id"], event.id.as_str());
        assert_eq!(object["time"].is_null(), event.record.time.is_none());
        assert_eq!(object["places"].as_array().unwrap().len(), event.record.places.len());
        let characters: Vec<char> = document.article.text.chars().collect();
        let part = &object["sentence"];
        let (start, end) = (part["start"].as_u64().unwrap(), part["end"].as_u64().unwrap());
        let words: String = characters[start as usize..end as usize].iter().collect();
        assert_eq!(part["text"], words);
    }
}

#[test]
fn csv_is_rfc_4180_and_reads_back() {
    let documents = hostile::documents();
    let (rows, _) = rows(&documents);
    let bytes = bytes(Format::Csv, &documents);
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").expect("a mark for spreadsheets");
    assert!(plain.ends_with(b"\r\n"));
    let breaks = plain.iter().filter(|b| **b == b'\n').count();
    assert_eq!(breaks, rows.len() + 1, "one line per row");
    assert_eq!(plain.windows(2).filter(|w| w == b"\r\n").count(), breaks, "lines end with CR LF");
    let mut reader = csv::Reader::from_reader(plain);
    let names: Vec<&str> = COLUMNS.iter().map(|c| c.name).collect();
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), names);
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), rows.len());
    for (record, row) in records.iter().zip(&rows) {
        for ((column, value), got) in COLUMNS.iter().zip(row.values()).zip(record) {
            let wanted = cell(value);
            if matches!(column.kind, Kind::Text) {
                let formula =
                    matches!(value, Value::Text(t) if t.starts_with(['=', '+', '-', '@', '\t', '\r']));
                assert_eq!(
                    got.strip_prefix('\'').filter(|_| formula).unwrap_or(got),
                    wanted,
                    "{}",
                    column.name
                );
                assert!(!got.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}: {got}", column.name);
            } else {
                assert_eq!(got, wanted, "{}", column.name);
            }
        }
    }
}

#[test]
fn rows_are_sorted_and_never_empty_intervals() {
    let documents = hostile::documents();
    let (rows, _) = rows(&documents);
    assert!(rows.len() > 1000);
    for pair in rows.windows(2) {
        let key = |row: &Row| (row.civil().unwrap().start, row.civil().unwrap().end, row.id().to_owned());
        assert!(key(&pair[0]) < key(&pair[1]));
    }
    assert!(rows.iter().all(|row| row.civil().is_some_and(|c| c.start < c.end)));
    let left_out: usize = documents
        .iter()
        .map(|d| write::rows(d, &Selection::default()))
        .map(|r| r.out_of_years + r.undated.len())
        .sum();
    assert!(left_out > 0);
}

#[test]
fn no_happening_is_a_valid_file() {
    for format in Format::ALL {
        let first = bytes(*format, &[]);
        let lines = [Format::JsonLines, Format::GeoJsonLines].contains(format);
        assert_eq!(first.is_empty(), lines, "{format:?}");
    }
    let text = String::from_utf8(bytes(Format::GeoJson, &[])).unwrap();
    assert!(
        geojson::FeatureCollection::try_from(text.parse::<geojson::GeoJson>().unwrap())
            .unwrap()
            .features
            .is_empty()
    );
}

#[test]
fn every_format_is_the_same_twice_and_stays_for_other_programs() {
    let documents = hostile::documents();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("hostile");
    std::fs::create_dir_all(&folder).unwrap();
    for format in Format::ALL {
        let first = bytes(*format, &documents);
        assert!(first == bytes(*format, &documents), "{format:?}");
        std::fs::write(folder.join(format.file_name()), first).unwrap();
    }
}
