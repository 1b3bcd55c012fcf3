//! Questions about the whole network: what can X reach, who can reach Y, who reaches whom.
//!
//! The ends are all interfaces by their private addresses (from the internet: by their public ones) and the internet.
//! Interfaces of one class are treated alike, so one pair stands for all pairs of two classes: a network of thousands of
//! interfaces is answered with as many walks as it has pairs of classes, and pairs are only spelt out when someone reads
//! them.

mod pairs;
mod passage;
mod prune;
mod search;

use std::collections::BTreeSet;

pub use self::pairs::{Member, Pair, Party};
pub use self::search::Watch;
use super::question::{End, Flow};
use crate::model::address::AddressSet;
use crate::model::traffic::Traffic;
use crate::store::{ClassIx, Store};

/// What is asked: an end that is left open means everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Where from.
    pub from: Option<End>,
    /// Where to.
    pub to: Option<End>,
    /// With what; open means all traffic.
    pub flow: Flow,
}

/// Some of everybody: classes of interfaces, and the internet or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Selection {
    /// The classes.
    pub classes: BTreeSet<ClassIx>,
    /// Whether the internet is among them.
    pub internet: bool,
}

/// What comes of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Got {
    /// What surely gets there.
    pub allowed: Traffic,
    /// What may get there: data or model do not suffice.
    pub unknown: Traffic,
    /// How much of what is allowed gets an answer back.
    pub answered: Answered,
}

/// How much is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answered {
    /// Everything that expects an answer.
    All,
    /// Some protocols, or answers to some of the ports that the initiator may use.
    Some,
    /// Nothing.
    None,
    /// Data or model do not suffice.
    Unknown,
}

/// The answer: who reaches whom.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    sources: Vec<Party>,
    targets: Vec<Party>,
    edges: Vec<Edge>,
    outcomes: Vec<Got>,
}

/// What gets from a source to a target.
#[derive(Clone, Debug)]
pub struct Edge {
    from: u32,
    to: u32,
    got: u32,
    part: Option<Box<Part>>,
}

/// The addresses of the ends that an edge is about, where it is not all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    from: Option<AddressSet>,
    to: Option<AddressSet>,
}

/// Answers a question about many.
pub fn reach(store: &Store, scope: &Scope) -> Reach {
    search::search(store, scope, &mut |_, _| true).unwrap_or_default()
}

/// Answers a question about many while somebody watches; nothing comes back once the watcher calls it off.
pub fn reach_watched(store: &Store, scope: &Scope, watch: &mut Watch<'_>) -> Option<Reach> {
    search::search(store, scope, watch)
}

/// What gets from some to others, with whatever traffic.
pub(super) fn between(store: &Store, sources: &Selection, targets: &Selection) -> Reach {
    search::between(store, sources, targets)
}

impl Selection {
    /// Everybody.
    fn all(store: &Store) -> Self {
        let count = u32::try_from(store.classes().len()).unwrap_or(u32::MAX);
        Self { classes: (0..count).collect(), internet: true }
    }
}

impl Got {
    /// Nothing gets there.
    pub fn nothing() -> Self {
        Self { allowed: Traffic::empty(), unknown: Traffic::empty(), answered: Answered::None }
    }

    /// Whether nothing gets there, for sure.
    pub fn is_nothing(&self) -> bool {
        self.allowed.is_empty() && self.unknown.is_empty()
    }
}

impl Part {
    /// Of the source.
    pub fn from(&self) -> Option<&AddressSet> {
        self.from.as_ref()
    }

    /// Of the target.
    pub fn to(&self) -> Option<&AddressSet> {
        self.to.as_ref()
    }
}

impl Answered {
    /// The word, as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Some => "some",
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests;
