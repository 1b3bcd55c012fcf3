//! Network ACLs (rules NACL-1 to NACL-9).

use ipnet::{Ipv4Net, Ipv6Net};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::ids::{AccountId, NetworkAclId, SubnetId, VpcId};
use super::tag::Tag;

/// One network ACL (`DescribeNetworkAcls`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct NetworkAcl {
    pub network_acl_id: NetworkAclId,
    pub vpc_id: VpcId,
    pub is_default: bool,
    pub associations: Vec<NetworkAclAssociation>,
    /// In any order; the rule number decides (rule NACL-2).
    pub entries: Vec<NetworkAclEntry>,
    pub owner_id: Option<AccountId>,
    pub tags: Vec<Tag>,
}

/// A subnet that the ACL serves.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct NetworkAclAssociation {
    pub network_acl_association_id: Option<String>,
    pub network_acl_id: Option<NetworkAclId>,
    pub subnet_id: Option<SubnetId>,
}

/// One numbered rule.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct NetworkAclEntry {
    /// 1 to 32766; 32767 (IPv4) and 32768 (IPv6) are the closing denials.
    pub rule_number: u32,
    pub egress: Option<bool>,
    /// A protocol number as text, `-1` for all.
    pub protocol: String,
    /// `allow` or `deny`.
    pub rule_action: String,
    pub cidr_block: Option<Ipv4Net>,
    pub ipv6_cidr_block: Option<Ipv6Net>,
    pub port_range: Option<PortRange>,
    pub icmp_type_code: Option<IcmpTypeCode>,
}

/// First and last port, both included.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PortRange {
    pub from: Option<i32>,
    pub to: Option<i32>,
}

/// ICMP type and code; -1 is any.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct IcmpTypeCode {
    #[serde(rename = "Type")]
    pub icmp_type: Option<i32>,
    pub code: Option<i32>,
}
