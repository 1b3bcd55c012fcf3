//! The tree: VPCs, subnets, interfaces. Only the rows on the screen are made.

use ratatui::buffer::Buffer;

use super::glyphs;
use super::pane::{Pane, rows};
use super::text::Line;
use super::theme::{Role, Theme};
use crate::app::{Area, Changed, Columns, Fold, Pane as PaneName, Row, State};
use crate::store::tree::{Detail, Grouping, Node, NodeKind};

/// Draws the pane.
pub fn draw(state: &State, area: Area, buffer: &mut Buffer, theme: &Theme) {
    if area.is_empty() {
        return;
    }
    let focused = state.pane == PaneName::Tree;
    let inside =
        Pane { title: title(state), aside: aside(state), focused, theme }.draw(area, buffer);
    rows(&view(state, inside.width.into()), inside, buffer, theme);
}

fn title(state: &State) -> Line {
    let filter = state.tree.filter();
    let title = Line::of(Role::Strong, "Network");
    let title = match state.tree.arrangement().grouping {
        Grouping::Place => title,
        other => title.with(Role::Dim, format!("  by {}", other.word())),
    };
    if filter.is_empty() && !state.filtering {
        return title;
    }
    let cursor = if state.filtering { "▏" } else { "" };
    title.with(Role::Accent, format!("  /{}{cursor}", filter.text()))
}

fn aside(state: &State) -> Line {
    if let Some(found) = state.tree.found() {
        return Line::of(Role::Dim, format!("{found} found"));
    }
    let tree = state.tree.tree();
    let leaves: usize = tree.roots().iter().map(|root| tree.node(*root).leaves).sum();
    Line::of(Role::Dim, format!("{leaves} interfaces"))
}

/// The rows on the screen.
pub fn view(state: &State, width: usize) -> Vec<Line> {
    let window = state.tree.window();
    if window.is_empty() {
        return nothing(state, width);
    }
    let numbered = window.into_iter().zip(state.tree.top()..);
    numbered.map(|(row, number)| one(state, row, number, width)).collect()
}

fn nothing(state: &State, width: usize) -> Vec<Line> {
    let network = &state.network;
    let (first, then) = if let Some(failure) = &network.failure {
        (Line::of(Role::Bad, &failure.what), failure.advice.clone().unwrap_or_default())
    } else if let Some(loading) = &network.loading {
        (Line::of(Role::Text, "Reading the network…"), loading.doing.clone())
    } else if state.tree.found().is_some() {
        let text = format!("Nothing contains “{}”", state.tree.filter().text());
        (Line::of(Role::Text, text), "Esc shows everything again".to_owned())
    } else {
        (Line::of(Role::Text, "No VPC here"), "another region? vpctui --region".to_owned())
    };
    let then = Line::of(Role::Dim, then);
    [first, then].into_iter().flat_map(|line| line.wrap(width, 0)).collect()
}

fn one(state: &State, row: Row, number: usize, width: usize) -> Line {
    let node = state.tree.tree().node(row.at);
    let covered = state.group.covered_at(row.at);
    let covered = covered.filter(|_| row.fold != Fold::Open);
    let left = left(state, node, row, covered).and(marks(state, node));
    let line = with_aside(left, asides(node, state.facts), width);
    let focused = state.pane == PaneName::Tree;
    match (number == state.tree.selected_row(), focused) {
        (true, true) => line.on(Role::Selected),
        (true, false) => line.on(Role::SelectedAway),
        _ => line,
    }
}

fn left(state: &State, node: &Node, row: Row, covered: Option<usize>) -> Line {
    let fold = match row.fold {
        Fold::Open => "▾ ",
        Fold::Closed => "▸ ",
        Fold::Leaf => "  ",
    };
    let indent = "  ".repeat(row.level.into());
    let mut line = Line::of(Role::Text, format!(" {indent}")).with(Role::Dim, fold);
    for above in state.tree.names_above(row.at) {
        line = line.with(Role::Dim, format!("{above} · "));
    }
    let glyph = glyphs::node(node);
    let own = covered.is_some() && row.fold == Fold::Leaf;
    if own {
        line = line.with(Role::Mark, "● ");
    } else if !glyph.is_empty() {
        line = line.with(glyph_role(node), format!("{glyph} "));
    }
    line = line.with(if own { Role::Mark } else { name_role(node) }, &*node.name);
    match covered.filter(|_| !own) {
        Some(inside) => line.with(Role::Mark, format!("  ● {inside} inside")),
        None => line,
    }
}

fn name_role(node: &Node) -> Role {
    match node.kind {
        NodeKind::Account | NodeKind::Region | NodeKind::Vpc => Role::Strong,
        NodeKind::Outside => Role::Dim,
        _ if node.detail.idle.is_some() => Role::Dim,
        _ => Role::Text,
    }
}

fn glyph_role(node: &Node) -> Role {
    if node.detail.idle.is_some() { Role::Dim } else { Role::Accent }
}

/// What is new or differs since the last reading.
fn change(state: &State, node: &Node) -> Line {
    match state.compared.as_ref().and_then(|compared| compared.of_node(node)) {
        Some(Changed::Added) => Line::of(Role::Good, " + new"),
        Some(Changed::Differs) => Line::of(Role::Warn, " ~ changed"),
        None => Line::new(),
    }
}

/// `A` and `B` where the node is a marked end.
fn marks(state: &State, node: &Node) -> Line {
    let name = node.detail.owner_id.as_deref().unwrap_or_default();
    let is = |pick: &Option<crate::app::Pick>| {
        let directory = state.network.store.directory();
        let ends = [name, &*node.id].into_iter().filter_map(|id| directory.by_id(id));
        let mut ends =
            ends.filter_map(|named| crate::reach::naming::end_of(&state.network.store, named));
        pick.as_ref().is_some_and(|pick| ends.any(|end| end == pick.value))
    };
    let mut line = change(state, node);
    if is(&state.marks.from) {
        line = line.with(Role::Text, " ").with(Role::BadgeGood, " A ");
    }
    if is(&state.marks.to) {
        line = line.with(Role::Text, " ").with(Role::BadgeGood, " B ");
    }
    line
}

/// What stands on the right, from the most to the least.
fn asides(node: &Node, facts: Columns) -> Vec<Line> {
    let usual = match node.kind {
        NodeKind::Subnet => subnet_asides(&node.detail),
        NodeKind::Interface => interface_asides(&node.detail),
        NodeKind::Resource => vec![Line::of(Role::Dim, "in no VPC")],
        NodeKind::Vpc => vec![Line::of(Role::Dim, &node.detail.cidr)],
        _ => vec![Line::of(Role::Dim, node.leaves.to_string())],
    };
    match facts {
        Columns::Usual => usual,
        Columns::Ids => id_aside(node).into_iter().chain(usual).collect(),
        Columns::Users => user_aside(node).into_iter().chain(usual).collect(),
        Columns::All => all_asides(node, usual),
    }
}

/// Made-up ids say nothing to anybody.
fn id_aside(node: &Node) -> Option<Line> {
    let made_up = node.id.contains(':') || node.detail.is_virtual || node.id == node.name;
    (!made_up).then(|| Line::of(Role::Dim, &*node.id))
}

fn user_aside(node: &Node) -> Option<Line> {
    let owner = node.detail.owner.filter(|_| node.kind == NodeKind::Interface)?;
    Some(Line::of(Role::Dim, owner.word()))
}

/// As many of the columns as there is room for, each under its like.
fn all_asides(node: &Node, usual: Vec<Line>) -> Vec<Line> {
    let user = user_aside(node).unwrap_or_default();
    let id = id_aside(node).unwrap_or_default();
    let last = usual.first().cloned().unwrap_or_default();
    let missing = USUAL.saturating_sub(last.width());
    let last = Line::of(Role::Text, " ".repeat(missing)).and(last);
    let gap = || Line::of(Role::Text, "  ");
    let two = id.exactly(ID).and(gap()).and(last);
    let three = user.exactly(USER).and(gap()).and(two.clone());
    [three, two].into_iter().chain(usual).collect()
}

/// Widths of the columns: what uses it, its id, the addresses.
const USER: usize = 25;
const ID: usize = 24;
const USUAL: usize = 31;

fn subnet_asides(detail: &Detail) -> Vec<Line> {
    let way_out = detail.way_out.as_deref().unwrap_or_default();
    let (kind, _) = way_out.rsplit_once('-').unwrap_or((way_out, ""));
    let role = if way_out.starts_with('→') { Role::Accent } else { Role::Dim };
    let zone: String = detail.zone.as_deref().unwrap_or_default().chars().rev().take(2).collect();
    let zone: String = zone.chars().rev().collect();
    let cidr = Line::of(Role::Dim, &detail.cidr);
    let all = cidr.clone().with(Role::Dim, format!("  {zone}  ")).with(role, way_out);
    let short = cidr.clone().with(Role::Text, "  ").with(role, kind);
    vec![all, short, cidr, Line::of(role, kind)]
}

fn interface_asides(detail: &Detail) -> Vec<Line> {
    let idle = detail.idle.as_deref().map(|idle| Line::of(Role::Warn, idle));
    let Some(address) = detail.address else {
        return vec![idle.unwrap_or_else(|| Line::of(Role::Dim, "address not listed"))];
    };
    let own = Line::of(Role::Dim, address.to_string());
    let public = detail.public.map(|public| Line::of(Role::Accent, public.to_string()));
    let all = [idle.clone(), public, Some(own.clone())];
    let all = all.into_iter().flatten().reduce(|line, part| line.with(Role::Text, "  ").and(part));
    all.into_iter().chain([own]).collect()
}

/// The left part, and of the right parts the longest that leaves it whole.
fn with_aside(left: Line, asides: Vec<Line>, width: usize) -> Line {
    let room = width.saturating_sub(left.width() + 2);
    let least = asides.last().map_or(0, Line::width);
    match asides.into_iter().find(|aside| aside.width() <= room) {
        Some(aside) => left.column(width.saturating_sub(aside.width() + 1)).and(aside),
        None if least > 0 && least * 2 < width => left.fit(width),
        None => left.fit(width),
    }
}
