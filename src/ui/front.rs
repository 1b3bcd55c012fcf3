//! A list in front of the panes.

use std::sync::Arc;

use ratatui::buffer::Buffer;

use super::detail::layout;
use super::pane::{Pane, rows};
use super::text::Line;
use super::theme::{Role, Theme};
use crate::app::{Area, Front, front_area};

/// Draws it over the body; tells which part each of its rows belongs to.
pub fn draw(front: &Front, body: Area, buffer: &mut Buffer, theme: &Theme) -> Arc<[u32]> {
    let width = usize::from(body.inside().width).saturating_sub(1);
    let placed = layout::lines(&front.entries, width);
    let area = front_area(body, placed.len());
    let title = Line::of(Role::Strong, &front.title);
    let title = match front.aside.as_str() {
        "" => title,
        aside => title.with(Role::Dim, format!("  {aside}")),
    };
    let height = usize::from(area.inside().height);
    let aside = match placed.len() {
        lines if lines <= height => Line::new(),
        lines => Line::of(Role::Dim, format!("{} of {lines}", (front.top() + height).min(lines))),
    };
    let inside = Pane { title, aside, focused: true, theme }.draw(area, buffer);
    let numbered = placed.iter().enumerate().skip(front.top()).take(height);
    let lines: Vec<Line> = numbered
        .map(|(number, one)| {
            let line = one.line.clone();
            if number == front.cursor() { line.on(Role::Selected) } else { line }
        })
        .collect();
    rows(&lines, inside, buffer, theme);
    placed.iter().map(|one| one.entry).collect()
}
