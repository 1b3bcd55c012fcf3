//! Gateways of a VPC: internet, egress-only, private, NAT; and Block Public Access.

use std::net::IpAddr;

use vpctui::model::catalogue::Resources;
use vpctui::model::gateway::{
    EgressOnlyInternetGateway, GatewayAttachment, InternetGateway, NatGateway, NatGatewayAddress,
    NatGatewayState,
};
use vpctui::model::vpc::{BlockPublicAccessExclusion, BlockPublicAccessOptions};
use vpctui::model::vpn::{VgwTelemetry, VpnConnection, VpnGateway, VpnStaticRoute};

use super::line::{Parts, Words};
use super::{ACCOUNT, Network, REGION};

impl Network {
    pub(super) fn add_edge(&self, to: &mut Resources) {
        to.internet_gateways.extend(self.internet_gateways.iter().map(|(id, line)| {
            InternetGateway {
                internet_gateway_id: id.as_str().into(),
                attachments: attachments(id, line, "available"),
                ..InternetGateway::default()
            }
        }));
        to.egress_only_internet_gateways.extend(self.egress_only_gateways.iter().map(
            |(id, line)| EgressOnlyInternetGateway {
                egress_only_internet_gateway_id: id.as_str().into(),
                attachments: attachments(id, line, "attached"),
                ..EgressOnlyInternetGateway::default()
            },
        ));
        to.vpn_gateways.extend(self.vpn_gateways.iter().map(|(id, line)| VpnGateway {
            vpn_gateway_id: id.as_str().into(),
            state: Some("available".into()),
            vpc_attachments: attachments(id, line, "attached"),
            ..VpnGateway::default()
        }));
        to.vpn_connections.extend(self.vpns.iter().map(|(id, line)| connection(id, line)));
        for (id, line) in &self.nats {
            self.add_nat(id, line, to);
        }
        self.add_public_access(to);
    }

    fn add_nat(&self, id: &str, line: &str, to: &mut Resources) {
        let mut parts = Parts::read(id, line);
        let subnet = parts.subnets.first();
        let vpc = parts.vpcs.first().map(|vpc| (*vpc).into());
        let mut nat = NatGateway {
            nat_gateway_id: id.into(),
            vpc_id: vpc.unwrap_or_else(|| self.vpc_of(subnet.expect("a subnet or a VPC"))),
            subnet_id: subnet.map(|subnet| (*subnet).into()),
            state: NatGatewayState::Available,
            connectivity_type: Some("public".into()),
            availability_mode: Some("zonal".into()),
            nat_gateway_addresses: nat_addresses(&parts),
            ..NatGateway::default()
        };
        while let Some(word) = parts.keywords.next() {
            match word {
                "private" => nat.connectivity_type = Some("private".into()),
                "regional" => nat.availability_mode = Some("regional".into()),
                "state" => nat.state = parts.keywords.word().into(),
                "in" => place_addresses(&mut nat, parts.keywords.word()),
                "fixed" => nat.auto_provision_zones = Some("disabled".into()),
                "spreading" => nat.auto_provision_zones = Some("enabled".into()),
                "table" => nat.route_table_id = Some(parts.keywords.word().into()),
                _ => parts.keywords.wrong(word),
            }
        }
        to.nat_gateways.push(nat);
        if subnet.is_some() {
            let mut interface = self.listed(&format!("eni-{id}"), &parts);
            interface.interface_type = Some("nat_gateway".into());
            interface.description = Some(format!("Interface for NAT Gateway {id}").into());
            interface.source_dest_check = Some(false);
            to.network_interfaces.push(interface.into());
        }
    }

    fn add_public_access(&self, to: &mut Resources) {
        let mut mode = "off";
        for line in &self.public_access {
            let mut words = Words::of("public-access", line);
            match words.word() {
                "exclude" => {
                    let id = words.word();
                    let kind = id.split('-').next().unwrap_or_default();
                    to.block_public_access_exclusions.push(BlockPublicAccessExclusion {
                        exclusion_id: Some(format!("vpcbpa-exclude-{id}")),
                        internet_gateway_exclusion_mode: Some(words.word().into()),
                        resource_arn: Some(format!("arn:aws:ec2:{REGION}:{ACCOUNT}:{kind}/{id}")),
                        state: Some("create-complete".into()),
                        ..BlockPublicAccessExclusion::default()
                    });
                }
                word => mode = word,
            }
            words.end();
        }
        to.block_public_access_options.push(BlockPublicAccessOptions {
            aws_account_id: Some(ACCOUNT.into()),
            aws_region: Some(REGION.into()),
            internet_gateway_block_mode: Some(mode.into()),
            ..BlockPublicAccessOptions::default()
        });
    }
}

/// `of vgw-1 up static 192.168.0.0/16`: with two tunnels, as AWS makes them.
fn connection(id: &str, line: &str) -> VpnConnection {
    let mut words = Words::of(id, line);
    let mut connection = VpnConnection {
        vpn_connection_id: id.into(),
        state: Some("available".into()),
        ..VpnConnection::default()
    };
    while let Some(word) = words.next() {
        match word {
            "of" => {
                let gateway = words.word();
                let of_vpc = gateway.starts_with("vgw-");
                connection.vpn_gateway_id = of_vpc.then(|| gateway.into());
                connection.transit_gateway_id = (!of_vpc).then(|| gateway.into());
            }
            "up" | "down" => {
                let status = Some(word.to_uppercase());
                let tunnel = VgwTelemetry { status, ..VgwTelemetry::default() };
                connection.vgw_telemetry = vec![tunnel.clone(), tunnel];
            }
            "static" => connection.routes.push(VpnStaticRoute {
                destination_cidr_block: Some(words.parse()),
                state: Some("available".into()),
            }),
            _ => words.wrong(word),
        }
    }
    connection
}

fn place_addresses(nat: &mut NatGateway, zone: &str) {
    for address in &mut nat.nat_gateway_addresses {
        address.availability_zone = Some(format!("{REGION}{zone}").into());
    }
}

fn attachments(id: &str, line: &str, state: &str) -> Vec<GatewayAttachment> {
    let parts = Parts::read(id, line);
    let attached = parts
        .vpcs
        .iter()
        .map(|vpc| GatewayAttachment { vpc_id: Some((*vpc).into()), state: Some(state.into()) });
    let attached = attached.collect();
    parts.keywords.end();
    attached
}

fn nat_addresses(parts: &Parts) -> Vec<NatGatewayAddress> {
    let pairs = parts.addresses.iter().map(|(private, public)| (Some(*private), *public));
    let all = pairs.chain(parts.public.iter().map(|public| (None, Some(*public))));
    let addresses = all.enumerate().map(|(at, (private, public))| NatGatewayAddress {
        private_ip: private.and_then(|private| match private {
            IpAddr::V4(v4) => Some(v4),
            IpAddr::V6(_) => None,
        }),
        public_ip: public,
        is_primary: Some(at == 0),
        status: Some("succeeded".into()),
        ..NatGatewayAddress::default()
    });
    addresses.collect()
}
