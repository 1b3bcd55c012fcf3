//! Gateways at the edge of a VPC: internet, egress-only, NAT (rules IGW, NAT).

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::ids::{
    AccountId, AllocationId, EgressOnlyInternetGatewayId, InternetGatewayId, NatGatewayId,
    NetworkInterfaceId, RouteTableId, SubnetId, VpcId, ZoneId, ZoneName,
};
use super::open_enum::open_enum;
use super::tag::Tag;

/// One internet gateway (`DescribeInternetGateways`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct InternetGateway {
    pub internet_gateway_id: InternetGatewayId,
    pub attachments: Vec<GatewayAttachment>,
    pub owner_id: Option<AccountId>,
    pub tags: Vec<Tag>,
}

/// The VPC that a gateway is attached to; `available` (old) and `attached` both count.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct GatewayAttachment {
    pub vpc_id: Option<VpcId>,
    pub state: Option<String>,
}

/// One egress-only internet gateway (`DescribeEgressOnlyInternetGateways`, rule IGW-4).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct EgressOnlyInternetGateway {
    pub egress_only_internet_gateway_id: EgressOnlyInternetGatewayId,
    pub attachments: Vec<GatewayAttachment>,
    pub tags: Vec<Tag>,
}

/// One NAT gateway (`DescribeNatGateways`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct NatGateway {
    pub nat_gateway_id: NatGatewayId,
    pub vpc_id: VpcId,
    /// Absent for a regional NAT gateway (rule NAT-9).
    pub subnet_id: Option<SubnetId>,
    pub state: NatGatewayState,
    pub connectivity_type: Option<String>,
    /// `zonal` or `regional` (rule NAT-9).
    pub availability_mode: Option<String>,
    /// Of a regional one: `enabled` if it spreads to other zones by itself.
    pub auto_provision_zones: Option<String>,
    pub route_table_id: Option<RouteTableId>,
    pub nat_gateway_addresses: Vec<NatGatewayAddress>,
    pub failure_code: Option<String>,
    pub failure_message: Option<String>,
    pub tags: Vec<Tag>,
}

/// One address pair of a NAT gateway.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct NatGatewayAddress {
    pub allocation_id: Option<AllocationId>,
    pub network_interface_id: Option<NetworkInterfaceId>,
    pub private_ip: Option<Ipv4Addr>,
    pub public_ip: Option<Ipv4Addr>,
    pub is_primary: Option<bool>,
    pub status: Option<String>,
    pub availability_zone: Option<ZoneName>,
    pub availability_zone_id: Option<ZoneId>,
}

open_enum! {
    /// Life of a NAT gateway; only `available` carries traffic (rule NAT-2).
    NatGatewayState {
        /// Being made.
        Pending = "pending",
        /// Not made: see `failure_code`.
        Failed = "failed",
        /// In service.
        Available = "available",
        /// On its way out.
        Deleting = "deleting",
        /// Gone, still listed for an hour.
        Deleted = "deleted",
    }
}

impl GatewayAttachment {
    /// Whether the gateway serves this VPC now.
    #[must_use]
    pub fn is_attached(&self) -> bool {
        matches!(self.state.as_deref(), None | Some("available" | "attached"))
    }
}

impl NatGateway {
    /// Private NAT gateways have no public address (rule NAT-1).
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.connectivity_type.as_deref() == Some("private")
    }

    /// Regional ones have no subnet (rule NAT-9).
    #[must_use]
    pub fn is_regional(&self) -> bool {
        self.availability_mode.as_deref() == Some("regional")
    }
}
