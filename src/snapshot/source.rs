//! The files of a snapshot, wherever they are: in a folder, in an archive, or just one.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::SnapshotError;
use super::layout::{self, ANSWERS, Holds, MANIFEST};

/// What an archive's name ends with.
const ARCHIVE: &str = ".tar.zst";

/// One file, opened.
pub(super) struct SourceFile<'a> {
    /// Path inside the snapshot.
    pub relative: &'a Path,
    /// Path for messages.
    pub shown: &'a Path,
    /// What is in it, or why it cannot be opened.
    pub content: io::Result<Box<dyn Read + 'a>>,
}

/// Whether `path` means a single-file snapshot.
pub(super) fn is_archive(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(ARCHIVE)
}

/// Hands each file of the snapshot at `path` to `take`, in a stable order.
pub(super) fn each_file(
    path: &Path,
    mut take: impl FnMut(SourceFile<'_>) -> Result<(), SnapshotError>,
) -> Result<(), SnapshotError> {
    let kind = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(SnapshotError::Missing { path: path.to_owned() });
        }
        other => other.map_err(SnapshotError::io(path))?,
    };
    if kind.is_dir() {
        each_in_folder(path, &mut take)
    } else if is_archive(path) {
        each_in_archive(path, &mut take)
    } else {
        take(SourceFile { relative: Path::new("file.json"), shown: path, content: open(path) })
    }
}

fn each_in_folder(
    root: &Path,
    take: &mut impl FnMut(SourceFile<'_>) -> Result<(), SnapshotError>,
) -> Result<(), SnapshotError> {
    let mut files = Vec::new();
    list(root, Path::new(""), Holds::Anything, &mut files)?;
    for relative in &files {
        let shown = root.join(relative);
        take(SourceFile { relative, shown: &shown, content: open(&shown) })?;
    }
    Ok(())
}

fn list(
    root: &Path,
    relative: &Path,
    holds: Holds,
    files: &mut Vec<PathBuf>,
) -> Result<(), SnapshotError> {
    let folder = root.join(relative);
    let failed = || SnapshotError::io(&folder);
    let entries = fs::read_dir(&folder).map_err(failed())?;
    let mut names = entries
        .map(|entry| entry.map(|entry| entry.file_name()))
        .collect::<io::Result<Vec<_>>>()
        .map_err(failed())?;
    names.sort();
    for name in names {
        let path = relative.join(&name);
        if root.join(&path).is_dir() {
            if let Some(inside) = holds.inside(&name.to_string_lossy()) {
                list(root, &path, inside, files)?;
            }
        } else if is_json(&path) && matches!(holds, Holds::Anything | Holds::Files) {
            files.push(path);
        }
    }
    Ok(())
}

fn each_in_archive(
    path: &Path,
    take: &mut impl FnMut(SourceFile<'_>) -> Result<(), SnapshotError>,
) -> Result<(), SnapshotError> {
    let failed = || SnapshotError::io(path);
    let file = File::open(path).map_err(failed())?;
    let unpacked = zstd::Decoder::new(file).map_err(failed())?;
    let mut archive = tar::Archive::new(unpacked);
    for entry in archive.entries().map_err(failed())? {
        let entry = entry.map_err(failed())?;
        let inside = entry.path().map_err(failed())?.into_owned();
        let relative = without_wrapper(&inside);
        if !entry.header().entry_type().is_file() || !is_json(relative) {
            continue;
        }
        if relative == Path::new(MANIFEST) || layout::owner(relative).is_some() {
            let content: Box<dyn Read + '_> = Box::new(entry);
            take(SourceFile { relative, shown: &path.join(&inside), content: Ok(content) })?;
        }
    }
    Ok(())
}

/// `tar` of a folder often puts that folder first, or `./`.
fn without_wrapper(inside: &Path) -> &Path {
    let inside = inside.strip_prefix(".").unwrap_or(inside);
    let mut parts = inside.components();
    let wrapper = parts.next();
    let rest = parts.as_path();
    let next = rest.components().next().map(|part| part.as_os_str().to_owned());
    let is_snapshot = next.is_some_and(|name| name == ANSWERS || name == MANIFEST);
    if is_snapshot && wrapper.is_some() { rest } else { inside }
}

fn open<'a>(path: &Path) -> io::Result<Box<dyn Read + 'a>> {
    Ok(Box::new(File::open(path)?))
}

fn is_json(path: &Path) -> bool {
    path.extension().and_then(OsStr::to_str).is_some_and(|end| end.eq_ignore_ascii_case("json"))
}
