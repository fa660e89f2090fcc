//! Puts mentions together: from spot, ranking and role to what the next stages see.

use super::confidence;
use super::cue::Link;
use super::prior::Scored;
use super::quick::Quick;
use super::rank::{Ranked, has_kind};
use super::role::Given;
use super::spot::{Spot, is_area};
use super::{Candidate, Place, PlaceMention, PlaceRole, Precision};
use crate::gazetteer::{Gazetteer, PlaceId, PlaceKind};
use crate::lang::class;
use crate::text::Text;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Part of the name of something else.
pub(super) fn other(text: &Text<'_>, spot: &Spot, reason: &'static str) -> PlaceMention {
    PlaceMention {
        span: text.span(spot.tokens.clone()),
        role: PlaceRole::PartOfName,
        cue: None,
        anaphor: false,
        place: None,
        confidence: 0.0,
        candidates: Arc::default(),
        evidence: Vec::new(),
        reasons: vec![reason],
    }
}

/// Makes the mentions of one text; what the gazetteer told once is not asked again.
pub(super) struct Maker<'t, 'g> {
    text: &'t Text<'t>,
    gazetteer: &'g Gazetteer,
    places: BTreeMap<PlaceId, Arc<Place>>,
    /// Lists of candidates by number.
    lists: Quick<usize, Arc<[Candidate]>>,
    names: BTreeMap<PlaceId, &'g str>,
}

impl<'t, 'g> Maker<'t, 'g> {
    pub(super) fn new(text: &'t Text<'t>, gazetteer: &'g Gazetteer) -> Self {
        let (places, lists, names) = Default::default();
        Maker { text, gazetteer, places, lists, names }
    }

    /// A place name with the place it stands for.
    pub(super) fn mention(&mut self, spot: &Spot, ranked: Option<&Ranked>, given: Given) -> PlaceMention {
        let best = ranked.and_then(|r| r.candidates.first());
        // A street or square named after a place is not that place.
        let own = spot.typed.is_none_or(|t| best.is_some_and(|b| has_kind(b.kind, &[t])) || t == "city");
        let dry = best.is_some_and(|b| is_dry(b.kind)) && is_at_sea(self.text, spot);
        let place = best.filter(|_| (own || is_wide(spot)) && !dry).map(|b| self.place(b.place));
        let evidence = ranked.map(|r| confidence::evidence(self.gazetteer, spot, r)).unwrap_or_default();
        let mut reasons = Vec::with_capacity(8);
        reasons.push(given.reason);
        reasons.extend(best.iter().flat_map(|b| b.reasons.words()));
        if dry {
            reasons.push("sea_in_no_gazetteer");
        }
        PlaceMention {
            span: self.text.span(spot.tokens.clone()),
            role: given.role,
            cue: given.cue,
            anaphor: false,
            confidence: if place.is_some() { confidence::of(&evidence) } else { 0.0 },
            place,
            evidence,
            candidates: ranked.map(|r| self.candidates(r)).unwrap_or_default(),
            reasons,
        }
    }

    /// What the gazetteer knows of a place.
    pub(super) fn place(&mut self, id: PlaceId) -> Arc<Place> {
        let known = self.places.entry(id).or_insert_with(|| place(self.text, self.gazetteer, id));
        Arc::clone(known)
    }

    /// The country with a code of two letters.
    pub(super) fn country(&mut self, code: &str) -> Option<Arc<Place>> {
        self.gazetteer.country(code).map(|id| self.place(id))
    }

    /// The first division that holds the place with this id.
    pub(super) fn division(&mut self, id: &str) -> Option<Arc<Place>> {
        let division = self.gazetteer.place(self.gazetteer.by_id(id)?).admin1()?;
        Some(self.place(division.place_id()))
    }

    fn candidates(&mut self, ranked: &Ranked) -> Arc<[Candidate]> {
        if let Some(known) = self.lists.get(&ranked.list) {
            return Arc::clone(known);
        }
        let list: Arc<[Candidate]> = ranked.candidates.iter().map(|c| self.candidate(c)).collect();
        self.lists.insert(ranked.list, Arc::clone(&list));
        list
    }

    /// A candidate; its label is its name with division and country.
    fn candidate(&mut self, scored: &Scored) -> Candidate {
        let id = scored.place;
        let found = self.gazetteer.place(id);
        let language = self.text.lang.code();
        let mut label = String::with_capacity(64);
        label.push_str(found.name(language));
        for part in [found.admin1(), found.parents().last()] {
            if let Some(part) = part.filter(|p| p.place_id() != id) {
                let name = self.names.entry(part.place_id()).or_insert_with(|| part.name(language));
                if !label.ends_with(*name) {
                    label.push_str(", ");
                    label.push_str(name);
                }
            }
        }
        Candidate {
            id: found.id(),
            label,
            lon: found.lon(),
            lat: found.lat(),
            score: scored.score,
            reasons: scored.reasons.words().collect(),
        }
    }
}

/// A place name whose place is not known.
pub(super) fn unplaced(text: &Text<'_>, spot: &Spot, given: Given) -> PlaceMention {
    PlaceMention {
        span: text.span(spot.tokens.clone()),
        role: given.role,
        cue: given.cue,
        anaphor: false,
        place: None,
        confidence: 0.0,
        candidates: Arc::default(),
        evidence: Vec::new(),
        reasons: vec![given.reason, "in_no_gazetteer"],
    }
}

/// Kinds that no sea can be.
fn is_dry(kind: PlaceKind) -> bool {
    is_area(kind) && kind != PlaceKind::Region || matches!(kind, PlaceKind::City | PlaceKind::District)
}

/// « le golfe de Guinée », "the Banda Sea": the name is that of a sea, whatever land it is called after.
fn is_at_sea(text: &Text<'_>, spot: &Spot) -> bool {
    let sea = |i: usize| text.has(i, class::PLACE_SEA);
    if spot.typed == Some("water") {
        return sea(spot.tokens.start) || sea(spot.tokens.end - 1);
    }
    let (first, before) = (spot.range.start, &spot.before);
    let tied = matches!(before.link, Link::Of | Link::None);
    before.start.checked_sub(1).is_some_and(|word| tied && word >= first && sea(word))
}

/// Own names of wide things: their point may be that of the place they are named after.
fn is_wide(spot: &Spot) -> bool {
    !matches!(spot.typed, Some("street" | "square" | "building"))
}

/// What the gazetteer knows of a place, in the language of the text.
pub(super) fn place(text: &Text<'_>, gazetteer: &Gazetteer, id: PlaceId) -> Arc<Place> {
    let found = gazetteer.place(id);
    let language = text.lang.code();
    let named =
        |p: Option<crate::gazetteer::PlaceRef<'_>>| p.map_or(String::new(), |p| p.name(language).to_owned());
    let area = is_area(found.kind()) || matches!(found.kind(), PlaceKind::Sea | PlaceKind::River);
    Arc::new(Place {
        id: found.id(),
        name: found.name(language).to_owned(),
        name_en: found.name_en().to_owned(),
        kind: found.kind(),
        country: found.country().to_owned(),
        admin1: named(found.admin1()),
        admin2: named(found.admin2()),
        lon: found.lon(),
        lat: found.lat(),
        radius_m: found.radius_m(),
        precision: if area { Precision::Area } else { Precision::Exact },
        outline: None,
        anchor: None,
    })
}
