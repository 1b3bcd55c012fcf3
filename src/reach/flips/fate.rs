//! What comes of a pair, comparable between two networks.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::class_of;
use crate::model::address::AddressSet;
use crate::model::traffic::Traffic;
use crate::reach::whole::{Answered, Edge, Got, Part, Party, Reach};
use crate::store::{ClassIx, Store};

/// Everything that comes of a pair, by the addresses of its ends where they differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fate(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    got: Got,
    from: Option<AddressSet>,
    to: Option<AddressSet>,
}

/// Makes parts of the internet comparable: what is an own address in one of the networks counts in neither.
pub(in crate::reach) struct Ruler {
    internet: AddressSet,
}

impl Ruler {
    pub(in crate::reach) fn between(old: &Store, new: &Store) -> Self {
        Self { internet: old.internet().intersection(new.internet()) }
    }

    fn part(&self, party: &Party, part: Option<&AddressSet>) -> Option<AddressSet> {
        let is_internet = match party {
            Party::Internet => true,
            Party::Asked(point) => point.site.interface().is_none(),
            Party::Class(_) => false,
        };
        part.map(|part| if is_internet { part.intersection(&self.internet) } else { part.clone() })
    }
}

impl Fate {
    /// What these edges say of the pair that they are about.
    pub(super) fn of<'a>(
        ruler: &Ruler,
        reach: &Reach,
        edges: impl Iterator<Item = &'a Edge>,
    ) -> Self {
        let piece = |edge: &Edge| Piece {
            got: reach.got(edge).clone(),
            from: ruler.part(reach.from(edge), edge.part().and_then(Part::from)),
            to: ruler.part(reach.to(edge), edge.part().and_then(Part::to)),
        };
        Self(edges.map(piece).collect())
    }

    /// Whether it is the same, in whatever order it is told.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().all(|piece| other.0.contains(piece))
    }

    /// What surely gets there, from any of the addresses.
    pub fn allowed(&self) -> Traffic {
        self.0.iter().fold(Traffic::empty(), |all, piece| all.union(&piece.got.allowed))
    }

    /// What surely gets there and is answered, at least in part.
    pub(in crate::reach) fn works(&self) -> Traffic {
        let answered = |got: &Got| matches!(got.answered, Answered::All | Answered::Some);
        let works = self.0.iter().filter(|piece| answered(&piece.got));
        works.fold(Traffic::empty(), |all, piece| all.union(&piece.got.allowed))
    }

    /// What may get there.
    pub fn unknown(&self) -> Traffic {
        self.0.iter().fold(Traffic::empty(), |all, piece| all.union(&piece.got.unknown))
    }

    /// How much of what surely gets there is answered.
    pub fn answered(&self) -> Answered {
        let sure = self.0.iter().filter(|piece| !piece.got.allowed.is_empty());
        let answered = sure.map(|piece| piece.got.answered);
        answered.reduce(|a, b| if a == b { a } else { Answered::Some }).unwrap_or(Answered::None)
    }
}

/// What comes of every pair of classes between which there is something.
pub(in crate::reach) fn fates(
    ruler: &Ruler,
    reach: &Reach,
) -> FxHashMap<(Option<ClassIx>, Option<ClassIx>), Fate> {
    fates_by(ruler, reach, |edge| (class_of(reach.from(edge)), class_of(reach.to(edge))))
}

/// What comes of the edges that have a key in common.
pub(super) fn fates_by<K: Eq + Hash>(
    ruler: &Ruler,
    reach: &Reach,
    key: impl Fn(&Edge) -> K,
) -> FxHashMap<K, Fate> {
    let mut by: FxHashMap<K, Vec<&Edge>> = FxHashMap::default();
    for edge in reach.edges() {
        by.entry(key(edge)).or_default().push(edge);
    }
    let by = by.into_iter();
    by.map(|(key, edges)| (key, Fate::of(ruler, reach, edges.into_iter()))).collect()
}
