//! A second look at names that the gazetteer does not hold as written: Arabic, Russian or Chinese names come in as many
//! spellings as there are languages (Kafr Naya, Kefar Naya; al-, el-; ou, u, w; kh, gh).
//!
//! It is taken only when nothing matched, follows the names of the gazetteer letter by letter, and believes what
//! it finds only close to a place that the text names for certain. Which letters stand for which is told by
//! the settings `place_spellings` (groups between blanks, members between slashes, the empty one last) and
//! `place_spelling_articles`.

use super::sphere::distance;
use super::spot::is_area;
use super::{PlaceMention, Precision};
use crate::gazetteer::fold::fold;
use crate::gazetteer::{Gazetteer, NameSort, PlaceId, PlaceKind, Walker};
use crate::lang::Lang;
use geo::Point;

/// Shorter names are spelt alike by chance.
const SHORTEST: usize = 5;
/// Names this long may differ in three places, others in two.
const LONG: usize = 8;
/// Metres to the place that confirms.
const NEAR: f64 = 80_000.0;
/// Steps of the search, so that no name takes long.
const STEPS: usize = 4_000;

/// How names may be spelt, and where.
pub(super) struct Spellings {
    groups: Vec<Vec<&'static str>>,
    articles: Vec<&'static str>,
    /// The places that confirm.
    anchors: Vec<Point>,
}

impl Spellings {
    /// Those of a language, near the places in `mentions`.
    pub(super) fn of(lang: Lang, mentions: &[PlaceMention]) -> Self {
        let setting = |name| lang.setting(name).unwrap_or_default().split_whitespace();
        let mut anchors: Vec<Point> = mentions
            .iter()
            .filter(|m| m.role.is_on_map() && m.confidence > 0.5 && !m.anaphor)
            .filter_map(|m| m.place.as_ref())
            .filter(|p| p.precision == Precision::Exact && !is_area(p.kind))
            .map(|p| Point::new(p.lon, p.lat))
            .collect();
        anchors.sort_by(|a, b| a.x().total_cmp(&b.x()).then(a.y().total_cmp(&b.y())));
        anchors.dedup();
        Spellings {
            groups: setting("place_spellings").map(|g| g.split('/').collect()).collect(),
            articles: setting("place_spelling_articles").collect(),
            anchors,
        }
    }

    /// The place that a name may mean, near one that confirms it.
    pub(super) fn near(&self, gazetteer: &Gazetteer, name: &str) -> Option<PlaceId> {
        if self.anchors.is_empty() {
            return None;
        }
        self.found(gazetteer, name)
            .into_iter()
            .filter_map(|(changes, id)| {
                let place = gazetteer.place(id);
                let point = Point::new(place.lon(), place.lat());
                let nearest = self.anchors.iter().map(|a| distance(*a, point)).fold(f64::MAX, f64::min);
                let local = matches!(place.kind(), PlaceKind::City | PlaceKind::District | PlaceKind::Site);
                (local && nearest <= NEAR).then_some((changes, nearest, id))
            })
            .min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)))
            .map(|(_, _, id)| id)
    }

    /// The places of all spellings, with how many changes lead there.
    fn found(&self, gazetteer: &Gazetteer, name: &str) -> Vec<(u8, PlaceId)> {
        let Some(folded) = fold(name) else { return Vec::new() };
        let letters = folded.bytes().filter(u8::is_ascii_alphabetic).count();
        if letters < SHORTEST {
            return Vec::new();
        }
        let most = if letters >= LONG { 3 } else { 2 };
        let mut search = Search { spellings: self, most, steps: 0, found: Vec::new() };
        let bare = self
            .articles
            .iter()
            .find_map(|a| folded.strip_prefix(a).and_then(|rest| rest.strip_prefix(' ')))
            .unwrap_or(&folded);
        search.follow(&gazetteer.walker(), bare, 0);
        for article in &self.articles {
            let mut walker = gazetteer.walker();
            if walker.feed(article) && walker.feed(" ") {
                search.follow(&walker, bare, 1);
            }
        }
        // Many ways lead to one place; the shortest one counts.
        search.found.sort_by_key(|(changes, id)| (*id, *changes));
        search.found.dedup_by_key(|(_, id)| *id);
        search.found
    }
}

struct Search<'s> {
    spellings: &'s Spellings,
    most: u8,
    steps: usize,
    found: Vec<(u8, PlaceId)>,
}

impl Search<'_> {
    /// Goes on from `walker` with the letters of `rest`, as written or as they may be written.
    fn follow(&mut self, walker: &Walker<'_>, rest: &str, changes: u8) {
        self.steps += 1;
        if self.steps > STEPS || changes > self.most {
            return;
        }
        if rest.is_empty() && walker.is_name() {
            let good = walker.candidates().filter(|c| c.form.sort() != NameSort::Abbreviation);
            self.found.extend(good.take(8).map(|c| (changes, c.place)));
        }
        if let Some(first) = rest.chars().next() {
            let (letter, after) = rest.split_at(first.len_utf8());
            let mut same = walker.clone();
            if same.feed(letter) {
                self.follow(&same, after, changes);
                // Doubled or not makes little difference.
                let mut twice = same.clone();
                if first.is_alphabetic() && twice.feed(letter) {
                    self.follow(&twice, after, changes + 1);
                }
            }
            if after.starts_with(first) {
                self.follow(walker, after, changes + 1);
            }
        }
        let spellings = self.spellings;
        for group in &spellings.groups {
            for own in group {
                let Some(after) = rest.strip_prefix(own) else { continue };
                for other in group.iter().filter(|o| *o != own) {
                    let mut walker = walker.clone();
                    if walker.feed(other) || other.is_empty() {
                        self.follow(&walker, after, changes + 1);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(name: &str, wanted: &str) -> bool {
        let gazetteer = Gazetteer::embedded();
        let spellings = Spellings::of(Lang::all().next().unwrap(), &[]);
        gazetteer.is_empty()
            || spellings
                .found(&gazetteer, name)
                .iter()
                .any(|(_, id)| gazetteer.place(*id).name("en") == wanted)
    }

    #[test]
    fn other_spellings_lead_to_the_place() {
        for (name, wanted) in [
            ("Khan Chaykhoun", "Khan Sheikhoun"),
            ("Er Rastane", "Rastan"),
            ("Salaqine", "Salqin"),
            ("Al-Baab", "Al-Bab"),
            ("Maskana", "Maskanah"),
        ] {
            assert!(means(name, wanted), "{name}");
        }
    }

    #[test]
    fn short_and_strange_names_lead_nowhere() {
        assert!(!means("Alba", "Al-Bab"));
        assert!(!means("Strasbourg", "Salzburg"));
    }
}
