//! Where things are on the screen: arithmetic on columns and rows that never goes below zero.
//!
//! ```text
//! header
//! ╭ tree ───╮╭ details ──╮      at 150 columns and more      ╭ tree ──╮╭ details ────╮
//! │         ││           │                                   │        ││             │
//! ╰─────────╯╰───────────╯                                   │        │╰─────────────╯
//! ╭ group ───────────────╮                                   │        │╭ group ──────╮
//! ╰──────────────────────╯                                   ╰────────╯╰─────────────╯
//! footer
//! ```
//!
//! Under 64 columns only the pane with the keys is shown; under 26 × 6 only a message.

/// A rectangle of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Leftmost column.
    pub x: u16,
    /// Topmost row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A pane of the main screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// VPCs, subnets, interfaces.
    #[default]
    Tree,
    /// What is selected.
    Detail,
    /// A group of what is selected.
    Group,
}

/// The areas of the main screen; a pane that is not shown has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// First row.
    pub header: Area,
    /// Between header and footer.
    pub body: Area,
    /// Tree.
    pub tree: Area,
    /// Details.
    pub detail: Area,
    /// Group panel.
    pub group: Area,
    /// Last row.
    pub footer: Area,
}

/// From this width on the tree has the full height.
const WIDE: u16 = 150;
/// Below this width there is one pane.
const NARROW: u16 = 64;
/// Below this height of the body the group panel is shown only while it has the keys.
const LOW: u16 = 17;
/// The least in which anything makes sense.
const LEAST: (u16, u16) = (26, 6);

impl Area {
    /// Whether a cell is in it.
    pub fn contains(self, x: u16, y: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&x)
            && (self.y..self.y.saturating_add(self.height)).contains(&y)
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// What is inside of its frame.
    #[must_use]
    pub fn inside(self) -> Self {
        Self {
            x: self.x.saturating_add(1),
            y: self.y.saturating_add(1),
            width: self.width.saturating_sub(2),
            height: self.height.saturating_sub(2),
        }
    }

    /// The left so many columns, and the rest.
    #[must_use]
    pub fn split_left(self, width: u16) -> (Self, Self) {
        let width = width.min(self.width);
        let x = self.x.saturating_add(width);
        (Self { width, ..self }, Self { x, width: self.width - width, ..self })
    }

    /// The upper so many rows, and the rest.
    #[must_use]
    pub fn split_top(self, height: u16) -> (Self, Self) {
        let height = height.min(self.height);
        let y = self.y.saturating_add(height);
        (Self { height, ..self }, Self { y, height: self.height - height, ..self })
    }

    /// An area of this size in its middle, no larger than itself.
    #[must_use]
    pub fn centred(self, width: u16, height: u16) -> Self {
        let (width, height) = (width.min(self.width), height.min(self.height));
        Self {
            x: self.x.saturating_add((self.width - width) / 2),
            y: self.y.saturating_add((self.height - height) / 2),
            width,
            height,
        }
    }
}

/// Divides a screen. `focus` is the pane with the keys. Nothing comes back where the screen is too small.
pub fn areas(columns: u16, rows: u16, focus: Pane) -> Option<Areas> {
    if columns < LEAST.0 || rows < LEAST.1 {
        return None;
    }
    let screen = Area { x: 0, y: 0, width: columns, height: rows };
    let (header, rest) = screen.split_top(1);
    let (body, footer) = rest.split_top(rest.height - 1);
    let frame = Areas { header, body, footer, ..Areas::default() };
    Some(if columns < NARROW { one_pane(frame, focus) } else { all_panes(frame, focus) })
}

fn one_pane(frame: Areas, focus: Pane) -> Areas {
    match focus {
        Pane::Tree => Areas { tree: frame.body, ..frame },
        Pane::Detail => Areas { detail: frame.body, ..frame },
        Pane::Group => Areas { group: frame.body, ..frame },
    }
}

/// The panel keeps its height whatever is selected: a layout that jumps while one walks through the tree is no rest for
/// the eye.
fn all_panes(frame: Areas, focus: Pane) -> Areas {
    let body = frame.body;
    let shown = body.height >= LOW || focus == Pane::Group;
    let height = if shown { (body.height * 3 / 10).clamp(7, 16).min(body.height / 2) } else { 0 };
    let tree_width = (body.width * 42 / 100).clamp(34, 80);
    if body.width >= WIDE {
        let (tree, right) = body.split_left(tree_width);
        let (detail, group) = right.split_top(right.height - height);
        return Areas { tree, detail, group, ..frame };
    }
    let (upper, group) = body.split_top(body.height - height);
    let (tree, detail) = upper.split_left(tree_width);
    Areas { tree, detail, group, ..frame }
}
