//! What a resource cannot do without: one row per answer of AWS.
//!
//! A resource that lacks its id, its VPC or the like is in no place of the network. It is left out, and the answer that
//! had it counts as one of which a part is missing: whatever rests on its absence is unknown then.

use crate::model::catalogue::{Envelope, Resources};
use crate::model::dump::{Coverage, Dump, Outcome};
use crate::model::interface::{NetworkInterface, PublicAssociation};
use crate::model::load_balancer::{Attribute, Listener};
use crate::model::network_acl::NetworkAcl;
use crate::model::peering::VpcPeeringConnection;
use crate::model::route_table::{RouteTable, RouteTableAssociation};
use crate::model::transit_gateway::TransitGatewayRoute;
use crate::model::vpc::Ipv6CidrBlockAssociation;

/// Leaves out what is not whole.
pub(super) fn set_aside(dump: &mut Dump) {
    for region in &mut dump.regions {
        let mut keep = Keep { coverage: &mut region.coverage };
        network(&mut region.resources, &mut keep);
        gateways(&mut region.resources, &mut keep);
        transit(&mut region.resources, &mut keep);
        services(&mut region.resources, &mut keep);
        settings(&mut region.resources, &mut keep);
    }
}

fn network(all: &mut Resources, keep: &mut Keep<'_>) {
    keep.whole(Envelope::Vpcs, &mut all.vpcs, |one| {
        !one.vpc_id.is_empty() && has_cidrs(&one.ipv6_cidr_block_association_set)
    });
    keep.whole(Envelope::Subnets, &mut all.subnets, |one| {
        let has_cidrs = has_cidrs(&one.ipv6_cidr_block_association_set);
        !one.subnet_id.is_empty() && !one.vpc_id.is_empty() && has_cidrs
    });
    keep.whole(Envelope::RouteTables, &mut all.route_tables, is_whole_table);
    keep.whole(Envelope::NetworkAcls, &mut all.network_acls, is_whole_acl);
    keep.whole(Envelope::SecurityGroups, &mut all.security_groups, |one| !one.group_id.is_empty());
    keep.whole(Envelope::NetworkInterfaces, &mut all.network_interfaces, |eni| {
        is_whole_interface(eni)
    });
    if all.network_interfaces.iter().any(|one| !tells_groups(one)) {
        keep.partly(Envelope::NetworkInterfaces, "some do not tell their security groups");
    }
    keep.whole(Envelope::Reservations, &mut all.reservations, |one| {
        one.instances.iter().all(|one| !one.instance_id.is_empty())
    });
}

fn gateways(all: &mut Resources, keep: &mut Keep<'_>) {
    keep.whole(Envelope::InternetGateways, &mut all.internet_gateways, |one| {
        !one.internet_gateway_id.is_empty() && one.attachments.iter().all(|at| at.vpc_id.is_some())
    });
    let egress_only = &mut all.egress_only_internet_gateways;
    keep.whole(Envelope::EgressOnlyInternetGateways, egress_only, |one| {
        let is_attached = one.attachments.iter().all(|at| at.vpc_id.is_some());
        !one.egress_only_internet_gateway_id.is_empty() && is_attached
    });
    keep.whole(Envelope::NatGateways, &mut all.nat_gateways, |one| {
        !one.nat_gateway_id.is_empty() && !one.vpc_id.is_empty()
    });
    keep.whole(Envelope::VpcPeeringConnections, &mut all.vpc_peering_connections, is_whole_peering);
    keep.whole(Envelope::VpcEndpoints, &mut all.vpc_endpoints, |one| {
        let of_service =
            matches!(one.vpc_endpoint_type.as_deref(), None | Some("Interface" | "Gateway"));
        let has_service = one.service_name.is_some() || !of_service;
        !one.vpc_endpoint_id.is_empty() && !one.vpc_id.is_empty() && has_service
    });
    keep.whole(Envelope::ManagedPrefixListEntries, &mut all.managed_prefix_list_entries, |one| {
        one.entries.iter().all(|entry| entry.cidr.is_some())
    });
    keep.whole(Envelope::VpnGateways, &mut all.vpn_gateways, |one| {
        !one.vpn_gateway_id.is_empty() && one.vpc_attachments.iter().all(|at| at.vpc_id.is_some())
    });
}

fn transit(all: &mut Resources, keep: &mut Keep<'_>) {
    let attachments = &mut all.transit_gateway_vpc_attachments;
    keep.whole(Envelope::TransitGatewayVpcAttachments, attachments, |one| {
        let has_gateway = !one.transit_gateway_id.is_empty() && !one.vpc_id.is_empty();
        !one.transit_gateway_attachment_id.is_empty() && has_gateway
    });
    let is_whole = |routes: &[TransitGatewayRoute]| {
        routes.iter().all(|one| one.destination_cidr_block.is_some())
    };
    keep.whole(Envelope::TransitGatewayRoutes, &mut all.transit_gateway_routes, |one| {
        is_whole(&one.routes)
    });
    keep.whole(
        Envelope::TransitGatewayStaticRoutes,
        &mut all.transit_gateway_static_routes,
        |one| is_whole(&one.routes),
    );
}

fn services(all: &mut Resources, keep: &mut Keep<'_>) {
    keep.whole(Envelope::DBInstances, &mut all.db_instances, |one| {
        !one.db_instance_identifier.is_empty()
    });
    keep.whole(Envelope::DBClusters, &mut all.db_clusters, |one| {
        one.db_cluster_members.iter().all(|member| !member.db_instance_identifier.is_empty())
    });
    keep.whole(Envelope::LoadBalancers, &mut all.load_balancers, |one| {
        let has_subnets = one.availability_zones.iter().all(|zone| zone.subnet_id.is_some());
        !one.load_balancer_arn.is_empty() && one.load_balancer_type.is_some() && has_subnets
    });
    keep.whole(Envelope::ListenerRules, &mut all.listener_rules, |one| {
        !one.listener_arn.is_empty()
    });
    let is_told =
        |all: &[Attribute]| all.iter().all(|one| !one.key.is_empty() && one.value.is_some());
    keep.whole(Envelope::LoadBalancerAttributes, &mut all.load_balancer_attributes, |one| {
        !one.load_balancer_arn.is_empty() && is_told(&one.attributes)
    });
    keep.whole(Envelope::TargetGroupAttributes, &mut all.target_group_attributes, |one| {
        !one.target_group_arn.is_empty() && is_told(&one.attributes)
    });
    keep.whole(Envelope::TargetGroups, &mut all.target_groups, |one| {
        let kind = one.target_type.as_deref();
        let has_protocol = one.protocol.is_some() || kind == Some("lambda");
        !one.target_group_arn.is_empty() && kind.is_some() && has_protocol
    });
    keep.whole(Envelope::DBProxyEndpoints, &mut all.db_proxy_endpoints, |one| {
        let is_named = !one.db_proxy_endpoint_name.is_empty() && !one.db_proxy_name.is_empty();
        is_named && !one.vpc_subnet_ids.is_empty()
    });
    keep.whole(Envelope::DBProxyTargets, &mut all.db_proxy_targets, |one| {
        one.targets.iter().all(|one| one.rds_resource_id.is_some() && one.target_type.is_some())
    });
    keep.whole(Envelope::LoadBalancerListeners, &mut all.load_balancer_listeners, |one| {
        one.listeners.iter().all(is_whole_listener)
    });
    keep.whole(Envelope::LoadBalancerTargetHealth, &mut all.load_balancer_target_health, |one| {
        one.target_health_descriptions.iter().all(|one| one.target.is_some())
    });
}

fn settings(all: &mut Resources, keep: &mut Keep<'_>) {
    keep.whole(Envelope::VpcAttributes, &mut all.vpc_attributes, |one| !one.vpc_id.is_empty());
    let options = &mut all.block_public_access_options;
    keep.whole(Envelope::VpcBlockPublicAccessOptions, options, |one| {
        one.internet_gateway_block_mode.is_some()
    });
    let exclusions = &mut all.block_public_access_exclusions;
    keep.whole(Envelope::VpcBlockPublicAccessExclusions, exclusions, |one| {
        one.resource_arn.is_some() && one.internet_gateway_exclusion_mode.is_some()
    });
}

fn has_cidrs(v6: &[Ipv6CidrBlockAssociation]) -> bool {
    v6.iter().all(|one| one.ipv6_cidr_block.is_some())
}

/// Its subnet is told, and each address that it has.
fn is_whole_interface(eni: &NetworkInterface) -> bool {
    let has_public = |one: &PublicAssociation| one.public_ip.is_some() || one.carrier_ip.is_some();
    let mut private = eni.private_ip_addresses.iter();
    !eni.network_interface_id.is_empty()
        && eni.subnet_id.is_some()
        && private.all(|one| {
            one.private_ip_address.is_some() && one.association.as_deref().is_none_or(has_public)
        })
        && eni.ipv6_addresses.iter().all(|one| one.ipv6_address.is_some())
        && eni.ipv4_prefixes.iter().all(|one| one.ipv4_prefix.is_some())
        && eni.ipv6_prefixes.iter().all(|one| one.ipv6_prefix.is_some())
}

/// Without them nobody can tell whose interface it is.
fn tells_groups(eni: &NetworkInterface) -> bool {
    eni.groups.as_ref().is_some_and(|groups| groups.iter().all(|one| !one.group_id.is_empty()))
}

/// Each association tells what the table serves (rule RT-1).
fn is_whole_table(table: &RouteTable) -> bool {
    let serves_something = |one: &RouteTableAssociation| {
        one.main || one.subnet_id.is_some() || one.gateway_id.is_some()
    };
    !table.route_table_id.is_empty()
        && !table.vpc_id.is_empty()
        && table.associations.iter().all(serves_something)
}

fn is_whole_acl(acl: &NetworkAcl) -> bool {
    !acl.network_acl_id.is_empty()
        && !acl.vpc_id.is_empty()
        && acl.associations.iter().all(|one| one.subnet_id.is_some())
}

/// Of connections that are over, or not accepted yet, AWS tells less.
fn is_whole_peering(peering: &VpcPeeringConnection) -> bool {
    let is_in_use = peering.state().is_none() || peering.is_active();
    let has_sides = peering.sides().filter(|side| side.vpc_id.is_some()).count() == 2;
    !peering.vpc_peering_connection_id.is_empty() && (has_sides || !is_in_use)
}

fn is_whole_listener(listener: &Listener) -> bool {
    listener.listener_arn.is_some() && listener.port.is_some() && listener.protocol.is_some()
}

struct Keep<'a> {
    coverage: &'a mut Coverage,
}

impl Keep<'_> {
    fn whole<T>(&mut self, envelope: Envelope, list: &mut Vec<T>, is_whole: impl Fn(&T) -> bool) {
        let before = list.len();
        list.retain(is_whole);
        let out = before - list.len();
        if out > 0 {
            let lack = "lack an id, an address or what they belong to";
            self.partly(envelope, &format!("{out} of {before} {lack}, and are left out"));
        }
    }

    fn partly(&mut self, envelope: Envelope, message: &str) {
        self.coverage.record(envelope, Outcome::Partial { message: message.into() });
    }
}
