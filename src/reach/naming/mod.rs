//! Ends of a question as people name them: ids, ARNs, Name tags, `lambda:NAME`, addresses, DNS names, `internet`,
//! `aws:s3`, and `VPC/NAME` or `ACCOUNT/REGION/NAME` where a name alone is not enough.
//!
//! Input is the store's directory of names; output is an [`End`], or an error that says what was meant instead.

mod arn;
mod candidate;
mod cluster;
mod error;
mod flow;
mod scope;

#[cfg(test)]
mod tests;

use std::net::IpAddr;

use ipnet::IpNet;

pub use self::candidate::{Candidate, candidates, end_of};
pub use self::error::NameError;
pub use self::flow::suggested_flow;
use self::scope::Scope;
use super::question::End;
use crate::model::catalogue::Envelope;
use crate::model::instance::InstanceStateName;
use crate::model::lambda;
use crate::store::Store;
use crate::store::names::{Kind, Named};

/// What `text` stands for.
///
/// # Errors
/// Nothing has this name, several things have it, or what has it is nothing that traffic comes from or goes to.
pub fn resolve(store: &Store, text: &str) -> Result<End, NameError> {
    let text = text.trim();
    if let Some(end) = keyword(text) {
        return Ok(end);
    }
    if let Some(outcome) = exactly(store, text, &Scope::Anywhere) {
        return outcome;
    }
    if let Some((scope, rest)) = scope::split(store, text) {
        let within = exactly(store, rest, &scope).or_else(|| begins(store, rest, &scope));
        return within.unwrap_or_else(|| Err(not_found(store, text, rest)));
    }
    begins(store, text, &Scope::Anywhere).unwrap_or_else(|| Err(not_found(store, text, text)))
}

/// What does not depend on the network.
fn keyword(text: &str) -> Option<End> {
    if text.eq_ignore_ascii_case("internet") {
        return Some(End::Internet);
    }
    let service = text.strip_prefix("aws:").filter(|service| !service.is_empty());
    service.map(|service| End::Service(service.to_lowercase()))
}

/// What has exactly this name; `None` lets the search go on.
fn exactly(store: &Store, text: &str, scope: &Scope) -> Option<Result<End, NameError>> {
    let directory = store.directory();
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(by_address(store, address, scope));
    }
    if let Ok(net) = text.parse::<IpNet>() {
        return Some(Ok(by_prefix(net.trunc())));
    }
    let mut ids = [Some(text), arn::id(text), lambda::unqualified(text)].into_iter().flatten();
    let id = ids.find_map(|id| directory.by_id(id)).filter(|named| scope.holds(named));
    if let Some(end) = id.and_then(|named| end_of(store, named)) {
        return Some(Ok(end));
    }
    let (name, kind) = of_kind(text);
    if matches!(scope, Scope::Anywhere)
        && let Some(end) = cluster::behind(store, name)
    {
        return Some(Ok(end));
    }
    let id = directory.by_id(name).into_iter();
    let mut named: Vec<_> = id.chain(directory.by_name(name)).collect();
    named.extend(directory.by_dns(name));
    one(store, text, select(named, kind, scope))
}

/// What alone has a name or id that begins so.
fn begins(store: &Store, text: &str, scope: &Scope) -> Option<Result<End, NameError>> {
    let (name, kind) = of_kind(text);
    if name.is_empty() {
        return None;
    }
    one(store, text, select(store.directory().by_beginning(name), kind, scope))
}

/// The name without the beginning that says what kind of thing is meant, and that beginning.
fn of_kind(text: &str) -> (&str, Option<&'static str>) {
    let known = [Kind::Function, Kind::Database, Kind::LoadBalancer].into_iter();
    let mut known = known.filter_map(Kind::prefix);
    let of_kind = known.find_map(|start| Some((text.strip_prefix(start)?, Some(start))));
    of_kind.unwrap_or((text, None))
}

fn select<'a>(mut named: Vec<&'a Named>, kind: Option<&str>, scope: &Scope) -> Vec<&'a Named> {
    named.retain(|one| (kind.is_none() || one.kind.prefix() == kind) && scope.holds(one));
    named
}

/// The one end among these; several are an error, none lets the search go on.
fn one(store: &Store, text: &str, named: Vec<&Named>) -> Option<Result<End, NameError>> {
    let mut ends: Vec<(&Named, End)> = Vec::new();
    for named in named {
        let end = end_of(store, named).filter(|end| ends.iter().all(|(_, known)| known != end));
        ends.extend(end.map(|end| (named, end)));
    }
    if ends.iter().any(|(named, _)| !is_gone(store, named)) {
        ends.retain(|(named, _)| !is_gone(store, named));
    }
    let owners: Vec<String> = ends.iter().map(|(named, _)| named.id.clone()).collect();
    ends.retain(|(named, _)| !belongs_to_one_of(store, named, &owners));
    match ends.as_slice() {
        [] => None,
        [(_, end)] => Some(Ok(end.clone())),
        several => {
            let candidates =
                several.iter().map(|(named, end)| Candidate::of(store, named, end.clone()));
            Some(Err(NameError::Ambiguous {
                text: text.to_owned(),
                candidates: candidates.collect(),
            }))
        }
    }
}

/// A terminated instance is listed for an hour, often beside its successor of the same name.
fn is_gone(store: &Store, named: &Named) -> bool {
    let state = store.instances.get(named.id.as_str()).and_then(|one| one.state.as_ref());
    state.is_some_and(|state| state.name == InstanceStateName::Terminated)
}

/// An interface that has its owner's name stands for its owner, as does the Elastic IP address of either; and a published
/// version that is found by its function's name stands for the function.
fn belongs_to_one_of(store: &Store, named: &Named, owners: &[String]) -> bool {
    let is_one = |id: &str| owners.iter().any(|owner| *owner == id);
    let by_address = || {
        let address = named.addresses.first().filter(|_| named.kind == Kind::ElasticIp)?;
        let interface = store.interface(store.by_public(*address)?.0);
        Some(is_one(interface.id.as_str()) || is_one(&interface.owner.id))
    };
    let interface = store.interfaces.get(named.id.as_str());
    let function = lambda::unqualified(&named.id).filter(|_| named.kind == Kind::FunctionVersion);
    interface.is_some_and(|one| is_one(&one.owner.id))
        || by_address().unwrap_or(false)
        || function.is_some_and(is_one)
}

fn by_prefix(net: IpNet) -> End {
    if net.prefix_len() == net.max_prefix_len() {
        return End::Address(net.addr(), None);
    }
    if net.prefix_len() == 0 {
        return End::Internet;
    }
    End::Prefix(net)
}

/// An address stands for the interface that has it: in the VPC that is told, else in the only VPC that has it.
fn by_address(store: &Store, address: IpAddr, scope: &Scope) -> Result<End, NameError> {
    if let Scope::Vpc(vpc) = scope {
        return Ok(End::Address(address, Some(vpc.clone())));
    }
    let holders = store.all_with_private(address).into_iter();
    let vpcs = holders.filter(|at| scope.has_place(store.interface(*at).place));
    let vpcs = vpcs.filter_map(|at| store.interface(at).vpc);
    let vpcs: Vec<_> = vpcs.map(|vpc| &store.vpcs.at(vpc).data.vpc_id).collect();
    match vpcs.as_slice() {
        [] => Ok(End::Address(address, None)),
        [vpc] => Ok(End::Address(address, Some((*vpc).clone()))),
        several => Err(NameError::Ambiguous {
            text: address.to_string(),
            candidates: several.iter().map(|vpc| Candidate::address(store, address, vpc)).collect(),
        }),
    }
}

/// Why nothing was found: what has the name is no end, or nothing has it.
fn not_found(store: &Store, text: &str, name: &str) -> NameError {
    let directory = store.directory();
    let known = directory.by_id(name).or_else(|| directory.by_name(name).first().copied());
    if let Some(named) = known {
        return NameError::NotAnEnd { text: text.to_owned(), kind: named.kind.word() };
    }
    if candidate::services(store).iter().any(|service| service.eq_ignore_ascii_case(name)) {
        let near = vec![format!("aws:{}", name.to_lowercase())];
        return NameError::NotFound { text: text.to_owned(), near, lacks: Vec::new() };
    }
    let (name, kind) = of_kind(name);
    let wanted = |named: &Named| match kind {
        Some(_) => named.kind.prefix() == kind,
        None => end_of(store, named).is_some(),
    };
    let lacks = match kind {
        Some("lambda:") => &[Envelope::Functions][..],
        Some("rds:") => &[
            Envelope::DBInstances,
            Envelope::DBClusters,
            Envelope::DBProxies,
            Envelope::DBProxyEndpoints,
        ],
        Some("lb:") => &[Envelope::LoadBalancers],
        _ => &[Envelope::Reservations, Envelope::NetworkInterfaces],
    };
    let lacks = lacks.iter().filter(|one| store.lacks(**one));
    let lacks = lacks.map(|one| one.call().operation).collect();
    NameError::NotFound { text: text.to_owned(), near: directory.near(name, 5, wanted), lacks }
}
