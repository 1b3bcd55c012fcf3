//! Where a snapshot may be written: only where nothing is lost by it.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::document;
use super::error::SnapshotError;
use super::layout::{self, ANSWERS, MANIFEST};
use super::manifest::{FORMAT, Manifest};
use super::source;

/// How every file of this compression begins.
const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Whether a snapshot can be written to `path`, for who wants to know before a long reading.
///
/// # Errors
/// Something at `path` that is no snapshot or holds more than one, a folder that is missing, or the system's refusal.
pub fn check(path: &Path) -> Result<(), SnapshotError> {
    let failed = || SnapshotError::io(path);
    let free = if source::is_archive(path) { is_free_for_archive } else { is_free_for_folder };
    if !free(path).map_err(failed())? {
        return Err(SnapshotError::Occupied { path: path.to_owned() });
    }
    let parent = parent(path);
    fs::metadata(&parent).map(drop).map_err(SnapshotError::io(&parent))
}

/// The path without links and dots, where there is something: `.` cannot be replaced under this name.
pub(super) fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// The folder that holds `path`.
pub(super) fn parent(path: &Path) -> PathBuf {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Nothing, or an archive of this kind.
fn is_free_for_archive(path: &Path) -> io::Result<bool> {
    if !path.exists() {
        return Ok(true);
    }
    let mut start = Vec::new();
    File::open(path)?.take(ZSTD_MAGIC.len() as u64).read_to_end(&mut start)?;
    Ok(start == ZSTD_MAGIC)
}

/// Nothing, an empty folder, or one that holds a snapshot of ours and nothing else.
fn is_free_for_folder(path: &Path) -> io::Result<bool> {
    if !path.exists() {
        return Ok(true);
    }
    if !path.is_dir() {
        return Ok(false);
    }
    let mut is_empty = true;
    for entry in fs::read_dir(path)? {
        let name = entry?.file_name();
        is_empty = false;
        let is_ours =
            name == MANIFEST || name == ANSWERS && holds_answers_only(path, Path::new(ANSWERS))?;
        if !is_ours {
            return Ok(false);
        }
    }
    Ok(is_empty || has_manifest(path)?)
}

/// Whether all that is below `folder` could have been written by [`write()`](super::write()).
fn holds_answers_only(snapshot: &Path, folder: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(snapshot.join(folder))? {
        let entry = entry?;
        let below = folder.join(entry.file_name());
        let is_ours = if entry.file_type()?.is_dir() {
            holds_answers_only(snapshot, &below)?
        } else {
            below.extension() == Some(OsStr::new("json")) && layout::owner(&below).is_some()
        };
        if !is_ours {
            return Ok(false);
        }
    }
    Ok(true)
}

fn has_manifest(folder: &Path) -> io::Result<bool> {
    match fs::read(folder.join(MANIFEST)) {
        Ok(text) => Ok(document::value::<Manifest>(&text).is_ok_and(|m| m.format == FORMAT)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}
