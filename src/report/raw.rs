//! A thing as AWS describes it: the JSON of its `describe` call, as far as this program reads it.

use serde::Serialize;

use super::details::{Entry, Subject, Text, Tone};
use crate::store::Store;
use crate::store::names::Kind;

/// The JSON, row by row, with what is to be said about it.
pub fn lines(store: &Store, subject: &Subject) -> Vec<Entry> {
    let Some(json) = json(store, subject) else {
        let text = "AWS describes no such thing: it is put together from what other things say.";
        return vec![Entry::Note(text.to_owned())];
    };
    let note = "As AWS describes it. Fields that the program does not use are not kept, so they are not here.";
    let rows = json.lines().map(|line| Entry::Row { cells: vec![coloured(line)], link: None });
    std::iter::once(Entry::Note(note.to_owned())).chain(rows).collect()
}

/// Keys and brackets recede: the values are what one looks for.
fn coloured(line: &str) -> Text {
    match line.split_once("\": ") {
        Some((key, value)) if key.trim_start().starts_with('"') => {
            Text::of(Tone::Dim, format!("{key}\": ")).with(Tone::Text, value)
        }
        _ => Text::of(Tone::Text, line),
    }
}

/// The JSON of a thing.
pub fn json(store: &Store, subject: &Subject) -> Option<String> {
    let Subject::Thing(kind, id) = subject else { return None };
    let id = id.as_str();
    match kind {
        Kind::Vpc => pretty(store.vpcs.get(id)),
        Kind::Subnet => pretty(store.subnets.get(id)),
        Kind::NetworkInterface => pretty(store.network_interfaces.get(id)),
        Kind::Instance => pretty(store.instances.get(id)),
        Kind::Function | Kind::FunctionVersion => pretty(store.functions.get(id)),
        Kind::Database => pretty(store.databases.get(id)),
        Kind::DatabaseCluster => pretty(store.clusters.get(id)),
        Kind::DatabaseProxy => pretty(store.proxies.get(id)),
        Kind::DatabaseProxyEndpoint => pretty(store.proxy_endpoints.get(id)),
        Kind::LoadBalancer => pretty(store.load_balancers.get(id)),
        Kind::TargetGroup => pretty(store.target_groups.get(id)),
        Kind::NatGateway => pretty(store.nat_gateways.get(id)),
        Kind::InternetGateway => pretty(store.internet_gateways.get(id)),
        Kind::EgressOnlyInternetGateway => pretty(store.egress_only_internet_gateways.get(id)),
        Kind::VpcEndpoint => pretty(store.vpc_endpoints.get(id)),
        Kind::ElasticIp => pretty(store.elastic_ip(id)),
        Kind::SecurityGroup => pretty(store.security_groups.get(id)),
        Kind::RouteTable => pretty(store.route_tables.get(id)),
        Kind::NetworkAcl => pretty(store.network_acls.get(id)),
        Kind::PrefixList => prefix_list(store, id),
        Kind::PeeringConnection => pretty(store.peerings.get(id)),
        Kind::TransitGateway => pretty(store.transit_gateways.get(id)),
        Kind::TransitGatewayAttachment => pretty(store.transit_gateway_attachments.get(id)),
        Kind::TransitGatewayRouteTable => pretty(store.transit_gateway_route_tables.get(id)),
        Kind::VpnGateway => pretty(store.vpn_gateways.get(id)),
    }
}

/// AWS lists its own lists in one call and everybody's in another.
fn prefix_list(store: &Store, id: &str) -> Option<String> {
    let regions = || store.source().regions.iter().map(|region| &region.resources);
    let managed = regions().flat_map(|all| &all.managed_prefix_lists);
    let mut managed = managed.filter(|list| list.prefix_list_id.as_str() == id);
    let own = regions().flat_map(|all| &all.prefix_lists);
    let mut own = own.filter(|list| list.prefix_list_id.as_str() == id);
    pretty(managed.next()).or_else(|| pretty(own.next()))
}

fn pretty(resource: Option<&impl Serialize>) -> Option<String> {
    serde_json::to_string_pretty(resource?).ok()
}
