//! Repairs of what joins VPCs: routes to peerings and transit gateways, names, associations, propagations.

use ipnet::IpNet;

use super::change::{Change, Link, RouteTarget};
use super::propose::Proposing;
use crate::model::ids::{
    RouteTableId, TransitGatewayAttachmentId, TransitGatewayId, TransitGatewayRouteTableId,
};
use crate::model::peering::VpcPeeringConnection;
use crate::model::transit_gateway::{TransitGatewayPeeringAttachment, TransitGatewayVpcAttachment};
use crate::model::vpc::Vpc;
use crate::reach::answer::{Point, Site, Step};
use crate::reach::question::End;
use crate::store::{Interface, Ix};

/// Where a route is to lead.
pub(super) struct Destination<'a> {
    /// Whoever is there.
    pub interface: &'a Interface,
    /// By which of its addresses.
    pub point: &'a Point,
    /// The destination of the useless route that is replaced.
    pub replaced: Option<IpNet>,
}

impl Proposing<'_> {
    /// A route to another VPC: by a peering of the two, else by a transit gateway that leads from one to the other.
    pub(super) fn link_route(
        &self,
        table: RouteTableId,
        here: &Interface,
        to: &Destination<'_>,
    ) -> Option<Change> {
        let (there, replaces) = (to.interface, to.replaced.is_some());
        let destination = to.replaced.or_else(|| self.cidr_of(there, to.point))?;
        let peering = self.peering(here.vpc, there.vpc);
        let by_peering =
            peering.map(|one| RouteTarget::Peering(one.vpc_peering_connection_id.clone()));
        let target = by_peering.or_else(|| self.gateway_between(here, there))?;
        Some(Change::Route { table, destination, target, replaces })
    }

    /// The CIDR of somebody's VPC that holds its address.
    fn cidr_of(&self, there: &Interface, point: &Point) -> Option<IpNet> {
        let vpc = &self.store.vpcs.at(there.vpc?).data;
        let address = point.addresses.witness()?;
        let v4 = vpc.ipv4_cidrs().map(IpNet::V4);
        let mut cidrs = v4.chain(vpc.ipv6_cidrs().map(IpNet::V6));
        cidrs.find(|cidr| cidr.contains(&address))
    }

    /// A transit gateway that both are attached to, else one that is peered with a gateway of the other's.
    fn gateway_between(&self, here: &Interface, there: &Interface) -> Option<RouteTarget> {
        let ours = self.attachments(here.vpc?);
        let theirs = self.attachments(there.vpc?);
        let is_theirs =
            |id: &TransitGatewayId| theirs.iter().any(|one| one.transit_gateway_id == *id);
        let gateways = || ours.iter().map(|one| &one.transit_gateway_id);
        let mut peered = gateways().filter(|own| {
            let mut theirs = theirs.iter().map(|one| &one.transit_gateway_id);
            theirs.any(|other| self.gateway_peering(own, other).is_some())
        });
        let found = gateways().find(|own| is_theirs(own)).or_else(|| peered.next());
        found.map(|id| RouteTarget::TransitGateway(id.clone()))
    }

    /// The attachment by which two transit gateways are peered (rule TGW-7).
    fn gateway_peering(
        &self,
        one: &TransitGatewayId,
        other: &TransitGatewayId,
    ) -> Option<&TransitGatewayAttachmentId> {
        let peerings = self.store.rest.transit_gateway_peering_attachments.iter();
        let mut usable = peerings.filter(|one| one.state.as_deref() == Some("available"));
        let joins = |peering: &TransitGatewayPeeringAttachment| {
            let sides = [&peering.requester_tgw_info, &peering.accepter_tgw_info];
            let ids =
                sides.map(|side| side.as_ref().and_then(|side| side.transit_gateway_id.as_ref()));
            ids.contains(&Some(one)) && ids.contains(&Some(other)) && one != other
        };
        usable.find(|peering| joins(peering)).map(|one| &one.transit_gateway_attachment_id)
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

    /// The far VPC announces itself in the table that has no route to it; behind a peered gateway nothing is announced, and
    /// a route is made by hand (rule TGW-7).
    pub(super) fn propagation(&self, step: &Step, back: bool) -> Option<Change> {
        let table = TransitGatewayRouteTableId::from(&*step.component.id);
        let gateway = &self.store.transit_gateway_route_tables.get(&table)?.transit_gateway_id;
        let (there, point) =
            if back { (self.source()?, &self.path.from) } else { (self.target()?, &self.path.to) };
        let theirs = self.attachments(there.vpc?);
        if let Some(own) = theirs.iter().find(|one| one.transit_gateway_id == *gateway) {
            let attachment = own.transit_gateway_attachment_id.clone();
            return Some(Change::TransitPropagation { attachment, table });
        }
        let mut theirs = theirs.iter().map(|one| &one.transit_gateway_id);
        let attachment = theirs.find_map(|other| self.gateway_peering(gateway, other))?.clone();
        let destination = self.cidr_of(there, point)?;
        Some(Change::Link(Link::TransitRoute { table, destination, attachment }))
    }

    /// The gateway's default table, else the first one that it has.
    pub(super) fn association(&self, step: &Step, back: bool) -> Option<Change> {
        let attachment = TransitGatewayAttachmentId::from(&*step.component.id);
        let of_vpc = self.store.transit_gateway_vpc_attachments.get(&attachment);
        // What comes by a peering arrives at the gateway of the far side.
        let far = || {
            let there = if back { self.source() } else { self.target() };
            self.attachments(there?.vpc?).first().map(|one| &one.transit_gateway_id)
        };
        let gateway = of_vpc.map(|one| &one.transit_gateway_id).or_else(far)?;
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
