//! `vpctui doctor`: how things stand, on one page to paste into a bug report.

#[cfg(feature = "aws")]
mod live;
pub(super) mod mask;
#[cfg(not(feature = "aws"))]
mod no_live;

use self::mask::Mask;
#[cfg(not(feature = "aws"))]
use self::no_live as live;
use super::output::Outcome;
use super::source::{Live, Source};
use crate::report::page::{Cell, Page, Tone};
use crate::runtime::surroundings::{self, Fact};

/// How things stand, on one page for a bug report: terminal, clipboard, AWS login, permissions
///
/// Account ids, names of profiles and your home folder are left out; secrets are never printed. Permissions are tried
/// out by making each call once, for half a minute at most.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Asks AWS nothing
    #[arg(long)]
    offline: bool,
    /// Shows account ids, names of profiles and folders as they are
    #[arg(long)]
    no_mask: bool,
}

/// A heading and what stands below it.
type Section = (&'static str, Vec<Fact>);

/// Looks at everything and tells it.
pub fn run(arguments: &Arguments, source: &Source) -> Outcome {
    let live = match source {
        Source::Live(live) => live.clone(),
        Source::Snapshot { .. } | Source::Demo(_) => Live::default(),
    };
    let aws = if arguments.offline {
        vec![Fact::new("asked", "nothing: --offline")]
    } else {
        live::facts(&live)
    };
    let sections = [("program", program()), ("terminal", surroundings::terminal()), ("AWS", aws)];
    let mask = if arguments.no_mask { Mask::nothing() } else { Mask::of_machine(&live.profiles) };
    Outcome::page(page(&sections, &mask))
}

fn program() -> Vec<Fact> {
    let with = if cfg!(feature = "aws") { "with" } else { "without" };
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    vec![
        Fact::new("version", super::VERSION),
        Fact::new("built", format!("{with} AWS, for {system}")),
    ]
}

fn page(sections: &[Section], mask: &Mask) -> Page {
    let mut page = Page::new();
    for (heading, facts) in sections {
        page.gap();
        page.say(Tone::Strong, heading);
        let rows: Vec<_> = facts.iter().flat_map(|fact| rows(fact, mask)).collect();
        page.table(2, &rows);
    }
    page
}

/// A fact, and below it what to do about it.
fn rows(fact: &Fact, mask: &Mask) -> Vec<Vec<Cell>> {
    let is = vec![(Tone::Dim, fact.about.to_owned()), (Tone::Plain, mask.apply(&fact.is))];
    let advice = fact.advice.iter().map(|advice| {
        vec![(Tone::Plain, String::new()), (Tone::Unsure, format!("! {}", mask.apply(advice)))]
    });
    std::iter::once(is).chain(advice).collect()
}
