//! VPC Block Public Access (rules BPA-1, BPA-2).

use super::super::answer::{Check, Component, Kind, Reason, Said};
use super::super::code::Code;
use super::{Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::vpc::{BlockPublicAccessStates, Subnet, Vpc};
use crate::store::{Ix, Knowledge, Place};

/// What may pass an internet gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Open,
    /// Only what goes out through a NAT gateway or an egress-only gateway.
    OutboundOnly,
    Closed,
}

impl Walk<'_> {
    /// Asks Block Public Access; `inbound` where the connection is opened from the internet.
    pub(super) fn check_public_access(
        &mut self,
        vpc: Ix<Vpc>,
        subnet: Option<Ix<Subnet>>,
        inbound: bool,
    ) {
        let row = &self.store.vpcs.at(vpc);
        let component = Component::new(Kind::Vpc, &row.data.vpc_id);
        let place = self.store.place(row.place);
        if let Knowledge::Denied(_) = place.knowledge(Envelope::VpcBlockPublicAccessOptions) {
            let reason = Reason::Lacks(Envelope::VpcBlockPublicAccessOptions);
            return self.unknown(
                Check::BlockPublicAccess,
                component,
                Code::UnknownResource,
                reason,
            );
        }
        let outbound = !inbound && self.leaves_by_outbound_gateway();
        let open = match self.mode(&row.data, subnet, place) {
            Mode::Open => true,
            Mode::OutboundOnly => outbound,
            Mode::Closed => false,
        };
        if !open {
            let reason = said(Said::BlockPublicAccess);
            self.block(Check::BlockPublicAccess, component, Code::BlockPublicAccess, reason);
        }
    }

    fn leaves_by_outbound_gateway(&self) -> bool {
        let translated = self.session.bindings.iter().any(|b| b.by.kind == Kind::NatGateway);
        translated || matches!(self.session.exit, Some(super::Exit::EgressOnly(_)))
    }

    /// The subnet's own state says it all where AWS tells it; else the region's mode and its exclusions.
    fn mode(&self, vpc: &Vpc, subnet: Option<Ix<Subnet>>, place: &Place) -> Mode {
        let subnet = subnet.map(|at| &self.store.subnets.at(at).data);
        let told = subnet.and_then(|subnet| told(subnet.block_public_access_states.as_ref()));
        if let Some(mode) = told.or_else(|| self.told_of(vpc, subnet.is_none())) {
            return mode;
        }
        let options = self.store.rest.block_public_access_options.iter();
        let mut here = options.filter(|option| {
            let region =
                option.aws_region.as_deref().is_none_or(|region| region == place.region.as_str());
            region && option.aws_account_id.as_ref().is_none_or(|account| *account == place.account)
        });
        let mode = here.next().and_then(|option| option.internet_gateway_block_mode.as_deref());
        self.with_exclusions(mode_of(mode), vpc, subnet)
    }

    fn told_of(&self, vpc: &Vpc, whole: bool) -> Option<Mode> {
        let excluded = !self.store.rest.block_public_access_exclusions.is_empty();
        told(vpc.block_public_access_states.as_ref()).filter(|_| whole || !excluded)
    }

    fn with_exclusions(&self, mode: Mode, vpc: &Vpc, subnet: Option<&Subnet>) -> Mode {
        let covers = |arn: &str| {
            arn.ends_with(vpc.vpc_id.as_str())
                || subnet.is_some_and(|subnet| arn.ends_with(subnet.subnet_id.as_str()))
        };
        let exclusions = self.store.rest.block_public_access_exclusions.iter();
        let mut ours = exclusions.filter(|one| one.resource_arn.as_deref().is_some_and(covers));
        let in_force =
            |state: Option<&str>| !matches!(state, Some("delete-complete" | "create-failed"));
        let found = ours.find(|one| in_force(one.state.as_deref()));
        match found.and_then(|one| one.internet_gateway_exclusion_mode.as_deref()) {
            Some("allow-bidirectional") => Mode::Open,
            Some("allow-egress") if mode == Mode::Closed => Mode::OutboundOnly,
            _ => mode,
        }
    }
}

fn told(states: Option<&BlockPublicAccessStates>) -> Option<Mode> {
    states?.internet_gateway_block_mode.as_deref().map(|mode| mode_of(Some(mode)))
}

fn mode_of(mode: Option<&str>) -> Mode {
    match mode {
        Some("block-bidirectional") => Mode::Closed,
        Some("block-ingress") => Mode::OutboundOnly,
        _ => Mode::Open,
    }
}
