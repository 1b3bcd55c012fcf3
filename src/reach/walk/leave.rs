//! Out of the source: its state, its address, its groups, its subnet.

use super::super::answer::{Check, Component, Kind, Outcome, Reason, Said, Site, Step};
use super::super::code::Code;
use super::{From, Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::lambda::Function;
use crate::model::vpc::{Subnet, Vpc};
use crate::store::{Condition, Direction, Interface, InterfaceIx, Ix, Knowledge, OwnerKind};

impl Walk<'_> {
    /// The packet leaves an interface (rules ENI-1, ENI-3, SG-1).
    pub(super) fn leave(&mut self, at: InterfaceIx) {
        let interface = self.store.interface(at);
        self.check_condition(interface);
        if self.stays_inside(at, interface) {
            return;
        }
        if !self.is_return() {
            self.check_may_initiate(interface);
        }
        // Whether the groups are asked at all depends on where it is (rule SG-18).
        let (Some(vpc), Some(subnet)) = (interface.vpc, interface.subnet) else {
            let lacks = if interface.vpc.is_none() { Envelope::Vpcs } else { Envelope::Subnets };
            return self.lacks_place_of(at, lacks);
        };
        self.groups_of_source = Some((self.leg.steps.len(), at));
        if !self.is_answered_by_aws(vpc, interface) && !self.is_settled() {
            self.leave_subnet(vpc, subnet);
        }
    }

    /// What a machine sends to an address of the same interface is delivered by its own system: no group sees it. Services
    /// that are many machines behind one interface are none.
    fn stays_inside(&mut self, at: InterfaceIx, interface: &Interface) -> bool {
        let is_machine = matches!(
            interface.owner.kind,
            OwnerKind::Instance | OwnerKind::EcsTask | OwnerKind::EksPod | OwnerKind::Unknown
        );
        let is_own = self.to.site == Site::Interface(at) && interface.has(self.dst.value);
        if !is_machine || !is_own {
            return false;
        }
        self.leg.arrived = true;
        self.arrived_at = Some(at);
        let component = Component::new(Kind::NetworkInterface, &interface.id);
        self.pass(Check::Endpoint, component, said(Said::StaysInside));
        true
    }

    /// The packet is handed to the router of a subnet: inside it, it is simply delivered (rules RT-7, NACL-1).
    pub(super) fn leave_subnet(&mut self, vpc: Ix<Vpc>, subnet: Ix<Subnet>) {
        self.came_from = From::Subnet(subnet);
        if self.is_own_subnet(vpc, subnet) {
            let component =
                Component::new(Kind::Subnet, &self.store.subnets.at(subnet).data.subnet_id);
            self.skip(Check::NetworkAclEgress, component, Reason::SameSubnet);
            return self.deliver(vpc);
        }
        self.acl(subnet, Direction::Egress);
        if !self.is_settled() {
            self.route(vpc, subnet);
        }
    }

    /// Whether the destination is in the subnet itself; each of its CIDRs is a test.
    fn is_own_subnet(&mut self, vpc: Ix<Vpc>, subnet: Ix<Subnet>) -> bool {
        let data = &self.store.subnets.at(subnet).data;
        let v4 = data.cidr_block.map(ipnet::IpNet::V4);
        let cidrs: Vec<_> = v4.into_iter().chain(data.ipv6_cidrs().map(ipnet::IpNet::V6)).collect();
        let inside = self.atoms.within_any(self.dst, &cidrs);
        inside && self.store.vpcs.position(&data.vpc_id) == Some(vpc)
    }

    /// What the interface is attached to has to run (rules ENI-3, IGW-3, R-4).
    pub(super) fn check_condition(&mut self, interface: &Interface) {
        let component = || Component::new(Kind::NetworkInterface, &interface.id);
        match &interface.condition {
            Condition::Working => {}
            Condition::Detached => {
                let reason = Reason::State("available, attached to nothing".into());
                self.block(Check::Endpoint, component(), Code::BadStateAttachment, reason);
            }
            Condition::InstanceNotRunning(state) => {
                let instance = Component::new(Kind::Instance, &interface.owner.id);
                let reason = Reason::State(state.clone());
                self.block(Check::Endpoint, instance, Code::BadState, reason);
            }
            Condition::InstanceUnknown => self.instance_unknown(interface),
            Condition::NotTold => {
                let reason = Reason::NotTold("attachment");
                self.unknown(Check::Endpoint, component(), Code::UnknownResource, reason);
            }
        }
    }

    /// An instance of another account is not listed here, but it is attached; without the list nothing tells whether it
    /// runs.
    fn instance_unknown(&mut self, interface: &Interface) {
        let is_listed = self.store.instances.get(&*interface.owner.id).is_some();
        let knowledge = self.knowledge(Envelope::Reservations, interface.place);
        let reason = match knowledge {
            _ if is_listed => Reason::NotTold("state"),
            Knowledge::Complete => return,
            _ => Reason::Lacks(Envelope::Reservations),
        };
        let instance = Component::new(Kind::Instance, &interface.owner.id);
        self.unknown(Check::Endpoint, instance, Code::UnknownResource, reason);
    }

    /// Some interfaces only answer (rules NAT-3, EP-2).
    fn check_may_initiate(&mut self, interface: &Interface) {
        let component = Component::new(Kind::NetworkInterface, &interface.id);
        let (code, fact) = match interface.owner.kind {
            OwnerKind::VpcEndpoint => (Code::EndpointInitiates, Said::ServiceOpensNoConnections),
            OwnerKind::NatGateway | OwnerKind::TransitGateway => {
                (Code::OpensNoConnections, Said::ServiceOpensNoConnections)
            }
            _ => return,
        };
        self.block(Check::Endpoint, component, code, said(fact));
    }

    /// The source's groups are judged last, when the way has shown whom the packet gets to and whether references hold;
    /// the step goes where it belongs.
    pub(super) fn judge_source_groups(&mut self) {
        let Some((position, at)) = self.groups_of_source else { return };
        if self.is_settled() {
            return;
        }
        let interface = self.store.interface(at);
        let end = self.leg.steps.len();
        self.source_groups(at, interface);
        let judged = self.leg.steps.split_off(end);
        self.leg.insert(position, judged);
    }

    fn source_groups(&mut self, at: InterfaceIx, interface: &Interface) {
        let check = Check::SecurityGroupEgress;
        if self.is_let_through(check, interface) {
            return;
        }
        let target = match self.to.site {
            Site::Interface(target) if target != at || interface.is_virtual() => Some(target),
            _ => None,
        };
        let target = target.filter(|_| self.session.called.value == self.dst.value);
        let mut other = self.counterpart(self.session.called, None);
        other.interface = target;
        let (asked, filter) = (self.asked.clone(), self.filter());
        let result = filter.groups(&interface.groups, Direction::Egress, other, &asked, self.atoms);
        self.filtered(check, groups_component(interface), result);
    }

    /// A function in no VPC: AWS's own network, with the internet and without your VPCs (rule L-1).
    pub(super) fn leave_service_network(&mut self, function: Ix<Function>) {
        let name = self.store.functions.at(function).data.label();
        let network = Component::new(Kind::Function, &name);
        match self.to.site {
            Site::Outside | Site::ServiceNetwork(_) => {
                self.leg.arrived = true;
                self.doubt_whose();
                self.pass(Check::Endpoint, network, Reason::LeftForInternet);
            }
            Site::Public(_) => self.enter_by_public_address(),
            Site::Interface(at) if self.may_have_public(at) => {
                let reason = Reason::Lacks(Envelope::NetworkInterfaces);
                self.unknown(Check::Endpoint, network, Code::UnknownResource, reason);
            }
            Site::Interface(_) | Site::Nowhere(_) => {
                self.block(Check::Endpoint, network, Code::UnassociatedComponent, Reason::NotInVpc);
                self.target_groups_from_its_vpc();
            }
        }
    }

    /// Wherever in the target's VPC the function were attached: does any rule let such an interface in at all? A rule
    /// for a group counts, since the function can be given that group.
    fn target_groups_from_its_vpc(&mut self) {
        let Site::Interface(at) = self.to.site else { return };
        let interface = self.store.interface(at);
        let Some(vpc) = interface.vpc.filter(|_| self.is_filtered(interface)) else { return };
        let vpc = &self.store.vpcs.at(vpc).data;
        let asked = self.asked.clone();
        let filter = super::Filter { store: self.store, explain: self.explain };
        let result = filter.groups_from_vpc(&interface.groups, vpc, &asked);
        let component = groups_component(interface);
        if asked.is_subset(&result.passed) {
            let (check, outcome) = (Check::SecurityGroupIngress, Outcome::Skipped);
            let (code, rule, reason) = (None, result.rule, Reason::NotInVpc);
            return self.step(|| Step { check, component, outcome, code, rule, reason });
        }
        self.filtered(Check::SecurityGroupIngress, component, result);
    }
}

/// The groups of an interface as one component: the first id, the rest behind it.
pub(super) fn groups_component(interface: &Interface) -> Component {
    let ids: Vec<&str> = interface.groups.iter().map(AsRef::as_ref).collect();
    Component::new(Kind::SecurityGroup, ids.join(","))
}
