//! One pass through the expressions of a text, in order: each is resolved and becomes what later ones lean on.

use super::calendar::{Calendar, Unit};
use super::interval;
use super::meaning::{Lean, Length, Meaning, Moment, Recurring, Several, Vague};
use super::operation::{Handle, Meanings};
use super::resolve::{Base, Last, Resolved, Situation};
use super::tense::{Direction, Tenses};
use super::word;
use super::{
    Alternative, Anchor, Bounds, Granularity, Impossible, Modifier, RangeEnd, Relation, TimeMention, Times,
    TimexKind, feast, open,
};
use crate::lang::{RuleSet, class, setting};
use crate::tag;
use crate::text::Text;
use crate::text::matcher::Found;
use chrono::{Datelike, NaiveDateTime};
use std::ops::Range;

/// Longest expression of relation before a time, in tokens.
const RELATION: usize = 4;

/// Most tokens from a length to the time of the happening that it is counted from.
const BESIDE: usize = 8;

/// Years that a tale of long ago may leap without leaving its age.
const JUMP: i32 = 8;

/// Turns what was found into mentions.
pub fn tell(
    text: &Text<'_>,
    reading: Option<&tag::Reading<'_>>,
    found: &[Found<Handle>],
    meanings: &Meanings,
    rules: &'static RuleSet,
    published: Option<NaiveDateTime>,
) -> Times {
    let narrative = is_narrative(found, meanings, published);
    let mut story = Story {
        text,
        published,
        narrative,
        tenses: Tenses::of(text, reading),
        era: text.lang.setting(setting::TODAY_MAY_BE_ERA).is_some(),
        day: None,
        any: None,
        told: None,
        left: false,
        year: None,
        shared: None,
        aside: None,
        next: usize::MAX,
        rules: Vec::new(),
        rule: "",
        mentions: Vec::with_capacity(found.len()),
        impossible: Vec::new(),
        parts: Vec::with_capacity(found.len()),
    };
    for (n, one) in found.iter().enumerate() {
        let Some(meaning) = meanings.get(one.value) else { continue };
        story.next = found.get(n + 1).map_or(usize::MAX, |f| f.start);
        story.rules = meanings.rules(one.value, rules.rules);
        story.rule = meanings.telling(one.value, rules.rules);
        story.meaning(meaning, one.start..one.end);
    }
    Times { mentions: story.mentions, impossible: story.impossible }
}

/// True when a text tells of years long before its publication rather than of its days.
fn is_narrative(found: &[Found<Handle>], meanings: &Meanings, published: Option<NaiveDateTime>) -> bool {
    let Some(now) = published.map(|p| p.year()) else { return false };
    let (mut far, mut near) = (0, 0);
    let mut count = |m: &Moment| match m.year {
        Some(year) if !m.short_year && (m.before_christ || (year - now).abs() >= 2) => far += 1,
        Some(_) => near += 1,
        None if m.lean == Lean::Publication || m.toward.is_some() => near += 1,
        None if m.weekday.is_some() && m.day.is_none() => near += 1,
        None => {}
    };
    for one in found {
        match meanings.get(one.value) {
            Some(Meaning::Moment(m)) => count(m),
            Some(Meaning::Several(s)) => s.items.iter().take(s.count).for_each(|(m, _)| count(m)),
            _ => {}
        }
    }
    far >= 5 && far > 3 * near
}

struct Story<'t, 's, 'r> {
    text: &'t Text<'s>,
    published: Option<NaiveDateTime>,
    narrative: bool,
    tenses: Tenses<'r>,
    era: bool,
    day: Option<Last>,
    any: Option<Last>,
    /// The last day that was not ahead of publication.
    told: Option<Last>,
    /// The story has told of another year since.
    left: bool,
    /// A bare year named within a sentence of a tale.
    year: Option<Last>,
    /// Which way both ends of a range look, while they are read.
    shared: Option<Direction>,
    /// A year far from the story that was named in passing.
    aside: Option<i32>,
    /// Where the next expression begins.
    next: usize,
    /// The chain of rules, and the one in it that says most.
    rules: Vec<&'static str>,
    rule: &'static str,
    mentions: Vec<TimeMention>,
    impossible: Vec<Impossible>,
    /// The part of the calendar of each mention.
    parts: Vec<Option<Calendar>>,
}

impl Story<'_, '_, '_> {
    fn meaning(&mut self, meaning: &Meaning, tokens: Range<usize>) {
        match meaning {
            Meaning::Nothing | Meaning::Number(_) => {}
            Meaning::Impossible => {
                self.impossible.push(Impossible { span: self.text.span(tokens), rule: self.rule });
            }
            Meaning::Moment(moment) => self.moment(moment, tokens),
            Meaning::Length(length) => self.length(length, tokens),
            Meaning::Lengths(two) => {
                for (length, (from, to)) in two {
                    self.length(length, *from..*to);
                }
            }
            Meaning::Recurring(recurring) => self.recurring(recurring, tokens),
            Meaning::Vague(vague) => self.vague(*vague, tokens),
            Meaning::Several(several) => self.several(several),
        }
    }

    fn blank(
        &self,
        tokens: Range<usize>,
        kind: TimexKind,
        value: String,
        granularity: Granularity,
    ) -> TimeMention {
        TimeMention {
            span: self.text.span(tokens),
            kind,
            value,
            modifier: None,
            bounds: None,
            happening: None,
            granularity,
            edtf: String::new(),
            relation: Relation::At,
            range: None,
            anchor: Anchor::None,
            rule: self.rule,
            trail: self.rules.clone(),
            alternative: None,
            utc_offset: None,
            generic: false,
        }
    }

    fn push(&mut self, mention: TimeMention, part: Option<Calendar>) {
        self.mentions.push(mention);
        self.parts.push(part);
    }

    fn length(&mut self, length: &Length, tokens: Range<usize>) {
        let mut mention = self.blank(tokens, TimexKind::Duration, open::length(length), Granularity::Range);
        mention.modifier = length.modifier;
        self.push(mention, None);
    }

    fn recurring(&mut self, recurring: &Recurring, tokens: Range<usize>) {
        let mut mention = self.blank(tokens, TimexKind::Set, open::recurring(recurring), Granularity::Range);
        mention.generic = true;
        self.push(mention, None);
    }

    fn vague(&mut self, vague: Vague, tokens: Range<usize>) {
        let mut mention = self.blank(tokens, TimexKind::Date, open::vague(vague), Granularity::Open);
        mention.generic = true;
        self.push(mention, None);
    }

    fn situation(&self, tokens: &Range<usize>, relation: Relation) -> Situation {
        let sentence = self.text.sentence_of(tokens.start);
        let direction = match relation {
            _ if self.shared.is_some() => self.shared.unwrap_or(Direction::Unknown),
            Relation::Since => Direction::Past,
            Relation::Until => Direction::Future,
            _ => self.tenses.toward(self.text, tokens.clone(), relation == Relation::By),
        };
        // What has happened is not counted from what is yet to come.
        let ahead = |last: &Last| last.part.unit() <= Unit::Day && self.is_ahead(last.part);
        let (mut day, mut any) = (self.day, self.any);
        if direction == Direction::Past && !self.narrative {
            day = self.told;
            any = any.filter(|last| !ahead(last)).or(self.told.filter(|_| !self.left));
        }
        Situation {
            published: self.published,
            day,
            any: self.year.filter(|year| year.sentence == sentence).or(any),
            direction,
            narrative: self.narrative,
            present_looks_ahead: self.text.lang.setting(setting::PRESENT_LOOKS_AHEAD).is_some(),
            twelve_hours: self.text.lang.setting(setting::TWELVE_HOURS).is_some(),
            heads_entry: self.heads_entry(tokens, sentence),
            sentence,
            paragraph: self.text.sentences.get(sentence).map_or(0, |s| s.paragraph),
        }
    }

    /// True when a time stands at the head of a line of a log: it begins a paragraph, and a mark follows.
    fn heads_entry(&self, tokens: &Range<usize>, sentence: usize) -> bool {
        let sentences = &self.text.sentences;
        let opens = sentences.get(sentence).is_some_and(|s| s.tokens.start == tokens.start)
            && sentence.checked_sub(1).and_then(|n| sentences.get(n)).map(|s| s.paragraph)
                != sentences.get(sentence).map(|s| s.paragraph);
        let mark = |class| self.text.is_mark(tokens.end, class);
        opens && (mark(class::MARK_DASH) || mark(class::MARK_COLON))
    }

    /// How the words before a time bind a happening to it.
    fn relation(&self, start: usize) -> Relation {
        let text = self.text;
        (1..=RELATION)
            .rev()
            .filter_map(|n| start.checked_sub(n).map(|at| (n, at)))
            .find_map(|(n, at)| {
                let (len, name) = text.phrase(at, class::TIME_RELATION)?;
                // The longest expression may take the article that belongs to the time itself.
                (len >= n).then(|| word::relation(name)).flatten()
            })
            .unwrap_or(Relation::At)
    }

    fn moment(&mut self, moment: &Moment, tokens: Range<usize>) {
        if let Some((length, (from, to))) = moment.beside
            && !self.dates_alone(&tokens)
        {
            return self.length(&length, from..to);
        }
        let relation = moment.relation.unwrap_or_else(|| self.relation(tokens.start));
        let mut situation = self.situation(&tokens, relation);
        // « un deuil pour vendredi »: what is set for a day is still to come.
        let led = tokens.start.checked_sub(1).is_some_and(|b| self.text.has(b, class::TIME_AIM));
        let aimed = led && moment.weekday.is_some() && !self.narrative;
        if aimed {
            situation.direction = Direction::Future;
        }
        if moment.era && self.is_era(&situation, &tokens) {
            return self.vague(Vague::Present, tokens);
        }
        // In summer is any summer unless the tense tells of one; on a weekday only the present makes a habit.
        let habit = match situation.direction {
            Direction::Past => false,
            Direction::Future => moment.season.is_some(),
            Direction::Present | Direction::Unknown => true,
        };
        if moment.generic && habit {
            return self.recurring(&Recurring::Each(*moment), tokens);
        }
        let mut resolved = situation.resolve(moment);
        if let Some(resolved) = resolved.as_mut().filter(|_| aimed) {
            resolved.other = None;
        }
        let mention = self.mention(moment, tokens.clone(), relation, resolved.as_ref(), &situation);
        let part = resolved.as_ref().map(|r| r.part);
        self.remember(moment, &tokens, resolved.as_ref(), relation, &situation);
        self.push(mention, part);
    }

    /// True when a word for today means these days.
    fn is_era(&self, situation: &Situation, tokens: &Range<usize>) -> bool {
        if situation.narrative {
            return true;
        }
        if !self.era {
            return false;
        }
        let same_sentence = |m: &TimeMention| {
            self.text.sentence_of(self.text.token_at(m.span.start)) == self.text.sentence_of(tokens.start)
        };
        let dated =
            self.mentions.last().is_some_and(|m| same_sentence(m) && m.granularity == Granularity::Day);
        !dated && matches!(situation.direction, Direction::Present | Direction::Unknown)
    }

    /// True when a time counted from a happening dates its clause: it opens the sentence, or, where the
    /// language allows, nothing else in the sentence gives a day.
    fn dates_alone(&self, tokens: &Range<usize>) -> bool {
        // « Trois jours après l'attaque du 21 août »: the happening has its own time.
        let comma = |i: usize| self.text.is_mark(i, class::MARK_COMMA) || self.text.is_stop(i);
        if self.next <= tokens.end + BESIDE && !(tokens.end..self.next).any(comma) {
            return false;
        }
        let sentence = self.text.sentences.get(self.text.sentence_of(tokens.start));
        let opens = sentence.is_some_and(|s| s.tokens.start == tokens.start);
        opens || (self.text.lang.setting(setting::BESIDE_DATES).is_some() && !self.dated_before(tokens))
    }

    /// True when an earlier time of the sentence gives the day of the happening.
    fn dated_before(&self, tokens: &Range<usize>) -> bool {
        let sentence = self.text.sentence_of(tokens.start);
        self.mentions.last().is_some_and(|m| {
            m.bounds.is_some() && self.text.sentence_of(self.text.token_at(m.span.start)) == sentence
        })
    }

    fn mention(
        &self,
        moment: &Moment,
        tokens: Range<usize>,
        relation: Relation,
        resolved: Option<&Resolved>,
        situation: &Situation,
    ) -> TimeMention {
        let Some(resolved) = resolved else {
            let time = moment.hour.is_some() || moment.part.is_some();
            let kind = if time { TimexKind::Time } else { TimexKind::Date };
            let mut mention = self.blank(tokens, kind, open::moment(moment), Granularity::Open);
            mention.modifier = moment.modifier;
            mention.relation = relation;
            return mention;
        };
        let part = resolved.part;
        let kind = if part.is_time() { TimexKind::Time } else { TimexKind::Date };
        let mut mention = self.blank(tokens, kind, part.value(), part.granularity());
        mention.modifier = moment.modifier;
        mention.utc_offset = moment.zone;
        if moment.zone == Some(0) && part.is_time() {
            mention.value.push('Z');
        }
        mention.anchor = match resolved.base {
            Base::Absolute => Anchor::Absolute,
            Base::Publication => Anchor::Publication,
            Base::Mention(n) => Anchor::Mention(n),
        };
        mention.trail.push(resolved.why);
        let lunar = moment.feast.is_some_and(feast::is_lunar);
        if lunar {
            mention.trail.push("by the moon: right to one day");
        }
        mention.bounds = interval::bounds(part, moment.modifier);
        let published = situation.published.map(|p| p.date());
        let relation = interval::relation(relation, mention.bounds, published);
        mention.relation = relation;
        let modifier = if lunar { moment.modifier.or(Some(Modifier::Approx)) } else { moment.modifier };
        let end = |date: Option<Calendar>| date.map(|d| (d, modifier));
        if (moment.elapsed || moment.to_come)
            && let (Some(bounds), Some(now)) = (mention.bounds, situation.published)
        {
            // Earlier this week: up to the day before publication; later: from the day after it.
            let today = now.date().and_time(chrono::NaiveTime::MIN);
            let tomorrow = today.checked_add_days(chrono::Days::new(1));
            let (start, until) = if moment.elapsed {
                (bounds.earliest_start, Some(today))
            } else {
                (tomorrow, bounds.latest_end)
            };
            let cut =
                Bounds { earliest_start: start, latest_start: until, earliest_end: start, latest_end: until };
            mention.happening = Some(cut);
            mention.edtf = match (cut.days(), part) {
                ((Some(first), Some(last)), _) if first <= last => {
                    format!("{}/{}", interval::edtf_day(first), interval::edtf_day(last))
                }
                _ => interval::edtf(part, moment.modifier),
            };
        } else {
            mention.happening =
                mention.bounds.and_then(|b| interval::happening(b, moment.modifier, relation, published));
            let publication = published.map(Calendar::Day).map(|p| (p, None));
            mention.edtf = match relation {
                Relation::At => interval::edtf(part, modifier),
                Relation::Since => interval::edtf_between(end(Some(part)), publication),
                Relation::From | Relation::After => interval::edtf_between(end(Some(part)), None),
                Relation::Until | Relation::Before => interval::edtf_between(None, end(Some(part))),
                Relation::By => interval::edtf_between(publication, end(Some(part))),
            };
        }
        mention.alternative = resolved.other.map(|(other, reason)| Alternative {
            value: other.value(),
            bounds: interval::bounds(other, moment.modifier).unwrap_or_default(),
            reason,
        });
        mention
    }

    /// Keeps a resolved moment for later ones to lean on.
    fn remember(
        &mut self,
        moment: &Moment,
        tokens: &Range<usize>,
        resolved: Option<&Resolved>,
        relation: Relation,
        situation: &Situation,
    ) {
        let Some(resolved) = resolved else { return };
        // What bounds a happening from far is not the day on which the story stands.
        if !self.narrative && matches!(relation, Relation::Since | Relation::Until | Relation::By) {
            return;
        }
        // A tale of long ago goes on through a remark on another age.
        if self.narrative {
            let years = (resolved.part.year(), self.any.and_then(|last| last.part.year()));
            if resolved.base == Base::Publication && self.any.is_some() {
                return;
            }
            if let (Some(year), Some(before)) = years
                && (year - before).abs() > JUMP
            {
                let again = self.aside.is_some_and(|aside| (year - aside).abs() <= JUMP);
                self.aside = Some(year);
                if !again {
                    return;
                }
            }
        }
        // In a tale, a bare year within a sentence holds there only.
        let opens =
            self.text.sentences.get(situation.sentence).is_some_and(|s| tokens.start <= s.tokens.start + 2);
        if self.narrative
            && matches!(resolved.part, Calendar::Year(_))
            && self.any.is_some_and(|last| last.part.unit() < Unit::Year)
            && !opens
        {
            self.year = Some(Last {
                part: resolved.part,
                mention: self.mentions.len(),
                absolute: true,
                sentence: situation.sentence,
                paragraph: situation.paragraph,
            });
            return;
        }
        // « Le bateau, parti deux jours plus tôt, »: a look back within a sentence leaves the story where it is.
        let back = moment.lean == Lean::Narration && moment.shift.is_some_and(|(n, _)| n < 0);
        let day = resolved.part.unit() <= Unit::Day;
        if back && day && !opens && !self.narrative && matches!(resolved.base, Base::Mention(_)) {
            return;
        }
        let inherited = match resolved.base {
            Base::Absolute => true,
            Base::Mention(_) => self.any.is_some_and(|l| l.absolute) || self.day.is_some_and(|l| l.absolute),
            Base::Publication => false,
        };
        let last = Last {
            part: resolved.part,
            mention: self.mentions.len(),
            absolute: inherited,
            sentence: situation.sentence,
            paragraph: situation.paragraph,
        };
        self.any = Some(last);
        let year = |part: Calendar| part.year();
        self.left |= resolved.base == Base::Absolute
            && self.told.is_some_and(|told| year(told.part) != year(resolved.part));
        if resolved.part.unit() <= Unit::Day {
            self.day = Some(last);
            if self.narrative || !self.is_ahead(resolved.part) {
                self.told = Some(last);
                self.left = false;
            }
        } else if resolved.part.unit() >= Unit::Month
            && resolved.base == Base::Absolute
            && moment.lean == Lean::Open
        {
            // A new year or month of the story: its days are yet to come.
            if self.narrative {
                self.day = None;
                self.told = None;
            }
        }
    }

    /// True when a part of the calendar begins after the day of publication.
    fn is_ahead(&self, part: Calendar) -> bool {
        let start = interval::bounds(part, None).and_then(|b| b.earliest_start);
        match (start, self.published) {
            (Some(start), Some(published)) => start.date() > published.date(),
            _ => false,
        }
    }

    fn several(&mut self, several: &Several) {
        let mut items: Vec<(Moment, (usize, usize))> =
            several.items.iter().take(several.count).copied().collect();
        complete(&mut items);
        let first = self.mentions.len();
        let whole = items.first().map_or(0, |i| i.1.0)..items.last().map_or(0, |i| i.1.1);
        if several.range {
            // The two ends of a range look the same way, and the words between them bind nothing else.
            let relation = self.relation(whole.start);
            self.shared = Some(self.situation(&whole, relation).direction);
            for (moment, _) in &mut items {
                moment.relation = Some(Relation::At);
            }
        }
        for (moment, (from, to)) in &items {
            self.moment(moment, *from..*to);
        }
        self.shared = None;
        let last = self.mentions.len().saturating_sub(1);
        if several.range && items.len() == 2 && last == first + 1 {
            self.link(first, last);
        }
    }

    /// Makes two mentions the ends of one range.
    fn link(&mut self, first: usize, last: usize) {
        interval::order(&mut self.mentions, &mut self.parts, (first, last), self.published);
        let bounds = |m: Option<&TimeMention>| m.and_then(|m| m.bounds);
        let (a, b) = (bounds(self.mentions.get(first)), bounds(self.mentions.get(last)));
        let between = match (a, b) {
            (Some(a), Some(b)) if a.earliest_start <= b.latest_end => Some(Bounds {
                earliest_start: a.earliest_start,
                latest_start: if a.latest_end.is_some() && a.latest_end < b.latest_end {
                    a.latest_end
                } else {
                    a.latest_start
                },
                earliest_end: b.earliest_start,
                latest_end: b.latest_end,
            }),
            _ => None,
        };
        let part = |n: usize, story: &Self| {
            let modifier = story.mentions.get(n).and_then(|m| m.modifier);
            story.parts.get(n).copied().flatten().map(|p| (p, modifier))
        };
        let edtf = match (part(first, self), part(last, self)) {
            (Some(a), Some(b)) if a.0.is_time() && a.0.day() == b.0.day() => interval::edtf(a.0, None),
            (Some(a), Some(b)) => interval::edtf_between(Some(a), Some(b)),
            _ => String::new(),
        };
        for (n, end) in [(first, RangeEnd::First(last)), (last, RangeEnd::Last(first))] {
            if let Some(mention) = self.mentions.get_mut(n) {
                mention.range = Some(end);
                mention.relation = Relation::At;
                mention.happening = between;
                mention.edtf.clone_from(&edtf);
            }
        }
    }
}

/// In a range or list, each moment takes from its neighbours what it does not say itself.
fn complete(items: &mut [(Moment, (usize, usize))]) {
    let count = items.len();
    for n in (0..count.saturating_sub(1)).rev() {
        let (Some(next), Some(item)) = (items.get(n + 1).map(|i| i.0), items.get_mut(n)) else { continue };
        borrow(&mut item.0, &next);
    }
    for n in 1..count {
        let (Some(before), Some(item)) = (items.get(n - 1).map(|i| i.0), items.get_mut(n)) else { continue };
        borrow(&mut item.0, &before);
    }
}

/// Fields coarser than what a moment says, from its neighbour in a range.
fn borrow(moment: &mut Moment, from: &Moment) {
    if moment.only_clock() && !from.only_clock() {
        let (hour, minute, second, part) = (moment.hour, moment.minute, moment.second, moment.part);
        let zone = moment.zone;
        let modifier = moment.modifier;
        *moment = Moment { hour, minute, second, part, zone, modifier, ..*from };
        return;
    }
    if moment.lean != Lean::Open || from.lean != Lean::Open {
        return;
    }
    let open_month = moment.day.is_some() && moment.month.is_none() && moment.weekday.is_none();
    if open_month && from.month.is_some() {
        moment.month = from.month;
    }
    let in_year = moment.month.is_some()
        || moment.season.is_some()
        || moment.quarter.is_some()
        || moment.half.is_some();
    if in_year && moment.year.is_none() && from.year.is_some() {
        moment.year = from.year;
        moment.short_year = from.short_year;
    }
    if moment.year.is_some() && from.before_christ {
        moment.before_christ = true;
    }
    if moment.century.is_some() && from.before_christ {
        moment.before_christ = true;
    }
    if moment.toward.is_none() && (moment.month.is_some() || moment.weekday.is_some()) {
        moment.toward = from.toward;
    }
}
