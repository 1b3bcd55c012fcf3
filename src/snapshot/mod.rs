//! Reads and writes folders of AWS CLI output.
//!
//! A snapshot is what `aws ... --output json` prints, one file per call, in one folder per account and region:
//!
//! ```text
//! SNAPSHOT/manifest.json                                        ours, optional: when, and how each call went
//! SNAPSHOT/aws_configs/accounts/<account>/<region>/Vpcs.json    {"Vpcs": [...]}
//! ```
//!
//! `aws_configs/<region>/`, a flat `aws_configs/`, a bare folder of files, one file, and a `NAME.tar.zst` of any of
//! these are read as well. The top-level key of a file decides what it is, not its name, so a dump that a shell loop
//! made opens as it is.
//!
//! Absence is never taken for emptiness: a file that is there makes its call complete, a file that is missing leaves
//! the call out of the coverage, and the manifest knows which calls were denied.
//!
//! * [`read()`] goes `source` (which files, from a folder or an archive) → `layout` (whose they are) → `document` (one
//!   file, streamed into the model, `nulls` forgiven) → `provenance` (whose they are, if the folders do not say) →
//!   `manifest` (how the calls went).
//! * [`write()`] goes the other way, beside the target first, then by a rename; `target` says where that is allowed.
//! * [`mask()`] puts pseudonyms in the place of what tells whose network it is.
//!
//! Nothing here judges the network, and nothing here knows AWS's API, a terminal or a clock.

mod document;
mod error;
mod layout;
mod manifest;
pub mod mask;
mod nulls;
mod provenance;
mod read;
mod source;
mod target;
mod write;

#[cfg(test)]
mod tests;

pub use error::SnapshotError;
pub use mask::mask;
pub use read::{ReadOptions, read, read_texts};
pub use target::check as check_target;
pub use write::{Stamp, write};
