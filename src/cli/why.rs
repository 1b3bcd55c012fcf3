//! `vpctui why FROM TO`: can it get there and back, and if not, why not.

use clap::ValueEnum;

use super::failure::Failure;
use super::flow::Typed;
use super::output::Outcome;
use super::source::Source;
use crate::reach::naming::resolve;
use crate::reach::{Question, Verdict};
use crate::report::{markdown, text, why};
use crate::store::Store;

/// Why can FROM not reach TO, or can it?
///
/// FROM and TO are ids, ARNs, Name tags or beginnings of them, addresses, DNS names, `lambda:NAME`, `rds:ID`, `lb:NAME`,
/// `internet`, or `aws:SERVICE` such as aws:s3. `VPC/NAME` and `ACCOUNT/REGION/NAME` tell equal names apart.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Where the traffic comes from
    from: String,
    /// Where it goes
    to: String,
    /// Destination port; left out, the one that TO listens on
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// tcp, udp, icmp (an echo request unless told otherwise), icmpv6, all, or a number
    #[arg(long, value_name = "P")]
    protocol: Option<String>,
    /// Source port; left out, the range that FROM picks from
    #[arg(long, value_name = "N")]
    source_port: Option<u16>,
    /// ICMP type
    #[arg(long, value_name = "N")]
    icmp_type: Option<u8>,
    /// ICMP code
    #[arg(long, value_name = "N", requires = "icmp_type")]
    icmp_code: Option<u8>,
    /// Exit code 0 if the verdict is this one, 1 if not
    #[arg(long, value_name = "VERDICT")]
    expect: Option<Expectation>,
    /// Answer as if repair number N of the answer had been made; nothing in AWS changes
    #[arg(long, value_name = "N")]
    fix: Option<usize>,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// A verdict that one may expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Expectation {
    /// There and back
    Reachable,
    /// Nothing gets there and back
    Blocked,
    /// Some of it does
    Partial,
}

/// How to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: vpctui.why/1
    Json,
    /// For an incident channel or a ticket
    Markdown,
}

/// The network with a repair of the answer, which are numbered from 1.
fn fixed(store: &Store, question: &Question, number: usize) -> Result<Store, Failure> {
    let fixed = number.checked_sub(1).and_then(|at| why::with_fix(store, question, at));
    fixed.ok_or_else(|| {
        Failure::new(format!(
            "this answer has no repair {number}: ask without --fix to see which there are"
        ))
    })
}

/// Asks and answers.
pub fn run(arguments: &Arguments, source: &Source) -> Result<Outcome, Failure> {
    let store = source.store()?;
    let from = resolve(&store, &arguments.from)?;
    let to = resolve(&store, &arguments.to)?;
    let flow = arguments.typed().flow(&store, &to).map_err(Failure::new)?;
    let question = Question { from, to, flow };
    let store = match arguments.fix {
        Some(number) => fixed(&store, &question, number)?,
        None => store,
    };
    let document = why::answer(&store, &question);
    let outcome = match arguments.format {
        Format::Text => Outcome::page(text::page(&document)),
        Format::Json => Outcome::json(&document)?,
        Format::Markdown => Outcome::text(markdown::text(&document)),
    };
    Ok(outcome.with_code(code(document.verdict, arguments.expect)))
}

impl Arguments {
    fn typed(&self) -> Typed {
        Typed {
            protocol: self.protocol.clone(),
            port: self.port,
            source_port: self.source_port,
            icmp_type: self.icmp_type,
            icmp_code: self.icmp_code,
        }
    }
}

fn code(verdict: Verdict, expected: Option<Expectation>) -> u8 {
    let expected = expected.map(|expected| match expected {
        Expectation::Reachable => Verdict::Reachable,
        Expectation::Blocked => Verdict::Blocked,
        Expectation::Partial => Verdict::Partial,
    });
    match expected {
        Some(expected) if verdict != Verdict::Unknown => u8::from(verdict != expected),
        _ => verdict.exit_code(),
    }
}
