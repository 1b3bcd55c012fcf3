//! Into the destination: its subnet's ACL, who has the address, its groups, its state.

use std::net::IpAddr;

use super::super::answer::{Check, Component, Kind, Outcome, Reason, Said, Site, Step};
use super::super::code::Code;
use super::super::filter::Identity;
use super::leave::groups_component;
use super::{From, Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::traffic::Traffic;
use crate::model::vpc::{Subnet, Vpc};
use crate::store::{Direction, Interface, InterfaceIx, Ix, Knowledge, OwnerKind, Peer};

/// The zone in which references over transit gateways do not hold (rule SG-10).
const WITHOUT_REFERENCES: &str = "use1-az3";

impl Walk<'_> {
    /// Delivers inside a VPC: the router hands the packet to the subnet of the destination address.
    pub(super) fn deliver(&mut self, vpc: Ix<Vpc>) {
        if self.untranslate(vpc) {
            return;
        }
        let target = self.recipient(vpc);
        let subnet = target
            .and_then(|at| self.store.interface(at).subnet)
            .or_else(|| self.store.topology().subnet_at(vpc, self.dst.value));
        let Some(subnet) = subnet else { return self.in_no_subnet(vpc, target) };
        self.enter_subnet(subnet);
        match target {
            Some(at) => self.arrive(at),
            None => self.nobody(vpc),
        }
    }

    /// Asks the ACL of a subnet, unless the packet comes from inside it (rule NACL-1).
    pub(super) fn enter_subnet(&mut self, subnet: Ix<Subnet>) {
        if self.came_from.subnet() == Some(subnet) {
            let component =
                Component::new(Kind::Subnet, &self.store.subnets.at(subnet).data.subnet_id);
            return self.skip(Check::NetworkAclIngress, component, Reason::SameSubnet);
        }
        self.acl(subnet, Direction::Ingress);
    }

    /// The interface that gets the packet: the question's own end where the address is its, else whoever has it.
    fn recipient(&self, vpc: Ix<Vpc>) -> Option<InterfaceIx> {
        let wanted = match self.to.site {
            Site::Interface(at) | Site::Public(at) => Some(at),
            _ => None,
        };
        let wanted = wanted.filter(|at| {
            let interface = self.store.interface(*at);
            interface.vpc == Some(vpc) && interface.has(self.dst.value)
        });
        wanted.or_else(|| self.store.by_private(vpc, self.dst.value))
    }

    /// Somebody has the address, and the subnet is not in the data; else nobody does.
    fn in_no_subnet(&mut self, vpc: Ix<Vpc>, target: Option<InterfaceIx>) {
        let Some(at) = target else { return self.nobody(vpc) };
        self.lacks_place_of(at, Envelope::Subnets);
    }

    /// An interface is known, and where it is is not.
    pub(super) fn lacks_place_of(&mut self, at: InterfaceIx, envelope: Envelope) {
        let component = Component::new(Kind::NetworkInterface, &self.store.interface(at).id);
        let reason = Reason::Lacks(envelope);
        self.unknown(Check::Endpoint, component, Code::UnknownResource, reason);
    }

    /// Nobody in this VPC has the address, as far as is known: who takes part in a shared VPC does not see the interfaces
    /// of others (rule SH-1).
    pub(super) fn nobody(&mut self, vpc: Ix<Vpc>) {
        let row = &self.store.vpcs.at(vpc);
        let component = Component::new(Kind::Vpc, &row.data.vpc_id);
        let complete =
            self.knowledge(Envelope::NetworkInterfaces, row.place) == Knowledge::Complete;
        let is_owners = self.store.place(row.place).may_be(row.data.owner_id.as_ref());
        if complete && is_owners {
            let reason = Reason::NobodyHas { address: self.dst.value };
            self.block(Check::Endpoint, component, Code::NoPossibleDestination, reason);
        } else {
            let reason = Reason::Lacks(Envelope::NetworkInterfaces);
            self.unknown(Check::Endpoint, component, Code::UnknownResource, reason);
        }
    }

    /// The packet is at an interface.
    fn arrive(&mut self, at: InterfaceIx) {
        if self.is_settled() {
            return;
        }
        let interface = self.store.interface(at);
        self.arrived_at = Some(at);
        self.target_groups(interface);
        self.check_condition(interface);
        self.check_accepts(interface);
        let wanted = match self.to.site {
            Site::Interface(to) | Site::Public(to) => to == at,
            // Whoever has the IPv4 address in the one that was called (rule NAT-7).
            _ => !self.is_return() && self.session.is_nat64(),
        };
        if wanted
            && self.is_return()
            && !self.answers_from_called(&Component::new(Kind::NetworkInterface, &interface.id))
        {
            return;
        }
        if wanted {
            self.leg.arrived = true;
            let component = Component::new(Kind::NetworkInterface, &interface.id);
            self.pass(Check::Endpoint, component, Reason::Arrived);
        } else {
            let component = Component::new(Kind::NetworkInterface, &interface.id);
            let reason = Reason::NobodyHas { address: self.dst.value };
            self.block(Check::Endpoint, component, Code::InterfaceAddressRestriction, reason);
        }
    }

    fn target_groups(&mut self, interface: &Interface) {
        let check = Check::SecurityGroupIngress;
        if self.is_let_through(check, interface) {
            return;
        }
        let mut other = self.counterpart(self.src, None);
        other.interface = self.initiator();
        if self.src != self.session.caller {
            other.identity = Identity::Lost;
        }
        if other.identity == Identity::KeptInbound && !self.may_be_referred_to(interface) {
            other.identity = Identity::Lost;
        }
        let (asked, filter) = (self.asked.clone(), self.filter());
        let (groups, direction) = (&interface.groups, Direction::Ingress);
        let mut result = filter.groups(groups, direction, other, &asked, self.atoms);
        if self.session.is_off_track {
            result.unknown = filter.groups_for_anyone(groups, direction, &asked);
        }
        self.filtered(check, groups_component(interface), result);
    }

    /// Whether the groups of an interface are not asked: it has none (rule SG-20), or this is an answer (rule SG-2).
    pub(super) fn is_let_through(&mut self, check: Check, interface: &Interface) -> bool {
        if !self.is_filtered(interface) {
            let component = Component::new(Kind::NetworkInterface, &interface.id);
            self.skip(check, component, Reason::NoGroups);
            return true;
        }
        if self.is_return() {
            self.pass(check, groups_component(interface), Reason::Tracked);
        }
        self.is_return()
    }

    /// Over a transit gateway references do not hold for endpoints, nor from or to one zone of old, and for a file system
    /// only where its groups let everything out (rule SG-10).
    fn may_be_referred_to(&self, interface: &Interface) -> bool {
        let zone = |at: Ix<Subnet>| self.store.subnets.at(at).data.availability_zone_id.as_ref();
        let source = self.initiator().and_then(|at| self.store.interface(at).subnet);
        let mut zones = source.into_iter().chain(interface.subnet).filter_map(zone);
        let by_service = match interface.owner.kind {
            OwnerKind::VpcEndpoint => false,
            OwnerKind::Efs => self.lets_everything_out(interface),
            _ => true,
        };
        by_service && !zones.any(|zone| zone.as_str() == WITHOUT_REFERENCES)
    }

    fn lets_everything_out(&self, interface: &Interface) -> bool {
        let groups = interface.groups.iter().filter_map(|group| self.store.group_rules(group));
        let mut rules = groups.flat_map(|rules| rules.of(Direction::Egress));
        rules.any(|rule| {
            let everywhere =
                matches!(&rule.peer, Peer::Cidr(net) if net.addr().is_ipv4() && net.prefix_len() == 0);
            everywhere && Traffic::full().is_subset(&rule.traffic)
        })
    }

    /// The interface that started the way.
    pub(super) fn initiator(&self) -> Option<InterfaceIx> {
        self.groups_of_source.map(|(_, at)| at)
    }

    /// Interfaces of services take what their service takes (rules NAT-3, L-5, EP-6).
    fn check_accepts(&mut self, interface: &Interface) {
        if self.is_return() {
            return;
        }
        let component = Component::new(Kind::NetworkInterface, &interface.id);
        let fact = match interface.owner.kind {
            OwnerKind::NatGateway => Said::NatTakesNoConnections,
            OwnerKind::Function => Said::FunctionTakesNoConnections,
            OwnerKind::TransitGateway => Said::ServiceOpensNoConnections,
            OwnerKind::VpcEndpoint => return self.at_endpoint(interface, component),
            OwnerKind::DatabaseProxy => return self.database_proxy(interface),
            OwnerKind::NetworkLoadBalancer
            | OwnerKind::ApplicationLoadBalancer
            | OwnerKind::GatewayLoadBalancer
            | OwnerKind::ClassicLoadBalancer => return self.load_balancer(interface),
            _ => return,
        };
        self.block(Check::Endpoint, component, Code::AcceptsNoConnections, said(fact));
    }

    /// An endpoint has to be available (rule EP-7) and ignores ping (rule EP-6).
    fn at_endpoint(&mut self, interface: &Interface, component: Component) {
        let endpoint = self.store.vpc_endpoints.get(&*interface.owner.id);
        let listed = self.knowledge(Envelope::VpcEndpoints, interface.place);
        if endpoint.is_none() && listed != Knowledge::Complete {
            let reason = Reason::Lacks(Envelope::VpcEndpoints);
            self.unknown(Check::Endpoints, component.clone(), Code::UnknownResource, reason);
        }
        if let Some(endpoint) = endpoint.filter(|endpoint| !endpoint.is_available()) {
            let reason = Reason::State(endpoint.state.as_deref().unwrap_or_default().into());
            let endpoint = Component::new(Kind::VpcEndpoint, &endpoint.vpc_endpoint_id);
            self.block(Check::Endpoints, endpoint, Code::BadState, reason);
        }
        self.endpoint_ignores_ping(component);
    }

    fn endpoint_ignores_ping(&mut self, component: Component) {
        let others = self.leg.passed.difference(&Traffic::pings());
        if others.is_empty() && !self.leg.passed.is_empty() {
            let reason = said(Said::EndpointIgnoresPing);
            self.block(Check::Endpoints, component, Code::ProtocolRestriction, reason);
        } else {
            self.leg.passed = others;
        }
    }

    /// Where the way ends early but the question's end is known, its own checks are still determined: they are reported
    /// with the rest.
    pub(super) fn go_on_at_target(&mut self) {
        if self.arrived_at.is_some() || self.is_settled() {
            return;
        }
        let (Site::Interface(at) | Site::Public(at)) = self.to.site else { return };
        let interface = self.store.interface(at);
        let Some(subnet) = interface.subnet else { return };
        self.came_from =
            if self.came_from == From::Subnet(subnet) { self.came_from } else { From::Gateway };
        let own = interface.has(self.dst.value);
        if let Some(private) = interface.primary().filter(|_| !own) {
            self.dst = super::Field::fixed(private);
        }
        self.arrived_at = Some(at);
        self.enter_subnet(subnet);
        self.target_groups(interface);
        self.check_condition(interface);
        self.check_accepts(interface);
    }

    /// Asks the ACL of a subnet.
    pub(super) fn acl(&mut self, subnet: Ix<Subnet>, direction: Direction) {
        let row = &self.store.subnets.at(subnet);
        let check = match direction {
            Direction::Egress => Check::NetworkAclEgress,
            Direction::Ingress => Check::NetworkAclIngress,
        };
        let Some(acl) = self.store.acl_of(subnet) else {
            let component = Component::new(Kind::Subnet, &row.data.subnet_id);
            return self.no_acl(check, component, row.place);
        };
        let component =
            Component::new(Kind::NetworkAcl, &self.store.network_acls.at(acl).data.network_acl_id);
        let other = if direction == Direction::Egress { self.dst } else { self.src };
        let (asked, filter) = (self.asked.clone(), self.filter());
        let mut result = filter.acl(acl, direction, other, &asked, self.atoms);
        // A hop that is not known may be in the same subnet: then this ACL is not asked (rule NACL-7).
        if self.session.is_off_track && direction == Direction::Ingress {
            result.unknown = asked.clone();
        } else if self.session.is_off_track {
            result.unknown = filter.acl_for_anyone(acl, direction, &asked);
        }
        let lost = asked.difference(&result.passed);
        self.filtered(check, component, result);
        self.mention_remapped_ports(&lost);
    }

    /// A translator's ports are others than its client's: why an ACL that has room for the client's loses answers (rule
    /// NACL-4).
    fn mention_remapped_ports(&mut self, lost: &Traffic) {
        let translator = self.session.bindings.last().filter(|_| self.is_return());
        let is_lost = !lost.tcp.is_empty() || !lost.udp.is_empty();
        let Some(component) = translator.filter(|_| is_lost).map(|b| b.by.clone()) else { return };
        let (check, outcome, rule) = (Check::Nat, Outcome::Skipped, None);
        let (code, reason) = (Some(Code::RemapEphemeralPort), said(Said::RemapsPorts));
        self.step(|| Step { check, component, outcome, code, rule, reason });
    }

    /// A snapshot without any ACLs is taken as allowing, and says so; a denied or broken call is not.
    fn no_acl(&mut self, check: Check, component: Component, place: crate::store::PlaceIx) {
        let none_at_all = self.store.knowledge(Envelope::NetworkAcls) == Knowledge::Missing
            && self.store.network_acls.is_empty();
        if none_at_all && self.knowledge(Envelope::NetworkAcls, place) == Knowledge::Missing {
            self.skip(check, component, Reason::NoAclData);
        } else {
            let reason = Reason::Lacks(Envelope::NetworkAcls);
            self.unknown(check, component, Code::UnknownResource, reason);
        }
    }

    /// The public address of the interface's private one.
    pub(super) fn public_of(interface: &Interface, private: IpAddr) -> Option<IpAddr> {
        let own = interface.addresses.iter().find(|own| own.private == private)?;
        if private.is_ipv6() { Some(private) } else { own.public }
    }
}
