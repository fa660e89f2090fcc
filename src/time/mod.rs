//! Finds time expressions and resolves them to intervals.

pub mod mention;

pub use mention::{
    Alternative, Anchor, Bounds, Granularity, Modifier, RangeEnd, Relation, TimeMention, TimexKind,
};
