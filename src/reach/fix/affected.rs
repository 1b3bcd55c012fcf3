//! Who may gain by a change: sources and targets between which something may open.

use std::net::IpAddr;

use ipnet::IpNet;

use super::change::{Change, Edge, FixPeer, Link};
use super::edit_edge::NEW_ENDPOINT_INTERFACE;
use crate::model::ids::{SecurityGroupId, TransitGatewayAttachmentId, VpcId};
use crate::model::peering::VpcPeeringConnection;
use crate::store::{Direction, Interface, InterfaceIx, PRIVATE, Store};

/// Interfaces, and the internet or not.
#[derive(Clone, Debug, Default)]
pub(super) struct Gainers {
    pub interfaces: Vec<InterfaceIx>,
    pub internet: bool,
}

/// Sources and targets between which a change may open something, in the network that has it. What lies between others is
/// as it was.
pub(super) fn regions(store: &Store, change: &Change) -> Vec<(Gainers, Gainers)> {
    match change {
        Change::GroupRule { group, direction, peer, .. } => {
            let (own, others) = (carriers(store, group), peers(store, peer));
            match direction {
                Direction::Ingress => vec![(others, own)],
                Direction::Egress => vec![(own, others)],
            }
        }
        Change::AclEntry { acl, cidr, .. } => {
            both_ways(behind_acl(store, acl.as_str()), within(store, *cidr))
        }
        Change::Route { table, destination, .. } => {
            both_ways(users_of_table(store, table.as_str()), within(store, *destination))
        }
        Change::ForwardPackets { interface } => {
            both_ways(routed_to(store, interface.as_str()), everybody(store))
        }
        Change::TransitAssociation { attachment, .. }
        | Change::TransitPropagation { attachment, .. } => {
            both_ways(in_vpc_of(store, attachment), interfaces(store, |_| true))
        }
        Change::PublicAddress { interface, .. } => {
            let own = interfaces(store, |one| one.id == *interface);
            both_ways(own, Gainers { internet: true, ..Gainers::default() })
        }
        // Outside of VPCs the function had the internet before: what it gains is inside.
        Change::AttachFunction { function, .. } => {
            let own = store.interfaces_of_function(function).to_vec();
            let own = Gainers { interfaces: own, internet: false };
            vec![(own, interfaces(store, |_| true))]
        }
        Change::Edge(edge) => of_edge(store, edge),
        Change::Link(link) => of_link(store, link),
        // Gains come with the route to it, and with whoever carries it.
        Change::NatGateway { .. } | Change::NewGroup { .. } | Change::DnsOverPeering { .. } => {
            Vec::new()
        }
    }
}

fn of_edge(store: &Store, edge: &Edge) -> Vec<(Gainers, Gainers)> {
    let internet = || Gainers { internet: true, ..Gainers::default() };
    match edge {
        Edge::AttachGateway { vpc, .. } | Edge::PublicAccessExclusion { vpc, .. } => {
            both_ways(in_vpc(store, vpc), everybody(store))
        }
        Edge::GatewayEndpoint { table, .. } => {
            vec![(users_of_table(store, table.as_str()), internet())]
        }
        Edge::InterfaceEndpoint { client, .. } => {
            let new = interfaces(store, |one| one.id.as_str() == NEW_ENDPOINT_INTERFACE);
            vec![(carriers(store, client), new)]
        }
        // Names say where one goes, not what gets there; and gains come with the route.
        Edge::PrivateNames { .. } | Edge::DnsAttributes { .. } | Edge::EgressOnlyGateway { .. } => {
            Vec::new()
        }
    }
}

fn of_link(store: &Store, link: &Link) -> Vec<(Gainers, Gainers)> {
    let all = || interfaces(store, |_| true);
    match link {
        Link::AcceptPeering { peering } => {
            let sides =
                store.peerings.get(peering).into_iter().flat_map(VpcPeeringConnection::sides);
            let vpcs: Vec<_> = sides.filter_map(|side| side.vpc_id.as_ref()).collect();
            let joined = vpcs.iter().flat_map(|vpc| in_vpc(store, vpc).interfaces).collect();
            both_ways(Gainers { interfaces: joined, internet: false }, all())
        }
        Link::TransitRoute { destination, .. } => both_ways(all(), within(store, *destination)),
        Link::TransitSubnet { attachment, .. } | Link::TransitReferences { attachment } => {
            both_ways(in_vpc_of(store, attachment), all())
        }
    }
}

fn both_ways(some: Gainers, others: Gainers) -> Vec<(Gainers, Gainers)> {
    vec![(some.clone(), others.clone()), (others, some)]
}

fn carriers(store: &Store, group: &SecurityGroupId) -> Gainers {
    Gainers { interfaces: store.members(group).to_vec(), internet: false }
}

fn peers(store: &Store, peer: &FixPeer) -> Gainers {
    match peer {
        FixPeer::Group(group) => carriers(store, group),
        FixPeer::Cidr(net) => within(store, *net),
        FixPeer::PrefixList(_) => Gainers { internet: true, ..Gainers::default() },
    }
}

/// Whoever has, or may get, an address of a prefix.
fn within(store: &Store, net: IpNet) -> Gainers {
    let holds = |address: &IpAddr| net.contains(address);
    let meets = |other: &IpNet| net.contains(other) || other.contains(&net);
    let inside = interfaces(store, |interface| {
        let mut own = interface.addresses.iter();
        own.any(|own| holds(&own.private) || own.public.as_ref().is_some_and(holds))
            || interface.prefixes.iter().any(meets)
    });
    let internet = !PRIVATE.iter().any(|private| private.contains(&net));
    Gainers { internet, ..inside }
}

fn everybody(store: &Store) -> Gainers {
    Gainers { internet: true, ..interfaces(store, |_| true) }
}

fn users_of_table(store: &Store, table: &str) -> Gainers {
    let table = store.route_tables.position(table);
    interfaces(store, |interface| {
        table.is_some() && interface.subnet.and_then(|subnet| store.route_table_of(subnet)) == table
    })
}

/// Whoever is in a subnet whose table leads to an interface.
fn routed_to(store: &Store, id: &str) -> Gainers {
    let leads = |interface: &Interface| {
        let table = interface.subnet.and_then(|subnet| store.route_table_of(subnet));
        let routes = table.and_then(|table| store.routes(table));
        routes.is_some_and(|routes| routes.entries().iter().any(|one| one.target.id() == Some(id)))
    };
    interfaces(store, leads)
}

fn in_vpc_of(store: &Store, attachment: &TransitGatewayAttachmentId) -> Gainers {
    let vpc = store.transit_gateway_vpc_attachments.get(attachment);
    let vpc = vpc.and_then(|one| store.vpcs.position(&one.vpc_id));
    interfaces(store, |interface| vpc.is_some() && interface.vpc == vpc)
}

fn in_vpc(store: &Store, vpc: &VpcId) -> Gainers {
    let vpc = store.vpcs.position(vpc);
    interfaces(store, |interface| vpc.is_some() && interface.vpc == vpc)
}

fn behind_acl(store: &Store, acl: &str) -> Gainers {
    let acl = store.network_acls.position(acl);
    interfaces(store, |interface| {
        acl.is_some() && interface.subnet.and_then(|subnet| store.acl_of(subnet)) == acl
    })
}

fn interfaces(store: &Store, wanted: impl Fn(&Interface) -> bool) -> Gainers {
    let rows = store.interfaces.rows().filter(|(_, row)| wanted(&row.data));
    Gainers { interfaces: rows.map(|(at, _)| at).collect(), internet: false }
}
