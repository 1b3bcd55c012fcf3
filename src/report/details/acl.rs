//! Network ACLs, in the order in which their rules are tried.

use super::sheet::{Sheet, Text, Tone, dim};
use crate::model::network_acl::NetworkAcl;
use crate::model::traffic::{PortSet, Traffic};
use crate::model::vpc::Subnet;
use crate::store::{AclRule, Direction, Ix, Store};

/// An ACL.
pub(super) fn acl(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(at) = store.network_acls.position(id) else { return };
    let acl = &store.network_acls[at].data;
    let default = if acl.is_default { "  default" } else { "" };
    sheet.fact("acl", Text::of(Tone::Strong, id).with(Tone::Dim, default));
    sheet.refer(store, "vpc", acl.vpc_id.as_str());
    sheet.note(
        "The first rule that fits decides; answers are not remembered and need rules of their own.",
    );
    for (heading, direction) in [("In", Direction::Ingress), ("Out", Direction::Egress)] {
        sheet.heading(heading, "in the order in which they are tried");
        rules(store, at, direction, sheet);
    }
    let subnets = acl.associations.iter().filter_map(|one| one.subnet_id.as_ref());
    sheet.list("Subnets", subnets, |sheet, subnet| sheet.row_of(store, subnet.as_str(), []));
}

/// The ACL that serves a subnet; one that lets everything through is one line.
pub(super) fn of_subnet(store: &Store, subnet: Ix<Subnet>, sheet: &mut Sheet) {
    let Some(at) = store.acl_of(subnet) else {
        sheet.heading("Network ACL", "not known");
        return;
    };
    let acl = &store.network_acls[at].data;
    let default = if acl.is_default { "  default" } else { "" };
    sheet.heading_of(store, "Network ACL", acl.network_acl_id.as_str(), default);
    let Some(all) = store.acl_rules(at) else { return };
    let both = [Direction::Ingress, Direction::Egress];
    if both.iter().all(|way| all.of(*way).first().is_some_and(lets_all)) {
        sheet.row([dim("lets everything through, both ways")]);
        return;
    }
    for direction in both {
        rules(store, at, direction, sheet);
    }
}

fn rules(store: &Store, at: Ix<NetworkAcl>, direction: Direction, sheet: &mut Sheet) {
    let word = if direction == Direction::Ingress { "in" } else { "out" };
    let rules = store.acl_rules(at).map_or(&[][..], |rules| rules.of(direction));
    for rule in rules {
        let number = if rule.number >= 32767 { "*".to_owned() } else { rule.number.to_string() };
        let (tone, verb) =
            if rule.allows { (Tone::Good, "✓ allow") } else { (Tone::Bad, "✗ deny") };
        let verb = Text::of(tone, verb);
        let cidr = Text::from(rule.cidr.to_string());
        sheet.row([dim(format!("{word:<3} {number:>5}")), verb, Text::from(traffic(rule)), cidr]);
    }
}

fn lets_all(rule: &AclRule) -> bool {
    rule.allows && rule.cidr.prefix_len() == 0 && rule.traffic == Traffic::full()
}

/// The protocol as people name it, with its ports.
fn traffic(rule: &AclRule) -> String {
    match rule.protocol.as_str() {
        "-1" => "everything".to_owned(),
        "6" => with_ports("tcp", &rule.traffic.tcp),
        "17" => with_ports("udp", &rule.traffic.udp),
        "1" => "icmp".to_owned(),
        "58" => "icmpv6".to_owned(),
        other => format!("protocol {other}"),
    }
}

fn with_ports(name: &str, ports: &PortSet) -> String {
    if *ports == PortSet::full() {
        return format!("all {name}");
    }
    let ranges = ports.intervals().iter();
    let ranges =
        ranges.map(|(from, to)| if from == to { from.to_string() } else { format!("{from}-{to}") });
    format!("{name} {}", ranges.collect::<Vec<_>>().join(","))
}
