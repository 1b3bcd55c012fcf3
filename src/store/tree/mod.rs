//! The network as a tree: account → region → VPC → subnet → interface; what is in no VPC stands beside the VPCs.
//!
//! Input is a [`Store`]; the tree is built once per store and is plain data: a flat list of nodes whose ids stay the same
//! over refreshes. What is folded, selected or drawn how is the view's matter.

mod arrange;
mod build;
mod way_out;

#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::sync::Arc;

pub use self::arrange::{Arrangement, Grouping, Order};
use super::{Condition, Map, OwnerKind, Place, Store};
use crate::model::ids::SecurityGroupId;

/// The position of a node in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeIx(u32);

impl NodeIx {
    /// The position as a number, for tables that run parallel to the tree.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// The network as a tree.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    nodes: Vec<Node>,
    roots: Vec<NodeIx>,
    by_id: Map<Arc<str>, NodeIx>,
}

/// One node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Stays the same over refreshes: AWS's id where there is one.
    pub id: Arc<str>,
    /// What it is.
    pub kind: NodeKind,
    /// For people: the Name tag, else the id.
    pub name: Arc<str>,
    /// The node above; accounts have none.
    pub parent: Option<NodeIx>,
    /// The nodes below, in the order in which they are shown.
    pub children: Vec<NodeIx>,
    /// How many interfaces are at or below it, each function and database without one counted as one.
    pub leaves: usize,
    /// What there is to say beside the name.
    pub detail: Detail,
}

/// The id of the node of an account.
pub fn account_id(place: &Place) -> String {
    format!("account:{}", place.account)
}

/// The id of the node of a region.
pub fn region_id(place: &Place) -> String {
    format!("region:{}/{}", place.account, place.region)
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// An account.
    Account,
    /// A region of an account.
    Region,
    /// A VPC.
    Vpc,
    /// A subnet.
    Subnet,
    /// An interface, listed or virtual.
    Interface,
    /// A security group: the interfaces that carry it.
    SecurityGroup,
    /// A route table: the interfaces whose packets it routes.
    RouteTable,
    /// Interfaces that have something else in common.
    Heap,
    /// The place of what is in no VPC and in no known subnet.
    Outside,
    /// Something without any interface: a function in no VPC, a database whose subnets are unknown.
    Resource,
}

/// What there is to say about a node; what does not apply to its kind is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// CIDRs of a VPC or subnet, IPv4 first, one space between.
    pub cidr: String,
    /// Availability zone of a subnet.
    pub zone: Option<Arc<str>>,
    /// Where a subnet's packets to the internet go: `→ igw-07`, `no internet`.
    pub way_out: Option<String>,
    /// Who uses an interface, or what a resource is.
    pub owner: Option<OwnerKind>,
    /// The id of that owner, as AWS writes it.
    pub owner_id: Option<Arc<str>>,
    /// Primary private address of an interface.
    pub address: Option<IpAddr>,
    /// Its public address.
    pub public: Option<IpAddr>,
    /// AWS does not list the interface: it is derived from a configuration.
    pub is_virtual: bool,
    /// Why it carries no traffic: `stopped`, `not attached`.
    pub idle: Option<Arc<str>>,
    /// The groups that an interface carries.
    pub groups: Vec<SecurityGroupId>,
}

impl Tree {
    /// The tree of a network.
    pub fn build(store: &Store) -> Self {
        build::build(store)
    }

    /// The accounts.
    pub fn roots(&self) -> &[NodeIx] {
        &self.roots
    }

    /// One node.
    pub fn node(&self, at: NodeIx) -> &Node {
        &self.nodes[at.0 as usize]
    }

    /// The node with this id.
    pub fn position(&self, id: &str) -> Option<NodeIx> {
        self.by_id.get(id).copied()
    }

    /// Every node, those above before those below them.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = (NodeIx, &Node)> + DoubleEndedIterator {
        let numbered = self.nodes.iter().enumerate();
        numbered.map(|(at, node)| (NodeIx(u32::try_from(at).unwrap_or(u32::MAX)), node))
    }

    /// The nodes above one, the nearest first.
    pub fn ancestors(&self, at: NodeIx) -> impl Iterator<Item = NodeIx> + '_ {
        std::iter::successors(self.node(at).parent, |above| self.node(*above).parent)
    }

    /// Appends a node below `parent`, or a root.
    fn add(&mut self, parent: Option<NodeIx>, mut node: Node) -> NodeIx {
        let at = NodeIx(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        node.parent = parent;
        self.by_id.entry(Arc::clone(&node.id)).or_insert(at);
        self.nodes.push(node);
        match parent {
            Some(parent) => self.nodes[parent.0 as usize].children.push(at),
            None => self.roots.push(at),
        }
        at
    }

    /// Adds up the leaves from below: every parent stands before its children.
    fn count(&mut self) {
        for at in (0..self.nodes.len()).rev() {
            let node = &self.nodes[at];
            let leaf = matches!(node.kind, NodeKind::Interface | NodeKind::Resource);
            let leaves = node.leaves + usize::from(leaf);
            self.nodes[at].leaves = leaves;
            if let Some(parent) = self.nodes[at].parent {
                self.nodes[parent.0 as usize].leaves += leaves;
            }
        }
    }
}

/// Why an interface carries no traffic, in a word.
fn idle(condition: &Condition) -> Option<Arc<str>> {
    match condition {
        Condition::Working | Condition::InstanceUnknown | Condition::NotTold => None,
        Condition::Detached => Some("not attached".into()),
        Condition::InstanceNotRunning(state) => Some(Arc::clone(state)),
    }
}
