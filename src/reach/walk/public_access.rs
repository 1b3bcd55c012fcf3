//! VPC Block Public Access (rules BPA-1, BPA-2).

use super::super::answer::{Check, Component, Kind, Reason, Said};
use super::super::code::Code;
use super::{Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::vpc::{BlockPublicAccessStates, Subnet, Vpc};
use crate::store::{Ix, Knowledge, Place, Row};

/// What may pass an internet gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Open,
    /// Only what goes out through a NAT gateway or an egress-only gateway.
    OutboundOnly,
    Closed,
}

/// What is known of the setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    Told(Mode),
    /// A dump older than the setting, or made without it: taken as off.
    NeverAsked,
    /// AWS was asked, and this answer is not here.
    Lacks(Envelope),
}

impl Walk<'_> {
    /// Asks Block Public Access; `inbound` where the connection is opened from the internet.
    pub(super) fn check_public_access(
        &mut self,
        vpc: Ix<Vpc>,
        subnet: Option<Ix<Subnet>>,
        inbound: bool,
    ) {
        let row = self.store.vpcs.at(vpc);
        let component = Component::new(Kind::Vpc, &row.data.vpc_id);
        let check = Check::BlockPublicAccess;
        let outbound = !inbound && self.leaves_by_outbound_gateway();
        match self.setting(row, subnet) {
            Setting::Told(Mode::Open) => {}
            Setting::Told(Mode::OutboundOnly) if outbound => {}
            Setting::Told(_) => {
                let reason = said(Said::BlockPublicAccess);
                self.block(check, component, Code::BlockPublicAccess, reason);
            }
            Setting::NeverAsked => self.skip(check, component, Reason::NoPublicAccessData),
            Setting::Lacks(envelope) => {
                let reason = Reason::Lacks(envelope);
                self.unknown(check, component, Code::UnknownResource, reason);
            }
        }
    }

    fn leaves_by_outbound_gateway(&self) -> bool {
        let translated = self.session.bindings.iter().any(|b| b.by.kind == Kind::NatGateway);
        translated || matches!(self.session.exit, Some(super::Exit::EgressOnly(_)))
    }

    /// The subnet's own state says it all where AWS tells it; else the VPC's, else the region's mode, with exclusions.
    fn setting(&self, row: &Row<Vpc>, subnet: Option<Ix<Subnet>>) -> Setting {
        let subnet = subnet.map(|at| &self.store.subnets.at(at).data);
        if let Some(mode) = subnet.and_then(|one| told(one.block_public_access_states.as_ref())) {
            return Setting::Told(mode);
        }
        let of_vpc = told(row.data.block_public_access_states.as_ref()).map(Setting::Told);
        match of_vpc.unwrap_or_else(|| self.of_region(row)) {
            Setting::Told(mode) if mode != Mode::Open => self.with_exclusions(mode, row, subnet),
            setting => setting,
        }
    }

    /// The owner's setting binds those it shares subnets with (rule BPA-2).
    fn of_region(&self, row: &Row<Vpc>) -> Setting {
        const OPTIONS: Envelope = Envelope::VpcBlockPublicAccessOptions;
        let place = self.store.place(row.place);
        let is_owners = place.may_be(row.data.owner_id.as_ref());
        match place.knowledge(OPTIONS) {
            Knowledge::Complete if is_owners => Setting::Told(self.mode_of_place(place)),
            Knowledge::Missing if !place.has_lost(OPTIONS) => Setting::NeverAsked,
            _ => Setting::Lacks(OPTIONS),
        }
    }

    fn mode_of_place(&self, place: &Place) -> Mode {
        let options = self.store.rest.block_public_access_options.iter();
        let mut here = options.filter(|option| {
            let region = option.aws_region.as_deref();
            let account = option.aws_account_id.as_ref();
            region.is_none_or(|one| place.region.is_empty() || one == place.region.as_str())
                && account.is_none_or(|one| place.account.is_empty() || *one == place.account)
        });
        mode_of(here.next().and_then(|option| option.internet_gateway_block_mode.as_deref()))
    }

    fn with_exclusions(&self, mode: Mode, row: &Row<Vpc>, subnet: Option<&Subnet>) -> Setting {
        const EXCLUSIONS: Envelope = Envelope::VpcBlockPublicAccessExclusions;
        if self.knowledge(EXCLUSIONS, row.place) != Knowledge::Complete {
            return Setting::Lacks(EXCLUSIONS);
        }
        let covers = |arn: &str| {
            arn.ends_with(row.data.vpc_id.as_str())
                || subnet.is_some_and(|subnet| arn.ends_with(subnet.subnet_id.as_str()))
        };
        let exclusions = self.store.rest.block_public_access_exclusions.iter();
        let ours = exclusions.filter(|one| one.resource_arn.as_deref().is_some_and(covers));
        let in_force = ours.filter(|one| is_in_force(one.state.as_deref()));
        let modes: Vec<_> =
            in_force.filter_map(|one| one.internet_gateway_exclusion_mode.as_deref()).collect();
        Setting::Told(if modes.contains(&"allow-bidirectional") {
            Mode::Open
        } else if modes.contains(&"allow-egress") {
            Mode::OutboundOnly
        } else {
            mode
        })
    }
}

fn is_in_force(state: Option<&str>) -> bool {
    !matches!(state, Some("delete-complete" | "disable-complete" | "create-failed"))
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
