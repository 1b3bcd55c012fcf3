//! Public addresses under other numbers, such that what contained what still does.
//!
//! Two addresses that share their first n bits share exactly n afterwards: whether bit n is flipped depends on the bits
//! before it alone (as in Xu, Fan, Ammar, Moon: "Prefix-Preserving IP Address Anonymization", 2002). A bit is left alone
//! where flipping it would move an address whose number has a meaning: private and reserved ranges, AWS's own lists, and
//! places in a VPC, where the second address is the name server's and the first four and the last of a subnet are AWS's.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use rustc_hash::FxHashMap;

use super::pseudonym::{Key, hash};

/// Ranges of private, shared, link-local, multicast and reserved IPv4 addresses.
const FIXED_V4: [Ipv4Net; 9] = [
    v4([0, 0, 0, 0], 8),
    v4([10, 0, 0, 0], 8),
    v4([100, 64, 0, 0], 10),
    v4([127, 0, 0, 0], 8),
    v4([169, 254, 0, 0], 16),
    v4([172, 16, 0, 0], 12),
    v4([192, 0, 0, 0], 24),
    v4([192, 168, 0, 0], 16),
    v4([224, 0, 0, 0], 3),
];

/// All IPv6 addresses but global unicast; some of them carry an IPv4 address that does not stay.
const FIXED_V6: [Ipv6Net; 3] = [v6(0, 3), v6(0x4000, 2), v6(0x8000, 1)];

/// A VPC is no larger than a /16; a network that is larger would keep too much of an address.
const LARGEST_VPC: u8 = 16;

/// IPv6 addresses that carry an IPv4 address in their last 32 bits: compatible, mapped, translated, of NAT64.
const CARRYING_V4: [Ipv6Net; 4] =
    [carrying(0), carrying(0xffff << 32), carrying(0xffff << 48), carrying(0x0064_ff9b << 96)];

const fn carrying(first: u128) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::from_bits(first), 96)
}

const fn v4(octets: [u8; 4], length: u8) -> Ipv4Net {
    let [a, b, c, d] = octets;
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)
}

const fn v6(first: u16, length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(first, 0, 0, 0, 0, 0, 0, 0), length)
}

/// How addresses are masked.
pub(super) struct Addresses {
    key: Key,
    fixed: Vec<IpNet>,
    vpcs: Vec<Ipv4Net>,
    known: FxHashMap<IpAddr, IpAddr>,
}

impl Addresses {
    /// `of_aws` stay as they are, as private and reserved addresses do; of addresses in `vpcs`, the place in there.
    pub fn new(
        key: Key,
        of_aws: impl Iterator<Item = IpNet>,
        vpcs: impl Iterator<Item = Ipv4Net>,
    ) -> Self {
        let v4 = FIXED_V4.into_iter().map(IpNet::V4);
        let v6 = FIXED_V6.into_iter().map(IpNet::V6);
        // A list with a default route in it would keep everything as it is.
        let of_aws = of_aws.filter(|net| net.prefix_len() > 0);
        let fixed = v4.chain(v6).chain(of_aws).collect();
        let vpcs = vpcs.filter(|net| net.prefix_len() >= LARGEST_VPC).collect();
        Self { key, fixed, vpcs, known: FxHashMap::default() }
    }

    /// The address that stands for this one.
    pub fn address(&mut self, original: IpAddr) -> IpAddr {
        if let Some(known) = self.known.get(&original) {
            return *known;
        }
        let new = match original {
            IpAddr::V6(v6) if CARRYING_V4.iter().any(|net| net.contains(&v6)) => {
                self.carried(v6).into()
            }
            _ => self.flipped(original),
        };
        self.known.insert(original, new);
        new
    }

    /// The prefix that stands for this one, of the same length.
    pub fn prefix(&mut self, original: IpNet) -> IpNet {
        let new = self.address(original.addr());
        let new = IpNet::new(new, original.prefix_len()).unwrap_or(original);
        if original.addr() == original.network() { new.trunc() } else { new }
    }

    /// The same kind of address around the IPv4 address that stands for the one in it.
    fn carried(&mut self, original: Ipv6Addr) -> Ipv6Addr {
        let last = original.to_bits() & u128::from(u32::MAX);
        let inner = Ipv4Addr::from_bits(u32::try_from(last).unwrap_or_default());
        let new = match self.address(inner.into()) {
            IpAddr::V4(new) => u128::from(new.to_bits()),
            IpAddr::V6(_) => last,
        };
        Ipv6Addr::from_bits(original.to_bits() - last + new)
    }

    fn flipped(&self, original: IpAddr) -> IpAddr {
        let bits = bits(original);
        let Some(first) = self.first_free(original) else { return original };
        let width = width(original);
        let flips = (first..self.first_in_vpc(original))
            .filter(|at| *at == first || self.flips(bits, *at, width));
        let flipped = flips.fold(bits, |bits, at| bits ^ (1 << (127 - at)));
        match original {
            IpAddr::V4(_) => IpAddr::V4(u32::try_from(flipped >> 96).unwrap_or_default().into()),
            IpAddr::V6(_) => IpAddr::V6(flipped.into()),
        }
    }

    /// The first bit that can be flipped without moving what is fixed; `None` inside of what is fixed.
    fn first_free(&self, original: IpAddr) -> Option<u32> {
        let mut same_family = self.fixed.iter().filter(|net| width(net.addr()) == width(original));
        same_family.try_fold(0, |first, net| {
            let shared = (bits(original) ^ bits(net.network())).leading_zeros();
            (shared < u32::from(net.prefix_len())).then(|| first.max(shared + 1))
        })
    }

    /// The first bit that says where in its VPC an address is; past the last bit elsewhere, and for IPv6, where no place
    /// has a meaning and the lower half alone may be enough to find the machine.
    fn first_in_vpc(&self, original: IpAddr) -> u32 {
        let IpAddr::V4(original) = original else { return width(original) };
        let around = self.vpcs.iter().filter(|net| net.contains(&original));
        around.map(|net| u32::from(net.prefix_len())).min().unwrap_or(Ipv4Addr::BITS)
    }

    fn flips(&self, bits: u128, at: u32, width: u32) -> bool {
        let before = bits & !(u128::MAX >> at);
        let random = hash(
            &self.key,
            &[b"address", &width.to_be_bytes(), &at.to_be_bytes(), &before.to_be_bytes()],
        );
        random[0] & 1 == 1
    }
}

/// The address at the upper end of 128 bits.
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => u128::from(v4.to_bits()) << 96,
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

fn width(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Addresses, IpAddr, IpNet, Ipv4Addr, Ipv4Net, bits};

    fn addresses() -> Addresses {
        let of_aws = ["52.219.60.0/23", "2a05:d000::/25"].map(|net| net.parse().unwrap());
        let vpcs = ["20.0.0.0/16", "20.1.2.0/24"].map(|net| net.parse().unwrap());
        Addresses::new([7; 32], of_aws.into_iter(), vpcs.into_iter())
    }

    fn shared(one: IpAddr, other: IpAddr) -> u32 {
        (bits(one) ^ bits(other)).leading_zeros()
    }

    proptest! {
        #[test]
        fn two_addresses_share_as_many_bits_as_before(one: u32, far: u32, near in 0_u32..32) {
            let mut masked = addresses();
            for other in [far, one ^ (far >> near)] {
                let (one, other) = (IpAddr::V4(one.into()), IpAddr::V4(other.into()));
                let new = (masked.address(one), masked.address(other));
                prop_assert_eq!(shared(new.0, new.1), shared(one, other));
            }
        }

        #[test]
        fn so_do_those_of_a_vpc(one: u16, far: u32, near in 0_u32..32) {
            let mut masked = addresses();
            let one = 20 << 24 | u32::from(one);
            let (one, other) = (IpAddr::V4(one.into()), IpAddr::V4((one ^ (far >> near)).into()));
            let new = (masked.address(one), masked.address(other));
            prop_assert_eq!(shared(new.0, new.1), shared(one, other));
        }

        #[test]
        fn so_do_those_of_ipv6(one: u128, far: u128, near in 0_u32..128) {
            let mut masked = addresses();
            let (one, other) = (IpAddr::V6(one.into()), IpAddr::V6((one ^ (far >> near)).into()));
            let new = (masked.address(one), masked.address(other));
            prop_assert_eq!(shared(new.0, new.1), shared(one, other));
        }

        #[test]
        fn a_prefix_holds_what_it_held(address: u32, length in 0_u8..=32) {
            let mut masked = addresses();
            let address = IpAddr::V4(address.into());
            let net = IpNet::new(address, length).unwrap().trunc();
            prop_assert!(masked.prefix(net).contains(&masked.address(address)));
        }
    }

    #[test]
    fn what_is_private_reserved_or_of_aws_stays() {
        let mut masked = addresses();
        for net in ["0.0.0.0/0", "::/0", "10.1.0.0/16", "52.219.60.0/23", "52.0.0.0/8", "fd00::/8"]
        {
            let net = net.parse().unwrap();
            assert_eq!(masked.prefix(net), net);
        }
        for moved in ["203.0.113.7", "52.219.62.1", "8.8.8.8", "2600:1f18::1"] {
            let address = moved.parse().unwrap();
            assert_ne!(masked.address(address), address);
        }
    }
    #[test]
    fn an_address_keeps_its_place_in_its_vpc() {
        let mut masked = addresses();
        for (address, network) in [("20.0.0.2", "20.0.0.0/16"), ("20.1.2.255", "20.1.2.0/24")] {
            let (address, network): (Ipv4Addr, Ipv4Net) =
                (address.parse().unwrap(), network.parse().unwrap());
            let IpNet::V4(new) = masked.prefix(network.into()) else { panic!("{network}") };
            assert_ne!(new, network);
            let place = address.to_bits() - network.network().to_bits();
            let expected = Ipv4Addr::from_bits(new.network().to_bits() + place);
            assert_eq!(masked.address(address.into()), IpAddr::V4(expected));
        }
    }
    #[test]
    fn what_carries_an_ipv4_address_carries_the_masked_one() {
        let mut masked = addresses();
        let inner = |masked: &mut Addresses, text: &str| {
            let IpAddr::V6(new) = masked.address(text.parse().unwrap()) else { panic!("{text}") };
            let [front @ .., a, b, c, d] = new.octets();
            (front, Ipv4Addr::from([a, b, c, d]))
        };
        for front in ["::", "::ffff:", "::ffff:0:", "64:ff9b::"] {
            for carried in ["203.0.113.78", "10.1.2.3", "20.0.0.2"] {
                let expected = masked.address(carried.parse().unwrap());
                let (got_front, got) = inner(&mut masked, &format!("{front}{carried}"));
                assert_eq!(IpAddr::V4(got), expected, "{front}{carried}");
                assert_eq!(got_front, inner(&mut masked, &format!("{front}0.0.0.0")).0);
            }
        }
        for stays in ["::", "::1", "64:ff9b::/96", "::ffff:0:0/96"] {
            let stays: IpNet = stays.parse().or_else(|_| format!("{stays}/128").parse()).unwrap();
            assert_eq!(masked.prefix(stays), stays);
        }
        let rule: IpNet = "64:ff9b::203.0.113.0/120".parse().unwrap();
        assert_ne!(masked.prefix(rule), rule);
        assert!(
            masked.prefix(rule).contains(&masked.address("64:ff9b::203.0.113.7".parse().unwrap()))
        );
    }
}
