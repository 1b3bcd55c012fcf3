//! The help: every key that does something here, out of the key table.

use ratatui::buffer::Buffer;

use super::pane::{Pane, rows};
use super::text::Line;
use super::theme::{Role, Theme};
use crate::app::{Area, Bound, State};

/// Draws it in front of everything; tells how far it can be scrolled.
pub fn draw(state: &State, top: usize, body: Area, buffer: &mut Buffer, theme: &Theme) -> usize {
    let lines = view(state);
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let area = body.centred(76, height);
    let title = Line::of(Role::Strong, "Keys");
    let more = if lines.len() > usize::from(body.height) { "↓ more · " } else { "" };
    let aside = Line::of(Role::Dim, format!("{more}Esc back"));
    let inside = Pane { title, aside, focused: true, theme }.draw(area, buffer);
    let furthest = lines.len().saturating_sub(inside.height.into());
    rows(lines.get(top.min(furthest)..).unwrap_or_default(), inside, buffer, theme);
    furthest
}

/// All rows, in groups by scope.
pub fn view(state: &State) -> Vec<Line> {
    let mut behind = state.clone();
    behind.help = None;
    let mut bindings = state.keys.in_scopes(behind.scopes());
    bindings.retain(|binding| state.is_useful(binding.action));
    let mut lines = Vec::new();
    let mut scope = None;
    for binding in bindings {
        if scope != Some(binding.scope) {
            if scope.is_some() {
                lines.push(Line::new());
            }
            lines.push(Line::of(Role::Heading, format!(" {}", binding.scope.title())));
            scope = Some(binding.scope);
        }
        lines.push(row(binding));
    }
    lines
}

fn row(binding: &Bound) -> Line {
    let keys: Vec<_> = binding.keys.iter().map(ToString::to_string).collect();
    Line::of(Role::Text, "  ")
        .with(Role::Accent, keys.join("  "))
        .column(24)
        .with(Role::Text, binding.help)
}
