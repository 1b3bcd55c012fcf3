//! From the ends of a question to candidate points: an interface and the addresses it may be using.
//!
//! What a name stands for where it is called from is told in `called`, who has the addresses of a prefix in `prefix`.

mod called;
mod lacking;
mod prefix;

use std::net::IpAddr;

use ipnet::IpNet;

pub(super) use self::called::targets;
use super::answer::{Point, Site};
use super::aws_service;
use super::question::End;
use crate::model::address::AddressSet;
use crate::model::catalogue::Envelope;
use crate::model::ids::{Arn, VpcId};
use crate::store::{Interface, InterfaceIx, PRIVATE, Store};

/// The candidate points of the side that opens the connection.
pub(super) fn sources(store: &Store, end: &End) -> Vec<Point> {
    match end {
        End::Function(arn) => function(store, arn),
        End::Address(address, vpc) => vec![source_address(store, *address, vpc.as_ref())],
        _ => common(store, end, |at| vec![by_itself(store, at)]),
    }
}

/// A function in no VPC is in AWS's own network (rule L-1).
fn function(store: &Store, arn: &Arn) -> Vec<Point> {
    let outside = store
        .functions
        .position(arn)
        .filter(|at| store.functions.at(*at).data.attached().is_none());
    match outside {
        Some(at) => vec![Point { site: Site::ServiceNetwork(at), addresses: internet(store) }],
        None => common(store, &End::Function(arn.clone()), |at| vec![by_itself(store, at)]),
    }
}

/// What is the same for both sides; `points` of each interface.
fn common(store: &Store, end: &End, points: impl Fn(InterfaceIx) -> Vec<Point>) -> Vec<Point> {
    let at = |positions: &[InterfaceIx]| -> Vec<Point> {
        positions.iter().flat_map(|at| points(*at)).collect()
    };
    let found = match end {
        End::Instance(id) => at(store.interfaces_of_instance(id)),
        End::Interface(id) => at(store.interfaces.position(id).as_slice()),
        End::Function(arn) => at(store.interfaces_of_function(arn)),
        End::Database(arn) => at(store.interfaces_of_database(arn)),
        End::Cluster(arn) => {
            let members = members(store, arn).into_iter();
            members.flat_map(|arn| at(store.interfaces_of_database(&arn))).collect()
        }
        End::Proxy(arn) => at(store.interfaces_of(arn.as_str())),
        End::LoadBalancer(arn) => at(&load_balancer(store, arn)),
        End::NatGateway(id) => at(store.interfaces_of(id.as_str())),
        End::Endpoint(id) => at(store.interfaces_of(id.as_str())),
        End::Prefix(net) => prefix::asking(store, *net),
        End::Internet => vec![outside(internet(store))],
        End::Address(address, _) => vec![outside(AddressSet::one(*address))],
        End::Service(name) => vec![outside(aws_service::addresses(store, name, &[]))],
    };
    if found.is_empty() {
        return vec![nowhere(Envelope::NetworkInterfaces)];
    }
    let lacking = lacking::of(store, end).map(nowhere);
    found.into_iter().chain(lacking).collect()
}

fn load_balancer(store: &Store, arn: &Arn) -> Vec<InterfaceIx> {
    store.load_balancers.get(arn).map(|one| store.nodes_of(one)).unwrap_or_default()
}

fn members(store: &Store, cluster: &Arn) -> Vec<Arn> {
    let Some(cluster) = store.clusters.get(cluster) else { return Vec::new() };
    let members = store.members_of(cluster).into_iter();
    members.map(crate::store::Keyed::key).collect()
}

/// An interface by its own addresses.
pub(super) fn by_itself(store: &Store, at: InterfaceIx) -> Point {
    point(store, at, Site::Interface(at))
}

/// An interface with the addresses that stand for it: the primary of each family; a virtual one may have any address of
/// its subnet but the five that AWS keeps.
pub(super) fn point(store: &Store, at: InterfaceIx, site: Site) -> Point {
    let interface = store.interface(at);
    let addresses = match site {
        Site::Nowhere(envelope) => return nowhere(envelope),
        Site::Public(_) => {
            interface.addresses.iter().find_map(|own| own.public).into_iter().collect()
        }
        _ if interface.is_virtual() => return Point { site, addresses: possible(interface) },
        _ => primaries(interface),
    };
    let addresses = addresses.into_iter().map(IpNet::from).collect();
    Point { site, addresses }
}

fn primaries(interface: &Interface) -> Vec<IpAddr> {
    let first = |is_v4: bool| {
        let mut own = interface.addresses.iter().map(|own| own.private);
        own.find(|address| address.is_ipv4() == is_v4)
    };
    [first(true), first(false)].into_iter().flatten().collect()
}

fn possible(interface: &Interface) -> AddressSet {
    let mut possible = interface.prefixes.iter().copied().collect::<AddressSet>();
    for prefix in &interface.prefixes {
        possible = possible.difference(&kept_by_aws(*prefix));
    }
    possible
}

/// AWS keeps the first four addresses and the last one of every subnet.
fn kept_by_aws(net: IpNet) -> AddressSet {
    let mut kept = AddressSet::empty();
    match net {
        IpNet::V4(net) => {
            let (first, last) = (net.network().to_bits(), net.broadcast().to_bits());
            kept.v4 = [(first, first.saturating_add(3)), (last, last)].into_iter().collect();
        }
        IpNet::V6(net) => {
            let (first, last) = (net.network().to_bits(), net.broadcast().to_bits());
            kept.v6 = [(first, first.saturating_add(3)), (last, last)].into_iter().collect();
        }
    }
    kept
}

fn outside(addresses: AddressSet) -> Point {
    Point { site: Site::Outside, addresses }
}

fn source_address(store: &Store, address: IpAddr, vpc: Option<&VpcId>) -> Point {
    let private = holders(store, address, vpc).first().copied();
    let public = store.by_public(address);
    let (at, own) = match (private, public) {
        (Some(at), _) => (at, address),
        (None, Some((at, own))) => (at, own),
        (None, None) if may_be_inside(store, address) => {
            return nowhere(Envelope::NetworkInterfaces);
        }
        (None, None) => return outside(AddressSet::one(address)),
    };
    Point { site: Site::Interface(at), addresses: AddressSet::one(own) }
}

/// Whether somebody inside may have an address though nobody is known to: where interfaces are not in the data, or, of
/// addresses of VPCs, those.
fn may_be_inside(store: &Store, address: IpAddr) -> bool {
    let is_of_vpc = address.is_ipv6() || PRIVATE.iter().any(|net| net.contains(&address));
    store.lacks(Envelope::NetworkInterfaces) || (is_of_vpc && store.lacks(Envelope::Vpcs))
}

fn nowhere(lacks: Envelope) -> Point {
    Point { site: Site::Nowhere(lacks), addresses: AddressSet::empty() }
}

fn holders(store: &Store, address: IpAddr, vpc: Option<&VpcId>) -> Vec<InterfaceIx> {
    match vpc.and_then(|id| store.vpcs.position(id)) {
        Some(vpc) => store.by_private(vpc, address).into_iter().collect(),
        None => store.all_with_private(address),
    }
}

/// Every address of the internet.
pub(super) fn internet(store: &Store) -> AddressSet {
    store.internet().clone()
}
