//! What the words of a time expression say, before it is known when the text was written.
//!
//! Rules build these values with the operations of `operation.rs`; `resolve.rs` turns them into parts of the
//! calendar.

use super::calendar::{Part, Unit};
use super::{Modifier, Relation};

/// From where a moment is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lean {
    /// Its own fields, completed from the context.
    #[default]
    Open,
    /// Publication: yesterday, two days ago.
    Publication,
    /// The last day of the narration: the day before, two days later.
    Narration,
    /// The narration's when it is told with its year nearby, else publication: the end of the month.
    Nearby,
}

/// Which of several units is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// The coming one: next.
    Next,
    /// The one gone by: last.
    Last,
    /// The current or nearest one: this.
    This,
    /// The first one after the narration: the following.
    Following,
    /// The one of the narration: that.
    Same,
    /// The one after the coming one.
    AfterNext,
}

/// A moment as the words give it; absent fields are open.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Moment {
    /// From where it is counted.
    pub lean: Lean,
    /// How many units away from there.
    pub shift: Option<(i32, Unit)>,
    /// The unit to which it is known when it is not the unit of the shift.
    pub unit: Option<Unit>,
    /// A century: the number of its hundreds.
    pub century: Option<i32>,
    /// A decade: the number of its tens; below 10 without the century.
    pub decade: Option<i32>,
    /// A year, astronomical; two digits when `short_year` says so.
    pub year: Option<i32>,
    /// The year has two digits.
    pub short_year: bool,
    /// The years count backwards.
    pub before_christ: bool,
    /// Half of the year.
    pub half: Option<u32>,
    /// Quarter of the year.
    pub quarter: Option<u32>,
    /// Season of the year.
    pub season: Option<u32>,
    /// Month.
    pub month: Option<u32>,
    /// Day of the month.
    pub day: Option<u32>,
    /// ISO week.
    pub week: Option<u32>,
    /// Day of the week, Monday 1.
    pub weekday: Option<u32>,
    /// The weekend.
    pub weekend: bool,
    /// A feast, as its list describes it.
    pub feast: Option<&'static str>,
    /// Part of the day.
    pub part: Option<Part>,
    /// Hour, minute, second.
    pub hour: Option<u32>,
    /// Minute.
    pub minute: Option<u32>,
    /// Second.
    pub second: Option<u32>,
    /// The clock says its half of the day: a.m., p.m.
    pub meridiem: bool,
    /// Offset from UTC in minutes.
    pub zone: Option<i16>,
    /// The clock is the local one of the place.
    pub local: bool,
    /// TIMEX3 mod.
    pub modifier: Option<Modifier>,
    /// Which of several.
    pub toward: Option<Toward>,
    /// The nth (from the end when negative) of a unit within the rest.
    pub nth: Option<(i32, Unit)>,
    /// The nth such weekday of the month.
    pub nth_weekday: Option<(i32, u32)>,
    /// The words say a part of day without an article or day: it may be any.
    pub generic: bool,
    /// Counted from a happening that the text names: it may be a mere length.
    pub beside: Option<(Length, (usize, usize))>,
    /// To the day or the minute: the unit of what it is counted from is kept.
    pub exact: bool,
    /// A word for today that can also mean these days.
    pub era: bool,
    /// The night before the resolved day.
    pub eve: bool,
    /// The part of it that is over at publication: earlier this week.
    pub elapsed: bool,
    /// The part of it that is still to come: later this week.
    pub to_come: bool,
    /// A fiscal or school year.
    pub season_year: bool,
    /// How a happening is bound to it, when the rule says so.
    pub relation: Option<Relation>,
}

impl Moment {
    /// True when it names a day or something within a day by itself.
    pub fn names_day(&self) -> bool {
        self.day.is_some()
            || self.weekday.is_some()
            || self.feast.is_some()
            || matches!(self.shift, Some((_, Unit::Day)))
    }

    /// True when it says a clock or a part of the day.
    pub fn has_clock(&self) -> bool {
        self.hour.is_some() || self.part.is_some()
    }

    /// True when only a clock or part of the day is known.
    pub fn only_clock(&self) -> bool {
        (self.hour.is_some() || self.part.is_some())
            && self.lean == Lean::Open
            && !self.names_day()
            && self.month.is_none()
            && self.year.is_none()
            && !self.weekend
    }

    /// Puts what `other` knows into the fields that are open here.
    pub fn joined(mut self, other: &Moment) -> Moment {
        if self.lean == Lean::Open {
            self.lean = other.lean;
        }
        macro_rules! fill {
            ($($field:ident),*) => { $( if self.$field.is_none() { self.$field = other.$field; } )* };
        }
        if self.year.is_none() {
            self.short_year = other.short_year;
            self.before_christ |= other.before_christ;
        }
        fill!(
            shift,
            unit,
            century,
            decade,
            year,
            half,
            quarter,
            season,
            month,
            day,
            week,
            weekday,
            feast,
            part,
            hour,
            minute,
            second,
            zone,
            modifier,
            toward,
            nth,
            nth_weekday,
            beside,
            relation
        );
        self.weekend |= other.weekend;
        self.local |= other.local;
        self.meridiem |= other.meridiem;
        self.eve |= other.eve;
        self.era |= other.era;
        self.exact |= other.exact;
        self.elapsed |= other.elapsed;
        self.to_come |= other.to_come;
        self.season_year |= other.season_year;
        self
    }
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    /// How many; `None` is vague.
    pub count: Option<f64>,
    /// Of what.
    pub unit: Unit,
    /// TIMEX3 mod.
    pub modifier: Option<Modifier>,
}

/// Something that recurs.
#[allow(clippy::large_enum_variant)] // short-lived and copied: a box would cost more than the space
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Recurring {
    /// Every so many units.
    Every(f64, Unit),
    /// Every such day, part of day or clock.
    Each(Moment),
}

/// TIMEX3's values for no particular time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vague {
    /// About now.
    Present,
    /// Some time ago.
    Past,
    /// Some time to come.
    Future,
}

/// What one expression says.
#[allow(clippy::large_enum_variant)] // short-lived: a box would cost more than the space
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// A moment.
    Moment(Moment),
    /// A length.
    Length(Length),
    /// A recurrence.
    Recurring(Recurring),
    /// No particular time.
    Vague(Vague),
    /// Moments joined as a range or as a list.
    Several(Box<Several>),
    /// Two lengths: eight to ten months.
    Lengths([(Length, (usize, usize)); 2]),
    /// A number, for other rules.
    Number(f64),
    /// Looks like a time and is none.
    Nothing,
    /// A date that does not exist.
    Impossible,
}

/// Up to four moments of one expression, each with its tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Several {
    /// The moments; the first `count` of them.
    pub items: [(Moment, (usize, usize)); 4],
    /// How many there are.
    pub count: usize,
    /// They are the two ends of a range.
    pub range: bool,
}

/// A length in units that have a designator: half years in months, decades and centuries in years.
pub fn plain_units(count: f64, unit: Unit) -> Length {
    let (factor, _, _) = unit.length();
    let (count, unit) = match unit {
        Unit::Season | Unit::Half => (count * factor, Unit::Month),
        Unit::Decade | Unit::Century => (count * factor, Unit::Year),
        _ => (count, unit),
    };
    Length { count: Some(count), unit, modifier: None }
}

/// A shift in whole units: a year and a half is eighteen months.
pub fn whole_units(n: f64, unit: Unit) -> Option<(i32, Unit)> {
    let (n, unit) = match unit {
        _ if n.fract() == 0.0 => (n, unit),
        Unit::Century => (n * 100.0, Unit::Year),
        Unit::Decade => (n * 10.0, Unit::Year),
        Unit::Year => (n * 12.0, Unit::Month),
        Unit::Week => (n * 7.0, Unit::Day),
        Unit::Day => (n * 24.0, Unit::Hour),
        Unit::Hour => (n * 60.0, Unit::Minute),
        Unit::Minute => (n * 60.0, Unit::Second),
        _ => (n, unit),
    };
    (n.abs() < 1e7).then_some((n.round() as i32, unit))
}
