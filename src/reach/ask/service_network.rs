//! Functions in no VPC send with some address of AWS's own, and nobody can tell which (rule L-1).

use super::Walks;
use crate::model::address::AddressSet;
use crate::reach::Verdict;

/// An office or a partner has this many addresses at most; AWS has its own by the thousands.
const MOST_OF_STRANGERS: u128 = 1 << 10;

/// Where not all addresses get through, those that a rule lets in one by one are somebody else's: that a function happens
/// to send with one of them does not count.
pub(super) fn without_strangers(mut all: Vec<Walks>) -> Vec<Walks> {
    let is_blocked = |walks: &Walks| walks.verdict() == Verdict::Blocked;
    if all.iter().any(is_blocked) {
        all.retain(|walks| is_blocked(walks) || count(&walks.atoms.from) > MOST_OF_STRANGERS);
    }
    all
}

/// How many addresses; of IPv6, how many networks, since each has as many addresses as it likes.
fn count(addresses: &AddressSet) -> u128 {
    let v4 = addresses.v4.intervals().iter();
    let v4 = v4.map(|(first, last)| u128::from(last - first) + 1);
    let v6 = addresses.v6.intervals().iter();
    let v6 = v6.map(|(first, last)| ((last - first) >> 64) + 1);
    v4.chain(v6).sum()
}
