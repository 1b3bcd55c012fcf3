//! The tree as it is looked at: what is open, selected, filtered, and which rows that makes.
//!
//! Everything is by id, so that it survives a refresh. Rows are made when something changes and never while drawing: a
//! frame costs what is on the screen, whatever the size of the network.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::bindings::Move;
use super::chooser::moved;
use super::text_input::TextInput;
use super::tree_filter::Filter;
use crate::store::tree::{Node, NodeIx, NodeKind, Tree};

/// The tree as it is looked at.
#[derive(Clone, Debug, Default)]
pub struct TreeView {
    tree: Arc<Tree>,
    /// What the user opened or closed; all else is as [`TreeView::opens_by_itself`] says.
    toggled: FxHashMap<Arc<str>, bool>,
    filter: Filter,
    rows: Vec<Row>,
    selected: usize,
    top: usize,
    height: usize,
}

/// A visible row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which node.
    pub at: NodeIx,
    /// How far it is indented.
    pub level: u16,
    /// Open, closed, or nothing inside.
    pub fold: Fold,
}

/// Whether a node's inside is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Shown below.
    Open,
    /// Not shown.
    Closed,
    /// There is none.
    Leaf,
}

/// Networks up to this size are shown with all subnets open.
const SMALL: usize = 80;

impl TreeView {
    /// The tree.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The rows that are on the screen, from the top.
    pub fn window(&self) -> &[Row] {
        let end = (self.top + self.height).min(self.rows.len());
        self.rows.get(self.top..end).unwrap_or_default()
    }

    /// Every row.
    pub fn rows(&self) -> &[Row] {
        &self.rows
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
        self.rows.get(self.selected).map(|row| row.at)
    }

    /// That node's data.
    pub fn selected_node(&self) -> Option<&Node> {
        self.selected().map(|at| self.tree.node(at))
    }

    /// What is filtered for.
    pub fn filter(&self) -> &TextInput {
        &self.filter.input
    }

    /// How many nodes the filter found, if there is one.
    pub fn found(&self) -> Option<usize> {
        self.filter.found()
    }

    /// Shows another state of the network; stands where it stood, as far as that is still there.
    pub fn replace(&mut self, tree: Arc<Tree>) {
        let selected = self.selected_node().map(|node| node.id.clone());
        self.tree = tree;
        self.filter.forget();
        self.filter.search(&self.tree);
        self.make_rows();
        if let Some(at) = selected.and_then(|id| self.tree.position(&id)) {
            self.stand_on(at);
        }
    }

    /// Has so many rows on the screen.
    pub fn set_height(&mut self, height: usize) {
        self.height = height;
        self.keep_in_view();
    }

    /// Goes up or down.
    pub fn go(&mut self, way: Move) {
        let last = self.rows.len().saturating_sub(1);
        self.selected = moved(self.selected, way, last, self.height.saturating_sub(1).max(1));
        self.keep_in_view();
    }

    /// Stands on the row that is so many rows below the top.
    pub fn press(&mut self, below_top: usize) {
        let row = self.top + below_top;
        if row < self.rows.len() && row == self.selected {
            self.toggle();
        } else if row < self.rows.len() {
            self.selected = row;
        }
    }

    /// Opens, or goes to the first node inside.
    pub fn open(&mut self) {
        match self.rows.get(self.selected).map(|row| row.fold) {
            Some(Fold::Closed) => self.set_open(true),
            Some(Fold::Open) => self.go(Move::Down),
            _ => {}
        }
    }

    /// Closes, or goes to the node that it is inside of.
    pub fn close(&mut self) {
        let Some(row) = self.rows.get(self.selected).copied() else { return };
        if row.fold == Fold::Open {
            self.set_open(false);
        } else if let Some(parent) = self.tree.node(row.at).parent {
            self.selected = self.row_of(parent).unwrap_or(self.selected);
            self.keep_in_view();
        }
    }

    /// Opens or closes everything.
    pub fn set_all_open(&mut self, open: bool) {
        let inner = self.tree.nodes().filter(|(_, node)| !node.children.is_empty());
        self.toggled = inner.map(|(_, node)| (node.id.clone(), open)).collect();
        self.make_rows_around_selected();
    }

    /// Changes the filter.
    pub fn edit_filter(&mut self, edit: impl FnOnce(&mut TextInput)) {
        edit(&mut self.filter.input);
        self.filter.search(&self.tree);
        self.make_rows_around_selected();
        if !self.filter.input.is_empty() {
            self.stand_on_first_found();
        }
    }

    /// Stands on a node; what it is inside of opens.
    pub fn go_to(&mut self, at: NodeIx) {
        let above: Vec<_> = self.tree.ancestors(at).collect();
        for ancestor in above {
            self.toggled.insert(self.tree.node(ancestor).id.clone(), true);
        }
        self.make_rows();
        if self.row_of(at).is_none() {
            self.edit_filter(TextInput::clear);
        }
        self.stand_on(at);
    }

    /// Which rows stand for these nodes: a node's own row, or the closed one that it is inside of, with how many.
    pub fn rows_for(&self, nodes: &[NodeIx]) -> FxHashMap<NodeIx, usize> {
        if nodes.is_empty() {
            return FxHashMap::default();
        }
        let visible: FxHashSet<NodeIx> = self.rows.iter().map(|row| row.at).collect();
        let mut standing = FxHashMap::default();
        for node in nodes {
            let mut up = std::iter::once(*node).chain(self.tree.ancestors(*node));
            if let Some(row) = up.find(|at| visible.contains(at)) {
                *standing.entry(row).or_default() += 1;
            }
        }
        standing
    }

    fn toggle(&mut self) {
        match self.rows.get(self.selected).map(|row| row.fold) {
            Some(Fold::Closed) => self.set_open(true),
            Some(Fold::Open) => self.set_open(false),
            _ => {}
        }
    }

    fn set_open(&mut self, open: bool) {
        if let Some(node) = self.selected_node() {
            let id = node.id.clone();
            self.toggled.insert(id, open);
            self.make_rows_around_selected();
        }
    }

    fn is_open(&self, node: &Node) -> bool {
        self.toggled.get(&node.id).copied().unwrap_or_else(|| self.opens_by_itself(node))
    }

    fn opens_by_itself(&self, node: &Node) -> bool {
        match node.kind {
            NodeKind::Account | NodeKind::Region | NodeKind::Vpc => true,
            NodeKind::Subnet | NodeKind::Outside => self.tree.nodes().len() <= SMALL,
            NodeKind::Interface | NodeKind::Resource => false,
        }
    }

    /// A lone account or region says nothing that the header does not say: what is inside stands in its place.
    fn outermost(&self) -> &[NodeIx] {
        let mut nodes = self.tree.roots();
        while let [only] = nodes {
            let node = self.tree.node(*only);
            if !matches!(node.kind, NodeKind::Account | NodeKind::Region) {
                break;
            }
            nodes = &node.children;
        }
        nodes
    }

    fn make_rows(&mut self) {
        let mut rows = Vec::new();
        for at in self.outermost() {
            self.add_rows(*at, 0, false, &mut rows);
        }
        self.rows = rows;
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
        self.keep_in_view();
    }

    /// `found` tells that the filter found something that this is inside of.
    fn add_rows(&self, at: NodeIx, level: u16, found: bool, rows: &mut Vec<Row>) {
        let node = self.tree.node(at);
        if !found && !self.filter.keeps(at) {
            return;
        }
        let found = found || self.filter.finds(at);
        let open = self.is_open(node) || self.filter.finds_inside(at);
        let fold = match (node.children.is_empty(), open) {
            (true, _) => Fold::Leaf,
            (false, true) => Fold::Open,
            (false, false) => Fold::Closed,
        };
        rows.push(Row { at, level, fold });
        if fold == Fold::Open {
            for child in &node.children {
                self.add_rows(*child, level + 1, found, rows);
            }
        }
    }

    fn make_rows_around_selected(&mut self) {
        let selected = self.selected();
        self.make_rows();
        if let Some(at) = selected {
            self.stand_on(at);
        }
    }

    /// Stands on a node, or on the nearest visible one above it.
    fn stand_on(&mut self, at: NodeIx) {
        let above = self.tree.ancestors(at).find_map(|at| self.row_of(at));
        self.selected = self.row_of(at).or(above).unwrap_or(self.selected);
        self.keep_in_view();
    }

    fn stand_on_first_found(&mut self) {
        let found = |row: &Row| self.filter.finds(row.at);
        if self.rows.get(self.selected).is_none_or(|row| !found(row)) {
            self.selected = self.rows.iter().position(found).unwrap_or_default();
        }
        self.keep_in_view();
    }

    fn row_of(&self, at: NodeIx) -> Option<usize> {
        self.rows.iter().position(|row| row.at == at)
    }

    fn keep_in_view(&mut self) {
        let highest = self.rows.len().saturating_sub(self.height);
        let lowest = (self.selected + 1).saturating_sub(self.height);
        self.top = self.top.clamp(lowest.min(self.selected), self.selected).min(highest);
    }
}
