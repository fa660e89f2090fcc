//! Finds happenings: triggers with their time, places, actors, numbers, source and factuality.

pub mod kind;
pub mod mention;

pub use kind::EventType;
pub use mention::{
    Actor, ActorRole, DateBasis, EventMention, EventPlace, EventTime, Qualifier, Quantity, Status, Toll,
};
