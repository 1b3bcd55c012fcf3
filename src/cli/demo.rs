//! `vpctui demo`: the embedded networks.

use super::failure::Failure;
use super::output::Outcome;
use super::screen;
use super::settings::SettingsArguments;
use super::source::Source;
use super::tour::{Chosen, Playing, play};
use crate::report::page::{Page, Tone};
use crate::tour::{embedded, networks};

/// Opens an embedded network: small, invented, no AWS needed
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Which one, perhaps at a later stage of its story, such as lambda-rds:nat
    #[arg(default_value = "lambda-rds")]
    name: String,
    /// Lists them and their stages
    #[arg(long)]
    list: bool,
    /// Plays the guided tour of it: the program as it is, with captions
    #[arg(long, conflicts_with = "list")]
    play: bool,
    #[command(flatten)]
    playing: Playing,
}

/// Opens the screen on it, or lists them all.
pub fn run(arguments: &Arguments, settings: &SettingsArguments) -> Result<Outcome, Failure> {
    if arguments.list {
        return Ok(Outcome::page(list()));
    }
    let source = Source::Demo(arguments.name.clone());
    if arguments.play {
        return play(
            &Chosen::named(network(&arguments.name)?, &source)?,
            &arguments.playing,
            settings,
        );
    }
    screen::open(source, settings)
}

/// The network of the name; a tour begins where its story begins.
fn network(name: &str) -> Result<&str, Failure> {
    let known = |name: &&str| embedded::names().any(|one| one == *name);
    Some(name).filter(known).ok_or_else(|| {
        let all: Vec<_> = embedded::names().collect();
        Failure::new(format!("there is no tour of `{name}`"))
            .advise(format!("there are tours of {}", all.join(", ")))
    })
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
