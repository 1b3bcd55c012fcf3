//! The tree: VPCs, subnets, interfaces. Only the rows on the screen are made.

use ratatui::buffer::Buffer;

use super::glyphs;
use super::pane::{Pane, rows};
use super::text::Line;
use super::theme::{Role, Theme};
use super::{age, tree_columns};
use crate::app::{Action, Area, Changed, Fold, Pane as PaneName, Progress, Row, State};
use crate::report::words;
use crate::store::tree::{Grouping, Node, NodeKind, region_id};

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
    if !state.network.arrived && state.tree.count() == 0 {
        return Line::new();
    }
    let tree = state.tree.tree();
    let leaves: usize = tree.roots().iter().map(|root| tree.node(*root).leaves).sum();
    Line::of(Role::Dim, words::interfaces(&state.network.store, leaves))
}

/// The rows on the screen.
pub fn view(state: &State, width: usize) -> Vec<Line> {
    let window = state.tree.window();
    if window.is_empty() {
        return nothing(state, width);
    }
    let lefts = window.iter().map(|row| left(state, *row).and(age_of(state, *row))).collect();
    let nodes: Vec<_> = window.iter().map(|row| state.tree.tree().node(row.at)).collect();
    let store = &state.network.store;
    let lines = tree_columns::aligned(store, lefts, &nodes, state.facts, width).into_iter();
    let numbered = lines.zip(state.tree.top()..);
    numbered.map(|(line, number)| on_ground(state, line, number)).collect()
}

fn nothing(state: &State, width: usize) -> Vec<Line> {
    let network = &state.network;
    let (first, then) = if let Some(failure) = &network.failure {
        (Line::of(Role::Bad, &failure.what), failure.advice.clone().unwrap_or_default())
    } else if let Some(loading) = &network.loading {
        (progress(loading, width), loading.doing.clone())
    } else if state.tree.found().is_some() {
        let text = format!("Nothing contains “{}”", state.tree.filter().text());
        (Line::of(Role::Text, text), "Esc shows everything again".to_owned())
    } else {
        (Line::of(Role::Text, "No VPC here"), "another region? vpctui --region".to_owned())
    };
    let again = network.failure.as_ref().and_then(|_| state.keys.of(Action::Refresh));
    let again = again.map(|key| Line::of(Role::Text, format!("{key} tries again")));
    let then = Some(Line::of(Role::Dim, then));
    let indented = |line| Line::of(Role::Text, " ").and(line);
    [Some(first), then, again]
        .into_iter()
        .flatten()
        .flat_map(|line| indented(line).wrap(width, 1))
        .collect()
}

/// How old a region is, where there are several: they are not read at the same moment.
fn age_of(state: &State, row: Row) -> Line {
    let (node, places) = (state.tree.tree().node(row.at), &state.network.store.places);
    if node.kind != NodeKind::Region || places.len() < 2 {
        return Line::new();
    }
    let place = places.iter().find(|place| *node.id == region_id(place));
    let age = place.and_then(|place| age::of_place(place, state.now));
    age.map(|age| Line::of(Role::Dim, format!("  {age}"))).unwrap_or_default()
}

/// `Reading  ━━━━━━────────  17 of 61 calls`
fn progress(loading: &Progress, width: usize) -> Line {
    let line = Line::of(Role::Strong, "Reading the network");
    let Some(share) = (loading.done * 100).checked_div(loading.total) else {
        return line.with(Role::Dim, " …");
    };
    let bar = width.saturating_sub(48).clamp(6, 20);
    let done = bar * share.min(100) / 100;
    line.with(Role::Accent, format!("  {}", "━".repeat(done)))
        .with(Role::Border, "─".repeat(bar - done))
        .with(Role::Dim, format!("  {} of {} calls", loading.done, loading.total))
}

/// The row that the user stands on is seen, also while another pane has the keys.
fn on_ground(state: &State, line: Line, number: usize) -> Line {
    let focused = state.pane == PaneName::Tree;
    match (number == state.tree.selected_row(), focused) {
        (true, true) => line.on(Role::Selected),
        (true, false) => line.on(Role::SelectedAway),
        _ => line,
    }
}

/// What is inside of what, a glyph, the name, and what is marked.
fn left(state: &State, row: Row) -> Line {
    let node = state.tree.tree().node(row.at);
    let covered = state.group.covered_at(row.at).filter(|_| row.fold != Fold::Open);
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
    if let Some(inside) = covered.filter(|_| !own) {
        line = line.with(Role::Mark, format!("  ● {inside} inside"));
    }
    line.and(marks(state, node))
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
