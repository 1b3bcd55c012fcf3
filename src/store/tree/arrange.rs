//! The network under other headings: by security group, by who uses an interface, by route table; and in other orders.

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;

use super::build::{Planting, node};
use super::{Detail, Node, NodeIx, NodeKind, Tree};
use crate::model::tag;
use crate::store::{InterfaceIx, OwnerKind, PlaceIx, Store};

/// How the network is arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Arrangement {
    /// What stands under what.
    pub grouping: Grouping,
    /// In which order.
    pub order: Order,
    /// The other way round.
    pub reversed: bool,
}

/// What interfaces stand under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// VPC and subnet.
    #[default]
    Place,
    /// Each group that they carry.
    SecurityGroup,
    /// The kind of what uses them.
    User,
    /// The table that routes what they send.
    RouteTable,
}

/// The order of what stands under one heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// By name; subnets by address, as they were planned.
    #[default]
    Name,
    /// By address or prefix.
    Address,
    /// By AWS's id.
    Id,
    /// By how many interfaces are inside, the most first.
    Count,
}

impl Grouping {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Place, Self::SecurityGroup, Self::User, Self::RouteTable];

    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Place => "VPC and subnet",
            Self::SecurityGroup => "security group",
            Self::User => "kind of user",
            Self::RouteTable => "route table",
        }
    }
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Name, Self::Address, Self::Id, Self::Count];

    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Id => "id",
            Self::Count => "count",
        }
    }
}

impl Tree {
    /// The tree of a network in some arrangement.
    pub fn arranged(store: &Store, arrangement: Arrangement) -> Self {
        let mut tree = match arrangement.grouping {
            Grouping::Place => Self::build(store),
            other => grouped(store, other),
        };
        tree.sort(arrangement);
        tree
    }

    fn sort(&mut self, arrangement: Arrangement) {
        if arrangement == (Arrangement { grouping: arrangement.grouping, ..Arrangement::default() })
        {
            return;
        }
        let mut roots = std::mem::take(&mut self.roots);
        self.order(&mut roots, arrangement);
        self.roots = roots;
        for at in 0..self.nodes.len() {
            let mut children = std::mem::take(&mut self.nodes[at].children);
            self.order(&mut children, arrangement);
            self.nodes[at].children = children;
        }
    }

    fn order(&self, nodes: &mut [NodeIx], arrangement: Arrangement) {
        match arrangement.order {
            Order::Name => {}
            Order::Address => nodes.sort_by_key(|at| address(self.node(*at))),
            Order::Id => nodes.sort_by(|a, b| self.node(*a).id.cmp(&self.node(*b).id)),
            Order::Count => nodes.sort_by_key(|at| std::cmp::Reverse(self.node(*at).leaves)),
        }
        if arrangement.reversed {
            nodes.reverse();
        }
    }
}

/// What has no address comes last.
fn address(node: &Node) -> (bool, Option<IpAddr>) {
    let first = node.detail.cidr.split_whitespace().next();
    let cidr = first.and_then(|cidr| cidr.parse::<IpNet>().ok()).map(|net| net.addr());
    let address = node.detail.address.or(cidr);
    (address.is_none(), address)
}

/// A heading, and what stands under it.
type Headings = BTreeMap<(String, String), (NodeKind, Detail, Vec<InterfaceIx>)>;

fn grouped(store: &Store, grouping: Grouping) -> Tree {
    let mut planting = Planting { store, tree: Tree::default() };
    let places = 0..u16::try_from(store.places.len()).unwrap_or(u16::MAX);
    let regions: Vec<_> = places.map(|at| (PlaceIx(at), planting.region(PlaceIx(at)))).collect();
    for (place, region) in regions {
        for ((name, id), (kind, detail, interfaces)) in headings(store, place, grouping) {
            let here = planting.tree.add(Some(region), node(&id, kind, &name, detail));
            planting.interfaces(&interfaces, here);
        }
        planting.resources_outside(place, region);
    }
    planting.tree.count();
    planting.tree
}

fn headings(store: &Store, place: PlaceIx, grouping: Grouping) -> Headings {
    let mut headings = Headings::new();
    for (at, _) in store.interfaces.rows().filter(|(_, row)| row.place == place) {
        for (name, id, kind, detail) in headings_of(store, at, place, grouping) {
            let heading = headings.entry((name, id)).or_insert_with(|| (kind, detail, Vec::new()));
            heading.2.push(at);
        }
    }
    headings
}

type Heading = (String, String, NodeKind, Detail);

fn headings_of(store: &Store, at: InterfaceIx, place: PlaceIx, by: Grouping) -> Vec<Heading> {
    let interface = store.interface(at);
    match by {
        Grouping::SecurityGroup if interface.groups.is_empty() => {
            vec![heap("in no security group", place)]
        }
        Grouping::SecurityGroup => {
            interface.groups.iter().map(|id| group(store, id.as_str())).collect()
        }
        Grouping::RouteTable => {
            let table = interface.subnet.and_then(|subnet| store.route_table_of(subnet));
            let table = table.map(|at| &store.route_tables[at].data);
            let heading = table.map(|table| {
                let id = table.route_table_id.to_string();
                let name = tag::name(&table.tags).unwrap_or(&id).to_owned();
                (name, id, NodeKind::RouteTable, Detail::default())
            });
            vec![heading.unwrap_or_else(|| heap("by an unknown table", place))]
        }
        Grouping::User | Grouping::Place => vec![users(interface.owner.kind, place)],
    }
}

fn group(store: &Store, id: &str) -> Heading {
    let name = store.security_groups.get(id).map(|group| group.group_name.clone());
    let detail = Detail { groups: vec![id.into()], ..Detail::default() };
    (name.unwrap_or_else(|| id.to_owned()), id.to_owned(), NodeKind::SecurityGroup, detail)
}

fn users(kind: OwnerKind, place: PlaceIx) -> Heading {
    let (name, id, node, detail) = heap(kind.word(), place);
    (name, id, node, Detail { owner: Some(kind), ..detail })
}

fn heap(name: &str, place: PlaceIx) -> Heading {
    (name.to_owned(), format!("heap:{}/{name}", place.0), NodeKind::Heap, Detail::default())
}
