//! A question, answered: every pair of candidate points, every class of addresses that the network treats alike, there
//! and back.

mod family;
mod merge;
mod service_network;
mod unlisted;

use super::Verdict;
use super::answer::{Answer, Leg, PathAnswer, Point, Site};
use super::endpoint_state;
use super::field::{Atoms, Field, Side};
use super::filter::Identity;
use super::points;
use super::question::Question;
use super::traffic;
use super::walk::{Groups, Session, Start, Turns, Walk, Walked, Way, nat64};
use crate::model::address::AddressSet;
use crate::model::traffic::Traffic;
use crate::store::Store;

/// More classes of addresses than any question has; what is left over is told to be unknown.
const MOST_CLASSES: usize = 1 << 16;

/// More ways among which AWS chooses than a network has: the addresses of two NAT gateways behind each other.
const MOST_TURNS: usize = 64;

/// Answers a question without fixes. `explain` writes down the steps.
pub(super) fn answer(store: &Store, question: &Question, explain: bool) -> Answer {
    let from = points::sources(store, &question.from);
    let to = points::targets(store, &question.to, &from);
    let asking = Asking { store, question, explain, groups: Groups::Filter, legs: 0 };
    let mut paths = Vec::new();
    for from in &from {
        for to in &to {
            asking.pair(from, to, &mut paths);
        }
    }
    let candidate = unlisted::candidate(store, &question.from, &from);
    if let Some(doubt) = candidate.or_else(|| unlisted::candidate(store, &question.to, &to)) {
        doubt.which(&mut paths);
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
    /// How many load balancers and proxies the connection came through.
    pub legs: u8,
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
    /// Of how many ways, among which AWS chooses, this is one.
    pub turns: usize,
}

impl Walks {
    /// What comes of it.
    pub(super) fn verdict(&self) -> Verdict {
        judge(&self.there, self.back.as_ref())
    }
}

impl Asking<'_> {
    /// One pair of points: one walk per address family that both have, and per class of addresses.
    fn pair(&self, from: &Point, to: &Point, paths: &mut Vec<PathAnswer>) {
        let families = self.families(from, to);
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
        self.each_class(from, to, |walks| merge::add(paths, first, answered(from, to, walks)));
        let unlisted = |point| unlisted::interface(self.store, point);
        if let Some(doubt) = unlisted(from).or_else(|| unlisted(to)) {
            doubt.which(paths.get_mut(first..).unwrap_or_default());
        }
    }

    /// The families in which two points are asked about.
    pub(super) fn families(&self, from: &Point, to: &Point) -> Vec<(Point, Point)> {
        family::shared(from, to, self.question.flow.protocol)
    }

    /// Walks one member of each class; what the walk did not tell apart is answered with it.
    pub(super) fn each_class(&self, from: &Point, to: &Point, mut take: impl FnMut(Walks)) {
        if !matches!(from.site, Site::ServiceNetwork(_)) {
            return self.classes_up_to(MOST_CLASSES, from, to, take);
        }
        let mut all = Vec::new();
        self.classes_up_to(MOST_CLASSES, from, to, |walks| all.push(walks));
        service_network::without_strangers(all).into_iter().for_each(&mut take);
    }

    fn classes_up_to(&self, most: usize, from: &Point, to: &Point, mut take: impl FnMut(Walks)) {
        let mut turns = self.classes_in_turn(0, most, (from, to), &mut take);
        let mut turn = 1;
        while turn < turns.min(MOST_TURNS) {
            turns = turns.max(self.classes_in_turn(turn, most, (from, to), &mut take));
            turn += 1;
        }
        if turns > MOST_TURNS {
            let ends = (from.addresses.clone(), to.addresses.clone());
            self.untold("so many ways that AWS chooses among", ends).into_iter().for_each(take);
        }
    }

    /// Where AWS chooses among ways, the classes whose addresses go by the way of this number; tells how many there are.
    fn classes_in_turn(
        &self,
        turn: usize,
        most: usize,
        (from, to): (&Point, &Point),
        mut take: impl FnMut(Walks),
    ) -> usize {
        let mut all = 1;
        let mut open = vec![(from.addresses.clone(), to.addresses.clone())];
        let mut left = most;
        while let Some((sources, targets)) = open.pop() {
            let Some(fewer) = left.checked_sub(1) else {
                let ends = (sources, targets);
                let untold = self.untold("an end with so many kinds of addresses", ends);
                let untold = untold.filter(|_| turn == 0);
                untold.into_iter().for_each(&mut take);
                continue;
            };
            left = fewer;
            let ends = (&sources, &targets);
            let Some(walks) = self.walks((from, to), ends, turn) else { continue };
            let Atoms { from: same, to: alike } = &walks.atoms;
            let rest = (sources.difference(same), targets.difference(alike));
            if !rest.0.is_empty() {
                open.push((rest.0, targets));
            }
            if !rest.1.is_empty() {
                open.push((same.clone(), rest.1));
            }
            all = all.max(walks.turns);
            if turn < walks.turns {
                take(walks);
            }
        }
        all
    }

    /// Addresses that were not walked for, since there is too much of `what`.
    fn untold(&self, what: &str, (sources, targets): (AddressSet, AddressSet)) -> Option<Walks> {
        let (src, dst) = (field(&sources, Side::From)?, field(&targets, Side::To)?);
        let asked = traffic::asked(&self.question.flow, dst.value.is_ipv6());
        let leg = endpoint_state::too_many(what, asked.clone());
        let (part_lost, arrived_at) = (false, None);
        let there = Walked { leg, part_lost, asked, arrived_at, src, dst };
        let atoms = Atoms { from: sources, to: targets };
        Some(Walks { there, back: None, atoms, is_direct: false, turns: 1 })
    }

    fn walks(
        &self,
        (from, to): (&Point, &Point),
        (sources, targets): (&AddressSet, &AddressSet),
        turn: usize,
    ) -> Option<Walks> {
        let (src, dst) = (field(sources, Side::From)?, field(targets, Side::To)?);
        let mut atoms = Atoms { from: sources.clone(), to: targets.clone() };
        let asked = traffic::asked(&self.question.flow, dst.value.is_ipv6());
        let answers = self.answers(from, &asked);
        let mut session = Session::new(src, dst, answers.clone());
        session.turns = Turns::number(turn);
        let start = self.start(Way::Forward, asked, src, dst);
        let there = Walk::run(start, from, to, &mut atoms, &mut session);
        let there = endpoint_state::check(self.store, self.question, self.explain, there);
        let there = if session.is_nat64() { as_sent(there) } else { there };
        if !there.leg.passed.is_empty() {
            session.answers = self.answers(from, &there.leg.passed);
        }
        session.arrived = there.leg.arrived;
        let back = self.back(from, to, &there, &mut atoms, &mut session);
        let turns = session.turns.all();
        let is_direct = there.leg.arrived && (there.src, there.dst) == (src, dst);
        Some(Walks { there, back, atoms, is_direct, turns })
    }

    fn start(&self, way: Way, asked: Traffic, src: Field, dst: Field) -> Start<'_> {
        let Self { store, explain, groups, legs, .. } = *self;
        Start { store, explain, groups, way, asked, src, dst, legs }
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
        if nobody_asks || session.answers.is_empty() {
            return None;
        }
        let in_service_network = matches!(from.site, Site::ServiceNetwork(_));
        let site = match (there.arrived_at, to.site) {
            (Some(at), _) => Site::Interface(at),
            (None, Site::Outside) if there.leg.arrived && !in_service_network => Site::Outside,
            _ => return None,
        };
        let asked = if session.bindings.is_empty() {
            session.answers.clone()
        } else {
            traffic::translated(&session.answers)
        };
        let asked = if session.is_nat64() { nat64::in_v4(&asked) } else { asked };
        let start = self.start(Way::Return, asked, there.dst, there.src);
        let start_point = Point { site, addresses: to.addresses.clone() };
        Some(Walk::run(start, &start_point, from, atoms, session))
    }

    /// The two ends have no address family in common, or one is not known at all.
    fn nowhere(&self, from: &Point, to: &Point) -> PathAnswer {
        let lacks = from.site.lacks().or(to.site.lacks());
        let forward = endpoint_state::nowhere(self.store, self.question, lacks);
        let verdict = if forward.unknown { Verdict::Unknown } else { Verdict::Blocked };
        PathAnswer { from: from.clone(), to: to.clone(), verdict, forward, back: Leg::default() }
    }
}

/// What passed in the terms of the client: IPv6, though it arrives as IPv4 (rule NAT-7).
fn as_sent(mut walked: Walked) -> Walked {
    walked.leg.passed = nat64::in_v6(&walked.leg.passed);
    walked.leg.doubtful = nat64::in_v6(&walked.leg.doubtful);
    walked
}

fn answered(from: &Point, to: &Point, walks: Walks) -> PathAnswer {
    let verdict = walks.verdict();
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

fn field(addresses: &AddressSet, side: Side) -> Option<Field> {
    let value = addresses.witness()?;
    let varies = (*addresses != AddressSet::one(value)).then_some(side);
    Some(Field { value, varies })
}

impl Session {
    /// Before anything has happened.
    pub(super) fn new(src: Field, dst: Field, answers: Traffic) -> Self {
        Self {
            caller: src,
            called: dst,
            bindings: Vec::new(),
            exit: None,
            identity: Identity::Kept,
            by_transit: false,
            is_off_track: false,
            arrived: false,
            answers,
            turns: Turns::number(0),
        }
    }
}

#[cfg(test)]
mod tests;
