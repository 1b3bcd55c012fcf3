//! What the loader tells while it reads, so that the screen fills as pages arrive.

use std::time::Duration;

use tokio::sync::mpsc;

use crate::model::catalogue::{Envelope, Resources};
use crate::model::dump::Outcome;
use crate::model::ids::{AccountId, RegionName};

/// An account and a region in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Empty where the account could not be asked for.
    pub account: AccountId,
    /// The region.
    pub region: RegionName,
}

/// One step of a load.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// A region is being read.
    Started {
        /// Where.
        place: Place,
        /// How many calls there will be: each tells its end once.
        calls: usize,
    },
    /// A call is being made.
    CallStarted {
        /// Where.
        place: Place,
        /// Which.
        envelope: Envelope,
    },
    /// A page of a call arrived.
    Page {
        /// Where.
        place: Place,
        /// Of which call.
        envelope: Envelope,
        /// What it brought.
        resources: Box<Resources>,
    },
    /// A call is over.
    CallEnded {
        /// Where.
        place: Place,
        /// Which.
        envelope: Envelope,
        /// How it went.
        outcome: Outcome,
        /// How many resources it brought.
        items: usize,
        /// From its start, waiting included.
        duration: Duration,
    },
    /// A region is read.
    Ended {
        /// Where.
        place: Place,
    },
}

/// The sending end; nobody has to listen.
pub(super) struct Reporter(mpsc::Sender<Progress>);

impl Reporter {
    pub(super) fn new(channel: mpsc::Sender<Progress>) -> Self {
        Self(channel)
    }

    /// Makes the message only if somebody listens: a page is copied for it.
    pub(super) async fn tell(&self, message: impl FnOnce() -> Progress) {
        if !self.0.is_closed() {
            // A receiver that leaves at this very moment wants no message either.
            let _ = self.0.send(message()).await;
        }
    }
}
