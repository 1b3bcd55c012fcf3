//! Caches, warehouses and file systems, as far as they name the interfaces that they use (rule book, section 1.16).

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::ids::VpcId;

/// One cluster of ElastiCache (`DescribeCacheClusters`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct CacheCluster {
    pub cache_cluster_id: String,
    /// The group of clusters that hold the same data.
    pub replication_group_id: Option<String>,
    pub engine: Option<String>,
}

/// One cluster of Redshift (`DescribeClusters`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct RedshiftCluster {
    pub cluster_identifier: String,
    pub vpc_id: Option<VpcId>,
    pub cluster_nodes: Vec<RedshiftNode>,
}

/// One machine of it.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct RedshiftNode {
    pub node_role: Option<String>,
    #[serde(rename = "PrivateIPAddress")]
    pub private_ip_address: Option<IpAddr>,
}

/// One file system (`DescribeFileSystems`).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct FileSystem {
    pub file_system_id: String,
    pub name: Option<String>,
}
