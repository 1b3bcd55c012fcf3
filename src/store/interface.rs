//! Interfaces as the engine and the tree see them: listed by AWS, or derived from the configuration of a function or
//! database whose interface AWS does not show (rules L-4, R-8).

use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;

use super::owner::Owner;
use super::place::PlaceIx;
use super::table::Ix;
use crate::model::ids::{NetworkInterfaceId, SecurityGroupId};
use crate::model::interface::{NetworkInterface, PrivateIpAddress};
use crate::model::vpc::{Subnet, Vpc};

/// Stands for the groups of an interface where nothing tells which it carries.
pub(super) const NOT_TOLD: &str = "(not told)";

/// Position of an interface in [`super::Store::interfaces`].
pub type InterfaceIx = Ix<Interface>;

/// One interface.
#[derive(Clone, Debug)]
pub struct Interface {
    /// AWS's id, or a made-up one for a virtual interface: unique and stable over refreshes either way.
    pub id: NetworkInterfaceId,
    /// Whether AWS listed it.
    pub origin: Origin,
    /// Account and region in which it was seen.
    pub place: PlaceIx,
    /// Its VPC, if known.
    pub vpc: Option<Ix<Vpc>>,
    /// Its subnet, if known.
    pub subnet: Option<Ix<Subnet>>,
    /// Private addresses, the primary one first.
    pub addresses: Vec<OwnAddress>,
    /// Delegated prefixes (rule ENI-2); for a virtual interface, the subnet's CIDRs: it may have any address of them.
    pub prefixes: Vec<IpNet>,
    /// Groups that it carries, in AWS's order. Those that are not told have a stand-in: see [`Self::carries`].
    pub groups: Vec<SecurityGroupId>,
    /// Who uses it.
    pub owner: Owner,
    /// Drops what is not from or to its own addresses (rule ENI-1).
    pub source_dest_check: bool,
    /// Drops whatever comes from or goes to an internet gateway (rule IGW-4).
    pub is_closed_to_internet: bool,
    /// Whether it can carry traffic.
    pub condition: Condition,
}

/// A private address and the public one that the internet gateway maps to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnAddress {
    /// The address inside the VPC; for IPv6 also the one outside.
    pub private: IpAddr,
    /// The public IPv4 address (rule IGW-1).
    pub public: Option<IpAddr>,
}

/// How the program knows of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// AWS lists it.
    Listed,
    /// Derived from a function's VPC configuration (rule L-4).
    FunctionConfig,
    /// Derived from a database's subnet group (rule R-3).
    DatabaseConfig,
    /// Derived from the configuration of another service (proxy, load balancer).
    ServiceConfig,
}

/// Whether an interface can carry traffic (rules ENI-3, IGW-3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// It can.
    Working,
    /// Attached to nothing.
    Detached,
    /// Its instance is in this state, which is not `running`.
    InstanceNotRunning(Arc<str>),
    /// Attached to an instance whose state is not known.
    InstanceUnknown,
    /// Nothing tells whether it is attached.
    NotTold,
}

impl Interface {
    /// Whether AWS does not list it.
    pub fn is_virtual(&self) -> bool {
        self.origin != Origin::Listed
    }

    /// The primary private address; virtual interfaces have none.
    pub fn primary(&self) -> Option<IpAddr> {
        self.addresses.first().map(|own| own.private)
    }

    /// Whether any of its addresses has a public one.
    pub fn has_public(&self) -> bool {
        self.addresses.iter().any(|own| own.public.is_some())
    }

    /// Whether security groups filter its traffic at all (rule SG-20).
    pub fn is_filtered(&self) -> bool {
        !self.groups.is_empty()
    }

    /// Whether it carries a group, if that is told.
    pub fn carries(&self, group: &SecurityGroupId) -> Option<bool> {
        let carries = self.groups.contains(group);
        (carries || is_told(&self.groups)).then_some(carries)
    }

    /// Whether `address` is its own, delegated prefixes included.
    pub fn has(&self, address: IpAddr) -> bool {
        self.addresses.iter().any(|own| own.private == address)
            || self.prefixes.iter().any(|prefix| prefix.contains(&address))
    }
}

/// Whether each of these groups has an id.
pub(super) fn is_told(groups: &[SecurityGroupId]) -> bool {
    !groups.iter().any(|one| one.is_empty() || one.as_str() == NOT_TOLD)
}

/// The private addresses of a listed interface with their public counterparts, the primary one first.
pub(super) fn own_addresses(eni: &NetworkInterface) -> Vec<OwnAddress> {
    let mut listed: Vec<_> = eni.private_ip_addresses.iter().collect();
    let is_primary = |one: &PrivateIpAddress| {
        one.primary
            || (one.private_ip_address.is_some()
                && one.private_ip_address == eni.private_ip_address)
    };
    listed.sort_by_key(|one| !is_primary(one));
    let mut own: Vec<OwnAddress> = Vec::with_capacity(listed.len() + eni.ipv6_addresses.len());
    for one in listed {
        // The primary one's is told with the interface, too.
        let of_interface = eni.association.as_ref().filter(|_| is_primary(one));
        let association = one.association.as_ref().or(of_interface);
        let public = association.and_then(|association| association.public_ip);
        own.extend(one.private_ip_address.map(|private| address(private, public)));
    }
    if let Some(private) = eni.private_ip_address.filter(|ip| !has(&own, IpAddr::V4(*ip))) {
        let public = eni.association.as_ref().and_then(|association| association.public_ip);
        own.insert(0, address(private, public));
    }
    let v6 = eni.ipv6_addresses.iter().filter_map(|one| one.ipv6_address);
    own.extend(v6.map(|v6| OwnAddress { private: IpAddr::V6(v6), public: None }));
    own
}

fn address(private: std::net::Ipv4Addr, public: Option<std::net::Ipv4Addr>) -> OwnAddress {
    OwnAddress { private: IpAddr::V4(private), public: public.map(IpAddr::V4) }
}

fn has(own: &[OwnAddress], address: IpAddr) -> bool {
    own.iter().any(|one| one.private == address)
}
