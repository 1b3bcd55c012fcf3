//! Errors for a person: what went wrong, where, and what to do about it.

use crate::reach::naming::NameError;

/// The exit code of every error.
pub const ERROR: u8 = 2;

/// Something went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What, and where.
    pub what: String,
    /// What to do about it, one line each.
    pub advice: Vec<String>,
}

impl Failure {
    /// Without advice, where what went wrong says enough.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), advice: Vec::new() }
    }

    /// The same with one more line of advice.
    #[must_use]
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice.push(advice.into());
        self
    }
}

impl From<NameError> for Failure {
    fn from(error: NameError) -> Self {
        Self { what: error.to_string(), advice: error.advice() }
    }
}

impl From<Failure> for crate::app::Failure {
    fn from(failure: Failure) -> Self {
        let advice = (!failure.advice.is_empty()).then(|| failure.advice.join("; "));
        Self { what: failure.what, advice }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(error.to_string())
    }
}

impl From<crate::snapshot::SnapshotError> for Failure {
    fn from(error: crate::snapshot::SnapshotError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::new(format!("the answer cannot be written as JSON: {error}"))
    }
}
