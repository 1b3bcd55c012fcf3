//! The names of the looks; what they look like is the screen's business.

/// A theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// For dark terminals.
    #[default]
    Dark,
    /// For light terminals.
    Light,
    /// As far apart as sixteen colours go.
    HighContrast,
    /// Blue and orange instead of green and red.
    ColourBlind,
    /// The sixteen colours that the user chose for the terminal.
    Terminal,
    /// No colour at all: bold, dim and reverse.
    Monochrome,
}

impl ThemeName {
    /// All of them, in the order in which a key goes through them.
    pub const ALL: [Self; 6] = [
        Self::Dark,
        Self::Light,
        Self::HighContrast,
        Self::ColourBlind,
        Self::Terminal,
        Self::Monochrome,
    ];

    /// As written on the command line and in the settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
            Self::ColourBlind => "colour-blind",
            Self::Terminal => "terminal",
            Self::Monochrome => "monochrome",
        }
    }

    /// The theme of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        let after = Self::ALL.into_iter().skip_while(|theme| *theme != self).nth(1);
        after.unwrap_or_default()
    }
}
