//! `vpctui tour`: tours that tell a story on the real screen.

mod chosen;

use clap::Subcommand;

pub use self::chosen::Chosen;
use super::failure::Failure;
use super::output::Outcome;
use super::screen::{self, Start};
use super::settings::SettingsArguments;
use super::source::Source;
use crate::report::page::{Page, Tone};
use crate::report::words::counted;
use crate::tour::script::{Tour, language};
use crate::tour::{Captions, Guide, embedded};

/// More rows than this are too many to be read beside the screen, the line above the caption among them.
const MOST_ROWS: u16 = 4;

/// Guided tours: plays one, or checks that the program still answers as one tells
///
/// A tour is a TOML file: captions, the keys that are pressed, and what has to be on the screen then. NAME is one that
/// comes with the program, or a file.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Plays a tour in this terminal
    Play {
        /// The tour
        name: String,
        #[command(flatten)]
        playing: Playing,
    },
    /// Runs tours without a terminal: exit code 1 where a step is not as it expects
    Check {
        /// The tours
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
    /// Lists the tours that come with the program
    List,
}

/// How a tour is played.
#[derive(Clone, Debug, clap::Args)]
pub struct Playing {
    /// Language of the captions, such as ko; otherwise that of the locale
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// So many times as fast
    #[arg(long, value_name = "TIMES", default_value = "1", value_parser = speed)]
    speed: f64,
}

/// Plays, checks or lists.
pub fn run(
    arguments: &Arguments,
    source: &Source,
    settings: &SettingsArguments,
) -> Result<Outcome, Failure> {
    match &arguments.command {
        Command::Play { name, playing } => play(&Chosen::named(name, source)?, playing, settings),
        Command::Check { names } => check(names, source),
        Command::List => list(),
    }
}

/// Plays a tour until the viewer takes over or leaves.
pub fn play(
    chosen: &Chosen,
    playing: &Playing,
    settings: &SettingsArguments,
) -> Result<Outcome, Failure> {
    let language = wanted_language(playing.lang.as_deref());
    let guide = Guide::new(chosen.tour.clone(), &language, playing.speed);
    let start = Start { guide: Some(guide), ..Start::default() };
    screen::open_at(chosen.source.clone(), settings, start)
}

/// The language that was told, else that of the environment.
pub fn wanted_language(told: Option<&str>) -> String {
    language(told, &|name| std::env::var(name).ok())
}

fn speed(text: &str) -> Result<f64, String> {
    let speed = text.parse().ok().filter(|speed| (0.1..=1000.0).contains(speed));
    speed.ok_or_else(|| "give a number from 0.1 to 1000".to_owned())
}

fn check(names: &[String], source: &Source) -> Result<Outcome, Failure> {
    let mut page = Page::new();
    let mut failed = 0;
    for name in names {
        let chosen = Chosen::named(name, source)?;
        let mut languages: Vec<_> = chosen.tour.title.languages().map(str::to_owned).collect();
        languages.retain(|language| chosen.tour.speaks(language));
        for language in languages {
            failed += u8::from(!check_in(&chosen, &language, &mut page)?);
        }
    }
    Ok(Outcome::page(page).with_code(failed.min(1)))
}

/// Whether all is as expected with captions in this language.
fn check_in(chosen: &Chosen, language: &str, page: &mut Page) -> Result<bool, Failure> {
    let what = format!("{} ({language})", chosen.name);
    let mut stills = 0;
    let outcome = chosen.perform(language, &mut |shot| {
        stills += usize::from(shot.step.still.is_some() && shot.is_outcome());
    })?;
    let rows = Captions::new(&chosen.tour, language).longest(chosen.tour.size.0);
    match outcome {
        Ok(_) if rows > MOST_ROWS => {
            let most = MOST_ROWS - 1;
            let why = format!("  a caption takes {} rows, {most} are the most", rows - 1);
            page.line([(Tone::Bad, "✗ "), (Tone::Strong, &what)]);
            page.line([(Tone::Plain, &why)]);
            Ok(false)
        }
        Ok(length) => {
            let steps = counted(chosen.tour.steps.len(), "step");
            let stills = counted(stills, "still");
            let told = format!("  {steps}, {} s, {stills}", length.as_secs());
            page.line([(Tone::Good, "✓ "), (Tone::Strong, &what), (Tone::Dim, &told)]);
            Ok(true)
        }
        Err(unmet) => {
            page.line([(Tone::Bad, "✗ "), (Tone::Strong, &what)]);
            for line in unmet.to_string().lines() {
                page.line([(Tone::Plain, format!("  {line}"))]);
            }
            Ok(false)
        }
    }
}

fn list() -> Result<Outcome, Failure> {
    let mut rows = Vec::new();
    for name in embedded::names() {
        let tour: Tour = Chosen::named(name, &Source::Demo(String::new()))?.tour;
        let title = tour.title.to(&wanted_language(None)).to_owned();
        rows.push(vec![(Tone::Strong, name.to_owned()), (Tone::Plain, title)]);
    }
    let mut page = Page::new();
    page.table(0, &rows);
    Ok(Outcome::page(page))
}
