//! Functions that were put into a VPC, out of it, or into other subnets: they keep their name and get other interfaces
//! (rules L-1, L-3), so that what flipped for them is told by the function.

use rustc_hash::FxHashMap;

use super::fate::fates_by;
use super::{Fate, Flip, Joint, Key, Ruler, class_of};
use crate::model::ids::Arn;
use crate::model::lambda::Function;
use crate::reach::question::End;
use crate::reach::whole::{Scope, reach};
use crate::store::{ClassIx, Keyed, Store};

/// More functions than this are not looked at one by one.
const MOST_MOVED: usize = 16;

/// What functions that moved reach now and did not, or the other way round.
pub(super) fn flips(
    old: &Store,
    new: &Store,
    ruler: &Ruler,
    joints: &FxHashMap<Key, Joint>,
) -> Vec<Flip> {
    // A published version never moves.
    let functions = new.functions.iter().filter(|one| one.published().is_none());
    let moved = functions.map(Function::key).filter(|arn| has_moved(old, new, arn));
    moved.take(MOST_MOVED).flat_map(|arn| of_one(old, new, ruler, joints, &arn)).collect()
}

fn has_moved(old: &Store, new: &Store, arn: &Arn) -> bool {
    let ids = |store: &Store| {
        let own = store.interfaces_of_function(arn).iter();
        own.map(|at| store.interface(*at).id.clone()).collect::<Vec<_>>()
    };
    let (before, after) = (ids(old), ids(new));
    let is_attached = !before.is_empty() || !after.is_empty();
    old.functions.get(arn).is_some() && is_attached && before.iter().all(|id| !after.contains(id))
}

fn of_one(
    old: &Store,
    new: &Store,
    ruler: &Ruler,
    joints: &FxHashMap<Key, Joint>,
    arn: &Arn,
) -> Vec<Flip> {
    let (before, after) = (reached(old, ruler, arn), reached(new, ruler, arn));
    let nothing = Fate::default();
    let flip = |(key, to): (&Key, &Joint)| {
        let before = before.get(&key.0).unwrap_or(&nothing);
        let after = after.get(&key.1).unwrap_or(&nothing);
        (before.allowed() != after.allowed()).then(|| Flip {
            function: Some(arn.clone()),
            from: Vec::new(),
            to: to.clone(),
            pairs: to.len(),
            before: before.clone(),
            after: after.clone(),
            because: None,
        })
    };
    joints.iter().filter_map(flip).collect()
}

/// What comes of the function's connections, by whom they go to.
fn reached(store: &Store, ruler: &Ruler, arn: &Arn) -> FxHashMap<Option<ClassIx>, Fate> {
    let scope = Scope { from: Some(End::Function(arn.clone())), ..Scope::default() };
    let reach = reach(store, &scope);
    fates_by(ruler, &reach, |edge| class_of(reach.to(edge)))
}
