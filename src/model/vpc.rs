//! VPCs, their subnets, attributes and DHCP options.

use ipnet::{Ipv4Net, Ipv6Net};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::ids::{AccountId, DhcpOptionsId, SubnetId, VpcId, ZoneId, ZoneName};
use super::tag::Tag;

/// One VPC (`DescribeVpcs`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Vpc {
    pub vpc_id: VpcId,
    /// Primary IPv4 CIDR.
    pub cidr_block: Option<Ipv4Net>,
    pub cidr_block_association_set: Vec<CidrBlockAssociation>,
    pub ipv6_cidr_block_association_set: Vec<Ipv6CidrBlockAssociation>,
    pub dhcp_options_id: Option<DhcpOptionsId>,
    pub instance_tenancy: Option<String>,
    pub is_default: bool,
    pub owner_id: Option<AccountId>,
    pub state: Option<String>,
    pub block_public_access_states: Option<BlockPublicAccessStates>,
    pub tags: Vec<Tag>,
}

/// An IPv4 CIDR of a VPC.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct CidrBlockAssociation {
    pub association_id: Option<String>,
    pub cidr_block: Option<Ipv4Net>,
    pub cidr_block_state: Option<CidrBlockState>,
}

/// An IPv6 CIDR of a VPC or subnet.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Ipv6CidrBlockAssociation {
    pub association_id: Option<String>,
    pub ipv6_cidr_block: Option<Ipv6Net>,
    pub ipv6_cidr_block_state: Option<CidrBlockState>,
}

/// State of a CIDR association; only `associated` counts.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct CidrBlockState {
    pub state: Option<String>,
}

/// How Block Public Access treats this VPC or subnet (rule BPA-2).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct BlockPublicAccessStates {
    pub internet_gateway_block_mode: Option<String>,
}

/// One subnet (`DescribeSubnets`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Subnet {
    pub subnet_id: SubnetId,
    pub vpc_id: VpcId,
    pub cidr_block: Option<Ipv4Net>,
    pub ipv6_cidr_block_association_set: Vec<Ipv6CidrBlockAssociation>,
    pub availability_zone: Option<ZoneName>,
    pub availability_zone_id: Option<ZoneId>,
    pub available_ip_address_count: Option<u32>,
    pub map_public_ip_on_launch: Option<bool>,
    pub assign_ipv6_address_on_creation: Option<bool>,
    pub ipv6_native: Option<bool>,
    pub enable_dns64: Option<bool>,
    pub default_for_az: Option<bool>,
    pub owner_id: Option<AccountId>,
    pub state: Option<String>,
    pub subnet_arn: Option<String>,
    pub block_public_access_states: Option<BlockPublicAccessStates>,
    pub tags: Vec<Tag>,
}

/// The attributes that `DescribeVpcAttribute` tells one by one, merged per VPC (rules DNS-1, EP-4).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct VpcAttributes {
    pub vpc_id: VpcId,
    pub enable_dns_support: Option<AttributeValue>,
    pub enable_dns_hostnames: Option<AttributeValue>,
}

/// A boolean attribute.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct AttributeValue {
    pub value: Option<bool>,
}

/// One DHCP option set (`DescribeDhcpOptions`, rule DNS-2).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DhcpOptions {
    pub dhcp_options_id: DhcpOptionsId,
    pub dhcp_configurations: Vec<DhcpConfiguration>,
    pub owner_id: Option<AccountId>,
    pub tags: Vec<Tag>,
}

/// One option, such as `domain-name-servers`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DhcpConfiguration {
    pub key: String,
    pub values: Vec<DhcpValue>,
}

/// One value of an option.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DhcpValue {
    pub value: String,
}

/// The region's Block Public Access setting (`DescribeVpcBlockPublicAccessOptions`, rule BPA-1).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct BlockPublicAccessOptions {
    pub aws_account_id: Option<AccountId>,
    pub aws_region: Option<String>,
    /// `off`, `block-bidirectional` or `block-ingress`.
    pub internet_gateway_block_mode: Option<String>,
    pub state: Option<String>,
    pub exclusions_allowed: Option<String>,
}

/// An exception to it (`DescribeVpcBlockPublicAccessExclusions`, rule BPA-2).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct BlockPublicAccessExclusion {
    pub exclusion_id: Option<String>,
    /// `allow-bidirectional` or `allow-egress`.
    pub internet_gateway_exclusion_mode: Option<String>,
    /// ARN of the VPC or subnet.
    pub resource_arn: Option<String>,
    pub state: Option<String>,
    pub tags: Vec<Tag>,
}

impl Vpc {
    /// Every IPv4 CIDR that is in force; dumps older than 2017 have the primary one only.
    pub fn ipv4_cidrs(&self) -> impl Iterator<Item = Ipv4Net> + '_ {
        let associated = self.cidr_block_association_set.iter();
        let associated = associated.filter(|a| in_force(a.cidr_block_state.as_ref()));
        let listed: Vec<_> = associated.filter_map(|a| a.cidr_block).collect();
        let primary = self.cidr_block.filter(|cidr| !listed.contains(cidr));
        primary.into_iter().chain(listed)
    }

    /// Every IPv6 CIDR that is in force.
    pub fn ipv6_cidrs(&self) -> impl Iterator<Item = Ipv6Net> + '_ {
        ipv6_in_force(&self.ipv6_cidr_block_association_set)
    }
}

impl Subnet {
    /// Every IPv6 CIDR that is in force.
    pub fn ipv6_cidrs(&self) -> impl Iterator<Item = Ipv6Net> + '_ {
        ipv6_in_force(&self.ipv6_cidr_block_association_set)
    }
}

fn ipv6_in_force(set: &[Ipv6CidrBlockAssociation]) -> impl Iterator<Item = Ipv6Net> + '_ {
    let in_force = set.iter().filter(|a| in_force(a.ipv6_cidr_block_state.as_ref()));
    in_force.filter_map(|a| a.ipv6_cidr_block)
}

fn in_force(state: Option<&CidrBlockState>) -> bool {
    state.and_then(|s| s.state.as_deref()).is_none_or(|s| s == "associated")
}
