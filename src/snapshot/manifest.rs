//! The manifest: when a snapshot was made, by which version, and how each call went.
//!
//! It only ever grows: a reader passes over fields, calls and outcomes that it does not know, and does without those
//! that are missing. `version` rises only when an old reader would misunderstand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::layout::Owner;
use crate::model::catalogue::Envelope;
use crate::model::dump::{Coverage, Outcome};

/// What `format` says.
pub(super) const FORMAT: &str = "vpctui.snapshot";

/// The newest version that this program understands.
pub(super) const VERSION: u64 = 1;

/// The whole file.
#[skip_serializing_none]
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// At most [`VERSION`].
    pub version: u64,
    /// RFC 3339.
    pub created_at: Option<String>,
    /// `vpctui 0.1.0`.
    pub tool_version: Option<String>,
    /// Whether names, ids and public addresses are pseudonyms; left out if not.
    pub masked: Option<bool>,
    /// One per account and region.
    pub regions: Vec<ManifestRegion>,
}

/// One account and region.
#[skip_serializing_none]
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ManifestRegion {
    /// Empty if not known.
    pub account: String,
    /// Empty if not known.
    pub region: String,
    /// RFC 3339.
    pub loaded_at: Option<String>,
    /// By top-level key.
    pub calls: BTreeMap<String, CallRecord>,
}

/// How one call went, loosely enough for outcomes of later versions.
#[skip_serializing_none]
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CallRecord {
    /// `complete`, `partial`, `denied`, `failed`, or what a later version says.
    pub outcome: String,
    /// IAM action that was missing.
    pub action: Option<String>,
    /// What AWS said.
    pub message: Option<String>,
}

impl ManifestRegion {
    /// Whose calls these are.
    pub fn owner(&self) -> Owner {
        Owner { account: self.account.as_str().into(), region: self.region.as_str().into() }
    }

    /// The calls that are known to this version.
    pub fn outcomes(&self) -> impl Iterator<Item = (Envelope, Outcome)> {
        self.calls.iter().filter_map(|(key, call)| Some((Envelope::from_key(key)?, call.outcome())))
    }

    /// The record of `coverage`.
    pub fn calls_of(coverage: &Coverage) -> BTreeMap<String, CallRecord> {
        let calls = coverage.0.iter();
        calls.map(|(envelope, outcome)| (envelope.call().key.to_owned(), outcome.into())).collect()
    }
}

impl CallRecord {
    fn outcome(&self) -> Outcome {
        let message = self.message.clone().unwrap_or_default();
        match self.outcome.as_str() {
            "complete" => Outcome::Complete,
            "partial" => Outcome::Partial { message },
            "denied" => {
                Outcome::Denied { action: self.action.clone().unwrap_or_default(), message }
            }
            _ => Outcome::Failed { message },
        }
    }
}

impl From<&Outcome> for CallRecord {
    fn from(outcome: &Outcome) -> Self {
        let record = |name: &str, action: Option<&String>, message: Option<&String>| Self {
            outcome: name.to_owned(),
            action: action.cloned(),
            message: message.cloned(),
        };
        match outcome {
            Outcome::Complete => record("complete", None, None),
            Outcome::Partial { message } => record("partial", None, Some(message)),
            Outcome::Denied { action, message } => record("denied", Some(action), Some(message)),
            Outcome::Failed { message } => record("failed", None, Some(message)),
        }
    }
}
