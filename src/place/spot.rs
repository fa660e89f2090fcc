//! Finds the names of the gazetteer in a text: the longest one at every token that can begin a name.
//!
//! A spot is not yet a place: persons, common words and parts of other names are sorted out later.

use super::cue::{self, Before};
use super::quick::Quick;
use crate::gazetteer::{Candidate, Candidates, Gazetteer, NameSort, PlaceKind, Walker};
use crate::lang::{class, setting};
use crate::text::{Kind, Text, Token};
use std::ops::Range;

/// Most candidates kept of one name; names with more are ranked by prominence in the gazetteer.
const CANDIDATES: usize = 48;
/// Longest name, in tokens.
const LONGEST: usize = 8;

/// Words of the text that are a name of the gazetteer.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its sentence, by number.
    pub sentence: usize,
    /// The tokens of the sentence.
    pub range: Range<usize>,
    /// What ties it to the words before it.
    pub before: Before,
    /// The places it may mean, the most prominent one first; a range of [`Spots::pool`].
    pub candidates: Range<usize>,
    /// Only abbreviations match, and the text does not write one.
    pub needs_cue: bool,
    /// The sentence is written in capitals throughout.
    pub shouted: bool,
    /// A word of its kind belongs to the name but not to the gazetteer's: `Androscoggin River`.
    pub typed: Option<&'static str>,
}

impl Spot {
    /// A name that is in no gazetteer, with the word of its kind if it has one.
    pub(super) fn unlisted(text: &Text<'_>, tokens: Range<usize>, typed: Option<&'static str>) -> Self {
        let sentence = text.sentence_of(tokens.start);
        let range = text.sentences.get(sentence).map_or(0..0, |s| s.tokens.clone());
        let before = cue::before(text, range.start, tokens.start);
        Spot { tokens, sentence, range, before, candidates: 0..0, needs_cue: false, shouted: false, typed }
    }
}

/// All spots of a text.
#[derive(Debug, Default)]
pub(super) struct Spots {
    /// In order, without overlap.
    pub list: Vec<Spot>,
    /// Candidates of all spots.
    pub pool: Vec<Candidate>,
}

impl Spots {
    /// The candidates of a spot.
    pub(super) fn of(&self, spot: &Spot) -> &[Candidate] {
        self.pool.get(spot.candidates.clone()).unwrap_or_default()
    }
}

/// Finds all spots.
pub(super) fn spot(text: &Text<'_>, gazetteer: &Gazetteer) -> Spots {
    let mut spots = Spots {
        list: Vec::with_capacity(text.tokens.len() / 8),
        pool: Vec::with_capacity(text.tokens.len() / 4),
    };
    let ordinals = Ordinals::of(text);
    let mut known = Known::default();
    known.starts.reserve(text.tokens.len() / 16);
    known.names.reserve(text.tokens.len() / 16);
    for (number, sentence) in text.sentences.iter().enumerate() {
        let range = sentence.tokens.clone();
        let shouted = is_shouted(text, range.clone());
        let mut i = range.start;
        while i < range.end {
            let mut next = i + 1;
            if begins(text, &ordinals, i, &range)
                && let Some(mut found) =
                    name_at(text, gazetteer, i, &range, shouted, &mut known, &mut spots.pool)
            {
                // « La Côte d'Ivoire » at the head of a sentence is no place called La Côte.
                if i == range.start
                    && text.has(i, class::PLACE_ARTICLE)
                    && begins(text, &ordinals, i + 1, &range)
                    && let Some(other) =
                        name_at(text, gazetteer, i + 1, &range, shouted, &mut known, &mut spots.pool)
                    && other.end > found.end
                {
                    found = other;
                }
                next = found.end.max(next);
                add(&mut spots, text, number, found, shouted);
            }
            i = next;
        }
    }
    spots
}

/// A sentence of three words or more without a small letter.
pub(super) fn is_shouted(text: &Text<'_>, tokens: Range<usize>) -> bool {
    let all = text.tokens.get(tokens).unwrap_or_default();
    let words = || all.iter().filter(|t| t.kind == Kind::Word);
    let upper = words().filter(|t| t.upper()).count();
    // Few sentences shout: the letters of the others are not looked at.
    let long = |t: &&Token| !t.upper() && t.span.of(text.source).chars().nth(1).is_some();
    upper > 3 && words().filter(long).count() * 5 < upper
}

/// True when a name can begin at token `i`.
fn begins(text: &Text<'_>, ordinals: &Ordinals, i: usize, sentence: &Range<usize>) -> bool {
    let Some(token) = text.tokens.get(i) else { return false };
    if token.kind != Kind::Word {
        return false;
    }
    if token.capital() && !ordinals.holds(text.str(i)) {
        return true;
    }
    // « océan Indien », « mer Rouge »: the head is small, what follows is not.
    let follows = i + 1 < sentence.end && text.tokens.get(i + 1).is_some_and(|t| t.capital());
    follows && text.has(i, class::PLACE_HEAD)
}

/// « XIXe », "XIV": numbers in Roman figures, alone or with an ending that the language sets.
pub(super) struct Ordinals(Vec<&'static str>);

impl Ordinals {
    /// Those of the text's language.
    pub(super) fn of(text: &Text<'_>) -> Self {
        Ordinals(text.lang.setting(setting::PLACE_ORDINAL_ENDS).unwrap_or_default().split(' ').collect())
    }

    /// True for the ending of such a number.
    pub(super) fn ends(&self, word: &str) -> bool {
        self.0.contains(&word)
    }

    /// True for such a number, and for one in plain figures with an ending.
    pub(super) fn holds(&self, word: &str) -> bool {
        let plain = word.bytes().take_while(u8::is_ascii_digit).count();
        if plain > 0 {
            return word.get(plain..).is_some_and(|end| self.ends(end));
        }
        let figures = word.bytes().take_while(|b| b"IVXLC".contains(b)).count();
        match word.get(figures..) {
            _ if figures == 0 => false,
            Some("") => figures > 1,
            // « Le », « Ce »: a lone letter for fifty or a hundred is none.
            Some(rest) => self.ends(rest) && (figures > 1 || !word.starts_with(['L', 'C'])),
            None => false,
        }
    }
}

struct Found {
    start: usize,
    end: usize,
    /// A range of the pool.
    candidates: Range<usize>,
}

/// What was looked up before in this text.
#[derive(Default)]
struct Known<'t, 'g> {
    /// Where the name that is being read may end, and what the gazetteer has there.
    ends: Vec<(usize, Candidates<'g>)>,
    /// Where the walk stands after a first word; nothing when no name begins so.
    starts: Quick<&'t str, Option<u32>>,
    walkers: Vec<Walker<'g>>,
    /// The candidates of names as they were written, shouted or not, with an article before them or none, one of their
    /// own or none, after a name or not.
    names: Quick<(&'t str, bool, bool, bool, bool), Range<usize>>,
}

/// The longest name that begins at token `i`; its candidates go into the pool, once for all its mentions.
fn name_at<'t, 'g>(
    text: &Text<'t>,
    gazetteer: &'g Gazetteer,
    i: usize,
    sentence: &Range<usize>,
    shouted: bool,
    known: &mut Known<'t, 'g>,
    pool: &mut Vec<Candidate>,
) -> Option<Found> {
    let start = known.starts.entry(text.str(i)).or_insert_with_key(|word| {
        let mut walker = gazetteer.walker();
        walker.feed(word).then(|| {
            walker.look_ahead();
            known.walkers.push(walker);
            known.walkers.len() as u32 - 1
        })
    });
    let mut walker = known.walkers.get((*start)? as usize)?.clone();
    let mut article = None;
    known.ends.clear();
    let mut last = text.tokens.get(i)?.span.end;
    for n in (i..sentence.end).take(LONGEST) {
        let token = text.tokens.get(n)?;
        if n > i {
            if token.kind == Kind::Punct && !is_joint(text, n) {
                break;
            }
            let piece = text.source.get(last as usize..token.span.end as usize)?;
            last = token.span.end;
            if !walker.feed(piece) {
                break;
            }
        }
        if token.kind != Kind::Punct && ends_name(text, i, n) && walker.is_name() {
            known.ends.push((n + 1, walker.candidates()));
        }
    }
    if known.ends.is_empty() {
        return None;
    }
    // « à La Grave » is not Grave: the article would be part of the name, and the gazetteer would know it.
    let named = i > sentence.start + 1
        && text.has(i - 1, class::PLACE_ARTICLE)
        && text.tokens.get(i).is_some_and(|t| t.spaced())
        && text.tokens.get(i - 1).is_some_and(|t| t.capital() && t.spaced() && !t.upper())
        && !text.is_mark(i - 2, class::MARK_QUOTE)
        && !text.is_mark(i - 2, class::MARK_OPEN)
        && text.lang.setting(setting::PLACE_TAILS).is_none();
    let after_name = i > sentence.start
        && text.tokens.get(i - 1).is_some_and(|t| t.kind == Kind::Word && t.capital())
        && text.tokens.get(i).is_some_and(|t| t.spaced());
    // « L'Irak » at the head of a sentence is not Lirac: a name with that article of its own is written with it.
    let elided = text.has(i, class::PLACE_ARTICLE) && text.str(i).ends_with(APOSTROPHES);
    // The longest that means something; most often it is the first that is asked.
    known.ends.iter().rev().find_map(|&(end, ref meant)| {
        let name = text.slice(i..end);
        let article = *article
            .get_or_insert_with(|| i > sentence.start && cue::before(text, sentence.start, i).article);
        let candidates =
            known.names.entry((name, shouted, article, named, after_name)).or_insert_with(|| {
                let start = pool.len();
                let writing = Writing::of(name, shouted, article, after_name);
                let fitting = meant.clone().filter(|c| {
                    writing.fits(text, *c)
                        && (!elided || is_elided(text, gazetteer, *c))
                        && (!named || is_wide(gazetteer, *c))
                        && !(article && is_byname(text, gazetteer, *c))
                });
                pool.extend(fitting.filter(|c| is_placed(gazetteer, *c)).take(CANDIDATES));
                start..pool.len()
            });
        (!Range::is_empty(candidates)).then(|| Found { start: i, end, candidates: candidates.clone() })
    })
}

/// As keyboards and as printers write them.
const APOSTROPHES: [char; 2] = ['\'', '\u{2019}'];

/// A hyphen, an apostrophe or a dot inside a name: marks that gazetteer names do not count.
fn is_joint(text: &Text<'_>, i: usize) -> bool {
    matches!(text.str(i), "-" | "'" | "\u{2019}" | "\u{2010}" | "\u{2011}" | "\u{2013}")
        && text.tokens.get(i).is_some_and(|t| !t.spaced())
        && text.tokens.get(i + 1).is_some_and(|t| !t.spaced())
}

/// A name ends with a capital word; small words may end only names whose first word has no place of its
/// own there (« Union européenne »), which the gazetteer tells.
fn ends_name(text: &Text<'_>, first: usize, last: usize) -> bool {
    let Some(token) = text.tokens.get(last) else { return false };
    if last == first {
        return token.capital();
    }
    // « La ville », "The mill": an article with a capital is none.
    let named = (first..=last)
        .any(|n| text.tokens.get(n).is_some_and(|t| t.capital()) && !text.has(n, class::PLACE_ARTICLE));
    if !named {
        return false;
    }
    let lexicon = text.lang.lexicon();
    let small = !token.capital();
    let linking = lexicon.has(token.word, class::PLACE_LINK) || lexicon.has(token.word, class::PLACE_ARTICLE);
    !(small && (linking || text.str(last).chars().count() < 4))
}

/// « L'Aquila »: the article is part of the name.
fn is_elided(text: &Text<'_>, gazetteer: &Gazetteer, candidate: Candidate) -> bool {
    gazetteer.place(candidate.place).name(text.lang.code()).contains(APOSTROPHES)
}

/// Areas keep their names under any article, and names that go without theirs have one.
fn is_wide(gazetteer: &Gazetteer, candidate: Candidate) -> bool {
    candidate.form.sort() == NameSort::WithoutArticle || is_area(gazetteer.place(candidate.place).kind())
}

/// Places without a point of their own stand at 0, 0.
fn is_placed(gazetteer: &Gazetteer, candidate: Candidate) -> bool {
    let place = gazetteer.place(candidate.place);
    place.lat() != 0.0 || place.lon() != 0.0
}

/// « la route des Crêtes » is not the small town of Cretas: where towns take no article but in their names, one does
/// not stand before a name that a small town is only also called by.
fn is_byname(text: &Text<'_>, gazetteer: &Gazetteer, candidate: Candidate) -> bool {
    const SMALL: u32 = 100_000;
    let place = gazetteer.place(candidate.place);
    text.lang.setting(setting::PLACE_TAILS).is_none()
        && candidate.form.sort() == NameSort::Other
        && place.kind() == PlaceKind::City
        && place.population() < SMALL
}

/// How the text writes a name.
struct Writing {
    dotted: bool,
    /// Without a small letter.
    upper: bool,
    /// Three letters or fewer.
    short: bool,
    shouted: bool,
    /// An article stands before it.
    article: bool,
    /// Two letters and a dot, right after another name.
    after_name: bool,
}

impl Writing {
    fn of(name: &str, shouted: bool, article: bool, after_name: bool) -> Self {
        Writing {
            dotted: name.contains('.'),
            upper: !name.chars().any(char::is_lowercase),
            short: name.chars().filter(|c| c.is_alphabetic()).count() <= 3,
            shouted,
            article,
            after_name: after_name
                && name.len() == 3
                && name.ends_with('.')
                && name.contains(char::is_lowercase),
        }
    }

    /// True when the text writes the name as this candidate wants it.
    fn fits(&self, text: &Text<'_>, candidate: Candidate) -> bool {
        match candidate.form.sort() {
            // "Platte Co." is a county or a company, "Sulphur, La." a town in Louisiana.
            NameSort::Abbreviation if self.after_name => false,
            NameSort::Abbreviation => {
                let foreign = candidate.form.language().is_some_and(|l| l != text.lang.code());
                self.dotted || (self.upper && !self.shouted && !foreign)
            }
            NameSort::WithoutArticle => self.article,
            // Short names in capitals are abbreviations of something else.
            NameSort::Main | NameSort::Other => !(self.short && self.upper) || self.shouted,
        }
    }
}

fn add(spots: &mut Spots, text: &Text<'_>, sentence: usize, found: Found, shouted: bool) {
    let meant = spots.pool.get(found.candidates.clone()).unwrap_or_default();
    let needs_cue = meant.iter().all(|c| c.form.needs_cue());
    let (mut first, mut end) = (found.start, found.end);
    let mut typed = None;
    let range = text.sentences.get(sentence).map_or(0..0, |s| s.tokens.clone());
    // Words of its kind that belong to the name.
    if let Some(kind) = tail(text, end, &range) {
        typed = Some(kind);
        end += 1;
    } else if let Some((from, kind)) = cue::ends_at(text, first, class::PLACE_HEAD)
        .filter(|(from, _)| *from >= range.start && text.tokens.get(*from).is_some_and(|t| t.capital()))
        && kind != "region"
    {
        typed = Some(kind);
        first = from;
    }
    let before = cue::before(text, range.start, first);
    spots.list.push(Spot {
        tokens: first..end,
        sentence,
        range,
        before,
        candidates: found.candidates,
        needs_cue,
        shouted,
        typed,
    });
}

/// The kind of the capital word right after a name that belongs to it: `County`.
fn tail(text: &Text<'_>, end: usize, sentence: &Range<usize>) -> Option<&'static str> {
    let token = text.tokens.get(end)?;
    if end >= sentence.end || !token.capital() {
        return None;
    }
    let kind = text.value(end, class::PLACE_TAIL)?;
    // "Florida Highway Patrol" is no highway.
    let on = end + 1 < sentence.end
        && text.tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Word && t.capital());
    (kind != "street" || !on).then_some(kind)
}

/// True when a kind is an area that news name as such.
pub(crate) fn is_area(kind: PlaceKind) -> bool {
    matches!(
        kind,
        PlaceKind::Continent | PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Admin2 | PlaceKind::Region
    )
}
