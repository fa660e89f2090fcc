//! Follows the story sentence by sentence: which candidates stand as happenings, when and where they were.

use super::dating::{self, is_future, is_story_day};
use super::mention::{DateBasis, EventMention, EventPlace, EventTime, Status};
use super::placing;
use super::scene::{Governor, Scene, View};
use super::segment::Opening;
use super::trigger::{self, Candidate, Strength, Told};
use super::verb::Voice;
use super::word::{Form, Part};
use super::{focus, quantity, reserve, source, title};
use crate::lang::class;
use crate::text::SentenceKind;
use crate::time::Granularity;
use chrono::NaiveDate;

/// Longest trigger that takes its subject in, in characters.
const WIDE: usize = 50;

/// Where the story stands.
pub(super) struct Story<'t, 's, 'a> {
    scene: &'t Scene<'s, 'a>,
    published: Option<NaiveDate>,
    /// The last day told, with its paragraph and sentence.
    day: Option<(EventTime, usize, usize)>,
    /// The last place told, with its paragraph and sentence.
    place: Option<(EventPlace, usize, usize)>,
    /// The place of the dateline or of the heading.
    ground: Option<placing::Ground>,
    /// The country that the text is about, by the place in the list of a mention of it.
    focus: Option<usize>,
    /// Number of the first sentence of running text.
    lead: Option<usize>,
    /// The last paragraph that a stamp dates.
    stamped: Option<usize>,
    found: Vec<EventMention>,
}

/// A candidate with what its sentence gives it.
struct Draft {
    candidate: Candidate,
    told: Told,
    own: Vec<usize>,
    announced: Option<usize>,
    time: Option<EventTime>,
    places: Vec<EventPlace>,
}

impl<'t, 's, 'a> Story<'t, 's, 'a> {
    pub fn new(scene: &'t Scene<'s, 'a>, published: Option<NaiveDate>) -> Self {
        let ground = placing::ground(scene);
        Story {
            scene,
            published,
            day: None,
            place: None,
            ground,
            focus: focus::focus(scene.places),
            lead: None,
            stamped: None,
            found: Vec::new(),
        }
    }

    /// The mentions found.
    pub fn end(mut self) -> Vec<EventMention> {
        self.found.sort_by_key(|m| (m.trigger, m.kind));
        self.found
    }

    /// Reads the next sentence.
    pub fn tell(&mut self, view: &View) {
        if view.kind == SentenceKind::Debris {
            return;
        }
        let scene = self.scene;
        if view.kind == SentenceKind::Prose && self.lead.is_none() && !view.groups.is_empty() {
            self.lead = Some(view.number);
        }
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
        let ties = dating::ties(scene, view);
        let mut drafts: Vec<Draft> = trigger::candidates(scene, view)
            .into_iter()
            .map(|candidate| {
                let told = trigger::told(scene, &candidate);
                let own =
                    ties.iter().filter(|t| candidate.is_governed_by(t.governor)).map(|t| t.mention).collect();
                Draft { candidate, told, own, announced: None, time: None, places: Vec::new() }
            })
            .collect();
        self.announce(view, &ties, &mut drafts);
        self.pass_on(&ties, &mut drafts);
        let places = placing::ties(scene, view, self.ground);
        for draft in &mut drafts {
            draft.places = placing::locate(scene, view, &places, &draft.candidate);
        }
        for draft in &mut drafts {
            let look = self.look(draft.told);
            draft.time = dating::own(scene, &draft.own, look, DateBasis::Explicit, "time of the clause");
        }
        self.share(view, &mut drafts);
        for n in 0..drafts.len() {
            let Some(draft) = drafts.get(n) else { continue };
            if let Some(mention) = self.stand(view, draft) {
                let aside = draft.told == Told::Bare && draft.candidate.group.is_some();
                self.remember(view, aside, &mention);
                self.found.push(mention);
            }
        }
    }

    /// Times that date the saying, not the happening: « selon des informations diffusées jeudi », « a annoncé
    /// mardi que ».
    fn announce(&self, view: &View, ties: &[dating::Tie], drafts: &mut [Draft]) {
        let scene = self.scene;
        for tie in ties {
            let Governor::Group(number) = tie.governor else { continue };
            let Some(group) = scene.group(number) else { continue };
            let act = super::sense::is_verb(scene.text, group.head, class::EVENT_ACT, false);
            let says = group.sense.is_some_and(|s| s.report) && !act;
            let passes_on =
                !group.is_finite() && scene.text.phrase(group.head, class::EVENT_ANNOUNCE).is_some();
            if !says && !passes_on {
                continue;
            }
            let segment = scene.segment_of(view, group.head);
            let owner = scene.segment(segment).map_or(segment, |s| s.owner);
            let mut told_of = false;
            let origin = scene.segment(segment).map_or(group.first..group.first, |s| {
                let named = |i: &usize| scene.text.phrase(*i, class::EVENT_SOURCE).is_some();
                (s.tokens.start..group.first).rev().find(named).unwrap_or(group.first)..s.tokens.end
            });
            let dated: Vec<usize> = drafts
                .iter()
                .filter(|d| !d.own.is_empty() && d.candidate.group.is_some_and(|g| g != number))
                .map(|d| scene.segment(d.candidate.segment).map_or(d.candidate.segment, |s| s.owner))
                .collect();
            for draft in drafts.iter_mut() {
                if draft.candidate.group == Some(number) {
                    if passes_on {
                        draft.own.clear();
                    }
                    continue;
                }
                let own = scene.segment(draft.candidate.segment).map_or(draft.candidate.segment, |s| s.owner);
                let follows = draft.candidate.head > group.head;
                let object = says
                    && draft.candidate.group.is_none()
                    && own == owner
                    && follows
                    && self.is_object(group.last, draft.candidate.head);
                let content = says && follows && own != owner;
                // Nouns of who reports, and of a clause that has a time of its own, are not what the day is for.
                let noun = draft.candidate.group.is_none();
                let source =
                    passes_on && !(noun && (origin.contains(&draft.candidate.head) || dated.contains(&own)));
                if draft.own.is_empty() && (object || content || source) {
                    draft.announced.get_or_insert(tie.mention);
                    let full = super::sense::noun(scene.text, draft.candidate.head);
                    told_of |= object && full.is_some_and(|(_, s)| !s.weak);
                }
            }
            // « a annoncé mardi la fermeture »: the closing is what the sentence tells.
            if told_of {
                for draft in drafts.iter_mut().filter(|d| d.candidate.group == Some(number)) {
                    draft.candidate.strength = Strength::Support;
                }
            }
        }
    }

    /// Only determiners, adjectives, adverbs and times stand between a verb and its object.
    fn is_object(&self, verb: usize, noun: usize) -> bool {
        (verb + 1..noun).all(|i| {
            matches!(
                self.scene.word(i).part,
                Part::Determiner | Part::Adjective | Part::Adverb | Part::Number
            ) || self.scene.text.has(i, class::EVENT_DETERMINER)
        })
    }

    /// Where a telling looks: participles without a word of plans look back like the past tenses.
    fn look(&self, told: Told) -> dating::Look {
        let back = match told {
            Told::Done | Told::Before => Some(true),
            Told::Planned => Some(false),
            _ => None,
        };
        dating::Look { back, published: self.published }
    }

    /// Times that came to a verb that says nothing by itself go to the happening noun before them.
    fn pass_on(&self, ties: &[dating::Tie], drafts: &mut [Draft]) {
        for tie in ties {
            let Governor::Group(number) = tie.governor else { continue };
            let Some(idle) = drafts.iter().find(|d| d.candidate.group == Some(number)) else { continue };
            let says = self.scene.group(number).is_some_and(|g| g.sense.is_some_and(|s| s.report));
            if idle.candidate.strength > Strength::Support || says {
                continue;
            }
            let segment = idle.candidate.segment;
            let at = self.scene.times.get(tie.mention).map_or(0, |m| self.scene.text.tokens_in(m.span).start);
            let noun = drafts.iter_mut().find(|d| {
                d.candidate.group.is_none()
                    && d.candidate.segment == segment
                    && d.candidate.head < at
                    && at - d.candidate.head <= 12
                    && self.scene.group(number).is_some_and(|g| g.first > at)
            });
            if let Some(noun) = noun {
                noun.own.push(tie.mention);
            }
        }
    }

    /// Candidates without a time of their own take it from the clause they depend on or are joined to.
    fn share(&self, view: &View, drafts: &mut [Draft]) {
        let scene = self.scene;
        for n in 0..drafts.len() {
            let Some(draft) = drafts.get(n) else { continue };
            if draft.time.is_some() || draft.candidate.group.is_none() {
                continue;
            }
            if let Some(announced) = draft.announced {
                let time = dating::own(
                    scene,
                    &[announced],
                    self.look(Told::Done),
                    DateBasis::Announcement,
                    "day of the report",
                );
                if let Some(draft) = drafts.get_mut(n) {
                    draft.time = time;
                }
                continue;
            }
            if !matches!(draft.told, Told::Done | Told::Present | Told::Planned) {
                continue;
            }
            if scene.segment(draft.candidate.segment).is_some_and(|s| s.opening == Opening::Relative) {
                continue;
            }
            let told = draft.told;
            let head = draft.candidate.head;
            // « La crise a commencé en mars quand le maire a démissionné »: what a word of time opens happened then.
            let temporal =
                scene.segment(draft.candidate.segment).is_some_and(|s| s.opening == Opening::Temporal);
            let lends = |d: &Draft, t: &EventTime| is_story_day(t) || temporal && d.candidate.head < head;
            let donor = drafts
                .iter()
                .filter(|d| d.time.as_ref().is_some_and(|t| t.basis == DateBasis::Explicit && lends(d, t)))
                .filter(|d| {
                    d.told == told
                        || d.told == Told::Done && told == Told::Present
                        || d.told == Told::Imperfect
                })
                .filter(|d| d.candidate.group.is_some())
                .min_by_key(|d| (d.candidate.head > head, d.candidate.head.abs_diff(head)));
            let time = donor
                .and_then(|d| d.time.as_ref())
                .map(|t| dating::carried(t, DateBasis::Inferred, "time of the sentence"));
            if let Some(draft) = drafts.get_mut(n) {
                draft.time = time;
            }
        }
        // Nouns reported on a day: « a annoncé mardi le déblocage d'un fonds ».
        for draft in drafts.iter_mut() {
            if draft.time.is_none()
                && draft.candidate.group.is_none()
                && let Some(announced) = draft.announced
            {
                draft.time = dating::own(
                    scene,
                    &[announced],
                    self.look(Told::Done),
                    DateBasis::Announcement,
                    "day of the report",
                );
            }
        }
        let _ = view;
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
            time = self.carry(view, draft);
        }
        let placed = !draft.places.is_empty();
        // What a story goes on with: a day carried over, or a strong word that needs none.
        let goes_on = time.is_some() && (strength >= Strength::Plain || strength == Strength::Weak && placed)
            || strength == Strength::Strong
                && segment.opening != Opening::Relative
                && (time.is_some() || draft.places.iter().any(|p| p.rule == "place of the clause"));
        let mut stands = match draft.told {
            Told::Unreal => return None,
            Told::Done => timed && strength >= Strength::Unknown || goes_on,
            Told::Before => {
                timed && strength >= Strength::Unknown || time.is_some() && strength >= Strength::Plain
            }
            Told::Imperfect => timed && strength >= Strength::Weak,
            Told::Present if self.in_stamped(view) => {
                timed && strength >= Strength::Unknown
                    || goes_on
                    || time.is_some() && placed && strength >= Strength::Unknown
            }
            Told::Present => {
                let passive = group.is_some_and(|g| g.voice == Voice::Passive);
                timed && strength >= Strength::Unknown || goes_on && strength == Strength::Strong && passive
            }
            Told::Planned | Told::Possible | Told::Denied => {
                status = match draft.told {
                    Told::Planned => Status::Planned,
                    Told::Possible => Status::Possible,
                    _ => Status::Denied,
                };
                timed && strength >= Strength::Unknown || strength >= Strength::Strong && placed
            }
            Told::Bare => match group {
                Some(group) => {
                    if reserve::is_off(self.scene, view, candidate) {
                        return None;
                    }
                    let announces = scene.text.phrase(group.head, class::EVENT_ANNOUNCE).is_some();
                    timed && !announces && strength >= Strength::Unknown && group.form != Form::Infinitive
                        || timed && segment.opening == Opening::Before
                }
                None if reserve::is_called_off(self.scene, view, candidate) => return None,
                None => {
                    timed
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
        if reserve::habitual(self.scene, view, candidate) && !timed {
            stands = false;
        }
        if heading || group.is_some_and(|g| reserve::only_tells_who(scene, view, g, segment)) {
            stands = false;
        }
        let mut places = draft.places.clone();
        let bare = draft.candidate.strength < Strength::Weak && draft.own.is_empty();
        // Years and seasons lead away from the scene of the story.
        let aside = draft.time.as_ref().is_some_and(|t| t.basis == DateBasis::Explicit && !is_story_day(t));
        if places.is_empty() && !bare && !aside {
            places.extend(placing::elsewhere(scene, view, self.place.as_ref(), self.ground, self.focus));
        }
        if places.is_empty() && strength >= Strength::Plain {
            places.extend(focus::place(self.focus, candidate.kind));
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
        let source = source::find(scene, view, candidate.segment);
        if source.is_some() && status == Status::Asserted {
            status = Status::Reported;
        }
        let toll = group
            .and_then(|g| scene.text.phrase(g.head, class::EVENT_TOLL))
            .and_then(|(_, v)| quantity::read_toll(v));
        let clause = self.clause(view, candidate);
        let main = places.first().and_then(|p| scene.places.get(p.mention));
        let mut reasons = candidate.reasons.clone();
        let reflexive = group.is_some_and(|g| g.voice == Voice::Reflexive);
        if group.is_some_and(|g| super::sense::is_verb(scene.text, g.head, class::EVENT_RESULT, reflexive)) {
            reasons.push("result");
        }
        reasons.push(match strength {
            Strength::Strong => "strong word",
            Strength::Plain => "word of the lists",
            Strength::Weak => "weak word",
            Strength::Unknown => "verb with a time",
            Strength::Support => "noun",
        });
        let quantities = quantity::find(scene, clause.clone(), toll);
        let title = title::Headline {
            scene,
            view,
            candidate,
            told: draft.told,
            place: main,
            quantities: &quantities,
        }
        .write();
        Some(EventMention {
            trigger: scene.text.span(self.trigger(view, draft)),
            lemma: lemma(scene, candidate.head),
            kind: candidate.kind,
            clause: scene.text.span(clause),
            sentence: view.number,
            actors: super::actor::find(scene, view, candidate),
            quantities,
            source,
            status,
            title,
            time,
            places,
            stands,
            reasons,
        })
    }

    /// The day of the story, for a happening that the story goes on with.
    fn carry(&self, view: &View, draft: &Draft) -> Option<EventTime> {
        if self.in_stamped(view) {
            let (day, _, _) = self.day.as_ref()?;
            let verbless = is_verbless(self.scene, view);
            let says = draft
                .candidate
                .group
                .and_then(|g| self.scene.group(g))
                .is_some_and(|g| g.sense.is_some_and(|s| s.report));
            let strong = super::sense::noun(self.scene.text, draft.candidate.head)
                .is_some_and(|(_, s)| !s.weak && !s.state);
            let tells = match draft.told {
                _ if says => false,
                Told::Done | Told::Present => {
                    draft.candidate.strength >= Strength::Plain
                        || draft.candidate.strength >= Strength::Unknown && !draft.places.is_empty()
                }
                Told::Bare => verbless && strong && draft.candidate.group.is_none(),
                _ => false,
            };
            if tells {
                return Some(dating::carried(day, DateBasis::Inferred, "stamp of the paragraph"));
            }
        }
        if !matches!(draft.told, Told::Done | Told::Present) {
            return None;
        }
        // « Les cars sont arrivés dans Pella » goes on with the story: done, in a main clause, at a place of its
        // own. A strong word needs no place.
        let segment = self.scene.segment(draft.candidate.segment)?;
        let steps_on = draft.candidate.strength == Strength::Plain
            && draft.told == Told::Done
            && segment.opening != Opening::Relative
            && draft.places.iter().any(|p| p.rule == "place of the clause");
        if draft.candidate.strength < Strength::Strong && !steps_on {
            return None;
        }
        let (day, paragraph, sentence) = self.day.as_ref()?;
        if self.narrates(view) && view.number - sentence <= 6 {
            return Some(dating::carried(day, DateBasis::Inferred, "day of the story"));
        }
        let same = *paragraph == view.paragraph;
        let next = view.paragraph == *paragraph + 1 && (steps_on || self.narrates(view));
        let near = view.number - sentence <= 3;
        let strong = draft.candidate.strength == Strength::Strong
            && draft.told == Told::Done
            && segment.opening != Opening::Relative
            && view.paragraph <= *paragraph + 2
            && view.number - sentence <= 5;
        if (same || next) && near || strong {
            return Some(dating::carried(day, DateBasis::Inferred, "day of the story"));
        }
        None
    }

    /// The stamp of this paragraph dates it, not an earlier one.
    fn in_stamped(&self, view: &View) -> bool {
        self.stamped == Some(view.paragraph)
    }

    /// The sentence opens with a word that goes on with the story.
    fn narrates(&self, view: &View) -> bool {
        view.tokens
            .clone()
            .take(3)
            .any(|i| matches!(self.scene.text.phrase(i, class::EVENT_NARRATION), Some((_, "same" | "later"))))
    }

    /// What the story goes on from; what a participle tells aside (« la neige tombée la veille ») gives no day.
    fn remember(&mut self, view: &View, aside: bool, mention: &EventMention) {
        if !mention.stands || !matches!(mention.status, Status::Asserted | Status::Reported) {
            return;
        }
        if let Some(time) = &mention.time
            && time.basis == DateBasis::Explicit
            && !aside
        {
            self.day = is_story_day(time).then(|| (time.clone(), view.paragraph, view.number));
        }
        if let Some(place) = mention.places.first()
            && !place.rule.starts_with("place of the story")
            && !place.rule.starts_with("place of the dateline")
            && !place.rule.starts_with("country")
        {
            self.place = Some((*place, view.paragraph, view.number));
        }
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

/// No verb with a person of its own.
fn is_verbless(scene: &Scene<'_, '_>, view: &View) -> bool {
    !scene.groups_in(view.groups.clone()).any(|(_, g)| g.is_finite())
}
