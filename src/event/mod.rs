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
mod trigger;
mod turn;
mod verb;
mod word;
mod wording;

use crate::place::PlaceMention;
use crate::tag::Reading;
use crate::text::Text;
use crate::time::TimeMention;
use chrono::NaiveDate;
pub use kind::EventType;
pub use mention::{
    Actor, ActorRole, DateBasis, EventMention, EventPlace, EventTime, Qualifier, Quantity, Status, Toll,
};

/// Finds the happenings of a text, sorted by trigger.
pub fn find(
    text: &Text<'_>,
    reading: Option<&Reading<'_>>,
    times: &[TimeMention],
    places: &[PlaceMention],
    published: Option<NaiveDate>,
) -> Vec<EventMention> {
    let scene = scene::Scene::new(text, reading, times, places);
    let mut story = story::Story::new(&scene, published);
    for view in &scene.views {
        story.tell(view);
    }
    story.end()
}
