//! Where a story plays: what a happening takes from outside its sentence, by what kind of happening it is.
//!
//! An incident is somewhere even when its sentence does not say where; a decision or a figure need not be.

use super::kind::EventType;
use super::mention::{DateBasis, EventPlace, EventTime};
use super::placing::{self, Ground, lies};
use super::scene::{Governor, View};
use super::segment::Opening;
use super::sense;
use super::story::{Draft, Story};
use super::told::Told;
use super::verb::Voice;
use super::word::Part;
use crate::lang::class;
use crate::place::{PlaceKind, PlaceRole};
use chrono::NaiveDate;

/// How many sentences a place is carried within its paragraph.
const NEAR: usize = 3;

/// How many days lie between two stories.
const LONG: i64 = 60;

/// How many days after the main happening its traces are dealt with where it was.
const AFTER: i64 = 2;

/// Where the main happening of a text took place, and on which days.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site {
    place: EventPlace,
    days: Option<(NaiveDate, NaiveDate)>,
}

impl Story<'_, '_, '_> {
    /// A place from outside the sentence: that of the story, of the main happening, of the dateline or heading.
    pub(super) fn elsewhere(
        &self,
        view: &View,
        draft: &Draft,
        time: Option<&EventTime>,
    ) -> Option<EventPlace> {
        let kind = draft.candidate.kind;
        if let Some((place, paragraph, sentence)) = &self.place
            && *paragraph == view.paragraph
            && !self.is_long_ago(time)
            && view.number - sentence <= NEAR
            && !is_said_or_decided(kind)
            && !(draft.told == Told::Planned && is_arranged(kind))
        {
            let place = self.narrowed(*place);
            return Some(EventPlace { rule: "place of the story", role: PlaceRole::Location, ..place });
        }
        if !is_said_or_decided(kind)
            && draft.told == Told::Done
            && let Some(place) = self.told_next(view)
        {
            return Some(place);
        }
        // « Les faits remontent à mardi. Vers minuit, à Sedan, »
        let facts = draft.candidate.reasons.contains(&"facts told before");
        if facts && let Some(place) = self.told_after(view) {
            return Some(place);
        }
        let group = draft.candidate.group.and_then(|g| self.scene.group(g));
        // « Une enquête a été ouverte »: nobody else is named who opened it elsewhere.
        let opened = kind == EventType::Trial && group.is_some_and(|g| g.voice == Voice::Passive);
        if (is_aftermath(kind) || opened)
            && let Some(site) = self.site.filter(|s| s.reaches(time, self.is_still_at(s)))
        {
            return Some(EventPlace {
                rule: "place of the main happening",
                role: PlaceRole::Location,
                ..site.place
            });
        }
        // What a dispatch tells as done was where it was written, if anywhere.
        let dispatch =
            self.ground.is_some_and(|g| g.end > 0) && draft.told == Told::Done && !is_said_or_decided(kind);
        // Who speaks may do so anywhere.
        let speaks = kind == EventType::Statement && group.is_none_or(|g| g.voice != Voice::Passive);
        (dispatch || is_incident(kind) || !speaks && self.is_news(draft, time))
            .then(|| self.grounded(view).filter(|_| !self.is_old(time)))
            .flatten()
    }

    /// Months away from the day of the story.
    fn is_long_ago(&self, time: Option<&EventTime>) -> bool {
        let day = self.day.as_ref().and_then(|(day, ..)| day.bounds.days().0);
        matches!((own_day(time), day), (Some(own), Some(day)) if (day - own).num_days().abs() > LONG)
    }

    /// Months before the report: what lies behind the news may have been anywhere.
    fn is_old(&self, time: Option<&EventTime>) -> bool {
        matches!((own_day(time), self.published), (Some(first), Some(published)) if (published - first).num_days() > LONG)
    }

    /// The news under a heading that names its place: told of the day of publication or of the one before.
    fn is_news(&self, draft: &Draft, time: Option<&EventTime>) -> bool {
        let heading = self.ground.is_some_and(|g| g.end == 0);
        let told = matches!(draft.told, Told::Done | Told::Present);
        let first = own_day(time);
        let fresh = |first: NaiveDate| self.published.is_some_and(|p| (p - first).num_days().abs() <= 1);
        heading && told && first.is_some_and(fresh)
    }

    /// "The marshal drove in from Derby": whoever comes in comes to where the story plays; where from is told beside it.
    pub(super) fn arrived(&self, view: &View, draft: &Draft, time: Option<&EventTime>) -> Option<EventPlace> {
        let group = draft.candidate.group.and_then(|g| self.scene.group(g))?;
        let from = draft.places.iter().all(|p| p.role == PlaceRole::Origin) && !draft.places.is_empty();
        if !from || !sense::is_verb(self.scene.text, group.head, class::EVENT_ARRIVE, false) {
            return None;
        }
        let main = self.site.filter(|s| s.reaches(time, false)).map(|s| EventPlace {
            rule: "place of the main happening",
            role: PlaceRole::Location,
            ..s.place
        });
        let place = self.elsewhere(view, draft, time).or(main)?;
        draft.places.iter().all(|p| p.mention != place.mention).then_some(place)
    }

    /// « Une maison a été attaquée. La maison se trouve à Kenda »: where something of this sentence lies, by the next one.
    fn told_next(&self, view: &View) -> Option<EventPlace> {
        let scene = self.scene;
        let next = scene.views.get(view.number + 1).filter(|n| n.paragraph <= view.paragraph + 1)?;
        let (number, group) = scene.groups_in(next.groups.clone()).find(|(_, g)| lies(scene, g))?;
        let named = |i: usize| {
            scene.word(i).part == Part::Noun
                && view.tokens.clone().any(|t| scene.text.str(t).eq_ignore_ascii_case(scene.text.str(i)))
        };
        // What lies there is the subject, or stands right before the relative pronoun.
        let segment = scene.segment(scene.segment_of(next, group.first))?;
        let relative = segment.opening == Opening::Relative;
        let from = if relative { segment.tokens.start.saturating_sub(3) } else { segment.tokens.start };
        (from.max(next.tokens.start)..group.first).any(named).then_some(())?;
        let ties = placing::ties(scene, next, self.ground);
        let tie = ties.into_iter().find(|t| t.governor == Some(Governor::Group(number)))?;
        let rule = "place told in the next sentence";
        Some(EventPlace { mention: tie.mention, role: PlaceRole::Location, rule })
    }

    /// The first place that the next sentence of the paragraph tells something of.
    fn told_after(&self, view: &View) -> Option<EventPlace> {
        let scene = self.scene;
        let next = scene.views.get(view.number + 1).filter(|n| n.paragraph == view.paragraph)?;
        let local = |t: &placing::Tie| {
            let mention = scene.places.get(t.mention);
            mention.is_some_and(|m| m.role == PlaceRole::Location && placing::is_local(m))
        };
        let tie = placing::ties(scene, next, self.ground).into_iter().find(local)?;
        let rule = "place told in the next sentence";
        Some(EventPlace { mention: tie.mention, role: PlaceRole::Location, rule })
    }

    /// A division that the story has come to only holds the place of the main happening, if that lies in it.
    fn narrowed(&self, place: EventPlace) -> EventPlace {
        let meant = |p: EventPlace| self.scene.places.get(p.mention).and_then(|m| m.place.as_ref());
        let site = self.site.map(|s| s.place).filter(|site| {
            let (Some(inner), Some(outer)) = (meant(*site), meant(place)) else { return false };
            outer.is_division_around(inner)
        });
        site.unwrap_or(place)
    }

    /// The story has told of no place since.
    fn is_still_at(&self, site: &Site) -> bool {
        self.place.as_ref().is_some_and(|(place, ..)| place.mention == site.place.mention)
    }

    /// The place of the dateline or heading. What a dateline from a capital tells after its first paragraph may be
    /// anywhere in the country.
    fn grounded(&self, view: &View) -> Option<EventPlace> {
        let ground: Ground = self.ground?;
        let places = self.scene.places;
        let country = |n: usize| places.get(n).and_then(|p| p.place.as_ref()).map(|p| p.country.as_str());
        let wide = self.focus.filter(|f| country(*f) == country(ground.mention));
        let (mention, rule) = match wide {
            Some(wide) if ground.capital.is_some_and(|lead| view.paragraph > lead) => match self.home {
                Some(home) => (home, "town of the report"),
                None => (wide, "country of the dateline"),
            },
            // "France" over a report from one town.
            _ if self.home.is_some_and(|home| self.holds(ground.mention, home)) => {
                (self.home?, "town of the report")
            }
            _ => match ground.lead.filter(|(_, paragraph)| view.paragraph <= paragraph + 1) {
                Some((lead, _)) => (lead, "place of the lead"),
                None => (ground.mention, "place of the dateline or heading"),
            },
        };
        Some(EventPlace { mention, role: PlaceRole::Container, rule })
    }

    /// A country holds a town.
    fn holds(&self, country: usize, town: usize) -> bool {
        let meant = |n: usize| self.scene.places.get(n).and_then(|m| m.place.as_ref());
        let (Some(outer), Some(inner)) = (meant(country), meant(town)) else { return false };
        outer.kind == PlaceKind::Country && outer.country == inner.country
    }

    /// « Le roi s'est rendu sur place »: the place of the main happening, unless the story has just told of
    /// another one.
    pub(super) fn on_site(&self, view: &View, places: &mut [EventPlace]) {
        let here = self.place.as_ref().filter(|(_, paragraph, _)| *paragraph == view.paragraph);
        let Some(site) = here.map(|(place, ..)| self.narrowed(*place)).or(self.site.map(|s| s.place)) else {
            return;
        };
        for place in places {
            let Some(mention) = self.scene.places.get(place.mention).filter(|p| p.anaphor) else { continue };
            let at = self.scene.text.tokens_in(mention.span).start;
            if self.scene.text.value(at, class::PLACE_ANAPHOR).is_none()
                && self.scene.text.phrase(at, class::PLACE_ANAPHOR).is_some_and(|(_, v)| v == "any")
            {
                place.mention = site.mention;
            }
        }
    }

    /// Keeps the place where the story is now. What is told aside, or done before the story, leads nowhere; nor do
    /// the hospitals that the wounded are taken to.
    pub(super) fn move_on(
        &mut self,
        view: &View,
        draft: &Draft,
        place: EventPlace,
        kind: EventType,
        aside: bool,
    ) {
        let scene = self.scene;
        let time = draft.time.as_ref().filter(|t| t.basis == DateBasis::Explicit);
        let group = draft.candidate.group.and_then(|g| scene.group(g));
        let moves = matches!(
            kind,
            EventType::Aid | EventType::Displacement | EventType::Health | EventType::Movement
        );
        let taken = (moves || place.role == PlaceRole::Destination)
            && group.is_some_and(|g| g.voice == Voice::Passive);
        let far = time.is_some_and(|t| {
            use crate::time::Granularity::{Century, Decade, Month, Quarter, Season, Year};
            matches!(t.granularity, Month | Quarter | Season | Year | Decade | Century)
        });
        // « a condamné l'attaque depuis Rome »: where somebody speaks.
        let says = is_said_or_decided(kind) || matches!(kind, EventType::Diplomacy | EventType::Trial);
        let speaks = says && place.role == PlaceRole::Origin;
        if aside || taken || far || speaks {
            return;
        }
        self.place = Some((place, view.paragraph, view.number));
        let own = place.rule == "place of the clause" || place.rule == "place of the neighbouring words";
        if own
            && self.site.is_none()
            && is_main(kind)
            && matches!(draft.told, Told::Done | Told::Imperfect | Told::Present)
        {
            let days = draft.time.as_ref().and_then(|t| match t.bounds.days() {
                (Some(first), Some(last)) => Some((first, last)),
                _ => None,
            });
            self.site = Some(Site { place, days });
        }
    }
}

/// The first day of a time that a happening's own words tell.
fn own_day(time: Option<&EventTime>) -> Option<NaiveDate> {
    time.filter(|t| t.basis == DateBasis::Explicit).and_then(|t| t.bounds.days().0)
}

impl Site {
    /// A happening on that day, or soon after, may be dealing with the main one; where the story never went
    /// elsewhere, what begins then, too.
    fn reaches(&self, time: Option<&EventTime>, still: bool) -> bool {
        let (Some((first, last)), Some(time)) = (self.days, time) else { return true };
        match time.bounds.days() {
            (Some(a), Some(b)) => {
                let end = if still { a } else { b };
                a >= first && (end - last).num_days() <= AFTER
            }
            _ => false,
        }
    }
}

/// Said, decided, counted: where the story plays has no part in it.
pub(super) fn is_said_or_decided(kind: EventType) -> bool {
    use EventType::{Economy, Law, Politics, Science, Statement, Technology};
    matches!(kind, Economy | Law | Politics | Science | Statement | Technology)
}

/// Where people meet is arranged, and where the story plays says nothing of it.
fn is_arranged(kind: EventType) -> bool {
    matches!(kind, EventType::Agreement | EventType::Ceremony | EventType::Diplomacy | EventType::Movement)
}

/// Cannot but have been somewhere, and most likely where the text is from.
pub(super) fn is_incident(kind: EventType) -> bool {
    use EventType::{
        Abduction, Accident, Aid, Arrest, Attack, Battle, Capture, Ceasefire, Ceremony, Closing, Coercion,
        Construction, Crime, Disaster, Displacement, Election, Fire, Health, Killing, Military, Opening,
        Protest, Release, Riot, Strike, Walkout, Weather,
    };
    matches!(
        kind,
        Abduction
            | Accident
            | Aid
            | Arrest
            | Attack
            | Battle
            | Capture
            | Ceasefire
            | Ceremony
            | Closing
            | Coercion
            | Construction
            | Crime
            | Disaster
            | Displacement
            | Election
            | Fire
            | Health
            | Killing
            | Military
            | Opening
            | Protest
            | Release
            | Riot
            | Strike
            | Walkout
            | Weather
    )
}

/// What can be the main happening of a text.
fn is_main(kind: EventType) -> bool {
    use EventType::{
        Abduction, Accident, Attack, Battle, Ceremony, Construction, Culture, Disaster, Fire, Killing,
        Protest, Riot, Sport, Strike, Weather,
    };
    matches!(
        kind,
        Abduction
            | Accident
            | Attack
            | Battle
            | Ceremony
            | Construction
            | Culture
            | Disaster
            | Fire
            | Killing
            | Protest
            | Riot
            | Sport
            | Strike
            | Weather
    )
}

/// What follows a main happening where it was.
fn is_aftermath(kind: EventType) -> bool {
    use EventType::{
        Accident, Aid, Attack, Ceremony, Closing, Crime, Culture, Disaster, Displacement, Fire, Health,
        Killing, Opening, Protest, Release, Riot, Sport, Walkout, Weather,
    };
    matches!(
        kind,
        Accident
            | Aid
            | Attack
            | Ceremony
            | Closing
            | Crime
            | Culture
            | Disaster
            | Displacement
            | Fire
            | Health
            | Killing
            | Opening
            | Protest
            | Release
            | Riot
            | Sport
            | Walkout
            | Weather
    )
}
