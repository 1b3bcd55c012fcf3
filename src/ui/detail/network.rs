//! Details of VPCs and subnets, and of the table and ACL that a subnet uses.

use super::sheet::{Sheet, named};
use crate::model::network_acl::NetworkAcl;
use crate::model::route_table::RouteTable;
use crate::model::tag;
use crate::model::traffic::{PortSet, Traffic};
use crate::model::vpc::{Subnet, Vpc};
use crate::store::tree::Node;
use crate::store::{AclRule, Direction, Ix, RouteEntry, Store, Target};
use crate::ui::glyphs;
use crate::ui::text::Line;
use crate::ui::theme::Role;

/// A VPC.
pub fn vpc(store: &Store, node: &Node) -> Sheet {
    let mut sheet = Sheet::default();
    let Some(at) = store.vpcs.position(&*node.id) else { return sheet };
    let vpc = &store.vpcs[at].data;
    sheet.line("vpc", Line::of(Role::Strong, &*node.id).with(Role::Dim, default(vpc.is_default)));
    sheet.fact_if("owner", vpc.owner_id.as_ref().map(ToString::to_string));
    sheet.fact("cidr", node.detail.cidr.as_str());
    let subnets = store.topology().subnets(at).len();
    sheet.fact("holds", format!("{subnets} subnets, {} interfaces", node.leaves));
    sheet.fact_if("dns", dns(store, vpc));
    if vpc.state.as_deref().is_some_and(|state| state != "available") {
        sheet.line("state", Line::of(Role::Warn, vpc.state.clone().unwrap_or_default()));
    }
    ways_out(store, at, &mut sheet);
    sheet
}

fn default(is_default: bool) -> &'static str {
    if is_default { "  default VPC" } else { "" }
}

fn dns(store: &Store, vpc: &Vpc) -> Option<String> {
    let attributes = store.rest.vpc_attributes.iter().find(|one| one.vpc_id == vpc.vpc_id)?;
    let on = |value: bool| if value { "on" } else { "off" };
    let support = attributes.enable_dns_support.as_ref()?.value;
    let hostnames = attributes.enable_dns_hostnames.as_ref()?.value;
    Some(format!("resolution {}, host names {}", on(support), on(hostnames)))
}

/// What leads out of a VPC.
fn ways_out(store: &Store, at: Ix<Vpc>, sheet: &mut Sheet) {
    let id = store.vpcs[at].data.vpc_id.clone();
    sheet.heading("Ways out", "");
    match store.topology().internet_gateway_of(at) {
        Some(gateway) => {
            let gateway = &store.internet_gateways[gateway].data;
            way(
                sheet,
                "internet gateway",
                tag::name(&gateway.tags),
                gateway.internet_gateway_id.as_str(),
                "",
            );
        }
        None => sheet.row(Line::of(Role::Dim, "no internet gateway")),
    }
    for nat in store.nat_gateways.iter().filter(|nat| nat.vpc_id == id) {
        way(
            sheet,
            "NAT gateway",
            tag::name(&nat.tags),
            nat.nat_gateway_id.as_str(),
            nat.state.as_str(),
        );
    }
    for endpoint in store.vpc_endpoints.iter().filter(|endpoint| endpoint.vpc_id == id) {
        let service = endpoint.service_name.as_deref().unwrap_or_default();
        let service = service.splitn(4, '.').last().unwrap_or(service);
        let name = tag::name(&endpoint.tags);
        way(sheet, "endpoint", name, endpoint.vpc_endpoint_id.as_str(), service);
    }
    for peering in store.peerings.iter() {
        let sides = [&peering.requester_vpc_info, &peering.accepter_vpc_info];
        let mut sides = sides.into_iter().flatten();
        if sides.any(|side| side.vpc_id.as_ref() == Some(&id)) {
            let state = peering.status.as_ref().and_then(|status| status.code.as_deref());
            let name = tag::name(&peering.tags);
            let id = peering.vpc_peering_connection_id.as_str();
            way(sheet, "peering", name, id, state.unwrap_or_default());
        }
    }
    let attachments = store.transit_gateway_vpc_attachments.iter();
    for attachment in attachments.filter(|one| one.vpc_id == id) {
        way(sheet, "transit gateway", None, attachment.transit_gateway_id.as_str(), "");
    }
}

fn way(sheet: &mut Sheet, kind: &str, name: Option<&str>, id: &str, aside: &str) {
    let line = Line::of(Role::Text, kind).column(18).and(named(name, id));
    sheet.row(line.with(Role::Dim, format!("  {aside}")));
}

/// A subnet.
pub fn subnet(store: &Store, node: &Node) -> Sheet {
    let mut sheet = Sheet::default();
    let Some(at) = store.subnets.position(&*node.id) else { return sheet };
    let subnet = &store.subnets[at].data;
    let vpc = store.vpcs.get(&subnet.vpc_id).and_then(|vpc| tag::name(&vpc.tags));
    sheet.line("subnet", Line::of(Role::Strong, &*node.id));
    sheet.line("vpc", named(vpc, subnet.vpc_id.as_str()));
    sheet.fact("cidr", node.detail.cidr.as_str());
    sheet.fact_if("zone", zone(subnet));
    sheet.fact("internet", node.detail.way_out.as_deref().unwrap_or_default());
    let free = subnet.available_ip_address_count.map(|free| format!(", {free} addresses free"));
    sheet.fact("holds", format!("{} interfaces{}", node.leaves, free.unwrap_or_default()));
    users(store, at, &mut sheet);
    routes(store, at, &mut sheet);
    acl(store, at, &mut sheet);
    sheet
}

fn zone(subnet: &Subnet) -> Option<String> {
    let name = subnet.availability_zone.as_ref()?;
    let id = subnet.availability_zone_id.as_ref().map(|id| format!("  {id}"));
    Some(format!("{name}{}", id.unwrap_or_default()))
}

/// How many of what are in a subnet.
fn users(store: &Store, subnet: Ix<Subnet>, sheet: &mut Sheet) {
    let mut counts = std::collections::BTreeMap::new();
    for at in store.topology().interfaces(subnet) {
        *counts.entry(store.interface(*at).owner.kind).or_insert(0_usize) += 1;
    }
    let counts = counts.into_iter();
    let parts = counts.map(|(kind, count)| format!("{count} × {}", glyphs::owner_word(kind)));
    let parts: Vec<_> = parts.collect();
    sheet.fact_if("", Some(parts.join(", ")));
}

/// The table that serves a subnet, the winner of each prefix first.
pub fn routes(store: &Store, subnet: Ix<Subnet>, sheet: &mut Sheet) {
    let Some(at) = store.route_table_of(subnet) else {
        sheet.heading("Routes", "not known");
        return;
    };
    let table = &store.route_tables[at].data;
    sheet.heading("Routes", of_table(table));
    let Some(routes) = store.routes(at) else { return };
    let mut lists = Vec::new();
    for entry in routes.entries() {
        if entry.list.as_ref().is_some_and(|list| lists.contains(list)) {
            continue;
        }
        lists.extend(entry.list.clone());
        sheet.row(route(store, entry));
    }
    for (list, _) in &routes.unknown_lists {
        sheet.row(Line::of(Role::Unknown, format!("? {list}: its addresses are not known")));
    }
}

fn of_table(table: &RouteTable) -> String {
    let main = table.associations.iter().any(|association| association.main);
    let name = tag::name(&table.tags).map(|name| format!("{name}  ")).unwrap_or_default();
    format!("{name}{}{}", table.route_table_id, if main { "  main" } else { "" })
}

fn route(store: &Store, entry: &RouteEntry) -> Line {
    let list = entry.list.as_ref();
    let destination = list.map_or_else(
        || entry.prefix.to_string(),
        |list| store.prefix_lists.name(list).map_or_else(|| list.to_string(), short_list),
    );
    let (target, role) = target(&entry.target);
    let line =
        Line::of(Role::Text, destination).column(20).with(Role::Dim, "→ ").with(role, target);
    let line = if entry.propagated { line.with(Role::Dim, "  propagated") } else { line };
    if entry.blackhole { line.with(Role::Bad, "  ✗ target gone: drops") } else { line }
}

/// `com.amazonaws.eu-west-1.s3` → `s3`.
fn short_list(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).to_owned()
}

fn target(target: &Target) -> (String, Role) {
    match target {
        Target::Local => ("local".to_owned(), Role::Dim),
        Target::InternetGateway(id)
        | Target::EgressOnlyInternetGateway(id)
        | Target::NatGateway(id)
        | Target::Peering(id)
        | Target::TransitGateway(id)
        | Target::VpnGateway(id)
        | Target::Endpoint(id)
        | Target::Other { id, .. } => (id.clone(), Role::Accent),
        Target::Interface { interface, instance } => {
            let id = instance.as_ref().or(interface.as_ref()).cloned();
            (id.unwrap_or_default(), Role::Accent)
        }
        Target::Unknown => {
            ("a kind of target that this version does not know".to_owned(), Role::Unknown)
        }
    }
}

/// The ACL that serves a subnet; one that lets everything through is one line.
pub fn acl(store: &Store, subnet: Ix<Subnet>, sheet: &mut Sheet) {
    let Some(at) = store.acl_of(subnet) else {
        sheet.heading("Network ACL", "not known");
        return;
    };
    let acl = &store.network_acls[at].data;
    let Some(rules) = store.acl_rules(at) else { return };
    let (inbound, outbound) = (rules.of(Direction::Ingress), rules.of(Direction::Egress));
    let open = [inbound, outbound].into_iter().all(|rules| rules.first().is_some_and(lets_all));
    sheet.heading("Network ACL", of_acl(acl));
    if open {
        sheet.row(Line::of(Role::Dim, "lets everything through, both ways"));
        return;
    }
    for (word, rules) in [("in", inbound), ("out", outbound)] {
        for rule in rules {
            sheet.row(acl_rule(word, rule));
        }
    }
}

fn of_acl(acl: &NetworkAcl) -> String {
    let name = tag::name(&acl.tags).map(|name| format!("{name}  ")).unwrap_or_default();
    format!("{name}{}{}", acl.network_acl_id, if acl.is_default { "  default" } else { "" })
}

fn lets_all(rule: &AclRule) -> bool {
    rule.allows && rule.cidr.prefix_len() == 0 && rule.traffic == Traffic::full()
}

fn acl_rule(word: &str, rule: &AclRule) -> Line {
    let number = if rule.number >= 32767 { "*".to_owned() } else { rule.number.to_string() };
    let (verb, colour) =
        if rule.allows { ("✓ allow", Role::Good) } else { ("✗ deny", Role::Bad) };
    Line::of(Role::Dim, format!("{word:<3} {number:>5} "))
        .with(colour, format!("{verb:<7}"))
        .with(Role::Text, format!("  {}", traffic(rule)))
        .column(34)
        .with(Role::Text, rule.cidr.to_string())
}

/// The protocol as people name it, with its ports.
fn traffic(rule: &AclRule) -> String {
    let with_ports = |name: &str, ports: &PortSet| {
        let ranges = ports.intervals().iter();
        let ranges = ranges
            .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}-{to}") });
        let ranges: Vec<_> = ranges.collect();
        if *ports == PortSet::full() {
            name.to_owned()
        } else {
            format!("{name} {}", ranges.join(","))
        }
    };
    match rule.protocol.as_str() {
        "-1" => "everything".to_owned(),
        "6" => with_ports("tcp", &rule.traffic.tcp),
        "17" => with_ports("udp", &rule.traffic.udp),
        "1" => "icmp".to_owned(),
        "58" => "icmpv6".to_owned(),
        other => format!("protocol {other}"),
    }
}
