//! What is worth knowing about an answer and is no verdict (rules EP-5, L-4, R-3, R-8, SG-4, TGW-1), and the
//! assumptions that it rests on.

use super::limits::limits;
use crate::model::lambda::FunctionState;
use crate::reach::answer::{Answer, Check, Outcome, Reason, Said, Site, Step};
use crate::reach::{Change, End, Verdict};
use crate::store::{Origin, Store};

/// The notes of an answer, most important first.
pub(super) fn notes(store: &Store, answer: &Answer) -> Vec<String> {
    let steps: Vec<&Step> = answer
        .paths
        .iter()
        .flat_map(|path| path.forward.steps.iter().chain(&path.back.steps))
        .collect();
    let works = matches!(answer.verdict, Verdict::Reachable | Verdict::Partial);
    let facts = [
        public_name(store, answer),
        database_port(store, answer),
        function_state(store, answer),
        several_interfaces(store, answer),
        virtual_interfaces(store, answer),
        steps.iter().any(|step| matches!(step.reason, Reason::NoAclData)).then(|| {
            "The data holds no network ACLs at all: answered as if they let everything through.".into()
        }),
        steps.iter().any(|step| is_said(step, Said::NoOtherAnnounces)).then(|| {
            "What a VPN, Direct Connect or a VPC out of sight announces to the transit gateway is not in the data: no part \
             of the VPC's own addresses is taken to be among it."
                .into()
        }),
        steps.iter().any(|step| matches!(step.reason, Reason::NoPublicAccessData)).then(|| {
            "The data does not tell how VPC Block Public Access is set: answered as if it were off.".into()
        }),
        steps.iter().any(|step| is_said(step, Said::HealthChecksBlocked)).then(|| {
            "A target is shut to the health checks of its load balancer, which uses it only while no other is healthy."
                .into()
        }),
        steps.iter().any(|step| is_said(step, Said::AssumedPreserved)).then(|| {
            "Client-address preservation is not told: answered as if it were on, AWS's default for such targets.".into()
        }),
        steps.iter().any(|step| is_said(step, Said::AssumedNotPreserved)).then(|| {
            "Client-address preservation is not told: answered as if it were off, AWS's default for such targets.".into()
        }),
        (works && passes(&steps, Check::Endpoints)).then(|| {
            "The endpoint's policy may still deny: AWS then answers AccessDenied, not a time-out.".into()
        }),
        passes(&steps, Check::TransitGateway).then(|| {
            "A transit gateway is taken to serve every subnet of a zone in which it has one.".into()
        }),
        blocked_by_group(&steps).then(|| {
            "Connections that a rule let through before it was removed go on until they are idle for long.".into()
        }),
        failover(store, answer),
        loses_internet(store, answer),
    ];
    facts.into_iter().flatten().chain(limits(store, answer)).collect()
}

fn passes(steps: &[&Step], check: Check) -> bool {
    steps.iter().any(|step| step.check == check && step.outcome == Outcome::Pass)
}

fn is_said(step: &Step, fact: Said) -> bool {
    matches!(step.reason, Reason::Said(said) if said == fact)
}

fn blocked_by_group(steps: &[&Step]) -> bool {
    steps.iter().any(|step| {
        let group = matches!(step.check, Check::SecurityGroupEgress | Check::SecurityGroupIngress);
        group && step.outcome == Outcome::Block
    })
}

/// From a peer VPC a public database's name stands for its public address, unless the peering resolves names (rule
/// PCX-4).
fn public_name(store: &Store, answer: &Answer) -> Option<String> {
    let End::Database(arn) = &answer.question.to else { return None };
    let name = &store.databases.get(arn)?.db_instance_identifier;
    let by_public = answer.paths.iter().find(|path| {
        matches!(path.from.site, Site::Interface(_)) && matches!(path.to.site, Site::Public(_))
    })?;
    let address = by_public.to.addresses.witness()?;
    Some(format!(
        "From there the name of {name} stands for its public address {address}: only inside its VPC, or over a peering \
         that resolves names, does it stand for the private one."
    ))
}

fn database_port(store: &Store, answer: &Answer) -> Option<String> {
    let End::Database(arn) = &answer.question.to else { return None };
    let database = store.databases.get(arn)?;
    let listens = database.endpoint.as_ref()?.port?;
    let asked = answer.question.flow.port.map(i32::from)?;
    let name = &database.db_instance_identifier;
    (asked != listens).then(|| format!("{name} listens on port {listens}, not on {asked}."))
}

fn function_state(store: &Store, answer: &Answer) -> Option<String> {
    let End::Function(arn) = &answer.question.from else { return None };
    let function = store.functions.get(arn)?;
    let name = function.label();
    match function.state {
        Some(FunctionState::Inactive) => Some(format!(
            "{name} is inactive: its next call fails while AWS makes its interfaces again."
        )),
        Some(FunctionState::Pending) => {
            Some(format!("{name} is pending: its interfaces are being made."))
        }
        _ => None,
    }
}

fn several_interfaces(store: &Store, answer: &Answer) -> Option<String> {
    let End::Database(arn) = &answer.question.to else { return None };
    let candidates = store.interfaces_of_database(arn).len();
    let name = &store.databases.get(arn)?.db_instance_identifier;
    (candidates > 1).then(|| {
        format!(
            "AWS does not tell which of {candidates} interfaces is that of {name}: each was asked."
        )
    })
}

fn virtual_interfaces(store: &Store, answer: &Answer) -> Option<String> {
    let ends = answer.paths.iter().flat_map(|path| [&path.from, &path.to]);
    let derived = ends.filter_map(|point| point.site.interface()).find_map(|at| {
        let interface = store.interface(at);
        interface.is_virtual().then_some(interface)
    })?;
    let from = match derived.origin {
        Origin::FunctionConfig => "the function's VPC configuration",
        Origin::DatabaseConfig => "the database's subnet group",
        Origin::ServiceConfig | Origin::Listed => "the service's configuration",
    };
    Some(format!(
        "AWS lists no interface for {}: it is derived from {from} and may have any address of its subnet.",
        derived.owner.name
    ))
}

/// Outside of VPCs a function has the internet; inside it has what its subnets have (rules L-1, L-2).
fn loses_internet(store: &Store, answer: &Answer) -> Option<String> {
    let mut changes = answer.fixes.iter().flat_map(|fix| &fix.changes);
    let (function, name) = changes.find_map(|change| match change {
        Change::AttachFunction { function, name, .. } => Some((function, name)),
        _ => None,
    })?;
    store.functions.get(function).filter(|one| one.attached().is_none())?;
    Some(format!(
        "Once {name} is attached to a VPC it has no internet of its own any more: what it calls out there then needs a route \
         to a NAT gateway, or an endpoint for a service of AWS."
    ))
}

/// A database moves to another subnet of its group when it fails over (rule R-3).
fn failover(store: &Store, answer: &Answer) -> Option<String> {
    let End::Database(arn) = &answer.question.to else { return None };
    let database = store.databases.get(arn)?;
    let inside = answer.paths.iter().any(|path| matches!(path.to.site, Site::Interface(_)));
    let moves = database.multi_az == Some(true) && inside;
    let subnets = database.db_subnet_group.as_ref().map_or(0, |group| group.subnets.len());
    (moves && subnets > 1).then(|| {
        let name = &database.db_instance_identifier;
        format!("{name} may move to another of {subnets} subnets when it fails over; answered for where it is now.")
    })
}
