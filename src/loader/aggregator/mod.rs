//! The same network out of an AWS Config aggregator: one endpoint tells about a thousand accounts.
//!
//! Config keeps what it was told to record, and nothing tells which kinds that is: a kind of which it shows none in an
//! account and region is therefore not known there. What Config never keeps (attributes of VPCs, transit gateways'
//! routes, listeners, ...) is missing as well, and the coverage says so.

mod record;

use std::collections::BTreeMap;

use futures::{TryStreamExt, future};
use serde::Deserialize;
use serde_json::json;

use self::record::{KINDS, Kind, Record};
use super::ask::pages;
use super::error::LoadError;
use super::fault::Fault;
use super::plain::{Client, Protocol, Service};
use super::progress::{Place, Progress, Reporter};
use super::session::Session;
use crate::model::catalogue::{self, usual_calls};
use crate::model::dump::{Outcome, RegionDump};

const CONFIG: Service = Service {
    of: catalogue::Service::Config,
    host: "config",
    protocol: Protocol::Json { target: "StarlingDoveService" },
};

/// The most that it gives in one page.
const PAGE: u32 = 100;

type Places = BTreeMap<Place, RegionDump>;

/// How the reading of one kind went.
struct Read {
    kind: &'static Kind,
    records: Vec<Record>,
    outcome: Outcome,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Page {
    #[serde(default)]
    results: Vec<String>,
    next_token: Option<String>,
}

/// Reads everything that the aggregator of this name shows.
pub(super) async fn read(
    session: &Session,
    name: &str,
    reporter: &Reporter,
) -> Result<Vec<RegionDump>, LoadError> {
    let clients = session.at_home(reporter);
    let client = clients.plain(&CONFIG, session.home.clone());
    let place = Place { account: session.account.clone(), region: session.home.as_ref().into() };
    let calls = KINDS.len();
    reporter.tell(|| Progress::Started { place: place.clone(), calls }).await;
    let reads = KINDS.iter().map(|kind| kind_of(&client, name, kind, &place, reporter));
    let reads = future::join_all(reads).await;
    reporter.tell(|| Progress::Ended { place }).await;
    let failure = reads.iter().find_map(|read| match &read.outcome {
        Outcome::Failed { message } => Some(message.clone()),
        _ => None,
    });
    match failure {
        Some(message) if reads.iter().all(|read| read.records.is_empty()) => {
            Err(LoadError::Aggregator { name: name.to_owned(), message })
        }
        _ => Ok(by_place(reads)),
    }
}

async fn kind_of(
    client: &Client,
    aggregator: &str,
    kind: &'static Kind,
    place: &Place,
    reporter: &Reporter,
) -> Read {
    let mut read = Read { kind, records: Vec::new(), outcome: Outcome::Complete };
    let listed = pages(|token| page(client, aggregator, kind, token));
    let mut listed = std::pin::pin!(listed);
    loop {
        match listed.try_next().await {
            Ok(Some(page)) => read.records.extend(page),
            Ok(None) => break,
            Err(Fault { message, .. }) if read.records.is_empty() => {
                read.outcome = Outcome::Failed { message };
                break;
            }
            Err(Fault { message, .. }) => {
                read.outcome = Outcome::Partial { message };
                break;
            }
        }
    }
    let ended = || Progress::CallEnded {
        place: place.clone(),
        envelope: kind.envelope,
        outcome: read.outcome.clone(),
        items: read.records.len(),
        duration: std::time::Duration::ZERO,
    };
    reporter.tell(ended).await;
    read
}

async fn page(
    client: &Client,
    aggregator: &str,
    kind: &Kind,
    token: Option<String>,
) -> Result<(Vec<Record>, Option<String>), Fault> {
    let expression = format!(
        "SELECT accountId, awsRegion, resourceId, configuration, tags WHERE resourceType = '{}'",
        kind.name
    );
    let mut question = json!({
        "ConfigurationAggregatorName": aggregator,
        "Expression": expression,
        "Limit": PAGE,
    });
    if let Some(token) = token {
        question["NextToken"] = token.into();
    }
    let page: Page = client.ask("SelectAggregateResourceConfig", question).await?;
    let records: Result<Vec<Record>, _> =
        page.results.iter().map(|text| serde_json::from_str(text)).collect();
    let records = records.map_err(|error| Fault::other(format!("{}: {error}", kind.name)))?;
    Ok((records, page.next_token))
}

fn by_place(reads: Vec<Read>) -> Vec<RegionDump> {
    let mut places = Places::new();
    let mut outcomes = Vec::new();
    for Read { kind, records, mut outcome } in reads {
        for record in records {
            let region = places.entry(record.place()).or_default();
            if let Err(error) = record.add_to(kind, &mut region.resources) {
                outcome = Outcome::Partial { message: format!("{}: {error}", kind.name) };
            }
        }
        outcomes.push((kind, outcome));
    }
    let now = jiff::Timestamp::now().to_string();
    let dumps = places.into_iter().map(|(place, mut dump)| {
        cover(&mut dump, &outcomes);
        let Place { account, region } = place;
        RegionDump { account, region, loaded_at: Some(now.clone()), ..dump }
    });
    dumps.collect()
}

/// Says of every call of the table whether its answer is known.
fn cover(dump: &mut RegionDump, outcomes: &[(&Kind, Outcome)]) {
    for call in usual_calls() {
        let read = outcomes.iter().find(|(kind, _)| kind.envelope == call.envelope);
        let outcome = match read {
            None => Outcome::Failed { message: "AWS Config does not keep this".to_owned() },
            Some((kind, Outcome::Complete)) if dump.resources.count(call.envelope) == 0 => {
                let message = format!(
                    "AWS Config shows no {}: either there is none, or it is not told to record them",
                    kind.name
                );
                Outcome::Failed { message }
            }
            Some((_, outcome)) => outcome.clone(),
        };
        dump.coverage.record(call.envelope, outcome);
    }
}
