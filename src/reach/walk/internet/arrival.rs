//! In from the internet: to a public address, or to whoever asked (rules IGW-1, IGW-2, RT-6).

use crate::model::catalogue::Envelope;
use crate::model::vpc::Vpc;
use crate::reach::answer::{Check, Component, Kind, Reason, Said, Site};
use crate::reach::code::Code;
use crate::reach::field::Field;
use crate::reach::filter::Identity;
use crate::reach::walk::{Exit, From, Walk, said};
use crate::store::{Ix, Knowledge, PRIVATE};

impl Walk<'_> {
    /// Into a VPC by a public address: the internet gateway translates it (rules IGW-1, IGW-2).
    pub(in crate::reach::walk) fn enter_by_public_address(&mut self) {
        if self.enter_at_translator() || self.enter_by_egress_only() {
            return;
        }
        let Some((at, private)) = self.owner_of_public() else {
            return self.nobody_on_the_internet(Component::new(Kind::Internet, ""));
        };
        let interface = self.store.interface(at);
        let Some(vpc) = interface.vpc else { return self.lacks_place_of(at, Envelope::Vpcs) };
        let Some(subnet) = interface.subnet else {
            return self.lacks_place_of(at, Envelope::Subnets);
        };
        let gateway = self.store.topology().internet_gateway_of(vpc);
        let Some(gateway) = gateway.map(|at| &self.store.internet_gateways.at(at).data) else {
            return self.no_gateway(vpc);
        };
        let component = Component::new(Kind::InternetGateway, &gateway.internet_gateway_id);
        self.check_public_access(vpc, Some(subnet), !self.is_return());
        self.check_open_to_internet(at, Code::NoPublicAddressForIngress);
        if private != self.dst.value {
            let reason = Reason::Translated { from: self.dst.value, to: private };
            self.pass(Check::InternetGateway, component, reason);
        }
        self.session.identity = Identity::Lost;
        self.dst = Field { value: private, varies: None };
        self.came_from = From::Gateway;
        if !self.is_led_elsewhere(vpc, gateway.internet_gateway_id.as_str()) {
            self.deliver(vpc);
        }
    }

    /// Whether this is an answer to the public address of the translator that asked, which need not have an interface.
    pub(super) fn is_for_translator(&self) -> bool {
        let last = self.session.bindings.last().filter(|_| self.is_return());
        last.is_some_and(|binding| binding.public == Some(self.dst.value))
    }

    fn enter_at_translator(&mut self) -> bool {
        let ours = self.session.bindings.last().filter(|_| self.is_for_translator());
        let Some((vpc, mapped)) = ours.map(|b| (b.vpc, b.mapped)) else { return false };
        let gateway = self.store.topology().internet_gateway_of(vpc);
        let gateway = gateway.map(|at| &self.store.internet_gateways.at(at).data);
        self.dst = Field::fixed(mapped);
        self.came_from = From::Gateway;
        gateway.is_some_and(|one| self.is_led_elsewhere(vpc, one.internet_gateway_id.as_str()))
            || self.untranslate(vpc)
    }

    fn no_gateway(&mut self, vpc: Ix<Vpc>) {
        let row = &self.store.vpcs.at(vpc);
        let component = Component::new(Kind::Vpc, &row.data.vpc_id);
        let known = self.knowledge(Envelope::InternetGateways, row.place);
        if known == Knowledge::Complete {
            let code = Code::BadStateAttachment;
            self.block(Check::InternetGateway, component, code, Reason::NotAttached);
        } else {
            let reason = Reason::Lacks(Envelope::InternetGateways);
            self.unknown(Check::InternetGateway, component, Code::UnknownResource, reason);
        }
        self.go_on_at_target();
    }

    /// The packet comes from outside: from the internet, or, as an answer, by the way the question went out.
    pub(in crate::reach::walk) fn enter_from_outside(&mut self) {
        if self.is_return() {
            return self.answer_from_outside();
        }
        if self.atoms.within_any(self.src, &PRIVATE) {
            return self.enter_from_beyond();
        }
        match self.to.site {
            Site::Public(_) => self.enter_by_public_address(),
            _ if self.dst.value.is_ipv6() => self.enter_by_public_address(),
            Site::Interface(at) => self.enter_by_private_address(at),
            _ => {
                self.nobody_on_the_internet(Component::new(Kind::Internet, ""));
            }
        }
    }

    fn answer_from_outside(&mut self) {
        match self.session.exit.clone() {
            Some(Exit::Internet(_)) => self.enter_by_public_address(),
            Some(Exit::EgressOnly(vpc) | Exit::GatewayEndpoint(vpc)) => {
                self.came_from = From::Gateway;
                self.deliver(vpc);
            }
            Some(Exit::OwnService(service)) => self.answer_of_aws(service),
            Some(Exit::Beyond(_)) | None => {
                let reason = said(Said::Beyond);
                self.unknown(Check::Hop, Component::other(""), Code::UnknownDestination, reason);
            }
        }
    }
}
