//! What is printed where, and in which colours.

use std::fmt;
use std::io::{BufWriter, ErrorKind, IsTerminal, StdoutLock, Write};

use clap::ValueEnum;
use serde::Serialize;

use super::failure::{ERROR, Failure};
use crate::report::page::{Page, Span, Tone};
use crate::report::safe_text::safe;

/// What a command has to say, and its exit code.
#[derive(Clone, Debug)]
pub struct Outcome {
    body: Body,
    code: u8,
}

#[derive(Clone, Debug)]
enum Body {
    Page(Page),
    /// For programs: printed as it is.
    Text(String),
}

/// Text for people or JSON for programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// Whether to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// With escape codes.
    Ansi,
    /// Without.
    None,
}

impl Outcome {
    /// A page for people.
    pub fn page(page: Page) -> Self {
        Self { body: Body::Page(page), code: 0 }
    }

    /// Text for programs, or that a person copies.
    pub fn text(text: impl Into<String>) -> Self {
        Self { body: Body::Text(text.into()), code: 0 }
    }

    /// A document as JSON.
    pub fn json(document: &impl Serialize) -> Result<Self, Failure> {
        let mut text = serde_json::to_string_pretty(document)?;
        text.push('\n');
        Ok(Self::text(text))
    }

    /// Nothing to say.
    pub fn silent() -> Self {
        Self::text("")
    }

    /// What is too long to be kept: written while it is made, to a reader who may go away.
    pub fn stream(write: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result) -> Result<Self, Failure> {
        let mut out = Stream { to: BufWriter::new(std::io::stdout().lock()), failed: None };
        let written = write(&mut out);
        let flushed = out.to.flush();
        match (out.failed, flushed, written) {
            (Some(error), ..) | (None, Err(error), _) if error.kind() != ErrorKind::BrokenPipe => {
                Err(unwritable(&error))
            }
            (None, Ok(()), Err(fmt::Error)) => Err(Failure::new("the answer cannot be written")),
            _ => Ok(Self::silent()),
        }
    }

    /// The same with this exit code.
    #[must_use]
    pub fn with_code(self, code: u8) -> Self {
        Self { code, ..self }
    }
}

impl Colour {
    /// Colours where a terminal shows them and nobody minds (<https://no-color.org>).
    pub fn of_stdout(no_color: bool) -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        let plain = no_color || set("NO_COLOR") || dumb || !std::io::stdout().is_terminal();
        if plain { Self::None } else { Self::Ansi }
    }
}

/// Prints an outcome and tells the exit code.
pub fn print(outcome: &Outcome, colour: Colour) -> u8 {
    let text = match (&outcome.body, colour) {
        (Body::Page(page), Colour::Ansi) => painted(page),
        (Body::Page(page), Colour::None) => page.to_string(),
        (Body::Text(text), _) => text.clone(),
    };
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        // Whoever reads has seen enough: `vpctui tree | head`.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => outcome.code,
        Err(error) => complain(&unwritable(&error)),
        Ok(()) => outcome.code,
    }
}

/// Stdout for what writes text; keeps the error that text cannot tell.
struct Stream<'a> {
    to: BufWriter<StdoutLock<'a>>,
    failed: Option<std::io::Error>,
}

impl fmt::Write for Stream<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.to.write_all(text.as_bytes()).map_err(|error| {
            self.failed = Some(error);
            fmt::Error
        })
    }
}

fn unwritable(error: &std::io::Error) -> Failure {
    Failure::new(format!("stdout cannot be written: {error}"))
}

/// Prints an error and tells its exit code.
pub fn complain(failure: &Failure) -> u8 {
    let advice = failure.advice.iter().map(|line| format!("  {}\n", safe(line)));
    let text = format!("error: {}\n{}", safe(&failure.what), advice.collect::<String>());
    say(&text);
    ERROR
}

/// Says something on stderr; if nobody listens, that is fine.
pub fn say(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

fn painted(page: &Page) -> String {
    let line =
        |line: &Vec<Span>| line.iter().map(coloured).chain(["\n".to_owned()]).collect::<String>();
    page.lines.iter().map(line).collect()
}

fn coloured(span: &Span) -> String {
    match escape(span.tone) {
        Some(escape) => format!("\u{1b}[{escape}m{}\u{1b}[0m", span.text),
        None => span.text.clone(),
    }
}

/// The sixteen colours that every theme of a terminal defines for its own background.
fn escape(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Plain => None,
        Tone::Strong => Some("1"),
        Tone::Dim => Some("2"),
        Tone::Good => Some("32"),
        Tone::Bad => Some("31"),
        Tone::Unsure => Some("33"),
    }
}
