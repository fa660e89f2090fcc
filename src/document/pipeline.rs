//! One article through all stages, from its text to its document.

use super::{Document, Entity, Headline, Note, link};
use crate::article::{Article, Published, PublishedSource};
use crate::event::{self, Telling};
use crate::gazetteer::Gazetteer;
use crate::lang::Lang;
use crate::place::{self, PlaceMention};
use crate::tag::{self, EntityKind};
use crate::text::Text;
use crate::text::detect::{Detected, detect};
use crate::time;

/// What the stages look things up in; opened once for all articles.
#[derive(Debug)]
#[non_exhaustive]
pub struct Resources {
    /// Place names and places.
    pub gazetteer: Gazetteer,
}

impl Default for Resources {
    fn default() -> Self {
        Resources { gazetteer: Gazetteer::embedded() }
    }
}

/// Reads one article. Never fails: what cannot be told stays unknown, and a note says why.
pub fn read(article: &Article, resources: &Resources) -> Document {
    let mut document = Document {
        article: article.clone(),
        lang: None,
        published: article.published,
        sentences: Vec::new(),
        times: Vec::new(),
        impossible: Vec::new(),
        places: Vec::new(),
        entities: Vec::new(),
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
    if document.published.is_none() {
        document.published = time::dateline_date(&text).map(|date| Published {
            date,
            time: None,
            offset: None,
            source: PublishedSource::Dateline,
        });
    }
    let context = place::Context { publisher: article.publisher.as_deref() };
    let sentences = &document.sentences;
    let mut events = Vec::new();
    let found = stages(&text, document.published, resources, &context, |telling, places| {
        let source = link::Source { text: &article.text, id: &article.id, sentences, places };
        events = link::link(&source, telling);
    });
    document.events = events;
    document.times = found.times;
    document.impossible = found.impossible;
    document.places = found.places;
    document.entities = found.entities;
    document.mentions = found.mentions;
    document.headline = article.title.as_deref().map(|title| {
        let title = Text::new(title, lang);
        // No mention of a headline is a record of its own.
        stages(&title, document.published, resources, &context, |_, _| ())
    });
    if document.published.is_none() {
        document.notes.push(Note {
            code: "no_publication_date",
            message:
                "no publication date is known, so relative dates stay unresolved; give one with --published"
                    .to_owned(),
        });
    }
    if let Some(note) = impossible(&document) {
        document.notes.push(note);
    }
    document
}

/// A note that names the dates and clocks that do not exist, those of the headline first.
fn impossible(document: &Document) -> Option<Note> {
    let article = &document.article;
    let title = document.headline.as_ref().zip(article.title.as_deref());
    let in_title = title.iter().flat_map(|(h, title)| h.impossible.iter().map(|i| i.span.of(title)));
    let words = in_title.chain(document.impossible.iter().map(|i| i.span.of(&article.text)));
    let quoted: Vec<String> =
        words.map(|w| format!("\"{}\"", w.split_whitespace().collect::<Vec<_>>().join(" "))).collect();
    (!quoted.is_empty()).then(|| Note {
        code: "impossible_time",
        message: format!("there is no such day or time, so it dates nothing: {}", quoted.join(", ")),
    })
}

/// Times, places and happenings of one text; `link` sees them while their titles can still be asked for.
fn stages(
    text: &Text<'_>,
    published: Option<Published>,
    resources: &Resources,
    context: &place::Context<'_>,
    link: impl FnOnce(&Telling<'_, '_>, &[PlaceMention]),
) -> Headline {
    let reading = tag::read(text);
    let moment = published.map(|p| p.date.and_time(p.time.unwrap_or_default()));
    let time::Times { mentions: times, impossible } = time::read(text, reading.as_ref(), moment);
    let places = place::find(text, reading.as_ref(), &resources.gazetteer, context);
    let telling = event::tell(text, reading.as_ref(), &times, &places, published.map(|p| p.date));
    link(&telling, &places);
    let mentions = telling.end();
    let entities = reading.as_ref().map(|r| entities(r, &places)).unwrap_or_default();
    Headline { times, impossible, places, entities, mentions }
}

/// The names that the tagger sees. The gazetteer knows better where a word glues several places, and that a
/// placed name is no person.
fn entities(reading: &tag::Reading<'_>, places: &[PlaceMention]) -> Vec<Entity> {
    let mut found = Vec::with_capacity(reading.entities().len());
    for entity in reading.entities() {
        let (span, kind) = (reading.entity_span(entity), entity.kind);
        let from = places.partition_point(|p| p.span.start < span.start);
        let own = || {
            let rest = places.get(from..).unwrap_or_default();
            rest.iter().take_while(move |p| p.span.end <= span.end).filter(|p| !p.anaphor)
        };
        let glued = own().filter(|p| p.span != span && p.reasons.contains(&"glued"));
        if kind == EntityKind::Place && glued.clone().count() > 1 {
            found.extend(glued.map(|p| Entity { span: p.span, kind }));
            continue;
        }
        let placed = own().any(|p| p.span == span && p.place.is_some() && p.role.is_on_map());
        let kind = if kind == EntityKind::Person && placed { EntityKind::Place } else { kind };
        found.push(Entity { span, kind });
    }
    found
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
