//! Repairs: what to change, and the proof.

use super::Verdict;

/// One repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the verdict is with it.
    pub verdict_after: Verdict,
    /// How many other pairs of interfaces it opens something between.
    pub also_opens: usize,
}
