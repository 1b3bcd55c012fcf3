//! Addresses under test.
//!
//! An end of a question is one address or a set of them. A walk is made for one member, the witness, and every test on
//! the way narrows the set to those that every test treats like the witness: its atom. What holds for the witness holds
//! for the atom, so a set of addresses is answered exactly by walking once per atom.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::model::address::AddressSet;
use crate::model::interval::{Bound, IntervalSet};

/// An address in a packet's header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// The address, or the witness of a set.
    pub value: IpAddr,
    /// The end of the question whose set it stands for; none for a fixed address.
    pub varies: Option<Side>,
}

/// The two ends of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    From,
    To,
}

/// The addresses of both ends that every test so far treated alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Atoms {
    pub from: AddressSet,
    pub to: AddressSet,
}

impl Field {
    /// A fixed address.
    pub(super) fn fixed(value: IpAddr) -> Self {
        Self { value, varies: None }
    }
}

impl Atoms {
    /// Whether the address is in `net`.
    pub(super) fn within(&mut self, field: Field, net: &IpNet) -> bool {
        let inside = net.contains(&field.value);
        let Some(side) = field.varies else { return inside };
        let atom = self.of(side);
        match net {
            IpNet::V4(net) if field.value.is_ipv4() => {
                keep(&mut atom.v4, net.network().to_bits(), net.broadcast().to_bits(), inside);
            }
            IpNet::V6(net) if field.value.is_ipv6() => {
                keep(&mut atom.v6, net.network().to_bits(), net.broadcast().to_bits(), inside);
            }
            _ => {}
        }
        inside
    }

    /// Whether the address is in any of these.
    pub(super) fn within_any(&mut self, field: Field, nets: &[IpNet]) -> bool {
        nets.iter().any(|net| self.within(field, net))
    }

    /// Whether the address is in `set`.
    pub(super) fn within_set(&mut self, field: Field, set: &AddressSet) -> bool {
        let inside = set.contains(field.value);
        if let Some(side) = field.varies {
            self.narrow(side, set, inside);
        }
        inside
    }

    fn narrow(&mut self, side: Side, set: &AddressSet, inside: bool) {
        let atom = self.of(side);
        *atom = if inside { atom.intersection(set) } else { atom.difference(set) };
    }

    fn of(&mut self, side: Side) -> &mut AddressSet {
        match side {
            Side::From => &mut self.from,
            Side::To => &mut self.to,
        }
    }
}

/// Keeps what is in a range, or what is not.
fn keep<T: Bound>(set: &mut IntervalSet<T>, first: T, last: T, inside: bool) {
    if inside {
        set.clip(first, last);
    } else {
        set.cut(first, last);
    }
}
