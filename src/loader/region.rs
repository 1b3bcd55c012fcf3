//! Reads one region: every call of the table, children after their parents, a bounded number of requests at a time.

use std::pin::pin;
use std::time::Instant;

use futures::future::{BoxFuture, join_all};
use futures::{FutureExt, StreamExt, TryStreamExt, stream};
use tokio::sync::Semaphore;

use super::ask::{self, Ask, Page};
use super::clients::Clients;
use super::fault::{Fault, Kind};
use super::progress::{Place, Progress, Reporter};
use super::silence::Silence;
use crate::model::catalogue::{CALLS, Envelope, Resources};
use crate::model::dump::{Coverage, Outcome, RegionDump};
use crate::model::ids::{AccountId, RegionName};

/// Requests to one region at the same time. EC2 lets 50 to 100 through at once and 20 a second after that.
const REQUESTS_AT_ONCE: usize = 10;
/// Makes every call and gathers what came.
pub(super) async fn read(
    clients: Clients,
    account: AccountId,
    region: RegionName,
    reporter: &Reporter,
) -> RegionDump {
    let place = Place { account, region };
    let permits = Semaphore::new(REQUESTS_AT_ONCE);
    let silence = Silence::default();
    let reader = Reader { clients, place, permits, silence, reporter };
    let (place, calls) = (&reader.place, CALLS.len());
    reporter.tell(|| Progress::Started { place: place.clone(), calls }).await;
    let roots = CALLS.iter().filter(|call| ask::parent(call.envelope).is_none());
    let answers = join_all(roots.map(|call| reader.family(call.envelope, None))).await;
    reporter.tell(|| Progress::Ended { place: place.clone() }).await;
    assemble(reader.place, answers.into_iter().flatten())
}

/// Whether AWS answered anything at all, be it "no".
pub(super) fn has_answer(coverage: &Coverage) -> bool {
    coverage.0.values().any(|outcome| !matches!(outcome, Outcome::Failed { .. }))
}

/// Why the first call failed.
pub(super) fn first_failure(coverage: &Coverage) -> Option<String> {
    coverage.0.values().find_map(|outcome| match outcome {
        Outcome::Failed { message } => Some(message.clone()),
        _ => None,
    })
}

struct Reader<'a> {
    clients: Clients,
    place: Place,
    permits: Semaphore,
    silence: Silence,
    reporter: &'a Reporter,
}

/// What one call brought.
struct Answer {
    envelope: Envelope,
    resources: Resources,
    outcome: Outcome,
}

impl Reader<'_> {
    /// One call and, with its answer, the calls that ask about each thing in it.
    fn family<'a>(
        &'a self,
        envelope: Envelope,
        parent: Option<&'a Answer>,
    ) -> BoxFuture<'a, Vec<Answer>> {
        async move {
            let answer = self.call(envelope, parent).await;
            let children = CALLS.iter().filter(|c| ask::parent(c.envelope) == Some(envelope));
            let children = children.map(|call| self.family(call.envelope, Some(&answer)));
            let mut family = join_all(children).await.into_iter().flatten().collect::<Vec<_>>();
            family.push(answer);
            family
        }
        .boxed()
    }

    async fn call(&self, envelope: Envelope, parent: Option<&Answer>) -> Answer {
        let (place, start) = (&self.place, Instant::now());
        self.reporter.tell(|| Progress::CallStarted { place: place.clone(), envelope }).await;
        let nothing = Resources::default();
        let found = parent.map_or(&nothing, |parent| &parent.resources);
        let asks = ask::asks(envelope, &self.clients, found);
        let parts: Vec<_> = asks.into_iter().map(|ask| self.pages(envelope, ask)).collect();
        let parts: Vec<Part> = stream::iter(parts).buffered(REQUESTS_AT_ONCE).collect().await;
        let answer = merge(envelope, parts, parent);
        let (items, duration) = (answer.resources.count(envelope), start.elapsed());
        let ended = || Progress::CallEnded {
            place: place.clone(),
            envelope,
            outcome: answer.outcome.clone(),
            items,
            duration,
        };
        self.reporter.tell(ended).await;
        answer
    }

    /// Everything that one request brings, as far as it comes.
    async fn pages(&self, envelope: Envelope, ask: Ask) -> Part {
        let mut part = Part::default();
        let mut pages = pin!(ask::pages(|token| self.page(&ask, token)));
        loop {
            match pages.try_next().await {
                Ok(Some(page)) => {
                    self.show(envelope, &page.resources).await;
                    part.resources.append(page.resources);
                    part.left_out.extend(page.left_out);
                }
                Ok(None) => return part,
                Err(fault) => return part.broken(fault),
            }
        }
    }

    async fn page(
        &self,
        ask: &Ask,
        token: Option<String>,
    ) -> Result<(Page, Option<String>), Fault> {
        // The semaphore is never closed.
        let _permit = self.permits.acquire().await.ok();
        if let Some(reason) = self.silence.reason() {
            return Err(reason);
        }
        let answer = ask(token).await;
        self.silence.note(&answer);
        let mut page = answer?;
        let next = page.next.take();
        Ok((page, next))
    }

    async fn show(&self, envelope: Envelope, resources: &Resources) {
        let page = || Progress::Page {
            place: self.place.clone(),
            envelope,
            resources: Box::new(resources.clone()),
        };
        self.reporter.tell(page).await;
    }
}

/// What the pages of one request brought, as far as they came.
#[derive(Default)]
struct Part {
    resources: Resources,
    left_out: Vec<String>,
    fault: Option<Fault>,
}

impl Part {
    fn broken(self, fault: Fault) -> Self {
        // What is gone since its parent was listed is not missing.
        let fault = (fault.kind != Kind::Gone).then_some(fault);
        Self { fault, ..self }
    }
}

fn merge(envelope: Envelope, parts: Vec<Part>, parent: Option<&Answer>) -> Answer {
    let whole = parts.iter().filter(|part| part.fault.is_none()).count();
    let (mut resources, mut left_out, mut fault) = (Resources::default(), Vec::new(), None);
    for part in parts {
        resources.append(part.resources);
        left_out.extend(part.left_out);
        fault = fault.or(part.fault);
    }
    let something = whole > 0 || resources.count(envelope) > 0;
    let own = match fault {
        Some(fault) => failed(envelope, fault, something),
        None if left_out.is_empty() => Outcome::Complete,
        None => Outcome::Partial { message: format!("left out: {}", left_out.join("; ")) },
    };
    let outcome = inherit(own, parent, something);
    Answer { envelope, resources, outcome }
}

fn failed(envelope: Envelope, fault: Fault, something: bool) -> Outcome {
    let message = fault.message;
    match fault.kind {
        _ if something => Outcome::Partial { message },
        Kind::Denied => Outcome::Denied { action: envelope.call().action.to_owned(), message },
        // The login was good a moment ago, so it is the region that does not know the account.
        Kind::Rejected => {
            Outcome::Failed { message: format!("{message} (is this region enabled?)") }
        }
        Kind::Expired => Outcome::Failed { message: format!("the login has expired: {message}") },
        _ => Outcome::Failed { message },
    }
}

/// A child knows no more than its parent: what was not listed could not be asked about.
fn inherit(own: Outcome, parent: Option<&Answer>, something: bool) -> Outcome {
    let Some(parent) = parent else { return own };
    let operation = parent.envelope.call().operation;
    match (&own, &parent.outcome) {
        (Outcome::Complete, Outcome::Partial { message }) if something => {
            Outcome::Partial { message: format!("{operation}: {message}") }
        }
        (Outcome::Complete, Outcome::Partial { message } | Outcome::Failed { message }) => {
            Outcome::Failed { message: format!("{operation}: {message}") }
        }
        (Outcome::Complete, Outcome::Denied { .. }) => parent.outcome.clone(),
        _ => own,
    }
}

fn assemble(place: Place, answers: impl Iterator<Item = Answer>) -> RegionDump {
    let mut dump = RegionDump { region: place.region, ..RegionDump::default() };
    for answer in answers {
        dump.coverage.record(answer.envelope, answer.outcome);
        dump.resources.append(answer.resources);
    }
    let own = Some(place.account).filter(|account| !account.is_empty());
    dump.account = own.or_else(|| usual_owner(&dump.resources)).unwrap_or_default();
    dump.loaded_at = Some(jiff::Timestamp::now().to_string());
    dump
}

/// The account that owns most: subnets and groups of others are shared with it, but few.
fn usual_owner(resources: &Resources) -> Option<AccountId> {
    let interfaces = resources.network_interfaces.iter().filter_map(|i| i.owner_id.as_ref());
    let vpcs = resources.vpcs.iter().filter_map(|vpc| vpc.owner_id.as_ref());
    let groups = resources.security_groups.iter().filter_map(|group| group.owner_id.as_ref());
    let mut counts: Vec<(&AccountId, usize)> = Vec::new();
    for owner in interfaces.chain(vpcs).chain(groups) {
        match counts.iter_mut().find(|(known, _)| *known == owner) {
            Some((_, count)) => *count += 1,
            None => counts.push((owner, 1)),
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(owner, _)| owner.clone())
}
