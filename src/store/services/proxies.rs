//! RDS proxies and their interfaces (rule R-6).

use super::{Joined, Virtual, is_listed_for, may_be, sorted, told};
use crate::model::rds::DbProxy;
use crate::store::interface::{Interface, InterfaceIx, Origin};
use crate::store::keyed::Keyed;
use crate::store::owner::{Owner, OwnerKind};
use crate::store::place::PlaceIx;

impl Joined<'_> {
    /// A proxy has interfaces in two of its subnets or more, which tell its name; where none is listed, one may be in each.
    pub(super) fn proxies(&mut self) {
        for (_, row) in self.store.proxies.rows() {
            let listed = self.listed_proxy(&row.data);
            let found =
                if listed.is_empty() { self.virtual_proxy(&row.data, row.place) } else { listed };
            self.of_service.insert(row.data.key().to_string(), found);
        }
    }

    /// The default endpoint has the proxy's own groups and subnets; endpoints made besides have others.
    fn listed_proxy(&mut self, proxy: &DbProxy) -> Vec<InterfaceIx> {
        let rows = self.interfaces.rows();
        let own = rows.filter(|(_, row)| self.is_of_proxy(&row.data, proxy));
        let own: Vec<_> = own.map(|(at, row)| (at, row.data.id.clone())).collect();
        for (_, id) in &own {
            if let Some(interface) = self.interfaces.get_mut(id) {
                interface.owner = owner(proxy);
            }
        }
        own.into_iter().map(|(at, _)| at).collect()
    }

    fn is_of_proxy(&self, interface: &Interface, proxy: &DbProxy) -> bool {
        let subnet = interface.subnet.map(|at| &self.store.subnets[at].data.subnet_id);
        is_listed_for(interface, OwnerKind::DatabaseProxy)
            && *interface.owner.id == *proxy.db_proxy_name
            && subnet.is_some_and(|subnet| proxy.vpc_subnet_ids.contains(subnet))
            && may_be(&interface.groups, &sorted(told(proxy.vpc_security_group_ids.as_deref())))
    }

    fn virtual_proxy(&mut self, proxy: &DbProxy, place: PlaceIx) -> Vec<InterfaceIx> {
        let made = proxy.vpc_subnet_ids.iter().map(|subnet| Virtual {
            id: format!("proxy:{}:{subnet}", proxy.db_proxy_name),
            origin: Origin::ServiceConfig,
            place,
            subnet,
            groups: told(proxy.vpc_security_group_ids.as_deref()).collect(),
            owner: owner(proxy),
            v6: false,
        });
        made.filter_map(|one| self.add(one)).collect()
    }
}

fn owner(proxy: &DbProxy) -> Owner {
    Owner::new(OwnerKind::DatabaseProxy, proxy.key().as_str()).named(Some(&proxy.db_proxy_name))
}
