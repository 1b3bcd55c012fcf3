//! Gateways, endpoints and elastic addresses.

use super::interface::with_interfaces;
use super::routing::routed_by;
use super::sheet::{Sheet, Text, Tone, dim, state};
use crate::model::gateway::GatewayAttachment;
use crate::model::vpn::VpnConnection;
use crate::store::Store;

/// A NAT gateway.
pub(super) fn nat(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(nat) = store.nat_gateways.get(id) else { return };
    let kind = if nat.is_private() { "  private" } else { "  public" };
    sheet.fact("nat gateway", Text::of(Tone::Strong, id).with(Tone::Dim, kind));
    sheet.fact_if("state", state(Some(nat.state.as_str()), &["available"]));
    sheet.fact_if("failure", nat.failure_message.clone());
    sheet.refer(store, "vpc", nat.vpc_id.as_str());
    if let Some(subnet) = &nat.subnet_id {
        sheet.refer(store, "subnet", subnet.as_str());
    }
    sheet.list("Addresses", &nat.nat_gateway_addresses, |sheet, one| {
        let private = one.private_ip.map(|ip| ip.to_string()).unwrap_or_default();
        let public = one.public_ip.map(|ip| format!("public {ip}")).unwrap_or_default();
        let interface = one.network_interface_id.as_ref().map(ToString::to_string);
        let interface = interface.unwrap_or_default();
        let cells = [Text::of(Tone::Strong, private), Text::from(public), dim(interface.clone())];
        sheet.row_to(store, &interface, cells);
    });
    routed_by(store, id, sheet);
    if let Some(subnet) = nat.subnet_id.as_ref().and_then(|id| store.subnets.position(id)) {
        super::routing::of_subnet(store, subnet, sheet);
        super::acl::of_subnet(store, subnet, sheet);
    }
}

/// An internet gateway.
pub(super) fn internet(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(gateway) = store.internet_gateways.get(id) else { return };
    sheet.fact("gateway", Text::of(Tone::Strong, id));
    sheet.fact_if("owner", gateway.owner_id.as_ref().map(ToString::to_string));
    attachments(store, &gateway.attachments, sheet);
    entered_by(store, id, sheet);
    routed_by(store, id, sheet);
}

/// An egress-only internet gateway.
pub(super) fn egress_only(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(gateway) = store.egress_only_internet_gateways.get(id) else { return };
    sheet.fact("gateway", Text::of(Tone::Strong, id).with(Tone::Dim, "  IPv6, outwards only"));
    attachments(store, &gateway.attachments, sheet);
    routed_by(store, id, sheet);
}

/// A virtual private gateway.
pub(super) fn vpn(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(gateway) = store.vpn_gateways.get(id) else { return };
    sheet.fact("gateway", Text::of(Tone::Strong, id));
    sheet.fact_if("state", state(gateway.state.as_deref(), &["available"]));
    sheet.fact_if("asn", gateway.amazon_side_asn.map(|asn| asn.to_string()));
    attachments(store, &gateway.vpc_attachments, sheet);
    let connections = store.rest.vpn_connections.iter();
    let here =
        connections.filter(|one| one.vpn_gateway_id.as_ref().is_some_and(|own| own.as_str() == id));
    sheet.list("VPN connections", here, |sheet, one| {
        let id = one.vpn_connection_id.to_string();
        let state = state(one.state.as_deref(), &["available"]);
        let far = dim(far_end(store, one).unwrap_or_default());
        sheet.row([Text::of(Tone::Strong, id), state.unwrap_or_default(), far]);
    });
    entered_by(store, id, sheet);
    routed_by(store, id, sheet);
}

/// The address and the number of the network at the other end of a connection.
pub(super) fn far_end(store: &Store, connection: &VpnConnection) -> Option<String> {
    let id = connection.customer_gateway_id.as_ref()?;
    let Some(far) = store.rest.customer_gateways.iter().find(|one| one.customer_gateway_id == *id)
    else {
        return Some(format!("to {id}"));
    };
    let address = far.ip_address.as_deref().unwrap_or(id.as_str());
    let asn = far.bgp_asn.as_deref().map(|asn| format!(", ASN {asn}")).unwrap_or_default();
    Some(format!("to {address}{asn}"))
}

fn attachments(store: &Store, all: &[GatewayAttachment], sheet: &mut Sheet) {
    if all.is_empty() {
        sheet.fact("attached", Text::of(Tone::Warn, "! to nothing"));
    }
    for one in all {
        let state = state(one.state.as_deref(), &["available", "attached"]).unwrap_or_default();
        let aside = state
            .0
            .into_iter()
            .fold(Text::from("  "), |text, piece| text.with(piece.tone, piece.text));
        let vpc = one.vpc_id.as_ref().map(ToString::to_string).unwrap_or_default();
        sheet.refer_with(store, "attached", &vpc, aside);
    }
}

/// The table for what comes in through a gateway.
fn entered_by(store: &Store, id: &str, sheet: &mut Sheet) {
    if let Some(at) = store.topology().edge_table_of(id) {
        sheet.refer(store, "inbound by", store.route_tables[at].data.route_table_id.as_str());
    }
}

/// A VPC endpoint.
pub(super) fn endpoint(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(endpoint) = store.vpc_endpoints.get(id) else { return };
    let kind = endpoint.vpc_endpoint_type.as_deref().unwrap_or_default();
    sheet.fact("endpoint", Text::of(Tone::Strong, id).with(Tone::Dim, format!("  {kind}")));
    sheet.fact_if("service", endpoint.service_name.clone());
    let lower = endpoint.state.as_ref().map(|state| state.to_lowercase());
    sheet.fact_if("state", state(lower.as_deref(), &["available"]));
    sheet.refer(store, "vpc", endpoint.vpc_id.as_str());
    if endpoint.private_dns_enabled == Some(true) {
        sheet.fact("dns", "private: the service's own name leads here inside the VPC");
    }
    let names = endpoint.dns_entries.iter().filter_map(|entry| entry.dns_name.clone());
    sheet.list("Names", names, |sheet, name| sheet.row([Text::from(name)]));
    if endpoint.is_gateway() {
        let tables = &endpoint.route_table_ids;
        sheet.list("In route tables", tables, |sheet, one| sheet.row_of(store, one.as_str(), []));
    } else {
        with_interfaces(store, store.interfaces_of(id), sheet);
    }
}

/// An elastic address, by allocation or by itself.
pub(super) fn elastic_ip(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(address) = store.elastic_ip(id) else { return };
    let public = address.public_ip.map(|ip| ip.to_string()).unwrap_or_default();
    sheet.fact("address", Text::of(Tone::Strong, public).with(Tone::Dim, format!("  {id}")));
    sheet.fact_if("stands for", address.private_ip_address.map(|ip| ip.to_string()));
    match &address.network_interface_id {
        Some(interface) => sheet.refer(store, "interface", interface.as_str()),
        None => sheet.fact("interface", Text::of(Tone::Warn, "! none: it is used by nothing")),
    }
    if let Some(instance) = &address.instance_id {
        sheet.refer(store, "instance", instance.as_str());
    }
    sheet.fact_if("managed by", address.service_managed.as_deref());
}
