//! The signs of the screen, one column wide each, and always beside a word.

use super::theme::Role;
use crate::reach::Verdict;
use crate::report::why::StepOutcome;
use crate::store::OwnerKind;
use crate::store::tree::{Node, NodeKind};

/// Beside the word of a verdict.
pub fn verdict(verdict: Verdict) -> (&'static str, Role) {
    match verdict {
        Verdict::Reachable => ("✓", Role::Good),
        Verdict::Partial => ("◐", Role::Warn),
        Verdict::Blocked => ("✗", Role::Bad),
        Verdict::Unknown => ("?", Role::Unknown),
    }
}

/// The ground of a verdict's badge.
pub fn badge(verdict: Verdict) -> Role {
    match verdict {
        Verdict::Reachable => Role::BadgeGood,
        Verdict::Partial => Role::BadgeWarn,
        Verdict::Blocked => Role::BadgeBad,
        Verdict::Unknown => Role::BadgeUnknown,
    }
}

/// In front of a check.
pub fn outcome(outcome: StepOutcome) -> (&'static str, Role) {
    match outcome {
        StepOutcome::Pass => ("✓", Role::Good),
        StepOutcome::Block => ("✗", Role::Bad),
        StepOutcome::Unknown => ("?", Role::Unknown),
        StepOutcome::Skipped => ("·", Role::Dim),
    }
}

/// In front of who uses an interface.
pub fn owner(kind: OwnerKind) -> &'static str {
    match kind {
        OwnerKind::Instance => "▣",
        OwnerKind::Function => "λ",
        OwnerKind::Database
        | OwnerKind::DatabaseProxy
        | OwnerKind::ElastiCache
        | OwnerKind::Redshift
        | OwnerKind::Dax
        | OwnerKind::OpenSearch => "◆",
        OwnerKind::ApplicationLoadBalancer
        | OwnerKind::NetworkLoadBalancer
        | OwnerKind::GatewayLoadBalancer
        | OwnerKind::ClassicLoadBalancer => "⇉",
        OwnerKind::NatGateway => "⇄",
        OwnerKind::VpcEndpoint => "◎",
        OwnerKind::TransitGateway => "✦",
        OwnerKind::EcsTask | OwnerKind::EksPod => "▢",
        OwnerKind::Nobody => "○",
        _ => "◇",
    }
}

/// What a kind of owner is called.
pub fn owner_word(kind: OwnerKind) -> &'static str {
    match kind {
        OwnerKind::Instance => "instance",
        OwnerKind::Function => "function",
        OwnerKind::Database => "database",
        OwnerKind::DatabaseProxy => "database proxy",
        OwnerKind::ApplicationLoadBalancer => "application load balancer",
        OwnerKind::NetworkLoadBalancer => "network load balancer",
        OwnerKind::GatewayLoadBalancer => "gateway load balancer",
        OwnerKind::ClassicLoadBalancer => "classic load balancer",
        OwnerKind::NatGateway => "NAT gateway",
        OwnerKind::VpcEndpoint => "VPC endpoint",
        OwnerKind::TransitGateway => "transit gateway attachment",
        OwnerKind::EcsTask => "ECS task",
        OwnerKind::ElastiCache => "ElastiCache",
        OwnerKind::Redshift => "Redshift",
        OwnerKind::Dms => "DMS",
        OwnerKind::Dax => "DAX",
        OwnerKind::Efs => "EFS",
        OwnerKind::Emr => "EMR",
        OwnerKind::Directory => "directory",
        OwnerKind::CloudHsm => "CloudHSM",
        OwnerKind::OpenSearch => "OpenSearch",
        OwnerKind::EksPod => "pod",
        OwnerKind::LatticeResourceGateway => "resource gateway",
        OwnerKind::Service => "AWS service",
        OwnerKind::Nobody => "not attached",
        OwnerKind::Unknown => "user unknown",
    }
}

/// In front of a node.
pub fn node(node: &Node) -> &'static str {
    match node.kind {
        NodeKind::Interface | NodeKind::Resource => node.detail.owner.map_or("◇", owner),
        NodeKind::Account
        | NodeKind::Region
        | NodeKind::Vpc
        | NodeKind::Subnet
        | NodeKind::Outside => "",
    }
}
