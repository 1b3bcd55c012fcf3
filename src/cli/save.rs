//! `vpctui save PATH`: the network as a snapshot.

use std::path::PathBuf;

use jiff::Timestamp;

use super::failure::Failure;
use super::output::{Outcome, say};
use super::source::Source;
use crate::model::dump::Dump;
use crate::report::words::counted;
use crate::snapshot::{self, Stamp};

/// Saves the network as a snapshot that every command opens with --snapshot
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A folder, or a single file if it ends with .tar.zst
    path: PathBuf,
    /// Puts pseudonyms in the place of account ids, names, tags, ids and public addresses; every answer stays the same
    #[arg(long)]
    mask: bool,
}

/// Reads, masks if asked to, and writes.
pub fn run(arguments: &Arguments, source: &Source) -> Result<Outcome, Failure> {
    snapshot::check_target(&arguments.path)?;
    let mut dump = source.load()?;
    if arguments.mask {
        dump = snapshot::mask(&dump)?;
    }
    let stamp = Stamp {
        created_at: latest(&dump).unwrap_or_else(Timestamp::now).to_string(),
        tool_version: concat!("vpctui ", env!("CARGO_PKG_VERSION")).to_owned(),
        masked: arguments.mask,
    };
    snapshot::write(&dump, &arguments.path, stamp)?;
    let regions = counted(dump.regions.len(), "region");
    say(&format!("saved {regions} to {}\n", arguments.path.display()));
    Ok(Outcome::silent())
}

/// When the youngest of it was read: the same network is the same bytes whenever it is saved.
fn latest(dump: &Dump) -> Option<Timestamp> {
    let times = dump.regions.iter().filter_map(|region| region.loaded_at.as_ref()?.parse().ok());
    times.max()
}
