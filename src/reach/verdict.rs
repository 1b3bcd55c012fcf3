//! The four answers.

use serde::{Deserialize, Serialize};

/// What comes of a question.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// There and back.
    Reachable,
    /// Some candidate paths, some part of the ephemeral ports or of the addresses work, and some do not: the
    /// intermittent failure.
    Partial,
    /// Nothing gets there and back.
    Blocked,
    /// Data or model do not suffice; the answer says what is missing.
    #[default]
    Unknown,
}

impl Verdict {
    /// The word, as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reachable => "reachable",
            Self::Partial => "partial",
            Self::Blocked => "blocked",
            Self::Unknown => "unknown",
        }
    }

    /// The exit code: 0 reachable, 1 blocked or partly blocked, 3 unknown (2 is for errors).
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Reachable => 0,
            Self::Partial | Self::Blocked => 1,
            Self::Unknown => 3,
        }
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.pad(self.word())
    }
}
