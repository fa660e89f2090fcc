//! Every format read back by another reader equals what was written: hostile words, all years, all places.
//!
//! The files of the hostile set stay in the target folder (`tmp/hostile`), for other programs to open.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hostile;

use dateline::write::schema::{COLUMNS, Column, Kind, Value};
use dateline::write::{self, Dialect, Format, Row, Selection};
use hostile::{bytes, cell, rows};
use std::path::PathBuf;

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
    hostile::each_set(|documents| {
        let (rows, _) = rows(documents);
        let text = String::from_utf8(bytes(Format::GeoJson, documents)).unwrap();
        assert!(text.ends_with("}\n") && !text.contains("\"crs\""));
        assert_eq!(text.lines().count(), rows.len() + 2, "one feature per line");
        let collection =
            geojson::FeatureCollection::try_from(text.parse::<geojson::GeoJson>().unwrap()).unwrap();
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
    });
}

#[test]
fn geojson_lines_are_the_features_of_the_layer() {
    hostile::each_set(|documents| {
        let layer = String::from_utf8(bytes(Format::GeoJson, documents)).unwrap();
        let lines = String::from_utf8(bytes(Format::GeoJsonLines, documents)).unwrap();
        let features: Vec<&str> = layer
            .lines()
            .map(|l| l.trim_end_matches(','))
            .filter(|l| l.starts_with("{\"type\":\"Feature\","))
            .collect();
        assert_eq!(lines.lines().collect::<Vec<_>>(), features);
    });
}

#[test]
fn json_lines_hold_every_happening_and_the_words_of_each_part() {
    hostile::each_set(|documents| {
        let text = String::from_utf8(bytes(Format::JsonLines, documents)).unwrap();
        let objects: Vec<serde_json::Value> =
            text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        let events: Vec<_> = documents.iter().flat_map(|d| d.events.iter().map(move |e| (d, e))).collect();
        assert_eq!(objects.len(), events.len());
        for (object, (document, event)) in objects.iter().zip(events) {
            assert_eq!(object["id"], event.id.as_str());
            assert_eq!(object["title"], event.record.title.as_str());
            assert_eq!(object["status"], event.record.status.as_str());
            assert_eq!(object["event_type"], event.record.kind.as_str());
            assert_eq!(object["document"]["id"], document.article.id.as_str());
            assert_eq!(object["document"]["url"].as_str(), document.article.url.as_deref());
            assert_eq!(object["time"].is_null(), event.record.time.is_none());
            if let Some(time) = &event.record.time {
                assert_eq!(object["time"]["edtf"], time.edtf.as_str());
                let start = time.bounds.earliest_start.map(|t| t.format("%Y-%m-%dT%H:%M:%S").to_string());
                assert_eq!(object["time"]["bounds"]["earliest_start"].as_str(), start.as_deref());
            }
            assert_eq!(object["places"].as_array().unwrap().len(), event.record.places.len());
            for (written, place) in object["places"].as_array().unwrap().iter().zip(&event.record.places) {
                let mention = &document.places[place.mention];
                assert_eq!(written["text"], mention.span.of(&document.article.text));
                assert_eq!(
                    written["place"]["name"].as_str(),
                    mention.place.as_ref().map(|p| p.name.as_str())
                );
                let held = |name: &str| written["place"][name].as_f64();
                let wanted = mention.place.as_ref().map(|p| (p.lon, p.lat));
                for (got, wanted) in
                    [held("longitude").zip(wanted.map(|w| w.0)), held("latitude").zip(wanted.map(|w| w.1))]
                        .into_iter()
                        .flatten()
                {
                    assert!((got - wanted).abs() < 1e-5);
                }
            }
            for (written, quantity) in
                object["quantities"].as_array().unwrap().iter().zip(&event.record.quantities)
            {
                assert_eq!(written["value"].as_f64(), Some(quantity.value));
                assert_eq!(written["unit"], quantity.unit.as_str());
            }
            let characters: Vec<char> = document.article.text.chars().collect();
            let part = &object["sentence"];
            let (start, end) = (part["start"].as_u64().unwrap(), part["end"].as_u64().unwrap());
            let words: String = characters[start as usize..end as usize].iter().collect();
            assert_eq!(part["text"], words);
        }
    });
}

#[test]
fn csv_is_rfc_4180_and_reads_back() {
    hostile::each_set(|documents| {
        let (rows, _) = rows(documents);
        let bytes = bytes(Format::Csv, documents);
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
    });
}

#[test]
fn kml_is_xml_with_the_time_span_and_all_columns() {
    hostile::each_set(|documents| {
        let (rows, _) = rows(documents);
        let text = String::from_utf8(bytes(Format::Kml, documents)).unwrap();
        let kml = roxmltree::Document::parse(&text).unwrap();
        let marks: Vec<_> = kml
            .descendants()
            .filter(|n| n.has_tag_name(("http://www.opengis.net/kml/2.2", "Placemark")))
            .collect();
        assert_eq!(marks.len(), rows.len());
        for (mark, row) in marks.iter().zip(&rows) {
            let find = |name: &str| mark.descendants().find(|n| n.tag_name().name() == name);
            let words = |name: &str| find(name).and_then(|n| n.text()).unwrap_or_default().to_owned();
            assert_eq!(words("name"), row.text("title"));
            assert_eq!(words("description"), row.text("description"));
            assert_eq!(words("begin"), cell(row.value("start_time")));
            assert_eq!(words("end"), cell(row.value("end_time")));
            let point = row.point().map(|(lon, lat)| format!("{lon},{lat}"));
            assert_eq!(find("coordinates").and_then(|n| n.text()).map(str::to_owned), point);
            for data in mark.descendants().filter(|n| n.tag_name().name() == "Data") {
                let name = data.attribute("name").unwrap();
                let got: String =
                    data.descendants().filter_map(|n| n.is_text().then(|| n.text()).flatten()).collect();
                assert_eq!(got, cell(row.value(name)), "{name}");
            }
        }
    });
}

#[test]
fn dialects_differ_in_marks_only() {
    hostile::each_set(|documents| {
        let (rows, run) = rows(documents);
        let table = |dialect: Dialect, delimiter: u8| -> Vec<Vec<String>> {
            let mut out = Vec::new();
            {
                let mut writer = Format::Csv.writer_in(dialect, &mut out);
                writer.begin(&run).unwrap();
                rows.iter().for_each(|row| writer.row(row).unwrap());
                writer.end().unwrap();
            }
            let plain = out.strip_prefix(b"\xef\xbb\xbf").unwrap();
            let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(plain);
            reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
        };
        let plain = table(Dialect::Rfc4180, b',');
        assert_eq!(table(Dialect::Tsv, b'\t'), plain);
        let french = table(Dialect::ExcelFr, b';');
        for (a, b) in plain.iter().zip(&french) {
            for ((a, b), column) in a.iter().zip(b).zip(COLUMNS) {
                let wanted =
                    if matches!(column.kind, Kind::Number(_)) { a.replace('.', ",") } else { a.clone() };
                assert_eq!(*b, wanted, "{}", column.name);
            }
        }
        let tagged = bytes(Format::Hxl, documents);
        let mut reader = csv::Reader::from_reader(tagged.as_slice());
        let records: Vec<Vec<String>> =
            reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
        assert_eq!(records[0], COLUMNS.iter().map(|c| c.tag.to_owned()).collect::<Vec<_>>());
        assert_eq!(records[1..], plain);
    });
}

#[test]
fn movements_are_lines_between_their_ends() {
    hostile::each_set(|documents| {
        let (rows, _) = rows(documents);
        let text = String::from_utf8(bytes(Format::Movements, documents)).unwrap();
        let lines =
            geojson::FeatureCollection::try_from(text.parse::<geojson::GeoJson>().unwrap()).unwrap().features;
        let number = |row: &Row, name: &str| match row.value(name) {
            Value::Number(n) => Some(*n),
            _ => None,
        };
        let end = |row: &Row, end: &str| {
            let at = (number(row, &format!("{end}_longitude"))?, number(row, &format!("{end}_latitude"))?);
            Some(vec![at.0, at.1])
        };
        let both = |row: &&Row| {
            let (from, to) = (end(row, "origin"), end(row, "destination"));
            // The antimeridian is written in two ways.
            let same = |a: &[f64], b: &[f64]| a[1] == b[1] && [0.0, 360.0].contains(&(a[0] - b[0]).abs());
            from.zip(to).is_some_and(|(from, to)| !same(&from, &to))
        };
        let moved: Vec<&Row> = rows.iter().filter(both).collect();
        assert_eq!(lines.len(), moved.len());
        for (line, row) in lines.iter().zip(moved) {
            assert_eq!(line.id, Some(geojson::feature::Id::String(row.id().to_owned())));
            let parts: Vec<Vec<Vec<f64>>> = match &line.geometry.as_ref().unwrap().value {
                geojson::GeometryValue::LineString { coordinates } => {
                    vec![coordinates.iter().map(|at| at.as_slice().to_vec()).collect()]
                }
                geojson::GeometryValue::MultiLineString { coordinates } => coordinates
                    .iter()
                    .map(|part| part.iter().map(|at| at.as_slice().to_vec()).collect())
                    .collect(),
                other => panic!("{other:?}"),
            };
            // On the antimeridian 180 degrees west are 180 degrees east.
            let same = |a: &[f64], b: &[f64]| (a[0] - b[0]).rem_euclid(360.0) == 0.0 && a[1] == b[1];
            let (first, last) = (&parts[0][0], parts.last().unwrap().last().unwrap());
            assert!(same(first, &end(row, "origin").unwrap()), "{parts:?}");
            assert!(same(last, &end(row, "destination").unwrap()), "{parts:?}");
            let short = |part: &Vec<Vec<f64>>| (part[0][0] - part[1][0]).abs() <= 180.0;
            assert!(parts.iter().all(short), "{parts:?}");
            assert_eq!(line.properties.as_ref().unwrap()["title"], json(row.value("title")));
        }
    });
}

#[test]
fn fewer_decimals_are_in_every_coordinate() {
    let mut documents = hostile::documents();
    documents.iter_mut().for_each(|d| write::coarsen(d, 2));
    let selection = Selection { geometry: write::Geometry::Area, decimals: 2, ..Selection::default() };
    let mut rows: Vec<Row> = documents.iter().flat_map(|d| write::rows(d, &selection).dated).collect();
    write::sort(&mut rows);
    let short = |value: f64| assert_eq!(value, (value * 100.0).round() / 100.0);
    let mut areas = 0;
    for row in &rows {
        for (column, value) in COLUMNS.iter().zip(row.values()) {
            if let Value::Number(n) = value
                && column.name.ends_with("tude")
            {
                short(*n);
            }
        }
        if let Some(write::shape::Shape::Area(polygons)) = row.shape() {
            areas += 1;
            polygons.iter().flatten().flatten().for_each(|(lon, lat)| {
                short(*lon);
                short(*lat);
            });
        }
    }
    assert!(areas > 100, "{areas}");
}

#[test]
fn sidecars_tell_the_columns_and_the_dialect() {
    for (dialect, file, delimiter, decimal) in [
        (Dialect::Rfc4180, "timeline.csv", ",", None),
        (Dialect::ExcelFr, "timeline.csv", ";", Some(",")),
        (Dialect::Tsv, "timeline.tsv", "\t", None),
    ] {
        let read = |format: Format| -> serde_json::Value {
            let mut out = Vec::new();
            let mut writer = format.writer_in(dialect, &mut out);
            writer.begin(&write::Run::default()).unwrap();
            writer.end().unwrap();
            drop(writer);
            serde_json::from_slice(&out).unwrap()
        };
        let names: Vec<&str> = COLUMNS.iter().map(|c| c.name).collect();
        let listed = |fields: &serde_json::Value| -> Vec<String> {
            fields.as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap().to_owned()).collect()
        };
        let package = read(Format::DataPackage);
        let table = &package["resources"][0];
        assert_eq!(listed(&table["schema"]["fields"]), names);
        assert_eq!((&table["path"], &table["dialect"]["delimiter"]), (&file.into(), &delimiter.into()));
        let longitude = Column::position("longitude").unwrap();
        assert_eq!(table["schema"]["fields"][longitude]["decimalChar"].as_str(), decimal);
        let web = read(Format::CsvOnTheWeb);
        assert_eq!(listed(&web["tableSchema"]["columns"]), names);
        assert_eq!((&web["url"], &web["dialect"]["delimiter"]), (&file.into(), &delimiter.into()));
    }
}

#[test]
fn pictures_and_the_page_hold_the_words_of_others_as_text() {
    hostile::each_set(|documents| {
        for format in [Format::TimelineSvg, Format::MapSvg] {
            let text = String::from_utf8(bytes(format, documents)).unwrap();
            let picture = roxmltree::Document::parse(&text).unwrap();
            assert!(picture.descendants().all(|n| n.tag_name().name() != "script"));
        }
    });
}

#[test]
fn the_sources_are_named_in_every_format_that_has_a_place_for_them() {
    let documents = hostile::documents();
    // Tables and streams of features hold rows and nothing else; a style is no data.
    let bare = ["timeline.csv", "timeline.hxl.csv", "events.jsonl", "events.geojsonl", "events.qml"];
    let bare = [&bare[..], &["timelinejs.json", "timelinejs.csv", "timeline.svg", "timeline.xlsx"]].concat();
    for format in Format::ALL.iter().filter(|f| !bare.contains(&f.file_name())) {
        for geometry in [write::Geometry::Point, write::Geometry::Area] {
            let bytes = hostile::bytes_as(*format, &documents, geometry);
            let holds = |words: &str| bytes.windows(words.len()).any(|w| w == words.as_bytes());
            assert!(holds("GeoNames"), "{format:?}");
            let layer = ["events", "report"].iter().any(|name| format.file_name().starts_with(name));
            if layer && *format != Format::Ics && geometry == write::Geometry::Area {
                assert!(holds("Natural Earth"), "{format:?}");
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
fn years_that_no_program_holds_are_counted_and_left_out() {
    use chrono::Datelike;
    let documents = hostile::documents();
    let out: usize =
        documents.iter().map(|d| write::rows(d, &Selection::default())).map(|r| r.out_of_years).sum();
    assert!(out > 0);
    let (rows, _) = rows(&documents);
    let years = rows.iter().filter_map(|row| row.civil()).flat_map(|c| [c.start.year(), c.end.year()]);
    let (first, last) = years.fold((i32::MAX, i32::MIN), |(a, b), year| (a.min(year), b.max(year)));
    assert!((1..=9).contains(&first) && (9990..=9999).contains(&last), "{first} to {last}");
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

#[test]
fn qgis_files_are_xml_that_names_the_layer_alone() {
    hostile::each_set(|documents| {
        let (rows, _) = rows(documents);
        let text = |format| String::from_utf8(bytes(format, documents)).unwrap();
        let (project, style) = (text(Format::QgisProject), text(Format::QgisStyle));
        let options = || roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        let project = roxmltree::Document::parse_with_options(&project, options()).unwrap();
        let find = |name: &str| project.descendants().find(|n| n.has_tag_name(name)).unwrap();
        assert_eq!(find("datasource").text(), Some("./events.geojson"));
        let located = || rows.iter().filter(|r| r.point().is_some()).filter_map(Row::civil);
        let form = "%Y-%m-%dT%H:%M:%SZ";
        if let Some(first) = located().map(|c| c.start).min() {
            let range: Vec<&str> = find("TemporalRange").children().filter_map(|n| n.text()).collect();
            assert_eq!(range[0], first.format(form).to_string());
            assert_eq!(range[1], located().map(|c| c.end).max().unwrap().format(form).to_string());
        }
        let style = roxmltree::Document::parse_with_options(&style, options()).unwrap();
        let drawn: Vec<&str> = style
            .descendants()
            .filter(|n| n.has_tag_name("val"))
            .filter_map(|n| n.attribute("value"))
            .collect();
        assert!(rows.iter().all(|row| drawn.contains(&row.text("event_type"))));
    });
}

#[test]
fn rows_kept_aside_come_back_as_they_were() {
    let documents = hostile::documents();
    for geometry in [write::Geometry::Point, write::Geometry::Area] {
        let (rows, run) = hostile::rows_as(&documents, geometry);
        let restored: Vec<Row> = rows
            .iter()
            .map(|row| {
                let mut bytes = Vec::new();
                row.store(&mut bytes);
                assert!(Row::restore(&bytes[..bytes.len() - 1]).is_none());
                Row::restore(&bytes).unwrap()
            })
            .collect();
        for format in Format::ALL {
            let write = |rows: &[Row]| {
                let mut out = Vec::new();
                let mut writer = format.writer(&mut out);
                writer.begin(&run).unwrap();
                rows.iter().for_each(|row| writer.row(row).unwrap());
                writer.end().unwrap();
                drop(writer);
                out
            };
            assert!(write(&rows) == write(&restored), "{format:?}");
        }
    }
}
