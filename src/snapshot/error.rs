//! What can go wrong with a snapshot, where, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a snapshot was not read or written.
#[derive(Debug, Error)]
pub enum SnapshotError {
    /// The path leads nowhere.
    #[error(
        "{path}: there is nothing here; give a folder of AWS CLI output, a .json or a .tar.zst file"
    )]
    Missing {
        /// As the user gave it.
        path: PathBuf,
    },
    /// There are files, but none of them holds an answer of AWS.
    #[error(
        "{path}: no file here holds an answer of AWS; a snapshot has files such as Vpcs.json with a top-level key such as \
         \"Vpcs\" (`vpctui save PATH` makes one)"
    )]
    Empty {
        /// As the user gave it.
        path: PathBuf,
    },
    /// A file is not what AWS prints.
    #[error("{place}: {problem}; correct the file, or load the others with --lenient")]
    Broken {
        /// File, line, column and field.
        place: Place,
        /// What is wrong there.
        problem: String,
    },
    /// The manifest was written by a later version of this program.
    #[error(
        "{file}: snapshot format {found}, but this program knows up to {known}; install a newer vpctui"
    )]
    Newer {
        /// The manifest.
        file: PathBuf,
        /// Its version.
        found: u64,
        /// The newest version that can be read.
        known: u64,
    },
    /// Something else is where the snapshot should go.
    #[error(
        "{path}: there is something here that is no snapshot of vpctui; remove it or choose another path"
    )]
    Occupied {
        /// As the user gave it.
        path: PathBuf,
    },
    /// An account or region whose name cannot be the name of a folder.
    #[error(
        "{name:?} cannot be the name of a folder: this is no account and no region of AWS; correct the data"
    )]
    Unnameable {
        /// The account and region.
        name: String,
    },
    /// The system did not let us.
    #[error("{path}: {source}; check the path and its permissions")]
    Io {
        /// What was to be read or written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Path of the file.
    pub file: PathBuf,
    /// From 1.
    pub line: usize,
    /// From 1.
    pub column: usize,
    /// `NetworkInterfaces[3].PrivateIpAddress`; empty at the top.
    pub field: String,
}

impl std::fmt::Display for Place {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}, line {}, column {}", self.file.display(), self.line, self.column)?;
        if self.field.is_empty() { Ok(()) } else { write!(out, ", at {}", self.field) }
    }
}

impl SnapshotError {
    /// What is wrong with one file, if that is all that is wrong: then the others can be read without it.
    pub(super) fn in_one_file(&self) -> Option<String> {
        match self {
            Self::Broken { place, problem } => Some(format!("{place}: {problem}")),
            Self::Io { path, source } => Some(format!("{}: {source}", path.display())),
            _ => None,
        }
    }

    /// For `map_err`: the system's error, with the path that it concerns.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}
