//! Which day a happening takes from the story so far, and what the story goes on from.

use super::dating::{self, is_story_day};
use super::mention::{DateBasis, EventMention, EventTime, Status};
use super::scene::{Scene, View};
use super::segment::Opening;
use super::sense;
use super::story::{Draft, Story};
use super::told::Told;
use super::trigger::{self, Strength};
use super::verb::{Group, Voice};
use super::word::{Form, Tense};
use crate::lang::class;
use crate::time::Granularity;

/// Why any verb has the day of the story.
pub(super) const NEXT_STEP: &str = "next step of the story";

/// How many sentences after the last day told the story still goes on with it.
const NEAR: usize = 6;

/// The same in a text that has told of one day only.
const STEADY: usize = 20;

/// The same for what was done next, told by a word that is no happening by itself.
const BESIDE: usize = 3;

/// How many of them for what is told in the present tense.
const NEXT: usize = 3;

impl Story<'_, '_, '_> {
    /// The day of the story, for a happening that the story goes on with.
    pub(super) fn carry(&self, view: &View, draft: &Draft) -> Option<EventTime> {
        let (day, paragraph, sentence) = self.day.as_ref()?;
        if draft.told == Told::Done && dating::is_future(day, self.published) {
            return None;
        }
        if self.in_stamped(view) && self.is_stamped(view, draft) {
            return Some(dating::carried(day, DateBasis::Inferred, "stamp of the paragraph"));
        }
        let segment = self.scene.segment(draft.candidate.segment)?;
        let past = view.number - sentence;
        if self.ends(draft) {
            let here = *sentence == view.number || self.steady && *paragraph == view.paragraph;
            return here.then(|| dating::carried(day, DateBasis::Inferred, "day of the story"));
        }
        let strong = draft.candidate.strength == Strength::Strong;
        let narrates = self.narrates(view);
        // « Des démineurs ont été dépêchés »: what was done next.
        let group = draft.candidate.group.and_then(|g| self.scene.group(g));
        let beside = *paragraph == view.paragraph
            && past <= BESIDE
            && !segment.opening.is_subordinate()
            && group.is_some_and(|g| g.voice == Voice::Passive && g.is_finite());
        let main = segment.is_main();
        let told = matches!(day.basis, DateBasis::Explicit | DateBasis::Publication);
        let next = told
            && past <= NEAR
            && (*paragraph == view.paragraph || self.steady)
            && main
            && self.is_next(view, draft);
        // "searched the cellar and found a knife": joined to a step of the story.
        let joined = told
            && main
            && past <= NEAR
            && draft.candidate.strength == Strength::Weak
            && self.joined(draft).is_some()
            && self.found.last().is_some_and(|(m, _)| m.stands && m.sentence == view.number);
        let step = (narrates || beside || next)
            && draft.told == Told::Done
            && draft.candidate.strength == Strength::Plain;
        // « Puis ils ont repeint la façade »: after a word that goes on, any verb is what was done next.
        let any = narrates && past <= NEXT && main && draft.told == Told::Done && is_any(draft, group);
        if (any || joined) && !self.is_aside(view, draft) {
            return Some(dating::carried(day, DateBasis::Inferred, NEXT_STEP));
        }
        if !matches!(draft.told, Told::Done | Told::Present)
            || !strong && !step && !arrives(draft, segment.opening)
            || self.is_aside(view, draft)
            // « La direction a porté plainte »: an office acts on a day of its own.
            || !narrates && *paragraph != view.paragraph && is_act_of_office(draft)
        {
            return None;
        }
        let near = match draft.told {
            Told::Done if !segment.is_aside(self.scene.text) => {
                past <= if self.steady { STEADY } else { NEAR }
            }
            // « Le maillot blanc est remporté par »: results are told in the present.
            Told::Present
                if main && strong && self.steady && draft.candidate.kind == super::EventType::Sport =>
            {
                past <= STEADY
            }
            _ => *paragraph == view.paragraph && past <= NEXT,
        };
        let goes_on = near || narrates && past <= NEAR;
        goes_on.then(|| dating::carried(day, DateBasis::Inferred, "day of the story"))
    }

    /// "Officers searched the car": the next step of the story, told in a simple past, unless it only speaks of what was
    /// told before ("The blaze spread").
    fn is_next(&self, view: &View, draft: &Draft) -> bool {
        let scene = self.scene;
        let candidate = &draft.candidate;
        let Some(group) = candidate.group.and_then(|g| scene.group(g)) else { return false };
        // What was going on is the background of a step, and a participle within another clause none.
        let goes_on = group.voice == Voice::Active && scene.word(group.head).form == Form::Present;
        let alone = scene
            .segment(candidate.segment)
            .is_some_and(|s| scene.groups_in(s.groups.clone()).filter(|(_, g)| g.is_finite()).count() == 1);
        let tells = group.is_finite() && group.tense == Tense::Past && !group.perfect && !goes_on && alone;
        let again = |i: usize| scene.text.has(i, class::EVENT_KNOWN) && scene.word(i + 1).noun.is_some();
        let known = || {
            let mut subject = super::actor::subject(scene, view, group, candidate.segment);
            subject.as_mut().and_then(Iterator::next).is_some_and(again)
        };
        // Who came, went, spoke or asked for something tells no step.
        use super::EventType::{Coercion, Movement, Statement};
        let aside = matches!(candidate.kind, Statement | Movement | Coercion);
        let object = candidate.noun.is_none()
            || candidate.reasons.contains(&trigger::EMPTY) && !candidate.reasons.contains(&trigger::KNOWN);
        tells && object && !aside && !known()
    }

    /// « a tiré sur la foule avant d'être abattu »: what a sentence told as done ends with.
    pub(super) fn ends(&self, draft: &Draft) -> bool {
        let scene = self.scene;
        let candidate = &draft.candidate;
        let infinitive = candidate
            .group
            .and_then(|g| scene.group(g))
            .is_some_and(|g| g.form == Form::Infinitive && !g.perfect);
        let Some(number) = candidate.group.filter(|_| infinitive && draft.told == Told::Bare) else {
            return false;
        };
        let before = scene.segment(candidate.segment).is_some_and(|s| s.opening == Opening::Before);
        let main = number.checked_sub(1).and_then(|n| scene.group(n));
        let done = main.is_some_and(|g| {
            g.shared || g.is_finite() && (g.tense == Tense::Past || g.perfect && g.tense == Tense::Present)
        });
        before && done && candidate.strength == Strength::Strong
    }

    /// What the stamp of its paragraph dates: what is told as done or going on, and a noun that stands for a
    /// sentence.
    fn is_stamped(&self, view: &View, draft: &Draft) -> bool {
        let scene = self.scene;
        let group = draft.candidate.group.and_then(|g| scene.group(g));
        if group.is_some_and(|g| g.sense.is_some_and(|s| s.report)) {
            return false;
        }
        let strength = draft.candidate.strength;
        match draft.told {
            Told::Done | Told::Present => {
                strength >= Strength::Plain || strength >= Strength::Unknown && !draft.places.is_empty()
            }
            Told::Bare => {
                let noun = sense::noun(scene.text, draft.candidate.head);
                let telling = noun.is_some_and(|(_, s)| !s.weak && !s.state);
                telling && group.is_none() && is_verbless(scene, view)
            }
            _ => false,
        }
    }

    /// « La soirée a connu son épilogue lundi »: the day of the first main clause told as done.
    pub(super) fn leading(&self, drafts: &[Draft]) -> Option<EventTime> {
        let main = |d: &&Draft| {
            let segment = self.scene.segment(d.candidate.segment);
            d.told == Told::Done
                && d.candidate.group.is_some()
                && segment.is_some_and(|s| !s.opening.is_subordinate() && !s.quoted)
                && d.time.as_ref().is_some_and(|t| t.basis == DateBasis::Explicit && is_story_day(t))
        };
        drafts.iter().find(main).and_then(|d| d.time.clone())
    }

    /// The story goes on from that day, though its clause may tell no happening by itself.
    pub(super) fn go_by(&mut self, view: &View, time: Option<EventTime>) {
        if self.day.as_ref().is_some_and(|(_, _, sentence)| *sentence == view.number) {
            return;
        }
        if let Some(time) = time {
            self.steady &= self.day.as_ref().is_none_or(|(day, ..)| day.bounds.days() == time.bounds.days());
            self.day = Some((time, view.paragraph, view.number));
        }
    }

    /// The stamp of this paragraph dates it, not an earlier one.
    pub(super) fn in_stamped(&self, view: &View) -> bool {
        self.stamped == Some(view.paragraph)
    }

    /// The sentence opens with a word that goes on with the story.
    fn narrates(&self, view: &View) -> bool {
        view.tokens
            .clone()
            .take(3)
            .any(|i| matches!(self.scene.text.phrase(i, class::EVENT_NARRATION), Some((_, "same" | "later"))))
    }

    /// « En effet, un homme avait … », « a notamment été arrêté »: a reason, an example, what was before.
    pub(super) fn is_aside(&self, view: &View, draft: &Draft) -> bool {
        let text = self.scene.text;
        let end = draft.candidate.tokens.end;
        let aside =
            |i: usize| matches!(text.phrase(i, class::EVENT_NARRATION), Some((_, "earlier" | "aside")));
        // « a notamment été arrêté et condamné »: with the auxiliary it shares what stands beside it.
        if draft.candidate.group.and_then(|g| self.scene.group(g)).is_some_and(|g| g.shared) {
            return (view.tokens.start..end).any(aside);
        }
        let own = self.scene.clause(view, draft.candidate.segment).filter_map(|n| self.scene.segment(n));
        own.flat_map(|s| s.tokens.clone()).take_while(|&i| i < end).any(aside)
    }

    /// What the story goes on from. What is told aside gives no day: by a participle (« la neige tombée la
    /// veille »), in a relative clause, or as done before the story.
    pub(super) fn remember(&mut self, view: &View, draft: &Draft, mention: &EventMention) {
        let told = matches!(mention.status, Status::Asserted | Status::Reported);
        // A step of the story that has no day of its own still leads to its place.
        let step = draft.told == Told::Done && draft.candidate.strength == Strength::Plain;
        if !told || !mention.stands && !step {
            return;
        }
        let relative =
            self.scene.segment(draft.candidate.segment).is_some_and(|s| s.opening == Opening::Relative);
        let aside = draft.told == Told::Bare && draft.candidate.group.is_some()
            || draft.told == Told::Before
            || relative
            // « depuis l'attaque du 21 août »: a day that tells which one is meant.
            || draft.candidate.group.is_none() && !is_verbless(self.scene, view);
        if let Some(time) = &mention.time
            && mention.stands
            && matches!(time.basis, DateBasis::Explicit | DateBasis::Publication)
            && !aside
            && !matches!(time.granularity, Granularity::Decade | Granularity::Century)
        {
            let days = |t: &EventTime| t.bounds.days();
            self.steady &= self.day.as_ref().is_none_or(|(day, ..)| days(day) == days(time));
            self.day = is_story_day(time).then(|| (time.clone(), view.paragraph, view.number));
        }
        if let Some(place) = mention.places.first()
            && (mention.stands || place.rule == "place of the clause")
            && !place.rule.starts_with("place of the story")
            && !place.rule.starts_with("place of the dateline")
            && !place.rule.starts_with("country")
        {
            self.move_on(view, draft, *place, mention.kind, aside && !relative);
        }
    }
}

/// A verb that takes a time or place of its own elsewhere.
fn is_any(draft: &Draft, group: Option<&Group>) -> bool {
    draft.candidate.strength == Strength::Weak
        && group.is_some_and(|g| g.is_finite() && !g.sense.is_some_and(|s| s.report || s.state || s.light))
}

/// A complaint, a decree, an appointment: nothing in it goes on from what was told before.
fn is_act_of_office(draft: &Draft) -> bool {
    use super::EventType::{Agreement, Law, Politics, Trial};
    match draft.candidate.kind {
        Agreement | Law | Politics => true,
        // « Une enquête a été ouverte » follows what it looks into.
        Trial => draft.candidate.noun.is_none(),
        _ => false,
    }
}

/// « Les cars sont arrivés dans Pella » goes on with the story: people on the way, at a place of their own.
fn arrives(draft: &Draft, opening: Opening) -> bool {
    use super::EventType::{Displacement, Movement};
    draft.told == Told::Done
        && opening != Opening::Relative
        && draft.candidate.strength == Strength::Plain
        && matches!(draft.candidate.kind, Movement | Displacement)
        && draft.places.iter().any(|p| p.rule == "place of the clause")
}

/// No verb with a person of its own.
fn is_verbless(scene: &Scene<'_, '_>, view: &View) -> bool {
    !scene.groups_in(view.groups.clone()).any(|(_, g)| g.is_finite())
}
