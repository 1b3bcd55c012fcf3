//! What in a group is worth a look: rules that let in too much, that match nothing, or that another rule makes needless.

use ipnet::IpNet;

use super::{Document, Finding, Rule};
use crate::model::catalogue::Envelope;
use crate::model::ids::SecurityGroupId;
use crate::model::traffic::{Protocol, Traffic, icmp_message};
use crate::report::words;
use crate::store::{Direction, GroupRule, Peer, Store};

/// Everything worth a look, the gravest first.
pub(super) fn findings(store: &Store, document: &Document) -> Vec<Finding> {
    let id = SecurityGroupId::from(document.group.id.as_str());
    let inbound = store.group_rules(&id).map_or(&[][..], |rules| rules.of(Direction::Ingress));
    let rules = || inbound.iter().zip(&document.inbound);
    let open = rules().filter_map(|(rule, written)| open_to_the_world(rule, written));
    let all_ports = rules().filter_map(|(rule, written)| all_ports(&id, rule, written));
    let listed = !store.lacks(Envelope::NetworkInterfaces);
    let dead = document.rules().filter_map(|(direction, rule)| dead(direction, rule, listed));
    let needless = rules().filter_map(|(_, written)| needless(inbound, written));
    let findings = open.chain(all_ports).chain(dead).chain(needless);
    findings.chain(unused(document).filter(|_| listed)).collect()
}

fn about(code: &'static str, direction: &'static str, rule: &Rule, text: String) -> Finding {
    Finding { code, direction: Some(direction), position: Some(rule.position), text }
}

fn what(rule: &Rule) -> String {
    match (rule.protocol.as_str(), rule.ports.as_str()) {
        ("all", _) => "everything".to_owned(),
        (protocol, "all") => format!("all of {protocol}"),
        (protocol, ports) => format!("{protocol} {ports}"),
    }
}

/// What may be open to every address without a remark: web ports, and the messages that keep paths working.
fn harmless() -> Traffic {
    let web = [80, 443].into_iter().map(|port| (port, port)).collect();
    let web = Traffic::of(Protocol::TCP, web);
    let quic = Traffic::of(Protocol::UDP, [(443, 443)].into_iter().collect());
    let kinds = [0_u8, 3, 8, 11].map(|kind| (icmp_message(kind, 0), icmp_message(kind, u8::MAX)));
    let icmp = Traffic::of(Protocol::ICMP, kinds.into_iter().collect());
    let icmpv6 = Traffic::of(Protocol::ICMPV6, [(0, u16::MAX)].into_iter().collect());
    web.union(&quic).union(&icmp).union(&icmpv6)
}

fn open_to_the_world(rule: &GroupRule, written: &Rule) -> Option<Finding> {
    let open = written.covers.anyone && !rule.traffic.is_subset(&harmless());
    let text = || format!("{} is open to every address ({})", what(written), written.peer.id);
    open.then(|| about("open-to-the-world", "inbound", written, text()))
}

/// Members of one group trusting each other with everything is what AWS's default group does.
fn all_ports(id: &SecurityGroupId, rule: &GroupRule, written: &Rule) -> Option<Finding> {
    let itself = matches!(&rule.peer, Peer::Group(reference) if reference.group == *id);
    let all = rule.traffic.tcp.is_full() && !written.covers.anyone && !itself;
    let from = written.peer.name.as_ref().unwrap_or(&written.peer.id);
    let text = || format!("every TCP port is open to {from}; name the ports that it needs");
    all.then(|| about("all-ports", "inbound", written, text()))
}

fn dead(direction: &'static str, rule: &Rule, listed: bool) -> Option<Finding> {
    let peer = rule.peer.name.as_ref().unwrap_or(&rule.peer.id);
    let (code, says) = match rule.covers.nothing? {
        "group-gone" | "peering-not-active" | "stale" => ("stale-reference", "matches nothing"),
        "no-members" if listed => ("empty-reference", "matches nothing now"),
        "out-of-reach" => ("out-of-reach", "matches nothing from here"),
        _ => return None,
    };
    let why = &rule.covers.text;
    Some(about(code, direction, rule, format!("the rule for {peer} {says}: {why}")))
}

/// Another rule already lets in everything that this one does.
fn needless(all: &[GroupRule], written: &Rule) -> Option<Finding> {
    let rule = all.get(written.position)?;
    let mut others = all.iter().enumerate().filter(|(at, _)| *at != written.position);
    let (by, _) = others.find(|(at, other)| {
        let covered = covers(&other.peer, &rule.peer) && rule.traffic.is_subset(&other.traffic);
        let twin = covers(&rule.peer, &other.peer) && other.traffic.is_subset(&rule.traffic);
        covered && (!twin || *at < written.position)
    })?;
    let text = format!(
        "inbound rule {} lets in nothing that rule {by} does not let in already",
        written.position
    );
    Some(about("needless", "inbound", written, text))
}

fn covers(wide: &Peer, narrow: &Peer) -> bool {
    match (wide, narrow) {
        (Peer::Cidr(wide), Peer::Cidr(narrow)) => contains(*wide, *narrow),
        (wide, narrow) => wide == narrow,
    }
}

fn contains(wide: IpNet, narrow: IpNet) -> bool {
    wide.contains(&narrow)
}

fn unused(document: &Document) -> Option<Finding> {
    let referenced = document.referenced_by.iter().any(|one| one.id != document.group.id);
    let text = match (document.members.is_empty(), referenced) {
        (false, _) => return None,
        (true, false) if !document.referenced_from.is_empty() => {
            "no interface carries the group; it is still referred to from another VPC".to_owned()
        }
        (true, false) => {
            "no interface carries the group and no other group refers to it".to_owned()
        }
        (true, true) => {
            let count = words::counted(document.referenced_by.len(), "group");
            format!("no interface carries the group; {count} still refer to it")
        }
    };
    Some(Finding { code: "unused", direction: None, position: None, text })
}
