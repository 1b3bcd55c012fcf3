//! The one sentence of an answer that a person can act on.

use super::why::Document;
use crate::reach::Verdict;

/// Says the verdict and, where something is in the way, the first reason and how many more there are.
pub(super) fn summary(document: &Document) -> String {
    let (from, to) = (&document.from.name, &document.to.name);
    let with = &document.flow.text;
    match document.verdict {
        Verdict::Reachable => format!("{from} reaches {to} ({with})."),
        Verdict::Blocked => format!("{from} cannot reach {to} ({with}): {}.", reasons(document)),
        Verdict::Partial => {
            let works =
                document.paths.iter().filter(|path| path.verdict == Verdict::Reachable).count();
            let all = document.paths.len();
            let how = if all > 1 {
                format!("{works} of {all} paths work")
            } else {
                "not every connection works".into()
            };
            format!("{from} reaches {to} only partly ({with}): {how}; {}.", reasons(document))
        }
        Verdict::Unknown => {
            format!("Whether {from} reaches {to} ({with}) is not known: {}.", missing(document))
        }
    }
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
