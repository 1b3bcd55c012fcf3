//! Addresses under test.
//!
//! An end of a question is one address or a set of them. A walk is made for one member, the witness, and every test on
//! the way narrows the set to those that every test treats like the witness: its atom. What holds for the witness holds
//! for the atom, so a set of addresses is answered exactly by walking once per atom.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::model::address::AddressSet;

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
        if let Some(side) = field.varies {
            let same_family = net.addr().is_ipv4() == field.value.is_ipv4();
            if same_family {
                self.narrow(side, &AddressSet::from_iter([*net]), inside);
            }
        }
        inside
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
        let atom = match side {
            Side::From => &mut self.from,
            Side::To => &mut self.to,
        };
        *atom = if inside { atom.intersection(set) } else { atom.difference(set) };
    }
}
