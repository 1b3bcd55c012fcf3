//! Looks up a group: its rules, and what each covers in the tree.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::ids::SecurityGroupId;
use crate::report::group::{Document, Rule, view};
use crate::store::Store;
use crate::store::tree::{NodeIx, Tree};

/// A group to be looked up. A rule of a large prefix covers many interfaces, so this is no work for the loop that waits
/// for keys.
#[derive(Clone, Debug)]
pub struct GroupLook {
    /// Its number, to tell late results from the awaited one.
    pub number: u64,
    /// The network.
    pub store: Arc<Store>,
    /// The tree in which covered interfaces are marked.
    pub tree: Arc<Tree>,
    /// Which group.
    pub group: SecurityGroupId,
}

/// A group that was looked up.
#[derive(Clone, Debug, Default)]
pub struct GroupShown {
    /// Its rules.
    pub document: Document,
    /// What each rule covers in the tree, inbound ones first.
    pub covered: Vec<Covered>,
}

/// What a rule covers in the tree.
#[derive(Clone, Debug, Default)]
pub struct Covered {
    /// The nodes, in the order of the rule's interfaces.
    pub nodes: Vec<NodeIx>,
    /// How many of them are at or inside of each node.
    pub inside: FxHashMap<NodeIx, usize>,
}

impl GroupLook {
    /// Looks it up.
    pub fn run(&self) -> GroupShown {
        let document = view(&self.store, &self.group);
        let covered = document.rules().map(|(_, rule)| Covered::by(rule, &self.tree)).collect();
        GroupShown { document, covered }
    }
}

impl Covered {
    fn by(rule: &Rule, tree: &Tree) -> Self {
        let ids = rule.covers.interfaces.iter().map(|one| one.interface.id.as_str());
        let nodes: Vec<_> = ids.filter_map(|id| tree.position(id)).collect();
        let mut inside = FxHashMap::default();
        for node in &nodes {
            for at in std::iter::once(*node).chain(tree.ancestors(*node)) {
                *inside.entry(at).or_default() += 1;
            }
        }
        Self { nodes, inside }
    }
}
