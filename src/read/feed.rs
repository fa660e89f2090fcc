//! Feeds that were saved: RSS and Atom, one article per item.
//!
//! The text of an item is the longest that the feed gives of it. What an item does not say of itself, the
//! feed's language and name, holds for it.

use super::{Articles, Incoming, Options, Source, finish, published};
use crate::article::Article;
use crate::error::{Error, ErrorKind};
use dom_smoothie::Readability;
use roxmltree::{Document, Node};

/// Elements of a feed beyond which it is something else.
const MAX_ELEMENTS: u32 = 2_000_000;

/// Whether a file without a telling name begins as a feed does.
pub(super) fn begins(head: &[u8]) -> bool {
    let has = |tag: &[u8]| head.windows(tag.len()).any(|w| w == tag);
    head.first() == Some(&b'<') && (has(b"<rss") || has(b"<feed") || has(b"<rdf:rdf"))
}

/// The articles of a feed, in its order.
pub(super) fn articles(text: &str, source: &Source, options: &Options) -> Result<Articles, Error> {
    let parsing = roxmltree::ParsingOptions { nodes_limit: MAX_ELEMENTS, ..Default::default() };
    let feed = Document::parse_with_options(text.trim_start(), parsing).map_err(|e| {
        Error::new(ErrorKind::Input, "is no feed")
            .in_file(source.label())
            .caused_by(e.to_string())
            .help("give RSS or Atom, or name another format with --input-format")
    })?;
    let root = feed.root_element();
    let channel = child(root, &["channel"]).unwrap_or(root);
    let publisher = words(channel, &["title"]);
    let lang = words(channel, &["language"]).or_else(|| lang_of(root));
    let mut all = Vec::new();
    for item in root.descendants().filter(|n| is_called(*n, &["item", "entry"])) {
        let line = u64::from(feed.text_pos_at(item.range().start).row);
        let mut incoming = Incoming { article: Article::default(), line: Some(line), warnings: Vec::new() };
        read(item, &mut incoming);
        let article = &mut incoming.article;
        article.publisher = article.publisher.take().or_else(|| publisher.clone());
        article.lang = article.lang.take().or_else(|| lang.clone()).and_then(|tag| code(&tag));
        if article.id.is_empty() {
            article.id = article.url.clone().unwrap_or_else(|| format!("{}:{line}", source.id()));
        }
        let placed = |error: Error| error.in_file(source.label()).at_line(line);
        all.push(finish(incoming, source, options).map_err(placed).map(|mut incoming| {
            incoming.warnings = incoming.warnings.into_iter().map(placed).collect();
            incoming
        }));
    }
    Ok(Box::new(all.into_iter()))
}

fn read(item: Node<'_, '_>, incoming: &mut Incoming) {
    let article = &mut incoming.article;
    article.title = words(item, &["title"]).map(|title| plain(&title));
    let link = item.children().filter(|n| is_called(*n, &["link"])).find_map(|link| {
        let alternate = link.attribute("rel").is_none_or(|rel| rel == "alternate");
        link.attribute("href").filter(|_| alternate).map(str::to_owned).or_else(|| text_of(link))
    });
    article.url = link.filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    article.id = words(item, &["guid", "id"]).unwrap_or_default();
    article.lang = lang_of(item);
    article.publisher = words(item, &["source", "publisher"]);
    for name in ["pubDate", "published", "issued", "date", "updated"] {
        if let Some(date) = words(item, &[name]) {
            published::note(&date, &mut article.published, &mut incoming.warnings);
        }
    }
    if article.published.is_some() {
        incoming.warnings.clear();
    }
    let bodies = item.children().filter(|n| is_called(*n, &["encoded", "content", "description", "summary"]));
    article.text = bodies.map(body).max_by_key(String::len).unwrap_or_default();
}

/// The text of an element that may hold a page's markup, as such or written out.
fn body(node: Node<'_, '_>) -> String {
    match node.attribute("type") {
        Some("text") => text_of(node).unwrap_or_default(),
        Some("xhtml") => {
            let range = node.first_element_child().map_or(node.range(), |inner| inner.range());
            plain(node.document().input_text().get(range).unwrap_or_default())
        }
        _ => plain(&text_of(node).unwrap_or_default()),
    }
}

/// Markup without its marks; a text without any stays as it is.
fn plain(markup: &str) -> String {
    if !markup.contains(['<', '&']) {
        return markup.trim().to_owned();
    }
    match Readability::new(markup, None, None) {
        Ok(page) => page.doc.formatted_text().trim().to_owned(),
        Err(_) => markup.trim().to_owned(),
    }
}

fn is_called(node: Node<'_, '_>, names: &[&str]) -> bool {
    node.is_element() && names.contains(&node.tag_name().name())
}

fn child<'a, 'i>(node: Node<'a, 'i>, names: &[&str]) -> Option<Node<'a, 'i>> {
    node.children().find(|n| is_called(*n, names))
}

/// The words of the first child called so.
fn words(node: Node<'_, '_>, names: &[&str]) -> Option<String> {
    child(node, names).and_then(text_of)
}

fn text_of(node: Node<'_, '_>) -> Option<String> {
    let text: String = node.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect();
    Some(text.trim().to_owned()).filter(|t| !t.is_empty())
}

/// The language that an element is marked with.
fn lang_of(node: Node<'_, '_>) -> Option<String> {
    node.attribute(("http://www.w3.org/XML/1998/namespace", "lang")).map(str::to_owned)
}

/// The ISO 639-1 code in `fr-FR`.
fn code(tag: &str) -> Option<String> {
    let first = tag.split(['-', '_']).next().unwrap_or_default().trim();
    (first.len() == 2 && first.bytes().all(|b| b.is_ascii_alphabetic())).then(|| first.to_ascii_lowercase())
}
