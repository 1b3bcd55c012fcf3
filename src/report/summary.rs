//! The one sentence of an answer that a person can act on.

use super::why::{Document, Path};
use crate::reach::Verdict;

/// Says the verdict and, where something is in the way, the first reason and how many more there are.
pub(super) fn summary(document: &Document, got: &str) -> String {
    let (from, to) = (&document.from.name, &document.to.name);
    let with = &document.flow.text;
    match document.verdict {
        // What is left open asks whether any of it gets there: here a part does.
        Verdict::Reachable if is_in_part(document, got) => {
            format!("{from} reaches {to} with {got}, and with nothing else of {with}.")
        }
        Verdict::Reachable => format!("{from} reaches {to} ({with})."),
        Verdict::Blocked => format!("{from} cannot reach {to} ({with}): {}.", reasons(document)),
        Verdict::Partial => {
            let how = how_much(document);
            format!("{from} reaches {to} only partly ({with}): {how}; {}.", reasons(document))
        }
        Verdict::Unknown => {
            format!("Whether {from} reaches {to} ({with}) is not known: {}.", missing(document))
        }
    }
}

/// Whether a question that leaves the port open is answered for a part of it.
fn is_in_part(document: &Document, got: &str) -> bool {
    document.flow.port.is_none() && !document.blockers.is_empty() && got != document.flow.text
}

/// Which family works where that is the difference, else how many of the paths.
fn how_much(document: &Document) -> String {
    let (works, fails): (Vec<&Path>, Vec<&Path>) =
        document.paths.iter().partition(|path| path.verdict == Verdict::Reachable);
    let all =
        |paths: &[&Path], v6| !paths.is_empty() && paths.iter().all(|path| is_v6(path) == Some(v6));
    if all(&works, false) && all(&fails, true) {
        "over IPv4, and not over IPv6".into()
    } else if all(&works, true) && all(&fails, false) {
        "over IPv6, and not over IPv4".into()
    } else if document.paths.len() > 1 {
        format!("{} of {} paths work", works.len(), document.paths.len())
    } else {
        "not every connection works".into()
    }
}

/// The family of a path, where one of its ends tells it.
fn is_v6(path: &Path) -> Option<bool> {
    let ends = [&path.from, &path.to].into_iter();
    let mut addresses = ends.filter_map(|end| end.ip.as_ref());
    addresses.next().map(|address| address.contains(':'))
}

fn reasons(document: &Document) -> String {
    match document.blockers.as_slice() {
        [] => "nothing leads there".into(),
        [only] => only.reason.clone(),
        several => {
            let numbered = several.iter().zip(1..).map(|(blocker, number)| {
                format!("({number}) {}", without_near_miss(&blocker.reason))
            });
            format!("{} reasons: {}", several.len(), numbered.collect::<Vec<_>>().join("; "))
        }
    }
}

/// Of several reasons each is told shortly; the near misses are with the blockers.
fn without_near_miss(reason: &str) -> &str {
    reason.split("; nearest:").next().unwrap_or(reason)
}

fn missing(document: &Document) -> String {
    document
        .unknowns
        .first()
        .map_or_else(|| "the data does not tell".into(), |unknown| unknown.reason.clone())
}
