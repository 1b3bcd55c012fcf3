//! Which theme fits the terminal: how many colours it has, and whether its background is light or dark (OSC 11).
//!
//! The terminal answers where keys arrive, so the question is asked before keys are read, and only while none wait: what
//! was typed ahead is never lost.

use std::io;
use std::time::Duration;

use crossterm::event;
use crossterm::style::available_color_count;
use terminal_colorsaurus::{Error, QueryOptions, background_color};

use crate::app::{Key, ThemeName};

/// How long the terminal may take; those that know no such question say so at once.
const PATIENCE: Duration = Duration::from_millis(150);
/// From this lightness on, of 1, a background is light.
const LIGHT: f32 = 0.5;

/// What was found out.
pub struct Background {
    /// The theme that fits.
    pub theme: ThemeName,
    /// Letters that were typed while the terminal answered.
    pub typed: Vec<Key>,
}

/// Asks the terminal, which has to be in raw mode already.
pub fn background() -> io::Result<Background> {
    if available_color_count() < 256 {
        return Ok(Background { theme: ThemeName::Terminal, typed: Vec::new() });
    }
    if event::poll(Duration::ZERO)? {
        return Ok(Background { theme: ThemeName::Dark, typed: Vec::new() });
    }
    let mut options = QueryOptions::default();
    options.timeout = PATIENCE;
    Ok(match background_color(options) {
        Ok(colour) => Background { theme: theme(colour.perceived_lightness()), typed: Vec::new() },
        Err(Error::Parse(read)) => Background { theme: ThemeName::Dark, typed: letters(&read) },
        Err(_) => Background { theme: ThemeName::Dark, typed: Vec::new() },
    })
}

fn theme(lightness: f32) -> ThemeName {
    if lightness >= LIGHT { ThemeName::Light } else { ThemeName::Dark }
}

/// What stands before the answer was typed.
fn letters(read: &[u8]) -> Vec<Key> {
    let typed = read.iter().take_while(|byte| byte.is_ascii_graphic() || **byte == b' ');
    typed.map(|byte| Key::char(char::from(*byte))).collect()
}

#[cfg(test)]
mod tests {
    use super::{letters, theme};
    use crate::app::{Key, ThemeName};

    #[test]
    fn half_way_up_is_light() {
        assert_eq!((theme(0.93), theme(0.12)), (ThemeName::Light, ThemeName::Dark));
    }

    #[test]
    fn letters_before_the_answer_are_keys() {
        assert_eq!(letters(b"w/\x1b]11;rgb:0/0/0\x07"), [Key::char('w'), Key::char('/')]);
        assert!(letters(b"\x1b]11;").is_empty());
    }
}
