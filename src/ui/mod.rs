//! Draws `&State`, and changes nothing.
//!
//! Every pane is made in two steps: from the state to rows of text with roles (`text::Line`), which is pure and tested
//! as text; then onto the screen through the `theme`'s table of looks. Where things are is arithmetic of
//! [`crate::app::Areas`]; nothing here can fail, whatever the size.

mod age;
pub mod caption;
mod copying;
mod detail;
mod footer;
mod front;
mod glyphs;
mod group;
mod header;
mod help;
mod list;
mod pane;
mod text;
mod theme;
mod tree;
mod tree_columns;
mod wizard;

use ratatui::Frame;
use ratatui::buffer::Buffer;

use self::pane::rows;
use self::text::Line;
pub use self::theme::{Role, Theme, ThemeName};
use crate::app::{Areas, Extents, State};

/// Draws everything, and tells how far what is scrolled can be scrolled.
pub fn draw(frame: &mut Frame<'_>, state: &State) -> Extents {
    paint(frame.buffer_mut(), state)
}

/// Draws everything into a buffer.
pub fn paint(buffer: &mut Buffer, state: &State) -> Extents {
    let theme = Theme::named(state.theme);
    let Some(areas) = state.areas() else {
        too_small(buffer, state, &theme);
        return state.extents.clone();
    };
    let mut extents = Extents::default();
    rows(&[header::view(state, areas.header.width.into())], areas.header, buffer, &theme);
    match &state.wizard {
        Some(wizard) => {
            (extents.answer, extents.hits) =
                wizard::draw(state, wizard, areas.body, buffer, &theme);
        }
        None => extents.detail = panes(state, &areas, buffer, &theme),
    }
    if let Some(front) = &state.front {
        extents.front = front::draw(front, areas.body, buffer, &theme);
    }
    if let Some(copying) = &state.copying {
        copying::draw(copying, areas.body, buffer, &theme);
    }
    if let Some(palette) = &state.palette {
        let title = state.palette_title;
        let hits = list::draw_palette(palette, title, areas.body, buffer, &theme);
        extents.hits.extend(hits);
    }
    if let Some(help) = &state.help {
        extents.help = help::draw(state, help, areas.body, buffer, &theme);
    }
    rows(&[footer::view(state, areas.footer.width.into())], areas.footer, buffer, &theme);
    extents
}

fn panes(
    state: &State,
    areas: &Areas,
    buffer: &mut Buffer,
    theme: &Theme,
) -> std::sync::Arc<[u32]> {
    tree::draw(state, areas.tree, buffer, theme);
    group::draw(state, areas.group, buffer, theme);
    detail::draw(state, areas.detail, buffer, theme)
}

fn too_small(buffer: &mut Buffer, state: &State, theme: &Theme) {
    let size = format!("{} × {}", state.columns, state.rows);
    let lines = [
        Line::of(Role::Heading, "vpctui"),
        Line::of(Role::Text, "needs 26 × 6"),
        Line::of(Role::Dim, format!("this is {size}")),
    ];
    let area = crate::app::Area { x: 0, y: 0, width: state.columns, height: state.rows };
    rows(&lines, area, buffer, theme);
}
