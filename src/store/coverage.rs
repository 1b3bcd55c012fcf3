//! What the source or destination of a group's rule covers now (rules SG-7 to SG-16).
//!
//! A reference covers the interfaces that carry the group, wherever they are, as far as the rule's own VPC can be
//! reached from theirs; a prefix covers the interfaces that have an address in it.

use std::net::IpAddr;

use ipnet::IpNet;

use super::Store;
use super::groups::{Direction, GroupRef, Peer};
use super::interface::{Interface, InterfaceIx};
use super::neighbours::{Link, Neighbours};
use crate::model::address::AddressSet;
use crate::model::catalogue::Envelope;
use crate::model::ids::{AccountId, SecurityGroupId};

/// What a source or destination covers now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Every address of a family: nothing is listed then.
    pub anyone: bool,
    /// The interfaces that it covers.
    pub interfaces: Vec<Covered>,
    /// Interfaces that it would cover, were their VPCs connected with the rule's (rule SG-8).
    pub out_of_reach: Vec<Covered>,
    /// Why it covers nothing.
    pub nothing: Option<Nothing>,
}

/// An interface that is covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// Which one.
    pub interface: InterfaceIx,
    /// By what.
    pub by: By,
    /// How its VPC is connected with the rule's.
    pub link: Link,
}

/// By what an interface is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// It carries the group.
    Group,
    /// This address of its own.
    Address(IpAddr),
    /// All addresses that it may have: a delegated prefix, or the subnet of a virtual interface.
    Prefix,
    /// Some of the addresses that it may have.
    PartOfPrefix,
}

/// Why nothing is covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// The group is gone (rule SG-13).
    GroupGone,
    /// The peering that the reference crosses is in this state (rule SG-13).
    PeeringNotActive(String),
    /// AWS reports the reference as stale (rule SG-13).
    Stale,
    /// The group exists and no interface carries it.
    NoMembers,
    /// The group is in an account that was not loaded.
    OtherAccount(AccountId),
    /// Groups were not loaded.
    GroupsUnknown,
    /// Only interfaces in VPCs that are not connected carry it or have such an address (rule SG-8).
    OutOfReach,
    /// No interface has such an address.
    NoSuchAddress,
    /// The entries of the prefix list are not known (rule SG-16).
    ListUnknown,
}

/// What `peer`, in a rule of `group`, covers now.
pub fn coverage(
    store: &Store,
    group: &SecurityGroupId,
    direction: Direction,
    peer: &Peer,
) -> Coverage {
    let neighbours = Neighbours::of_group(store, group);
    match peer {
        Peer::Group(reference) => of_group(store, group, direction, reference, &neighbours),
        Peer::Cidr(cidr) if cidr.prefix_len() == 0 => {
            Coverage { anyone: true, ..Coverage::default() }
        }
        Peer::Cidr(cidr) => of_addresses(store, &AddressSet::from_iter([*cidr]), &neighbours),
        Peer::PrefixList(_, Some(addresses)) => of_addresses(store, addresses, &neighbours),
        Peer::PrefixList(_, None) => {
            Coverage { nothing: Some(Nothing::ListUnknown), ..Coverage::default() }
        }
    }
}

fn of_group(
    store: &Store,
    group: &SecurityGroupId,
    direction: Direction,
    reference: &GroupRef,
    neighbours: &Neighbours<'_>,
) -> Coverage {
    if let Some(nothing) = dead(store, group, reference) {
        return Coverage { nothing: Some(nothing), ..Coverage::default() };
    }
    let members = store.members(&reference.group).iter().map(|at| (*at, By::Group));
    let link = |interface: &Interface| neighbours.by_reference(store, interface, direction);
    let coverage = sorted_out(store, members, link);
    if coverage.interfaces.is_empty() && coverage.out_of_reach.is_empty() {
        return Coverage { nothing: Some(missing(store, reference)), ..coverage };
    }
    coverage
}

/// Why a reference matches nothing, whoever carries the group.
fn dead(store: &Store, group: &SecurityGroupId, reference: &GroupRef) -> Option<Nothing> {
    let said = reference.peering_status.as_deref();
    let peering = reference.peering.as_ref().and_then(|id| store.peerings.get(id));
    let seen = peering.and_then(|peering| peering.status.as_ref()?.code.as_deref());
    let state = [said, seen].into_iter().flatten().find(|state| *state != "active");
    let inactive = state.map(|state| Nothing::PeeringNotActive(state.to_owned()));
    inactive.or_else(|| is_reported_stale(store, group, reference).then_some(Nothing::Stale))
}

fn is_reported_stale(store: &Store, group: &SecurityGroupId, reference: &GroupRef) -> bool {
    let reports = store.rest.stale_security_groups.iter().filter(|stale| stale.group_id == *group);
    let permissions = reports.flat_map(|stale| {
        stale.stale_ip_permissions.iter().chain(&stale.stale_ip_permissions_egress)
    });
    let mut pairs = permissions.flat_map(|permission| &permission.user_id_group_pairs);
    pairs.any(|pair| pair.group_id.as_ref() == Some(&reference.group))
}

/// Why no interface carries the group.
fn missing(store: &Store, reference: &GroupRef) -> Nothing {
    if store.security_groups.get(&reference.group).is_some() {
        return Nothing::NoMembers;
    }
    let loaded = |account: &&AccountId| store.places.iter().any(|place| place.account == **account);
    match &reference.account {
        Some(account) if !loaded(&account) => Nothing::OtherAccount(account.clone()),
        _ if !store.lacks(Envelope::SecurityGroups) => Nothing::GroupGone,
        _ => Nothing::GroupsUnknown,
    }
}

fn of_addresses(store: &Store, set: &AddressSet, neighbours: &Neighbours<'_>) -> Coverage {
    let rows = store.interfaces.rows();
    let covered = rows.filter_map(|(at, row)| Some((at, by_address(&row.data, set)?)));
    let link = |interface: &Interface| neighbours.by_address(store, interface);
    let coverage = sorted_out(store, covered, link);
    if coverage.interfaces.is_empty() && coverage.out_of_reach.is_empty() {
        return Coverage { nothing: Some(Nothing::NoSuchAddress), ..coverage };
    }
    coverage
}

fn by_address(interface: &Interface, set: &AddressSet) -> Option<By> {
    let own = interface.addresses.iter();
    let mut own = own.flat_map(|own| [Some(own.private), own.public]).flatten();
    let own = own.find(|address| set.contains(*address)).map(By::Address);
    own.or_else(|| interface.prefixes.iter().find_map(|prefix| by_prefix(*prefix, set)))
}

fn by_prefix(prefix: IpNet, set: &AddressSet) -> Option<By> {
    let prefix = AddressSet::from_iter([prefix]);
    if prefix.is_subset(set) {
        return Some(By::Prefix);
    }
    (!prefix.intersection(set).is_empty()).then_some(By::PartOfPrefix)
}

/// Sorts the interfaces into those within reach and the others.
fn sorted_out(
    store: &Store,
    all: impl Iterator<Item = (InterfaceIx, By)>,
    link: impl Fn(&Interface) -> Link,
) -> Coverage {
    let all = all.map(|(interface, by)| {
        let link = link(store.interface(interface));
        Covered { interface, by, link }
    });
    let (out_of_reach, interfaces): (Vec<_>, Vec<_>) = all.partition(|one| one.link == Link::None);
    let only_far = interfaces.is_empty() && !out_of_reach.is_empty();
    let nothing = only_far.then_some(Nothing::OutOfReach);
    Coverage { anyone: false, interfaces, out_of_reach, nothing }
}
