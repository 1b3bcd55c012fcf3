//! `VPC/NAME` and `ACCOUNT/REGION/NAME`: where to look for a name.

use crate::model::ids::VpcId;
use crate::store::names::{Kind, Named};
use crate::store::{PlaceIx, Store};

/// Where to look.
pub(super) enum Scope {
    /// Everywhere.
    Anywhere,
    /// In one VPC.
    Vpc(VpcId),
    /// In one account and region.
    Place(PlaceIx),
}

impl Scope {
    /// Whether a thing is in it.
    pub(super) fn holds(&self, named: &Named) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Vpc(vpc) => named.vpc.as_ref() == Some(vpc),
            Self::Place(place) => named.place == Some(*place),
        }
    }

    /// Whether something in this place can be in it.
    pub(super) fn has_place(&self, place: PlaceIx) -> bool {
        !matches!(self, Self::Place(only) if *only != place)
    }
}

/// The scope that `text` begins with, and the name that is left.
pub(super) fn split<'a>(store: &Store, text: &'a str) -> Option<(Scope, &'a str)> {
    by_place(store, text).or_else(|| by_vpc(store, text))
}

fn by_place<'a>(store: &Store, text: &'a str) -> Option<(Scope, &'a str)> {
    let (account, rest) = text.split_once('/')?;
    let (region, name) = rest.split_once('/')?;
    let place = store
        .places
        .iter()
        .position(|place| place.account.as_str() == account && place.region.as_str() == region)?;
    Some((Scope::Place(PlaceIx(u16::try_from(place).ok()?)), name))
}

fn by_vpc<'a>(store: &Store, text: &'a str) -> Option<(Scope, &'a str)> {
    let (vpc, name) = text.split_once('/')?;
    let directory = store.directory();
    let known = directory.by_id(vpc).into_iter().chain(directory.by_name(vpc));
    let mut vpcs = known.filter(|named| named.kind == Kind::Vpc);
    let only = vpcs.next().filter(|first| vpcs.all(|other| other.id == first.id))?;
    Some((Scope::Vpc(only.vpc.clone()?), name))
}
