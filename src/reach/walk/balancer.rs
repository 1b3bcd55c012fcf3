//! Load balancers: what arrives at one of their interfaces goes on to a target (rules LB-1 to LB-7).
//!
//! The second leg is a walk of its own, there and back, since the load balancer opens a connection of its own; only a
//! network load balancer that preserves the client's address lets the target see the client (rule LB-4).

use super::super::answer::{Check, Component, Kind, Leg, Point, Reason, Said, Site};
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
use crate::store::{Direction, Interface, InterfaceIx, OwnerKind};

/// One target that a node may choose.
struct Target {
    /// Its interface; none where it is outside of the known network or needs none.
    at: Option<InterfaceIx>,
    address: Option<std::net::IpAddr>,
    port: u16,
    healthy: bool,
}

/// What came of the second leg over all targets of a listener.
#[derive(Default)]
pub(super) struct Outcome {
    works: usize,
    fails: usize,
    unknown: bool,
    /// The steps to show: of the first target that fails, else of the first.
    shown: Option<(bool, Leg)>,
}

impl Outcome {
    /// Notes the walk to one target; of all, the first that fails is shown.
    pub(super) fn add(&mut self, leg: Leg, works: bool) {
        self.unknown |= works && leg.unknown;
        self.works += usize::from(works);
        self.fails += usize::from(!works);
        let better = self.shown.as_ref().is_none_or(|(shown, _)| *shown && !works);
        if better {
            self.shown = Some((works, leg));
        }
    }

    /// Notes a target about which too little is known.
    pub(super) fn unknown(&mut self) {
        self.unknown = true;
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
        let asked = self.leg.passed.clone();
        let taken: Vec<_> =
            listeners.iter().filter(|l| !accepts(l).intersection(&asked).is_empty()).collect();
        if taken.is_empty() && !asked.is_empty() {
            let (code, reason) = (Code::ListenersMismatch, said(Said::NoListener));
            return self.block(Check::LoadBalancer, component.clone(), code, reason);
        }
        let mut passed = Traffic::empty();
        for listener in taken {
            let lets = accepts(listener).intersection(&asked);
            if self.forward(balancer, node, listener, component) {
                passed = passed.union(&lets);
            }
        }
        self.leg.passed = self.leg.passed.intersection(&passed);
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
        self.conclude(component, outcome)
    }

    pub(super) fn conclude(&mut self, component: &Component, outcome: Outcome) -> bool {
        let reached = outcome.works > 0 || outcome.unknown;
        if outcome.works + outcome.fails == 0 && !outcome.unknown {
            let reason = said(Said::NoTargets);
            self.block(Check::LoadBalancer, component.clone(), Code::NoTargetsInZone, reason);
            return false;
        }
        self.pass(Check::LoadBalancer, component.clone(), Reason::Routed);
        if let Some((_, leg)) = outcome.shown {
            self.leg.steps.extend(leg.steps);
        }
        if outcome.unknown {
            self.leg.unknown = true;
            self.leg.doubtful = Traffic::full();
        }
        self.part_lost |= outcome.works > 0 && outcome.fails > 0;
        if !reached {
            self.leg.passed = Traffic::empty();
        }
        reached
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
            outcome.works += 1;
            return;
        }
        let Some(targets) = self.targets(balancer, node, &group) else {
            outcome.unknown = true;
            return;
        };
        for target in targets {
            self.reach_target(balancer, node, &group, &target, listener, outcome);
        }
    }

    /// The targets that this node uses: healthy ones of its own zone, of all zones with cross-zone balancing, and all
    /// of them where none is healthy (fail open).
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
        let zone =
            node.subnet.and_then(|at| self.store.subnets.at(at).data.availability_zone.clone());
        let mut chosen = Vec::new();
        for one in registered {
            let target = self.target(group, one)?;
            let here = target.at.and_then(|at| self.store.interface(at).subnet);
            let here = here.and_then(|at| self.store.subnets.at(at).data.availability_zone.clone());
            if cross || here.is_none() || here == zone {
                chosen.push(target);
            }
        }
        if chosen.iter().any(|target| target.healthy) {
            chosen.retain(|target| target.healthy);
        }
        Some(chosen)
    }

    fn target(&self, group: &TargetGroup, registered: &TargetHealthDescription) -> Option<Target> {
        let described = registered.target.as_ref()?;
        let port = described.port.or(group.port).and_then(|port| u16::try_from(port).ok())?;
        let state = registered.target_health.as_ref().and_then(|health| health.state.as_deref());
        let healthy = matches!(state, Some("healthy" | "initial"));
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
        let said = self.group_attribute(group, "preserve_client_ip.enabled");
        let udp = matches!(group.protocol.as_deref(), Some("UDP" | "TCP_UDP"));
        let instance = group.target_type.as_deref() == Some("instance");
        said.map_or(instance || udp, |said| said == "true")
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
        let (Some(at), Some(address)) = (target.at, target.address) else {
            outcome.unknown = true;
            return;
        };
        let Some(from) = self.store.interfaces.position(&node.id) else { return };
        let protocol = protocol_of(group.protocol.as_deref().or(listener.protocol.as_deref()));
        let preserved = self.preserves_client(balancer, group);
        let hairpin = preserved && self.src.value == address;
        let client = if preserved { Some(self.src) } else { None };
        let (leg, works) = self.second_leg(
            from,
            at,
            address,
            Traffic::of(protocol, PortSet::one(target.port)),
            client,
        );
        outcome.add(leg, works && !hairpin);
    }

    /// From the node to one target and back.
    pub(super) fn second_leg(
        &mut self,
        node: InterfaceIx,
        target: InterfaceIx,
        address: std::net::IpAddr,
        asked: Traffic,
        client: Option<Field>,
    ) -> (Leg, bool) {
        let own = super::proxy::some_address(self.store.interface(node));
        let (Some(src), dst) = (client.or(own.map(Field::fixed)), Field::fixed(address)) else {
            return (Leg { unknown: true, ..Leg::default() }, true);
        };
        let point = |at, address: std::net::IpAddr| Point {
            site: Site::Interface(at),
            addresses: AddressSet::one(address),
        };
        let (from, to) = (point(node, src.value), point(target, address));
        let answers = traffic::answers(self.store, &Flow::default(), Site::Interface(node), &asked);
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
            let lets = self.answer_to_client(target, src, &answers, &mut leg);
            return (leg, lets && got_there(&there));
        }
        let (src, dst) = (there.dst, there.src);
        let start = Start { store, explain, groups, way: Way::Return, asked: answers, src, dst };
        let back = Walk::run(start, &to, &from, self.atoms, &mut session);
        let works = got_there(&there) && got_there(&back);
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
    ) -> bool {
        let subnet = self.store.interface(target).subnet;
        let acl = subnet.and_then(|subnet| self.store.acl_of(subnet));
        let Some(acl) = acl else { return true };
        let result = self.filter().acl(acl, Direction::Egress, client, answers, self.atoms);
        let lets = !result.passed.is_empty();
        if !lets && self.explain {
            let id = &self.store.network_acls.at(acl).data.network_acl_id;
            let missing = answers.difference(&result.passed);
            let (check, outcome) = (Check::NetworkAclEgress, super::Outcome::Block);
            let component = Component::new(Kind::NetworkAcl, id);
            leg.steps.push(super::filter_step(check, component, result, outcome, answers, missing));
        }
        lets
    }
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
