//! The DNS names of a cluster: each stands for some of its members (rule R-5).

use crate::model::rds::{DbCluster, DbClusterEndpoint, DbInstance};
use crate::reach::question::End;
use crate::store::{Keyed, Store};

/// Which members a name stands for.
enum Role<'a> {
    Writer,
    Readers,
    Custom(&'a DbClusterEndpoint),
}

/// What a DNS name of a cluster stands for now: its one member, or the cluster where there are several.
pub(super) fn behind(store: &Store, name: &str) -> Option<End> {
    let name = name.trim_end_matches('.');
    let mut clusters = store.clusters.iter();
    let found = clusters.find_map(|cluster| Some((cluster, role(store, cluster, name)?)));
    let (cluster, role) = found?;
    Some(match members(store, cluster, &role)[..] {
        [one] => End::Database(one.key()),
        _ => End::Cluster(cluster.key()),
    })
}

fn role<'a>(store: &'a Store, cluster: &DbCluster, name: &str) -> Option<Role<'a>> {
    let is = |told: Option<&String>| told.is_some_and(|told| told.eq_ignore_ascii_case(name));
    if is(cluster.endpoint.as_ref()) {
        return Some(Role::Writer);
    }
    if is(cluster.reader_endpoint.as_ref()) {
        return Some(Role::Readers);
    }
    let mut all = store.rest.db_cluster_endpoints.iter();
    let found = all.find(|one| is(one.endpoint.as_ref()))?;
    let here = found.db_cluster_identifier.as_deref() == Some(&*cluster.db_cluster_identifier);
    let is_custom = found.endpoint_type.as_deref() == Some("CUSTOM");
    (here && is_custom).then_some(Role::Custom(found))
}

/// The members now; a cluster without readers is read from its writer.
fn members<'a>(store: &'a Store, cluster: &DbCluster, role: &Role<'_>) -> Vec<&'a DbInstance> {
    let is_writer = |one: &&DbInstance| {
        let mut listed = cluster.db_cluster_members.iter();
        listed.any(|member| {
            member.is_cluster_writer && member.db_instance_identifier == one.db_instance_identifier
        })
    };
    let (writers, readers): (Vec<_>, Vec<_>) =
        store.members_of(cluster).into_iter().partition(is_writer);
    match role {
        Role::Writer => writers,
        Role::Readers if readers.is_empty() => writers,
        Role::Readers => readers,
        Role::Custom(endpoint) => chosen(endpoint, writers, readers),
    }
}

/// Those that an endpoint of one's own names, or all but those that it leaves out; one for readers has no writer.
fn chosen<'a>(
    endpoint: &DbClusterEndpoint,
    writers: Vec<&'a DbInstance>,
    readers: Vec<&'a DbInstance>,
) -> Vec<&'a DbInstance> {
    let only_readers = endpoint.custom_endpoint_type.as_deref() == Some("READER");
    let writers = if only_readers { Vec::new() } else { writers };
    let is_named = |one: &&DbInstance| {
        let id = &one.db_instance_identifier;
        let named = &endpoint.static_members;
        if named.is_empty() { !endpoint.excluded_members.contains(id) } else { named.contains(id) }
    };
    writers.into_iter().chain(readers).filter(is_named).collect()
}
