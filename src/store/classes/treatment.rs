//! How the address tests of a network treat an address: which of all prefixes in its rules, ACLs and routes hold it.
//!
//! Prefixes either nest or are apart. So the longest one that holds an address tells all that do, and two addresses with
//! the same longest prefix are told apart by no test.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::model::address::AddressSet;
use crate::model::interval::Bound;
use crate::store::{Direction, PRIVATE, Peer, Store};

/// The longest prefix in use that holds an address; 0 if none does.
pub(super) type Treatment = u32;

/// Every prefix in use, ready for lookups.
#[derive(Clone, Debug, Default)]
pub(super) struct Treatments {
    v4: Vec<(u32, Treatment)>,
    v6: Vec<(u128, Treatment)>,
}

impl Treatments {
    /// Collects the prefixes of a network.
    pub(super) fn of(store: &Store) -> Self {
        let prefixes = prefixes(store);
        let (mut v4, mut v6) = (Vec::new(), Vec::new());
        for prefix in prefixes {
            let AddressSet { v4: four, v6: six } = AddressSet::from_iter([prefix]);
            v4.extend(four.intervals());
            v6.extend(six.intervals());
        }
        Self { v4: segments(v4), v6: segments(v6) }
    }

    /// How an address is treated.
    pub(super) fn treatment(&self, address: IpAddr) -> Treatment {
        match address {
            IpAddr::V4(v4) => at(&self.v4, v4.to_bits()),
            IpAddr::V6(v6) => at(&self.v6, v6.to_bits()),
        }
    }
}

fn at<T: Bound>(segments: &[(T, Treatment)], value: T) -> Treatment {
    let after = segments.partition_point(|(start, _)| *start <= value);
    after.checked_sub(1).and_then(|last| segments.get(last)).map_or(0, |(_, longest)| *longest)
}

/// Where another prefix becomes the longest one, in ascending order; of several at one place the last counts.
fn segments<T: Bound>(mut prefixes: Vec<(T, T)>) -> Vec<(T, Treatment)> {
    prefixes.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    prefixes.dedup();
    let mut segments = Vec::with_capacity(prefixes.len() * 2);
    let mut open: Vec<(T, Treatment)> = Vec::new();
    for (number, (first, last)) in (1..).zip(prefixes) {
        close(&mut open, &mut segments, |end| end < first);
        segments.push((first, number));
        open.push((last, number));
    }
    close(&mut open, &mut segments, |_| true);
    segments
}

/// Ends the open prefixes that are over: the one around each goes on.
fn close<T: Bound>(
    open: &mut Vec<(T, Treatment)>,
    segments: &mut Vec<(T, Treatment)>,
    is_over: impl Fn(T) -> bool,
) {
    while let Some((end, _)) = open.pop_if(|(end, _)| is_over(*end)) {
        if end < T::LAST {
            segments.push((end.after(), open.last().map_or(0, |(_, around)| *around)));
        }
    }
}

fn prefixes(store: &Store) -> Vec<IpNet> {
    let mut prefixes = PRIVATE.to_vec();
    of_rules(store, &mut prefixes);
    of_routes(store, &mut prefixes);
    for vpc in store.vpcs.iter() {
        prefixes.extend(vpc.ipv4_cidrs().map(IpNet::V4));
        prefixes.extend(vpc.ipv6_cidrs().map(IpNet::V6));
    }
    for subnet in store.subnets.iter() {
        prefixes.extend(subnet.cidr_block.map(IpNet::V4));
        prefixes.extend(subnet.ipv6_cidrs().map(IpNet::V6));
    }
    for side in store.peerings.iter().flat_map(crate::model::peering::VpcPeeringConnection::sides) {
        prefixes.extend(side.cidr_block.map(IpNet::V4));
        let v4 = side.cidr_block_set.iter().filter_map(|one| one.cidr_block);
        prefixes.extend(v4.map(IpNet::V4));
        let v6 = side.ipv6_cidr_block_set.iter().filter_map(|one| one.ipv6_cidr_block);
        prefixes.extend(v6.map(IpNet::V6));
    }
    prefixes.extend(store.prefix_lists.of_services().flat_map(|(_, cidrs)| cidrs.iter().copied()));
    prefixes.iter().map(IpNet::trunc).collect()
}

fn of_rules(store: &Store, prefixes: &mut Vec<IpNet>) {
    let both = [Direction::Ingress, Direction::Egress];
    for rule in store.group_rules.iter().flat_map(|rules| both.map(|way| rules.of(way))).flatten() {
        match &rule.peer {
            Peer::Cidr(net) => prefixes.push(*net),
            Peer::PrefixList(_, Some(set)) => prefixes.extend(set.prefixes()),
            Peer::PrefixList(_, None) | Peer::Group(_) => {}
        }
    }
    let acls = store.acl_rules.iter().flat_map(|rules| both.map(|way| rules.of(way))).flatten();
    prefixes.extend(acls.map(|rule| rule.cidr));
}

fn of_routes(store: &Store, prefixes: &mut Vec<IpNet>) {
    let routes = store.routes.iter().flat_map(super::super::routes::Routes::entries);
    prefixes.extend(routes.map(|route| route.prefix));
    let transit =
        store.rest.transit_gateway_routes.iter().chain(&store.rest.transit_gateway_static_routes);
    let transit: Vec<_> = transit.flat_map(|table| &table.routes).collect();
    prefixes.extend(transit.iter().filter_map(|route| route.destination_cidr_block));
    let lists = transit.iter().filter_map(|route| route.prefix_list_id.as_ref());
    prefixes.extend(lists.filter_map(|list| store.prefix_lists.cidrs(list)).flatten());
    let vpn = store.rest.vpn_connections.iter().flat_map(|connection| &connection.routes);
    prefixes.extend(vpn.filter_map(|route| route.destination_cidr_block));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{at, segments};
    use crate::model::interval::IntervalSet;

    proptest! {
        #[test]
        fn equal_treatment_means_equal_membership(
            drawn in proptest::collection::vec((any::<u8>(), 0_u32..=8), 0..12),
            a in any::<u8>(),
            b in any::<u8>(),
        ) {
            let prefixes: Vec<(u8, u8)> = drawn
                .into_iter()
                .map(|(address, length)| {
                    let host = u8::try_from((1_u32 << (8 - length)) - 1).expect("a byte");
                    (address & !host, address | host)
                })
                .collect();
            let holding = |value: u8| -> Vec<bool> {
                prefixes.iter().map(|(a, b)| IntervalSet::range(*a, *b).contains(value)).collect()
            };
            let segments = segments(prefixes.clone());
            prop_assert_eq!(at(&segments, a) == at(&segments, b), holding(a) == holding(b));
        }
    }
}
