//! The second leg: what a load balancer or a proxy opens to a target is a connection of its own, there and back, and the
//! first one works as far as the second does (rules LB-1, R-6).

use std::net::IpAddr;

use super::super::answer::{
    Check, Component, Connection, Kind, Leg, Outcome, Point, Reason, Said, Site, Step,
};
use super::super::ask::{Asking, Walks};
use super::super::code::Code;
use super::super::field::{Field, Side};
use super::super::points;
use super::super::question::{End, Flow, Question};
use super::writing::filter_step;
use super::{Session, Start, Walk, Walked, Way, said};
use crate::model::address::AddressSet;
use crate::model::catalogue::Envelope;
use crate::model::traffic::{PortSet, Protocol, Traffic};
use crate::reach::Verdict;
use crate::store::{Direction, InterfaceIx};

/// More load balancers behind each other than any connection passes.
const MOST_LEGS: u8 = 4;

/// How much of the second leg to one target works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Works {
    No,
    /// A part of the answers is lost.
    InPart,
    Wholly,
}

/// What came of the second leg over all targets.
#[derive(Default)]
pub(super) struct SecondLegs {
    works: usize,
    fails: usize,
    part_lost: bool,
    /// An answer of AWS that is missing.
    lacks: Option<Envelope>,
    /// The first way to a target that could not be told.
    unsure: Option<Leg>,
    /// The steps to show: of the first target that fails, else of the first.
    shown: Option<(Works, Leg)>,
}

impl SecondLegs {
    /// Notes the way to one target; of all, the first that fails is shown.
    pub(super) fn add(&mut self, leg: Leg, works: Works) {
        self.part_lost |= works == Works::InPart;
        self.works += usize::from(works != Works::No);
        self.fails += usize::from(works == Works::No);
        if works != Works::No && leg.unknown {
            self.unsure.get_or_insert_with(|| leg.clone());
        }
        if self.shown.as_ref().is_none_or(|(shown, _)| works < *shown) {
            self.shown = Some((works, leg));
        }
    }

    /// Notes a target about which too little is known.
    pub(super) fn lacks(&mut self, envelope: Envelope) {
        self.lacks.get_or_insert(envelope);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.works + self.fails == 0 && self.lacks.is_none()
    }

    /// The ways to show: the worst, and one that could not be told.
    fn ways(&mut self) -> impl Iterator<Item = Leg> {
        let shown = self.shown.take().map(|(_, leg)| leg);
        let is_told = shown.as_ref().is_none_or(|leg| !leg.unknown);
        let unsure = self.unsure.clone().filter(|_| is_told);
        shown.into_iter().chain(unsure)
    }
}

/// Whoever opens the second leg, and the way it takes to one target.
pub(super) struct Onward<'a> {
    pub node: InterfaceIx,
    /// What the target is, for its own state.
    pub end: End,
    pub target: &'a Point,
    pub flow: Flow,
}

impl Walk<'_> {
    /// Whether the packet came through too many load balancers already: they forward to each other.
    pub(super) fn is_too_far(&mut self, component: &Component) -> bool {
        if self.legs < MOST_LEGS {
            return false;
        }
        let reason = Reason::NotModelled("load balancers that forward to each other".into());
        let (check, code) = (Check::LoadBalancer, Code::UnsupportedComponent);
        self.unknown(check, component.clone(), code, reason);
        true
    }

    /// From the node's own addresses to those of a target: one leg for each class of them. Nothing where they have no
    /// address family in common.
    pub(super) fn own_legs(&self, onward: Onward<'_>) -> Vec<(Leg, Works)> {
        let Onward { node, end, target, flow } = onward;
        let from = End::Interface(self.store.interface(node).id.clone());
        let question = Question { from, to: end, flow };
        let Self { store, explain, groups, legs, .. } = *self;
        let asking = Asking { store, question: &question, explain, groups, legs: legs + 1 };
        let own = points::point(store, node, Site::Interface(node));
        let mut told = Vec::new();
        for (from, to) in asking.families(&own, target) {
            asking.each_class(&from, &to, |walks| told.push(leg_of(&from, &to, walks)));
        }
        told
    }

    /// Writes down what came of the second leg; tells whether anything may work.
    pub(super) fn conclude(&mut self, component: &Component, mut legs: SecondLegs) -> bool {
        self.pass(Check::LoadBalancer, component.clone(), Reason::Routed);
        for leg in legs.ways() {
            self.leg.append(leg);
        }
        if let Some(envelope) = legs.lacks {
            let (check, code) = (Check::LoadBalancer, Code::UnknownResource);
            self.unknown(check, component.clone(), code, Reason::Lacks(envelope));
        } else if legs.unsure.is_some() {
            self.leg.unknown = true;
            self.leg.doubtful = Traffic::full();
        }
        self.part_lost |= legs.part_lost || (legs.works > 0 && legs.fails > 0);
        legs.works > 0 || legs.lacks.is_some()
    }

    /// To a target that sees the client's own address; nobody reaches itself that way (rule LB-4).
    pub(super) fn preserved_leg(
        &mut self,
        node: InterfaceIx,
        target: InterfaceIx,
        address: IpAddr,
        asked: Traffic,
    ) -> (Leg, Works) {
        let (client, called) = (self.src, Field::fixed(address));
        let answers = self.answers_of_client(&asked);
        let there = self.walk_for_client((node, target), called, asked, &answers);
        let mut leg = there.leg.clone();
        let end = leg.steps.len();
        let answered = self.answer_to_client(target, client, &answers, &mut leg);
        let from = Point { site: Site::Interface(node), addresses: self.addresses_of(client) };
        let to = Point { site: Site::Interface(target), addresses: AddressSet::one(address) };
        note_connection(&mut leg, end, &from, &to);
        if client.value == address && !self.session.is_off_track {
            leg.steps.push(Step {
                check: Check::LoadBalancer,
                component: Component::new(Kind::NetworkInterface, &self.store.interface(target).id),
                outcome: Outcome::Block,
                code: Some(Code::AddressPreserved),
                rule: None,
                reason: said(Said::Hairpin),
            });
            return (leg, Works::No);
        }
        let got_there = !leg.passed.is_empty() && (leg.arrived || leg.unknown);
        (leg, if got_there { answered } else { Works::No })
    }

    /// The addresses that a field stands for.
    fn addresses_of(&self, field: Field) -> AddressSet {
        match field.varies {
            Some(Side::From) => self.atoms.from.clone(),
            Some(Side::To) => self.atoms.to.clone(),
            None => AddressSet::one(field.value),
        }
    }

    fn walk_for_client(
        &mut self,
        (node, target): (InterfaceIx, InterfaceIx),
        called: Field,
        asked: Traffic,
        answers: &Traffic,
    ) -> Walked {
        let point =
            |at, address| Point { site: Site::Interface(at), addresses: AddressSet::one(address) };
        let (from, to) = (point(node, self.src.value), point(target, called.value));
        let mut session = Session::new(self.src, called, answers.clone());
        session.is_off_track = self.session.is_off_track;
        let Self { store, explain, groups, legs, src, .. } = *self;
        let (way, dst, legs) = (Way::Forward, called, legs + 1);
        let start = Start { store, explain, groups, way, asked, src, dst, legs };
        Walk::run(start, &from, &to, self.atoms, &mut session)
    }

    /// With a preserved address the answer still goes back through the load balancer, past the ACL of the target's
    /// subnet, which sees the client's address.
    fn answer_to_client(
        &mut self,
        target: InterfaceIx,
        client: Field,
        answers: &Traffic,
        leg: &mut Leg,
    ) -> Works {
        let subnet = self.store.interface(target).subnet;
        let acl = subnet.and_then(|subnet| self.store.acl_of(subnet));
        let Some(acl) = acl else { return Works::Wholly };
        let result = self.filter().acl(acl, Direction::Egress, client, answers, self.atoms);
        let missing = answers.difference(&result.passed);
        let (outcome, works) = match (missing.is_empty(), result.passed.is_empty()) {
            (true, _) => return Works::Wholly,
            _ if missing.is_subset(&result.unknown) => (Outcome::Unknown, Works::Wholly),
            (false, true) => (Outcome::Block, Works::No),
            (false, false) => (Outcome::BlockPart, Works::InPart),
        };
        leg.unknown |= outcome == Outcome::Unknown;
        if self.explain {
            let id = &self.store.network_acls.at(acl).data.network_acl_id;
            let component = Component::new(Kind::NetworkAcl, id);
            let check = Check::NetworkAclEgress;
            leg.steps.push(filter_step(check, component, result, outcome, answers, missing));
        }
        works
    }

    /// The answers that the client itself takes, by its own ports.
    fn answers_of_client(&self, asked: &Traffic) -> Traffic {
        let own = &self.session.answers;
        let mut answers = Traffic::empty();
        for protocol in asked.protocols() {
            answers = answers.union(&Traffic::of(protocol, own.ports(protocol)));
        }
        answers
    }
}

/// One class of addresses, as a leg.
fn leg_of(from: &Point, to: &Point, walks: Walks) -> (Leg, Works) {
    let verdict = walks.verdict();
    let mut leg = walks.there.leg;
    let end = leg.steps.len();
    for back in walks.back.into_iter().map(|back| back.leg) {
        leg.unknown |= back.unknown;
        leg.append(back);
    }
    let from = Point { site: from.site, addresses: walks.atoms.from };
    let to = Point { site: to.site, addresses: walks.atoms.to };
    note_connection(&mut leg, end, &from, &to);
    let works = match verdict {
        Verdict::Blocked => Works::No,
        Verdict::Partial => Works::InPart,
        Verdict::Reachable | Verdict::Unknown => Works::Wholly,
    };
    leg.unknown &= verdict == Verdict::Unknown;
    (leg, works)
}

/// Marks the steps up to `end` as the way there of a connection of its own, and those behind as its way back.
fn note_connection(leg: &mut Leg, end: usize, from: &Point, to: &Point) {
    for (steps, is_back) in [(0..end, false), (end..leg.steps.len(), true)] {
        let connection = Connection { steps, from: from.clone(), to: to.clone(), is_back };
        leg.connections.extend(Some(connection).filter(|one| !one.steps.is_empty()));
    }
}

/// One protocol to one port.
pub(super) fn one_port(protocol: Protocol, port: u16) -> Flow {
    Flow { protocol: Some(protocol), port: Some(port), ..Flow::default() }
}

/// The same as a set.
pub(super) fn traffic_of(flow: &Flow) -> Traffic {
    let ports = flow.port.map_or_else(PortSet::full, PortSet::one);
    flow.protocol.map_or_else(Traffic::full, |protocol| Traffic::of(protocol, ports))
}
