//! Web pages: the main text, and what the page says of itself.
//!
//! The text comes from `dom_smoothie`, a port of the reader view of Firefox. Title, date, language and
//! publisher come from JSON-LD first, then from OpenGraph and other `<meta>`, then from the page's elements.

use super::{Incoming, published};
use crate::error::{Error, ErrorKind};
use dom_smoothie::{Config, Readability, TextMode};
use serde_json::Value;

/// A page with more elements than this is no article, and would take long.
const MAX_ELEMENTS: usize = 200_000;

/// Fills `incoming` from a page.
pub(super) fn read(page: &str, incoming: &mut Incoming) -> Result<(), Error> {
    let config =
        Config { text_mode: TextMode::Formatted, max_elements_to_parse: MAX_ELEMENTS, ..Config::default() };
    let failed = |e: &dyn std::fmt::Display| {
        Error::new(ErrorKind::Input, "no article was found in the page")
            .caused_by(e.to_string())
            .help("give a page that holds one article, or its text")
    };
    let mut reader = Readability::new(page, None, Some(config)).map_err(|e| failed(&e))?;
    let data = linked_data(&reader);
    let meta = Meta::of(&reader);
    let told = reader.get_article_metadata(None);
    let article = &mut incoming.article;
    let text = |field: &str| data.as_ref().and_then(|d| string(d.get(field)?));

    let dates = [
        text("datePublished"),
        meta.first(&["article:published_time", "og:published_time", "og:article:published_time"]),
        meta.first(&[
            "datepublished",
            "parsely-pub-date",
            "dc.date.issued",
            "dcterms.issued",
            "dcterms.created",
            "dc.date",
            "pubdate",
            "publishdate",
            "publish-date",
            "sailthru.date",
            "date",
        ]),
        told.published_time.clone(),
        time_element(&reader),
        text("dateCreated"),
    ];
    for date in dates.into_iter().flatten() {
        published::note(&date, &mut article.published, &mut incoming.warnings);
    }
    if article.published.is_some() {
        incoming.warnings.clear();
    }
    article.lang = text("inLanguage")
        .or_else(|| attribute(&reader, "html", "lang"))
        .or_else(|| attribute(&reader, "html", "xml:lang"))
        .or_else(|| meta.first(&["og:locale", "content-language", "dc.language"]))
        .and_then(|l| code(&l));
    article.publisher = text("publisher").or_else(|| meta.first(&["og:site_name", "application-name"]));
    article.url = attribute(&reader, "link[rel=canonical]", "href")
        .or_else(|| meta.first(&["og:url"]))
        .filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    let headline = text("headline").or_else(|| meta.first(&["og:title", "twitter:title"]));

    let found = reader.parse().map_err(|e| failed(&e))?;
    article.text = found.text_content.trim().to_owned();
    article.title = headline.or(Some(found.title)).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    if let Some(title) = &article.title
        && let Some(rest) = article.text.strip_prefix(title.as_str()).filter(|r| r.starts_with('\n'))
    {
        article.text = rest.trim_start().to_owned();
    }
    Ok(())
}

/// The names and values of all `<meta>`, in page order.
struct Meta(Vec<(String, String)>);

impl Meta {
    fn of(reader: &Readability) -> Self {
        let mut all = Vec::new();
        for node in reader.doc.select("meta[content]").nodes() {
            for key in ["property", "name", "itemprop", "http-equiv"] {
                if let (Some(name), Some(content)) = (node.attr(key), node.attr("content")) {
                    all.push((name.to_ascii_lowercase(), content.trim().to_owned()));
                }
            }
        }
        Meta(all)
    }

    /// The value of the first of `names` that the page has.
    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            self.0.iter().find(|(n, v)| n == name && !v.is_empty()).map(|(_, value)| value.clone())
        })
    }
}

/// The article's own JSON-LD object: the first that carries a headline or a publication date.
fn linked_data(reader: &Readability) -> Option<Value> {
    let mut open: Vec<Value> = Vec::new();
    for node in reader.doc.select("script[type='application/ld+json']").nodes() {
        if let Ok(value) = serde_json::from_str::<Value>(node.text().trim()) {
            open.push(value);
        }
    }
    open.reverse();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.into_iter().rev()),
            Value::Object(mut object) => {
                let named = |key: &str| object.get(key).is_some_and(Value::is_string);
                if named("headline")
                    || named("datePublished") && kind(object.get("@type")).contains("Article")
                {
                    return Some(Value::Object(object));
                }
                open.extend(object.remove("mainEntity"));
                open.extend(object.remove("@graph"));
            }
            _ => {}
        }
    }
    None
}

fn kind(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}

/// A string, or the name of an object, or that of the first of a list.
fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        Value::Object(object) => object.get("name").or_else(|| object.get("@value")).and_then(string),
        Value::Array(items) => items.first().and_then(string),
        _ => None,
    }
}

fn attribute(reader: &Readability, selector: &str, name: &str) -> Option<String> {
    let found = reader.doc.select(selector);
    found.nodes().iter().find_map(|n| n.attr(name)).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty())
}

/// The date of the first `<time>` that is marked as the publication's, or else of the first one.
fn time_element(reader: &Readability) -> Option<String> {
    attribute(reader, "time[itemprop=datePublished], time[pubdate]", "datetime")
        .or_else(|| attribute(reader, "[itemprop=datePublished]", "content"))
        .or_else(|| attribute(reader, "article time[datetime], header time[datetime]", "datetime"))
        .or_else(|| attribute(reader, "time[datetime]", "datetime"))
}

/// The ISO 639-1 code in `fr-FR`, `fr_CA`, `EN`.
fn code(tag: &str) -> Option<String> {
    let first = tag.split(['-', '_']).next().unwrap_or_default().trim();
    (first.len() == 2 && first.bytes().all(|b| b.is_ascii_alphabetic())).then(|| first.to_ascii_lowercase())
}
