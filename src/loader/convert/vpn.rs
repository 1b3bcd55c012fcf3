//! Virtual private gateways and VPN connections, without their keys.

use aws_sdk_ec2::types as ec2;

use super::field::{Unreadable, each, id, known_id, parsed, tags, text, try_each, word};
use crate::model::gateway::GatewayAttachment;
use crate::model::vpn::{CustomerGateway, VgwTelemetry, VpnConnection, VpnGateway, VpnStaticRoute};

pub(in crate::loader) fn vpn_gateway(from: &ec2::VpnGateway) -> VpnGateway {
    VpnGateway {
        vpn_gateway_id: id(from.vpn_gateway_id()),
        state: word(from.state()),
        vpc_attachments: each(from.vpc_attachments.as_ref(), |attachment| GatewayAttachment {
            vpc_id: known_id(attachment.vpc_id()),
            state: word(attachment.state()),
        }),
        amazon_side_asn: from.amazon_side_asn(),
        tags: tags(from.tags.as_ref()),
    }
}

pub(in crate::loader) fn customer_gateway(from: &ec2::CustomerGateway) -> CustomerGateway {
    CustomerGateway {
        customer_gateway_id: id(from.customer_gateway_id()),
        ip_address: text(from.ip_address()),
        bgp_asn: text(from.bgp_asn()),
        state: text(from.state()),
        tags: tags(from.tags.as_ref()),
    }
}

/// Leaves out `CustomerGatewayConfiguration` and the tunnels' options: they hold the pre-shared keys.
pub(in crate::loader) fn connection(
    from: &ec2::VpnConnection,
) -> Result<VpnConnection, Unreadable> {
    Ok(VpnConnection {
        vpn_connection_id: id(from.vpn_connection_id()),
        vpn_gateway_id: known_id(from.vpn_gateway_id()),
        transit_gateway_id: known_id(from.transit_gateway_id()),
        customer_gateway_id: known_id(from.customer_gateway_id()),
        state: word(from.state()),
        routes: try_each(from.routes.as_ref(), static_route)?,
        vgw_telemetry: each(from.vgw_telemetry.as_ref(), |tunnel| VgwTelemetry {
            outside_ip_address: text(tunnel.outside_ip_address()),
            status: word(tunnel.status()),
            accepted_route_count: tunnel.accepted_route_count,
        }),
        tags: tags(from.tags.as_ref()),
    })
}

fn static_route(from: &ec2::VpnStaticRoute) -> Result<VpnStaticRoute, Unreadable> {
    Ok(VpnStaticRoute {
        destination_cidr_block: parsed("DestinationCidrBlock", from.destination_cidr_block())?,
        state: word(from.state()),
    })
}
