//! Reading and writing, on folders made for the test.

mod forms;
mod manifest;
mod mask;
mod survives;
mod write;

use std::fs;
use std::path::{Path, PathBuf};

use super::{ReadOptions, SnapshotError, read};
use crate::model::dump::Dump;

/// A folder that is gone after the test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (relative, text) in files {
            let path = folder.path(relative);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.0.path().join(relative)
    }

    fn read(&self) -> Result<Dump, SnapshotError> {
        read(self.0.path(), ReadOptions::default())
    }

    fn read_lenient(&self) -> Dump {
        read(self.0.path(), ReadOptions { lenient: true }).unwrap()
    }
}

/// The only region of a snapshot with these files.
fn one_region(files: &[(&str, &str)]) -> crate::model::dump::RegionDump {
    let mut dump = Folder::new(files).read().unwrap();
    assert_eq!(dump.regions.len(), 1);
    dump.regions.remove(0)
}

fn file_name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}
