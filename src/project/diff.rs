//! What changed between two datasets: keyed by id, told by what it means.
//!
//! Numbers that move by themselves are kept apart: the provisional end of what is still going on, and offsets
//! in a text that grew in front of an untouched sentence.

use super::record::{Dataset, Record};
use crate::write::schema::COLUMNS;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is different.
#[derive(Clone, Debug, Default)]
pub struct Difference {
    /// Happenings that are new, by time.
    pub added: Vec<Record>,
    /// Happenings that are gone, by time.
    pub removed: Vec<Record>,
    /// Happenings that say something else, by time.
    pub changed: Vec<Change>,
    /// Happenings that are now part of another: the old one, and the one that took it in.
    pub merged: Vec<(Record, Record)>,
    /// Happenings that were part of another: the new one, and the one it was part of.
    pub split: Vec<(Record, Record)>,
    /// Happenings that are the same but for provisional ends and offsets.
    pub shifted: usize,
    /// Happenings that are the same.
    pub same: usize,
}

/// One happening that says something else.
#[derive(Clone, Debug)]
pub struct Change {
    /// As it was.
    pub old: Record,
    /// As it is.
    pub new: Record,
    /// Whether its time is another.
    pub in_time: bool,
    /// How far its point moved, metres; 0 when it only got or lost one.
    pub in_space: Option<f64>,
    /// Columns that differ, time and place aside.
    pub fields: Vec<&'static str>,
}

impl Change {
    /// True when the happening goes by another id.
    pub fn renamed(&self) -> bool {
        self.old.text("id") != self.new.text("id")
    }
}

/// Columns that tell when.
const TIME: &[&str] = &["start_time", "end_time", "date_precision", "date_edtf"];
/// Columns that tell where.
const SPACE: &[&str] = &["latitude", "longitude"];
/// Columns that follow from the place in the text.
const OFFSETS: &[&str] = &["char_start", "char_end"];

impl Difference {
    /// Compares two datasets.
    pub fn between(old: &Dataset, new: &Dataset) -> Difference {
        let mut found = Difference::default();
        let mut gone: Vec<&Record> = Vec::new();
        let mut come: BTreeMap<&str, &Record> = BTreeMap::new();
        for (id, record) in &new.records {
            match old.records.get(id) {
                Some(before) => found.compare(before, record),
                None => {
                    come.insert(id, record);
                }
            }
        }
        for (id, record) in old.records.iter().filter(|(id, _)| !new.records.contains_key(*id)) {
            // A happening that goes by another id now, or that another one took in.
            let heir = new.aliases.get(id).and_then(|heir| new.records.get(heir));
            match heir {
                Some(heir) if come.remove(heir.text("id")).is_some() => found.compare(record, heir),
                Some(heir) => found.merged.push((record.clone(), heir.clone())),
                None => gone.push(record),
            }
        }
        // Its words were read otherwise, or the sentence was reworded.
        for told_by in ["description", "title"] {
            let (heirs, still): (Vec<_>, Vec<_>) = gone
                .into_iter()
                .map(|record| (record, heir(record, told_by, &come).map(|heir| heir.text("id").to_owned())))
                .partition(|(_, heir)| heir.is_some());
            for (record, heir) in heirs {
                match heir.and_then(|heir| come.remove(heir.as_str())) {
                    Some(heir) => found.compare(record, heir),
                    None => found.removed.push(record.clone()),
                }
            }
            gone = still.into_iter().map(|(record, _)| record).collect();
        }
        for (id, record) in come {
            let whole = old.aliases.get(id).and_then(|whole| old.records.get(whole));
            match whole {
                Some(whole) => found.split.push((record.clone(), whole.clone())),
                None => found.added.push(record.clone()),
            }
        }
        found.removed.extend(gone.into_iter().cloned());
        found.sort();
        found
    }

    fn sort(&mut self) {
        let key = |r: &Record| (r.text("start_time").to_owned(), r.text("id").to_owned());
        self.added.sort_by_cached_key(key);
        self.removed.sort_by_cached_key(key);
        self.changed.sort_by_cached_key(|c| key(&c.new));
        self.merged.sort_by_cached_key(|(_, whole)| key(whole));
        self.split.sort_by_cached_key(|(part, _)| key(part));
    }

    fn compare(&mut self, old: &Record, new: &Record) {
        let differs: BTreeSet<&'static str> =
            COLUMNS.iter().map(|c| c.name).filter(|name| old.text(name) != new.text(name)).collect();
        if differs.is_empty() {
            self.same += 1;
            return;
        }
        let open = old.text("date_precision") == "open" && new.text("date_precision") == "open";
        let by_itself = |name: &&str| OFFSETS.contains(name) || open && *name == "end_time";
        if differs.iter().all(by_itself) {
            self.shifted += 1;
            return;
        }
        let in_space = SPACE
            .iter()
            .any(|name| differs.contains(name))
            .then(|| old.point().zip(new.point()).map_or(0.0, |(a, b)| metres(a, b)));
        let told = |name: &&'static str| {
            !TIME.contains(name) && !SPACE.contains(name) && !by_itself(name) && *name != "id"
        };
        self.changed.push(Change {
            in_time: differs.iter().any(|name| TIME.contains(name) && !by_itself(name)),
            in_space,
            fields: COLUMNS
                .iter()
                .map(|c| c.name)
                .filter(|name| differs.contains(name))
                .filter(told)
                .collect(),
            old: old.clone(),
            new: new.clone(),
        });
    }

    /// True when nothing is different, offsets and provisional ends included.
    pub fn is_empty(&self) -> bool {
        self.shifted == 0 && self.is_quiet()
    }

    /// True when nothing is worth telling one by one.
    pub fn is_quiet(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
            && self.merged.is_empty()
            && self.split.is_empty()
    }

    /// What changed, in one line.
    pub fn summary(&self) -> String {
        let count = |filter: fn(&Change) -> bool| self.changed.iter().filter(|c| filter(c)).count();
        let mut parts = Vec::new();
        for (number, what) in [
            (self.added.len(), "added"),
            (self.removed.len(), "removed"),
            (count(|c| c.in_time), "moved in time"),
            (count(|c| c.in_space.is_some()), "moved in space"),
            (count(|c| !c.in_time && c.in_space.is_none()), "changed otherwise"),
            (self.merged.len(), "merged"),
            (self.split.len(), "split"),
            (self.shifted, "shifted in their text or still open"),
            (self.same, "the same"),
        ] {
            if number > 0 {
                parts.push(format!("{number} {what}"));
            }
        }
        if parts.is_empty() { "no happenings".to_owned() } else { parts.join(", ") }
    }
}

/// The new happening of the same article and type with the same words in a column, if there is just one.
fn heir<'r>(old: &Record, told_by: &str, come: &BTreeMap<&str, &'r Record>) -> Option<&'r Record> {
    if old.text(told_by).is_empty() {
        return None;
    }
    let alike = |new: &&&Record| {
        ["doc_id", told_by, "event_type"].iter().all(|column| old.text(column) == new.text(column))
    };
    let mut found = come.values().filter(alike);
    match (found.next(), found.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}

/// Great-circle distance between two points in degrees, longitude first.
pub(super) fn metres(a: (f64, f64), b: (f64, f64)) -> f64 {
    /// Mean radius of the earth, metres.
    const RADIUS: f64 = 6_371_008.8;
    let (lon, lat) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let h = (lat / 2.0).sin().powi(2)
        + a.1.to_radians().cos() * b.1.to_radians().cos() * (lon / 2.0).sin().powi(2);
    2.0 * RADIUS * h.sqrt().clamp(0.0, 1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const HEAD: &str = "id,title,start_time,end_time,date_precision,event_type,latitude,longitude,description,doc_id,char_start,killed\n";

    fn dataset(rows: &[&str], aliases: &[(&str, &str)]) -> Dataset {
        let mut set = Dataset::default();
        set.add(Path::new("timeline.csv"), format!("{HEAD}{}\n", rows.join("\n")).as_bytes()).unwrap();
        set.aliases.extend(aliases.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())));
        set
    }

    #[test]
    fn every_kind_of_change_is_told_apart() {
        let old = dataset(
            &[
                "same,T,2021-02-03,,day,flood,46,3,S1,d,0,",
                "time,T,2021-02-03,,day,flood,46,3,S2,d,0,",
                "space,T,2021-02-03,,day,flood,46,3,S3,d,0,",
                "field,T,2021-02-03,,day,flood,46,3,S4,d,0,1",
                "gone,T,2021-02-03,,day,flood,46,3,S5,d,0,",
                "part,T,2021-02-03,,day,flood,46,3,S6,d,0,",
                "open,T,2021-02-03,2021-02-04,open,flood,46,3,S7,d,0,",
                "slid,T,2021-02-03,,day,flood,46,3,S8,d,0,",
                "oldname,T,2021-02-03,,day,flood,46,3,S9,d,0,",
                "reread,T,2021-02-03,,day,flood,46,3,S10,d,0,",
            ],
            &[("piece", "same")],
        );
        let new = dataset(
            &[
                "same,T,2021-02-03,,day,flood,46,3,S1,d,0,",
                "time,T,2021-02-04,,day,flood,46,3,S2,d,0,",
                "space,T,2021-02-03,,day,flood,47,3,S3,d,0,",
                "field,T,2021-02-03,,day,flood,46,3,S4,d,0,2",
                "new,T,2021-02-03,,day,flood,46,3,S11,d,0,",
                "open,T,2021-02-03,2021-02-09,open,flood,46,3,S7,d,0,",
                "slid,T,2021-02-03,,day,flood,46,3,S8,d,7,",
                "newname,T,2021-02-03,,day,flood,46,3,S12,d,0,",
                "reread2,T,2021-02-03,,day,flood,46,3,S10,d,0,3",
                "piece,T,2021-02-03,,day,flood,46,3,S13,d,0,",
            ],
            &[("part", "same"), ("oldname", "newname")],
        );
        let found = Difference::between(&old, &new);
        let ids = |records: &[Record]| records.iter().map(|r| r.text("id").to_owned()).collect::<Vec<_>>();
        assert_eq!(ids(&found.added), ["new"]);
        assert_eq!(ids(&found.removed), ["gone"]);
        assert_eq!(found.merged.len(), 1);
        assert_eq!(found.split[0].0.text("id"), "piece");
        assert_eq!((found.shifted, found.same), (2, 1));
        let change = |id: &str| found.changed.iter().find(|c| c.new.text("id") == id).unwrap();
        assert!(change("time").in_time && change("time").in_space.is_none());
        assert!((change("space").in_space.unwrap() - 111_195.0).abs() < 10.0);
        assert_eq!(change("field").fields, ["killed"]);
        assert!(change("newname").renamed() && change("reread2").renamed());
        let back = Difference::between(&new, &new);
        assert!(back.is_empty() && back.same == 10);
    }
}
