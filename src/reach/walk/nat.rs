//! NAT gateways (rules NAT-1 to NAT-9): out with another source, back by memory.

use std::net::IpAddr;

use super::super::answer::{Check, Component, Kind, Reason, Said};
use super::super::code::Code;
use super::super::field::Field;
use super::super::filter::Identity;
use super::{Binding, From, Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::gateway::{NatGateway, NatGatewayState};
use crate::model::traffic::{PortSet, Protocol, Traffic};
use crate::model::vpc::{Subnet, Vpc};
use crate::store::{Direction, Ix};

impl Walk<'_> {
    /// Out through a NAT gateway.
    pub(super) fn nat_gateway(&mut self, vpc: Ix<Vpc>, subnet: Option<Ix<Subnet>>, id: &str) {
        let component = Component::new(Kind::NatGateway, id);
        let Some(nat) = self.store.nat_gateways.get(id) else {
            let reason = Reason::Lacks(Envelope::NatGateways);
            self.unknown(Check::Nat, component, Code::UnknownResource, reason);
            return self.go_on_at_target();
        };
        self.check_nat(nat, vpc, subnet, &component);
        if self.dst.value.is_ipv6() {
            return self.not_modelled("NAT64", id);
        }
        if self.is_return() {
            let called = self.session.called.value;
            let answers = address_of(nat, true).unwrap_or(self.src.value);
            let reason = Reason::OtherAddress { called, answers };
            return self.block(Check::Nat, component, Code::AnswerFromOtherAddress, reason);
        }
        self.check_protocols(&component);
        let nat_subnet = nat.subnet_id.as_ref().and_then(|id| self.store.subnets.position(id));
        if let Some(at) = nat_subnet.filter(|at| Some(*at) != subnet) {
            self.acl(at, Direction::Ingress);
        }
        let Some(private) = address_of(nat, false).or_else(|| address_of(nat, true)) else {
            let reason = Reason::State(nat.state.as_str().into());
            self.block(Check::Nat, component, Code::BadState, reason);
            return self.go_on_at_target();
        };
        self.translate(nat, vpc, nat_subnet, private);
        self.leave_nat(nat, vpc, nat_subnet);
    }

    fn check_nat(
        &mut self,
        nat: &NatGateway,
        vpc: Ix<Vpc>,
        subnet: Option<Ix<Subnet>>,
        component: &Component,
    ) {
        if nat.state != NatGatewayState::Available {
            let reason = Reason::State(nat.state.as_str().into());
            self.block(Check::Nat, component.clone(), Code::BadState, reason);
        }
        let in_own = subnet.is_some_and(|at| {
            nat.subnet_id.as_ref() == Some(&self.store.subnets.at(at).data.subnet_id)
        });
        if in_own {
            let reason = said(Said::NatInOwnSubnet);
            self.block(Check::Nat, component.clone(), Code::NatInOwnSubnet, reason);
        }
        let here = self.store.vpcs.at(vpc).data.vpc_id == nat.vpc_id;
        if !here || self.is_from_other_vpc(vpc) {
            let reason = said(Said::NatNotForPeers);
            self.block(Check::Nat, component.clone(), Code::NatRequiresSourceInVpc, reason);
        }
    }

    /// Whether the packet's source is in another VPC than the one it is in now.
    fn is_from_other_vpc(&self, vpc: Ix<Vpc>) -> bool {
        let source = self.initiator().and_then(|at| self.store.interface(at).vpc);
        source.is_some_and(|source| source != vpc) && !self.session.by_transit
    }

    fn check_protocols(&mut self, component: &Component) {
        let full = PortSet::full;
        let carried = [Protocol::TCP, Protocol::UDP, Protocol::ICMP, Protocol::ICMPV6];
        let carried = carried.into_iter().map(|protocol| Traffic::of(protocol, full()));
        let carried = carried.reduce(|a, b| a.union(&b)).unwrap_or_default();
        let left = self.leg.passed.intersection(&carried);
        if left.is_empty() && !self.leg.passed.is_empty() {
            let reason = said(Said::NatProtocols);
            self.block(Check::Nat, component.clone(), Code::ProtocolRestriction, reason);
        } else {
            self.leg.passed = left;
        }
    }

    fn translate(
        &mut self,
        nat: &NatGateway,
        vpc: Ix<Vpc>,
        subnet: Option<Ix<Subnet>>,
        private: IpAddr,
    ) {
        let component = Component::new(Kind::NatGateway, &nat.nat_gateway_id);
        let reason = Reason::Translated { from: self.src.value, to: private };
        self.pass(Check::Nat, component.clone(), reason);
        self.bind(Binding {
            by: component,
            client: self.src,
            mapped: private,
            public: None,
            subnet,
            vpc,
            peering: None,
        });
    }

    /// Remembers a translation and makes it.
    pub(super) fn bind(&mut self, binding: Binding) {
        self.src = Field::fixed(binding.mapped);
        self.session.identity = Identity::Lost;
        self.session.bindings.push(binding);
    }

    fn leave_nat(&mut self, nat: &NatGateway, vpc: Ix<Vpc>, subnet: Option<Ix<Subnet>>) {
        if let Some(subnet) = subnet {
            return self.leave_subnet(vpc, subnet);
        }
        self.came_from = From::Gateway;
        let table = nat.route_table_id.as_ref().and_then(|id| self.store.route_tables.position(id));
        match table {
            Some(table) => self.route_by(vpc, table, None),
            None => self.regional_without_table(vpc, nat),
        }
    }

    /// A regional NAT gateway always has a route to the internet gateway of its VPC (rule NAT-9).
    fn regional_without_table(&mut self, vpc: Ix<Vpc>, nat: &NatGateway) {
        let gateway = self.store.topology().internet_gateway_of(vpc);
        match gateway.map(|at| self.store.internet_gateways.at(at).data.internet_gateway_id.clone())
        {
            Some(gateway) if nat.is_regional() => {
                self.internet_gateway(vpc, None, gateway.as_str());
            }
            _ => {
                let component = Component::new(Kind::NatGateway, &nat.nat_gateway_id);
                let reason = Reason::Lacks(Envelope::RouteTables);
                self.unknown(Check::Nat, component, Code::UnknownResource, reason);
            }
        }
    }

    /// The public address of a NAT gateway's private one.
    pub(super) fn public_of_nat(&self, id: &str, private: IpAddr) -> Option<IpAddr> {
        let nat = self.store.nat_gateways.get(id)?;
        if nat.is_private() {
            return None;
        }
        let addresses = nat.nat_gateway_addresses.iter();
        let exact = addresses.clone().find(|one| one.private_ip.map(IpAddr::V4) == Some(private));
        let public = exact.or_else(|| addresses.clone().next())?.public_ip;
        public.map(IpAddr::V4)
    }

    /// An answer at a translator that remembers the question goes on to the client. False if this is none.
    pub(super) fn untranslate(&mut self, vpc: Ix<Vpc>) -> bool {
        let last = self.session.bindings.last();
        let remembered =
            last.filter(|b| self.is_return() && b.vpc == vpc && b.mapped == self.dst.value);
        let Some(subnet) = remembered.map(|b| b.subnet) else { return false };
        if let Some(subnet) = subnet {
            self.enter_subnet(subnet);
        }
        self.pop_binding();
        true
    }

    /// Gives the answer its client's address back and sends it on.
    fn pop_binding(&mut self) {
        let Some(binding) = self.session.bindings.pop() else { return };
        let reason = Reason::Translated { from: self.dst.value, to: binding.client.value };
        self.pass(Check::Nat, binding.by.clone(), reason);
        self.dst = binding.client;
        self.restart_ports();
        let Some(subnet) = binding.subnet else {
            self.came_from = From::Gateway;
            return self.deliver(binding.vpc);
        };
        self.leave_subnet(binding.vpc, subnet);
    }

    /// Behind a translation the answer has the client's own port again: what was lost before is remembered as a part.
    fn restart_ports(&mut self) {
        if self.leg.passed.is_empty() {
            return;
        }
        self.part_lost |= self.leg.passed != self.asked;
        if self.leg.unknown {
            self.leg.doubtful = Traffic::full();
        }
        self.asked = self.session.answers.clone();
        self.leg.passed = self.asked.clone();
    }
}

fn address_of(nat: &NatGateway, public: bool) -> Option<IpAddr> {
    let mut addresses: Vec<_> = nat.nat_gateway_addresses.iter().collect();
    addresses.sort_by_key(|one| !one.is_primary.unwrap_or(true));
    let address =
        addresses.iter().find_map(|one| if public { one.public_ip } else { one.private_ip });
    address.map(IpAddr::V4)
}
