//! One article as a TimeML document: the text with its time expressions marked as TIMEX3.

use dateline::document::Document;
use dateline::time::{Anchor, Modifier, TimeMention, TimexKind};
use dateline::write::xml::escape;
use std::fmt::Write;

/// The whole document, one XML file.
pub(crate) fn document(document: &Document) -> String {
    let article = &document.article;
    let mut out = String::with_capacity(article.text.len() * 2);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n<DOCID>");
    escape(&article.id, &mut out);
    out.push_str("</DOCID>\n");
    if let Some(published) = document.published {
        let value = match published.time {
            Some(time) => format!("{}T{}", published.date, time.format("%H:%M:%S")),
            None => published.date.to_string(),
        };
        let kind = if published.time.is_some() { "TIME" } else { "DATE" };
        let _ = writeln!(
            out,
            "<DCT><TIMEX3 tid=\"t0\" type=\"{kind}\" value=\"{value}\" temporalFunction=\"false\" \
             functionInDocument=\"CREATION_TIME\">{value}</TIMEX3></DCT>"
        );
    }
    if let Some(title) = &article.title {
        out.push_str("<TITLE>");
        escape(title, &mut out);
        out.push_str("</TITLE>\n");
    }
    out.push_str("<TEXT>");
    let mut at = 0;
    for (number, time) in document.times.iter().enumerate() {
        let range = time.span.range();
        if range.start < at {
            continue;
        }
        escape(article.text.get(at..range.start).unwrap_or_default(), &mut out);
        open(time, number, document.published.is_some(), &mut out);
        escape(time.span.of(&article.text), &mut out);
        out.push_str("</TIMEX3>");
        at = range.end;
    }
    escape(article.text.get(at..).unwrap_or_default(), &mut out);
    out.push_str("</TEXT>\n</TimeML>");
    out
}

/// The start tag; `t0` is the publication date, the mentions count from `t1`.
fn open(time: &TimeMention, number: usize, dated: bool, out: &mut String) {
    let kind = match time.kind {
        TimexKind::Date => "DATE",
        TimexKind::Time => "TIME",
        TimexKind::Duration => "DURATION",
        TimexKind::Set => "SET",
    };
    let _ = write!(out, "<TIMEX3 tid=\"t{}\" type=\"{kind}\" value=\"", number + 1);
    escape(&time.value, out);
    out.push('"');
    if let Some(found) = time.modifier {
        let _ = write!(out, " mod=\"{}\"", modifier(found));
    }
    match time.anchor {
        Anchor::Publication if dated => out.push_str(" temporalFunction=\"true\" anchorTimeID=\"t0\""),
        Anchor::Mention(other) => {
            let _ = write!(out, " temporalFunction=\"true\" anchorTimeID=\"t{}\"", other + 1);
        }
        _ => {}
    }
    out.push('>');
}

/// TIMEX3 `mod`, as written.
pub(crate) fn modifier(modifier: Modifier) -> &'static str {
    match modifier {
        Modifier::Start => "START",
        Modifier::Mid => "MID",
        Modifier::End => "END",
        Modifier::Approx => "APPROX",
        Modifier::Before => "BEFORE",
        Modifier::After => "AFTER",
        Modifier::LessThan => "LESS_THAN",
        Modifier::MoreThan => "MORE_THAN",
        Modifier::EqualOrLess => "EQUAL_OR_LESS",
        Modifier::EqualOrMore => "EQUAL_OR_MORE",
    }
}
