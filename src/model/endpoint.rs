//! VPC endpoints and prefix lists (rules EP-1 to EP-7, SG-16).

use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::ids::{
    AccountId, NetworkInterfaceId, PrefixListId, RouteTableId, SubnetId, VpcEndpointId, VpcId,
};
use super::interface::GroupIdentifier;
use super::tag::Tag;

/// One endpoint (`DescribeVpcEndpoints`). The policy is access control, not network, and is not kept.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct VpcEndpoint {
    pub vpc_endpoint_id: VpcEndpointId,
    /// `Interface`, `Gateway`, `GatewayLoadBalancer`, `Resource`, `ServiceNetwork`.
    pub vpc_endpoint_type: Option<String>,
    pub vpc_id: VpcId,
    /// `com.amazonaws.eu-west-1.s3`.
    pub service_name: Option<String>,
    /// `available` and others; AWS writes both `Available` and `available`.
    pub state: Option<String>,
    pub route_table_ids: Vec<RouteTableId>,
    pub subnet_ids: Vec<SubnetId>,
    pub groups: Vec<GroupIdentifier>,
    pub network_interface_ids: Vec<NetworkInterfaceId>,
    pub private_dns_enabled: Option<bool>,
    pub requester_managed: Option<bool>,
    pub ip_address_type: Option<String>,
    pub dns_options: Option<DnsOptions>,
    pub dns_entries: Vec<DnsEntry>,
    pub owner_id: Option<AccountId>,
    pub tags: Vec<Tag>,
}

/// Who gets the private names of an endpoint (rule EP-4).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DnsOptions {
    /// Amazon S3: only who asks from outside by an inbound resolver endpoint; inside of the VPC the name stands for the
    /// public addresses, to which a gateway endpoint leads.
    pub private_dns_only_for_inbound_resolver_endpoint: Option<bool>,
}

/// A name under which an endpoint answers.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DnsEntry {
    pub dns_name: Option<String>,
    pub hosted_zone_id: Option<String>,
}

/// One AWS prefix list with its CIDRs (`DescribePrefixLists`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PrefixList {
    pub prefix_list_id: PrefixListId,
    pub prefix_list_name: Option<String>,
    pub cidrs: Vec<IpNet>,
}

/// One managed prefix list, AWS's or the customer's (`DescribeManagedPrefixLists`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct ManagedPrefixList {
    pub prefix_list_id: PrefixListId,
    pub prefix_list_name: Option<String>,
    pub address_family: Option<String>,
    pub max_entries: Option<i32>,
    pub owner_id: Option<String>,
    pub state: Option<String>,
    pub version: Option<i64>,
    pub tags: Vec<Tag>,
}

/// The entries of one managed prefix list (`GetManagedPrefixListEntries`, merged per list).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct ManagedPrefixListEntries {
    pub prefix_list_id: PrefixListId,
    pub entries: Vec<PrefixListEntry>,
}

/// One entry.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct PrefixListEntry {
    pub cidr: Option<IpNet>,
    pub description: Option<String>,
}

impl VpcEndpoint {
    /// Old answers leave the type out for gateway endpoints, which alone have route tables.
    #[must_use]
    pub fn is_gateway(&self) -> bool {
        match self.vpc_endpoint_type.as_deref() {
            Some(kind) => kind == "Gateway",
            None => self.network_interface_ids.is_empty() && !self.route_table_ids.is_empty(),
        }
    }

    /// Gone for good, or never made: it keeps no name (rule EP-7).
    #[must_use]
    pub fn is_gone(&self) -> bool {
        let gone = ["deleting", "deleted", "rejected", "failed", "expired"];
        let state = self.state.as_deref().unwrap_or_default();
        gone.iter().any(|one| state.eq_ignore_ascii_case(one))
    }

    /// Whether the public name of the service stands for the endpoint inside of its VPC, if that is told (rule EP-4).
    #[must_use]
    pub fn has_private_name(&self) -> Option<bool> {
        let options = self.dns_options.as_ref();
        let others = options.and_then(|one| one.private_dns_only_for_inbound_resolver_endpoint);
        Some(self.private_dns_enabled? && others != Some(true))
    }

    /// In service (rule EP-7).
    #[must_use]
    pub fn is_available(&self) -> bool {
        self.state.as_deref().is_none_or(|state| state.eq_ignore_ascii_case("available"))
    }
}
