//! Who reaches whom as a graph for Graphviz: a node per group of like ends, an edge per outcome.

use std::fmt::Write as _;

use super::ends::Label;
use super::rows::{Row, rows};
use crate::reach::whole::{Answered, Reach, Scope};
use crate::report::graph::{label, quoted};
use crate::store::Store;

/// The answer as a graph.
pub fn dot(store: &Store, scope: &Scope, reach: &Reach) -> String {
    let rows = rows(store, scope, reach);
    let mut labels: Vec<&Label> = rows.iter().flat_map(|row| [&row.from, &row.to]).collect();
    labels.sort();
    labels.dedup();
    let mut text = String::from("digraph reach {\n  rankdir=LR;\n  node [shape=box];\n");
    for (number, label) in labels.iter().enumerate() {
        let _ = writeln!(text, "  n{number} [label={}];", node(label));
    }
    for row in &rows {
        let at = |label: &Label| labels.binary_search(&label).unwrap_or_default();
        let (from, to) = (at(&row.from), at(&row.to));
        let _ = writeln!(text, "  n{from} -> n{to} [label={}, style={}];", edge(row), style(row));
    }
    text + "}\n"
}

fn node(of: &Label) -> String {
    let lines = [&of.kind, &of.groups, &of.subnet, &of.part];
    label(lines.into_iter().filter(|line| !line.is_empty()).map(String::as_str))
}

fn edge(row: &Row) -> String {
    let pairs = if row.pairs == 1 { String::new() } else { format!("{}x ", row.pairs) };
    quoted(&format!("{pairs}{}", row.traffic))
}

/// Solid where all is answered, dashed where not, dotted where it is not known.
fn style(row: &Row) -> &'static str {
    match row.answered {
        _ if row.is_unsure => "dotted",
        Answered::All => "solid",
        Answered::Some | Answered::None => "dashed",
        Answered::Unknown => "dotted",
    }
}
