//! The news of a report: its first sentence that tells something as done, on the day of publication when no time says
//! otherwise.

use super::EventType;
use super::dating;
use super::mention::{DateBasis, EventTime};
use super::scene::{Scene, View};
use super::story::{Draft, Story};
use super::told::Told;
use super::trigger::Strength;
use super::turn;
use super::verb::Chain;
use super::word::Tense;
use crate::text::SentenceKind;
use crate::time::{Granularity, TimeMention, TimexKind};

/// Why it has its day.
pub(super) const RULE: &str = "news of the report";

/// How many sentences may stand before it: headline, caption, dateline.
const BEFORE: usize = 3;

/// How many sentences after it may still tell the news as just done.
const NEXT: usize = 2;

/// The first sentences of the body.
fn first<'s>(scene: &'s Scene<'_, '_>) -> impl Iterator<Item = &'s View> {
    let body = |v: &&View| !matches!(v.kind, SentenceKind::Heading | SentenceKind::Debris);
    scene.views.iter().take(BEFORE + 1).filter(body)
}

/// The first sentence of the body with a verb told as done.
pub(super) fn sentence(scene: &Scene<'_, '_>) -> Option<usize> {
    let tells = |v: &&View| {
        scene
            .groups_in(v.groups.clone())
            .any(|(_, g)| g.is_finite() && (g.tense == Tense::Past || g.perfect && g.tense == Tense::Present))
    };
    first(scene).find(tells).map(|v| v.number)
}

/// The first whole sentence of the body with a verb.
pub(super) fn opening(scene: &Scene<'_, '_>) -> Option<usize> {
    let first = first(scene).find(|v| scene.groups_in(v.groups.clone()).any(|(_, g)| g.is_finite()))?;
    // A list of headlines is no report.
    scene.text.is_stop(first.tokens.end.saturating_sub(1)).then_some(first.number)
}

impl Story<'_, '_, '_> {
    /// The day of the news: that of the stamp of the text, else that of publication.
    pub(super) fn news(&self, view: &View, draft: &Draft) -> Option<EventTime> {
        let scene = self.scene;
        let group = draft.candidate.group.and_then(|g| scene.group(g))?;
        let segment = scene.segment(draft.candidate.segment)?;
        // « Le géant rachète son rival »: news may be told in the present, by a word that tells no state.
        let present = draft.told == Told::Present
            && draft.candidate.strength == Strength::Strong
            // Results are told days after the game.
            && draft.candidate.kind != EventType::Sport
            && self.opening == Some(view.number);
        let told = draft.told == Told::Done && draft.candidate.strength >= Strength::Weak || present;
        let main = segment.is_main();
        // « Les pluies des dernières semaines ont gonflé la rivière »: a length before the verb tells when, too.
        let ahead = |m: &TimeMention| scene.text.tokens_in(m.span).start < group.first;
        let timed = view.times.clone().filter_map(|n| scene.times.get(n)).any(|mention| {
            (mention.dates().is_some()
                || mention.kind == TimexKind::Set
                || mention.kind == TimexKind::Duration && ahead(mention))
                && !dating::is_stamp(scene, view, mention)
                && !turn::names_edition(scene, view, scene.text.tokens_in(mention.span).start)
        });
        // "A woman has been jailed": the news may stand in the next sentences, too, the first one being a headline.
        let next = self.lead.is_some_and(|lead| (lead + 1..=lead + NEXT).contains(&view.number))
            && draft.candidate.strength >= Strength::Plain
            && !self.is_aside(view, draft)
            && group.perfect
            && group.tense == Tense::Present;
        // « a décidé d'arrêter »: a decision may be older than the report.
        let decided = group.chain == Chain::Decided && draft.candidate.kind != EventType::Coercion;
        if decided
            || self.lead != Some(view.number) && !next && !present
            || !told
            || !main
            || timed
            || !group.is_finite()
        {
            return None;
        }
        if let Some((day, ..)) = &self.day {
            return Some(dating::carried(day, DateBasis::Inferred, RULE));
        }
        let day = self.published?;
        Some(EventTime {
            bounds: dating::days(day, day)?,
            granularity: Granularity::Day,
            edtf: day.to_string(),
            basis: DateBasis::Publication,
            mention: None,
            trail: vec![RULE],
            utc_offset: None,
        })
    }
}
