//! Which route of a transit gateway's table decided, and which did not (rules TGW-3, TGW-4).

use crate::reach::answer::{Check, Component, Outcome, Reason, Rule, Said, Step};
use crate::reach::code::Code;
use crate::reach::walk::mentions::MOST_ROUTES;
use crate::reach::walk::{Walk, said};
use crate::store::{RouteEntry, Target, TransitRoute, TransitTable};

impl Walk<'_> {
    /// The route that decides.
    pub(super) fn pass_by(&mut self, table: &Component, route: &TransitRoute, reason: Reason) {
        let (check, component) = (Check::TransitGateway, table.clone());
        let (outcome, code, rule) = (Outcome::Pass, None, Some(rule(table, route)));
        self.step(|| Step { check, component, outcome, code, rule, reason });
    }

    /// The route that drops.
    pub(super) fn dropped_by(&mut self, table: &Component, route: &TransitRoute) {
        let (check, code) = (Check::TransitGateway, Code::TransitBlackhole);
        let (rule, reason) = (Some(rule(table, route)), said(Said::TransitBlackhole));
        self.block_by(check, table.clone(), code, rule, reason);
    }

    /// Remembers the routes that the winner overrules.
    pub(super) fn note_overruled_by(
        &mut self,
        table: &Component,
        routes: &TransitTable,
        winner: &TransitRoute,
    ) {
        if !self.explain {
            return;
        }
        let covering = routes.routes.iter().filter(|one| one.prefix.contains(&self.dst.value));
        let overruled = covering.filter(|one| one.attachment != winner.attachment);
        let position = self.leg.steps.len();
        let steps = overruled.map(|one| Step {
            check: Check::TransitGateway,
            component: table.clone(),
            outcome: Outcome::Skipped,
            code: Some(if one.prefix == winner.prefix {
                Code::TransitHigherPriorityRoute
            } else {
                Code::TransitMoreSpecificRoute
            }),
            rule: Some(rule(table, one)),
            reason: said(Said::Overruled),
        });
        self.overruled.extend(steps.map(|step| (position, step)));
    }

    /// Tells of the routes of a table that has none for the destination.
    pub(super) fn mention_other_routes(&mut self, table: &Component, routes: &TransitTable) {
        if !self.explain {
            return;
        }
        let v4 = self.dst.value.is_ipv4();
        let others = routes.routes.iter().filter(|one| one.prefix.addr().is_ipv4() == v4);
        for route in others.take(MOST_ROUTES) {
            let (check, code) = (Check::TransitGateway, Code::TransitCannotRoute);
            self.mention_route(check, table.clone(), code, Said::NotCovered, entry(route));
        }
    }
}

/// A route of a transit gateway written as one of a VPC.
fn entry(route: &TransitRoute) -> RouteEntry {
    RouteEntry {
        prefix: route.prefix,
        list: None,
        target: Target::Attachment(route.attachment.as_ref().map(ToString::to_string)),
        blackhole: route.blackhole,
        propagated: !route.is_static,
    }
}

fn rule(table: &Component, route: &TransitRoute) -> Rule {
    Rule::Route { table: table.id.clone(), entry: Box::new(entry(route)) }
}
