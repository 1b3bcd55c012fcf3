//! Reads AWS: the only module that names an SDK type.
//!
//! In: which profiles and regions. Out: a [`Dump`] in our own model, with the outcome of every call, and [`Progress`]
//! while it comes. Nothing here judges a network, and nothing can change one: every client carries a guard that
//! refuses an operation that is not in [`CALLS`](crate::model::catalogue::CALLS) before it is sent.
//!
//! ```text
//! profile ─> session (credentials, account) ─> region ─> calls, as `Envelope`s
//!                                                          │ ask/: how AWS is asked, page by page
//!                                                          │ convert/: SDK type -> model, one file per family
//!                                                          └ fault: error code -> Denied, Failed, ...
//! ```
//!
//! One failed call never sinks the others, one failed region or profile neither. Dropping the future of [`load`]
//! cancels everything: nothing is spawned.

mod aggregator;
mod answer;
mod answer_xml;
mod ask;
mod attempts;
mod clients;
mod configuration;
mod convert;
mod error;
mod fault;
mod guard;
mod organization;
mod pace;
mod patience;
mod plain;
mod profile;
mod progress;
mod region;
mod role;
mod session;
mod silence;
mod split;
mod trust;
mod whole;

pub use error::LoadError;
pub use patience::Patience;
pub use progress::{Place, Progress};
pub use role::{MemberRole, Role};

use std::collections::HashSet;

use futures::{StreamExt, future, stream};
use tokio::sync::mpsc;

use crate::model::dump::{Dump, Origin, RegionDump};
use crate::model::ids::RegionName;

use ask::Lookback;
use organization::members;
use progress::Reporter;
use session::Session;

/// Regions that are read at the same time; each makes several requests at once.
const REGIONS_AT_ONCE: usize = 4;

/// What to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Names of profiles; empty means the default credential chain.
    pub profiles: Vec<String>,
    /// Regions of each.
    pub regions: Regions,
    /// Whom to ask.
    pub target: Target,
    /// A role to take on first.
    pub role: Option<Role>,
    /// Read every account of the organisation with the role of this name.
    pub organization_role: Option<MemberRole>,
    /// Read this aggregator of AWS Config in place of the services themselves.
    pub aggregator: Option<String>,
    /// For how many hours back CloudTrail is asked who changed the network; not at all without.
    pub events: Option<u32>,
    /// How long to wait, and how often to ask again.
    pub patience: Patience,
}

/// Whom to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// AWS, or what `AWS_ENDPOINT_URL` or the profile names instead.
    #[default]
    Aws,
    /// An emulator, which takes any keys: made-up ones are sent and nothing is read from the user's configuration.
    Emulator {
        /// Such as `http://127.0.0.1:5555`.
        endpoint_url: String,
    },
}

/// Which regions to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Regions {
    /// The one that the environment or the profile names.
    #[default]
    Default,
    /// These.
    These(Vec<String>),
    /// All that are enabled for the account.
    AllEnabled,
}

/// Reads everything that `request` names.
///
/// `progress` may be a closed channel; an open one has to be drained, for the loader waits when it is full.
///
/// # Errors
/// When nothing at all could be read: no region, no credentials, an expired login, no network. What failed in part is
/// in the [`Coverage`](crate::model::dump::Coverage) and in the notices of the dump.
pub async fn load(request: Request, progress: mpsc::Sender<Progress>) -> Result<Dump, LoadError> {
    let reporter = Reporter::new(progress);
    let open = request.profiles().map(|name| Session::open(name, &request, &reporter));
    let (sessions, mut notices) = keep_working(future::join_all(open).await)?;
    let label = label(&sessions);
    let regions = match &request.aggregator {
        Some(name) => aggregated(&sessions, name, &reporter).await?,
        None => described(sessions, &request, &reporter, &mut notices).await?,
    };
    Ok(Dump { regions, origin: Origin { label, notices } })
}

/// What the services themselves tell, in these accounts and perhaps in all others of their organisations.
async fn described(
    mut sessions: Vec<Session>,
    request: &Request,
    reporter: &Reporter,
    notices: &mut Vec<String>,
) -> Result<Vec<RegionDump>, LoadError> {
    let mut closed = Vec::new();
    if let Some(role) = &request.organization_role {
        let members = members(&sessions, role, request, reporter).await?;
        sessions.extend(members.sessions);
        closed = members.closed;
        notices.extend(members.notices);
    }
    let targets = distinct(&sessions, notices);
    let reads = targets.into_iter().map(|(session, region)| session.read(region, reporter));
    let reads: Vec<_> = reads.collect();
    let mut regions: Vec<RegionDump> =
        stream::iter(reads).buffered(REGIONS_AT_ONCE).collect().await;
    something_answered(&regions)?;
    regions.extend(closed);
    Ok(regions)
}

/// What aggregators of this name show, each place once: two profiles may lead to the same one.
async fn aggregated(
    sessions: &[Session],
    name: &str,
    reporter: &Reporter,
) -> Result<Vec<RegionDump>, LoadError> {
    let mut asked = HashSet::new();
    let askers = sessions.iter().filter(|one| {
        one.account.is_empty() || asked.insert((one.account.as_str(), one.home.as_ref()))
    });
    let reads = askers.map(|session| aggregator::read(session, name, reporter));
    let mut regions: Vec<RegionDump> =
        future::try_join_all(reads).await?.into_iter().flatten().collect();
    let mut shown = HashSet::new();
    regions.retain(|one| shown.insert((one.account.clone(), one.region.clone())));
    Ok(regions)
}

impl Request {
    /// From when on CloudTrail is asked for changes.
    fn lookback(&self) -> Option<Lookback> {
        let hours = jiff::SignedDuration::from_hours(self.events?.into());
        let since = jiff::Timestamp::now().checked_sub(hours).ok()?;
        Some(Lookback { since, pause: self.patience.between_lookups })
    }

    fn profiles(&self) -> impl Iterator<Item = Option<&str>> {
        let default = self.profiles.is_empty().then_some(None);
        default.into_iter().chain(self.profiles.iter().map(|name| Some(name.as_str())))
    }
}

/// The sessions that opened, and a notice for each that did not; an error if none did.
fn keep_working(
    opened: Vec<Result<Session, LoadError>>,
) -> Result<(Vec<Session>, Vec<String>), LoadError> {
    let (mut sessions, mut notices, mut first) = (Vec::new(), Vec::new(), None);
    for outcome in opened {
        match outcome {
            Ok(session) => sessions.push(session),
            Err(error) => {
                notices.push(error.to_string());
                first.get_or_insert(error);
            }
        }
    }
    match first {
        Some(error) if sessions.is_empty() => Err(error),
        _ => {
            let of_sessions = sessions.iter().filter_map(|session| session.notice.clone());
            notices.extend(of_sessions);
            Ok((sessions, notices))
        }
    }
}

/// Every account and region once: two profiles may lead to the same account.
fn distinct<'a>(
    sessions: &'a [Session],
    notices: &mut Vec<String>,
) -> Vec<(&'a Session, &'a RegionName)> {
    let mut seen = HashSet::new();
    let mut targets = Vec::new();
    for session in sessions {
        for region in &session.regions {
            if session.account.is_empty() || seen.insert((&session.account, region)) {
                targets.push((session, region));
            } else {
                let (profile, account) = (&session.profile, &session.account);
                notices.push(format!("profile `{profile}` leads to {account} {region} as well"));
            }
        }
    }
    targets
}

fn label(sessions: &[Session]) -> String {
    let profiles: Vec<_> = sessions.iter().map(|session| session.profile.as_str()).collect();
    profiles.join(", ")
}

/// Without one answer from AWS there is nothing to show but the reason.
fn something_answered(regions: &[RegionDump]) -> Result<(), LoadError> {
    let answered = regions.iter().any(|region| answer::has_answer(&region.coverage));
    let reason = regions.iter().find_map(|region| answer::first_failure(&region.coverage));
    match reason {
        Some(message) if !answered => Err(LoadError::NoAnswer { message }),
        _ => Ok(()),
    }
}
