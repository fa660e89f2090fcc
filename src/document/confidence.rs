//! How sure a happening is, from named reasons.
//!
//! Each reason adds its share to log odds. The shares were fitted to how often records with that reason were
//! right on annotated news (`.ci/fit_confidence`, logistic regression, checked on articles left out), then rounded.

use super::Event;
use crate::event::{DateBasis, EventType, Status};
use crate::place::PlaceMention;

/// Log odds of a happening about which nothing else is known.
const BASE: f32 = 0.2;

/// The confidence of an event and what made it up; `length` is that of the text in bytes.
pub(super) fn judge(
    event: &Event,
    places: &[PlaceMention],
    length: usize,
) -> (f32, Vec<(&'static str, f32)>) {
    let record = &event.record;
    let mut reasons: Vec<(&'static str, f32)> = vec![("base", BASE)];
    reasons.extend(of_kind(record.kind));
    reasons.push(match record.time.as_ref().map(|t| t.basis) {
        Some(DateBasis::Explicit) => ("time of its own", 0.75),
        Some(DateBasis::Announcement) => ("day of the report", -0.2),
        Some(DateBasis::Inferred) => ("day carried over", -0.1),
        Some(DateBasis::Publication) => ("day of publication", 0.25),
        None => ("no time", -1.0),
    });
    for rule in record.time.iter().flat_map(|t| &t.trail) {
        match *rule {
            "counted from the narration" => reasons.push(("counted from the narration", -0.4)),
            "the last one, as the tense looks back" => reasons.push(("date without a year", -0.1)),
            "stamp of the paragraph" => reasons.push(("stamp of the paragraph", 0.4)),
            _ => {}
        }
    }
    // News tells last what lies behind it.
    match (record.trigger.start as usize * 4).checked_div(length) {
        Some(0) => reasons.push(("told early", 0.15)),
        Some(3) => reasons.push(("told late", -0.1)),
        _ => {}
    }
    if event.mentions.len() > 1 {
        reasons.push(("told again", 0.1));
    }
    let main = record.places.first();
    reasons.push(match main.map(|p| p.rule) {
        Some("place of the clause") => ("place of its own", 0.5),
        Some("place of the main happening") => ("place of the main happening", 0.3),
        Some("place of the story") => ("place carried over", -0.05),
        Some("place of the neighbouring words") => ("place from around", -0.2),
        Some("place of the sentence") => ("place from the sentence", -0.15),
        Some("country of the story" | "country of the dateline") => ("country of the story", -0.3),
        Some(_) => ("place of the dateline or heading", -0.1),
        None => ("no place", -0.2),
    });
    if let Some(place) = main.and_then(|p| places.get(p.mention)) {
        reasons.push(if place.place.is_some() {
            ("place name", (place.confidence - 0.8) * 0.8)
        } else {
            ("place without a point", -0.9)
        });
    }
    for reason in &record.reasons {
        match *reason {
            "strong word" => reasons.push(("strong word", 0.15)),
            "weak word" => reasons.push(("weak word", -0.1)),
            "several times in its sentence" => reasons.push(("several times in its sentence", -0.05)),
            "noun" => reasons.push(("told by a noun", -0.2)),
            "deed with its victim" => reasons.push(("deed with its victim", -0.3)),
            _ => {}
        }
    }
    match record.status {
        Status::Reported => reasons.push(("reported", -0.3)),
        Status::Denied | Status::Possible => reasons.push(("not asserted", -0.4)),
        _ => {}
    }
    let odds: f32 = reasons.iter().map(|(_, share)| share).sum();
    let confidence = 1.0 / (1.0 + (-odds).exp());
    ((confidence * 100.0).round() / 100.0, reasons)
}

/// Kinds whose verb says it all, and kinds that are told in many ways, each of which may be counted, dated or
/// placed by itself. Which kinds these are was found on the annotated news, too.
fn of_kind(kind: EventType) -> Option<(&'static str, f32)> {
    use EventType::{
        Accident, Agreement, Arrest, Attack, Ceremony, Closing, Culture, Diplomacy, Disaster, Economy,
        Killing, Law, Life, Movement, Protest, Science, Sport, Statement, Trial,
    };
    match kind {
        Agreement | Arrest | Attack | Ceremony | Economy | Law | Movement | Science | Statement | Trial => {
            Some(("kind told plainly", 0.55))
        }
        Accident | Closing | Culture | Diplomacy | Disaster | Killing | Life | Protest | Sport => {
            Some(("kind told in many ways", -0.2))
        }
        _ => None,
    }
}
