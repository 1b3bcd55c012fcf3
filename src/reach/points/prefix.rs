//! Who has the addresses of a prefix: interfaces by their own and by their public addresses, and whoever is outside of the
//! known networks.

use ipnet::IpNet;

use super::{outside, possible};
use crate::model::address::AddressSet;
use crate::model::vpc::Vpc;
use crate::reach::answer::{Point, Site};
use crate::store::{Interface, InterfaceIx, Store};

/// Whoever asks from an address of a prefix: an interface sends with its own address, whatever the world sees of it.
pub(super) fn asking(store: &Store, net: IpNet) -> Vec<Point> {
    everybody(store, net, |at, asked| {
        let interface = store.interface(at);
        let behind = interface
            .addresses
            .iter()
            .filter(|own| own.public.is_some_and(|public| asked.contains(public)));
        let behind: AddressSet = behind.map(|own| IpNet::from(own.private)).collect();
        let addresses = own(interface, asked).union(&behind);
        vec![Point { site: Site::Interface(at), addresses }]
    })
}

/// Whoever is called by an address of a prefix.
pub(super) fn called(store: &Store, net: IpNet) -> Vec<Point> {
    everybody(store, net, |at, asked| {
        let interface = store.interface(at);
        let own = Point { site: Site::Interface(at), addresses: own(interface, asked) };
        let public = public(interface).collect::<AddressSet>();
        vec![own, Point { site: Site::Public(at), addresses: public.intersection(asked) }]
    })
}

/// Whoever has an address of a prefix, and what of it is outside of the known VPCs. Addresses that nobody has ask nothing
/// and answer nothing; a prefix that nobody has any address of is answered as a place that there is not.
fn everybody(
    store: &Store,
    net: IpNet,
    points: impl Fn(InterfaceIx, &AddressSet) -> Vec<Point>,
) -> Vec<Point> {
    let asked = AddressSet::from_iter([net]);
    let all = store.interfaces.rows().flat_map(|(at, _)| points(at, &asked));
    let mut found: Vec<Point> = all.filter(|point| !point.addresses.is_empty()).collect();
    let beyond = asked.difference(&known(store));
    if found.is_empty() {
        found.push(outside(asked));
    } else if !beyond.is_empty() {
        found.push(outside(beyond));
    }
    found
}

/// The addresses of the VPCs, and the public ones of their interfaces.
fn known(store: &Store) -> AddressSet {
    let cidrs = |vpc: &Vpc| {
        let v4 = vpc.ipv4_cidrs().map(IpNet::V4);
        v4.chain(vpc.ipv6_cidrs().map(IpNet::V6)).collect::<Vec<_>>()
    };
    let inside = store.vpcs.iter().flat_map(cidrs);
    inside.chain(store.interfaces.iter().flat_map(public)).collect()
}

/// The addresses of a set that an interface has itself, or may have.
fn own(interface: &Interface, asked: &AddressSet) -> AddressSet {
    let own = interface.addresses.iter().map(|own| IpNet::from(own.private));
    let own: AddressSet = own.collect();
    let possible = if interface.is_virtual() { possible(interface) } else { AddressSet::empty() };
    own.union(&possible).intersection(asked)
}

fn public(interface: &Interface) -> impl Iterator<Item = IpNet> + '_ {
    interface.addresses.iter().filter_map(|own| own.public).map(IpNet::from)
}
