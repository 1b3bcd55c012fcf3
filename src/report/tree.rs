//! The tree as a document and for people. The format `vpctui.tree/1` changes only by adding.

use serde::Serialize;

use super::page::{Cell, Page, Tone};
use super::words;
use crate::model::ids::SecurityGroupId;
use crate::store::Store;
use crate::store::tree::{Detail, NodeIx, NodeKind, Tree};

/// The schema's name and version.
pub const SCHEMA: &str = "vpctui.tree/1";

/// The whole tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Where the network comes from.
    pub origin: String,
    /// The accounts.
    pub accounts: Vec<Node>,
}

/// One node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde_with::skip_serializing_none]
pub struct Node {
    /// Stays the same over refreshes: AWS's id where there is one.
    pub id: String,
    /// `account`, `region`, `vpc`, `subnet`, `interface`, `outside`, `resource`.
    pub kind: &'static str,
    /// For people.
    pub name: String,
    /// How many interfaces and resources are at or below it.
    pub leaves: usize,
    /// CIDRs, one space between.
    pub cidr: Option<String>,
    /// Availability zone.
    pub zone: Option<String>,
    /// Where packets to the internet go.
    pub way_out: Option<String>,
    /// Who uses an interface: `instance`, `lambda`, ...
    pub owner: Option<&'static str>,
    /// The user's id.
    pub owner_id: Option<String>,
    /// Primary private address.
    pub address: Option<String>,
    /// Public address.
    pub public: Option<String>,
    /// AWS does not list the interface.
    #[serde(rename = "virtual")]
    pub is_virtual: Option<bool>,
    /// Why it carries no traffic.
    pub idle: Option<String>,
    /// Groups that an interface carries.
    pub groups: Option<Vec<String>>,
    /// The nodes below.
    pub children: Vec<Node>,
}

/// The tree of a network.
pub fn document(store: &Store, tree: &Tree) -> Document {
    let accounts = tree.roots().iter().map(|at| node(tree, *at));
    Document { schema: SCHEMA, origin: store.origin.label.clone(), accounts: accounts.collect() }
}

/// The same for people, one line per node, indented by its level.
pub fn page(store: &Store, tree: &Tree) -> Page {
    let mut rows = Vec::new();
    for root in tree.roots() {
        add_rows(store, tree, *root, 0, &mut rows);
    }
    let mut page = Page::new();
    page.table(0, &rows);
    page
}

fn add_rows(store: &Store, tree: &Tree, at: NodeIx, level: usize, rows: &mut Vec<Vec<Cell>>) {
    rows.push(row(store, tree, at, level));
    for child in &tree.node(at).children {
        add_rows(store, tree, *child, level + 1, rows);
    }
}

fn row(store: &Store, tree: &Tree, at: NodeIx, level: usize) -> Vec<Cell> {
    let node = tree.node(at);
    let detail = &node.detail;
    let word = match node.kind {
        NodeKind::Interface | NodeKind::Resource => detail.owner.map_or("", words::owner),
        NodeKind::Outside | NodeKind::Heap => "",
        kind => kind_word(kind),
    };
    let indent = "  ".repeat(level);
    let label = format!("{word} {}", node.name);
    let is_id = *node.name == *node.id;
    let leaf = matches!(node.kind, NodeKind::Interface | NodeKind::Resource);
    let id = match node.kind {
        NodeKind::Vpc | NodeKind::Subnet if !is_id => node.id.to_string(),
        NodeKind::Interface if !detail.is_virtual && !is_id => node.id.to_string(),
        _ => String::new(),
    };
    let count = if leaf { remarks(store, detail) } else { words::interfaces(store, node.leaves) };
    vec![
        (Tone::Plain, format!("{indent}{}", label.trim_start())),
        (Tone::Dim, id),
        (Tone::Plain, where_it_is(detail)),
        (Tone::Plain, detail.way_out.clone().unwrap_or_default()),
        (Tone::Dim, count),
    ]
}

fn where_it_is(detail: &Detail) -> String {
    let address = detail.address.map(|address| address.to_string());
    let public = detail.public.map(|public| format!("public {public}"));
    let zone = detail.zone.as_ref().map(ToString::to_string);
    let cidr = (!detail.cidr.is_empty()).then(|| detail.cidr.clone());
    let all: Vec<_> = [cidr, zone, address, public].into_iter().flatten().collect();
    all.join(" ")
}

/// The groups by name, and what is out of the ordinary.
fn remarks(store: &Store, detail: &Detail) -> String {
    let group = |id: &SecurityGroupId| {
        store.security_groups.get(id).map_or_else(|| id.to_string(), |one| one.group_name.clone())
    };
    let derived = detail.is_virtual.then(|| "from its configuration".to_owned());
    let idle = detail.idle.as_ref().map(ToString::to_string);
    let groups = detail.groups.iter().map(group);
    let all: Vec<_> = groups.chain(derived).chain(idle).collect();
    all.join(", ")
}

fn node(tree: &Tree, at: NodeIx) -> Node {
    let node = tree.node(at);
    let detail = &node.detail;
    let interface = node.kind == NodeKind::Interface;
    let text = |text: &Option<std::sync::Arc<str>>| text.as_ref().map(ToString::to_string);
    Node {
        id: node.id.to_string(),
        kind: kind_word(node.kind),
        name: node.name.to_string(),
        leaves: node.leaves,
        cidr: (!detail.cidr.is_empty()).then(|| detail.cidr.clone()),
        zone: text(&detail.zone),
        way_out: detail.way_out.clone(),
        owner: detail.owner.map(words::owner),
        owner_id: text(&detail.owner_id),
        address: detail.address.map(|address| address.to_string()),
        public: detail.public.map(|public| public.to_string()),
        is_virtual: interface.then_some(detail.is_virtual),
        idle: text(&detail.idle),
        groups: interface.then(|| detail.groups.iter().map(ToString::to_string).collect()),
        children: node.children.iter().map(|child| self::node(tree, *child)).collect(),
    }
}

fn kind_word(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Account => "account",
        NodeKind::Region => "region",
        NodeKind::Vpc => "vpc",
        NodeKind::Subnet => "subnet",
        NodeKind::Interface => "interface",
        NodeKind::SecurityGroup => "security-group",
        NodeKind::RouteTable => "route-table",
        NodeKind::Heap => "heap",
        NodeKind::Outside => "outside",
        NodeKind::Resource => "resource",
    }
}
