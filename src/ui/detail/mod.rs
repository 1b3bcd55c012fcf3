//! The details of what is selected: what it is, where its packets go, what filters them, what it is related to.

mod database;
mod function;
mod interface;
mod network;
mod place;
mod sheet;

use ratatui::buffer::Buffer;

use self::sheet::Sheet;
use super::glyphs;
use super::pane::{Pane, rows};
use super::text::Line;
use super::theme::{Role, Theme};
use crate::app::{Area, Pane as PaneName, State};
use crate::store::Store;
use crate::store::tree::{Node, NodeKind, Tree};

/// Draws the pane; tells how far it can be scrolled.
pub fn draw(state: &State, area: Area, buffer: &mut Buffer, theme: &Theme) -> usize {
    if area.is_empty() {
        return state.extents.detail;
    }
    let node = state.tree.selected_node();
    let title = node.map_or_else(Line::new, title);
    let focused = state.pane == PaneName::Detail;
    let lines = view(state, area.inside().width.into());
    let furthest = lines.len().saturating_sub(area.inside().height.into());
    let aside = match furthest {
        0 => Line::new(),
        _ => Line::of(Role::Dim, format!("{} of {}", state.detail_top + 1, lines.len())),
    };
    let inside = Pane { title, aside, focused, theme }.draw(area, buffer);
    rows(lines.get(state.detail_top..).unwrap_or_default(), inside, buffer, theme);
    furthest
}

fn title(node: &Node) -> Line {
    let glyph = glyphs::node(node);
    let glyph =
        if glyph.is_empty() { Line::new() } else { Line::of(Role::Accent, format!("{glyph} ")) };
    glyph.with(Role::Strong, &*node.name)
}

/// All rows, broken to a width.
pub fn view(state: &State, width: usize) -> Vec<Line> {
    let Some(node) = state.tree.selected_node() else { return Vec::new() };
    sheet(&state.network.store, state.tree.tree(), node).lines(width)
}

fn sheet(store: &Store, tree: &Tree, node: &Node) -> Sheet {
    match node.kind {
        NodeKind::Account | NodeKind::Region => place::sheet(store, tree, node),
        NodeKind::Vpc => network::vpc(store, node),
        NodeKind::Subnet => network::subnet(store, node),
        NodeKind::Interface => interface::sheet(store, node),
        NodeKind::Resource => interface::resource(store, node),
        NodeKind::Outside => {
            let mut sheet = Sheet::default();
            sheet.note(
                "Functions that are attached to no VPC, and what AWS does not say the place of.",
            );
            sheet
        }
    }
}
