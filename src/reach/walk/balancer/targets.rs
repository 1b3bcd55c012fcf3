//! Which targets a node of a load balancer chooses, and as whom it comes to them (rules LB-4, LB-6).

use std::net::IpAddr;

use crate::model::ids::{Arn, InstanceId, VpcId};
use crate::model::load_balancer::{
    Attribute, LoadBalancer, LoadBalancerTargetHealth, TargetGroup, TargetHealthDescription,
};
use crate::model::vpc::Subnet;
use crate::reach::walk::Walk;
use crate::store::{Interface, InterfaceIx, Ix, Target as RouteTarget};

/// One target that a node may choose.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// Its interface; none where it is outside of the known network.
    pub at: Option<InterfaceIx>,
    pub address: Option<IpAddr>,
    pub port: u16,
    /// Where its health is checked.
    pub health_port: u16,
    is_healthy: bool,
}

/// Whether the target sees the client's address (rule LB-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Preserved {
    pub is_on: bool,
    /// AWS's default, since the attribute is not known.
    pub is_assumed: bool,
}

impl Walk<'_> {
    /// The targets that this node uses: healthy ones of its own zone, of all zones that the load balancer is in with
    /// cross-zone balancing, and all of them where none is healthy (fail open). What leaves or is not in use gets nothing
    /// (rule LB-6). None where the targets are not known.
    pub(super) fn targets(
        &self,
        balancer: &LoadBalancer,
        node: &Interface,
        group: &TargetGroup,
        cross: bool,
    ) -> Option<Vec<Target>> {
        let registered = &self.health_of(group)?.target_health_descriptions;
        let nodes = balancer.availability_zones.iter().filter_map(|zone| zone.subnet_id.as_ref());
        let nodes: Vec<_> = nodes.filter_map(|id| self.store.subnets.position(id)).collect();
        let in_reach = |at: Ix<Subnet>| {
            let near = node.subnet.is_some_and(|own| self.same_zone(own, at));
            near || cross && (nodes.is_empty() || nodes.iter().any(|n| self.same_zone(*n, at)))
        };
        let mut chosen = Vec::new();
        for one in registered.iter().filter(|one| !is_leaving(one)) {
            chosen.extend(self.target(group, one)?.into_iter().filter(|target| {
                let here = target.at.and_then(|at| self.store.interface(at).subnet);
                here.is_none_or(|at| self.is_elsewhere(balancer, at) || in_reach(at))
            }));
        }
        if chosen.iter().any(|target| target.is_healthy) {
            chosen.retain(|target| target.is_healthy);
        }
        Some(chosen)
    }

    fn health_of(&self, group: &TargetGroup) -> Option<&LoadBalancerTargetHealth> {
        let mut health = self.store.rest.load_balancer_target_health.iter();
        health.find(|one| one.target_group_arn == group.target_group_arn)
    }

    /// Whether any target is registered, also where this node may not use it.
    pub(super) fn has_targets(&self, group: &TargetGroup) -> bool {
        self.health_of(group).is_some_and(|one| !one.target_health_descriptions.is_empty())
    }

    /// Targets outside of the load balancer's VPC belong to no zone.
    fn is_elsewhere(&self, balancer: &LoadBalancer, subnet: Ix<Subnet>) -> bool {
        balancer.vpc_id.as_ref() != Some(&self.store.subnets.at(subnet).data.vpc_id)
    }

    /// One for each interface that a registered target stands for.
    fn target(
        &self,
        group: &TargetGroup,
        registered: &TargetHealthDescription,
    ) -> Option<Vec<Target>> {
        let described = registered.target.as_ref()?;
        let port = described.port.or(group.port).and_then(|port| u16::try_from(port).ok())?;
        let checked = registered.health_check_port.as_ref().or(group.health_check_port.as_ref());
        let health_port = checked.and_then(|port| port.parse().ok()).unwrap_or(port);
        let state = registered.target_health.as_ref().and_then(|health| health.state.as_deref());
        let is_healthy = matches!(state, Some("healthy" | "initial" | "unavailable"));
        let places = self.target_interfaces(group, &described.id).into_iter();
        let target = |(at, address)| Target { at, address, port, health_port, is_healthy };
        Some(places.map(target).collect())
    }

    /// An address, an instance, or another load balancer with all its nodes.
    fn target_interfaces(
        &self,
        group: &TargetGroup,
        id: &str,
    ) -> Vec<(Option<InterfaceIx>, Option<IpAddr>)> {
        if let Ok(address) = id.parse() {
            let vpc = group.vpc_id.as_ref().and_then(|id: &VpcId| self.store.vpcs.position(id));
            let at = vpc.and_then(|vpc| self.store.by_private(vpc, address));
            let elsewhere = || self.store.all_with_private(address).first().copied();
            return vec![(at.or_else(elsewhere), Some(address))];
        }
        let balancer = self.store.load_balancers.get(&Arn::from(id));
        let nodes = balancer.map(|one| self.store.nodes_of(one));
        let of_instance = || {
            let all = self.store.interfaces_of_instance(&InstanceId::from(id));
            all.first().map(|primary| vec![*primary])
        };
        let found = nodes.or_else(of_instance).unwrap_or_default();
        let primary = |at: &InterfaceIx| (Some(*at), self.store.interface(*at).primary());
        let found: Vec<_> = found.iter().map(primary).collect();
        if found.is_empty() { vec![(None, None)] } else { found }
    }

    /// As the target group says, else the load balancer, else AWS's default.
    pub(super) fn crosses_zones(&self, balancer: &LoadBalancer, group: &TargetGroup) -> bool {
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

    /// As the attribute says, else AWS's default; never to where a transit gateway leads, or another region (rule LB-4).
    pub(super) fn preserves_client(
        &self,
        balancer: &LoadBalancer,
        group: &TargetGroup,
        (node, target): (InterfaceIx, InterfaceIx),
    ) -> Preserved {
        if is_application(balancer) || !self.is_direct(node, target) {
            return Preserved { is_on: false, is_assumed: false };
        }
        if matches!(group.protocol.as_deref(), Some("UDP" | "TCP_UDP" | "QUIC" | "TCP_QUIC")) {
            return Preserved { is_on: true, is_assumed: false };
        }
        let by_default = matches!(group.target_type.as_deref(), Some("instance" | "alb"));
        let told = self.group_attribute(group, "preserve_client_ip.enabled");
        Preserved {
            is_on: told.map_or(by_default, |told| told == "true"),
            is_assumed: told.is_none(),
        }
    }

    /// Whether a target is in the node's VPC or behind a peering of one region.
    fn is_direct(&self, node: InterfaceIx, target: InterfaceIx) -> bool {
        let (node, target) = (self.store.interface(node), self.store.interface(target));
        if node.vpc == target.vpc {
            return true;
        }
        let table = node.subnet.and_then(|subnet| self.store.route_table_of(subnet));
        let routes = table.and_then(|table| self.store.routes(table));
        let route = routes.zip(target.primary()).and_then(|(routes, to)| routes.lookup(to));
        match route.map(|route| &route.target) {
            Some(RouteTarget::Peering(id)) => self
                .store
                .peerings
                .get(id.as_str())
                .is_some_and(super::super::peering::is_same_region),
            _ => false,
        }
    }
}

/// A target that gets no new connections.
fn is_leaving(target: &TargetHealthDescription) -> bool {
    let state = target.target_health.as_ref().and_then(|health| health.state.as_deref());
    matches!(state, Some("draining" | "unused" | "unhealthy.draining"))
}

pub(super) fn is_application(balancer: &LoadBalancer) -> bool {
    balancer.load_balancer_type.as_deref() == Some("application")
}

fn value<'a>(attributes: &'a [Attribute], key: &str) -> Option<&'a str> {
    attributes.iter().find(|one| one.key == key).and_then(|one| one.value.as_deref())
}
