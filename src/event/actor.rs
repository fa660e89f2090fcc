//! Who took part: the subject before the verb, the agent after « par », the object after an active verb.

use super::mention::{Actor, ActorRole};
use super::quantity;
use super::scene::{Scene, View};
use super::segment::Opening;
use super::trigger::Candidate;
use super::verb::{Group, Voice};
use super::word::{Form, Part};
use crate::lang::form::{Gender, Number};
use crate::lang::{class, setting};
use std::ops::Range;

/// The actors of a candidate.
pub(super) fn find(scene: &Scene<'_, '_>, view: &View, candidate: &Candidate) -> Vec<Actor> {
    let mut found = Vec::new();
    let Some(group) = candidate.group.and_then(|g| scene.group(g)).filter(|g| g.is_finite()) else {
        return found;
    };
    if let Some(tokens) = subject(scene, view, group, candidate.segment) {
        let role = if group.voice == Voice::Passive { ActorRole::Patient } else { ActorRole::Subject };
        found.push(Actor { span: scene.text.span(tokens), role });
    }
    let Some(segment) = scene.segment(candidate.segment) else { return found };
    if group.voice == Voice::Passive {
        let by = (group.last + 1..segment.tokens.end).find(|&i| scene.text.has(i, class::EVENT_AGENT));
        if let Some(by) = by
            && let Some(tokens) = phrase(scene, by + 1..segment.tokens.end)
        {
            found.push(Actor { span: scene.text.span(tokens), role: ActorRole::Agent });
        }
    } else if let Some(tokens) = phrase(scene, group.last + 1..segment.tokens.end)
        && scene.word(tokens.start).part != Part::Preposition
    {
        found.push(Actor { span: scene.text.span(tokens), role: ActorRole::Patient });
    }
    found
}

/// The tokens of the subject: what stands before the verb in its segment, or in the segments before that have
/// no verb of their own; times, places and what opens the clause are left out.
pub(super) fn subject(
    scene: &Scene<'_, '_>,
    view: &View,
    group: &Group,
    segment: usize,
) -> Option<Range<usize>> {
    let own = scene.segment(segment)?;
    // « La réunion que le maire devait tenir a été reportée »: a clause stands between subject and verb.
    let inner = scene.groups_in(own.groups.clone()).rfind(|(_, g)| g.is_finite() && g.last < group.first);
    if let Some((_, inner)) = inner {
        if !own.opening.is_subordinate() {
            // "Police said three men were arrested": what is said has no opening word.
            return nominal(scene, inner.last + 1..group.first);
        }
        let before = scene.segment(segment.checked_sub(1).filter(|&n| n >= view.segments.start)?)?;
        return (before.finite.is_none()).then(|| nominal(scene, before.tokens.clone())).flatten();
    }
    // "The council late Tuesday approved": a time right before the verb is no part of the subject.
    let mut end = group.first;
    let timed = scene.is_timed(end.saturating_sub(1)..end);
    let leads = |i: usize| scene.word(i).part == Part::Preposition || scene.text.has(i, class::EVENT_LEAD);
    while timed && end > own.tokens.start && (scene.is_timed(end - 1..end) || leads(end - 1)) {
        end -= 1;
    }
    if let Some(tokens) = nominal(scene, own.tokens.start..end) {
        return Some(tokens);
    }
    if own.opening.is_subordinate() {
        return None;
    }
    // « Le convoi, long de 2 km, a quitté »: of the segments without a verb before, the first that is no
    // adverbial names the subject.
    let mut found = None;
    let mut number = segment;
    let mut bracket = false;
    while number > view.segments.start {
        number -= 1;
        let before = scene.segment(number)?;
        // Words in brackets explain the subject, they are none.
        if before.bracketed && !own.bracketed {
            bracket = true;
            continue;
        }
        if before.part != own.part && !bracket {
            break;
        }
        bracket = false;
        if before.finite.is_some() {
            if before.opening.is_subordinate() {
                continue;
            }
            break;
        }
        // "LIMA, 6 MAY 89 (EFE) -- [TEXT] A MAN, AGED 30, WAS KILLED": one dash parts, two put in between.
        let dash = |i: &usize| {
            scene.text.is_mark(*i, class::MARK_DASH) && scene.text.tokens.get(*i).is_some_and(|t| t.spaced())
        };
        if (before.tokens.end..group.first).filter(dash).count() % 2 == 1 {
            continue;
        }
        let verbal = scene
            .group(before.groups.start)
            .is_some_and(|g| !before.groups.is_empty() && g.first <= before.tokens.start + 1);
        // "John Marsh, 47, arrested on Monday": an age alone is nobody.
        let age = number > view.segments.start
            && scene.text.is_mark(before.tokens.start.saturating_sub(1), class::MARK_COMMA)
            && before.tokens.clone().all(|i| matches!(scene.word(i).part, Part::Number | Part::Mark));
        if !verbal
            && !age
            && let Some(tokens) = nominal(scene, before.tokens.clone())
        {
            found = Some(tokens);
        }
    }
    found
}

/// How many verbs back the name behind a pronoun is looked for.
const PRONOUN: usize = 6;

/// The subject that a headline names: that of the verb, of the verb it is joined to, what a relative pronoun or
/// a participle belongs to, or whom a pronoun stands for.
pub(super) fn told_subject(
    scene: &Scene<'_, '_>,
    view: &View,
    group: &Group,
    segment: usize,
) -> Option<Range<usize>> {
    let own = scene.segment(segment)?;
    if group.form == Form::Past {
        // « ont été évacués et relogés »
        let joined = group.first.checked_sub(1).is_some_and(|b| scene.text.has(b, class::EVENT_COORDINATE));
        let earlier = scene.groups_in(own.groups.clone()).rfind(|(_, g)| g.last < group.first);
        if let Some((_, verb)) = earlier.filter(|(_, g)| joined && g.is_finite()) {
            return told_subject(scene, view, verb, segment);
        }
        return before(scene, view, group.first).or_else(|| next_subject(scene, view, group));
    }
    if group.is_finite()
        && !group.shared
        && let Some(found) = subject(scene, view, group, segment)
    {
        return Some(found);
    }
    // "that" opens what is said, and after a noun what is told of it.
    let relative = match own.opening {
        Opening::Relative => true,
        Opening::Content => own.tokens.start.checked_sub(1).is_some_and(|b| {
            group.first <= own.tokens.start + 1 && matches!(scene.word(b).part, Part::Noun | Part::Name)
        }),
        _ => false,
    };
    if group.is_finite() && !group.shared && relative {
        return before(scene, view, own.tokens.start);
    }
    if group.is_finite() && !group.shared && has_pronoun(scene, view, group.first) {
        return behind_pronoun(scene, view, group);
    }
    if group.is_finite() && own.opening.is_subordinate() && !group.shared {
        return None;
    }
    // What is joined to a verb before, or hangs on it, has its subject.
    let (_, main) = scene
        .groups_in(view.groups.clone())
        .rfind(|(_, g)| g.is_finite() && !g.shared && g.first < group.first)?;
    let segment = scene.segment_of(view, main.head);
    if let Some(relative) = scene.segment(segment).filter(|s| s.opening == Opening::Relative)
        && let Some(found) = before(scene, view, relative.tokens.start)
    {
        return Some(found);
    }
    if has_pronoun(scene, view, main.first) {
        return behind_pronoun(scene, view, main);
    }
    subject(scene, view, main, segment)
}

/// « Commencée lundi, l'opération a duré »: the subject of the verb that follows.
fn next_subject(scene: &Scene<'_, '_>, view: &View, group: &Group) -> Option<Range<usize>> {
    if scene.groups_in(view.groups.clone()).any(|(_, g)| g.is_finite() && g.first < group.first) {
        return None;
    }
    let (_, main) =
        scene.groups_in(view.groups.clone()).find(|(_, g)| g.is_finite() && g.first > group.last)?;
    let segment = scene.segment_of(view, main.head);
    // « Découverte en 1969, elle met six ans à »
    if has_pronoun(scene, view, main.first) {
        return behind_pronoun(scene, view, main);
    }
    let found = subject(scene, view, main, segment)?;
    (found.start > group.last).then_some(found)
}

/// A pronoun stands before the verb as its subject.
fn has_pronoun(scene: &Scene<'_, '_>, view: &View, first: usize) -> bool {
    pronoun(scene, view, first).is_some()
}

fn pronoun(scene: &Scene<'_, '_>, view: &View, first: usize) -> Option<usize> {
    let text = scene.text;
    let passes = |i: usize| {
        text.has(i, class::EVENT_CLITIC) && !text.has(i, class::EVENT_SUBJECT)
            || text.has(i, class::EVENT_NEGATION)
    };
    let at = (view.tokens.start..first).rev().find(|&i| !passes(i))?;
    (text.value(at, class::EVENT_SUBJECT) == Some("third")).then_some(at)
}

/// Whom « il » stands for: the last subject with a name or noun that agrees with it, in its paragraph.
fn behind_pronoun(scene: &Scene<'_, '_>, view: &View, group: &Group) -> Option<Range<usize>> {
    let text = scene.text;
    let pronoun = pronoun(scene, view, group.first)?;
    let gender = |i: usize| text.value(i, class::EVENT_GENDER);
    let number = |g: &Group| text.lang.lexicon().shapes(text.word(g.first)).find_map(|s| s.number);
    let known = |n: usize| scene.views.get(n).filter(|v| v.paragraph == view.paragraph);
    let mut steps = 0;
    for n in (0..=view.number).rev() {
        let earlier = known(n)?;
        for (_, other) in scene.groups_in(earlier.groups.clone()).rev() {
            if !other.is_finite() || other.first >= group.first {
                continue;
            }
            steps += 1;
            if steps > PRONOUN {
                return None;
            }
            let segment = scene.segment_of(earlier, other.head);
            // "The firm recalled vans after a fault was found. It": what a clause tells aside is not taken up.
            let aside = scene
                .segment(segment)
                .is_some_and(|s| s.opening.is_subordinate() && s.opening != Opening::Content);
            if aside && n < view.number {
                continue;
            }
            let Some(found) = subject(scene, earlier, other, segment) else { continue };
            if !may_be_meant(scene, pronoun, &found) {
                return None;
            }
            let agrees = match (gender(pronoun), gender(found.start)) {
                (Some(one), Some(two)) => one == two,
                _ => true,
            };
            let noun = found.clone().any(|i| matches!(scene.word(i).part, Part::Noun | Part::Name));
            let one_number = match (number(group), number(other)) {
                (Some(one), Some(two)) => one == two,
                _ => true,
            };
            return (agrees && noun && one_number).then_some(found);
        }
    }
    None
}

/// "He" is nobody that the lists know as a happening, where only people are "he".
fn may_be_meant(scene: &Scene<'_, '_>, pronoun: usize, subject: &Range<usize>) -> bool {
    let text = scene.text;
    let person = matches!(text.value(pronoun, class::EVENT_GENDER), Some("m" | "f"))
        && text.lang.setting(setting::PRONOUN_PERSONS).is_some();
    let head = subject
        .clone()
        .take_while(|&i| !text.has(i, class::EVENT_OF))
        .filter(|&i| matches!(scene.word(i).part, Part::Noun | Part::Name));
    !person || head.last().is_none_or(|i| scene.word(i).part == Part::Name || scene.word(i).noun.is_none())
}

/// The noun phrase that a participle right after it determines, a comma between them or not.
pub(super) fn before(scene: &Scene<'_, '_>, view: &View, first: usize) -> Option<Range<usize>> {
    let text = scene.text;
    let mut end = first;
    while end > view.tokens.start {
        // « d'abord », « tout juste »: adverbs of several words, looked for at their first.
        let adverb = (1..=3usize).find(|&n| {
            let Some(at) = end.checked_sub(n).filter(|&at| at >= view.tokens.start) else { return false };
            let phrase = |class| text.phrase(at, class).is_some_and(|(len, _)| len == n);
            phrase(class::EVENT_FILLER) || phrase(class::EVENT_NARRATION)
        });
        let single = text.is_mark(end - 1, class::MARK_COMMA) || scene.word(end - 1).part == Part::Adverb;
        match adverb.or(single.then_some(1)) {
            Some(len) => end -= len,
            None => break,
        }
    }
    let agrees = |i: usize| {
        let shapes = text.lang.lexicon().shapes(text.word(first)).filter(|s| s.is_past_participle());
        let wanted = text.value(i, class::EVENT_GENDER);
        let mut fits = shapes
            .map(|s| match (wanted, s.number, s.gender) {
                (None, _, _) | (_, None, _) => true,
                (Some(kind), number, gender) => {
                    (kind == "p") == (number == Some(Number::Plur))
                        && (kind != "m" || gender != Some(Gender::Fem))
                        && (kind != "f" || gender != Some(Gender::Masc))
                }
            })
            .peekable();
        fits.peek().is_none() || fits.any(|f| f)
    };
    let mut start = end;
    let mut best = None;
    while start > view.tokens.start && end - start < 9 {
        let word = scene.word(start - 1);
        let of = text.value(start - 1, class::EVENT_OF);
        // "a bombing in Hera that": a name alone is where the thing was.
        let bare = (start..end).all(|i| scene.word(i).part == Part::Name) && start < end;
        let stops = word.part == Part::Mark
            || word.part == Part::Number && scene.time_over(start - 1..start).is_some()
            || word.part == Part::Verb && word.form != Form::Past
            || word.part == Part::Preposition && of != Some("noun") && !bare;
        if stops {
            break;
        }
        start -= 1;
        let opens = matches!(scene.word(start).part, Part::Determiner | Part::Number)
            && of != Some("noun")
            && !quantity::is_designator(scene, start);
        // « les dégâts du cyclone, passé »: the phrase that agrees, the longest of them.
        let tied = of == Some("noun");
        if (opens || tied) && agrees(start) {
            best = Some(if tied { start + 1 } else { start });
        }
        if opens && !(start > view.tokens.start && text.value(start - 1, class::EVENT_OF) == Some("noun")) {
            break;
        }
    }
    let start = best.filter(|&b| b < end).unwrap_or(start);
    // « Le musée, dans le nord, fermé »: what a preposition opens between commas is passed over.
    let adverbial = start > view.tokens.start + 1
        && scene.word(start - 1).part == Part::Preposition
        && text.value(start - 1, class::EVENT_OF) != Some("noun");
    if adverbial && end < first && text.is_mark(start - 2, class::MARK_COMMA) {
        return before(scene, view, start - 1);
    }
    // « Marc Delaunay, 47 ans, arrêté »: a measure between commas is passed over.
    let measure = scene.word(start).part == Part::Number
        && end < first
        && start > view.tokens.start + 1
        && text.is_mark(start - 1, class::MARK_COMMA);
    if measure && let Some(found) = before(scene, view, start - 1) {
        // « à l'encontre de Marc Delaunay, 47 ans, arrêté »: the name.
        let led = found.start > view.tokens.start && scene.word(found.start - 1).part == Part::Preposition;
        let of = found.clone().rev().find(|&i| text.value(i, class::EVENT_OF) == Some("noun"));
        let named = |of: &usize| (of + 1..found.end).all(|i| scene.word(i).part == Part::Name);
        let name = of.filter(|of| led && of + 1 < found.end && named(of)).map(|of| of + 1..found.end);
        return Some(name.unwrap_or(found));
    }
    let noun = (start..end).any(|i| matches!(scene.word(i).part, Part::Noun | Part::Name));
    let whole = matches!(scene.word(start).part, Part::Determiner | Part::Number | Part::Name | Part::Noun)
        || scene.word(start).part == Part::Adjective && end > start + 1;
    (noun && whole).then_some(start..end)
}

/// The noun phrase that ends a range: pronouns and negation at its end are left out, a preposition at its head
/// makes it no subject.
fn nominal(scene: &Scene<'_, '_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let text = scene.text;
    let (mut start, mut end) = (tokens.start, tokens.end);
    while end > start
        && (text.has(end - 1, class::EVENT_CLITIC)
            || text.has(end - 1, class::EVENT_NEGATION)
            || text.has(end - 1, class::EVENT_FILLER))
    {
        end -= 1;
    }
    while start < end
        && (text.has(start, class::EVENT_COORDINATE)
            || text.phrase(start, class::EVENT_SUBORDINATE).is_some()
            || scene.word(start).part == Part::Adverb)
        && !counts(scene, start)
    {
        start += text.phrase(start, class::EVENT_SUBORDINATE).map_or(1, |(n, _)| n).max(1);
    }
    // Times at the head are adverbials: go past them.
    while start < end && (scene.is_timed(start..start + 1) || scene.is_timed(start + 1..start + 2)) {
        let Some(first) = text.tokens.get(start) else { break };
        let next = scene.times.partition_point(|t| t.span.end <= first.span.start);
        let time = scene.times.get(next).filter(|t| t.dates().is_some()).map(|t| text.tokens_in(t.span));
        match time.filter(|t| t.start <= start + 1 && t.end <= end && t.end > start) {
            Some(time) => start = time.end,
            None => break,
        }
    }
    // « des policiers ont fermé »: at the head of what is said, an article.
    let article = text.has(start, class::EVENT_ARTICLE)
        && text.value(start, class::EVENT_OF) == Some("noun")
        && matches!(scene.word(start + 1).part, Part::Noun | Part::Adjective);
    if start >= end || scene.word(start).part == Part::Preposition && !article && !counts(scene, start) {
        return None;
    }
    let noun = (start..end).any(|i| {
        matches!(scene.word(i).part, Part::Noun | Part::Name | Part::Number | Part::Other)
            && scene.word(i).form == Form::None
    });
    // « la dernière », « le survivant »: an adjective or participle with its article stands for a noun.
    let stands_for = scene.word(start).part == Part::Determiner
        && (start..end).any(|i| {
            let word = scene.word(i);
            word.part == Part::Adjective || word.part == Part::Verb && word.form == Form::Present
        });
    (noun || stands_for).then_some(start..end)
}

/// « plus de 4 000 hommes », "at least 12", "between 10 and 15": what opens a number at token `i`.
fn counts(scene: &Scene<'_, '_>, i: usize) -> bool {
    let range = (scene.text.value(i, class::EVENT_RANGE) == Some("between")).then_some(1);
    let opens = scene.text.phrase(i, class::EVENT_QUALIFIER).map(|(len, _)| len).or(range);
    opens.is_some_and(|len| {
        let next = scene.word(i + len);
        next.part == Part::Number || scene.text.phrase(i + len, class::EVENT_NUMBER).is_some()
    })
}

/// The noun phrase at the head of a range, up to a preposition that is no « de », a mark, a verb or a time.
fn phrase(scene: &Scene<'_, '_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let text = scene.text;
    let mut end = tokens.start;
    while end < tokens.end {
        let word = scene.word(end);
        let stops = word.part == Part::Mark
            || word.part == Part::Verb && word.form != Form::Past
            || word.part == Part::Preposition && !(text.has(end, class::EVENT_OF) && end > tokens.start)
            || word.part == Part::Adverb && end == tokens.start
            || text.phrase(end, class::EVENT_SUBORDINATE).is_some();
        if stops || scene.time_over(end..end + 1).is_some() {
            break;
        }
        end += 1;
    }
    while end > tokens.start && matches!(scene.word(end - 1).part, Part::Preposition | Part::Determiner) {
        end -= 1;
    }
    let noun = (tokens.start..end).any(|i| matches!(scene.word(i).part, Part::Noun | Part::Name));
    (noun && end > tokens.start).then_some(tokens.start..end)
}
