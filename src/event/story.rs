//! Follows the story sentence by sentence: which candidates stand as happenings, when and where they were.

use super::dating::{self, is_future, is_story_day};
use super::mention::{Actor, ActorRole, DateBasis, EventMention, EventPlace, EventTime, Status};
use super::placing;
use super::scene::{Scene, View};
use super::segment::Opening;
use super::site::Site;
use super::title::Plan;
use super::told::{self, Told};
use super::trigger::{self, Candidate, Strength};
use super::verb::{Chain, Group, Modal, Negation, Voice};
use super::word::{Form, Part, Tense};
use super::{carrying, deed, focus, lead, quantity, reserve, source, turn, year};
use crate::lang::{class, setting};
use crate::text::SentenceKind;
use crate::time::{Granularity, Relation};
use chrono::NaiveDate;

/// Longest trigger that takes its subject in, in characters.
const WIDE: usize = 50;

/// Longest time that an incident at the scene of the story may take, in days.
const WEEK: i64 = 7;

/// The same for all else.
const DAYS: i64 = 2;

/// Where the story stands.
pub(super) struct Story<'t, 's, 'a> {
    pub(super) scene: &'t Scene<'s, 'a>,
    pub(super) published: Option<NaiveDate>,
    /// The last day told, with its paragraph and sentence.
    pub(super) day: Option<(EventTime, usize, usize)>,
    /// The last place told, with its paragraph and sentence.
    pub(super) place: Option<(EventPlace, usize, usize)>,
    /// The place of the dateline or of the heading.
    pub(super) ground: Option<placing::Ground>,
    /// Where the main happening took place.
    pub(super) site: Option<Site>,
    /// The country that the text is about, by the place in the list of a mention of it.
    pub(super) focus: Option<usize>,
    /// The town of a local report, by a mention of it.
    pub(super) home: Option<usize>,
    /// It has told of one day only.
    pub(super) steady: bool,
    /// The last paragraph that a stamp dates.
    pub(super) stamped: Option<usize>,
    /// The sentence that tells the news: the first one told as done.
    pub(super) lead: Option<usize>,
    /// The first sentence, where it is whole.
    pub(super) opening: Option<usize>,
    pub(super) found: Vec<(EventMention, Plan)>,
}

/// A candidate with what its sentence gives it.
pub(super) struct Draft {
    pub candidate: Candidate,
    pub told: Told,
    pub own: Vec<usize>,
    pub announced: Option<usize>,
    /// Told as not done until a time, which is when it was.
    pub until: bool,
    pub time: Option<EventTime>,
    pub places: Vec<EventPlace>,
}

impl<'t, 's, 'a> Story<'t, 's, 'a> {
    pub fn new(scene: &'t Scene<'s, 'a>, published: Option<NaiveDate>) -> Self {
        let ground = placing::ground(scene);
        let day = Self::first_stamp(scene, published);
        Story {
            scene,
            published,
            day,
            place: None,
            ground,
            site: None,
            focus: focus::focus(scene.places),
            home: focus::home(scene.places),
            steady: true,
            stamped: None,
            lead: lead::sentence(scene),
            opening: lead::opening(scene),
            // A sentence has one or two.
            found: Vec::with_capacity(2 * scene.views.len()),
        }
    }

    /// The day of the stamp that dates a text, for what is told before it.
    fn first_stamp(scene: &Scene<'_, '_>, published: Option<NaiveDate>) -> Option<(EventTime, usize, usize)> {
        let view = scene.views.iter().take(4).find(|v| dating::stamp(scene, v).is_some())?;
        let stamp = dating::stamp(scene, view)?;
        let look = dating::Look { back: None, published, deed: false, denied_until: false, unsure: false };
        let time = dating::own(scene, &[stamp], look, DateBasis::Inferred, "stamp of the text")?;
        is_story_day(&time).then_some((time, 0, 0))
    }

    /// The mentions found, without titles, and what those are made from.
    pub fn end(mut self) -> Vec<(EventMention, Plan)> {
        self.found.sort_by_key(|(m, _)| (m.trigger, m.kind));
        self.found
    }

    /// Reads the next sentence.
    pub fn tell(&mut self, view: &View) {
        if view.kind == SentenceKind::Debris {
            return;
        }
        let scene = self.scene;
        if let Some(stamp) = dating::stamp(scene, view)
            && let Some(time) = dating::own(
                scene,
                &[stamp],
                self.look(Told::Bare),
                DateBasis::Inferred,
                "stamp of the paragraph",
            )
        {
            let clock = matches!(time.granularity, Granularity::Hour | Granularity::Minute);
            self.stamped = clock.then_some(view.paragraph);
            self.day = is_story_day(&time).then_some((time, view.paragraph, view.number));
        }
        let mut ties = dating::ties(scene, view);
        turn::redirect(scene, view, self.published, &mut ties);
        let mut drafts: Vec<Draft> = trigger::candidates(scene, view)
            .into_iter()
            .map(|candidate| {
                let told = told::told(scene, &candidate);
                let own =
                    ties.iter().filter(|t| candidate.is_governed_by(t.governor)).map(|t| t.mention).collect();
                Draft { candidate, told, own, announced: None, until: false, time: None, places: Vec::new() }
            })
            .collect();
        drafts.iter_mut().for_each(|d| {
            self.make_known(view, d);
            self.own_up(d);
        });
        self.announce(view, &ties, &mut drafts);
        self.pass_on(&ties, &mut drafts);
        self.gather(view, &mut drafts);
        let places = placing::ties(scene, view, self.ground);
        for draft in &mut drafts {
            draft.places = placing::locate(scene, view, &places, &draft.candidate);
            self.on_site(view, &mut draft.places);
        }
        self.join_places(view, &mut drafts);
        for draft in &mut drafts {
            self.comes_true(draft);
            let look = self.look_of(draft);
            draft.time = dating::own(scene, &draft.own, look, DateBasis::Explicit, "time of the clause");
            if let Some(time) = draft.time.as_mut().filter(|_| draft.told != Told::Planned) {
                let done = draft.told == Told::Done;
                let ahead = draft.told == Told::Present
                    && self.scene.text.lang.setting(setting::PRESENT_LOOKS_AHEAD).is_some();
                let own = year::Own { group: draft.candidate.group, done, ahead };
                year::unlean(scene, view, &ties, own, self.published, time);
            }
            self.check(draft);
        }
        self.share(view, &mut drafts);
        let led = self.leading(&drafts);
        for draft in drafts {
            if let Some(mention) = self.stand(view, &draft) {
                self.remember(view, &draft, &mention);
                let plan = Plan { view: view.number, told: draft.told, candidate: draft.candidate };
                self.found.push((mention, plan));
            }
        }
        self.go_by(view, led);
    }

    /// Where a telling looks: participles without a word of plans look back like the past tenses.
    pub(super) fn look(&self, told: Told) -> dating::Look {
        let back = match told {
            Told::Done | Told::Before => Some(true),
            Told::Planned => Some(false),
            _ => None,
        };
        dating::Look { back, published: self.published, deed: false, denied_until: false, unsure: false }
    }

    /// The same for a candidate: « sa démission prochaine » looks ahead.
    pub(super) fn look_of(&self, draft: &Draft) -> dating::Look {
        // "the Sept. 13 crash": what nobody plans has happened.
        if draft.told == Told::Bare && draft.candidate.group.is_none() && is_unplanned(draft.candidate.kind) {
            return dating::Look { unsure: true, ..self.look(Told::Done) };
        }
        // "may have left on Friday" looks back, "may leave on Friday" ahead.
        let group = draft.candidate.group.and_then(|g| self.scene.group(g));
        let open = draft.told == Told::Possible
            && group.is_some_and(|g| !g.perfect && (g.modal == Modal::Possible || is_ahead(g.tense)));
        let look =
            if open || self.is_planned(draft) { self.look(Told::Planned) } else { self.look(draft.told) };
        let word = draft.candidate.strength == Strength::Strong
            || draft.candidate.strength == Strength::Weak
                && group.is_some_and(|g| g.sense.is_some_and(|s| s.report));
        let unsure = draft.told == Told::Before
            || draft.told == Told::Done && group.is_some_and(|g| g.tense == Tense::Past && !g.perfect);
        // "The talks resume on Monday"
        let back =
            if draft.told == Told::Present && self.looks_ahead(draft) { Some(false) } else { look.back };
        // « se rend aujourd'hui à Sangatte », but « emploie aujourd'hui trente personnes »
        let goes = draft.candidate.strength == Strength::Plain
            && matches!(draft.candidate.kind, super::EventType::Movement | super::EventType::Diplomacy);
        let deed = draft.told == Told::Present && (word || goes);
        dating::Look { deed, denied_until: draft.until, unsure, back, ..look }
    }

    /// A figure told with a time since when.
    fn grew(&self, draft: &Draft) -> bool {
        let since = |m: &usize| self.scene.times.get(*m).is_some_and(|m| m.relation == Relation::Since);
        draft.candidate.kind == super::EventType::Economy && draft.own.iter().any(since)
    }

    /// Told in the present of a language that announces with it.
    fn looks_ahead(&self, draft: &Draft) -> bool {
        let scene = self.scene;
        let group = draft.candidate.group.and_then(|g| scene.group(g));
        scene.text.lang.setting(setting::PRESENT_LOOKS_AHEAD).is_some()
            && group.is_some_and(|g| g.tense == Tense::Present && g.is_finite() && !g.perfect)
    }

    /// "did not reopen until Monday" tells of Monday's reopening.
    fn comes_true(&self, draft: &mut Draft) {
        let Some(group) = draft.candidate.group.and_then(|g| self.scene.group(g)) else { return };
        let relation = |m: &usize| self.scene.times.get(*m).map(|m| m.relation);
        let double = group.tokens().any(|i| self.scene.text.has(i, class::EVENT_DOUBLE));
        let negated = group.negation == Negation::Full || double && self.is_negated(group);
        let ends = draft.own.iter().filter_map(relation).any(|r| r == Relation::Until);
        if !negated || !ends || !matches!(draft.told, Told::Denied | Told::Done) {
            return;
        }
        draft.until = true;
        let ahead = is_ahead(group.tense) || group.modal == Modal::Planned;
        draft.told = if ahead { Told::Planned } else { Told::Done };
    }

    /// A word of negation stands within the verb.
    fn is_negated(&self, group: &Group) -> bool {
        group.tokens().any(|i| self.scene.text.value(i, class::EVENT_NEGATION) == Some("full"))
    }

    /// « sa démission prochaine », « le vote prévu »: with a word of plans right after it.
    pub(super) fn is_planned(&self, draft: &Draft) -> bool {
        let after = draft.candidate.tokens.end;
        let candidate = &draft.candidate;
        candidate.group.is_none() && turn::is_called_for(self.scene, candidate.segment, candidate.head)
            || (after..after + 2).any(|i| self.scene.text.value(i, class::EVENT_HEDGE) == Some("planned"))
    }

    /// Takes away a time that cannot be that of the happening: one to come of what is told as done (« a relevé sa
    /// prévision pour 2020 »), unless it was put there; a length up to now of any verb in the present.
    fn check(&self, draft: &mut Draft) {
        let Some(time) = &draft.time else { return };
        let done = matches!(draft.told, Told::Done | Told::Before);
        let start = time.bounds.days().0;
        let text = self.scene.text;
        // « a décrété un deuil pour vendredi »
        let aimed = time.mention.and_then(|m| self.scene.times.get(m)).is_some_and(|m| {
            let before = text.tokens_in(m.span).start.checked_sub(1);
            before.is_some_and(|b| text.has(b, class::TIME_AIM))
        });
        let last = self.published.and_then(|p| if aimed { Some(p) } else { p.succ_opt() });
        let ahead = matches!((last, start), (Some(last), Some(start)) if start > last);
        let group = draft.candidate.group.and_then(|g| self.scene.group(g));
        let moved = group.is_some_and(|g| {
            matches!(g.chain, Chain::Decided | Chain::Planned)
                || matches!(self.scene.word(g.head).chain, Some(Chain::Decided | Chain::Planned))
                || text.has(g.head, class::EVENT_MOVED)
                || text.value(g.head, class::EVENT_HEDGE) == Some("planned")
        });
        let moved = moved || self.is_planned(draft);
        if done && ahead && moved {
            draft.told = Told::Planned;
            return;
        }
        let mention = time.mention.and_then(|m| self.scene.times.get(m));
        let length = mention.is_some_and(|m| dating::is_length_up_to_now(self.scene, m));
        // "in the next two weeks" dates only what is to come.
        let planned = draft.told == Told::Planned;
        let points = mention.and_then(dating::points_ahead);
        let weak = draft.candidate.strength < Strength::Plain && points != Some(true);
        if done && ahead || points.is_some_and(|ahead| ahead != planned) || length && !done && weak {
            draft.time = None;
            draft.own.clear();
        }
    }

    /// Decides whether a candidate stands as a happening and completes it.
    fn stand(&self, view: &View, draft: &Draft) -> Option<EventMention> {
        let scene = self.scene;
        let candidate = &draft.candidate;
        let group = candidate.group.and_then(|g| scene.group(g));
        let timed = !draft.own.is_empty() && draft.time.is_some();
        let strength = candidate.strength;
        let segment = scene.segment(candidate.segment)?;
        let heading = view.kind == SentenceKind::Heading;
        let mut status = Status::Asserted;
        let mut time = draft.time.clone();
        if time.is_none() {
            time = self.carry(view, draft).or_else(|| self.news(view, draft));
        }
        let news = time.as_ref().is_some_and(|t| t.trail.last() == Some(&lead::RULE));
        let placed = !draft.places.is_empty();
        let victim = deed::victim(scene, candidate).filter(|_| draft.told == Told::Bare);
        // What a story goes on with: a day carried over, or a strong word that needs none.
        let goes_on = time.is_some() && (strength >= Strength::Plain || strength == Strength::Weak && placed)
            || strength == Strength::Strong
                && !segment.is_aside(scene.text)
                && (time.is_some() || draft.places.iter().any(|p| p.rule == "place of the clause"));
        let mut stands = match draft.told {
            Told::Unreal => return None,
            Told::Done => {
                let moment = time
                    .as_ref()
                    .and_then(|t| t.trail.last())
                    .is_some_and(|rule| *rule == "moment of the clause" || *rule == carrying::NEXT_STEP);
                (timed || moment || news) && strength >= Strength::Unknown || goes_on
            }
            // "which had gained 6 percent since Monday": how far it had come by then.
            Told::Before if self.grew(draft) => false,
            Told::Before => {
                let moment = draft.time.is_some() && strength >= Strength::Weak;
                timed && strength >= Strength::Unknown
                    || time.is_some() && strength >= Strength::Plain
                    || moment
            }
            Told::Imperfect => timed && strength >= Strength::Plain,
            Told::Present if self.in_stamped(view) => {
                timed && strength >= Strength::Unknown
                    || goes_on
                    || time.is_some() && placed && strength >= Strength::Unknown
            }
            Told::Present => {
                // What was done to somebody, and results, may be told so.
                let over = group.is_some_and(|g| g.voice == Voice::Passive)
                    || candidate.kind == super::EventType::Sport;
                timed && strength >= Strength::Unknown
                    || news
                    || goes_on && strength == Strength::Strong && over
            }
            Told::Planned | Told::Possible | Told::Denied => {
                status = match draft.told {
                    Told::Planned => Status::Planned,
                    Told::Possible => Status::Possible,
                    _ => Status::Denied,
                };
                // « Elle l'annoncera ce soir, puis elle se réunira »: the next step of what is planned.
                let next = draft.told == Told::Planned
                    && time.as_ref().is_some_and(|t| t.trail.last() == Some(&"time of the sentence"));
                timed && strength >= Strength::Unknown || strength >= Strength::Strong && (placed || next)
            }
            Told::Bare => match group {
                Some(group) => {
                    if reserve::is_off(self.scene, view, candidate) {
                        return None;
                    }
                    let announces = scene.text.phrase(group.head, class::EVENT_ANNOUNCE).is_some();
                    timed && !announces && strength >= Strength::Unknown && group.form != Form::Infinitive
                        || (timed || time.is_some() && self.ends(draft)) && segment.opening == Opening::Before
                }
                None if reserve::is_called_off(self.scene, view, candidate) => return None,
                None => {
                    timed
                        || victim.is_some()
                        || draft.announced.is_some() && draft.time.is_some()
                        || time.as_ref().is_some_and(|t| t.trail.last() == Some(&"stamp of the paragraph"))
                }
            },
        };
        if reserve::speaks(self.scene, candidate) && (!timed || segment.quoted) {
            stands = false;
        }
        if reserve::hedged(self.scene, candidate, segment.tokens.start) && status == Status::Asserted {
            candidate.group?;
            status = Status::Possible;
        }
        if reserve::nobody(self.scene, candidate) && status == Status::Asserted {
            status = Status::Denied;
            stands &= strength >= Strength::Strong || timed;
        }
        let aside = draft.told == Told::Bare && group.is_some() || draft.told == Told::Present;
        if reserve::habitual(self.scene, view, candidate) && (!timed || aside) {
            stands = false;
        }
        // « chaque année depuis les années 1950 »: only a day makes one time of many.
        if reserve::recurs(self.scene, view, candidate) && !time.as_ref().is_some_and(is_story_day) {
            stands = false;
        }
        // "The attack left two dead": no second attack.
        let again = |(m, _): &(EventMention, Plan)| m.stands && m.kind == candidate.kind;
        let goes =
            group.is_some_and(|g| super::sense::is_verb(scene.text, g.head, class::EVENT_OCCUR, false));
        let known = candidate.reasons.contains(&trigger::KNOWN) && draft.own.is_empty();
        if known && !goes && self.found.iter().any(again) {
            stands = false;
        }
        if heading || group.is_some_and(|g| reserve::only_tells_who(scene, view, g, segment)) {
            stands = false;
        }
        let mut places = draft.places.clone();
        if let Some(place) = self.arrived(view, draft, time.as_ref()) {
            places.insert(0, place);
        }
        // What is told of before has no place of the sentence that speaks of it.
        let recalled = victim.is_some() && time.is_none();
        if recalled {
            places.retain(|p| p.rule == "place of the clause");
        }
        let bare = draft.candidate.strength < Strength::Weak && draft.own.is_empty();
        // Years and seasons lead away from the scene of the story; a week does for all but incidents.
        let aside =
            draft.time.as_ref().is_some_and(|t| t.basis == DateBasis::Explicit && is_far(t, candidate.kind));
        // What is called for may be anywhere.
        let called = group.is_none() && turn::is_called_for(scene, candidate.segment, candidate.head);
        if places.is_empty() && !bare && !aside && !recalled && !called {
            places.extend(self.elsewhere(view, draft, time.as_ref()));
        }
        if places.is_empty()
            && (recalled || strength >= Strength::Plain && focus::is_somewhere(candidate.kind))
        {
            places.extend(focus::place(self.focus));
        }
        let before = draft.told == Told::Before;
        if places.is_empty() && !recalled && !before && !super::site::is_said_or_decided(candidate.kind) {
            places.extend(focus::home_place(self.home));
        }
        let anywhere = recalled || called || focus::is_anywhere(candidate.kind);
        if places.is_empty() && !anywhere && strength >= Strength::Plain {
            places.extend(focus::headed(scene, self.ground));
        }
        if status == Status::Asserted
            && matches!(draft.told, Told::Present | Told::Bare)
            && time.as_ref().is_some_and(|t| is_future(t, self.published))
        {
            status = Status::Planned;
        }
        if !stands && (strength < Strength::Plain && candidate.noun.is_none() || draft.told == Told::Unreal) {
            return None;
        }
        let source = source::find(scene, view, candidate);
        if source.is_some() && status == Status::Asserted {
            status = Status::Reported;
        }
        let fate = group.and_then(|g| quantity::Fate::of(scene.text, g));
        let clause = self.clause(view, candidate);
        let mut reasons = Vec::with_capacity(8);
        reasons.extend_from_slice(&candidate.reasons);
        let reflexive = group.is_some_and(|g| g.voice == Voice::Reflexive);
        if group.is_some_and(|g| super::sense::is_verb(scene.text, g.head, class::EVENT_RESULT, reflexive)) {
            reasons.push("result");
        }
        let dated = view.times.clone().filter_map(|n| scene.times.get(n)).filter(|t| t.dates().is_some());
        if dated.count() > 1 {
            reasons.push("several times in its sentence");
        }
        reasons.push(match strength {
            Strength::Strong => "strong word",
            Strength::Plain => "word of the lists",
            Strength::Weak => "weak word",
            Strength::Unknown => "verb with a time",
            Strength::Support => "noun",
        });
        if recalled {
            reasons.push("deed with its victim");
        }
        // « la procédure entamée en mars »: a participle that says little, of a thing known by its article.
        let known = |i: usize| scene.text.has(i, class::EVENT_KNOWN);
        if draft.told == Told::Bare
            && strength <= Strength::Weak
            && group.is_some_and(|g| {
                g.form == Form::Past
                    && super::actor::before(scene, view, g.first).is_some_and(|s| known(s.start))
            })
        {
            reasons.push("told before");
        }
        // « un autre », « ensuite »: one more of its kind, or what came after.
        if view.another && clause.clone().any(|i| scene.text.phrase(i, class::EVENT_ANOTHER).is_some())
            || view.later.is_some_and(|later| later < clause.end)
        {
            reasons.push("another one");
        }
        // « Elle a récompensé » of a ceremony: a pronoun or a noun of the lists does it.
        let subject = group.and_then(|g| super::actor::told_subject(scene, view, g, candidate.segment));
        if subject.clone().is_some_and(|s| {
            let mut head = s.take_while(|&i| !scene.text.has(i, class::EVENT_OF));
            head.any(|i| scene.word(i).part == Part::Noun && scene.word(i).noun.is_some())
        }) {
            reasons.push("told of an occasion");
        }
        // « l'assaillant a été abattu »: the end of the deed, not part of it.
        let culprit = |i: usize| scene.text.has(i, class::EVENT_CULPRIT);
        if subject.is_some_and(|mut s| s.any(culprit)) || self.ends(draft) {
            reasons.push("told of the culprit");
        }
        let quantities = quantity::find(scene, clause.clone(), fate);
        let mut actors = super::actor::find(scene, view, candidate);
        actors.extend(victim.map(|v| Actor { span: scene.text.span(v), role: ActorRole::Patient }));
        Some(EventMention {
            trigger: scene.text.span(self.trigger(view, draft)),
            lemma: lemma(scene, candidate.head),
            kind: candidate.kind,
            clause: scene.text.span(clause),
            sentence: view.number,
            actors,
            quantities,
            source,
            status,
            title: String::new(),
            time,
            places,
            stands,
            reasons,
        })
    }

    /// The words of the trigger: where the verb says little, its short subject is part of it.
    fn trigger(&self, view: &View, draft: &Draft) -> std::ops::Range<usize> {
        let candidate = &draft.candidate;
        let own = candidate.tokens.clone();
        let Some(group) = candidate.group.and_then(|g| self.scene.group(g)) else { return own };
        let telling = candidate.strength == Strength::Strong && !reserve::nobody(self.scene, candidate);
        if telling || candidate.noun.is_some() {
            return own;
        }
        let subject = if group.is_finite() {
            super::actor::subject(self.scene, view, group, candidate.segment)
        } else {
            super::actor::before(self.scene, view, group.first)
        };
        let Some(subject) = subject else { return own };
        let whole = subject.start..own.end;
        let same = self.scene.segment_of(view, subject.start) == candidate.segment || !group.is_finite();
        let short = self.scene.text.slice(whole.clone()).chars().count() <= WIDE;
        if same && short && subject.start < own.start { whole } else { own }
    }

    fn clause(&self, view: &View, candidate: &Candidate) -> std::ops::Range<usize> {
        let mut range = candidate.tokens.clone();
        for n in self.scene.clause(view, candidate.segment) {
            if let Some(segment) = self.scene.segment(n) {
                range.start = range.start.min(segment.tokens.start);
                range.end = range.end.max(segment.tokens.end);
            }
        }
        range
    }
}

/// Nobody sets a day for it beforehand.
fn is_unplanned(kind: super::EventType) -> bool {
    use super::EventType::{Abduction, Accident, Attack, Crime, Disaster, Fire, Killing, Riot, Strike};
    matches!(kind, Abduction | Accident | Attack | Crime | Disaster | Fire | Killing | Riot | Strike)
}

/// Too long to be at the scene of the story, or open at one end.
fn is_far(time: &EventTime, kind: super::EventType) -> bool {
    let most = if super::site::is_incident(kind) { WEEK } else { DAYS };
    match time.bounds.days() {
        (Some(first), Some(last)) => (last - first).num_days() > most,
        _ => true,
    }
}

/// A tense of what is to come.
fn is_ahead(tense: Tense) -> bool {
    matches!(tense, Tense::Conditional | Tense::Future)
}

/// The lemma of a token as the lists have it, or the word itself.
fn lemma(scene: &Scene<'_, '_>, i: usize) -> String {
    let lexicon = scene.text.lang.lexicon();
    let word = scene.word(i);
    let verbal = word.part == Part::Verb;
    lexicon
        .forms(scene.text.word(i))
        .find(|f| f.shape.verb.is_some() == verbal)
        .map_or_else(|| scene.text.str(i).to_lowercase(), |f| f.lemma.to_owned())
}
