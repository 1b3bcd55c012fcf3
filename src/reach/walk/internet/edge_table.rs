//! Tables at an internet gateway: what comes in may be led to an appliance first (rule RT-6).

use crate::model::catalogue::Envelope;
use crate::model::route_table::RouteTable;
use crate::model::vpc::Vpc;
use crate::reach::answer::{Check, Component, Kind, Outcome, Reason, Rule, Said, Step};
use crate::reach::code::Code;
use crate::reach::walk::{Walk, said};
use crate::store::{Ix, Knowledge, RouteEntry, Target};

impl Walk<'_> {
    /// Whether the table at a gateway leads the packet anywhere else than straight to its address; then it goes there.
    /// Where a part of the tables is not in the data, nobody knows.
    pub(super) fn is_led_elsewhere(&mut self, vpc: Ix<Vpc>, gateway: &str) -> bool {
        let Some(table) = self.store.topology().edge_table_of(gateway) else {
            let place = self.store.vpcs.at(vpc).place;
            if self.knowledge(Envelope::RouteTables, place) != Knowledge::Complete {
                let component = Component::new(Kind::InternetGateway, gateway);
                let reason = Reason::Lacks(Envelope::RouteTables);
                self.unknown(Check::Route, component, Code::UnknownResource, reason);
            }
            return false;
        };
        self.is_redirected(vpc, table)
    }

    fn is_redirected(&mut self, vpc: Ix<Vpc>, table: Ix<RouteTable>) -> bool {
        let routes = self.store.routes(table).filter(|routes| routes.is_whole);
        let entry = routes.and_then(|routes| routes.lookup(self.dst.value));
        let Some(entry) = entry.cloned() else {
            self.not_modelled("an edge route table without a local route", "");
            return true;
        };
        let is_straight = entry.target == Target::Local && !entry.blackhole;
        if !is_straight {
            self.redirect(vpc, table, &entry);
        }
        !is_straight
    }

    fn redirect(&mut self, vpc: Ix<Vpc>, table: Ix<RouteTable>, entry: &RouteEntry) {
        let id = &self.store.route_tables.at(table).data.route_table_id;
        let component = Component::new(Kind::RouteTable, id);
        let rule = Some(Rule::Route { table: id.as_str().into(), entry: Box::new(entry.clone()) });
        let check = Check::Route;
        if entry.blackhole {
            self.block_by(check, component, Code::BadStateRoute, rule, Reason::Blackhole);
            return self.go_on_at_target();
        }
        let (outcome, code, reason) = (Outcome::Pass, None, Reason::Routed);
        self.step(|| Step { check, component, outcome, code, rule, reason });
        match &entry.target {
            Target::Interface { interface: Some(id), .. } => self.enter_appliance(vpc, id),
            _ => self.not_modelled("the target of an edge route table", ""),
        }
    }

    /// An appliance takes traffic of the internet only with a public address of its own.
    fn enter_appliance(&mut self, vpc: Ix<Vpc>, id: &str) {
        let component = Component::new(Kind::NetworkInterface, id);
        let Some(at) = self.store.interfaces.position(id) else {
            let reason = Reason::Lacks(Envelope::NetworkInterfaces);
            self.unknown(Check::Hop, component, Code::UnknownResource, reason);
            return self.go_on_at_target();
        };
        if self.dst.value.is_ipv4() && !self.store.interface(at).has_public() {
            let (code, reason) = (Code::ApplianceNotPublic, said(Said::ApplianceNotPublic));
            self.block(Check::InternetGateway, component, code, reason);
        }
        self.enter_middlebox(vpc, at);
    }
}
