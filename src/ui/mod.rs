//! Draws `&State`.

mod pane;
mod text;
mod theme;

use ratatui::Frame;

pub use self::theme::{Theme, ThemeName};
use crate::app::{Extents, State};

/// Draws everything.
pub fn draw(frame: &mut Frame<'_>, state: &State) -> Extents {
    let _ = frame;
    state.extents
}
