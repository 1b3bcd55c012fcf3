//! What a repair opens besides the question, for people in rows and for programs pair by pair. The format `vpctui.opens/1` changes only by adding.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use serde::Serialize;

use super::details::{self, Entry, Text};
use super::page::{Cell, Page, Tone};
use super::reach::{allowed, end, end_name, traffic_words};
use super::words::counted;
use super::{repairs, why};
use crate::reach::whole::Member;
use crate::reach::{self, Opened, Place, Question};
use crate::store::Store;

/// The schema's name and version.
pub const SCHEMA: &str = "vpctui.opens/1";

/// How many names of a side are told.
const NAMES: usize = 3;

/// What one repair of an answer opens besides.
pub struct Opens {
    fix: why::Fix,
    after: Store,
    opened: Vec<Opened>,
}

/// Asks what repair number `at` of an answer opens besides; none where there is no such repair.
pub fn opens(store: &Store, question: &Question, at: usize) -> Option<Opens> {
    let fix = reach::repair(store, question).fixes.into_iter().nth(at)?;
    let after = reach::with_changes(store, &fix.changes);
    let opened = reach::opened(store, &after, question, &fix.changes);
    Some(Opens { fix: repairs::fix(store, &fix), after, opened })
}

/// For people: what reads the same is one row.
pub fn page(opens: &Opens) -> Page {
    let mut page = Page::new();
    page.prose(Tone::Strong, 0, &opens.fix.title);
    let also = counted(opens.fix.also_opens, "other pair");
    match opens.fix.also_opens {
        0 => page.say(Tone::Plain, "opens nothing besides"),
        _ => page.say(Tone::Plain, format!("also opens something between {also}")),
    }
    page.gap();
    page.table(2, &rows(opens));
    page
}

/// For lists on the screen.
pub fn entries(opens: &Opens) -> Vec<Entry> {
    let of = |cells: Vec<Cell>| {
        let cells = cells.into_iter().map(|(_, text)| Text::of(details::Tone::Text, text));
        Entry::Row { cells: cells.collect(), link: None }
    };
    let aside = match opens.fix.also_opens {
        0 => "opens nothing besides".to_owned(),
        count => counted(count, "other pair"),
    };
    let (text, aside) = (opens.fix.title.clone(), Text::of(details::Tone::Dim, aside));
    let heading = Entry::Heading { text, aside, link: None };
    std::iter::once(heading).chain(rows(opens).into_iter().map(of)).collect()
}

fn rows(opens: &Opens) -> Vec<Vec<Cell>> {
    let mut alike: BTreeMap<[String; 3], usize> = BTreeMap::new();
    for opened in &opens.opened {
        let names = |side: &[Place]| names(&opens.after, side);
        let to = format!("→ {}", names(&opened.to));
        let row = [names(&opened.from), to, traffic_words(&opened.traffic)];
        *alike.entry(row).or_default() += opened.count();
    }
    let rows = alike.into_iter().map(|(row, pairs)| {
        let cells = row.into_iter().map(|cell| (Tone::Plain, cell));
        cells.chain([(Tone::Dim, counted(pairs, "pair"))]).collect()
    });
    rows.collect()
}

fn names(store: &Store, side: &[Place]) -> String {
    let named = side.iter().take(NAMES).map(|at| match at {
        Some(at) => end_name(store, *at),
        None => "the internet".to_owned(),
    });
    let named = named.collect::<Vec<_>>().join(", ");
    let more = side.len().saturating_sub(NAMES);
    if more == 0 { named } else { format!("{named} and {more} more") }
}

/// For programs, pair by pair: millions of pairs need no memory.
///
/// # Errors
/// Those of `out`.
pub fn write_json(opens: &Opens, out: &mut dyn Write) -> fmt::Result {
    let (title, count) = (text(&opens.fix.title)?, opens.fix.also_opens);
    write!(
        out,
        "{{\"schema\": \"{SCHEMA}\",\n\"fix\": {title},\n\"also_opens\": {count},\n\"pairs\": ["
    )?;
    let mut separator = "\n";
    for opened in &opens.opened {
        let allowed = text(&allowed(&opened.traffic, None))?;
        for (from, to) in opened.pairs() {
            let (from, to) = (of_place(opens, from)?, of_place(opens, to)?);
            write!(out, "{separator}{{\"from\": {from}, \"to\": {to}, \"allowed\": {allowed}}}")?;
            separator = ",\n";
        }
    }
    out.write_str("\n]}\n")
}

fn of_place(opens: &Opens, at: Place) -> Result<String, fmt::Error> {
    let member = at.map_or(Member::Internet, Member::Interface);
    text(&end(&opens.after, member, None))
}

/// What has no maps and no floats always is JSON.
fn text(document: &impl Serialize) -> Result<String, fmt::Error> {
    serde_json::to_string(document).map_err(|_| fmt::Error)
}
