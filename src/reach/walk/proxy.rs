//! RDS Proxy: it takes the connection and opens one of its own to the database (rule R-6).

use super::super::answer::{Check, Component, Kind, Reason, Said, Site};
use super::super::code::Code;
use super::super::points;
use super::super::question::End;
use super::legs::{Onward, SecondLegs, one_port};
use super::{Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::rds::{DbInstance, DbProxyTarget};
use crate::model::traffic::{Protocol, Traffic};
use crate::store::{Interface, InterfaceIx, Keyed, Knowledge};

/// States in which a proxy takes no connections.
const NOT_READY: [&str; 6] = [
    "creating",
    "deleting",
    "incompatible-network",
    "insufficient-resource-limits",
    "suspended",
    "suspending",
];

impl Walk<'_> {
    /// The packet is at an interface of a proxy: both legs have to work.
    pub(super) fn database_proxy(&mut self, interface: &Interface) {
        let component = Component::new(Kind::Database, &interface.owner.name);
        if self.is_too_far(&component) {
            return;
        }
        let Some(targets) = self.proxy_targets(interface) else {
            let reason = Reason::Lacks(Envelope::DBProxyTargets);
            return self.unknown(Check::LoadBalancer, component, Code::UnknownResource, reason);
        };
        if self.is_of_no_known_endpoint(interface) {
            let reason = Reason::Lacks(Envelope::DBProxyEndpoints);
            return self.unknown(Check::LoadBalancer, component, Code::UnknownResource, reason);
        }
        self.check_proxy(interface, &component);
        if targets.is_empty() {
            let (check, code) = (Check::LoadBalancer, Code::NoPossibleDestination);
            return self.block(check, component, code, said(Said::NoTargets));
        }
        let legs = self.legs_to_targets(interface, &targets);
        if legs.is_empty() {
            let (check, code) = (Check::LoadBalancer, Code::NoPossibleDestination);
            return self.block(check, component, code, said(Said::NoReaders));
        }
        let reached = self.conclude(&component, legs);
        if !reached {
            self.leg.passed = Traffic::empty();
        }
    }

    /// Whether it may be an interface of an endpoint that is not in the data: which databases that leads to is not told.
    fn is_of_no_known_endpoint(&self, interface: &Interface) -> bool {
        let is_known = self.store.proxy_of(&interface.owner.id).is_some()
            || self.store.proxy_endpoints.get(&*interface.owner.id).is_some();
        let listed = self.knowledge(Envelope::DBProxyEndpoints, interface.place);
        !is_known && listed != Knowledge::Complete
    }

    fn legs_to_targets(&self, interface: &Interface, targets: &[DbProxyTarget]) -> SecondLegs {
        let mut legs = SecondLegs::default();
        let nodes = self.proxy_nodes(interface);
        if nodes.is_empty() {
            legs.lacks(Envelope::DBProxies);
        }
        let readers_only = self.takes_readers_only(interface);
        for target in targets {
            let databases = self.databases(target);
            let listed = self.knowledge(Envelope::DBInstances, interface.place);
            if databases.is_empty() || listed != Knowledge::Complete {
                legs.lacks(Envelope::DBInstances);
            }
            for database in databases {
                match self.is_writer(&database).filter(|_| readers_only) {
                    Some(true) => continue,
                    None if readers_only => legs.lacks(Envelope::DBClusters),
                    _ => {}
                }
                for node in &nodes {
                    self.proxy_legs(*node, &database, &mut legs);
                }
            }
        }
        legs
    }

    /// Whoever opens the second leg: the proxy by its own interfaces, whichever endpoint was called (rule R-6). One that is
    /// in another VPC than the database has no way to it.
    fn proxy_nodes(&self, interface: &Interface) -> Vec<InterfaceIx> {
        let itself = || self.store.interfaces.position(&interface.id).into_iter().collect();
        if self.store.proxy_endpoints.get(&*interface.owner.id).is_none() {
            return itself();
        }
        let proxy = self.store.proxy_of(&interface.owner.id);
        proxy
            .map(|proxy| self.store.interfaces_of(proxy.key().as_str()).to_vec())
            .unwrap_or_default()
    }

    fn takes_readers_only(&self, interface: &Interface) -> bool {
        let endpoint = self.store.proxy_endpoints.get(&*interface.owner.id);
        endpoint.is_some_and(|one| one.target_role.as_deref() == Some("READ_ONLY"))
    }

    /// Whether a database is the writer of its cluster, if that is told: every cluster has one.
    fn is_writer(&self, database: &DbInstance) -> Option<bool> {
        let mut clusters = self.store.clusters.iter();
        let cluster = clusters.find(|one| self.store.members_of(one).contains(&database))?;
        let mut members = cluster.db_cluster_members.iter();
        members.clone().find(|one| one.is_cluster_writer)?;
        let own = members.find(|one| one.db_instance_identifier == database.db_instance_identifier);
        own.map(|one| one.is_cluster_writer)
    }

    /// A name is one proxy's in its account and region only.
    fn proxy_targets(&self, interface: &Interface) -> Option<Vec<DbProxyTarget>> {
        let here = self.store.source().regions.get(usize::from(interface.place.0))?;
        let endpoint = self.store.proxy_endpoints.get(&*interface.owner.id);
        let name = endpoint.map_or(&*interface.owner.name, |one| &one.db_proxy_name);
        let mut targets = here.resources.db_proxy_targets.iter();
        let ours = targets.find(|one| one.db_proxy_name == name)?;
        Some(ours.targets.clone())
    }

    /// A proxy and the endpoint of it that was called have to take connections.
    fn check_proxy(&mut self, interface: &Interface, component: &Component) {
        let id = &*interface.owner.id;
        let endpoint = self.store.proxy_endpoints.get(id);
        let proxy = self.store.proxy_of(id).and_then(|proxy| proxy.status.clone());
        let called = endpoint.and_then(|endpoint| endpoint.status.clone());
        let mut states = [called, proxy].into_iter().flatten();
        if let Some(state) = states.find(|state| NOT_READY.contains(&state.as_str())) {
            let reason = Reason::State(state.into());
            self.block(Check::LoadBalancer, component.clone(), Code::BadState, reason);
        }
        if endpoint.is_some_and(|endpoint| endpoint.target_role.is_none()) {
            let (check, code) = (Check::LoadBalancer, Code::UnknownResource);
            self.unknown(check, component.clone(), code, Reason::NotTold("target role"));
        }
    }

    /// An instance by its identifier; a cluster stands for its members.
    fn databases(&self, target: &DbProxyTarget) -> Vec<DbInstance> {
        let cluster = target.tracked_cluster_id.as_deref().or(target.rds_resource_id.as_deref());
        let is_cluster = target.target_type.as_deref() == Some("TRACKED_CLUSTER");
        let wanted = |database: &&DbInstance| {
            if is_cluster {
                database.db_cluster_identifier.as_deref() == cluster
            } else {
                Some(database.db_instance_identifier.as_str()) == target.rds_resource_id.as_deref()
            }
        };
        self.store.databases.iter().filter(wanted).cloned().collect()
    }

    /// From every address that the proxy may have to every interface that may be the database's (rule R-8).
    fn proxy_legs(&self, node: InterfaceIx, database: &DbInstance, legs: &mut SecondLegs) {
        let port = database.endpoint.as_ref().and_then(|endpoint| endpoint.port);
        let port = port.and_then(|port| u16::try_from(port).ok());
        let candidates = self.store.interfaces_of_database(&database.key());
        let (Some(port), false) = (port, candidates.is_empty()) else {
            return legs.lacks(Envelope::DBInstances);
        };
        for at in candidates {
            let target = &points::point(self.store, *at, Site::Interface(*at));
            let (end, flow) = (End::Database(database.key()), one_port(Protocol::TCP, port));
            for (leg, works) in self.own_legs(Onward { node, end, target, flow }) {
                legs.add(leg, works);
            }
        }
    }
}
