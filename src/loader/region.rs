//! Reads one region: every call of the table, children after their parents, a bounded number of requests at a time.

use std::collections::HashSet;
use std::pin::pin;
use std::sync::Arc;
use std::time::Instant;

use super::answer::{Answer, Part, merge};
use super::ask::{self, Ask, Page};
use super::clients::Clients;
use super::fault::Fault;
use super::progress::{Place, Progress, Reporter};
use super::silence::Silence;
use super::split::{self, Hyperplane};
use crate::model::catalogue::{CALLS, Call, Envelope, Resources};
use crate::model::dump::{Outcome, RegionDump};
use crate::model::ids::AccountId;
use crate::model::vpc::Subnet;
use futures::future::{BoxFuture, join_all};
use futures::{FutureExt, StreamExt, TryStreamExt, stream};
use tokio::sync::watch;

/// Requests of one call that wait for their turn at the same time: no more are ever under way.
const WAITING: usize = 64;

/// Makes every call and gathers what came.
pub(super) async fn read(
    clients: Clients,
    place: Place,
    renewal: &str,
    reporter: &Reporter,
) -> RegionDump {
    let (subnets, interfaces) = (watch::Sender::new(None), watch::Sender::new(None));
    let silence = Silence::default();
    let reader = Reader { clients, place, renewal, silence, subnets, interfaces, reporter };
    let (place, calls) = (&reader.place, reader.calls().count());
    reporter.tell(|| Progress::Started { place: place.clone(), calls }).await;
    let roots = reader.calls().filter(|call| ask::parent(call.envelope).is_none());
    let answers = join_all(roots.map(|call| reader.family(call.envelope, None))).await;
    reporter.tell(|| Progress::Ended { place: place.clone() }).await;
    assemble(reader.place, answers.into_iter().flatten())
}

struct Reader<'a> {
    clients: Clients,
    place: Place,
    /// What brings new credentials, for a person.
    renewal: &'a str,
    silence: Silence,
    /// All subnets, once they are known; an empty list if that cannot be.
    subnets: watch::Sender<Option<Arc<[Subnet]>>>,
    /// Where functions have interfaces, once that is known.
    interfaces: watch::Sender<Option<Arc<HashSet<Hyperplane>>>>,
    reporter: &'a Reporter,
}

impl Reader<'_> {
    /// The rows of the table that are wanted: the only flag is that for CloudTrail.
    fn calls(&self) -> impl Iterator<Item = &'static Call> {
        let events = self.clients.lookback.is_some();
        CALLS.iter().filter(move |call| events || call.flag.is_none())
    }

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
        let parts = match envelope {
            Envelope::NetworkInterfaces => self.interfaces().await,
            Envelope::FunctionConfigurations => self.idle_functions(parent).await,
            _ => self.parts(envelope, self.asks(envelope, parent)).await,
        };
        let answer = merge(envelope, parts, parent);
        if envelope == Envelope::Subnets {
            self.subnets.send_replace(Some(all_subnets(&answer)));
        }
        if envelope == Envelope::NetworkInterfaces {
            let known =
                answer.resources.network_interfaces.iter().filter_map(|eni| split::hyperplane(eni));
            self.interfaces.send_replace(Some(Arc::new(known.collect())));
        }
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

    fn asks(&self, envelope: Envelope, parent: Option<&Answer>) -> Vec<Ask> {
        let nothing = Resources::default();
        let found = parent.map_or(&nothing, |parent| &parent.resources);
        ask::asks(envelope, &self.clients, found)
    }

    /// The state of functions in a VPC that have no interface there: of the others it is known, for a function that is not
    /// ready has none (rule L-4), and Lambda takes few of these questions. Published versions are not asked about.
    async fn idle_functions(&self, parent: Option<&Answer>) -> Vec<Part> {
        let mut known = self.interfaces.subscribe();
        let known = known.wait_for(Option::is_some).await.ok().and_then(|known| known.clone());
        let (known, functions) =
            (known.unwrap_or_default(), parent.map(|one| &one.resources.functions));
        let functions = functions.into_iter().flatten().filter(|one| one.published().is_none());
        let idle = functions.filter(|one| split::is_idle(one, &known));
        let found = Resources { functions: idle.cloned().collect(), ..Resources::default() };
        let envelope = Envelope::FunctionConfigurations;
        self.parts(envelope, ask::asks(envelope, &self.clients, &found)).await
    }

    async fn parts(&self, envelope: Envelope, asks: Vec<Ask>) -> Vec<Part> {
        let parts: Vec<_> = asks.into_iter().map(|ask| self.pages(envelope, ask, None)).collect();
        let mut parts = pin!(stream::iter(parts).buffered(WAITING));
        let mut all = Vec::new();
        while let Some(part) = parts.next().await {
            // CloudTrail is asked two times a second: what it does not tell once, it is not asked for dozens of times.
            let is_over = envelope == Envelope::Events && part.is_broken();
            all.push(part);
            if is_over {
                break;
            }
        }
        all
    }

    /// The interfaces: the first page, and then the rest, in several lists at once if that is faster.
    async fn interfaces(&self) -> Vec<Part> {
        let envelope = Envelope::NetworkInterfaces;
        let mut parts = Vec::new();
        for ask in self.asks(envelope, None) {
            let mut first = Part::default();
            let next = match self.page(envelope, &ask, None).await {
                Ok((page, next)) => {
                    self.keep(envelope, page, &mut first).await;
                    next
                }
                Err(fault) => return vec![first.broken(fault)],
            };
            if let Some(token) = next.filter(|token| !token.is_empty()) {
                parts.extend(self.further_interfaces(ask, token, &first).await);
            }
            parts.insert(0, first);
        }
        parts
    }

    async fn further_interfaces(&self, ask: Ask, token: String, first: &Part) -> Vec<Part> {
        let envelope = Envelope::NetworkInterfaces;
        if self.splitting_pays(first).await {
            let asks = split::patterns().map(|ids| ask::interfaces_like(&self.clients.ec2, ids));
            let mut parts = self.parts(envelope, asks.collect()).await;
            if split::is_proven(first, &parts) {
                split::without_first(first, &mut parts);
                return parts;
            }
        }
        vec![self.pages(envelope, ask, Some(token)).await]
    }

    /// Told as soon as the subnets are known.
    async fn splitting_pays(&self, first: &Part) -> bool {
        let mut subnets = self.subnets.subscribe();
        let known = subnets.wait_for(Option::is_some).await.ok().and_then(|known| known.clone());
        known.is_some_and(|known| split::pays(&known, first))
    }

    /// Everything that one request brings from a page on, as far as it comes.
    async fn pages(&self, envelope: Envelope, ask: Ask, from: Option<String>) -> Part {
        let mut part = Part::default();
        let pages = ask::pages_from(from, |token| self.page(envelope, &ask, token));
        let mut pages = pin!(pages);
        loop {
            match pages.try_next().await {
                Ok(Some(page)) => self.keep(envelope, page, &mut part).await,
                Ok(None) => return part,
                Err(fault) => return part.broken(fault),
            }
        }
    }

    async fn keep(&self, envelope: Envelope, page: Page, part: &mut Part) {
        self.show(envelope, &page.resources).await;
        part.resources.append(page.resources);
        part.left_out.extend(page.left_out);
    }

    async fn page(
        &self,
        envelope: Envelope,
        ask: &Ask,
        token: Option<String>,
    ) -> Result<(Page, Option<String>), Fault> {
        let limiter = self.clients.pace(envelope.call().service);
        let _turn = limiter.turn().await;
        if let Some(reason) = self.silence.reason() {
            return Err(reason);
        }
        let answer = ask(token).await;
        self.silence.note(&answer);
        let mut page = answer.map_err(|fault| fault.with_renewal(self.renewal))?;
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

fn all_subnets(answer: &Answer) -> Arc<[Subnet]> {
    match answer.outcome {
        Outcome::Complete => answer.resources.subnets.as_slice().into(),
        _ => Arc::default(),
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
