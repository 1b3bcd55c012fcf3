//! The internet edge: public addresses, internet gateways, egress-only gateways, gateway endpoints (rules IGW, EP-1).

mod arrival;
mod edge_table;
mod egress_only;
mod gateway_endpoint;
mod public_address;

use std::net::IpAddr;

use ipnet::IpNet;

use super::super::answer::{Check, Component, Kind, Reason, Said, Site};
use super::super::code::Code;
use super::super::field::Field;
use super::super::filter::Identity;
use super::{Exit, Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::vpc::{Subnet, Vpc};
use crate::store::{GLOBAL_V6, InterfaceIx, Ix, PRIVATE, RESERVED};

impl Walk<'_> {
    /// Out through an internet gateway (rules IGW-1 to IGW-4).
    pub(super) fn internet_gateway(&mut self, vpc: Ix<Vpc>, subnet: Option<Ix<Subnet>>, id: &str) {
        let component = Component::new(Kind::InternetGateway, id);
        self.check_attached(vpc, id, &component);
        self.check_public_access(vpc, subnet, false);
        if self.atoms.within_any(self.dst, &PRIVATE) {
            let shared = is_shared(self.dst.value);
            let code = if shared { Code::EgressToRfc6598 } else { Code::EgressToRfc1918 };
            self.block(Check::InternetGateway, component, code, said(Said::PrivateDestination));
            self.mention_disconnected();
            return self.go_on_at_target();
        }
        let Some(public) = self.public_source(vpc) else {
            self.no_public_source(component);
            // As whom it would come to a public address, nothing tells.
            if !matches!(self.to.site, Site::Public(_)) {
                self.go_on_at_target();
            }
            return;
        };
        if let Some(at) = self.initiator().filter(|_| self.session.bindings.is_empty()) {
            self.check_open_to_internet(at, Code::NoPublicAddressForEgress);
        }
        self.translate_source(&component, public);
        if self.is_return() && !self.answers_from_called(&component) {
            return;
        }
        self.out_there(Exit::Internet(vpc));
    }

    /// An interface may be closed to all traffic of internet gateways, whatever its addresses (rule IGW-4).
    fn check_open_to_internet(&mut self, at: InterfaceIx, code: Code) {
        let interface = self.store.interface(at);
        if interface.is_closed_to_internet {
            let component = Component::new(Kind::NetworkInterface, &interface.id);
            self.block(Check::InternetGateway, component, code, said(Said::ClosedToInternet));
        }
    }

    fn check_attached(&mut self, vpc: Ix<Vpc>, id: &str, component: &Component) {
        let attached = self.store.topology().internet_gateway_of(vpc);
        let this = attached
            .map(|at| self.store.internet_gateways.at(at).data.internet_gateway_id.as_str());
        if this == Some(id) {
            return;
        }
        if self.store.internet_gateways.get(id).is_some() {
            let (check, code) = (Check::InternetGateway, Code::BadStateAttachment);
            self.block(check, component.clone(), code, Reason::NotAttached);
        } else {
            let reason = Reason::Lacks(Envelope::InternetGateways);
            self.unknown(Check::InternetGateway, component.clone(), Code::UnknownResource, reason);
        }
    }

    fn translate_source(&mut self, component: &Component, public: IpAddr) {
        let binding = self.session.bindings.last_mut().filter(|b| b.mapped == self.src.value);
        if let Some(binding) = binding {
            binding.public = Some(public);
        }
        if public == self.src.value {
            return;
        }
        let reason = Reason::Translated { from: self.src.value, to: public };
        self.pass(Check::InternetGateway, component.clone(), reason);
        self.src = Field::fixed(public);
        self.session.identity = Identity::Lost;
    }

    /// The caller only takes answers from the address it called. Where the question did not get there by itself, nothing
    /// tells what it would have called.
    pub(super) fn answers_from_called(&mut self, component: &Component) -> bool {
        let called = self.session.called.value;
        if self.src.value == called || !self.session.arrived {
            return true;
        }
        let reason = Reason::OtherAddress { called, answers: self.src.value };
        self.block(Check::Nat, component.clone(), Code::AnswerFromOtherAddress, reason);
        false
    }

    /// On the internet side of a gateway: to a public address of the known network, or away.
    fn out_there(&mut self, exit: Exit) {
        if self.owner_of_public().is_some() || self.is_for_translator() {
            return self.enter_by_public_address();
        }
        if let Some(vpc) = self.vpc_of_v6() {
            return self.nobody(vpc);
        }
        self.session.exit.get_or_insert(exit);
        let internet = Component::new(Kind::Internet, "");
        let is_outside = matches!(self.to.site, Site::Outside | Site::ServiceNetwork(_));
        if is_outside && self.is_of_internet() {
            self.leg.arrived = true;
            self.doubt_whose();
            self.pass(Check::InternetGateway, internet, Reason::LeftForInternet);
        } else {
            self.nobody_on_the_internet(internet);
            self.go_on_at_target();
        }
    }

    /// Who has an address that was asked for by number, one of yours or anybody else, only the interfaces tell.
    pub(super) fn doubt_whose(&mut self) {
        let needed = Envelope::NetworkInterfaces;
        if !self.store.lacks(needed) || self.is_anybodys() {
            return;
        }
        let internet = Component::new(Kind::Internet, "");
        let reason = Reason::Lacks(needed);
        self.unknown(Check::InternetGateway, internet, Code::UnknownResource, reason);
    }

    /// Whether the target is the internet as a whole, or AWS's own.
    fn is_anybodys(&self) -> bool {
        let mut of_aws = self.store.prefix_lists.of_services().flat_map(|(_, cidrs)| cidrs);
        let (asked, whole) = (&self.to.addresses, self.store.internet());
        let is_whole = match self.dst.value {
            IpAddr::V4(_) => asked.v4 == whole.v4,
            IpAddr::V6(_) => asked.v6 == whole.v6,
        };
        is_whole || of_aws.any(|cidr| cidr.contains(&self.dst.value))
    }

    /// Nobody has this address, unless the one who does is not in the data.
    fn nobody_on_the_internet(&mut self, internet: Component) {
        let needed = [Envelope::Vpcs, Envelope::NetworkInterfaces].into_iter();
        let mut lacking = needed.filter(|one| self.store.lacks(*one));
        let check = Check::InternetGateway;
        if let Some(envelope) = lacking.next() {
            let reason = Reason::Lacks(envelope);
            return self.unknown(check, internet, Code::UnknownResource, reason);
        }
        let reason = Reason::NobodyHas { address: self.dst.value };
        self.block(check, internet, Code::NoPossibleDestination, reason);
    }

    /// Whether anybody on the internet can have the destination.
    fn is_of_internet(&mut self) -> bool {
        if self.store.is_idle(self.dst.value) {
            return false;
        }
        match self.dst.value {
            IpAddr::V4(_) => !self.atoms.within_any(self.dst, &RESERVED),
            IpAddr::V6(_) => self.atoms.within(self.dst, &GLOBAL_V6),
        }
    }

    /// The interface and private address that a public destination stands for.
    fn owner_of_public(&self) -> Option<(InterfaceIx, IpAddr)> {
        if self.dst.value.is_ipv4() {
            return self.store.by_public(self.dst.value);
        }
        let vpc = self.vpc_of_v6()?;
        Some((self.store.by_private(vpc, self.dst.value)?, self.dst.value))
    }

    /// The VPC that an IPv6 destination belongs to.
    fn vpc_of_v6(&self) -> Option<Ix<Vpc>> {
        let mut vpcs = self.store.vpcs.rows();
        let holds =
            |vpc: &Vpc| vpc.ipv6_cidrs().any(|cidr| IpNet::V6(cidr).contains(&self.dst.value));
        vpcs.find(|(_, row)| holds(&row.data)).map(|(at, _)| at)
    }
}

/// 100.64.0.0/10, of all private addresses.
pub(super) fn is_shared(address: IpAddr) -> bool {
    matches!(address, IpAddr::V4(v4) if v4.octets().first() == Some(&100))
}
