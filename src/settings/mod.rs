//! What the user wants of the screen: flag > environment > file > default, and where each setting comes from.
//!
//! Input is what the command line said, a way to look up variables, and the settings file; output is [`Settings`]. Nothing
//! here draws or knows AWS: profiles and regions are settings of the AWS configuration.

mod error;
mod file;
mod print;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

pub use self::error::SettingsError;
use self::file::File;
use crate::app::{Keys, ThemeName};

/// A theme, or the one for the terminal's background.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// Whatever fits the terminal's background.
    #[default]
    Auto,
    /// This one.
    Named(ThemeName),
}

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Looks.
    pub theme: Setting<ThemeChoice>,
    /// Whether names, account ids and public addresses are shown under pseudonyms from the start.
    pub mask: Setting<bool>,
    /// Whether what is open, widths and questions are remembered per account.
    pub state: Setting<bool>,
    /// Whether the mouse is used; without, the terminal selects text with it.
    pub mouse: Setting<bool>,
    /// What keys do.
    pub keys: Arc<Keys>,
    /// The settings file, whether it is there or not.
    file: Option<PathBuf>,
    /// Lines of the file, by the action whose keys they set.
    key_lines: Vec<(crate::app::Action, usize)>,
}

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Who set it.
    pub from: Provenance,
}

/// Who set something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Provenance {
    /// Nobody.
    #[default]
    Default,
    /// This line of the settings file.
    File(PathBuf, usize),
    /// This variable.
    Variable(&'static str),
    /// This flag.
    Flag(&'static str),
}

/// What the command line says.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that is there or not")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `--theme`.
    pub theme: Option<ThemeChoice>,
    /// `--no-color`.
    pub no_colour: bool,
    /// `--mask`.
    pub mask: bool,
    /// `--no-state`.
    pub no_state: bool,
    /// `--no-mouse`.
    pub no_mouse: bool,
    /// `--config`.
    pub file: Option<PathBuf>,
}

/// A way to look up variables of the environment.
pub type Variables<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Settings {
    /// Puts them together. `usual_file` is read if it is there; a file that a flag or variable names has to be.
    ///
    /// # Errors
    /// If a value is none of those that are possible; each says which are.
    pub fn read(
        flags: &Flags,
        variables: Variables<'_>,
        usual_file: Option<PathBuf>,
    ) -> Result<Self, SettingsError> {
        let named =
            flags.file.clone().or_else(|| set(variables, "VPCTUI_CONFIG").map(PathBuf::from));
        let file = File::read(named.as_ref(), usual_file.as_ref())?;
        Ok(Self {
            theme: theme(flags, variables, &file)?,
            mask: switch(
                flags.mask,
                "--mask",
                true,
                ("VPCTUI_MASK", variables),
                file.mask(),
                false,
            )?,
            state: switch(
                flags.no_state,
                "--no-state",
                false,
                ("VPCTUI_STATE", variables),
                file.state(),
                true,
            )?,
            mouse: switch(
                flags.no_mouse,
                "--no-mouse",
                false,
                ("VPCTUI_MOUSE", variables),
                file.mouse(),
                true,
            )?,
            keys: Arc::new(file.keys()?),
            key_lines: file.key_lines(),
            file: named.or(usual_file),
        })
    }
}

/// A variable that is set to something.
fn set(variables: Variables<'_>, name: &str) -> Option<String> {
    variables(name).filter(|value| !value.is_empty())
}

/// `NO_COLOR` says what a theme of the environment says, less particularly than `VPCTUI_THEME` does.
fn theme(
    flags: &Flags,
    variables: Variables<'_>,
    file: &File,
) -> Result<Setting<ThemeChoice>, SettingsError> {
    let monochrome = ThemeChoice::Named(ThemeName::Monochrome);
    if let Some(theme) = flags.theme {
        return Ok(Setting { value: theme, from: Provenance::Flag("--theme") });
    }
    if flags.no_colour {
        return Ok(Setting { value: monochrome, from: Provenance::Flag("--no-color") });
    }
    if let Some(text) = set(variables, "VPCTUI_THEME") {
        let value = text.parse().map_err(|why| SettingsError::variable("VPCTUI_THEME", why))?;
        return Ok(Setting { value, from: Provenance::Variable("VPCTUI_THEME") });
    }
    if set(variables, "NO_COLOR").is_some() {
        return Ok(Setting { value: monochrome, from: Provenance::Variable("NO_COLOR") });
    }
    Ok(file.theme().unwrap_or_default())
}

/// A switch that a flag can only turn one way.
fn switch(
    is_flagged: bool,
    flag: &'static str,
    flagged: bool,
    (name, variables): (&'static str, Variables<'_>),
    file: Option<Setting<bool>>,
    usual: bool,
) -> Result<Setting<bool>, SettingsError> {
    if is_flagged {
        return Ok(Setting { value: flagged, from: Provenance::Flag(flag) });
    }
    if let Some(text) = set(variables, name) {
        let value = match text.to_lowercase().as_str() {
            "1" | "true" | "yes" | "on" => true,
            "0" | "false" | "no" | "off" => false,
            _ => {
                let why = format!("`{text}` is neither true nor false");
                return Err(SettingsError::variable(name, why));
            }
        };
        return Ok(Setting { value, from: Provenance::Variable(name) });
    }
    Ok(file.unwrap_or(Setting { value: usual, from: Provenance::Default }))
}

impl<T: Default> Default for Setting<T> {
    fn default() -> Self {
        Self { value: T::default(), from: Provenance::Default }
    }
}

impl ThemeChoice {
    /// As written in the settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Named(theme) => theme.name(),
        }
    }
}

impl std::str::FromStr for ThemeChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == Self::Auto.name() {
            return Ok(Self::Auto);
        }
        ThemeName::from_name(text).map(Self::Named).ok_or_else(|| {
            let all: Vec<_> = ThemeName::ALL.iter().map(|theme| theme.name()).collect();
            format!("there is no theme `{text}`, but auto, {}", all.join(", "))
        })
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => out.write_str("default"),
            Self::File(path, line) => write!(out, "{}:{line}", path.display()),
            Self::Variable(name) => write!(out, "variable {name}"),
            Self::Flag(flag) => write!(out, "flag {flag}"),
        }
    }
}

#[cfg(test)]
mod tests;
