//! Exact sets of traffic: which protocols, and of them which destination ports or ICMP messages.
//!
//! Every filter of AWS looks at the destination port of the packet in front of it and never at its source port. So what
//! one filter lets through towards a fixed address is exactly such a set, and the answer's filters, which see the
//! client's port as destination, give a second one.

use super::interval::IntervalSet;

/// A set of ports.
pub type PortSet = IntervalSet<u16>;

/// An IP protocol number. [Assigned numbers](https://www.iana.org/assignments/protocol-numbers).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Protocol(pub u8);

impl Protocol {
    /// Internet Control Message Protocol.
    pub const ICMP: Self = Self(1);
    /// Transmission Control Protocol.
    pub const TCP: Self = Self(6);
    /// User Datagram Protocol.
    pub const UDP: Self = Self(17);
    /// ICMP for IPv6.
    pub const ICMPV6: Self = Self(58);

    /// `tcp`, `udp`, `icmp`, `icmpv6` or a number, as AWS and people write it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let named = [
            ("tcp", Self::TCP),
            ("udp", Self::UDP),
            ("icmp", Self::ICMP),
            ("icmpv6", Self::ICMPV6),
        ];
        let named = named.into_iter().find(|(name, _)| text.eq_ignore_ascii_case(name));
        named.map(|(_, protocol)| protocol).or_else(|| text.parse().ok().map(Self))
    }

    /// Whether the protocol has ports.
    #[must_use]
    pub fn has_ports(self) -> bool {
        matches!(self, Self::TCP | Self::UDP)
    }
}

impl std::fmt::Display for Protocol {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Self::TCP => out.pad("tcp"),
            Self::UDP => out.pad("udp"),
            Self::ICMP => out.pad("icmp"),
            Self::ICMPV6 => out.pad("icmpv6"),
            Self(number) => out.pad(&number.to_string()),
        }
    }
}

/// An ICMP type and code in one number, so that a set of them is a set of intervals.
#[must_use]
pub fn icmp_message(icmp_type: u8, code: u8) -> u16 {
    u16::from(icmp_type) << 8 | u16::from(code)
}

/// A set of traffic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Traffic {
    /// Destination ports of TCP.
    pub tcp: PortSet,
    /// Destination ports of UDP.
    pub udp: PortSet,
    /// Messages of ICMP, see [`icmp_message`].
    pub icmp: PortSet,
    /// Messages of `ICMPv6`, see [`icmp_message`].
    pub icmpv6: PortSet,
    /// Whole protocols other than those four, by number.
    pub others: IntervalSet<u8>,
}

impl Traffic {
    /// All ICMP messages of both families.
    #[must_use]
    pub fn pings() -> Self {
        let v4 = Self::of(Protocol::ICMP, PortSet::full());
        v4.union(&Self::of(Protocol::ICMPV6, PortSet::full()))
    }

    /// Nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// All of it.
    #[must_use]
    pub fn full() -> Self {
        let full = PortSet::full;
        Self { tcp: full(), udp: full(), icmp: full(), icmpv6: full(), others: without_named() }
    }

    /// One protocol with these ports or messages; for protocols without either, all of the protocol unless the set is
    /// empty (rule SG-17).
    #[must_use]
    pub fn of(protocol: Protocol, ports: PortSet) -> Self {
        let mut traffic = Self::empty();
        match protocol {
            Protocol::TCP => traffic.tcp = ports,
            Protocol::UDP => traffic.udp = ports,
            Protocol::ICMP => traffic.icmp = ports,
            Protocol::ICMPV6 => traffic.icmpv6 = ports,
            Protocol(number) if !ports.is_empty() => traffic.others = IntervalSet::one(number),
            Protocol(_) => {}
        }
        traffic
    }

    /// The ports or messages of one protocol; full or empty for protocols without either.
    #[must_use]
    pub fn ports(&self, protocol: Protocol) -> PortSet {
        match protocol {
            Protocol::TCP => self.tcp.clone(),
            Protocol::UDP => self.udp.clone(),
            Protocol::ICMP => self.icmp.clone(),
            Protocol::ICMPV6 => self.icmpv6.clone(),
            Protocol(number) if self.others.contains(number) => PortSet::full(),
            Protocol(_) => PortSet::empty(),
        }
    }

    /// The protocols of which anything is in the set, in ascending order.
    #[must_use]
    pub fn protocols(&self) -> Vec<Protocol> {
        let named = [
            (Protocol::ICMP, &self.icmp),
            (Protocol::TCP, &self.tcp),
            (Protocol::UDP, &self.udp),
            (Protocol::ICMPV6, &self.icmpv6),
        ];
        let named = named.into_iter().filter(|(_, set)| !set.is_empty());
        let others = self.others.intervals().iter().flat_map(|(first, last)| *first..=*last);
        let mut protocols: Vec<_> =
            named.map(|(protocol, _)| protocol).chain(others.map(Protocol)).collect();
        protocols.sort_unstable();
        protocols
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tcp.is_empty()
            && self.udp.is_empty()
            && self.icmp.is_empty()
            && self.icmpv6.is_empty()
            && self.others.is_empty()
    }

    /// What is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.zip(other, PortSet::union, IntervalSet::union)
    }

    /// What is in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        self.zip(other, PortSet::intersection, IntervalSet::intersection)
    }

    /// What is in `self` but not in `other`.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        self.zip(other, PortSet::difference, IntervalSet::difference)
    }

    /// Whether all of it is in `other`.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.difference(other).is_empty()
    }

    fn zip(
        &self,
        other: &Self,
        ports: impl Fn(&PortSet, &PortSet) -> PortSet,
        numbers: impl Fn(&IntervalSet<u8>, &IntervalSet<u8>) -> IntervalSet<u8>,
    ) -> Self {
        Self {
            tcp: ports(&self.tcp, &other.tcp),
            udp: ports(&self.udp, &other.udp),
            icmp: ports(&self.icmp, &other.icmp),
            icmpv6: ports(&self.icmpv6, &other.icmpv6),
            others: numbers(&self.others, &other.others),
        }
    }
}

/// Every protocol number but the four that have ports or messages.
fn without_named() -> IntervalSet<u8> {
    let named = [Protocol::ICMP, Protocol::TCP, Protocol::UDP, Protocol::ICMPV6];
    let named: IntervalSet<u8> =
        named.into_iter().map(|Protocol(number)| (number, number)).collect();
    named.complement()
}

#[cfg(test)]
mod tests;
