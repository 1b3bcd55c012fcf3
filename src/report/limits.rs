//! Limits of what works: how long a connection may be idle, how large a packet may be (rules SG-6, NACL-9, NAT-8, PCX-5).

use crate::model::traffic::Protocol;
use crate::reach::answer::{Answer, Check, Outcome, Rule, Step};
use crate::reach::{End, Verdict};
use crate::store::Store;

/// The limits of the ways that work.
pub(super) fn limits(store: &Store, answer: &Answer) -> Vec<String> {
    let working = answer.paths.iter().filter(|path| path.verdict != Verdict::Blocked);
    let steps: Vec<&Step> =
        working.flat_map(|path| path.forward.steps.iter().chain(&path.back.steps)).collect();
    let passed = |check| steps.iter().any(|s| s.check == check && s.outcome == Outcome::Pass);
    if !matches!(answer.verdict, Verdict::Reachable | Verdict::Partial) {
        return Vec::new();
    }
    let found = [
        passed(Check::Nat).then_some(
            "A NAT gateway forgets connections that are idle for 350 seconds, carries packets of 1500 bytes to the \
             internet, and drops fragments of TCP and ICMP.",
        ),
        is_idle_long(answer).then_some(
            "Groups forget an idle TCP connection after five days, on Nitro v6 instances after 350 seconds: keep pooled \
             connections alive.",
        ),
        (answer.question.flow.protocol == Some(Protocol::UDP)).then_some(
            "Groups forget UDP after 30 seconds, and after 180 where it went both ways.",
        ),
        (passed(Check::TransitGateway) || crosses_regions(store, &steps)).then_some(
            "This way carries packets of 8500 bytes at most, fewer than inside a VPC.",
        ),
        is_narrow(&steps).then_some(
            "A network ACL here lets only some traffic through: without ICMP \"fragmentation needed\" (type 3, code 4; IPv6 \
             type 2) both ways, large packets may hang.",
        ),
    ];
    found.into_iter().flatten().map(str::to_owned).collect()
}

/// Pools of connections to databases are what stays idle.
fn is_idle_long(answer: &Answer) -> bool {
    matches!(answer.question.to, End::Database(_) | End::Cluster(_) | End::Proxy(_))
}

fn crosses_regions(store: &Store, steps: &[&Step]) -> bool {
    steps.iter().filter(|step| step.check == Check::Peering).any(|step| {
        let peering = store.peerings.get(&*step.component.id);
        let regions =
            peering.into_iter().flat_map(|one| one.sides().filter_map(|s| s.region.as_ref()));
        let mut regions: Vec<_> = regions.collect();
        regions.dedup();
        regions.len() > 1
    })
}

/// Whether an ACL let this through by a rule for some protocol only, or stopped a part of it.
fn is_narrow(steps: &[&Step]) -> bool {
    steps.iter().any(|step| match &step.rule {
        Some(Rule::Acl { rule, .. }) if rule.allows => rule.protocol != "-1",
        Some(Rule::Acl { .. }) => step.outcome == Outcome::BlockPart,
        _ => false,
    })
}
