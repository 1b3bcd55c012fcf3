//! What the ends of a question say of themselves: a database that is stopped, a function that failed, an end that is not
//! known (rules R-4, L-4).

use super::answer::{Check, Component, Kind, Leg, Outcome, Reason, Said, Step};
use super::code::Code;
use super::question::{End, Question};
use super::walk::Walked;
use crate::model::catalogue::Envelope;
use crate::model::instance::InstanceStateName;
use crate::model::lambda::FunctionState;
use crate::model::rds::DbInstance;
use crate::model::traffic::Traffic;
use crate::store::{InterfaceIx, Store};

/// States in which a database takes no connections; in all others, such as `backing-up`, it does.
const DOWN: &[&str] = &[
    "stopped",
    "stopping",
    "starting",
    "creating",
    "deleting",
    "failed",
    "rebooting",
    "inaccessible-encryption-credentials",
    "inaccessible-encryption-credentials-recoverable",
    "incompatible-create",
    "incompatible-network",
    "incompatible-restore",
    "restore-error",
    "insufficient-capacity",
    "incompatible-parameters",
];

/// Puts the state of the ends in front of a way.
pub(super) fn check(
    store: &Store,
    question: &Question,
    explain: bool,
    mut walked: Walked,
) -> Walked {
    let called = database(store, &question.to).or_else(|| member(store, walked.arrived_at));
    let blocks = [function(store, &question.from), called];
    for (component, state) in blocks.into_iter().flatten() {
        walked.leg.passed = Traffic::empty();
        if explain {
            walked
                .leg
                .steps
                .insert(0, block(component, Code::BadState, Reason::State(state.into())));
        }
    }
    walked
}

fn function(store: &Store, end: &End) -> Option<(Component, String)> {
    let End::Function(arn) = end else { return None };
    let function = store.functions.get(arn)?;
    let failed = function.state == Some(FunctionState::Failed);
    failed.then(|| (Component::new(Kind::Function, function.label()), "Failed".into()))
}

fn database(store: &Store, end: &End) -> Option<(Component, String)> {
    let End::Database(arn) = end else { return None };
    stopped(store.databases.get(arn)?)
}

/// The database whose interface it is, by whatever name that was called: as a member of its cluster, by its address.
fn member(store: &Store, at: Option<InterfaceIx>) -> Option<(Component, String)> {
    let owner = &store.interface(at?).owner;
    stopped(store.databases.get(&*owner.id)?)
}

fn stopped(database: &DbInstance) -> Option<(Component, String)> {
    let status = down(database)?;
    Some((Component::new(Kind::Database, &database.db_instance_identifier), status.into()))
}

/// The status of a database that takes no connections.
pub(super) fn down(database: &DbInstance) -> Option<&str> {
    database.db_instance_status.as_deref().filter(|status| DOWN.contains(status))
}

/// The way of what there is too much of to walk for each.
pub(super) fn too_many(what: &str, asked: Traffic) -> Leg {
    let reason = Reason::NotModelled(what.into());
    let mut step = block(Component::other(""), Code::UnsupportedComponent, reason);
    step.outcome = Outcome::Unknown;
    let doubtful = Traffic::full();
    Leg { steps: vec![step], passed: asked, doubtful, unknown: true, ..Leg::default() }
}

/// The way of a question whose ends have no address in common.
pub(super) fn nowhere(store: &Store, question: &Question, lacks: Option<Envelope>) -> Leg {
    let mut ends = [&question.from, &question.to].into_iter();
    if let Some((instance, state)) = ends.find_map(|end| gone(store, end)) {
        let step = block(instance, Code::BadState, Reason::State(state.into()));
        return Leg { steps: vec![step], ..Leg::default() };
    }
    if let Some(function) = takes_nothing(store, &question.to) {
        let reason = Reason::Said(Said::FunctionTakesNoConnections);
        let step = block(function, Code::AcceptsNoConnections, reason);
        return Leg { steps: vec![step], ..Leg::default() };
    }
    let step = if let Some(envelope) = lacks {
        let component = of_end(&question.to);
        let mut step = block(component, Code::UnknownResource, Reason::Lacks(envelope));
        step.outcome = Outcome::Unknown;
        step
    } else {
        let reason = Reason::NotModelled("no address family in common".into());
        block(Component::other(""), Code::InterfaceAddressRestriction, reason)
    };
    Leg { steps: vec![step], unknown: lacks.is_some(), ..Leg::default() }
}

/// A function without interfaces, in a VPC or in none: nobody connects to it (rule L-5).
fn takes_nothing(store: &Store, end: &End) -> Option<Component> {
    let End::Function(arn) = end else { return None };
    let function = store.functions.get(arn)?;
    Some(Component::new(Kind::Function, function.label()))
}

/// An end as a thing that something is not known of.
fn of_end(end: &End) -> Component {
    match end {
        End::Instance(id) => Component::new(Kind::Instance, id),
        End::Interface(id) => Component::new(Kind::NetworkInterface, id),
        End::Function(arn) => Component::new(Kind::Function, arn),
        End::Database(arn) | End::Cluster(arn) | End::Proxy(arn) => {
            Component::new(Kind::Database, arn)
        }
        End::LoadBalancer(arn) => Component::new(Kind::LoadBalancer, arn),
        End::NatGateway(id) => Component::new(Kind::NatGateway, id),
        End::Endpoint(id) => Component::new(Kind::VpcEndpoint, id),
        End::Address(address, _) => Component::other(&address.to_string()),
        End::Prefix(prefix) => Component::other(&prefix.to_string()),
        End::Internet => Component::other("internet"),
        End::Service(name) => Component::new(Kind::Service, name),
    }
}

/// An instance that is listed for an hour after its end, without interfaces (rule ENI-3).
fn gone<'a>(store: &'a Store, end: &End) -> Option<(Component, &'a str)> {
    let End::Instance(id) = end else { return None };
    let state = &store.instances.get(id)?.state.as_ref()?.name;
    let is_gone = matches!(state, InstanceStateName::Terminated | InstanceStateName::ShuttingDown);
    let gone = is_gone && store.interfaces_of_instance(id).is_empty();
    gone.then(|| (Component::new(Kind::Instance, id), state.as_str()))
}

fn block(component: Component, code: Code, reason: Reason) -> Step {
    let (check, outcome) = (Check::Endpoint, Outcome::Block);
    Step { check, component, outcome, code: Some(code), rule: None, reason }
}
