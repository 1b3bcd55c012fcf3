//! Transit gateways (rules TGW-1 to TGW-10, SG-10, NACL-7).

use ipnet::IpNet;

use super::super::answer::{Check, Component, Kind, Reason, Said};
use super::super::code::Code;
use super::super::filter::Identity;
use super::{From, MOST_HOPS, Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::ids::{TransitGatewayAttachmentId, TransitGatewayId, VpcId};
use crate::model::transit_gateway::TransitGatewayVpcAttachment;
use crate::model::vpc::{Subnet, Vpc};
use crate::store::{Direction, Ix, Knowledge, TransitRoute, TransitTable};

impl Walk<'_> {
    /// Into a transit gateway: by the attachment of this VPC and its subnet in the packet's zone (rule TGW-1).
    pub(super) fn transit_gateway(&mut self, vpc: Ix<Vpc>, subnet: Option<Ix<Subnet>>, id: &str) {
        let component = Component::new(Kind::TransitGateway, id);
        let gateway = TransitGatewayId::from(id);
        let row = self.store.vpcs.at(vpc);
        let Some(attachment) = self.vpc_attachment(&gateway, &row.data.vpc_id) else {
            self.not_attached(component, row.place);
            return self.go_on_at_target();
        };
        if !is_available(attachment.state.as_deref()) {
            let state = attachment.state.as_deref().unwrap_or_default();
            let reason = Reason::State(state.into());
            self.block(Check::TransitGateway, component, Code::BadStateAttachment, reason);
            return self.go_on_at_target();
        }
        let entry = subnet.and_then(|at| self.subnets_in_zone_of(at, &attachment).first().copied());
        if subnet.is_some_and(|at| self.zone_is_known(at)) && entry.is_none() {
            let (check, code) = (Check::TransitGateway, Code::TransitZone);
            self.block(check, component, code, said(Said::NoTransitSubnetInZone));
            return self.go_on_at_target();
        }
        if let Some(entry) = entry.filter(|entry| Some(*entry) != subnet) {
            self.acl(entry, Direction::Ingress);
        }
        self.pass(Check::TransitGateway, component, Reason::Routed);
        self.transit_identity(&gateway, &attachment);
        self.inside_gateway(&gateway, &attachment.transit_gateway_attachment_id, subnet);
    }

    fn vpc_attachment(
        &self,
        gateway: &TransitGatewayId,
        vpc: &VpcId,
    ) -> Option<TransitGatewayVpcAttachment> {
        let all = self.store.transit_gateway_vpc_attachments.iter();
        let mut ours: Vec<_> = all
            .filter(|one| one.transit_gateway_id == *gateway && one.vpc_id == *vpc)
            .filter(|one| {
                !matches!(one.state.as_deref(), Some("deleted" | "deleting" | "rejected"))
            })
            .collect();
        ours.sort_by_key(|one| !is_available(one.state.as_deref()));
        ours.first().map(|one| (*one).clone())
    }

    fn not_attached(&mut self, component: Component, place: crate::store::PlaceIx) {
        let known = self.knowledge(Envelope::TransitGatewayVpcAttachments, place);
        if known == Knowledge::Complete {
            let code = Code::BadStateAttachment;
            self.block(Check::TransitGateway, component, code, Reason::NotAttached);
        } else {
            let reason = Reason::Lacks(Envelope::TransitGatewayVpcAttachments);
            self.unknown(Check::TransitGateway, component, Code::UnknownResource, reason);
        }
    }

    fn zone_is_known(&self, subnet: Ix<Subnet>) -> bool {
        let data = &self.store.subnets.at(subnet).data;
        data.availability_zone_id.is_some() || data.availability_zone.is_some()
    }

    /// Zones are compared by id, since their names differ between accounts (rule SH-1); old dumps have names only.
    pub(super) fn same_zone(&self, one: Ix<Subnet>, other: Ix<Subnet>) -> bool {
        let (one, other) = (&self.store.subnets.at(one).data, &self.store.subnets.at(other).data);
        match (&one.availability_zone_id, &other.availability_zone_id) {
            (Some(one), Some(other)) => one == other,
            _ => one.availability_zone == other.availability_zone,
        }
    }

    /// The subnets of an attachment, one per zone.
    fn attached_subnets(&self, attachment: &TransitGatewayVpcAttachment) -> Vec<Ix<Subnet>> {
        attachment.subnet_ids.iter().filter_map(|id| self.store.subnets.position(id)).collect()
    }

    fn subnets_in_zone_of(
        &self,
        subnet: Ix<Subnet>,
        attachment: &TransitGatewayVpcAttachment,
    ) -> Vec<Ix<Subnet>> {
        let mut subnets = self.attached_subnets(attachment);
        subnets.retain(|at| self.same_zone(*at, subnet));
        subnets
    }

    /// References to groups survive only where the gateway and both attachments say so, inbound (rule SG-10).
    fn transit_identity(
        &mut self,
        gateway: &TransitGatewayId,
        attachment: &TransitGatewayVpcAttachment,
    ) {
        let kept = matches!(self.session.identity, Identity::Kept | Identity::KeptInbound);
        if self.is_return() || !kept {
            return;
        }
        let of_gateway = self.store.transit_gateways.get(gateway).map(|one| &one.options);
        let of_gateway = of_gateway.map(|options| {
            let support = options.as_ref()?.security_group_referencing_support.as_deref();
            support.map(|support| support == "enable")
        });
        let of_attachment = attachment.options.as_ref();
        let off = of_attachment.and_then(|o| o.security_group_referencing_support.as_deref())
            == Some("disable");
        self.session.identity = match of_gateway {
            None => Identity::NotVisible,
            Some(Some(true)) if off => Identity::SwitchedOff,
            Some(Some(true)) => Identity::KeptInbound,
            Some(_) => Identity::Lost,
        };
    }

    /// Inside the gateway: the table of the attachment that the packet came by decides (rules TGW-2, TGW-3). `from` is
    /// the subnet that it came from, if that is in this region.
    fn inside_gateway(
        &mut self,
        gateway: &TransitGatewayId,
        came_by: &TransitGatewayAttachmentId,
        from: Option<Ix<Subnet>>,
    ) {
        self.hops += 1;
        if self.hops > MOST_HOPS {
            let component = Component::new(Kind::TransitGateway, gateway);
            let (check, code) = (Check::TransitGateway, Code::RoutingLoop);
            return self.block(check, component, code, said(Said::Loop));
        }
        let Some(table) = self.store.transit().association(gateway, came_by) else {
            return self.no_association(gateway, came_by);
        };
        let component = Component::new(Kind::TransitGatewayRouteTable, table);
        let Some(routes) = self.store.transit().table(table) else {
            return self.routes_unknown(component);
        };
        match self.transit_route(routes) {
            _ if !routes.complete => self.routes_unknown(component),
            Some(route) if self.is_undecided(routes, route) => self.routes_unknown(component),
            Some(route) if route.blackhole => {
                let code = Code::TransitBlackhole;
                self.block(Check::TransitGateway, component, code, said(Said::TransitBlackhole));
                self.go_on_at_target();
            }
            Some(route) => {
                self.pass(Check::TransitGateway, component, Reason::Routed);
                self.out_of_gateway(gateway, route, from);
            }
            None => self.no_transit_route(component),
        }
    }

    /// The winner, testing each prefix that could win.
    fn transit_route<'t>(&mut self, table: &'t TransitTable) -> Option<&'t TransitRoute> {
        table.routes.iter().find(|route| self.atoms.within(self.dst, &route.prefix))
    }

    /// Whether another VPC with the same addresses may be the one that is propagated (rule TGW-6).
    fn is_undecided(&mut self, table: &TransitTable, route: &TransitRoute) -> bool {
        table.rivals(route).any(|other| self.atoms.within(self.dst, &other.prefix))
    }

    /// Routes that are not all known decide nothing: what is missing may be more specific (rule TGW-4).
    fn routes_unknown(&mut self, component: Component) {
        let reason = Reason::Lacks(Envelope::TransitGatewayRoutes);
        self.unknown(Check::TransitGateway, component, Code::TransitRoutesUnknown, reason);
        self.go_on_at_target();
    }

    fn no_association(
        &mut self,
        gateway: &TransitGatewayId,
        attachment: &TransitGatewayAttachmentId,
    ) {
        let component = Component::new(Kind::TransitGatewayAttachment, attachment);
        if self.sees_tables_of(gateway) {
            let code = Code::TransitAssociationMissing;
            self.block(Check::TransitGateway, component, code, said(Said::NoAssociation));
        } else {
            let reason = Reason::Lacks(Envelope::TransitGatewayAssociations);
            self.unknown(Check::TransitGateway, component, Code::TransitRoutesUnknown, reason);
        }
        self.go_on_at_target();
    }

    /// Only the owner of a gateway sees its tables (rule TGW-4).
    fn sees_tables_of(&self, gateway: &TransitGatewayId) -> bool {
        let told = [Envelope::TransitGatewayAssociations, Envelope::TransitGatewayAttachments];
        let Some(row) = self.store.transit_gateways.row(gateway) else { return false };
        let region = &self.store.place(row.place).region;
        let owner = row.data.owner_id.as_ref();
        let places = self.store.places.iter().filter(|place| {
            let is_owners = owner.is_none_or(|o| place.account.is_empty() || *o == place.account);
            is_owners && place.region == *region
        });
        let mut answers = places.flat_map(|place| told.map(|one| place.knowledge(one)));
        answers.any(|known| known == Knowledge::Complete)
    }

    fn no_transit_route(&mut self, component: Component) {
        let code = Code::TransitNoRoute;
        self.block(Check::TransitGateway, component, code, said(Said::NoTransitRoute));
        self.go_on_at_target();
    }

    fn out_of_gateway(
        &mut self,
        gateway: &TransitGatewayId,
        route: &TransitRoute,
        from: Option<Ix<Subnet>>,
    ) {
        match (route.resource_type.as_deref(), &route.attachment) {
            (Some("vpc"), Some(attachment)) => self.enter_vpc(attachment, from),
            (Some("peering"), Some(attachment)) => self.cross_to_peer_gateway(gateway, attachment),
            (Some("vpn"), attachment) => {
                self.not_known_beyond(attachment.as_ref(), said(Said::Beyond));
            }
            (kind, attachment) => {
                let reason = Reason::NotModelled(kind.unwrap_or("attachment").into());
                self.not_known_beyond(attachment.as_ref(), reason);
            }
        }
    }

    /// Nothing is known of what lies behind an attachment.
    fn not_known_beyond(
        &mut self,
        attachment: Option<&TransitGatewayAttachmentId>,
        reason: Reason,
    ) {
        let id = attachment.map_or("", |id| id.as_str());
        let component = Component::new(Kind::TransitGatewayAttachment, id);
        self.unknown(Check::TransitGateway, component, Code::UnknownDestination, reason);
        self.go_on_at_target();
    }

    /// Whether an attachment is in service; if not, that is in the way.
    fn in_service(&mut self, id: &TransitGatewayAttachmentId, state: Option<&str>) -> bool {
        if is_available(state) {
            return true;
        }
        let component = Component::new(Kind::TransitGatewayAttachment, id);
        let reason = Reason::State(state.unwrap_or_default().into());
        self.block(Check::TransitGateway, component, Code::BadStateAttachment, reason);
        self.go_on_at_target();
        false
    }

    /// The packet comes out of an interface of the gateway in the VPC and goes on by that subnet's table and ACL (rules
    /// TGW-5, NACL-7).
    fn enter_vpc(&mut self, id: &TransitGatewayAttachmentId, from: Option<Ix<Subnet>>) {
        let Some(attachment) = self.store.transit_gateway_vpc_attachments.get(id) else {
            let reason = Reason::Lacks(Envelope::TransitGatewayVpcAttachments);
            return self.not_known_beyond(Some(id), reason);
        };
        let vpc = self.store.vpcs.position(&attachment.vpc_id);
        let subnets = self.arrival_subnets(attachment, from);
        let (Some(vpc), [subnet, others @ ..]) = (vpc, &subnets[..]) else {
            return self.not_known_beyond(Some(id), Reason::Lacks(Envelope::Vpcs));
        };
        if !self.in_service(id, attachment.state.as_deref()) {
            return;
        }
        if others.iter().any(|other| !self.is_treated_alike(*subnet, *other)) {
            let reason = Reason::NotModelled("which zone the transit gateway picks".into());
            return self.not_known_beyond(Some(id), reason);
        }
        self.transit_identity(&attachment.transit_gateway_id, attachment);
        self.session.by_transit |= !self.is_return();
        self.came_from = From::Gateway;
        self.leave_subnet(vpc, *subnet);
    }

    /// In the packet's own zone if there is a subnet, else in any that AWS picks (rule TGW-7).
    fn arrival_subnets(
        &self,
        attachment: &TransitGatewayVpcAttachment,
        from: Option<Ix<Subnet>>,
    ) -> Vec<Ix<Subnet>> {
        let here = from.map(|from| self.subnets_in_zone_of(from, attachment)).unwrap_or_default();
        if here.is_empty() { self.attached_subnets(attachment) } else { here }
    }

    /// Whether it makes no difference by which of two subnets a packet arrives: neither holds the destination, and both
    /// have the same table and ACL.
    fn is_treated_alike(&self, one: Ix<Subnet>, other: Ix<Subnet>) -> bool {
        let holds = |at: Ix<Subnet>| {
            let data = &self.store.subnets.at(at).data;
            let v4 = data.cidr_block.map(IpNet::V4).into_iter();
            let mut cidrs = v4.chain(data.ipv6_cidrs().map(IpNet::V6));
            cidrs.any(|cidr| cidr.contains(&self.dst.value))
        };
        self.store.route_table_of(one) == self.store.route_table_of(other)
            && self.store.acl_of(one) == self.store.acl_of(other)
            && !holds(one)
            && !holds(other)
    }

    /// Two gateways that are peered: static routes only, another table there, and no references (rules TGW-7, SG-10).
    fn cross_to_peer_gateway(
        &mut self,
        gateway: &TransitGatewayId,
        attachment: &TransitGatewayAttachmentId,
    ) {
        if !self.is_return() {
            self.session.identity = Identity::Lost;
        }
        let peer = self.store.transit().peer(gateway, attachment);
        let known = peer.filter(|peer| self.store.transit_gateways.get(&peer.gateway).is_some());
        let Some(peer) = known else {
            let reason = Reason::Lacks(Envelope::TransitGatewayPeeringAttachments);
            return self.not_known_beyond(Some(attachment), reason);
        };
        if !self.in_service(attachment, peer.state.as_deref()) {
            return;
        }
        let component = Component::new(Kind::TransitGateway, &peer.gateway);
        self.pass(Check::TransitGateway, component, Reason::Routed);
        self.inside_gateway(&peer.gateway, &peer.attachment, None);
    }
}

fn is_available(state: Option<&str>) -> bool {
    state.is_none_or(|state| state == "available")
}
