//! The network with a change made: on a copy of its data.

use std::net::Ipv4Addr;
use std::sync::Arc;

use ipnet::{IpNet, Ipv4Net};

use super::change::{Change, FixPeer, NEW_GROUP, NEW_NAT, RouteTarget};
use crate::model::dump::Dump;
use crate::model::gateway::{NatGateway, NatGatewayAddress, NatGatewayState};
use crate::model::ids::{
    AllocationId, Arn, NetworkInterfaceId, PeeringId, RouteTableId, SecurityGroupId, SubnetId,
    TransitGatewayAttachmentId, TransitGatewayRouteTableId, VpcId,
};
use crate::model::interface::{NetworkInterface, PrivateIpAddress, PublicAssociation};
use crate::model::lambda::VpcConfig;
use crate::model::network_acl::{IcmpTypeCode, NetworkAclEntry, PortRange};
use crate::model::route_table::{Route, RouteOrigin, RouteState};
use crate::model::security_group::{
    IpPermission, IpRange, Ipv6Range, PrefixListRef, SecurityGroup, UserIdGroupPair,
};
use crate::model::traffic::Protocol;
use crate::model::transit_gateway::{
    RouteAttachment, RouteTableAttachment, TransitGatewayAssociations, TransitGatewayRoute,
};
use crate::model::vpc::Vpc;
use crate::store::{Direction, Store};

/// The address of what is only proposed, from the range for documentation (RFC 5737).
const NEW_ADDRESS: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);

impl Change {
    /// Makes this change in a copy of the data of a network.
    pub(super) fn edit(&self, dump: &mut Dump, store: &Store) {
        match self {
            Self::GroupRule { group, direction, protocol, ports, peer } => {
                let rule = permission(*protocol, *ports, peer);
                group_rule(dump, group, *direction, &rule);
            }
            Self::AclEntry { acl, .. } => {
                let entry = self.acl_entry();
                let acls = dump.regions.iter_mut().flat_map(|r| &mut r.resources.network_acls);
                acls.filter(|one| one.network_acl_id == *acl)
                    .for_each(|one| one.entries.extend(entry.clone()));
            }
            Self::Route { table, destination, target, .. } => {
                route(dump, table, *destination, target);
            }
            Self::NatGateway { subnet, vpc } => nat_gateway(dump, store, subnet, vpc),
            Self::NewGroup { vpc, name } => new_group(dump, vpc, name),
            Self::AttachFunction { function, subnets, groups, .. } => {
                attach(dump, function, subnets, groups);
            }
            Self::ForwardPackets { interface } => {
                interfaces(dump, interface, |eni| eni.source_dest_check = Some(false));
            }
            Self::DnsOverPeering { peering, vpc, .. } => dns_over_peering(dump, peering, vpc),
            Self::TransitAssociation { attachment, table } => association(dump, attachment, table),
            Self::TransitPropagation { attachment, table } => propagation(dump, attachment, table),
            Self::PublicAddress { interface, private } => {
                interfaces(dump, interface, |eni| give_public_address(eni, *private));
            }
            Self::Edge(edge) => edge.edit(dump, store),
            Self::Link(link) => link.edit(dump),
        }
    }

    fn acl_entry(&self) -> Option<NetworkAclEntry> {
        let Self::AclEntry { number, direction, protocol, ports, cidr, .. } = self else {
            return None;
        };
        let icmp = matches!(*protocol, Some(Protocol::ICMP | Protocol::ICMPV6));
        let range = ports.map(|(from, to)| PortRange { from: Some(from), to: Some(to) });
        let message =
            ports.map(|(kind, code)| IcmpTypeCode { icmp_type: Some(kind), code: Some(code) });
        let (v4, v6) = split(*cidr);
        Some(NetworkAclEntry {
            rule_number: *number,
            egress: Some(*direction == Direction::Egress),
            protocol: protocol.map_or_else(|| "-1".into(), |Protocol(number)| number.to_string()),
            rule_action: "allow".into(),
            cidr_block: v4,
            ipv6_cidr_block: v6,
            port_range: range.filter(|_| !icmp),
            icmp_type_code: message.filter(|_| icmp),
        })
    }
}

/// As AWS makes it: everything may leave, nothing may come in (rule SG-1).
fn new_group(dump: &mut Dump, vpc: &VpcId, name: &str) {
    let out = |net| permission(None, None, &FixPeer::Cidr(net));
    let group = SecurityGroup {
        group_id: NEW_GROUP.into(),
        group_name: name.to_owned(),
        vpc_id: Some(vpc.clone()),
        ip_permissions_egress: vec![out(Ipv4Net::default().into())],
        ..SecurityGroup::default()
    };
    let mut resources = dump.regions.iter_mut().map(|region| &mut region.resources);
    let here = resources.find(|one| one.vpcs.iter().any(|one| one.vpc_id == *vpc));
    if let Some(here) = here {
        here.security_groups.push(group);
    }
}

fn attach(dump: &mut Dump, function: &Arn, subnets: &[SubnetId], groups: &[SecurityGroupId]) {
    let config = VpcConfig {
        subnet_ids: subnets.to_vec(),
        security_group_ids: Some(groups.to_vec()),
        ..VpcConfig::default()
    };
    let functions = dump.regions.iter_mut().flat_map(|r| &mut r.resources.functions);
    functions
        .filter(|one| one.function_arn == *function)
        .for_each(|one| one.vpc_config = Some(config.clone()));
}

fn split(cidr: IpNet) -> (Option<ipnet::Ipv4Net>, Option<ipnet::Ipv6Net>) {
    match cidr {
        IpNet::V4(net) => (Some(net), None),
        IpNet::V6(net) => (None, Some(net)),
    }
}

pub(super) fn permission(
    protocol: Option<Protocol>,
    ports: Option<(i32, i32)>,
    peer: &FixPeer,
) -> IpPermission {
    let mut rule = IpPermission {
        ip_protocol: protocol.map_or_else(|| "-1".into(), |protocol| protocol.to_string()),
        from_port: ports.map(|(from, _)| from),
        to_port: ports.map(|(_, to)| to),
        ..IpPermission::default()
    };
    match peer {
        FixPeer::Group(id) => rule
            .user_id_group_pairs
            .push(UserIdGroupPair { group_id: Some(id.clone()), ..UserIdGroupPair::default() }),
        FixPeer::Cidr(IpNet::V4(net)) => {
            rule.ip_ranges.push(IpRange { cidr_ip: Some(*net), description: None });
        }
        FixPeer::Cidr(IpNet::V6(net)) => {
            rule.ipv6_ranges.push(Ipv6Range { cidr_ipv6: Some(*net), description: None });
        }
        FixPeer::PrefixList(id) => rule
            .prefix_list_ids
            .push(PrefixListRef { prefix_list_id: id.clone(), ..PrefixListRef::default() }),
    }
    rule
}

fn group_rule(dump: &mut Dump, id: &SecurityGroupId, direction: Direction, rule: &IpPermission) {
    let groups = dump.regions.iter_mut().flat_map(|r| &mut r.resources.security_groups);
    for group in groups.filter(|group| group.group_id == *id) {
        match direction {
            Direction::Ingress => group.ip_permissions.push(rule.clone()),
            Direction::Egress => group.ip_permissions_egress.push(rule.clone()),
        }
    }
}

fn route(dump: &mut Dump, id: &RouteTableId, destination: IpNet, target: &RouteTarget) {
    let (v4, v6) = split(destination);
    let mut new = Route {
        destination_cidr_block: v4,
        destination_ipv6_cidr_block: v6,
        origin: RouteOrigin::CreateRoute,
        state: RouteState::Active,
        ..Route::default()
    };
    match target {
        RouteTarget::Nat(id) => new.nat_gateway_id = Some(id.clone()),
        RouteTarget::InternetGateway(id) => new.gateway_id = Some(id.to_string()),
        RouteTarget::Peering(id) => new.vpc_peering_connection_id = Some(id.clone()),
        RouteTarget::TransitGateway(id) => new.transit_gateway_id = Some(id.clone()),
        RouteTarget::EgressOnly(id) => new.egress_only_internet_gateway_id = Some(id.clone()),
    }
    let tables = dump.regions.iter_mut().flat_map(|r| &mut r.resources.route_tables);
    for table in tables.filter(|table| table.route_table_id == *id) {
        table.routes.retain(|old| {
            (old.destination_cidr_block, old.destination_ipv6_cidr_block) != (v4, v6)
        });
        table.routes.push(new.clone());
    }
}

fn nat_gateway(dump: &mut Dump, store: &Store, subnet: &SubnetId, vpc: &VpcId) {
    let net = store.subnets.get(subnet).and_then(|subnet| subnet.cidr_block);
    let private = net.and_then(|net| net.hosts().last());
    let id = NetworkInterfaceId::from("eni-new");
    let nat = NatGateway {
        nat_gateway_id: NEW_NAT.into(),
        vpc_id: vpc.clone(),
        subnet_id: Some(subnet.clone()),
        state: NatGatewayState::Available,
        connectivity_type: Some("public".into()),
        nat_gateway_addresses: vec![NatGatewayAddress {
            allocation_id: Some(AllocationId::from("eipalloc-new")),
            network_interface_id: Some(id),
            private_ip: private,
            public_ip: Some(NEW_ADDRESS),
            is_primary: Some(true),
            ..NatGatewayAddress::default()
        }],
        ..NatGateway::default()
    };
    let here = dump
        .regions
        .iter_mut()
        .find(|region| region.resources.subnets.iter().any(|one| one.subnet_id == *subnet));
    if let Some(region) = here {
        region.resources.nat_gateways.push(nat);
    }
}

fn dns_over_peering(dump: &mut Dump, id: &PeeringId, vpc: &VpcId) {
    let peerings = dump.regions.iter_mut().flat_map(|r| &mut r.resources.vpc_peering_connections);
    for peering in peerings.filter(|one| one.vpc_peering_connection_id == *id) {
        let sides = [&mut peering.requester_vpc_info, &mut peering.accepter_vpc_info];
        for side in sides.into_iter().flatten().filter(|side| side.vpc_id.as_ref() == Some(vpc)) {
            let options = side.peering_options.get_or_insert_default();
            options.allow_dns_resolution_from_remote_vpc = Some(true);
        }
    }
}

fn association(
    dump: &mut Dump,
    attachment: &TransitGatewayAttachmentId,
    table: &TransitGatewayRouteTableId,
) {
    let new = TransitGatewayAssociations {
        transit_gateway_route_table_id: table.clone(),
        associations: vec![in_force(attachment, None)],
    };
    if let Some(region) = dump.regions.first_mut() {
        region.resources.transit_gateway_associations.push(new);
    }
}

/// What the attached VPC announces becomes routes, in whichever of the two forms the dump tells them.
fn propagation(
    dump: &mut Dump,
    attachment: &TransitGatewayAttachmentId,
    table: &TransitGatewayRouteTableId,
) {
    let vpc = attached_vpc(dump, attachment);
    let cidrs: Vec<_> = vpc.iter().flat_map(Vpc::ipv4_cidrs).collect();
    let vpc = vpc.map(|vpc| vpc.vpc_id.to_string());
    let routes = dump.regions.iter_mut().flat_map(|r| &mut r.resources.transit_gateway_routes);
    for listed in routes.filter(|one| one.transit_gateway_route_table_id == *table) {
        let new = cidrs.iter().map(|cidr| announced(*cidr, attachment, vpc.as_deref()));
        listed.routes.extend(new);
    }
    let known = dump.regions.iter_mut().flat_map(|r| &mut r.resources.transit_gateway_propagations);
    for listed in known.filter(|one| one.transit_gateway_route_table_id == *table) {
        let new = in_force(attachment, vpc.as_deref());
        listed.transit_gateway_route_table_propagations.push(new);
    }
}

fn attached_vpc(dump: &Dump, id: &TransitGatewayAttachmentId) -> Option<Vpc> {
    let resources = || dump.regions.iter().map(|region| &region.resources);
    let mut attachments = resources().flat_map(|one| &one.transit_gateway_vpc_attachments);
    let attachment = attachments.find(|one| one.transit_gateway_attachment_id == *id)?;
    resources().flat_map(|one| &one.vpcs).find(|vpc| vpc.vpc_id == attachment.vpc_id).cloned()
}

fn announced(
    cidr: ipnet::Ipv4Net,
    attachment: &TransitGatewayAttachmentId,
    vpc: Option<&str>,
) -> TransitGatewayRoute {
    TransitGatewayRoute {
        destination_cidr_block: Some(IpNet::V4(cidr)),
        route_type: Some("propagated".into()),
        state: Some("active".into()),
        transit_gateway_attachments: vec![RouteAttachment {
            transit_gateway_attachment_id: attachment.clone(),
            resource_id: vpc.map(str::to_owned),
            resource_type: Some("vpc".into()),
        }],
        ..TransitGatewayRoute::default()
    }
}

fn in_force(attachment: &TransitGatewayAttachmentId, vpc: Option<&str>) -> RouteTableAttachment {
    RouteTableAttachment {
        transit_gateway_attachment_id: attachment.clone(),
        resource_id: vpc.map(str::to_owned),
        resource_type: vpc.map(|_| "vpc".into()),
        state: None,
    }
}

fn interfaces(dump: &mut Dump, id: &NetworkInterfaceId, edit: impl Fn(&mut NetworkInterface)) {
    let all = dump.regions.iter_mut().flat_map(|r| &mut r.resources.network_interfaces);
    let these = all.filter(|eni| eni.network_interface_id == *id);
    these.for_each(|eni| edit(Arc::make_mut(eni)));
}

fn give_public_address(eni: &mut NetworkInterface, private: Ipv4Addr) {
    let public = PublicAssociation { public_ip: Some(NEW_ADDRESS), ..PublicAssociation::default() };
    let public = Box::new(public);
    let known = eni.private_ip_addresses.iter().any(|one| one.private_ip_address == Some(private));
    if !known {
        let primary = eni.private_ip_address == Some(private);
        let address = PrivateIpAddress {
            primary,
            private_ip_address: Some(private),
            ..PrivateIpAddress::default()
        };
        eni.private_ip_addresses.push(address);
    }
    let ours = eni.private_ip_addresses.iter_mut();
    ours.filter(|one| one.private_ip_address == Some(private))
        .for_each(|one| one.association = Some(public.clone()));
}
