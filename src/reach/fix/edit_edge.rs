//! Changes at the edge of a VPC, made in a copy of the data.

use compact_str::format_compact;

use super::change::{Edge, FixPeer, NEW_EGRESS_ONLY};
use super::edit::permission;
use crate::model::catalogue::Resources;
use crate::model::dump::Dump;
use crate::model::endpoint::VpcEndpoint;
use crate::model::gateway::{EgressOnlyInternetGateway, GatewayAttachment};
use crate::model::ids::{
    NetworkInterfaceId, PrefixListId, RouteTableId, SecurityGroupId, SubnetId, VpcEndpointId, VpcId,
};
use crate::model::interface::{GroupIdentifier, NetworkInterface};
use crate::model::route_table::{Route, RouteOrigin, RouteState};
use crate::model::security_group::SecurityGroup;
use crate::model::traffic::Protocol;
use crate::model::vpc::{AttributeValue, BlockPublicAccessStates};
use crate::store::Store;

/// The id of an endpoint that is only proposed.
const NEW_ENDPOINT: &str = "vpce-new";
/// The id of its interface.
pub(super) const NEW_ENDPOINT_INTERFACE: &str = "eni-endpoint-new";

impl Edge {
    /// Makes this change.
    pub(super) fn edit(&self, dump: &mut Dump, store: &Store) {
        match self {
            Self::AttachGateway { gateway, vpc } => {
                let regions = dump.regions.iter_mut();
                let gateways = regions.flat_map(|one| &mut one.resources.internet_gateways);
                gateways
                    .filter(|one| one.internet_gateway_id == *gateway)
                    .for_each(|one| one.attachments = vec![attached(vpc)]);
            }
            Self::EgressOnlyGateway { vpc } => {
                let gateway = EgressOnlyInternetGateway {
                    egress_only_internet_gateway_id: NEW_EGRESS_ONLY.into(),
                    attachments: vec![attached(vpc)],
                    tags: Vec::new(),
                };
                if let Some(here) = region_of(dump, vpc) {
                    here.egress_only_internet_gateways.push(gateway);
                }
            }
            Self::GatewayEndpoint { vpc, service, list, table, endpoint } => {
                if endpoint.is_none() {
                    add_endpoint(dump, vpc, &gateway_endpoint(vpc, service));
                }
                let id = endpoint.clone().unwrap_or_else(|| NEW_ENDPOINT.into());
                associate(dump, &id, table, list);
            }
            Self::InterfaceEndpoint { vpc, service, subnet, client } => {
                interface_endpoint(dump, store, vpc, service, subnet, client);
            }
            Self::PrivateNames { endpoint } => {
                endpoints(dump, endpoint, |one| one.private_dns_enabled = Some(true));
            }
            Self::DnsAttributes { vpc } => dns_attributes(dump, vpc),
            Self::PublicAccessExclusion { vpc, is_egress_only } => {
                exclude(dump, vpc, if *is_egress_only { "block-ingress" } else { "off" });
            }
        }
    }
}

fn attached(vpc: &VpcId) -> GatewayAttachment {
    GatewayAttachment { vpc_id: Some(vpc.clone()), state: Some("available".into()) }
}

fn region_of<'a>(dump: &'a mut Dump, vpc: &VpcId) -> Option<&'a mut Resources> {
    let mut resources = dump.regions.iter_mut().map(|region| &mut region.resources);
    resources.find(|one| one.vpcs.iter().any(|one| one.vpc_id == *vpc))
}

fn gateway_endpoint(vpc: &VpcId, service: &str) -> VpcEndpoint {
    VpcEndpoint {
        vpc_endpoint_id: NEW_ENDPOINT.into(),
        vpc_endpoint_type: Some("Gateway".into()),
        vpc_id: vpc.clone(),
        service_name: Some(service.to_owned()),
        state: Some("available".into()),
        ..VpcEndpoint::default()
    }
}

fn add_endpoint(dump: &mut Dump, vpc: &VpcId, endpoint: &VpcEndpoint) {
    if let Some(here) = region_of(dump, vpc) {
        here.vpc_endpoints.push(endpoint.clone());
    }
}

fn endpoints(dump: &mut Dump, id: &VpcEndpointId, edit: impl Fn(&mut VpcEndpoint)) {
    let endpoints = dump.regions.iter_mut().flat_map(|one| &mut one.resources.vpc_endpoints);
    endpoints.filter(|one| one.vpc_endpoint_id == *id).for_each(edit);
}

/// A gateway endpoint shows up as a route for the service's prefix list.
fn associate(dump: &mut Dump, id: &VpcEndpointId, table: &RouteTableId, list: &PrefixListId) {
    endpoints(dump, id, |one| one.route_table_ids.push(table.clone()));
    let route = Route {
        destination_prefix_list_id: Some(list.clone()),
        gateway_id: Some(id.to_string()),
        origin: RouteOrigin::CreateRoute,
        state: RouteState::Active,
        ..Route::default()
    };
    let tables = dump.regions.iter_mut().flat_map(|one| &mut one.resources.route_tables);
    tables
        .filter(|one| one.route_table_id == *table)
        .for_each(|one| one.routes.push(route.clone()));
}

fn interface_endpoint(
    dump: &mut Dump,
    store: &Store,
    vpc: &VpcId,
    service: &str,
    subnet: &SubnetId,
    client: &SecurityGroupId,
) {
    let (group, interface) =
        (SecurityGroupId::from("sg-new"), NetworkInterfaceId::from(NEW_ENDPOINT_INTERFACE));
    let net = store.subnets.get(subnet).and_then(|subnet| subnet.cidr_block);
    let identifier = GroupIdentifier { group_id: group.clone(), ..GroupIdentifier::default() };
    let endpoint = VpcEndpoint {
        vpc_endpoint_type: Some("Interface".into()),
        subnet_ids: vec![subnet.clone()],
        groups: vec![identifier.clone()],
        network_interface_ids: vec![interface.clone()],
        private_dns_enabled: Some(true),
        ..gateway_endpoint(vpc, service)
    };
    let eni = NetworkInterface {
        network_interface_id: interface,
        subnet_id: Some(subnet.clone()),
        vpc_id: Some(vpc.clone()),
        interface_type: Some("vpc_endpoint".into()),
        description: Some(format_compact!("VPC Endpoint Interface {NEW_ENDPOINT}")),
        groups: Some(vec![identifier]),
        private_ip_address: net.and_then(|net| net.hosts().last()),
        status: Some("in-use".into()),
        ..NetworkInterface::default()
    };
    let peer = FixPeer::Group(client.clone());
    let own = SecurityGroup {
        group_id: group,
        vpc_id: Some(vpc.clone()),
        ip_permissions: vec![permission(Some(Protocol::TCP), Some((443, 443)), &peer)],
        ..SecurityGroup::default()
    };
    if let Some(here) = region_of(dump, vpc) {
        here.vpc_endpoints.push(endpoint);
        here.network_interfaces.push(eni.into());
        here.security_groups.push(own);
    }
}

fn dns_attributes(dump: &mut Dump, vpc: &VpcId) {
    let told = dump.regions.iter_mut().flat_map(|one| &mut one.resources.vpc_attributes);
    for attributes in told.filter(|one| one.vpc_id == *vpc) {
        attributes.enable_dns_support = Some(AttributeValue { value: Some(true) });
        attributes.enable_dns_hostnames = Some(AttributeValue { value: Some(true) });
    }
}

/// AWS tells the outcome of an exclusion at the VPC and at each of its subnets.
fn exclude(dump: &mut Dump, vpc: &VpcId, mode: &str) {
    let states = BlockPublicAccessStates { internet_gateway_block_mode: Some(mode.into()) };
    for resources in dump.regions.iter_mut().map(|region| &mut region.resources) {
        let vpcs = resources.vpcs.iter_mut().filter(|one| one.vpc_id == *vpc);
        vpcs.for_each(|one| one.block_public_access_states = Some(states.clone()));
        let subnets = resources.subnets.iter_mut().filter(|one| one.vpc_id == *vpc);
        subnets.for_each(|one| one.block_public_access_states = Some(states.clone()));
    }
}
