//! Route tables (rules RT-1 to RT-10).

use ipnet::{Ipv4Net, Ipv6Net};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::ids::{
    AccountId, EgressOnlyInternetGatewayId, InstanceId, NatGatewayId, NetworkInterfaceId,
    PeeringId, PrefixListId, RouteTableId, SubnetId, TransitGatewayId, VpcId,
};
use super::open_enum::open_enum;
use super::tag::Tag;

/// One route table (`DescribeRouteTables`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct RouteTable {
    pub route_table_id: RouteTableId,
    pub vpc_id: VpcId,
    pub associations: Vec<RouteTableAssociation>,
    pub propagating_vgws: Vec<PropagatingVgw>,
    pub routes: Vec<Route>,
    pub owner_id: Option<AccountId>,
    pub tags: Vec<Tag>,
}

/// What the table serves: the VPC's main table, a subnet, or a gateway (edge table, rule RT-6).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct RouteTableAssociation {
    pub main: bool,
    pub route_table_association_id: Option<String>,
    pub subnet_id: Option<SubnetId>,
    pub gateway_id: Option<String>,
    pub association_state: Option<AssociationState>,
}

/// State of an association; all but `disassociated` and `failed` count.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct AssociationState {
    pub state: Option<String>,
}

/// A virtual private gateway whose routes are propagated into the table.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PropagatingVgw {
    pub gateway_id: String,
}

/// One route; exactly one destination and at most one target field are set (rule RT-8).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Route {
    pub destination_cidr_block: Option<Ipv4Net>,
    pub destination_ipv6_cidr_block: Option<Ipv6Net>,
    pub destination_prefix_list_id: Option<PrefixListId>,
    /// `local`, or the id of an internet gateway, virtual private gateway or VPC endpoint.
    pub gateway_id: Option<String>,
    pub nat_gateway_id: Option<NatGatewayId>,
    pub network_interface_id: Option<NetworkInterfaceId>,
    pub instance_id: Option<InstanceId>,
    pub instance_owner_id: Option<AccountId>,
    pub vpc_peering_connection_id: Option<PeeringId>,
    pub transit_gateway_id: Option<TransitGatewayId>,
    pub egress_only_internet_gateway_id: Option<EgressOnlyInternetGatewayId>,
    pub local_gateway_id: Option<String>,
    pub carrier_gateway_id: Option<String>,
    pub core_network_arn: Option<String>,
    pub odb_network_arn: Option<String>,
    pub ip_address: Option<String>,
    pub origin: RouteOrigin,
    pub state: RouteState,
}

open_enum! {
    /// How a route came to be: decides ties (rule RT-2).
    RouteOrigin {
        /// Made with the table: the local route.
        CreateRouteTable = "CreateRouteTable",
        /// Static, made by someone.
        CreateRoute = "CreateRoute",
        /// Propagated by a virtual private gateway.
        EnableVgwRoutePropagation = "EnableVgwRoutePropagation",
        /// Propagated by a route server.
        Advertisement = "Advertisement",
    }
}

open_enum! {
    /// Whether the target can take packets (rule RT-4).
    RouteState {
        /// It can.
        Active = "active",
        /// The target is gone; the route still wins its prefix and drops.
        Blackhole = "blackhole",
        /// Filtered by AWS (route server).
        Filtered = "filtered",
    }
}
