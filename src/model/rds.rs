//! RDS and Aurora (rules ).

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::ids::{Arn, SecurityGroupId, SubnetId, VpcId};

/// One DB instance (`DescribeDBInstances`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DbInstance {
    #[serde(rename = "DBInstanceIdentifier")]
    pub db_instance_identifier: String,
    #[serde(rename = "DBInstanceArn")]
    pub db_instance_arn: Option<Arn>,
    #[serde(rename = "DBInstanceStatus")]
    pub db_instance_status: Option<String>,
    #[serde(rename = "DBClusterIdentifier")]
    pub db_cluster_identifier: Option<String>,
    pub engine: Option<String>,
    pub engine_version: Option<String>,
    pub endpoint: Option<Endpoint>,
    #[serde(rename = "DBSubnetGroup")]
    pub db_subnet_group: Option<DbSubnetGroup>,
    pub vpc_security_groups: Option<Vec<VpcSecurityGroupMembership>>,
    pub availability_zone: Option<String>,
    pub secondary_availability_zone: Option<String>,
    #[serde(rename = "MultiAZ")]
    pub multi_az: Option<bool>,
    pub publicly_accessible: Option<bool>,
    pub network_type: Option<String>,
    #[serde(rename = "DbInstancePort")]
    pub db_instance_port: Option<i32>,
    pub tag_list: Vec<super::tag::Tag>,
}

/// Name and port of a DB instance.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Endpoint {
    pub address: Option<String>,
    pub port: Option<i32>,
    pub hosted_zone_id: Option<String>,
}

/// A group that a database carries.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct VpcSecurityGroupMembership {
    pub vpc_security_group_id: SecurityGroupId,
    pub status: Option<String>,
}

/// Subnets that a database may live in (`DescribeDBSubnetGroups`, rule R-3).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DbSubnetGroup {
    #[serde(rename = "DBSubnetGroupName")]
    pub db_subnet_group_name: String,
    #[serde(rename = "DBSubnetGroupDescription")]
    pub db_subnet_group_description: Option<String>,
    #[serde(rename = "DBSubnetGroupArn")]
    pub db_subnet_group_arn: Option<Arn>,
    pub vpc_id: Option<VpcId>,
    pub subnet_group_status: Option<String>,
    pub subnets: Vec<DbSubnet>,
}

/// One of them.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DbSubnet {
    pub subnet_identifier: SubnetId,
    pub subnet_availability_zone: Option<AvailabilityZone>,
    pub subnet_status: Option<String>,
}

/// A zone by name.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct AvailabilityZone {
    pub name: Option<String>,
}

/// One Aurora or Multi-AZ cluster (`DescribeDBClusters`, rule R-5).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DbCluster {
    #[serde(rename = "DBClusterIdentifier")]
    pub db_cluster_identifier: String,
    #[serde(rename = "DBClusterArn")]
    pub db_cluster_arn: Option<Arn>,
    pub status: Option<String>,
    pub engine: Option<String>,
    pub endpoint: Option<String>,
    pub reader_endpoint: Option<String>,
    pub custom_endpoints: Vec<String>,
    pub port: Option<i32>,
    /// The name of its subnet group.
    #[serde(rename = "DBSubnetGroup")]
    pub db_subnet_group: Option<String>,
    pub vpc_security_groups: Vec<VpcSecurityGroupMembership>,
    #[serde(rename = "DBClusterMembers")]
    pub db_cluster_members: Vec<DbClusterMember>,
    pub publicly_accessible: Option<bool>,
    #[serde(rename = "MultiAZ")]
    pub multi_az: Option<bool>,
    pub tag_list: Vec<super::tag::Tag>,
}

/// One member of a cluster.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DbClusterMember {
    #[serde(rename = "DBInstanceIdentifier")]
    pub db_instance_identifier: String,
    pub is_cluster_writer: bool,
}

/// One endpoint of a cluster (`DescribeDBClusterEndpoints`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DbClusterEndpoint {
    #[serde(rename = "DBClusterEndpointIdentifier")]
    pub db_cluster_endpoint_identifier: Option<String>,
    #[serde(rename = "DBClusterIdentifier")]
    pub db_cluster_identifier: Option<String>,
    pub endpoint: Option<String>,
    pub endpoint_type: Option<String>,
    pub custom_endpoint_type: Option<String>,
    pub static_members: Vec<String>,
    pub excluded_members: Vec<String>,
    pub status: Option<String>,
}

/// One proxy (`DescribeDBProxies`, rule R-6).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DbProxy {
    #[serde(rename = "DBProxyName")]
    pub db_proxy_name: String,
    #[serde(rename = "DBProxyArn")]
    pub db_proxy_arn: Option<Arn>,
    pub status: Option<String>,
    pub engine_family: Option<String>,
    pub vpc_id: Option<VpcId>,
    pub vpc_security_group_ids: Option<Vec<SecurityGroupId>>,
    pub vpc_subnet_ids: Vec<SubnetId>,
    pub endpoint: Option<String>,
}

/// One endpoint of a proxy (`DescribeDBProxyEndpoints`): its default one, or one made besides.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DbProxyEndpoint {
    #[serde(rename = "DBProxyEndpointName")]
    pub db_proxy_endpoint_name: String,
    #[serde(rename = "DBProxyEndpointArn")]
    pub db_proxy_endpoint_arn: Option<Arn>,
    #[serde(rename = "DBProxyName")]
    pub db_proxy_name: String,
    pub status: Option<String>,
    pub vpc_id: Option<VpcId>,
    pub vpc_security_group_ids: Option<Vec<SecurityGroupId>>,
    pub vpc_subnet_ids: Vec<SubnetId>,
    pub endpoint: Option<String>,
    pub target_role: Option<String>,
    pub is_default: Option<bool>,
}

/// What one proxy leads to (`DescribeDBProxyTargets`, merged per proxy).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DbProxyTargets {
    #[serde(rename = "DBProxyName")]
    pub db_proxy_name: String,
    pub targets: Vec<DbProxyTarget>,
}

/// One database behind a proxy.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DbProxyTarget {
    pub endpoint: Option<String>,
    pub rds_resource_id: Option<String>,
    pub tracked_cluster_id: Option<String>,
    pub port: Option<i32>,
    #[serde(rename = "Type")]
    pub target_type: Option<String>,
    pub role: Option<String>,
}
