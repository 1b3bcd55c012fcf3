//! Route tables.

use ipnet::IpNet;
use vpctui::model::catalogue::Resources;
use vpctui::model::ids::VpcId;
use vpctui::model::route_table::{
    Route, RouteOrigin, RouteState, RouteTable, RouteTableAssociation,
};

use super::Network;
use super::line::{Parts, Words};

impl Network {
    pub(super) fn add_tables(&self, to: &mut Resources) {
        to.route_tables.extend(self.tables.iter().map(|(id, lines)| self.table(id, lines)));
        for vpc in self.vpcs.keys().map(|id| VpcId::from(id.as_str())) {
            let has_main = to.route_tables.iter().any(|table| {
                table.vpc_id == vpc && table.associations.iter().any(|association| association.main)
            });
            if !has_main {
                let lines = [format!("main of {vpc}")];
                to.route_tables.push(self.table(&format!("rtb-main-{vpc}"), &lines));
            }
        }
    }

    fn table(&self, id: &str, lines: &[String]) -> RouteTable {
        let mut table = RouteTable { route_table_id: id.into(), ..RouteTable::default() };
        for line in lines {
            let mut words = Words::of(id, line);
            match words.word() {
                "main" => {
                    let main =
                        RouteTableAssociation { main: true, ..RouteTableAssociation::default() };
                    table.associations.push(main);
                    table.vpc_id = second(&mut words).into();
                }
                "for" => {
                    let subnet = words.word();
                    table.vpc_id = self.vpc_of(subnet);
                    let subnet_id = Some(subnet.into());
                    table.associations.push(RouteTableAssociation {
                        subnet_id,
                        ..RouteTableAssociation::default()
                    });
                }
                "edge" => {
                    let gateway = second(&mut words);
                    table.vpc_id = self.vpc_of_gateway(gateway);
                    let gateway_id = Some(gateway.into());
                    table.associations.push(RouteTableAssociation {
                        gateway_id,
                        ..RouteTableAssociation::default()
                    });
                }
                "of" => table.vpc_id = words.word().into(),
                destination => table.routes.push(route(destination, &mut words)),
            }
            words.end();
        }
        self.add_local_routes(&mut table);
        table
    }

    fn vpc_of_gateway(&self, gateway: &str) -> VpcId {
        let line = self.internet_gateways.get(gateway).or_else(|| self.vpn_gateways.get(gateway));
        let line = line.unwrap_or_else(|| panic!("{gateway} is no gateway"));
        VpcId::from(Parts::read(gateway, line).vpcs[0])
    }

    /// One per CIDR of the VPC, unless a line replaces it (rule RT-3).
    fn add_local_routes(&self, table: &mut RouteTable) {
        let vpc = table.vpc_id.as_str();
        let line = self.vpcs.get(vpc).unwrap_or_else(|| panic!("{vpc:?} is no VPC"));
        for prefix in Parts::read(vpc, line).prefixes {
            let mut local = Route {
                gateway_id: Some("local".into()),
                origin: RouteOrigin::CreateRouteTable,
                state: RouteState::Active,
                ..Route::default()
            };
            set_destination(&mut local, prefix);
            let replaced = table.routes.iter().any(|route| {
                route.destination_cidr_block == local.destination_cidr_block
                    && route.destination_ipv6_cidr_block == local.destination_ipv6_cidr_block
            });
            if !replaced {
                table.routes.push(local);
            }
        }
    }
}

/// The word after `of`.
fn second<'a>(words: &mut Words<'a>) -> &'a str {
    match words.word() {
        "of" => words.word(),
        word => words.wrong(word),
    }
}

fn set_destination(route: &mut Route, prefix: IpNet) {
    match prefix {
        IpNet::V4(net) => route.destination_cidr_block = Some(net),
        IpNet::V6(net) => route.destination_ipv6_cidr_block = Some(net),
    }
}

fn route(destination: &str, words: &mut Words) -> Route {
    let mut route =
        Route { origin: RouteOrigin::CreateRoute, state: RouteState::Active, ..Route::default() };
    match destination.parse() {
        Ok(prefix) => set_destination(&mut route, prefix),
        Err(_) if destination.starts_with("pl-") => {
            route.destination_prefix_list_id = Some(destination.into());
        }
        Err(_) => words.wrong(destination),
    }
    match words.word() {
        "->" => set_target(&mut route, words.word()),
        word => words.wrong(word),
    }
    while let Some(word) = words.next() {
        match word {
            "blackhole" => route.state = RouteState::Blackhole,
            "propagated" => route.origin = RouteOrigin::EnableVgwRoutePropagation,
            _ => words.wrong(word),
        }
    }
    route
}

/// The field of a target by the beginning of its id (rule RT-8); `nothing` leaves all of them out.
fn set_target(route: &mut Route, id: &str) {
    match id.split(['-', ':']).next().unwrap_or_default() {
        "nat" => route.nat_gateway_id = Some(id.into()),
        "eni" => route.network_interface_id = Some(id.into()),
        "i" => route.instance_id = Some(id.into()),
        "pcx" => route.vpc_peering_connection_id = Some(id.into()),
        "tgw" => route.transit_gateway_id = Some(id.into()),
        "eigw" => route.egress_only_internet_gateway_id = Some(id.into()),
        "lgw" => route.local_gateway_id = Some(id.into()),
        "cagw" => route.carrier_gateway_id = Some(id.into()),
        "arn" => route.core_network_arn = Some(id.into()),
        "nothing" => {}
        _ => route.gateway_id = Some(id.into()),
    }
}
