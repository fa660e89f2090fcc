//! A text laid out for the search of happenings: verb groups, segments, and where times and places stand.

use super::group;
use super::heading;
use super::mend;
use super::quantity;
use super::segment::{self, Opening, Segment};
use super::sense;
use super::substantive;
use super::verb::Group;
use super::word::{self, Form, Part, Word};
use crate::lang::{Classes, class};
use crate::place::PlaceMention;
use crate::span::Span;
use crate::tag::Reading;
use crate::text::{SentenceKind, Text};
use crate::time::TimeMention;
use std::ops::Range;

/// One sentence: its segments and groups by number, its times and places by their numbers in the lists.
#[derive(Clone, Debug)]
pub(super) struct View {
    pub number: usize,
    pub kind: SentenceKind,
    pub paragraph: usize,
    pub tokens: Range<usize>,
    pub segments: Range<usize>,
    pub groups: Range<usize>,
    pub times: Range<usize>,
    pub places: Range<usize>,
    /// The first words that announce a source, if any.
    pub source: Option<Range<usize>>,
    /// The first words that tell what came after: « ensuite ».
    pub later: Option<usize>,
    /// Some words tell of one more of its kind: « un autre ».
    pub another: bool,
}

/// Most words that lead to a time after the word that joins its clause: "and late on Monday".
const LEADS: usize = 3;

/// Longest subject between such a time and its verb, in tokens.
const SUBJECT: usize = 8;

/// What each sentence is looked through for once.
const APART: Classes = Classes::of(&[class::EVENT_SOURCE, class::EVENT_NARRATION, class::EVENT_ANOTHER]);

/// What a time or place, or a word, belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Governor {
    /// A verb group, by number.
    Group(usize),
    /// A happening noun, by token.
    Noun(usize),
}

/// A text with all that was read of it.
pub(super) struct Scene<'s, 'a> {
    pub text: &'s Text<'a>,
    pub words: Vec<Word>,
    pub groups: Vec<Group>,
    pub segments: Vec<Segment>,
    pub views: Vec<View>,
    /// Tokens at which a number may begin, in order.
    pub numbers: Vec<usize>,
    pub times: &'s [TimeMention],
    pub places: &'s [PlaceMention],
    /// For each token whether a time holds it.
    timed: Vec<bool>,
}

impl<'s, 'a> Scene<'s, 'a> {
    pub fn new(
        text: &'s Text<'a>,
        reading: Option<&'s Reading<'s>>,
        times: &'s [TimeMention],
        places: &'s [PlaceMention],
    ) -> Self {
        let mut words = word::read(text, reading);
        let mut timed = vec![false; words.len()];
        // "by the end of May", "United States": what stands in a time or a place name tells no happening.
        for time in times {
            let tokens = text.tokens_in(time.span);
            timed.get_mut(tokens.clone()).unwrap_or_default().fill(true);
            for word in words.get_mut(tokens).unwrap_or_default() {
                let part = if word.part == Part::Mark { Part::Mark } else { Part::Number };
                *word = Word { part, ..Word::default() };
            }
        }
        for place in places.iter().filter(|p| !p.anaphor) {
            let own = words.get_mut(text.tokens_in(place.span)).unwrap_or_default();
            for word in own.iter_mut().filter(|w| !matches!(w.part, Part::Preposition | Part::Determiner)) {
                *word = Word { part: Part::Name, ..Word::default() };
            }
        }
        // A sentence has about three verbs and as many segments.
        let count = text.sentences.len();
        let (mut groups, mut segments) = (Vec::with_capacity(3 * count), Vec::with_capacity(3 * count));
        let mut views = Vec::with_capacity(count);
        let (mut time, mut place) = (0, 0);
        for (number, sentence) in text.sentences.iter().enumerate() {
            let tokens = sentence.tokens.clone();
            let first_group = groups.len();
            mend::mend(text, &mut words, tokens.clone());
            substantive::mend(text, &mut words, tokens.clone());
            group::read(text, &words, tokens.clone(), &mut groups);
            let own = groups.get(first_group..).unwrap_or_default();
            let first_segment = segments.len();
            let mut cut = segment::cut(text, &words, tokens.clone(), own, first_group);
            cut.iter_mut().for_each(|s| s.owner += first_segment);
            segments.extend(cut);
            let end = text.span(tokens.clone()).end;
            let within = |spans: &dyn Fn(usize) -> Option<Span>, from: &mut usize| {
                let first = *from;
                while spans(*from).is_some_and(|s| s.start < end) {
                    *from += 1;
                }
                first..*from
            };
            let times = within(&|n| times.get(n).map(|t| t.span), &mut time);
            let places = within(&|n| places.get(n).map(|p| p.span), &mut place);
            let (mut source, mut later, mut another) = (None, None, false);
            for i in tokens.clone().filter(|&i| text.touches(i, &APART)) {
                let own = || text.phrase(i, class::EVENT_SOURCE).map(|(len, _)| i..i + len);
                source = source.or_else(own);
                let is_later = || text.phrase(i, class::EVENT_NARRATION).is_some_and(|(_, v)| v == "later");
                later = later.or_else(|| is_later().then_some(i));
                another |= text.phrase(i, class::EVENT_ANOTHER).is_some();
            }
            views.push(View {
                number,
                kind: sentence.kind,
                paragraph: sentence.paragraph,
                tokens,
                segments: first_segment..segments.len(),
                groups: first_group..groups.len(),
                times,
                places,
                source,
                later,
                another,
            });
        }
        let numbers = quantity::numbers(text);
        let mut scene = Scene { text, words, groups, segments, views, numbers, times, places, timed };
        if heading::runs_on(&scene)
            && let Some(first) = scene.views.first_mut()
        {
            first.kind = SentenceKind::Heading;
        }
        scene
    }

    pub fn word(&self, i: usize) -> Word {
        self.words.get(i).copied().unwrap_or_default()
    }

    /// The first time that some of these tokens belong to.
    pub fn time_over(&self, tokens: Range<usize>) -> Option<&'s TimeMention> {
        if !self.is_timed(tokens.clone()) {
            return None;
        }
        let span = self.text.span(tokens);
        let n = self.times.partition_point(|t| t.span.end <= span.start);
        self.times.get(n).filter(|t| t.span.overlaps(span))
    }

    /// Some of these tokens belong to a time.
    pub fn is_timed(&self, tokens: Range<usize>) -> bool {
        self.timed.get(tokens).is_some_and(|own| own.contains(&true))
    }

    pub fn group(&self, n: usize) -> Option<&Group> {
        self.groups.get(n)
    }

    pub fn segment(&self, n: usize) -> Option<&Segment> {
        self.segments.get(n)
    }

    /// The groups of some segments or of a sentence, with their numbers.
    pub fn groups_in(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = (usize, &Group)> {
        range.clone().zip(self.groups.get(range).unwrap_or_default())
    }

    /// The segment of a sentence that holds token `i`, by number.
    pub fn segment_of(&self, view: &View, i: usize) -> usize {
        let own = self.segments.get(view.segments.clone()).unwrap_or_default();
        let n = own.partition_point(|s| s.tokens.end <= i);
        view.segments.start + n.min(own.len().saturating_sub(1))
    }

    /// The segments that belong to the same verb as segment `n`, in order.
    pub fn clause(&self, view: &View, n: usize) -> impl Iterator<Item = usize> {
        let owner = self.segment(n).map_or(n, |s| s.owner);
        view.segments.clone().filter(move |&m| self.segment(m).is_some_and(|s| s.owner == owner))
    }

    /// What the words at `tokens` belong to: a happening noun right before them, a participle or infinitive
    /// right before them, the finite verb of their segment, or that of the clause.
    pub fn governor(&self, view: &View, tokens: &Range<usize>) -> Option<Governor> {
        let number = self.segment_of(view, tokens.start);
        let segment = self.segment(number)?;
        if let Some(next) = self.led_ahead(view, tokens) {
            return Some(Governor::Group(next));
        }
        let noun = self.noun_before(segment, tokens.start).or_else(|| self.noun_led(segment, tokens.start));
        if let Some(noun) = noun {
            return Some(Governor::Noun(noun));
        }
        if let Some(group) = self.verb_in(segment, tokens) {
            return Some(Governor::Group(group));
        }
        let owner = self.segment(segment.owner)?;
        let plan = self.groups_in(owner.groups.clone()).rfind(|(_, g)| g.last < tokens.start);
        if let Some((plan, _)) = plan.filter(|(_, g)| self.is_plan(g)) {
            return Some(Governor::Group(plan));
        }
        // "said it would close, by May": of several verbs without a mark between, the last is the nearest.
        if segment.owner < number
            && let Some((last, _)) = self.groups_in(owner.groups.clone()).rfind(|(_, g)| g.is_finite())
        {
            return Some(Governor::Group(last));
        }
        if let Some(finite) = owner.finite {
            return Some(Governor::Group(finite));
        }
        let groups = owner.groups.clone();
        (!groups.is_empty())
            .then_some(Governor::Group(groups.start))
            .or_else(|| self.alone(view).map(Governor::Noun))
    }

    /// "ended its search and on Tuesday approved the deal": a time between the word that joins and a verb belongs to
    /// that verb.
    fn led_ahead(&self, view: &View, tokens: &Range<usize>) -> Option<usize> {
        self.time_over(tokens.clone())?;
        let leads = |i: usize| self.word(i).part == Part::Preposition || self.text.has(i, class::EVENT_LEAD);
        let before = (view.tokens.start..tokens.start).rev().take(LEADS).find(|&i| !leads(i))?;
        // "on Monday and Tuesday, they" is one time, "last week and on Tuesday they" are two.
        let joins = self.text.has(before, class::EVENT_COORDINATE)
            && before > view.tokens.start
            && (before + 1 < tokens.start || !self.is_timed(before - 1..before));
        let comma = usize::from(self.text.is_mark(tokens.end, class::MARK_COMMA));
        let (number, next) =
            self.groups_in(view.groups.clone()).find(|(_, g)| g.is_finite() && g.first >= tokens.end)?;
        let gap = tokens.end + comma..next.first;
        // "in spring and summer, they will": a word leads to it, or the verb follows at once.
        let straight = if comma == 1 { before + 1 < tokens.start } else { gap.is_empty() };
        let clear = gap.clone().all(|i| !self.text.is_stop(i) && !self.text.is_mark(i, class::MARK_COMMA));
        (joins && straight && clear && gap.len() <= SUBJECT).then_some(number)
    }

    /// "Explosion at a refinery near Houston on Monday.": the first happening noun of a sentence without a verb.
    fn alone(&self, view: &View) -> Option<usize> {
        let verbless = !self.groups_in(view.groups.clone()).any(|(_, g)| g.is_finite());
        let telling = |s: sense::Sense| !s.weak && !s.state && !s.report;
        view.tokens
            .clone()
            .find(|&i| verbless && self.word(i).part != Part::Name && self.word(i).noun.is_some_and(telling))
    }

    /// "announced plans to open a plant": an infinitive that a noun of plans governs.
    pub fn is_plan(&self, group: &Group) -> bool {
        group.form == Form::Infinitive
            && group.first.checked_sub(2).is_some_and(|p| {
                self.text.has(p + 1, class::EVENT_LINK) && self.text.has(p, class::EVENT_PLAN)
            })
    }

    fn verb_in(&self, segment: &Segment, tokens: &Range<usize>) -> Option<usize> {
        // "searched flattened homes Monday": a participle before its noun takes no time or place.
        let attribute = |g: &Group| {
            g.form == Form::Past && g.first == g.head && self.word(g.last + 1).part == Part::Noun && !g.shared
        };
        // "was held while crossing the bridge on Monday"
        let beside = |g: &Group| {
            g.form == Form::Present
                && g.first
                    .checked_sub(1)
                    .is_some_and(|b| self.text.value(b, class::EVENT_SUBORDINATE) == Some("when"))
        };
        let left = self
            .groups_in(segment.groups.clone())
            .rfind(|(_, g)| g.last < tokens.start && !attribute(g) && !beside(g));
        let finite =
            self.groups_in(segment.groups.clone()).filter(|(_, g)| g.is_finite()).min_by_key(|(_, g)| {
                if g.first >= tokens.end {
                    g.first - tokens.end
                } else {
                    (tokens.start.saturating_sub(g.last)) * 2
                }
            });
        let Some((number, group)) = left else {
            // Everything stands after: the first verb, a finite one if there is any.
            return finite.map(|(n, _)| n).or_else(|| segment.groups.clone().next());
        };
        if group.is_finite() || self.is_plan(group) {
            return Some(number);
        }
        let gap = tokens.start - group.last;
        let Some((main, verb)) = finite else { return Some(number) };
        // « les hommes arrêtés vendredi ont avoué », « il veut partir lundi »
        // « un avis donné par la Commission européenne mardi »
        let agent = group.form == Form::Past
            && self.text.has(group.last + 1, class::EVENT_AGENT)
            && (group.last + 2..tokens.start).all(|i| {
                matches!(
                    self.word(i).part,
                    Part::Noun | Part::Name | Part::Adjective | Part::Determiner | Part::Number
                ) || self.text.has(i, class::EVENT_OF)
            });
        let near = gap <= 3 || (gap <= 8 && (agent || self.only_names(group.last + 1..tokens.start)));
        let before_verb = group.last < verb.first;
        if near || before_verb && tokens.end <= verb.first { Some(number) } else { Some(main) }
    }

    /// Only prepositions, determiners, names and marks stand there.
    fn only_names(&self, mut tokens: Range<usize>) -> bool {
        tokens.all(|i| {
            matches!(self.word(i).part, Part::Preposition | Part::Determiner | Part::Name | Part::Number)
                || self.text.has(i, class::EVENT_OF)
        })
    }

    /// « Depuis la victoire de Noé Robin à la primaire socialiste le 3 mai »: the happening noun of a segment without a
    /// verb that a word of order in time opens.
    fn noun_led(&self, segment: &Segment, i: usize) -> Option<usize> {
        let start = segment.tokens.start;
        let (len, _) = self.text.phrase(start, class::TIME_RELATION)?;
        let telling = |n: &usize| {
            self.word(*n).part != Part::Name && self.word(*n).noun.is_some_and(|s| !s.state && !s.report)
        };
        (start + len..i).find(telling).filter(|_| segment.groups.is_empty())
    }

    /// « l'attentat de novembre 1997 », « sa défaite à l'élection de Paris en 2014 »: the happening noun that
    /// the words from token `i` on determine. A word for « of » ties to the noun; « in » ties to a verb where
    /// there is one before it.
    fn noun_before(&self, segment: &Segment, i: usize) -> Option<usize> {
        let start = segment.tokens.start;
        let mut at = i;
        while at > start && self.text.has(at - 1, class::EVENT_DETERMINER) {
            at -= 1;
        }
        let link =
            at.checked_sub(1).filter(|&l| l >= start).and_then(|l| self.text.value(l, class::EVENT_OF));
        let verb = self.groups_in(segment.groups.clone()).any(|(_, g)| g.is_finite() && g.last < i);
        match link {
            Some("noun") => at -= 1,
            Some(_) if !verb => at -= 1,
            None if !verb && segment.groups.is_empty() && at > start => {}
            _ => return None,
        }
        let mut named = false;
        for back in (start..at).rev().take(9) {
            let word = self.word(back);
            // « ouvrir le feu », "take office": the noun of a set phrase is part of the verb.
            if self
                .groups_in(segment.groups.clone())
                .any(|(_, g)| g.head != back && g.tokens().contains(&back))
            {
                return None;
            }
            if word.noun.is_some() && word.part != Part::Name {
                return Some(back);
            }
            let passes = match word.part {
                Part::Noun => {
                    // Another noun must hang on the one before it: « la finale de la coupe de 2012 ».
                    // « la découverte d'une comète par une équipe en mars »: or on its agent.
                    let links =
                        |t: usize| self.text.has(t, class::EVENT_OF) || self.text.has(t, class::EVENT_AGENT);
                    let tied = links(back.wrapping_sub(1))
                        || self.text.has(back.wrapping_sub(1), class::EVENT_DETERMINER)
                            && links(back.wrapping_sub(2));
                    named |= !tied;
                    tied
                }
                Part::Adjective | Part::Name | Part::Number | Part::Determiner => true,
                Part::Verb => word.form == Form::Past && word.aux.is_none(),
                _ => {
                    self.text.has(back, class::EVENT_OF)
                        || self.text.has(back, class::EVENT_DETERMINER)
                        || self.text.has(back, class::EVENT_AGENT)
                }
            };
            if !passes || named {
                return None;
            }
        }
        None
    }

    /// Segments in which nothing is told as done: conditions, purposes.
    pub fn is_unreal(&self, segment: &Segment) -> bool {
        matches!(segment.opening, Opening::Condition | Opening::Purpose)
    }
}
