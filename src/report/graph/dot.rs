//! An answer for Graphviz: a cluster per path.

use std::fmt::{self, Write};

use super::{Chain, Look, Stage, chains, label, quoted, title};
use crate::report::why::{Document, StepOutcome};

/// The answer as a graph.
pub fn dot(document: &Document) -> String {
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = write(document, &mut out);
    out
}

fn write(document: &Document, out: &mut String) -> fmt::Result {
    writeln!(out, "digraph why {{\n  label={};", quoted(&title(document)))?;
    writeln!(out, "  labelloc=t;\n  node [shape=box];")?;
    for (number, chain) in chains(document, usize::MAX).iter().enumerate() {
        cluster(number, chain, out)?;
    }
    writeln!(out, "}}")
}

fn cluster(number: usize, chain: &Chain, out: &mut String) -> fmt::Result {
    writeln!(out, "  subgraph cluster_{number} {{\n    label={};", quoted(&chain.title))?;
    for (at, stage) in chain.stages.iter().enumerate() {
        let text = label(stage.lines.iter().map(String::as_str));
        writeln!(out, "    p{number}_{at} [label={text}{}];", look(stage))?;
    }
    for arrow in &chain.arrows {
        let style = if arrow.is_back { " [style=dashed]" } else { "" };
        writeln!(out, "    p{number}_{} -> p{number}_{}{style};", arrow.from, arrow.to)?;
    }
    writeln!(out, "  }}")
}

fn look(stage: &Stage) -> &'static str {
    match stage.look {
        Look::End => ", style=bold",
        Look::Outcome(StepOutcome::Pass | StepOutcome::Skipped) => ", color=darkgreen",
        Look::Outcome(StepOutcome::Block) => ", color=red, penwidth=2",
        Look::Outcome(StepOutcome::Unknown) => ", color=orange, style=dashed",
    }
}
