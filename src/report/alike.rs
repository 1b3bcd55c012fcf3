//! Paths that differ in nothing but their addresses are told once.

use super::why::{Path, StepOutcome};
use crate::reach::Verdict;

/// The different paths with the number of those like each, the worst first.
pub(super) fn distinct(paths: &[Path]) -> Vec<(&Path, usize)> {
    let mut found: Vec<(&Path, usize)> = Vec::new();
    for path in paths {
        match found.iter_mut().find(|(other, _)| alike(path, other)) {
            Some((_, count)) => *count += 1,
            None => found.push((path, 1)),
        }
    }
    found.sort_by_key(|(path, _)| severity(path.verdict));
    found
}

fn severity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Blocked => 0,
        Verdict::Partial => 1,
        Verdict::Unknown => 2,
        Verdict::Reachable => 3,
    }
}

fn alike(one: &Path, other: &Path) -> bool {
    let steps = |path: &Path| -> Vec<_> {
        let all = path.forward.iter().chain(&path.back).filter(|step| step.check != "endpoint");
        all.map(|step| (step.check, step.outcome, step.component.clone())).collect()
    };
    one.verdict == other.verdict && steps(one) == steps(other)
}

/// Whether a check stops something, or may.
pub(super) fn is_stop(outcome: StepOutcome) -> bool {
    matches!(outcome, StepOutcome::Block | StepOutcome::Unknown)
}
