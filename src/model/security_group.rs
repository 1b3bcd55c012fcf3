//! Security groups (rules SG-1 to SG-20).

use ipnet::{Ipv4Net, Ipv6Net};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::ids::{AccountId, PeeringId, PrefixListId, SecurityGroupId, VpcId};
use super::tag::Tag;

/// One group (`DescribeSecurityGroups`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct SecurityGroup {
    pub group_id: SecurityGroupId,
    pub group_name: String,
    pub description: Option<String>,
    pub vpc_id: Option<VpcId>,
    pub owner_id: Option<AccountId>,
    /// Inbound rules.
    pub ip_permissions: Vec<IpPermission>,
    /// Outbound rules.
    pub ip_permissions_egress: Vec<IpPermission>,
    pub tags: Vec<Tag>,
}

/// One rule with all its sources or destinations.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct IpPermission {
    /// `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number, or `-1` for all (rule SG-17).
    pub ip_protocol: String,
    /// First port, or ICMP type; -1 is any.
    pub from_port: Option<i32>,
    /// Last port, or ICMP code; -1 is any.
    pub to_port: Option<i32>,
    pub ip_ranges: Vec<IpRange>,
    pub ipv6_ranges: Vec<Ipv6Range>,
    pub prefix_list_ids: Vec<PrefixListRef>,
    pub user_id_group_pairs: Vec<UserIdGroupPair>,
}

impl IpPermission {
    /// Whether it tells what it lets through, as AWS's rules do: with TCP, UDP and ICMP two numbers.
    #[must_use]
    pub fn tells_traffic(&self) -> bool {
        let has_ports = self.from_port.is_some() && self.to_port.is_some();
        let protocol = self.ip_protocol.as_str();
        let wants_ports = matches!(protocol, "tcp" | "udp" | "icmp" | "6" | "17" | "1");
        !self.ip_protocol.is_empty() && (has_ports || !wants_ports)
    }
}

/// An IPv4 source or destination.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct IpRange {
    pub cidr_ip: Option<Ipv4Net>,
    pub description: Option<String>,
}

/// An IPv6 source or destination.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Ipv6Range {
    pub cidr_ipv6: Option<Ipv6Net>,
    pub description: Option<String>,
}

/// A prefix list as source or destination (rule SG-16).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PrefixListRef {
    pub prefix_list_id: PrefixListId,
    pub description: Option<String>,
}

/// Another group as source or destination: its interfaces' private addresses (rule SG-7).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct UserIdGroupPair {
    pub group_id: Option<SecurityGroupId>,
    /// Absent when the group that was referred to is gone (rule SG-9).
    pub group_name: Option<String>,
    pub user_id: Option<AccountId>,
    pub vpc_id: Option<VpcId>,
    pub vpc_peering_connection_id: Option<PeeringId>,
    pub peering_status: Option<String>,
    pub description: Option<String>,
}

/// A group used in a VPC that is not its own (`DescribeSecurityGroupVpcAssociations`, rule SG-14).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct SecurityGroupVpcAssociation {
    pub group_id: SecurityGroupId,
    pub vpc_id: VpcId,
    pub vpc_owner_id: Option<AccountId>,
    pub group_owner_id: Option<AccountId>,
    pub state: Option<String>,
}

/// A group with rules that refer to nothing any more (`DescribeStaleSecurityGroups`, rule SG-13).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct StaleSecurityGroup {
    pub group_id: SecurityGroupId,
    pub group_name: Option<String>,
    pub vpc_id: Option<VpcId>,
    pub stale_ip_permissions: Vec<IpPermission>,
    pub stale_ip_permissions_egress: Vec<IpPermission>,
}
