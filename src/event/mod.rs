//! Finds happenings: triggers with their time, places, actors, numbers, source and factuality.
//!
//! Every sentence is cut into segments with their verbs; times and places go to the verb or noun that governs
//! them; what has none of its own takes it from its sentence or from the story so far, and says so.

mod actor;
mod carrying;
mod dating;
mod deed;
mod focus;
mod follow;
mod group;
mod harm;
mod heading;
pub mod kind;
mod lead;
mod mend;
pub mod mention;
mod placing;
mod quantity;
mod recast;
mod reserve;
mod scene;
mod segment;
mod sense;
mod sharing;
mod site;
mod source;
mod story;
mod substantive;
mod title;
mod told;
mod trigger;
mod turn;
mod verb;
mod word;
mod wording;
mod year;

use crate::place::PlaceMention;
use crate::tag::Reading;
use crate::text::Text;
use crate::time::TimeMention;
use chrono::NaiveDate;
pub use kind::EventType;
pub use mention::{
    Actor, ActorRole, DateBasis, EventMention, EventPlace, EventTime, Qualifier, Quantity, Status, Toll,
};
use std::cell::OnceCell;

/// Finds the happenings of a text, sorted by trigger.
pub fn find(
    text: &Text<'_>,
    reading: Option<&Reading<'_>>,
    times: &[TimeMention],
    places: &[PlaceMention],
    published: Option<NaiveDate>,
) -> Vec<EventMention> {
    let telling = tell(text, reading, times, places, published);
    (0..telling.mentions.len()).for_each(|n| _ = telling.title(n));
    telling.end()
}

/// Finds the happenings of a text, sorted by trigger, and writes no titles yet: most mentions are part of no record.
pub(crate) fn tell<'s, 'a>(
    text: &'s Text<'a>,
    reading: Option<&'s Reading<'s>>,
    times: &'s [TimeMention],
    places: &'s [PlaceMention],
    published: Option<NaiveDate>,
) -> Telling<'s, 'a> {
    let scene = scene::Scene::new(text, reading, times, places);
    let mut story = story::Story::new(&scene, published);
    for view in &scene.views {
        story.tell(view);
    }
    let (mentions, plans): (Vec<_>, Vec<_>) = story.end().into_iter().unzip();
    let titles = vec![OnceCell::new(); mentions.len()];
    Telling { scene, mentions, plans, titles }
}

/// The happenings of a text and what their titles are made from.
pub(crate) struct Telling<'s, 'a> {
    scene: scene::Scene<'s, 'a>,
    mentions: Vec<EventMention>,
    plans: Vec<title::Plan>,
    titles: Vec<OnceCell<String>>,
}

impl Telling<'_, '_> {
    /// The mentions, without their titles.
    pub(crate) fn mentions(&self) -> &[EventMention] {
        &self.mentions
    }

    /// The title of the mention of that number, written when it is first asked for.
    pub(crate) fn title(&self, n: usize) -> &str {
        let Some((mention, plan)) = self.mentions.get(n).zip(self.plans.get(n)) else { return "" };
        let written = || title::write(&self.scene, mention, plan);
        self.titles.get(n).map_or("", |title| title.get_or_init(written))
    }

    /// The mentions, with the titles that were asked for.
    pub(crate) fn end(mut self) -> Vec<EventMention> {
        for (mention, title) in self.mentions.iter_mut().zip(self.titles) {
            mention.title = title.into_inner().unwrap_or_default();
        }
        self.mentions
    }
}
