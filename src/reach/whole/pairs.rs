//! From classes back to interfaces: the pairs of an answer, spelt out one by one as someone reads them.

use super::{Edge, Got, Part, Reach};
use crate::reach::answer::Point;
use crate::store::{ClassIx, InterfaceIx, Store};

/// Who is at one end of an edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    /// Each interface of a class.
    Class(ClassIx),
    /// The internet.
    Internet,
    /// What was asked about, at one of its points.
    Asked(Point),
}

/// One end of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member<'a> {
    /// An interface.
    Interface(InterfaceIx),
    /// The internet.
    Internet,
    /// What was asked about, at one of its points.
    Asked(&'a Point),
}

/// One pair of ends.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// Where from.
    pub from: Member<'a>,
    /// Where to.
    pub to: Member<'a>,
    /// What gets there.
    pub got: &'a Got,
    /// Which addresses, where it is not all of an end's.
    pub part: Option<&'a Part>,
}

impl Reach {
    /// What gets from class to class, in the order of the sources, then the targets.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Every different outcome.
    pub fn outcomes(&self) -> &[Got] {
        &self.outcomes
    }

    /// Every pair of ends between which anything gets, or may get.
    pub fn pairs<'a>(&'a self, store: &'a Store) -> impl Iterator<Item = Pair<'a>> {
        self.edges.iter().flat_map(move |edge| self.pairs_of(store, edge))
    }

    /// The pairs of ends that an edge stands for.
    pub fn pairs_of<'a>(
        &'a self,
        store: &'a Store,
        edge: &'a Edge,
    ) -> impl Iterator<Item = Pair<'a>> {
        let (from, to, got) = (self.from(edge), self.to(edge), self.got(edge));
        let part = edge.part.as_deref();
        let pairs = members(store, from)
            .flat_map(move |from| members(store, to).map(move |to| Pair { from, to, got, part }));
        pairs.filter(|pair| {
            let interface = pair.from.interface();
            interface.is_none() || interface != pair.to.interface()
        })
    }

    /// How many pairs an edge stands for.
    pub fn count(&self, store: &Store, edge: &Edge) -> usize {
        let (from, to) = (self.from(edge), self.to(edge));
        let all = size(store, from) * size(store, to);
        all - shared(store, from, to)
    }

    /// Where an edge starts.
    pub fn from(&self, edge: &Edge) -> &Party {
        self.sources.get(edge.from as usize).unwrap_or(&Party::Internet)
    }

    /// Where an edge ends.
    pub fn to(&self, edge: &Edge) -> &Party {
        self.targets.get(edge.to as usize).unwrap_or(&Party::Internet)
    }

    /// What gets along an edge.
    pub fn got(&self, edge: &Edge) -> &Got {
        static NOTHING: std::sync::OnceLock<Got> = std::sync::OnceLock::new();
        let outcome = self.outcomes.get(edge.got as usize);
        outcome.unwrap_or_else(|| NOTHING.get_or_init(Got::nothing))
    }
}

impl Edge {
    /// Which addresses of the ends it is about, where it is not all of them.
    pub fn part(&self) -> Option<&Part> {
        self.part.as_deref()
    }
}

impl Member<'_> {
    /// The interface, if it is one.
    pub fn interface(&self) -> Option<InterfaceIx> {
        match self {
            Self::Interface(at) => Some(*at),
            Self::Internet => None,
            Self::Asked(point) => point.site.interface(),
        }
    }
}

impl Party {
    fn interface(&self) -> Option<InterfaceIx> {
        match self {
            Self::Asked(point) => point.site.interface(),
            Self::Class(_) | Self::Internet => None,
        }
    }
}

/// Who is at an end.
pub fn members<'a>(store: &'a Store, party: &'a Party) -> impl Iterator<Item = Member<'a>> + Clone {
    let (class, other) = match party {
        Party::Class(class) => (store.classes().members(*class), None),
        Party::Internet => (&[][..], Some(Member::Internet)),
        Party::Asked(point) => (&[][..], Some(Member::Asked(point))),
    };
    class.iter().map(|at| Member::Interface(*at)).chain(other)
}

fn size(store: &Store, party: &Party) -> usize {
    match party {
        Party::Class(class) => store.classes().members(*class).len(),
        Party::Internet | Party::Asked(_) => 1,
    }
}

/// How many interfaces are at both ends: none is asked about itself.
fn shared(store: &Store, from: &Party, to: &Party) -> usize {
    let holds = |class: ClassIx, party: &Party| {
        let at = party.interface();
        at.is_some_and(|at| store.classes().class_of(at) == Some(class))
    };
    match (from, to) {
        (Party::Class(a), Party::Class(b)) if a == b => size(store, from),
        (Party::Class(class), asked) | (asked, Party::Class(class)) => {
            usize::from(holds(*class, asked))
        }
        (one, other) => {
            usize::from(one.interface().is_some() && one.interface() == other.interface())
        }
    }
}
