//! A company's network of any size, always the same for the same size.
//!
//! One VPC per 500 interfaces, each with three zones of public, application and data subnets, NAT gateways, an internet
//! gateway and ten services of three tiers that refer to each other's groups; every VPC is peered with the first one.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use vpctui::model::catalogue::{CALLS, Resources};
use vpctui::model::dump::{Dump, Outcome, RegionDump};
use vpctui::model::gateway::{
    GatewayAttachment, InternetGateway, NatGateway, NatGatewayAddress, NatGatewayState,
};
use vpctui::model::instance::{Instance, InstanceState, InstanceStateName, Reservation};
use vpctui::model::interface::{
    GroupIdentifier, InterfaceAttachment, NetworkInterface, PublicAssociation,
};
use vpctui::model::network_acl::{NetworkAcl, NetworkAclEntry};
use vpctui::model::peering::{PeeringStatus, PeeringVpcInfo, VpcPeeringConnection};
use vpctui::model::route_table::{Route, RouteTable, RouteTableAssociation};
use vpctui::model::security_group::{IpPermission, IpRange, SecurityGroup, UserIdGroupPair};
use vpctui::model::vpc::{Subnet, Vpc};

const PER_VPC: u32 = 500;
const SERVICES: u32 = 10;
const ZONES: [&str; 3] = ["a", "b", "c"];
const TIERS: [&str; 3] = ["web", "app", "db"];
const PORTS: [i32; 3] = [443, 8080, 5432];

/// A network of so many interfaces.
pub fn network(interfaces: u32) -> Dump {
    let mut all = Resources::default();
    let vpcs = interfaces.div_ceil(PER_VPC);
    for vpc in 0..vpcs {
        lay_out(&mut all, vpc);
        let count = PER_VPC.min(interfaces - vpc * PER_VPC);
        (0..count).for_each(|number| add_interface(&mut all, vpc, number));
    }
    (1..vpcs).for_each(|vpc| peer_with_first(&mut all, vpc));
    let mut region = RegionDump {
        account: "111122223333".into(),
        region: "eu-west-1".into(),
        resources: all,
        ..RegionDump::default()
    };
    for call in CALLS {
        region.coverage.record(call.envelope, Outcome::Complete);
    }
    Dump { regions: vec![region], ..Dump::default() }
}

/// The id of an interface.
pub fn interface_id(vpc: u32, number: u32) -> String {
    format!("eni-{vpc:05x}{number:012x}")
}

fn net(vpc: u32, third: u32, length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(address(vpc, third, 0), length)
}

fn address(vpc: u32, third: u32, last: u32) -> Ipv4Addr {
    Ipv4Addr::from_bits((10 << 24) + (vpc << 16) + (third << 8) + last)
}

fn vpc_id(vpc: u32) -> String {
    format!("vpc-{vpc:017x}")
}

/// Three tiers of subnets in three zones, each of 16 times 256 addresses.
fn subnet_id(vpc: u32, tier: u32, zone: u32) -> String {
    format!("subnet-{vpc:05x}{:012x}", tier * 3 + zone)
}

fn third(tier: u32, zone: u32) -> u32 {
    (tier * 3 + zone) * 16
}

fn group_id(vpc: u32, service: u32, tier: u32) -> String {
    format!("sg-{vpc:05x}{:012x}", service * 3 + tier)
}

fn lay_out(all: &mut Resources, vpc: u32) {
    all.vpcs.push(Vpc {
        vpc_id: vpc_id(vpc).into(),
        cidr_block: Some(net(vpc, 0, 16)),
        ..Vpc::default()
    });
    let gateway = format!("igw-{vpc:017x}");
    all.internet_gateways.push(InternetGateway {
        internet_gateway_id: gateway.as_str().into(),
        attachments: vec![GatewayAttachment {
            vpc_id: Some(vpc_id(vpc).into()),
            state: Some("available".into()),
        }],
        ..InternetGateway::default()
    });
    for tier in 0..3 {
        for zone in 0..3 {
            lay_out_subnet(all, vpc, tier, zone, &gateway);
        }
    }
    all.network_acls.push(acl(vpc));
    for service in 0..SERVICES {
        (0..3).for_each(|tier| all.security_groups.push(group(vpc, service, tier)));
    }
}

fn lay_out_subnet(all: &mut Resources, vpc: u32, tier: u32, zone: u32, gateway: &str) {
    let id = subnet_id(vpc, tier, zone);
    all.subnets.push(Subnet {
        subnet_id: id.as_str().into(),
        vpc_id: vpc_id(vpc).into(),
        cidr_block: Some(net(vpc, third(tier, zone), 20)),
        availability_zone: ZONES.get(zone as usize).map(|zone| format!("eu-west-1{zone}").into()),
        ..Subnet::default()
    });
    let nat = format!("nat-{vpc:05x}{zone:012x}");
    if tier == 0 {
        all.nat_gateways.push(NatGateway {
            nat_gateway_id: nat.as_str().into(),
            vpc_id: vpc_id(vpc).into(),
            subnet_id: Some(id.as_str().into()),
            state: NatGatewayState::Available,
            nat_gateway_addresses: vec![NatGatewayAddress {
                private_ip: Some(address(vpc, third(0, zone), 4)),
                public_ip: Some(Ipv4Addr::from_bits((52 << 24) + vpc * 8 + zone)),
                ..NatGatewayAddress::default()
            }],
            ..NatGateway::default()
        });
    }
    let mut routes = vec![route(net(vpc, 0, 16), |route| route.gateway_id = Some("local".into()))];
    let default = Ipv4Net::default();
    routes.push(match tier {
        0 => route(default, |route| route.gateway_id = Some(gateway.into())),
        _ => route(default, |route| route.nat_gateway_id = Some(nat.as_str().into())),
    });
    all.route_tables.push(RouteTable {
        route_table_id: format!("rtb-{vpc:05x}{:012x}", tier * 3 + zone).into(),
        vpc_id: vpc_id(vpc).into(),
        routes,
        associations: vec![RouteTableAssociation {
            subnet_id: Some(id.into()),
            ..RouteTableAssociation::default()
        }],
        ..RouteTable::default()
    });
}

fn route(to: Ipv4Net, by: impl Fn(&mut Route)) -> Route {
    let mut route = Route { destination_cidr_block: Some(to), ..Route::default() };
    by(&mut route);
    route
}

fn acl(vpc: u32) -> NetworkAcl {
    let entry = |egress| NetworkAclEntry {
        rule_number: 100,
        egress,
        protocol: "-1".into(),
        rule_action: "allow".into(),
        cidr_block: Some(Ipv4Net::default()),
        ..NetworkAclEntry::default()
    };
    NetworkAcl {
        network_acl_id: format!("acl-{vpc:017x}").into(),
        vpc_id: vpc_id(vpc).into(),
        is_default: true,
        entries: vec![entry(Some(false)), entry(Some(true))],
        ..NetworkAcl::default()
    }
}

/// The web tier is open to the world, each other tier to the one before it, all of them to an office and a bastion net.
fn group(vpc: u32, service: u32, tier: u32) -> SecurityGroup {
    let port = PORTS.get(tier as usize).copied().unwrap_or_default();
    let ranges = |cidr: &str| vec![IpRange { cidr_ip: cidr.parse().ok(), description: None }];
    let tcp = |port| IpPermission {
        ip_protocol: "tcp".into(),
        from_port: Some(port),
        to_port: Some(port),
        ..IpPermission::default()
    };
    let mut first = tcp(port);
    match tier.checked_sub(1) {
        None => first.ip_ranges = ranges("0.0.0.0/0"),
        Some(before) => first.user_id_group_pairs.push(UserIdGroupPair {
            group_id: Some(group_id(vpc, service, before).into()),
            ..UserIdGroupPair::default()
        }),
    }
    let mut administration = tcp(22);
    administration.ip_ranges = ranges("10.0.0.0/28");
    administration.ip_ranges.extend(ranges(&format!("203.0.113.{}/32", service + 1)));
    SecurityGroup {
        group_id: group_id(vpc, service, tier).into(),
        group_name: format!("service-{service}-{}", TIERS.get(tier as usize).unwrap_or(&"")),
        vpc_id: Some(vpc_id(vpc).into()),
        ip_permissions: vec![first, administration],
        ip_permissions_egress: vec![IpPermission {
            ip_protocol: "-1".into(),
            ip_ranges: ranges("0.0.0.0/0"),
            ..IpPermission::default()
        }],
        ..SecurityGroup::default()
    }
}

fn add_interface(all: &mut Resources, vpc: u32, number: u32) {
    let (service, tier, zone) = (number % SERVICES, number / SERVICES % 3, number / 30 % 3);
    let place = number / 90;
    let private = address(vpc, third(tier, zone), 10 + place * SERVICES + service);
    let instance = format!("i-{vpc:05x}{number:012x}");
    let public = (tier == 0).then(|| PublicAssociation {
        public_ip: Some(Ipv4Addr::from_bits((54 << 24) + vpc * 1024 + number)),
        ..PublicAssociation::default()
    });
    let interface = NetworkInterface {
        network_interface_id: interface_id(vpc, number).into(),
        vpc_id: Some(vpc_id(vpc).into()),
        subnet_id: Some(subnet_id(vpc, tier, zone).into()),
        private_ip_address: Some(private),
        groups: Some(vec![GroupIdentifier {
            group_id: group_id(vpc, service, tier).into(),
            group_name: None,
        }]),
        status: Some("in-use".into()),
        association: public.map(Box::new),
        attachment: Some(InterfaceAttachment {
            instance_id: Some(instance.as_str().into()),
            status: Some("attached".into()),
            ..InterfaceAttachment::default()
        }),
        ..NetworkInterface::default()
    };
    all.network_interfaces.push(interface.into());
    all.reservations.push(Reservation {
        instances: vec![Instance {
            instance_id: instance.into(),
            state: Some(InstanceState {
                name: InstanceStateName::Running,
                ..InstanceState::default()
            }),
            ..Instance::default()
        }],
        ..Reservation::default()
    });
}

fn peer_with_first(all: &mut Resources, vpc: u32) {
    let id = format!("pcx-{vpc:017x}");
    let side = |vpc| PeeringVpcInfo {
        vpc_id: Some(vpc_id(vpc).into()),
        cidr_block: Some(net(vpc, 0, 16)),
        region: Some("eu-west-1".into()),
        ..PeeringVpcInfo::default()
    };
    all.vpc_peering_connections.push(VpcPeeringConnection {
        vpc_peering_connection_id: id.as_str().into(),
        requester_vpc_info: Some(side(0)),
        accepter_vpc_info: Some(side(vpc)),
        status: Some(PeeringStatus { code: Some("active".into()), ..PeeringStatus::default() }),
        ..VpcPeeringConnection::default()
    });
    for (here, there) in [(0, vpc), (vpc, 0)] {
        let routes = |route: &mut Route| route.vpc_peering_connection_id = Some(id.as_str().into());
        let route = route(net(there, 0, 16), routes);
        let here = vpc_id(here).into();
        let tables = all.route_tables.iter_mut().filter(|table| table.vpc_id == here);
        tables.for_each(|table| table.routes.push(route.clone()));
    }
}
