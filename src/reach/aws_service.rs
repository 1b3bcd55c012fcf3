//! AWS services as ends of a question: `aws:s3`, `aws:secretsmanager`.
//!
//! Inside a VPC the name of a service stands for the interface endpoint that carries it there (rule EP-4); else for the
//! service's public addresses, to which a gateway endpoint is a way too (rule EP-1).

use ipnet::IpNet;

use crate::model::address::AddressSet;
use crate::model::catalogue::Envelope;
use crate::model::endpoint::VpcEndpoint;
use crate::model::ids::VpcId;
use crate::model::vpc::{Vpc, VpcAttributes};
use crate::store::{InterfaceIx, Ix, Knowledge, Store};

/// The interfaces that answer to the name of a service in these VPCs, or what would tell them.
pub(super) fn endpoints(
    store: &Store,
    name: &str,
    vpcs: &[Ix<Vpc>],
) -> Result<Vec<InterfaceIx>, Envelope> {
    let is_lacking = |vpc: &Ix<Vpc>| {
        let place = store.place(store.vpcs.at(*vpc).place);
        place.knowledge(Envelope::VpcEndpoints) != Knowledge::Complete
    };
    if vpcs.iter().any(is_lacking) {
        return Err(Envelope::VpcEndpoints);
    }
    let here: Vec<_> = store
        .vpc_endpoints
        .iter()
        .filter(|endpoint| {
            let vpc = store.vpcs.position(&endpoint.vpc_id);
            let here = vpc.is_some_and(|vpc| vpcs.contains(&vpc));
            here && carries(endpoint, name) && !endpoint.is_gone() && !endpoint.is_gateway()
        })
        .collect();
    if here.iter().any(|endpoint| endpoint.has_private_name().is_none()) {
        return Err(Envelope::VpcEndpoints);
    }
    let is_named =
        |one: &&VpcEndpoint| one.has_private_name() == Some(true) && has_dns(store, &one.vpc_id);
    let lacks_dns = |one: &&VpcEndpoint| {
        let place = store.vpcs.row(&one.vpc_id).map(|row| store.place(row.place));
        let is_lost = place.is_some_and(|place| place.has_lost(Envelope::VpcAttributes));
        is_lost && one.has_private_name() == Some(true) && told_dns(store, &one.vpc_id).is_none()
    };
    if here.iter().any(lacks_dns) {
        return Err(Envelope::VpcAttributes);
    }
    let mut found = Vec::new();
    for endpoint in here.into_iter().filter(is_named) {
        let interfaces = endpoint.network_interface_ids.iter();
        let interfaces = interfaces.map(|id| store.interfaces.position(id));
        let interfaces: Option<Vec<_>> = interfaces.collect();
        let interfaces = interfaces.filter(|all| !all.is_empty());
        found.extend(interfaces.ok_or(Envelope::NetworkInterfaces)?);
    }
    Ok(found)
}

/// Private names need both DNS attributes of the VPC (rules EP-4, DNS-1); where they are not told they are on, since
/// AWS makes no such endpoint without them.
fn has_dns(store: &Store, vpc: &VpcId) -> bool {
    told_dns(store, vpc).is_none_or(|told| {
        let mut both = [&told.enable_dns_support, &told.enable_dns_hostnames].into_iter().flatten();
        both.all(|attribute| attribute.value != Some(false))
    })
}

fn told_dns<'a>(store: &'a Store, vpc: &VpcId) -> Option<&'a VpcAttributes> {
    store.rest.vpc_attributes.iter().find(|one| one.vpc_id == *vpc)
}

/// The public addresses of a service: those of its prefix list, else any of the internet. A name stands for the service
/// of the region in which it is asked for, if that is told.
pub(super) fn addresses(store: &Store, name: &str, vpcs: &[Ix<Vpc>]) -> AddressSet {
    let lists = lists(store, name);
    let regions: Vec<_> =
        vpcs.iter().map(|vpc| &store.place(store.vpcs.at(*vpc).place).region).collect();
    let is_near = |list: &str| {
        let mut regions = regions.iter().filter(|region| !region.is_empty());
        regions.any(|region| list.split('.').any(|part| part == region.as_str()))
    };
    let near: Vec<_> = lists.iter().copied().filter(|(list, _)| is_near(list)).collect();
    let chosen = if near.is_empty() { lists } else { near };
    if chosen.is_empty() {
        return store.internet().clone();
    }
    chosen.into_iter().flat_map(|(_, cidrs)| cidrs.iter().copied()).collect()
}

/// Whether the addresses of a service are told; else it may be at any one of the internet's.
pub(super) fn is_listed(store: &Store, name: &str) -> bool {
    !lists(store, name).is_empty()
}

fn lists<'a>(store: &'a Store, name: &str) -> Vec<(&'a str, &'a [IpNet])> {
    let all = store.prefix_lists.of_services();
    all.filter(|(list, _)| is_short_for(name, list)).collect()
}

fn carries(endpoint: &VpcEndpoint, name: &str) -> bool {
    endpoint.service_name.as_deref().is_some_and(|service| is_short_for(name, service))
}

/// `s3` is short for `com.amazonaws.eu-west-1.s3`.
fn is_short_for(name: &str, long: &str) -> bool {
    long.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'))
}
