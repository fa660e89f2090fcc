//! Plain text and Markdown files, with the metadata that may stand in front of the text.
//!
//! Front matter is the block between two lines `---` at the very start: one `key: value` per line.

use super::{Incoming, markdown, published};
use crate::article::Article;

/// Fills `incoming` from a file's text.
pub(super) fn read(text: String, is_markdown: bool, incoming: &mut Incoming) {
    let article = &mut incoming.article;
    let body = match split(&text) {
        Some((matter, body)) => {
            for (key, value) in matter.lines().filter_map(|l| l.split_once(':')) {
                let value = unquoted(value.trim());
                if !value.is_empty() {
                    set(article, key.trim(), value, &mut incoming.warnings);
                }
            }
            body
        }
        None => text.as_str(),
    };
    if is_markdown {
        let plain = markdown::plain(body);
        article.text = plain.text;
        article.title = article.title.take().or(plain.title);
    } else {
        let cut = text.len() - body.len();
        article.text = text;
        article.text.drain(..cut);
    }
}

fn set(article: &mut Article, key: &str, value: &str, warnings: &mut Vec<crate::error::Error>) {
    let field = match key.to_ascii_lowercase().as_str() {
        "published" | "date" | "dct" | "datepublished" => {
            published::note(value, &mut article.published, warnings);
            return;
        }
        "id" => {
            value.clone_into(&mut article.id);
            return;
        }
        "title" => &mut article.title,
        "url" => &mut article.url,
        "publisher" => &mut article.publisher,
        "lang" => &mut article.lang,
        _ => return,
    };
    *field = Some(value.to_owned());
}

/// Front matter and the rest; nothing when there is no closed block with at least one `key:` in it.
fn split(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("---")?;
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let matter = rest.get(..at)?;
            let keyed = matter.lines().any(|l| {
                l.split_once(':').is_some_and(|(k, _)| {
                    !k.trim().is_empty()
                        && k.trim().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
                })
            });
            return keyed.then_some((matter, rest.get(at + line.len()..)?));
        }
        at += line.len();
    }
    None
}

fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote)) {
            return inner;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incoming(text: &str, is_markdown: bool) -> Incoming {
        let mut incoming = Incoming { article: Article::default(), line: None, warnings: Vec::new() };
        read(text.to_owned(), is_markdown, &mut incoming);
        incoming
    }

    #[test]
    fn front_matter_is_metadata_and_not_text() {
        let read = incoming(
            "---\ntitle: \"Crue : la Loire déborde\"\npublished: 2021-02-03\nlang: fr\n---\nLa Loire.\n",
            false,
        );
        assert_eq!(read.article.title.as_deref(), Some("Crue : la Loire déborde"));
        assert_eq!(read.article.lang.as_deref(), Some("fr"));
        assert!(read.article.published.is_some() && read.warnings.is_empty());
        assert_eq!(read.article.text, "La Loire.\n");
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in ["---\nUn titre sans rien\n---\nTexte", "--- Suite", "---\nclé"] {
            assert_eq!(incoming(text, false).article.text, text);
        }
    }

    #[test]
    fn an_unreadable_date_is_told() {
        let read = incoming("---\npublished: hier\n---\nTexte", true);
        assert!(read.article.published.is_none());
        assert_eq!(read.warnings.len(), 1);
    }
}
