//! The flags of the screen, and the folders of this platform.

use std::path::PathBuf;

use etcetera::BaseStrategy;

use super::failure::Failure;
use super::output::Outcome;
use crate::app::ThemeName;
use crate::settings::{Flags, Settings, SettingsError, ThemeChoice};

/// The flags of the screen.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that is there or not")]
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Screen")]
pub struct SettingsArguments {
    /// `--no-color`, which is a flag of every command.
    #[arg(skip)]
    no_colour: bool,
    /// Looks: auto, dark, light, high-contrast, colour-blind, terminal, monochrome
    #[arg(long, global = true, value_name = "THEME")]
    theme: Option<ThemeChoice>,
    /// Shows names, account ids and public addresses under pseudonyms from the start
    #[arg(long = "mask")]
    masked: bool,
    /// Neither reads nor writes what is remembered per account
    #[arg(long)]
    no_state: bool,
    /// Leaves the mouse to the terminal, which selects text with it
    #[arg(long)]
    no_mouse: bool,
    /// Stands on this at the start: an id, a name, an address
    #[arg(long, value_name = "ID")]
    pub focus: Option<String>,
    /// The settings file
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Prints the settings, each with where it comes from, as a settings file
    #[arg(long)]
    pub print_config: bool,
}

impl SettingsArguments {
    /// The same, with colours or without.
    pub fn with_colour(self, colour: bool) -> Self {
        Self { no_colour: !colour, ..self }
    }

    /// The theme that the flag names, if it names one.
    pub fn named_theme(&self) -> Option<ThemeName> {
        match self.theme? {
            ThemeChoice::Named(theme) => Some(theme),
            ThemeChoice::Auto => None,
        }
    }

    /// The settings that result.
    pub fn settings(&self) -> Result<Settings, Failure> {
        let flags = Flags {
            theme: self.theme,
            no_colour: self.no_colour,
            mask: self.masked,
            no_state: self.no_state,
            no_mouse: self.no_mouse,
            file: self.config.clone(),
        };
        Ok(Settings::read(&flags, &|name| std::env::var(name).ok(), usual_file())?)
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self::new(error.to_string()).advise("vpctui --print-config shows what can be set")
    }
}

/// Prints the settings.
pub fn print(arguments: &SettingsArguments) -> Result<Outcome, Failure> {
    Ok(Outcome::text(arguments.settings()?.to_string()))
}

/// Where this platform keeps settings: `~/.config/vpctui/config.toml` and its like.
fn usual_file() -> Option<PathBuf> {
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.config_dir().join("vpctui").join("config.toml"))
}

/// Where this platform keeps what programs remember: `~/.local/state/vpctui` and its like.
pub fn memory_folder() -> Option<PathBuf> {
    let folders = etcetera::choose_base_strategy().ok()?;
    let folder = folders.state_dir().unwrap_or_else(|| folders.data_dir());
    Some(folder.join("vpctui").join("accounts"))
}
