//! `dateline explain`: an article with its findings marked, and under it how each was read.
//!
//! Marks count from 1 in the order of the text: `[t1 …]` a time, `[p1 …]` a place, `[h1 …]` a happening.

use crate::flags::Explain;
use crate::project;
use crate::run::{self, Stop, Tally};
use dateline::document::{Document, Event};
use dateline::place::{Candidate, PlaceMention};
use dateline::span::Span;
use dateline::time::{Anchor, TimeMention};
use std::fmt::Write as _;
use std::io::Write as _;

pub(crate) fn explain(options: &Explain) -> Result<Tally, Stop> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let asked = options.event.as_deref();
    let make = |document: Document| match asked {
        None => whole(&document),
        Some(id) => document.events.iter().filter(|e| is_called(e, id)).map(|e| one(e, &document)).collect(),
    };
    let mut printed = false;
    let mut take = |text: String| {
        printed |= !text.is_empty();
        out.write_all(text.as_bytes()).map_err(Stop::writing)
    };
    let tally = match &options.project {
        Some(project) => {
            let (documents, tally) = project::documents(project, &options.inputs.inputs)?;
            documents.into_iter().map(make).try_for_each(&mut take)?;
            tally
        }
        None => run::each(&options.inputs, make, take)?,
    };
    out.flush().map_err(Stop::writing)?;
    if let (Some(id), false) = (asked, printed) {
        let kind = dateline::error::ErrorKind::Usage;
        return Err(dateline::error::Error::new(kind, format!("no happening {id} in these articles"))
            .help("ids stand in the column id of timeline.csv")
            .into());
    }
    Ok(tally)
}

fn is_called(event: &Event, id: &str) -> bool {
    event.id == id || event.aliases.iter().any(|alias| alias == id)
}

fn whole(document: &Document) -> String {
    let article = &document.article;
    let mut out = String::new();
    let lang = document.lang.map_or("unknown language", |l| l.code());
    let published = document.published.map_or("no publication date".to_owned(), |p| {
        format!("published {} ({})", p.date, p.source.as_str())
    });
    let _ = writeln!(out, "{}: {lang}, {published}\n", article.id);
    if let Some(title) = &article.title {
        let _ = writeln!(out, "{title}\n");
    }
    out.push_str(marked(document).trim_end());
    out.push('\n');
    heading("Times", document.times.is_empty(), &mut out);
    for (n, time) in document.times.iter().enumerate() {
        tell_time(n, time, document, &mut out);
    }
    for found in &document.impossible {
        let words = quoted(found.span, document);
        let _ =
            writeln!(out, "  {words} is no time: there is no such day or clock\n     rule {}", found.rule);
    }
    heading("Places", document.places.is_empty(), &mut out);
    for (n, place) in document.places.iter().enumerate() {
        tell_place(n, place, document, &mut out);
    }
    heading("Happenings", document.events.is_empty(), &mut out);
    for event in &document.events {
        out.push_str(&one(event, document));
    }
    out.push('\n');
    out
}

fn heading(name: &str, none: bool, out: &mut String) {
    let _ = writeln!(out, "\n{name}{}", if none { ": none" } else { "" });
}

/// The text with a bracket around every finding.
fn marked(document: &Document) -> String {
    let text = &document.article.text;
    let mut marks: Vec<(Span, char, usize)> = Vec::new();
    marks.extend(document.times.iter().enumerate().map(|(n, t)| (t.span, 't', n + 1)));
    marks.extend(document.places.iter().enumerate().map(|(n, p)| (p.span, 'p', n + 1)));
    for (n, event) in document.events.iter().enumerate() {
        let spans = event.mentions.iter().filter_map(|m| document.mentions.get(*m)).map(|m| m.trigger);
        marks.extend(spans.map(|span| (span, 'h', n + 1)));
    }
    // Outer marks open first and close last.
    marks.sort_by_key(|(span, kind, n)| (span.start, std::cmp::Reverse(span.end), *kind, *n));
    let mut out = String::with_capacity(text.len() * 2);
    let mut open: Vec<u32> = Vec::new();
    let mut at = 0;
    let mut copy_to = |to: u32, out: &mut String| {
        out.push_str(text.get(at as usize..to as usize).unwrap_or_default());
        at = at.max(to);
    };
    for (span, kind, n) in marks {
        while let Some(end) = open.pop_if(|end| *end <= span.start) {
            copy_to(end, &mut out);
            out.push(']');
        }
        copy_to(span.start, &mut out);
        let _ = write!(out, "[{kind}{n} ");
        // A mark that crosses another is closed with it.
        open.push(open.last().map_or(span.end, |outer| span.end.min(*outer)));
    }
    while let Some(end) = open.pop() {
        copy_to(end, &mut out);
        out.push(']');
    }
    copy_to(u32::try_from(text.len()).unwrap_or(u32::MAX), &mut out);
    out
}

/// Words on one line, as quoted.
fn quoted(span: Span, document: &Document) -> String {
    let words: Vec<&str> = span.of(&document.article.text).split_whitespace().collect();
    format!("\"{}\"", words.join(" "))
}

fn tell_time(n: usize, time: &TimeMention, document: &Document, out: &mut String) {
    let _ = write!(out, "  t{} {} = {}", n + 1, quoted(time.span, document), time.value);
    if !time.edtf.is_empty() && time.edtf != time.value {
        let _ = write!(out, " ({})", time.edtf);
    }
    let from = match time.anchor {
        Anchor::Absolute => "its own year".to_owned(),
        Anchor::Publication => "the publication date".to_owned(),
        Anchor::Mention(other) => format!("t{}", other + 1),
        Anchor::None => "nothing".to_owned(),
    };
    let _ = writeln!(out, "; counted from {from}");
    let _ = writeln!(out, "     rule {}{}", time.rule, chain(&time.trail));
    if let Some(other) = &time.alternative {
        let _ = writeln!(out, "     rejected {}: {}", other.value, other.reason);
    }
}

fn chain(steps: &[&str]) -> String {
    if steps.is_empty() { String::new() } else { format!(": {}", steps.join(" > ")) }
}

fn tell_place(n: usize, mention: &PlaceMention, document: &Document, out: &mut String) {
    let _ = write!(out, "  p{} {} = ", n + 1, quoted(mention.span, document));
    match &mention.place {
        Some(place) => {
            let _ = write!(out, "{} {} ({:.5}, {:.5})", place.name, place.id, place.lat, place.lon);
        }
        None => out.push_str("no place"),
    }
    let _ = writeln!(out, "; {}, sure {:.2}", mention.role.as_str(), mention.confidence);
    if !mention.reasons.is_empty() {
        let _ = writeln!(out, "     because {}", mention.reasons.join(", "));
    }
    let chosen = mention.place.as_ref().map(|p| p.id.as_str());
    for candidate in mention.candidates.iter().filter(|c| Some(c.id.as_str()) != chosen) {
        tell_candidate(candidate, out);
    }
}

fn tell_candidate(candidate: &Candidate, out: &mut String) {
    let because = if candidate.reasons.is_empty() {
        String::new()
    } else {
        format!(": {}", candidate.reasons.join(", "))
    };
    let _ =
        writeln!(out, "     rejected {} {} ({:.2}){because}", candidate.label, candidate.id, candidate.score);
}

/// One happening with all that it was made from.
fn one(event: &Event, document: &Document) -> String {
    let record = &event.record;
    let mut out = String::new();
    let number = document.events.iter().position(|e| e.id == event.id).unwrap_or(0) + 1;
    let _ = writeln!(out, "  h{number} {} {}", event.id, record.title);
    let _ = writeln!(
        out,
        "     {} {}, {}, sure {:.2}",
        record.kind.as_str(),
        quoted(record.trigger, document),
        record.status.as_str(),
        event.confidence
    );
    match &record.time {
        Some(time) => {
            let words = time.mention.map_or(String::new(), |m| format!(" from t{}", m + 1));
            let _ = writeln!(
                out,
                "     when {} ({}){words}{}",
                time.edtf,
                time.basis.as_str(),
                chain(&time.trail)
            );
        }
        None => out.push_str("     when: not known\n"),
    }
    for place in &record.places {
        let name = document.places.get(place.mention).map_or(String::new(), |m| quoted(m.span, document));
        let _ = writeln!(
            out,
            "     where p{} {name}, {}: {}",
            place.mention + 1,
            place.role.as_str(),
            place.rule
        );
    }
    for actor in &record.actors {
        let _ = writeln!(out, "     who {}", quoted(actor.span, document));
    }
    for quantity in &record.quantities {
        let _ = writeln!(
            out,
            "     how many {} ({})",
            quoted(quantity.span, document),
            quantity.qualifier.as_str()
        );
    }
    if let Some(source) = record.source {
        let _ = writeln!(out, "     says {}", quoted(source, document));
    }
    if !record.reasons.is_empty() {
        let _ = writeln!(out, "     because {}", record.reasons.join(", "));
    }
    if !event.confidence_reasons.is_empty() {
        let shares: Vec<String> =
            event.confidence_reasons.iter().map(|(name, share)| format!("{name} {share:+.2}")).collect();
        let _ = writeln!(out, "     confidence {}", shares.join(", "));
    }
    out
}
