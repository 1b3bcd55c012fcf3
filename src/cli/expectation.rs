//! The verdict that one may expect: of an answer (`why --expect`), or of an entry of a file (`check`).

use clap::ValueEnum;
use serde::Deserialize;

use crate::reach::Verdict;

/// A verdict that one may expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// There and back
    Reachable,
    /// Nothing gets there and back
    Blocked,
    /// Some of it does
    Partial,
}

impl From<Expectation> for Verdict {
    fn from(expected: Expectation) -> Self {
        match expected {
            Expectation::Reachable => Self::Reachable,
            Expectation::Blocked => Self::Blocked,
            Expectation::Partial => Self::Partial,
        }
    }
}
