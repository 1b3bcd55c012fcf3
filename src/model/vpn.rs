//! Virtual private gateways and VPN connections (rule VGW-1).
//!
//! `CustomerGatewayConfiguration` and the tunnels' pre-shared keys are secrets: no field here can hold them.

use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::gateway::GatewayAttachment;
use super::ids::{CustomerGatewayId, TransitGatewayId, VpnConnectionId, VpnGatewayId};
use super::tag::Tag;

/// One virtual private gateway (`DescribeVpnGateways`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct VpnGateway {
    pub vpn_gateway_id: VpnGatewayId,
    pub state: Option<String>,
    pub vpc_attachments: Vec<GatewayAttachment>,
    pub amazon_side_asn: Option<i64>,
    pub tags: Vec<Tag>,
}

/// One customer gateway (`DescribeCustomerGateways`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct CustomerGateway {
    pub customer_gateway_id: CustomerGatewayId,
    pub ip_address: Option<String>,
    pub bgp_asn: Option<String>,
    pub state: Option<String>,
    pub tags: Vec<Tag>,
}

/// One connection (`DescribeVpnConnections`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct VpnConnection {
    pub vpn_connection_id: VpnConnectionId,
    pub vpn_gateway_id: Option<VpnGatewayId>,
    pub transit_gateway_id: Option<TransitGatewayId>,
    pub customer_gateway_id: Option<CustomerGatewayId>,
    pub state: Option<String>,
    pub routes: Vec<VpnStaticRoute>,
    pub vgw_telemetry: Vec<VgwTelemetry>,
    pub tags: Vec<Tag>,
}

/// A static route of a connection.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct VpnStaticRoute {
    pub destination_cidr_block: Option<IpNet>,
    pub state: Option<String>,
}

/// State of a tunnel: `UP` or `DOWN`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct VgwTelemetry {
    pub outside_ip_address: Option<String>,
    pub status: Option<String>,
    pub accepted_route_count: Option<i32>,
}
