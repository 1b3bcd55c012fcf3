//! The tree for Graphviz: what holds others is a frame, an interface is a box.

use std::fmt::{self, Write};

use super::{label, quoted};
use crate::report::tree::{Document, Node};

/// The tree as a graph.
pub fn dot(document: &Document) -> String {
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = write(document, &mut out);
    out
}

fn write(document: &Document, out: &mut String) -> fmt::Result {
    writeln!(out, "digraph tree {{\n  label={};", quoted(&document.origin))?;
    writeln!(out, "  rankdir=LR;\n  labelloc=t;\n  node [shape=box];")?;
    let mut number = 0;
    document.accounts.iter().try_for_each(|account| node(account, 1, &mut number, out))?;
    writeln!(out, "}}")
}

fn node(of: &Node, level: usize, number: &mut usize, out: &mut String) -> fmt::Result {
    let (indent, own) = ("  ".repeat(level), *number);
    *number += 1;
    if matches!(of.kind, "interface" | "resource") {
        return writeln!(out, "{indent}n{own} [label={}];", leaf(of));
    }
    writeln!(out, "{indent}subgraph cluster_{own} {{\n{indent}  label={};", frame(of))?;
    if of.children.is_empty() {
        // Graphviz draws no frame around nothing.
        writeln!(out, "{indent}  n{own} [shape=plaintext, label=\"empty\"];")?;
    }
    of.children.iter().try_for_each(|child| node(child, level + 1, number, out))?;
    writeln!(out, "{indent}}}")
}

fn frame(of: &Node) -> String {
    let title = format!("{} {}", of.kind, of.name);
    let id = (of.id != of.name && matches!(of.kind, "vpc" | "subnet")).then_some(&*of.id);
    let place = [of.cidr.as_deref(), of.zone.as_deref()].into_iter().flatten();
    let place = place.collect::<Vec<_>>().join(" ");
    let lines = [Some(&*title), id, Some(&*place), of.way_out.as_deref()];
    label(lines.into_iter().flatten().filter(|line| !line.is_empty()))
}

fn leaf(of: &Node) -> String {
    let public = of.public.as_ref().map(|public| format!("public {public}"));
    let title = format!("{} {}", of.owner.unwrap_or(of.kind), of.name);
    let lines = [Some(&*title), of.address.as_deref(), public.as_deref(), of.idle.as_deref()];
    label(lines.into_iter().flatten())
}
