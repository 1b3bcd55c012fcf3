//! The settings file: TOML, in which every key has to be one that is known.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::error::{SettingsError, line_of};
use super::{Provenance, Setting, ThemeChoice};
use crate::app::{Action, BINDINGS, Key, Keys};

/// A file that was read; empty where there is none.
#[derive(Debug, Default)]
pub struct File {
    path: PathBuf,
    text: String,
    content: Content,
    theme: Option<Setting<ThemeChoice>>,
    keys: Vec<Rebound>,
}

/// What the file may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    theme: Option<Spanned<String>>,
    mask: Option<Spanned<bool>>,
    state: Option<Spanned<bool>>,
    mouse: Option<Spanned<bool>>,
    #[serde(default)]
    keys: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
}

/// Keys of an action.
#[derive(Debug)]
struct Rebound {
    action: Action,
    keys: Vec<Key>,
    at: Range<usize>,
}

impl File {
    /// Reads the named file, else the usual one if it is there.
    pub fn read(named: Option<&PathBuf>, usual: Option<&PathBuf>) -> Result<Self, SettingsError> {
        let Some(path) = named.or(usual) else { return Ok(Self::default()) };
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(path, text),
            Err(why) if why.kind() == ErrorKind::NotFound && named.is_none() => Ok(Self::default()),
            Err(why) => Err(SettingsError::File { file: path.clone(), what: why.to_string() }),
        }
    }

    fn parse(path: &Path, text: String) -> Result<Self, SettingsError> {
        let content: Content = toml::from_str(&text).map_err(|error| {
            let position = error.span().map_or(0, |span| span.start);
            SettingsError::at(path, &text, position, error.message())
        })?;
        let file = Self { path: path.to_owned(), text, content, ..Self::default() };
        let theme = file.read_theme()?;
        let keys = file.content.keys.iter().map(|(action, keys)| file.read_keys(action, keys));
        let keys = keys.collect::<Result<_, _>>()?;
        Ok(Self { theme, keys, ..file })
    }

    /// Looks.
    pub fn theme(&self) -> Option<Setting<ThemeChoice>> {
        self.theme.clone()
    }

    /// Pseudonyms from the start.
    pub fn mask(&self) -> Option<Setting<bool>> {
        self.switch(self.content.mask.as_ref())
    }

    /// Remember.
    pub fn state(&self) -> Option<Setting<bool>> {
        self.switch(self.content.state.as_ref())
    }

    /// Use the mouse.
    pub fn mouse(&self) -> Option<Setting<bool>> {
        self.switch(self.content.mouse.as_ref())
    }

    /// The table of keys with those of the file.
    pub fn keys(&self) -> Result<Keys, SettingsError> {
        let wanted: Vec<_> = self.keys.iter().map(|one| (one.action, one.keys.clone())).collect();
        Keys::rebound(&wanted).map_err(|why| {
            let first = self.keys.iter().find(|one| why.is_about(one.action));
            self.error(first.map_or(0, |one| one.at.start), why.to_string())
        })
    }

    /// The lines on which keys are set.
    pub fn key_lines(&self) -> Vec<(Action, usize)> {
        let lines = self.keys.iter();
        lines.map(|one| (one.action, line_of(&self.text, one.at.start))).collect()
    }

    fn read_theme(&self) -> Result<Option<Setting<ThemeChoice>>, SettingsError> {
        let Some(name) = &self.content.theme else { return Ok(None) };
        let value =
            name.get_ref().parse().map_err(|why: String| self.error(name.span().start, why))?;
        Ok(Some(Setting { value, from: self.provenance(&name.span()) }))
    }

    fn read_keys(
        &self,
        name: &Spanned<String>,
        keys: &[Spanned<String>],
    ) -> Result<Rebound, SettingsError> {
        let at = name.span();
        let action = Action::from_name(name.get_ref());
        let action = action.ok_or_else(|| self.error(at.start, no_action(name.get_ref())))?;
        let keys = keys.iter().map(|key| {
            key.get_ref().parse().map_err(|why: String| self.error(key.span().start, why))
        });
        Ok(Rebound { action, keys: keys.collect::<Result<_, _>>()?, at })
    }

    fn switch(&self, value: Option<&Spanned<bool>>) -> Option<Setting<bool>> {
        let value = value?;
        Some(Setting { value: *value.get_ref(), from: self.provenance(&value.span()) })
    }

    fn provenance(&self, at: &Range<usize>) -> Provenance {
        Provenance::File(self.path.clone(), line_of(&self.text, at.start))
    }

    fn error(&self, position: usize, what: impl Into<String>) -> SettingsError {
        SettingsError::at(&self.path, &self.text, position, what)
    }
}

fn no_action(name: &str) -> String {
    let mut all: Vec<_> =
        BINDINGS.iter().filter(|row| !row.scope.is_fixed()).map(|row| row.action.name()).collect();
    all.sort();
    all.dedup();
    format!("nothing is called `{name}`; keys can be given to {}", all.join(", "))
}
