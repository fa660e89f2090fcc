//! Happenings that several articles tell: which become one, and what the one keeps.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

use chrono::NaiveDate;
use dateline::article::{Article, Published, PublishedSource};
use dateline::document::{self, Document, Resources};

fn read(articles: &[(&str, &str, Option<&str>, &str)]) -> Vec<Document> {
    let resources = Resources::default();
    let mut documents: Vec<Document> = articles
        .iter()
        .map(|(id, lang, published, text)| {
            let mut article = Article::new(*id, *text);
            article.lang = Some((*lang).to_owned());
            article.publisher = Some(format!("Paper {id}"));
            article.published = published.map(|day| Published {
                date: NaiveDate::parse_from_str(day, "%Y-%m-%d").unwrap(),
                time: None,
                offset: None,
                source: PublishedSource::Metadata,
            });
            document::read(&article, &resources)
        })
        .collect();
    document::merge(&mut documents);
    documents
}

/// Titles of the happenings with the number of their publishers.
fn told(documents: &[Document]) -> Vec<(String, usize)> {
    let all = documents.iter().flat_map(|d| d.events.iter().map(move |e| (e, d)));
    all.map(|(e, d)| (e.record.title.clone(), e.sources(&d.article))).collect()
}

#[test]
fn one_day_one_place_is_one() {
    let found = read(&[
        ("a", "en", Some("2019-05-15"), "A ferry capsized near Mwanza on Tuesday, killing 14 passengers."),
        ("b", "en", Some("2019-05-16"), "A crowded ferry capsized near Mwanza on Tuesday, police said."),
    ]);
    let told = told(&found);
    assert!(told.iter().any(|(_, n)| *n == 2), "{told:?}");
}

#[test]
fn another_day_is_another() {
    let found = read(&[
        ("a", "fr", Some("2021-03-10"), "Un incendie a ravagé mardi un entrepôt de Mulhouse."),
        ("b", "fr", Some("2021-03-26"), "Un incendie a ravagé jeudi un entrepôt de Mulhouse."),
    ]);
    let told = told(&found);
    assert!(told.iter().all(|(_, n)| *n == 1), "{told:?}");
}

#[test]
fn names_tell_where_no_day_does() {
    let found = read(&[
        (
            "a",
            "en",
            None,
            "The novelist Harriet Lindqvist was arrested on Tuesday at her home in Uppsala, said the Swedish Writers' Guild. \
             Lindqvist wrote The Salt Road. Her lawyer Magnus Dahl protested.",
        ),
        (
            "b",
            "en",
            Some("2018-11-08"),
            "Harriet Lindqvist, the author of The Salt Road, was arrested on Tuesday in Uppsala. \
             The Swedish Writers' Guild and her lawyer Magnus Dahl protested.",
        ),
        (
            "c",
            "en",
            Some("2018-11-08"),
            "The painter Oskar Brandt was arrested on Tuesday in Uppsala. \
             The Nordic Museum and his brother Emil Brandt protested.",
        ),
    ]);
    let arrests: Vec<_> = found
        .iter()
        .flat_map(|d| d.events.iter().map(move |e| (e.record.title.clone(), e.sources(&d.article))))
        .filter(|(title, _)| title.contains("rrest"))
        .collect();
    assert_eq!(arrests.iter().filter(|(_, n)| *n == 2).count(), 1, "{arrests:?}");
    assert!(arrests.iter().any(|(title, n)| title.contains("Brandt") && *n == 1), "{arrests:?}");
}

#[test]
fn tolls_that_differ_keep_apart() {
    let found = read(&[
        (
            "a",
            "en",
            None,
            "A quake killed 40 people near Tabriz. The Red Crescent and Governor Farid Hosseini came.",
        ),
        (
            "b",
            "en",
            None,
            "A quake killed 900 people near Tabriz. The Red Crescent and Governor Farid Hosseini came.",
        ),
    ]);
    let told = told(&found);
    assert!(told.iter().all(|(_, n)| *n == 1), "{told:?}");
}

#[test]
fn the_better_day_wins() {
    let found = read(&[
        ("a", "en", Some("2019-05-15"), "A ferry capsized near Mwanza this week, killing 14 passengers."),
        (
            "b",
            "en",
            Some("2019-05-16"),
            "A ferry capsized near Mwanza on Tuesday, killing 14 passengers, police said.",
        ),
    ]);
    let days: Vec<_> = found
        .iter()
        .flat_map(|d| &d.events)
        .filter(|e| !e.tellings.is_empty())
        .map(|e| e.record.time.as_ref().map(|t| t.edtf.clone()))
        .collect();
    assert_eq!(days, [Some("2019-05-14".to_owned())], "{:?}", told(&found));
}

#[test]
fn somebody_dies_once() {
    let found = read(&[
        (
            "a",
            "en",
            None,
            "Carla Winslow, the swimmer who filled cinemas, has died. Winslow died in her sleep at her home in Malibu, her agent, Peter Sand, told reporters.",
        ),
        (
            "b",
            "en",
            None,
            "The agent Peter Sand gave the news. Carla Winslow died on Thursday in Los Angeles, Sand told reporters in Malibu.",
        ),
    ]);
    let told = told(&found);
    assert!(told.iter().any(|(_, n)| *n == 2), "{told:?}");
}

#[test]
fn an_escape_is_no_arrest() {
    let found = read(&[
        (
            "a",
            "en",
            None,
            "Arturo Quemada was arrested in Leeds, Mara Holt of the Yorkshire police said. Holt thanked the people of Yorkshire.",
        ),
        (
            "b",
            "en",
            None,
            "Arturo Quemada escaped from a prison in Leeds, Mara Holt of the Yorkshire police said. Holt warned the people of Yorkshire.",
        ),
    ]);
    let told = told(&found);
    assert!(told.iter().all(|(_, n)| *n == 1), "{told:?}");
}
