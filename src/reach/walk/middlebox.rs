//! A route to an interface: a NAT instance, or an appliance about which nothing is known (rules NAT-10, SG-11, ENI-1).

use super::super::answer::{Check, Component, Kind, Reason, Said};
use super::super::code::Code;
use super::super::filter::{Counterpart, Identity};
use super::leave::groups_component;
use super::{Binding, From, Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::ids::InstanceId;
use crate::model::vpc::Vpc;
use crate::store::{Direction, Interface, InterfaceIx, Ix};

impl Walk<'_> {
    /// The packet goes to an interface that is not its destination.
    pub(super) fn middlebox(
        &mut self,
        vpc: Ix<Vpc>,
        interface: Option<&str>,
        instance: Option<&str>,
    ) {
        let listed = interface.and_then(|id| self.store.interfaces.position(id));
        let of_instance = || {
            let instance = InstanceId::from(instance?);
            self.store.interfaces_of_instance(&instance).first().copied()
        };
        let Some(at) = listed.or_else(of_instance) else {
            let component =
                Component::new(Kind::NetworkInterface, interface.or(instance).unwrap_or_default());
            let reason = Reason::Lacks(Envelope::NetworkInterfaces);
            self.unknown(Check::Hop, component, Code::UnknownResource, reason);
            return self.go_on_at_target();
        };
        if self.untranslate(vpc) {
            return;
        }
        self.enter_middlebox(vpc, at);
    }

    /// What is for the box itself it takes; the rest it should forward.
    pub(super) fn enter_middlebox(&mut self, vpc: Ix<Vpc>, at: InterfaceIx) {
        let box_ = self.store.interface(at);
        if box_.vpc == Some(vpc) && box_.has(self.dst.value) {
            return self.deliver(vpc);
        }
        let component = Component::new(Kind::NetworkInterface, &box_.id);
        if let Some(subnet) = box_.subnet {
            self.enter_subnet(subnet);
        }
        self.check_condition(box_);
        if box_.source_dest_check {
            let reason = said(Said::SourceDestCheck);
            self.block(Check::Nat, component, Code::SourceDestCheck, reason);
            return self.go_on_at_target();
        }
        if self.is_return() {
            let reason = Reason::NotModelled("what this appliance does with an answer".into());
            return self.unknown(Check::Hop, component, Code::UnsupportedComponent, reason);
        }
        self.middlebox_groups(box_, Direction::Ingress);
        let inside = self.store.vpcs.rows().any(|(_, row)| {
            let cidrs: Vec<_> = row.data.ipv4_cidrs().collect();
            cidrs.iter().any(|cidr| self.atoms.within(self.dst, &ipnet::IpNet::V4(*cidr)))
        });
        if inside || self.dst.value.is_ipv6() {
            self.session.identity = Identity::Lost;
            let reason = Reason::NotModelled("what this appliance does".into());
            self.unknown(Check::Hop, component, Code::UnsupportedComponent, reason);
            return self.go_on_at_target();
        }
        self.out_of_nat_instance(vpc, box_);
    }

    /// A NAT instance sends with its own address and remembers the client (rule NAT-10).
    fn out_of_nat_instance(&mut self, vpc: Ix<Vpc>, nat: &Interface) {
        let by = Component::new(Kind::NetworkInterface, &nat.id);
        let (Some(mapped), Some(subnet)) = (nat.primary(), nat.subnet) else {
            let reason = Reason::Lacks(Envelope::Subnets);
            return self.unknown(Check::Hop, by, Code::UnknownResource, reason);
        };
        self.pass(Check::Nat, by.clone(), Reason::Translated { from: self.src.value, to: mapped });
        self.bind(Binding {
            by,
            client: self.src,
            mapped,
            public: None,
            subnet: Some(subnet),
            vpc,
            called: None,
            peering: None,
        });
        self.middlebox_groups(nat, Direction::Egress);
        self.came_from = From::Subnet(subnet);
        self.leave_subnet(vpc, subnet);
    }

    fn middlebox_groups(&mut self, through: &Interface, direction: Direction) {
        if !self.is_filtered(through) {
            return;
        }
        let (check, field) = match direction {
            Direction::Ingress => (Check::SecurityGroupIngress, self.src),
            Direction::Egress => (Check::SecurityGroupEgress, self.dst),
        };
        let interface = self.initiator().filter(|_| direction == Direction::Ingress);
        let other = Counterpart { field, interface, identity: self.session.identity };
        let (asked, filter) = (self.asked.clone(), self.filter());
        let result = filter.groups(&through.groups, direction, other, &asked, self.atoms);
        self.filtered(check, groups_component(through), result);
    }
}
