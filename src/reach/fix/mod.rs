//! Repairs: the narrowest changes that make a question's flow work, each proven by asking again.
//!
//! [`propose`] looks at the blockers of an answer, `change` applies what is proposed to a copy of the network, and the
//! search below repeats that until the question is answered "reachable", then leaves out what was not needed.

mod change;
mod edit;
mod links;
mod opens;
mod propose;

use super::ask;
use super::question::Question;
use super::{Answer, Verdict};
use crate::store::Store;

pub use self::change::{Change, FixPeer, NEW_NAT, RouteTarget};

/// More rounds than any repair needs: each round removes the blockers that the last one uncovered.
const MOST_ROUNDS: usize = 5;

/// One repair: changes that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What to change, in this order.
    pub changes: Vec<Change>,
    /// What the question's verdict is with it.
    pub verdict_after: Verdict,
    /// How many other pairs of interfaces it opens for this flow.
    pub also_opens: usize,
}

/// The repairs of an answer, the complete one first.
pub(super) fn fixes(store: &Store, answer: &Answer) -> Vec<Fix> {
    if matches!(answer.verdict, Verdict::Reachable | Verdict::Unknown) {
        return Vec::new();
    }
    let question = &answer.question;
    let whole = needed(store, question, search(store, answer));
    let mut fixes: Vec<Fix> = Vec::new();
    let singles = propose::changes(store, answer).into_iter().map(|change| vec![change]);
    for changes in std::iter::once(whole).chain(singles) {
        let known = fixes.iter().any(|fix| fix.changes == changes);
        if !changes.is_empty() && !known {
            fixes.extend(proven(store, question, answer.verdict, changes));
        }
    }
    fixes.sort_by_key(|fix| fix.verdict_after);
    fixes
}

/// Applies changes to a copy of the network.
pub(super) fn applied(store: &Store, changes: &[Change]) -> Store {
    changes.iter().fold(store.clone(), |store, change| change.applied(&store))
}

/// Changes until nothing blocks, or nothing can be proposed.
fn search(store: &Store, answer: &Answer) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut network = store.clone();
    let mut answer = answer.clone();
    for _ in 0..MOST_ROUNDS {
        let new: Vec<_> = propose::changes(&network, &answer);
        let new: Vec<_> = new.into_iter().filter(|change| !changes.contains(change)).collect();
        if new.is_empty() || answer.verdict == Verdict::Reachable {
            break;
        }
        network = applied(&network, &new);
        changes.extend(new);
        answer = ask::answer(&network, &answer.question, true);
    }
    changes
}

/// Leaves out each change without which the verdict is as good.
fn needed(store: &Store, question: &Question, mut changes: Vec<Change>) -> Vec<Change> {
    let verdict =
        |changes: &[Change]| ask::answer(&applied(store, changes), question, false).verdict;
    let best = verdict(&changes);
    let mut at = 0;
    while at < changes.len() && changes.len() > 1 {
        let mut fewer = changes.clone();
        fewer.remove(at);
        if verdict(&fewer) == best {
            changes = fewer;
        } else {
            at += 1;
        }
    }
    changes
}

/// A repair with its proof; none where it does not better the verdict.
fn proven(
    store: &Store,
    question: &Question,
    before: Verdict,
    changes: Vec<Change>,
) -> Option<Fix> {
    let after = applied(store, &changes);
    let verdict_after = ask::answer(&after, question, false).verdict;
    if verdict_after >= before {
        return None;
    }
    let also_opens = opens::others(store, &after, question, &changes);
    Some(Fix { changes, verdict_after, also_opens })
}
