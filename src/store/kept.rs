//! What stays of an older reading where a newer one could not get to a place at all: that a login has expired says
//! nothing about the network behind it.

use super::Store;
use crate::model::dump::{Dump, Outcome, RegionDump};

/// The newer network with the places of the older one that it lacks, as old as they are, and with every call marked as
/// failed. None where it lacks none. A reader that has nothing to remark has read what was wanted: what is not there then
/// is wanted no more.
pub fn with_known(new: &Store, old: &Store) -> Option<Store> {
    let (new, old) = (new.source(), old.source());
    let why = new.origin.notices.join("; ");
    let lost = old.regions.iter().filter(|known| !is_read(new, known));
    let lost: Vec<RegionDump> = lost.map(|known| marked(known.clone(), &why)).collect();
    if why.is_empty() || lost.is_empty() {
        return None;
    }
    let mut both = new.clone();
    both.regions.extend(lost);
    Some(Store::build(both))
}

/// An account that is not known may be any.
fn is_read(new: &Dump, known: &RegionDump) -> bool {
    let mut here = new.regions.iter().filter(|one| one.region == known.region);
    here.any(|one| one.account == known.account || one.account.is_empty())
}

/// What was denied stays denied: that says more.
fn marked(mut known: RegionDump, why: &str) -> RegionDump {
    let calls = known.coverage.0.values_mut();
    for outcome in calls.filter(|one| !matches!(one, Outcome::Denied { .. })) {
        *outcome = Outcome::Failed { message: why.to_owned() };
    }
    known
}
