//! Makes indexes: of the world, from the packages of public registries; of one's own places, from dumps.

mod catalogue;
mod facts;
mod index;
mod quality;
mod record;
mod sort;
mod world;

pub use index::{Built, IndexBuilder};
pub use record::{Name, PlaceRecord};
pub use world::build_world;
