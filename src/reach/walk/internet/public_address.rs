//! As whom an interface is known on the internet (rule IGW-1), and what if nothing tells.

use std::net::IpAddr;

use crate::model::catalogue::Envelope;
use crate::model::vpc::Vpc;
use crate::reach::answer::{Check, Component, Kind, Reason};
use crate::reach::code::Code;
use crate::reach::filter::Identity;
use crate::reach::walk::Walk;
use crate::store::{InterfaceIx, Ix, Origin};

impl Walk<'_> {
    /// Whether a packet has a source in this VPC: that of an interface, or of a translator.
    pub(in crate::reach::walk) fn is_source_of(&self, vpc: Ix<Vpc>) -> bool {
        let sender = self.initiator().and_then(|at| self.store.interface(at).vpc);
        let last = self.session.bindings.last().filter(|b| b.mapped == self.src.value);
        last.map_or(sender, |binding| Some(binding.vpc)) == Some(vpc)
    }

    /// The public address that stands for the source: of this very private address (rule IGW-1).
    pub(super) fn public_source(&self, vpc: Ix<Vpc>) -> Option<IpAddr> {
        if self.src.value.is_ipv6() {
            return Some(self.src.value).filter(|_| self.is_source_of(vpc));
        }
        let binding = self.session.bindings.last().filter(|b| b.mapped == self.src.value);
        let of_nat = binding.and_then(|b| self.public_of_nat(&b.by.id, self.src.value));
        of_nat.or_else(|| {
            let at = self.holder_of_source(vpc)?;
            Self::public_of(self.store.interface(at), self.src.value)
        })
    }

    /// The interface of this VPC that sends with the source address. What comes from another VPC has none here, though
    /// it may have a public address at home. A virtual interface may have any address of its subnet, also one that
    /// another interface has now.
    fn holder_of_source(&self, vpc: Ix<Vpc>) -> Option<InterfaceIx> {
        let sender = self.initiator().filter(|at| {
            self.session.bindings.is_empty() && self.store.interface(*at).has(self.src.value)
        });
        match sender {
            Some(at) => Some(at).filter(|at| self.store.interface(*at).vpc == Some(vpc)),
            None => self.store.by_private(vpc, self.src.value),
        }
    }

    /// Nothing stands for the source on the internet, unless what does is not in the data.
    pub(super) fn no_public_source(&mut self, component: Component) {
        let (check, code) = (Check::InternetGateway, Code::NoPublicAddressForEgress);
        self.no_public_address((check, component, code), self.src.value, self.initiator());
    }

    /// From outside nobody gets to an interface by its private address.
    pub(super) fn enter_by_private_address(&mut self, at: InterfaceIx) {
        let internet = Component::new(Kind::Internet, "");
        let (check, code) = (Check::InternetGateway, Code::NoPublicAddressForIngress);
        self.no_public_address((check, internet, code), self.dst.value, Some(at));
        self.session.identity = Identity::Lost;
        self.go_on_at_target();
    }

    fn no_public_address(
        &mut self,
        (check, component, code): (Check, Component, Code),
        of: IpAddr,
        interface: Option<InterfaceIx>,
    ) {
        if interface.is_some_and(|at| self.may_have_public(at)) {
            let reason = Reason::Lacks(Envelope::NetworkInterfaces);
            return self.unknown(check, component, Code::UnknownResource, reason);
        }
        self.block(check, component, code, Reason::NoPublicAddress { of });
    }

    /// Whether an interface that is not listed may have a public address: a function's has none (rule L-2), nor has a
    /// proxy's (rule R-6); a database's has one if it is publicly accessible (rule R-2).
    pub(in crate::reach::walk) fn may_have_public(&self, at: InterfaceIx) -> bool {
        let interface = self.store.interface(at);
        let database = self.store.databases.get(&*interface.owner.id);
        let accessible = database.and_then(|one| one.publicly_accessible);
        let is_told = !self.store.lacks(Envelope::NetworkInterfaces);
        interface.origin == Origin::DatabaseConfig && accessible.unwrap_or(!is_told)
    }
}
