//! `dateline` reads news articles and writes the dated, located happenings in them.
//!
//! The modules are the stages, in the order in which a text passes through them.

pub mod span;
pub mod error;
pub mod label;
pub mod article;
mod topology;
pub mod read;
pub mod lang;
pub mod text;
pub mod tag;
pub mod gazetteer;
pub mod time;
pub mod place;
pub mod event;
pub mod document;
pub mod write;
#[cfg(feature = "project")]
pub mod project;
