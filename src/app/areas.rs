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
//! The user moves the dividers by mouse and by key. Under 64 columns only the pane with the keys is shown; under 26 × 6 only a message.

use serde::{Deserialize, Serialize};

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

/// How the screen is divided where the user moved a divider, in parts of a hundred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shares {
    /// The tree's part of the width.
    pub tree: Option<u8>,
    /// The group panel's part of the height.
    pub group: Option<u8>,
}

/// What stands between two panes and can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Divider {
    /// At the right of the tree.
    Tree,
    /// At the top of the group panel.
    Group,
}

/// How narrow and how wide a pane can be made, in parts of a hundred.
const SHARES: (u16, u16) = (15, 85);
/// How far a key moves a divider.
const STEP: i16 = 4;
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

impl Areas {
    /// The divider at a cell: both frames beside it count.
    pub fn divider_at(&self, x: u16, y: u16) -> Option<Divider> {
        let beside = self.tree.is_empty() || self.detail.is_empty();
        let column = self.detail.x.saturating_sub(1)..=self.detail.x;
        let row = self.group.y.saturating_sub(1)..=self.group.y;
        let group = !self.group.is_empty() && row.contains(&y);
        if group && (self.group.x..self.group.x.saturating_add(self.group.width)).contains(&x) {
            return Some(Divider::Group);
        }
        (!beside && column.contains(&x) && self.body.contains(x, y)).then_some(Divider::Tree)
    }

    /// Moves a divider to a cell.
    pub fn drag(&self, divider: Divider, (x, y): (u16, u16), shares: &mut Shares) {
        let (body, width, height) = (self.body, self.body.width, self.body.height);
        match divider {
            Divider::Tree => shares.tree = Some(share(x.saturating_sub(body.x), width)),
            Divider::Group => {
                let below = body.y.saturating_add(height).saturating_sub(y);
                shares.group = Some(share(below, height));
            }
        }
    }

    /// Moves a divider a step.
    pub fn step(&self, divider: Divider, grows: bool, shares: &mut Shares) {
        let now = match divider {
            Divider::Tree => share(self.tree.width, self.body.width),
            Divider::Group => share(self.group.height, self.body.height),
        };
        let to = i16::from(now) + if grows { STEP } else { -STEP };
        let to = Some(share(u16::try_from(to).unwrap_or_default(), 100));
        match divider {
            Divider::Tree => shares.tree = to,
            Divider::Group => shares.group = to,
        }
    }
}

/// A part of a whole in parts of a hundred, within what makes sense.
fn share(part: u16, whole: u16) -> u8 {
    let hundredths = u32::from(part) * 100 / u32::from(whole.max(1));
    let hundredths = u16::try_from(hundredths).unwrap_or(SHARES.1).clamp(SHARES.0, SHARES.1);
    u8::try_from(hundredths).unwrap_or_default()
}

/// So many hundredths of a whole.
fn part(share: u8, whole: u16) -> u16 {
    u16::try_from(u32::from(share) * u32::from(whole) / 100).unwrap_or(whole)
}

/// Divides a screen. `focus` is the pane with the keys. Nothing comes back where the screen is too small.
pub fn areas((columns, rows): (u16, u16), focus: Pane, shares: Shares) -> Option<Areas> {
    if columns < LEAST.0 || rows < LEAST.1 {
        return None;
    }
    let screen = Area { x: 0, y: 0, width: columns, height: rows };
    let (header, rest) = screen.split_top(1);
    let (body, footer) = rest.split_top(rest.height - 1);
    let frame = Areas { header, body, footer, ..Areas::default() };
    Some(if columns < NARROW { one_pane(frame, focus) } else { all_panes(frame, focus, shares) })
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
fn all_panes(frame: Areas, focus: Pane, shares: Shares) -> Areas {
    let body = frame.body;
    let shown = body.height >= LOW || focus == Pane::Group;
    let usual = || (body.height * 3 / 10).clamp(7, 16).min(body.height / 2);
    let height = shares.group.map_or_else(usual, |share| part(share, body.height).max(3));
    let height = if shown { height } else { 0 };
    let usual = || (body.width * 42 / 100).clamp(34, 80);
    let tree_width = shares.tree.map_or_else(usual, |share| part(share, body.width));
    if body.width >= WIDE {
        let (tree, right) = body.split_left(tree_width);
        let (detail, group) = right.split_top(right.height - height);
        return Areas { tree, detail, group, ..frame };
    }
    let (upper, group) = body.split_top(body.height - height);
    let (tree, detail) = upper.split_left(tree_width);
    Areas { tree, detail, group, ..frame }
}
