//! Security groups ready for questions: one [`GroupRule`] per source or destination, members, and who refers to whom.

use ipnet::IpNet;

use crate::model::address::AddressSet;
use crate::model::ids::{AccountId, PeeringId, PrefixListId, SecurityGroupId, VpcId};
use crate::model::interval::IntervalSet;
use crate::model::security_group::{IpPermission, SecurityGroup, UserIdGroupPair};
use crate::model::traffic::{PortSet, Protocol, Traffic, icmp_message};

/// Inbound or outbound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// Towards the interface.
    Ingress,
    /// From the interface.
    Egress,
}

/// The rules of one group.
#[derive(Clone, Debug, Default)]
pub struct GroupRules {
    /// Inbound rules.
    pub ingress: Vec<GroupRule>,
    /// Outbound rules.
    pub egress: Vec<GroupRule>,
    /// Whether every rule tells all that AWS always tells; else there may be more that is allowed.
    pub is_whole: bool,
}

/// One rule with one source or destination.
#[derive(Clone, Debug)]
pub struct GroupRule {
    /// Protocol as AWS writes it, for showing.
    pub protocol: String,
    /// First port or ICMP type.
    pub from_port: Option<i32>,
    /// Last port or ICMP code.
    pub to_port: Option<i32>,
    /// What the rule lets through.
    pub traffic: Traffic,
    /// From or to whom.
    pub peer: Peer,
    /// What its author wrote.
    pub description: Option<String>,
}

/// The source or destination of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Peer {
    /// A CIDR.
    Cidr(IpNet),
    /// A prefix list; `None` if its entries are not known (rule SG-16).
    PrefixList(PrefixListId, Option<AddressSet>),
    /// The interfaces that carry a group (rule SG-7).
    Group(GroupRef),
}

/// A reference to a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRef {
    /// The group referred to.
    pub group: SecurityGroupId,
    /// The account it is in, if AWS says so.
    pub account: Option<AccountId>,
    /// The VPC it is in, if the reference crosses a peering.
    pub vpc: Option<VpcId>,
    /// The peering it crosses.
    pub peering: Option<PeeringId>,
    /// `active`, `deleted`, ... as AWS says; anything but `active` makes it stale (rule SG-13).
    pub peering_status: Option<String>,
}

impl GroupRules {
    /// The rules of one direction.
    pub fn of(&self, direction: Direction) -> &[GroupRule] {
        match direction {
            Direction::Ingress => &self.ingress,
            Direction::Egress => &self.egress,
        }
    }

    /// Reads the rules of a group. `prefixes` tells the addresses of a prefix list.
    pub fn read(
        group: &SecurityGroup,
        prefixes: &impl Fn(&PrefixListId) -> Option<Vec<IpNet>>,
    ) -> Self {
        let read = |permissions: &[IpPermission]| {
            permissions.iter().flat_map(|permission| rules(permission, prefixes)).collect()
        };
        let (ingress, egress) = (&group.ip_permissions, &group.ip_permissions_egress);
        let is_whole = ingress.iter().chain(egress).all(is_whole);
        Self { ingress: read(ingress), egress: read(egress), is_whole }
    }
}

/// A rule about TCP or UDP tells its ports, and each source or destination what it is.
fn is_whole(permission: &IpPermission) -> bool {
    permission.tells_traffic()
        && permission.ip_ranges.iter().all(|one| one.cidr_ip.is_some())
        && permission.ipv6_ranges.iter().all(|one| one.cidr_ipv6.is_some())
        && permission.user_id_group_pairs.iter().all(|one| one.group_id.is_some())
}

fn rules(
    permission: &IpPermission,
    prefixes: &impl Fn(&PrefixListId) -> Option<Vec<IpNet>>,
) -> Vec<GroupRule> {
    if !permission.tells_traffic() {
        return Vec::new();
    }
    let traffic = traffic(&permission.ip_protocol, permission.from_port, permission.to_port);
    let v4 = permission
        .ip_ranges
        .iter()
        .filter_map(|r| Some((Peer::Cidr(IpNet::V4(r.cidr_ip?.trunc())), r.description.clone())));
    let v6 = permission
        .ipv6_ranges
        .iter()
        .filter_map(|r| Some((Peer::Cidr(IpNet::V6(r.cidr_ipv6?.trunc())), r.description.clone())));
    let lists = permission.prefix_list_ids.iter().map(|r| {
        let addresses = prefixes(&r.prefix_list_id).map(AddressSet::from_iter);
        (Peer::PrefixList(r.prefix_list_id.clone(), addresses), r.description.clone())
    });
    let groups = permission
        .user_id_group_pairs
        .iter()
        .filter_map(|pair| Some((Peer::Group(group_ref(pair)?), pair.description.clone())));
    let peers = v4.chain(v6).chain(lists).chain(groups);
    peers.map(|(peer, description)| rule(permission, &traffic, peer, description)).collect()
}

fn rule(
    permission: &IpPermission,
    traffic: &Traffic,
    peer: Peer,
    description: Option<String>,
) -> GroupRule {
    GroupRule {
        protocol: permission.ip_protocol.clone(),
        from_port: permission.from_port,
        to_port: permission.to_port,
        traffic: traffic.clone(),
        peer,
        description,
    }
}

fn group_ref(pair: &UserIdGroupPair) -> Option<GroupRef> {
    Some(GroupRef {
        group: pair.group_id.clone()?,
        account: pair.user_id.clone(),
        vpc: pair.vpc_id.clone(),
        peering: pair.vpc_peering_connection_id.clone(),
        peering_status: pair.peering_status.clone(),
    })
}

/// What a protocol with ports (or an ICMP type and code) stands for, in a group or an ACL (rule SG-17).
pub(super) fn traffic(protocol: &str, from: Option<i32>, to: Option<i32>) -> Traffic {
    let Some(protocol) = Protocol::parse(protocol) else {
        return if protocol == "-1" { Traffic::full() } else { Traffic::empty() };
    };
    let ports = match protocol {
        Protocol::TCP | Protocol::UDP => ports(from, to),
        Protocol::ICMP | Protocol::ICMPV6 => messages(from, to),
        _ => PortSet::full(),
    };
    Traffic::of(protocol, ports)
}

fn ports(from: Option<i32>, to: Option<i32>) -> PortSet {
    match (from, to) {
        (None | Some(-1), None | Some(-1)) => PortSet::full(),
        (from, to) => PortSet::range(number(from.or(to)), number(to.or(from))),
    }
}

fn messages(icmp_type: Option<i32>, code: Option<i32>) -> PortSet {
    let byte = |value: i32| u8::try_from(value).unwrap_or(u8::MAX);
    match (icmp_type, code) {
        (None | Some(-1), _) => PortSet::full(),
        (Some(kind), None | Some(-1)) => {
            PortSet::range(icmp_message(byte(kind), 0), icmp_message(byte(kind), u8::MAX))
        }
        (Some(kind), Some(code)) => IntervalSet::one(icmp_message(byte(kind), byte(code))),
    }
}

fn number(port: Option<i32>) -> u16 {
    u16::try_from(port.unwrap_or_default().max(0)).unwrap_or(u16::MAX)
}
