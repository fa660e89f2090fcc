//! The operations that `time.rules` may name after `means`, and how a match is turned into a meaning.
//!
//! | operation | gives |
//! |---|---|
//! | `weekday(w)` `month(m)` `dom(d)` `year(y)` `shortyear(y)` `decade(d)` `century(n)` `season(s)` `quarter(n)` `half(n)` `weekend()` `feast(f)` `part(p)` | a moment with this field |
//! | `offset(sign, h, m)` | minutes from UTC, a number for other rules |
//! | `beyond(x)` | x when it does not exist, else nothing |
//! | `known-day(x)` | the day that the setting `known_days` lists for this month and day |
//! | `no-game(x)` | x, unless the text tells of a game: its halves and quarters are no parts of a year |
//! | `date(d, m, y)` `dotted(x)` `clock(h, m, s)` `hhmm(x)` `half-clock(h)` | several fields |
//! | `and(a, b, …)` | the fields of all |
//! | `last(x)` `this(x)` `same(x)` `after-next(x)` `toward(word, x)` | which one |
//! | `ago(l)` `ahead(l)` `current(u)` `today()` | counted from publication |
//! | `before(l)` `after(l)` `that(u)` | counted from the narration |
//! | `beside(l, before)` | counted from a happening: a date if nothing else dates it, else a length |
//! | `nth(n, u, x)` `edge(e, x)` `modify(m, x)` `generic(x)` `eve(x)` `bc(x)` `zone(z, x)` `elapsed(x)` | x changed |
//! | `length(n, u)` `vague(u)` `lengths(a, b)` `every(n, u)` `each(x)` `ref(past)` | the other kinds |
//! | `range(a, b)` `list(a, b, …)` | several mentions |
//! | `nothing()` | not a time |

use super::calendar::{Part, Unit};
use super::exist;
use super::meaning::{
    Lean, Length, Meaning, Moment, Recurring, Several, Toward, Vague, plain_units, whole_units,
};
use super::word::modifier;
use crate::lang::rule::{Operation, Rule, Term};
use crate::lang::{class, operation, setting};
use crate::text::Text;
use crate::text::matcher::{Capture, Held, Reader};
use std::cell::OnceCell;
use std::ops::Range;

/// A meaning, by its place in [`Meanings`].
pub type Handle = u32;

/// All meanings computed for a text, with the rules that gave them.
#[derive(Debug, Default)]
pub struct Meanings {
    list: Vec<(Meaning, u16, [Handle; 4])>,
    /// The text tells of a game; asked for few times.
    game: OnceCell<bool>,
}

const NO_HANDLE: Handle = Handle::MAX;

impl Meanings {
    /// None yet, with space for those of a text of this many tokens.
    pub fn of(tokens: usize) -> Self {
        Meanings { list: Vec::with_capacity(tokens / 6), ..Meanings::default() }
    }

    /// The meaning behind a handle.
    pub fn get(&self, handle: Handle) -> Option<&Meaning> {
        self.list.get(handle as usize).map(|(m, _, _)| m)
    }

    /// The outermost rule that does more than pass on what another rule found.
    pub fn telling(&self, handle: Handle, names: &'static [Rule]) -> &'static str {
        let mut at = handle;
        loop {
            let Some((_, rule, inner)) = self.list.get(at as usize) else { return "" };
            let Some(rule) = names.get(usize::from(*rule)) else { return "" };
            match (rule.means, inner.first()) {
                (Term::Slot(_), Some(&next)) if next != NO_HANDLE => at = next,
                _ => return rule.name,
            }
        }
    }

    /// The rules that gave it, outermost first.
    pub fn rules(&self, handle: Handle, names: &'static [Rule]) -> Vec<&'static str> {
        let (mut found, mut open) = (Vec::with_capacity(6), vec![handle]);
        while let Some(next) = open.pop() {
            if let Some((_, rule, inner)) = self.list.get(next as usize) {
                found.extend(names.get(usize::from(*rule)).map(|r| r.name));
                open.extend(inner.iter().rev().filter(|h| **h != NO_HANDLE));
            }
        }
        found
    }
}

impl Reader for Meanings {
    type Value = Handle;

    fn read(
        &mut self,
        text: &Text<'_>,
        rule: &'static Rule,
        number: u16,
        captures: &[Capture<Handle>],
        _span: Range<usize>,
    ) -> Option<Handle> {
        let meaning = Evaluation { text, captures, meanings: self }.whole(&rule.means)?;
        let mut inner = [NO_HANDLE; 4];
        let values = captures.iter().filter_map(|c| match c.held {
            Held::Value(handle) => Some(handle),
            _ => None,
        });
        for (place, handle) in inner.iter_mut().zip(values) {
            *place = handle;
        }
        self.list.push((meaning, number, inner));
        Some(self.list.len() as Handle - 1)
    }
}

/// A value on the way to a meaning.
#[allow(clippy::large_enum_variant)] // short-lived: a box would cost more than the space
enum Value {
    Nothing,
    Number(f64),
    Word(&'static str),
    Raw(usize),
    Meaning(Meaning),
}

struct Evaluation<'a, 's> {
    text: &'a Text<'s>,
    captures: &'a [Capture<Handle>],
    meanings: &'a Meanings,
}

impl Evaluation<'_, '_> {
    fn whole(&self, term: &Term) -> Option<Meaning> {
        if let Value::Meaning(meaning) = self.value(term)? { Some(meaning) } else { None }
    }

    fn value(&self, term: &Term) -> Option<Value> {
        Some(match term {
            Term::Int(n) => Value::Number(f64::from(*n)),
            Term::Name(name) => Value::Word(name),
            Term::Slot(slot) => {
                let capture = self.captures.get(usize::from(*slot))?;
                match capture.held {
                    Held::Nothing => Value::Nothing,
                    Held::Word(word) => Value::Word(word),
                    Held::Number(n) => Value::Number(n),
                    Held::Raw => Value::Raw(capture.start),
                    Held::Value(handle) => Value::Meaning(self.meanings.get(handle)?.clone()),
                }
            }
            Term::Call(name, arguments) => self.call(*name, arguments)?,
        })
    }

    fn tokens(&self, term: &Term) -> (usize, usize) {
        match term {
            Term::Slot(slot) => self.captures.get(usize::from(*slot)).map_or((0, 0), |c| (c.start, c.end)),
            // What a moment takes from elsewhere is not part of its words.
            Term::Call(operation::SPANNED, arguments) => self.cover(arguments.get(1..).unwrap_or_default()),
            Term::Call(_, arguments) => self.cover(arguments),
            _ => (0, 0),
        }
    }

    /// The tokens from the first to the last of several terms.
    fn cover(&self, terms: &[Term]) -> (usize, usize) {
        let spans = terms.iter().map(|term| self.tokens(term)).filter(|(start, end)| end > start);
        spans.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1))).unwrap_or((0, 0))
    }

    fn number(&self, term: &Term) -> Option<f64> {
        match self.value(term)? {
            Value::Number(n) => Some(n),
            Value::Word(word) => word.parse().ok(),
            Value::Meaning(Meaning::Number(n)) => Some(n),
            _ => None,
        }
    }

    fn int(&self, term: &Term) -> Option<i32> {
        self.number(term).filter(|n| n.abs() < 1e9 && n.fract() == 0.0).map(|n| n as i32)
    }

    fn whole_number(&self, term: &Term) -> Option<u32> {
        self.int(term).and_then(|n| u32::try_from(n).ok())
    }

    fn word(&self, term: &Term) -> Option<&'static str> {
        match self.value(term)? {
            Value::Word(word) => Some(word),
            _ => None,
        }
    }

    /// A unit, with a count when the word stands for several: a fortnight is `2*week`.
    fn unit(&self, term: &Term) -> Option<(f64, Unit)> {
        let name = self.word(term)?;
        match name.split_once('*') {
            Some((count, unit)) => Some((count.parse().ok()?, Unit::from_name(unit)?)),
            None => Some((1.0, Unit::from_name(name)?)),
        }
    }

    fn moment(&self, term: &Term) -> Option<Moment> {
        match self.value(term)? {
            Value::Meaning(Meaning::Moment(moment)) => Some(moment),
            _ => None,
        }
    }

    /// Changes a moment; other meanings pass with their own modifier.
    fn change(&self, term: &Term, change: impl FnOnce(&mut Moment)) -> Option<Value> {
        let mut moment = self.moment(term)?;
        change(&mut moment);
        Some(Value::Meaning(Meaning::Moment(moment)))
    }

    fn call(&self, name: Operation, arguments: &[Term]) -> Option<Value> {
        let zero = Term::Int(0);
        let argument = |n: usize| arguments.get(n).unwrap_or(&zero);
        let (a, b, c) = (argument(0), argument(1), argument(2));
        let mut m = Moment::default();
        match name {
            operation::NOTHING => return Some(Value::Meaning(Meaning::Nothing)),
            operation::WEEKDAY => m.weekday = Some(self.whole_number(a)?),
            operation::MONTH => m.month = Some(self.whole_number(a)?),
            operation::DOM => m.day = Some(self.whole_number(a)?),
            operation::YEAR => m.year = Some(self.int(a)?),
            operation::LONE_SHORTYEAR => {
                let year = self.int(a).filter(|y| (40..=99).contains(y))?;
                (m.year, m.short_year) = (Some(year), true);
            }
            operation::SHORTYEAR => (m.year, m.short_year) = (Some(self.int(a)?), true),
            operation::DECADE => m.decade = Some(self.int(a).filter(|y| y % 10 == 0)?.div_euclid(10)),
            operation::SHORTDECADE => m.decade = Some(self.int(a)?.div_euclid(10).rem_euclid(10)),
            operation::NUMBER => return Some(Value::Meaning(Meaning::Number(self.number(a)?))),
            operation::EITHER => {
                let all = arguments.iter().filter_map(|term| self.value(term));
                return all.into_iter().find(|v| !matches!(v, Value::Nothing));
            }
            operation::CENTURY => m.century = Some(self.int(a)? - 1),
            operation::SEASON => m.season = Some(self.whole_number(a)?),
            operation::QUARTER => m.quarter = Some(self.whole_number(a).filter(|n| (1..=4).contains(n))?),
            operation::HALF => m.half = Some(self.whole_number(a).filter(|n| (1..=2).contains(n))?),
            operation::WEEKEND => m.weekend = true,
            operation::FEAST => m.feast = Some(self.word(a)?),
            operation::PART => m.part = Some(Part::from_name(self.word(a)?)?),
            operation::DATE => return self.date(a, b, c),
            operation::DOTTED => return self.dotted(a),
            operation::CLOCK => {
                let given = |n: usize| arguments.get(n).and_then(|term| self.whole_number(term));
                (m.hour, m.minute, m.second) = (Some(given(0)?), given(1), given(2));
                return Some(Value::Meaning(exist::clock(m)));
            }
            operation::HHMM => return self.hhmm(a),
            operation::MINUTES_TO => {
                let (hour, less) = (self.int(a)?, self.int(b)?);
                let total = (hour * 60 - less).rem_euclid(1440);
                (m.hour, m.minute) = (u32::try_from(total / 60).ok(), u32::try_from(total % 60).ok());
            }
            operation::MERIDIEM => return self.meridiem(a, b),
            operation::AND => {
                let mut all = self.moment(a)?;
                for term in arguments.get(1..).unwrap_or_default() {
                    if let Value::Meaning(Meaning::Moment(other)) = self.value(term)? {
                        all = all.joined(&other);
                    }
                }
                return Some(Value::Meaning(exist::day(all)));
            }
            operation::LAST => return self.change(a, |m| m.toward = Some(Toward::Last)),
            operation::THIS => return self.change(a, |m| m.toward = Some(Toward::This)),
            operation::FOLLOWING => return self.change(a, |m| m.toward = Some(Toward::Following)),
            operation::SPANNED => return self.value(a),
            operation::SAME => return self.change(a, |m| m.toward = Some(Toward::Same)),
            operation::AFTER_NEXT => return self.change(a, |m| m.toward = Some(Toward::AfterNext)),
            operation::TOWARD => {
                let toward = match self.word(a)? {
                    "next" => Toward::Next,
                    "last" => Toward::Last,
                    "same" | "following" => Toward::Same,
                    "after-next" => Toward::AfterNext,
                    _ => Toward::This,
                };
                return self.change(b, |m| m.toward = Some(toward));
            }
            operation::NTH_WEEKDAY => {
                let (n, weekday) = (self.int(a)?, self.whole_number(b)?);
                return self.change(c, |m| m.nth_weekday = Some((n, weekday)));
            }
            operation::EXACT => return self.change(a, |m| m.exact = true),
            operation::TO_COME => return self.change(a, |m| m.to_come = true),
            operation::BC_IF => {
                let before = !matches!(self.value(a)?, Value::Nothing);
                return self.change(b, |m| m.before_christ |= before);
            }
            operation::AGO | operation::AHEAD | operation::BEFORE | operation::AFTER | operation::BESIDE => {
                return self.counted(name, a, b);
            }
            operation::TODAY => {
                m.lean = Lean::Publication;
                m.shift = Some((0, Unit::Day));
                m.era = true;
            }
            operation::CURRENT | operation::THAT | operation::THE => {
                let (_, unit) = self.unit(a)?;
                if name == operation::CURRENT && unit <= Unit::Day {
                    return None;
                }
                m.lean = match name {
                    operation::CURRENT => Lean::Publication,
                    operation::THE => Lean::Nearby,
                    _ => Lean::Narration,
                };
                m.shift = Some((0, unit));
            }
            operation::TOWARD_UNIT => {
                let (count, unit) = self.unit(b)?;
                let (lean, n) = match self.word(a)? {
                    "next" => (Lean::Publication, 1),
                    "last" => (Lean::Publication, -1),
                    "following" => (Lean::Narration, 1),
                    "previous" => (Lean::Narration, -1),
                    "same" => (Lean::Narration, 0),
                    "after-next" => (Lean::Publication, 2),
                    "before-last" => (Lean::Publication, -2),
                    _ => (Lean::Publication, 0),
                };
                // The last day and the next hour belong to a happening, not to the calendar.
                if unit < Unit::Day || (unit == Unit::Day && lean == Lean::Publication) {
                    return None;
                }
                m.lean = lean;
                m.shift = Some((n * (count as i32), unit));
            }
            operation::NTH => {
                let (n, (_, unit)) = (self.int(a)?, self.unit(b)?);
                return self.change(c, |m| m.nth = Some((n, unit)));
            }
            operation::EDGE | operation::MODIFY => return self.modify(a, b),
            operation::GENERIC => return self.change(a, |m| m.generic = true),
            operation::EVE => return self.change(a, |m| (m.eve, m.part) = (true, Some(Part::Night))),
            operation::ELAPSED => {
                return self.change(a, |m| {
                    (m.elapsed, m.modifier) = (true, m.modifier.or(Some(super::Modifier::Before)))
                });
            }
            operation::OFFSET => {
                let minutes = self.int(b)? * 60 + self.int(c).unwrap_or(0);
                return Some(Value::Meaning(Meaning::Number(f64::from(self.int(a).unwrap_or(1) * minutes))));
            }
            operation::BEYOND => {
                let found = self.value(a)?;
                return matches!(found, Value::Meaning(Meaning::Impossible)).then_some(found);
            }
            operation::KNOWN_DAY => {
                let moment = self.moment(a)?;
                let named = format!("-{:02}-{:02}", moment.month?, moment.day?);
                let mut known = self.text.lang.setting(setting::KNOWN_DAYS)?.split('|');
                m.feast = Some(known.find(|day| day.ends_with(&named))?);
            }
            operation::NO_GAME => return self.value(a).filter(|_| !self.tells_game()),
            operation::FISCAL => return self.change(a, |m| m.season_year = true),
            operation::BC => return self.change(a, |m| m.before_christ = true),
            operation::LOCAL => return self.change(a, |m| m.local = true),
            operation::ZONE => {
                let zone = self.int(a).and_then(|z| i16::try_from(z).ok());
                return self.change(b, |m| m.zone = zone);
            }
            operation::LENGTH | operation::VAGUE => return self.length(name == operation::VAGUE, a, b),
            operation::SHORT_LENGTH => {
                let (count, unit) = self.unit(a).filter(|(_, unit)| *unit <= Unit::Hour)?;
                return Some(Value::Meaning(Meaning::Length(plain_units(count, unit))));
            }
            operation::HALF_LENGTH | operation::HALF_MORE => {
                let more = name == operation::HALF_MORE;
                let (count, unit) = self.unit(if more { b } else { a })?;
                let whole = if more { self.number(a).unwrap_or(1.0) } else { 0.0 };
                let (n, unit) = match unit {
                    _ if more => (whole + 0.5, unit),
                    Unit::Hour => (30.0, Unit::Minute),
                    Unit::Day => (12.0, Unit::Hour),
                    Unit::Year => (6.0, Unit::Month),
                    Unit::Decade => (5.0, Unit::Year),
                    Unit::Century => (50.0, Unit::Year),
                    _ => (0.5, unit),
                };
                let length = Length { count: Some(n * count), unit, modifier: None };
                return Some(Value::Meaning(Meaning::Length(length)));
            }
            operation::ADD => return self.add(a, b),
            operation::LENGTHS => {
                let (first, second) = (self.value(a)?, self.value(b)?);
                let second = match second {
                    Value::Meaning(Meaning::Length(length)) => length,
                    _ => return None,
                };
                let first = match first {
                    Value::Number(n) => Length { count: Some(n), ..second },
                    Value::Meaning(Meaning::Length(length)) => length,
                    _ => return None,
                };
                return Some(Value::Meaning(Meaning::Lengths([
                    (first, self.tokens(a)),
                    (second, self.tokens(b)),
                ])));
            }
            operation::EVERY => {
                let (count, unit) = self.unit(b)?;
                let n = self.number(a).unwrap_or(1.0) * count;
                let Length { count, unit, .. } = plain_units(n, unit);
                return Some(Value::Meaning(Meaning::Recurring(Recurring::Every(count?, unit))));
            }
            operation::EACH => {
                return Some(Value::Meaning(Meaning::Recurring(Recurring::Each(self.moment(a)?))));
            }
            operation::REF => {
                let vague = match self.word(a)? {
                    "past" => Vague::Past,
                    "future" => Vague::Future,
                    _ => Vague::Present,
                };
                return Some(Value::Meaning(Meaning::Vague(vague)));
            }
            operation::RANGE | operation::LIST => return self.several(arguments, name == operation::RANGE),
            _ => return None,
        }
        Some(Value::Meaning(Meaning::Moment(m)))
    }

    /// Two words of sport make a game.
    fn tells_game(&self) -> bool {
        let word = |&i: &usize| self.text.has(i, class::TIME_GAME);
        *self.meanings.game.get_or_init(|| (0..self.text.tokens.len()).filter(word).nth(1).is_some())
    }

    /// A length counted from publication or from the narration.
    fn counted(&self, name: Operation, length: &Term, direction: &Term) -> Option<Value> {
        let Value::Meaning(Meaning::Length(counted)) = self.value(length)? else { return None };
        let back =
            matches!(name, operation::AGO | operation::BEFORE) || self.word(direction) == Some("before");
        let narration = !matches!(name, operation::AGO | operation::AHEAD);
        let Some(count) = counted.count else {
            let vague = if back { Vague::Past } else { Vague::Future };
            let meaning = if narration { Meaning::Length(counted) } else { Meaning::Vague(vague) };
            return Some(Value::Meaning(meaning));
        };
        let moment = Moment {
            lean: if narration { Lean::Narration } else { Lean::Publication },
            shift: Some(whole_units(if back { -count } else { count }, counted.unit)?),
            modifier: counted.modifier,
            beside: (name == operation::BESIDE).then(|| (counted, self.tokens(length))),
            ..Moment::default()
        };
        Some(Value::Meaning(Meaning::Moment(moment)))
    }

    fn date(&self, d: &Term, m: &Term, y: &Term) -> Option<Value> {
        let mut moment =
            Moment { day: self.whole_number(d), month: Some(self.whole_number(m)?), ..Moment::default() };
        match self.value(y)? {
            Value::Meaning(Meaning::Moment(year)) => moment = moment.joined(&year),
            Value::Number(0.0) | Value::Nothing => {}
            Value::Number(n) => moment.year = Some(n as i32),
            _ => return None,
        }
        Some(Value::Meaning(exist::day(moment)))
    }

    /// A date with marks between: day first, or year first.
    fn dotted(&self, term: &Term) -> Option<Value> {
        let Value::Raw(at) = self.value(term)? else { return None };
        let parts: Vec<&str> = self.text.str(at).split('.').collect();
        let [first, second, third] = parts.as_slice() else { return None };
        let read = |s: &str| s.parse::<u32>().ok();
        let day_first = self.text.lang.setting(setting::DAY_FIRST).is_some();
        let (year, month, day) = match (first.len(), third.len()) {
            (4, 1..=2) => (first, second, third),
            (1..=2, 2 | 4) if day_first => (third, second, first),
            (1..=2, 2 | 4) => (third, first, second),
            _ => return None,
        };
        let (y, m, d) = (read(year)?, read(month)?, read(day)?);
        if m == 0 || m > 12 || d == 0 {
            return None;
        }
        Some(Value::Meaning(exist::day(Moment {
            year: Some(y as i32),
            short_year: year.len() == 2,
            month: Some(m),
            day: Some(d),
            ..Moment::default()
        })))
    }

    /// Hours and minutes in one token: `14.30`, `0300`.
    fn hhmm(&self, term: &Term) -> Option<Value> {
        let (hour, minute) = match self.value(term)? {
            Value::Number(n) => ((n as u32) / 100, (n as u32) % 100),
            Value::Raw(at) => {
                let (h, m) = self.text.str(at).split_once('.')?;
                (h.parse().ok()?, m.parse().ok()?)
            }
            _ => return None,
        };
        if minute > 59 {
            return None;
        }
        Some(Value::Meaning(exist::clock(Moment {
            hour: Some(hour),
            minute: Some(minute),
            ..Moment::default()
        })))
    }

    fn meridiem(&self, half: &Term, clock: &Term) -> Option<Value> {
        let afternoon = self.word(half)? == "pm";
        let mut moment = self.moment(clock)?;
        let hour = moment.hour?;
        moment.meridiem = true;
        if hour > 12 {
            return Some(Value::Meaning(Meaning::Moment(moment)));
        }
        moment.hour = Some(hour % 12 + if afternoon { 12 } else { 0 });
        Some(Value::Meaning(Meaning::Moment(moment)))
    }

    fn modify(&self, by: &Term, what: &Term) -> Option<Value> {
        let Some(modifier) = self.word(by).and_then(modifier) else { return self.value(what) };
        match self.value(what)? {
            Value::Meaning(Meaning::Moment(mut moment)) => {
                moment.modifier = Some(modifier);
                Some(Value::Meaning(Meaning::Moment(moment)))
            }
            Value::Meaning(Meaning::Length(mut length)) => {
                length.modifier = Some(modifier);
                Some(Value::Meaning(Meaning::Length(length)))
            }
            other => Some(other),
        }
    }

    fn length(&self, vague: bool, a: &Term, b: &Term) -> Option<Value> {
        let (count, unit) = if vague {
            (None, self.unit(a)?.1)
        } else {
            let (count, unit) = self.unit(b)?;
            (Some(self.number(a)? * count), unit)
        };
        let length = match count {
            Some(count) => plain_units(count, unit),
            None => Length { count, unit, modifier: None },
        };
        Some(Value::Meaning(Meaning::Length(length)))
    }

    /// A length and a smaller one: an hour and a half, two hours twenty minutes.
    fn add(&self, a: &Term, b: &Term) -> Option<Value> {
        let Value::Meaning(Meaning::Length(mut sum)) = self.value(a)? else { return None };
        match self.value(b)? {
            Value::Meaning(Meaning::Length(more)) => {
                let per = |unit: Unit| match unit {
                    Unit::Second => Some(1.0),
                    Unit::Minute => Some(60.0),
                    Unit::Hour => Some(3600.0),
                    Unit::Day => Some(86_400.0),
                    Unit::Week => Some(604_800.0),
                    _ => None,
                };
                let months = |unit: Unit| match unit {
                    Unit::Month => Some(1.0),
                    Unit::Year => Some(12.0),
                    _ => None,
                };
                let scale = match (per(sum.unit), per(more.unit), months(sum.unit), months(more.unit)) {
                    (Some(big), Some(small), _, _) | (_, _, Some(big), Some(small)) => big / small,
                    _ => return None,
                };
                sum.count = Some(sum.count? * scale + more.count?);
                sum.unit = more.unit;
            }
            // And a half, in tenths.
            Value::Number(n) => sum.count = Some(sum.count? + n / 10.0),
            _ => return None,
        }
        Some(Value::Meaning(Meaning::Length(sum)))
    }

    fn several(&self, arguments: &[Term], range: bool) -> Option<Value> {
        let mut several = Several { items: [(Moment::default(), (0, 0)); 4], count: 0, range };
        for term in arguments {
            let moment = match self.value(term)? {
                Value::Nothing => continue,
                Value::Meaning(Meaning::Moment(moment)) => moment,
                _ => return None,
            };
            *several.items.get_mut(several.count)? = (moment, self.tokens(term));
            several.count += 1;
        }
        let ends = &several.items;
        // « mardi à 9 h » is no range: a day cannot end with a clock.
        if range && !ends[0].0.has_clock() && ends[1].0.only_clock() {
            return None;
        }
        Some(Value::Meaning(Meaning::Several(Box::new(several))))
    }
}
