//! Calendars, timelines and JSON-FG read back equal the happenings that were written, field by field.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hostile;

use dateline::event::Status;
use dateline::write::{Format, Row};
use hostile::{bytes, rows};
use std::collections::BTreeMap;

/// The entries of a calendar: unfolded lines by their names, values unescaped, as RFC 5545 tells.
fn entries(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut found: Vec<BTreeMap<String, String>> = Vec::new();
    for line in text.replace("\r\n ", "").split("\r\n") {
        match line.split_once(':') {
            Some(("BEGIN", "VEVENT")) => found.push(BTreeMap::new()),
            Some((name, value)) => {
                let Some(entry) = found.last_mut() else { continue };
                let mut plain = String::new();
                let mut escape = false;
                for c in value.chars() {
                    match (escape, c) {
                        (false, '\\') => escape = true,
                        (true, 'n') => {
                            plain.push('\n');
                            escape = false;
                        }
                        _ => {
                            plain.push(c);
                            escape = false;
                        }
                    }
                }
                entry.insert(name.to_owned(), plain);
            }
            None => assert!(line.is_empty(), "{line:?}"),
        }
    }
    found
}

/// What a calendar keeps of a text: line breaks of one kind, no other control characters.
fn kept(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

#[test]
fn calendars_hold_every_happening() {
    hostile::each_set(|documents| {
        let (rows, _) = rows(documents);
        let text = String::from_utf8(bytes(Format::Ics, documents)).unwrap();
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
        assert!(text.contains("GeoNames"));
        let entries = entries(&text);
        assert_eq!(entries.len(), rows.len());
        for (entry, row) in entries.iter().zip(&rows) {
            let get = |name: &str| entry.get(name).map_or("", String::as_str);
            assert_eq!(get("UID"), format!("{}@dateline", row.id()));
            for (name, column) in [
                ("SUMMARY", "title"),
                ("DESCRIPTION", "description"),
                ("LOCATION", "place"),
                ("CATEGORIES", "event_type"),
            ] {
                assert_eq!(get(name), kept(row.text(column)), "{name}");
            }
            assert_eq!(get("GEO"), row.point().map_or(String::new(), |(lon, lat)| format!("{lat};{lon}")));
            let civil = row.civil().unwrap();
            let (day, second) = ("%Y%m%d", "%Y%m%dT%H%M%S");
            if let Some(start) = entry.get("DTSTART;VALUE=DATE") {
                assert_eq!(*start, civil.start.format(day).to_string());
                // The end of whole days is the day after.
                let end = civil.end.date().succ_opt().unwrap();
                assert_eq!(get("DTEND;VALUE=DATE"), end.format(day).to_string());
                assert_eq!(civil.start.format("%H%M%S").to_string(), "000000");
            } else {
                assert_eq!(get("DTSTART"), civil.start.format(second).to_string());
                let end = civil.end + chrono::TimeDelta::seconds(1);
                let last = if end.format("%Y").to_string() == "+10000" { civil.end } else { end };
                assert_eq!(get("DTEND"), last.format(second).to_string());
            }
            assert_eq!(
                get("STATUS"),
                if row.status() == Status::Planned { "TENTATIVE" } else { "CONFIRMED" }
            );
        }
    });
}

/// The text that a browser shows for HTML without entities other than the five of XML.
fn shown(html: &str) -> String {
    let mut out = String::new();
    let mut tag = false;
    for c in html.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            c if !tag => out.push(c),
            _ => {}
        }
    }
    out.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#13;", "\r")
        .replace("&amp;", "&")
}

/// A headline as it stands in a timeline.
fn headline(row: &Row) -> String {
    let planned = if row.status() == Status::Planned { "[planned] " } else { "" };
    format!("{planned}{}", row.text("title"))
}

#[test]
fn timelines_hold_every_happening() {
    hostile::each_set(|documents| {
        let (rows, _) = rows(documents);
        let timeline: serde_json::Value =
            serde_json::from_slice(&bytes(Format::TimelineJson, documents)).unwrap();
        let events = timeline["events"].as_array().unwrap();
        let table = bytes(Format::TimelineTable, documents);
        let records: Vec<csv::StringRecord> =
            csv::Reader::from_reader(table.as_slice()).records().map(Result::unwrap).collect();
        assert_eq!([events.len(), records.len()], [rows.len(); 2]);
        for ((row, event), record) in rows.iter().zip(events).zip(&records) {
            let civil = row.civil().unwrap();
            assert_eq!(event["unique_id"], row.id());
            assert_eq!(event["group"], row.text("event_type"));
            assert_eq!(&record[17], row.text("event_type"));
            let clock = matches!(row.text("date_precision"), "second" | "minute" | "hour" | "part_of_day");
            for (name, at, time) in [("start_date", 0, civil.start), ("end_date", 4, civil.end)] {
                let date = &event[name];
                let part = |form: &str| time.format(form).to_string().parse::<i64>().unwrap();
                for (at, (unit, form)) in (at..).zip([("year", "%Y"), ("month", "%m"), ("day", "%d")]) {
                    assert_eq!(date[unit].as_i64(), Some(part(form)));
                    assert_eq!(record[at].parse::<i64>().unwrap(), part(form));
                }
                let hour = clock.then(|| part("%H"));
                assert_eq!(date["hour"].as_i64(), hour);
                assert_eq!(
                    record[at + 3],
                    if clock { time.format("%H:%M").to_string() } else { String::new() }
                );
            }
            let title = event["text"]["headline"].as_str().unwrap();
            assert!(!title.contains('<'));
            assert_eq!(shown(title), headline(row));
            assert_eq!(record[9].strip_prefix('\'').filter(|t| *t == title).unwrap_or(&record[9]), title);
            let body = shown(event["text"]["text"].as_str().unwrap());
            let description: String =
                row.text("description").chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            assert!(body.starts_with(&description), "{body} {description}");
            assert_eq!(&record[10], event["text"]["text"].as_str().unwrap());
        }
    });
}

#[test]
fn json_fg_is_the_layer_with_times_that_are_known_as_such() {
    hostile::each_set(|documents| {
        let (rows, _) = rows(documents);
        let read = |format| serde_json::from_slice::<serde_json::Value>(&bytes(format, documents)).unwrap();
        let (layer, fg) = (read(Format::GeoJson), read(Format::JsonFg));
        assert!(fg["conformsTo"][0].as_str().unwrap().contains("json-fg"));
        assert!(fg["metadata"]["attribution"].as_str().unwrap().contains("GeoNames"));
        let (layer, fg) = (layer["features"].as_array().unwrap(), fg["features"].as_array().unwrap());
        assert_eq!([layer.len(), fg.len()], [rows.len(); 2]);
        for ((plain, timed), row) in layer.iter().zip(fg).zip(&rows) {
            for member in ["id", "geometry", "properties"] {
                assert_eq!(plain[member], timed[member]);
            }
            let civil = row.civil().unwrap();
            let time = &timed["time"];
            let offset = match row.text("utc_offset") {
                "" => None,
                known => {
                    let minutes =
                        known[4..6].parse::<i64>().unwrap() * 60 + known[7..9].parse::<i64>().unwrap();
                    Some(if &known[3..4] == "-" { -minutes } else { minutes })
                }
            };
            let wanted = match offset {
                Some(minutes) => [civil.start, civil.end].map(|t| {
                    (t - chrono::TimeDelta::minutes(minutes)).format("%Y-%m-%dT%H:%M:%SZ").to_string()
                }),
                None => [civil.start, civil.end].map(|t| t.format("%Y-%m-%d").to_string()),
            };
            match time["date"].as_str() {
                Some(date) => assert_eq!([date, date], [wanted[0].as_str(), wanted[1].as_str()]),
                None => {
                    assert_eq!(time["interval"][0], wanted[0].as_str());
                    assert_eq!(time["interval"][1], wanted[1].as_str());
                }
            }
        }
    });
}
