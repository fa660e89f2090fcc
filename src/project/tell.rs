//! A difference in words: for a terminal, for the summary page of a build, for programs.

use super::diff::{Change, Difference};
use super::record::Record;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Largest Markdown, in bytes: what the summary page of a GitHub job takes.
pub const LARGEST: usize = 1 << 20;

/// Left for the end of a Markdown that is cut.
const TAIL: usize = 200;

/// The difference for a terminal. With `marks`, coloured.
pub fn text(found: &Difference, marks: bool) -> String {
    let (green, red, yellow, plain) =
        if marks { ("\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[0m") } else { ("", "", "", "") };
    let mut out = String::new();
    for record in &found.added {
        let _ = writeln!(out, "{green}+ {}{plain}", line(record));
    }
    for record in &found.removed {
        let _ = writeln!(out, "{red}- {}{plain}", line(record));
    }
    for (part, whole) in &found.merged {
        let _ = writeln!(out, "{yellow}> {}{plain}\n    is now part of {}", line(part), line(whole));
    }
    for (part, whole) in &found.split {
        let _ = writeln!(out, "{yellow}< {}{plain}\n    was part of {}", line(part), line(whole));
    }
    for change in &found.changed {
        let _ = writeln!(out, "{yellow}~ {}{plain}", line(&change.new));
        for detail in details(change) {
            let _ = writeln!(out, "    {detail}");
        }
    }
    let _ = writeln!(out, "{}", found.summary());
    out
}

/// The difference as a page of Markdown, never larger than [`LARGEST`].
pub fn markdown(found: &Difference) -> String {
    let mut out = format!("### What changed: {}\n", found.summary());
    let mut left = 0;
    let mut section = |name: &str, items: Vec<String>| {
        if items.is_empty() {
            return;
        }
        if out.len() + name.len() + TAIL < LARGEST {
            let _ = write!(out, "\n**{name}**\n\n");
        }
        for item in items {
            if left > 0 || out.len() + item.len() + TAIL > LARGEST {
                left += 1;
            } else {
                out.push_str(&item);
            }
        }
    };
    let item = |record: &Record| format!("- {}\n", escaped(&line(record)));
    section("Added", found.added.iter().map(item).collect());
    section("Removed", found.removed.iter().map(item).collect());
    let changes = |filter: fn(&Change) -> bool| -> Vec<String> {
        let described = |change: &Change| {
            let mut text = item(&change.new);
            for detail in details(change) {
                let _ = writeln!(text, "  - {}", escaped(&detail));
            }
            text
        };
        found.changed.iter().filter(|c| filter(c)).map(described).collect()
    };
    section("Moved in time", changes(|c| c.in_time));
    section("Moved in space", changes(|c| !c.in_time && c.in_space.is_some()));
    section("Changed", changes(|c| !c.in_time && c.in_space.is_none()));
    let pair = |(part, whole): &(Record, Record), word: &str| {
        format!("- {}\n  - {word} {}\n", escaped(&line(part)), escaped(&line(whole)))
    };
    section("Merged", found.merged.iter().map(|p| pair(p, "is now part of")).collect());
    section("Split", found.split.iter().map(|p| pair(p, "was part of")).collect());
    if left > 0 {
        let _ = write!(out, "\n… and {left} more; `dateline diff` shows them all.\n");
    }
    out
}

/// The difference as one JSON object.
pub fn json(found: &Difference) -> String {
    let record = |r: &Record| {
        json!({
            "id": r.text("id"),
            "title": r.text("title"),
            "start_time": r.text("start_time"),
            "end_time": r.text("end_time"),
            "place": r.text("place"),
            "doc_id": r.text("doc_id"),
        })
    };
    let change = |c: &Change| {
        let values = |column: &str| json!({ "old": c.old.text(column), "new": c.new.text(column) });
        let mut fields = serde_json::Map::new();
        let moved = c.in_time.then_some(["start_time", "end_time"]).into_iter().flatten();
        for column in moved.chain(c.fields.iter().copied()) {
            if c.old.text(column) != c.new.text(column) {
                fields.insert(column.into(), values(column));
            }
        }
        json!({
            "id": c.new.text("id"),
            "old_id": c.renamed().then(|| c.old.text("id")),
            "title": c.new.text("title"),
            "moved_in_time": c.in_time,
            "moved_m": c.in_space.map(f64::round),
            "fields": fields,
            "doc_id": c.new.text("doc_id"),
        })
    };
    let pair = |(part, whole): &(Record, Record)| json!({ "part": record(part), "whole": record(whole) });
    let all: Value = json!({
        "summary": found.summary(),
        "added": found.added.iter().map(record).collect::<Vec<_>>(),
        "removed": found.removed.iter().map(record).collect::<Vec<_>>(),
        "changed": found.changed.iter().map(change).collect::<Vec<_>>(),
        "merged": found.merged.iter().map(pair).collect::<Vec<_>>(),
        "split": found.split.iter().map(pair).collect::<Vec<_>>(),
        "shifted": found.shifted,
        "same": found.same,
    });
    format!("{all:#}\n")
}

/// A happening on one line.
pub fn line(record: &Record) -> String {
    let day = record.text("start_time").get(..10).unwrap_or("no time");
    let place = match record.text("place") {
        "" => record.text("place_text"),
        place => place,
    };
    let comma = if place.is_empty() { "" } else { ", " };
    format!("{day}{comma}{place}: {} ({})", record.text("title"), record.text("id"))
}

/// What about a happening is another, one line each.
pub fn details(change: &Change) -> Vec<String> {
    let (old, new) = (&change.old, &change.new);
    let mut lines = Vec::new();
    if change.renamed() {
        lines.push(format!("was called {}", old.text("id")));
    }
    if change.in_time {
        lines.push(format!("moved in time: {} -> {}", when(old), when(new)));
    }
    if let Some(distance) = change.in_space {
        lines.push(match (old.point(), new.point()) {
            (None, _) => format!("is on the map now: {}", place(new)),
            (_, None) => format!("is off the map now; it was at {}", place(old)),
            _ => format!("moved {}: {} -> {}", distance_in_words(distance), place(old), place(new)),
        });
    }
    for field in &change.fields {
        lines.push(format!("{field}: {} -> {}", shown(old.text(field)), shown(new.text(field))));
    }
    lines
}

fn when(record: &Record) -> String {
    match (record.text("date_edtf"), record.text("start_time")) {
        ("", "") => "no time".to_owned(),
        ("", start) => format!("{start} to {}", record.text("end_time")),
        (edtf, start) if edtf.contains(start.get(..10).unwrap_or("-")) => edtf.to_owned(),
        (edtf, start) => format!("{edtf} ({start} to {})", record.text("end_time")),
    }
}

fn place(record: &Record) -> String {
    let name = record.text("place");
    let point = record.point().map_or(String::new(), |(lon, lat)| format!(" ({lat}, {lon})"));
    format!("{}{point}", if name.is_empty() { "a place without a name" } else { name })
}

fn distance_in_words(metres: f64) -> String {
    if metres < 1000.0 { format!("{metres:.0} m") } else { format!("{:.1} km", metres / 1000.0) }
}

/// A value that is not longer than people read.
fn shown(value: &str) -> String {
    const MOST: usize = 120;
    if value.is_empty() {
        return "nothing".to_owned();
    }
    match value.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", value.get(..at).unwrap_or_default()),
        None => value.to_owned(),
    }
}

/// Words of others in Markdown: nothing of them may become markup or HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '@' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::record::Dataset;
    use std::path::Path;

    #[test]
    fn a_large_difference_stays_under_the_limit() {
        let mut new = Dataset::default();
        let mut table = String::from("id,title\n");
        for n in 0..40_000 {
            let _ = writeln!(table, "{n:016x},<b>A *long* title number {n} that says what happened</b>");
        }
        new.add(Path::new("timeline.csv"), table.as_bytes()).unwrap();
        let found = Difference::between(&Dataset::default(), &new);
        let page = markdown(&found);
        assert!(page.len() <= LARGEST && page.len() > LARGEST / 2, "{}", page.len());
        assert!(page.contains("more; `dateline diff`") && !page.contains("<b>"));
    }
}
