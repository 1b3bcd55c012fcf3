//! Interfaces of an end that are not in the data, though others of it are.

use crate::model::catalogue::Envelope;
use crate::model::ids::{Arn, InstanceId, SubnetId};
use crate::model::rds::DbInstance;
use crate::reach::question::End;
use crate::store::{Keyed, Knowledge, Store};

/// What would tell the rest of an end's interfaces, if there may be more of them.
pub(super) fn of(store: &Store, end: &End) -> Option<Envelope> {
    match end {
        End::Instance(id) => of_instance(store, id),
        End::Function(arn) => {
            let subnets = &store.functions.get(arn)?.vpc_config.as_ref()?.subnet_ids;
            subnets.iter().any(|id| !is_known(store, id)).then_some(Envelope::Subnets)
        }
        End::Database(arn) => of_database(store, store.databases.get(arn)?),
        End::Cluster(arn) => of_cluster(store, arn),
        End::Proxy(arn) => {
            let endpoint = || store.proxy_endpoints.get(arn).map(|one| &one.vpc_subnet_ids);
            let own = store.proxies.get(arn).map(|proxy| &proxy.vpc_subnet_ids);
            let subnets = own.or_else(endpoint)?;
            let lacks = subnets.iter().any(|id| !is_known(store, id));
            lacks.then_some(Envelope::Subnets).or_else(|| of_service(store))
        }
        End::LoadBalancer(_) | End::Endpoint(_) | End::Prefix(_) => of_service(store),
        End::Interface(_)
        | End::NatGateway(_)
        | End::Internet
        | End::Address(..)
        | End::Service(_) => None,
    }
}

/// An instance tells the ids of its interfaces.
fn of_instance(store: &Store, id: &InstanceId) -> Option<Envelope> {
    let told = store.instances.get(id).map(|one| &one.network_interfaces[..]).unwrap_or_default();
    if told.is_empty() {
        return of_service(store);
    }
    let mut ids = told.iter().map(|one| &one.network_interface_id);
    let lacks = ids.any(|id| store.interfaces.position(id).is_none());
    lacks.then_some(Envelope::NetworkInterfaces)
}

/// Where its interface is listed, the subnet group says no more.
fn of_database(store: &Store, database: &DbInstance) -> Option<Envelope> {
    let mut own = store.interfaces_of_database(&database.key()).iter();
    if !own.any(|at| store.interface(*at).is_virtual()) {
        return None;
    }
    let group = database.db_subnet_group.as_ref()?;
    let mut ids = group.subnets.iter().map(|one| &one.subnet_identifier);
    ids.any(|id| !is_known(store, id)).then_some(Envelope::Subnets)
}

fn of_cluster(store: &Store, arn: &Arn) -> Option<Envelope> {
    let cluster = store.clusters.get(arn)?;
    let known = store.members_of(cluster);
    if known.len() < cluster.db_cluster_members.len() {
        return Some(Envelope::DBInstances);
    }
    known.into_iter().find_map(|member| of_database(store, member))
}

/// Where the list of interfaces broke off, a service may have more of them.
fn of_service(store: &Store) -> Option<Envelope> {
    let all = store.knowledge(Envelope::NetworkInterfaces);
    matches!(all, Knowledge::Broken(_)).then_some(Envelope::NetworkInterfaces)
}

fn is_known(store: &Store, subnet: &SubnetId) -> bool {
    store.subnets.position(subnet).is_some()
}
