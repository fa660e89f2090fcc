//! Happenings against what people wrote down: sentences by class (`corpus/*/event.txt`), headlines
//! (`corpus/*/title.txt`) and whole articles (`articles/**/*.expected`). The head of each file tells its notation.
//!
//! A line marked `~` is known to be wrong today. A line that was right and is wrong fails the test;
//! `UPDATE=1 cargo test --test happenings` marks and unmarks lines, and the diff shows what changed;
//! with `SHOW=1` and `-- --nocapture` it prints what is found in place of the known ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use chrono::NaiveDate;
use dateline::article::{Article, Published, PublishedSource};
use dateline::document::{self, Document, Event, Resources};
use dateline::event::{Qualifier, Quantity, Status, Toll};
use dateline::read::{self, Source};
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// The only place that calls the library.
fn find(article: &Article) -> Document {
    document::read(article, &Resources::default())
}

/// What is wanted of one trigger; `None` is left open.
#[derive(Default)]
struct Wanted {
    none: bool,
    status: Option<String>,
    days: Option<String>,
    place: Option<String>,
    count: Option<String>,
    source: Option<String>,
    kind: Option<String>,
}

impl Wanted {
    fn read(fields: &[&str]) -> Wanted {
        let field = |n: usize| {
            fields.get(n).map(|f| f.trim()).filter(|f| *f != "?" && !f.is_empty()).map(str::to_owned)
        };
        Wanted {
            none: field(0).is_some_and(|f| f == "none"),
            status: field(0),
            days: field(1),
            place: field(2),
            count: field(3),
            source: field(4),
            kind: field(5),
        }
    }

    /// What is found instead, or nothing when all is as wanted.
    fn differs(&self, document: &Document, words: Range<usize>) -> Option<String> {
        let event = told_by(document, &words);
        if self.none {
            return event
                .filter(|e| matches!(e.record.status, Status::Asserted | Status::Reported))
                .map(|e| format!("found {}", shown(e, document)));
        }
        let Some(event) = event else { return Some("found nothing".to_owned()) };
        let wrong = |wanted: &Option<String>, found: &str| wanted.as_ref().is_some_and(|w| w != found);
        let place_wrong = self.place.as_ref().is_some_and(|w| !places(event, document).contains(w));
        let count_wrong = self.count.as_ref().is_some_and(|w| !counts(event).contains(w));
        let is_wrong = wrong(&self.status, event.record.status.as_str())
            || wrong(&self.days, &days(event))
            || place_wrong
            || count_wrong
            || wrong(&self.source, &source(event, document))
            || wrong(&self.kind, event.record.kind.as_str());
        is_wrong.then(|| format!("found {}", shown(event, document)))
    }
}

/// The happening that these bytes of the text tell: the one whose trigger shares most with them.
fn told_by<'a>(document: &'a Document, words: &Range<usize>) -> Option<&'a Event> {
    let shared = |event: &Event| {
        let own = event.mentions.iter().filter_map(|m| document.mentions.get(*m)).map(|m| m.trigger);
        own.chain([event.record.trigger])
            .map(|t| (t.end as usize).min(words.end).saturating_sub((t.start as usize).max(words.start)))
            .max()
            .unwrap_or(0)
    };
    let best = document.events.iter().max_by_key(|e| shared(e))?;
    (shared(best) > 0).then_some(best)
}

fn days(event: &Event) -> String {
    match event.record.time.as_ref().map(|t| t.bounds.days()) {
        None | Some((None, None)) => "-".to_owned(),
        Some((Some(start), Some(end))) if start == end => start.to_string(),
        Some((start, end)) => {
            format!(
                "{}..{}",
                start.map_or(String::new(), |d| d.to_string()),
                end.map_or(String::new(), |d| d.to_string())
            )
        }
    }
}

/// The main place, by its words and by its name.
fn places(event: &Event, document: &Document) -> Vec<String> {
    let main = event.record.places.first().and_then(|p| document.places.get(p.mention));
    match main {
        None => vec!["-".to_owned()],
        Some(mention) => {
            let words = mention.span.of(&document.article.text).to_owned();
            mention.place.iter().map(|p| p.name.clone()).chain([words]).collect()
        }
    }
}

fn counts(event: &Event) -> Vec<String> {
    if event.record.quantities.is_empty() {
        return vec!["-".to_owned()];
    }
    event.record.quantities.iter().flat_map(|q| [count(q, false), count(q, true)]).collect()
}

fn count(quantity: &Quantity, with_toll: bool) -> String {
    let mut out = match quantity.qualifier {
        Qualifier::Exact => String::new(),
        Qualifier::AtLeast => ">=".to_owned(),
        Qualifier::About => "~".to_owned(),
        Qualifier::AtMost => "<=".to_owned(),
    };
    let _ = write!(out, "{}", quantity.value);
    if let Some(max) = quantity.max {
        let _ = write!(out, "-{max}");
    }
    if with_toll && let Some(toll) = quantity.toll {
        out.push_str(match toll {
            Toll::Killed => " killed",
            Toll::Injured => " injured",
            Toll::Displaced => " displaced",
        });
    }
    out
}

fn source(event: &Event, document: &Document) -> String {
    event.record.source.map_or("-", |s| s.of(&document.article.text)).to_owned()
}

fn shown(event: &Event, document: &Document) -> String {
    format!(
        "{:?}: {}; {}; {}; {}; {}; {}",
        event.record.trigger.of(&document.article.text),
        event.record.status.as_str(),
        days(event),
        places(event, document).join(" = "),
        counts(event).last().map_or("-", String::as_str),
        source(event, document),
        event.record.kind.as_str()
    )
}

/// The lines of a file of answers as they stand, and as they should be marked today.
struct Sheet {
    path: PathBuf,
    lines: Vec<String>,
    right: usize,
    known: usize,
    losses: Vec<String>,
    gains: usize,
}

impl Sheet {
    fn open(path: &Path) -> Sheet {
        let text = fs::read_to_string(path).unwrap();
        let lines = text.lines().map(str::to_owned).collect();
        Sheet { path: path.to_owned(), lines, right: 0, known: 0, losses: Vec::new(), gains: 0 }
    }

    /// Notes the answer to line `number`, whose mark stands after `prefix`.
    fn note(&mut self, number: usize, prefix: &str, differs: Option<String>) {
        let line = self.lines[number].clone();
        let rest = line.strip_prefix(prefix).unwrap_or(&line);
        let (marked, rest) = match rest.strip_prefix('~') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, rest.trim_start()),
        };
        let join = if prefix.is_empty() { "" } else { " " };
        match (differs, marked) {
            (None, false) => self.right += 1,
            (None, true) => {
                self.right += 1;
                self.gains += 1;
                self.lines[number] = format!("{prefix}{join}{rest}");
            }
            (Some(found), true) => {
                self.known += 1;
                if std::env::var_os("SHOW").is_some() {
                    println!("{}:{}: wanted {rest}\n    {found}", self.path.display(), number + 1);
                }
            }
            (Some(found), false) => {
                let place = format!("{}:{}", self.path.display(), number + 1);
                self.losses.push(format!("{place}: wanted {rest}\n    {found}"));
                self.lines[number] = format!("{prefix}~ {rest}");
            }
        }
    }

    fn close(self, failures: &mut Vec<String>) {
        println!(
            "{}: {} right, {} wrong, of these {} known",
            self.path.display(),
            self.right,
            self.known + self.losses.len(),
            self.known
        );
        let changed = self.gains > 0 || !self.losses.is_empty();
        if changed && std::env::var_os("UPDATE").is_some() {
            fs::write(&self.path, self.lines.join("\n") + "\n").unwrap();
        } else {
            failures.extend(self.losses);
        }
    }
}

fn report(failures: &[String]) {
    assert!(
        failures.is_empty(),
        "{} answers were right and are wrong:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn sentences() {
    let mut failures = Vec::new();
    for lang in ["en", "fr"] {
        let mut sheet = Sheet::open(&folder("corpus").join(lang).join("event.txt"));
        let mut published = None;
        let mut asked: Option<(Document, Vec<Range<usize>>)> = None;
        let mut answer = 0;
        for number in 0..sheet.lines.len() {
            let line = sheet.lines[number].clone();
            if let Some(day) = line.strip_prefix("@ ") {
                published = Some(day.trim().parse::<NaiveDate>().unwrap());
            } else if let Some(rest) = line.strip_prefix('=') {
                let rest = rest.trim_start_matches(['~', ' ']);
                let wanted = Wanted::read(&rest.split(';').collect::<Vec<_>>());
                let (document, triggers) = asked.as_ref().expect("an answer stands under a sentence");
                let words = triggers.get(answer).cloned().unwrap_or(0..document.article.text.len());
                answer += 1;
                let differs = wanted.differs(document, words);
                sheet.note(number, "=", differs);
            } else if !line.is_empty() && !line.starts_with('#') {
                let (text, triggers) = unbracketed(&line);
                let mut article = Article::new(format!("{lang}:{}", number + 1), text);
                article.lang = Some(lang.to_owned());
                article.published = published.map(|date| Published {
                    date,
                    time: None,
                    offset: None,
                    source: PublishedSource::Option,
                });
                asked = Some((find(&article), triggers));
                answer = 0;
            }
        }
        sheet.close(&mut failures);
    }
    report(&failures);
}

#[test]
fn titles() {
    let mut failures = Vec::new();
    for lang in ["en", "fr"] {
        let mut sheet = Sheet::open(&folder("corpus").join(lang).join("title.txt"));
        let mut published = None;
        let mut found: Vec<String> = Vec::new();
        let mut asserted = 0;
        for number in 0..sheet.lines.len() {
            let line = sheet.lines[number].clone();
            if let Some(day) = line.strip_prefix("@ ") {
                published = Some(day.trim().parse::<NaiveDate>().unwrap());
            } else if let Some(rest) = line.strip_prefix('*') {
                let wanted: usize = rest.trim_start_matches(['~', ' ']).parse().unwrap();
                let differs =
                    (asserted != wanted).then(|| format!("found {asserted}: {}", found.join(" | ")));
                sheet.note(number, "*", differs);
            } else if let Some(rest) = line.strip_prefix('=') {
                let wanted = rest.trim_start_matches(['~', ' ']);
                let differs =
                    (!found.iter().any(|t| t == wanted)).then(|| format!("found {}", found.join(" | ")));
                sheet.note(number, "=", differs);
            } else if !line.is_empty() && !line.starts_with('#') {
                let mut article = Article::new(format!("{lang}:{}", number + 1), line);
                article.lang = Some(lang.to_owned());
                article.published = published.map(|date| Published {
                    date,
                    time: None,
                    offset: None,
                    source: PublishedSource::Option,
                });
                let events = find(&article).events;
                asserted = events.iter().filter(|e| e.record.status == Status::Asserted).count();
                found = events.iter().map(|e| e.record.title.clone()).collect();
            }
        }
        sheet.close(&mut failures);
    }
    report(&failures);
}

#[test]
fn counts_that_differ_are_kept_and_noted() {
    for (lang, text, noted) in [
        (
            "fr",
            "Un séisme a frappé mardi Bam. Le séisme a tué 14 personnes. Le séisme a tué 16 personnes.",
            true,
        ),
        (
            "fr",
            "Un séisme a frappé mardi Bam. Le séisme a tué 14 personnes. Il a tué au moins 12 personnes.",
            false,
        ),
        ("en", "A quake hit Bam on Tuesday. The quake killed 14 people. The quake killed 16 people.", true),
    ] {
        let mut article = Article::new(text.to_owned(), text.to_owned());
        article.lang = Some(lang.to_owned());
        article.published = "2020-03-05".parse().ok().map(|date| Published {
            date,
            time: None,
            offset: None,
            source: PublishedSource::Option,
        });
        let document = find(&article);
        let noting = |e: &&Event| e.record.reasons.contains(&"numbers differ");
        let event = document.events.iter().find(noting);
        assert_eq!(event.is_some(), noted, "{text}");
        if let Some(event) = event {
            let killed: Vec<f64> = event
                .record
                .quantities
                .iter()
                .filter(|q| q.toll == Some(Toll::Killed))
                .map(|q| q.value)
                .collect();
            assert!(killed.contains(&14.0) && killed.contains(&16.0), "{killed:?}");
        }
    }
}

/// A sentence without its brackets, and the bytes that stood in them.
fn unbracketed(line: &str) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut triggers = Vec::new();
    let mut start = 0;
    for c in line.chars() {
        match c {
            '[' => start = text.len(),
            ']' => triggers.push(start..text.len()),
            _ => text.push(c),
        }
    }
    (text, triggers)
}

#[test]
fn articles() {
    let mut failures = Vec::new();
    for place in ["articles", "articles/en", "articles/fr"] {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder(place)).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "expected")) {
            let article = paths
                .iter()
                .find(|p| p.file_stem() == path.file_stem() && *p != path)
                .unwrap_or_else(|| panic!("{}: no article beside it", path.display()));
            check_article(article, path, &mut failures);
        }
    }
    report(&failures);
}

fn check_article(article: &Path, expected: &Path, failures: &mut Vec<String>) {
    let mut sheet = Sheet::open(expected);
    let source = Source::file(article);
    let documents: Vec<Document> =
        read::articles(&source, &read::Options::default()).map(|a| find(&a.unwrap().article)).collect();
    let mut document = documents.first().unwrap();
    for number in 0..sheet.lines.len() {
        let line = sheet.lines[number].clone();
        if let Some(id) = line.strip_prefix('[') {
            let id = id.trim_end_matches(']');
            document = documents.iter().find(|d| d.article.id == id).unwrap();
            continue;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let body = line.trim_start_matches(['~', ' ']);
        let (wanted, words) = match body.strip_prefix('!') {
            Some(words) => (Wanted::read(&["none"]), words.trim()),
            None => {
                let fields: Vec<&str> = body.split('|').map(str::trim).collect();
                (Wanted::read(&[fields[3], fields[1], fields[2]]), fields[0])
            }
        };
        let text = &document.article.text;
        let differs = match text.find(words) {
            Some(start) => wanted.differs(document, start..start + words.len()),
            None if wanted.none => None,
            None => Some("these words do not stand in the text".to_owned()),
        };
        sheet.note(number, "", differs);
    }
    sheet.close(failures);
}
