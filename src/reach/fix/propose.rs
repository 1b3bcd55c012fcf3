//! One change per blocker: the narrowest that could remove it.

use std::net::IpAddr;

use super::change::Change;
use crate::model::address::AddressSet;
use crate::reach::Code;
use crate::reach::answer::{
    Answer, Check, Connection, Kind, Leg, Outcome, PathAnswer, Point, Reason, Site, Step,
};
use crate::reach::question::{End, Question};
use crate::store::{Direction, Interface, Store};

/// What could be changed about the blockers of an answer, once each, in the order of the steps.
pub(super) fn changes(store: &Store, answer: &Answer) -> Vec<Change> {
    let mut found: Vec<Change> = Vec::new();
    for path in &answer.paths {
        let proposing = Proposing { store, answer, path };
        let by_name = proposing.dns_over_peering().into_iter();
        for change in by_name.chain(proposing.of_path()) {
            if !found.contains(&change) {
                found.push(change);
            }
        }
    }
    found
}

/// One path of the answer under repair.
pub(super) struct Proposing<'a> {
    pub(super) store: &'a Store,
    pub(super) answer: &'a Answer,
    pub(super) path: &'a PathAnswer,
}

impl Proposing<'_> {
    fn of_path(&self) -> Vec<Change> {
        let legs = [(&self.path.forward, false), (&self.path.back, true)];
        let of_leg = |(leg, back)| {
            let own = self.of_steps(steps_of(leg, None), back);
            let inner = leg.connections.iter().enumerate();
            own.into_iter().chain(inner.flat_map(move |(at, one)| self.of_connection(leg, at, one)))
        };
        legs.into_iter().flat_map(of_leg).collect()
    }

    /// What a load balancer or a proxy opens is a question of its own.
    fn of_connection(&self, leg: &Leg, at: usize, connection: &Connection) -> Vec<Change> {
        let end = |point: &Point| {
            let interface = self.store.interface(point.site.interface()?);
            Some(End::Interface(interface.id.clone()))
        };
        let (Some(from), Some(to)) = (end(&connection.from), end(&connection.to)) else {
            return Vec::new();
        };
        let steps: Vec<Step> = steps_of(leg, Some(at)).cloned().collect();
        let leg = Leg { steps, ..Leg::default() };
        let is_back = connection.is_back;
        let (forward, back) = if is_back { (Leg::default(), leg) } else { (leg, Leg::default()) };
        let (starts, ends) = (connection.from.clone(), connection.to.clone());
        let verdict = self.path.verdict;
        let path = PathAnswer { from: starts, to: ends, verdict, forward, back };
        let flow = self.answer.question.flow.clone();
        let question = Question { from, to, flow };
        let answer = Answer { question, verdict, paths: Vec::new(), fixes: Vec::new() };
        let inner = Proposing { store: self.store, answer: &answer, path: &path };
        let leg = if is_back { &path.back } else { &path.forward };
        inner.of_steps(leg.steps.iter(), is_back)
    }

    fn of_steps<'s>(&self, steps: impl Iterator<Item = &'s Step>, back: bool) -> Vec<Change> {
        let mut found = Vec::new();
        let mut last_route = None;
        for step in steps {
            if matches!(step.outcome, Outcome::Block | Outcome::BlockPart) {
                found.extend(self.of_step(step, last_route, back));
            }
            last_route = if step.check == Check::Route { Some(step) } else { last_route };
        }
        found
    }

    fn of_step(&self, step: &Step, last_route: Option<&Step>, back: bool) -> Vec<Change> {
        match step.check {
            Check::SecurityGroupIngress | Check::SecurityGroupEgress => self.of_group(step),
            Check::NetworkAclEgress => {
                self.acl_entry(step, Direction::Egress, back).into_iter().collect()
            }
            Check::NetworkAclIngress => {
                self.acl_entry(step, Direction::Ingress, back).into_iter().collect()
            }
            Check::InternetGateway => self.of_internet_gateway(step, last_route, back),
            _ => self.of_hop(step, last_route, back),
        }
    }

    fn of_group(&self, step: &Step) -> Vec<Change> {
        let is_ingress = step.check == Check::SecurityGroupIngress;
        if is_ingress && step.code == Some(Code::GroupReferencingSupport) {
            return self.references();
        }
        // What a function outside of all VPCs sends with is no address of its own (rule L-1).
        if is_ingress && matches!(self.path.from.site, Site::ServiceNetwork(_)) {
            return self.attach();
        }
        let direction = if is_ingress { Direction::Ingress } else { Direction::Egress };
        self.group_rule(step, direction).into_iter().collect()
    }

    fn of_internet_gateway(
        &self,
        step: &Step,
        last_route: Option<&Step>,
        back: bool,
    ) -> Vec<Change> {
        match step.code {
            Some(Code::EgressToRfc1918 | Code::EgressToRfc6598) => {
                last_route.map(|route| self.route(route, back)).unwrap_or_default()
            }
            Some(Code::NoPublicAddressForEgress) if self.is_behind_nat() => {
                self.route_to_nat().map(|route| self.other_nat(route)).unwrap_or_default()
            }
            Some(Code::NoPublicAddressForEgress) if back => self.public_target(),
            Some(Code::NoPublicAddressForEgress) => self.public_way(),
            Some(Code::NoPublicAddressForIngress) => self.public_target(),
            Some(Code::BadStateAttachment) => self.attach_gateway(step).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn of_hop(&self, step: &Step, last_route: Option<&Step>, back: bool) -> Vec<Change> {
        match (step.check, step.code) {
            (
                Check::Route,
                Some(Code::NoRoute | Code::ReturnNoRouteToTransit | Code::BadStateRoute),
            ) => self.route(step, back),
            (Check::BlockPublicAccess, Some(Code::BlockPublicAccess)) => {
                self.exclusion(step).into_iter().collect()
            }
            (Check::Nat, Some(Code::BadState | Code::NatInOwnSubnet)) => {
                last_route.map(|route| self.other_nat(route)).unwrap_or_default()
            }
            (Check::Nat, Some(Code::SourceDestCheck)) => {
                vec![Change::ForwardPackets { interface: step.component.id.as_ref().into() }]
            }
            (Check::Peering, Some(Code::BadState)) => self.accept(step).into_iter().collect(),
            (_, Some(Code::TransitZone)) => self.transit_subnet(step, back).into_iter().collect(),
            (_, Some(Code::TransitNoRoute)) => self.propagation(step, back).into_iter().collect(),
            (_, Some(Code::TransitAssociationMissing)) => {
                self.association(step, back).into_iter().collect()
            }
            (_, Some(Code::UnassociatedComponent)) => self.attach(),
            _ => Vec::new(),
        }
    }

    // --- what is known of the ends ---

    pub(super) fn source(&self) -> Option<&Interface> {
        self.path.from.site.interface().map(|at| self.store.interface(at))
    }

    pub(super) fn target(&self) -> Option<&Interface> {
        self.path.to.site.interface().map(|at| self.store.interface(at))
    }

    /// Whether the path is one of IPv6.
    pub(super) fn is_v6(&self) -> bool {
        self.path.from.addresses.v4.is_empty() && !self.path.from.addresses.v6.is_empty()
    }

    /// The route that led to a NAT gateway.
    fn route_to_nat(&self) -> Option<&Step> {
        self.path.forward.steps.iter().find(|step| step.check == Check::Route)
    }

    /// Whether a NAT gateway was passed on the way out: what its own subnet routes is another matter than the source's.
    pub(super) fn is_behind_nat(&self) -> bool {
        let mut steps = self.path.forward.steps.iter();
        steps.any(|step| step.check == Check::Nat && step.component.kind == Kind::NatGateway)
    }

    /// The source's addresses as they are seen at a step: behind a translator, that one's (rules SG-12, NACL-6).
    pub(super) fn seen_source(&self, at: &Step) -> AddressSet {
        let is_before = |step: &&Step| !std::ptr::eq(*step, at);
        let there = self.path.forward.steps.iter().take_while(is_before);
        let is_back = self.path.back.steps.iter().any(|step| std::ptr::eq(step, at));
        let back = self.path.back.steps.iter().filter(|_| is_back).take_while(is_before);
        let translations = there.chain(back).filter_map(|step| match step.reason {
            Reason::Translated { from, to } => Some((from, to)),
            _ => None,
        });
        let own = &self.path.from.addresses;
        translations.fold(own.clone(), |seen, (from, to): (IpAddr, IpAddr)| {
            if own.contains(to) {
                own.clone()
            } else if seen.contains(from) {
                AddressSet::one(to)
            } else {
                seen
            }
        })
    }
}

/// The steps of one connection of a leg; of none, those of the one that was asked about.
fn steps_of(leg: &Leg, connection: Option<usize>) -> impl Iterator<Item = &Step> {
    let steps = leg.steps.iter().enumerate();
    steps.filter(move |(at, _)| leg.connection_of(*at) == connection).map(|(_, step)| step)
}
