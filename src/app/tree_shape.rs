//! Which rows a tree makes, as arithmetic: every node knows how many rows it makes with all that is inside of it, so that
//! a row is found, and a node opened, without a list of all rows. A key costs the same in any network.

use crate::store::tree::{Node, NodeIx, Tree};

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

/// How a node stands in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// It is shown, with what is inside of it if it is open.
    pub kept: bool,
    /// It has a row of its own.
    pub has_row: bool,
    /// What is inside of it is shown; so it always is where there is no row to open.
    pub open: bool,
}

/// The rows of a tree.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    nodes: Vec<Counted>,
    count: usize,
}

#[derive(Clone, Copy, Debug)]
struct Counted {
    stand: Stand,
    /// Rows of everything inside, were it open.
    inside: usize,
}

impl Counted {
    fn rows(&self) -> usize {
        match self.stand {
            Stand { kept: false, .. } => 0,
            Stand { open, has_row, .. } => {
                usize::from(has_row) + if open { self.inside } else { 0 }
            }
        }
    }
}

impl Shape {
    /// Counts the rows of a tree, from below.
    pub fn of(tree: &Tree, stand: impl Fn(NodeIx, &Node) -> Stand) -> Self {
        let counted = tree.nodes().map(|(at, node)| Counted { stand: stand(at, node), inside: 0 });
        let mut shape = Self { nodes: counted.collect(), count: 0 };
        for (at, node) in tree.nodes().rev() {
            let rows = shape.rows_of(at);
            match node.parent {
                Some(parent) => shape.change(parent, |above| above.inside += rows),
                None => shape.count += rows,
            }
        }
        shape
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether a node has a row of its own, if what it is inside of is open.
    pub fn has_row(&self, at: NodeIx) -> bool {
        self.nodes.get(at.number()).is_some_and(|one| one.stand.has_row && one.stand.kept)
    }

    /// The position of a node's row; of one without a row, of the first row inside of it.
    pub fn row_of(&self, tree: &Tree, at: NodeIx) -> Option<usize> {
        let mut row = 0;
        let mut below = at;
        if self.rows_of(at) == 0 {
            return None;
        }
        loop {
            let parent = tree.node(below).parent;
            let beside = parent.map_or(tree.roots(), |parent| &tree.node(parent).children);
            row += beside
                .iter()
                .take_while(|one| **one != below)
                .map(|one| self.rows_of(*one))
                .sum::<usize>();
            let Some(parent) = parent else { return Some(row) };
            let above = self.nodes.get(parent.number()).map(|one| one.stand)?;
            if !above.open || !above.kept {
                return None;
            }
            row += usize::from(above.has_row);
            below = parent;
        }
    }

    /// So many rows from a position on.
    pub fn rows(&self, tree: &Tree, from: usize, count: usize) -> Vec<Row> {
        let mut window = Window { skip: from, room: count, rows: Vec::new() };
        self.add_rows(tree, tree.roots(), 0, &mut window);
        window.rows
    }

    /// Opens or closes a node.
    pub fn set_open(&mut self, tree: &Tree, at: NodeIx, open: bool) {
        let before = self.rows_of(at);
        self.change(at, |one| one.stand.open = open);
        let after = self.rows_of(at);
        let mut below = (before, after);
        for above in tree.ancestors(at) {
            let before = self.rows_of(above);
            self.change(above, |one| one.inside = one.inside + below.1 - below.0);
            below = (before, self.rows_of(above));
        }
        self.count = self.count + below.1 - below.0;
    }

    fn add_rows(&self, tree: &Tree, nodes: &[NodeIx], level: u16, window: &mut Window) {
        for at in nodes {
            if window.room == 0 {
                return;
            }
            let rows = self.rows_of(*at);
            if rows <= window.skip {
                window.skip -= rows;
            } else if let Some(one) = self.nodes.get(at.number()) {
                let node = tree.node(*at);
                if one.stand.has_row {
                    window.take(Row { at: *at, level, fold: fold(node, one.stand.open) });
                }
                if one.stand.open {
                    let level = level + u16::from(one.stand.has_row);
                    self.add_rows(tree, &node.children, level, window);
                }
            }
        }
    }

    fn rows_of(&self, at: NodeIx) -> usize {
        self.nodes.get(at.number()).map_or(0, Counted::rows)
    }

    fn change(&mut self, at: NodeIx, change: impl FnOnce(&mut Counted)) {
        if let Some(one) = self.nodes.get_mut(at.number()) {
            change(one);
        }
    }
}

fn fold(node: &Node, open: bool) -> Fold {
    match (node.children.is_empty(), open) {
        (true, _) => Fold::Leaf,
        (false, true) => Fold::Open,
        (false, false) => Fold::Closed,
    }
}

/// The rows of a part of the screen, while they are looked for.
struct Window {
    skip: usize,
    room: usize,
    rows: Vec<Row>,
}

impl Window {
    fn take(&mut self, row: Row) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.room > 0 {
            self.room -= 1;
            self.rows.push(row);
        }
    }
}
