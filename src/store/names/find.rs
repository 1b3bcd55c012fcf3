//! Looking something up: by address ("which subnet holds 10.0.3.17"), by CIDR, or by any part of an id, name or DNS name.

use std::net::IpAddr;

use ipnet::IpNet;
use rustc_hash::FxHashSet;

use super::{Kind, Named};
use crate::model::lambda;
use crate::store::Store;

/// A thing that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// The thing.
    pub named: &'a Named,
    /// Why it was found, to complete "found because it ...": `has this address`, `holds this address`.
    pub because: &'static str,
}

/// What `text` may stand for, the best matches first.
pub fn find<'a>(store: &'a Store, text: &str) -> Vec<Found<'a>> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    if let Ok(address) = text.parse::<IpAddr>() {
        return by_address(store, address);
    }
    if let Ok(net) = text.parse::<IpNet>() {
        return by_prefix(store, net.trunc());
    }
    by_text(store, text)
}

fn by_address(store: &Store, address: IpAddr) -> Vec<Found<'_>> {
    let directory = store.directory();
    let having = directory.by_address(address).into_iter();
    let having = having.map(|named| Found { named, because: "has this address" });
    let one = IpNet::from(address);
    let holding = holders(store, move |cidr| cidr.contains(&one));
    having.chain(holding.map(|named| Found { named, because: "holds this address" })).collect()
}

fn by_prefix(store: &Store, net: IpNet) -> Vec<Found<'_>> {
    let equal = holders(store, move |cidr| *cidr == net);
    let within = holders(store, move |cidr| *cidr != net && net.contains(cidr));
    let around = holders(store, move |cidr| *cidr != net && cidr.contains(&net));
    let because = |why| move |named| Found { named, because: why };
    let equal = equal.map(because("is this prefix"));
    let around = around.map(because("holds this prefix"));
    equal.chain(around).chain(within.map(because("lies within this prefix"))).collect()
}

/// Subnets, then VPCs, one of whose CIDRs `fits`.
fn holders<'a>(
    store: &'a Store,
    fits: impl Fn(&IpNet) -> bool + 'a,
) -> impl Iterator<Item = &'a Named> {
    let directory = store.directory();
    let subnets = store.subnets.iter().map(|subnet| {
        let v4 = subnet.cidr_block.map(IpNet::V4).into_iter();
        let cidrs: Vec<_> = v4.chain(subnet.ipv6_cidrs().map(IpNet::V6)).collect();
        (subnet.subnet_id.as_str(), cidrs)
    });
    let vpcs = store.vpcs.iter().map(|vpc| {
        let v4 = vpc.ipv4_cidrs().map(IpNet::V4);
        let cidrs: Vec<_> = v4.chain(vpc.ipv6_cidrs().map(IpNet::V6)).collect();
        (vpc.vpc_id.as_str(), cidrs)
    });
    let holding = subnets.chain(vpcs).filter(move |(_, cidrs)| cidrs.iter().any(&fits));
    holding.filter_map(move |(id, _)| directory.by_id(id))
}

/// Whether a key matches a text.
type Matches = fn(&str, &str) -> bool;

/// How well a text matches, the best first.
const MATCHES: [(Matches, &str); 3] = [
    (|key, text| key == text, "is named so"),
    (|key, text| key.starts_with(text), "begins so"),
    (|key, text| key.contains(text), "contains this"),
];

fn by_text<'a>(store: &'a Store, text: &str) -> Vec<Found<'a>> {
    let text = text.to_lowercase();
    let ranked = store.directory().iter().filter_map(|named| Some((rank(named, &text)?, named)));
    let mut ranked: Vec<_> = ranked.collect();
    leave_out_versions(&mut ranked);
    ranked.sort_by_key(|(rank, _)| *rank);
    let found = ranked.into_iter().filter_map(|(rank, named)| {
        let (_, because) = MATCHES.get(rank)?;
        Some(Found { named, because })
    });
    found.collect()
}

/// A function that is found stands for its published versions, of which there may be many.
fn leave_out_versions(ranked: &mut Vec<(usize, &Named)>) {
    let functions = ranked.iter().filter(|(_, named)| named.kind == Kind::Function);
    let functions: FxHashSet<&str> = functions.map(|(_, named)| named.id.as_str()).collect();
    ranked.retain(|(_, named)| {
        let function = lambda::unqualified(&named.id);
        named.kind != Kind::FunctionVersion || !function.is_some_and(|id| functions.contains(id))
    });
}

fn rank(named: &Named, text: &str) -> Option<usize> {
    let name = named.name.iter();
    let keys = std::iter::once(&named.id).chain(name).chain(&named.dns);
    let keys: Vec<String> = keys.map(|key| key.to_lowercase()).collect();
    MATCHES.iter().position(|(fits, _)| keys.iter().any(|key| fits(key, text)))
}
