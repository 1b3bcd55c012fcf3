//! Copies through the terminal (OSC 52), which works over SSH, and inside tmux and screen when the sequence is wrapped.

use std::io::{self, Write};

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

/// Terminals drop longer sequences; so much base64 passes in all that are known.
const LONGEST: usize = 74_994;

/// What stands between the program and the terminal that owns the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// Nothing.
    Nothing,
    /// tmux: passes on what is wrapped for it, with escapes doubled.
    Tmux,
    /// GNU screen: passes on device control strings, in short pieces.
    Screen,
}

impl Between {
    /// Tells it by the variables that these programs set.
    pub fn from_environment() -> Self {
        let term = std::env::var("TERM").unwrap_or_default();
        if std::env::var_os("TMUX").is_some() {
            Self::Tmux
        } else if std::env::var_os("STY").is_some() || term.starts_with("screen") {
            Self::Screen
        } else {
            Self::Nothing
        }
    }
}

/// Writes the sequence that puts `text` on the clipboard.
///
/// # Errors
/// If the text is too long for terminals to take, or writing fails.
pub fn copy(text: &str, between: Between, out: &mut impl Write) -> io::Result<()> {
    let mut sequence = String::new();
    let command = CopyToClipboard::to_clipboard_from(text);
    command.write_ansi(&mut sequence).map_err(io::Error::other)?;
    if sequence.len() > LONGEST {
        return Err(io::Error::other("too long for the terminal's clipboard"));
    }
    match between {
        Between::Nothing => write!(out, "{sequence}")?,
        Between::Tmux => {
            write!(out, "\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b"))?;
        }
        Between::Screen => {
            let pieces = sequence.as_bytes().chunks(76).map(String::from_utf8_lossy);
            for piece in pieces {
                write!(out, "\x1bP{piece}\x1b\\")?;
            }
        }
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::{Between, copy};

    fn copied(text: &str, between: Between) -> String {
        let mut out = Vec::new();
        copy(text, between, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_plain_sequence() {
        assert_eq!(copied("foo", Between::Nothing), "\x1b]52;c;Zm9v\x1b\\");
    }

    #[test]
    fn tmux_gets_it_wrapped_with_escapes_doubled() {
        assert_eq!(copied("foo", Between::Tmux), "\x1bPtmux;\x1b\x1b]52;c;Zm9v\x1b\x1b\\\x1b\\");
    }

    #[test]
    fn screen_gets_it_in_pieces() {
        let long = copied(&"x".repeat(200), Between::Screen);
        assert!(long.matches("\x1bP").count() > 3, "{long:?}");
    }

    #[test]
    fn what_no_terminal_takes_is_an_error() {
        let mut out = Vec::new();
        assert!(copy(&"x".repeat(80_000), Between::Nothing, &mut out).is_err());
        assert!(out.is_empty());
    }
}
