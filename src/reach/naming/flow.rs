//! What is most likely asked about an end: the port it listens on.

use crate::model::ids::Arn;
use crate::model::traffic::Protocol;
use crate::reach::{End, Flow};
use crate::store::{InterfaceIx, OwnerKind, Store};

/// The flow that one would ask about towards `end`: a database's port, a load balancer's only listener, 443 towards
/// services and the internet, else everything.
pub fn suggested_flow(store: &Store, end: &End) -> Flow {
    let flow = match end {
        End::Internet | End::Service(_) | End::Endpoint(_) => Some(Flow::tcp(443)),
        End::Database(id) => database(store, id),
        End::Cluster(id) => store.clusters.get(id).and_then(|cluster| tcp(cluster.port)),
        End::Proxy(id) => proxy(store, id),
        End::LoadBalancer(id) => only_listener(store, id),
        End::Interface(id) => store.interfaces.position(id).and_then(|at| of_owner(store, at)),
        End::Address(address, Some(vpc)) => {
            let vpc = store.vpcs.position(vpc);
            let at = vpc.and_then(|vpc| store.by_private(vpc, *address));
            at.and_then(|at| of_owner(store, at))
        }
        End::Address(address, None) => {
            store.by_public(*address).and_then(|(at, _)| of_owner(store, at))
        }
        End::Instance(_) | End::Function(_) | End::NatGateway(_) | End::Prefix(_) => None,
    };
    flow.unwrap_or_default()
}

fn tcp(port: Option<i32>) -> Option<Flow> {
    u16::try_from(port?).ok().filter(|port| *port != 0).map(Flow::tcp)
}

/// The endpoint has the port in force; the other field is 0 for databases in a VPC.
fn database(store: &Store, id: &Arn) -> Option<Flow> {
    let database = store.databases.get(id)?;
    let endpoint = database.endpoint.as_ref().and_then(|endpoint| endpoint.port);
    tcp(endpoint).or_else(|| tcp(database.db_instance_port))
}

/// A proxy listens on the default port of what it speaks.
fn proxy(store: &Store, id: &Arn) -> Option<Flow> {
    let ports = [("MYSQL", 3306), ("POSTGRESQL", 5432), ("SQLSERVER", 1433)];
    let family = store.proxy_of(id.as_str())?.engine_family.as_deref()?;
    ports.iter().find(|(name, _)| *name == family).map(|(_, port)| Flow::tcp(*port))
}

fn only_listener(store: &Store, id: &Arn) -> Option<Flow> {
    let mut all = store.rest.load_balancer_listeners.iter();
    let [listener] = all.find(|one| one.load_balancer_arn == *id)?.listeners.as_slice() else {
        return None;
    };
    let udp = listener.protocol.as_deref() == Some("UDP");
    let protocol = if udp { Protocol::UDP } else { Protocol::TCP };
    tcp(listener.port).map(|flow| Flow { protocol: Some(protocol), ..flow })
}

fn of_owner(store: &Store, at: InterfaceIx) -> Option<Flow> {
    let owner = &store.interface(at).owner;
    match owner.kind {
        OwnerKind::Database => database(store, &Arn::from(&*owner.id)),
        OwnerKind::DatabaseProxy => proxy(store, &Arn::from(&*owner.id)),
        OwnerKind::VpcEndpoint => Some(Flow::tcp(443)),
        _ => None,
    }
}
