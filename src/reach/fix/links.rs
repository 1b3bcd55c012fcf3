//! Repairs of what joins VPCs: routes to peerings and transit gateways, names, associations, propagations.

use ipnet::IpNet;

use super::change::{Change, Link, RouteTarget};
use super::propose::Proposing;
use crate::model::ids::{RouteTableId, TransitGatewayAttachmentId, TransitGatewayRouteTableId};
use crate::model::peering::VpcPeeringConnection;
use crate::model::transit_gateway::TransitGatewayVpcAttachment;
use crate::model::vpc::Vpc;
use crate::reach::answer::{Site, Step};
use crate::reach::question::End;
use crate::store::{Interface, Ix};

impl Proposing<'_> {
    /// A route to another VPC: by a peering of the two, else by a transit gateway that both are attached to.
    pub(super) fn link_route(
        &self,
        table: RouteTableId,
        here: &Interface,
        there: &Interface,
        replaces: bool,
    ) -> Option<Change> {
        let destination = self.store.vpcs.at(there.vpc?).data.cidr_block.map(IpNet::V4)?;
        let peering = self.peering(here.vpc, there.vpc);
        let by_peering =
            peering.map(|one| RouteTarget::Peering(one.vpc_peering_connection_id.clone()));
        let target = by_peering.or_else(|| self.common_gateway(here, there))?;
        Some(Change::Route { table, destination, target, replaces })
    }

    fn common_gateway(&self, here: &Interface, there: &Interface) -> Option<RouteTarget> {
        let mut ours = self.attachments(here.vpc?).into_iter();
        let theirs = self.attachments(there.vpc?);
        let common = ours.find(|one| {
            theirs.iter().any(|other| other.transit_gateway_id == one.transit_gateway_id)
        });
        common.map(|one| RouteTarget::TransitGateway(one.transit_gateway_id.clone()))
    }

    fn attachments(&self, vpc: Ix<Vpc>) -> Vec<&TransitGatewayVpcAttachment> {
        let vpc = &self.store.vpcs.at(vpc).data.vpc_id;
        let all = self.store.transit_gateway_vpc_attachments.iter();
        all.filter(|one| one.vpc_id == *vpc && one.state.as_deref() == Some("available")).collect()
    }

    /// The active peering of two VPCs.
    pub(super) fn peering(
        &self,
        a: Option<Ix<Vpc>>,
        b: Option<Ix<Vpc>>,
    ) -> Option<&VpcPeeringConnection> {
        let (a, b) = (&self.store.vpcs.at(a?).data.vpc_id, &self.store.vpcs.at(b?).data.vpc_id);
        let mut active = self.store.peerings.iter().filter(|peering| peering.is_active());
        active.find(|peering| {
            let joins = |vpc| peering.sides().any(|side| side.vpc_id.as_ref() == Some(vpc));
            a != b && joins(a) && joins(b)
        })
    }

    /// A peering that nobody has accepted yet.
    pub(super) fn accept(&self, step: &Step) -> Option<Change> {
        let peering = self.store.peerings.get(&*step.component.id)?;
        let code = peering.status.as_ref()?.code.as_deref();
        let peering = peering.vpc_peering_connection_id.clone();
        (code == Some("pending-acceptance"))
            .then_some(Change::Link(Link::AcceptPeering { peering }))
    }

    /// The zone of the sender gets a subnet of its VPC's attachment: the sender's own.
    pub(super) fn transit_subnet(&self, step: &Step, back: bool) -> Option<Change> {
        let here = if back { self.target() } else { self.source() }?;
        let mut ours = self.attachments(here.vpc?).into_iter();
        let attachment = ours.find(|one| *one.transit_gateway_id.as_str() == *step.component.id)?;
        let attachment = attachment.transit_gateway_attachment_id.clone();
        let subnet = self.store.subnets.at(here.subnet?).data.subnet_id.clone();
        Some(Change::Link(Link::TransitSubnet { attachment, subnet }))
    }

    /// References are switched on at the attachments of both sides where they are off.
    pub(super) fn references(&self) -> Vec<Change> {
        let ends = [self.source(), self.target()].into_iter().flatten();
        let attachments = ends.filter_map(|one| one.vpc).flat_map(|vpc| self.attachments(vpc));
        let off = attachments.filter(|one| {
            let support = one.options.as_ref();
            let support = support.and_then(|o| o.security_group_referencing_support.as_deref());
            support == Some("disable")
        });
        off.map(|one| {
            let attachment = one.transit_gateway_attachment_id.clone();
            Change::Link(Link::TransitReferences { attachment })
        })
        .collect()
    }

    /// The far VPC announces itself in the table that has no route to it.
    pub(super) fn propagation(&self, step: &Step, back: bool) -> Option<Change> {
        let table = TransitGatewayRouteTableId::from(&*step.component.id);
        let gateway = &self.store.transit_gateway_route_tables.get(&table)?.transit_gateway_id;
        let there = if back { self.source() } else { self.target() };
        let theirs = self.attachments(there?.vpc?);
        let attachment = theirs.into_iter().find(|one| one.transit_gateway_id == *gateway)?;
        let attachment = attachment.transit_gateway_attachment_id.clone();
        Some(Change::TransitPropagation { attachment, table })
    }

    /// The gateway's default table, else the first one that it has.
    pub(super) fn association(&self, step: &Step) -> Option<Change> {
        let attachment = TransitGatewayAttachmentId::from(&*step.component.id);
        let attached = self.store.transit_gateway_vpc_attachments.get(&attachment)?;
        let gateway = &attached.transit_gateway_id;
        let options = self.store.transit_gateways.get(gateway).and_then(|one| one.options.as_ref());
        let default = options.and_then(|o| o.association_default_route_table_id.clone());
        let mut tables = self.store.transit_gateway_route_tables.iter();
        let mut first = || {
            let table = tables.find(|one| one.transit_gateway_id == *gateway)?;
            Some(table.transit_gateway_route_table_id.clone())
        };
        let table = default.or_else(&mut first)?;
        Some(Change::TransitAssociation { attachment, table })
    }

    /// A database whose name resolves to its public address on the other side of a peering (rule PCX-4).
    pub(super) fn dns_over_peering(&self) -> Option<Change> {
        let called_public = matches!(self.path.to.site, Site::Public(_));
        let by_name = matches!(self.answer.question.to, End::Database(_) | End::Cluster(_));
        let vpc = self.target().filter(|_| called_public && by_name)?.vpc?;
        let peering = self.peering(self.source()?.vpc, Some(vpc))?;
        let vpc = self.store.vpcs.at(vpc).data.vpc_id.clone();
        let requester = peering.requester_vpc_info.as_ref();
        let requester = requester.is_some_and(|side| side.vpc_id.as_ref() == Some(&vpc));
        let peering = peering.vpc_peering_connection_id.clone();
        Some(Change::DnsOverPeering { peering, vpc, requester })
    }
}
