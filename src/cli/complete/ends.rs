//! What a network holds that can be typed: ends of a path and security groups, out of the snapshot or demo that the
//! command line names. Live AWS is not asked while somebody waits for a word.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::{CommandFactory, FromArgMatches};
use clap_complete::engine::CompletionCandidate;

use crate::cli::Arguments;
use crate::cli::source::{Source, SourceArguments};
use crate::model::dump::Dump;
use crate::reach::naming::{Candidate, candidates, resolve};
use crate::snapshot::{self, ReadOptions};
use crate::store::Store;
use crate::store::names::{Kind, Named};
use crate::tour::networks;

/// Bytes of JSON that are read in well under a second, and of an archive, which holds about ten times as much.
const LIGHT_FOLDER: u64 = 32 << 20;
const LIGHT_ARCHIVE: u64 = 3 << 20;

/// The ends of a path that begin with `typed`; without a network those that are everywhere.
pub fn ends(words: &[OsString], typed: &OsStr) -> Vec<CompletionCandidate> {
    let store = network(words).unwrap_or_default();
    let typed = typed.to_string_lossy();
    let found = candidates(&store).into_iter();
    found.filter_map(|candidate| end(&store, &candidate, &typed)).collect()
}

/// The security groups that begin with `typed`.
pub fn groups(words: &[OsString], typed: &OsStr) -> Vec<CompletionCandidate> {
    let store = network(words).unwrap_or_default();
    let typed = typed.to_string_lossy();
    let found = store.directory().iter().filter(|named| named.kind == Kind::SecurityGroup);
    found.filter_map(|named| group(&store, named, &typed)).collect()
}

/// What of a candidate's texts goes on from what is typed. Single interfaces are many: not before a letter is typed.
fn end(store: &Store, candidate: &Candidate, typed: &str) -> Option<CompletionCandidate> {
    if typed.is_empty() && candidate.id.starts_with("eni-") {
        return None;
    }
    let short = (candidate.text != candidate.id).then_some(candidate.text.as_str());
    let name = candidate.name.as_deref().filter(|name| resolve(store, name).is_ok());
    let mut texts = short.into_iter().chain(name).chain([candidate.id.as_str()]);
    let text = texts.find(|text| !text.is_empty() && text.starts_with(typed))?;
    let about = [candidate.kind, &candidate.detail].join(" ").trim_end().to_owned();
    Some(CompletionCandidate::new(text).help(Some(about.into())))
}

fn group(store: &Store, named: &Named, typed: &str) -> Option<CompletionCandidate> {
    let rivals = |name: &str| {
        let same = store.directory().by_name(name).into_iter();
        same.filter(|other| other.kind == Kind::SecurityGroup).count()
    };
    let name = named.name.as_deref().filter(|name| rivals(name) == 1);
    let mut texts = name.into_iter().chain([named.id.as_str()]);
    let text = texts.find(|text| text.starts_with(typed))?;
    let about = named.vpc.as_ref().map(|vpc| vpc.to_string().into());
    Some(CompletionCandidate::new(text).help(about))
}

/// The network that the words before the cursor name.
fn network(words: &[OsString]) -> Option<Store> {
    let (_, before) = words.split_last()?;
    let command = Arguments::command().ignore_errors(true);
    let matches = command.try_get_matches_from(before).ok()?;
    let source = SourceArguments::from_arg_matches(&matches).ok()?.source();
    read(&source).map(Store::build)
}

fn read(source: &Source) -> Option<Dump> {
    match source {
        Source::Demo(name) => networks::network(name),
        Source::Snapshot { path, .. } if is_light(path) => {
            snapshot::read(path, ReadOptions { lenient: true }).ok()
        }
        Source::Snapshot { .. } | Source::Live(_) => None,
    }
}

fn is_light(path: &Path) -> bool {
    if path.is_file() { bytes(path) <= LIGHT_ARCHIVE } else { bytes(path) <= LIGHT_FOLDER }
}

fn bytes(path: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(path) else {
        return path.metadata().map_or(0, |file| file.len());
    };
    entries.flatten().map(|entry| bytes(&entry.path())).sum()
}
