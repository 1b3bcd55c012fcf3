//! A question, answered: every pair of candidate points, every class of addresses that the network treats alike, there
//! and back.

use super::Verdict;
use super::answer::{Answer, Leg, PathAnswer, Point, Site};
use super::code::Code;
use super::endpoint_state;
use super::field::{Atoms, Field, Side};
use super::filter::Identity;
use super::points;
use super::question::Question;
use super::traffic;
use super::walk::{Groups, Session, Start, Walk, Walked, Way};
use crate::model::address::AddressSet;
use crate::model::interval::IntervalSet;
use crate::model::traffic::Traffic;
use crate::store::Store;

/// No question has more classes of addresses than this; what is left over is unknown.
const MOST_CLASSES: usize = 4096;

/// Answers a question without fixes. `explain` writes down the steps.
pub(super) fn answer(store: &Store, question: &Question, explain: bool) -> Answer {
    let from = points::sources(store, &question.from);
    let to = points::targets(store, &question.to, &from);
    let asking = Asking { store, question, explain, groups: Groups::Filter };
    let mut paths = Vec::new();
    for from in &from {
        for to in &to {
            asking.pair(from, to, &mut paths);
        }
    }
    let verdict = union(paths.iter().map(|path: &PathAnswer| path.verdict));
    Answer { question: question.clone(), verdict, paths, fixes: Vec::new() }
}

/// The union of the verdicts of candidate paths.
pub(super) fn union(verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    verdicts.reduce(join).unwrap_or(Verdict::Unknown)
}

fn join(a: Verdict, b: Verdict) -> Verdict {
    use Verdict::{Blocked, Partial, Reachable, Unknown};
    match (a, b) {
        (same, other) if same == other => same,
        (Partial, _) | (_, Partial) | (Reachable, Blocked) | (Blocked, Reachable) => Partial,
        (Unknown, _) | (_, Unknown) => Unknown,
        (Reachable, Reachable) => Reachable,
        (Blocked, Blocked) => Blocked,
    }
}

/// A question being answered.
pub(super) struct Asking<'a> {
    pub store: &'a Store,
    pub question: &'a Question,
    /// Whether to write down the steps.
    pub explain: bool,
    pub groups: Groups,
}

/// One class of addresses, walked there and back.
pub(super) struct Walks {
    pub there: Walked,
    /// None where no answer is expected, or the way back is not determined.
    pub back: Option<Walked>,
    /// The addresses that were treated alike.
    pub atoms: Atoms,
    /// Whether it got there with the addresses that it started with.
    pub is_direct: bool,
}

impl Asking<'_> {
    /// One pair of points: one walk per address family that both have, and per class of addresses.
    fn pair(&self, from: &Point, to: &Point, paths: &mut Vec<PathAnswer>) {
        let families = families(from, to);
        if families.is_empty() {
            paths.push(self.nowhere(from, to));
        }
        for (from, to) in families {
            self.classes(&from, &to, paths);
        }
    }

    /// Answers each class; those that come out alike are told as one.
    fn classes(&self, from: &Point, to: &Point, paths: &mut Vec<PathAnswer>) {
        let first = paths.len();
        self.each_class(from, to, |walks| add(paths, first, answered(from, to, walks)));
    }

    /// Walks one member of each class; what the walk did not tell apart is answered with it.
    pub(super) fn each_class(&self, from: &Point, to: &Point, mut take: impl FnMut(Walks)) {
        let mut open = vec![(from.addresses.clone(), to.addresses.clone())];
        for _ in 0..MOST_CLASSES {
            let Some((sources, targets)) = open.pop() else { return };
            let Some(walks) = self.walks(from, to, &sources, &targets) else { continue };
            let Atoms { from: same, to: alike } = &walks.atoms;
            let rest = (sources.difference(same), targets.difference(alike));
            if !rest.0.is_empty() {
                open.push((rest.0, targets));
            }
            if !rest.1.is_empty() {
                open.push((same.clone(), rest.1));
            }
            take(walks);
        }
    }

    fn walks(
        &self,
        from: &Point,
        to: &Point,
        sources: &AddressSet,
        targets: &AddressSet,
    ) -> Option<Walks> {
        let (src, dst) = (field(sources, Side::From)?, field(targets, Side::To)?);
        let mut atoms = Atoms { from: sources.clone(), to: targets.clone() };
        let asked = traffic::asked(&self.question.flow, dst.value.is_ipv6());
        let answers = self.answers(from, &asked);
        let mut session = Session::new(src, dst, answers.clone());
        let start = self.start(Way::Forward, asked, src, dst);
        let there = Walk::run(start, from, to, &mut atoms, &mut session);
        let there = endpoint_state::check(self.store, self.question, self.explain, there);
        if !there.leg.passed.is_empty() {
            session.answers = self.answers(from, &there.leg.passed);
        }
        session.arrived = there.leg.arrived;
        let back = self.back(from, to, &there, &mut atoms, &mut session);
        let is_direct = there.leg.arrived && (there.src, there.dst) == (src, dst);
        Some(Walks { there, back, atoms, is_direct })
    }

    fn start(&self, way: Way, asked: Traffic, src: Field, dst: Field) -> Start<'_> {
        let Self { store, explain, groups, .. } = *self;
        Start { store, explain, groups, way, asked, src, dst }
    }

    /// The answers that this traffic wants.
    fn answers(&self, from: &Point, of: &Traffic) -> Traffic {
        traffic::answers(self.store, &self.question.flow, from.site, of)
    }

    /// The way back, where it is determined and an answer is expected.
    fn back(
        &self,
        from: &Point,
        to: &Point,
        there: &Walked,
        atoms: &mut Atoms,
        session: &mut Session,
    ) -> Option<Walked> {
        let nobody_asks = !self.explain && there.leg.passed.is_empty();
        if nobody_asks || session.answers.is_empty() || matches!(from.site, Site::ServiceNetwork(_))
        {
            return None;
        }
        let site = match (there.arrived_at, to.site) {
            (Some(at), _) => Site::Interface(at),
            (None, Site::Outside) if there.leg.arrived => Site::Outside,
            _ => return None,
        };
        let asked = if session.bindings.is_empty() {
            session.answers.clone()
        } else {
            traffic::translated(&session.answers)
        };
        let start = self.start(Way::Return, asked, there.dst, there.src);
        let start_point = Point { site, addresses: to.addresses.clone() };
        Some(Walk::run(start, &start_point, from, atoms, session))
    }

    /// The two ends have no address family in common, or one is not known at all.
    fn nowhere(&self, from: &Point, to: &Point) -> PathAnswer {
        let missing = [from, to].iter().any(|point| point.site == Site::Nowhere);
        let verdict = if missing { Verdict::Unknown } else { Verdict::Blocked };
        let forward = endpoint_state::nowhere(self.question, missing);
        PathAnswer { from: from.clone(), to: to.clone(), verdict, forward, back: Leg::default() }
    }
}

fn answered(from: &Point, to: &Point, walks: Walks) -> PathAnswer {
    let verdict = judge(&walks.there, walks.back.as_ref());
    PathAnswer {
        from: Point { site: from.site, addresses: walks.atoms.from },
        to: Point { site: to.site, addresses: walks.atoms.to },
        verdict,
        forward: walks.there.leg,
        back: walks.back.map(|walked| walked.leg).unwrap_or_default(),
    }
}

/// What comes of one class: blocked if anything certain is in the way, else unknown if anything is not told, else how
/// much of the answers comes back.
fn judge(there: &Walked, back: Option<&Walked>) -> Verdict {
    let got_there = !there.leg.passed.is_empty() && (there.leg.arrived || there.leg.unknown);
    if !got_there {
        return Verdict::Blocked;
    }
    let Some(back) = back else {
        return if there.leg.unknown { Verdict::Unknown } else { Verdict::Reachable };
    };
    if back.leg.passed.is_empty() || !(back.leg.arrived || back.leg.unknown) {
        return Verdict::Blocked;
    }
    let answered = traffic::answered(&there.leg.passed, &back.leg.passed, &back.asked);
    match answered {
        traffic::Answered::None => Verdict::Blocked,
        _ if there.leg.unknown || back.leg.unknown => Verdict::Unknown,
        traffic::Answered::All if !back.part_lost && !there.part_lost => Verdict::Reachable,
        traffic::Answered::All | traffic::Answered::Some => Verdict::Partial,
    }
}

/// A new path, or one more class of a path that is the same otherwise.
fn add(paths: &mut Vec<PathAnswer>, first: usize, new: PathAnswer) {
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
    let key = |leg: &Leg| -> Vec<(
        super::answer::Check,
        super::answer::Outcome,
        Option<Code>,
        super::answer::Component,
    )> {
        leg.steps.iter().map(|s| (s.check, s.outcome, s.code, s.component.clone())).collect()
    };
    let same = a.passed == b.passed && a.doubtful == b.doubtful && a.unknown == b.unknown;
    same && key(a) == key(b)
}

/// IPv4 where both ends have it; IPv6 besides where the other end is the internet, and alone where IPv4 is missing.
pub(super) fn families(from: &Point, to: &Point) -> Vec<(Point, Point)> {
    let only = |point: &Point, v4: bool| {
        let mut addresses = point.addresses.clone();
        if v4 {
            addresses.v6 = IntervalSet::empty();
        } else {
            addresses.v4 = IntervalSet::empty();
        }
        Point { site: point.site, addresses }
    };
    let pair = |v4: bool| (only(from, v4), only(to, v4));
    let usable =
        |(from, to): &(Point, Point)| !from.addresses.is_empty() && !to.addresses.is_empty();
    let (v4, v6) = (pair(true), pair(false));
    let open = |point: &Point| point.site == Site::Outside && !point.addresses.v4.is_empty();
    let both = open(from) || open(to);
    let mut found = Vec::new();
    if usable(&v4) {
        found.push(v4);
    }
    if usable(&v6) && (both || found.is_empty()) {
        found.push(v6);
    }
    found
}

fn field(addresses: &AddressSet, side: Side) -> Option<Field> {
    let value = addresses.witness()?;
    let varies = (*addresses != AddressSet::one(value)).then_some(side);
    Some(Field { value, varies })
}

impl Session {
    fn new(src: Field, dst: Field, answers: Traffic) -> Self {
        Self {
            caller: src,
            called: dst,
            bindings: Vec::new(),
            exit: None,
            identity: Identity::Kept,
            by_transit: false,
            arrived: false,
            answers,
        }
    }
}
