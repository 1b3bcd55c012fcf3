//! Repairs of ways: routes, NAT gateways, public addresses.

use std::net::IpAddr;

use ipnet::IpNet;

use super::change::{Change, NEW_NAT, RouteTarget};
use super::edge::may_have_public;
use super::links::Destination;
use super::propose::Proposing;
use crate::model::gateway::NatGatewayState;
use crate::model::ids::RouteTableId;
use crate::model::vpc::{Subnet, Vpc};
use crate::reach::answer::{Rule, Site, Step};
use crate::store::{Interface, Ix, Store, Target};

impl Proposing<'_> {
    /// A way for this destination out of the subnets of a table.
    pub(super) fn route(&self, step: &Step, back: bool) -> Vec<Change> {
        let table = RouteTableId::from(&*step.component.id);
        let useless = useless(step);
        let (here, there) =
            if back { (self.target(), self.source()) } else { (self.source(), self.target()) };
        let Some(here) = here else { return Vec::new() };
        let to_vpc = there.filter(|_| matches!(self.path.to.site, Site::Interface(_)));
        if let Some(there) = to_vpc {
            let point = if back { &self.path.from } else { &self.path.to };
            let destination = Destination { interface: there, point, replaced: useless };
            return self.link_route(table, here, &destination).into_iter().collect();
        }
        if let Some(changes) = self.by_endpoint().filter(|_| !back) {
            return changes;
        }
        let (destination, replaces) = (useless.unwrap_or(self.everything()), useless.is_some());
        if self.is_v6() && !back {
            return self.egress_only_route(&table, here, destination, replaces);
        }
        let of_nat = !back && self.is_behind_nat() && self.own_table(here).as_ref() != Some(&table);
        if back || of_nat || here.has_public() {
            return self.gateway_route(table, here, destination, replaces).into_iter().collect();
        }
        self.nat_route(&table, here, destination, replaces)
    }

    fn own_table(&self, here: &Interface) -> Option<RouteTableId> {
        let table = self.store.route_table_of(here.subnet?)?;
        Some(self.store.route_tables.at(table).data.route_table_id.clone())
    }

    /// In place of a NAT gateway that cannot serve the source: another one.
    pub(super) fn other_nat(&self, route: &Step) -> Vec<Change> {
        let Some(here) = self.source() else { return Vec::new() };
        let table = RouteTableId::from(&*route.component.id);
        let destination = destination_of(route).unwrap_or(self.everything());
        self.nat_route(&table, here, destination, true)
    }

    fn gateway_route(
        &self,
        table: RouteTableId,
        here: &Interface,
        destination: IpNet,
        replaces: bool,
    ) -> Option<Change> {
        let gateway = self.store.topology().internet_gateway_of(here.vpc?)?;
        let id = self.store.internet_gateways.at(gateway).data.internet_gateway_id.clone();
        let target = RouteTarget::InternetGateway(id);
        Some(Change::Route { table, destination, target, replaces })
    }

    /// By a NAT gateway of the VPC; where there is none, by a new one in a subnet that routes to the internet gateway.
    fn nat_route(
        &self,
        table: &RouteTableId,
        here: &Interface,
        destination: IpNet,
        replaces: bool,
    ) -> Vec<Change> {
        let Some(vpc) = here.vpc else { return Vec::new() };
        let vpc_id = &self.store.vpcs.at(vpc).data.vpc_id;
        let route = |nat: &str| Change::Route {
            table: table.clone(),
            destination,
            target: RouteTarget::Nat(nat.into()),
            replaces,
        };
        let own = here.subnet.map(|at| &self.store.subnets.at(at).data.subnet_id);
        let mut usable = self.store.nat_gateways.iter().filter(|nat| {
            let serves = nat.state == NatGatewayState::Available && !nat.is_private();
            serves && nat.vpc_id == *vpc_id && (nat.is_regional() || nat.subnet_id.as_ref() != own)
        });
        if let Some(nat) = usable.next() {
            return vec![route(nat.nat_gateway_id.as_str())];
        }
        let Some(subnet) = self.public_subnet(vpc) else { return Vec::new() };
        let subnet = self.store.subnets.at(subnet).data.subnet_id.clone();
        vec![Change::NatGateway { subnet, vpc: vpc_id.clone() }, route(NEW_NAT)]
    }

    pub(super) fn public_subnet(&self, vpc: Ix<Vpc>) -> Option<Ix<Subnet>> {
        let subnets = self.store.topology().subnets(vpc).iter().copied();
        subnets.into_iter().find(|subnet| is_public(self.store, *subnet))
    }

    /// An interface in a public subnet without a public address: an Elastic IP for an instance; what is no instance, such
    /// as a function, cannot have one and goes by NAT instead (rule L-2).
    pub(super) fn public_way(&self) -> Vec<Change> {
        let Some(here) = self.source() else { return Vec::new() };
        if let Some(changes) = self.by_endpoint() {
            return changes;
        }
        match public_address(here, self.path.from.addresses.witness()) {
            Some(change) => vec![change],
            None => self.move_function(here),
        }
    }

    /// A public address for the one that is called.
    pub(super) fn public_target(&self) -> Vec<Change> {
        let asked = self.path.to.addresses.witness();
        self.target().and_then(|there| public_address(there, asked)).into_iter().collect()
    }
}

/// The destination of a route that is useless and in the way (rule RT-4).
fn useless(step: &Step) -> Option<IpNet> {
    step.code.filter(|code| *code == crate::reach::Code::BadStateRoute)?;
    destination_of(step)
}

/// What a route is for, unless that is a prefix list.
fn destination_of(step: &Step) -> Option<IpNet> {
    match &step.rule {
        Some(Rule::Route { entry, .. }) if entry.list.is_none() => Some(entry.prefix),
        _ => None,
    }
}

/// An Elastic IP for an instance, for the address that is asked about: what is no instance cannot be given one by itself.
fn public_address(here: &Interface, asked: Option<IpAddr>) -> Option<Change> {
    let own = here.addresses.iter().map(|one| one.private).find(|own| Some(*own) == asked);
    let private = own.or_else(|| here.primary()).filter(|_| may_have_public(here));
    let Some(IpAddr::V4(private)) = private else { return None };
    Some(Change::PublicAddress { interface: here.id.clone(), private })
}

/// Whether a subnet routes to an internet gateway (rule RT-9).
pub(super) fn is_public(store: &Store, subnet: Ix<Subnet>) -> bool {
    let routes = store.route_table_of(subnet).and_then(|table| store.routes(table));
    routes.is_some_and(|routes| {
        let mut entries = routes.entries().iter();
        entries.any(|entry| matches!(entry.target, Target::InternetGateway(_)) && !entry.blackhole)
    })
}
