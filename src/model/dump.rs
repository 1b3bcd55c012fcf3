//! A network as it was read: resources per account and region, and how complete they are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::catalogue::{Envelope, Resources};
use super::ids::{AccountId, RegionName};

/// Everything that was read, from AWS or from a snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dump {
    /// One per account and region.
    pub regions: Vec<RegionDump>,
    /// Where it comes from.
    pub origin: Origin,
}

/// One account and region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegionDump {
    /// Empty where a snapshot's folders do not tell; then the resources' owner ids do.
    pub account: AccountId,
    /// Empty where a snapshot's folders do not tell; then the zones do.
    pub region: RegionName,
    /// What AWS answered.
    pub resources: Resources,
    /// How each call went.
    pub coverage: Coverage,
    /// When it was read, RFC 3339, if known.
    pub loaded_at: Option<String>,
}

/// Where a network comes from: shown in the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// `shop-prod`, `snapshot ./dump`, `demo lambda-rds`.
    pub label: String,
    /// What the reader wants the user to know: unknown keys, files passed over.
    pub notices: Vec<String>,
}

/// How each call went; a call that is not listed was not made or its file is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Coverage(pub BTreeMap<Envelope, Outcome>);

/// How one call went. Denied is not empty, and empty is not missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// Every page was read.
    Complete,
    /// Some pages were read, then it broke off.
    Partial {
        /// What went wrong, as AWS said it.
        message: String,
    },
    /// The caller may not make this call.
    Denied {
        /// IAM action that is missing.
        action: String,
        /// What AWS said.
        message: String,
    },
    /// It did not work for another reason.
    Failed {
        /// What went wrong.
        message: String,
    },
}

impl RegionDump {
    /// Adds what `other` knows of the same account and region; of two outcomes of a call the worse one stays.
    pub fn absorb(&mut self, other: Self) {
        self.resources.append(other.resources);
        for (envelope, outcome) in other.coverage.0 {
            self.coverage.record(envelope, outcome);
        }
        self.loaded_at = self.loaded_at.take().or(other.loaded_at);
    }
}

impl Coverage {
    /// Whether every resource of this kind is known; only then does absence mean that there is none.
    #[must_use]
    pub fn is_complete(&self, envelope: Envelope) -> bool {
        matches!(self.0.get(&envelope), Some(Outcome::Complete))
    }

    /// Notes how a call went. The worse of two outcomes stays.
    pub fn record(&mut self, envelope: Envelope, outcome: Outcome) {
        let worse = self.0.get(&envelope).is_some_and(|old| *old != Outcome::Complete);
        if !worse {
            self.0.insert(envelope, outcome);
        }
    }

    /// The calls that were denied, with the IAM action each wants.
    pub fn denied(&self) -> impl Iterator<Item = (Envelope, &str)> {
        self.0.iter().filter_map(|(envelope, outcome)| match outcome {
            Outcome::Denied { action, .. } => Some((*envelope, action.as_str())),
            _ => None,
        })
    }
}
