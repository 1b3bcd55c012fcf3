//! AWS services as ends of a question: `aws:s3`, `aws:secretsmanager`.
//!
//! Inside a VPC the name of a service stands for the interface endpoint that carries it there (rule EP-4); else for the
//! service's public addresses, to which a gateway endpoint is a way too (rule EP-1).

use crate::model::address::AddressSet;
use crate::model::catalogue::Envelope;
use crate::model::endpoint::VpcEndpoint;
use crate::model::ids::VpcId;
use crate::model::vpc::Vpc;
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
    let endpoints = store.vpc_endpoints.iter().filter(|endpoint| {
        let here = store.vpcs.position(&endpoint.vpc_id).is_some_and(|vpc| vpcs.contains(&vpc));
        let named = endpoint.private_dns_enabled == Some(true) && has_dns(store, &endpoint.vpc_id);
        here && carries(endpoint, name) && named
    });
    let interfaces = endpoints.flat_map(|endpoint| &endpoint.network_interface_ids);
    let found = interfaces.map(|id| store.interfaces.position(id));
    found.map(|at| at.ok_or(Envelope::NetworkInterfaces)).collect()
}

/// Private names need both DNS attributes of the VPC (rules EP-4, DNS-1); where they are not told they are on, since
/// AWS makes no such endpoint without them.
fn has_dns(store: &Store, vpc: &VpcId) -> bool {
    let told = store.rest.vpc_attributes.iter().find(|one| one.vpc_id == *vpc);
    told.is_none_or(|told| {
        let mut both = [&told.enable_dns_support, &told.enable_dns_hostnames].into_iter().flatten();
        both.all(|attribute| attribute.value)
    })
}

/// The public addresses of a service: those of its prefix list, else any of the internet. A name stands for the service
/// of the region in which it is asked for, if that is told.
pub(super) fn addresses(store: &Store, name: &str, vpcs: &[Ix<Vpc>]) -> AddressSet {
    let lists = store.prefix_lists.of_services().filter(|(list, _)| is_short_for(name, list));
    let lists: Vec<_> = lists.collect();
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

fn carries(endpoint: &VpcEndpoint, name: &str) -> bool {
    endpoint.service_name.as_deref().is_some_and(|service| is_short_for(name, service))
}

/// `s3` is short for `com.amazonaws.eu-west-1.s3`.
fn is_short_for(name: &str, long: &str) -> bool {
    long.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'))
}
