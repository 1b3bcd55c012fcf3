//! The help: every key that does something here, out of the key table; searched, every key there is.

use ratatui::buffer::Buffer;

use super::pane::{Pane, rows};
use super::text::Line;
use super::theme::{Role, Theme};
use crate::app::{Area, Bound, Help, State};

/// From this width on there are two columns.
const WIDE: u16 = 150;
/// Width of a column with its frame.
const COLUMN: u16 = 76;

/// Draws it in front of everything; tells how far it can be scrolled.
pub fn draw(state: &State, help: &Help, body: Area, buffer: &mut Buffer, theme: &Theme) -> usize {
    let blocks = view(state, help);
    let (left, right) = columns(blocks, body.width >= WIDE);
    let count = left.len().max(right.len());
    let height = u16::try_from(count).unwrap_or(u16::MAX).saturating_add(2);
    let width = if right.is_empty() { COLUMN } else { 2 * COLUMN };
    let area = body.centred(width, height.max(6));
    let inside = Pane { title: title(help), aside: aside(help), focused: true, theme };
    let inside = inside.draw(area, buffer);
    let furthest = count.saturating_sub(inside.height.into());
    let from = |lines: &[Line]| lines.get(help.top.min(furthest)..).unwrap_or_default().to_vec();
    let half = if right.is_empty() { inside.width } else { inside.width / 2 };
    let (left_area, right_area) = inside.split_left(half);
    rows(&from(&left), left_area, buffer, theme);
    rows(&from(&right), right_area, buffer, theme);
    furthest
}

fn title(help: &Help) -> Line {
    let title = Line::of(Role::Strong, "Keys");
    if !help.typing && help.input.is_empty() {
        return title;
    }
    let cursor = if help.typing { "▏" } else { "" };
    title.with(Role::Accent, format!("  /{}{cursor}", help.input.text()))
}

fn aside(help: &Help) -> Line {
    match (help.typing, help.input.is_empty()) {
        (true, _) => Line::of(Role::Dim, "Enter keeps · Esc clears"),
        (false, false) => Line::of(Role::Dim, "Esc shows all"),
        (false, true) => Line::of(Role::Dim, "/ searches · Esc back"),
    }
}

/// The blocks of rows, one per scope: of what works here, or of whatever has to do with what is searched for.
pub fn view(state: &State, help: &Help) -> Vec<Vec<Line>> {
    let words = help.input.text().to_lowercase();
    let words: Vec<_> = words.split_whitespace().collect();
    let here = state.keys.in_scopes(state.scopes_behind_help());
    let here = here.into_iter().filter(|row| state.is_useful(row.action));
    let found: Vec<&Bound> = if words.is_empty() {
        here.collect()
    } else {
        state.keys.rows().iter().filter(|row| has_all(row, &words)).collect()
    };
    if found.is_empty() {
        let text = format!(" No key has to do with “{}”", help.input.text());
        return vec![vec![Line::of(Role::Text, text)]];
    }
    let blocks = found.chunk_by(|one, other| one.scope.title() == other.scope.title());
    blocks.map(block).collect()
}

/// Whether all words are in what a row says.
fn has_all(row: &Bound, words: &[&str]) -> bool {
    let keys: Vec<_> = row.keys.iter().map(ToString::to_string).collect();
    let text = format!("{} {} {} {}", keys.join(" "), row.label, row.help, row.scope.title());
    let text = text.to_lowercase();
    !row.keys.is_empty() && words.iter().all(|word| text.contains(word))
}

fn block(bound: &[&Bound]) -> Vec<Line> {
    let heading = bound.first().map(|row| row.scope.title()).unwrap_or_default();
    let heading = Line::of(Role::Heading, format!(" {heading}"));
    std::iter::once(heading).chain(bound.iter().map(|bound| row(bound))).collect()
}

/// The blocks below each other, in two columns of about the same height where there is room.
fn columns(blocks: Vec<Vec<Line>>, wide: bool) -> (Vec<Line>, Vec<Line>) {
    let all: usize = blocks.iter().map(|block| block.len() + 1).sum();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for block in blocks {
        let full = wide && (left.len() + block.len() > all / 2 + 2 && !left.is_empty());
        let column = if full || !right.is_empty() { &mut right } else { &mut left };
        if !column.is_empty() {
            column.push(Line::new());
        }
        column.extend(block);
    }
    (left, right)
}

fn row(binding: &Bound) -> Line {
    let keys: Vec<_> = binding.keys.iter().map(ToString::to_string).collect();
    Line::of(Role::Text, "  ")
        .with(Role::Accent, keys.join("  "))
        .column(22)
        .with(Role::Text, binding.help)
}
