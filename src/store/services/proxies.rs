//! RDS proxies, their endpoints and their interfaces (rule R-6).

use super::{Joined, Virtual, is_listed_for, may_be, sorted, told};
use crate::model::ids::{Arn, SecurityGroupId, SubnetId};
use crate::model::rds::{DbProxy, DbProxyEndpoint};
use crate::store::interface::{Interface, InterfaceIx, Origin};
use crate::store::keyed::Keyed;
use crate::store::owner::{Owner, OwnerKind};
use crate::store::place::PlaceIx;

/// What has interfaces: a proxy, for its default endpoint, or an endpoint made besides.
struct Listener<'a> {
    key: Arn,
    /// The proxy's name and the endpoint's own: what a description may name.
    names: [&'a str; 2],
    /// What a virtual interface of its is named after.
    label: String,
    subnets: &'a [SubnetId],
    groups: Option<&'a [SecurityGroupId]>,
    place: PlaceIx,
}

impl<'a> Listener<'a> {
    fn of_proxy(proxy: &'a DbProxy, place: PlaceIx) -> Self {
        Self {
            key: proxy.key(),
            names: [&proxy.db_proxy_name; 2],
            label: proxy.db_proxy_name.clone(),
            subnets: &proxy.vpc_subnet_ids,
            groups: proxy.vpc_security_group_ids.as_deref(),
            place,
        }
    }

    fn of_endpoint(endpoint: &'a DbProxyEndpoint, place: PlaceIx) -> Self {
        Self {
            key: endpoint.key(),
            names: [&endpoint.db_proxy_name, &endpoint.db_proxy_endpoint_name],
            label: format!("{}/{}", endpoint.db_proxy_name, endpoint.db_proxy_endpoint_name),
            subnets: &endpoint.vpc_subnet_ids,
            groups: endpoint.vpc_security_group_ids.as_deref(),
            place,
        }
    }

    fn owner(&self) -> Owner {
        Owner::new(OwnerKind::DatabaseProxy, self.key.as_str()).named(Some(self.names[1]))
    }
}

impl Joined<'_> {
    /// A proxy has interfaces in two of its subnets or more, which tell its name; where none is listed, one may be in each.
    /// Each endpoint made besides has its own. What may be of more than one counts for each of them, and is called the
    /// proxy's.
    pub(super) fn proxies(&mut self) {
        let store = self.store;
        let endpoints = store.proxy_endpoints.rows();
        let endpoints = endpoints.map(|(_, row)| Listener::of_endpoint(&row.data, row.place));
        let proxies = store.proxies.rows();
        let proxies = proxies.map(|(_, row)| Listener::of_proxy(&row.data, row.place));
        let all: Vec<_> = endpoints.chain(proxies).collect();
        let listed: Vec<_> = all.iter().map(|one| self.listed_proxy(one)).collect();
        for (listener, listed) in all.iter().zip(&listed) {
            self.own(listener, listed);
        }
        for (listener, listed) in all.iter().zip(listed) {
            let found = if listed.is_empty() { self.virtual_proxy(listener) } else { listed };
            self.of_service.insert(listener.key.to_string(), found);
        }
    }

    /// Each endpoint has its groups and subnets.
    fn listed_proxy(&self, listener: &Listener<'_>) -> Vec<InterfaceIx> {
        let rows = self.interfaces.rows();
        let own = rows.filter(|(_, row)| self.is_of_proxy(&row.data, listener));
        own.map(|(at, _)| at).collect()
    }

    /// The proxies come last: what may be theirs too is called theirs.
    fn own(&mut self, listener: &Listener<'_>, listed: &[InterfaceIx]) {
        for at in listed {
            let id = self.interfaces[*at].data.id.clone();
            if let Some(interface) = self.interfaces.get_mut(&id) {
                interface.owner = listener.owner();
            }
        }
    }

    fn is_of_proxy(&self, interface: &Interface, listener: &Listener<'_>) -> bool {
        let subnet = interface.subnet.map(|at| &self.store.subnets[at].data.subnet_id);
        is_listed_for(interface, OwnerKind::DatabaseProxy)
            && listener.names.contains(&&*interface.owner.id)
            && subnet.is_some_and(|subnet| listener.subnets.contains(subnet))
            && may_be(&interface.groups, &sorted(told(listener.groups)))
    }

    fn virtual_proxy(&mut self, listener: &Listener<'_>) -> Vec<InterfaceIx> {
        let made = listener.subnets.iter().map(|subnet| Virtual {
            id: format!("proxy:{}:{subnet}", listener.label),
            origin: Origin::ServiceConfig,
            place: listener.place,
            subnet,
            groups: told(listener.groups).collect(),
            owner: listener.owner(),
            v6: false,
        });
        made.filter_map(|one| self.add(one)).collect()
    }
}
