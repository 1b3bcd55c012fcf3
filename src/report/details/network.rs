//! VPCs and subnets.

use std::collections::BTreeMap;

use super::sheet::{Sheet, Text, Tone, dim, label, state};
use super::{acl, routing};
use crate::model::catalogue::Envelope;
use crate::model::vpc::{Subnet, Vpc};
use crate::report::words::{self, counted};
use crate::store::{Ix, Store};

/// A VPC.
pub(super) fn vpc(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(at) = store.vpcs.position(id) else { return };
    let vpc = &store.vpcs[at].data;
    let default = if vpc.is_default { "  default VPC" } else { "" };
    sheet.fact("vpc", Text::of(Tone::Strong, id).with(Tone::Dim, default));
    let v4 = vpc.ipv4_cidrs().map(|cidr| cidr.to_string());
    let cidrs: Vec<_> = v4.chain(vpc.ipv6_cidrs().map(|cidr| cidr.to_string())).collect();
    sheet.fact("cidr", cidrs.join(" "));
    sheet.fact_if("owner", vpc.owner_id.as_ref().map(ToString::to_string));
    sheet.fact_if("dns", dns(store, vpc));
    sheet.fact_if("name servers", name_servers(store, vpc));
    if vpc.state.as_deref() != Some("available") {
        sheet.fact_if("state", state(vpc.state.as_deref(), &[]));
    }
    ways_out(store, at, sheet);
    subnets(store, at, sheet);
    filters(store, vpc, sheet);
}

fn dns(store: &Store, vpc: &Vpc) -> Option<String> {
    let attributes = store.rest.vpc_attributes.iter().find(|one| one.vpc_id == vpc.vpc_id)?;
    let on = |value: bool| if value { "on" } else { "off" };
    let support = attributes.enable_dns_support.as_ref()?.value?;
    let hostnames = attributes.enable_dns_hostnames.as_ref()?.value?;
    Some(format!("resolution {}, host names {}", on(support), on(hostnames)))
}

/// Those that its DHCP options hand out, where these are others than AWS's own: such are asked by ordinary traffic, which
/// is filtered (rule DNS-2).
fn name_servers(store: &Store, vpc: &Vpc) -> Option<String> {
    let options = vpc.dhcp_options_id.as_ref()?;
    let options = store.rest.dhcp_options.iter().find(|one| one.dhcp_options_id == *options)?;
    let servers = options.dhcp_configurations.iter();
    let servers = servers.filter(|one| one.key == "domain-name-servers");
    let servers: Vec<_> = servers.flat_map(|one| &one.values).map(|one| &*one.value).collect();
    let has_others = servers.iter().any(|server| *server != "AmazonProvidedDNS");
    has_others.then(|| servers.join(", "))
}

/// What leads out of a VPC.
fn ways_out(store: &Store, at: Ix<Vpc>, sheet: &mut Sheet) {
    let id = &store.vpcs[at].data.vpc_id;
    let mut ways: Vec<(&str, &str, String)> = Vec::new();
    if let Some(gateway) = store.topology().internet_gateway_of(at) {
        let gateway = &store.internet_gateways[gateway].data;
        ways.push(("internet gateway", gateway.internet_gateway_id.as_str(), String::new()));
    }
    let nats = store.nat_gateways.iter().filter(|nat| nat.vpc_id == *id);
    ways.extend(
        nats.map(|nat| ("NAT gateway", nat.nat_gateway_id.as_str(), nat.state.as_str().to_owned())),
    );
    let endpoints = store.vpc_endpoints.iter().filter(|endpoint| endpoint.vpc_id == *id);
    ways.extend(endpoints.map(|one| {
        let service = one.service_name.as_deref().unwrap_or_default();
        let service = service.splitn(4, '.').last().unwrap_or(service);
        ("endpoint", one.vpc_endpoint_id.as_str(), service.to_owned())
    }));
    let joins = |side: &crate::model::peering::PeeringVpcInfo| side.vpc_id.as_ref() == Some(id);
    let peerings = store.peerings.iter().filter(|one| one.sides().any(joins));
    ways.extend(peerings.map(|one| {
        let state = one.status.as_ref().and_then(|status| status.code.clone());
        ("peering", one.vpc_peering_connection_id.as_str(), state.unwrap_or_default())
    }));
    let attached = store.transit_gateway_vpc_attachments.iter().filter(|one| one.vpc_id == *id);
    ways.extend(attached.map(|one| {
        let through = one.transit_gateway_attachment_id.to_string();
        ("transit gateway", one.transit_gateway_id.as_str(), through)
    }));
    if ways.is_empty() {
        sheet.heading("Ways out", if all_told(store) { "none" } else { "none that is known" });
    }
    sheet.list("Ways out", ways, |sheet, (kind, id, aside)| {
        sheet.row_to(store, id, [Text::from(kind), label(store, id), dim(aside)]);
    });
}

/// Whether everything was listed that leads out of a VPC.
fn all_told(store: &Store) -> bool {
    let lists = [
        Envelope::InternetGateways,
        Envelope::NatGateways,
        Envelope::VpcEndpoints,
        Envelope::VpcPeeringConnections,
        Envelope::TransitGatewayVpcAttachments,
    ];
    lists.into_iter().all(|list| !store.lacks(list))
}

fn subnets(store: &Store, at: Ix<Vpc>, sheet: &mut Sheet) {
    let mut subnets = store.topology().subnets(at).to_vec();
    subnets.sort_by_key(|at| store.subnets[*at].data.cidr_block);
    sheet.list("Subnets", subnets, |sheet, at| {
        let subnet = &store.subnets[at].data;
        let cidr = subnet.cidr_block.map(|cidr| cidr.to_string()).unwrap_or_default();
        let zone = subnet.availability_zone.as_ref().map(ToString::to_string).unwrap_or_default();
        let held = words::interfaces(store, store.topology().interfaces(at).len());
        sheet.row_of(store, subnet.subnet_id.as_str(), [Text::from(cidr), dim(zone), dim(held)]);
    });
}

fn filters(store: &Store, vpc: &Vpc, sheet: &mut Sheet) {
    let tables = store.route_tables.iter().filter(|table| table.vpc_id == vpc.vpc_id);
    sheet.list("Route tables", tables, |sheet, table| {
        sheet.row_of(store, table.route_table_id.as_str(), [dim(routing::serves(table))]);
    });
    let acls = store.network_acls.iter().filter(|acl| acl.vpc_id == vpc.vpc_id);
    sheet.list("Network ACLs", acls, |sheet, acl| {
        let serves = counted(acl.associations.len(), "subnet");
        sheet.row_of(store, acl.network_acl_id.as_str(), [dim(serves)]);
    });
    let groups = store.security_groups.iter();
    let groups = groups.filter(|group| group.vpc_id.as_ref() == Some(&vpc.vpc_id));
    sheet.list("Security groups", groups, |sheet, group| {
        let members = store.members(&group.group_id).len();
        let on = format!("on {}", words::interfaces(store, members));
        sheet.row_of(store, group.group_id.as_str(), [dim(on)]);
    });
}

/// A subnet.
pub(super) fn subnet(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(at) = store.subnets.position(id) else { return };
    let subnet = &store.subnets[at].data;
    sheet.fact("subnet", Text::of(Tone::Strong, id));
    sheet.refer(store, "vpc", subnet.vpc_id.as_str());
    let v4 = subnet.cidr_block.map(|cidr| cidr.to_string());
    let cidrs: Vec<_> =
        v4.into_iter().chain(subnet.ipv6_cidrs().map(|cidr| cidr.to_string())).collect();
    sheet.fact("cidr", cidrs.join(" "));
    sheet.fact_if("zone", zone(subnet));
    sheet.fact_if("owner", subnet.owner_id.as_ref().map(ToString::to_string));
    holds(store, at, sheet);
    routing::of_subnet(store, at, sheet);
    acl::of_subnet(store, at, sheet);
}

fn zone(subnet: &Subnet) -> Option<Text> {
    let name = subnet.availability_zone.as_ref()?;
    let id = subnet.availability_zone_id.as_ref().map(|id| format!("  {id}"));
    Some(Text::from(name.to_string()).with(Tone::Dim, id.unwrap_or_default()))
}

/// How many of what are in a subnet.
fn holds(store: &Store, at: Ix<Subnet>, sheet: &mut Sheet) {
    let interfaces = store.topology().interfaces(at);
    let free = store.subnets[at].data.available_ip_address_count;
    let free = free.map(|free| format!(", {free} addresses free")).unwrap_or_default();
    sheet.fact("holds", format!("{}{free}", words::interfaces(store, interfaces.len())));
    let mut counts = BTreeMap::new();
    for at in interfaces {
        *counts.entry(store.interface(*at).owner.kind).or_insert(0_usize) += 1;
    }
    let counts = counts.into_iter();
    let parts: Vec<_> = counts.map(|(kind, count)| format!("{count} × {}", kind.word())).collect();
    sheet.fact("", parts.join(", "));
}
