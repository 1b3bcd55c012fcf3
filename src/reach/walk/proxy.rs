//! RDS Proxy: it takes the connection and opens one of its own to the database (rule R-6).

use std::net::IpAddr;

use super::super::answer::{Check, Component, Kind, Reason, Said};
use super::super::code::Code;
use super::super::endpoint_state;
use super::balancer::{Outcome, Works};
use super::{Walk, said};
use crate::model::catalogue::Envelope;
use crate::model::rds::{DbInstance, DbProxyTarget};
use crate::model::traffic::{PortSet, Protocol, Traffic};
use crate::store::{Interface, Keyed};

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
        let targets = self.store.rest.db_proxy_targets.iter();
        let mut ours = targets.filter(|one| *one.db_proxy_name == *interface.owner.name);
        let Some(targets) = ours.next().map(|one| one.targets.clone()) else {
            let reason = Reason::Lacks(Envelope::DBProxyTargets);
            return self.unknown(Check::LoadBalancer, component, Code::UnknownResource, reason);
        };
        self.check_proxy(interface, &component);
        if targets.is_empty() {
            let (check, code) = (Check::LoadBalancer, Code::NoPossibleDestination);
            return self.block(check, component, code, said(Said::NoTargets));
        }
        let mut outcome = Outcome::default();
        for target in &targets {
            let databases = self.databases(target);
            if databases.is_empty() {
                outcome.unknown();
            }
            for database in databases {
                self.proxy_leg(interface, &database, &mut outcome);
            }
        }
        let reached = self.conclude(&component, outcome);
        if !reached {
            self.leg.passed = Traffic::empty();
        }
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

    fn proxy_leg(&mut self, proxy: &Interface, database: &DbInstance, outcome: &mut Outcome) {
        let port = database.endpoint.as_ref().and_then(|endpoint| endpoint.port);
        let port = port.and_then(|port| u16::try_from(port).ok());
        let at = self.store.interfaces_of_database(&database.key()).first().copied();
        let node = self.store.interfaces.position(&proxy.id);
        let (Some(port), Some(at), Some(node)) = (port, at, node) else {
            return outcome.unknown();
        };
        let Some(address) = some_address(self.store.interface(at)) else {
            return outcome.unknown();
        };
        let asked = Traffic::of(Protocol::TCP, PortSet::one(port));
        let (mut leg, mut works) = self.second_leg(node, at, address, asked, None);
        if let Some(status) = endpoint_state::down(database) {
            let component = Component::new(Kind::Database, &database.db_instance_identifier);
            leg.steps.push(endpoint_state::bad_state(component, status));
            works = Works::No;
        }
        outcome.add(leg, works);
    }
}

/// An address that the interface has, or may have where AWS does not list it.
pub(super) fn some_address(interface: &Interface) -> Option<IpAddr> {
    let possible = || interface.prefixes.first().and_then(|prefix| prefix.hosts().nth(8));
    interface.primary().or_else(possible)
}
