//! One article through all stages, from its text to its document.

use super::{Document, Note};
use crate::article::Article;
use crate::lang::Lang;
use crate::text::Text;
use crate::text::detect::{Detected, detect};

/// What the stages look things up in; opened once for all articles.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Resources {}

/// Reads one article. Never fails: what cannot be told stays unknown, and a note says why.
pub fn read(article: &Article, _resources: &Resources) -> Document {
    let mut document = Document {
        article: article.clone(),
        lang: None,
        published: article.published,
        sentences: Vec::new(),
        times: Vec::new(),
        places: Vec::new(),
        mentions: Vec::new(),
        events: Vec::new(),
        headline: None,
        notes: Vec::new(),
    };
    let lang = match language(article) {
        Ok(lang) => lang,
        Err(note) => {
            document.notes.push(note);
            return document;
        }
    };
    document.lang = Some(lang);
    let text = Text::new(&article.text, lang);
    document.sentences = text.sentences.iter().map(|s| text.span(s.tokens.clone())).collect();
    document
}

/// The language of an article: as declared, or else as detected.
fn language(article: &Article) -> Result<Lang, Note> {
    let note = |message: String| Note { code: "language", message };
    match &article.lang {
        Some(code) => Lang::from_code(code).ok_or_else(|| note(format!("its language, {code}, is not read"))),
        None => match detect(&article.text) {
            Detected::Known(lang) => Ok(lang),
            Detected::Other(code) => Err(note(format!("its language seems to be {code}, which is not read"))),
            Detected::Unsure => Err(note("its language could not be told".to_owned())),
        },
    }
}
