//! Transit gateways, their attachments and tables (rules TGW-1 to TGW-10).

use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::ids::{
    AccountId, PrefixListId, RegionName, SubnetId, TransitGatewayAttachmentId, TransitGatewayId,
    TransitGatewayRouteTableId, VpcId,
};
use super::tag::Tag;

/// One gateway (`DescribeTransitGateways`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TransitGateway {
    pub transit_gateway_id: TransitGatewayId,
    pub transit_gateway_arn: Option<String>,
    pub owner_id: Option<AccountId>,
    pub state: Option<String>,
    pub description: Option<String>,
    pub options: Option<TransitGatewayOptions>,
    pub tags: Vec<Tag>,
}

/// Its options (rules TGW-2, SG-10).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TransitGatewayOptions {
    pub association_default_route_table_id: Option<TransitGatewayRouteTableId>,
    pub propagation_default_route_table_id: Option<TransitGatewayRouteTableId>,
    pub default_route_table_association: Option<String>,
    pub default_route_table_propagation: Option<String>,
    pub security_group_referencing_support: Option<String>,
    pub dns_support: Option<String>,
    pub amazon_side_asn: Option<i64>,
}

/// One attachment of any kind (`DescribeTransitGatewayAttachments`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TransitGatewayAttachment {
    pub transit_gateway_attachment_id: TransitGatewayAttachmentId,
    pub transit_gateway_id: TransitGatewayId,
    pub transit_gateway_owner_id: Option<AccountId>,
    /// `vpc`, `vpn`, `direct-connect-gateway`, `connect`, `peering`, ...
    pub resource_type: Option<String>,
    pub resource_id: Option<String>,
    pub resource_owner_id: Option<AccountId>,
    pub state: Option<String>,
    pub association: Option<AttachmentAssociation>,
    pub tags: Vec<Tag>,
}

/// The table that an attachment's packets are looked up in.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct AttachmentAssociation {
    pub transit_gateway_route_table_id: Option<TransitGatewayRouteTableId>,
    pub state: Option<String>,
}

/// One VPC attachment (`DescribeTransitGatewayVpcAttachments`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TransitGatewayVpcAttachment {
    pub transit_gateway_attachment_id: TransitGatewayAttachmentId,
    pub transit_gateway_id: TransitGatewayId,
    pub vpc_id: VpcId,
    pub vpc_owner_id: Option<AccountId>,
    pub subnet_ids: Vec<SubnetId>,
    pub state: Option<String>,
    pub options: Option<VpcAttachmentOptions>,
    pub tags: Vec<Tag>,
}

/// Its options (rules SG-10, TGW-8).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct VpcAttachmentOptions {
    pub appliance_mode_support: Option<String>,
    pub dns_support: Option<String>,
    pub ipv6_support: Option<String>,
    pub security_group_referencing_support: Option<String>,
}

/// One peering of two gateways (`DescribeTransitGatewayPeeringAttachments`, rule TGW-7).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TransitGatewayPeeringAttachment {
    pub transit_gateway_attachment_id: TransitGatewayAttachmentId,
    pub accepter_transit_gateway_attachment_id: Option<TransitGatewayAttachmentId>,
    pub requester_tgw_info: Option<PeeringTgwInfo>,
    pub accepter_tgw_info: Option<PeeringTgwInfo>,
    pub state: Option<String>,
    pub tags: Vec<Tag>,
}

/// One side of such a peering.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PeeringTgwInfo {
    pub transit_gateway_id: Option<TransitGatewayId>,
    pub owner_id: Option<AccountId>,
    pub region: Option<RegionName>,
}

/// One route table (`DescribeTransitGatewayRouteTables`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TransitGatewayRouteTable {
    pub transit_gateway_route_table_id: TransitGatewayRouteTableId,
    pub transit_gateway_id: TransitGatewayId,
    pub default_association_route_table: Option<bool>,
    pub default_propagation_route_table: Option<bool>,
    pub state: Option<String>,
    pub tags: Vec<Tag>,
}

/// The associations of one table (`GetTransitGatewayRouteTableAssociations`, merged per table).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TransitGatewayAssociations {
    pub transit_gateway_route_table_id: TransitGatewayRouteTableId,
    pub associations: Vec<RouteTableAttachment>,
}

/// The propagations of one table (`GetTransitGatewayRouteTablePropagations`, merged per table).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TransitGatewayPropagations {
    pub transit_gateway_route_table_id: TransitGatewayRouteTableId,
    pub transit_gateway_route_table_propagations: Vec<RouteTableAttachment>,
}

/// An attachment that is associated with, or propagates into, a table.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct RouteTableAttachment {
    pub transit_gateway_attachment_id: TransitGatewayAttachmentId,
    pub resource_id: Option<String>,
    pub resource_type: Option<String>,
    pub state: Option<String>,
}

/// Routes of one table (`SearchTransitGatewayRoutes`, merged per table): all of them, or the static ones.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TransitGatewayRoutes {
    pub transit_gateway_route_table_id: TransitGatewayRouteTableId,
    pub routes: Vec<TransitGatewayRoute>,
}

/// One route.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TransitGatewayRoute {
    pub destination_cidr_block: Option<IpNet>,
    pub prefix_list_id: Option<PrefixListId>,
    /// `static` or `propagated`.
    #[serde(rename = "Type")]
    pub route_type: Option<String>,
    /// `active` or `blackhole`.
    pub state: Option<String>,
    pub transit_gateway_attachments: Vec<RouteAttachment>,
}

/// The attachment that a route leads to.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct RouteAttachment {
    pub transit_gateway_attachment_id: TransitGatewayAttachmentId,
    pub resource_id: Option<String>,
    pub resource_type: Option<String>,
}
