//! The text of a tour: TOML that a person writes.
//!
//! A tour is a list of steps. Each says a caption in one or more languages, presses keys as a person does, and tells what
//! has to stand on the screen then. What is not known here is an error that names file and line: a mistyped word must not
//! pass for a step that expects nothing. Where the network comes from, and how a tour is run, is known elsewhere.

mod error;
mod file;
mod stroke;
mod words;

use std::path::PathBuf;
use std::time::Duration;

pub use self::error::ScriptError;
pub use self::stroke::Stroke;
pub use self::words::{Words, language};
use crate::app::ThemeName;
use crate::reach::Verdict;

/// A tour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tour {
    /// What it is about.
    pub title: Words,
    /// The network that it runs on; without, the one that the user names.
    pub network: Option<Place>,
    /// Columns and rows, the caption's among them.
    pub size: (u16, u16),
    /// Looks.
    pub theme: ThemeName,
    /// What happens, in order; at least one.
    pub steps: Vec<Step>,
}

/// Where a tour's network is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// An embedded one, perhaps at a later stage.
    Embedded(String),
    /// A snapshot beside the tour.
    Snapshot(PathBuf),
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The line of the file on which it begins, from 1.
    pub line: usize,
    /// What is pressed.
    pub strokes: Vec<Stroke>,
    /// What is said meanwhile and afterwards.
    pub caption: Words,
    /// How long the viewer looks at the outcome; without, as long as the caption takes to read.
    pub pause: Option<Duration>,
    /// What the outcome has to be.
    pub expect: Expectation,
    /// The name under which the outcome is kept as a picture.
    pub still: Option<String>,
}

/// What has to be on the screen, and what must not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expectation {
    /// Each stands in one row; a run of blanks counts as one.
    pub contains: Vec<String>,
    /// None stands in any row.
    pub absent: Vec<String>,
    /// The verdict of the answer on the screen.
    pub verdict: Option<Verdict>,
}

impl Tour {
    /// Reads a tour.
    ///
    /// # Errors
    /// Where the text is no tour, with the line.
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        file::parse(text)
    }

    /// Whether every caption is written in a language.
    pub fn speaks(&self, language: &str) -> bool {
        let mut captions = self.steps.iter().map(|step| &step.caption);
        captions.all(|caption| caption.languages().any(|one| one == language))
    }
}

#[cfg(test)]
mod tests;
