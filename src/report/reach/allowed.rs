//! Sets of traffic as JSON: one entry per protocol.

use serde::Serialize;

use crate::model::interval::IntervalSet;
use crate::model::traffic::{PortSet, Protocol, Traffic};

/// Traffic of one protocol.
#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Allowed {
    /// `tcp`, `udp`, `icmp`, `icmpv6`, a number, `other` for every number besides those four, or `all`.
    pub protocol: String,
    /// First and last port of each range; all of them unless the question names one.
    pub source_ports: Vec<(u16, u16)>,
    /// First and last port of each range; all of them where the protocol has no ports.
    pub ports: Vec<(u16, u16)>,
    /// Of ICMP only: the messages.
    pub messages: Option<Vec<Messages>>,
}

/// Messages of ICMP: every type of a range with every code of a range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Messages {
    /// First and last type.
    #[serde(rename = "type")]
    pub kind: (u8, u8),
    /// First and last code.
    pub code: (u8, u8),
}

/// A set of traffic by protocol; `source_port` is the one that was asked about.
pub(in crate::report) fn allowed(traffic: &Traffic, source_port: Option<u16>) -> Vec<Allowed> {
    let source = source_port.map_or_else(PortSet::full, PortSet::one);
    let entry = |protocol: String, ports: &PortSet, messages| Allowed {
        protocol,
        source_ports: source.intervals().to_vec(),
        ports: ports.intervals().to_vec(),
        messages,
    };
    let every_port = PortSet::full();
    if is_all(traffic) {
        return vec![entry("all".into(), &every_port, None)];
    }
    let ported = [(Protocol::TCP, &traffic.tcp), (Protocol::UDP, &traffic.udp)];
    let ported = ported.into_iter().filter(|(_, ports)| !ports.is_empty());
    let ported = ported.map(|(protocol, ports)| entry(protocol.to_string(), ports, None));
    let messages = [(Protocol::ICMP, &traffic.icmp), (Protocol::ICMPV6, &traffic.icmpv6)];
    let messages = messages
        .into_iter()
        .filter(|(_, set)| !set.is_empty())
        .map(|(protocol, set)| entry(protocol.to_string(), &every_port, Some(messages_of(set))));
    let others = others(&traffic.others).map(|protocol| entry(protocol, &every_port, None));
    ported.chain(messages).chain(others).collect()
}

/// Everything that an address family can carry: ICMP is one protocol in IPv4 and another in IPv6.
pub(super) fn is_all(traffic: &Traffic) -> bool {
    let icmp = traffic.icmp.is_full() || traffic.icmpv6.is_full();
    traffic.tcp.is_full() && traffic.udp.is_full() && icmp && is_every_other(&traffic.others)
}

fn is_every_other(others: &IntervalSet<u8>) -> bool {
    *others == Traffic::full().others
}

fn others(others: &IntervalSet<u8>) -> impl Iterator<Item = String> {
    let every = is_every_other(others);
    let numbers = others.intervals().iter().filter(move |_| !every).flat_map(|(a, b)| *a..=*b);
    let numbers: Vec<_> = numbers.map(|number| number.to_string()).collect();
    every.then(|| "other".to_owned()).into_iter().chain(numbers)
}

/// A range of messages is a part of the codes of its first type, all codes of the types between, and a part of its last.
fn messages_of(set: &PortSet) -> Vec<Messages> {
    let mut found = Vec::new();
    for (first, last) in set.intervals() {
        let ([kind, code], [last_kind, last_code]) = (first.to_be_bytes(), last.to_be_bytes());
        if kind == last_kind {
            found.push(Messages { kind: (kind, kind), code: (code, last_code) });
            continue;
        }
        let (head, tail) = (code > 0, last_code < u8::MAX);
        if head {
            found.push(Messages { kind: (kind, kind), code: (code, u8::MAX) });
        }
        let whole = (kind + u8::from(head), last_kind - u8::from(tail));
        if whole.0 <= whole.1 {
            found.push(Messages { kind: whole, code: (0, u8::MAX) });
        }
        if tail {
            found.push(Messages { kind: (last_kind, last_kind), code: (0, last_code) });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Messages, allowed, messages_of};
    use crate::model::traffic::{PortSet, Protocol, Traffic};
    use crate::reach::Flow;

    #[test]
    fn each_protocol_is_an_entry() {
        let entries = allowed(&Flow::tcp(443).traffic(), Some(1024));
        let text = serde_json::to_string(&entries).expect("JSON");
        assert_eq!(
            text,
            r#"[{"protocol":"tcp","source_ports":[[1024,1024]],"ports":[[443,443]]}]"#
        );
        let without_udp = Traffic { udp: PortSet::empty(), ..Traffic::full() };
        let names = |traffic: &Traffic| -> Vec<String> {
            allowed(traffic, None).into_iter().map(|one| one.protocol).collect()
        };
        assert_eq!(names(&Traffic::full()), ["all"]);
        assert_eq!(names(&without_udp), ["tcp", "icmp", "icmpv6", "other"]);
        assert_eq!(names(&Traffic::of(Protocol(47), PortSet::full())), ["47"]);
    }

    proptest! {
        #[test]
        fn messages_are_exactly_the_set(ranges in proptest::collection::vec(any::<(u16, u16)>(), 0..4)) {
            let set: PortSet = ranges.into_iter().map(|(a, b)| (a.min(b), a.max(b))).collect();
            let told = messages_of(&set);
            let holds = |value: u16| {
                let [kind, code] = value.to_be_bytes();
                told.iter().any(|Messages { kind: k, code: c }| {
                    (k.0..=k.1).contains(&kind) && (c.0..=c.1).contains(&code)
                })
            };
            prop_assert!((0..=u16::MAX).all(|value| holds(value) == set.contains(value)));
        }
    }
}
