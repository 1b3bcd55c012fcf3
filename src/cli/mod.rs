//! The command line: one file per subcommand, and around them where the network comes from (`source`), how a flow is
//! typed (`flow`), how things are said (`output`) and how they go wrong (`failure`).
//!
//! Data goes to stdout, progress and messages to stderr. Exit codes are the same everywhere: 0 reachable or simply done,
//! 1 blocked or an expectation that does not hold, 2 an error of usage, input or AWS, 3 unknown.

mod check;
mod complete;
mod demo;
mod diff;
mod doctor;
mod expectation;
mod failure;
mod find;
mod flow;
mod group;
mod iam_policy;
mod man;
mod output;
mod reach;
mod record;
mod save;
mod screen;
mod settings;
mod source;
mod tour;
mod tree;
mod why;

use std::ffi::OsString;

use clap::{Parser, Subcommand};

use self::failure::Failure;
use self::output::{Colour, Outcome};
use self::screen::Start;
use self::settings::SettingsArguments;
use self::source::SourceArguments;

/// Version, and in a release the commit that it was built from and its date.
pub const VERSION: &str = env!("VPCTUI_VERSION");

/// Read-only terminal program for AWS networks: trees of VPCs, what a security group covers now, and why A cannot
/// reach B.
///
/// Without a command it opens the screen.
#[derive(Debug, Parser)]
#[command(name = "vpctui", version, long_version = VERSION, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 reachable or done, 1 blocked or an expectation that does not hold, \
                        2 an error of usage, input or AWS, 3 unknown."
)]
struct Arguments {
    /// No colours, as with the environment variable NO_COLOR
    #[arg(long, global = true)]
    no_color: bool,
    #[command(flatten)]
    source: SourceArguments,
    #[command(flatten)]
    settings: SettingsArguments,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Why(why::Arguments),
    Reach(reach::Arguments),
    Check(check::Arguments),
    Diff(diff::Arguments),
    Sg(group::Arguments),
    Tree(tree::Arguments),
    Find(find::Arguments),
    Save(save::Arguments),
    Demo(demo::Arguments),
    Tour(tour::Arguments),
    Record(record::Arguments),
    IamPolicy(iam_policy::Arguments),
    Doctor(doctor::Arguments),
    Completions(complete::Arguments),
    Man(man::Arguments),
}

/// Runs the program and tells its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(code) = complete::answer(&arguments) {
        return code;
    }
    match Arguments::try_parse_from(arguments) {
        Ok(arguments) => {
            let colour = Colour::of_stdout(arguments.no_color);
            match dispatch(arguments) {
                Ok(outcome) => output::print(&outcome, colour),
                Err(failure) => output::complain(&failure),
            }
        }
        // Help and version are no errors; a reader that went away is none of ours.
        Err(usage) => {
            let _ = usage.print();
            u8::try_from(usage.exit_code()).unwrap_or(failure::ERROR)
        }
    }
}

fn dispatch(arguments: Arguments) -> Result<Outcome, Failure> {
    let (lenient, watch) = (arguments.source.lenient, arguments.source.watch);
    let source = arguments.source.source();
    let settings = arguments.settings.with_colour(!arguments.no_color);
    match arguments.command {
        None if settings.print_config => settings::print(&settings),
        None => screen::open_at(source, &settings, Start { watch, ..Start::default() }),
        Some(Command::Demo(demo)) => demo::run(&demo, &settings),
        Some(Command::Tour(tour)) => tour::run(&tour, &source, &settings),
        Some(Command::Record(record)) => record::run(&record, source, &settings),
        Some(Command::Why(why)) => why::run(&why, &source, &settings),
        Some(Command::Reach(reach)) => reach::run(&reach, &source),
        Some(Command::Check(check)) => check::run(&check, &source),
        Some(Command::Diff(diff)) => diff::run(&diff, &source, lenient, &settings),
        Some(Command::Sg(group)) => group::run(&group, &source),
        Some(Command::Tree(tree)) => tree::run(&tree, &source),
        Some(Command::Find(find)) => find::run(&find, &source),
        Some(Command::Save(save)) => save::run(&save, &source),
        Some(Command::IamPolicy(policy)) => iam_policy::run(&policy, &source),
        Some(Command::Doctor(doctor)) => Ok(doctor::run(&doctor, &source)),
        Some(Command::Completions(completions)) => complete::run(&completions),
        Some(Command::Man(manual)) => man::run(&manual),
    }
}
