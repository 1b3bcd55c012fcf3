//! NAT gateways (rules NAT-1 to NAT-9): out with another source, back by memory.

mod addresses;

use self::addresses::is_in_zone;
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
        if self.is_in_own_subnet(nat, subnet) {
            let reason = said(Said::NatInOwnSubnet);
            self.block(Check::Nat, component, Code::NatInOwnSubnet, reason);
            return self.go_on_at_target();
        }
        if nat.vpc_id != self.store.vpcs.at(vpc).data.vpc_id {
            let reason = said(Said::NatNotForPeers);
            self.block(Check::Nat, component, Code::NatRequiresSourceInVpc, reason);
            return self.go_on_at_target();
        }
        self.check_nat(nat, vpc, subnet, &component);
        if self.is_return() {
            let called = self.session.called.value;
            let answers = addresses::public_of(nat).unwrap_or(self.src.value);
            let reason = Reason::OtherAddress { called, answers };
            return self.block(Check::Nat, component, Code::AnswerFromOtherAddress, reason);
        }
        if self.is_behind_nat(nat, &component) {
            return self.go_on_at_target();
        }
        self.through_nat(nat, vpc, subnet, component);
    }

    /// Past the ACL of the gateway's subnet, translated, and on from there.
    fn through_nat(
        &mut self,
        nat: &NatGateway,
        vpc: Ix<Vpc>,
        subnet: Option<Ix<Subnet>>,
        by: Component,
    ) {
        let own = nat.subnet_id.as_ref().and_then(|id| self.store.subnets.position(id));
        if let Some(at) = own.filter(|at| Some(*at) != subnet) {
            self.acl(at, Direction::Ingress);
        }
        let called = self.unwrap_destination(&by);
        if self.dst.value.is_ipv6() {
            return self.not_modelled("IPv6 other than NAT64", nat.nat_gateway_id.as_str());
        }
        self.check_protocols(&by);
        let Some(mapped) = self.sending_address(nat, subnet) else {
            if nat.state == NatGatewayState::Available {
                let reason = Reason::NotTold("addresses");
                self.unknown(Check::Nat, by, Code::UnknownResource, reason);
            }
            return self.go_on_at_target();
        };
        self.pass(Check::Nat, by.clone(), Reason::Translated { from: self.src.value, to: mapped });
        let (client, public, peering) = (self.src, None, None);
        self.bind(Binding { by, client, mapped, public, subnet: own, vpc, called, peering });
        self.leave_nat(nat, vpc, own);
    }

    /// A route of the gateway's own subnet that leads to itself is a loop (rule NAT-6).
    fn is_in_own_subnet(&self, nat: &NatGateway, subnet: Option<Ix<Subnet>>) -> bool {
        let subnet = subnet.map(|at| &self.store.subnets.at(at).data.subnet_id);
        subnet.is_some() && nat.subnet_id.as_ref() == subnet
    }

    /// The subnet of a public gateway has to lead to an internet gateway, not to the next NAT gateway (rule NAT-1); over
    /// a transit gateway a private one may lead to a public one in another VPC.
    fn is_behind_nat(&mut self, nat: &NatGateway, component: &Component) -> bool {
        let last = self.session.bindings.last().filter(|b| b.by.kind == Kind::NatGateway);
        let before = last.and_then(|binding| self.store.nat_gateways.get(&*binding.by.id));
        let Some(before) = before.filter(|before| before.vpc_id == nat.vpc_id) else {
            return false;
        };
        if before.is_private() {
            self.not_modelled("a NAT gateway behind another", nat.nat_gateway_id.as_str());
        } else {
            let reason = said(Said::NatBehindNat);
            self.block(Check::Nat, component.clone(), Code::NatBehindNat, reason);
        }
        true
    }

    fn check_nat(
        &mut self,
        nat: &NatGateway,
        vpc: Ix<Vpc>,
        subnet: Option<Ix<Subnet>>,
        component: &Component,
    ) {
        let reason = Reason::State(nat.state.as_str().into());
        match &nat.state {
            NatGatewayState::Available => {}
            NatGatewayState::Other(_) => {
                self.unknown(Check::Nat, component.clone(), Code::UnknownResource, reason);
            }
            _ => self.block(Check::Nat, component.clone(), Code::BadState, reason),
        }
        if self.is_from_other_vpc(vpc) {
            let reason = said(Said::NatNotForPeers);
            self.block(Check::Nat, component.clone(), Code::NatRequiresSourceInVpc, reason);
        }
        if let Some(subnet) = subnet.filter(|_| nat.is_regional()) {
            self.check_zone(nat, subnet, component);
        }
    }

    /// A regional gateway that spreads by itself serves a zone that it is not in yet from another; one whose zones are
    /// fixed does not (rule NAT-9).
    fn check_zone(&mut self, nat: &NatGateway, subnet: Ix<Subnet>, component: &Component) {
        let subnet = &self.store.subnets.at(subnet).data;
        let addresses = nat.nat_gateway_addresses.iter();
        let told: Vec<_> = addresses.filter_map(|one| is_in_zone(one, subnet)).collect();
        if told.is_empty() || told.contains(&true) {
            return;
        }
        let (component, reason) = (component.clone(), said(Said::NatNotInZone));
        match nat.auto_provision_zones.as_deref() {
            Some("enabled") => {}
            Some("disabled") => self.block(Check::Nat, component, Code::RegionalNatZone, reason),
            _ => self.unknown(Check::Nat, component, Code::RegionalNatZone, reason),
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
        self.src = binding.called.unwrap_or(self.src);
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
