//! What changed, as rows that lead to the things: the answers that flipped first, then the resources.

use super::text::{names, short};
use super::{Change, Document, Field, Flipped};
use crate::report::details::{Entry, Subject, Text, Tone};
use crate::store::Store;

/// Flips that are listed.
const SHOWN: usize = 100;

/// The comparison. Answers are compared after resources: `flips_known` tells whether that is done.
pub fn entries(store: &Store, document: &Document, flips_known: bool) -> Vec<Entry> {
    let mut entries = Vec::new();
    if !document.not_compared.is_empty() {
        heading(&mut entries, "Not compared", "for want of data on one side");
        entries.push(Entry::Note(document.not_compared.join(", ")));
    }
    heading(&mut entries, "Answers that flipped", flips_aside(document, flips_known));
    entries.extend(document.flips.iter().take(SHOWN).map(|flip| flip_row(store, document, flip)));
    let counts = &document.counts;
    let aside = match document.changes.len() {
        0 => "none".to_owned(),
        _ => format!(
            "{} added, {} removed, {} changed",
            counts.added, counts.removed, counts.changed
        ),
    };
    heading(&mut entries, "Resources that changed", aside);
    document.changes.iter().for_each(|change| changed(store, change, &mut entries));
    entries
}

fn heading(entries: &mut Vec<Entry>, text: &str, aside: impl Into<String>) {
    let aside = Text::of(Tone::Dim, aside);
    entries.push(Entry::Heading { text: text.to_owned(), aside, link: None });
}

fn flips_aside(document: &Document, known: bool) -> String {
    match (known, document.flips.len()) {
        (false, _) => "being computed…".to_owned(),
        (true, 0) => "none".to_owned(),
        (true, _) => document.counts.pairs(),
    }
}

fn flip_row(store: &Store, document: &Document, flip: &Flipped) -> Entry {
    let (tone, mark) = match (flip.gained.is_empty(), flip.lost.is_empty()) {
        (false, true) => (Tone::Good, "✓ "),
        (true, false) => (Tone::Bad, "✗ "),
        (true, true) if !flip.no_longer_known.is_empty() => (Tone::Unknown, "? "),
        _ => (Tone::Warn, "~ "),
    };
    let because = flip.because.and_then(|at| document.changes.get(at));
    let because = because.map(|change| format!("by {}", called(change))).unwrap_or_default();
    let end = flip.from.iter().chain(&flip.to).find(|who| !who.id.is_empty());
    let cells = vec![
        Text::of(tone, format!("{mark}{}", flip.text)),
        Text::of(Tone::Strong, names(&flip.from)),
        Text::of(Tone::Dim, "→"),
        Text::of(Tone::Strong, names(&flip.to)),
        Text::of(Tone::Dim, because),
    ];
    Entry::Row { cells, link: end.and_then(|who| Subject::of_id(store, &who.id)) }
}

fn called(change: &Change) -> &str {
    change.name.as_deref().unwrap_or(&change.id)
}

fn changed(store: &Store, change: &Change, entries: &mut Vec<Entry>) {
    let (sign, tone) = match change.change {
        "added" => ("+ added", Tone::Good),
        "removed" => ("- removed", Tone::Bad),
        _ => ("~ changed", Tone::Warn),
    };
    let id = if change.name.is_some() { change.id.as_str() } else { "" };
    let cells = vec![
        Text::of(tone, sign),
        Text::of(Tone::Dim, change.kind),
        Text::of(Tone::Strong, called(change)).with(Tone::Dim, format!("  {id}")),
    ];
    entries.push(Entry::Row { cells, link: Subject::of_id(store, &change.id) });
    if let Some(by) = &change.by {
        let cells =
            vec![Text::default(), Text::of(Tone::Dim, "by"), Text::of(Tone::Text, by.text())];
        entries.push(Entry::Row { cells, link: None });
    }
    change.fields.iter().for_each(|one| field(one, entries));
}

fn field(field: &Field, entries: &mut Vec<Entry>) {
    let mut path = field.path.as_str();
    let signed = [("- ", Tone::Bad, &field.removed), ("+ ", Tone::Good, &field.added)];
    for (sign, tone, values) in signed {
        for value in values {
            let text = Text::of(tone, sign).with(Tone::Text, short(value));
            let path = Text::of(Tone::Dim, std::mem::take(&mut path));
            entries.push(Entry::Row { cells: vec![Text::default(), path, text], link: None });
        }
    }
}
