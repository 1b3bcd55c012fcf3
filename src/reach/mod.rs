//! The engine: a store and a question in, an answer out. Total and deterministic: no IO, no clock, no failure.
//!
//! * [`question`] says what can be asked, [`answer`] what is said; sentences are made elsewhere.
//! * `points` turns the ends of a question into interfaces and addresses, `walk` sends a packet from one to the other and
//!   back, `ask` does so for every pair and joins the verdicts.
//! * Sets, not samples: `field` narrows sets of addresses to classes that the network treats alike, ports are exact sets.
//!
//! Rules are cited by the ids of the rule book (SG-7, NACL-4, ...): `grep` finds where one is implemented.

#![deny(clippy::indexing_slicing)]

pub mod answer;
mod ask;
mod aws_service;
mod code;
mod endpoint_state;
mod field;
mod filter;
mod fix;
pub mod flips;
pub mod naming;
mod points;
pub mod question;
mod traffic;
mod verdict;
mod walk;
pub mod whole;

pub use self::answer::Answer;
pub use self::code::Code;
pub use self::fix::{
    Blocked, Change, Edge, Fix, FixPeer, Link, NEW_EGRESS_ONLY, NEW_GROUP, NEW_NAT, Opened, Place,
    RouteTarget, no_repair, none_found,
};
pub use self::question::{End, Flow, Question};
pub use self::verdict::Verdict;

use crate::store::Store;

/// Answers a question with every step, and without fixes.
pub fn explain(store: &Store, question: &Question) -> Answer {
    ask::answer(store, question, true)
}

/// Answers a question with every step and with proven repairs.
pub fn repair(store: &Store, question: &Question) -> Answer {
    let mut answer = explain(store, question);
    answer.fixes = fix::fixes(store, &answer);
    answer
}

/// The network as it would be with a repair.
pub fn with_changes(store: &Store, changes: &[Change]) -> Store {
    fix::applied(store, changes)
}

/// What changes open besides the question, `after` being the network with them.
pub fn opened(
    before: &Store,
    after: &Store,
    question: &Question,
    changes: &[Change],
) -> Vec<Opened> {
    fix::opened(before, after, question, changes)
}

/// Answers a question with the verdict alone: nothing is written down on the way.
pub fn verdict(store: &Store, question: &Question) -> Verdict {
    ask::answer(store, question, false).verdict
}
