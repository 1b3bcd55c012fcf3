//! `vpctui find TEXT`: the lookup.

use super::failure::Failure;
use super::output::{Format, Outcome};
use super::source::Source;
use crate::report::find;

/// Looks something up by id, name, address, CIDR or DNS name; also which subnet holds an address
///
/// Exit code 1 if nothing is found.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to look for
    text: String,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// Looks it up.
pub fn run(arguments: &Arguments, source: &Source) -> Result<Outcome, Failure> {
    let store = source.store()?;
    let document = find::document(&store, &arguments.text);
    let outcome = match arguments.format {
        Format::Text => Outcome::page(find::page(&document)),
        Format::Json => Outcome::json(&document)?,
    };
    Ok(outcome.with_code(u8::from(document.found.is_empty())))
}
