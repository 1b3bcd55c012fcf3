//! What is no check of its own and helps to understand one: routes that did not win, VPCs that nothing joins.

use super::super::answer::{Check, Component, Kind, Outcome, Rule, Said, Site, Step};
use super::super::code::Code;
use super::{Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::peering::VpcPeeringConnection;
use crate::model::route_table::RouteTable;
use crate::model::vpc::Vpc;
use crate::store::{Ix, Knowledge, PlaceIx, RouteEntry, Routes, Target};

/// Peerings in these states never carry anything again.
const OVER: [&str; 5] = ["deleted", "deleting", "expired", "failed", "rejected"];

/// More routes than this that do not matter are not told one by one.
pub(super) const MOST_ROUTES: usize = 8;

impl Walk<'_> {
    /// Remembers the routes that the winner of a table overrules.
    pub(super) fn note_overruled(&mut self, table: Ix<RouteTable>, winner: &RouteEntry) {
        let Some(routes) = self.store.routes(table).filter(|_| self.explain) else { return };
        let id = &self.store.route_tables.at(table).data.route_table_id;
        let covering = routes.entries().iter().filter(|e| e.prefix.contains(&self.dst.value));
        let overruled = covering.filter(|entry| entry.target != winner.target);
        let position = self.leg.steps.len();
        let steps = overruled.map(|entry| Step {
            check: Check::Route,
            component: Component::new(Kind::RouteTable, id),
            outcome: Outcome::Skipped,
            code: Some(if entry.prefix == winner.prefix {
                Code::HigherPriorityRoute
            } else {
                Code::MoreSpecificRoute
            }),
            rule: Some(Rule::Route { table: id.as_str().into(), entry: Box::new(entry.clone()) }),
            reason: said(Said::Overruled),
        });
        self.overruled.extend(steps.map(|step| (position, step)));
    }

    /// Tells of the routes of a table that has none for the destination: the first few, so that a ladder stays readable.
    pub(super) fn mention_not_covering(&mut self, table: Ix<RouteTable>) {
        let Some(routes) = self.store.routes(table).filter(|_| self.explain) else { return };
        let id = &self.store.route_tables.at(table).data.route_table_id;
        let v4 = self.dst.value.is_ipv4();
        let mut mentioned: Vec<&RouteEntry> = Vec::new();
        for entry in routes.entries().iter().filter(|entry| entry.prefix.addr().is_ipv4() == v4) {
            let is_new = |old: &&RouteEntry| entry.list.is_none() || old.list != entry.list;
            if mentioned.len() < MOST_ROUTES && mentioned.iter().all(is_new) {
                mentioned.push(entry);
            }
        }
        for entry in mentioned {
            let is_local = entry.target == Target::Local;
            let code = if is_local { Code::LocalRouteRestriction } else { Code::CannotRoute };
            let component = Component::new(Kind::RouteTable, id);
            self.mention_route(Check::Route, component, code, Said::NotCovered, entry.clone());
        }
    }

    /// One route that did not decide.
    pub(super) fn mention_route(
        &mut self,
        check: Check,
        component: Component,
        code: Code,
        why: Said,
        entry: RouteEntry,
    ) {
        let rule = Rule::Route { table: component.id.clone(), entry: Box::new(entry) };
        let (outcome, code, reason) = (Outcome::Skipped, Some(code), said(why));
        self.step(|| Step { check, component, outcome, code, rule: Some(rule), reason });
    }

    /// Where the way led elsewhere, tells of the routes that would have led on.
    pub(super) fn mention_overruled(&mut self) {
        if self.leg.arrived {
            return;
        }
        for (position, step) in std::mem::take(&mut self.overruled).into_iter().rev() {
            self.leg.insert(position, vec![step]);
        }
    }

    /// Says that nothing joins the VPCs of the two ends, where that is sure.
    pub(super) fn mention_disconnected(&mut self) {
        let Site::Interface(target) = self.to.site else { return };
        let of = |at| self.store.interface(at).vpc;
        let ends = self.initiator().and_then(of).zip(of(target));
        let Some((here, there)) = ends.filter(|(here, there)| here != there) else { return };
        if self.explain && !self.is_return() && self.dst.value.is_ipv4() {
            self.disconnected(here, there);
        }
    }

    fn disconnected(&mut self, here: Ix<Vpc>, there: Ix<Vpc>) {
        let place = self.store.vpcs.at(here).place;
        let is_known = self.knows_links(place);
        let ends = [here, there];
        let joined = self.are_peered(here, there)
            || ends.into_iter().all(|vpc| self.has_gateway(vpc))
            || ends.into_iter().any(|vpc| self.leads_far(vpc));
        if is_known && !joined {
            let vpc = Component::new(Kind::Vpc, &self.store.vpcs.at(there).data.vpc_id);
            self.block(Check::Hop, vpc, Code::DisconnectedVpcs, said(Said::Disconnected));
        }
    }

    fn knows_links(&self, place: PlaceIx) -> bool {
        let links = [
            Envelope::VpcPeeringConnections,
            Envelope::TransitGatewayVpcAttachments,
            Envelope::VpnGateways,
            Envelope::RouteTables,
        ];
        links.into_iter().all(|one| self.knowledge(one, place) == Knowledge::Complete)
    }

    fn are_peered(&self, here: Ix<Vpc>, there: Ix<Vpc>) -> bool {
        let ids = [here, there].map(|vpc| &self.store.vpcs.at(vpc).data.vpc_id);
        let joins = |peering: &VpcPeeringConnection| {
            let state = peering.status.as_ref().and_then(|status| status.code.as_deref());
            let is_over = state.is_some_and(|state| OVER.contains(&state));
            let sides: Vec<_> = peering.sides().filter_map(|side| side.vpc_id.as_ref()).collect();
            !is_over && ids.iter().all(|id| sides.contains(id))
        };
        self.store.peerings.iter().any(joins)
    }

    /// Whether a transit gateway or a VPN may lead from a VPC to another one.
    fn has_gateway(&self, vpc: Ix<Vpc>) -> bool {
        let id = &self.store.vpcs.at(vpc).data.vpc_id;
        let mut attached = self.store.transit_gateway_vpc_attachments.iter();
        let gateways = self.store.vpn_gateways.iter();
        let mut of_vpn = gateways.flat_map(|one| &one.vpc_attachments);
        attached.any(|one| one.vpc_id == *id)
            || of_vpn.any(|one| one.is_attached() && one.vpc_id.as_ref() == Some(id))
    }

    /// Whether a route of a VPC leads to something that may lead anywhere: an appliance, whatever is not modelled.
    fn leads_far(&self, vpc: Ix<Vpc>) -> bool {
        let id = &self.store.vpcs.at(vpc).data.vpc_id;
        let tables = self.store.route_tables.rows().filter(|(_, row)| row.data.vpc_id == *id);
        let routes = tables.filter_map(|(at, _)| self.store.routes(at));
        let mut targets = routes.flat_map(Routes::entries).map(|entry| &entry.target);
        targets.any(|target| {
            matches!(target, Target::Interface { .. } | Target::Other { .. } | Target::Unknown)
        })
    }
}
