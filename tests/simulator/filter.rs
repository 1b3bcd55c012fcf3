//! Security groups and ACLs, rule by rule.

use std::net::IpAddr;

use ipnet::IpNet;
use vpctui::model::catalogue::Resources;
use vpctui::model::interface::NetworkInterface;
use vpctui::model::network_acl::{NetworkAcl, NetworkAclEntry};
use vpctui::model::security_group::{IpPermission, UserIdGroupPair};

use super::packet::Packet;

/// Whether the groups of `own` let the packet through; `other` is the interface at the other end where references can
/// match (rules SG-1, SG-7, SG-9, SG-12).
pub fn groups_let(
    network: &Resources,
    own: &NetworkInterface,
    egress: bool,
    packet: &Packet,
    other: Option<&NetworkInterface>,
) -> bool {
    let groups = own.groups.as_ref().expect("random networks tell the groups");
    if groups.is_empty() {
        return true; // SG-20
    }
    let peer = if egress { packet.dst } else { packet.src };
    groups.iter().any(|carried| {
        let group = network.security_groups.iter().find(|group| group.group_id == carried.group_id);
        let group = group.expect("every group is listed");
        let rules = if egress { &group.ip_permissions_egress } else { &group.ip_permissions };
        rules.iter().any(|rule| rule_matches(rule, packet) && peer_matches(rule, peer, other))
    })
}

fn rule_matches(rule: &IpPermission, packet: &Packet) -> bool {
    protocol_matches(&rule.ip_protocol, packet.protocol)
        && (rule.ip_protocol == "-1" || range_matches(rule.from_port, rule.to_port, packet))
}

/// Ports for TCP and UDP, type and code for ICMP, neither for others (rule SG-17).
fn range_matches(from: Option<i32>, to: Option<i32>, packet: &Packet) -> bool {
    if let Some((kind, code)) = packet.message() {
        let any = |value: Option<i32>| value.is_none_or(|value| value == -1);
        return any(from) || (from == Some(kind) && (any(to) || to == Some(code)));
    }
    let port = i32::from(packet.dst_port);
    !packet.has_ports() || (from.is_none_or(|from| from <= port) && to.is_none_or(|to| port <= to))
}

fn protocol_matches(written: &str, number: u8) -> bool {
    match written {
        "-1" => true,
        "tcp" => number == 6,
        "udp" => number == 17,
        "icmp" => number == 1,
        "icmpv6" => number == 58,
        other => other.parse() == Ok(number),
    }
}

fn peer_matches(rule: &IpPermission, peer: IpAddr, other: Option<&NetworkInterface>) -> bool {
    let v4 = rule.ip_ranges.iter().filter_map(|range| range.cidr_ip).map(IpNet::V4);
    let v6 = rule.ipv6_ranges.iter().filter_map(|range| range.cidr_ipv6).map(IpNet::V6);
    v4.chain(v6).any(|cidr| cidr.contains(&peer))
        || rule.user_id_group_pairs.iter().any(|pair| covers(pair, other))
}

fn covers(pair: &UserIdGroupPair, other: Option<&NetworkInterface>) -> bool {
    let stale = pair.peering_status.as_deref().is_some_and(|status| status != "active"); // SG-13
    let carries = |interface: &NetworkInterface| {
        interface
            .groups
            .iter()
            .flatten()
            .any(|group| Some(&group.group_id) == pair.group_id.as_ref())
    };
    !stale && other.is_some_and(carries)
}

/// Whether an ACL lets the packet through: the lowest number that matches decides (rule NACL-2).
pub fn acl_lets(acl: &NetworkAcl, egress: bool, packet: &Packet) -> bool {
    let peer = if egress { packet.dst } else { packet.src };
    let mut matching: Vec<&NetworkAclEntry> = acl
        .entries
        .iter()
        .filter(|entry| entry.egress == Some(egress) && entry_matches(entry, peer, packet))
        .collect();
    matching.sort_by_key(|entry| entry.rule_number);
    matching.first().is_some_and(|entry| entry.rule_action == "allow")
}

fn entry_matches(entry: &NetworkAclEntry, peer: IpAddr, packet: &Packet) -> bool {
    let v4 = entry.cidr_block.map(IpNet::V4);
    let cidr = v4.or(entry.ipv6_cidr_block.map(IpNet::V6));
    let icmp = entry.icmp_type_code.as_ref().map(|icmp| (icmp.icmp_type, icmp.code));
    let ports = entry.port_range.as_ref().map(|range| (range.from, range.to));
    let (from, to) = icmp.or(ports).unwrap_or((None, None));
    cidr.is_some_and(|cidr| cidr.contains(&peer))
        && protocol_matches(&entry.protocol, packet.protocol)
        && (entry.protocol == "-1" || range_matches(from, to, packet))
}
