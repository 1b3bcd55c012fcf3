//! VPC peering connections (rules PCX-1 to PCX-5).

use ipnet::{Ipv4Net, Ipv6Net};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::ids::{AccountId, PeeringId, RegionName, VpcId};
use super::tag::Tag;

/// One connection (`DescribeVpcPeeringConnections`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct VpcPeeringConnection {
    pub vpc_peering_connection_id: PeeringId,
    pub requester_vpc_info: Option<PeeringVpcInfo>,
    pub accepter_vpc_info: Option<PeeringVpcInfo>,
    pub status: Option<PeeringStatus>,
    pub tags: Vec<Tag>,
}

/// One side.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PeeringVpcInfo {
    pub vpc_id: Option<VpcId>,
    pub owner_id: Option<AccountId>,
    pub region: Option<RegionName>,
    pub cidr_block: Option<Ipv4Net>,
    pub cidr_block_set: Vec<PeeringCidr>,
    pub ipv6_cidr_block_set: Vec<PeeringIpv6Cidr>,
    pub peering_options: Option<PeeringOptions>,
}

/// An IPv4 CIDR of one side.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PeeringCidr {
    pub cidr_block: Option<Ipv4Net>,
}

/// An IPv6 CIDR of one side.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PeeringIpv6Cidr {
    pub ipv6_cidr_block: Option<Ipv6Net>,
}

/// Options of one side (rule PCX-4).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PeeringOptions {
    pub allow_dns_resolution_from_remote_vpc: Option<bool>,
}

/// Only `active` carries traffic (rule PCX-1).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PeeringStatus {
    pub code: Option<String>,
    pub message: Option<String>,
}

impl VpcPeeringConnection {
    /// Whether it carries traffic.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.state() == Some("active")
    }

    /// `active`, `pending-acceptance`, `deleted` and others, if told.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.status.as_ref()?.code.as_deref()
    }

    /// Both sides.
    pub fn sides(&self) -> impl Iterator<Item = &PeeringVpcInfo> {
        self.requester_vpc_info.iter().chain(&self.accepter_vpc_info)
    }

    /// The side that is not `vpc`.
    #[must_use]
    pub fn other_side(&self, vpc: &VpcId) -> Option<&PeeringVpcInfo> {
        self.sides().find(|side| side.vpc_id.as_ref() != Some(vpc))
    }
}
