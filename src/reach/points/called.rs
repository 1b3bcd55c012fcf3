//! What the called end of a question stands for, where it is called from (rules R-1, PCX-4, EP-4, IGW-4).

use std::net::IpAddr;

use super::{
    by_itself, common, holders, lacking, load_balancer, members, nowhere, outside, point, prefix,
};
use crate::model::address::AddressSet;
use crate::model::catalogue::Envelope;
use crate::model::ids::{Arn, VpcId};
use crate::model::rds::DbInstance;
use crate::model::vpc::Vpc;
use crate::reach::answer::{Point, Site};
use crate::reach::aws_service;
use crate::reach::question::End;
use crate::store::{InterfaceIx, Ix, PRIVATE, Store};

/// The candidate points of the side that is called; what a name stands for depends on where it is asked (rules R-1,
/// PCX-4).
pub(in crate::reach) fn targets(store: &Store, end: &End, from: &[Point]) -> Vec<Point> {
    match end {
        End::Address(address, vpc) => target_address(store, *address, vpc.as_ref(), from),
        End::Database(arn) => database(store, arn, from),
        End::Cluster(arn) => {
            let members = members(store, arn).into_iter();
            let found = members.flat_map(|arn| database(store, &arn, from));
            found.chain(lacking::of(store, end).map(nowhere)).collect()
        }
        End::LoadBalancer(arn) if is_internet_facing(store, arn) => {
            common(store, end, |at| by_public_name(store, at, from))
        }
        End::Prefix(net) => prefix::called(store, *net),
        End::Service(name) => service(store, name, from),
        _ => common(store, end, |at| called(store, at, from)),
    }
}

/// An AWS service: by an endpoint's interfaces where its name stands for them, else by its public addresses.
fn service(store: &Store, name: &str, from: &[Point]) -> Vec<Point> {
    let vpcs: Vec<_> = from.iter().filter_map(|point| vpc_of(store, point)).collect();
    match aws_service::endpoints(store, name, &vpcs) {
        Err(lacking) => vec![nowhere(lacking)],
        Ok(found) if found.is_empty() => {
            let addresses = aws_service::addresses(store, name, &vpcs);
            vec![outside(addresses)]
        }
        Ok(found) => found.into_iter().map(|at| by_itself(store, at)).collect(),
    }
}

/// The name of an internet-facing load balancer stands for its public addresses, inside its VPC too.
fn is_internet_facing(store: &Store, arn: &Arn) -> bool {
    let public = load_balancer(store, arn).iter().all(|at| store.interface(*at).has_public());
    let scheme = store.load_balancers.get(arn).and_then(|balancer| balancer.scheme.as_deref());
    public && scheme != Some("internal")
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

/// From outside an interface is called by its public address, if it has one.
fn called(store: &Store, at: InterfaceIx, from: &[Point]) -> Vec<Point> {
    let is_inside = |caller: &Point| vpc_of(store, caller).is_some() || is_private(caller);
    if !store.interface(at).has_public() || from.iter().any(is_inside) {
        vec![by_itself(store, at)]
    } else if is_in_no_known_vpc(from) {
        vec![nowhere(Envelope::Vpcs)]
    } else {
        by_public_name(store, at, from)
    }
}

/// Whether somebody asks who is in a VPC, and that is not in the data. Asked of those that are in no known one.
fn is_in_no_known_vpc(from: &[Point]) -> bool {
    from.iter().any(|point| point.site.interface().is_some())
}

/// A private network behind a VPN calls private addresses.
fn is_private(caller: &Point) -> bool {
    let own: AddressSet = PRIVATE.into_iter().collect();
    let is_told = caller.site == Site::Outside && !caller.addresses.is_empty();
    is_told && caller.addresses.difference(&own).is_empty()
}

/// By its public IPv4 address, and besides by its IPv6 address, which is both: for callers outside that have IPv6 too, and
/// for those that have nothing else.
fn by_public_name(store: &Store, at: InterfaceIx, from: &[Point]) -> Vec<Point> {
    let own = by_itself(store, at);
    let v6 = AddressSet { v6: own.addresses.v6.clone(), ..AddressSet::empty() };
    let uses_v6 = |caller: &Point| {
        let is_alone = caller.addresses.v4.is_empty();
        !caller.addresses.v6.is_empty() && (is_alone || caller.site == Site::Outside)
    };
    let is_by_v6 = !v6.is_empty() && from.iter().any(uses_v6);
    let uses_v4 = from.iter().any(|caller| !caller.addresses.v4.is_empty());
    let by_v4 = (uses_v4 || !is_by_v6).then(|| point(store, at, Site::Public(at)));
    let by_v6 = is_by_v6.then_some(Point { addresses: v6, ..own });
    by_v4.into_iter().chain(by_v6).collect()
}

/// The name of a database stands for its private address inside its VPC, and outside for the public one if it is
/// publicly accessible (rule R-1); from a peer VPC it depends on the DNS option of the peering (rule PCX-4).
fn database(store: &Store, arn: &Arn, from: &[Point]) -> Vec<Point> {
    let database = store.databases.get(arn);
    let site = |at| database.map_or(Site::Interface(at), |one| resolved(store, one, at, from));
    common(store, &End::Database(arn.clone()), |at| vec![point(store, at, site(at))])
}

/// What the name of a database stands for: its private or its public address, or, without the peerings, nobody knows.
fn resolved(store: &Store, database: &DbInstance, at: InterfaceIx, from: &[Point]) -> Site {
    let interface = store.interface(at);
    let is_unlisted = interface.is_virtual() && store.lacks(Envelope::NetworkInterfaces);
    let here = interface.vpc;
    let mut inside = from.iter().filter_map(|point| vpc_of(store, point)).peekable();
    if database.publicly_accessible == Some(false) || !(interface.has_public() || is_unlisted) {
        return Site::Interface(at);
    }
    let is_elsewhere = inside.peek().is_some_and(|there| Some(*there) != here);
    let peerings = Envelope::VpcPeeringConnections;
    if inside.any(|there| Some(there) == here || dns_over_peering(store, Some(there), here)) {
        Site::Interface(at)
    } else if !is_elsewhere && is_in_no_known_vpc(from) {
        Site::Nowhere(Envelope::Vpcs)
    } else if is_elsewhere && store.lacks(peerings) {
        Site::Nowhere(peerings)
    } else if is_elsewhere && here.is_none() {
        Site::Nowhere(Envelope::Vpcs)
    } else if is_unlisted {
        Site::Nowhere(Envelope::NetworkInterfaces)
    } else if database.publicly_accessible.is_none() {
        Site::Nowhere(Envelope::DBInstances)
    } else {
        Site::Public(at)
    }
}

/// Whether some peering, active unless its state is not told, lets `asking` resolve names of `owner` to private addresses.
fn dns_over_peering(store: &Store, asking: Option<Ix<Vpc>>, owner: Option<Ix<Vpc>>) -> bool {
    let (Some(asking), Some(owner)) = (asking, owner) else { return false };
    let (asking, owner) = (&store.vpcs.at(asking).data.vpc_id, &store.vpcs.at(owner).data.vpc_id);
    store.peerings.iter().filter(|one| one.state().is_none() || one.is_active()).any(|peering| {
        let joins = peering.sides().any(|side| side.vpc_id.as_ref() == Some(asking));
        let mut owners = peering.sides().filter(|side| side.vpc_id.as_ref() == Some(owner));
        joins
            && owners.any(|side| {
                let options = side.peering_options.as_ref();
                options.and_then(|o| o.allow_dns_resolution_from_remote_vpc) == Some(true)
            })
    })
}

fn is_near(store: &Store, at: InterfaceIx, from: &[Point]) -> bool {
    let vpc = store.interface(at).vpc;
    from.iter().any(|point| vpc_of(store, point) == vpc)
}

fn vpc_of(store: &Store, point: &Point) -> Option<Ix<Vpc>> {
    match point.site {
        Site::Interface(at) | Site::Public(at) => store.interface(at).vpc,
        Site::Outside | Site::ServiceNetwork(_) | Site::Nowhere(_) => None,
    }
}
