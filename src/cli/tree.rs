//! `vpctui tree`: the network as a tree.

use clap::ValueEnum;

use super::failure::Failure;
use super::output::Outcome;
use super::source::Source;
use crate::report::{graph, tree};
use crate::store::tree::Tree;

/// The network as a tree: account, region, VPC, subnet, interface
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: vpctui.tree/1
    Json,
    /// For Graphviz: frames around interfaces
    Dot,
}

/// Shows the tree.
pub fn run(arguments: &Arguments, source: &Source) -> Result<Outcome, Failure> {
    let store = source.store()?;
    let tree = Tree::build(&store);
    match arguments.format {
        Format::Text => Ok(Outcome::page(tree::page(&store, &tree))),
        Format::Json => Outcome::json(&tree::document(&store, &tree)),
        Format::Dot => Ok(Outcome::text(graph::dot_of_tree(&tree::document(&store, &tree)))),
    }
}
