//! The edges of an answer as rows for people: what says the same is one row with a count, the largest first.

use std::collections::BTreeMap;

use super::allowed::is_all;
use super::ends::{Label, label, names};
use crate::model::address::AddressSet;
use crate::model::traffic::Traffic;
use crate::reach::whole::{Answered, Edge, Part, Reach, Scope};
use crate::report::naming;
use crate::store::Store;

/// Pairs that say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::report) struct Row {
    pub from: Label,
    pub to: Label,
    /// What gets there, in words.
    pub traffic: String,
    pub answered: Answered,
    /// Whether it only may get there.
    pub is_unsure: bool,
    /// How many pairs.
    pub pairs: usize,
    /// Names of some of those who are many: the sources, or the targets where the source is one.
    pub names: Vec<String>,
}

/// What makes rows differ.
type Key = (Label, Label, String, Answered, bool);

/// The rows of an answer.
pub(in crate::report) fn rows(store: &Store, scope: &Scope, reach: &Reach) -> Vec<Row> {
    let mut rows: BTreeMap<Key, Row> = BTreeMap::new();
    for edge in reach.edges() {
        let got = reach.got(edge);
        for (traffic, is_unsure) in [(&got.allowed, false), (&got.unknown, true)] {
            if !traffic.is_empty() {
                add(store, scope, reach, edge, traffic, is_unsure, &mut rows);
            }
        }
    }
    let mut rows: Vec<_> = rows.into_values().collect();
    rows.sort_by_key(|row| (row.is_unsure, std::cmp::Reverse(row.pairs)));
    rows
}

fn add(
    store: &Store,
    scope: &Scope,
    reach: &Reach,
    edge: &Edge,
    traffic: &Traffic,
    is_unsure: bool,
    rows: &mut BTreeMap<Key, Row>,
) {
    let part = |of: fn(&Part) -> Option<&AddressSet>| {
        edge.part().and_then(of).map(addresses).unwrap_or_default()
    };
    let from =
        Label { part: part(Part::from), ..label(store, reach.from(edge), scope.from.as_ref()) };
    let to = Label { part: part(Part::to), ..label(store, reach.to(edge), scope.to.as_ref()) };
    let text = words(traffic);
    let answered = reach.got(edge).answered;
    let new = Row {
        from: from.clone(),
        to: to.clone(),
        traffic: text.clone(),
        answered,
        is_unsure,
        pairs: 0,
        names: Vec::new(),
    };
    let row = rows.entry((from, to, text, answered, is_unsure)).or_insert(new);
    row.pairs += reach.count(store, edge);
    let many = if scope.from.is_some() { reach.to(edge) } else { reach.from(edge) };
    row.names.extend(names(store, many));
}

/// Traffic in one line.
pub(in crate::report) fn words(traffic: &Traffic) -> String {
    if is_all(traffic) { "all traffic".into() } else { naming::traffic(traffic) }
}

/// A set of addresses in a few words.
fn addresses(set: &AddressSet) -> String {
    match set.prefixes().as_slice() {
        [] => String::new(),
        [one] => one.to_string(),
        [first, second] => format!("{first}, {second}"),
        [first, rest @ ..] => format!("{first} and {} more prefixes", rest.len()),
    }
}
