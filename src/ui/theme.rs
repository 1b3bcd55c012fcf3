//! All colours, in one table: a row per theme. Everything else speaks of roles.

use ratatui::style::{Color, Modifier, Style};

pub use crate::app::ThemeName;

/// What a piece of text is, which decides how it looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    #[default]
    Text,
    /// Of less interest: ids, units, connecting words.
    Dim,
    /// Of more interest: names.
    Strong,
    /// What can be acted on: keys, the product's name, the one accent.
    Accent,
    /// A name that leads to another thing.
    Link,
    /// Over a block of text.
    Heading,
    /// Works.
    Good,
    /// Does not.
    Bad,
    /// Works in part, or deserves a look.
    Warn,
    /// Cannot be told.
    Unknown,
    /// Covered by the rule that the user stands on.
    Mark,
    /// The part of a candidate that matches what was typed.
    Match,
    /// Frame of a pane.
    Border,
    /// Frame of the pane that has the keys.
    BorderFocused,
    /// The row that the user stands on, in the pane that has the keys.
    Selected,
    /// The same, in another pane.
    SelectedAway,
    /// Verdict on a ground of its own.
    BadgeGood,
    /// Verdict on a ground of its own.
    BadgeBad,
    /// Verdict on a ground of its own.
    BadgeWarn,
    /// Verdict on a ground of its own.
    BadgeUnknown,
}

/// Colours of a theme.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    text: Color,
    dim: Color,
    strong: Color,
    accent: Color,
    good: Color,
    bad: Color,
    warn: Color,
    unknown: Color,
    border: Color,
    /// Ground of the selected row; `Reset` selects by reverse video.
    selected: Color,
    selected_away: Color,
    /// Text on a badge's ground.
    on_badge: Color,
}

/// A theme: the colours, looked up by role.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    name: ThemeName,
    palette: Palette,
}

const fn at(index: u8) -> Color {
    Color::Indexed(index)
}

const THEMES: [Theme; 6] = [
    Theme {
        name: ThemeName::Dark,
        palette: Palette {
            text: at(252),
            dim: at(245),
            strong: at(255),
            accent: at(80),
            good: at(114),
            bad: at(210),
            warn: at(222),
            unknown: at(183),
            border: at(239),
            selected: at(237),
            selected_away: at(235),
            on_badge: at(234),
        },
    },
    Theme {
        name: ThemeName::Light,
        palette: Palette {
            text: at(236),
            dim: at(242),
            strong: at(232),
            accent: at(24),
            good: at(28),
            bad: at(124),
            warn: at(94),
            unknown: at(90),
            border: at(249),
            selected: at(253),
            selected_away: at(255),
            on_badge: at(231),
        },
    },
    Theme {
        name: ThemeName::HighContrast,
        palette: Palette {
            text: Color::White,
            dim: Color::Gray,
            strong: Color::White,
            accent: Color::LightCyan,
            good: Color::LightGreen,
            bad: Color::LightRed,
            warn: Color::LightYellow,
            unknown: Color::LightMagenta,
            border: Color::White,
            selected: Color::Reset,
            selected_away: Color::DarkGray,
            on_badge: Color::Black,
        },
    },
    Theme {
        name: ThemeName::ColourBlind,
        palette: Palette {
            text: at(252),
            dim: at(246),
            strong: at(255),
            accent: at(159),
            good: at(75),
            bad: at(214),
            warn: at(229),
            unknown: at(183),
            border: at(240),
            selected: at(237),
            selected_away: at(235),
            on_badge: at(234),
        },
    },
    Theme {
        name: ThemeName::Terminal,
        palette: Palette {
            accent: Color::Cyan,
            good: Color::Green,
            bad: Color::Red,
            warn: Color::Yellow,
            unknown: Color::Magenta,
            on_badge: Color::Black,
            ..NO_COLOUR
        },
    },
    Theme { name: ThemeName::Monochrome, palette: NO_COLOUR },
];

/// Terminals must not be sent any colour, not even "white": `Reset` only.
const NO_COLOUR: Palette = Palette {
    text: Color::Reset,
    dim: Color::Reset,
    strong: Color::Reset,
    accent: Color::Reset,
    good: Color::Reset,
    bad: Color::Reset,
    warn: Color::Reset,
    unknown: Color::Reset,
    border: Color::Reset,
    selected: Color::Reset,
    selected_away: Color::Reset,
    on_badge: Color::Reset,
};

impl Theme {
    /// The theme of this name.
    pub fn named(name: ThemeName) -> Self {
        let found = THEMES.into_iter().find(|theme| theme.name == name);
        found.unwrap_or(Self { name, palette: NO_COLOUR })
    }

    /// How a role looks.
    pub fn style(&self, role: Role) -> Style {
        let p = &self.palette;
        match role {
            Role::Text => fore(p.text),
            Role::Dim | Role::Border if p.dim == Color::Reset => {
                fore(p.dim).add_modifier(Modifier::DIM)
            }
            Role::Dim => fore(p.dim),
            Role::Strong => bold(p.strong),
            Role::Accent | Role::Link | Role::BorderFocused if p.accent == Color::Reset => {
                bold(p.accent)
            }
            Role::Accent | Role::Link | Role::BorderFocused => fore(p.accent),
            Role::Heading => bold(p.accent),
            Role::Good => fore(p.good),
            Role::Bad => bold(p.bad),
            Role::Warn => fore(p.warn),
            Role::Unknown => fore(p.unknown),
            Role::Mark => bold(p.warn),
            Role::Match => bold(p.accent).add_modifier(Modifier::UNDERLINED),
            Role::Border => fore(p.border),
            Role::Selected => ground(p.selected, Modifier::REVERSED),
            Role::SelectedAway => ground(p.selected_away, Modifier::UNDERLINED),
            Role::BadgeGood => self.badge(p.good),
            Role::BadgeBad => self.badge(p.bad),
            Role::BadgeWarn => self.badge(p.warn),
            Role::BadgeUnknown => self.badge(p.unknown),
        }
    }

    fn badge(&self, ground: Color) -> Style {
        if ground == Color::Reset {
            return Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD);
        }
        bold(self.palette.on_badge).bg(ground)
    }
}

fn fore(colour: Color) -> Style {
    Style::new().fg(colour)
}

fn bold(colour: Color) -> Style {
    fore(colour).add_modifier(Modifier::BOLD)
}

/// A ground over whatever the row's text looks like; without colours a modifier takes its place.
fn ground(colour: Color, otherwise: Modifier) -> Style {
    match colour {
        Color::Reset => Style::new().add_modifier(otherwise),
        colour => Style::new().bg(colour),
    }
}
