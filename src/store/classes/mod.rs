//! Classes of interfaces: whoever is in one is treated alike by the whole network, so that a question about everybody is
//! asked once per class.
//!
//! Interfaces are of one class if they have the same subnet, groups, kind of user and state, and if every prefix in use
//! holds either all of their addresses or none. Interfaces that others pass on their way (translators, load balancers,
//! appliances) are classes of their own.
//!
//! Classes that differ in nothing but their groups stand on one *ground*: what no route and no ACL lets pass between two
//! grounds passes between none of their classes.

mod treatment;

use std::net::IpAddr;

use ipnet::IpNet;
use rustc_hash::FxHashSet;

use self::treatment::{Treatment, Treatments};
use super::interface::{Condition, Interface, InterfaceIx};
use super::owner::OwnerKind;
use super::place::PlaceIx;
use super::routes::Target;
use super::table::Ix;
use super::{Map, Store};
use crate::model::ids::{InstanceId, SecurityGroupId};
use crate::model::vpc::{Subnet, Vpc};

/// The interfaces of a network by class.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    members: Vec<Vec<InterfaceIx>>,
    grounds: Vec<GroundIx>,
    of: Vec<ClassIx>,
}

/// A class by position; positions are in the order of the first members.
pub type ClassIx = u32;

/// A ground by position.
pub type GroundIx = u32;

/// What the network looks at besides groups.
#[derive(PartialEq, Eq, Hash)]
struct Ground<'a> {
    place: PlaceIx,
    vpc: Option<Ix<Vpc>>,
    subnet: Option<Ix<Subnet>>,
    owner: OwnerKind,
    platform: Option<&'a str>,
    condition: std::mem::Discriminant<Condition>,
    /// Of a database: its status, and whether it may have a public address (rules ).
    database: Option<(Option<&'a str>, Option<bool>)>,
    /// Whether groups filter at all (rule SG-20).
    is_filtered: bool,
    is_closed_to_internet: bool,
    addresses: Vec<Seen>,
    possible: &'a [IpNet],
    alone: Option<InterfaceIx>,
}

/// An address as the network sees it.
#[derive(PartialEq, Eq, Hash)]
struct Seen {
    is_v4: bool,
    private: Treatment,
    public: Option<Treatment>,
}

impl Classes {
    /// Sorts the interfaces of a network into classes.
    pub(super) fn of(store: &Store) -> Self {
        let treatments = Treatments::of(store);
        let passed = passed_interfaces(store);
        let mut grounds: Map<Ground<'_>, GroundIx> = Map::default();
        let mut known: Map<(GroundIx, Vec<&SecurityGroupId>), ClassIx> = Map::default();
        let mut classes = Self::default();
        for (at, row) in store.interfaces.rows() {
            let interface = &row.data;
            let alone = passed.contains(&at) || is_alone(store, at, interface);
            let ground = ground(store, &treatments, interface, alone.then_some(at));
            let next = number(grounds.len());
            let ground = *grounds.entry(ground).or_insert(next);
            let mut groups: Vec<_> = interface.groups.iter().collect();
            groups.sort_unstable();
            let next = number(classes.members.len());
            let class = *known.entry((ground, groups)).or_insert(next);
            if class == next {
                classes.members.push(Vec::new());
                classes.grounds.push(ground);
            }
            classes.members[class as usize].push(at);
            classes.of.push(class);
        }
        classes
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The interfaces of a class, in the order of the table.
    pub fn members(&self, class: ClassIx) -> &[InterfaceIx] {
        self.members.get(class as usize).map_or(&[], Vec::as_slice)
    }

    /// What a class stands on.
    pub fn ground(&self, class: ClassIx) -> Option<GroundIx> {
        self.grounds.get(class as usize).copied()
    }

    /// The classes with their interfaces.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[InterfaceIx]> {
        self.members.iter().map(Vec::as_slice)
    }

    /// The class of an interface.
    pub fn class_of(&self, interface: InterfaceIx) -> Option<ClassIx> {
        self.of.get(interface.number()).copied()
    }
}

fn ground<'a>(
    store: &'a Store,
    treatments: &Treatments,
    interface: &'a Interface,
    alone: Option<InterfaceIx>,
) -> Ground<'a> {
    let database = store.databases.get(&*interface.owner.id);
    let platform = || store.instances.get(&*interface.owner.id)?.platform.as_deref();
    Ground {
        place: interface.place,
        vpc: interface.vpc,
        subnet: interface.subnet,
        owner: interface.owner.kind,
        platform: (interface.owner.kind == OwnerKind::Instance).then(platform).flatten(),
        condition: std::mem::discriminant(&interface.condition),
        database: database.map(|one| (one.db_instance_status.as_deref(), one.publicly_accessible)),
        is_filtered: interface.is_filtered(),
        is_closed_to_internet: interface.is_closed_to_internet,
        addresses: seen(treatments, interface),
        possible: if interface.is_virtual() { &interface.prefixes } else { &[] },
        alone,
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The addresses that stand for an interface: the first of each family, and what has a public one.
fn seen(treatments: &Treatments, interface: &Interface) -> Vec<Seen> {
    let mut first = [true, true];
    let used = interface.addresses.iter().filter(|own| {
        let is_first = std::mem::take(&mut first[usize::from(own.private.is_ipv4())]);
        is_first || own.public.is_some()
    });
    let seen = used.map(|own| Seen {
        is_v4: own.private.is_ipv4(),
        private: treatments.treatment(own.private),
        public: own.public.map(|public| treatments.treatment(public)),
    });
    seen.collect()
}

/// What takes packets that are not its own, and what shares an address with another, is like nobody else.
fn is_alone(store: &Store, at: InterfaceIx, interface: &Interface) -> bool {
    let passes_on = matches!(
        interface.owner.kind,
        OwnerKind::NatGateway
            | OwnerKind::TransitGateway
            | OwnerKind::VpcEndpoint
            | OwnerKind::DatabaseProxy
            | OwnerKind::ApplicationLoadBalancer
            | OwnerKind::NetworkLoadBalancer
            | OwnerKind::GatewayLoadBalancer
            | OwnerKind::ClassicLoadBalancer
    );
    let holder = |address: IpAddr| store.by_private(interface.vpc?, address);
    passes_on
        || interface.addresses.iter().any(|own| {
            let public = own.public.and_then(|public| store.by_public(public));
            (interface.vpc.is_some() && holder(own.private) != Some(at))
                || public.is_some_and(|(holder, _)| holder != at)
        })
}

/// The interfaces that routes lead to, and that load balancers forward to.
fn passed_interfaces(store: &Store) -> FxHashSet<InterfaceIx> {
    let routes = store.routes.iter().flat_map(super::routes::Routes::entries);
    let targets = routes.filter_map(|route| match &route.target {
        Target::Interface { interface, instance } => Some((interface, instance)),
        _ => None,
    });
    let forwarders = targets.flat_map(|(interface, instance)| {
        let listed = interface.as_deref().and_then(|id| store.interfaces.position(id));
        listed.into_iter().chain(of_instance(store, instance.as_deref()))
    });
    let health = store.rest.load_balancer_target_health.iter();
    let health = health.flat_map(|group| &group.target_health_descriptions);
    let balanced = health.filter_map(|one| Some(one.target.as_ref()?.id.as_str())).flat_map(|id| {
        let by_address = id.parse::<IpAddr>().ok().map(|ip| store.all_with_private(ip));
        by_address.unwrap_or_default().into_iter().chain(of_instance(store, Some(id)))
    });
    forwarders.chain(balanced).collect()
}

fn of_instance(store: &Store, instance: Option<&str>) -> impl Iterator<Item = InterfaceIx> {
    let instance = instance.map(InstanceId::from);
    let found: Vec<_> =
        instance.map(|id| store.interfaces_of_instance(&id).to_vec()).unwrap_or_default();
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::store::fixture;

    #[test]
    fn what_no_rule_tells_apart_is_one_class() {
        let eni = |id: &str, address: &str, group: &str| {
            json!({
                "NetworkInterfaceId": id, "VpcId": "vpc-1", "SubnetId": "subnet-1",
                "PrivateIpAddress": address, "Groups": [{"GroupId": group}], "Status": "in-use",
            })
        };
        let store = fixture::store(&json!({
            "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
            "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24"}],
            "SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [
                {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.0.0.8/32"}]},
            ]}],
            "NetworkInterfaces": [
                eni("eni-a", "10.0.0.7", "sg-1"), eni("eni-b", "10.0.0.9", "sg-1"),
                eni("eni-c", "10.0.0.8", "sg-1"), eni("eni-d", "10.0.0.10", "sg-2"),
            ],
        }));
        let ids = |class: &[_]| -> Vec<String> {
            class.iter().map(|at| store.interface(*at).id.to_string()).collect()
        };
        let classes: Vec<_> = store.classes().iter().map(ids).collect();
        assert_eq!(classes, [vec!["eni-a", "eni-b"], vec!["eni-c"], vec!["eni-d"]]);
    }
}
