//! Network interfaces (rules ENI-1 to ENI-5) and Elastic IP addresses.

use std::net::{Ipv4Addr, Ipv6Addr};

use compact_str::CompactString;
use ipnet::{Ipv4Net, Ipv6Net};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::ids::{
    AccountId, AllocationId, InstanceId, NetworkInterfaceId, SecurityGroupId, SubnetId, VpcId,
    ZoneName,
};
use super::tag::Tag;

/// One interface (`DescribeNetworkInterfaces`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct NetworkInterface {
    pub network_interface_id: NetworkInterfaceId,
    pub subnet_id: Option<SubnetId>,
    pub vpc_id: Option<VpcId>,
    pub availability_zone: Option<ZoneName>,
    pub description: Option<CompactString>,
    /// `interface`, `lambda`, `nat_gateway` and about twenty more (rule section 1.16).
    pub interface_type: Option<CompactString>,
    /// AWS lists them for every interface, an empty list for those that have none (rule SG-20): absent is not told.
    pub groups: Option<Vec<GroupIdentifier>>,
    pub private_ip_address: Option<Ipv4Addr>,
    pub private_ip_addresses: Vec<PrivateIpAddress>,
    pub ipv6_addresses: Vec<Ipv6Address>,
    pub ipv4_prefixes: Vec<Ipv4Prefix>,
    pub ipv6_prefixes: Vec<Ipv6Prefix>,
    pub private_dns_name: Option<CompactString>,
    pub mac_address: Option<CompactString>,
    pub association: Option<Box<PublicAssociation>>,
    pub attachment: Option<InterfaceAttachment>,
    pub requester_id: Option<CompactString>,
    pub requester_managed: Option<bool>,
    pub operator: Option<Operator>,
    pub source_dest_check: Option<bool>,
    pub deny_all_igw_traffic: Option<bool>,
    pub owner_id: Option<AccountId>,
    /// `available`, `in-use`, `attaching`, `detaching`.
    pub status: Option<CompactString>,
    pub tag_set: Vec<Tag>,
}

/// A group that an interface carries.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct GroupIdentifier {
    pub group_id: SecurityGroupId,
    pub group_name: Option<CompactString>,
}

/// A private IPv4 address of an interface (rule ENI-2).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PrivateIpAddress {
    pub primary: bool,
    pub private_ip_address: Option<Ipv4Addr>,
    pub private_dns_name: Option<CompactString>,
    pub association: Option<Box<PublicAssociation>>,
}

/// An IPv6 address of an interface.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Ipv6Address {
    pub ipv6_address: Option<Ipv6Addr>,
    pub is_primary_ipv6: Option<bool>,
}

/// A delegated IPv4 prefix.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Ipv4Prefix {
    pub ipv4_prefix: Option<Ipv4Net>,
}

/// A delegated IPv6 prefix.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Ipv6Prefix {
    pub ipv6_prefix: Option<Ipv6Net>,
}

/// The public address that the internet gateway maps to this private one (rule IGW-1).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PublicAssociation {
    pub public_ip: Option<Ipv4Addr>,
    pub public_dns_name: Option<CompactString>,
    pub ip_owner_id: Option<CompactString>,
    pub allocation_id: Option<AllocationId>,
    pub association_id: Option<CompactString>,
    pub carrier_ip: Option<Ipv4Addr>,
}

/// What the interface is attached to.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct InterfaceAttachment {
    pub attachment_id: Option<CompactString>,
    pub device_index: Option<i32>,
    pub network_card_index: Option<i32>,
    pub instance_id: Option<InstanceId>,
    /// An account, or a service such as `amazon-elb`.
    pub instance_owner_id: Option<CompactString>,
    /// `attaching`, `attached`, `detaching`, `detached`.
    pub status: Option<CompactString>,
    pub delete_on_termination: Option<bool>,
}

/// The service that runs the interface on the account's behalf.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Operator {
    pub managed: Option<bool>,
    pub principal: Option<CompactString>,
}

/// One Elastic IP address (`DescribeAddresses`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Address {
    pub allocation_id: Option<AllocationId>,
    pub association_id: Option<CompactString>,
    pub domain: Option<CompactString>,
    pub instance_id: Option<InstanceId>,
    pub network_interface_id: Option<NetworkInterfaceId>,
    pub network_interface_owner_id: Option<CompactString>,
    pub private_ip_address: Option<Ipv4Addr>,
    pub public_ip: Option<Ipv4Addr>,
    /// The service that owns the address, such as `rds` (rule R-2).
    pub service_managed: Option<CompactString>,
    pub tags: Vec<Tag>,
}
