//! `vpctui diff OLD NEW`: what changed, and which answers flipped.

use std::path::PathBuf;

use super::failure::Failure;
use super::output::{Format, Outcome};
use super::screen::{self, Start};
use super::settings::SettingsArguments;
use super::source::Source;
use crate::report::diff::{document, page};

/// What changed between two readings of a network, and which answers flipped
///
/// OLD and NEW are snapshots, or embedded networks as `demo:NAME`. Without NEW, OLD is compared with the network that
/// the flags of the source name. A change is named as the reason of a flip where it alone explains it.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The earlier network
    old: String,
    /// The later network
    new: Option<String>,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Opens NEW on the screen, with what changed in front
    #[arg(long, conflicts_with = "format")]
    tui: bool,
}

/// Reads both networks and compares them.
pub fn run(
    arguments: &Arguments,
    source: &Source,
    lenient: bool,
    settings: &SettingsArguments,
) -> Result<Outcome, Failure> {
    let old = named(&arguments.old, lenient).store()?;
    let new = arguments.new.as_ref().map(|new| named(new, lenient));
    let new = new.unwrap_or_else(|| source.clone());
    if arguments.tui {
        let start = Start { earlier: Some(old), ..Start::default() };
        return screen::open_at(new, settings, start);
    }
    let document = document(&old, &new.store()?);
    match arguments.format {
        Format::Text => Ok(Outcome::page(page(&document))),
        Format::Json => Outcome::json(&document),
    }
}

fn named(text: &str, lenient: bool) -> Source {
    match text.strip_prefix("demo:") {
        Some(demo) => Source::Demo(demo.to_owned()),
        None => Source::Snapshot { path: PathBuf::from(text), lenient },
    }
}
