//! Writing a snapshot: all of it or nothing, and the same bytes for the same network.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::ser::PrettyFormatter;

use super::error::SnapshotError;
use super::layout::{self, MANIFEST, Owner};
use super::manifest::{FORMAT, Manifest, ManifestRegion, VERSION};
use super::source;
use super::target::{self, parent};
use crate::model::catalogue::{CALLS, Envelope, Resources};
use crate::model::dump::{Dump, Outcome, RegionDump};

/// As the AWS CLI indents.
const INDENT: &[u8] = b"    ";

/// A good trade of size for speed, and fixed: another level would be other bytes.
const COMPRESSION: i32 = 9;

/// How much text is gathered before it is handed on, in bytes.
const BUFFER: usize = 1 << 16;

/// What an archive's entries are filled up to, in bytes.
const BLOCK: u64 = 512;

/// What the manifest says of the writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// RFC 3339.
    pub created_at: String,
    /// `vpctui 0.1.0`.
    pub tool_version: String,
    /// Whether [`mask()`](super::mask()) made it.
    pub masked: bool,
}

/// Writes `dump` to `path`: a single file if the name ends with `.tar.zst`, a folder otherwise. An older snapshot there
/// is replaced. The writing happens beside the target, which is touched last, by a rename.
///
/// # Errors
/// Something at `path` that is no snapshot, an account or region that cannot name a folder, or the system's refusal.
pub fn write(dump: &Dump, path: &Path, stamp: Stamp) -> Result<(), SnapshotError> {
    target::check(path)?;
    let path = &target::real(path);
    let regions = by_owner(dump);
    let plan = Plan { manifest: manifest(&regions, stamp), regions };
    if source::is_archive(path) { write_archive(&plan, path) } else { write_folder(&plan, path) }
}

/// Writes what is in a file.
type Content<'a> = &'a dyn Fn(&mut dyn io::Write) -> io::Result<()>;

/// What to write.
struct Plan<'a> {
    manifest: Manifest,
    regions: BTreeMap<Owner, Cow<'a, RegionDump>>,
}

impl Plan<'_> {
    /// Hands every file to `put`, always in the same order.
    fn each_file(
        &self,
        mut put: impl FnMut(&Path, Content<'_>) -> io::Result<()>,
    ) -> Result<(), SnapshotError> {
        let mut put =
            |path: &Path, content: Content<'_>| put(path, content).map_err(SnapshotError::io(path));
        put(Path::new(MANIFEST), &|to| pretty(&self.manifest, to))?;
        for (owner, region) in &self.regions {
            let folder = layout::folder(owner).ok_or_else(|| SnapshotError::Unnameable {
                name: format!("{}/{}", owner.account, owner.region),
            })?;
            for call in CALLS.iter().filter(|call| has_file(region, call.envelope)) {
                let answer = Answer { resources: &region.resources, envelope: call.envelope };
                put(&folder.join(format!("{}.json", call.key)), &|to| pretty(&answer, to))?;
            }
        }
        Ok(())
    }
}

/// A call that was refused has no file: an empty list would say that there is nothing.
fn has_file(region: &RegionDump, envelope: Envelope) -> bool {
    let answered = match region.coverage.0.get(&envelope) {
        Some(Outcome::Complete | Outcome::Partial { .. }) => true,
        Some(Outcome::Denied { .. } | Outcome::Failed { .. }) | None => false,
    };
    answered || region.resources.count(envelope) > 0
}

fn by_owner(dump: &Dump) -> BTreeMap<Owner, Cow<'_, RegionDump>> {
    let mut regions: BTreeMap<Owner, Cow<'_, RegionDump>> = BTreeMap::new();
    for region in &dump.regions {
        let owner = Owner { account: region.account.clone(), region: region.region.clone() };
        regions
            .entry(owner)
            .and_modify(|first| first.to_mut().absorb(region.clone()))
            .or_insert(Cow::Borrowed(region));
    }
    regions
}

fn manifest(regions: &BTreeMap<Owner, Cow<'_, RegionDump>>, stamp: Stamp) -> Manifest {
    let regions = regions.values().map(|region| ManifestRegion {
        account: region.account.to_string(),
        region: region.region.to_string(),
        loaded_at: region.loaded_at.clone(),
        calls: ManifestRegion::calls_of(&region.coverage),
    });
    Manifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        created_at: Some(stamp.created_at),
        tool_version: Some(stamp.tool_version),
        masked: stamp.masked.then_some(true),
        regions: regions.collect(),
    }
}

fn write_archive(plan: &Plan<'_>, path: &Path) -> Result<(), SnapshotError> {
    let failed = || SnapshotError::io(path);
    let beside = tempfile::NamedTempFile::new_in(parent(path)).map_err(failed())?;
    let mut packed = zstd::Encoder::new(&beside, COMPRESSION).map_err(failed())?;
    packed.include_checksum(true).map_err(failed())?;
    let mut archive = tar::Builder::new(packed);
    plan.each_file(|relative, content| {
        // The size comes before the text: writing it twice takes less than keeping it in memory.
        let mut size = Size(0);
        content(&mut size)?;
        let mut header = tar::Header::new_gnu();
        header.set_size(size.0);
        header.set_mode(0o644);
        header.set_mtime(0);
        archive.append_data(&mut header, relative, io::empty())?;
        let entry = archive.get_mut();
        content(entry)?;
        let rest = size.0.next_multiple_of(BLOCK) - size.0;
        io::copy(&mut io::repeat(0).take(rest), entry).map(drop)
    })?;
    let packed = archive.into_inner().map_err(failed())?;
    packed.finish().and_then(|file| file.as_file().sync_all()).map_err(failed())?;
    beside.persist(path).map_err(|error| failed()(error.error))?;
    Ok(())
}

/// Takes text and only counts its bytes.
struct Size(u64);

impl Write for Size {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0 += text.len() as u64;
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write_folder(plan: &Plan<'_>, path: &Path) -> Result<(), SnapshotError> {
    let failed = || SnapshotError::io(path);
    let beside = tempfile::Builder::new().prefix(".vpctui-").tempdir_in(parent(path));
    let beside = beside.map_err(failed())?;
    let new = beside.path().join("new");
    plan.each_file(|relative, content| {
        let file = new.join(relative);
        fs::create_dir_all(parent(&file))?;
        content(&mut File::create(file)?)
    })?;
    replace(path, &new, &beside.path().join("old")).map_err(failed())
}

/// Puts `new` in the place of `path`; what was there goes to `old`, or comes back if it cannot be replaced.
fn replace(path: &Path, new: &Path, old: &Path) -> io::Result<()> {
    if !path.exists() {
        return fs::rename(new, path);
    }
    fs::rename(path, old)?;
    fs::rename(new, path).inspect_err(|_| drop(fs::rename(old, path)))
}

fn pretty(value: &impl Serialize, to: &mut dyn io::Write) -> io::Result<()> {
    let mut to = BufWriter::with_capacity(BUFFER, to);
    let format = PrettyFormatter::with_indent(INDENT);
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut to, format))?;
    to.write_all(b"\n")?;
    // No flush: of a compressor that would end a block.
    to.into_inner().map(drop).map_err(io::IntoInnerError::into_error)
}

/// One file: an object with one key.
struct Answer<'a> {
    resources: &'a Resources,
    envelope: Envelope,
}

/// What is under the key.
struct List<'a>(&'a Answer<'a>);

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut object = to.serialize_map(Some(1))?;
        object.serialize_entry(self.envelope.call().key, &List(self))?;
        object.end()
    }
}

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.resources.write(self.0.envelope, to)
    }
}
