//! Network ACLs ready for questions: sorted, one family apart from the other (rule NACL-2).

use ipnet::IpNet;

use super::groups::{Direction, traffic};
use crate::model::network_acl::{NetworkAcl, NetworkAclEntry};
use crate::model::traffic::Traffic;

/// The rules of one ACL.
#[derive(Clone, Debug, Default)]
pub struct AclRules {
    ingress: Vec<AclRule>,
    egress: Vec<AclRule>,
    /// Whether every entry tells all that AWS always tells; else the order of the rules is not known.
    pub is_whole: bool,
}

/// One numbered rule.
#[derive(Clone, Debug)]
pub struct AclRule {
    /// Its place in the order; 32767 and 32768 are AWS's closing denials.
    pub number: u32,
    /// Allow, or deny.
    pub allows: bool,
    /// From or to whom.
    pub cidr: IpNet,
    /// What it decides about.
    pub traffic: Traffic,
    /// Protocol as AWS writes it, for showing.
    pub protocol: String,
}

impl AclRules {
    /// Reads and sorts the entries.
    pub fn read(acl: &NetworkAcl) -> Self {
        let direction = |egress: bool| {
            let entries = acl.entries.iter().filter(|entry| entry.egress == Some(egress));
            let mut rules: Vec<_> = entries.filter_map(rule).collect();
            rules.sort_by_key(|rule| rule.number);
            rules
        };
        let is_whole = acl.entries.iter().all(is_whole);
        Self { ingress: direction(false), egress: direction(true), is_whole }
    }

    /// The rules of one direction in the order in which AWS asks them; both families in one list.
    pub fn of(&self, direction: Direction) -> &[AclRule] {
        match direction {
            Direction::Ingress => &self.ingress,
            Direction::Egress => &self.egress,
        }
    }
}

/// An entry about TCP or UDP tells its ports (rule NACL-2).
fn is_whole(entry: &NetworkAclEntry) -> bool {
    let has_ports =
        entry.port_range.as_ref().is_some_and(|ports| ports.from.is_some() && ports.to.is_some());
    let wants_ports = matches!(entry.protocol.as_str(), "6" | "17" | "tcp" | "udp");
    let has_cidr = entry.cidr_block.is_some() || entry.ipv6_cidr_block.is_some();
    entry.rule_number > 0
        && entry.egress.is_some()
        && matches!(entry.rule_action.as_str(), "allow" | "deny")
        && !entry.protocol.is_empty()
        && has_cidr
        && (has_ports || !wants_ports)
}

fn rule(entry: &NetworkAclEntry) -> Option<AclRule> {
    let v4 = entry.cidr_block.map(|net| IpNet::V4(net.trunc()));
    let v6 = entry.ipv6_cidr_block.map(|net| IpNet::V6(net.trunc()));
    Some(AclRule {
        number: entry.rule_number,
        allows: entry.rule_action == "allow",
        cidr: v4.or(v6)?,
        traffic: entry_traffic(entry),
        protocol: entry.protocol.clone(),
    })
}

fn entry_traffic(entry: &NetworkAclEntry) -> Traffic {
    let ports = entry.port_range.as_ref().map(|range| (range.from, range.to));
    let icmp = entry.icmp_type_code.as_ref().map(|icmp| (icmp.icmp_type, icmp.code));
    let icmp_protocol = matches!(entry.protocol.as_str(), "1" | "58" | "icmp" | "icmpv6");
    let (from, to) = if icmp_protocol { icmp } else { ports }.unwrap_or((None, None));
    traffic(&entry.protocol, from, to)
}
