//! Transit gateways (rules TGW-1 to TGW-10).

use super::super::answer::{Check, Component, Kind, Reason};
use super::super::code::Code;
use super::Walk;
use crate::model::vpc::{Subnet, Vpc};
use crate::store::Ix;

impl Walk<'_> {
    /// Through a transit gateway to another attachment.
    pub(super) fn transit_gateway(&mut self, vpc: Ix<Vpc>, subnet: Option<Ix<Subnet>>, id: &str) {
        let _ = (vpc, subnet);
        let component = Component::new(Kind::TransitGateway, id);
        let reason = Reason::NotModelled("transit gateway".into());
        self.unknown(Check::TransitGateway, component, Code::UnsupportedComponent, reason);
        self.go_on_at_target();
    }
}
