//! Pairs that need no walk of their own: no way leads from the one's ground to the other's, or no group lets the one in.
//!
//! Both tests let too much through and never too little, so leaving a pair out changes no answer.

use rustc_hash::FxHashMap;

use crate::model::address::AddressSet;
use crate::model::ids::SecurityGroupId;
use crate::reach::answer::Point;
use crate::reach::ask::Asking;
use crate::reach::walk::Groups;
use crate::store::{ClassIx, Direction, GroundIx, Interface, Peer, Store};

/// Tells which pairs are worth a walk.
pub(super) struct Prune<'a> {
    /// The question, were there no groups.
    asking: Asking<'a>,
    ways: FxHashMap<(Spot, Spot), Way>,
}

/// Where a party stands, for as long as one search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Spot {
    /// A class on its ground.
    Ground(GroundIx),
    /// One of the points that were asked about.
    Asked(u32),
    /// The internet.
    Internet,
}

/// What leads from one ground to another, groups aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Nothing.
    Shut,
    /// A way on which the addresses stay what they are: groups see the very ends.
    Direct,
    /// A way with translations, or one that is not known to its end.
    Other,
}

impl<'a> Prune<'a> {
    /// For the pairs of one question.
    pub(super) fn new(asking: &Asking<'a>) -> Self {
        let asking = Asking { groups: Groups::LeftOut, ..*asking };
        Self { asking, ways: FxHashMap::default() }
    }

    /// Whether a walk may find something.
    pub(super) fn is_worth_it(&mut self, from: (Spot, &Point), to: (Spot, &Point)) -> bool {
        let key = (from.0, to.0);
        let way = if let Some(way) = self.ways.get(&key) {
            *way
        } else {
            let way = self.way(from.1, to.1);
            self.ways.insert(key, way);
            way
        };
        match way {
            Way::Shut => false,
            Way::Other => true,
            Way::Direct => groups_may_let(self.asking.store, from.1, to.1),
        }
    }

    fn way(&self, from: &Point, to: &Point) -> Way {
        let mut way = Way::Shut;
        for (from, to) in self.asking.families(from, to) {
            self.asking.each_class(&from, &to, |walks| {
                if !walks.there.leg.passed.is_empty() {
                    let direct = walks.is_direct && way != Way::Other;
                    way = if direct { Way::Direct } else { Way::Other };
                }
            });
        }
        way
    }
}

/// The ground of a class.
pub(super) fn spot(store: &Store, class: ClassIx) -> Spot {
    Spot::Ground(store.classes().ground(class).unwrap_or(GroundIx::MAX))
}

/// Whether some rule of the sender may let it out and some rule of the receiver may let it in.
fn groups_may_let(store: &Store, from: &Point, to: &Point) -> bool {
    let interface = |point: &Point| point.site.interface().map(|at| store.interface(at));
    let (Some(sender), Some(receiver)) = (interface(from), interface(to)) else { return true };
    let into = may_let(store, receiver, Direction::Ingress, sender, &from.addresses);
    into && may_let(store, sender, Direction::Egress, receiver, &to.addresses)
}

fn may_let(
    store: &Store,
    filtering: &Interface,
    direction: Direction,
    other: &Interface,
    addresses: &AddressSet,
) -> bool {
    let group_may_let = |group: &SecurityGroupId| {
        store.group_rules(group).is_none_or(|rules| {
            !rules.is_whole
                || rules.of(direction).iter().any(|rule| match &rule.peer {
                    Peer::Group(reference) => other.carries(&reference.group) != Some(false),
                    Peer::PrefixList(_, None) => true,
                    Peer::PrefixList(_, Some(set)) => meets(set, addresses),
                    Peer::Cidr(net) => meets_net(net, addresses),
                })
        })
    };
    !filtering.is_filtered() || filtering.groups.iter().any(group_may_let)
}

fn meets(set: &AddressSet, addresses: &AddressSet) -> bool {
    set.v4.intersects(&addresses.v4) || set.v6.intersects(&addresses.v6)
}

fn meets_net(net: &ipnet::IpNet, addresses: &AddressSet) -> bool {
    match net {
        ipnet::IpNet::V4(net) => {
            let (first, last) = (net.network().to_bits(), net.broadcast().to_bits());
            addresses.v4.intervals().iter().any(|(a, b)| *a <= last && first <= *b)
        }
        ipnet::IpNet::V6(net) => {
            let (first, last) = (net.network().to_bits(), net.broadcast().to_bits());
            addresses.v6.intervals().iter().any(|(a, b)| *a <= last && first <= *b)
        }
    }
}
