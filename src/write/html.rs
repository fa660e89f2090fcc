//! `report.html`: map, timeline and text in one page that needs no network.
//!
//! The page is put together from the readable files in `html/`. Its data stands in a JSON block that
//! cannot be broken out of, and its content policy lets nothing run but its own script.

use super::colour::GROUPS;
use super::geojson;
use super::schema::{ATTRIBUTION, COLUMNS, Column};
use super::{Row, Run, Write};
use crate::document::{Document, Event};
use crate::time::Bounds;
use base64::Engine as _;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/page.css");
const WORLD: &str = include_str!("html/vendor/countries-110m.json");
const CITIES: &str = include_str!("html/cities.json");
/// Leaflet first; then our parts, in the order in which they lean on each other.
const LEAFLET: &str = include_str!("html/vendor/leaflet.js");
const SCRIPTS: [&str; 7] = [
    include_str!("html/words.js"),
    include_str!("html/state.js"),
    include_str!("html/colours.js"),
    include_str!("html/map.js"),
    include_str!("html/timeline.js"),
    include_str!("html/list.js"),
    include_str!("html/main.js"),
];

/// More happenings than this make the page slow to open; the rest is counted on it.
const MOST: usize = 20_000;

pub(super) struct Html<W: io::Write> {
    out: W,
    articles: Vec<Json>,
    /// Place of each article in `articles`, by its id.
    places: BTreeMap<String, usize>,
    /// What the page shows beside the columns, by the happening's id.
    more: BTreeMap<String, Json>,
    undated: Vec<Json>,
    events: Vec<Json>,
    left_out: usize,
    title: String,
}

impl<W: io::Write> Html<W> {
    pub(super) fn new(out: W) -> Self {
        Html {
            out,
            articles: Vec::new(),
            places: BTreeMap::new(),
            more: BTreeMap::new(),
            undated: Vec::new(),
            events: Vec::new(),
            left_out: 0,
            title: String::new(),
        }
    }
}

impl<W: io::Write> Write for Html<W> {
    fn document(&mut self, document: &Document) -> io::Result<()> {
        let article = &document.article;
        self.places.insert(article.id.clone(), self.articles.len());
        for event in &document.events {
            if event.record.time.is_some() {
                self.more.insert(event.id.clone(), more(document, event));
            } else {
                let main =
                    event.record.places.first().and_then(|p| document.places.get(p.mention)?.place.as_ref());
                self.undated.push(json!({
                    "title": event.record.title,
                    "status": event.record.status.as_str(),
                    "place": main.map(|p| &p.name),
                }));
            }
        }
        if self.title.is_empty() {
            self.title = article.title.clone().unwrap_or_else(|| article.id.clone());
        }
        self.articles.push(json!({
            "id": article.id,
            "title": article.title,
            "publisher": article.publisher,
            "url": article.url,
            "published": document.published.map(|p| p.date.to_string()),
            "lang": document.lang.map(|l| l.code()),
            "text": article.text,
            "marks": marks(document),
        }));
        Ok(())
    }

    fn begin(&mut self, _: &Run) -> io::Result<()> {
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        if self.events.len() == MOST {
            self.left_out += 1;
            return Ok(());
        }
        let mut cells = Vec::new();
        for (i, value) in row.values().iter().enumerate() {
            cells.extend_from_slice(if i == 0 { b"[" } else { b"," });
            geojson::value(value, &mut cells)?;
        }
        cells.push(b']');
        let mut event = self.more.remove(row.id()).unwrap_or_else(|| json!({}));
        if let Some(event) = event.as_object_mut() {
            event.insert("row".to_owned(), serde_json::from_slice(&cells)?);
            event.insert("doc".to_owned(), json!(self.places.get(row.text("doc_id"))));
        }
        self.events.push(event);
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        let columns: Vec<&str> = COLUMNS.iter().map(|c: &Column| c.name).collect();
        let cities: Json = serde_json::from_str(CITIES)?;
        let groups: Vec<Json> = GROUPS
            .iter()
            .map(|g| json!({"word": g.word, "colour": g.colour, "types": g.types.iter().map(|t| t.as_str()).collect::<Vec<_>>()}))
            .collect();
        let data = json!({
            "columns": columns,
            "attribution": ATTRIBUTION,
            "cities": cities,
            "groups": groups,
            "articles": self.articles,
            "events": self.events,
            "undated": self.undated,
            "left_out": self.left_out,
        });
        let script = format!("{LEAFLET}\n(() => {{\n\"use strict\";\n{}\n}})();\n", SCRIPTS.join("\n"));
        let lang = self.articles.first().and_then(|a| a.get("lang")?.as_str()).unwrap_or("en");
        let title = match self.articles.len() {
            0 | 1 => self.title.clone(),
            n => format!("{} (+{})", self.title, n - 1),
        };
        let page = fill(&[
            ("lang", lang),
            ("title", &escape(&title)),
            ("script_hash", &policy_hash(&script)),
            ("style_hash", &policy_hash(STYLE)),
            ("style", STYLE),
            ("data", &block(&data.to_string())),
            ("world", WORLD.trim_end()),
            ("script", &script),
        ]);
        self.out.write_all(page.as_bytes())?;
        self.out.flush()
    }
}

/// What the page shows of a happening beside its row.
fn more(document: &Document, event: &Event) -> Json {
    let main = event.record.places.first().and_then(|p| document.places.get(p.mention));
    let candidates: Vec<String> =
        main.map(|m| m.candidates.iter().map(|c| c.label.clone()).collect()).unwrap_or_default();
    let outline = main.and_then(|m| m.place.as_ref()?.outline.clone());
    let core = event.record.time.as_ref().map(|t| core(&t.bounds)).unwrap_or_default();
    let reasons: Vec<String> = event
        .confidence_reasons
        .iter()
        .map(|(name, share)| format!("{} {share:+.2}", name.replace('_', " ")))
        .collect();
    json!({
        "core_from": core.0,
        "core_to": core.1,
        "outline": outline,
        "candidates": candidates,
        "place_reasons": main.map(|m| m.reasons.join(", ").replace('_', " ")),
        "reasons": reasons.join(", "),
    })
}

/// The part of an uncertain interval in which the happening surely was under way.
fn core(bounds: &Bounds) -> (Option<String>, Option<String>) {
    let show = |t: Option<chrono::NaiveDateTime>| t.map(|t| t.format("%Y-%m-%dT%H:%M:%S").to_string());
    let from = bounds.latest_start.filter(|t| Some(*t) != bounds.earliest_start);
    let to = bounds.earliest_end.filter(|t| Some(*t) != bounds.latest_end);
    (show(from), show(to))
}

/// Marked words of an article: start, end, kind, id of the happening; sorted, without overlap. Offsets count
/// UTF-16 units, as the page's script does.
fn marks(document: &Document) -> Vec<Json> {
    let mut found: Vec<(u32, u32, u8, &str)> = Vec::new();
    for event in &document.events {
        for mention in event.mentions.iter().filter_map(|&m| document.mentions.get(m)) {
            found.push((mention.trigger.start, mention.trigger.end, 0, &event.id));
        }
        let record = &event.record;
        if let Some(time) = record.time.as_ref().and_then(|t| document.times.get(t.mention?)) {
            found.push((time.span.start, time.span.end, 1, &event.id));
        }
        for place in record.places.iter().filter_map(|p| document.places.get(p.mention)) {
            found.push((place.span.start, place.span.end, 2, &event.id));
        }
    }
    found.extend(document.times.iter().map(|t| (t.span.start, t.span.end, 4, "")));
    let places = document.places.iter().filter(|p| p.place.is_some());
    found.extend(places.map(|p| (p.span.start, p.span.end, 5, "")));
    found.sort();
    let mut units = Units::new(&document.article.text);
    let mut last = 0;
    let mut marks = Vec::new();
    for (start, end, kind, event) in found {
        if start < last || start >= end {
            continue;
        }
        last = end;
        let kind = match kind {
            0 => "e",
            1 | 4 => "t",
            _ => "p",
        };
        marks.push(json!([units.at(start), units.at(end), kind, event]));
    }
    marks
}

/// Counts UTF-16 units up to byte offsets that only grow.
struct Units<'a> {
    source: &'a str,
    byte: usize,
    units: usize,
}

impl<'a> Units<'a> {
    fn new(source: &'a str) -> Self {
        Units { source, byte: 0, units: 0 }
    }

    fn at(&mut self, offset: u32) -> usize {
        let passed = self.source.get(self.byte..offset as usize).unwrap_or_default();
        self.units += passed.chars().map(char::len_utf16).sum::<usize>();
        self.byte += passed.len();
        self.units
    }
}

/// JSON that can stand inside a script element: nothing in it ends the element or begins a comment.
fn block(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Text as HTML text.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn policy_hash(source: &str) -> String {
    format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(source)))
}

/// The page with each `{{name}}` replaced, in one pass: a value is never searched for names.
fn fill(values: &[(&str, &str)]) -> String {
    let mut page = String::new();
    let mut rest = PAGE;
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        let value = values.iter().find(|(n, _)| *n == name).map_or("", |(_, v)| v);
        page.push_str(value);
        rest = after;
    }
    page.push_str(rest);
    page
}
