//! `vpctui tree`: the network as a tree.

use super::failure::Failure;
use super::output::{Format, Outcome};
use super::source::Source;
use crate::report::tree;
use crate::store::tree::Tree;

/// The network as a tree: account, region, VPC, subnet, interface
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// Shows the tree.
pub fn run(arguments: &Arguments, source: &Source) -> Result<Outcome, Failure> {
    let store = source.store()?;
    let tree = Tree::build(&store);
    match arguments.format {
        Format::Text => Ok(Outcome::page(tree::page(&store, &tree))),
        Format::Json => Outcome::json(&tree::document(&store, &tree)),
    }
}
