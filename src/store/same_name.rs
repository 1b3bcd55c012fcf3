//! What services name and do not identify: a name is one's own in its account and region only, and services of different
//! kinds may have the same.

use super::{InterfaceIx, Keyed, OwnerKind, Row, Store};
use crate::model::ids::Arn;
use crate::model::load_balancer::LoadBalancer;
use crate::model::rds::{DbCluster, DbInstance, DbProxy, DbProxyEndpoint};

impl Store {
    /// The interfaces of a load balancer, one per zone: those of its own kind and VPC that tell its name.
    pub fn nodes_of(&self, balancer: &LoadBalancer) -> Vec<InterfaceIx> {
        let kind = match balancer.load_balancer_type.as_deref() {
            Some("application") => OwnerKind::ApplicationLoadBalancer,
            Some("gateway") => OwnerKind::GatewayLoadBalancer,
            _ => OwnerKind::NetworkLoadBalancer,
        };
        let vpc = balancer.vpc_id.as_ref().and_then(|id| self.vpcs.position(id));
        let named = self.interfaces_of(&balancer.load_balancer_name).iter().copied();
        let is_node = |at: &InterfaceIx| {
            let interface = self.interface(*at);
            interface.owner.kind == kind && (vpc.is_none() || interface.vpc == vpc)
        };
        named.filter(is_node).collect()
    }

    /// The proxy with this ARN or name, or the one that the endpoint with this ARN or name is of.
    pub fn proxy_of(&self, id: &str) -> Option<&DbProxy> {
        self.proxy_row(id).map(|row| &row.data)
    }

    /// The endpoints of a proxy besides its default one; told by the proxy or any of them.
    pub fn endpoints_of_proxy(&self, id: &str) -> impl Iterator<Item = &Row<DbProxyEndpoint>> {
        let endpoint = self.proxy_endpoints.row(id);
        let of_endpoint = endpoint.map(|row| (row.data.db_proxy_name.as_str(), row.place));
        let proxy = self.proxies.row(id).map(|row| (row.data.db_proxy_name.as_str(), row.place));
        let proxy = proxy.or(of_endpoint);
        let all = self.proxy_endpoints.rows().map(|(_, row)| row);
        all.filter(move |row| Some((row.data.db_proxy_name.as_str(), row.place)) == proxy)
    }

    /// Whether interfaces of an endpoint of a proxy may be another one's: nothing but groups and subnets tells whose they
    /// are (rule R-6).
    pub fn shares_proxy_interfaces(&self, id: &str) -> bool {
        let own = self.interfaces_of(id);
        let proxy = self.proxy_row(id).map(|row| row.data.key());
        let others = self.endpoints_of_proxy(id).map(|row| row.data.key()).chain(proxy);
        let mut others = others.filter(|other| other.as_str() != id);
        others.any(|other| self.interfaces_of(other.as_str()).iter().any(|at| own.contains(at)))
    }

    fn proxy_row(&self, id: &str) -> Option<&Row<DbProxy>> {
        let of_endpoint = || {
            let endpoint = self.proxy_endpoints.row(id)?;
            let mut rows = self.proxies.rows().map(|(_, row)| row);
            rows.find(|row| {
                row.place == endpoint.place && row.data.db_proxy_name == endpoint.data.db_proxy_name
            })
        };
        self.proxies.row(id).or_else(of_endpoint)
    }

    /// The instances of a cluster.
    pub fn members_of(&self, cluster: &DbCluster) -> Vec<&DbInstance> {
        let place = cluster.key();
        let members = cluster.db_cluster_members.iter();
        let found = members.filter_map(|member| {
            self.database_named(&member.db_instance_identifier, place_of(&place))
        });
        found.collect()
    }

    /// The database with this identifier in an account and region, if that is told.
    fn database_named(&self, name: &str, place: Option<Place<'_>>) -> Option<&DbInstance> {
        let mut named = self.databases.iter().filter(|one| one.db_instance_identifier == name);
        named.find(|one| {
            let own = one.key();
            let there = place_of(&own);
            place.is_none() || there.is_none() || place == there
        })
    }
}

/// Region and account.
type Place<'a> = (&'a str, &'a str);

fn place_of(arn: &Arn) -> Option<Place<'_>> {
    arn.region().zip(arn.account())
}
