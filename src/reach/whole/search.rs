//! The search: one walk per pair of classes.

use std::mem::Discriminant;

use ipnet::IpNet;
use rustc_hash::FxHashMap;

use super::passage::{Passage, passages};
use super::prune::{Prune, Spot, spot};
use super::{Edge, Got, Part, Party, Reach, Scope, Selection};
use crate::model::address::AddressSet;
use crate::model::vpc::Vpc;
use crate::reach::answer::{Point, Site};
use crate::reach::ask::Asking;
use crate::reach::points;
use crate::reach::question::{End, Question};
use crate::reach::walk::Groups;
use crate::store::{ClassIx, InterfaceIx, Ix, Store};

/// Answers a question about many, unless whoever watches calls it off.
pub(super) fn search(store: &Store, scope: &Scope, watch: &mut Watch<'_>) -> Option<Reach> {
    let question = question(scope);
    let mut search = Search::new(store, &question);
    let sources = if let Some(end) = &scope.from {
        search.asked(end)
    } else {
        let internet = scope.to != Some(End::Internet);
        search.selected(&Selection { internet, ..Selection::all(store) })
    };
    match &scope.to {
        Some(end) => search.call_asked(&sources, end, watch)?,
        None => search.call_selected(&sources, &Selection::all(store), watch)?,
    }
    Some(search.reach)
}

/// Hears how many steps are done, of how many; says whether to go on.
pub type Watch<'a> = dyn FnMut(usize, usize) -> bool + 'a;

/// What gets from some to others, with whatever traffic.
pub(super) fn between(store: &Store, sources: &Selection, targets: &Selection) -> Reach {
    let question = question(&Scope::default());
    let mut search = Search::new(store, &question);
    let sources = search.selected(sources);
    let watched = search.call_selected(&sources, targets, &mut |_, _| true);
    watched.map_or_else(Reach::default, |()| search.reach)
}

/// The ends only matter to what they say of themselves: a database that is stopped.
fn question(scope: &Scope) -> Question {
    let end = |end: &Option<End>| end.clone().unwrap_or(End::Internet);
    Question { from: end(&scope.from), to: end(&scope.to), flow: scope.flow.clone() }
}

struct Search<'a> {
    asking: Asking<'a>,
    prune: Prune<'a>,
    reach: Reach,
    known: FxHashMap<Got, u32>,
}

type Points = Vec<Point>;

/// Where somebody stands, and the points that stand for it: of a class two members, so that one of them is not the other
/// end.
struct Source {
    spot: Spot,
    points: Points,
}

/// Where a name is asked: what it stands for depends on it.
type Vantage = (Option<Ix<Vpc>>, Discriminant<Site>);

/// The points of a class as its callers see them.
struct Called {
    spot: Spot,
    from_inside: Points,
    from_outside: Points,
}

impl<'a> Search<'a> {
    fn new(store: &'a Store, question: &'a Question) -> Self {
        let asking = Asking { store, question, explain: false, groups: Groups::Filter, legs: 0 };
        let prune = Prune::new(&asking);
        Self { asking, prune, reach: Reach::default(), known: FxHashMap::default() }
    }

    /// What was asked about, as sources.
    fn asked(&mut self, end: &End) -> Vec<Source> {
        let points = (0..).zip(points::sources(self.asking.store, end));
        let sources = points.map(|(number, point)| {
            let party = Party::Asked(point.clone());
            (party, Source { spot: Spot::Asked(number), points: vec![point] })
        });
        let (parties, sources) = sources.unzip();
        self.reach.sources = parties;
        sources
    }

    /// Some of everybody, as sources.
    fn selected(&mut self, selection: &Selection) -> Vec<Source> {
        let store = self.asking.store;
        let classes = selection.classes.iter().map(|class| {
            let source = Source { spot: spot(store, *class), points: inside(store, *class) };
            (Party::Class(*class), source)
        });
        let everywhere = Source { spot: Spot::Internet, points: vec![internet(store)] };
        let internet = selection.internet.then_some((Party::Internet, everywhere));
        let (parties, sources) = classes.chain(internet).unzip();
        self.reach.sources = parties;
        sources
    }

    fn call_asked(&mut self, sources: &[Source], end: &End, watch: &mut Watch<'_>) -> Option<()> {
        let store = self.asking.store;
        let mut resolved: FxHashMap<Vantage, Points> = FxHashMap::default();
        for (from, source) in (0_u32..).zip(sources) {
            watch(from as usize, sources.len()).then_some(())?;
            let Some(first) = source.points.first() else { continue };
            let vpc = first.site.interface().and_then(|at| store.interface(at).vpc);
            let vantage = (vpc, std::mem::discriminant(&first.site));
            let targets = resolved.entry(vantage);
            let targets =
                targets.or_insert_with(|| points::targets(store, end, std::slice::from_ref(first)));
            for target in &*targets {
                let to = asked_target(&mut self.reach.targets, target);
                let passages = self.between(source, Spot::Asked(to), target);
                self.pair(from, to, passages);
            }
        }
        Some(())
    }

    fn call_selected(
        &mut self,
        sources: &[Source],
        targets: &Selection,
        watch: &mut Watch<'_>,
    ) -> Option<()> {
        let store = self.asking.store;
        let internet = targets.internet.then(|| internet(store));
        let classes = targets.classes.iter();
        let called: Vec<_> = classes.clone().map(|class| Called::of(store, *class)).collect();
        let parties = classes.map(|class| Party::Class(*class));
        self.reach.targets = parties.chain([Party::Internet]).collect();
        for (from, source) in (0_u32..).zip(sources) {
            for (to, one) in (0_u32..).zip(&called) {
                let done = from as usize * called.len() + to as usize;
                watch(done, sources.len() * called.len()).then_some(())?;
                let passages = self.call_class(source, one);
                self.pair(from, to, passages);
            }
            let is_inside = source.points.first().is_some_and(|point| point.site != Site::Outside);
            if let Some(internet) = internet.as_ref().filter(|_| is_inside) {
                let passages = self.between(source, Spot::Internet, internet);
                self.pair(from, number(called.len()), passages);
            }
        }
        Some(())
    }

    fn call_class(&mut self, source: &Source, called: &Called) -> Vec<Passage> {
        let from_inside =
            source.points.first().is_some_and(|point| point.site.interface().is_some());
        if from_inside {
            let is_other = |target: &&Point| source.points.iter().any(|one| is_pair(one, target));
            let target = called.from_inside.iter().find(is_other);
            target.map(|target| self.between(source, called.spot, target)).unwrap_or_default()
        } else {
            let targets = called.from_outside.iter().zip(source.points.iter().cycle());
            targets.flat_map(|(target, from)| passages(&self.asking, from, target)).collect()
        }
    }

    /// What comes of a source and a point that is not the source itself.
    fn between(&mut self, source: &Source, spot: Spot, target: &Point) -> Vec<Passage> {
        let from = source.points.iter().find(|from| is_pair(from, target));
        let from = from.filter(|from| self.prune.is_worth_it((source.spot, from), (spot, target)));
        from.map(|from| passages(&self.asking, from, target)).unwrap_or_default()
    }

    /// Takes down what comes of a pair of parties.
    fn pair(&mut self, from: u32, to: u32, passages: Vec<Passage>) {
        let whole = Whole::of(&passages);
        for passage in passages.into_iter().filter(|passage| !passage.got.is_nothing()) {
            let part = whole.as_ref().and_then(|whole| whole.part(&passage)).map(Box::new);
            let got = self.outcome(passage.got);
            self.reach.edges.push(Edge { from, to, got, part });
        }
    }

    fn outcome(&mut self, got: Got) -> u32 {
        let outcomes = &mut self.reach.outcomes;
        *self.known.entry(got).or_insert_with_key(|got| {
            outcomes.push(got.clone());
            number(outcomes.len() - 1)
        })
    }
}

/// All addresses of a pair, where it is told in several parts.
struct Whole {
    from: AddressSet,
    to: AddressSet,
}

impl Whole {
    fn of(passages: &[Passage]) -> Option<Self> {
        let (first, rest) = passages.split_first().filter(|(_, rest)| !rest.is_empty())?;
        let all = Self { from: first.from.clone(), to: first.to.clone() };
        Some(rest.iter().fold(all, |all, one| Self {
            from: all.from.union(&one.from),
            to: all.to.union(&one.to),
        }))
    }

    fn part(&self, passage: &Passage) -> Option<Part> {
        let part = Part {
            from: (passage.from != self.from).then(|| passage.from.clone()),
            to: (passage.to != self.to).then(|| passage.to.clone()),
        };
        Some(part).filter(|part| *part != Part::default())
    }
}

impl Called {
    fn of(store: &Store, class: ClassIx) -> Self {
        let first = store.classes().members(class).first();
        let from_outside = first.map(|at| outside(store, *at)).unwrap_or_default();
        Self { spot: spot(store, class), from_inside: inside(store, class), from_outside }
    }
}

fn internet(store: &Store) -> Point {
    Point { site: Site::Outside, addresses: store.internet().clone() }
}

fn inside(store: &Store, class: ClassIx) -> Points {
    let members = store.classes().members(class).iter().take(2);
    members.map(|at| points::point(store, *at, Site::Interface(*at))).collect()
}

/// From outside an interface is called by each public address and by its IPv6 address; one that has neither is called
/// in vain.
fn outside(store: &Store, at: InterfaceIx) -> Points {
    let own = points::point(store, at, Site::Interface(at));
    let public = store.interface(at).addresses.iter().filter_map(|own| own.public);
    let mut called: Vec<_> = public
        .map(|public| Point {
            site: Site::Public(at),
            addresses: AddressSet::from_iter([IpNet::from(public)]),
        })
        .collect();
    let v6 = AddressSet { v6: own.addresses.v6.clone(), ..AddressSet::empty() };
    if called.is_empty() {
        called.push(own);
    } else if !v6.is_empty() {
        called.push(Point { addresses: v6, ..own });
    }
    called
}

/// No interface is asked about itself.
fn is_pair(source: &Point, target: &Point) -> bool {
    source.site.interface().is_none() || source.site.interface() != target.site.interface()
}

/// The position of a point among the targets.
fn asked_target(targets: &mut Vec<Party>, point: &Point) -> u32 {
    let known = targets.iter().position(|old| matches!(old, Party::Asked(old) if old == point));
    number(known.unwrap_or_else(|| {
        targets.push(Party::Asked(point.clone()));
        targets.len() - 1
    }))
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
