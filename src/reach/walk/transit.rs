//! Transit gateways (rules TGW-1 to TGW-10, SG-10, NACL-7).

use super::super::answer::{Check, Component, Kind, Reason, Said};
use super::super::code::Code;
use super::super::filter::Identity;
use super::{From, MOST_HOPS, Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::ids::{
    TransitGatewayAttachmentId, TransitGatewayId, TransitGatewayRouteTableId, VpcId, ZoneId,
};
use crate::model::transit_gateway::TransitGatewayVpcAttachment;
use crate::model::vpc::{Subnet, Vpc};
use crate::store::{Direction, Ix, Knowledge, TransitRoute};

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
        let zone = subnet.and_then(|at| self.zone(at));
        let entry = self.subnet_in_zone(&attachment, zone.as_ref());
        if subnet.is_some() && zone.is_some() && entry.is_none() {
            let (check, code) = (Check::TransitGateway, Code::TransitZone);
            self.block(check, component, code, said(Said::NoTransitSubnetInZone));
            return self.go_on_at_target();
        }
        if let Some(entry) = entry.filter(|entry| Some(*entry) != subnet) {
            self.acl(entry, Direction::Ingress);
        }
        self.pass(Check::TransitGateway, component, Reason::Routed);
        self.transit_identity(&gateway, &attachment);
        self.inside_gateway(&gateway, &attachment.transit_gateway_attachment_id, zone.as_ref());
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

    /// Zones are compared by id, since their names differ between accounts (rule SH-1); old dumps have names only.
    fn zone(&self, subnet: Ix<Subnet>) -> Option<ZoneId> {
        let data = &self.store.subnets.at(subnet).data;
        let name = || data.availability_zone.as_ref().map(|name| ZoneId::from(name.as_str()));
        data.availability_zone_id.clone().or_else(name)
    }

    fn subnet_in_zone(
        &self,
        attachment: &TransitGatewayVpcAttachment,
        zone: Option<&ZoneId>,
    ) -> Option<Ix<Subnet>> {
        let mut subnets =
            attachment.subnet_ids.iter().filter_map(|id| self.store.subnets.position(id));
        subnets.find(|at| zone.is_some() && self.zone(*at).as_ref() == zone)
    }

    /// References to groups survive only where the gateway and both attachments say so, inbound (rule SG-10).
    fn transit_identity(
        &mut self,
        gateway: &TransitGatewayId,
        attachment: &TransitGatewayVpcAttachment,
    ) {
        let of_gateway =
            self.store.transit_gateways.get(gateway).and_then(|one| one.options.as_ref());
        let on = of_gateway.and_then(|o| o.security_group_referencing_support.as_deref())
            == Some("enable");
        let of_attachment = attachment.options.as_ref();
        let off = of_attachment.and_then(|o| o.security_group_referencing_support.as_deref())
            == Some("disable");
        let kept = matches!(self.session.identity, Identity::Kept | Identity::KeptInbound);
        if !self.is_return() {
            self.session.identity =
                if kept && on && !off { Identity::KeptInbound } else { Identity::Lost };
        }
    }

    /// Inside the gateway: the table of the attachment that the packet came by decides (rules TGW-2, TGW-3).
    fn inside_gateway(
        &mut self,
        gateway: &TransitGatewayId,
        came_by: &TransitGatewayAttachmentId,
        zone: Option<&ZoneId>,
    ) {
        self.hops += 1;
        let component = Component::new(Kind::TransitGateway, gateway);
        if self.hops > MOST_HOPS {
            return self.block(
                Check::TransitGateway,
                component,
                Code::RoutingLoop,
                said(Said::Loop),
            );
        }
        let Some(table) = self.association(gateway, came_by) else {
            return self.no_association(came_by);
        };
        let component = Component::new(Kind::TransitGatewayRouteTable, &table);
        let Some(routes) = self.store.transit().table(&table) else {
            let reason = Reason::Lacks(Envelope::TransitGatewayRoutes);
            self.unknown(Check::TransitGateway, component, Code::TransitRoutesUnknown, reason);
            return self.go_on_at_target();
        };
        let (found, complete) = (routes.routes.iter(), routes.complete);
        let found = found.clone().find(|route| self.atoms.within(self.dst, &route.prefix)).cloned();
        match found {
            Some(route) if route.blackhole => {
                let code = Code::TransitBlackhole;
                self.block(Check::TransitGateway, component, code, said(Said::TransitBlackhole));
                self.go_on_at_target();
            }
            Some(route) => {
                self.pass(Check::TransitGateway, component, Reason::Routed);
                self.out_of_gateway(gateway, &route, zone);
            }
            None => self.no_transit_route(component, complete),
        }
    }

    fn association(
        &self,
        gateway: &TransitGatewayId,
        attachment: &TransitGatewayAttachmentId,
    ) -> Option<TransitGatewayRouteTableId> {
        let tables = self.store.transit().associations(attachment);
        let of_gateway = |id: &&TransitGatewayRouteTableId| {
            let table = self.store.transit_gateway_route_tables.get(*id);
            table.is_none_or(|table| table.transit_gateway_id == *gateway)
        };
        tables.iter().find(of_gateway).cloned()
    }

    fn no_association(&mut self, attachment: &TransitGatewayAttachmentId) {
        let component = Component::new(Kind::TransitGatewayAttachment, attachment);
        let told = [Envelope::TransitGatewayAssociations, Envelope::TransitGatewayAttachments];
        let row = self.store.transit_gateway_vpc_attachments.row(attachment);
        let known = row.is_some_and(|row| {
            told.iter().any(|envelope| self.knowledge(*envelope, row.place) == Knowledge::Complete)
        });
        if known {
            let code = Code::TransitAssociationMissing;
            self.block(Check::TransitGateway, component, code, said(Said::NoAssociation));
        } else {
            let reason = Reason::Lacks(Envelope::TransitGatewayAssociations);
            self.unknown(Check::TransitGateway, component, Code::TransitRoutesUnknown, reason);
        }
        self.go_on_at_target();
    }

    fn no_transit_route(&mut self, component: Component, complete: bool) {
        if complete {
            let code = Code::TransitNoRoute;
            self.block(Check::TransitGateway, component, code, said(Said::NoTransitRoute));
        } else {
            let reason = Reason::Lacks(Envelope::TransitGatewayRoutes);
            self.unknown(Check::TransitGateway, component, Code::TransitRoutesUnknown, reason);
        }
        self.go_on_at_target();
    }

    fn out_of_gateway(
        &mut self,
        gateway: &TransitGatewayId,
        route: &TransitRoute,
        zone: Option<&ZoneId>,
    ) {
        match (route.resource_type.as_deref(), &route.attachment) {
            (Some("vpc"), Some(attachment)) => self.enter_vpc(attachment, zone),
            (Some("peering"), Some(attachment)) => {
                self.cross_to_peer_gateway(gateway, attachment, route);
            }
            (kind, attachment) => {
                let id = attachment.as_ref().map_or("", |id| id.as_str());
                let component = Component::new(Kind::TransitGatewayAttachment, id);
                let what = kind.unwrap_or("attachment");
                let reason = if what == "vpn" {
                    said(Said::Beyond)
                } else {
                    Reason::NotModelled(what.into())
                };
                self.unknown(Check::TransitGateway, component, Code::UnknownDestination, reason);
                self.go_on_at_target();
            }
        }
    }

    /// The packet comes out of an interface of the gateway in the VPC: of the same zone if there is one, and goes on by
    /// that subnet's table and ACL (rules TGW-5, TGW-7, NACL-7).
    fn enter_vpc(&mut self, id: &TransitGatewayAttachmentId, zone: Option<&ZoneId>) {
        let component = Component::new(Kind::TransitGatewayAttachment, id);
        let Some(attachment) = self.store.transit_gateway_vpc_attachments.get(id).cloned() else {
            let reason = Reason::Lacks(Envelope::TransitGatewayVpcAttachments);
            self.unknown(Check::TransitGateway, component, Code::UnknownDestination, reason);
            return self.go_on_at_target();
        };
        let vpc = self.store.vpcs.position(&attachment.vpc_id);
        let first = || attachment.subnet_ids.iter().find_map(|id| self.store.subnets.position(id));
        let subnet = self.subnet_in_zone(&attachment, zone).or_else(first);
        let (Some(vpc), Some(subnet)) = (vpc, subnet) else {
            let reason = Reason::Lacks(Envelope::Vpcs);
            self.unknown(Check::TransitGateway, component, Code::UnknownDestination, reason);
            return self.go_on_at_target();
        };
        if !is_available(attachment.state.as_deref()) {
            let state = attachment.state.as_deref().unwrap_or_default();
            let reason = Reason::State(state.into());
            self.block(Check::TransitGateway, component, Code::BadStateAttachment, reason);
            return self.go_on_at_target();
        }
        self.transit_identity(&attachment.transit_gateway_id.clone(), &attachment);
        self.came_by_transit = true;
        self.came_from = From::Gateway;
        self.leave_subnet(vpc, subnet);
    }

    /// Two gateways that are peered: static routes only, another table there, and no references (rules TGW-7, SG-10).
    fn cross_to_peer_gateway(
        &mut self,
        gateway: &TransitGatewayId,
        attachment: &TransitGatewayAttachmentId,
        route: &TransitRoute,
    ) {
        self.session.identity = Identity::Lost;
        let peer = self.peer_of(gateway, attachment, route.resource_id.as_deref());
        let Some((peer, attachment)) = peer else {
            let component = Component::new(Kind::TransitGatewayAttachment, attachment);
            let reason = Reason::Lacks(Envelope::TransitGatewayPeeringAttachments);
            self.unknown(Check::TransitGateway, component, Code::UnknownDestination, reason);
            return self.go_on_at_target();
        };
        let component = Component::new(Kind::TransitGateway, &peer);
        self.pass(Check::TransitGateway, component, Reason::Routed);
        self.inside_gateway(&peer, &attachment, None);
    }

    /// The gateway on the other side and the attachment there: AWS lists it once per side, in each side's region.
    fn peer_of(
        &self,
        gateway: &TransitGatewayId,
        attachment: &TransitGatewayAttachmentId,
        told: Option<&str>,
    ) -> Option<(TransitGatewayId, TransitGatewayAttachmentId)> {
        let regions = self.store.source().regions.iter();
        let all = regions.flat_map(|region| &region.resources.transit_gateway_attachments);
        let mut peerings = all.filter(|one| one.resource_type.as_deref() == Some("peering"));
        let other_side = peerings.find(|one| {
            let this = one.transit_gateway_attachment_id == *attachment;
            let back = one.resource_id.as_deref() == Some(gateway.as_str())
                && told.is_none_or(|told| one.transit_gateway_id.as_str() == told);
            one.transit_gateway_id != *gateway && (this || back)
        })?;
        let id = other_side.transit_gateway_attachment_id.clone();
        Some((other_side.transit_gateway_id.clone(), id))
    }
}

fn is_available(state: Option<&str>) -> bool {
    state.is_none_or(|state| state == "available")
}
