//! How AWS is asked: for every row of the table the requests that bring it.
//!
//! A row that stands for itself is one [`Ask`], repeated for each page. A row that asks about each thing of another
//! row ([`parent`]) is one [`Ask`] per thing. Every request names its page size: without one EC2 may put everything
//! into a single page and take many seconds over it.

mod ec2;
mod events;
mod lambda;
mod load_balancing;
mod named;
mod page;
mod rds;
mod transit_gateway;

pub(super) use ec2::interfaces_like;
pub(super) use events::Lookback;
pub(super) use page::{Ask, Page, pages, pages_from};

use super::clients::Clients;
use crate::model::catalogue::{Envelope, Resources};

/// The row whose resources this one asks about, one by one.
pub(super) fn parent(envelope: Envelope) -> Option<Envelope> {
    match envelope {
        Envelope::VpcAttributes | Envelope::StaleSecurityGroupSet => Some(Envelope::Vpcs),
        Envelope::SecurityGroupReferenceSet => Some(Envelope::SecurityGroups),
        Envelope::ManagedPrefixListEntries => Some(Envelope::ManagedPrefixLists),
        Envelope::TransitGatewayAssociations
        | Envelope::TransitGatewayPropagations
        | Envelope::TransitGatewayStaticRoutes
        | Envelope::TransitGatewayRoutes => Some(Envelope::TransitGatewayRouteTables),
        Envelope::FunctionConfigurations => Some(Envelope::Functions),
        Envelope::DBProxyTargets => Some(Envelope::DBProxies),
        Envelope::EcsTaskArns => Some(Envelope::EcsClusters),
        Envelope::EcsTasks => Some(Envelope::EcsTaskArns),
        Envelope::LoadBalancerListeners | Envelope::LoadBalancerAttributes => {
            Some(Envelope::LoadBalancers)
        }
        Envelope::ListenerRules => Some(Envelope::LoadBalancerListeners),
        Envelope::TargetGroupAttributes | Envelope::LoadBalancerTargetHealth => {
            Some(Envelope::TargetGroups)
        }
        _ => None,
    }
}

/// What to ask for one row, given what its parent brought (nothing for a row without one).
#[expect(clippy::too_many_lines, reason = "one line per row of the table")]
pub(super) fn asks(envelope: Envelope, clients: &Clients, found: &Resources) -> Vec<Ask> {
    let Clients { ec2, lambda, rds, load_balancing: balancing, .. } = clients;
    match envelope {
        Envelope::Vpcs => ec2::vpcs(ec2),
        Envelope::VpcAttributes => ec2::vpc_attributes(ec2, found),
        Envelope::DhcpOptions => ec2::dhcp_options(ec2),
        Envelope::Subnets => ec2::subnets(ec2),
        Envelope::RouteTables => ec2::route_tables(ec2),
        Envelope::SecurityGroups => ec2::security_groups(ec2),
        Envelope::SecurityGroupVpcAssociations => ec2::group_associations(ec2),
        Envelope::SecurityGroupReferenceSet => ec2::group_references(ec2, found),
        Envelope::StaleSecurityGroupSet => ec2::stale_groups(ec2, found),
        Envelope::NetworkAcls => ec2::network_acls(ec2),
        Envelope::NetworkInterfaces => ec2::interfaces(ec2),
        Envelope::Addresses => ec2::addresses(ec2),
        Envelope::Reservations => ec2::reservations(ec2),
        Envelope::InternetGateways => ec2::internet_gateways(ec2),
        Envelope::EgressOnlyInternetGateways => ec2::egress_only_gateways(ec2),
        Envelope::NatGateways => ec2::nat_gateways(ec2),
        Envelope::VpcPeeringConnections => ec2::peerings(ec2),
        Envelope::VpcEndpoints => ec2::endpoints(ec2),
        Envelope::PrefixLists => ec2::prefix_lists(ec2),
        Envelope::ManagedPrefixLists => ec2::managed_prefix_lists(ec2),
        Envelope::ManagedPrefixListEntries => ec2::prefix_list_entries(ec2, found),
        Envelope::VpcBlockPublicAccessOptions => ec2::block_options(ec2),
        Envelope::VpcBlockPublicAccessExclusions => ec2::block_exclusions(ec2),
        Envelope::TransitGateways => transit_gateway::gateways(ec2),
        Envelope::TransitGatewayAttachments => transit_gateway::attachments(ec2),
        Envelope::TransitGatewayVpcAttachments => transit_gateway::vpc_attachments(ec2),
        Envelope::TransitGatewayPeeringAttachments => transit_gateway::peerings(ec2),
        Envelope::TransitGatewayRouteTables => transit_gateway::tables(ec2),
        Envelope::TransitGatewayAssociations => transit_gateway::associations(ec2, found),
        Envelope::TransitGatewayPropagations => transit_gateway::propagations(ec2, found),
        Envelope::TransitGatewayStaticRoutes => transit_gateway::static_routes(ec2, found),
        Envelope::TransitGatewayRoutes => transit_gateway::routes(ec2, found),
        Envelope::VpnGateways => ec2::vpn_gateways(ec2),
        Envelope::CustomerGateways => ec2::customer_gateways(ec2),
        Envelope::VpnConnections => ec2::vpn_connections(ec2),
        Envelope::Functions => lambda::functions(lambda),
        Envelope::FunctionConfigurations => lambda::configurations(lambda, found),
        Envelope::DBInstances => rds::instances(rds),
        Envelope::DBClusters => rds::clusters(rds),
        Envelope::DBClusterEndpoints => rds::cluster_endpoints(rds),
        Envelope::DBSubnetGroups => rds::subnet_groups(rds),
        Envelope::DBProxies => rds::proxies(rds),
        Envelope::DBProxyEndpoints => rds::proxy_endpoints(rds),
        Envelope::DBProxyTargets => rds::proxy_targets(rds, found),
        Envelope::LoadBalancers => load_balancing::load_balancers(balancing),
        Envelope::LoadBalancerListeners => load_balancing::listeners(balancing, found),
        Envelope::ListenerRules => load_balancing::rules(balancing, found),
        Envelope::LoadBalancerAttributes => load_balancing::attributes(balancing, found),
        Envelope::TargetGroups => load_balancing::target_groups(balancing),
        Envelope::TargetGroupAttributes => load_balancing::group_attributes(balancing, found),
        Envelope::LoadBalancerTargetHealth => load_balancing::targets(balancing, found),
        Envelope::EcsClusters
        | Envelope::EcsTaskArns
        | Envelope::EcsTasks
        | Envelope::CacheClusters
        | Envelope::RedshiftClusters
        | Envelope::FileSystems => named::asks(envelope, clients, found),
        Envelope::Events => events::lookups(clients),
    }
}
