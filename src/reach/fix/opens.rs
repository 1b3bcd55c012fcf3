//! What a repair opens besides the question: pairs of ends between which more gets and is answered than before.
//!
//! Only those are asked who may gain by a change, one pair for all pairs of two classes, before and after.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::affected::{Gainers, regions};
use super::change::Change;
use crate::model::traffic::Traffic;
use crate::reach::flips::{Fate, Ruler, fates};
use crate::reach::points;
use crate::reach::question::{End, Question};
use crate::reach::whole::{Selection, between};
use crate::store::{ClassIx, InterfaceIx, Store};

/// An interface of the network with the repair; none is the internet.
pub type Place = Option<InterfaceIx>;

/// Pairs that a repair opens alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Where from.
    pub from: Vec<Place>,
    /// Where to.
    pub to: Vec<Place>,
    /// What gets there now, and did not.
    pub traffic: Traffic,
    /// Those among them that are not meant: the question's own.
    asked: FxHashSet<(Place, Place)>,
}

impl Opened {
    /// How many pairs.
    pub fn count(&self) -> usize {
        let to: FxHashSet<_> = self.to.iter().collect();
        let own = self.from.iter().filter(|from| from.is_some() && to.contains(from)).count();
        self.from.len() * self.to.len() - own - self.asked.len()
    }

    /// The pairs, one by one.
    pub fn pairs(&self) -> impl Iterator<Item = (Place, Place)> {
        let all = self.from.iter().flat_map(|from| self.to.iter().map(move |to| (*from, *to)));
        all.filter(|pair| pair.0 != pair.1 && !self.asked.contains(pair))
    }
}

/// Who was treated alike and is; an interface that is new was in no class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key {
    Internet,
    Interfaces(Option<ClassIx>, ClassIx),
}

type Joints = BTreeMap<Key, Vec<Place>>;

/// A class of one of the networks; none is the internet.
type Party = Option<ClassIx>;

type Fates = FxHashMap<(Party, Party), Fate>;

/// The other pairs that the changes open.
pub(in crate::reach) fn opened(
    before: &Store,
    after: &Store,
    question: &Question,
    changes: &[Change],
) -> Vec<Opened> {
    let opening = Opening { before, after, asked: asked(after, question) };
    let mut found: BTreeMap<(Key, Key), Opened> = BTreeMap::new();
    for (from, to) in changes.iter().flat_map(|change| regions(after, change)) {
        opening.region(&from, &to, &mut found);
    }
    found.into_values().filter(|opened| opened.count() > 0).collect()
}

/// The question's own pairs.
fn asked(store: &Store, question: &Question) -> FxHashSet<(Place, Place)> {
    let from = points::sources(store, &question.from);
    let to = points::targets(store, &question.to, &from);
    let place = |end: &End, at: Place| at.map(Some).or((*end == End::Internet).then_some(None));
    let pairs = from.iter().flat_map(|from| to.iter().map(move |to| (from, to)));
    let pairs = pairs.filter_map(|(from, to)| {
        let from = place(&question.from, from.site.interface())?;
        Some((from, place(&question.to, to.site.interface())?))
    });
    pairs.collect()
}

struct Opening<'a> {
    before: &'a Store,
    after: &'a Store,
    asked: FxHashSet<(Place, Place)>,
}

impl Opening<'_> {
    fn region(&self, from: &Gainers, to: &Gainers, found: &mut BTreeMap<(Key, Key), Opened>) {
        let (sources, targets) = (self.joints(from), self.joints(to));
        let was = self.fates(self.before, Key::before, &sources, &targets);
        let is = self.fates(self.after, |key| Some(key.after()), &sources, &targets);
        for (from, ours) in &sources {
            for (to, theirs) in &targets {
                let was = from.before().zip(to.before()).and_then(|classes| was.get(&classes));
                let is = is.get(&(from.after(), to.after()));
                let opened = is.and_then(|is| self.opened((ours, theirs), was, is));
                found.extend(opened.map(|opened| ((*from, *to), opened)));
            }
        }
    }

    /// The members by what they were and are treated like.
    fn joints(&self, gainers: &Gainers) -> Joints {
        let mut joints = Joints::new();
        for at in &gainers.interfaces {
            let was = self.before.interfaces.position(&self.after.interface(*at).id);
            let was = was.and_then(|at| self.before.classes().class_of(at));
            let Some(is) = self.after.classes().class_of(*at) else { continue };
            joints.entry(Key::Interfaces(was, is)).or_default().push(Some(*at));
        }
        if gainers.internet {
            joints.insert(Key::Internet, vec![None]);
        }
        joints
    }

    fn fates(
        &self,
        store: &Store,
        class: fn(Key) -> Option<Party>,
        sources: &Joints,
        targets: &Joints,
    ) -> Fates {
        let selection = |joints: &Joints| Selection {
            classes: joints.keys().filter_map(|key| class(*key)?).collect(),
            internet: joints.contains_key(&Key::Internet),
        };
        let reach = between(store, &selection(sources), &selection(targets));
        fates(&Ruler::between(self.before, self.after), &reach)
    }

    fn opened(
        &self,
        (from, to): (&[Place], &[Place]),
        was: Option<&Fate>,
        is: &Fate,
    ) -> Option<Opened> {
        let worked = was.map_or_else(Traffic::empty, Fate::works);
        let traffic = is.works().difference(&worked);
        let among = |(one, other): &&(Place, Place)| {
            one != other && from.contains(one) && to.contains(other)
        };
        (!traffic.is_empty()).then(|| Opened {
            from: from.to_vec(),
            to: to.to_vec(),
            traffic,
            asked: self.asked.iter().filter(among).copied().collect(),
        })
    }
}

impl Key {
    /// What it was; nothing, if it was not there.
    fn before(self) -> Option<Party> {
        match self {
            Self::Internet => Some(None),
            Self::Interfaces(was, _) => was.map(Some),
        }
    }

    /// What it is.
    fn after(self) -> Party {
        match self {
            Self::Internet => None,
            Self::Interfaces(_, is) => Some(is),
        }
    }
}
