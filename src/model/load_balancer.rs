//! Application, network and gateway load balancers (rules LB-1 to LB-8).

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::ids::{Arn, SecurityGroupId, SubnetId, VpcId, ZoneName};

/// One load balancer (`DescribeLoadBalancers`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct LoadBalancer {
    pub load_balancer_arn: Arn,
    pub load_balancer_name: String,
    #[serde(rename = "DNSName")]
    pub dns_name: Option<String>,
    /// `internet-facing` or `internal`.
    pub scheme: Option<String>,
    pub vpc_id: Option<VpcId>,
    pub state: Option<LoadBalancerState>,
    /// `application`, `network` or `gateway`.
    #[serde(rename = "Type")]
    pub load_balancer_type: Option<String>,
    pub availability_zones: Vec<LoadBalancerZone>,
    pub security_groups: Vec<SecurityGroupId>,
    pub ip_address_type: Option<String>,
    pub enforce_security_group_inbound_rules_on_private_link_traffic: Option<String>,
}

/// State of a load balancer.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct LoadBalancerState {
    pub code: Option<String>,
    pub reason: Option<String>,
}

/// A zone that the load balancer serves.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct LoadBalancerZone {
    pub zone_name: Option<ZoneName>,
    pub subnet_id: Option<SubnetId>,
    pub load_balancer_addresses: Vec<LoadBalancerAddress>,
}

/// A fixed address in a zone.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct LoadBalancerAddress {
    pub ip_address: Option<String>,
    pub allocation_id: Option<String>,
    #[serde(rename = "PrivateIPv4Address")]
    pub private_ipv4_address: Option<String>,
    #[serde(rename = "IPv6Address")]
    pub ipv6_address: Option<String>,
}

/// The listeners of one load balancer (`DescribeListeners`, merged per load balancer).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct LoadBalancerListeners {
    pub load_balancer_arn: Arn,
    pub listeners: Vec<Listener>,
}

/// One listener.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Listener {
    pub listener_arn: Option<Arn>,
    pub load_balancer_arn: Option<Arn>,
    pub port: Option<i32>,
    pub protocol: Option<String>,
    pub default_actions: Vec<ListenerAction>,
}

/// What a listener does.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct ListenerAction {
    #[serde(rename = "Type")]
    pub action_type: Option<String>,
    pub order: Option<i32>,
    pub target_group_arn: Option<Arn>,
    pub forward_config: Option<ForwardConfig>,
}

/// Weighted forwarding.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct ForwardConfig {
    pub target_groups: Vec<TargetGroupTuple>,
}

/// One weighted target group.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TargetGroupTuple {
    pub target_group_arn: Option<Arn>,
    pub weight: Option<i32>,
}

/// The rules of one listener (`DescribeRules`, merged per listener): an ALB's other target groups.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct ListenerRules {
    pub listener_arn: Arn,
    pub rules: Vec<ListenerRule>,
}

/// One rule of a listener.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct ListenerRule {
    pub rule_arn: Option<Arn>,
    pub priority: Option<String>,
    pub actions: Vec<ListenerAction>,
    pub is_default: Option<bool>,
}

/// The attributes of one load balancer (`DescribeLoadBalancerAttributes`, merged per load balancer).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct LoadBalancerAttributes {
    pub load_balancer_arn: Arn,
    pub attributes: Vec<Attribute>,
}

/// The attributes of one target group (`DescribeTargetGroupAttributes`, merged per group).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TargetGroupAttributes {
    pub target_group_arn: Arn,
    pub attributes: Vec<Attribute>,
}

/// One attribute, such as `load_balancing.cross_zone.enabled`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Attribute {
    pub key: String,
    pub value: Option<String>,
}

/// One target group (`DescribeTargetGroups`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TargetGroup {
    pub target_group_arn: Arn,
    pub target_group_name: String,
    pub protocol: Option<String>,
    pub port: Option<i32>,
    pub vpc_id: Option<VpcId>,
    /// `instance`, `ip`, `lambda` or `alb`.
    pub target_type: Option<String>,
    pub load_balancer_arns: Vec<Arn>,
    pub health_check_port: Option<String>,
    pub health_check_protocol: Option<String>,
    pub health_check_enabled: Option<bool>,
    pub ip_address_type: Option<String>,
}

/// The targets of one group (`DescribeTargetHealth`, merged per target group).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct LoadBalancerTargetHealth {
    pub target_group_arn: Arn,
    pub target_health_descriptions: Vec<TargetHealthDescription>,
}

/// One target and how it is.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TargetHealthDescription {
    pub target: Option<TargetDescription>,
    pub health_check_port: Option<String>,
    pub target_health: Option<TargetHealth>,
}

/// One target: an instance id, an address, or an ARN.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TargetDescription {
    pub id: String,
    pub port: Option<i32>,
    pub availability_zone: Option<String>,
}

/// State of a target.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TargetHealth {
    pub state: Option<String>,
    pub reason: Option<String>,
    pub description: Option<String>,
}
