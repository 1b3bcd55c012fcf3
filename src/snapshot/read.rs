//! Reading a snapshot.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::document::{self, Fault};
use super::error::{Place, SnapshotError};
use super::layout::{self, MANIFEST, Owner};
use super::manifest::{FORMAT, Manifest, ManifestRegion, VERSION};
use super::provenance;
use super::source::{self, SourceFile};
use crate::model::dump::{Dump, Origin, Outcome, RegionDump};

/// How to read.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadOptions {
    /// Passes over broken files with a notice instead of stopping at the first.
    pub lenient: bool,
}

/// Reads the snapshot at `path`: a folder of any of the forms in the module's documentation, a `NAME.tar.zst` of such a
/// folder, or one JSON file.
///
/// # Errors
/// Nothing there, nothing of AWS in it, a manifest of a later version, or, unless `lenient`, a broken file.
pub fn read(path: &Path, options: ReadOptions) -> Result<Dump, SnapshotError> {
    let mut reading = Reading::new(options);
    source::each_file(path, |file| reading.file(file))?;
    reading.finish(path, format!("snapshot {}", path.display()))
}

/// Reads a snapshot out of texts with their paths inside the snapshot: the embedded networks.
///
/// # Errors
/// As [`read`].
pub fn read_texts<'a>(
    label: &str,
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Dump, SnapshotError> {
    let mut reading = Reading::new(ReadOptions::default());
    for (relative, text) in files {
        let relative = Path::new(relative);
        let content: Box<dyn Read> = Box::new(text.as_bytes());
        reading.file(SourceFile { relative, shown: relative, content: Ok(content) })?;
    }
    reading.finish(Path::new(label), label.to_owned())
}

/// What was read so far.
struct Reading {
    options: ReadOptions,
    regions: BTreeMap<Owner, RegionDump>,
    manifest: Option<Manifest>,
    /// Unknown key → the first file that has it.
    unknown: BTreeMap<String, PathBuf>,
    notices: Vec<String>,
}

impl Reading {
    fn new(options: ReadOptions) -> Self {
        let (regions, unknown, notices) = Default::default();
        Self { options, regions, manifest: None, unknown, notices }
    }

    fn file(&mut self, file: SourceFile<'_>) -> Result<(), SnapshotError> {
        let Err(error) = self.content(file) else { return Ok(()) };
        match error.in_one_file().filter(|_| self.options.lenient) {
            Some(problem) => {
                self.notices.push(format!("{problem}; what follows in this file was passed over"));
                Ok(())
            }
            None => Err(error),
        }
    }

    fn content(&mut self, file: SourceFile<'_>) -> Result<(), SnapshotError> {
        let SourceFile { relative, shown, content } = file;
        let mut content = content.map_err(SnapshotError::io(shown))?;
        if relative != Path::new(MANIFEST) {
            return self.answers(content, relative, shown);
        }
        let mut text = Vec::new();
        content.read_to_end(&mut text).map_err(SnapshotError::io(shown))?;
        if self.take_manifest(&text, shown)? {
            return Ok(());
        }
        self.answers(text.as_slice(), relative, shown)
    }

    /// False if the file is someone else's manifest.
    fn take_manifest(&mut self, text: &[u8], shown: &Path) -> Result<bool, SnapshotError> {
        let Ok(Stamped { format, version }) = document::value(text) else { return Ok(false) };
        if format != FORMAT {
            return Ok(false);
        }
        if version > VERSION {
            let file = shown.to_owned();
            return Err(SnapshotError::Newer { file, found: version, known: VERSION });
        }
        self.manifest = Some(document::value(text).map_err(|fault| broken(shown, fault))?);
        Ok(true)
    }

    fn answers(
        &mut self,
        content: impl Read,
        relative: &Path,
        shown: &Path,
    ) -> Result<(), SnapshotError> {
        let owner = layout::owner(relative).unwrap_or_default();
        let region = self.regions.entry(owner).or_default();
        let mut unknown = Vec::new();
        let outcome = document::read(content, region, &mut unknown);
        for key in unknown {
            self.unknown.entry(key).or_insert_with(|| shown.to_owned());
        }
        if !outcome.map_err(|fault| broken(shown, fault))? {
            let shown = shown.display();
            self.notices.push(format!("{shown} is empty: the call that made it may have failed"));
        }
        Ok(())
    }

    fn finish(mut self, path: &Path, label: String) -> Result<Dump, SnapshotError> {
        let mut records = self.manifest.take().map(|manifest| manifest.regions).unwrap_or_default();
        let mut regions = BTreeMap::new();
        let folders = std::mem::take(&mut self.regions);
        for ((folder, region), owner) in provenance::complete(folders) {
            let is_its = |record: &ManifestRegion| [&folder, &owner].contains(&&record.owner());
            let position = records.iter().position(is_its);
            let record = position.map(|position| records.swap_remove(position));
            self.add(&mut regions, owner, region, record);
        }
        for record in records {
            self.add(&mut regions, record.owner(), RegionDump::default(), Some(record));
        }
        if regions.is_empty() {
            return Err(SnapshotError::Empty { path: path.to_owned() });
        }
        let regions = regions.into_values().collect();
        Ok(Dump { regions, origin: Origin { label, notices: self.all_notices() } })
    }

    /// Puts one folder's answers, and what the manifest says of them, under their owner.
    fn add(
        &mut self,
        regions: &mut BTreeMap<Owner, RegionDump>,
        owner: Owner,
        mut region: RegionDump,
        record: Option<ManifestRegion>,
    ) {
        if region.coverage.0.is_empty() && record.is_none() {
            return;
        }
        for (envelope, outcome) in record.iter().flat_map(ManifestRegion::outcomes) {
            if outcome != Outcome::Complete {
                region.coverage.record(envelope, outcome);
            } else if !region.coverage.0.contains_key(&envelope) {
                let Owner { account, region } = &owner;
                let key = envelope.call().key;
                self.notices.push(format!("{key} of {account} {region}: its file is missing"));
            }
        }
        region.loaded_at = record.and_then(|record| record.loaded_at);
        (region.account, region.region) = (owner.account.clone(), owner.region.clone());
        match regions.entry(owner) {
            Entry::Vacant(entry) => {
                entry.insert(region);
            }
            Entry::Occupied(mut entry) => entry.get_mut().absorb(region),
        }
    }

    fn all_notices(self) -> Vec<String> {
        let unknown = self.unknown.iter();
        let unknown = unknown.map(|(key, file)| format!("{}: {key} is not used", file.display()));
        self.notices.into_iter().chain(unknown).collect()
    }
}

/// The two fields that say whether the rest can be understood.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Stamped {
    format: String,
    version: u64,
}

fn broken(file: &Path, fault: Fault) -> SnapshotError {
    match fault {
        Fault::Io(source) => SnapshotError::io(file)(source),
        Fault::Broken { line, column, field, problem } => {
            let place = Place { file: file.to_owned(), line, column, field };
            SnapshotError::Broken { place, problem }
        }
    }
}
