//! `vpctui why FROM TO`: can it get there and back, and if not, why not.

use clap::ValueEnum;

use super::expectation::Expectation;
use super::failure::Failure;
use super::flow::Typed;
use super::output::Outcome;
use super::screen::{self, Start};
use super::settings::SettingsArguments;
use super::source::Source;
use crate::reach::naming::resolve;
use crate::reach::{Question, Verdict};
use crate::report::opens::{self, Opens};
use crate::report::{graph, markdown, text, why};

/// Why can FROM not reach TO, or can it?
///
/// FROM and TO are ids, ARNs, Name tags or beginnings of them, addresses, DNS names, `lambda:NAME`, `rds:ID`, `lb:NAME`,
/// `internet`, or `aws:SERVICE` such as aws:s3. `VPC/NAME` and `ACCOUNT/REGION/NAME` tell equal names apart. Left out,
/// the port is the one that TO listens on, and the source port any that FROM picks.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Where the traffic comes from
    from: String,
    /// Where it goes
    to: String,
    #[command(flatten)]
    typed: Typed,
    /// Exit code 0 if the verdict is this one, 1 if not
    #[arg(long, value_name = "VERDICT")]
    expect: Option<Expectation>,
    /// Answer as if repair number N of the answer had been made; nothing in AWS changes
    #[arg(long, value_name = "N")]
    fix: Option<usize>,
    /// List what repair number N of the answer would open besides, pair by pair, as text or JSON
    #[arg(long, value_name = "N", conflicts_with_all = ["fix", "expect"])]
    opens: Option<usize>,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Opens the answer on the screen
    #[arg(long, conflicts_with_all = ["expect", "fix", "opens", "format"])]
    tui: bool,
}

/// How to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: vpctui.why/1
    Json,
    /// For an incident channel or a ticket, with a picture as Mermaid
    Markdown,
    /// For Graphviz: a chain of checks per path
    Dot,
}

/// What there is to say of repair `number` of an answer; they are numbered from 1.
fn of_repair<T>(number: usize, of: impl FnOnce(usize) -> Option<T>) -> Result<T, Failure> {
    number.checked_sub(1).and_then(of).ok_or_else(|| {
        Failure::new(format!("this answer has no repair {number}"))
            .advise("ask without --fix and --opens to see which there are")
    })
}

/// What a repair would open besides the question.
fn list_opened(opened: &Opens, format: Format) -> Result<Outcome, Failure> {
    match format {
        Format::Text => Ok(Outcome::page(opens::page(opened))),
        Format::Json => Outcome::stream(|out| opens::write_json(opened, out)),
        Format::Markdown | Format::Dot => {
            Err(Failure::new("--opens is told as text or JSON").advise("give --format json"))
        }
    }
}

/// Asks and answers.
pub fn run(
    arguments: &Arguments,
    source: &Source,
    settings: &SettingsArguments,
) -> Result<Outcome, Failure> {
    let store = source.store()?;
    let from = resolve(&store, &arguments.from)?;
    let to = resolve(&store, &arguments.to)?;
    let flow = arguments.typed.flow(&store, &to).map_err(Failure::new)?;
    let question = Question { from, to, flow };
    if arguments.tui {
        let start = Start { question: Some(question), ..Start::default() };
        return screen::open_at(source.clone(), settings, start);
    }
    if let Some(number) = arguments.opens {
        let opened = of_repair(number, |at| opens::opens(&store, &question, at))?;
        return list_opened(&opened, arguments.format);
    }
    let store = match arguments.fix {
        Some(number) => of_repair(number, |at| why::with_fix(&store, &question, at))?,
        None => store,
    };
    let document = why::answer(&store, &question);
    let outcome = match arguments.format {
        Format::Text => Outcome::page(text::page(&document)),
        Format::Json => Outcome::json(&document)?,
        Format::Markdown => Outcome::text(markdown::text(&document)),
        Format::Dot => Outcome::text(graph::dot(&document)),
    };
    Ok(outcome.with_code(code(document.verdict, arguments.expect)))
}

fn code(verdict: Verdict, expected: Option<Expectation>) -> u8 {
    match expected.map(Verdict::from) {
        Some(expected) if verdict != Verdict::Unknown => u8::from(verdict != expected),
        _ => verdict.exit_code(),
    }
}
