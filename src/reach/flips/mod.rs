//! Which answers flipped between two readings of a network, and which change did it.
//!
//! Both networks are asked about everybody; interfaces that were in one class and are in one class now flip together. A
//! change is named where it alone explains a flip: without it, the new network answers as the old one did.

mod fate;
mod moved;

use rustc_hash::{FxHashMap, FxHashSet};

pub use self::fate::Fate;
pub(super) use self::fate::{Ruler, fates};
use super::question::End;
use super::whole::{Party, Scope, reach};
use crate::model::dump::Dump;
use crate::model::ids::Arn;
use crate::store::diff::{self, Change};
use crate::store::{ClassIx, InterfaceIx, Store};

/// More changes than this are not taken back one by one.
const MOST_CHANGES: usize = 64;
/// More flips than this are not explained one by one.
const MOST_FLIPS: usize = 256;

/// Pairs that flipped alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The function that it flipped for, where that has other interfaces now; `from` is empty then.
    pub function: Option<Arn>,
    /// Where from, in the new network; none is the internet.
    pub from: Vec<Option<InterfaceIx>>,
    /// Where to.
    pub to: Vec<Option<InterfaceIx>>,
    /// How many pairs.
    pub pairs: usize,
    /// What came of them.
    pub before: Fate,
    /// What comes of them now.
    pub after: Fate,
    /// The change that alone explains it, by position.
    pub because: Option<usize>,
}

/// Interfaces that were and are of one class, in the new network; none is the internet.
type Joint = Vec<Option<InterfaceIx>>;

/// Who was and is together: the old class and the new one; none is the internet.
type Key = (Option<ClassIx>, Option<ClassIx>);

/// Every flip between ends that both networks have, the largest first.
pub fn flips(old: &Store, new: &Store, changes: &[Change]) -> Vec<Flip> {
    let joints = joints(old, new);
    let ruler = Ruler::between(old, new);
    let (before, after) = (reach(old, &Scope::default()), reach(new, &Scope::default()));
    let (before, after) = (fates(&ruler, &before), fates(&ruler, &after));
    let pairs = candidates(&joints, before.keys(), |key| key.0)
        .into_iter()
        .chain(candidates(&joints, after.keys(), |key| key.1))
        .collect::<FxHashSet<_>>();
    let nothing = Fate::default();
    let flipped = pairs.into_iter().filter_map(|(from, to)| {
        let fate_before = before.get(&(from.0, to.0)).unwrap_or(&nothing);
        let fate_after = after.get(&(from.1, to.1)).unwrap_or(&nothing);
        let (from, to) = (joints.get(&from)?, joints.get(&to)?);
        let pairs = count(from, to);
        (pairs > 0 && !fate_before.is_same(fate_after)).then(|| Flip {
            function: None,
            from: from.clone(),
            to: to.clone(),
            pairs,
            before: fate_before.clone(),
            after: fate_after.clone(),
            because: None,
        })
    });
    let mut flips: Vec<Flip> = flipped.collect();
    flips.extend(moved::flips(old, new, &ruler, &joints));
    flips.sort_by(|a, b| {
        let ends = (&a.function, &a.from, &a.to).cmp(&(&b.function, &b.from, &b.to));
        b.pairs.cmp(&a.pairs).then(ends)
    });
    explain(old.source(), new, changes, &ruler, &mut flips);
    flips
}

fn joints(old: &Store, new: &Store) -> FxHashMap<Key, Joint> {
    let mut joints: FxHashMap<Key, Joint> = FxHashMap::default();
    joints.insert((None, None), vec![None]);
    for (at, row) in new.interfaces.rows() {
        let Some(was) = old.interfaces.position(&row.data.id) else { continue };
        let key = (old.classes().class_of(was), new.classes().class_of(at));
        joints.entry(key).or_default().push(Some(at));
    }
    joints
}

/// The pairs of joints whose classes have something between them.
fn candidates<'a>(
    joints: &FxHashMap<Key, Joint>,
    edges: impl Iterator<Item = &'a (Option<ClassIx>, Option<ClassIx>)>,
    side: fn(&Key) -> Option<ClassIx>,
) -> Vec<(Key, Key)> {
    let mut of_class: FxHashMap<Option<ClassIx>, Vec<Key>> = FxHashMap::default();
    for key in joints.keys() {
        of_class.entry(side(key)).or_default().push(*key);
    }
    let keys = |class| of_class.get(class).map_or(&[][..], Vec::as_slice);
    let pairs = edges.flat_map(|(from, to)| {
        keys(from).iter().flat_map(move |from| keys(to).iter().map(move |to| (*from, *to)))
    });
    pairs.collect()
}

/// No end is asked about itself.
fn count(from: &Joint, to: &Joint) -> usize {
    let shared = if from == to { from.len() } else { 0 };
    from.len() * to.len() - shared
}

/// Takes back each change by itself and asks again.
fn explain(old: &Dump, new: &Store, changes: &[Change], ruler: &Ruler, flips: &mut [Flip]) {
    if changes.len() > MOST_CHANGES {
        return;
    }
    for (number, change) in changes.iter().enumerate() {
        let mut open = flips.iter_mut().take(MOST_FLIPS).filter(|flip| flip.because.is_none());
        let Some(first) = open.next() else { return };
        let without = Store::build(diff::without(old, new.source(), change));
        for flip in std::iter::once(first).chain(open) {
            if again(&without, new, flip, ruler).is_some_and(|fate| fate.is_same(&flip.before)) {
                flip.because = Some(number);
            }
        }
    }
}

/// What comes of one pair of a flip in another network.
fn again(store: &Store, new: &Store, flip: &Flip, ruler: &Ruler) -> Option<Fate> {
    let end = |at: Option<InterfaceIx>| match at {
        Some(at) => End::Interface(new.interface(at).id.clone()),
        None => End::Internet,
    };
    let (from, to) = if let Some(arn) = &flip.function {
        (End::Function(arn.clone()), *flip.to.first()?)
    } else {
        let from = *flip.from.first()?;
        (end(from), *flip.to.iter().find(|to| **to != from)?)
    };
    let scope = Scope { from: Some(from), to: Some(end(to)), ..Scope::default() };
    let reach = reach(store, &scope);
    Some(Fate::of(ruler, &reach, reach.edges().iter()))
}

/// The class at an end of an edge.
fn class_of(party: &Party) -> Option<ClassIx> {
    match party {
        Party::Class(class) => Some(*class),
        Party::Internet | Party::Asked(_) => None,
    }
}

#[cfg(test)]
mod tests;
