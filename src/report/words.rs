//! The words for kinds of things that every document uses.

use crate::model::catalogue::Envelope;
use crate::store::{OwnerKind, Store};

/// What uses an interface, as documents call it.
pub fn owner(kind: OwnerKind) -> &'static str {
    match kind {
        OwnerKind::Instance => "instance",
        OwnerKind::Function => "lambda",
        OwnerKind::Database => "db-instance",
        OwnerKind::DatabaseProxy => "db-proxy",
        OwnerKind::ApplicationLoadBalancer => "application-load-balancer",
        OwnerKind::NetworkLoadBalancer => "network-load-balancer",
        OwnerKind::GatewayLoadBalancer => "gateway-load-balancer",
        OwnerKind::ClassicLoadBalancer => "classic-load-balancer",
        OwnerKind::NatGateway => "nat-gateway",
        OwnerKind::VpcEndpoint => "vpc-endpoint",
        OwnerKind::TransitGateway => "transit-gateway",
        OwnerKind::EcsTask => "ecs-task",
        OwnerKind::ElastiCache => "elasticache",
        OwnerKind::Redshift => "redshift",
        OwnerKind::Dms => "dms",
        OwnerKind::Dax => "dax",
        OwnerKind::Efs => "efs",
        OwnerKind::Emr => "emr",
        OwnerKind::Directory => "directory",
        OwnerKind::CloudHsm => "cloudhsm",
        OwnerKind::OpenSearch => "opensearch",
        OwnerKind::EksPod => "eks-pod",
        OwnerKind::LatticeResourceGateway => "lattice-resource-gateway",
        OwnerKind::Service => "aws-service",
        OwnerKind::Nobody => "unattached",
        OwnerKind::Unknown => "interface",
    }
}

/// `1 interface`, `2 interfaces`.
pub fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}

/// How many interfaces there are, as far as AWS's list of them is there at all.
pub fn interfaces(store: &Store, count: usize) -> String {
    interfaces_at_least(count, store.lacks(Envelope::NetworkInterfaces))
}

/// The same, where there may be more of them.
pub(super) fn interfaces_at_least(count: usize, may_be_more: bool) -> String {
    match (count, may_be_more) {
        (_, false) => counted(count, "interface"),
        (0, true) => "unknown interfaces".to_owned(),
        (_, true) => format!("{count} or more interfaces"),
    }
}
