//! Accounts and regions, and how completely each was read.

use crate::model::catalogue::Envelope;
use crate::model::dump::{Coverage, Outcome};
use crate::model::ids::{AccountId, RegionName};

/// Position of a place in [`super::Store::places`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceIx(pub u16);

/// One account and region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Empty if the snapshot does not tell.
    pub account: AccountId,
    /// Empty if the snapshot does not tell.
    pub region: RegionName,
    /// How each call went.
    pub coverage: Coverage,
    /// When it was read, RFC 3339.
    pub loaded_at: Option<String>,
}

/// How much is known of one kind of resource in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knowledge<'a> {
    /// All of them: absence means that there is none.
    Complete,
    /// The call was not made, or the snapshot has no such file.
    Missing,
    /// The call was denied; this IAM action is missing.
    Denied(&'a str),
    /// The call failed or broke off.
    Broken(&'a str),
}

impl Place {
    /// Whether a record of the calls was kept: then every answer was asked for, and what is missing was lost.
    pub fn is_recorded(&self) -> bool {
        self.loaded_at.is_some()
    }

    /// Whether this is the place of an account, as far as both are told.
    pub fn may_be(&self, owner: Option<&AccountId>) -> bool {
        owner.is_none_or(|owner| self.account.is_empty() || *owner == self.account)
    }

    /// Whether an answer was asked for and is not here, or not all of it. What was never asked for, as in dumps made by
    /// hand or older than a setting, has AWS's default.
    pub fn has_lost(&self, envelope: Envelope) -> bool {
        match self.knowledge(envelope) {
            Knowledge::Complete => false,
            Knowledge::Missing => self.is_recorded(),
            Knowledge::Denied(_) | Knowledge::Broken(_) => true,
        }
    }

    /// How much is known of one kind of resource here.
    pub fn knowledge(&self, envelope: Envelope) -> Knowledge<'_> {
        match self.coverage.0.get(&envelope) {
            None => Knowledge::Missing,
            Some(Outcome::Complete) => Knowledge::Complete,
            Some(Outcome::Denied { action, .. }) => Knowledge::Denied(action),
            Some(Outcome::Failed { message } | Outcome::Partial { message }) => {
                Knowledge::Broken(message)
            }
        }
    }
}
