//! What services name and do not identify: a name is one's own in its account and region only, and services of different
//! kinds may have the same.

use super::{InterfaceIx, Keyed, OwnerKind, Store};
use crate::model::ids::Arn;
use crate::model::load_balancer::LoadBalancer;
use crate::model::rds::{DbCluster, DbInstance};

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
