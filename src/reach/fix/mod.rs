//! Repairs: the narrowest changes that make a question's flow work, each proven by asking again.
//!
//! [`propose`] looks at the blockers of an answer, `change` applies what is proposed to a copy of the network, and the
//! search below repeats that until the question is answered "reachable", then leaves out what was not needed.

mod affected;
mod change;
mod edge;
mod edit;
mod edit_edge;
mod edit_link;
mod filters;
mod function;
mod links;
mod opens;
mod propose;
mod remedy;
mod ways;

pub(super) use self::opens::opened;
pub use self::remedy::{no_repair, none_found};
use super::answer::{Component, Outcome};
use super::ask;
use super::question::Question;
use super::{Answer, Code, Verdict};
use crate::store::Store;

pub use self::change::{
    Change, Edge, FixPeer, Link, NEW_EGRESS_ONLY, NEW_GROUP, NEW_NAT, RouteTarget,
};
pub use self::opens::{Opened, Place};

/// More rounds than any repair needs: each round removes the blockers that the last one uncovered.
const MOST_ROUNDS: usize = 5;

/// One repair: changes that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What to change, in this order.
    pub changes: Vec<Change>,
    /// What the question's verdict is with it.
    pub verdict_after: Verdict,
    /// The blockers that are gone with it.
    pub removes: Vec<Blocked>,
    /// Between how many other pairs of ends it lets something through that did not get through before.
    pub also_opens: usize,
}

/// Something that stops all or a part of what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Why.
    pub code: Code,
    /// What.
    pub component: Component,
    /// Whether it is on the way back.
    pub is_back: bool,
}

/// What stops anything on any path of an answer.
fn blocked(answer: &Answer) -> Vec<Blocked> {
    let legs = answer.paths.iter().flat_map(|path| [(&path.forward, false), (&path.back, true)]);
    let steps = legs.flat_map(|(leg, is_back)| leg.steps.iter().map(move |step| (step, is_back)));
    let blocking =
        steps.filter(|(step, _)| matches!(step.outcome, Outcome::Block | Outcome::BlockPart));
    let mut found: Vec<Blocked> = Vec::new();
    for (step, is_back) in blocking {
        let Some(code) = step.code else { continue };
        let new = Blocked { code, component: step.component.clone(), is_back };
        if !found.contains(&new) {
            found.push(new);
        }
    }
    found
}

/// The repairs of an answer, the complete one first.
pub(super) fn fixes(store: &Store, answer: &Answer) -> Vec<Fix> {
    if matches!(answer.verdict, Verdict::Reachable | Verdict::Unknown) {
        return Vec::new();
    }
    let whole = needed(store, &answer.question, search(store, answer));
    let mut fixes: Vec<Fix> = Vec::new();
    let singles = propose::changes(store, answer).into_iter();
    let singles = singles.filter(|change| !change.needs_another()).map(|change| vec![change]);
    for changes in std::iter::once(whole).chain(singles) {
        let known = fixes.iter().any(|fix| fix.changes == changes);
        if !changes.is_empty() && !known {
            fixes.extend(proven(store, answer, changes));
        }
    }
    fixes.sort_by_key(|fix| rank(fix.verdict_after));
    only_what_adds(answer.verdict, fixes)
}

/// How good it is to get this answer: of two repairs that leave something open, the one that blocks nothing is better.
fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Reachable => 0,
        Verdict::Partial => 1,
        Verdict::Unknown => 2,
        Verdict::Blocked => 3,
    }
}

/// A repair that leaves the verdict as it is tells something only about blockers that no better one removes.
fn only_what_adds(before: Verdict, fixes: Vec<Fix>) -> Vec<Fix> {
    let mut removed: Vec<Blocked> = Vec::new();
    let mut kept = Vec::new();
    for fix in fixes {
        let adds = fix.removes.iter().any(|one| !removed.contains(one));
        removed.extend(fix.removes.iter().cloned());
        kept.extend(Some(fix).filter(|fix| adds || fix.verdict_after != before));
    }
    kept
}

/// Applies changes to a copy of the network.
pub(super) fn applied(store: &Store, changes: &[Change]) -> Store {
    let mut dump = store.source().clone();
    for change in changes {
        change.edit(&mut dump, store);
    }
    Store::build(dump)
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

/// Leaves out each change without which it comes out as well: the same verdict, and no more blockers.
fn needed(store: &Store, question: &Question, mut changes: Vec<Change>) -> Vec<Change> {
    let outcome = |changes: &[Change]| {
        let answer = ask::answer(&applied(store, changes), question, true);
        (answer.verdict, blocked(&answer).len())
    };
    let best = outcome(&changes);
    let mut at = 0;
    while at < changes.len() && changes.len() > 1 {
        let mut fewer = changes.clone();
        fewer.remove(at);
        if outcome(&fewer) == best {
            changes = fewer;
        } else {
            at += 1;
        }
    }
    changes
}

/// A repair with its proof; none where it neither betters the verdict nor removes a blocker, or where it makes a new one.
fn proven(store: &Store, answer: &Answer, changes: Vec<Change>) -> Option<Fix> {
    let question = &answer.question;
    let after = applied(store, &changes);
    let answer_after = ask::answer(&after, question, true);
    let verdict_after = answer_after.verdict;
    let (before, left) = (blocked(answer), blocked(&answer_after));
    let removes: Vec<_> = before.iter().filter(|one| !left.contains(one)).cloned().collect();
    let is_better = rank(verdict_after) < rank(answer.verdict);
    let removes_some = !removes.is_empty() && left.iter().all(|one| before.contains(one));
    if !is_better && (verdict_after != answer.verdict || !removes_some) {
        return None;
    }
    let others = opened(store, &after, question, &changes);
    let also_opens = others.iter().map(Opened::count).sum();
    Some(Fix { changes, verdict_after, removes, also_opens })
}
