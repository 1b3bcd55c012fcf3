//! An answer as a Mermaid flowchart, for markdown that draws them.

use std::fmt::{self, Write};

use super::{Chain, Look, chains};
use crate::report::safe_text::safe;
use crate::report::why::{Document, StepOutcome};

/// How many different paths are drawn: what is pasted into a channel is to be seen at a glance.
const PATHS: usize = 2;

/// Classes and their looks; colours by name, since `#` begins an entity.
const LOOKS: [(Look, &str, &str); 4] = [
    (Look::End, "place", "stroke-width:2px"),
    (Look::Outcome(StepOutcome::Pass), "pass", "stroke:green"),
    (Look::Outcome(StepOutcome::Block), "block", "stroke:red,stroke-width:3px"),
    (Look::Outcome(StepOutcome::Unknown), "unknown", "stroke:orange,stroke-dasharray:4"),
];

/// The paths of an answer as a flowchart; empty where there is none.
pub fn mermaid(document: &Document) -> String {
    let chains = chains(document, PATHS);
    let mut out = String::new();
    if !chains.is_empty() {
        // Writing into a string does not fail.
        let _ = write(&chains, &mut out);
    }
    out
}

fn write(chains: &[Chain], out: &mut String) -> fmt::Result {
    writeln!(out, "flowchart LR")?;
    for (number, chain) in chains.iter().enumerate() {
        writeln!(out, "  subgraph path{number}[\"{}\"]", escaped(&chain.title))?;
        part(number, chain, out)?;
        writeln!(out, "  end")?;
    }
    LOOKS.iter().try_for_each(|(look, class, style)| paint(chains, *look, class, style, out))
}

fn part(number: usize, chain: &Chain, out: &mut String) -> fmt::Result {
    for (at, stage) in chain.stages.iter().enumerate() {
        let lines: Vec<_> = stage.lines.iter().map(|line| escaped(line)).collect();
        writeln!(out, "    p{number}s{at}[\"{}\"]", lines.join("<br/>"))?;
    }
    chain.arrows.iter().try_for_each(|arrow| {
        let line = if arrow.is_back { "-.->" } else { "-->" };
        writeln!(out, "    p{number}s{} {line} p{number}s{}", arrow.from, arrow.to)
    })
}

fn paint(chains: &[Chain], look: Look, class: &str, style: &str, out: &mut String) -> fmt::Result {
    let stages = chains.iter().enumerate().flat_map(|(number, chain)| {
        let like = chain.stages.iter().enumerate().filter(move |(_, stage)| stage.look == look);
        like.map(move |(at, _)| format!("p{number}s{at}"))
    });
    let stages: Vec<_> = stages.collect();
    if stages.is_empty() {
        return Ok(());
    }
    writeln!(out, "  classDef {class} {style}\n  class {} {class}", stages.join(","))
}

/// Only letters, digits and what never means anything stay as they are: Mermaid finds directives, icons and markdown in
/// labels too.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in safe(text).chars() {
        if !letter.is_ascii() || letter.is_ascii_alphanumeric() || " -_.,/()".contains(letter) {
            out.push(letter);
        } else {
            // Writing into a string does not fail.
            let _ = write!(out, "#{};", u32::from(letter));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn names_are_only_names() {
        assert_eq!(escaped("orders-db (10.0.11.40)"), "orders-db (10.0.11.40)");
        let hostile = r#"a"] --> b["`*x*` %%{init}%% #quot; <img> fa:fa-x"#;
        let harmless = escaped(hostile);
        assert!(!harmless.contains(['"', '`', '*', '%', '{', '<', ':', '[']), "{harmless}");
        assert_eq!(escaped("#;"), "#35;#59;");
    }
}
