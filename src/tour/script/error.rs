//! What can be wrong with the text of a tour.

use thiserror::Error;

/// Something that is no tour.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{line}: {what}")]
pub struct ScriptError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there, and what would be right.
    pub what: String,
}

impl ScriptError {
    /// An error at a position of a text.
    pub(super) fn at(text: &str, position: usize, what: impl Into<String>) -> Self {
        Self { line: line_of(text, position), what: what.into() }
    }
}

/// The line of a position, from 1.
pub(super) fn line_of(text: &str, position: usize) -> usize {
    text.bytes().take(position).filter(|byte| *byte == b'\n').count() + 1
}
