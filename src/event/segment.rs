//! Cuts a sentence into segments and says which verb each segment belongs to.
//!
//! A segment lies between commas, brackets, quotes and the words that open a clause. Segments without a verb
//! of their own belong to a neighbour: those that open a sentence to its first main verb, the others to the
//! verb before them.

use super::verb::{Group, Modal, Voice};
use super::word::{Form, Part, Tense, Word};
use crate::lang::{Classes, class, setting};
use crate::text::{Kind, Text};
use std::ops::Range;

/// How a segment is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// Nothing: it goes on, or it is the main clause.
    Main,
    /// A word that joins equals.
    Joined,
    /// A relative pronoun.
    Relative,
    /// A word that opens a content clause: that.
    Content,
    /// A word of the same time: when, while.
    Temporal,
    /// A word of order in time: after, until.
    Order,
    /// A word of reason or contrast.
    Reason,
    /// A condition.
    Condition,
    /// A purpose.
    Purpose,
    /// Before or after doing something.
    Before,
}

impl Opening {
    /// Depends on another clause.
    pub fn is_subordinate(self) -> bool {
        !matches!(self, Opening::Main | Opening::Joined)
    }
}

/// A piece of a sentence with at most one finite verb, in most cases.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub tokens: Range<usize>,
    pub opening: Opening,
    /// Stands in brackets.
    pub bracketed: bool,
    /// Stands in quotation marks.
    pub quoted: bool,
    /// Number of its part of the sentence; parts lie between semicolons, colons, dashes, quotes and brackets.
    pub part: usize,
    /// Tells of a habit: « chaque année ».
    pub habitual: bool,
    /// Groups inside, by number.
    pub groups: Range<usize>,
    /// It goes on with the relative clause before it, without a subject of its own: « qui s'est déclaré à l'étage et
    /// propagé au toit ».
    pub continues_aside: bool,
    /// The first finite group inside, by number.
    pub finite: Option<usize>,
    /// The segment whose verb it belongs to: its own number when it has a verb.
    pub owner: usize,
}

impl Segment {
    /// Told by the text itself, as a clause that hangs on none.
    pub fn is_main(&self) -> bool {
        !self.opening.is_subordinate() && !self.quoted && !self.bracketed
    }

    /// A relative clause only says more of a noun; « à l'hôpital, où elle est décédée » tells what came next.
    pub fn is_aside(&self, text: &Text<'_>) -> bool {
        self.opening == Opening::Relative && !text.has(self.tokens.start, class::EVENT_WHERE)
    }
}

/// Cuts one sentence; `groups` are its verb groups, `base` is the number of the first one.
pub(super) fn cut(
    text: &Text<'_>,
    words: &[Word],
    sentence: Range<usize>,
    groups: &[Group],
    base: usize,
) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let (mut start, mut opening) = (sentence.start, Opening::Main);
    let (mut brackets, mut quotes) = (0usize, 0usize);
    let mut current = (0usize, 0usize, 0usize);
    let (mut parts, mut outside) = (0usize, 0usize);
    let mut inserted: Option<(usize, usize)> = None;
    let mut group = 0usize;
    let bare = text.lang.setting(setting::BARE_CONTENT).is_some();
    let mut i = sentence.start;
    while i < sentence.end {
        // Nothing cuts inside a verb group.
        while groups.get(group).is_some_and(|g| g.last < i) {
            group += 1;
        }
        if let Some(g) = groups.get(group)
            && g.first < i
            && i <= g.last
        {
            i += 1;
            continue;
        }
        // "A bill to ban bags was passed": the verb of the subject comes after its purpose or what is told of it.
        if groups.get(group).is_some_and(|g| g.first == i && g.is_finite())
            && (opening == Opening::Purpose
                || opening == Opening::Relative && resumes(text, words, groups, start, group))
            && let Some(subject) = segments.last().filter(|s| {
                s.tokens.end == start && !groups.iter().any(|g| g.is_finite() && s.tokens.contains(&g.first))
            })
        {
            let kind = subject.opening;
            push(&mut segments, start..i, opening, current);
            (start, opening) = (i, kind);
        }
        if is_border(text, i) {
            push(&mut segments, start..i, opening, current);
            if text.is_mark(i, class::MARK_OPEN) {
                if text.has(i, class::EVENT_QUOTE) { quotes += 1 } else { brackets += 1 }
            } else if text.is_mark(i, class::MARK_CLOSE) {
                if brackets > 0 && !text.has(i, class::EVENT_UNQUOTE) {
                    brackets -= 1;
                } else {
                    quotes = quotes.saturating_sub(1);
                }
            } else if text.is_mark(i, class::MARK_QUOTE) {
                quotes = 1 - quotes.min(1);
            }
            if !text.is_mark(i, class::MARK_COMMA) {
                parts += 1;
            }
            // "The nine – that is, all but one – agreed": after an insertion the part goes on that it stands in.
            let dash = |i: usize| text.is_mark(i, class::MARK_DASH) && !glues(text, i);
            let back = inserted.filter(|&(end, _)| end == i).map(|(_, part)| part);
            if back.is_some() {
                inserted = None;
            } else if dash(i) && inserted.is_none() {
                let verb = |end: &usize| {
                    groups.iter().any(|g| g.is_finite() && g.first > *end && g.first <= end + SUBJECT)
                };
                inserted = (i + 1..sentence.end).find(|&n| dash(n)).filter(verb).map(|end| (end, current.2));
            }
            // After a bracket the part goes on that it stands in: « à 8 h 15 (6 h 15 GMT) près de Lyon ».
            let part = match brackets {
                0 if current.0 > 0 => outside,
                n if n > 0 && current.0 == 0 => {
                    outside = current.2;
                    parts
                }
                _ if text.is_mark(i, class::MARK_COMMA) => current.2,
                _ => back.unwrap_or(parts),
            };
            current = (brackets, quotes, part);
            start = i + 1;
            opening = Opening::Main;
            i += 1;
            continue;
        }
        let rest = groups.get(group..).unwrap_or_default();
        let done = groups.get(..group).unwrap_or_default();
        if let Some((len, kind)) = opens(text, words, i, (start, opening), (done, rest), bare) {
            push(&mut segments, start..i, opening, current);
            start = i;
            opening = kind;
            i += len;
            continue;
        }
        i += 1;
    }
    push(&mut segments, start..sentence.end, opening, current);
    for segment in &mut segments {
        segment.habitual = segment.tokens.clone().any(|i| text.phrase(i, class::EVENT_HABIT).is_some());
    }
    fill(&mut segments, groups, base);
    own(&mut segments);
    segments
}

/// "The man who robbed a bank was held": a second verb, with no subject of its own, is that of the main clause.
fn resumes(text: &Text<'_>, words: &[Word], groups: &[Group], start: usize, next: usize) -> bool {
    let Some(verb) = groups.get(next) else { return false };
    let mut own = groups.get(..next).unwrap_or_default().iter().filter(|g| g.is_finite() && g.first >= start);
    let Some(first) = own.next().filter(|_| own.next().is_none()) else { return false };
    let part = |i: usize| words.get(i).map_or(Part::Other, |w| w.part);
    let gap = first.last + 1..verb.first;
    // "the one who left", « qui suit »: right after the pronoun, without a subject between.
    first.first <= start + SUBJECT
        && !first.sense.is_some_and(|s| s.report)
        && gap.clone().any(|i| matches!(part(i), Part::Noun | Part::Name))
        && gap.clone().last().is_some_and(|i| part(i) != Part::Pronoun)
        && !gap.into_iter().any(|i| text.has(i, class::EVENT_COORDINATE))
}

/// Most tokens from a relative pronoun that is the subject to its verb.
const SUBJECT: usize = 2;

fn push(segments: &mut Vec<Segment>, tokens: Range<usize>, opening: Opening, inside: (usize, usize, usize)) {
    if !tokens.is_empty() {
        let owner = segments.len();
        segments.push(Segment {
            tokens,
            opening,
            bracketed: inside.0 > 0,
            quoted: inside.1 > 0,
            part: inside.2,
            habitual: false,
            continues_aside: false,
            groups: 0..0,
            finite: None,
            owner,
        });
    }
}

/// A mark that parts one segment from the next.
fn is_border(text: &Text<'_>, i: usize) -> bool {
    text.tokens.get(i).is_some_and(|t| t.kind == Kind::Punct)
        && (text.has(i, class::MARK_COMMA)
            || text.has(i, class::MARK_SEMICOLON)
            || text.has(i, class::MARK_COLON)
            || text.has(i, class::MARK_DASH) && !glues(text, i)
            || text.has(i, class::MARK_OPEN)
            || text.has(i, class::MARK_CLOSE)
            || text.has(i, class::MARK_QUOTE))
}

/// "a 90-seat hall": a dash without a space on either side parts nothing.
fn glues(text: &Text<'_>, i: usize) -> bool {
    let spaced = |i: usize| text.tokens.get(i).is_none_or(|t| t.spaced());
    !spaced(i) && !spaced(i + 1)
}

/// "said on Sunday it had taken the town": what is said begins at token `i`, right after the verb of saying and its
/// time, and has a verb of its own.
fn begins_content(text: &Text<'_>, words: &[Word], i: usize, rest: &[Group], done: &[Group]) -> bool {
    let Some(says) = done.last() else { return false };
    let says_so = says.is_finite()
        && says.voice == Voice::Active
        && says.last < i
        && says.sense.is_some_and(|s| s.report)
        && says.modal == Modal::None;
    let next = || rest.iter().find(|g| g.first >= i);
    let Some(next) = says_so.then(next).flatten() else { return false };
    if !next.is_finite() || next.first - i > CONTENT || next.first == i {
        return false;
    }
    let part = |n: usize| words.get(n).map_or(Part::Other, |w| w.part);
    // "third-quarter profit": a time that only says which one.
    let attribute = |n: usize| {
        part(n) == Part::Number
            && text.str(n).contains('-')
            && matches!(part(n + 1), Part::Noun | Part::Adjective)
    };
    let counted = |n: usize| {
        let number = text.number(n).is_some() || text.phrase(n, class::EVENT_NUMBER).is_some();
        number && part(n) == Part::Number && matches!(part(n + 1), Part::Noun | Part::Adjective)
    };
    let nominal = |n: usize| {
        matches!(part(n), Part::Determiner | Part::Noun | Part::Name | Part::Pronoun | Part::Adjective)
            || attribute(n)
            || counted(n)
            || text.phrase(n, class::EVENT_QUALIFIER).is_some_and(|(len, _)| part(n + len) == Part::Number)
    };
    let time = |n: usize| {
        !attribute(n)
            && (part(n) == Part::Number && !counted(n)
                || part(n) == Part::Number && part(n - 1) == Part::Number
                || part(n) == Part::Preposition && part(n + 1) == Part::Number)
    };
    nominal(i)
        && (says.last + 1..i).all(time)
        && (i..next.first).any(|n| matches!(part(n), Part::Noun | Part::Name | Part::Pronoun))
        && !(i..next.first).any(|n| text.has(n, class::EVENT_COORDINATE))
        && !crosses(text, i, next.first)
}

/// Longest subject of what is said, in tokens.
const CONTENT: usize = 12;

/// The kind of segment that begins at token `i`, and the length of the words that open it.
fn opens(
    text: &Text<'_>,
    words: &[Word],
    i: usize,
    (start, opening): (usize, Opening),
    (done, rest): (&[Group], &[Group]),
    bare: bool,
) -> Option<(usize, Opening)> {
    const OPENERS: Classes = Classes::of(&[
        class::EVENT_SUBORDINATE,
        class::EVENT_CONDITION,
        class::EVENT_PURPOSE,
        class::EVENT_BEFORE,
        class::EVENT_COORDINATE,
    ]);
    if !text.touches(i, &OPENERS) {
        return (bare && begins_content(text, words, i, rest, done)).then_some((1, Opening::Content));
    }
    if let Some((len, kind)) = text.phrase(i, class::EVENT_SUBORDINATE) {
        let opening = match kind {
            "relative" => Opening::Relative,
            "that" => Opening::Content,
            "when" => Opening::Temporal,
            "order" => Opening::Order,
            _ => Opening::Reason,
        };
        // The words that open a clause want a finite verb after them.
        let verb = rest.iter().find(|g| g.is_finite() && g.first >= i + len);
        // "closed since Tuesday, the port was damaged"
        let part = |n: usize| words.get(n).map_or(Part::Mark, |w| w.part);
        let mut after = i + len;
        while part(after) == Part::Number {
            after += 1;
        }
        let time = after > i + len && part(after) == Part::Mark;
        // "was held while crossing the bridge": no clause of its own.
        let beside = opening == Opening::Temporal
            && rest
                .iter()
                .find(|g| g.first >= i + len)
                .is_some_and(|g| g.first == i + len && g.form == Form::Present);
        if verb.is_some() && !time && !beside {
            return Some((len, opening));
        }
    }
    if bare && begins_content(text, words, i, rest, done) {
        return Some((1, Opening::Content));
    }
    if let Some((len, _)) = text.phrase(i, class::EVENT_CONDITION)
        && rest.iter().any(|g| g.is_finite() && g.first >= i + len)
        && !next_is_verb(words, i + len)
    {
        return Some((len, Opening::Condition));
    }
    if let Some((len, _)) = text.phrase(i, class::EVENT_PURPOSE)
        && infinitive_near(text, rest, i + len)
        && !i.checked_sub(1).is_some_and(|b| text.has(b, class::EVENT_PLAN))
    {
        return Some((len, Opening::Purpose));
    }
    if let Some((len, _)) = text.phrase(i, class::EVENT_BEFORE)
        && infinitive_near(text, rest, i + len)
    {
        return Some((len, Opening::Before));
    }
    if text.has(i, class::EVENT_COORDINATE) && i > start {
        // "has come to meet the board and will stay": the verb after the word goes on from the main clause.
        let meant = opening == Opening::Purpose
            && done.iter().any(|g| g.form == Form::Infinitive && g.first >= start)
            && rest.iter().find(|g| g.first > i).is_some_and(|g| g.first < g.head || g.tense == Tense::Past);
        let before = meant || done.iter().any(|g| g.is_finite() && g.first >= start);
        let next = rest.iter().find(|g| g.first > i)?;
        let gap = next.first - i;
        if before && next.is_finite() && gap <= 12 && !crosses(text, i, next.first) {
            return Some((1, Opening::Joined));
        }
    }
    None
}

fn next_is_verb(words: &[Word], i: usize) -> bool {
    words.get(i).is_some_and(|w| w.aux.is_some() || w.form == Form::Finite)
}

fn infinitive_near(text: &Text<'_>, rest: &[Group], i: usize) -> bool {
    rest.iter().find(|g| g.first >= i).is_some_and(|g| {
        matches!(g.form, Form::Infinitive | Form::Present)
            && (i..g.first).all(|t| {
                text.has(t, class::EVENT_CLITIC)
                    || text.has(t, class::EVENT_NEGATION)
                    || text.has(t, class::EVENT_FILLER)
            })
            && g.first - i <= 3
    })
}

/// A comma or the opening of a clause stands between.
fn crosses(text: &Text<'_>, from: usize, to: usize) -> bool {
    (from + 1..to).any(|t| {
        text.is_mark(t, class::MARK_COMMA)
            || text.is_mark(t, class::MARK_SEMICOLON)
            || text.phrase(t, class::EVENT_SUBORDINATE).is_some()
    })
}

fn fill(segments: &mut [Segment], groups: &[Group], base: usize) {
    let mut next = 0;
    let mut before = None;
    for segment in segments.iter_mut() {
        while groups.get(next).is_some_and(|g| g.first < segment.tokens.start) {
            next += 1;
        }
        let first = next;
        while groups.get(next).is_some_and(|g| g.first < segment.tokens.end) {
            next += 1;
        }
        if let Some(group) = groups.get(first).filter(|_| first < next) {
            segment.continues_aside = segment.opening == Opening::Joined
                && before == Some(Opening::Relative)
                && group.first <= segment.tokens.start + 1;
            before = Some(segment.opening);
        }
        segment.groups = base + first..base + next;
        segment.finite =
            (first..next).find(|&g| groups.get(g).is_some_and(Group::is_finite)).map(|g| g + base);
    }
}

/// Gives each segment without a verb to one with a verb: of its own part of the sentence, if there is one.
fn own(segments: &mut [Segment]) {
    let has_verb = |s: &Segment| !s.groups.is_empty();
    let is_main =
        |s: &Segment| s.finite.is_some() && !s.opening.is_subordinate() && !s.bracketed && !s.continues_aside;
    for n in 0..segments.len() {
        let Some(segment) = segments.get(n).filter(|s| !has_verb(s)) else { continue };
        let part = segment.part;
        let find = |fits: &dyn Fn(&Segment) -> bool| -> (Option<usize>, Option<usize>) {
            let fits = |m: &usize| segments.get(*m).is_some_and(fits);
            ((0..n).rev().find(|m| fits(m)), (n + 1..segments.len()).find(|m| fits(m)))
        };
        let (before_main, after_main) = find(&|s| is_main(s) && s.part == part);
        let (before, after) = find(&|s| has_verb(s) && s.part == part);
        let (far_before, far_after) = find(&has_verb);
        let owner = match (before_main, after_main) {
            (None, Some(main)) => Some(main),
            _ => before.or(after).or(far_before).or(far_after),
        };
        if let (Some(owner), Some(segment)) = (owner, segments.get_mut(n)) {
            segment.owner = owner;
        }
    }
}
