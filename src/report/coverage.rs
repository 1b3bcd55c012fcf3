//! What could not be read: the calls that were denied, failed, broke off or were never made, the IAM action that each
//! wants, and what that makes unknown.

use super::details::{Entry, Text, Tone};
use crate::model::catalogue::{CALLS, Call};
use crate::store::{Knowledge, Place, Store};

/// One way in which something is not known.
struct Lack {
    heading: &'static str,
    aside: &'static str,
    is_it: fn(&Place, &Call) -> bool,
}

/// The worst first.
const LACKS: [Lack; 3] = [
    Lack {
        heading: "Denied",
        aside: "the caller lacks these permissions",
        is_it: |place, call| matches!(place.knowledge(call.envelope), Knowledge::Denied(_)),
    },
    Lack {
        heading: "Failed or broke off",
        aside: "reading again may help",
        is_it: |place, call| matches!(place.knowledge(call.envelope), Knowledge::Broken(_)),
    },
    Lack {
        heading: "Not read",
        aside: "no such file, or the call was not made",
        is_it: |place, call| {
            call.flag.is_none() && matches!(place.knowledge(call.envelope), Knowledge::Missing)
        },
    },
];

/// Why the last reading failed, if it did, what the reader remarked, and everything that is not known for want of data.
pub fn entries(store: &Store, failure: Option<String>) -> Vec<Entry> {
    let failure: Vec<String> = failure.into_iter().collect();
    let mut entries = told("The last reading failed", "what is shown is older", &failure);
    entries.extend(told("Notices", "of whoever read this network", &store.origin.notices));
    if store.places.is_empty() && !entries.is_empty() {
        return entries;
    }
    let lacks: Vec<Entry> = LACKS.iter().flat_map(|lack| of_lack(store, lack)).collect();
    if lacks.is_empty() {
        entries.push(all_well(store));
        return entries;
    }
    entries.extend(lacks);
    entries.push(Entry::Heading { text: "What to do".into(), aside: Text::default(), link: None });
    entries.push(Entry::Note(
        "`vpctui iam-policy` prints a policy with all the permissions that are used.".into(),
    ));
    entries
        .push(Entry::Note("Answers that rest on what is missing are “unknown” and say so.".into()));
    entries
}

/// Sentences that want to be read, under a heading; nothing where there are none.
fn told(heading: &str, aside: &str, sentences: &[String]) -> Vec<Entry> {
    if sentences.is_empty() {
        return Vec::new();
    }
    let aside = Text::of(Tone::Dim, aside);
    let heading = Entry::Heading { text: heading.to_owned(), aside, link: None };
    let row = |sentence: &String| {
        let cells = vec![Text::of(Tone::Warn, "! ").with(Tone::Text, sentence)];
        Entry::Row { cells, link: None }
    };
    std::iter::once(heading).chain(sentences.iter().map(row)).collect()
}

/// Notices may tell of calls that were not made at all.
fn all_well(store: &Store) -> Entry {
    let then = if store.origin.notices.is_empty() {
        "Every call was answered in full: nothing is unknown for want of data."
    } else {
        "Every call that was made was answered in full."
    };
    Entry::Note(then.to_owned())
}

fn of_lack(store: &Store, lack: &Lack) -> Vec<Entry> {
    let rows: Vec<Entry> = CALLS.iter().filter_map(|call| row(store, lack, call)).collect();
    if rows.is_empty() {
        return rows;
    }
    let aside = Text::of(Tone::Dim, lack.aside);
    let heading = Entry::Heading { text: lack.heading.to_owned(), aside, link: None };
    std::iter::once(heading).chain(rows).collect()
}

fn row(store: &Store, lack: &Lack, call: &Call) -> Option<Entry> {
    let places: Vec<&Place> =
        store.places.iter().filter(|place| (lack.is_it)(place, call)).collect();
    let first = places.first()?;
    let told = match first.knowledge(call.envelope) {
        Knowledge::Denied(action) if !action.is_empty() => action,
        _ => call.action,
    };
    let cells = vec![
        Text::of(Tone::Warn, "! ").with(Tone::Strong, call.operation),
        Text::of(Tone::Text, told),
        Text::of(Tone::Unknown, "? ").with(Tone::Text, call.tells),
        Text::of(Tone::Dim, where_it_is(store, &places)),
    ];
    Some(Entry::Row { cells, link: None })
}

/// The region, or how many of them; nothing where there is only one.
fn where_it_is(store: &Store, places: &[&Place]) -> String {
    match (places, store.places.len()) {
        (_, 1) => String::new(),
        ([only], _) => only.region.to_string(),
        (some, all) => format!("{} of {all} regions", some.len()),
    }
}
