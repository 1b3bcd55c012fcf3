//! Route tables.

use aws_sdk_ec2::types as ec2;

use super::field::{Unreadable, each, id, known_id, open, parsed, tags, text, try_each, word};
use crate::model::route_table::{
    AssociationState, PropagatingVgw, Route, RouteTable, RouteTableAssociation,
};

pub(in crate::loader) fn route_table(from: &ec2::RouteTable) -> Result<RouteTable, Unreadable> {
    Ok(RouteTable {
        route_table_id: id(from.route_table_id()),
        vpc_id: id(from.vpc_id()),
        associations: each(from.associations.as_ref(), association),
        propagating_vgws: each(from.propagating_vgws.as_ref(), |vgw| PropagatingVgw {
            gateway_id: id(vgw.gateway_id()),
        }),
        routes: try_each(from.routes.as_ref(), route)?,
        owner_id: known_id(from.owner_id()),
        tags: tags(from.tags.as_ref()),
    })
}

fn association(from: &ec2::RouteTableAssociation) -> RouteTableAssociation {
    let state = from.association_state();
    RouteTableAssociation {
        main: from.main().unwrap_or_default(),
        route_table_association_id: text(from.route_table_association_id()),
        subnet_id: known_id(from.subnet_id()),
        gateway_id: known_id(from.gateway_id()),
        association_state: state.map(|s| AssociationState { state: word(s.state()) }),
    }
}

fn route(from: &ec2::Route) -> Result<Route, Unreadable> {
    let ipv6 = from.destination_ipv6_cidr_block();
    Ok(Route {
        destination_cidr_block: parsed("DestinationCidrBlock", from.destination_cidr_block())?,
        destination_ipv6_cidr_block: parsed("DestinationIpv6CidrBlock", ipv6)?,
        destination_prefix_list_id: known_id(from.destination_prefix_list_id()),
        gateway_id: known_id(from.gateway_id()),
        nat_gateway_id: known_id(from.nat_gateway_id()),
        network_interface_id: known_id(from.network_interface_id()),
        instance_id: known_id(from.instance_id()),
        instance_owner_id: known_id(from.instance_owner_id()),
        vpc_peering_connection_id: known_id(from.vpc_peering_connection_id()),
        transit_gateway_id: known_id(from.transit_gateway_id()),
        egress_only_internet_gateway_id: known_id(from.egress_only_internet_gateway_id()),
        local_gateway_id: known_id(from.local_gateway_id()),
        carrier_gateway_id: known_id(from.carrier_gateway_id()),
        core_network_arn: known_id(from.core_network_arn()),
        odb_network_arn: known_id(from.odb_network_arn()),
        ip_address: known_id(from.ip_address()),
        origin: open(from.origin()),
        state: open(from.state()),
    })
}
