//! Classes of addresses that came out alike, told as one.

use crate::reach::answer::{Check, Component, Leg, Outcome, PathAnswer};
use crate::reach::code::Code;

/// A new path, or one more class of a path that is the same otherwise.
pub(super) fn add(paths: &mut Vec<PathAnswer>, first: usize, new: PathAnswer) {
    let same = paths.iter_mut().skip(first).find(|old| is_same(old, &new));
    let Some(old) = same else { return paths.push(new) };
    old.from.addresses = old.from.addresses.union(&new.from.addresses);
    old.to.addresses = old.to.addresses.union(&new.to.addresses);
}

/// Whether two classes were treated alike: the same checks with the same outcomes.
fn is_same(a: &PathAnswer, b: &PathAnswer) -> bool {
    let one_side = a.from.addresses == b.from.addresses || a.to.addresses == b.to.addresses;
    one_side
        && a.verdict == b.verdict
        && same_leg(&a.forward, &b.forward)
        && same_leg(&a.back, &b.back)
}

fn same_leg(a: &Leg, b: &Leg) -> bool {
    let key = |leg: &Leg| -> Vec<(Check, Outcome, Option<Code>, Component)> {
        leg.steps.iter().map(|s| (s.check, s.outcome, s.code, s.component.clone())).collect()
    };
    let same = a.passed == b.passed && a.doubtful == b.doubtful && a.unknown == b.unknown;
    same && key(a) == key(b)
}
