//! From a store to its tree.

use std::sync::Arc;

use ipnet::IpNet;

use super::way_out::way_out;
use super::{Detail, Node, NodeIx, NodeKind, Tree, account_id, idle, region_id};
use crate::model::tag;
use crate::model::vpc::{Subnet, Vpc};
use crate::store::{Interface, InterfaceIx, Ix, Keyed, OwnerKind, PlaceIx, Store};

/// The tree of a network.
pub(super) fn build(store: &Store) -> Tree {
    let mut planting = Planting { store, tree: Tree::default() };
    let places = 0..u16::try_from(store.places.len()).unwrap_or(u16::MAX);
    let regions: Vec<_> = places.map(|at| (PlaceIx(at), planting.region(PlaceIx(at)))).collect();
    for (place, region) in &regions {
        planting.vpcs(*place, *region);
        planting.outside(*place, *region);
    }
    planting.tree.count();
    planting.tree
}

/// A tree that is being made.
pub(super) struct Planting<'a> {
    pub(super) store: &'a Store,
    pub(super) tree: Tree,
}

impl Planting<'_> {
    pub(super) fn region(&mut self, at: PlaceIx) -> NodeIx {
        let place = self.store.place(at);
        let account_id = account_id(place);
        let account = self.tree.position(&account_id).unwrap_or_else(|| {
            let name = or(place.account.as_str(), "account unknown");
            self.tree.add(None, node(&account_id, NodeKind::Account, name, Detail::default()))
        });
        let id = region_id(place);
        let name = or(place.region.as_str(), "region unknown");
        self.tree.add(Some(account), node(&id, NodeKind::Region, name, Detail::default()))
    }

    fn vpcs(&mut self, place: PlaceIx, region: NodeIx) {
        let vpcs = self.store.vpcs.rows().filter(|(_, row)| row.place == place);
        let mut vpcs: Vec<_> = vpcs.map(|(at, row)| (sort_name(&row.data.tags), at)).collect();
        vpcs.sort();
        for (_, vpc) in vpcs {
            self.vpc(vpc, region);
        }
    }

    fn vpc(&mut self, at: Ix<Vpc>, region: NodeIx) {
        let vpc = &self.store.vpcs[at].data;
        let cidrs = vpc.ipv4_cidrs().map(IpNet::V4).chain(vpc.ipv6_cidrs().map(IpNet::V6));
        let detail = Detail { cidr: listed(cidrs), ..Detail::default() };
        let name = tag::name(&vpc.tags).unwrap_or(vpc.vpc_id.as_str());
        let here =
            self.tree.add(Some(region), node(vpc.vpc_id.as_str(), NodeKind::Vpc, name, detail));
        let subnets = self.store.topology().subnets(at).iter();
        let mut subnets: Vec<_> = subnets.map(|at| (self.subnet_order(*at), *at)).collect();
        subnets.sort();
        for (_, subnet) in subnets {
            self.subnet(subnet, here);
        }
    }

    /// By address: it keeps what was planned together.
    fn subnet_order(&self, at: Ix<Subnet>) -> Option<ipnet::Ipv4Net> {
        self.store.subnets[at].data.cidr_block
    }

    fn subnet(&mut self, at: Ix<Subnet>, vpc: NodeIx) {
        let subnet = &self.store.subnets[at].data;
        let v4 = subnet.cidr_block.map(IpNet::V4).into_iter();
        let detail = Detail {
            cidr: listed(v4.chain(subnet.ipv6_cidrs().map(IpNet::V6))),
            zone: subnet.availability_zone.as_ref().map(|zone| zone.as_str().into()),
            way_out: Some(way_out(self.store, at)),
            ..Detail::default()
        };
        let id = subnet.subnet_id.as_str();
        let name = tag::name(&subnet.tags).unwrap_or(id);
        let here = self.tree.add(Some(vpc), node(id, NodeKind::Subnet, name, detail));
        self.interfaces(self.store.topology().interfaces(at), here);
    }

    pub(super) fn interfaces(&mut self, interfaces: &[InterfaceIx], parent: NodeIx) {
        let ordered = |at: &InterfaceIx| self.store.interface(*at);
        let mut interfaces: Vec<&Interface> = interfaces.iter().map(ordered).collect();
        interfaces.sort_by_key(|one| (one.owner.name.clone(), one.primary(), one.id.clone()));
        for interface in interfaces {
            self.tree.add(Some(parent), interface_node(interface));
        }
    }

    /// Interfaces without a known subnet, functions in no VPC and databases without any interface.
    fn outside(&mut self, place: PlaceIx, region: NodeIx) {
        let rows = self.store.interfaces.rows().filter(|(_, row)| row.place == place);
        let stray = rows.filter(|(_, row)| row.data.subnet.is_none()).map(|(at, _)| at);
        let stray: Vec<_> = stray.collect();
        self.outside_with(&stray, place, region);
    }

    /// Functions in no VPC and databases without any interface.
    pub(super) fn resources_outside(&mut self, place: PlaceIx, region: NodeIx) {
        self.outside_with(&[], place, region);
    }

    fn outside_with(&mut self, stray: &[InterfaceIx], place: PlaceIx, region: NodeIx) {
        let resources = self.resources(place);
        if stray.is_empty() && resources.is_empty() {
            return;
        }
        let id = format!("outside:{}", self.tree.node(region).id);
        let outside = node(&id, NodeKind::Outside, "outside any VPC", Detail::default());
        let here = self.tree.add(Some(region), outside);
        self.interfaces(stray, here);
        for resource in resources {
            self.tree.add(Some(here), resource);
        }
    }

    fn resources(&self, place: PlaceIx) -> Vec<Node> {
        let store = self.store;
        let functions = store.functions.rows().filter(|(_, row)| row.place == place);
        let functions = functions.filter(|(_, row)| row.data.published().is_none());
        let functions = functions.map(|(_, row)| {
            let function = &row.data;
            (function.key(), OwnerKind::Function, function.function_name.as_str())
        });
        let databases = store.databases.rows().filter(|(_, row)| row.place == place);
        let databases = databases.map(|(_, row)| {
            (row.data.key(), OwnerKind::Database, row.data.db_instance_identifier.as_str())
        });
        let proxies = store.proxies.rows().filter(|(_, row)| row.place == place);
        let proxies = proxies.map(|(_, row)| {
            (row.data.key(), OwnerKind::DatabaseProxy, row.data.db_proxy_name.as_str())
        });
        let endpoints = store.proxy_endpoints.rows().filter(|(_, row)| row.place == place);
        let endpoints = endpoints.map(|(_, row)| {
            (row.data.key(), OwnerKind::DatabaseProxy, row.data.db_proxy_endpoint_name.as_str())
        });
        let all = functions.chain(databases).chain(proxies).chain(endpoints);
        let bare = all.filter(|(id, ..)| store.interfaces_of(id.as_str()).is_empty());
        bare.map(|(id, kind, name)| resource(id.as_str(), kind, name)).collect()
    }
}

fn interface_node(interface: &Interface) -> Node {
    let owner = &interface.owner;
    let detail = Detail {
        owner: Some(owner.kind),
        owner_id: Some(Arc::clone(&owner.id)),
        address: interface.primary(),
        public: interface.addresses.iter().find_map(|own| own.public),
        is_virtual: interface.is_virtual(),
        idle: idle(&interface.condition),
        groups: interface.groups.clone(),
        ..Detail::default()
    };
    let id = interface.id.as_str();
    node(id, NodeKind::Interface, or(&owner.name, id), detail)
}

fn resource(id: &str, kind: OwnerKind, name: &str) -> Node {
    let detail = Detail { owner: Some(kind), owner_id: Some(id.into()), ..Detail::default() };
    node(id, NodeKind::Resource, name, detail)
}

pub(super) fn node(id: &str, kind: NodeKind, name: &str, detail: Detail) -> Node {
    Node {
        id: id.into(),
        kind,
        name: name.into(),
        parent: None,
        children: Vec::new(),
        leaves: 0,
        detail,
    }
}

/// Named ones by name, the others after them.
fn sort_name(tags: &[tag::Tag]) -> (bool, String) {
    let name = tag::name(tags);
    (name.is_none(), name.unwrap_or_default().to_owned())
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.is_empty() { otherwise } else { text }
}

fn listed(cidrs: impl Iterator<Item = IpNet>) -> String {
    cidrs.map(|cidr| cidr.to_string()).collect::<Vec<_>>().join(" ")
}
