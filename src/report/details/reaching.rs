//! What a thing reaches and who reaches it, as parts of its sheet: how many first, the list when it is asked for.

use super::sheet::{Entry, Text, Tone, dim};
use crate::reach::End;
use crate::reach::whole::{Answered, Reach, Scope};
use crate::report::reach::{Row, rows};
use crate::report::words::counted;
use crate::store::Store;

/// Which way it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// What the thing reaches.
    Out,
    /// Who reaches the thing.
    In,
}

/// Longer lists end with how many more there are.
const LISTED: usize = 40;

impl Way {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Out, Self::In];

    /// The question about everybody that tells it.
    pub fn scope(self, end: &End) -> Scope {
        let end = Some(end.clone());
        match self {
            Self::Out => Scope { from: end, ..Scope::default() },
            Self::In => Scope { to: end, ..Scope::default() },
        }
    }

    /// The heading over it.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Out => "Reaches",
            Self::In => "Reached by",
        }
    }
}

/// The answer as parts of a sheet: a heading that counts, and rows that list.
pub fn entries(store: &Store, end: &End, way: Way, reach: &Reach) -> Vec<Entry> {
    let rows = rows(store, &way.scope(end), reach);
    let (sure, unsure): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| !row.is_unsure);
    let heading =
        Entry::Heading { text: way.heading().to_owned(), aside: count(&sure, &unsure), link: None };
    let more = (sure.len() + unsure.len()).saturating_sub(LISTED);
    let listed = sure.iter().chain(&unsure).take(LISTED).map(|one| row(one, way));
    let more = (more > 0).then(|| Entry::Row {
        cells: vec![dim(format!("and {more} more rows: vpctui reach lists all"))],
        link: None,
    });
    std::iter::once(heading).chain(listed).chain(more).collect()
}

fn count(sure: &[Row], unsure: &[Row]) -> Text {
    let total = |rows: &[Row]| rows.iter().map(|row| row.pairs).sum::<usize>();
    let text = match total(sure) {
        0 => dim("✗ nothing"),
        ends => Text::of(Tone::Good, format!("✓ {}", counted(ends, "end"))),
    };
    match total(unsure) {
        0 => text,
        ends => text.with(Tone::Unknown, format!("  ? {ends} not known")),
    }
}

fn row(row: &Row, way: Way) -> Entry {
    let who = if way == Way::Out { &row.to } else { &row.from };
    let mut names = row.names.clone();
    names.sort();
    names.dedup();
    let (tone, answer) = match row.answered {
        _ if row.is_unsure => (Tone::Unknown, "? not known"),
        Answered::All => (Tone::Good, "✓"),
        Answered::Some => (Tone::Warn, "◐ answered in part"),
        Answered::None => (Tone::Bad, "✗ not answered"),
        Answered::Unknown => (Tone::Unknown, "? answers not known"),
    };
    let kind = match row.pairs {
        1 => who.kind.clone(),
        many => format!("{many} × {}", who.kind),
    };
    let cells = vec![
        Text::of(tone, answer),
        Text::of(Tone::Strong, names.join(", ")),
        dim(kind),
        Text::from(row.traffic.as_str()),
    ];
    Entry::Row { cells, link: None }
}
