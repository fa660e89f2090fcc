//! What came of a run, for people: what was read and skipped, what was found, what stayed unresolved.

use super::produce::Produced;
use crate::document::Document;
use crate::time::{Anchor, TimexKind};
use crate::write::schema::STATUSES;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Names without a place that are listed.
const SHOWN: usize = 12;

/// The counts of a run.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Articles whose language is read.
    pub articles: usize,
    /// Of them, those that were worked on in this run; the others come from the cache.
    pub anew: usize,
    /// Articles in a language that is not read.
    pub foreign: usize,
    /// Articles without a publication date.
    pub undated_articles: usize,
    /// What could not be read, by reason.
    pub unreadable: BTreeMap<String, usize>,
    /// Happenings in the outputs by status, undated ones included.
    pub statuses: BTreeMap<&'static str, usize>,
    /// Happenings with a time.
    pub dated: usize,
    /// Of them, those without a point on the map.
    pub unlocated: usize,
    /// Happenings without a time.
    pub undated: usize,
    /// Happenings left out, by what kept them out.
    pub left_out: BTreeMap<&'static str, usize>,
    /// Place names that no place was found for, by frequency.
    pub unplaced: Vec<(String, usize)>,
    /// Dates that count from something unknown, by frequency.
    pub unresolved: Vec<(String, usize)>,
}

impl Summary {
    /// Counts what the documents hold, before anything is left out.
    pub fn read(&mut self, documents: &[Document]) {
        let mut unplaced: BTreeMap<String, usize> = BTreeMap::new();
        let mut unresolved: BTreeMap<String, usize> = BTreeMap::new();
        for document in documents {
            if document.lang.is_none() {
                self.foreign += 1;
                continue;
            }
            self.articles += 1;
            self.undated_articles += usize::from(document.published.is_none());
            let text = &document.article.text;
            for place in document.places.iter().filter(|p| p.place.is_none() && !p.anaphor) {
                *unplaced.entry(line(place.span.of(text))).or_default() += 1;
            }
            let relative = |kind| matches!(kind, TimexKind::Date | TimexKind::Time);
            for time in document.times.iter().filter(|t| {
                t.bounds.is_none() && t.anchor == Anchor::None && relative(t.kind) && t.value.contains('X')
            }) {
                *unresolved.entry(line(time.span.of(text))).or_default() += 1;
            }
        }
        self.unplaced = by_frequency(unplaced);
        self.unresolved = by_frequency(unresolved);
    }

    /// Counts what was written.
    pub fn wrote(&mut self, produced: &Produced, left_out: BTreeMap<&'static str, usize>) {
        let rows = &produced.rows;
        for row in rows.dated.iter().chain(&rows.undated) {
            *self.statuses.entry(row.status().as_str()).or_default() += 1;
        }
        self.dated = rows.dated.len();
        self.unlocated = rows.dated.iter().filter(|row| row.point().is_none()).count();
        self.undated = rows.undated.len();
        self.left_out = left_out;
        for (reason, count) in [("status", rows.left_out), ("year", rows.out_of_years)] {
            if count > 0 {
                self.left_out.insert(reason, count);
            }
        }
    }

    /// The counts that a lock keeps.
    pub fn counts(&self) -> BTreeMap<String, i64> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut add = |name: String, count: usize| counts.insert(name, count);
        add("articles".into(), self.articles);
        add("articles in other languages".into(), self.foreign);
        add("articles without a date".into(), self.undated_articles);
        add("unreadable".into(), self.unreadable.values().sum());
        add("happenings with a time".into(), self.dated);
        add("happenings without a time".into(), self.undated);
        add("happenings without a point".into(), self.unlocated);
        for status in STATUSES {
            add(
                format!("happenings {}", status.as_str()),
                self.statuses.get(status.as_str()).copied().unwrap_or(0),
            );
        }
        for (reason, count) in &self.left_out {
            add(format!("left out by {reason}"), *count);
        }
        counts.into_iter().map(|(name, count)| (name, i64::try_from(count).unwrap_or(i64::MAX))).collect()
    }

    /// The summary as lines.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let articles = |n: usize| if n == 1 { "1 article".to_owned() } else { format!("{n} articles") };
        let _ = write!(out, "read {}", articles(self.articles));
        match self.anew {
            0 => out.push_str(", all as before"),
            anew if anew < self.articles => {
                let _ = write!(out, ", {anew} of them anew");
            }
            _ => {}
        }
        let _ = writeln!(out);
        let mut skipped: Vec<String> =
            self.unreadable.iter().map(|(why, count)| format!("{count} {why}")).collect();
        if self.foreign > 0 {
            skipped.push(format!("{} in a language that is not read", self.foreign));
        }
        if !skipped.is_empty() {
            let _ = writeln!(out, "skipped: {}", skipped.join("; "));
        }
        if self.undated_articles > 0 {
            let _ = writeln!(out, "without a publication date: {}", articles(self.undated_articles));
        }
        let statuses: Vec<String> = STATUSES
            .iter()
            .filter_map(|s| Some(format!("{} {}", self.statuses.get(s.as_str())?, s.as_str())))
            .collect();
        let total = self.dated + self.undated;
        let _ = writeln!(
            out,
            "happenings: {total}{}",
            if statuses.is_empty() { String::new() } else { format!(" ({})", statuses.join(", ")) }
        );
        if self.unlocated > 0 || self.undated > 0 {
            let _ = writeln!(
                out,
                "  {} without a point on the map, {} without a time (in no layer or timeline)",
                self.unlocated, self.undated
            );
        }
        if !self.left_out.is_empty() {
            let parts: Vec<String> = self.left_out.iter().map(|(why, n)| format!("{n} by {why}")).collect();
            let _ = writeln!(out, "  left out: {}", parts.join(", "));
        }
        list("names without a place", &self.unplaced, &mut out);
        list("dates that count from something unknown", &self.unresolved, &mut out);
        out
    }
}

fn list(name: &str, items: &[(String, usize)], out: &mut String) {
    if items.is_empty() {
        return;
    }
    let total: usize = items.iter().map(|(_, count)| count).sum();
    let shown: Vec<String> =
        items.iter().take(SHOWN).map(|(words, count)| format!("{words} ({count})")).collect();
    let more = if items.len() > SHOWN { ", \u{2026}" } else { "" };
    let _ = writeln!(out, "{name}: {total}: {}{more}", shown.join(", "));
}

/// Words on one line.
fn line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn by_frequency(counts: BTreeMap<String, usize>) -> Vec<(String, usize)> {
    let mut all: Vec<(String, usize)> = counts.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all
}
