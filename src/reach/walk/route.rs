//! Which way next: the subnet's route table, longest prefix first (rules RT-1 to RT-8).

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::super::answer::{Check, Component, Kind, Outcome, Reason, Rule, Said, Site, Step};
use super::super::code::Code;
use super::super::filter::Identity;
use super::{MOST_HOPS, Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::route_table::RouteTable;
use crate::model::vpc::{Subnet, Vpc};
use crate::store::{Ix, PRIVATE, RouteEntry, Target};

/// Addresses that no route table forwards (rule RT-5).
const LINK_LOCAL: [IpNet; 2] = [
    IpNet::V4(Ipv4Net::new_assert(std::net::Ipv4Addr::new(169, 254, 168, 0), 22)),
    IpNet::V6(Ipv6Net::new_assert(std::net::Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0), 32)),
];

impl Walk<'_> {
    /// Looks the destination up in the table of a subnet and goes where it says.
    pub(super) fn route(&mut self, vpc: Ix<Vpc>, subnet: Ix<Subnet>) {
        if self.return_to_sender(vpc) {
            return;
        }
        let row = &self.store.subnets.at(subnet);
        let Some(table) = self.store.route_table_of(subnet) else {
            let component = Component::new(Kind::Subnet, &row.data.subnet_id);
            return self.no_table(component);
        };
        self.route_by(vpc, table, Some(subnet));
    }

    /// Looks the destination up in one table.
    pub(super) fn route_by(
        &mut self,
        vpc: Ix<Vpc>,
        table: Ix<RouteTable>,
        subnet: Option<Ix<Subnet>>,
    ) {
        let id = &self.store.route_tables.at(table).data.route_table_id;
        let component = Component::new(Kind::RouteTable, id);
        self.hops += 1;
        if self.hops > MOST_HOPS {
            return self.block(Check::Route, component, Code::RoutingLoop, said(Said::Loop));
        }
        if self.atoms.within_any(self.dst, &LINK_LOCAL) {
            return self.block(
                Check::Route,
                component,
                Code::LinkLocalNotForwarded,
                said(Said::LinkLocal),
            );
        }
        if self.store.routes(table).is_some_and(|routes| !routes.is_whole) {
            let reason = Reason::NotTold("destination of a route");
            self.unknown(Check::Route, component, Code::UnknownResource, reason);
            return self.go_on_at_target();
        }
        let Some(entry) = self.lookup(table) else { return self.no_route(component, table) };
        let rule = Rule::Route { table: id.as_str().into(), entry: Box::new(entry.clone()) };
        if self.may_lead_elsewhere(table, &entry) {
            let reason = Reason::Lacks(Envelope::ManagedPrefixListEntries);
            self.unknown(Check::Route, component, Code::UnknownResource, reason);
            return self.go_on_at_target();
        }
        if self.is_undefined(table, &entry) {
            let reason = Reason::NotModelled("prefix lists that overlap and lead elsewhere".into());
            self.unknown(Check::Route, component, Code::UnknownDestination, reason);
            return self.go_on_at_target();
        }
        if entry.blackhole {
            let (check, code) = (Check::Route, Code::BadStateRoute);
            self.block_by(check, component, code, Some(rule), Reason::Blackhole);
            self.note_overruled(table, &entry);
            return self.go_on_at_target();
        }
        let (check, outcome, code) = (Check::Route, Outcome::Pass, None);
        self.step(|| Step {
            check,
            component,
            outcome,
            code,
            rule: Some(rule),
            reason: Reason::Routed,
        });
        self.note_overruled(table, &entry);
        self.follow(vpc, subnet, &entry);
    }

    /// The winner, testing each prefix that could win: the order of the entries is the order of preference (rule RT-2).
    fn lookup(&mut self, table: Ix<RouteTable>) -> Option<RouteEntry> {
        let routes = self.store.routes(table)?;
        routes.entries().iter().find(|entry| self.atoms.within(self.dst, &entry.prefix)).cloned()
    }

    /// Whether a prefix list whose entries are not known may hold a longer prefix than the winner's. A gateway endpoint's
    /// list holds no address of the internet (see [`crate::store::Store::internet`]).
    fn may_lead_elsewhere(&mut self, table: Ix<RouteTable>, winner: &RouteEntry) -> bool {
        let internet = self.dst.varies.is_some() && self.to.site == Site::Outside;
        let longest = winner.prefix.prefix_len() == winner.prefix.max_prefix_len();
        if winner.target == Target::Local || longest {
            return false;
        }
        self.unknown_lists(table).iter().any(|target| {
            *target != winner.target && !(internet && matches!(target, Target::Endpoint(_)))
        })
    }

    /// Where the lists lead whose entries are not known and may hold the destination: those of services hold no private
    /// address, and gateway endpoints have no others.
    fn unknown_lists(&mut self, table: Ix<RouteTable>) -> Vec<Target> {
        let store = self.store;
        let lists = store.routes(table).map_or(&[][..], |routes| &routes.unknown_lists);
        let mut may_hold = lists.to_vec();
        may_hold.retain(|(list, target)| {
            let is_public =
                store.prefix_lists.is_public(list) || matches!(target, Target::Endpoint(_));
            !(is_public && self.atoms.within_any(self.dst, &PRIVATE))
        });
        may_hold.into_iter().map(|(_, target)| target).collect()
    }

    /// Of prefix lists that overlap and have different targets AWS keeps one, and nothing tells which (rule RT-2).
    fn is_undefined(&mut self, table: Ix<RouteTable>, winner: &RouteEntry) -> bool {
        let Some(routes) = self.store.routes(table).filter(|_| winner.list.is_some()) else {
            return false;
        };
        let rivals = routes.entries().iter().filter(|entry| {
            entry.list.is_some() && entry.list != winner.list && entry.target != winner.target
        });
        let rivals: Vec<_> = rivals.map(|entry| entry.prefix).collect();
        rivals.iter().any(|prefix| self.atoms.within(self.dst, prefix))
    }

    /// Every subnet has a table, be it the main one of its VPC (rule RT-1): where none is known, it is not in the data.
    fn no_table(&mut self, component: Component) {
        let reason = Reason::Lacks(Envelope::RouteTables);
        self.unknown(Check::Route, component, Code::UnknownResource, reason);
        if self.session.identity == Identity::Kept && self.to.site == Site::Outside {
            self.session.identity = Identity::PeerNotVisible;
        }
        self.go_on_at_target();
    }

    fn no_route(&mut self, component: Component, table: Ix<RouteTable>) {
        if self.unknown_lists(table).is_empty() {
            let back_to_transit = self.is_return() && self.session.by_transit;
            let code = if back_to_transit { Code::ReturnNoRouteToTransit } else { Code::NoRoute };
            let reason = Reason::NoRoute { to: self.one_destination() };
            self.block(Check::Route, component, code, reason);
            self.mention_not_covering(table);
            self.mention_disconnected();
        } else {
            let reason = Reason::Lacks(Envelope::ManagedPrefixListEntries);
            self.unknown(Check::Route, component, Code::UnknownResource, reason);
        }
        self.go_on_at_target();
    }

    /// The destination, where it is one address.
    fn one_destination(&self) -> Option<std::net::IpAddr> {
        self.dst.varies.is_none().then_some(self.dst.value)
    }

    fn follow(&mut self, vpc: Ix<Vpc>, subnet: Option<Ix<Subnet>>, entry: &RouteEntry) {
        match &entry.target {
            Target::Local => self.deliver(vpc),
            Target::InternetGateway(id) => self.internet_gateway(vpc, subnet, id),
            Target::EgressOnlyInternetGateway(id) => self.egress_only(vpc, subnet, id),
            Target::NatGateway(id) => self.nat_gateway(vpc, subnet, id),
            Target::Peering(id) => self.peering(vpc, id),
            Target::TransitGateway(id) => self.transit_gateway(vpc, subnet, id),
            Target::VpnGateway(id) => self.vpn_gateway(vpc, id, entry),
            Target::Endpoint(id) => self.endpoint(vpc, id),
            Target::Interface { interface, instance } => {
                self.middlebox(vpc, interface.as_deref(), instance.as_deref());
            }
            Target::Attachment(_) => self.not_modelled("an attachment as a target", ""),
            Target::Other { field, id } => self.not_modelled(field, id),
            Target::Unknown => self.not_modelled("a target that this version does not know", ""),
        }
    }

    /// A hop that is not modelled is unknown, never blocked and never reachable (rule RT-8).
    pub(super) fn not_modelled(&mut self, what: &str, id: &str) {
        let reason = Reason::NotModelled(what.into());
        self.unknown(Check::Hop, Component::other(id), Code::UnsupportedComponent, reason);
        self.go_on_at_target();
    }
}
