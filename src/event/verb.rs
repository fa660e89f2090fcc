//! A verb group: what its verb says together with auxiliaries, negation and the infinitive it governs.
//!
//! Plain data; [`super::group`] reads it from a text.

use super::sense::Sense;
use super::word::{Form, Tense};
use std::ops::Range;

/// How a verb group stands to its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    Active,
    Passive,
    Reflexive,
}

/// What negation does to a verb group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Negation {
    None,
    Full,
}

/// What an auxiliary adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modal {
    None,
    Possible,
    Planned,
    Wished,
}

/// What a verb says about the infinitive it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chain {
    None,
    /// It takes place: begin, manage.
    Holds,
    /// It does not: fail, refuse, avoid.
    Fails,
    /// Somebody decided on it.
    Decided,
    /// It is meant to take place.
    Planned,
    /// Somebody wants or fears it.
    Wished,
}

/// A verb with what belongs to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    /// First token: auxiliary or verb.
    pub first: usize,
    /// The verb that carries the meaning.
    pub head: usize,
    /// Last token, that of a governed infinitive included.
    pub last: usize,
    pub form: Form,
    pub tense: Tense,
    /// Tells what was finished before: compound past.
    pub perfect: bool,
    pub voice: Voice,
    pub negation: Negation,
    pub modal: Modal,
    pub chain: Chain,
    /// What the lists know about the verb that carries the meaning.
    pub sense: Option<Sense>,
    /// Only an auxiliary used as a full verb: is, has.
    pub bare: bool,
    /// A participle that shares the auxiliary of the group before.
    pub shared: bool,
}

impl Chain {
    pub fn read(value: &str) -> Option<Chain> {
        Some(match value.split(';').next()? {
            "holds" => Chain::Holds,
            "fails" => Chain::Fails,
            "decided" => Chain::Decided,
            "planned" => Chain::Planned,
            "wished" => Chain::Wished,
            _ => return None,
        })
    }
}

impl Group {
    /// The tokens.
    pub fn tokens(&self) -> Range<usize> {
        self.first..self.last + 1
    }

    /// True for groups with a person and a tense of their own or shared.
    pub fn is_finite(&self) -> bool {
        self.form == Form::Finite
    }
}
