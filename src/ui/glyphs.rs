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

/// In front of a node.
pub fn node(node: &Node) -> &'static str {
    match node.kind {
        NodeKind::Interface | NodeKind::Resource => node.detail.owner.map_or("◇", owner),
        NodeKind::Account
        | NodeKind::Region
        | NodeKind::Vpc
        | NodeKind::Subnet
        | NodeKind::SecurityGroup
        | NodeKind::RouteTable
        | NodeKind::Heap
        | NodeKind::Outside => "",
    }
}
