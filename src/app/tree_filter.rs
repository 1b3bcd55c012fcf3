//! What a filter finds in the tree.

use rustc_hash::FxHashSet;

use super::text_input::TextInput;
use crate::store::tree::{Node, NodeIx, Tree};

/// A filter and what it found.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// What is searched for: every word has to be in a node's name, id, address or CIDR.
    pub input: TextInput,
    /// What is searched, per node of the tree: made when something is first searched for.
    texts: Vec<String>,
    found: FxHashSet<NodeIx>,
    above_found: FxHashSet<NodeIx>,
}

impl Filter {
    /// How many nodes were found, if something is searched for.
    pub fn found(&self) -> Option<usize> {
        (!self.input.is_empty()).then_some(self.found.len())
    }

    /// Whether a node is found itself.
    pub fn finds(&self, at: NodeIx) -> bool {
        self.found.contains(&at)
    }

    /// Whether something inside of it is found.
    pub fn finds_inside(&self, at: NodeIx) -> bool {
        self.above_found.contains(&at)
    }

    /// Whether a node is shown: it or something inside of it is found, or nothing is searched for.
    pub fn keeps(&self, at: NodeIx) -> bool {
        self.input.is_empty() || self.finds(at) || self.finds_inside(at)
    }

    /// The tree is another one.
    pub fn forget(&mut self) {
        self.texts.clear();
    }

    /// Searches again.
    pub fn search(&mut self, tree: &Tree) {
        self.found.clear();
        self.above_found.clear();
        let text = self.input.text().to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() {
            return;
        }
        if self.texts.is_empty() {
            self.texts = tree.nodes().map(|(_, node)| searched(node)).collect();
        }
        for ((at, _), text) in tree.nodes().zip(&self.texts) {
            if words.iter().all(|word| text.contains(word)) {
                self.found.insert(at);
                self.above_found.extend(tree.ancestors(at));
            }
        }
    }
}

fn searched(node: &Node) -> String {
    let detail = &node.detail;
    let mut text = format!("{} {} {}", node.name, node.id, detail.cidr);
    for address in [detail.address, detail.public].into_iter().flatten() {
        text.push(' ');
        text.push_str(&address.to_string());
    }
    if let Some(owner) = &detail.owner_id {
        text.push(' ');
        text.push_str(owner);
    }
    text.to_lowercase()
}
