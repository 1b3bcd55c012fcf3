//! Live AWS: reads it, and tells meanwhile how far it is.

use std::io::IsTerminal;

use tokio::runtime::Handle;
use tokio::sync::mpsc::{self, Receiver};

use super::pictures::Pictures;
use super::{Failure, Live, News, say};
use crate::loader::{self, LoadError, MemberRole, Progress, Regions, Request, Role};
use crate::model::dump::{Dump, Outcome};
use crate::report::safe_text::fitted;
use crate::runtime;

/// Messages that may wait to be told; the loader waits when there are more.
const WAITING: usize = 64;

/// Calls that did not work and are told one by one: where nothing works, they all say the same.
const REMARKS: usize = 10;
/// Columns of one of them: what a proxy answers in AWS's place can be long.
const REMARK: usize = 400;

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
pub fn feed(live: &Live, news: &News, masked: bool) -> Result<Dump, Failure> {
    let (progress, told) = mpsc::channel(WAITING);
    let mut pictures = Pictures::new(news, masked);
    let read = Handle::current().block_on(async {
        let reading =
            async { tokio::join!(loader::load(request(live), progress), pictures.send(told)).0 };
        tokio::select! {
            read = reading => Some(read),
            () = news.called_off() => None,
        }
    });
    match read {
        Some(read) => Ok(read?),
        None => pictures.so_far(live),
    }
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
    let role = live.role_arn.clone().map(|arn| Role { arn, external_id });
    // The role that is taken on first has the external id; the others have it where there is no such role.
    let external_id = live.external_id.clone().filter(|_| role.is_none());
    Request {
        profiles: live.profiles.clone(),
        regions,
        role,
        organization_role: live.org_role.clone().map(|name| MemberRole { name, external_id }),
        aggregator: live.config_aggregator.clone(),
        events: live.events,
        ..Request::default()
    }
}

/// Says on stderr which region is read, how far it is if a terminal is watching, and what did not work.
async fn narrate(mut told: Receiver<Progress>) {
    let watched = std::io::stderr().is_terminal();
    let mut count = Count::default();
    let mut remarks = 0;
    while let Some(progress) = told.recv().await {
        if let Some(remark) = remark(&progress) {
            remarks += 1;
            let start = if watched { "\r\u{1b}[K" } else { "" };
            if remarks <= REMARKS {
                say(&format!("{start}{}\n", fitted(&remark, REMARK)));
            }
        }
        count.add(&progress);
        if watched {
            let Count { done, total } = count;
            let again = retry(&progress).map(|retry| format!("; {}", retry.join(": ")));
            let again = again.unwrap_or_default();
            say(&format!("\rreading AWS: {done} of {total} calls{again}\u{1b}[K"));
        }
    }
    if watched {
        say("\r\u{1b}[K");
    }
    if remarks > REMARKS {
        let more = remarks - REMARKS;
        say(&format!(
            "note: {more} more calls did not work; `vpctui doctor` tells what is allowed\n"
        ));
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
        "note: {} {}: {what}; without it {} is not known",
        place.region, call.operation, call.tells
    ))
}

/// Calls made and to be made.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    pub(super) done: usize,
    pub(super) total: usize,
}

impl Count {
    pub(super) fn add(&mut self, progress: &Progress) {
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

/// Which request is made again, and why.
pub(super) fn retry(progress: &Progress) -> Option<[String; 2]> {
    let Progress::Retry { place, operation, attempt, most, throttled } = progress else {
        return None;
    };
    let why = if *throttled { "AWS asks to slow down" } else { "no good answer" };
    let which = format!("{} {operation}", place.region);
    Some([which, format!("{why}, attempt {attempt} of {most}")])
}
