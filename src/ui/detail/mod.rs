//! The details of a thing: its sheet, broken to the width of the pane.

pub(super) mod layout;

use std::sync::Arc;

use ratatui::buffer::Buffer;

use self::layout::Placed;
use super::pane::{Pane, rows};
use super::text::Line;
use super::theme::{Role, Theme};
use crate::app::{Area, Form, Pane as PaneName, State};
use crate::report::details::Sheet;

/// Draws the pane; tells which part of the sheet each of its rows belongs to.
pub fn draw(state: &State, area: Area, buffer: &mut Buffer, theme: &Theme) -> Arc<[u32]> {
    if area.is_empty() {
        return Arc::clone(&state.extents.detail);
    }
    let sheet = state.detail.sheet();
    let width = usize::from(area.inside().width).saturating_sub(1);
    let placed = sheet.map(|sheet| layout::lines(&sheet.entries, width));
    let placed = placed.unwrap_or_default();
    let title = sheet.map_or_else(Line::new, |sheet| title(state, sheet));
    let focused = state.pane == PaneName::Detail;
    let inside = Pane { title, aside: aside(state, placed.len(), area), focused, theme };
    let inside = inside.draw(area, buffer);
    let lines: Vec<_> = visible(state, &placed, inside.height.into());
    rows(&lines, inside, buffer, theme);
    placed.iter().map(|one| one.entry).collect()
}

fn title(state: &State, sheet: &Sheet) -> Line {
    let back = if state.detail.history().0 { "‹ " } else { "" };
    let raw = if state.detail.form() == Form::Raw { "  as JSON" } else { "" };
    Line::of(Role::Accent, back)
        .with(Role::Strong, &sheet.name)
        .with(Role::Dim, format!("  {}{raw}", sheet.kind).trim_end())
}

fn aside(state: &State, lines: usize, area: Area) -> Line {
    let height = usize::from(area.inside().height);
    if lines <= height {
        return Line::new();
    }
    let last = (state.detail.top() + height).min(lines);
    Line::of(Role::Dim, format!("{last} of {lines}"))
}

fn visible(state: &State, placed: &[Placed], height: usize) -> Vec<Line> {
    let focused = state.pane == PaneName::Detail;
    let numbered = placed.iter().enumerate().skip(state.detail.top()).take(height);
    let lines = numbered.map(|(number, one)| {
        let line = one.line.clone();
        if focused && number == state.detail.cursor() { line.on(Role::Selected) } else { line }
    });
    lines.collect()
}
