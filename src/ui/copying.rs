//! What there is to copy: a letter, what it is, the text.

use ratatui::buffer::Buffer;

use super::pane::{Pane, rows};
use super::text::Line;
use super::theme::{Role, Theme};
use crate::app::{Area, Copyable, copying_area};

/// Draws the menu in front of everything.
pub fn draw(all: &[Copyable], body: Area, buffer: &mut Buffer, theme: &Theme) {
    let title = Line::of(Role::Strong, "Copy");
    let aside = Line::of(Role::Dim, "a letter, or a click");
    let area = copying_area(body, all.len());
    let inside = Pane { title, aside, focused: true, theme }.draw(area, buffer);
    let lines: Vec<_> = all.iter().map(one).collect();
    rows(&lines, inside, buffer, theme);
}

fn one(line: &Copyable) -> Line {
    Line::of(Role::Accent, format!(" {}  ", line.letter))
        .and(Line::of(Role::Dim, line.what).exactly(15))
        .with(Role::Text, "  ")
        .with(Role::Text, &line.text)
}
