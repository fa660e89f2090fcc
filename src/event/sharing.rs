//! Times that go from one candidate of a sentence to another: the day of a report to what it reports, the day
//! of a clause to what is joined to it or hangs on it.

use super::actor;
use super::dating::{self, is_story_day};
use super::follow;
use super::mention::{DateBasis, EventPlace, EventTime};
use super::scene::{Governor, View};
use super::segment::Opening;
use super::sense;
use super::story::{Draft, Story};
use super::told::Told;
use super::trigger::{Strength, is_incident};
use super::turn;
use super::verb::{Group, Voice};
use super::word::{Form, Part};
use crate::lang::class;
use crate::place::PlaceRole;
use crate::time::Granularity;

/// How far a relative clause stands from the noun it tells of, in tokens.
const NEAR: usize = 6;

/// How far the noun that a time owns stands after it, in tokens: "Tuesday's special election".
const OWNED: usize = 4;

impl Story<'_, '_, '_> {
    /// Times that date the saying, not the happening: « selon des informations diffusées jeudi », « a annoncé
    /// mardi que ».
    pub(super) fn announce(&self, view: &View, ties: &[dating::Tie], drafts: &mut [Draft]) {
        let scene = self.scene;
        for tie in ties {
            let Governor::Group(number) = tie.governor else { continue };
            let Some(group) = scene.group(number) else { continue };
            let act = sense::is_verb(scene.text, group.head, class::EVENT_ACT, false);
            let says = group.sense.is_some_and(|s| s.report) && !act;
            let passes_on =
                !group.is_finite() && scene.text.phrase(group.head, class::EVENT_ANNOUNCE).is_some();
            if !says && !passes_on {
                continue;
            }
            let segment = scene.segment_of(view, group.head);
            let owner = scene.segment(segment).map_or(segment, |s| s.owner);
            // « révélée en 1959 par un film »: a year is no day of a report.
            let fresh = scene.times.get(tie.mention).is_some_and(|m| m.granularity < Granularity::Month);
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
                    && self.is_object(group.last, draft.candidate.head)
                    // « a annoncé une hausse »: the telling is the happening.
                    && (sense::noun(scene.text, draft.candidate.head).is_some_and(|(_, s)| !s.weak)
                        || self.is_planned(draft));
                // A noun inside what is said has the day of its own clause, if any.
                // « Le pont a cédé, a indiqué lundi la police »: what is said stands before the saying, too.
                let ahead = group.is_finite()
                    && draft.told == Told::Done
                    && draft.candidate.strength >= Strength::Plain
                    && scene.segment(draft.candidate.segment).is_some_and(|s| !s.opening.is_subordinate())
                    && scene.segment(segment).is_some_and(|s| !s.opening.is_subordinate() && !s.bracketed);
                let content = says
                    && (follows || ahead)
                    && (fresh || group.is_finite())
                    && own != owner
                    && draft.candidate.group.is_some();
                // Nouns of who reports, and of a clause that has a time of its own, are not what the day is for.
                let noun = draft.candidate.group.is_none();
                let source = passes_on
                    && fresh
                    && !(noun && (origin.contains(&draft.candidate.head) || dated.contains(&own)));
                // « Le décès du peintre a été annoncé mardi »
                let subject = says
                    && draft.candidate.group.is_none()
                    && group.is_finite()
                    && group.voice == Voice::Passive
                    && draft.candidate.segment == segment
                    && self.heads_subject(view, group, segment, draft.candidate.head)
                    && sense::noun(scene.text, draft.candidate.head)
                        .is_some_and(|(_, s)| !s.weak && !s.state);
                let object = object || subject;
                if draft.own.is_empty() && (object || content || source) {
                    draft.announced.get_or_insert(tie.mention);
                    told_of |= object;
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

    /// "…, losing 2 million in 2008", "slated to host the 2014 games": what has a time of its own, though its clause
    /// tells no happening by itself.
    pub(super) fn own_up(&self, draft: &mut Draft) {
        let scene = self.scene;
        if draft.own.is_empty() {
            return;
        }
        let Some(group) = draft.candidate.group.and_then(|g| scene.group(g)) else {
            let segment = scene.segment(draft.candidate.segment);
            let head = draft.candidate.head;
            let ahead =
                |m: &usize| scene.times.get(*m).is_some_and(|m| scene.text.tokens_in(m.span).end <= head);
            if draft.told == Told::Unreal
                && segment.is_some_and(|s| s.opening == Opening::Purpose)
                && draft.own.iter().any(ahead)
            {
                draft.told = Told::Bare;
            }
            return;
        };
        let led = group.first.checked_sub(1).is_some_and(|b| scene.text.is_mark(b, class::MARK_COMMA));
        let tells = group.form == Form::Present
            && led
            && draft.told == Told::Bare
            && group.sense.is_some_and(|s| !s.state && !s.report && !s.light)
            && follow::has_thing(scene, group.last, draft.candidate.segment);
        if tells {
            draft.candidate.strength = draft.candidate.strength.max(Strength::Weak);
        }
    }

    /// "announced on Monday that": to make something known on a day is an act.
    pub(super) fn make_known(&self, view: &View, draft: &mut Draft) {
        let scene = self.scene;
        let Some(group) = draft.candidate.group.and_then(|g| scene.group(g)) else { return };
        let dated = |m: &usize| scene.times.get(*m).is_some_and(|m| m.granularity < Granularity::Month);
        let known = draft.told == Told::Done
            && group.voice == Voice::Active
            && draft.candidate.strength == Strength::Support
            && sense::is_verb(scene.text, group.head, class::EVENT_REVEAL, false)
            && (draft.own.iter().any(dated)
                // The news itself: "The bank has announced that it made a loss."
                || self.lead == Some(view.number) && group.perfect && draft.own.is_empty());
        if known {
            draft.candidate.strength = Strength::Weak;
        }
    }

    /// The noun at token `i` is the first of the subject of a verb.
    fn heads_subject(&self, view: &View, group: &Group, segment: usize, i: usize) -> bool {
        let noun = |&t: &usize| matches!(self.scene.word(t).part, Part::Noun | Part::Name);
        actor::subject(self.scene, view, group, segment).and_then(|mut own| own.find(noun)) == Some(i)
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

    /// "The storms that crossed the plain on Sunday killed four": one happening with two verbs, told by the last;
    /// the time of the clause between belongs to it.
    pub(super) fn gather(&self, view: &View, drafts: &mut [Draft]) {
        let scene = self.scene;
        for n in 0..drafts.len() {
            let Some(draft) = drafts.get(n) else { continue };
            let Some((number, group)) = draft.candidate.group.and_then(|g| Some((g, scene.group(g)?))) else {
                continue;
            };
            let Some(segment) = scene.segment(draft.candidate.segment) else { continue };
            let opens = matches!(segment.opening, Opening::Relative | Opening::Content)
                && group.first <= segment.tokens.start + 1;
            if !opens || draft.told != Told::Done {
                continue;
            }
            let start = segment.tokens.start;
            let noun = (start.saturating_sub(NEAR).max(view.tokens.start)..start)
                .rev()
                .take_while(|&i| scene.word(i).part != Part::Verb && scene.word(i).part != Part::Mark)
                .find(|&i| scene.word(i).noun.is_some_and(|s| s.strong || !s.weak && !s.state));
            let occurs = sense::is_verb(scene.text, group.head, class::EVENT_OCCUR, false);
            if noun.is_none() || draft.own.is_empty() && !occurs {
                continue;
            }
            let joined = |t: usize| scene.text.has(t, class::EVENT_COORDINATE);
            let main = drafts.iter().position(|d| {
                d.candidate.group.is_some_and(|g| g == number + 1)
                    && d.told == Told::Done
                    && (d.own.is_empty() || occurs)
                    && d.candidate.strength >= Strength::Plain
                    && scene.group(number + 1).is_some_and(|g| {
                        g.is_finite()
                            && g.first.checked_sub(1).is_some_and(|b| !joined(b))
                            && (group.last + 1..g.first).all(|t| {
                                !joined(t) && scene.text.phrase(t, class::EVENT_SUBORDINATE).is_none()
                            })
                    })
            });
            let Some(main) = main else { continue };
            let own = drafts.get_mut(n).map(|d| {
                d.candidate.strength = Strength::Support;
                std::mem::take(&mut d.own)
            });
            if let (Some(main), Some(own)) = (drafts.get_mut(main), own)
                && main.own.is_empty()
            {
                main.own = own;
            }
        }
    }

    /// Times that came to a verb that says nothing by itself go to the happening noun before them.
    pub(super) fn pass_on(&self, ties: &[dating::Tie], drafts: &mut [Draft]) {
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
                continue;
            }
            // "Turnout was low in Tuesday's primary"
            let end = self.scene.times.get(tie.mention).map_or(0, |m| self.scene.text.tokens_in(m.span).end);
            let owns = self.scene.text.value(end, class::EVENT_OF) == Some("noun");
            let owned = drafts.iter_mut().find(|d| {
                let tells = || self.scene.word(d.candidate.head).noun.is_some_and(|s| !is_incident(s));
                owns && d.candidate.group.is_none()
                    && (end + 1..end + OWNED).contains(&d.candidate.head)
                    && tells()
            });
            if let Some(owned) = owned {
                owned.own.push(tie.mention);
                continue;
            }
            // « Le projet, qui a été déposé par le ministre, dans la matinée de jeudi, concerne la presse », "reached
            // the port, also spelled Hudaydah, on Sunday": the verb told as done before it, where that has none.
            let scene = self.scene;
            let apart = !scene.segment(segment).is_some_and(|s| s.tokens.contains(&at));
            let between = scene.group(number).is_some_and(|g| g.first > at && g.is_finite());
            let named = scene.group(number).is_some_and(|g| g.form == Form::Past && g.last < at);
            let before = drafts.iter_mut().rev().find(|d| {
                let opening = scene.segment(d.candidate.segment).map(|s| s.opening);
                d.candidate.group.is_some_and(|g| g != number)
                    && d.told == Told::Done
                    && d.candidate.strength > Strength::Support
                    && d.candidate.head < at
                    && (named || between && opening == Some(Opening::Relative))
            });
            let bare = apart && (named || between);
            if let Some(before) = before.filter(|d| bare && d.own.is_empty()) {
                before.own.push(tie.mention);
            }
        }
    }

    /// « a tué trois ouvriers et en a blessé cinq à Arlon »: a place after the last of joined verbs is that of the
    /// verb before, too, unless it is where the last one leads.
    pub(super) fn join_places(&self, view: &View, drafts: &mut [Draft]) {
        let scene = self.scene;
        for n in (0..drafts.len()).rev() {
            let Some(draft) = drafts.get(n).filter(|d| d.places.is_empty()) else { continue };
            let Some(number) = draft.candidate.group else { continue };
            let Some((own, next)) = scene.group(number).zip(scene.group(number + 1)) else { continue };
            let mut before = next.first;
            while before > view.tokens.start && scene.text.has(before - 1, class::EVENT_CLITIC) {
                before -= 1;
            }
            let joined = before
                .checked_sub(1)
                .is_some_and(|b| b > own.last && scene.text.has(b, class::EVENT_COORDINATE));
            let places = drafts
                .iter()
                .find(|d| d.candidate.group == Some(number + 1) && d.told == draft.told)
                .and_then(|d| d.places.first().filter(|p| p.role == PlaceRole::Location))
                .filter(|p| p.rule == "place of the clause" || p.rule == "place of the sentence")
                .filter(|_| joined && own.is_finite() && next.is_finite())
                .map(|p| EventPlace { rule: "place of the sentence", ..*p });
            if let (Some(draft), Some(place)) = (drafts.get_mut(n), places) {
                draft.places.push(place);
            }
        }
    }

    /// A noun with a time of its own before the verb tells the occasion.
    fn is_at_occasion(&self, draft: &Draft, drafts: &[Draft]) -> bool {
        let head = draft.candidate.head;
        drafts.iter().any(|d| {
            d.candidate.group.is_none()
                && d.time.as_ref().is_some_and(|t| t.basis == DateBasis::Explicit)
                && turn::is_occasion(self.scene, d.candidate.head, head)
        })
    }

    /// "when he opened the door": the clause only tells more of somebody.
    fn is_pronoun_led(&self, draft: &Draft) -> bool {
        let scene = self.scene;
        let group = draft.candidate.group.and_then(|g| scene.group(g));
        group.and_then(|g| g.first.checked_sub(1)).is_some_and(|b| scene.text.has(b, class::EVENT_SUBJECT))
    }

    /// "authorized the prize and presented it": the verb right before, when what is told shares its subject.
    pub(super) fn joined(&self, draft: &Draft) -> Option<usize> {
        let scene = self.scene;
        let number = draft.candidate.group.filter(|_| draft.told == Told::Done)?;
        let (own, before) = (scene.group(number)?, number.checked_sub(1)?);
        let main = scene.group(before)?;
        let and = own.first.checked_sub(1).filter(|&b| scene.text.has(b, class::EVENT_COORDINATE))?;
        // "sank and vanished" tells one happening.
        let part = scene.word(own.last + 1).part;
        let more = own.voice == Voice::Passive
            || matches!(part, Part::Determiner | Part::Pronoun | Part::Name | Part::Noun | Part::Number);
        (more && own.is_finite() && main.is_finite() && main.last < and && own.tense == main.tense)
            .then_some(before)
    }

    /// « Lorsqu'il a racheté le titre en 2010, il a lancé une revue »: the time of a clause of time is that of the
    /// main one.
    fn moment(&self, view: &View, draft: &Draft, drafts: &[Draft]) -> Option<EventTime> {
        let scene = self.scene;
        let past = |told: Told| matches!(told, Told::Done | Told::Before);
        let main = scene.segment(draft.candidate.segment)?;
        if main.opening.is_subordinate()
            || !past(draft.told)
            || draft.candidate.strength < Strength::Unknown
            || main.quoted
        {
            return None;
        }
        // « Les maires réunis lundi à Metz ont adopté »: what those who met did.
        let meets = |d: &&Draft| {
            let group = d.candidate.group.and_then(|g| scene.group(g));
            d.told == Told::Bare
                && d.candidate.kind == super::EventType::Diplomacy
                && d.candidate.head < draft.candidate.head
                && group.is_some_and(|g| matches!(g.form, Form::Past | Form::Present))
                && d.time.as_ref().is_some_and(|t| t.basis == DateBasis::Explicit && is_story_day(t))
        };
        let met = drafts.iter().find(meets).filter(|_| draft.told == Told::Done && draft.own.is_empty());
        let lender = drafts.iter().find(|d| {
            let opening = scene.segment(d.candidate.segment).map(|s| s.opening);
            let explicit = d.time.as_ref().is_some_and(|t| t.basis == DateBasis::Explicit);
            d.told == draft.told && explicit && opening == Some(Opening::Temporal)
        });
        let lender = lender.or(met)?;
        // Only with the one main verb beside it.
        let between =
            lender.candidate.head.min(draft.candidate.head)..lender.candidate.head.max(draft.candidate.head);
        let near = !scene
            .groups_in(view.groups.clone())
            .any(|(_, g)| g.is_finite() && g.head > between.start && g.head < between.end);
        let time = lender.time.as_ref().filter(|_| near)?;
        Some(dating::carried(time, DateBasis::Inferred, "moment of the clause"))
    }

    /// Candidates without a time of their own take it from the clause they depend on or are joined to.
    pub(super) fn share(&self, view: &View, drafts: &mut [Draft]) {
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
            // A word that says less is a step of the happening beside it: « s'est affaissé puis a disparu ».
            if let Some(time) = self.moment(view, draft, drafts) {
                if let Some(draft) = drafts.get_mut(n) {
                    draft.time = Some(time);
                }
                continue;
            }
            let told = matches!(draft.told, Told::Done | Told::Present | Told::Planned);
            let joined = self.joined(draft);
            let least = match scene.segment(draft.candidate.segment).map(|s| s.opening) {
                _ if joined.is_some() => Strength::Weak,
                Some(Opening::Temporal) if !self.is_pronoun_led(draft) => Strength::Plain,
                // "At a meeting on Monday, the board approved the plan": what is done at an occasion.
                Some(Opening::Main) if self.is_at_occasion(draft, drafts) => Strength::Plain,
                _ => Strength::Strong,
            };
            if !told || draft.candidate.strength < least {
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
            // "fled in May before police raided his home"
            let order = scene.segment(draft.candidate.segment).is_some_and(|s| s.opening == Opening::Order);
            let main = |n: usize| scene.segment(n).is_some_and(|s| !s.opening.is_subordinate() && !s.quoted);
            let part = scene.segment(draft.candidate.segment).map(|s| s.part);
            // "In May they arrested him, charged him, and a court sentenced him": steps told in one breath.
            let row = |d: &Draft| {
                told == Told::Done
                    && main(draft.candidate.segment)
                    && main(d.candidate.segment)
                    && scene.segment(d.candidate.segment).map(|s| s.part) == part
            };
            // Where the word says less, only the verb that it is joined to lends its time.
            let weak = draft.candidate.strength < Strength::Strong;
            let lends = |d: &Draft, t: &EventTime| {
                let before = d.candidate.head < head;
                let own = !weak || joined.is_none() || d.candidate.group == joined;
                own && (is_story_day(t) && (!weak || before) || before && (temporal || order || row(d)))
            };
            let donor = drafts
                .iter()
                .filter(|d| d.time.as_ref().is_some_and(|t| t.basis == DateBasis::Explicit && lends(d, t)))
                .filter(|d| {
                    d.told == told
                        || d.told == Told::Done && told == Told::Present
                        || d.told == Told::Imperfect
                        || d.told == Told::Bare && d.candidate.group.is_none()
                })
                .filter(|d| d.candidate.group.is_some() || turn::is_occasion(scene, d.candidate.head, head))
                .filter(|d| {
                    // "held on Friday, six days after it took effect, but shelling was reported": nor what another
                    // clause only measures from.
                    scene.segment(d.candidate.segment).is_some_and(|s| {
                        s.opening != Opening::Relative && (s.opening != Opening::Temporal || temporal)
                    })
                })
                .min_by_key(|d| (d.candidate.head > head, d.candidate.head.abs_diff(head)));
            let time = donor
                .and_then(|d| d.time.as_ref())
                .map(|t| dating::carried(t, DateBasis::Inferred, "time of the sentence"));
            if let Some(draft) = drafts.get_mut(n) {
                if joined.is_some() && time.is_some() {
                    draft.candidate.strength = draft.candidate.strength.max(Strength::Plain);
                }
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
                    match self.look_of(draft) {
                        look @ dating::Look { back: Some(false), .. } => look,
                        _ => self.look(Told::Done),
                    },
                    DateBasis::Announcement,
                    "day of the report",
                );
            }
        }
    }
}
