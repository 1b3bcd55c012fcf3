//! `vpctui demo`: the embedded networks.

use super::failure::Failure;
use super::output::Outcome;
use super::screen;
use super::settings::SettingsArguments;
use super::source::Source;
use crate::report::page::{Page, Tone};
use crate::tour::networks;

/// Opens an embedded network: small, invented, no AWS needed
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Which one, perhaps at a later stage of its story, such as lambda-rds:nat
    #[arg(default_value = "lambda-rds")]
    name: String,
    /// Lists them and their stages
    #[arg(long)]
    list: bool,
}

/// Opens the screen on it, or lists them all.
pub fn run(arguments: &Arguments, settings: &SettingsArguments) -> Result<Outcome, Failure> {
    if arguments.list {
        return Ok(Outcome::page(list()));
    }
    screen::open(Source::Demo(arguments.name.clone()), settings)
}

fn list() -> Page {
    let mut page = Page::new();
    for network in networks::names() {
        page.gap();
        page.line([
            (Tone::Strong, network.name),
            (Tone::Plain, "  "),
            (Tone::Plain, network.title),
        ]);
        page.prose(Tone::Dim, 2, network.about);
        let stages = network.stages.iter().map(|stage| {
            let name = format!("{}:{}", network.name, stage.name);
            vec![(Tone::Plain, name), (Tone::Dim, stage.title.to_owned())]
        });
        page.table(2, &stages.collect::<Vec<_>>());
    }
    page
}
