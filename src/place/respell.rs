//! A second look at names that the gazetteer does not hold as written: Arabic, Russian or Chinese names come in as many
//! spellings as there are languages (Kafr Naya, Kefar Naya; al-, el-; ou, u, w; kh, gh).
//!
//! It is taken only when nothing matched, follows the names of the gazetteer letter by letter, and believes what
//! it finds only close to a place that the text names for certain. Which letters stand for which is told by
//! the settings `place_spellings` (groups between blanks, members between slashes, the empty one last) and
//! `place_spelling_articles`. In countries that write their names in Latin letters a name differs in one letter at most:
//! those of `place_spelling_countries` write them otherwise.

use super::prior::{Code, code};
use super::quick::Quick;
use super::sphere::distance;
use super::spot::is_area;
use super::{PlaceMention, Precision};
use crate::gazetteer::fold::fold;
use crate::gazetteer::{Gazetteer, NameSort, Names, PlaceId, PlaceKind, Trail, bit};
use crate::lang::{Lang, setting};
use geo::Point;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

/// Shorter names are spelt alike by chance.
const SHORTEST: usize = 5;
/// Names this long may differ in three places, others in two.
const LONG: usize = 8;
/// Changes of a name that its country writes in Latin letters.
const MISPRINT: u8 = 1;
/// Metres to the place that confirms.
const NEAR: f64 = 80_000.0;
/// The bit that no letter has, for rules after which a name has nothing.
const NOTHING: u32 = 1 << 31;
/// Steps of the search, so that no name takes long.
const STEPS: usize = 2_000;

/// How names may be spelt, and where.
pub(super) struct Spellings {
    rules: Option<&'static Rules>,
    /// The places that confirm.
    anchors: Vec<Point>,
    /// One of them lies where names are written in other letters.
    foreign: bool,
    seen: Seen,
}

/// Places in the names with so many letters to go, and the fewest changes that led there.
type Seen = Quick<(Trail, usize), u8>;

/// How names of a language may be spelt.
#[derive(Default)]
struct Rules {
    all: Vec<Rule>,
    /// By the first letter of what is written, the numbers of the rules that may hold there.
    first: Vec<Vec<usize>>,
    /// The rules for what is not written at all.
    added: Vec<usize>,
    articles: Vec<&'static str>,
    /// Countries whose names are written in other letters.
    countries: Vec<Code>,
}

/// Letters of the text, and what a name may have instead.
#[derive(PartialEq)]
struct Rule {
    own: &'static [u8],
    other: &'static [u8],
    /// The first letter of what a name may have instead, as [`Fork::letters`] tells it, or [`NOTHING`].
    leads: u32,
}

impl Rule {
    fn new(own: &'static str, other: &'static str) -> Self {
        let leads = other.bytes().next().map_or(NOTHING, bit);
        Rule { own: own.as_bytes(), other: other.as_bytes(), leads }
    }
}

impl Rules {
    /// Those of a language, read once.
    fn of(lang: Lang) -> Option<&'static Rules> {
        static RULES: OnceLock<BTreeMap<&'static str, Rules>> = OnceLock::new();
        let all = || Lang::all().map(|lang| (lang.code(), Rules::read(lang))).collect();
        RULES.get_or_init(all).get(lang.code())
    }

    fn read(lang: Lang) -> Self {
        let setting = |name| lang.setting(name).unwrap_or_default().split_whitespace();
        let mut rules = Rules {
            articles: setting(setting::PLACE_SPELLING_ARTICLES).collect(),
            countries: setting(setting::PLACE_SPELLING_COUNTRIES).map(code).collect(),
            ..Rules::default()
        };
        for group in setting(setting::PLACE_SPELLINGS) {
            for own in group.split('/') {
                for other in group.split('/').filter(|other| *other != own) {
                    let rule = Rule::new(own, other);
                    if !rules.all.contains(&rule) {
                        rules.all.push(rule);
                    }
                }
            }
        }
        rules.first.resize_with(usize::from(u8::MAX), Vec::new);
        for (n, rule) in rules.all.iter().enumerate() {
            let list = match rule.own.first() {
                Some(letter) => rules.first.get_mut(usize::from(*letter)),
                None => Some(&mut rules.added),
            };
            list.into_iter().for_each(|list| list.push(n));
        }
        rules
    }
}

impl Spellings {
    /// Those of a language, near the places in `mentions`.
    pub(super) fn of(lang: Lang, mentions: &[PlaceMention]) -> Self {
        let exact = mentions
            .iter()
            .filter(|m| m.role.is_on_map() && m.confidence > 0.5 && !m.anaphor)
            .filter_map(|m| m.place.as_ref())
            .filter(|p| p.precision == Precision::Exact && !is_area(p.kind));
        let rules = Rules::of(lang);
        let mut foreign = false;
        let mut anchors = Vec::new();
        for place in exact {
            foreign |= rules.is_some_and(|r| r.countries.contains(&code(&place.country)));
            anchors.push(Point::new(place.lon, place.lat));
        }
        anchors.sort_by(|a, b| a.x().total_cmp(&b.x()).then(a.y().total_cmp(&b.y())));
        anchors.dedup();
        Spellings { rules, anchors, foreign, seen: Seen::default() }
    }

    /// The place that a name may mean, near one that confirms it.
    pub(super) fn near(&mut self, gazetteer: &Gazetteer, name: &str) -> Option<PlaceId> {
        if self.anchors.is_empty() {
            return None;
        }
        let found = self.found(gazetteer, name);
        let foreign = |country| self.rules.is_some_and(|r| r.countries.contains(&code(country)));
        found
            .into_iter()
            .filter_map(|(changes, id)| {
                let place = gazetteer.place(id);
                if changes > MISPRINT && !foreign(place.country()) {
                    return None;
                }
                let point = Point::new(place.lon(), place.lat());
                let nearest = self.anchors.iter().map(|a| distance(*a, point)).fold(f64::MAX, f64::min);
                let local = matches!(place.kind(), PlaceKind::City | PlaceKind::District | PlaceKind::Site);
                (local && nearest <= NEAR).then_some((changes, nearest, id))
            })
            .min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)))
            .map(|(_, _, id)| id)
    }

    /// The places of all spellings, with how many changes lead there.
    fn found(&mut self, gazetteer: &Gazetteer, name: &str) -> Vec<(u8, PlaceId)> {
        let Some((folded, rules)) = fold(name).zip(self.rules) else { return Vec::new() };
        let letters = folded.bytes().filter(u8::is_ascii_alphabetic).count();
        if letters < SHORTEST {
            return Vec::new();
        }
        let most = match letters {
            _ if !self.foreign => MISPRINT,
            LONG.. => 3,
            _ => 2,
        };
        let bare = rules
            .articles
            .iter()
            .find_map(|a| folded.strip_prefix(a).and_then(|rest| rest.strip_prefix(' ')))
            .unwrap_or(&folded)
            .as_bytes();
        let mut found = Vec::new();
        let name = Name::of(bare, rules);
        for names in gazetteer.names() {
            self.seen.clear();
            let (seen, found) = (&mut self.seen, &mut found);
            let mut search = Search { names, name: &name, most, steps: 0, seen, found };
            search.follow(names.trail(), 0, 0);
            for article in &rules.articles {
                let trail = names.go(names.trail(), article.as_bytes());
                if let Some(trail) = trail.and_then(|t| names.go(t, b" ")) {
                    search.follow(trail, 0, 1);
                }
            }
        }
        // Many ways lead to one place; the shortest one counts.
        found.sort_by_key(|(changes, id)| (*id, *changes));
        found.dedup_by_key(|(_, id)| *id);
        found
    }
}

/// A name as it is written, and how it may be written instead.
struct Name<'n> {
    letters: &'n [u8],
    /// For each letter and the end, the rules that hold there.
    rules: Vec<Held>,
    /// Those rules, one list after the other.
    pool: Vec<&'static Rule>,
}

/// The rules that hold at a letter of a name.
#[derive(Default)]
struct Held {
    rules: Range<usize>,
    /// The letters with which they go on, as [`Fork::letters`] tells them.
    letters: u32,
}

impl<'n> Name<'n> {
    fn of(letters: &'n [u8], rules: &'static Rules) -> Self {
        let mut pool = Vec::new();
        let mut held = Vec::with_capacity(letters.len() + 1);
        for at in 0..=letters.len() {
            let rest = letters.get(at..).unwrap_or_default();
            let listed = rest.first().and_then(|letter| rules.first.get(usize::from(*letter)));
            let listed = listed.map_or(&[][..], Vec::as_slice).iter().chain(&rules.added);
            let start = pool.len();
            let fitting = listed.filter_map(|n| rules.all.get(*n)).filter(|rule| rest.starts_with(rule.own));
            pool.extend(fitting);
            let own = pool.get(start..).unwrap_or_default();
            let letters = own.iter().fold(0, |all, rule| all | rule.leads);
            held.push(Held { rules: start..pool.len(), letters });
        }
        Name { letters, rules: held, pool }
    }
}

struct Search<'s, 'g> {
    names: Names<'g>,
    name: &'s Name<'s>,
    most: u8,
    steps: usize,
    seen: &'s mut Seen,
    found: &'s mut Vec<(u8, PlaceId)>,
}

impl Search<'_, '_> {
    /// Goes on from `trail` with the letters from `at` on, as written or as they may be written.
    fn follow(&mut self, trail: Trail, at: usize, changes: u8) {
        if changes >= self.most {
            self.finish(trail, at, changes);
            return;
        }
        self.steps += 1;
        if self.steps > STEPS {
            return;
        }
        let name = self.name;
        let rest = name.letters.get(at..).unwrap_or_default();
        let fewest = self.seen.entry((trail, rest.len())).or_insert(u8::MAX);
        if *fewest <= changes {
            return;
        }
        *fewest = changes;
        let fork = self.names.fork(trail);
        // Most letters lead nowhere: a look at the bits is quicker than a step.
        let letters = fork.letters() | NOTHING;
        if let Some((&letter, after)) = rest.split_first() {
            if letters & bit(letter) != 0
                && let Some(same) = fork.go(letter)
            {
                self.follow(same, at + 1, changes);
                // Doubled or not makes little difference.
                if letter.is_ascii_alphabetic()
                    && let Some(twice) = self.names.go(same, &[letter])
                {
                    self.follow(twice, at + 1, changes + 1);
                }
            }
            if after.first() == Some(&letter) {
                self.follow(trail, at + 1, changes + 1);
            }
        } else {
            self.end(trail, changes);
        }
        let Some(held) = name.rules.get(at).filter(|held| held.letters & letters != 0) else { return };
        for rule in name.pool.get(held.rules.clone()).unwrap_or_default() {
            if rule.leads & letters == 0 {
                continue;
            }
            let led = match rule.other.split_first() {
                Some((first, more)) => fork.go(*first).and_then(|t| self.names.go(t, more)),
                None => Some(trail),
            };
            if let Some(led) = led {
                self.follow(led, at + rule.own.len(), changes + 1);
            }
        }
    }

    /// Goes on from `trail` with the letters from `at` on where only the name as it is written may follow.
    #[inline]
    fn finish(&mut self, trail: Trail, at: usize, changes: u8) {
        self.steps += 1;
        if self.steps > STEPS {
            return;
        }
        let rest = self.name.letters.get(at..).unwrap_or_default();
        if let Some(end) = self.names.go(trail, rest) {
            self.end(end, changes);
        }
    }

    /// Keeps the places of the name that ends here.
    fn end(&mut self, trail: Trail, changes: u8) {
        if !self.names.is_name(trail) {
            return;
        }
        let good = self.names.candidates(trail).filter(|c| c.form.sort() != NameSort::Abbreviation);
        self.found.extend(good.take(8).map(|c| (changes, c.place)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(name: &str, wanted: &str) -> bool {
        let gazetteer = Gazetteer::embedded();
        let mut spellings = Spellings { foreign: true, ..Spellings::of(Lang::all().next().unwrap(), &[]) };
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
