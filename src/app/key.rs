//! Keys as the program thinks of them: no terminal library's type reaches the state.

use std::fmt;
use std::str::FromStr;

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

/// Names of keys as they are written in the settings; the first of several for one key is the usual one.
const NAMES: [(&str, Code); 23] = [
    ("enter", Code::Enter),
    ("return", Code::Enter),
    ("esc", Code::Esc),
    ("escape", Code::Esc),
    ("backspace", Code::Backspace),
    ("⌫", Code::Backspace),
    ("delete", Code::Delete),
    ("tab", Code::Tab),
    ("shift-tab", Code::BackTab),
    ("up", Code::Up),
    ("↑", Code::Up),
    ("down", Code::Down),
    ("↓", Code::Down),
    ("left", Code::Left),
    ("←", Code::Left),
    ("right", Code::Right),
    ("→", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("page-up", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("page-down", Code::PageDown),
];

impl FromStr for Key {
    type Err = String;

    /// Reads what [`fmt::Display`] writes, and what people type: `w`, `W`, `ctrl-r`, `F5`, `enter`, `space`.
    fn from_str(text: &str) -> Result<Self, String> {
        let lower = text.to_lowercase();
        if let Some(rest) = lower.strip_prefix("ctrl-") {
            let key: Self = rest.parse()?;
            return Ok(Self { control: true, ..key });
        }
        let mut letters = text.chars();
        if let (Some(letter), None) = (letters.next(), letters.next()) {
            let arrow = NAMES.iter().find(|(name, _)| *name == text);
            return Ok(Self::plain(arrow.map_or(Code::Char(letter), |(_, code)| *code)));
        }
        let function = lower.strip_prefix('f').and_then(|number| number.parse().ok());
        let named = NAMES.iter().find(|(name, _)| *name == lower).map(|(_, code)| *code);
        let space = (lower == "space").then_some(Code::Char(' '));
        let code = named.or(space).or(function.map(Code::Function));
        code.map(Self::plain).ok_or_else(|| {
            format!("`{text}` is no key: there are letters, ctrl-LETTER, F1 to F12, space, enter, tab, up, page-up and so on")
        })
    }
}
