//! What joins VPCs with each other and with services: peerings, endpoints, prefix lists, transit gateways.

use ipnet::IpNet;
use vpctui::model::catalogue::Resources;
use vpctui::model::endpoint::{
    ManagedPrefixList, ManagedPrefixListEntries, PrefixListEntry, VpcEndpoint,
};
use vpctui::model::peering::{
    PeeringCidr, PeeringIpv6Cidr, PeeringOptions, PeeringStatus, PeeringVpcInfo,
    VpcPeeringConnection,
};
use vpctui::model::transit_gateway::{
    AttachmentAssociation, RouteAttachment, RouteTableAttachment, TransitGateway,
    TransitGatewayAssociations, TransitGatewayAttachment, TransitGatewayOptions,
    TransitGatewayPropagations, TransitGatewayRoute, TransitGatewayRouteTable,
    TransitGatewayRoutes, TransitGatewayVpcAttachment, VpcAttachmentOptions,
};

use super::line::{Parts, Words};
use super::machines::groups;
use super::{ACCOUNT, Network, REGION};

impl Network {
    pub(super) fn add_links(&self, to: &mut Resources) {
        let peerings = self.peerings.iter().map(|(id, line)| self.peering(id, line));
        to.vpc_peering_connections.extend(peerings);
        for (id, line) in &self.endpoints {
            self.add_endpoint(id, line, to);
        }
        for (id, line) in &self.prefix_lists {
            add_prefix_list(id, line, to);
        }
        for (id, lines) in &self.transit_gateways {
            add_transit_gateway(id, lines, to);
        }
    }

    fn peering(&self, id: &str, line: &str) -> VpcPeeringConnection {
        let mut parts = Parts::read(id, line);
        let [first, second] = parts.vpcs[..] else { panic!("{id} joins two VPCs") };
        let (mut code, mut dns, mut regions) = ("active", false, (REGION, REGION));
        while let Some(word) = parts.keywords.next() {
            match word {
                "dns" => dns = true,
                "state" => code = parts.keywords.word(),
                "regions" => regions = (parts.keywords.word(), parts.keywords.word()),
                _ => parts.keywords.wrong(word),
            }
        }
        VpcPeeringConnection {
            vpc_peering_connection_id: id.into(),
            requester_vpc_info: Some(self.side(first, regions.0, dns)),
            accepter_vpc_info: Some(self.side(second, regions.1, dns)),
            status: Some(PeeringStatus { code: Some(code.into()), message: None }),
            ..VpcPeeringConnection::default()
        }
    }

    fn side(&self, vpc: &str, region: &str, dns: bool) -> PeeringVpcInfo {
        let prefixes = self.vpcs.get(vpc).map(|line| Parts::read(vpc, line).prefixes);
        let mut side = PeeringVpcInfo {
            vpc_id: Some(vpc.into()),
            owner_id: Some(ACCOUNT.into()),
            region: Some(region.into()),
            peering_options: Some(PeeringOptions {
                allow_dns_resolution_from_remote_vpc: Some(dns),
            }),
            ..PeeringVpcInfo::default()
        };
        for prefix in prefixes.unwrap_or_default() {
            match prefix {
                IpNet::V4(net) => {
                    side.cidr_block.get_or_insert(net);
                    side.cidr_block_set.push(PeeringCidr { cidr_block: Some(net) });
                }
                IpNet::V6(net) => {
                    side.ipv6_cidr_block_set.push(PeeringIpv6Cidr { ipv6_cidr_block: Some(net) });
                }
            }
        }
        side
    }

    fn add_endpoint(&self, id: &str, line: &str, to: &mut Resources) {
        let mut parts = Parts::read(id, line);
        let mut endpoint = VpcEndpoint {
            vpc_endpoint_id: id.into(),
            vpc_id: parts.vpcs[0].into(),
            state: Some("available".into()),
            subnet_ids: parts.subnets.iter().map(|subnet| (*subnet).into()).collect(),
            groups: groups(&parts.groups),
            ..VpcEndpoint::default()
        };
        let service = |kind: &str, endpoint: &mut VpcEndpoint, name: &str| {
            endpoint.vpc_endpoint_type = Some(kind.into());
            endpoint.service_name = Some(format!("com.amazonaws.{REGION}.{name}"));
        };
        while let Some(word) = parts.keywords.next() {
            match word {
                "gateway" => service("Gateway", &mut endpoint, parts.keywords.word()),
                "interface" => service("Interface", &mut endpoint, parts.keywords.word()),
                "gateway-load-balancer" => {
                    endpoint.vpc_endpoint_type = Some("GatewayLoadBalancer".into());
                }
                "private-dns" => endpoint.private_dns_enabled = Some(true),
                "state" => endpoint.state = Some(parts.keywords.word().into()),
                _ => parts.keywords.wrong(word),
            }
        }
        if !parts.subnets.is_empty() {
            let mut interface = self.listed(&format!("eni-{id}"), &parts);
            interface.description = Some(format!("VPC Endpoint Interface {id}"));
            interface.interface_type = Some("vpc_endpoint".into());
            endpoint.network_interface_ids.push(interface.network_interface_id.clone());
            to.network_interfaces.push(interface);
        }
        to.vpc_endpoints.push(endpoint);
    }
}

fn add_prefix_list(id: &str, line: &str, to: &mut Resources) {
    let mut parts = Parts::read(id, line);
    let mut list = ManagedPrefixList { prefix_list_id: id.into(), ..ManagedPrefixList::default() };
    let mut listed = true;
    while let Some(word) = parts.keywords.next() {
        match word {
            "named" => list.prefix_list_name = Some(parts.keywords.word().into()),
            "unlisted" => listed = false,
            _ => parts.keywords.wrong(word),
        }
    }
    to.managed_prefix_lists.push(list);
    if listed {
        let entries = parts.prefixes.iter();
        let entries = entries.map(|cidr| PrefixListEntry { cidr: Some(*cidr), description: None });
        let entries = entries.collect();
        to.managed_prefix_list_entries
            .push(ManagedPrefixListEntries { prefix_list_id: id.into(), entries });
    }
}

fn add_transit_gateway(id: &str, lines: &[String], to: &mut Resources) {
    let mut options = TransitGatewayOptions {
        security_group_referencing_support: Some("disable".into()),
        ..TransitGatewayOptions::default()
    };
    for line in lines {
        let mut words = Words::of(id, line);
        match words.word() {
            "referencing" => options.security_group_referencing_support = Some("enable".into()),
            "attach" => add_attachment(id, &words.rest(), to),
            "table" => add_transit_table(id, &mut words, to),
            "route" => add_transit_route(&mut words, to),
            word => words.wrong(word),
        }
    }
    to.transit_gateways.push(TransitGateway {
        transit_gateway_id: id.into(),
        state: Some("available".into()),
        owner_id: Some(ACCOUNT.into()),
        options: Some(options),
        ..TransitGateway::default()
    });
}

fn add_attachment(gateway: &str, line: &str, to: &mut Resources) {
    let mut parts = Parts::read(gateway, line);
    let (mut id, mut referencing) = ("", "enable");
    while let Some(word) = parts.keywords.next() {
        match word {
            "as" => id = parts.keywords.word(),
            "unreferenced" => referencing = "disable",
            _ => parts.keywords.wrong(word),
        }
    }
    let vpc = parts.vpcs[0];
    to.transit_gateway_vpc_attachments.push(TransitGatewayVpcAttachment {
        transit_gateway_attachment_id: id.into(),
        transit_gateway_id: gateway.into(),
        vpc_id: vpc.into(),
        subnet_ids: parts.subnets.iter().map(|subnet| (*subnet).into()).collect(),
        state: Some("available".into()),
        options: Some(VpcAttachmentOptions {
            security_group_referencing_support: Some(referencing.into()),
            ..VpcAttachmentOptions::default()
        }),
        ..TransitGatewayVpcAttachment::default()
    });
    to.transit_gateway_attachments.push(TransitGatewayAttachment {
        transit_gateway_attachment_id: id.into(),
        transit_gateway_id: gateway.into(),
        resource_type: Some("vpc".into()),
        resource_id: Some(vpc.into()),
        resource_owner_id: Some(ACCOUNT.into()),
        transit_gateway_owner_id: Some(ACCOUNT.into()),
        state: Some("available".into()),
        ..TransitGatewayAttachment::default()
    });
}

fn add_transit_table(gateway: &str, words: &mut Words, to: &mut Resources) {
    let table = words.word();
    let mut associations = Vec::new();
    if let Some(word) = words.next().filter(|word| *word != "for") {
        words.wrong(word);
    }
    while let Some(attachment) = words.next() {
        associations.push(RouteTableAttachment {
            transit_gateway_attachment_id: attachment.into(),
            resource_type: Some("vpc".into()),
            state: Some("associated".into()),
            ..RouteTableAttachment::default()
        });
        let mut listed = to.transit_gateway_attachments.iter_mut();
        let listed = listed.find(|one| one.transit_gateway_attachment_id.as_str() == attachment);
        listed.unwrap_or_else(|| panic!("{attachment} is attached nowhere")).association =
            Some(AttachmentAssociation {
                transit_gateway_route_table_id: Some(table.into()),
                state: Some("associated".into()),
            });
    }
    to.transit_gateway_associations.push(TransitGatewayAssociations {
        transit_gateway_route_table_id: table.into(),
        associations,
    });
    to.transit_gateway_propagations.push(TransitGatewayPropagations {
        transit_gateway_route_table_id: table.into(),
        ..TransitGatewayPropagations::default()
    });
    to.transit_gateway_routes.push(TransitGatewayRoutes {
        transit_gateway_route_table_id: table.into(),
        ..TransitGatewayRoutes::default()
    });
    to.transit_gateway_route_tables.push(TransitGatewayRouteTable {
        transit_gateway_route_table_id: table.into(),
        transit_gateway_id: gateway.into(),
        state: Some("available".into()),
        ..TransitGatewayRouteTable::default()
    });
}

fn add_transit_route(words: &mut Words, to: &mut Resources) {
    let table = words.word();
    let prefix: IpNet = words.parse();
    let arrow = words.word();
    if arrow != "->" {
        words.wrong(arrow);
    }
    let target = words.word();
    let kind = words.next().unwrap_or("static");
    let attachment = to.transit_gateway_attachments.iter();
    let mut attachment =
        attachment.filter(|one| one.transit_gateway_attachment_id.as_str() == target);
    let leads_to = attachment.next().map(|one| RouteAttachment {
        transit_gateway_attachment_id: one.transit_gateway_attachment_id.clone(),
        resource_id: one.resource_id.clone(),
        resource_type: one.resource_type.clone(),
    });
    let state = if target == "nothing" { "blackhole" } else { "active" };
    let mut tables = to.transit_gateway_routes.iter_mut();
    let table = tables.find(|one| one.transit_gateway_route_table_id.as_str() == table);
    table.expect("its table comes first").routes.push(TransitGatewayRoute {
        destination_cidr_block: Some(prefix),
        route_type: Some(kind.into()),
        state: Some(state.into()),
        transit_gateway_attachments: leads_to.into_iter().collect(),
        ..TransitGatewayRoute::default()
    });
}
