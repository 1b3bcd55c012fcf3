//! `vpctui reach`: what X can reach, who can reach Y, who reaches whom.

use clap::ValueEnum;

use super::failure::Failure;
use super::flow::Typed;
use super::output::Outcome;
use super::source::Source;
use crate::reach::naming::resolve;
use crate::reach::whole::{Scope, reach};
use crate::reach::{End, Flow};
use crate::report::reach::{dot, page, write_json};
use crate::store::Store;

/// What can X reach, who can reach Y, who reaches whom: as exact sets of ports
///
/// Without --from and --to it tells of all pairs of interfaces, and of each with the internet. What is allowed is what
/// gets there; "answered" is how much of it gets an answer back. Ends are named as for `why`; left out, the port and the
/// protocol are every one.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What can this reach?
    #[arg(long, value_name = "END")]
    from: Option<String>,
    /// Who can reach this?
    #[arg(long, value_name = "END")]
    to: Option<String>,
    #[command(flatten)]
    typed: Typed,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: counted, by group and subnet
    Text,
    /// For programs: vpctui.reach/1, every pair
    Json,
    /// For Graphviz: a node per group of like ends
    Dot,
}

/// Asks and answers.
pub fn run(arguments: &Arguments, source: &Source) -> Result<Outcome, Failure> {
    let store = source.store()?;
    let scope = arguments.scope(&store)?;
    let reach = reach(&store, &scope);
    match arguments.format {
        Format::Text => Ok(Outcome::page(page(&store, &scope, &reach))),
        Format::Json => Outcome::stream(|out| write_json(&store, &scope, &reach, out)),
        Format::Dot => Ok(Outcome::text(dot(&store, &scope, &reach))),
    }
}

impl Arguments {
    fn scope(&self, store: &Store) -> Result<Scope, Failure> {
        let named = |name: &Option<String>| -> Result<Option<End>, Failure> {
            Ok(name.as_deref().map(|name| resolve(store, name)).transpose()?)
        };
        let flow = self.typed.flow_or(&Flow::default()).map_err(Failure::new)?;
        Ok(Scope { from: named(&self.from)?, to: named(&self.to)?, flow })
    }
}
