//! Transit gateways (rules TGW-1 to TGW-10, SG-10, NACL-7).

mod arrival;
mod rules;

use ipnet::IpNet;

use super::super::answer::{Check, Component, Kind, Reason, Said};
use super::super::code::Code;
use super::super::filter::Identity;
use super::{MOST_HOPS, Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::ids::{TransitGatewayAttachmentId, TransitGatewayId, VpcId};
use crate::model::transit_gateway::TransitGatewayVpcAttachment;
use crate::model::vpc::{Subnet, Vpc};
use crate::store::{Direction, Ix, Knowledge, RoutesTold, TransitRoute, TransitTable};

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
        if !self.carries_family(&attachment) {
            return self.go_on_at_target();
        }
        let entry = subnet.and_then(|at| self.subnets_in_zone_of(at, &attachment).first().copied());
        if subnet.is_some_and(|at| self.zone_is_known(at)) && entry.is_none() {
            self.no_subnet_in_zone(component, &attachment);
            return self.go_on_at_target();
        }
        if let Some(entry) = entry.filter(|entry| Some(*entry) != subnet) {
            self.acl(entry, Direction::Ingress);
        }
        self.pass(Check::TransitGateway, component, Reason::Routed);
        self.transit_identity(&gateway, &attachment);
        self.inside_gateway(&gateway, &attachment.transit_gateway_attachment_id, subnet);
    }

    /// Who takes part in a shared VPC may not see the subnets of its attachment: one of them may be in the zone.
    fn no_subnet_in_zone(&mut self, component: Component, of: &TransitGatewayVpcAttachment) {
        let seen = self.attached_subnets(of).len();
        if seen > 0 && seen == of.subnet_ids.len() {
            let (check, code) = (Check::TransitGateway, Code::TransitZone);
            self.block(check, component, code, said(Said::NoTransitSubnetInZone));
        } else {
            let reason = Reason::Lacks(Envelope::Subnets);
            self.unknown(Check::TransitGateway, component, Code::UnknownResource, reason);
        }
    }

    /// IPv6 only where the attachment has it switched on (rule TGW-9).
    fn carries_family(&mut self, attachment: &TransitGatewayVpcAttachment) -> bool {
        let options = attachment.options.as_ref();
        let is_off = options.and_then(|o| o.ipv6_support.as_deref()) == Some("disable");
        if self.dst.value.is_ipv4() || !is_off {
            return true;
        }
        let id = &attachment.transit_gateway_attachment_id;
        let component = Component::new(Kind::TransitGatewayAttachment, id);
        let (code, reason) = (Code::ProtocolRestriction, said(Said::AttachmentIsIpv4));
        self.block(Check::TransitGateway, component, code, reason);
        false
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
            Some(route) if self.is_undecided(routes, route) => self.routes_unknown(component),
            Some(route)
                if routes.told == RoutesTold::AllButAnnouncements && self.is_home(route) =>
            {
                self.pass_by(&component, route, said(Said::NoOtherAnnounces));
                self.note_overruled_by(&component, routes, route);
                self.out_of_gateway(gateway, route, from);
            }
            _ if routes.told != RoutesTold::All => self.routes_unknown(component),
            Some(route) if route.blackhole => {
                self.dropped_by(&component, route);
                self.note_overruled_by(&component, routes, route);
                self.go_on_at_target();
            }
            Some(route) => {
                self.pass_by(&component, route, Reason::Routed);
                self.note_overruled_by(&component, routes, route);
                self.out_of_gateway(gateway, route, from);
            }
            None => self.no_transit_route(&component, routes),
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

    /// Whether a route leads to the VPC that the destination belongs to: a VPN that announced a part of an attached VPC
    /// would cut it off, so that none does is taken for granted, and said.
    fn is_home(&mut self, route: &TransitRoute) -> bool {
        let is_vpc = route.resource_type.as_deref() == Some("vpc") && !route.blackhole;
        let id = route.resource_id.as_deref().filter(|_| is_vpc).map(VpcId::from);
        let vpc = id.and_then(|id| self.store.vpcs.get(&id));
        vpc.is_some_and(|vpc| {
            let v6 = vpc.ipv6_cidrs().map(IpNet::V6);
            let mut cidrs = vpc.ipv4_cidrs().map(IpNet::V4).chain(v6);
            cidrs.any(|cidr| self.atoms.within(self.dst, &cidr))
        })
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
        let places = self.store.places.iter();
        let places = places.filter(|place| place.may_be(owner) && place.region == *region);
        let mut answers = places.flat_map(|place| told.map(|one| place.knowledge(one)));
        answers.any(|known| known == Knowledge::Complete)
    }

    fn no_transit_route(&mut self, table: &Component, routes: &TransitTable) {
        let code = Code::TransitNoRoute;
        self.block(Check::TransitGateway, table.clone(), code, said(Said::NoTransitRoute));
        self.mention_other_routes(table, routes);
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
            (Some("vpn"), attachment) if self.leads_to_down_vpn(route) => {
                let id = attachment.as_ref().map_or("", |id| id.as_str());
                let component = Component::new(Kind::TransitGatewayAttachment, id);
                let (code, reason) = (Code::TransitVpnDown, said(Said::TunnelsDown));
                self.block(Check::TransitGateway, component, code, reason);
                self.go_on_at_target();
            }
            (Some("vpn"), attachment) => {
                self.not_known_beyond(attachment.as_ref(), said(Said::Beyond));
            }
            (kind, attachment) => {
                let reason = Reason::NotModelled(kind.unwrap_or("attachment").into());
                self.not_known_beyond(attachment.as_ref(), reason);
            }
        }
    }

    /// Whether the one VPN connection that a route leads to is down.
    fn leads_to_down_vpn(&self, route: &TransitRoute) -> bool {
        route.resource_id.as_deref().is_some_and(|id| self.is_vpn_down(id))
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

/// What is being modified goes on carrying traffic.
fn is_available(state: Option<&str>) -> bool {
    state.is_none_or(|state| matches!(state, "available" | "modifying"))
}
