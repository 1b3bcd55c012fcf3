//! What can be wrong with settings, in words that say where and what would be right.

use std::path::{Path, PathBuf};

use thiserror::Error;

/// A setting that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SettingsError {
    /// Something in the file.
    #[error("{}:{line}: {what}", file.display())]
    Line {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        what: String,
    },
    /// The file as a whole.
    #[error("the settings file {} cannot be read: {what}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        what: String,
    },
    /// A variable.
    #[error("the variable {name}: {what}")]
    Variable {
        /// Its name.
        name: &'static str,
        /// What is wrong with its value.
        what: String,
    },
}

impl SettingsError {
    pub(super) fn variable(name: &'static str, what: String) -> Self {
        Self::Variable { name, what }
    }

    /// An error at a position of a text.
    pub(super) fn at(file: &Path, text: &str, position: usize, what: impl Into<String>) -> Self {
        Self::Line { file: file.to_owned(), line: line_of(text, position), what: what.into() }
    }
}

/// The line of a position, from 1.
pub(super) fn line_of(text: &str, position: usize) -> usize {
    text.bytes().take(position).filter(|byte| *byte == b'\n').count() + 1
}
