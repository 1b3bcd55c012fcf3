//! Live AWS: whether the login works, where it leads, and which calls are allowed. Every call of the table is made, as a
//! load would make it, until the time is up.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::sync::mpsc::{self, Receiver};

use super::Live;
use crate::cli::source::request;
use crate::loader::{self, LoadError, Place, Progress};
use crate::model::catalogue::{Envelope, usual_calls};
use crate::model::dump::Outcome;
use crate::runtime;
use crate::runtime::surroundings::Fact;

/// How long AWS is asked.
const PATIENCE: Duration = Duration::from_secs(30);
/// Messages that may wait to be counted.
const WAITING: usize = 64;

/// What was found out.
#[derive(Debug, Default)]
struct Findings {
    places: BTreeSet<Place>,
    /// The worst outcome of each call, over all places.
    outcomes: BTreeMap<Envelope, Outcome>,
}

/// Asks AWS, and tells what it said.
pub fn facts(live: &Live) -> Vec<Fact> {
    let (progress, told) = mpsc::channel(WAITING);
    let asking = async {
        let mut findings = Findings::default();
        let reading =
            async { tokio::join!(loader::load(request(live), progress), findings.gather(told)).0 };
        let ended = tokio::time::timeout(PATIENCE, reading).await;
        (findings, ended.ok().and_then(Result::err))
    };
    match runtime::wait(asking) {
        Ok((findings, error)) => findings.facts(error.as_ref()),
        Err(error) => {
            vec![Fact::new("asked", format!("nothing, for want of an event queue: {error}"))]
        }
    }
}

impl Findings {
    async fn gather(&mut self, mut told: Receiver<Progress>) {
        while let Some(progress) = told.recv().await {
            match progress {
                Progress::Started { place, .. } => {
                    self.places.insert(place);
                }
                Progress::CallEnded { envelope, outcome, .. } => self.note(envelope, outcome),
                _ => {}
            }
        }
    }

    fn note(&mut self, envelope: Envelope, outcome: Outcome) {
        let worst = self.outcomes.entry(envelope).or_insert(Outcome::Complete);
        if *worst == Outcome::Complete {
            *worst = outcome;
        }
    }

    fn facts(&self, error: Option<&LoadError>) -> Vec<Fact> {
        let places = self.places.iter().map(|place| {
            let account =
                if place.account.is_empty() { "not known" } else { place.account.as_str() };
            Fact::new("login", format!("account {account}, {}", place.region))
        });
        let failed = error.map(|error| Fact::new("login", on_one_line(error)));
        let mut facts: Vec<_> = places.chain(failed).collect();
        if !self.places.is_empty() {
            facts.extend(self.permissions());
        }
        facts
    }

    /// How many calls work, and each that does not.
    fn permissions(&self) -> Vec<Fact> {
        let complete = |outcome: &&Outcome| **outcome == Outcome::Complete;
        let working = self.outcomes.values().filter(complete).count();
        let all = usual_calls().count();
        let summary = Fact::new("calls", format!("{working} of {all} work"));
        let others = usual_calls().filter_map(|call| {
            let action = call.action;
            Some(match self.outcomes.get(&call.envelope) {
                Some(Outcome::Complete) => return None,
                Some(Outcome::Denied { action, .. }) => Fact::new("denied", action.as_str())
                    .advise(Some(&format!("without it {} is not known", call.tells))),
                Some(Outcome::Partial { message }) => {
                    Fact::new("broke off", format!("{action}: {message}"))
                }
                Some(Outcome::Failed { message }) => {
                    Fact::new("failed", format!("{action}: {message}"))
                }
                None => Fact::new("no time", action),
            })
        });
        std::iter::once(summary).chain(others).collect()
    }
}

/// The SDK tells of each provider of credentials on a line of its own.
fn on_one_line(error: &LoadError) -> String {
    let text = error.to_string();
    text.lines().map(str::trim).collect::<Vec<_>>().join("; ")
}
