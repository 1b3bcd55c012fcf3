//! From the ends of a question to candidate points: an interface and the addresses it may be using.

use std::net::IpAddr;

use ipnet::IpNet;

use super::answer::{Point, Site};
use super::aws_service;
use super::question::End;
use crate::model::address::AddressSet;
use crate::model::catalogue::Envelope;
use crate::model::ids::{Arn, VpcId};
use crate::model::rds::DbInstance;
use crate::model::vpc::Vpc;
use crate::store::{Interface, InterfaceIx, Ix, Knowledge, OwnAddress, PRIVATE, Store};

/// The candidate points of the side that opens the connection.
pub(super) fn sources(store: &Store, end: &End) -> Vec<Point> {
    match end {
        End::Function(arn) => function(store, arn),
        End::Address(address, vpc) => vec![source_address(store, *address, vpc.as_ref())],
        _ => common(store, end, Site::Interface),
    }
}

/// The candidate points of the side that is called; what a name stands for depends on where it is asked (rules R-1,
/// PCX-4).
pub(super) fn targets(store: &Store, end: &End, from: &[Point]) -> Vec<Point> {
    match end {
        End::Address(address, vpc) => target_address(store, *address, vpc.as_ref(), from),
        End::Database(arn) => database(store, arn, from),
        End::Cluster(arn) => {
            members(store, arn).flat_map(|arn| database(store, &arn, from)).collect()
        }
        End::LoadBalancer(arn) if is_internet_facing(store, arn) => {
            common(store, end, Site::Public)
        }
        End::Service(name) => service(store, name, from),
        _ => common(store, end, |at| called_by(store, at, from)),
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
        None => common(store, &End::Function(arn.clone()), Site::Interface),
    }
}

/// An AWS service: by an endpoint's interfaces where its name stands for them, else by its public addresses.
fn service(store: &Store, name: &str, from: &[Point]) -> Vec<Point> {
    let vpcs: Vec<_> = from.iter().filter_map(|point| vpc_of(store, point)).collect();
    let found = aws_service::endpoints(store, name, &vpcs);
    if found.is_empty() {
        return common(store, &End::Service(name.to_owned()), Site::Interface);
    }
    found.into_iter().map(|at| point(store, at, Site::Interface(at))).collect()
}

/// What is the same for both sides.
fn common(store: &Store, end: &End, site: impl Fn(InterfaceIx) -> Site) -> Vec<Point> {
    let at = |positions: &[InterfaceIx]| -> Vec<Point> {
        positions.iter().map(|at| point(store, *at, site(*at))).collect()
    };
    let found = match end {
        End::Instance(id) => at(store.interfaces_of_instance(id)),
        End::Interface(id) => at(store.interfaces.position(id).as_slice()),
        End::Function(arn) => at(store.interfaces_of_function(arn)),
        End::Database(arn) => at(store.interfaces_of_database(arn)),
        End::Cluster(arn) => {
            members(store, arn).flat_map(|arn| at(store.interfaces_of_database(&arn))).collect()
        }
        End::Proxy(arn) => at(store.interfaces_of(arn.as_str())),
        End::LoadBalancer(arn) => at(load_balancer(store, arn)),
        End::NatGateway(id) => at(store.interfaces_of(id.as_str())),
        End::Endpoint(id) => at(store.interfaces_of(id.as_str())),
        End::Prefix(net) => within(store, *net),
        End::Internet => vec![outside(internet(store))],
        End::Address(address, _) => vec![outside(AddressSet::one(*address))],
        End::Service(name) => vec![outside(aws_service::addresses(store, name))],
    };
    if found.is_empty() { vec![nowhere()] } else { found }
}

/// Whoever has an address of a prefix, and what of it is outside of the known VPCs. Addresses that nobody has ask nothing
/// and answer nothing; a prefix that nobody has any address of is answered as a place that there is not.
fn within(store: &Store, net: IpNet) -> Vec<Point> {
    let asked = AddressSet::from_iter([net]);
    let inside = store.interfaces.rows().filter_map(|(at, row)| {
        let own = row.data.addresses.iter().map(|own| own.private);
        let own = own.filter(|own| net.contains(own)).map(IpNet::from).collect::<AddressSet>();
        let possible =
            if row.data.is_virtual() { possible(&row.data) } else { AddressSet::empty() };
        let addresses = own.union(&possible.intersection(&asked));
        (!addresses.is_empty()).then_some(Point { site: Site::Interface(at), addresses })
    });
    let mut found: Vec<Point> = inside.collect();
    let known = |vpc: &Vpc| {
        let v4 = vpc.ipv4_cidrs().map(IpNet::V4);
        v4.chain(vpc.ipv6_cidrs().map(IpNet::V6)).collect::<Vec<_>>()
    };
    let known: AddressSet = store.vpcs.iter().flat_map(known).collect();
    let beyond = asked.difference(&known);
    if found.is_empty() {
        found.push(outside(asked));
    } else if !beyond.is_empty() {
        found.push(outside(beyond));
    }
    found
}

/// The name of an internet-facing load balancer stands for its public addresses, inside its VPC too.
fn is_internet_facing(store: &Store, arn: &Arn) -> bool {
    let public = load_balancer(store, arn).iter().all(|at| has_public(store.interface(*at)));
    let scheme = store.load_balancers.get(arn).and_then(|balancer| balancer.scheme.as_deref());
    public && scheme == Some("internet-facing")
}

fn load_balancer<'a>(store: &'a Store, arn: &Arn) -> &'a [InterfaceIx] {
    let balancer = store.load_balancers.get(arn);
    balancer.map_or(&[], |balancer| store.interfaces_of(&balancer.load_balancer_name))
}

fn members<'a>(store: &'a Store, cluster: &Arn) -> impl Iterator<Item = Arn> + 'a {
    let members = store.clusters.get(cluster).map_or(&[][..], |c| &c.db_cluster_members[..]);
    members.iter().filter_map(|member| {
        let id = &member.db_instance_identifier;
        let mut all = store.databases.iter();
        let found = all.find(|database| database.db_instance_identifier == *id);
        found.map(crate::store::Keyed::key)
    })
}

/// An interface with the addresses that stand for it: the primary of each family; a virtual one may have any address of
/// its subnet but the five that AWS keeps.
pub(super) fn point(store: &Store, at: InterfaceIx, site: Site) -> Point {
    let interface = store.interface(at);
    let addresses = match site {
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
        (None, None) if may_be_inside(store, address) => return nowhere(),
        (None, None) => return outside(AddressSet::one(address)),
    };
    Point { site: Site::Interface(at), addresses: AddressSet::one(own) }
}

/// Whether somebody inside may have an address though nobody is known to: where interfaces or their VPCs are not in the
/// data.
fn may_be_inside(store: &Store, address: IpAddr) -> bool {
    let needed = [Envelope::Vpcs, Envelope::NetworkInterfaces];
    let is_lacking = needed.iter().any(|one| store.knowledge(*one) != Knowledge::Complete);
    is_lacking && (address.is_ipv6() || PRIVATE.iter().any(|net| net.contains(&address)))
}

fn nowhere() -> Point {
    Point { site: Site::Nowhere, addresses: AddressSet::empty() }
}

fn target_address(
    store: &Store,
    address: IpAddr,
    vpc: Option<&VpcId>,
    from: &[Point],
) -> Vec<Point> {
    let holders = holders(store, address, vpc);
    let near: Vec<_> = holders.iter().copied().filter(|at| is_near(store, *at, from)).collect();
    let chosen = if near.is_empty() { holders } else { near };
    if !chosen.is_empty() {
        let addresses = AddressSet::one(address);
        let sites = chosen.into_iter().map(|at| called_at(at, address, from));
        return sites.map(|site| Point { site, addresses: addresses.clone() }).collect();
    }
    let public = store.by_public(address);
    let site = public.map_or(Site::Outside, |(at, _)| Site::Public(at));
    vec![Point { site, addresses: AddressSet::one(address) }]
}

/// IPv6 addresses are public and private at once: from outside they are called by the internet gateway.
fn called_at(at: InterfaceIx, address: IpAddr, from: &[Point]) -> Site {
    let outside = from.iter().all(|point| matches!(point.site, Site::Outside));
    if address.is_ipv6() && outside { Site::Public(at) } else { Site::Interface(at) }
}

fn holders(store: &Store, address: IpAddr, vpc: Option<&VpcId>) -> Vec<InterfaceIx> {
    match vpc.and_then(|id| store.vpcs.position(id)) {
        Some(vpc) => store.by_private(vpc, address).into_iter().collect(),
        None => store.all_with_private(address),
    }
}

fn is_near(store: &Store, at: InterfaceIx, from: &[Point]) -> bool {
    let vpc = store.interface(at).vpc;
    from.iter().any(|point| vpc_of(store, point) == vpc)
}

fn vpc_of(store: &Store, point: &Point) -> Option<Ix<Vpc>> {
    match point.site {
        Site::Interface(at) | Site::Public(at) => store.interface(at).vpc,
        Site::Outside | Site::ServiceNetwork(_) | Site::Nowhere => None,
    }
}

/// From outside an interface is called by its public address, if it has one.
fn called_by(store: &Store, at: InterfaceIx, from: &[Point]) -> Site {
    let public = has_public(store.interface(at));
    let inside = from.iter().any(|point| vpc_of(store, point).is_some());
    if public && !inside { Site::Public(at) } else { Site::Interface(at) }
}

fn has_public(interface: &Interface) -> bool {
    interface.addresses.iter().any(|own: &OwnAddress| own.public.is_some())
}

/// The name of a database stands for its private address inside its VPC, and outside for the public one if it is
/// publicly accessible (rule R-1); from a peer VPC it depends on the DNS option of the peering (rule PCX-4).
fn database(store: &Store, arn: &Arn, from: &[Point]) -> Vec<Point> {
    let Some(database) = store.databases.get(arn) else {
        return common(store, &End::Database(arn.clone()), Site::Interface);
    };
    let found = store.interfaces_of_database(arn);
    if found.is_empty() {
        return common(store, &End::Database(arn.clone()), Site::Interface);
    }
    found
        .iter()
        .map(|at| {
            let site = if resolves_to_public(store, database, *at, from) {
                Site::Public(*at)
            } else {
                Site::Interface(*at)
            };
            point(store, *at, site)
        })
        .collect()
}

fn resolves_to_public(
    store: &Store,
    database: &DbInstance,
    at: InterfaceIx,
    from: &[Point],
) -> bool {
    let interface = store.interface(at);
    let public = database.publicly_accessible == Some(true) && has_public(interface);
    let here = interface.vpc;
    let private_inside = |point: &Point| {
        let there = vpc_of(store, point);
        there.is_some() && (there == here || dns_over_peering(store, there, here))
    };
    public && !from.iter().any(private_inside)
}

/// Whether some active peering lets `asking` resolve names of `owner` to private addresses.
fn dns_over_peering(store: &Store, asking: Option<Ix<Vpc>>, owner: Option<Ix<Vpc>>) -> bool {
    let (Some(asking), Some(owner)) = (asking, owner) else { return false };
    let (asking, owner) = (&store.vpcs.at(asking).data.vpc_id, &store.vpcs.at(owner).data.vpc_id);
    store.peerings.iter().filter(|peering| peering.is_active()).any(|peering| {
        let joins = peering.sides().any(|side| side.vpc_id.as_ref() == Some(asking));
        let mut owners = peering.sides().filter(|side| side.vpc_id.as_ref() == Some(owner));
        joins
            && owners.any(|side| {
                let options = side.peering_options.as_ref();
                options.and_then(|o| o.allow_dns_resolution_from_remote_vpc) == Some(true)
            })
    })
}

/// Every address of the internet.
pub(super) fn internet(store: &Store) -> AddressSet {
    store.internet().clone()
}
