//! Egress-only internet gateways: IPv6, connections outwards, answers back (rule IGW-4).

use crate::model::catalogue::Envelope;
use crate::model::vpc::{Subnet, Vpc};
use crate::reach::answer::{Check, Component, Kind, Reason, Said};
use crate::reach::code::Code;
use crate::reach::filter::Identity;
use crate::reach::walk::{Exit, From, Walk, said};
use crate::store::Ix;

impl Walk<'_> {
    /// Out through an egress-only gateway: IPv6, answers only (rule IGW-4).
    pub(in crate::reach::walk) fn egress_only(
        &mut self,
        vpc: Ix<Vpc>,
        subnet: Option<Ix<Subnet>>,
        id: &str,
    ) {
        let component = Component::new(Kind::EgressOnlyInternetGateway, id);
        self.check_egress_only_attached(vpc, id, &component);
        if !self.is_return() {
            self.session.exit.get_or_insert(Exit::EgressOnly(vpc));
        }
        self.check_public_access(vpc, subnet, false);
        if self.is_return() {
            let came_by_it = self.session.exit == Some(Exit::EgressOnly(vpc));
            if !came_by_it {
                let reason = said(Said::EgressOnlyTakesNoConnections);
                return self.block(
                    Check::InternetGateway,
                    component,
                    Code::AcceptsNoConnections,
                    reason,
                );
            }
        }
        if !self.is_source_of(vpc) {
            let reason = Reason::NoPublicAddress { of: self.src.value };
            let (check, code) = (Check::InternetGateway, Code::NoPublicAddressForEgress);
            return self.block(check, component, code, reason);
        }
        if self.dst.value.is_ipv4() {
            let reason = said(Said::EgressOnlyIsIpv6);
            return self.block(
                Check::InternetGateway,
                component,
                Code::ProtocolRestriction,
                reason,
            );
        }
        self.pass(Check::InternetGateway, component, Reason::Routed);
        self.session.identity = Identity::Lost;
        self.out_there(Exit::EgressOnly(vpc));
    }

    fn check_egress_only_attached(&mut self, vpc: Ix<Vpc>, id: &str, component: &Component) {
        let Some(gateway) = self.store.egress_only_internet_gateways.get(id) else {
            let reason = Reason::Lacks(Envelope::EgressOnlyInternetGateways);
            let (check, code) = (Check::InternetGateway, Code::UnknownResource);
            return self.unknown(check, component.clone(), code, reason);
        };
        let vpc = &self.store.vpcs.at(vpc).data.vpc_id;
        let mut attached = gateway.attachments.iter().filter(|one| one.is_attached());
        if !attached.any(|one| one.vpc_id.as_ref() == Some(vpc)) {
            let (check, code) = (Check::InternetGateway, Code::BadStateAttachment);
            self.block(check, component.clone(), code, Reason::NotAttached);
        }
    }

    /// An answer to what left by an egress-only gateway comes back by it (rule IGW-4).
    pub(in crate::reach::walk) fn enter_by_egress_only(&mut self) -> bool {
        let Some(vpc) = self.vpc_of_v6().filter(|_| self.is_return()) else { return false };
        if self.session.exit != Some(Exit::EgressOnly(vpc)) {
            return false;
        }
        self.came_from = From::Gateway;
        self.deliver(vpc);
        true
    }
}
