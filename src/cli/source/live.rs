//! Live AWS: reads it, and tells meanwhile how far it is.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::mpsc::{self, Receiver};

use super::{Failure, Live, News, say};
use crate::app::{self, Loading};
use crate::loader::{self, LoadError, Place, Progress, Regions, Request, Role};
use crate::model::dump::{Dump, Origin, Outcome, RegionDump};
use crate::report::log::Called;
use crate::runtime;
use crate::store::Store;

/// Messages that may wait to be told; the loader waits when there are more.
const WAITING: usize = 64;
/// How long the screen shows one state of a network that is still being read.
const BETWEEN_PICTURES: Duration = Duration::from_secs(1);

/// Reads AWS, and tells on stderr how it goes.
pub fn load(live: &Live) -> Result<Dump, Failure> {
    let (progress, told) = mpsc::channel(WAITING);
    let reading = async { tokio::join!(loader::load(request(live), progress), narrate(told)).0 };
    let read = runtime::wait(reading);
    let read =
        read.map_err(|error| Failure::new(format!("the system gives no event queue: {error}")))?;
    Ok(read?)
}

/// Reads AWS for the screen, which gets what is known so far from time to time.
pub fn feed(live: &Live, news: &News) -> Result<Dump, Failure> {
    let (progress, told) = mpsc::channel(WAITING);
    let pictures = Pictures::new(news);
    let reading =
        async { tokio::join!(loader::load(request(live), progress), pictures.send(told)).0 };
    Ok(Handle::current().block_on(reading)?)
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::new(error.to_string())
    }
}

/// What to ask the loader for.
pub fn request(live: &Live) -> Request {
    let regions = match (live.all_regions, live.regions.is_empty()) {
        (true, _) => Regions::AllEnabled,
        (false, true) => Regions::Default,
        (false, false) => Regions::These(live.regions.clone()),
    };
    let external_id = live.external_id.clone();
    Request {
        profiles: live.profiles.clone(),
        regions,
        role: live.role_arn.clone().map(|arn| Role { arn, external_id }),
        organization_role: live.org_role.clone(),
        aggregator: live.config_aggregator.clone(),
        ..Request::default()
    }
}

/// Says on stderr which region is read, how far it is if a terminal is watching, and what did not work.
async fn narrate(mut told: Receiver<Progress>) {
    let watched = std::io::stderr().is_terminal();
    let mut count = Count::default();
    while let Some(progress) = told.recv().await {
        if let Some(remark) = remark(&progress) {
            say(&format!("{remark}\n"));
        }
        count.add(&progress);
        if watched {
            let Count { done, total } = count;
            let again = retry(&progress).map(|retry| format!("; {retry}")).unwrap_or_default();
            say(&format!("\rreading AWS: {done} of {total} calls{again}\u{1b}[K"));
        }
    }
    if watched {
        say("\r\u{1b}[K");
    }
}

/// What is worth a line of its own.
fn remark(progress: &Progress) -> Option<String> {
    let Progress::CallEnded { place, envelope, outcome, .. } = progress else { return None };
    let call = envelope.call();
    let what = match outcome {
        Outcome::Complete => return None,
        Outcome::Denied { action, .. } => format!("denied, needs {action}"),
        Outcome::Partial { message } => format!("broke off: {message}"),
        Outcome::Failed { message } => format!("failed: {message}"),
    };
    Some(format!(
        "\rnote: {} {}: {what}; without it {} is not known",
        place.region, call.operation, call.tells
    ))
}

/// Calls made and to be made.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    done: usize,
    total: usize,
}

impl Count {
    fn add(&mut self, progress: &Progress) {
        match progress {
            Progress::Started { calls, .. } => self.total += calls,
            Progress::CallEnded { .. } => self.done += 1,
            Progress::CallStarted { .. }
            | Progress::Page { .. }
            | Progress::Retry { .. }
            | Progress::Ended { .. } => {}
        }
    }
}

/// What is known so far, and when it was last shown.
struct Pictures<'a> {
    news: &'a News,
    regions: BTreeMap<Place, RegionDump>,
    count: Count,
    shown: Instant,
}

impl<'a> Pictures<'a> {
    fn new(news: &'a News) -> Self {
        Self { news, regions: BTreeMap::new(), count: Count::default(), shown: Instant::now() }
    }

    async fn send(mut self, mut told: Receiver<Progress>) {
        while let Some(progress) = told.recv().await {
            self.count.add(&progress);
            let doing = doing(&progress);
            if let Some(call) = called(&progress) {
                let _ = self.news.send(Loading::Called(call)).await;
            }
            let new = self.keep(progress);
            let Count { done, total } = self.count;
            let state = app::Progress { done, total, doing };
            // A screen that is gone needs no news; the reading ends with the program.
            let _ = self.news.send(Loading::Progress(state)).await;
            if new && self.shown.elapsed() >= BETWEEN_PICTURES {
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
        let _ = self.news.send(Loading::Network { store, complete: false }).await;
        self.shown = Instant::now();
    }
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

/// Which request is made again, and why.
fn retry(progress: &Progress) -> Option<String> {
    let Progress::Retry { place, operation, attempt, most, throttled } = progress else {
        return None;
    };
    let why = if *throttled { "AWS asks to slow down" } else { "no good answer" };
    Some(format!("{} {operation}: {why}, attempt {attempt} of {most}", place.region))
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
