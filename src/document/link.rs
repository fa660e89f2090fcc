//! Mentions of one happening become one event.
//!
//! Two mentions are one when their types agree, their words or participants say the same, and neither their
//! days nor their places exclude each other.

use super::Event;
use super::id::{self, Id};
use super::occasion;
use crate::event::{DateBasis, EventMention, EventType, Qualifier, Quantity, Status, Telling};
use crate::place::{self, PlaceKind, PlaceMention};
use crate::span::Span;
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// What linking needs to see of an article.
pub(super) struct Source<'a> {
    pub text: &'a str,
    pub id: &'a str,
    pub sentences: &'a [Span],
    pub places: &'a [PlaceMention],
}

/// How many clusters back a mention may reach.
const REACH: usize = 40;

/// How many sentences after an incident its dead and injured are told.
pub(super) const NEAR: usize = 6;

/// How many sentences after « un attentat s'est produit » its course is told.
pub(super) const COURSE: usize = 3;

/// How many days before a report its news may lie.
const FRESH: i64 = 7;

/// The rule of places that the clause itself tells.
pub(super) const TOLD: &str = "place of the clause";

/// The rule of places that are those of the main happening.
const MAIN: &str = "place of the main happening";

/// The reason that says that the mentions of a happening count differently.
const DIFFERS: &str = "numbers differ";

/// A mention as linking compares it: what each comparison asks for, worked out once.
pub(super) struct Told<'a> {
    pub mention: &'a EventMention,
    pub days: Option<Days>,
    pub place: Option<Place<'a>>,
    /// The first letters of its lemma.
    stem: &'a str,
    /// What may make it one with another mention: see [`Told::may_be_in`].
    ties: u128,
    /// The first two participants as written.
    actors: [&'a str; 2],
    /// The telling words of those participants, in lower case; few are ever asked for.
    who: OnceCell<Vec<String>>,
    /// It tells the dead or injured of something.
    result: bool,
    /// A noun that only says that something took place.
    pub empty: bool,
    /// Told of by a noun with its victim, without a day.
    recalled: bool,
    /// It has the day of publication for want of a better one.
    guessed: bool,
    /// Its own words date it.
    pub own_time: bool,
    /// Its words set it apart from what was told before.
    pub another: bool,
    /// A participle that only says again that something known was begun.
    again: bool,
    /// A word for any deed told before.
    facts: bool,
    /// It befell those who did the deed.
    culprit: bool,
}

impl<'a> Told<'a> {
    fn new(source: &Source<'a>, mention: &'a EventMention) -> Self {
        let stem = stem(&mention.lemma);
        let result = mention.reasons.contains(&"result");
        Told {
            mention,
            ties: ties(mention.kind, stem, result),
            days: days(mention),
            place: own_place(source, mention),
            stem,
            actors: [0, 1].map(|n| mention.actors.get(n).map_or("", |actor| actor.span.of(source.text))),
            who: OnceCell::new(),
            result,
            empty: mention.reasons.contains(&"noun with an empty verb"),
            recalled: mention.reasons.contains(&"deed with its victim"),
            guessed: mention.time.as_ref().is_some_and(|t| t.basis == DateBasis::Publication),
            own_time: mention.time.as_ref().is_some_and(|t| t.basis == DateBasis::Explicit),
            another: mention.reasons.contains(&"another one"),
            again: mention.reasons.contains(&"told before"),
            facts: mention.reasons.contains(&"facts told before"),
            culprit: mention.reasons.contains(&"told of the culprit"),
        }
    }

    /// False where no rule of [`same`] can bring it together with a mention of the cluster: no type, occasion or word of
    /// theirs is akin, and it is no deed told of again. Most clusters need no closer look.
    fn may_be_in(&self, cluster: &Cluster) -> bool {
        self.ties & cluster.ties != 0 || self.again || self.facts
    }

    /// The end of those who did the deed.
    fn is_end(&self) -> bool {
        let killed = matches!(self.mention.kind, EventType::Killing | EventType::Life);
        self.culprit && (self.result || killed)
    }

    /// Both have the same days.
    pub fn same_days(&self, other: &Self) -> bool {
        self.days.is_some() && self.days == other.days
    }

    /// "has been jailed … He was jailed on Friday": one has the day of publication for want of a better one, and the
    /// other, told by its own words, was in the days before.
    fn explains(&self, other: &Self) -> bool {
        let (guess, own) = if self.guessed { (self, other) } else { (other, self) };
        guess.guessed
            && own.own_time
            && !own.another
            && matches!((guess.days, own.days), (Some(guess), Some(own)) if own.1 <= guess.1 && (guess.1 - own.0).num_days() <= FRESH)
    }

    /// Both have the same main place.
    pub fn same_place(&self, other: &Self) -> bool {
        matches!((&self.place, &other.place), (Some(a), Some(b)) if a.name() == b.name())
    }

    /// Both are at one place, or one of them says nothing of a place of its own.
    pub fn place_fits(&self, other: &Self) -> bool {
        self.place.is_none() || other.place.is_none() || self.same_place(other)
    }

    /// A participant of both is named with the same telling word.
    pub fn shares_actor(&self, other: &Self) -> bool {
        self.who().iter().any(|w| other.who().contains(w))
    }

    fn who(&self) -> &[String] {
        self.who.get_or_init(|| {
            let words = self.actors.iter().flat_map(|a| a.split(|c: char| !c.is_alphanumeric()));
            words.filter(|w| w.chars().nth(3).is_some()).map(str::to_lowercase).collect()
        })
    }
}

/// Mentions that are one happening so far.
#[derive(Default)]
struct Cluster {
    mentions: Vec<usize>,
    /// One of them stands by itself.
    stands: bool,
    /// What some of them may have in common with another one.
    ties: u128,
}

impl Cluster {
    fn add(&mut self, number: usize, mention: &Told<'_>) {
        self.mentions.push(number);
        self.stands |= mention.mention.stands;
        self.ties |= mention.ties;
    }
}

/// Unites the mentions of an article. Only those that an event takes in need titles.
pub(super) fn link(source: &Source<'_>, telling: &Telling<'_, '_>) -> Vec<Event> {
    let mentions = telling.mentions();
    let told: Vec<Told> = mentions.iter().map(|m| Told::new(source, m)).collect();
    let mut clusters: Vec<Cluster> = Vec::with_capacity(told.len());
    for (number, mention) in told.iter().enumerate() {
        let fits = |cluster: &Cluster| {
            let mut others = cluster.mentions.iter().filter_map(|&m| told.get(m));
            // What only supports is no bridge between two others.
            let bridge = |other: &Told| cluster.mentions.len() == 1 || other.mention.stands;
            mention.may_be_in(cluster)
                && others.clone().any(|other| bridge(other) && same(other, mention))
                && others.all(|other| compatible(other, mention))
        };
        // Happenings that stand by themselves first: what supports nothing yet is no reason to part from them.
        let mut home = None;
        for (n, cluster) in clusters.iter().enumerate().rev().take(REACH) {
            if (cluster.stands || home.is_none()) && fits(cluster) {
                home = Some(n);
                if cluster.stands || !mention.mention.stands {
                    break;
                }
            }
        }
        match home.and_then(|n| clusters.get_mut(n)) {
            Some(cluster) => cluster.add(number, mention),
            None => {
                let mut cluster = Cluster::default();
                cluster.add(number, mention);
                clusters.push(cluster);
            }
        }
    }
    let mut events: Vec<Event> =
        clusters.into_iter().filter_map(|cluster| unite(source, telling, &told, cluster.mentions)).collect();
    events.iter().flat_map(|event| &event.mentions).for_each(|n| _ = telling.title(*n));
    name(source, mentions, &mut events);
    events
}

/// Gives each event its id; those that share all words are counted.
fn name(source: &Source<'_>, mentions: &[EventMention], events: &mut [Event]) {
    let mut namer = id::Namer::new(source.id, source.text, source.sentences);
    // Mentions that no event took in need none; the others are named in order, each sentence once.
    let mut own: Vec<Option<Id>> = vec![None; mentions.len()];
    let mut told: Vec<usize> = events.iter().flat_map(|event| event.mentions.iter().copied()).collect();
    told.sort_unstable();
    for number in told {
        if let Some((slot, mention)) = own.get_mut(number).zip(mentions.get(number)) {
            *slot = Some(namer.id(mention));
        }
    }
    let mut seen: BTreeSet<Id> = BTreeSet::new();
    for event in events.iter_mut() {
        let first = event.mentions.iter().min().and_then(|&m| own.get(m).copied().flatten());
        let Some(first) = first else { continue };
        let (mut repeat, mut id) = (0, first);
        while !seen.insert(id) {
            repeat += 1;
            id = first.again(repeat);
        }
        event.id = id.to_string();
    }
    // A happening also answers to the ids that its other mentions would give it, so that it is found again
    // when a better rule links its mentions otherwise.
    for event in events.iter_mut() {
        for &number in &event.mentions {
            if mentions.get(number).is_some_and(|m| m.stands)
                && let Some(Some(id)) = own.get(number)
                && seen.insert(*id)
            {
                event.aliases.push(id.to_string());
            }
        }
    }
}

/// What a mention may have in common with another one, as bits: its type, the group and the occasion of that, that
/// it has or tells victims, and in the upper half its word, with few others to a bit.
fn ties(kind: EventType, stem: &str, result: bool) -> u128 {
    let mut bits = 1 << kind as u32;
    let types = EventType::ALL.len();
    let victims = result || has_victims(kind) || is_deadly(kind);
    bits |= u128::from(victims) << types;
    bits |= group(kind).map_or(0, |n| 2 << (types + n));
    bits |= occasion::number(kind).map_or(0, |n| 2 << (types + GROUPS + n));
    let word = stem.bytes().fold(0u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
    bits | 1 << (64 + word % 64)
}

/// Do the two tell the same happening?
fn same(a: &Told<'_>, b: &Told<'_>) -> bool {
    if a.culprit != b.culprit && (a.is_end() || b.is_end()) {
        return false;
    }
    if result_of(a, b) || result_of(b, a) || one_toll(a, b) {
        return true;
    }
    let (one, two) = (a.mention, b.mention);
    if one.kind == EventType::Sport && two.kind == EventType::Sport && !b.own_time && a.place_fits(b) {
        return true;
    }
    if occasion::show(a, b) || occasion::detail(a, b) || occasion::detail(b, a) || occasion::step(a, b) {
        return true;
    }
    // A deed told of by its victim is one with other tellings of what befell the same.
    if a.recalled || b.recalled {
        let who = a.shares_actor(b);
        if who && is_deadly(one.kind) && is_deadly(two.kind) || a.recalled && b.recalled && !who {
            return who;
        }
    }
    let later = two.sentence > one.sentence && two.sentence - one.sentence <= COURSE;
    if b.again && later && a.same_days(b) && a.place_fits(b) && one.stands && !a.again {
        return true;
    }
    // « le meurtre de sa voisine … Les faits se sont produits en mars »
    if a.recalled && a.days.is_none() && later && b.empty && b.facts {
        return true;
    }
    let kin = kin(one.kind, two.kind);
    let words = a.stem == b.stem;
    if !kin && !words {
        return false;
    }
    let supports = !one.stands || !two.stands || a.recalled || b.recalled;
    let day = a.same_days(b);
    match (words, supports) {
        (true, true) => true,
        (true, false) => {
            let close = || a.same_place(b) && two.sentence - one.sentence <= 3;
            day && (close() || a.shares_actor(b)) || a.explains(b) && a.place_fits(b)
        }
        (false, true) => one.stands && one.kind == two.kind && a.same_place(b),
        (false, false) => {
            let open = a.days.is_none() || b.days.is_none();
            let toll =
                one.kind != two.kind && (one.kind == EventType::Killing || two.kind == EventType::Killing);
            kin && ((day || open) && a.shares_actor(b) || one.sentence == two.sentence && toll)
        }
    }
}

/// Types that the end of somebody is told with.
fn is_deadly(kind: EventType) -> bool {
    matches!(kind, EventType::Attack | EventType::Killing | EventType::Life | EventType::Strike)
}

/// Types of what people may be killed or hurt in.
fn has_victims(kind: EventType) -> bool {
    use EventType::{Abduction, Accident, Attack, Battle, Disaster, Fire, Riot, Strike, Weather};
    matches!(kind, Abduction | Accident | Attack | Battle | Disaster | Fire | Riot | Strike | Weather)
}

/// Dead and injured told close to what they died of, without a time or place of their own.
fn result_of(incident: &Told<'_>, result: &Told<'_>) -> bool {
    if !result.result || incident.result {
        return false;
    }
    let near = incident.mention.sentence.abs_diff(result.mention.sentence);
    let own = || {
        let told = result.mention.places.first().is_some_and(|p| p.rule == TOLD);
        told && !(incident.same_place(result) && incident.mention.sentence <= result.mention.sentence)
    };
    // What befell people where the main happening was belongs to it however late it is told.
    let main = || result.mention.places.first().is_some_and(|p| p.rule == MAIN);
    let late = || main() && incident.same_place(result) && incident.same_days(result);
    has_victims(incident.mention.kind)
        && (near == 0 || (near <= NEAR || late()) && !result.own_time && !own())
}

/// "killed 14 people and injured 30": the dead and the injured of one sentence.
fn one_toll(a: &Told<'_>, b: &Told<'_>) -> bool {
    let toll = |told: &Told| told.mention.quantities.iter().find_map(|q| q.toll);
    a.result
        && b.result
        && a.mention.sentence == b.mention.sentence
        && matches!((toll(a), toll(b)), (Some(x), Some(y)) if x != y)
}

/// Nothing says that they are two.
fn compatible(a: &Told<'_>, b: &Told<'_>) -> bool {
    let flat = |told: &Told| matches!(told.mention.status, Status::Asserted | Status::Reported);
    if flat(a) != flat(b) && a.mention.stands && b.mention.stands {
        return false;
    }
    if let (Some(x), Some(y)) = (a.days, b.days)
        && !a.explains(b)
        && (x.1 < y.0 || y.1 < x.0)
    {
        return false;
    }
    match (&a.place, &b.place) {
        (Some(x), Some(y)) => x.fits(y) || occasion::is_part(b),
        _ => true,
    }
}

pub(super) type Days = (chrono::NaiveDate, chrono::NaiveDate);

fn days(mention: &EventMention) -> Option<Days> {
    match mention.time.as_ref()?.bounds.days() {
        (Some(first), Some(last)) => Some((first, last)),
        _ => None,
    }
}

/// The main place of a mention.
pub(super) struct Place<'a> {
    /// How it came to the mention.
    pub rule: &'static str,
    own: &'a place::Place,
    /// Too wide to tell two happenings apart.
    pub coarse: bool,
}

impl Place<'_> {
    fn name(&self) -> &str {
        &self.own.name
    }

    /// The two may be one place, named more or less exactly.
    pub fn fits(&self, other: &Self) -> bool {
        self.name() == other.name()
            || self.coarse
            || other.coarse
            || self.lies_in(other)
            || other.lies_in(self)
    }

    /// « le 67th Precinct » lies in Brooklyn, a town in its county.
    fn lies_in(&self, other: &Self) -> bool {
        let (own, wide) = (self.own, other.own);
        own.kind != wide.kind
            && own.country == wide.country
            && !wide.name.is_empty()
            && (own.admin2 == wide.name || own.admin1 == wide.name)
    }
}

fn own_place<'a>(source: &Source<'a>, mention: &EventMention) -> Option<Place<'a>> {
    let main = mention.places.first()?;
    let own = source.places.get(main.mention)?.place.as_ref()?;
    Some(Place { rule: main.rule, own, coarse: is_coarse(own.kind) })
}

/// Too wide to tell two happenings apart.
pub(super) fn is_coarse(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Country | PlaceKind::Continent | PlaceKind::Admin1 | PlaceKind::Region)
}

/// Types that one happening may be told with.
pub(super) fn kin(a: EventType, b: EventType) -> bool {
    if a == b {
        return !matches!(a, EventType::Other);
    }
    group(a).is_some() && group(a) == group(b)
}

/// Numbers of [`group`].
const GROUPS: usize = 5;

/// Which types are told of one happening, by number.
fn group(kind: EventType) -> Option<usize> {
    use EventType::{
        Accident, Attack, Battle, Capture, Displacement, Fire, Killing, Movement, Protest, Riot, Strike,
    };
    match kind {
        Attack | Strike | Killing => Some(0),
        Battle | Capture => Some(1),
        Displacement | Movement => Some(2),
        Protest | Riot => Some(3),
        Accident | Fire => Some(4),
        _ => None,
    }
}

/// The first letters of a lemma, enough to bring « reprise » and « reprendre » together.
pub(super) fn stem(lemma: &str) -> &str {
    let end = lemma.char_indices().nth(5).map_or(lemma.len(), |(i, _)| i);
    lemma.get(..end).unwrap_or(lemma)
}

/// Two counts of the dead, injured or displaced that cannot both be right; both are kept.
pub(super) fn contradicts(a: &Quantity, b: &Quantity) -> bool {
    let reach = |q: &Quantity| match q.qualifier {
        Qualifier::Exact => (q.value, q.max.unwrap_or(q.value)),
        Qualifier::AtLeast => (q.value, f64::INFINITY),
        Qualifier::AtMost => (0.0, q.max.unwrap_or(q.value)),
        Qualifier::About => (q.value * 0.5, q.max.unwrap_or(q.value) * 1.5),
    };
    let ((low, high), (from, to)) = (reach(a), reach(b));
    a.toll.is_some() && a.toll == b.toll && (high < from || to < low)
}

/// Its own clause says where, more exactly than what another mention has from around it.
fn places_better(source: &Source<'_>, one: &EventMention, other: &EventMention) -> bool {
    let (x, y) = match (own_place(source, one), own_place(source, other)) {
        (Some(x), Some(y)) => (x, y),
        (Some(x), None) => return x.rule == TOLD && other.places.is_empty(),
        _ => return false,
    };
    let country = |m: &EventMention| {
        let main = m.places.first()?;
        source.places.get(main.mention)?.place.as_ref().map(|p| p.country.as_str())
    };
    x.rule == TOLD && !x.coarse && (y.coarse || y.rule != TOLD) && country(one) == country(other)
}

/// One event from its mentions: the fullest gives the record, the others fill what it lacks.
fn unite(
    source: &Source<'_>,
    telling: &Telling<'_, '_>,
    told: &[Told<'_>],
    mut cluster: Vec<usize>,
) -> Option<Event> {
    let worth = |n: &usize| {
        told.get(*n).map_or((false, false, false, false), |t| {
            (t.mention.stands, t.own_time, t.mention.time.is_some(), !t.mention.places.is_empty())
        })
    };
    cluster.sort_by(|a, b| worth(b).cmp(&worth(a)).then(a.cmp(b)));
    let fullest = told.get(*cluster.first()?)?;
    // "killed 14 people and injured 30 on Monday": the first verb tells, with the day of the last.
    let leads =
        |t: &&Told| t.mention.stands && t.mention.trigger < fullest.mention.trigger && one_toll(t, fullest);
    let lead = cluster.iter().copied().find(|&n| told.get(n).is_some_and(|t| leads(&t)));
    let mut titled = lead.or_else(|| cluster.first().copied())?;
    let first = told.get(titled)?.mention;
    if !first.stands {
        return None;
    }
    let mut record = first.clone();
    if lead.is_some() && fullest.own_time {
        record.time.clone_from(&fullest.mention.time);
    }
    // « Les faits remontent à mars » of a murder: which deed it was says the noun.
    let mut numbered = cluster.iter().filter_map(|&n| Some((n, told.get(n)?)));
    if let Some((n, deed)) = numbered.find(|(_, t)| t.recalled && !t.facts).filter(|_| fullest.facts) {
        record.kind = deed.mention.kind;
        titled = n;
    }
    record.title = telling.title(titled).to_owned();
    let own = record.trigger;
    let mentions = cluster.iter().filter_map(|&n| told.get(n)).map(|t| t.mention);
    for other in mentions.filter(|m| m.trigger != own) {
        if record.time.is_none() {
            record.time.clone_from(&other.time);
        }
        // What the article says itself is no hearsay because somebody else says it too.
        if record.status == Status::Reported && other.status == Status::Asserted && other.stands {
            record.status = Status::Asserted;
        }
        if record.source.is_none() {
            record.source = other.source;
        }
        if other.quantities.iter().any(|q| record.quantities.iter().any(|r| contradicts(r, q)))
            && !record.reasons.contains(&DIFFERS)
        {
            record.reasons.push(DIFFERS);
        }
        for quantity in &other.quantities {
            if !record
                .quantities
                .iter()
                .any(|q| q.span == quantity.span || q.unit == quantity.unit && q.value == quantity.value)
            {
                record.quantities.push(quantity.clone());
            }
        }
        if record.places.is_empty() && other.stands || places_better(source, other, &record) {
            record.places.clone_from(&other.places);
        }
    }
    let mut event = Event {
        id: String::new(),
        aliases: Vec::new(),
        mentions: cluster,
        record,
        confidence: 0.0,
        confidence_reasons: Vec::new(),
        tellings: Vec::new(),
    };
    (event.confidence, event.confidence_reasons) =
        super::confidence::judge(&event, source.places, source.text.len());
    Some(event)
}
