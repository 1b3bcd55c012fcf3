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
use crate::model::catalogue::usual_calls;
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
    shown: Instant,
    /// Nothing that names anybody is told.
    masked: bool,
}

impl<'a> Pictures<'a> {
    pub(super) fn new(news: &'a News, masked: bool) -> Self {
        let (regions, count) = (BTreeMap::new(), Count::default());
        Self { news, regions, count, shown: Instant::now(), masked }
    }

    pub(super) async fn send(&mut self, mut told: Receiver<Progress>) {
        while let Some(progress) = told.recv().await {
            self.count.add(&progress);
            let doing = doing(&progress);
            if let Some(call) = called(&progress).filter(|_| !self.masked) {
                self.news.send(Loading::Called(call)).await;
            }
            if matches!(progress, Progress::Retry { throttled: true, .. }) {
                self.news.send(Loading::Throttled).await;
            }
            let new = self.keep(progress);
            let Count { done, total } = self.count;
            let state = app::Progress { done, total, doing };
            self.news.send(Loading::Progress(state)).await;
            if new && !self.masked && self.shown.elapsed() >= BETWEEN_PICTURES {
                self.show().await;
            }
        }
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

fn doing(progress: &Progress) -> String {
    if let Some(retry) = retry(progress) {
        return retry;
    }
    match progress {
        Progress::CallStarted { place, envelope } | Progress::Page { place, envelope, .. } => {
            format!("{} {}", place.region, envelope.call().operation)
        }
        Progress::Started { place, .. }
        | Progress::Retry { place, .. }
        | Progress::CallEnded { place, .. }
        | Progress::Ended { place } => place.region.to_string(),
    }
}
