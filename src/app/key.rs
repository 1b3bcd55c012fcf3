//! Keys as the program thinks of them: no terminal library's type reaches the state.

use std::fmt;

/// A key with its modifiers. Shift is in the character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// With Control.
    pub control: bool,
}

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those on the keys")]
pub enum Code {
    Char(char),
    Function(u8),
    Enter,
    Esc,
    Backspace,
    Delete,
    Tab,
    BackTab,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
}

impl Key {
    /// A key without Control.
    pub const fn plain(code: Code) -> Self {
        Self { code, control: false }
    }

    /// A character.
    pub const fn char(char: char) -> Self {
        Self::plain(Code::Char(char))
    }

    /// A character with Control.
    pub const fn control(char: char) -> Self {
        Self { code: Code::Char(char), control: true }
    }

    /// The character that this key types into a text.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(char) if !self.control => Some(char),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.control {
            out.write_str("Ctrl-")?;
        }
        match self.code {
            Code::Char(' ') => out.write_str("Space"),
            Code::Char(char) => write!(out, "{char}"),
            Code::Function(number) => write!(out, "F{number}"),
            Code::BackTab => out.write_str("Shift-Tab"),
            Code::Up => out.write_str("↑"),
            Code::Down => out.write_str("↓"),
            Code::Left => out.write_str("←"),
            Code::Right => out.write_str("→"),
            Code::PageUp => out.write_str("PgUp"),
            Code::PageDown => out.write_str("PgDn"),
            Code::Backspace => out.write_str("⌫"),
            other => write!(out, "{other:?}"),
        }
    }
}
