//! The laws of address sets: prefixes there and back, two families that never mix.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};

use super::AddressSet;

fn prefix() -> impl Strategy<Value = IpNet> {
    let v4 = (any::<u32>(), 0..=32_u8).prop_map(|(bits, length)| {
        IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::from_bits(bits), length).trunc())
    });
    let v6 = (any::<u128>(), 0..=128_u8).prop_map(|(bits, length)| {
        IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::from_bits(bits), length).trunc())
    });
    prop_oneof![v4, v6]
}

fn set() -> impl Strategy<Value = AddressSet> {
    proptest::collection::vec(prefix(), 0..6).prop_map(|prefixes| prefixes.into_iter().collect())
}

/// The addresses at and beside the borders of some prefixes: where sets differ, they differ at one of them.
fn borders(sets: &[&AddressSet]) -> Vec<IpAddr> {
    let of = |net: IpNet| match net {
        IpNet::V4(net) => {
            let (first, last) = (net.network().to_bits(), net.broadcast().to_bits());
            let all = [first, first.wrapping_sub(1), last, last.wrapping_add(1)];
            all.map(|bits| IpAddr::V4(bits.into()))
        }
        IpNet::V6(net) => {
            let (first, last) = (net.network().to_bits(), net.broadcast().to_bits());
            let all = [first, first.wrapping_sub(1), last, last.wrapping_add(1)];
            all.map(|bits| IpAddr::V6(bits.into()))
        }
    };
    sets.iter().flat_map(|set| set.prefixes()).flat_map(of).collect()
}

proptest! {
    #[test]
    fn prefixes_make_up_the_set_again(a in set()) {
        let prefixes = a.prefixes();
        prop_assert_eq!(prefixes.iter().copied().collect::<AddressSet>(), a.clone());
        prop_assert_eq!(prefixes.is_empty(), a.is_empty());
        for prefix in prefixes {
            prop_assert!(a.contains(prefix.network()) && a.contains(prefix.broadcast()));
        }
    }

    #[test]
    fn a_prefix_is_itself(prefix in prefix()) {
        prop_assert_eq!(AddressSet::from_iter([prefix]).prefixes(), vec![prefix]);
    }

    #[test]
    fn operations_are_those_of_sets(a in set(), b in set()) {
        let (union, both, less, not) =
            (a.union(&b), a.intersection(&b), a.difference(&b), a.complement());
        for address in borders(&[&a, &b]) {
            let (in_a, in_b) = (a.contains(address), b.contains(address));
            prop_assert_eq!(union.contains(address), in_a || in_b);
            prop_assert_eq!(both.contains(address), in_a && in_b);
            prop_assert_eq!(less.contains(address), in_a && !in_b);
            prop_assert_eq!(not.contains(address), !in_a);
        }
        prop_assert_eq!(a.complement().complement(), a.clone());
        prop_assert_eq!(a.is_subset(&b), less.is_empty());
        prop_assert!(a.witness().is_none_or(|address| a.contains(address)));
        prop_assert_eq!(a.witness().is_none(), a.is_empty());
    }

    #[test]
    fn families_do_not_mix(a in set()) {
        let v4 = AddressSet { v4: a.v4.clone(), ..AddressSet::empty() };
        let v6 = AddressSet { v6: a.v6.clone(), ..AddressSet::empty() };
        prop_assert!(v4.intersection(&v6).is_empty());
        prop_assert_eq!(v4.union(&v6), a);
    }
}
