//! Who reaches whom, for people: how many first, then by group, subnet and user, the largest first.

use super::ends::Label;
use super::rows::{Row, rows};
use crate::model::catalogue::Envelope;
use crate::reach::whole::{Answered, Reach, Scope};
use crate::report::naming;
use crate::report::page::{Cell, Page, Tone};
use crate::report::words::counted;
use crate::store::Store;

/// More rows help nobody; the JSON has all.
const SHOWN: usize = 60;
/// Names in a row.
const NAMES: usize = 3;

/// The answer as text.
pub fn page(store: &Store, scope: &Scope, reach: &Reach) -> Page {
    let rows = rows(store, scope, reach);
    let (sure, unsure): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| !row.is_unsure);
    let mut page = Page::new();
    page.say(Tone::Strong, heading(store, scope, &sure));
    list(&mut page, scope, &sure);
    if store.lacks(Envelope::NetworkInterfaces) {
        page.gap();
        let lacks = "not known without DescribeNetworkInterfaces: who else there is";
        page.say(Tone::Unsure, lacks);
    }
    if !unsure.is_empty() {
        page.gap();
        let pairs = counted(total(&unsure), "pair");
        page.say(Tone::Unsure, format!("not known, for want of data or of a model: {pairs}"));
        list(&mut page, scope, &unsure);
    }
    page
}

fn heading(store: &Store, scope: &Scope, rows: &[Row]) -> String {
    let called = |end| naming::end(store, end).name;
    let flow = naming::flow(&scope.flow).text;
    let total = total(rows);
    let is_told = !store.lacks(Envelope::NetworkInterfaces);
    let pairs = |count| match (count, is_told) {
        (0, true) => "nothing".to_owned(),
        (0, false) => "not known".to_owned(),
        _ => counted(count, "pair"),
    };
    match (&scope.from, &scope.to) {
        (Some(from), Some(to)) if rows.is_empty() && !is_told => {
            format!("from {} to {} ({flow}): not known", called(from), called(to))
        }
        (Some(from), Some(to)) if rows.is_empty() => {
            format!("nothing gets from {} to {} ({flow})", called(from), called(to))
        }
        (Some(from), Some(to)) => format!("from {} to {} ({flow}):", called(from), called(to)),
        (Some(from), None) => format!("what {} reaches ({flow}): {}", called(from), pairs(total)),
        (None, Some(to)) => format!("who reaches {} ({flow}): {}", called(to), pairs(total)),
        (None, None) => {
            let ends = store.interfaces.len() + 1;
            let all = ends * ends.saturating_sub(1);
            format!("{total} of {} let something through ({flow})", counted(all, "pair"))
        }
    }
}

fn total(rows: &[Row]) -> usize {
    rows.iter().map(|row| row.pairs).sum()
}

fn list(page: &mut Page, scope: &Scope, rows: &[Row]) {
    let cells: Vec<_> = rows.iter().take(SHOWN).map(|row| cells(scope, row)).collect();
    page.table(2, &cells);
    if let Some(more) = rows.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let pairs = total(rows.get(SHOWN..).unwrap_or_default());
        page.say(Tone::Dim, format!("  and {} in {more} more rows", counted(pairs, "pair")));
    }
}

fn cells(scope: &Scope, row: &Row) -> Vec<Cell> {
    let mut cells = vec![(Tone::Strong, row.pairs.to_string())];
    if scope.from.is_none() || scope.to.is_some() {
        cells.extend(who(&row.from));
    }
    if scope.from.is_none() && scope.to.is_none() {
        cells.push((Tone::Dim, "→".into()));
    }
    if scope.to.is_none() {
        cells.extend(who(&row.to));
    }
    cells.push((Tone::Plain, row.traffic.clone()));
    cells.push(answered(row));
    cells.push((Tone::Dim, names(row)));
    cells
}

fn who(label: &Label) -> [Cell; 3] {
    let kind = if label.part.is_empty() {
        label.kind.clone()
    } else {
        format!("{} ({})", label.kind, label.part)
    };
    [(Tone::Plain, kind), (Tone::Plain, label.groups.clone()), (Tone::Dim, label.subnet.clone())]
}

fn answered(row: &Row) -> Cell {
    let (tone, text) = match row.answered {
        _ if row.is_unsure => (Tone::Unsure, "?"),
        Answered::All => (Tone::Good, "answered"),
        Answered::Some => (Tone::Unsure, "partly answered"),
        Answered::None => (Tone::Bad, "not answered"),
        Answered::Unknown => (Tone::Unsure, "answers not known"),
    };
    (tone, text.into())
}

fn names(row: &Row) -> String {
    let mut names = row.names.clone();
    names.sort();
    names.dedup();
    let more = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    let listed = names.join(", ");
    if more == 0 { listed } else { format!("{listed} ...") }
}
