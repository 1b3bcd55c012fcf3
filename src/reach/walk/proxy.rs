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
use crate::store::{Interface, Keyed, Knowledge};

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
        self.check_proxy(interface, &component);
        if targets.is_empty() {
            let (check, code) = (Check::LoadBalancer, Code::NoPossibleDestination);
            return self.block(check, component, code, said(Said::NoTargets));
        }
        let mut legs = SecondLegs::default();
        for target in &targets {
            let databases = self.databases(target);
            let listed = self.knowledge(Envelope::DBInstances, interface.place);
            if databases.is_empty() || listed != Knowledge::Complete {
                legs.lacks(Envelope::DBInstances);
            }
            for database in databases {
                self.proxy_legs(interface, &database, &mut legs);
            }
        }
        let reached = self.conclude(&component, legs);
        if !reached {
            self.leg.passed = Traffic::empty();
        }
    }

    /// A name is one proxy's in its account and region only.
    fn proxy_targets(&self, interface: &Interface) -> Option<Vec<DbProxyTarget>> {
        let here = self.store.source().regions.get(usize::from(interface.place.0))?;
        let mut targets = here.resources.db_proxy_targets.iter();
        let ours = targets.find(|one| *one.db_proxy_name == *interface.owner.name)?;
        Some(ours.targets.clone())
    }

    fn check_proxy(&mut self, interface: &Interface, component: &Component) {
        let proxy = self.store.proxies.get(&*interface.owner.id);
        let status = proxy.and_then(|proxy| proxy.status.clone());
        if let Some(status) = status.filter(|status| NOT_READY.contains(&status.as_str())) {
            let reason = Reason::State(status.into());
            self.block(Check::LoadBalancer, component.clone(), Code::BadState, reason);
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
    fn proxy_legs(&mut self, proxy: &Interface, database: &DbInstance, legs: &mut SecondLegs) {
        let port = database.endpoint.as_ref().and_then(|endpoint| endpoint.port);
        let port = port.and_then(|port| u16::try_from(port).ok());
        let candidates = self.store.interfaces_of_database(&database.key());
        let node = self.store.interfaces.position(&proxy.id);
        let (Some(port), Some(node), false) = (port, node, candidates.is_empty()) else {
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
