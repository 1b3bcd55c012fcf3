//! Transit gateways, and per route table what uses it, what announces to it and where it leads.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{Filter, TransitGatewayRoute as SdkRoute};

use super::page::{Ask, Page, all, each_of, every, paged, understood};
use crate::loader::convert::transit_gateway as convert;
use crate::loader::convert::{each, sure};
use crate::loader::fault::Fault;
use crate::model::catalogue::Resources;
use crate::model::ids::TransitGatewayRouteTableId;
use crate::model::transit_gateway::{
    TransitGatewayAssociations, TransitGatewayPropagations, TransitGatewayRoutes,
};

const PAGE: i32 = 1000;

paged! { max_results, set_next_token -> next_token:
    gateways = describe_transit_gateways(PAGE), transit_gateways => transit_gateways, sure(convert::gateway);
    attachments = describe_transit_gateway_attachments(PAGE),
        transit_gateway_attachments => transit_gateway_attachments, sure(convert::attachment);
    vpc_attachments = describe_transit_gateway_vpc_attachments(PAGE),
        transit_gateway_vpc_attachments => transit_gateway_vpc_attachments, sure(convert::vpc_attachment);
    peerings = describe_transit_gateway_peering_attachments(PAGE),
        transit_gateway_peering_attachments => transit_gateway_peering_attachments, sure(convert::peering_attachment);
    tables = describe_transit_gateway_route_tables(PAGE),
        transit_gateway_route_tables => transit_gateway_route_tables, sure(convert::route_table);
}

pub(super) fn associations(client: &Client, found: &Resources) -> Vec<Ask> {
    each_of(client, table_ids(found), async |client, table: TransitGatewayRouteTableId| {
        let request = client.get_transit_gateway_route_table_associations();
        let request = request.transit_gateway_route_table_id(table.as_str()).max_results(PAGE);
        let listed = every!(request, set_next_token -> next_token, associations).await?;
        let associations = TransitGatewayAssociations {
            transit_gateway_route_table_id: table,
            associations: each(Some(&listed), convert::association),
        };
        Ok(Resources { transit_gateway_associations: vec![associations], ..Resources::default() })
    })
}

pub(super) fn propagations(client: &Client, found: &Resources) -> Vec<Ask> {
    each_of(client, table_ids(found), async |client, table: TransitGatewayRouteTableId| {
        let request = client.get_transit_gateway_route_table_propagations();
        let request = request.transit_gateway_route_table_id(table.as_str()).max_results(PAGE);
        let listed =
            every!(request, set_next_token -> next_token, transit_gateway_route_table_propagations)
                .await?;
        let propagations = TransitGatewayPropagations {
            transit_gateway_route_table_id: table,
            transit_gateway_route_table_propagations: each(Some(&listed), convert::propagation),
        };
        Ok(Resources { transit_gateway_propagations: vec![propagations], ..Resources::default() })
    })
}

pub(super) fn static_routes(client: &Client, found: &Resources) -> Vec<Ask> {
    each_of(client, table_ids(found), async |client, table| {
        let routes = search(&client, table, filter("type", &["static"])).await?;
        Ok(Resources { transit_gateway_static_routes: vec![routes], ..Resources::default() })
    })
}

pub(super) fn routes(client: &Client, found: &Resources) -> Vec<Ask> {
    each_of(client, table_ids(found), async |client, table| {
        let routes = search(&client, table, filter("state", &["active", "blackhole"])).await?;
        Ok(Resources { transit_gateway_routes: vec![routes], ..Resources::default() })
    })
}

/// The routes of one table. AWS may say that there are more and name no page for them.
async fn search(
    client: &Client,
    table: TransitGatewayRouteTableId,
    filter: Filter,
) -> Result<TransitGatewayRoutes, Fault> {
    let request = client.search_transit_gateway_routes().max_results(PAGE).filters(filter);
    let request = request.transit_gateway_route_table_id(table.as_str());
    let listed: Vec<SdkRoute> = all(|token| {
        let request = request.clone().set_next_token(token);
        async move {
            let answer = request.send().await?;
            match (answer.additional_routes_available, &answer.next_token) {
                (Some(true), None) => Err(Fault::other("AWS lists the first 1000 routes only")),
                _ => Ok((answer.routes, answer.next_token)),
            }
        }
    })
    .await?;
    let routes = understood(&listed, convert::route)?;
    Ok(TransitGatewayRoutes { transit_gateway_route_table_id: table, routes })
}

fn filter(name: &str, values: &[&str]) -> Filter {
    let values = values.iter().map(ToString::to_string).collect();
    Filter::builder().name(name).set_values(Some(values)).build()
}

fn table_ids(found: &Resources) -> impl Iterator<Item = TransitGatewayRouteTableId> + '_ {
    let tables = found.transit_gateway_route_tables.iter();
    tables.map(|table| table.transit_gateway_route_table_id.clone())
}
