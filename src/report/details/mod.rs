//! What is known of one thing, as a sheet for people: what it is, where its packets go, what filters them, what it is
//! related to. Every row may lead to another thing.
//!
//! Input is a [`Store`] and a [`Subject`]; a sheet is plain data. Only facts: whether traffic passes is asked elsewhere.

mod acl;
mod balancer;
mod database;
mod function;
mod gateway;
mod group;
mod interface;
mod lists;
mod network;
mod peering;
mod place;
mod proxy;
pub mod reaching;
mod routing;
mod rules;
mod sheet;
#[cfg(test)]
mod tests;
mod transit;

pub use self::sheet::{Entry, Piece, Sheet, Text, Tone};
use crate::store::Store;
use crate::store::names::Kind;
use crate::store::tree::{Node, NodeKind, Tree};

/// What a sheet is about. It stays valid over a refresh.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// An account.
    Account(String),
    /// A region of an account.
    Region {
        /// The account.
        account: String,
        /// The region.
        region: String,
    },
    /// What is in no VPC.
    Outside,
    /// Interfaces that have something in common, by what that is.
    Heap(String),
    /// A resource, by its kind and id.
    Thing(Kind, String),
}

impl Subject {
    /// What a node of the tree stands for.
    pub fn of_node(store: &Store, tree: &Tree, node: &Node) -> Self {
        let name = |node: &Node| node.name.to_string();
        match node.kind {
            NodeKind::Account => Self::Account(name(node)),
            NodeKind::Region => Self::Region {
                account: node.parent.map(|above| name(tree.node(above))).unwrap_or_default(),
                region: name(node),
            },
            NodeKind::Outside => Self::Outside,
            NodeKind::Heap => Self::Heap(name(node)),
            NodeKind::SecurityGroup => Self::Thing(Kind::SecurityGroup, node.id.to_string()),
            NodeKind::RouteTable => Self::Thing(Kind::RouteTable, node.id.to_string()),
            NodeKind::Vpc => Self::Thing(Kind::Vpc, node.id.to_string()),
            NodeKind::Subnet => Self::Thing(Kind::Subnet, node.id.to_string()),
            NodeKind::Interface => Self::Thing(Kind::NetworkInterface, node.id.to_string()),
            NodeKind::Resource => {
                Self::of_id(store, &node.id).unwrap_or_else(|| Self::Heap(name(node)))
            }
        }
    }

    /// The thing with this id, if it is known.
    pub fn of_id(store: &Store, id: &str) -> Option<Self> {
        let named = store.directory().by_id(id)?;
        Some(Self::Thing(named.kind, named.id.clone()))
    }

    /// The id or ARN, if it is a resource.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Thing(_, id) => Some(id),
            _ => None,
        }
    }

    /// Kind of resource, if it is one.
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Self::Thing(kind, _) => Some(*kind),
            _ => None,
        }
    }
}

/// What is known of a thing.
pub fn sheet(store: &Store, subject: &Subject) -> Sheet {
    let mut sheet = Sheet::new(subject.clone());
    match subject {
        Subject::Account(account) => place::account(store, account, &mut sheet),
        Subject::Region { account, region } => place::region(store, account, region, &mut sheet),
        Subject::Outside => place::outside(&mut sheet),
        Subject::Heap(name) => {
            sheet.title("", name);
            sheet.note("Interfaces that have this in common.");
        }
        Subject::Thing(kind, id) => thing(store, *kind, id, &mut sheet),
    }
    sheet
}

fn thing(store: &Store, kind: Kind, id: &str, sheet: &mut Sheet) {
    let name = store.directory().by_id(id).and_then(|named| named.name.as_deref());
    sheet.title(kind.word(), name.unwrap_or(id));
    let fill: fn(&Store, &str, &mut Sheet) = match kind {
        Kind::Vpc => network::vpc,
        Kind::Subnet => network::subnet,
        Kind::NetworkInterface => interface::interface,
        Kind::Instance => interface::instance,
        Kind::Function | Kind::FunctionVersion => function::function,
        Kind::Database => database::instance,
        Kind::DatabaseCluster => database::cluster,
        Kind::DatabaseProxy => proxy::proxy,
        Kind::DatabaseProxyEndpoint => proxy::endpoint,
        Kind::LoadBalancer => balancer::balancer,
        Kind::TargetGroup => balancer::target_group,
        Kind::NatGateway => gateway::nat,
        Kind::InternetGateway => gateway::internet,
        Kind::EgressOnlyInternetGateway => gateway::egress_only,
        Kind::VpcEndpoint => gateway::endpoint,
        Kind::VpnGateway => gateway::vpn,
        Kind::ElasticIp => gateway::elastic_ip,
        Kind::SecurityGroup => group::group,
        Kind::RouteTable => routing::table,
        Kind::NetworkAcl => acl::acl,
        Kind::PrefixList => lists::prefix_list,
        Kind::PeeringConnection => peering::peering,
        Kind::TransitGateway => transit::gateway,
        Kind::TransitGatewayAttachment => transit::attachment,
        Kind::TransitGatewayRouteTable => transit::table,
    };
    fill(store, id, sheet);
}
