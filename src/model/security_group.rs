//! Security groups (rules SG-1 to SG-20).

use std::fmt;

use ipnet::{Ipv4Net, Ipv6Net};
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_with::skip_serializing_none;

use super::ids::{AccountId, PeeringId, PrefixListId, SecurityGroupId, TransitGatewayId, VpcId};
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

/// A VPC in which rules refer to a group of another one (`DescribeSecurityGroupReferences`, rule SG-9).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct SecurityGroupReference {
    /// The group that is referred to.
    pub group_id: SecurityGroupId,
    pub referencing_vpc_id: VpcId,
    pub vpc_peering_connection_id: Option<PeeringId>,
    pub transit_gateway_id: Option<TransitGatewayId>,
}

/// A group with rules that refer to nothing any more (`DescribeStaleSecurityGroups`, rule SG-13).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct StaleSecurityGroup {
    pub group_id: SecurityGroupId,
    pub group_name: Option<String>,
    pub vpc_id: Option<VpcId>,
    pub stale_ip_permissions: Vec<StaleIpPermission>,
    pub stale_ip_permissions_egress: Vec<StaleIpPermission>,
}

/// One rule of which a part is stale: unlike in the group itself, AWS lists ranges and prefix lists as bare texts. Older
/// snapshots of this program have objects there.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct StaleIpPermission {
    pub ip_protocol: String,
    pub from_port: Option<i32>,
    pub to_port: Option<i32>,
    #[serde(deserialize_with = "bare_texts")]
    pub ip_ranges: Vec<String>,
    #[serde(deserialize_with = "bare_texts")]
    pub prefix_list_ids: Vec<PrefixListId>,
    pub user_id_group_pairs: Vec<UserIdGroupPair>,
}

fn bare_texts<'de, D: Deserializer<'de>, T: From<String>>(from: D) -> Result<Vec<T>, D::Error> {
    let texts = Vec::<BareText>::deserialize(from)?;
    Ok(texts.into_iter().map(|text| T::from(text.0)).collect())
}

/// A text, or the object around it.
struct BareText(String);

impl<'de> Deserialize<'de> for BareText {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(TextOrObject)
    }
}

struct TextOrObject;

impl<'de> Visitor<'de> for TextOrObject {
    type Value = BareText;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a prefix or the id of a prefix list")
    }

    fn visit_str<E>(self, text: &str) -> Result<BareText, E> {
        Ok(BareText(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<BareText, A::Error> {
        let mut text = None;
        while let Some(name) = fields.next_key::<String>()? {
            match name.as_str() {
                "CidrIp" | "PrefixListId" => text = fields.next_value()?,
                _ => drop(fields.next_value::<IgnoredAny>()?),
            }
        }
        text.map(BareText).ok_or_else(|| A::Error::missing_field("CidrIp"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::StaleSecurityGroup;

    #[test]
    fn stale_rules_are_read_in_both_forms_and_written_in_awss() {
        let stale = |ranges, lists| {
            json!({"GroupId": "sg-1", "StaleIpPermissions": [{"IpProtocol": "tcp", "FromPort": 443,
                "ToPort": 443, "IpRanges": ranges, "PrefixListIds": lists,
                "UserIdGroupPairs": [{"GroupId": "sg-9"}]}], "StaleIpPermissionsEgress": []})
        };
        let of_aws = stale(json!(["10.0.0.0/8"]), json!(["pl-1"]));
        let older = stale(
            json!([{"CidrIp": "10.0.0.0/8", "Description": "x"}]),
            json!([{"PrefixListId": "pl-1"}]),
        );
        for form in [&of_aws, &older] {
            let read: StaleSecurityGroup = serde_json::from_value(form.clone()).unwrap();
            assert_eq!(serde_json::to_value(read).unwrap(), of_aws);
        }
    }
}
