//! VPC peering (rules PCX-1 to PCX-3).

use ipnet::IpNet;

use super::super::answer::{Check, Component, Kind, Reason, Said};
use super::super::code::Code;
use super::super::filter::Identity;
use super::{From, Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::peering::{PeeringVpcInfo, VpcPeeringConnection};
use crate::model::vpc::Vpc;
use crate::store::Ix;

impl Walk<'_> {
    /// Across a peering connection into the VPC on the other side.
    pub(super) fn peering(&mut self, vpc: Ix<Vpc>, id: &str) {
        let component = Component::new(Kind::Peering, id);
        let Some(peering) = self.store.peerings.get(id) else {
            let reason = Reason::Lacks(Envelope::VpcPeeringConnections);
            self.unknown(Check::Peering, component, Code::UnknownResource, reason);
            return self.go_on_at_target();
        };
        if peering.state().is_none() {
            let reason = Reason::NotTold("state");
            self.unknown(Check::Peering, component.clone(), Code::UnknownResource, reason);
        } else if !peering.is_active() {
            let reason = said(Said::PeeringNotActive);
            self.block(Check::Peering, component, Code::BadState, reason);
            return self.go_on_at_target();
        }
        let Some(side) = peering.other_side(&self.store.vpcs.at(vpc).data.vpc_id) else {
            let reason = Reason::Lacks(Envelope::VpcPeeringConnections);
            return self.unknown(Check::Peering, component, Code::UnknownResource, reason);
        };
        if !self.is_address_of(side) || !self.is_source_of(vpc) {
            let reason = said(Said::NotTransitive);
            self.block(Check::Peering, component, Code::PeeringRequiresVpcAddress, reason);
            return self.go_on_at_target();
        }
        self.cross(peering, side, component);
    }

    fn cross(
        &mut self,
        peering: &VpcPeeringConnection,
        side: &PeeringVpcInfo,
        component: Component,
    ) {
        let there = side.vpc_id.as_ref().and_then(|id| self.store.vpcs.position(id));
        let Some(there) = there else {
            self.session.identity = Identity::PeerNotVisible;
            let reason = Reason::Lacks(Envelope::Vpcs);
            return self.unknown(Check::Peering, component, Code::UnknownDestination, reason);
        };
        self.remember_for_nat(&component);
        self.pass(Check::Peering, component, Reason::Routed);
        if self.session.identity == Identity::Kept && !is_same_region(peering) {
            self.session.identity = Identity::Lost;
        }
        self.came_from = From::Gateway;
        self.deliver(there);
    }

    /// What a NAT gateway sent over a peering is answered over it.
    fn remember_for_nat(&mut self, peering: &Component) {
        let (forward, source) = (!self.is_return(), self.src.value);
        let last = self.session.bindings.last_mut();
        let sent = last.filter(|b| forward && b.by.kind == Kind::NatGateway && b.mapped == source);
        if let Some(binding) = sent {
            binding.peering = Some(peering.clone());
        }
    }

    /// The answer to a NAT gateway goes back over the peering by which the question came, whatever the route table says
    /// (rule NAT-5). False if this is none.
    pub(super) fn return_to_sender(&mut self, vpc: Ix<Vpc>) -> bool {
        let last = self.session.bindings.last();
        let ours = last.filter(|b| self.is_return() && b.vpc != vpc && b.mapped == self.dst.value);
        let Some((peering, home)) = ours.and_then(|b| Some((b.peering.clone()?, b.vpc))) else {
            return false;
        };
        self.pass(Check::Peering, peering, Reason::Tracked);
        self.came_from = From::Gateway;
        self.deliver(home);
        true
    }

    /// A peering carries only addresses of the VPCs on its sides (rule PCX-2). Where the connection does not list its
    /// CIDRs, the VPC does.
    fn is_address_of(&mut self, side: &PeeringVpcInfo) -> bool {
        let mut cidrs: Vec<IpNet> = Vec::new();
        cidrs.extend(side.cidr_block.map(IpNet::V4));
        cidrs.extend(side.cidr_block_set.iter().filter_map(|one| one.cidr_block).map(IpNet::V4));
        cidrs.extend(
            side.ipv6_cidr_block_set.iter().filter_map(|one| one.ipv6_cidr_block).map(IpNet::V6),
        );
        let vpc = side.vpc_id.as_ref().and_then(|id| self.store.vpcs.get(id));
        if let Some(vpc) = vpc {
            cidrs.extend(vpc.ipv4_cidrs().map(IpNet::V4));
            cidrs.extend(vpc.ipv6_cidrs().map(IpNet::V6));
        }
        self.atoms.within_any(self.dst, &cidrs)
    }
}

/// References hold inside one region only (rule SG-9).
pub(super) fn is_same_region(peering: &VpcPeeringConnection) -> bool {
    let mut regions = peering.sides().map(|side| side.region.as_ref());
    let (first, second) = (regions.next().flatten(), regions.next().flatten());
    first.is_none() || second.is_none() || first == second
}
