//! The table of calls: one row per answer of AWS that the program knows.
//!
//! From it come the fields of [`Resources`], the names in a snapshot, the loader's allow-list, the IAM policy, the
//! manifest, and the documentation. Adding a call is adding a row here and, in the loader, the function that makes it.

use std::fmt;
use std::sync::Arc;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::ids::Arn;
use super::order::ordered;
use super::{
    data_store, ecs, endpoint, event, gateway, instance, interface, lambda, load_balancer,
    network_acl, peering, rds, route_table, security_group, transit_gateway, vpc, vpn,
};

/// An AWS service, as IAM and the endpoints name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Service {
    /// Amazon EC2, which is where VPCs live.
    Ec2,
    /// AWS Lambda.
    Lambda,
    /// Amazon RDS and Aurora.
    Rds,
    /// Application, network and gateway load balancers.
    ElasticLoadBalancingV2,
    /// Amazon ECS, which names its tasks' interfaces.
    Ecs,
    /// Amazon ElastiCache, for the same reason.
    ElastiCache,
    /// Amazon Redshift, likewise.
    Redshift,
    /// Amazon EFS, likewise.
    Efs,
    /// AWS CloudTrail, which knows who did it.
    CloudTrail,
    /// AWS STS, which tells whose credentials these are.
    Sts,
    /// AWS Organizations.
    Organizations,
    /// AWS Config.
    Config,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// Which answer.
    pub envelope: Envelope,
    /// Top-level key of the answer in AWS CLI output; the snapshot's file is named after it.
    pub key: &'static str,
    /// Who answers.
    pub service: Service,
    /// API operation.
    pub operation: &'static str,
    /// IAM action that allows it.
    pub action: &'static str,
    /// What cannot be told without it, to complete "unknown without this: ...".
    pub tells: &'static str,
    /// The flag without which it is not made.
    pub flag: Option<&'static str>,
}

/// An operation that brings no resources of a region.
#[derive(Clone, Copy, Debug)]
pub struct Errand {
    /// Who answers.
    pub service: Service,
    /// API operation.
    pub operation: &'static str,
    /// IAM action that allows it; none where everybody may.
    pub action: Option<&'static str>,
    /// The flag without which it is not asked.
    pub flag: Option<&'static str>,
    /// What it is for.
    pub purpose: &'static str,
}

/// What is asked beside the table of calls.
pub const ERRANDS: &[Errand] = &[
    Errand {
        service: Service::Sts,
        operation: "GetCallerIdentity",
        action: None,
        flag: None,
        purpose: "whose account this is",
    },
    Errand {
        service: Service::Ec2,
        operation: "DescribeRegions",
        action: Some("ec2:DescribeRegions"),
        flag: Some("all-regions"),
        purpose: "which regions are enabled, for `--all-regions`",
    },
    Errand {
        service: Service::Organizations,
        operation: "ListAccounts",
        action: Some("organizations:ListAccounts"),
        flag: Some("org-role"),
        purpose: "which accounts there are",
    },
    Errand {
        service: Service::Config,
        operation: "SelectAggregateResourceConfig",
        action: Some("config:SelectAggregateResourceConfig"),
        flag: Some("config-aggregator"),
        purpose: "what AWS Config has recorded",
    },
];

macro_rules! catalogue {
    ($($key:ident $(= $name:literal)?, $field:ident: $item:ty, $service:ident $operation:literal $action:literal, $tells:literal $(, $flag:literal)?;)*) => {
        /// An answer of AWS, named by its top-level key.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Envelope { $(#[doc = $operation] $key,)* }

        /// Every row, in the order in which a snapshot is written.
        pub const CALLS: &[Call] = &[$(Call {
            envelope: Envelope::$key,
            key: [$($name,)? stringify!($key)][0],
            service: Service::$service,
            operation: $operation,
            action: $action,
            tells: $tells,
            flag: [$(Some($flag),)? None][0],
        },)*];

        /// What AWS answered for one account and region.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Resources { $(#[doc = $operation] pub $field: Vec<$item>,)* }

        impl Resources {
            /// Appends what `from` yields to the list that `envelope` names: a list, one object where AWS prints an
            /// object, or null for an empty list. What came before an error stays.
            ///
            /// # Errors
            /// The deserializer's, where the data has not AWS's shape.
            pub fn read<'de, D: Deserializer<'de>>(
                &mut self, envelope: Envelope, from: D,
            ) -> Result<(), D::Error> {
                match envelope { $(Envelope::$key => from.deserialize_any(OneOrMany(&mut self.$field)),)* }
            }

            /// Writes the list that `envelope` names, ordered by id; the one setting of
            /// `VpcBlockPublicAccessOptions` as the object that AWS prints.
            ///
            /// # Errors
            /// The serializer's.
            pub fn write<S: serde::Serializer>(&self, envelope: Envelope, to: S) -> Result<S::Ok, S::Error> {
                if let (Envelope::VpcBlockPublicAccessOptions, [only]) =
                    (envelope, self.block_public_access_options.as_slice())
                {
                    return only.serialize(to);
                }
                match envelope { $(Envelope::$key => ordered(&self.$field).serialize(to),)* }
            }

            /// Adds to `to` what `change` makes of each item of the list that `envelope` names, as JSON and in the order
            /// in which they are written.
            ///
            /// # Errors
            /// What `change` makes has not AWS's shape.
            pub fn rewrite(
                &self, envelope: Envelope, to: &mut Self, mut change: impl FnMut(Value) -> Value,
            ) -> serde_json::Result<()> {
                match envelope { $(Envelope::$key => for item in ordered(&self.$field) {
                    to.$field.push(serde_json::from_value(change(serde_json::to_value(item)?))?);
                })* }
                Ok(())
            }

            /// Forgets the list that `envelope` names.
            pub fn clear(&mut self, envelope: Envelope) {
                match envelope { $(Envelope::$key => self.$field.clear(),)* }
            }

            /// Whether two networks have the same list that `envelope` names, in the same order.
            #[must_use]
            pub fn is_same(&self, other: &Self, envelope: Envelope) -> bool {
                match envelope { $(Envelope::$key => self.$field == other.$field,)* }
            }

            /// How many there are of one kind.
            #[must_use]
            pub fn count(&self, envelope: Envelope) -> usize {
                match envelope { $(Envelope::$key => self.$field.len(),)* }
            }

            /// Adds all that `other` has; a list that has nothing yet becomes the other's.
            pub fn append(&mut self, mut other: Self) { $(
                if self.$field.is_empty() {
                    self.$field = other.$field;
                } else {
                    self.$field.append(&mut other.$field);
                }
            )* }
        }
    };
}

catalogue! {
    Vpcs, vpcs: vpc::Vpc, Ec2 "DescribeVpcs" "ec2:DescribeVpcs", "VPCs and their CIDRs";
    VpcAttributes, vpc_attributes: vpc::VpcAttributes, Ec2 "DescribeVpcAttribute" "ec2:DescribeVpcAttribute", "whether DNS names resolve inside a VPC";
    DhcpOptions, dhcp_options: vpc::DhcpOptions, Ec2 "DescribeDhcpOptions" "ec2:DescribeDhcpOptions", "which name servers a VPC uses";
    Subnets, subnets: vpc::Subnet, Ec2 "DescribeSubnets" "ec2:DescribeSubnets", "subnets, their CIDRs and zones";
    RouteTables, route_tables: route_table::RouteTable, Ec2 "DescribeRouteTables" "ec2:DescribeRouteTables", "where packets go";
    SecurityGroups, security_groups: security_group::SecurityGroup, Ec2 "DescribeSecurityGroups" "ec2:DescribeSecurityGroups", "what security groups allow";
    SecurityGroupVpcAssociations, security_group_vpc_associations: security_group::SecurityGroupVpcAssociation, Ec2 "DescribeSecurityGroupVpcAssociations" "ec2:DescribeSecurityGroupVpcAssociations", "groups used in other VPCs than their own";
    SecurityGroupReferenceSet, security_group_references: security_group::SecurityGroupReference, Ec2 "DescribeSecurityGroupReferences" "ec2:DescribeSecurityGroupReferences", "which groups are referred to from peered VPCs";
    StaleSecurityGroupSet, stale_security_groups: security_group::StaleSecurityGroup, Ec2 "DescribeStaleSecurityGroups" "ec2:DescribeStaleSecurityGroups", "which rules refer to groups that are gone";
    NetworkAcls, network_acls: network_acl::NetworkAcl, Ec2 "DescribeNetworkAcls" "ec2:DescribeNetworkAcls", "what network ACLs allow";
    NetworkInterfaces, network_interfaces: Arc<interface::NetworkInterface>, Ec2 "DescribeNetworkInterfaces" "ec2:DescribeNetworkInterfaces", "interfaces, their addresses and groups";
    Addresses, addresses: interface::Address, Ec2 "DescribeAddresses" "ec2:DescribeAddresses", "Elastic IP addresses";
    Reservations, reservations: instance::Reservation, Ec2 "DescribeInstances" "ec2:DescribeInstances", "instances and whether they run";
    InternetGateways, internet_gateways: gateway::InternetGateway, Ec2 "DescribeInternetGateways" "ec2:DescribeInternetGateways", "whether an internet gateway is attached";
    EgressOnlyInternetGateways, egress_only_internet_gateways: gateway::EgressOnlyInternetGateway, Ec2 "DescribeEgressOnlyInternetGateways" "ec2:DescribeEgressOnlyInternetGateways", "the outbound IPv6 gateways";
    NatGateways, nat_gateways: gateway::NatGateway, Ec2 "DescribeNatGateways" "ec2:DescribeNatGateways", "what a NAT gateway translates to";
    VpcPeeringConnections, vpc_peering_connections: peering::VpcPeeringConnection, Ec2 "DescribeVpcPeeringConnections" "ec2:DescribeVpcPeeringConnections", "where a peering connection leads";
    VpcEndpoints, vpc_endpoints: endpoint::VpcEndpoint, Ec2 "DescribeVpcEndpoints" "ec2:DescribeVpcEndpoints", "private ways to AWS services";
    PrefixLists, prefix_lists: endpoint::PrefixList, Ec2 "DescribePrefixLists" "ec2:DescribePrefixLists", "addresses of gateway endpoints' services";
    ManagedPrefixLists, managed_prefix_lists: endpoint::ManagedPrefixList, Ec2 "DescribeManagedPrefixLists" "ec2:DescribeManagedPrefixLists", "names of prefix lists";
    ManagedPrefixListEntries, managed_prefix_list_entries: endpoint::ManagedPrefixListEntries, Ec2 "GetManagedPrefixListEntries" "ec2:GetManagedPrefixListEntries", "which addresses a prefix list stands for";
    VpcBlockPublicAccessOptions, block_public_access_options: vpc::BlockPublicAccessOptions, Ec2 "DescribeVpcBlockPublicAccessOptions" "ec2:DescribeVpcBlockPublicAccessOptions", "whether the region blocks internet traffic";
    VpcBlockPublicAccessExclusions, block_public_access_exclusions: vpc::BlockPublicAccessExclusion, Ec2 "DescribeVpcBlockPublicAccessExclusions" "ec2:DescribeVpcBlockPublicAccessExclusions", "exceptions to that block";
    TransitGateways, transit_gateways: transit_gateway::TransitGateway, Ec2 "DescribeTransitGateways" "ec2:DescribeTransitGateways", "options of transit gateways";
    TransitGatewayAttachments, transit_gateway_attachments: transit_gateway::TransitGatewayAttachment, Ec2 "DescribeTransitGatewayAttachments" "ec2:DescribeTransitGatewayAttachments", "what is attached to a transit gateway";
    TransitGatewayVpcAttachments, transit_gateway_vpc_attachments: transit_gateway::TransitGatewayVpcAttachment, Ec2 "DescribeTransitGatewayVpcAttachments" "ec2:DescribeTransitGatewayVpcAttachments", "which subnets a transit gateway serves";
    TransitGatewayPeeringAttachments, transit_gateway_peering_attachments: transit_gateway::TransitGatewayPeeringAttachment, Ec2 "DescribeTransitGatewayPeeringAttachments" "ec2:DescribeTransitGatewayPeeringAttachments", "which transit gateways are peered";
    TransitGatewayRouteTables, transit_gateway_route_tables: transit_gateway::TransitGatewayRouteTable, Ec2 "DescribeTransitGatewayRouteTables" "ec2:DescribeTransitGatewayRouteTables", "the tables of a transit gateway";
    TransitGatewayAssociations, transit_gateway_associations: transit_gateway::TransitGatewayAssociations, Ec2 "GetTransitGatewayRouteTableAssociations" "ec2:GetTransitGatewayRouteTableAssociations", "which table an attachment uses";
    TransitGatewayPropagations, transit_gateway_propagations: transit_gateway::TransitGatewayPropagations, Ec2 "GetTransitGatewayRouteTablePropagations" "ec2:GetTransitGatewayRouteTablePropagations", "which attachments announce routes";
    TransitGatewayStaticRoutes, transit_gateway_static_routes: transit_gateway::TransitGatewayRoutes, Ec2 "SearchTransitGatewayRoutes" "ec2:SearchTransitGatewayRoutes", "static routes of a transit gateway";
    TransitGatewayRoutes, transit_gateway_routes: transit_gateway::TransitGatewayRoutes, Ec2 "SearchTransitGatewayRoutes" "ec2:SearchTransitGatewayRoutes", "routes of a transit gateway";
    VpnGateways, vpn_gateways: vpn::VpnGateway, Ec2 "DescribeVpnGateways" "ec2:DescribeVpnGateways", "virtual private gateways";
    CustomerGateways, customer_gateways: vpn::CustomerGateway, Ec2 "DescribeCustomerGateways" "ec2:DescribeCustomerGateways", "the far end of VPN connections";
    VpnConnections, vpn_connections: vpn::VpnConnection, Ec2 "DescribeVpnConnections" "ec2:DescribeVpnConnections", "whether VPN tunnels are up";
    Functions, functions: lambda::Function, Lambda "ListFunctions" "lambda:ListFunctions", "functions and their VPC configuration";
    FunctionConfigurations, function_configurations: lambda::FunctionConfiguration, Lambda "GetFunctionConfiguration" "lambda:GetFunctionConfiguration", "whether functions are ready";
    DBInstances, db_instances: rds::DbInstance, Rds "DescribeDBInstances" "rds:DescribeDBInstances", "databases, their names and ports";
    DBClusters, db_clusters: rds::DbCluster, Rds "DescribeDBClusters" "rds:DescribeDBClusters", "database clusters and their members";
    DBClusterEndpoints, db_cluster_endpoints: rds::DbClusterEndpoint, Rds "DescribeDBClusterEndpoints" "rds:DescribeDBClusterEndpoints", "custom names of database clusters";
    DBSubnetGroups, db_subnet_groups: rds::DbSubnetGroup, Rds "DescribeDBSubnetGroups" "rds:DescribeDBSubnetGroups", "subnets that a database may live in";
    DBProxies, db_proxies: rds::DbProxy, Rds "DescribeDBProxies" "rds:DescribeDBProxies", "database proxies";
    DBProxyEndpoints, db_proxy_endpoints: rds::DbProxyEndpoint, Rds "DescribeDBProxyEndpoints" "rds:DescribeDBProxyEndpoints", "extra names of database proxies";
    DBProxyTargets, db_proxy_targets: rds::DbProxyTargets, Rds "DescribeDBProxyTargets" "rds:DescribeDBProxyTargets", "databases behind a proxy";
    LoadBalancers, load_balancers: load_balancer::LoadBalancer, ElasticLoadBalancingV2 "DescribeLoadBalancers" "elasticloadbalancing:DescribeLoadBalancers", "load balancers and their zones";
    LoadBalancerListeners, load_balancer_listeners: load_balancer::LoadBalancerListeners, ElasticLoadBalancingV2 "DescribeListeners" "elasticloadbalancing:DescribeListeners", "ports on which a load balancer listens";
    ListenerRules, listener_rules: load_balancer::ListenerRules, ElasticLoadBalancingV2 "DescribeRules" "elasticloadbalancing:DescribeRules", "further target groups of a listener";
    LoadBalancerAttributes, load_balancer_attributes: load_balancer::LoadBalancerAttributes, ElasticLoadBalancingV2 "DescribeLoadBalancerAttributes" "elasticloadbalancing:DescribeLoadBalancerAttributes", "whether a load balancer serves targets in all zones";
    TargetGroups, target_groups: load_balancer::TargetGroup, ElasticLoadBalancingV2 "DescribeTargetGroups" "elasticloadbalancing:DescribeTargetGroups", "where a listener forwards to";
    TargetGroupAttributes, target_group_attributes: load_balancer::TargetGroupAttributes, ElasticLoadBalancingV2 "DescribeTargetGroupAttributes" "elasticloadbalancing:DescribeTargetGroupAttributes", "whether a target sees the client's address";
    LoadBalancerTargetHealth, load_balancer_target_health: load_balancer::LoadBalancerTargetHealth, ElasticLoadBalancingV2 "DescribeTargetHealth" "elasticloadbalancing:DescribeTargetHealth", "the targets and their health";
    EcsClusters = "clusterArns", ecs_clusters: Arn, Ecs "ListClusters" "ecs:ListClusters", "in which clusters tasks run";
    EcsTaskArns = "taskArns", ecs_task_arns: Arn, Ecs "ListTasks" "ecs:ListTasks", "which tasks run";
    EcsTasks = "tasks", ecs_tasks: ecs::Task, Ecs "DescribeTasks" "ecs:DescribeTasks", "names of ECS tasks";
    CacheClusters, cache_clusters: data_store::CacheCluster, ElastiCache "DescribeCacheClusters" "elasticache:DescribeCacheClusters", "names of caches";
    RedshiftClusters = "Clusters", redshift_clusters: data_store::RedshiftCluster, Redshift "DescribeClusters" "redshift:DescribeClusters", "names of Redshift clusters";
    FileSystems, file_systems: data_store::FileSystem, Efs "DescribeFileSystems" "elasticfilesystem:DescribeFileSystems", "names of file systems";
    Events, events: event::Event, CloudTrail "LookupEvents" "cloudtrail:LookupEvents", "who changed what", "events";
}

/// The rows that are asked for without a flag.
pub fn usual_calls() -> impl Iterator<Item = &'static Call> {
    CALLS.iter().filter(|call| call.flag.is_none())
}

impl Envelope {
    /// The envelope with this top-level key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        CALLS.iter().find(|call| call.key == key).map(|call| call.envelope)
    }

    /// The row of the table.
    #[must_use]
    pub fn call(self) -> &'static Call {
        CALLS.iter().find(|call| call.envelope == self).unwrap_or(&CALLS[0])
    }
}

/// Appends a list, or the single object that stands for a list of one.
struct OneOrMany<'a, T>(&'a mut Vec<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for OneOrMany<'_, T> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element()? {
            self.0.push(item);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<(), A::Error> {
        self.0.push(T::deserialize(MapAccessDeserializer::new(fields))?);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
