//! Which addresses are the internet's.

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::Store;
use crate::model::address::AddressSet;
use crate::model::interval::IntervalSet;

/// What no internet gateway forwards to or takes from (rule IGW-2), and IPv6 outside of global unicast.
pub const PRIVATE: [IpNet; 5] = [
    v4([10, 0, 0, 0], 8),
    v4([172, 16, 0, 0], 12),
    v4([192, 168, 0, 0], 16),
    v4([100, 64, 0, 0], 10),
    IpNet::V6(Ipv6Net::new_assert(std::net::Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7)),
];

/// What is no address of the internet: besides the private ones, what is reserved for the link, for groups and for
/// the future ([IANA registry](https://www.iana.org/assignments/iana-ipv4-special-registry)).
pub const RESERVED: [IpNet; 5] = [
    v4([0, 0, 0, 0], 8),
    v4([127, 0, 0, 0], 8),
    v4([169, 254, 0, 0], 16),
    v4([224, 0, 0, 0], 3),
    v4([192, 0, 0, 0], 24),
];

/// IPv6 global unicast.
pub const GLOBAL_V6: IpNet =
    IpNet::V6(Ipv6Net::new_assert(std::net::Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3));

const fn v4(octets: [u8; 4], length: u8) -> IpNet {
    let [a, b, c, d] = octets;
    IpNet::V4(Ipv4Net::new_assert(std::net::Ipv4Addr::new(a, b, c, d), length))
}

/// Every public address that is neither the known network's own nor that of an AWS service with a prefix list: those are
/// asked for by name (`aws:s3`), and a gateway endpoint to them is no way to the internet.
pub(super) fn internet(store: &Store) -> AddressSet {
    let own = store.interfaces.iter().flat_map(|interface| interface.addresses.iter());
    let idle = store.addresses.iter().filter_map(|one| one.public_ip).map(std::net::IpAddr::V4);
    let own = own.filter_map(|own| own.public).chain(idle).map(IpNet::from);
    let v6 = store.vpcs.iter().flat_map(|vpc| vpc.ipv6_cidrs().map(IpNet::V6).collect::<Vec<_>>());
    let services = store.prefix_lists.of_services().flat_map(|(_, cidrs)| cidrs.iter().copied());
    let reserved = PRIVATE.iter().chain(&RESERVED).copied();
    let not: AddressSet = reserved.chain(own).chain(v6).chain(services).collect();
    let global = AddressSet { v4: IntervalSet::full(), v6: AddressSet::from_iter([GLOBAL_V6]).v6 };
    global.difference(&not)
}
