//! What the word lists call modifiers and relations.

use super::mention::{Modifier, Relation};

/// The modifier that the word lists call so.
pub fn modifier(name: &str) -> Option<Modifier> {
    Some(match name {
        "start" => Modifier::Start,
        "mid" => Modifier::Mid,
        "end" => Modifier::End,
        "approx" => Modifier::Approx,
        "before" => Modifier::Before,
        "after" => Modifier::After,
        "less" => Modifier::LessThan,
        "more" => Modifier::MoreThan,
        "at_most" => Modifier::EqualOrLess,
        "at_least" => Modifier::EqualOrMore,
        _ => return None,
    })
}

/// The relation that the word lists call so.
pub fn relation(name: &str) -> Option<Relation> {
    Some(match name {
        "since" => Relation::Since,
        "until" => Relation::Until,
        "by" => Relation::By,
        "before" => Relation::Before,
        "after" => Relation::After,
        "from" => Relation::From,
        "at" => Relation::At,
        _ => return None,
    })
}
