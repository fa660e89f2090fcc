//! Makes indexes: of the world, from the packages of public registries; of one's own places, from dumps.

mod catalogue;
mod centre;
mod dump;
mod facts;
mod index;
mod outline;
mod own;
mod quality;
mod record;
mod sort;
mod world;

pub use dump::build_from;
pub use index::{Built, IndexBuilder};
pub use record::{Name, PlaceRecord};
pub use world::build_world;
