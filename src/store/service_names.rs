//! Names of what uses an interface where the interface itself tells only a number: ECS tasks, caches, warehouses, file
//! systems (rule book, section 1.16).

use std::net::IpAddr;
use std::sync::Arc;

use super::{Map, Owner, OwnerKind};
use crate::model::dump::Dump;
use crate::model::ids::VpcId;
use crate::model::interface::NetworkInterface;

/// Id and name of a user.
#[derive(Clone, Debug)]
struct User {
    id: Arc<str>,
    name: Arc<str>,
}

/// The users by what interfaces tell of them.
#[derive(Clone, Debug, Default)]
pub(super) struct ServiceNames {
    /// By the attachment that a task's interface is described by.
    tasks: Map<Arc<str>, User>,
    /// By their id.
    caches: Map<Arc<str>, User>,
    /// By the address of each node in its VPC: nothing else tells them apart.
    warehouses: Map<(VpcId, IpAddr), User>,
    /// By their id.
    file_systems: Map<Arc<str>, User>,
}

impl ServiceNames {
    /// Everything that has a name.
    pub(super) fn of(dump: &Dump) -> Self {
        let mut names = Self::default();
        for resources in dump.regions.iter().map(|region| &region.resources) {
            for task in &resources.ecs_tasks {
                let user = User::new(task.task_arn.as_str(), task.name());
                let attachments = task.attachments.iter().map(|one| Arc::from(&*one.id));
                names.tasks.extend(attachments.map(|id| (id, user.clone())));
            }
            for cache in &resources.cache_clusters {
                let id = &*cache.cache_cluster_id;
                let user = User::new(id, cache.replication_group_id.as_deref().unwrap_or(id));
                names.caches.insert(id.into(), user);
            }
            for cluster in &resources.redshift_clusters {
                let user = User::new(&cluster.cluster_identifier, &cluster.cluster_identifier);
                let vpc = cluster.vpc_id.clone().unwrap_or_default();
                let nodes = cluster.cluster_nodes.iter().filter_map(|one| one.private_ip_address);
                let nodes = nodes.map(|address| ((vpc.clone(), address), user.clone()));
                names.warehouses.extend(nodes);
            }
            for system in &resources.file_systems {
                let id = &*system.file_system_id;
                let user = User::new(id, system.name.as_deref().unwrap_or(id));
                names.file_systems.insert(id.into(), user);
            }
        }
        names
    }

    /// The same owner under its name, where one is known.
    pub(super) fn complete(&self, owner: Owner, eni: &NetworkInterface) -> Owner {
        let user = match owner.kind {
            OwnerKind::EcsTask => self.tasks.get(&owner.id),
            OwnerKind::ElastiCache => self.caches.get(&owner.id),
            OwnerKind::Redshift => {
                let at = eni.vpc_id.clone().zip(eni.private_ip_address.map(IpAddr::V4));
                at.and_then(|at| self.warehouses.get(&at))
            }
            OwnerKind::Efs => self.file_systems.get(&owner.id),
            _ => None,
        };
        match user {
            Some(User { id, name }) => Owner { id: id.clone(), name: name.clone(), ..owner },
            None => owner,
        }
    }
}

impl User {
    fn new(id: &str, name: &str) -> Self {
        Self { id: id.into(), name: name.into() }
    }
}
