//! From screens to what a terminal is sent: of each screen only what differs from the one before.

use std::io;

use crossterm::style::force_color_output;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;

/// Remembers what the terminal shows.
pub struct Painter {
    shown: Option<Buffer>,
}

/// An empty screen without a cursor.
const CLEAR: &str = "\u{1b}[?25l\u{1b}[2J\u{1b}[H";
/// The cursor again, below what was shown.
const END: &str = "\u{1b}[0m\u{1b}[?25h";

impl Default for Painter {
    fn default() -> Self {
        Self::new()
    }
}

impl Painter {
    /// In front of a terminal that shows anything.
    pub fn new() -> Self {
        // What is recorded has its theme's colours, whatever `NO_COLOR` says of the terminal that it is recorded in.
        force_color_output(true);
        Self { shown: None }
    }

    /// What makes the terminal show a screen; nothing if it does already.
    ///
    /// # Errors
    /// None that memory can cause.
    pub fn paint(&mut self, screen: &Buffer) -> io::Result<Option<String>> {
        let mut bytes = Vec::new();
        let before = self.shown.take().unwrap_or_else(|| {
            bytes.extend_from_slice(CLEAR.as_bytes());
            Buffer::empty(screen.area)
        });
        let changed = before.diff(screen);
        if !changed.is_empty() {
            let mut backend = CrosstermBackend::new(&mut bytes);
            backend.draw(changed.into_iter())?;
            Backend::flush(&mut backend)?;
        }
        self.shown = Some(screen.clone());
        let text = String::from_utf8(bytes).map_err(io::Error::other)?;
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    /// What a terminal is sent at the end.
    pub fn end(self) -> String {
        let below = self.shown.map_or(0, |screen| screen.area.height);
        format!("\u{1b}[{below};1H{END}\r\n")
    }
}
