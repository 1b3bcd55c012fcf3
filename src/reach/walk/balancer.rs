//! Load balancers: what arrives at one of their interfaces goes on to a target (rules LB-1 to LB-7).
//!
//! The second leg is a walk of its own, there and back, since the load balancer opens a connection of its own; only a
//! network load balancer that preserves the client's address lets the target see the client (rule LB-4).

use super::super::answer::{Check, Component, Kind, Leg, Point, Reason, Said, Site, Step};
use super::super::code::Code;
use super::super::field::Field;
use super::super::filter::Identity;
use super::super::question::Flow;
use super::super::traffic;
use super::{Session, Start, Walk, Walked, Way, said};
use crate::model::address::AddressSet;
use crate::model::catalogue::Envelope;
use crate::model::ids::{Arn, InstanceId, VpcId};
use crate::model::load_balancer::{
    Attribute, Listener, ListenerAction, LoadBalancer, TargetGroup, TargetHealthDescription,
};
use crate::model::traffic::{PortSet, Protocol, Traffic};
use crate::model::vpc::Subnet;
use crate::store::{Direction, Interface, InterfaceIx, Ix, OwnerKind};

/// One target that a node may choose.
struct Target {
    /// Its interface; none where it is outside of the known network or needs none.
    at: Option<InterfaceIx>,
    address: Option<std::net::IpAddr>,
    port: u16,
    healthy: bool,
}

/// How much of the second leg to one target works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Works {
    No,
    /// A part of the answers is lost.
    InPart,
    Wholly,
}

/// What came of the second leg over all targets of a listener.
#[derive(Default)]
pub(super) struct Outcome {
    works: usize,
    fails: usize,
    unknown: bool,
    part_lost: bool,
    /// Whether any target is registered, also where this node may not use it.
    registered: bool,
    /// The steps to show: of the first target that fails, else of the first.
    shown: Option<(Works, Leg)>,
}

impl Outcome {
    /// Notes the walk to one target; of all, the first that fails is shown.
    pub(super) fn add(&mut self, leg: Leg, works: Works) {
        self.registered = true;
        self.unknown |= works != Works::No && leg.unknown;
        self.part_lost |= works == Works::InPart;
        self.works += usize::from(works != Works::No);
        self.fails += usize::from(works == Works::No);
        let worse = |shown: Works| (works as u8) < (shown as u8);
        if self.shown.as_ref().is_none_or(|(shown, _)| worse(*shown)) {
            self.shown = Some((works, leg));
        }
    }

    /// Notes a target about which too little is known.
    pub(super) fn unknown(&mut self) {
        self.unknown = true;
    }

    fn is_empty(&self) -> bool {
        self.works + self.fails == 0 && !self.unknown
    }
}

impl Walk<'_> {
    /// The packet is at a load balancer's interface.
    pub(super) fn load_balancer(&mut self, interface: &Interface) {
        let component = Component::new(Kind::LoadBalancer, &interface.owner.id);
        let modelled = matches!(
            interface.owner.kind,
            OwnerKind::ApplicationLoadBalancer | OwnerKind::NetworkLoadBalancer
        );
        let known = self.balancer_of(interface).filter(|_| modelled);
        let Some(balancer) = known.cloned() else {
            let reason = if modelled {
                Reason::Lacks(Envelope::LoadBalancers)
            } else {
                Reason::NotModelled("load balancer".into())
            };
            return self.unknown(
                Check::LoadBalancer,
                component,
                Code::UnsupportedComponent,
                reason,
            );
        };
        let state = balancer.state.as_ref().and_then(|state| state.code.as_deref());
        if let Some(state @ ("provisioning" | "failed")) = state {
            let reason = Reason::State(state.into());
            return self.block(Check::LoadBalancer, component, Code::BadState, reason);
        }
        self.listeners(&balancer, interface, &component);
    }

    fn balancer_of(&self, interface: &Interface) -> Option<&LoadBalancer> {
        let vpc = interface.vpc.map(|at| &self.store.vpcs.at(at).data.vpc_id);
        let mut all = self.store.load_balancers.iter();
        all.find(|one| *one.load_balancer_name == *interface.owner.id && one.vpc_id.as_ref() == vpc)
    }

    fn listeners(&mut self, balancer: &LoadBalancer, node: &Interface, component: &Component) {
        let listeners = self.store.rest.load_balancer_listeners.iter();
        let mut ours = listeners.filter(|one| one.load_balancer_arn == balancer.load_balancer_arn);
        let Some(listeners) = ours.next().map(|one| one.listeners.clone()) else {
            let reason = Reason::Lacks(Envelope::LoadBalancerListeners);
            return self.unknown(
                Check::LoadBalancer,
                component.clone(),
                Code::UnknownResource,
                reason,
            );
        };
        let asked = self.asked.clone();
        let taken: Vec<_> =
            listeners.iter().filter(|l| !accepts(l).intersection(&asked).is_empty()).collect();
        if taken.is_empty() {
            let (code, reason) = (Code::ListenersMismatch, said(Said::NoListener));
            return self.block(Check::LoadBalancer, component.clone(), code, reason);
        }
        let (before, mut passed) = (self.leg.passed.clone(), Traffic::empty());
        for listener in taken {
            if self.forward(balancer, node, listener, component) {
                passed = passed.union(&accepts(listener));
            }
        }
        self.leg.passed = before.intersection(&passed);
    }

    /// Sends the traffic of one listener on; tells whether any of it gets to a target and is answered.
    fn forward(
        &mut self,
        balancer: &LoadBalancer,
        node: &Interface,
        listener: &Listener,
        component: &Component,
    ) -> bool {
        let actions = self.actions(listener);
        let groups: Vec<Arn> = actions.iter().flat_map(target_groups).collect();
        if groups.is_empty() {
            let answers_itself =
                actions.iter().any(|action| action.action_type.as_deref() != Some("forward"));
            if answers_itself {
                self.pass(Check::LoadBalancer, component.clone(), Reason::Arrived);
                return true;
            }
            let reason = said(Said::NoTargets);
            self.block(
                Check::LoadBalancer,
                component.clone(),
                Code::ListenerHasNoTargetGroup,
                reason,
            );
            return false;
        }
        let mut outcome = Outcome::default();
        for group in &groups {
            self.target_group(balancer, node, group, listener, &mut outcome);
        }
        if outcome.is_empty() {
            return self.no_targets(component, outcome.registered);
        }
        self.conclude(component, outcome)
    }

    /// Writes down what came of the second leg; tells whether anything may work.
    pub(super) fn conclude(&mut self, component: &Component, outcome: Outcome) -> bool {
        self.pass(Check::LoadBalancer, component.clone(), Reason::Routed);
        if let Some((_, leg)) = outcome.shown {
            self.leg.steps.extend(leg.steps);
        }
        if outcome.unknown {
            let reason = Reason::Lacks(Envelope::LoadBalancerTargetHealth);
            self.unknown(Check::LoadBalancer, component.clone(), Code::UnknownResource, reason);
        }
        self.part_lost |= outcome.part_lost || (outcome.works > 0 && outcome.fails > 0);
        outcome.works > 0 || outcome.unknown
    }

    /// No target that this node may use: none in its zone, or none at all (rule LB-6).
    fn no_targets(&mut self, component: &Component, registered: bool) -> bool {
        let code = if registered { Code::NoTargetsInZone } else { Code::ListenerHasNoTargetGroup };
        self.block(Check::LoadBalancer, component.clone(), code, said(Said::NoTargets));
        false
    }

    /// A listener's own actions and those of its rules.
    fn actions(&self, listener: &Listener) -> Vec<ListenerAction> {
        let rules = self.store.rest.listener_rules.iter();
        let ours = rules.filter(|one| Some(&one.listener_arn) == listener.listener_arn.as_ref());
        let of_rules = ours.flat_map(|one| &one.rules).flat_map(|rule| &rule.actions);
        listener.default_actions.iter().chain(of_rules).cloned().collect()
    }

    fn target_group(
        &mut self,
        balancer: &LoadBalancer,
        node: &Interface,
        arn: &Arn,
        listener: &Listener,
        outcome: &mut Outcome,
    ) {
        let Some(group) = self.store.target_groups.get(arn).cloned() else {
            outcome.unknown = true;
            return;
        };
        if group.target_type.as_deref() == Some("lambda") {
            return outcome.add(Leg::default(), Works::Wholly);
        }
        let Some(targets) = self.targets(balancer, node, &group) else {
            outcome.unknown = true;
            return;
        };
        outcome.registered |= self.has_targets(&group);
        for target in targets {
            self.reach_target(balancer, node, &group, &target, listener, outcome);
        }
    }

    fn has_targets(&self, group: &TargetGroup) -> bool {
        let mut health = self.store.rest.load_balancer_target_health.iter();
        health.any(|one| {
            one.target_group_arn == group.target_group_arn
                && !one.target_health_descriptions.is_empty()
        })
    }

    /// The targets that this node uses: healthy ones of its own zone, of all zones that the load balancer is in with
    /// cross-zone balancing, and all of them where none is healthy (fail open). What leaves or is not in use gets nothing
    /// (rule LB-6).
    fn targets(
        &self,
        balancer: &LoadBalancer,
        node: &Interface,
        group: &TargetGroup,
    ) -> Option<Vec<Target>> {
        let health = self.store.rest.load_balancer_target_health.iter();
        let mut ours = health.filter(|one| one.target_group_arn == group.target_group_arn);
        let registered = &ours.next()?.target_health_descriptions;
        let cross = self.crosses_zones(balancer, group);
        let nodes = balancer.availability_zones.iter().filter_map(|zone| zone.subnet_id.as_ref());
        let nodes: Vec<_> = nodes.filter_map(|id| self.store.subnets.position(id)).collect();
        let in_reach = |at: Ix<Subnet>| {
            let near = node.subnet.is_some_and(|own| self.same_zone(own, at));
            near || cross && (nodes.is_empty() || nodes.iter().any(|n| self.same_zone(*n, at)))
        };
        let mut chosen = Vec::new();
        for one in registered.iter().filter(|one| !is_leaving(one)) {
            let target = self.target(group, one)?;
            let here = target.at.and_then(|at| self.store.interface(at).subnet);
            if here.is_none_or(|at| self.is_elsewhere(balancer, at) || in_reach(at)) {
                chosen.push(target);
            }
        }
        if chosen.iter().any(|target| target.healthy) {
            chosen.retain(|target| target.healthy);
        }
        Some(chosen)
    }

    /// Targets outside of the load balancer's VPC belong to no zone.
    fn is_elsewhere(&self, balancer: &LoadBalancer, subnet: Ix<Subnet>) -> bool {
        balancer.vpc_id.as_ref() != Some(&self.store.subnets.at(subnet).data.vpc_id)
    }

    fn target(&self, group: &TargetGroup, registered: &TargetHealthDescription) -> Option<Target> {
        let described = registered.target.as_ref()?;
        let port = described.port.or(group.port).and_then(|port| u16::try_from(port).ok())?;
        let state = registered.target_health.as_ref().and_then(|health| health.state.as_deref());
        let healthy = matches!(state, Some("healthy" | "initial" | "unavailable"));
        let (at, address) = self.target_interface(group, &described.id);
        Some(Target { at, address, port, healthy })
    }

    fn target_interface(
        &self,
        group: &TargetGroup,
        id: &str,
    ) -> (Option<InterfaceIx>, Option<std::net::IpAddr>) {
        if let Ok(address) = id.parse() {
            let vpc = group.vpc_id.as_ref().and_then(|id: &VpcId| self.store.vpcs.position(id));
            let at = vpc.and_then(|vpc| self.store.by_private(vpc, address));
            let elsewhere = || self.store.all_with_private(address).first().copied();
            return (at.or_else(elsewhere), Some(address));
        }
        let at = self.store.interfaces_of_instance(&InstanceId::from(id)).first().copied();
        (at, at.and_then(|at| self.store.interface(at).primary()))
    }

    fn crosses_zones(&self, balancer: &LoadBalancer, group: &TargetGroup) -> bool {
        const KEY: &str = "load_balancing.cross_zone.enabled";
        let of_group = self
            .group_attribute(group, KEY)
            .filter(|value| *value != "use_load_balancer_configuration");
        let attributes = self.store.rest.load_balancer_attributes.iter();
        let mut ours = attributes.filter(|one| one.load_balancer_arn == balancer.load_balancer_arn);
        let of_balancer = ours.next().and_then(|one| value(&one.attributes, KEY));
        let default = if is_application(balancer) { "true" } else { "false" };
        of_group.or(of_balancer).unwrap_or(default) == "true"
    }

    fn group_attribute(&self, group: &TargetGroup, key: &str) -> Option<&str> {
        let attributes = self.store.rest.target_group_attributes.iter();
        let mut ours = attributes.filter(|one| one.target_group_arn == group.target_group_arn);
        ours.next().and_then(|one| value(&one.attributes, key))
    }

    /// Whether the target sees the client's address (rule LB-4): as the attribute says, else AWS's default.
    fn preserves_client(&self, balancer: &LoadBalancer, group: &TargetGroup) -> bool {
        if is_application(balancer) {
            return false;
        }
        if matches!(group.protocol.as_deref(), Some("UDP" | "TCP_UDP" | "QUIC" | "TCP_QUIC")) {
            return true;
        }
        let instance = group.target_type.as_deref() == Some("instance");
        let said = self.group_attribute(group, "preserve_client_ip.enabled");
        said.map_or(instance, |said| said == "true")
    }

    fn reach_target(
        &mut self,
        balancer: &LoadBalancer,
        node: &Interface,
        group: &TargetGroup,
        target: &Target,
        listener: &Listener,
        outcome: &mut Outcome,
    ) {
        let from = self.store.interfaces.position(&node.id);
        let (Some(from), Some(at), Some(address)) = (from, target.at, target.address) else {
            return outcome.unknown();
        };
        let protocol = protocol_of(group.protocol.as_deref().or(listener.protocol.as_deref()));
        let asked = Traffic::of(protocol, PortSet::one(target.port));
        let preserved = self.preserves_client(balancer, group);
        let (leg, works) = self.target_leg(from, at, address, &asked, preserved);
        outcome.add(leg, works);
    }

    /// With or without the client's address; preserved, nobody reaches itself (rule LB-4).
    fn target_leg(
        &mut self,
        node: InterfaceIx,
        target: InterfaceIx,
        address: std::net::IpAddr,
        asked: &Traffic,
        preserved: bool,
    ) -> (Leg, Works) {
        let client = preserved.then_some(self.src);
        let (mut leg, works) = self.second_leg(node, target, address, asked.clone(), client);
        if !preserved || self.src.value != address {
            return (leg, works);
        }
        leg.steps.push(Step {
            check: Check::LoadBalancer,
            component: Component::new(Kind::NetworkInterface, &self.store.interface(target).id),
            outcome: super::Outcome::Block,
            code: Some(Code::AddressPreserved),
            rule: None,
            reason: said(Said::Hairpin),
        });
        (leg, Works::No)
    }

    /// From the node to one target and back.
    pub(super) fn second_leg(
        &mut self,
        node: InterfaceIx,
        target: InterfaceIx,
        address: std::net::IpAddr,
        asked: Traffic,
        client: Option<Field>,
    ) -> (Leg, Works) {
        let own = super::proxy::some_address(self.store.interface(node));
        let (Some(src), dst) = (client.or(own.map(Field::fixed)), Field::fixed(address)) else {
            return (Leg { unknown: true, ..Leg::default() }, Works::Wholly);
        };
        let point = |at, address: std::net::IpAddr| Point {
            site: Site::Interface(at),
            addresses: AddressSet::one(address),
        };
        let (from, to) = (point(node, src.value), point(target, address));
        let answers = match client {
            Some(_) => self.answers_of_client(&asked),
            None => traffic::answers(self.store, &Flow::default(), Site::Interface(node), &asked),
        };
        let mut session = Session {
            caller: src,
            called: dst,
            bindings: Vec::new(),
            exit: None,
            identity: Identity::Kept,
            by_transit: false,
            arrived: true,
            answers: answers.clone(),
        };
        let Self { store, explain, groups, .. } = *self;
        let start = Start { store, explain, groups, way: Way::Forward, asked, src, dst };
        let there = Walk::run(start, &from, &to, self.atoms, &mut session);
        let mut leg = there.leg.clone();
        if client.is_some() {
            let answered = self.answer_to_client(target, src, &answers, &mut leg);
            return (leg, if got_there(&there) { answered } else { Works::No });
        }
        let (src, dst) = (there.dst, there.src);
        let start = Start { store, explain, groups, way: Way::Return, asked: answers, src, dst };
        let back = Walk::run(start, &to, &from, self.atoms, &mut session);
        let works = match (got_there(&there) && got_there(&back), back.part_lost) {
            (false, _) => Works::No,
            (true, false) if back.asked.is_subset(&back.leg.passed) => Works::Wholly,
            (true, _) => Works::InPart,
        };
        leg.unknown |= back.leg.unknown;
        leg.steps.extend(back.leg.steps);
        (leg, works)
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
        let (outcome, works) = match (answers.is_subset(&result.passed), result.passed.is_empty()) {
            (true, _) => return Works::Wholly,
            (false, true) => (super::Outcome::Block, Works::No),
            (false, false) => (super::Outcome::BlockPart, Works::InPart),
        };
        if self.explain {
            let id = &self.store.network_acls.at(acl).data.network_acl_id;
            let missing = answers.difference(&result.passed);
            let (check, component) =
                (Check::NetworkAclEgress, Component::new(Kind::NetworkAcl, id));
            leg.steps.push(super::filter_step(check, component, result, outcome, answers, missing));
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

/// A target that gets no new connections.
fn is_leaving(target: &TargetHealthDescription) -> bool {
    let state = target.target_health.as_ref().and_then(|health| health.state.as_deref());
    matches!(state, Some("draining" | "unused" | "unhealthy.draining"))
}

fn got_there(walked: &Walked) -> bool {
    !walked.leg.passed.is_empty() && (walked.leg.arrived || walked.leg.unknown)
}

fn is_application(balancer: &LoadBalancer) -> bool {
    balancer.load_balancer_type.as_deref() == Some("application")
}

fn value<'a>(attributes: &'a [Attribute], key: &str) -> Option<&'a str> {
    attributes.iter().find(|one| one.key == key).and_then(|one| one.value.as_deref())
}

/// What a listener takes.
fn accepts(listener: &Listener) -> Traffic {
    let port = listener.port.and_then(|port| u16::try_from(port).ok());
    let ports = port.map_or_else(PortSet::empty, PortSet::one);
    match listener.protocol.as_deref() {
        Some("UDP" | "QUIC") => Traffic::of(Protocol::UDP, ports),
        Some("TCP_UDP" | "TCP_QUIC") => {
            Traffic::of(Protocol::TCP, ports.clone()).union(&Traffic::of(Protocol::UDP, ports))
        }
        _ => Traffic::of(Protocol::TCP, ports),
    }
}

fn protocol_of(protocol: Option<&str>) -> Protocol {
    match protocol {
        Some("UDP" | "QUIC") => Protocol::UDP,
        _ => Protocol::TCP,
    }
}

fn target_groups(action: &ListenerAction) -> Vec<Arn> {
    let weighted = action.forward_config.iter().flat_map(|config| &config.target_groups);
    let weighted = weighted.filter(|one| one.weight != Some(0));
    let mut arns: Vec<Arn> = weighted.filter_map(|one| one.target_group_arn.clone()).collect();
    if let Some(arn) = action.target_group_arn.clone().filter(|arn| !arns.contains(arn)) {
        arns.push(arn);
    }
    arns
}
