//! The table of what clap cannot know: which argument takes which values.

use std::ffi::{OsStr, OsString};
use std::sync::Arc;

use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter};

use super::{ends, machine};

/// Arguments whose values come from a network: command, argument, and what is taken from the network.
const OF_NETWORK: [(&str, &str, Taken); 5] = [
    ("why", "from", ends::ends),
    ("why", "to", ends::ends),
    ("reach", "from", ends::ends),
    ("reach", "to", ends::ends),
    ("sg", "group", ends::groups),
];

/// Makes proposals out of all words and of what is typed of the last one.
type Taken = fn(&[OsString], &OsStr) -> Vec<clap_complete::CompletionCandidate>;

/// The command line with the values of this machine, and of the network that `words` name.
pub fn attached(command: Command, words: Vec<OsString>) -> Command {
    let words: Arc<[OsString]> = words.into();
    let command = command
        .mut_arg("profile", |arg| arg.add(ArgValueCandidates::new(machine::profiles)))
        .mut_arg("region", |arg| arg.add(ArgValueCandidates::new(machine::regions)))
        .mut_arg("demo", |arg| arg.add(ArgValueCandidates::new(machine::demos)))
        .mut_subcommand("demo", |demo| {
            demo.mut_arg("name", |arg| arg.add(ArgValueCandidates::new(machine::demos)))
        })
        .mut_subcommand("record", |record| {
            record.mut_arg("tour", |arg| arg.add(ArgValueCandidates::new(machine::tours)))
        })
        .mut_subcommand("tour", |tour| {
            let tours = || ArgValueCandidates::new(machine::tours);
            let play = |play: Command| play.mut_arg("name", |arg| arg.add(tours()));
            let check = |check: Command| check.mut_arg("names", |arg| arg.add(tours()));
            tour.mut_subcommand("play", play).mut_subcommand("check", check)
        });
    OF_NETWORK.into_iter().fold(command, |command, (name, argument, taken)| {
        let words = words.clone();
        let taken = move |arg: Arg| {
            arg.add(ArgValueCompleter::new(move |typed: &OsStr| taken(&words, typed)))
        };
        command.mut_subcommand(name, |subcommand| subcommand.mut_arg(argument, taken))
    })
}
