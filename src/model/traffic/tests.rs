//! The laws of traffic sets, protocol by protocol.

use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};

use super::{PortSet, Protocol, Traffic, icmp_message};

fn one() -> impl Strategy<Value = Traffic> {
    let known = [6, 17, 1, 58, 50, 47].map(Protocol).to_vec();
    let protocol = proptest::sample::select(known);
    (protocol, any::<(u16, u16)>()).prop_map(|(protocol, (from, to))| {
        Traffic::of(protocol, PortSet::range(from.min(to), from.max(to)))
    })
}

fn traffic() -> impl Strategy<Value = Traffic> {
    let parts = proptest::collection::vec(one(), 0..6);
    parts.prop_map(|parts| parts.iter().fold(Traffic::empty(), |all, part| all.union(part)))
}

fn holds(traffic: &Traffic, protocol: Protocol, port: u16) -> bool {
    traffic.ports(protocol).contains(port)
}

proptest! {
    #[test]
    fn operations_are_those_of_sets(
        a in traffic(), b in traffic(), protocol in any::<u8>().prop_map(Protocol), port in any::<u16>(),
    ) {
        let (union, both, less) = (a.union(&b), a.intersection(&b), a.difference(&b));
        let known = [6, 17, 1, 58, 50, 47].map(Protocol);
        for protocol in known.into_iter().chain([protocol]) {
            let (in_a, in_b) = (holds(&a, protocol, port), holds(&b, protocol, port));
            prop_assert_eq!(holds(&union, protocol, port), in_a || in_b);
            prop_assert_eq!(holds(&both, protocol, port), in_a && in_b);
            prop_assert_eq!(holds(&less, protocol, port), in_a && !in_b);
            prop_assert!(holds(&Traffic::full(), protocol, port));
        }
        prop_assert_eq!(a.is_subset(&b), less.is_empty());
        prop_assert_eq!(less.union(&both), a.clone());
        prop_assert!(a.is_subset(&Traffic::full()));
    }

    #[test]
    fn protocols_are_those_with_anything_in_them(a in traffic()) {
        for protocol in (0..=u8::MAX).map(Protocol) {
            let listed = a.protocols().contains(&protocol);
            prop_assert_eq!(listed, !a.ports(protocol).is_empty());
        }
        prop_assert_eq!(a.is_empty(), a.protocols().is_empty());
    }

    #[test]
    fn a_protocol_reads_what_it_writes(number in any::<u8>()) {
        prop_assert_eq!(Protocol::parse(&Protocol(number).to_string()), Some(Protocol(number)));
    }

    #[test]
    fn messages_are_told_apart(a in any::<(u8, u8)>(), b in any::<(u8, u8)>()) {
        prop_assert_eq!(icmp_message(a.0, a.1) == icmp_message(b.0, b.1), a == b);
    }
}
