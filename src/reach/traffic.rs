//! Which traffic a question is about, and which answers it expects (rules NACL-4, L-8).

use super::answer::Site;
use super::question::Flow;
use crate::model::traffic::{PortSet, Protocol, Traffic, icmp_message};
use crate::store::{OwnerKind, Store};

/// The traffic of a question between addresses of one family: ping is another protocol in IPv6.
pub(super) fn asked(flow: &Flow, v6: bool) -> Traffic {
    let mut flow = flow.clone();
    flow.protocol = match flow.protocol {
        Some(Protocol::ICMP) if v6 && flow.icmp.is_none() => Some(Protocol::ICMPV6),
        Some(Protocol::ICMPV6) if !v6 && flow.icmp.is_none() => Some(Protocol::ICMP),
        other => other,
    };
    let mut traffic = flow.traffic();
    if v6 {
        traffic.icmp = PortSet::empty();
    } else {
        traffic.icmpv6 = PortSet::empty();
    }
    traffic
}

/// Requests and their replies, ICMP types.
const REPLIES: [(u8, u8); 4] = [(8, 0), (13, 14), (15, 16), (17, 18)];

/// Requests and their replies, ICMPv6 types.
const REPLIES_V6: [(u8, u8); 1] = [(128, 129)];

/// The answers that come back, by the initiator's own ports.
pub(super) fn answers(store: &Store, flow: &Flow, from: Site, asked: &Traffic) -> Traffic {
    let ports = flow.source_port.map_or_else(|| ephemeral(store, from), PortSet::one);
    let ports_if =
        |asked: &PortSet| if asked.is_empty() { PortSet::empty() } else { ports.clone() };
    Traffic {
        tcp: ports_if(&asked.tcp),
        udp: ports_if(&asked.udp),
        icmp: replies(&asked.icmp, &REPLIES),
        icmpv6: replies(&asked.icmpv6, &REPLIES_V6),
        others: asked.others.clone(),
    }
}

/// Messages that are no requests have no answer.
fn replies(asked: &PortSet, table: &[(u8, u8)]) -> PortSet {
    let asked_for = table.iter().filter(|(request, _)| asked.contains(icmp_message(*request, 0)));
    asked_for.map(|(_, reply)| (icmp_message(*reply, 0), icmp_message(*reply, 0))).collect()
}

/// The source ports that an initiator's system uses: whoever's system is not known may use any above 1023.
fn ephemeral(store: &Store, from: Site) -> PortSet {
    let any = PortSet::range(1024, u16::MAX);
    let (Site::Interface(at) | Site::Public(at)) = from else { return any };
    let owner = &store.interface(at).owner;
    if owner.kind != OwnerKind::Instance {
        return any;
    }
    let Some(instance) = store.instances.get(&*owner.id) else { return any };
    match instance.platform.as_deref() {
        Some(windows) if windows.eq_ignore_ascii_case("windows") => PortSet::range(49152, u16::MAX),
        _ => PortSet::range(32768, 61000),
    }
}

/// The same answers with the ports of a translator or load balancer (rule NACL-4).
pub(super) fn translated(answers: &Traffic) -> Traffic {
    let any = |ports: &PortSet| {
        if ports.is_empty() { PortSet::empty() } else { PortSet::range(1024, u16::MAX) }
    };
    Traffic { tcp: any(&answers.tcp), udp: any(&answers.udp), ..answers.clone() }
}

/// How much of what got there is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answered {
    None,
    Some,
    All,
}

/// Of the protocols of which anything got there, the best answered one counts: a question that leaves the protocol open
/// asks whether any works.
pub(super) fn answered(there: &Traffic, back: &Traffic, expected: &Traffic) -> Answered {
    let of = |protocol: Protocol| {
        let (came, wanted) = (back.ports(protocol), expected.ports(protocol));
        if wanted.is_empty() || wanted.is_subset(&came) {
            Answered::All
        } else if came.is_empty() {
            Answered::None
        } else {
            Answered::Some
        }
    };
    let best = there.protocols().into_iter().map(of);
    best.max_by_key(|answered| *answered as u8).unwrap_or(Answered::None)
}
