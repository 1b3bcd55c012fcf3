//! One engine, two ways of asking: what `reach` says of all pairs is what `why` says of each, in every scenario.

use std::collections::{BTreeMap, BTreeSet};

use vpctui::reach::whole::{Answered, Member, Reach, Scope, reach};
use vpctui::reach::{End, Flow, Question, Verdict, verdict};
use vpctui::store::{InterfaceIx, Store};

use crate::scenarios::all_questions;

/// One end of a pair: an interface, or the internet.
type One = Option<InterfaceIx>;

/// What becomes of the parts of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Works,
    WorksInPart,
    NotAnswered,
    Unknown,
}

#[test]
fn all_pairs_of_a_network_are_the_questions_about_each() {
    for_each_network(|name, store, flow| {
        let all = reach(store, &Scope { flow: flow.clone(), ..Scope::default() });
        let fates = fates(store, &all);
        for (from, source) in ends(store) {
            for (to, target) in ends(store).into_iter().filter(|(to, _)| *to != from) {
                let question = Question { from: source.clone(), to: target, flow: flow.clone() };
                let fates = fates.get(&(from, to)).cloned().unwrap_or_default();
                let said = verdict(store, &question);
                assert!(agrees(said, &fates), "{name}: {said}, {fates:?}, {question:?}");
            }
        }
    });
}

#[test]
fn what_one_end_reaches_and_is_reached_by_is_a_part_of_all_pairs() {
    for_each_network(|name, store, flow| {
        let all = fates(store, &reach(store, &Scope { flow: flow.clone(), ..Scope::default() }));
        for (_, end) in ends(store) {
            let from = Scope { from: Some(end.clone()), to: None, flow: flow.clone() };
            let to = Scope { from: None, to: Some(end), flow: flow.clone() };
            for scope in [from, to] {
                for (pair, fates) in fates(store, &reach(store, &scope)) {
                    assert_eq!(all.get(&pair), Some(&fates), "{name}: {scope:?}");
                }
            }
        }
    });
}

/// Every network of the scenarios with every flow that is asked about in it, each once.
fn for_each_network(mut check: impl FnMut(&str, &Store, &Flow)) {
    let mut seen = BTreeSet::new();
    for (name, dump, question) in all_questions() {
        if seen.insert(format!("{:?} {:?}", dump.regions, question.flow)) {
            check(&name, &Store::build(dump), &question.flow);
        }
    }
}

fn ends(store: &Store) -> Vec<(One, End)> {
    let rows = store.interfaces.rows();
    let inside = rows.map(|(at, row)| (Some(at), End::Interface(row.data.id.clone())));
    inside.chain([(None, End::Internet)]).collect()
}

fn fates(store: &Store, reach: &Reach) -> BTreeMap<(One, One), BTreeSet<Fate>> {
    let mut fates: BTreeMap<_, BTreeSet<Fate>> = BTreeMap::new();
    let one = |member: Member<'_>| member.interface();
    for pair in reach.pairs(store) {
        let fate = match (pair.got.allowed.is_empty(), pair.got.answered) {
            (_, Answered::Unknown) | (true, _) => Fate::Unknown,
            (false, Answered::None) => Fate::NotAnswered,
            (false, Answered::All) if pair.got.unknown.is_empty() => Fate::Works,
            (false, Answered::All | Answered::Some) => Fate::WorksInPart,
        };
        fates.entry((one(pair.from), one(pair.to))).or_default().insert(fate);
    }
    fates
}

/// What is not told of a pair is blocked; parts that work make it partial at most.
fn agrees(said: Verdict, fates: &BTreeSet<Fate>) -> bool {
    match said {
        Verdict::Blocked => fates.iter().all(|fate| *fate == Fate::NotAnswered),
        Verdict::Reachable => fates.iter().eq([&Fate::Works]),
        Verdict::Partial => fates.iter().any(|fate| *fate <= Fate::WorksInPart),
        Verdict::Unknown => fates.contains(&Fate::Unknown),
    }
}
