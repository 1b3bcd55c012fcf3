//! What is known of a network while it is read: the screen gets a picture of it from time to time, and the last one when
//! the reading is called off.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::Receiver;

use super::live::{Count, retry};
use super::{Failure, Live, News};
use crate::app::{self, Loading};
use crate::loader::{Place, Progress};
use crate::model::catalogue::{Envelope, usual_calls};
use crate::model::dump::{Dump, Origin, Outcome, RegionDump};
use crate::report::log::Called;
use crate::store::Store;

/// How long the screen shows one state of a network that is still being read.
const BETWEEN_PICTURES: Duration = Duration::from_secs(1);

/// What is known so far, and when it was last shown.
pub(super) struct Pictures<'a> {
    news: &'a News,
    regions: BTreeMap<Place, RegionDump>,
    count: Count,
    /// Calls that have begun and are not over, the oldest first.
    open: Vec<(Place, Envelope)>,
    shown: Instant,
    /// Nothing that names anybody is told.
    masked: bool,
}

impl<'a> Pictures<'a> {
    pub(super) fn new(news: &'a News, masked: bool) -> Self {
        let (regions, count) = (BTreeMap::new(), Count::default());
        Self { news, regions, count, open: Vec::new(), shown: Instant::now(), masked }
    }

    /// Tells what comes. A picture that is due is not held up by a call that does not end.
    pub(super) async fn send(&mut self, mut told: Receiver<Progress>) {
        let mut unshown = false;
        loop {
            let due = BETWEEN_PICTURES.saturating_sub(self.shown.elapsed());
            tokio::select! {
                progress = told.recv() => match progress {
                    Some(progress) => unshown |= self.take(progress).await && !self.masked,
                    None => return,
                },
                () = tokio::time::sleep(due), if unshown => {
                    self.show().await;
                    unshown = false;
                }
            }
        }
    }

    /// Tells what came; yields whether there is more to show.
    async fn take(&mut self, progress: Progress) -> bool {
        self.count.add(&progress);
        self.note_open(&progress);
        if let Some(call) = called(&progress).filter(|_| !self.masked) {
            self.news.send(Loading::Called(call)).await;
        }
        if matches!(progress, Progress::Retry { throttled: true, .. }) {
            self.news.send(Loading::Throttled).await;
        }
        let retry = retry(&progress);
        let doing = retry.as_ref().map_or_else(|| self.oldest(), |retry| retry.join(": "));
        let again = retry.map(|[_, why]| why);
        let Count { done, total } = self.count;
        let state = app::Progress { done, total, doing, again };
        self.news.send(Loading::Progress(state)).await;
        self.keep(progress)
    }

    fn note_open(&mut self, progress: &Progress) {
        match progress {
            Progress::CallStarted { place, envelope } => {
                self.open.push((place.clone(), *envelope));
            }
            Progress::CallEnded { place, envelope, .. } => {
                self.open.retain(|(at, call)| (at, call) != (place, envelope));
            }
            _ => {}
        }
    }

    /// The call that has been under way for longest.
    fn oldest(&self) -> String {
        let oldest = self.open.first();
        let named = oldest.map(|(at, call)| format!("{} {}", at.region, call.call().operation));
        named.unwrap_or_default()
    }

    /// Adds what a page brought; tells whether there is anything new.
    fn keep(&mut self, progress: Progress) -> bool {
        match progress {
            Progress::Page { place, resources, .. } => {
                self.region(place).resources.append(*resources);
                true
            }
            Progress::CallEnded { place, envelope, outcome, .. } => {
                self.region(place).coverage.record(envelope, outcome);
                true
            }
            Progress::Started { .. }
            | Progress::CallStarted { .. }
            | Progress::Retry { .. }
            | Progress::Ended { .. } => false,
        }
    }

    fn region(&mut self, place: Place) -> &mut RegionDump {
        let Place { account, region } = place.clone();
        let empty = || RegionDump { account, region, ..RegionDump::default() };
        self.regions.entry(place).or_insert_with(empty)
    }

    async fn show(&mut self) {
        let regions = self.regions.values().cloned().collect();
        let origin = Origin { label: "reading AWS".to_owned(), notices: Vec::new() };
        let store = Arc::new(Store::build(Dump { regions, origin }));
        self.news.send(Loading::Network { store, complete: false }).await;
        self.shown = Instant::now();
    }

    /// What came before the reading was called off, and what did not.
    pub(super) fn so_far(self, live: &Live) -> Result<Dump, Failure> {
        if self.regions.is_empty() {
            return Err(Failure::new("called off before anything was read"));
        }
        let Count { done, total } = self.count;
        let mut regions: Vec<_> = self.regions.into_values().collect();
        regions.iter_mut().for_each(close);
        let label = if live.profiles.is_empty() { "default" } else { &live.profiles.join(", ") };
        let notices = vec![format!("called off when {done} of {total} calls were answered")];
        Ok(Dump { regions, origin: Origin { label: label.to_owned(), notices } })
    }
}

/// Says of every call that was not over that it was called off.
fn close(region: &mut RegionDump) {
    let over = region.coverage.0.clone();
    for call in usual_calls().filter(|call| !over.contains_key(&call.envelope)) {
        let message = "called off".to_owned();
        let outcome = match region.resources.count(call.envelope) {
            0 => Outcome::Failed { message },
            _ => Outcome::Partial { message },
        };
        region.coverage.record(call.envelope, outcome);
    }
    region.loaded_at = Some(jiff::Timestamp::now().to_string());
}

/// A call that is over, for the log.
fn called(progress: &Progress) -> Option<Called> {
    let Progress::CallEnded { place, envelope, outcome, items, duration } = progress else {
        return None;
    };
    Some(Called {
        account: place.account.to_string(),
        region: place.region.to_string(),
        envelope: *envelope,
        outcome: outcome.clone(),
        items: *items,
        milliseconds: u64::try_from(duration.as_millis()).ok(),
    })
}
