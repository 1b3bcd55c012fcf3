//! Transit gateways, their attachments and route tables.

use super::gateway::far_end;
use super::routing::routed_by;
use super::sheet::{Sheet, Text, Tone, dim, label, state};
use crate::model::transit_gateway::{RouteTableAttachment, TransitGatewayOptions};
use crate::store::{Store, TransitRoute};

/// A transit gateway.
pub(super) fn gateway(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(gateway) = store.transit_gateways.get(id) else { return };
    sheet.fact("gateway", Text::of(Tone::Strong, id));
    sheet.fact_if("about", gateway.description.clone().filter(|text| !text.is_empty()));
    sheet.fact_if("state", state(gateway.state.as_deref(), &["available"]));
    sheet.fact_if("owner", gateway.owner_id.as_ref().map(ToString::to_string));
    if let Some(options) = &gateway.options {
        self::options(store, options, sheet);
    }
    let attachments = store.transit_gateway_attachments.iter();
    let attachments = attachments.filter(|one| one.transit_gateway_id.as_str() == id);
    sheet.list("Attachments", attachments, |sheet, one| {
        let kind = one.resource_type.clone().unwrap_or_default();
        let resource = one.resource_id.as_deref().unwrap_or_default();
        let state = state(one.state.as_deref(), &["available"]).unwrap_or_default();
        let id = one.transit_gateway_attachment_id.as_str();
        sheet.row_to(store, id, [dim(kind), label(store, resource), dim(id), state]);
    });
    let tables = store.transit_gateway_route_tables.iter();
    let tables = tables.filter(|one| one.transit_gateway_id.as_str() == id);
    sheet.list("Route tables", tables, |sheet, one| {
        let id = &one.transit_gateway_route_table_id;
        let routes = store.transit().table(id).map(|table| table.routes.len());
        let routes =
            routes.map_or_else(|| "? routes not known".to_owned(), |n| format!("{n} routes"));
        sheet.row_of(store, id.as_str(), [dim(routes)]);
    });
    routed_by(store, id, sheet);
}

fn options(store: &Store, options: &TransitGatewayOptions, sheet: &mut Sheet) {
    let referencing = options.security_group_referencing_support.as_deref();
    sheet.fact_if("group refs", referencing.map(str::to_owned));
    if let Some(table) = &options.association_default_route_table_id {
        sheet.refer(store, "new ones", table.as_str());
    }
}

/// An attachment.
pub(super) fn attachment(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(one) = store.transit_gateway_attachments.get(id) else { return };
    let kind = one.resource_type.clone().unwrap_or_default();
    sheet.fact("attachment", Text::of(Tone::Strong, id).with(Tone::Dim, format!("  {kind}")));
    sheet.fact_if("state", state(one.state.as_deref(), &["available"]));
    sheet.refer(store, "gateway", one.transit_gateway_id.as_str());
    sheet.refer(store, "of", one.resource_id.as_deref().unwrap_or_default());
    let mut connections = store.rest.vpn_connections.iter();
    let connection =
        connections.find(|vpn| Some(vpn.vpn_connection_id.as_str()) == one.resource_id.as_deref());
    sheet.fact_if("far end", connection.and_then(|one| far_end(store, one)));
    let attachment = &one.transit_gateway_attachment_id;
    match store.transit().association(&one.transit_gateway_id, attachment) {
        Some(table) => sheet.refer(store, "looks into", table.as_str()),
        None => sheet.fact("looks into", Text::of(Tone::Warn, "! no route table: drops")),
    }
    let vpc = store.transit_gateway_vpc_attachments.get(id);
    if let Some(options) = vpc.and_then(|vpc| vpc.options.as_ref()) {
        sheet.fact_if("appliance", options.appliance_mode_support.clone());
        sheet.fact_if("group refs", options.security_group_referencing_support.clone());
    }
    let subnets = vpc.into_iter().flat_map(|vpc| &vpc.subnet_ids);
    sheet.list("In subnets", subnets, |sheet, subnet| sheet.row_of(store, subnet.as_str(), []));
    let told = store.rest.transit_gateway_propagations.iter();
    let told = told.filter(|table| {
        let mut all = table.transit_gateway_route_table_propagations.iter();
        all.any(|one| one.transit_gateway_attachment_id == *attachment)
    });
    sheet.list("Announces itself to", told, |sheet, table| {
        sheet.row_of(store, table.transit_gateway_route_table_id.as_str(), []);
    });
}

/// A route table of a transit gateway.
pub(super) fn table(store: &Store, id: &str, sheet: &mut Sheet) {
    let Some(one) = store.transit_gateway_route_tables.get(id) else { return };
    sheet.fact("table", Text::of(Tone::Strong, id));
    sheet.refer(store, "gateway", one.transit_gateway_id.as_str());
    let told = store.transit().table(&one.transit_gateway_route_table_id);
    if told.is_none() {
        sheet.fact("routes", Text::of(Tone::Unknown, "? not known"));
    }
    let routes = told.into_iter().flat_map(|table| &table.routes);
    sheet.list("Routes", routes, |sheet, one| route(store, one, sheet));
    let associations = store.rest.transit_gateway_associations.iter();
    let associations = associations.filter(|one| one.transit_gateway_route_table_id.as_str() == id);
    attached(store, "Looked into by", associations.flat_map(|one| &one.associations), sheet);
    let told = store.rest.transit_gateway_propagations.iter();
    let told = told.filter(|one| one.transit_gateway_route_table_id.as_str() == id);
    let told = told.flat_map(|one| &one.transit_gateway_route_table_propagations);
    attached(store, "Told by", told, sheet);
}

fn attached<'a>(
    store: &Store,
    heading: &str,
    all: impl Iterator<Item = &'a RouteTableAttachment>,
    sheet: &mut Sheet,
) {
    sheet.list(heading, all, |sheet, one| {
        let kind = one.resource_type.clone().unwrap_or_default();
        let resource = label(store, one.resource_id.as_deref().unwrap_or_default());
        let id = one.transit_gateway_attachment_id.as_str();
        sheet.row_to(store, id, [dim(kind), resource, dim(id)]);
    });
}

fn route(store: &Store, route: &TransitRoute, sheet: &mut Sheet) {
    let origin = dim(if route.is_static { "static" } else { "propagated" });
    let prefix = Text::from(route.prefix.to_string());
    if route.blackhole {
        sheet.row([prefix, dim("→"), Text::of(Tone::Bad, "✗ blackhole: drops"), origin]);
        return;
    }
    let resource = label(store, route.resource_id.as_deref().unwrap_or_default());
    let attachment = route.attachment.as_ref().map(ToString::to_string).unwrap_or_default();
    sheet.row_to(store, &attachment, [prefix, dim("→"), resource, origin]);
}
