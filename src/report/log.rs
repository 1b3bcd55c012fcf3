//! The calls that a network was read by: each with its outcome, how much it brought, and how long it took.

use super::details::{Entry, Text, Tone};
use super::words::counted;
use crate::model::catalogue::Envelope;
use crate::model::dump::Outcome;
use crate::store::Store;

/// A call that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// Account; empty where it is not known.
    pub account: String,
    /// Region.
    pub region: String,
    /// Which call.
    pub envelope: Envelope,
    /// How it went.
    pub outcome: Outcome,
    /// How many resources it brought.
    pub items: usize,
    /// How long it took, where that was measured.
    pub milliseconds: Option<u64>,
}

/// The calls that a network's own record tells of: that of a snapshot knows no durations.
pub fn recorded(store: &Store) -> Vec<Called> {
    let regions = store.source().regions.iter();
    let calls = regions.flat_map(|region| {
        region.coverage.0.iter().map(|(envelope, outcome)| Called {
            account: region.account.to_string(),
            region: region.region.to_string(),
            envelope: *envelope,
            outcome: outcome.clone(),
            items: region.resources.count(*envelope),
            milliseconds: None,
        })
    });
    calls.collect()
}

/// The log, region by region.
pub fn entries(calls: &[Called]) -> Vec<Entry> {
    if calls.is_empty() {
        return vec![Entry::Note(
            "No record of calls: this network came from files without one.".into(),
        )];
    }
    let mut places: Vec<(&str, &str)> = Vec::new();
    for call in calls {
        let place = (call.account.as_str(), call.region.as_str());
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places.into_iter().flat_map(|place| of_place(calls, place)).collect()
}

fn of_place(calls: &[Called], (account, region): (&str, &str)) -> Vec<Entry> {
    let here: Vec<&Called> =
        calls.iter().filter(|call| (&*call.account, &*call.region) == (account, region)).collect();
    let failed = here.iter().filter(|call| call.outcome != Outcome::Complete).count();
    let failed = match failed {
        0 => Text::default(),
        count => Text::of(Tone::Warn, format!(", {count} not complete")),
    };
    let mut aside = Text::of(Tone::Dim, format!("{account}  {}", counted(here.len(), "call")));
    aside.0.extend(failed.0);
    let text = if region.is_empty() { "Region not known" } else { region };
    let heading = Entry::Heading { text: text.to_owned(), aside, link: None };
    std::iter::once(heading).chain(here.into_iter().map(row)).collect()
}

fn row(call: &Called) -> Entry {
    let (mark, says) = outcome(&call.outcome);
    let took = call.milliseconds.map(|took| Text::of(Tone::Dim, seconds(took)));
    let items = match call.items {
        0 => Text::of(Tone::Dim, "0"),
        items => Text::from(items.to_string()),
    };
    let operation = Text::of(Tone::Strong, call.envelope.call().operation);
    Entry::Row { cells: vec![mark, operation, items, took.unwrap_or_default(), says], link: None }
}

/// `0.4 s`.
fn seconds(milliseconds: u64) -> String {
    format!("{}.{} s", milliseconds / 1000, milliseconds % 1000 / 100)
}

/// Glyph and word, and what there is to say.
fn outcome(outcome: &Outcome) -> (Text, Text) {
    match outcome {
        Outcome::Complete => (Text::of(Tone::Good, "✓ complete"), Text::default()),
        Outcome::Partial { message } => {
            (Text::of(Tone::Warn, "◐ broke off"), Text::of(Tone::Dim, message))
        }
        Outcome::Denied { action, .. } => {
            (Text::of(Tone::Warn, "! denied"), Text::of(Tone::Dim, format!("needs {action}")))
        }
        Outcome::Failed { message } => {
            (Text::of(Tone::Bad, "✗ failed"), Text::of(Tone::Dim, message))
        }
    }
}
