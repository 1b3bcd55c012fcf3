//! What the loader tells while it reads, so that the screen fills as pages arrive.

use std::sync::{Arc, Mutex, PoisonError};
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
    /// An attempt failed in a way that may pass: the request is made again after a pause.
    Retry {
        /// Where.
        place: Place,
        /// Operation of the API.
        operation: String,
        /// Which attempt comes next, counted from 1.
        attempt: u32,
        /// How many there are at most.
        most: u32,
        /// Whether AWS said that it is too much; otherwise there was a fault, or no answer.
        throttled: bool,
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

/// Retries that may wait for the listener; there are more only if nobody listens.
const MOST_WAITING: usize = 1_000;

/// The sending end; nobody has to listen. A clone sends to the same listener.
#[derive(Clone, Debug)]
pub(super) struct Reporter {
    channel: mpsc::Sender<Progress>,
    waiting: Arc<Mutex<Vec<Progress>>>,
}

impl Reporter {
    pub(super) fn new(channel: mpsc::Sender<Progress>) -> Self {
        Self { channel, waiting: Arc::default() }
    }

    /// Makes the message only if somebody listens: a page is copied for it.
    pub(super) async fn tell(&self, message: impl FnOnce() -> Progress) {
        if !self.channel.is_closed() {
            for message in self.waiting(std::mem::take).into_iter().chain([message()]) {
                // A receiver that leaves at this very moment wants no message either.
                let _ = self.channel.send(message).await;
            }
        }
    }

    /// The same where waiting is impossible: where the channel is full, the message goes with the next one.
    pub(super) fn tell_now(&self, message: Progress) {
        if let Err(mpsc::error::TrySendError::Full(message)) = self.channel.try_send(message) {
            self.waiting(|waiting| {
                if waiting.len() < MOST_WAITING {
                    waiting.push(message);
                }
            });
        }
    }

    fn waiting<T>(&self, change: impl FnOnce(&mut Vec<Progress>) -> T) -> T {
        change(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
