//! EC2 instances, as far as the network needs them (rule ENI-3).

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::ids::{AccountId, InstanceId, NetworkInterfaceId, SubnetId, VpcId};
use super::interface::GroupIdentifier;
use super::open_enum::open_enum;
use super::tag::Tag;

/// One reservation (`DescribeInstances`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Reservation {
    pub reservation_id: Option<String>,
    pub owner_id: Option<AccountId>,
    pub instances: Vec<Instance>,
}

/// One instance. User data is not part of this answer and is never asked for.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Instance {
    pub instance_id: InstanceId,
    pub instance_type: Option<String>,
    /// `windows`, or absent.
    pub platform: Option<String>,
    pub platform_details: Option<String>,
    pub state: Option<InstanceState>,
    pub vpc_id: Option<VpcId>,
    pub subnet_id: Option<SubnetId>,
    pub placement: Option<Placement>,
    pub private_ip_address: Option<Ipv4Addr>,
    pub public_ip_address: Option<Ipv4Addr>,
    pub private_dns_name: Option<String>,
    pub public_dns_name: Option<String>,
    pub network_interfaces: Vec<InstanceInterface>,
    pub security_groups: Vec<GroupIdentifier>,
    pub source_dest_check: Option<bool>,
    pub tags: Vec<Tag>,
}

/// State of an instance.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct InstanceState {
    pub code: Option<i32>,
    pub name: InstanceStateName,
}

/// Where it runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Placement {
    pub availability_zone: Option<String>,
    pub tenancy: Option<String>,
}

/// The interfaces of an instance, by id: their data is in `NetworkInterfaces`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct InstanceInterface {
    pub network_interface_id: NetworkInterfaceId,
}

open_enum! {
    /// Only `running` answers.
    InstanceStateName {
        /// Starting.
        Pending = "pending",
        /// Up.
        Running = "running",
        /// On its way down.
        ShuttingDown = "shutting-down",
        /// Gone, still listed for an hour.
        Terminated = "terminated",
        /// On its way to stopped.
        Stopping = "stopping",
        /// Off; keeps private and Elastic addresses (rule IGW-3).
        Stopped = "stopped",
    }
}
