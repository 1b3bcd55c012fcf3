//! The group panel: the rules of one group of what is selected, and which interfaces each rule covers now.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::bindings::Move;
use super::chooser::moved;
use super::tree_view::TreeView;
use super::wizard::turned;
use crate::model::ids::SecurityGroupId;
use crate::report::group::{Document, Rule, view};
use crate::store::tree::NodeIx;
use crate::store::{Direction, Store};

/// The group panel.
#[derive(Clone, Debug, Default)]
pub struct GroupPanel {
    /// The node whose groups these are; nothing once a group was asked for by itself.
    of: Option<Arc<str>>,
    groups: Vec<SecurityGroupId>,
    at: usize,
    document: Option<Arc<Document>>,
    rule: usize,
    top: usize,
    height: usize,
    /// Which of the covered interfaces was gone to last.
    visited: Option<usize>,
    covered: Vec<NodeIx>,
    marked: FxHashMap<NodeIx, usize>,
}

impl GroupPanel {
    /// The group on show.
    pub fn shown(&self) -> Option<&SecurityGroupId> {
        self.groups.get(self.at)
    }

    /// Position of that group, and how many there are to turn to.
    pub fn position(&self) -> (usize, usize) {
        (self.at, self.groups.len())
    }

    /// Its rules.
    pub fn document(&self) -> Option<&Document> {
        self.document.as_deref()
    }

    /// The rule that the user stands on; inbound ones come first.
    pub fn rule(&self) -> usize {
        self.rule
    }

    /// The rules in one list, inbound ones first.
    pub fn rules(&self) -> impl Iterator<Item = (Direction, &Rule)> {
        let document = self.document.iter();
        document.flat_map(|document| {
            let inbound = document.inbound.iter().map(|rule| (Direction::Ingress, rule));
            inbound.chain(document.outbound.iter().map(|rule| (Direction::Egress, rule)))
        })
    }

    /// First rule on the screen.
    pub fn top(&self) -> usize {
        self.top
    }

    /// How many of the covered interfaces each visible row of the tree stands for; empty unless the panel has the keys.
    pub fn marked(&self) -> &FxHashMap<NodeIx, usize> {
        &self.marked
    }

    /// How many interfaces the rule covers that the tree has.
    pub fn covered_count(&self) -> usize {
        self.covered.len()
    }

    /// Shows a group by itself.
    pub fn show(&mut self, store: &Store, group: SecurityGroupId) {
        self.of = None;
        self.set_groups(store, vec![group]);
    }

    /// Shows another of the groups, round and round.
    pub fn turn(&mut self, by: isize) {
        self.at = turned(self.at, by, self.groups.len());
        self.document = None;
        (self.rule, self.top, self.visited) = (0, 0, None);
    }

    /// The network has changed: everything is looked up again.
    pub fn forget(&mut self) {
        self.document = None;
    }

    /// Goes to another rule.
    pub fn go(&mut self, way: Move) {
        let last = self.count().saturating_sub(1);
        self.rule = moved(self.rule, way, last, self.height.saturating_sub(1).max(1));
        self.visited = None;
        self.keep_in_view();
    }

    /// Stands on the rule that is so many rows below the top.
    pub fn press(&mut self, below_top: usize) {
        if self.top + below_top < self.count() {
            self.rule = self.top + below_top;
            self.visited = None;
        }
    }

    /// Has so many rows on the screen.
    pub fn set_height(&mut self, height: usize) {
        self.height = height;
        self.keep_in_view();
    }

    /// The next of the covered interfaces, round and round.
    pub fn next_covered(&mut self) -> Option<NodeIx> {
        let next = self.visited.map_or(0, |last| turned(last, 1, self.covered.len()));
        self.visited = Some(next);
        self.covered.get(next).copied()
    }

    /// Follows what is selected in the tree, unless the user is in the panel.
    pub fn follow(&mut self, store: &Store, tree: &TreeView, focused: bool) {
        let node = tree.selected_node();
        let moved = node.map(|node| &node.id) != self.of.as_ref();
        if let Some(node) = node.filter(|_| moved && !focused) {
            self.of = Some(node.id.clone());
            let groups = node.detail.groups.clone();
            self.set_groups(store, groups);
        }
        if self.document.is_none() {
            self.document = self.shown().map(|id| Arc::new(view(store, id)));
            self.rule = self.rule.min(self.count().saturating_sub(1));
        }
        self.mark(tree, focused);
    }

    fn set_groups(&mut self, store: &Store, groups: Vec<SecurityGroupId>) {
        if groups == self.groups {
            return;
        }
        self.groups = groups;
        self.groups.retain(|group| store.security_groups.get(group).is_some());
        (self.at, self.rule, self.top, self.visited) = (0, 0, 0, None);
        self.document = None;
    }

    fn mark(&mut self, tree: &TreeView, focused: bool) {
        let rule = self.rules().nth(self.rule).map(|(_, rule)| rule);
        let covered = rule.filter(|_| focused).map(|rule| rule.covers.interfaces.iter());
        let ids = covered.into_iter().flatten().map(|one| one.interface.id.as_str());
        self.covered = ids.filter_map(|id| tree.tree().position(id)).collect();
        self.marked = tree.rows_for(&self.covered);
    }

    fn count(&self) -> usize {
        self.rules().count()
    }

    fn keep_in_view(&mut self) {
        let lowest = (self.rule + 1).saturating_sub(self.height.max(1));
        let highest = self.count().saturating_sub(self.height);
        self.top = self.top.clamp(lowest.min(self.rule), self.rule).min(highest);
    }
}
