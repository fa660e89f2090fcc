//! Sorts spots: places, persons, other names that hold a place, common words.
//!
//! Evidence is added up in tenths; what speaks for a place is positive. The tagger's view counts where
//! there is one, the word lists always.

use super::cue::{self, Link};
use super::relate;
use super::side;
use super::spot::{Spot, Spots};
use crate::gazetteer::{Candidate, Gazetteer, NameSort, PlaceKind};
use crate::lang::{class, setting};
use crate::tag::{Entity, EntityKind, Reading, Upos};
use crate::text::{Kind, Text};
use std::collections::BTreeSet;

/// What a spot turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A place.
    Place,
    /// A place that an institution is named after: « Mansfield Police Department ».
    Institution,
    /// Part of the name of a person, a company, a paper, a treaty …
    OtherName,
    /// No name at all.
    Word,
}

/// Names of persons in the text: the words that stand last in them, folded by the lists' rules.
#[derive(Debug, Default)]
pub(super) struct Persons {
    surnames: BTreeSet<String>,
    /// Those that stand after a title.
    titled: BTreeSet<String>,
}

impl Persons {
    /// True when a person of this surname is named in the text.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.surnames.contains(word) || self.titled.contains(word)
    }
}

/// Collects the surnames of persons named with a first name or a title.
pub(super) fn persons(text: &Text<'_>, reading: Option<&Reading<'_>>, marks: &[usize]) -> Persons {
    let mut persons = Persons::default();
    for entity in reading.map_or(&[][..], |r| r.entities()) {
        if entity.kind == EntityKind::Person && entity.tokens.len() > 1 {
            let last = entity.tokens.end - 1;
            persons.surnames.insert(text.str(last).to_owned());
        }
    }
    for &i in marks {
        if let Some(last) = titled(text, i) {
            persons.titled.insert(text.str(last).to_owned());
        }
        if !is_first_name(text, i) || !text.tokens.get(i).is_some_and(|t| t.capital()) {
            continue;
        }
        let mut end = i + 1;
        while is_name_word(text, end) && !starts_sentence(text, end) {
            end += 1;
        }
        if end > i + 1 && text.value(end - 1, class::PLACE_TAIL).is_none() && !is_locative(text, i) {
            persons.surnames.insert(text.str(end - 1).to_owned());
        }
    }
    persons
}

/// The last word of the name after a title at token `i`: « le général Ponce », "GENERAL PONCE".
fn titled(text: &Text<'_>, i: usize) -> Option<usize> {
    const LONGEST: usize = 4;
    let (len, _) = text.phrase(i, class::PLACE_TITLE_PERSON)?;
    let title = text.tokens.get(i)?;
    if text.lang.setting(setting::PLACE_TAILS).is_some() && !title.capital() {
        return None;
    }
    let shouted = title.upper() && title.span.len() > 2;
    let first = i + len;
    let known = |n: usize| text.has(n, class::TAG_SURNAME) || text.has(n, class::TAG_GIVEN_NAME);
    let part = |n: usize| {
        is_name_word(text, n) && !starts_sentence(text, n) && (!shouted || known(n) || !is_listed(text, n))
    };
    let end = (first..first + LONGEST).take_while(|&n| part(n)).last()? + 1;
    // "Major Denver roads", "MAJOR MEDELLIN BANKS": such a word need not be a title where all words have a capital.
    let last = end - 1;
    let letters = text.str(last).chars().filter(|c| c.is_alphabetic()).count();
    let named = letters > 2 && text.value(last, class::PLACE_TAIL).is_none();
    let opening = starts_sentence(text, i) && !text.str(i).ends_with('.');
    let sure = known(last) || !(shouted || opening) || !text.has(last, class::TAG_PLACE);
    (named && sure).then_some(last)
}

fn starts_sentence(text: &Text<'_>, i: usize) -> bool {
    cue::sentence(text, i).start == i
}

fn is_first_name(text: &Text<'_>, i: usize) -> bool {
    text.has(i, class::TAG_FIRST_NAME) || text.has(i, class::PLACE_FIRST_NAME)
}

/// A capital word, an initial or a particle: what names of persons are made of.
fn is_name_word(text: &Text<'_>, i: usize) -> bool {
    text.tokens.get(i).is_some_and(|t| {
        t.kind == Kind::Word
            && t.spaced()
            && !t.breaks()
            && (t.capital() || text.has(i, class::PLACE_PARTICLE))
    }) && !(text.has(i, class::PLACE_LINK) && text.tokens.get(i).is_some_and(|t| !t.capital()))
}

fn is_initial(text: &Text<'_>, i: usize) -> bool {
    let word = text.str(i);
    word.len() == 2 && word.ends_with('.') && text.tokens.get(i).is_some_and(|t| t.capital())
}

fn is_locative(text: &Text<'_>, i: usize) -> bool {
    let first = cue::sentence(text, i).start;
    let before = cue::before(text, first, i);
    before.link.is_locative()
        || cue::ends_at(text, before.start.max(first), class::PLACE_NEAR).is_some_and(|_| before.start < i)
}

/// What the words of a spot are.
pub(super) fn sort(
    text: &Text<'_>,
    reading: Option<&Reading<'_>>,
    gazetteer: &Gazetteer,
    spots: &Spots,
    spot: &Spot,
    persons: &Persons,
    masked: bool,
) -> (Sort, &'static str) {
    let range = &spot.range;
    let (start, end) = (spot.tokens.start, spot.tokens.end);
    if masked {
        return (Sort::OtherName, "name_of_something_else");
    }
    let before = &spot.before;
    let locative = before.link.is_locative();
    let single = spot.tokens.len() == 1;
    // "on May 2", « 2 mars »: with a figure beside it, it is a month, however it goes on.
    let figure = |i: usize| text.tokens.get(i).is_some_and(|t| t.kind == Kind::Number);
    if single
        && text.has(start, class::TAG_CALENDAR)
        && (figure(end) || start > range.start && figure(start - 1))
    {
        return (Sort::Word, "part_of_a_date");
    }
    if side::is_side(text, gazetteer, spots, spot) {
        return (Sort::Word, "side_of_a_place");
    }
    let upper = !spot.shouted;

    let contained = is_contained(text, end, range.end);
    let typed = spot.typed.is_some()
        || cue::ends_at(text, before.start, class::PLACE_TYPE).is_some_and(|(s, _)| s >= range.start);
    let entity = reading.and_then(|r| (start..end).find_map(|i| r.entity_at(i)));

    // Persons.
    let best = spots.of(spot).first().map(|c| gazetteer.place(c.place));
    let wide = best
        .is_some_and(|p| matches!(p.kind(), PlaceKind::Country | PlaceKind::Continent | PlaceKind::Admin1));
    let tailed = text.value(end - 1, class::PLACE_TAIL).is_some() && spot.tokens.len() > 1;
    let office = is_office(text, end, range);
    // « Virginia Raggi »: a division's name that goes on as a person's.
    let surname = || text.has(end, class::TAG_SURNAME) && is_name_word(text, end) && !office;
    let named = single
        && is_first_name(text, start)
        && (entity.is_some_and(|e| e.kind == EntityKind::Person && e.tokens.end > end) || surname());
    // « Jack London », « Jimmy Wales »
    let surnamed = single
        && entity.is_some_and(|e| {
            e.kind == EntityKind::Person && e.tokens.start < start && is_first_name(text, e.tokens.start)
        });
    let sure = (wide && !named && !surnamed) || tailed || contained || locative;
    // No country goes by a title, but divisions of small ones may have a person's name.
    let country =
        best.is_some_and(|p| matches!(p.kind(), PlaceKind::Country | PlaceKind::Continent)) && !named;
    let bound = country || tailed || contained || locative;
    if let Some(person) = is_person(text, spot, range, persons, entity, before.link, (sure, bound)) {
        return (Sort::OtherName, person);
    }
    if entity.is_some_and(|e| is_end_of_longer(text, spot, e)) && !sure {
        return (Sort::Word, "inside_longer_name");
    }
    if named_after(text, range.start, start) && !contained && spot.typed.is_none() {
        return (Sort::OtherName, "name_of_something_else");
    }
    // Names of other things, by the words at their borders.
    let next = text.tokens.get(end).filter(|t| end < range.end && t.kind == Kind::Word);
    let next_capital = upper && next.is_some_and(|t| t.capital());
    if next_capital && text.has(end, class::PLACE_OTHER_TAIL) && spot.typed.is_none() {
        return (Sort::OtherName, "name_goes_on");
    }
    let institution = next_capital && spot.typed.is_none();

    // Common words.
    let known = best.is_some_and(|p| {
        matches!(p.kind(), PlaceKind::Country | PlaceKind::Continent | PlaceKind::Admin1)
            || p.is_chosen()
            || p.population() >= 100_000
    });
    let people = best.map_or(0, |p| p.population());
    let main = spots.of(spot).iter().any(|c| c.form.sort() == NameSort::Main);
    let mut weight: i32 = 0;
    weight += match people {
        _ if known => 20,
        10_000.. => 8,
        2_000.. => 3,
        _ => 0,
    };
    if !main {
        weight -= 4;
    }
    if locative {
        weight += 16;
    } else if before.link == Link::Of || before.link == Link::Between {
        weight += 6;
    }
    if typed {
        weight += 14;
    }
    if contained {
        weight += 18;
    }
    if spot.tokens.len() > 1 {
        weight += 6;
    }
    if office {
        weight += 8;
    }
    // "St. Mary's Hospital": the whole is the name of a house.
    let house = text.has(end, class::PLACE_POSSESSIVE)
        && text.tokens.get(end + 1).is_some_and(|t| t.capital())
        && (text.has(end + 1, class::PLACE_INSTITUTION) || text.has(end + 1, class::PLACE_WORD));
    if house && !known {
        weight -= 30;
    }
    if text.phrase(start, class::PLACE_SEAT).is_some_and(|(len, _)| start + len == end) {
        weight += 20;
    }
    // "Macon, Ga.": a short form after a town and a comma.
    if spots.of(spot).iter().any(|c| c.form.sort() == NameSort::Abbreviation) && is_after_name(text, start) {
        weight += 24;
    }
    if single && text.has(start, class::PLACE_DEMONYM) && !wide {
        weight -= 30;
    }
    if single && text.has(start, class::TAG_CALENDAR) && !typed && !contained {
        weight -= 24;
    }
    // « Trente bateaux »: at the head of a sentence a number is written like a name.
    let counts = text.tokens.get(end).is_some_and(|t| t.kind == Kind::Word && !t.capital())
        && reading.is_none_or(|r| !r.upos(end).is_verbal());
    if single && start == range.start && counts && text.has(start, class::PLACE_NUMBER) {
        weight -= 30;
    }
    // Persons have no article: « la Lorraine ».
    let first_name = is_first_name(text, start) && !known && !before.article;
    let common = single && (text.has(start, class::PLACE_WORD) || first_name);
    // In capitals throughout, "AIR" and "THE CAPITAL" are words, whatever is called so somewhere.
    let core = start + usize::from(spot.tokens.len() > 1 && text.has(start, class::PLACE_ARTICLE));
    let own = spots.of(spot).first().is_some_and(|c| {
        c.form.sort() == NameSort::Main && c.form.language().is_none_or(|l| l == text.lang.code())
    });
    let lone = core + 1 == end && is_listed(text, core) && !text.has(core, class::TAG_PLACE);
    if spot.shouted && lone && !(known && own) {
        weight -= 30;
    }
    // A capital in mid-sentence is a cue itself.
    let opening = start == range.start || is_after_opening(text, start);
    let inner = !opening && !spot.shouted;
    if spot.needs_cue {
        weight -= if inner { 8 } else { 18 };
    }
    // "A GRENADE": in capitals throughout, what only another language calls so is rather a word.
    if spot.shouted && single && is_foreign(text, spots, spot) && !locative && !contained {
        weight -= 24;
    }
    if common {
        weight -= 14;
    }
    if opening && single {
        if let Some(reading) = reading
            && !matches!(reading.upos(start), Upos::Propn | Upos::X)
        {
            weight -= if known && own { 5 } else { 14 };
        }
        if is_listed(text, start) && !known && !text.has(start, class::TAG_PLACE) {
            weight -= 8;
        }
    } else if spot.shouted && !known {
        weight -= 10;
    }
    match entity.map(|e| e.kind) {
        Some(EntityKind::Place) => weight += 14,
        Some(EntityKind::Person) => weight -= if known { 8 } else { 14 },
        // « les archives de Rouen »: a common word with the place it is in.
        Some(EntityKind::Organisation) if before.link == Link::Of && begins_small(text, entity) => {}
        Some(EntityKind::Organisation) => weight -= if known { 2 } else { 6 },
        Some(_) => weight -= 6,
        None if reading.is_some() => weight -= 4,
        None => {}
    }
    // A capital word before that belongs to no known name: « Georgia Power », « West Prince ».
    if upper && start > range.start && !before.article && before.link == Link::None {
        let previous = start - 1;
        let capital = text.tokens.get(previous).is_some_and(|t| t.kind == Kind::Word && t.capital());
        if capital && !text.has(previous, class::PLACE_DIRECTION) && previous > range.start {
            weight -= 8;
        }
    }
    if next_capital && !text.has(end, class::PLACE_INSTITUTION) && spot.typed.is_none() {
        weight -= 6;
    }
    // "7 KM NORTHEAST OF HUANTA": what distances and directions are told from is a place.
    // "HOLT — A mill burned": a sentence opens with a dateline.
    let shouts = single && upper && text.tokens.get(start).is_some_and(|t| t.upper());
    let dashed = |i: usize| text.is_mark(i, class::MARK_DASH);
    if shouts && start == range.start && dashed(end) {
        weight += 20;
    } else if shouts && !known && text.str(start).chars().count() > 2 && !contained {
        // « la journée du SIDA »: letters of something else.
        weight -= if is_listed(text, start) { 30 } else { 8 };
    }
    if weight < 4 && before.link == Link::Of && relate::relation(text, spot).is_some() {
        weight += 12;
    }
    if weight < 4 {
        return (
            if entity.is_some() { Sort::OtherName } else { Sort::Word },
            "too_little_speaks_for_a_place",
        );
    }
    if institution { (Sort::Institution, "institution_of_a_place") } else { (Sort::Place, "name") }
}

/// No place is called so in the language of the text.
fn is_foreign(text: &Text<'_>, spots: &Spots, spot: &Spot) -> bool {
    let other = |c: &Candidate| c.form.language().is_some_and(|l| l != text.lang.code());
    spots.of(spot).first().is_some_and(other)
}

/// "Hurricane Florence", « l'ouragan Florence »: the word before says what is called so. Where kinds stand after names,
/// such a word has a capital.
fn named_after(text: &Text<'_>, first: usize, start: usize) -> bool {
    let word = cue::ends_at(text, start, class::PLACE_OTHER_WORD).map(|(from, _)| from);
    let tails = text.lang.setting(setting::PLACE_TAILS).is_some();
    word.is_some_and(|from| {
        from >= first
            && text.tokens.get(from).is_some_and(|t| t.capital() || !tails)
            && !text.has(from, class::PLACE_DIRECTION)
            && text.tokens.get(start).is_some_and(|t| t.spaced() && !t.breaks())
    })
}

fn is_after_opening(text: &Text<'_>, i: usize) -> bool {
    i.checked_sub(1).is_some_and(|p| {
        text.is_mark(p, class::MARK_OPEN)
            || text.is_mark(p, class::MARK_QUOTE)
            || text.is_mark(p, class::MARK_COLON)
            || text.is_mark(p, class::MARK_DASH)
    })
}

/// A comma or bracket before token `i`, and a capital word before that.
fn is_after_name(text: &Text<'_>, i: usize) -> bool {
    i >= 2
        && (text.is_mark(i - 1, class::MARK_COMMA) || text.str(i - 1) == "(")
        && text.tokens.get(i - 2).is_some_and(|t| t.kind == Kind::Word && t.capital())
}

/// A comma or bracket after the name, then another capital word: « Paris, Texas », « Valence (Drôme) ».
fn is_contained(text: &Text<'_>, end: usize, last: usize) -> bool {
    end + 1 < last
        && (text.is_mark(end, class::MARK_COMMA) || text.str(end) == "(")
        && text.has(end + 1, class::TAG_PLACE)
        && text.tokens.get(end + 1).is_some_and(|t| t.capital())
}

/// "Tudun Biri": the tagger sees a place whose first words are capital ones that no list knows.
fn is_end_of_longer(text: &Text<'_>, spot: &Spot, entity: &Entity) -> bool {
    let (first, start) = (entity.tokens.start, spot.tokens.start);
    let strange = |i: usize| {
        let name = text.tokens.get(i).is_some_and(|t| t.kind == Kind::Word && t.capital() && !t.upper());
        let letters = text.str(i).chars().all(|c| c.is_alphabetic() || c == '-');
        name && letters && !is_listed(text, i) && !text.has(i, class::TAG_PLACE)
    };
    let joined = !spot.shouted && text.tokens.get(start).is_some_and(|t| !t.breaks() && !t.upper());
    entity.kind == EntityKind::Place && joined && first < start && (first..start).all(strange)
}

fn begins_small(text: &Text<'_>, entity: Option<&Entity>) -> bool {
    entity.and_then(|e| text.tokens.get(e.tokens.start)).is_some_and(|t| !t.capital())
}

/// A word for an institution follows.
fn is_office(text: &Text<'_>, end: usize, range: &std::ops::Range<usize>) -> bool {
    end < range.end && text.has(end, class::PLACE_INSTITUTION)
}

/// Why a spot is a person, if it is one.
fn is_person(
    text: &Text<'_>,
    spot: &Spot,
    range: &std::ops::Range<usize>,
    persons: &Persons,
    entity: Option<&Entity>,
    link: Link,
    (sure, bound): (bool, bool),
) -> Option<&'static str> {
    let (start, end) = (spot.tokens.start, spot.tokens.end);
    let office = is_office(text, end, range);
    if spot.typed.is_some() {
        return None;
    }
    let person = entity.is_some_and(|e| e.kind == EntityKind::Person);
    let previous = start.checked_sub(1).filter(|p| *p >= range.start);
    let spaced = text.tokens.get(start).is_some_and(|t| t.spaced() && !t.breaks());
    if let Some(previous) = previous.filter(|_| spaced) {
        let capital = text.tokens.get(previous).is_some_and(|t| t.capital());
        // "Police Chief Robert Douglas": a title before the first name leaves no doubt.
        let titled = || {
            cue::ends_at(text, previous, class::PLACE_TITLE_PERSON).is_some()
                || previous
                    .checked_sub(1)
                    .is_some_and(|t| text.has(t, class::PLACE_TITLE) || text.has(t, class::TAG_TITLE))
        };
        if capital && (is_first_name(text, previous) || is_initial(text, previous)) && (!sure || titled()) {
            return Some("after_first_name");
        }
        let title = text.has(previous, class::PLACE_TITLE) || text.has(previous, class::TAG_TITLE);
        // « le docteur Vienne »: without a link a title never stands before a place.
        let linking = text.lang.setting(setting::PLACE_TAILS).is_none();
        if title && link == Link::None && !office && (linking || !sure && (person || capital)) {
            return Some("after_title");
        }
        let short = text.str(end - 1).ends_with('.');
        let personal = || !short && cue::ends_at(text, start, class::PLACE_TITLE_PERSON).is_some();
        if capital && link == Link::None && !office && !bound && personal() {
            return Some("after_title");
        }
    }
    if spot.tokens.len() == 1 && !bound && !office && persons.titled.contains(text.str(start)) {
        return Some("surname_in_this_text");
    }
    if sure || office {
        return None;
    }
    let longer = entity.is_some_and(|e| e.tokens.len() > spot.tokens.len());
    if spot.tokens.len() == 1 && is_first_name(text, start) && is_name_word(text, end) && end < range.end {
        let tail = text.value(end, class::PLACE_TAIL).is_some();
        if !tail && (person || entity.is_none() || text.has(end, class::TAG_SURNAME)) {
            return Some("before_surname");
        }
    }
    if person && longer {
        return Some("inside_person");
    }
    if spot.tokens.len() == 1
        && persons.knows(text.str(start))
        && (person || entity.is_none_or(|e| e.kind != EntityKind::Place))
    {
        return Some("surname_in_this_text");
    }
    None
}

/// True when the word lists know a word otherwise than as a name of persons.
pub(super) fn is_listed(text: &Text<'_>, i: usize) -> bool {
    let lexicon = text.lang.lexicon();
    let person = |class| class == class::TAG_GIVEN_NAME || class == class::TAG_SURNAME;
    let word = text.word(i);
    lexicon.entries(word).any(|e| !person(e.class)) || lexicon.forms(word).next().is_some()
}

/// A word of four letters or more that no list knows but as a name: what a name is made of in capitals.
pub(super) fn is_new(text: &Text<'_>, i: usize) -> bool {
    text.str(i).chars().filter(|c| c.is_alphabetic()).count() > 3
        && (!is_listed(text, i) || text.has(i, class::TAG_PLACE))
}
