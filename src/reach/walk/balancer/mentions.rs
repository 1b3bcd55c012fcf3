//! What does not decide about a load balancer and helps to understand it: checks of health, and what was taken for granted
//! (rules LB-1, LB-4, LB-5).

use std::net::IpAddr;

use super::Preserved;
use crate::model::address::AddressSet;
use crate::model::traffic::Protocol;
use crate::reach::answer::{Check, Component, Kind, Outcome, Point, Said, Site, Step};
use crate::reach::code::Code;
use crate::reach::question::End;
use crate::reach::walk::legs::{Onward, Works, one_port};
use crate::reach::walk::{Walk, said};
use crate::store::InterfaceIx;

impl Walk<'_> {
    /// Health is checked from the node's own address, on a port of its own: a target that is shut to that is taken for
    /// ill. Where all are, they are used all the same, so this changes no verdict (rules LB-1, LB-5).
    pub(super) fn check_health(
        &mut self,
        (node, at): (InterfaceIx, InterfaceIx),
        address: IpAddr,
        port: u16,
    ) {
        let target = &Point { site: Site::Interface(at), addresses: AddressSet::one(address) };
        let interface = self.store.interface(at);
        let end = End::Interface(interface.id.clone());
        let flow = one_port(Protocol::TCP, port);
        let told = self.own_legs(Onward { node, end, target, flow });
        let shut = told.iter().all(|(_, works)| *works == Works::No);
        let Some((leg, _)) = told.first().filter(|_| shut) else { return };
        let mut blocking = leg.steps.iter().filter(|step| step.outcome == Outcome::Block);
        let code = blocking.find_map(|step| step.code);
        let component = Component::new(Kind::NetworkInterface, &interface.id);
        self.mention(component, code, Said::HealthChecksBlocked);
    }

    pub(super) fn mention_assumption(&mut self, component: &Component, preserved: Preserved) {
        if !preserved.is_assumed {
            return;
        }
        let (code, fact) = if preserved.is_on {
            (Code::AssumedPreserved, Said::AssumedPreserved)
        } else {
            (Code::AssumedNotPreserved, Said::AssumedNotPreserved)
        };
        self.mention(component.clone(), Some(code), fact);
        let code = Some(Code::MissingTargetGroupAttributes);
        self.mention(component.clone(), code, Said::NoTargetGroupAttributes);
    }

    pub(super) fn mention(&mut self, component: Component, code: Option<Code>, fact: Said) {
        let (check, outcome, rule) = (Check::LoadBalancer, Outcome::Skipped, None);
        self.step(|| Step { check, component, outcome, code, rule, reason: said(fact) });
    }
}
