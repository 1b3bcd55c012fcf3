//! Answers as pictures, for Graphviz and as Mermaid.
//!
//! An answer is a picture of its paths: chains of checks from one end to the other. The way back is drawn check by check
//! only where something stands in it. Names come from AWS and may hold anything: `graphviz` and `mermaid` each have one
//! place that makes them harmless.

mod dot;
mod graphviz;
mod mermaid;
mod tree;

use super::alike::{distinct, is_stop};
use super::text::{component_name, glyph, outcome, point};
use super::why::{Document, End, Path, Point, Step, StepOutcome};
use crate::reach::Verdict;

pub use self::dot::dot;
pub(super) use self::graphviz::{label, quoted};
pub(super) use self::mermaid::mermaid;
pub use self::tree::dot as dot_of_tree;

/// One path: stages, and arrows between them.
#[derive(Debug, Default)]
struct Chain {
    title: String,
    stages: Vec<Stage>,
    arrows: Vec<Arrow>,
}

/// An end or a check.
#[derive(Debug)]
struct Stage {
    lines: Vec<String>,
    look: Look,
}

/// How a stage looks; its words say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    End,
    Outcome(StepOutcome),
}

#[derive(Debug)]
struct Arrow {
    from: usize,
    to: usize,
    is_back: bool,
}

/// The first `most` different paths of an answer, the worst first.
fn chains(document: &Document, most: usize) -> Vec<Chain> {
    let paths = distinct(&document.paths).into_iter().take(most);
    paths.map(|(path, count)| Chain::of(document, path, count)).collect()
}

/// What was asked, and the verdict.
fn title(document: &Document) -> String {
    let (from, to) = (&document.from.name, &document.to.name);
    let verdict = document.verdict;
    format!("{from} → {to}, {}: {} {verdict}", document.flow.text, glyph(verdict))
}

impl Chain {
    fn of(document: &Document, path: &Path, count: usize) -> Self {
        let more = if count > 1 { format!(", and {} like it", count - 1) } else { String::new() };
        let title = format!("{} {}{more}", glyph(path.verdict), path.verdict);
        let mut chain = Self { title, ..Self::default() };
        let source = chain.add(end(&document.from, &path.from));
        let last = chain.steps(source, &path.forward, false);
        let target = chain.add(end(&document.to, &path.to));
        chain.arrow(last, target, false);
        chain.way_back(path, source, target);
        chain
    }

    fn way_back(&mut self, path: &Path, source: usize, target: usize) {
        if path.back.iter().any(|step| is_stop(step.outcome)) {
            let last = self.steps(target, &path.back, true);
            self.arrow(last, source, true);
        } else if path.verdict == Verdict::Reachable {
            self.arrow(target, source, true);
        }
    }

    /// Adds the checks that apply, each behind the one before it, and tells the last.
    fn steps(&mut self, from: usize, steps: &[Step], is_back: bool) -> usize {
        let drawn = steps.iter().filter(|step| match step.outcome {
            StepOutcome::Skipped => false,
            StepOutcome::Pass => step.check != "endpoint",
            StepOutcome::Block | StepOutcome::Unknown => true,
        });
        drawn.fold(from, |last, step| {
            let next = self.add(check(step));
            self.arrow(last, next, is_back);
            next
        })
    }

    fn add(&mut self, stage: Stage) -> usize {
        self.stages.push(stage);
        self.stages.len() - 1
    }

    fn arrow(&mut self, from: usize, to: usize, is_back: bool) {
        self.arrows.push(Arrow { from, to, is_back });
    }
}

fn end(end: &End, at: &Point) -> Stage {
    let place = Some(point(at)).filter(|place| *place != end.name);
    Stage { lines: std::iter::once(end.name.clone()).chain(place).collect(), look: Look::End }
}

fn check(step: &Step) -> Stage {
    let what = format!("{} {}", outcome(step.outcome).0, step.check);
    let name = component_name(&step.component);
    let code = step.code.filter(|_| is_stop(step.outcome)).map(str::to_owned);
    let lines = [what, name].into_iter().chain(code).filter(|line| !line.is_empty());
    Stage { lines: lines.collect(), look: Look::Outcome(step.outcome) }
}
