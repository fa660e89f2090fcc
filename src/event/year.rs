//! The year of a day or month told without one, where what it leans on was told aside.

use super::dating::{self, Tie};
use super::mention::EventTime;
use super::scene::{Governor, Scene, View};
use super::segment::Opening;
use super::word::Tense;
use crate::time::{Anchor, Granularity};
use chrono::{Datelike, NaiveDate};

/// What a time belongs to, as far as its year depends on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Own {
    /// Its verb.
    pub group: Option<usize>,
    /// Told as done.
    pub done: bool,
    /// Told as to come.
    pub ahead: bool,
}

/// "The bridge, built in 1877, was closed in March": the year of what is told aside is not that of the story; the
/// month is the last one up to publication.
pub(super) fn unlean(
    scene: &Scene<'_, '_>,
    view: &View,
    ties: &[Tie],
    own: Own,
    published: Option<NaiveDate>,
    time: &mut EventTime,
) -> Option<()> {
    let mention = scene.times.get(time.mention?)?;
    let Anchor::Mention(from) = mention.anchor else { return None };
    if !mention.trail.contains(&"year of the narration") || mention.range.is_some() {
        return None;
    }
    let elsewhere;
    let home = scene.views.iter().find(|v| v.times.contains(&from))?;
    let ties = if home.number == view.number {
        ties
    } else {
        elsewhere = dating::ties(scene, home);
        &elsewhere
    };
    let Governor::Group(number) = ties.iter().find(|t| t.mention == from)?.governor else { return None };
    let group = scene.group(number)?;
    let relative = scene.segment(scene.segment_of(home, group.head))?.opening == Opening::Relative;
    // In another sentence, what had been done before, or is only said to have been.
    let before = own.done
        && home.number != view.number
        && (group.perfect && group.tense == Tense::Imperfect || group.tense == Tense::Conditional);
    if own.group == Some(number)
        || home.number != view.number && !own.done
        || group.is_finite() && !relative && !before
    {
        return None;
    }
    let published = published?;
    let (Some(first), Some(last)) = time.bounds.days() else { return None };
    let mut year = published.year();
    if own.ahead && last.with_year(year)? < published {
        year += 1;
    } else if !own.ahead && first.with_year(year)? > published {
        year -= 1;
    }
    let (first, last) = (first.with_year(year)?, last.with_year(year + last.year() - first.year())?);
    time.bounds = dating::days(first, last)?;
    time.edtf = match time.granularity {
        Granularity::Month => first.format("%Y-%m").to_string(),
        _ if first == last => first.to_string(),
        _ => format!("{first}/{last}"),
    };
    time.trail.push("not the year told aside");
    Some(())
}
