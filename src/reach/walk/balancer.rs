//! Load balancers: what arrives at one of their interfaces goes on to a target (rules LB-1 to LB-7).

mod mentions;
mod targets;

use std::net::IpAddr;

use self::targets::{Preserved, Target, is_application};
use super::super::answer::{Check, Component, Kind, Leg, Point, Reason, Said, Site};
use super::super::code::Code;
use super::super::question::{End, Flow};
use super::legs::{Onward, SecondLegs, Works, one_port, traffic_of};
use super::{Walk, said};
use crate::model::address::AddressSet;
use crate::model::catalogue::Envelope;
use crate::model::ids::Arn;
use crate::model::load_balancer::{Listener, ListenerAction, LoadBalancer, TargetGroup};
use crate::model::traffic::{PortSet, Protocol, Traffic};
use crate::store::{Interface, InterfaceIx, OwnerKind};

/// Who forwards, and for which listener.
#[derive(Clone, Copy)]
struct Forwarder<'a> {
    balancer: &'a LoadBalancer,
    node: &'a Interface,
    listener: &'a Listener,
    /// Of those that the listener takes.
    protocol: Protocol,
    component: &'a Component,
}

/// What came of the targets of a listener.
#[derive(Default)]
struct Reached {
    legs: SecondLegs,
    /// Whether any target is registered, also where this node may not use it.
    any_registered: bool,
}

impl Walk<'_> {
    /// The packet is at a load balancer's interface.
    pub(super) fn load_balancer(&mut self, interface: &Interface) {
        let component = Component::new(Kind::LoadBalancer, &interface.owner.id);
        if self.is_too_far(&component) {
            return;
        }
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
            self.block(Check::LoadBalancer, component.clone(), code, reason);
            if listeners.iter().any(|listener| shares_protocol(listener, &asked)) {
                let code = Some(Code::ListenerPortRestriction);
                self.mention(component.clone(), code, Said::OtherListener);
            }
            return;
        }
        let (before, mut passed) = (self.leg.passed.clone(), Traffic::empty());
        for listener in taken {
            let taken = accepts(listener).intersection(&asked);
            for protocol in taken.protocols() {
                let by = Forwarder { balancer, node, listener, protocol, component };
                if self.forward(by) {
                    passed = passed.union(&Traffic::of(protocol, taken.ports(protocol)));
                }
            }
        }
        self.leg.passed = before.intersection(&passed);
    }

    /// Sends one protocol of a listener on; tells whether any of it gets to a target and is answered.
    fn forward(&mut self, by: Forwarder<'_>) -> bool {
        let Forwarder { component, .. } = by;
        let actions = self.actions(by.listener);
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
        let mut reached = Reached::default();
        let rules = Envelope::ListenerRules;
        if is_application(by.balancer) && self.is_lost(rules, by.node.place) {
            reached.legs.lacks(rules);
        }
        for group in &groups {
            self.target_group(by, group, &mut reached);
        }
        if reached.legs.is_empty() {
            return self.no_targets(component, reached.any_registered);
        }
        let arrives = self.conclude(component, reached.legs);
        if !arrives {
            let code = Some(Code::ListenerRequiresAccept);
            self.mention(component.clone(), code, Said::TargetsRefuse);
        }
        arrives
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

    fn target_group(&mut self, by: Forwarder<'_>, arn: &Arn, reached: &mut Reached) {
        let Some(group) = self.store.target_groups.get(arn) else {
            return reached.legs.lacks(Envelope::TargetGroups);
        };
        if group.target_type.as_deref() == Some("lambda") {
            return reached.legs.add(Leg::default(), Works::Wholly);
        }
        let crosses = self.crosses_zones(by.balancer, group);
        let Some(targets) = self.targets(by.balancer, by.node, group, crosses) else {
            return reached.legs.lacks(Envelope::LoadBalancerTargetHealth);
        };
        if self.zones_are_lost(by, group, (crosses, targets.len())) {
            reached.legs.lacks(Envelope::LoadBalancerAttributes);
        }
        reached.any_registered |= self.has_targets(group);
        for target in targets {
            self.reach_target(by, group, &target, &mut reached.legs);
        }
    }

    /// Whether it makes a difference that AWS's answer about targets of other zones is not here.
    fn zones_are_lost(
        &self,
        by: Forwarder<'_>,
        group: &TargetGroup,
        (crosses, count): (bool, usize),
    ) -> bool {
        let told = [Envelope::LoadBalancerAttributes, Envelope::TargetGroupAttributes];
        let is_lost = told.iter().any(|one| self.is_lost(*one, by.node.place));
        let other = || self.targets(by.balancer, by.node, group, !crosses);
        is_lost && !is_application(by.balancer) && other().is_some_and(|all| all.len() != count)
    }

    fn reach_target(
        &mut self,
        by: Forwarder<'_>,
        group: &TargetGroup,
        target: &Target,
        legs: &mut SecondLegs,
    ) {
        let from = self.store.interfaces.position(&by.node.id);
        let (Some(from), Some(at), Some(address)) = (from, target.at, target.address) else {
            return legs.lacks(Envelope::NetworkInterfaces);
        };
        let protocol = protocol_of(group.protocol.as_deref(), by.protocol);
        let flow = one_port(protocol, target.port);
        let preserved = self.preserves_client(by.balancer, group, (from, at));
        self.mention_assumption(by.component, preserved);
        let told = self.second_leg((from, at), address, flow.clone(), preserved.is_on);
        let is_lost = self.is_lost(Envelope::TargetGroupAttributes, by.node.place);
        if preserved.is_assumed && is_lost {
            let other = self.second_leg((from, at), address, flow, !preserved.is_on);
            if !are_alike(&told, &other) {
                legs.lacks(Envelope::TargetGroupAttributes);
            }
        }
        if told.is_empty() {
            legs.lacks(Envelope::NetworkInterfaces);
        }
        for (leg, works) in told {
            legs.add(leg, works);
        }
        let is_same = !preserved.is_on && protocol == Protocol::TCP;
        if self.explain && !(is_same && target.health_port == target.port) {
            self.check_health((from, at), address, target.health_port);
        }
    }

    /// From a node to a target, as the client or as itself; nothing where they have no address family in common.
    fn second_leg(
        &mut self,
        (node, at): (InterfaceIx, InterfaceIx),
        address: IpAddr,
        flow: Flow,
        is_preserved: bool,
    ) -> Vec<(Leg, Works)> {
        if is_preserved {
            return vec![self.preserved_leg(node, at, address, traffic_of(&flow))];
        }
        let target = &Point { site: Site::Interface(at), addresses: AddressSet::one(address) };
        let end = End::Interface(self.store.interface(at).id.clone());
        self.own_legs(Onward { node, end, target, flow })
    }
}

/// Whether two ways to a target come to the same.
fn are_alike(one: &[(Leg, Works)], other: &[(Leg, Works)]) -> bool {
    let outcomes = |legs: &[(Leg, Works)]| -> Vec<_> {
        legs.iter().map(|(leg, works)| (*works, leg.unknown)).collect()
    };
    outcomes(one) == outcomes(other)
}

/// Whether a listener misses the traffic by its port alone.
fn shares_protocol(listener: &Listener, asked: &Traffic) -> bool {
    accepts(listener).protocols().into_iter().any(|protocol| !asked.ports(protocol).is_empty())
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

/// What a target gets: as its group says, else as it came.
fn protocol_of(group: Option<&str>, came: Protocol) -> Protocol {
    match group {
        None | Some("TCP_UDP" | "TCP_QUIC") => came,
        Some("UDP" | "QUIC") => Protocol::UDP,
        Some(_) => Protocol::TCP,
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
