//! What the colours of a terminal look like, where there is none: ground, letters, the sixteen that a terminal's user
//! chooses, and the 240 that are the same everywhere.

use ratatui::style::Color;

use crate::app::ThemeName;

/// A terminal's own colours.
#[derive(Debug, PartialEq, Eq)]
pub struct Ground {
    /// Behind everything.
    pub back: &'static str,
    /// Of letters without a colour.
    pub fore: &'static str,
    /// The sixteen.
    pub sixteen: [&'static str; 16],
}

const DARK: Ground = Ground {
    back: "#12151c",
    fore: "#d8dee9",
    sixteen: [
        "#000000", "#cc3333", "#33aa33", "#b58900", "#3366cc", "#aa44aa", "#2aa1b3", "#cccccc",
        "#666666", "#ff5555", "#55ff55", "#ffff55", "#6699ff", "#ff77ff", "#55ffff", "#ffffff",
    ],
};

const LIGHT: Ground = Ground {
    back: "#ffffff",
    fore: "#24292f",
    sixteen: [
        "#24292f", "#cf222e", "#116329", "#4d2d00", "#0969da", "#8250df", "#1b7c83", "#6e7781",
        "#57606a", "#a40e26", "#1a7f37", "#633c01", "#218bff", "#a475f9", "#3192aa", "#8c959f",
    ],
};

impl Ground {
    /// The terminal that a theme is made for.
    pub fn of(theme: ThemeName) -> &'static Self {
        if theme == ThemeName::Light { &LIGHT } else { &DARK }
    }

    /// A colour as `#rrggbb`; nothing for the terminal's own.
    pub fn named(&self, colour: Color) -> Option<String> {
        let index = match colour {
            Color::Reset => return None,
            Color::Rgb(red, green, blue) => return Some(hex(red, green, blue)),
            Color::Indexed(index) => index,
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::DarkGray => 8,
            Color::LightRed => 9,
            Color::LightGreen => 10,
            Color::LightYellow => 11,
            Color::LightBlue => 12,
            Color::LightMagenta => 13,
            Color::LightCyan => 14,
            Color::White => 15,
        };
        let own = self.sixteen.get(usize::from(index)).map(|colour| (*colour).to_owned());
        own.or_else(|| Some(fixed(index)))
    }
}

/// Of the 256 colours of xterm: a cube of six by six by six, and 24 greys.
fn fixed(index: u8) -> String {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    if index < 232 {
        let at = index.saturating_sub(16);
        return hex(level(at / 36), level(at / 6 % 6), level(at % 6));
    }
    let grey = 8 + 10 * (index - 232);
    hex(grey, grey, grey)
}

fn hex(red: u8, green: u8, blue: u8) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::Ground;
    use crate::app::ThemeName;

    #[test]
    fn colours_are_those_of_xterm() {
        let ground = Ground::of(ThemeName::Dark);
        assert_eq!(ground.named(Color::Reset), None);
        assert_eq!(ground.named(Color::Indexed(80)).as_deref(), Some("#5fd7d7"));
        assert_eq!(ground.named(Color::Indexed(252)).as_deref(), Some("#d0d0d0"));
        assert_eq!(ground.named(Color::Indexed(231)).as_deref(), Some("#ffffff"));
        assert_eq!(ground.named(Color::LightCyan).as_deref(), Some("#55ffff"));
    }
}
