//! The facts beside the names in the tree, each under its like: addresses under addresses, ways out under ways out.
//!
//! How many of them there is room for is decided once for all rows on the screen; a row that is too long for them gives
//! them up but keeps its address, and its name is shortened for that if it has to be.

use super::text::Line;
use super::theme::Role;
use crate::app::Columns;
use crate::model::catalogue::Envelope;
use crate::store::tree::{Detail, Node, NodeKind, account_id, region_id};
use crate::store::{Place, Store};

/// The facts of one row.
#[derive(Clone, Default)]
struct Facts {
    /// Kind of who uses it.
    user: Line,
    /// AWS's id.
    id: Line,
    /// Zone and way out of a subnet, public address of an interface.
    usual: Line,
    /// The same in fewer words.
    brief: Line,
    /// CIDR, address, or how many are inside: at the right edge.
    last: Line,
}

/// One of the columns in front of the last.
#[derive(Clone, Copy)]
enum Column {
    User,
    Id,
    Usual,
    Brief,
}

/// The columns that are wanted, from the most to the fewest.
fn choices(wanted: Columns) -> &'static [&'static [Column]] {
    use Column::{Brief, Id, User, Usual};
    match wanted {
        Columns::Usual => &[&[Usual], &[Brief]],
        Columns::Ids => &[&[Id, Usual], &[Id, Brief], &[Id]],
        Columns::Users => &[&[User, Usual], &[User, Brief], &[User]],
        Columns::All => &[&[User, Id, Usual], &[User, Id, Brief], &[Id, Brief], &[Id], &[Brief]],
    }
}

/// Columns between two columns.
const GAP: usize = 2;
/// The least of a name that is shown beside an address.
const LEAST_NAME: usize = 12;

/// The rows with the facts of their nodes.
pub fn aligned(
    store: &Store,
    lefts: Vec<Line>,
    nodes: &[&Node],
    wanted: Columns,
    width: usize,
) -> Vec<Line> {
    // One column stays free at the right edge.
    let width = width.saturating_sub(1);
    let facts: Vec<Facts> = nodes.iter().map(|node| Facts::of(store, node)).collect();
    let last = facts.iter().map(|facts| facts.last.width()).max().unwrap_or_default();
    let room = width.saturating_sub(last);
    let names: Vec<usize> = lefts.iter().map(Line::width).collect();
    let mut choices = choices(wanted).iter().map(|columns| Widths::of(columns, &facts));
    let chosen = choices.find(|widths| widths.suit(&names, &facts, room)).unwrap_or_default();
    let rows = lefts.into_iter().zip(&facts);
    rows.map(|(left, facts)| chosen.row(left, facts, room, width)).collect()
}

/// Columns and how wide each is.
#[derive(Default)]
struct Widths(Vec<(Column, usize)>);

impl Widths {
    fn of(columns: &[Column], facts: &[Facts]) -> Self {
        let widest = |column| facts.iter().map(|facts| facts.cell(column).width()).max();
        let widths = columns.iter().map(|column| (*column, widest(*column).unwrap_or_default()));
        Self(widths.filter(|(_, width)| *width > 0).collect())
    }

    fn sum(&self) -> usize {
        self.0.iter().map(|(_, width)| width + GAP).sum()
    }

    /// Whether a row has anything in these columns.
    fn has_any(&self, facts: &Facts) -> bool {
        self.0.iter().any(|(column, _)| facts.cell(*column).width() > 0)
    }

    /// Whether nearly all names have room beside these columns: one long name does not cost the others theirs.
    fn suit(&self, names: &[usize], facts: &[Facts], room: usize) -> bool {
        let having = names.iter().zip(facts).filter(|(_, facts)| self.has_any(facts));
        let (fitting, not): (Vec<_>, Vec<_>) =
            having.partition(|(name, _)| **name + GAP + self.sum() <= room);
        not.len() * 7 <= fitting.len()
    }

    fn row(&self, left: Line, facts: &Facts, room: usize, width: usize) -> Line {
        let last = &facts.last;
        if self.has_any(facts) && left.width() + GAP + self.sum() <= room {
            let line = left.column(room - self.sum());
            let cell = |line: Line, (column, width): &(Column, usize)| {
                line.and(facts.cell(*column).clone().exactly(width + GAP))
            };
            let line = self.0.iter().fold(line, cell);
            return line.up_to(width - last.width()).and(last.clone());
        }
        let room = width.saturating_sub(last.width());
        if last.width() == 0 || room < LEAST_NAME + GAP {
            return left.fit(width);
        }
        left.fit(room - 1).column(room).and(last.clone())
    }
}

impl Facts {
    fn of(store: &Store, node: &Node) -> Self {
        let (usual, brief, last) = match node.kind {
            NodeKind::Subnet => of_subnet(&node.detail),
            NodeKind::Interface => of_interface(&node.detail),
            NodeKind::Resource => (Line::new(), Line::new(), Line::of(Role::Dim, "in no VPC")),
            NodeKind::Vpc => (Line::new(), Line::new(), Line::of(Role::Dim, &node.detail.cidr)),
            _ => (Line::new(), Line::new(), Line::of(Role::Dim, inside(store, node))),
        };
        Self { user: user(node), id: id(node), usual, brief, last }
    }

    fn cell(&self, column: Column) -> &Line {
        match column {
            Column::User => &self.user,
            Column::Id => &self.id,
            Column::Usual => &self.usual,
            Column::Brief => &self.brief,
        }
    }
}

/// How many interfaces are inside of an account or a region, as far as AWS's lists of them are there; of what else there
/// is, all that is known.
fn inside(store: &Store, node: &Node) -> String {
    let is_inside = |place: &Place| match node.kind {
        NodeKind::Account => *node.id == account_id(place),
        NodeKind::Region => *node.id == region_id(place),
        _ => false,
    };
    let mut places = store.places.iter().filter(|place| is_inside(place));
    let lacking = places.any(|place| !place.coverage.is_complete(Envelope::NetworkInterfaces));
    match (node.leaves, lacking) {
        (count, false) => count.to_string(),
        (0, true) => "unknown".to_owned(),
        (count, true) => format!("{count} or more"),
    }
}

/// Made-up ids say nothing to anybody.
fn id(node: &Node) -> Line {
    let made_up = node.id.contains(':') || node.detail.is_virtual || node.id == node.name;
    if made_up { Line::new() } else { Line::of(Role::Dim, &*node.id) }
}

fn user(node: &Node) -> Line {
    let owner = node.detail.owner.filter(|_| node.kind == NodeKind::Interface);
    owner.map(|owner| Line::of(Role::Dim, owner.word())).unwrap_or_default()
}

/// `2a  → igw`: the zone's end, and the kind of what the default route leads to.
fn of_subnet(detail: &Detail) -> (Line, Line, Line) {
    let way_out = detail.way_out.as_deref().unwrap_or_default();
    let (target, gone) = way_out.split_once(", ").unwrap_or((way_out, ""));
    let (kind, _) = target.rsplit_once('-').unwrap_or((target, ""));
    let role = if way_out.starts_with('→') { Role::Accent } else { Role::Dim };
    let zone = detail.zone.as_deref().unwrap_or_default();
    let start = zone.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    let zone = zone.get(start..).unwrap_or_default();
    let brief = Line::of(role, kind);
    let brief = if gone.is_empty() { brief } else { brief.with(Role::Bad, format!(" ✗ {gone}")) };
    let usual = Line::of(Role::Dim, zone).exactly(2).with(Role::Text, "  ").and(brief.clone());
    let usual = if zone.is_empty() { brief.clone() } else { usual };
    (usual, brief, Line::of(Role::Dim, &detail.cidr))
}

fn of_interface(detail: &Detail) -> (Line, Line, Line) {
    let idle = detail.idle.as_deref().map(|idle| Line::of(Role::Warn, idle));
    let public = detail.public.map(|public| Line::of(Role::Accent, public.to_string()));
    let last = match detail.address {
        Some(address) => Line::of(Role::Dim, address.to_string()),
        None => Line::of(Role::Dim, "not listed"),
    };
    let parts = [idle.clone(), public.clone()].into_iter().flatten();
    let both = parts.reduce(|line, part| line.with(Role::Text, "  ").and(part));
    (both.unwrap_or_default(), idle.or(public).unwrap_or_default(), last)
}
