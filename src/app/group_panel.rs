//! The group panel: the rules of one group of what is selected, and which interfaces each rule covers now.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::bindings::Move;
use super::chooser::moved;
use super::group_items::{Item, ItemData, data, items};
use super::group_look::{Covered, GroupLook, GroupShown};
use super::tree_view::TreeView;
use super::wizard::turned;
use crate::model::ids::SecurityGroupId;
use crate::report::group::Document;
use crate::store::Store;
use crate::store::tree::NodeIx;

/// The group panel.
#[derive(Clone, Debug, Default)]
pub struct GroupPanel {
    /// The node whose groups these are; nothing once a group was asked for by itself.
    of: Option<Arc<str>>,
    groups: Vec<SecurityGroupId>,
    at: usize,
    /// What was looked up last; stays until the next is here, so that the panel does not flicker.
    document: Option<Arc<Document>>,
    /// What each of its rules covers in the tree.
    covered: Vec<Covered>,
    /// The group that is shown or being looked up.
    asked: Option<SecurityGroupId>,
    number: u64,
    focused: bool,
    items: Vec<Item>,
    /// The rules whose coverage the user listed, or no longer lists.
    toggled: FxHashMap<usize, bool>,
    /// There is room to list what every rule covers.
    roomy: bool,
    pinned: bool,
    cursor: usize,
    top: usize,
    height: usize,
    /// Which of the covered interfaces was gone to last.
    visited: Option<usize>,
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

    /// The rows.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Position of the row that the user stands on.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Whether the panel stays with its group whatever is selected.
    pub fn is_pinned(&self) -> bool {
        self.pinned
    }

    /// Whether what a rule covers is listed below it.
    pub fn is_open(&self, rule: usize) -> bool {
        self.toggled.get(&rule).copied().unwrap_or(self.roomy)
    }

    /// The row that the user stands on, with its data.
    pub fn here(&self) -> Option<ItemData<'_>> {
        data(self.document()?, *self.items.get(self.cursor)?)
    }

    /// The rule that the row is, or that the row belongs to.
    fn rule(&self) -> Option<usize> {
        match self.items.get(self.cursor)? {
            Item::Rule(rule) | Item::Covered(rule, _) | Item::More(rule, _) => Some(*rule),
            Item::Referrer(_) | Item::ReferringVpc(_) | Item::Finding(_) => None,
        }
    }

    /// The rule that the user stands on is opened, or closed.
    pub fn toggle(&mut self) {
        let Some(rule) = self.rule() else { return };
        self.toggled.insert(rule, !self.is_open(rule));
        self.list();
        let row = self.items.iter().position(|item| *item == Item::Rule(rule));
        self.cursor = row.unwrap_or(self.cursor);
        self.keep_in_view();
    }

    /// Stays with its group, or follows what is selected again.
    pub fn turn_pin(&mut self) {
        self.pinned = !self.pinned;
        self.of = None;
    }

    fn list(&mut self) {
        let listed = |open: &dyn Fn(usize) -> bool| {
            self.document.as_ref().map(|document| items(document, open)).unwrap_or_default()
        };
        self.roomy = listed(&|_| true).len() <= self.height;
        self.items = listed(&|rule| self.is_open(rule));
        self.cursor = self.cursor.min(self.items.len().saturating_sub(1));
        self.keep_in_view();
    }

    fn start_over(&mut self) {
        (self.cursor, self.top, self.visited) = (0, 0, None);
        self.toggled.clear();
    }

    /// First row on the screen.
    pub fn top(&self) -> usize {
        self.top
    }

    /// How many interfaces at or inside of a node the rule covers; none unless the panel has the keys.
    pub fn covered_at(&self, at: NodeIx) -> Option<usize> {
        self.covered().filter(|_| self.focused)?.inside.get(&at).copied()
    }

    /// How many interfaces the rule covers that the tree has.
    pub fn covered_count(&self) -> usize {
        self.covered().map_or(0, |covered| covered.nodes.len())
    }

    /// Shows a group by itself, until something else is selected.
    pub fn show(&mut self, store: &Store, group: SecurityGroupId) {
        self.pinned = false;
        self.of = None;
        self.set_groups(store, vec![group]);
    }

    /// Shows another of the groups, round and round.
    pub fn turn(&mut self, by: isize) {
        self.at = turned(self.at, by, self.groups.len());
        self.start_over();
    }

    /// The network or the tree has changed: everything is looked up again.
    pub fn forget(&mut self) {
        // What is selected may carry other groups now.
        (self.asked, self.of) = (None, None);
        self.covered.clear();
    }

    /// Goes to another rule.
    pub fn go(&mut self, way: Move) {
        let last = self.items.len().saturating_sub(1);
        self.cursor = moved(self.cursor, way, last, self.height.saturating_sub(1).max(1));
        self.visited = None;
        self.keep_in_view();
    }

    /// Stands on the row that is so many rows below the top; tells whether it stood there already.
    pub fn press(&mut self, below_top: usize) -> bool {
        let row = self.top + below_top;
        if row >= self.items.len() {
            return false;
        }
        self.visited = None;
        std::mem::replace(&mut self.cursor, row) == row
    }

    /// Has so many rows on the screen.
    pub fn set_height(&mut self, height: usize) {
        if self.height != height {
            self.height = height;
            self.list();
        }
        self.keep_in_view();
    }

    /// The next of the covered interfaces, round and round.
    pub fn next_covered(&mut self) -> Option<NodeIx> {
        let next = self.visited.map_or(0, |last| turned(last, 1, self.covered_count()));
        self.visited = Some(next);
        self.covered()?.nodes.get(next).copied()
    }

    /// Follows what is selected in the tree, unless the user is in the panel.
    pub fn follow(&mut self, store: &Store, tree: &TreeView, focused: bool) {
        self.focused = focused;
        let node = tree.selected_node();
        let moved = node.map(|node| &node.id) != self.of.as_ref();
        if let Some(node) = node.filter(|_| moved && !focused && !self.pinned) {
            self.of = Some(Arc::clone(&node.id));
            let groups = node.detail.groups.clone();
            self.set_groups(store, groups);
        }
    }

    /// The group that has to be looked up.
    pub fn wanted(&mut self, store: &Arc<Store>, tree: &TreeView) -> Option<GroupLook> {
        if self.asked.as_ref() == self.shown() {
            return None;
        }
        self.asked = self.shown().cloned();
        self.number += 1;
        let Some(group) = self.asked.clone() else {
            (self.document, self.covered) = (None, Vec::new());
            self.list();
            return None;
        };
        let (store, tree) = (Arc::clone(store), tree.shared());
        Some(GroupLook { number: self.number, store, tree, group })
    }

    /// Takes what was looked up, if it is what was asked for last.
    pub fn take(&mut self, number: u64, shown: GroupShown) {
        if number == self.number && self.asked.is_some() {
            self.document = Some(Arc::new(shown.document));
            self.covered = shown.covered;
            self.list();
        }
    }

    fn covered(&self) -> Option<&Covered> {
        self.covered.get(self.rule()?)
    }

    fn set_groups(&mut self, store: &Store, groups: Vec<SecurityGroupId>) {
        if groups == self.groups {
            return;
        }
        self.groups = groups;
        self.groups.retain(|group| store.security_groups.get(group).is_some());
        self.at = 0;
        self.start_over();
    }

    fn keep_in_view(&mut self) {
        let lowest = (self.cursor + 1).saturating_sub(self.height.max(1));
        let highest = self.items.len().saturating_sub(self.height);
        self.top = self.top.clamp(lowest.min(self.cursor), self.cursor).min(highest);
    }
}
