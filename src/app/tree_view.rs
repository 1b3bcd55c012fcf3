//! The tree as it is looked at: what is open, selected, filtered, and which rows that makes.
//!
//! Everything is by id, so that it survives a refresh. No list of rows is kept: [`Shape`] counts them, and a frame takes
//! those that are on the screen, whatever the size of the network.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::arranging::{Arranged, Arranging};
use super::bindings::Move;
use super::chooser::moved;
use super::text_input::TextInput;
use super::tree_filter::Filter;
use super::tree_search::{Found, Search, SearchIndex};
use super::tree_shape::{Fold, Row, Shape, Stand};
use crate::store::Store;
use crate::store::tree::{Arrangement, Node, NodeIx, NodeKind, Tree};

/// The tree as it is looked at.
#[derive(Clone, Debug, Default)]
pub struct TreeView {
    tree: Arc<Tree>,
    /// What the user opened or closed; all else is as `opens_by_itself` says.
    toggled: FxHashMap<Arc<str>, bool>,
    /// Everything was opened or closed at once, before what was toggled.
    all_open: Option<bool>,
    /// As it is arranged, and as it should be.
    arranged: Arrangement,
    wanted: Arrangement,
    number: u64,
    filter: Filter,
    shape: Shape,
    selected: usize,
    top: usize,
    height: usize,
}

/// Networks up to this size are shown with all subnets open.
const SMALL: usize = 80;

impl TreeView {
    /// The tree.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The tree, to be worked on elsewhere.
    pub fn shared(&self) -> Arc<Tree> {
        Arc::clone(&self.tree)
    }

    /// The rows that are on the screen, from the top.
    pub fn window(&self) -> Vec<Row> {
        self.shape.rows(&self.tree, self.top, self.height)
    }

    /// Every row.
    pub fn rows(&self) -> Vec<Row> {
        self.shape.rows(&self.tree, 0, self.count())
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.shape.count()
    }

    /// Position of the first row on the screen.
    pub fn top(&self) -> usize {
        self.top
    }

    /// Position of the row that the user stands on.
    pub fn selected_row(&self) -> usize {
        self.selected
    }

    /// The node that the user stands on.
    pub fn selected(&self) -> Option<NodeIx> {
        self.row(self.selected).map(|row| row.at)
    }

    /// That node's data.
    pub fn selected_node(&self) -> Option<&Node> {
        self.selected().map(|at| self.tree.node(at))
    }

    /// The names of what a row stands for besides its own node: an account with one region shares its row.
    pub fn names_above(&self, at: NodeIx) -> Vec<&str> {
        let above = self.tree.ancestors(at).take_while(|above| !self.shape.has_row(*above));
        let above = above.filter(|above| !self.is_outermost(*above));
        let mut names: Vec<&str> = above.map(|above| &*self.tree.node(above).name).collect();
        names.reverse();
        names
    }

    /// What is filtered for.
    pub fn filter(&self) -> &TextInput {
        &self.filter.input
    }

    /// How many nodes the filter found, if there is one.
    pub fn found(&self) -> Option<usize> {
        self.filter.found()
    }

    /// Shows another state of the network, or another arrangement of it; stands where it stood, as far as that is still
    /// there.
    fn replace(&mut self, tree: Arc<Tree>, index: Arc<SearchIndex>) {
        let selected = self.selected_node().map(|node| Arc::clone(&node.id));
        self.tree = tree;
        self.filter.replace(index);
        self.count_rows();
        if let Some(at) = selected.and_then(|id| self.tree.position(&id)) {
            self.stand_on(at);
        }
    }

    /// The same without anything in it: what was asked for stays.
    #[must_use]
    pub fn emptied(&self) -> Self {
        // Late results for the tree of before have lower numbers.
        Self { wanted: self.wanted, number: self.number + 1, ..Self::default() }
    }

    /// The arrangement that was asked for.
    pub fn arrangement(&self) -> Arrangement {
        self.wanted
    }

    /// Asks for another arrangement.
    pub fn arrange(&mut self, change: impl FnOnce(&mut Arrangement)) {
        change(&mut self.wanted);
    }

    /// The arranging that has become necessary.
    pub fn wanted_arranging(&mut self, store: &Arc<Store>) -> Option<Arranging> {
        if self.arranged == self.wanted {
            return None;
        }
        self.arranged = self.wanted;
        self.number += 1;
        Some(Arranging { number: self.number, store: Arc::clone(store), arrangement: self.wanted })
    }

    /// Takes the tree that was arranged; tells whether it is the one that was asked for last.
    pub fn take_arranged(&mut self, number: u64, arranged: Arranged) -> bool {
        let awaited = number == self.number;
        if awaited {
            let selected = self.selected_node().map(|node| Arc::clone(&node.id));
            self.replace(arranged.tree, arranged.index);
            if let Some(at) = selected.and_then(|id| self.tree.position(&id)) {
                self.go_to(at);
            }
        }
        awaited
    }

    /// The network is another one, arranged in the usual way.
    pub fn renew(&mut self, tree: Arc<Tree>, index: Arc<SearchIndex>) {
        self.arranged = Arrangement::default();
        self.number += 1;
        if self.wanted == self.arranged || self.count() == 0 {
            self.replace(tree, index);
        }
    }

    /// Has so many rows on the screen.
    pub fn set_height(&mut self, height: usize) {
        self.height = height;
        self.keep_in_view();
    }

    /// Goes up or down.
    pub fn go(&mut self, way: Move) {
        let last = self.count().saturating_sub(1);
        self.selected = moved(self.selected, way, last, self.height.saturating_sub(1).max(1));
        self.keep_in_view();
    }

    /// Stands on the row that is so many rows below the top.
    pub fn press(&mut self, below_top: usize) {
        let row = self.top + below_top;
        if row < self.count() && row == self.selected {
            self.toggle();
        } else if row < self.count() {
            self.selected = row;
        }
    }

    /// Opens, or goes to the first node inside.
    pub fn open(&mut self) {
        match self.row(self.selected).map(|row| row.fold) {
            Some(Fold::Closed) => self.set_open(true),
            Some(Fold::Open) => self.go(Move::Down),
            _ => {}
        }
    }

    /// Closes, or goes to the node that it is inside of.
    pub fn close(&mut self) {
        let Some(row) = self.row(self.selected) else { return };
        if row.fold == Fold::Open {
            self.set_open(false);
            return;
        }
        let parent = self.tree.ancestors(row.at).find(|above| self.shape.has_row(*above));
        if let Some(parent) = parent {
            self.stand_on(parent);
        }
    }

    /// Opens or closes everything.
    pub fn set_all_open(&mut self, open: bool) {
        self.toggled.clear();
        self.all_open = Some(open);
        self.count_rows_around_selected();
    }

    /// Changes the filter; the rows follow once the search is done.
    pub fn edit_filter(&mut self, edit: impl FnOnce(&mut TextInput)) {
        edit(&mut self.filter.input);
        if self.filter.ends() {
            self.count_rows_around_selected();
        }
    }

    /// The search that has become necessary.
    pub fn wanted(&mut self) -> Option<Search> {
        self.filter.wanted(&self.tree)
    }

    /// Takes what a search found, and stands on the best of it unless it stands on something found already.
    pub fn take_found(&mut self, number: u64, found: Found) {
        let selected = self.selected();
        if !self.filter.take(number, found) {
            return;
        }
        self.count_rows();
        let still = selected.filter(|at| self.filter.finds(*at));
        if let Some(at) = still.or(self.filter.best()).or(selected) {
            self.stand_on(at);
        }
    }

    /// Stands on a node; what it is inside of opens, and a filter that hides it ends.
    pub fn go_to(&mut self, at: NodeIx) {
        let above: Vec<_> = self.tree.ancestors(at).collect();
        for ancestor in above.into_iter().rev() {
            self.toggled.insert(Arc::clone(&self.tree.node(ancestor).id), true);
            if self.shape.has_row(ancestor) {
                self.shape.set_open(&self.tree, ancestor, true);
            }
        }
        if self.shape.row_of(&self.tree, at).is_none() {
            self.edit_filter(TextInput::clear);
        }
        self.stand_on(at);
    }

    /// What the user opened or closed, and whether everything was before.
    pub fn toggled(&self) -> (&FxHashMap<Arc<str>, bool>, Option<bool>) {
        (&self.toggled, self.all_open)
    }

    /// Opens and closes what was open and closed in an earlier session, but for what the user touched meanwhile.
    pub fn recall(&mut self, open: BTreeMap<String, bool>, all_open: Option<bool>) {
        for (id, open) in open {
            self.toggled.entry(id.into()).or_insert(open);
        }
        self.all_open = self.all_open.or(all_open);
        self.count_rows_around_selected();
    }

    /// Stands on a node, or on what it is inside of if that is closed.
    pub fn stand_where_seen(&mut self, at: NodeIx) {
        self.stand_on(at);
    }

    fn toggle(&mut self) {
        match self.row(self.selected).map(|row| row.fold) {
            Some(Fold::Closed) => self.set_open(true),
            Some(Fold::Open) => self.set_open(false),
            _ => {}
        }
    }

    fn set_open(&mut self, open: bool) {
        let Some(at) = self.selected() else { return };
        self.toggled.insert(Arc::clone(&self.tree.node(at).id), open);
        self.shape.set_open(&self.tree, at, open);
        self.keep_in_view();
    }

    fn is_open(&self, node: &Node) -> bool {
        let toggled = self.toggled.get(&node.id).copied().or(self.all_open);
        toggled.unwrap_or_else(|| self.opens_by_itself(node))
    }

    fn opens_by_itself(&self, node: &Node) -> bool {
        match node.kind {
            NodeKind::Account | NodeKind::Region | NodeKind::Vpc => true,
            NodeKind::Subnet | NodeKind::Outside => self.tree.nodes().len() <= SMALL,
            _ => false,
        }
    }

    /// An account or region with one thing inside says little by itself: it shares the row of what is inside.
    fn has_row(&self, node: &Node, at: NodeIx) -> bool {
        let is_place = matches!(node.kind, NodeKind::Account | NodeKind::Region);
        !(is_place && (node.children.len() == 1 || self.is_outermost(at)))
    }

    /// A lone account, and a lone region in it, say nothing that the header does not say.
    fn is_outermost(&self, at: NodeIx) -> bool {
        let is_only = |at: NodeIx| {
            let node = self.tree.node(at);
            let beside =
                node.parent.map_or(self.tree.roots(), |above| &self.tree.node(above).children);
            beside.len() == 1 && matches!(node.kind, NodeKind::Account | NodeKind::Region)
        };
        is_only(at) && self.tree.ancestors(at).all(is_only)
    }

    fn stand(&self, at: NodeIx, node: &Node) -> Stand {
        let has_row = self.has_row(node, at);
        let open = !has_row || self.is_open(node) || self.filter.opens(at);
        Stand { kept: self.filter.keeps(at), has_row, open }
    }

    fn count_rows(&mut self) {
        self.shape = Shape::of(&self.tree, |at, node| self.stand(at, node));
        self.selected = self.selected.min(self.count().saturating_sub(1));
        self.keep_in_view();
    }

    fn count_rows_around_selected(&mut self) {
        let selected = self.selected();
        self.count_rows();
        if let Some(at) = selected {
            self.stand_on(at);
        }
    }

    /// Stands on a node, or on the nearest visible one above it.
    fn stand_on(&mut self, at: NodeIx) {
        let above = self.tree.ancestors(at).find_map(|at| self.shape.row_of(&self.tree, at));
        let own = self.shape.row_of(&self.tree, at);
        self.selected = own.or(above).unwrap_or(self.selected);
        self.keep_in_view();
    }

    fn row(&self, at: usize) -> Option<Row> {
        self.shape.rows(&self.tree, at, 1).pop()
    }

    fn keep_in_view(&mut self) {
        let highest = self.count().saturating_sub(self.height);
        let lowest = (self.selected + 1).saturating_sub(self.height);
        self.top = self.top.clamp(lowest.min(self.selected), self.selected).min(highest);
    }
}
