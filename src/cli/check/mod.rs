//! `vpctui check FILE`: a file of expectations.

mod input;

use std::path::PathBuf;

use clap::ValueEnum;

use self::input::{Entry, Line};
use super::failure::Failure;
use super::output::Outcome;
use super::source::Source;
use crate::reach::naming::resolve;
use crate::reach::{Flow, Question};
use crate::report::check::{self, CheckResult, Document};
use crate::report::why;
use crate::store::Store;

/// Checks a file of expectations against the network: tests for CI
///
/// FILE is TOML with [[check]] tables, or JSON Lines. Each has `from`, `to` and `expect` (reachable, blocked or
/// partial), and may have `id`, `protocol` (tcp unless told otherwise), `port`, `source_port`, `icmp_type` and
/// `icmp_code`. Exit code 0 if every expectation holds, 1 if one fails, 2 if a question cannot be asked, 3 if an answer
/// is unknown.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The file; - is stdin
    file: PathBuf,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: vpctui.check/1
    Json,
    /// For CI systems
    Junit,
}

/// Reads the file, asks every question, and answers.
pub fn run(arguments: &Arguments, source: &Source) -> Result<Outcome, Failure> {
    let lines = input::read(&arguments.file)?;
    let store = source.store()?;
    let numbered = lines.into_iter().enumerate();
    let results = numbered.map(|(at, line)| result(&store, at + 1, line));
    let document = Document::new(results.collect());
    let outcome = match arguments.format {
        Format::Text => Outcome::page(check::page(&document)),
        Format::Json => Outcome::json(&document)?,
        Format::Junit => Outcome::text(check::junit(&document)),
    };
    Ok(outcome.with_code(document.exit_code()))
}

/// What comes of one entry: an answer, or why the question cannot be asked.
fn result(store: &Store, number: usize, line: Line) -> CheckResult {
    let entry = match line {
        Line::Entry(entry) => *entry,
        Line::Broken(error) => {
            let id = number.to_string();
            return CheckResult { id, error: Some(error), ..CheckResult::default() };
        }
    };
    let asked = CheckResult {
        id: entry.id.clone().unwrap_or_else(|| number.to_string()),
        from: entry.from.clone(),
        to: entry.to.clone(),
        protocol: entry.protocol(),
        port: entry.port,
        expect: entry.expect.map(Into::into),
        ..CheckResult::default()
    };
    match question(store, &entry) {
        Err(error) => CheckResult { error: Some(error), ..asked },
        Ok(question) => {
            let (verdict, summary) = why::brief(store, &question);
            let Flow { protocol, port, .. } = question.flow;
            let protocol = protocol.map_or_else(|| "all".to_owned(), |one| one.to_string());
            CheckResult { protocol, port, ..asked }.answered(verdict, summary)
        }
    }
}

fn question(store: &Store, entry: &Entry) -> Result<Question, String> {
    let end = |text: &str| {
        resolve(store, text).map_err(|error| {
            let advice = error.advice().into_iter().take(3).collect::<Vec<_>>().join("; ");
            format!("{error}: {advice}")
        })
    };
    let (from, to) = (end(&entry.from)?, end(&entry.to)?);
    let flow = entry.typed().flow(store, &to)?;
    Ok(Question { from, to, flow })
}
