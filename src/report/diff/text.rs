//! What changed, for people: the answers that flipped first, then the resources.

use serde_json::Value;

use super::{Change, Document, Field, Flipped, Who};
use crate::report::page::{Cell, Page, Tone};
use crate::report::words::counted;

/// More flips help nobody; the JSON has all.
const SHOWN: usize = 40;
/// Names on one side of a flip.
const NAMES: usize = 3;
/// Columns of a value.
const VALUE: usize = 120;

/// The comparison as text.
pub fn page(document: &Document) -> Page {
    let mut page = Page::new();
    page.say(Tone::Strong, format!("{} → {}", document.old, document.new));
    let counts = &document.counts;
    page.say(
        Tone::Plain,
        format!(
            "{} added, {} removed, {} changed; {}",
            counted(counts.added, "resource"),
            counts.removed,
            counts.changed,
            counts.pairs()
        ),
    );
    flips(document, &mut page);
    changes(document, &mut page);
    if !document.not_compared.is_empty() {
        page.gap();
        let kinds = document.not_compared.join(", ");
        page.prose(Tone::Unsure, 0, format!("not compared, for want of data on one side: {kinds}"));
    }
    page
}

fn flips(document: &Document, page: &mut Page) {
    page.gap();
    let none = if document.flips.is_empty() { ": none" } else { "" };
    page.say(Tone::Strong, format!("answers that flipped{none}"));
    let rows: Vec<_> = document.flips.iter().take(SHOWN).map(|flip| row(document, flip)).collect();
    page.table(2, &rows);
    let more = document.flips.len().saturating_sub(SHOWN);
    if more > 0 {
        page.say(Tone::Dim, format!("  and {more} more rows"));
    }
}

fn row(document: &Document, flip: &Flipped) -> Vec<Cell> {
    let tone = match (flip.gained.is_empty(), flip.lost.is_empty()) {
        (false, true) => Tone::Good,
        (true, false) => Tone::Bad,
        _ => Tone::Unsure,
    };
    let because = flip.because.and_then(|at| document.changes.get(at));
    let because = because.map(|change| format!("by {}", called(change))).unwrap_or_default();
    vec![
        (Tone::Strong, flip.pairs.to_string()),
        (Tone::Plain, names(&flip.from)),
        (Tone::Dim, "→".into()),
        (Tone::Plain, names(&flip.to)),
        (tone, flip.text.clone()),
        (Tone::Dim, because),
    ]
}

pub(super) fn names(side: &[Who]) -> String {
    let mut names: Vec<&str> = side.iter().map(|who| who.name.as_str()).collect();
    names.dedup();
    let more = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    let listed = names.join(", ");
    if more == 0 { listed } else { format!("{listed} and {more} more") }
}

fn called(change: &Change) -> String {
    match &change.name {
        Some(name) => format!("{name} ({})", change.id),
        None => change.id.clone(),
    }
}

fn changes(document: &Document, page: &mut Page) {
    page.gap();
    let none = if document.changes.is_empty() { ": none" } else { "" };
    page.say(Tone::Strong, format!("resources that changed{none}"));
    for change in &document.changes {
        let (sign, tone) = match change.change {
            "added" => ("+", Tone::Good),
            "removed" => ("-", Tone::Bad),
            _ => ("~", Tone::Unsure),
        };
        let place = format!("  {} {}", change.account, change.region);
        page.line([
            (tone, format!("  {sign} ")),
            (Tone::Plain, format!("{}  {}", change.kind, called(change))),
            (Tone::Dim, place),
        ]);
        if let Some(by) = &change.by {
            page.line([(Tone::Dim, "      by "), (Tone::Plain, &*by.text())]);
        }
        change.fields.iter().for_each(|one| field(one, page));
    }
}

fn field(field: &Field, page: &mut Page) {
    page.line([(Tone::Plain, "      "), (Tone::Plain, field.path.as_str())]);
    let signed = [("-", Tone::Bad, &field.removed), ("+", Tone::Good, &field.added)];
    for (sign, tone, values) in signed {
        for value in values {
            page.line([(tone, format!("        {sign} ")), (Tone::Plain, short(value))]);
        }
    }
}

pub(super) fn short(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    crate::report::safe_text::fitted(&text, VALUE)
}
