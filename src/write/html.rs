//! `report.html`: map, timeline and text in one page that needs no network.
//!
//! The page is put together from the readable files in `html/`. Its data stands in a JSON block that
//! cannot be broken out of, and its content policy lets nothing run but its own script. The map library,
//! outlines and names are compressed; the browser unpacks them.

mod marks;

use super::colour::GROUPS;
use super::geojson;
use super::schema::{COLUMNS, Column, Kind};
use super::shape::{Geometry, Shape};
use super::{Row, Run, Write};
use crate::document::{Document, Event};
use base64::Engine as _;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Write as _};

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/page.css");
const WORLD: &str = include_str!("html/vendor/countries.json");
const LABELS: &str = include_str!("html/labels.json");
const LEAFLET: &str = include_str!("html/vendor/leaflet.js");
/// In the order in which they lean on each other.
const SCRIPTS: [&str; 14] = [
    include_str!("html/words.js"),
    include_str!("html/unpack.js"),
    include_str!("html/state.js"),
    include_str!("html/dates.js"),
    include_str!("html/signs.js"),
    include_str!("html/outlines.js"),
    include_str!("html/map.js"),
    include_str!("html/lanes.js"),
    include_str!("html/timeline.js"),
    include_str!("html/list.js"),
    include_str!("html/card.js"),
    include_str!("html/text.js"),
    include_str!("html/export.js"),
    include_str!("html/main.js"),
];

/// More happenings than this make the page slow to open; the rest is counted on it.
const MOST: usize = 100_000;
/// Bytes of text that a page holds; articles that no longer fit in are named on it, without their text.
const ROOM: usize = 64 << 20;

pub(super) struct Html<W: io::Write> {
    out: W,
    articles: Vec<Json>,
    /// Place of each article in `articles`, by its id.
    places: BTreeMap<String, usize>,
    /// What the page shows beside the columns, by the happening's id.
    more: BTreeMap<String, Json>,
    /// Columns of the map layer.
    layer: Vec<&'static str>,
    /// Happenings with a time, then those without.
    events: Vec<Json>,
    left_out: usize,
    title: String,
    geometry: Geometry,
    /// Happenings shown.
    pub(super) most: usize,
    /// Bytes of text that still fit in.
    pub(super) room: usize,
}

impl<W: io::Write> Html<W> {
    pub(super) fn new(out: W) -> Self {
        Html {
            out,
            articles: Vec::new(),
            places: BTreeMap::new(),
            more: BTreeMap::new(),
            layer: Vec::new(),
            events: Vec::new(),
            left_out: 0,
            title: String::new(),
            geometry: Geometry::Point,
            most: MOST,
            room: ROOM,
        }
    }
}

impl<W: io::Write> Write for Html<W> {
    fn document(&mut self, document: &Document) -> io::Result<()> {
        let article = &document.article;
        self.places.insert(article.id.clone(), self.articles.len());
        let left = self.room.checked_sub(article.text.len());
        self.room = left.unwrap_or_default();
        for event in document.events.iter().filter(|_| left.is_some()) {
            self.more.insert(event.id.clone(), more(document, event));
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
            "text": left.map(|_| &article.text),
            "marks": left.map(|_| marks::marks(document)).unwrap_or_default(),
        }));
        Ok(())
    }

    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.geometry = run.geometry;
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        if self.events.len() == self.most {
            self.left_out += 1;
            return Ok(());
        }
        let mut cells = Vec::new();
        for (i, value) in row.values().iter().enumerate() {
            cells.extend_from_slice(if i == 0 { b"[" } else { b"," });
            geojson::value(value, &mut cells)?;
        }
        cells.push(b']');
        if self.layer.is_empty() {
            self.layer = row.layer().map(|(column, _)| column.name).collect();
        }
        let mut event = self.more.remove(row.id()).unwrap_or_else(|| json!({}));
        if let Some(event) = event.as_object_mut() {
            event.insert("row".to_owned(), serde_json::from_slice(&cells)?);
            for (name, end) in [("core_from", row.core().0), ("core_to", row.core().1)] {
                if let Some(end) = end {
                    event.insert(name.to_owned(), json!(end.format("%Y-%m-%dT%H:%M:%S").to_string()));
                }
            }
            if let Some(area @ Shape::Area(_)) = row.shape() {
                let mut geometry = Vec::new();
                geojson::geometry(&area, &mut geometry)?;
                event.insert("geometry".to_owned(), serde_json::from_slice(&geometry)?);
            }
            event.insert("doc".to_owned(), json!(self.places.get(row.text("doc_id"))));
        }
        self.events.push(event);
        Ok(())
    }

    fn undated(&mut self, row: &Row) -> io::Result<()> {
        self.row(row)
    }

    fn end(&mut self) -> io::Result<()> {
        if self.left_out > 0 {
            self.drop_texts();
        }
        let names = |keep: fn(&Column) -> bool| -> Vec<&str> {
            COLUMNS.iter().filter(|c| keep(c)).map(|c| c.name).collect()
        };
        let groups: Vec<Json> = GROUPS
            .iter()
            .map(|g| json!({"word": g.word, "colour": g.colour, "types": g.types.iter().map(|t| t.as_str()).collect::<Vec<_>>()}))
            .collect();
        let data = json!({
            "columns": names(|_| true),
            "guarded": names(|c| matches!(c.kind, Kind::Text)),
            "layer": self.layer,
            "metadata": geojson::about(self.geometry),
            "groups": groups,
            "articles": self.articles,
            "events": self.events,
            "left_out": self.left_out,
        });
        let script = format!("(() => {{\n\"use strict\";\n{}\n}})();\n", SCRIPTS.join("\n"));
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
            ("leaflet_hash", &policy_hash(LEAFLET)),
            ("leaflet", &packed(LEAFLET)?),
            ("labels", &packed(LABELS)?),
            ("world", &packed(WORLD)?),
            ("script", &script),
        ]);
        self.out.write_all(page.as_bytes())?;
        self.out.flush()
    }
}

impl<W: io::Write> Html<W> {
    /// Keeps the texts only of articles whose happenings are shown: a page that had to leave out happenings
    /// has no room for the rest.
    fn drop_texts(&mut self) {
        let mut shown = vec![false; self.articles.len()];
        for doc in self.events.iter().filter_map(|e| e.get("doc")?.as_u64()) {
            if let Some(shown) = usize::try_from(doc).ok().and_then(|doc| shown.get_mut(doc)) {
                *shown = true;
            }
        }
        for (article, _) in self.articles.iter_mut().zip(shown).filter(|(_, shown)| !shown) {
            if let Some(article) = article.as_object_mut() {
                article.insert("text".to_owned(), Json::Null);
                article.insert("marks".to_owned(), json!([]));
            }
        }
    }
}

/// What the page shows of a happening beside its row; what is not known is left out.
fn more(document: &Document, event: &Event) -> Json {
    let main = event.record.places.first().and_then(|p| document.places.get(p.mention));
    let place = main.and_then(|m| m.place.as_ref());
    let chosen = place.map_or("", |p| p.id.as_str());
    let others: Vec<&str> = main
        .map(|m| m.candidates.iter().filter(|c| c.id != chosen).map(|c| c.label.as_str()).collect())
        .unwrap_or_default();
    let tellings: Vec<Json> =
        event.tellings.iter().map(|t| json!([t.publisher.as_ref().unwrap_or(&t.document), t.url])).collect();
    let mut more = json!({
        "outline": place.and_then(|p| p.outline.clone()),
        "others": others,
        "place_reasons": main.map(|m| m.reasons.clone()).unwrap_or_default(),
        "reasons": event.confidence_reasons.iter().map(|(n, share)| (n, hundredths(*share))).collect::<Vec<_>>(),
        "tellings": tellings,
    });
    if let Some(more) = more.as_object_mut() {
        more.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|a| !a.is_empty()));
    }
    more
}

/// A share of the log odds, as the page shows it.
fn hundredths(share: f32) -> f64 {
    (f64::from(share) * 100.0).round() / 100.0
}

/// JSON that can stand inside a script element: nothing in it ends the element or begins a comment.
fn block(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Text as HTML text. Characters that turn the direction of what follows have no place in a window's title.
fn escape(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.replace(turns, "").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A file compressed, in letters that can stand in a page.
fn packed(file: &str) -> io::Result<String> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(file.as_bytes())?;
    Ok(base64::engine::general_purpose::STANDARD.encode(encoder.finish()?))
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
