//! `vpctui record`: a tour as an asciicast and as pictures, or a session as it happens.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::ValueEnum;

use super::failure::Failure;
use super::output::{Outcome, say};
use super::screen::{self, Start};
use super::settings::SettingsArguments;
use super::source::Source;
use super::tour::{Chosen, wanted_language};
use crate::runtime::Record;
use crate::tour::record::{Reel, Version};

/// Records a tour as an asciicast or as pictures, or your own session as it happens
///
/// `record NAME.cast` opens the screen on the network that the flags name and records until you quit. Names, account
/// ids, ids and public addresses are pseudonyms then, unless --no-mask says otherwise; embedded networks are as they
/// are. `record --tour NAME` plays a tour without a terminal and always writes the same bytes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Where to record your own session; nothing may be there yet
    #[arg(value_name = "NAME.cast", required_unless_present = "tour", conflicts_with = "tour")]
    path: Option<PathBuf>,
    /// The tour to record: one that comes with the program, or a file
    #[arg(long, value_name = "NAME")]
    tour: Option<String>,
    /// Writes the tour as an asciicast
    #[arg(long, value_name = "NAME.cast", requires = "tour")]
    out: Option<PathBuf>,
    /// Writes the tour as a moving picture, or into a folder the stills that it names
    #[arg(long, value_name = "NAME.svg|FOLDER", requires = "tour")]
    svg: Option<PathBuf>,
    /// Writes the stills that the tour names into a folder, as PNG with the fonts of this machine
    #[arg(long, value_name = "FOLDER", requires = "tour")]
    png: Option<PathBuf>,
    /// Version of the asciicast
    #[arg(long, value_name = "VERSION", default_value = "2")]
    cast_version: CastVersion,
    /// Language of the captions, such as ko; otherwise that of the locale
    #[arg(long, value_name = "LANGUAGE", requires = "tour")]
    lang: Option<String>,
    /// Columns and rows, such as 100x30; otherwise those of the tour
    #[arg(long, value_name = "SIZE", requires = "tour", value_parser = size)]
    size: Option<(u16, u16)>,
    /// Records your own session with all names as they are
    #[arg(long, conflicts_with = "tour")]
    no_mask: bool,
}

/// A version of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CastVersion {
    /// Every player reads it
    #[value(name = "2")]
    Two,
    /// asciinema 3 and newer players
    #[value(name = "3")]
    Three,
}

/// Records.
pub fn run(
    arguments: &Arguments,
    source: Source,
    settings: &SettingsArguments,
) -> Result<Outcome, Failure> {
    match (&arguments.tour, &arguments.path) {
        (Some(tour), _) => record_tour(arguments, Chosen::named(tour, &source)?, settings),
        (None, Some(path)) => record_session(arguments, path, source, settings),
        (None, None) => Err(Failure::new("nothing to record: give NAME.cast, or --tour")),
    }
}

fn record_session(
    arguments: &Arguments,
    path: &Path,
    source: Source,
    settings: &SettingsArguments,
) -> Result<Outcome, Failure> {
    if path.exists() {
        let what = format!("{} is there already", path.display());
        return Err(Failure::new(what).advise("give another name: no recording is written over"));
    }
    let invented = matches!(source, Source::Demo(_));
    let record =
        Record { path: path.to_owned(), version: arguments.version(), title: "vpctui".to_owned() };
    let masked = !arguments.no_mask && !invented;
    let start = Start { record: Some(record), masked, ..Start::default() };
    let outcome = screen::open_at(source, settings, start)?;
    say(&format!("wrote {}\n", path.display()));
    Ok(outcome)
}

fn record_tour(
    arguments: &Arguments,
    mut chosen: Chosen,
    settings: &SettingsArguments,
) -> Result<Outcome, Failure> {
    if arguments.out.is_none() && arguments.svg.is_none() && arguments.png.is_none() {
        return Err(Failure::new("nothing to write").advise("give --out, --svg or --png"));
    }
    chosen.tour.size = arguments.size.unwrap_or(chosen.tour.size);
    chosen.tour.theme = settings.named_theme().unwrap_or(chosen.tour.theme);
    let (reel, length) = shoot(&chosen, &wanted_language(arguments.lang.as_deref()))?;
    if let Some(path) = &arguments.out {
        write(path, reel.cast(arguments.version(), length)?.as_bytes())?;
    }
    match &arguments.svg {
        Some(path) if path.extension().is_some_and(|kind| kind == "svg") => {
            write(path, reel.film(length).as_bytes())?;
        }
        Some(folder) => {
            for (name, svg) in reel.stills() {
                write(&folder.join(format!("{name}.svg")), svg.as_bytes())?;
            }
        }
        None => {}
    }
    if let Some(folder) = &arguments.png {
        for (name, svg) in reel.stills() {
            write(&folder.join(format!("{name}.png")), &png(&svg)?)?;
        }
    }
    Ok(Outcome::silent())
}

/// Plays the tour; what is not as it expects is an error here.
fn shoot(chosen: &Chosen, language: &str) -> Result<(Reel, Duration), Failure> {
    let title = chosen.tour.title.to(language);
    let mut reel = Reel::new(title, chosen.tour.size, chosen.tour.theme);
    let outcome = chosen.perform(language, &mut |shot| reel.take(shot, language))?;
    let length = outcome.map_err(|unmet| {
        Failure::new(format!("{}: {unmet}", chosen.name))
            .advise("vpctui tour check runs a tour without recording it")
    })?;
    Ok((reel, length))
}

#[cfg(feature = "png")]
fn png(svg: &str) -> Result<Vec<u8>, Failure> {
    crate::tour::record::png::png(svg).map_err(Failure::new)
}

#[cfg(not(feature = "png"))]
fn png(_: &str) -> Result<Vec<u8>, Failure> {
    Err(Failure::new("this program was built without PNG")
        .advise("take --svg, or build it with `--features png`, as the released programs are"))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), fs::create_dir_all);
    let written = made.and_then(|()| fs::write(path, bytes));
    written.map_err(|why| Failure::new(format!("{} cannot be written: {why}", path.display())))?;
    say(&format!("wrote {}\n", path.display()));
    Ok(())
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let parts = text.split_once('x');
    let size = parts.and_then(|(columns, rows)| Some((columns.parse().ok()?, rows.parse().ok()?)));
    let possible = |(columns, rows): &(u16, u16)| *columns >= 40 && *rows >= 16;
    size.filter(possible).ok_or_else(|| "give columns and rows, 40x16 at least".to_owned())
}

impl Arguments {
    fn version(&self) -> Version {
        match self.cast_version {
            CastVersion::Two => Version::Two,
            CastVersion::Three => Version::Three,
        }
    }
}
