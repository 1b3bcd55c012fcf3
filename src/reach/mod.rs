//! The engine: a store and a question in, an answer out. Total and deterministic: no IO, no clock, no failure.

pub mod naming;
mod question;
mod verdict;

pub use self::question::{End, Flow, Question};
pub use self::verdict::Verdict;
