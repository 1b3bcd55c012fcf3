//! Load balancers: what arrives at one of their interfaces goes on to a target (rules LB-1 to LB-7).

use super::super::answer::{Check, Component, Kind, Reason};
use super::super::code::Code;
use super::Walk;
use crate::store::Interface;

impl Walk<'_> {
    /// The packet is at a load balancer's interface.
    pub(super) fn load_balancer(&mut self, interface: &Interface) {
        let component = Component::new(Kind::LoadBalancer, &interface.owner.id);
        let reason = Reason::NotModelled("load balancer".into());
        self.unknown(Check::LoadBalancer, component, Code::UnsupportedComponent, reason);
    }
}
