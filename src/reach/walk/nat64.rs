//! NAT64: IPv6 clients reach IPv4 by addresses that hold an IPv4 address at their end (rule NAT-7).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv6Net};

use super::super::answer::{Component, Reason};
use super::super::field::Field;
use super::{Check, Session, Walk};
use crate::model::traffic::{PortSet, Traffic, icmp_message};

/// The prefix that stands for all of IPv4.
const PREFIX: Ipv6Net = Ipv6Net::new_assert(Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

/// Messages of ping: ICMPv6 and ICMP types.
const PING: [(u8, u8); 2] = [(128, 8), (129, 0)];

impl Walk<'_> {
    /// Turns the destination into the IPv4 address in it and tells what it was; none if there is none in it, or if it
    /// stands for many.
    pub(super) fn unwrap_destination(&mut self, by: &Component) -> Option<Field> {
        let called = self.dst;
        let IpAddr::V6(v6) = called.value else { return None };
        let inside = self.atoms.within(called, &IpNet::V6(PREFIX));
        if !inside || called.varies.is_some() {
            return None;
        }
        let [.., a, b, c, d] = v6.octets();
        self.dst = Field::fixed(IpAddr::V4(Ipv4Addr::new(a, b, c, d)));
        self.asked = in_v4(&self.asked);
        self.leg.passed = in_v4(&self.leg.passed);
        self.leg.doubtful = in_v4(&self.leg.doubtful);
        let reason = Reason::Translated { from: called.value, to: self.dst.value };
        self.pass(Check::Nat, by.clone(), reason);
        Some(called)
    }
}

impl Session {
    /// Whether the destination was translated, too.
    pub(in crate::reach) fn is_nat64(&self) -> bool {
        self.bindings.iter().any(|binding| binding.called.is_some())
    }
}

/// The same traffic as IPv4 carries it: ping is another protocol there.
pub(in crate::reach) fn in_v4(traffic: &Traffic) -> Traffic {
    let icmp = pings(&traffic.icmpv6, PING);
    Traffic { icmp, icmpv6: PortSet::empty(), ..traffic.clone() }
}

/// The same traffic as IPv6 carries it.
pub(in crate::reach) fn in_v6(traffic: &Traffic) -> Traffic {
    let icmpv6 = pings(&traffic.icmp, PING.map(|(v6, v4)| (v4, v6)));
    Traffic { icmp: PortSet::empty(), icmpv6, ..traffic.clone() }
}

fn pings(messages: &PortSet, table: [(u8, u8); 2]) -> PortSet {
    let known = table.into_iter().filter(|(from, _)| messages.contains(icmp_message(*from, 0)));
    known.map(|(_, to)| (icmp_message(to, 0), icmp_message(to, 0))).collect()
}
