//! What joins VPCs with each other and with services: peerings, endpoints, prefix lists.

use ipnet::IpNet;
use vpctui::model::catalogue::Resources;
use vpctui::model::endpoint::{
    ManagedPrefixList, ManagedPrefixListEntries, PrefixListEntry, VpcEndpoint,
};
use vpctui::model::peering::{
    PeeringCidr, PeeringIpv6Cidr, PeeringOptions, PeeringStatus, PeeringVpcInfo,
    VpcPeeringConnection,
};

use super::line::Parts;
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
    }

    fn peering(&self, id: &str, line: &str) -> VpcPeeringConnection {
        let mut parts = Parts::read(id, line);
        let [first, second] = parts.vpcs[..] else { panic!("{id} joins two VPCs") };
        let (mut code, mut dns, mut regions) = ("active", false, (REGION, REGION));
        let mut far = Vec::new();
        while let Some(word) = parts.keywords.next() {
            match word {
                "cidr" => far.push(parts.keywords.parse()),
                "dns" => dns = true,
                "state" => code = parts.keywords.word(),
                "regions" => regions = (parts.keywords.word(), parts.keywords.word()),
                _ => parts.keywords.wrong(word),
            }
        }
        VpcPeeringConnection {
            vpc_peering_connection_id: id.into(),
            requester_vpc_info: Some(self.side(first, regions.0, dns, &far)),
            accepter_vpc_info: Some(self.side(second, regions.1, dns, &far)),
            status: Some(PeeringStatus { code: Some(code.into()), message: None }),
            ..VpcPeeringConnection::default()
        }
    }

    /// The CIDRs of a VPC that is out of sight are told with the peering.
    fn side(&self, vpc: &str, region: &str, dns: bool, far: &[IpNet]) -> PeeringVpcInfo {
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
        for prefix in prefixes.unwrap_or_else(|| far.to_vec()) {
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
            private_dns_enabled: Some(false),
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
                "inbound-only" => {
                    let options = endpoint.dns_options.get_or_insert_default();
                    options.private_dns_only_for_inbound_resolver_endpoint = Some(true);
                }
                "state" => endpoint.state = Some(parts.keywords.word().into()),
                _ => parts.keywords.wrong(word),
            }
        }
        if !parts.subnets.is_empty() {
            let mut interface = self.listed(&format!("eni-{id}"), &parts);
            interface.description = Some(format!("VPC Endpoint Interface {id}").into());
            interface.interface_type = Some("vpc_endpoint".into());
            endpoint.network_interface_ids.push(interface.network_interface_id.clone());
            to.network_interfaces.push(interface.into());
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
