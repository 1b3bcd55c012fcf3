//! One pair of points: what gets there, and how much of it is answered, as exact sets.

use super::{Answered, Got};
use crate::model::address::AddressSet;
use crate::model::interval::{Bound, IntervalSet};
use crate::model::traffic::{PortSet, Traffic};
use crate::reach::answer::{Point, Site};
use crate::reach::ask::{Asking, Walks};
use crate::reach::traffic;

/// What comes of some addresses of a pair of points.
#[derive(Clone, Debug)]
pub(super) struct Passage {
    pub from: AddressSet,
    pub to: AddressSet,
    pub got: Got,
}

/// Everything that comes of a pair of points, one passage per outcome.
pub(super) fn passages(asking: &Asking<'_>, from: &Point, to: &Point) -> Vec<Passage> {
    let mut passages = Vec::new();
    if from.site.lacks().or(to.site.lacks()).is_some() {
        passages.push(nowhere(asking, from, to));
        return passages;
    }
    let mut in_turn = Vec::new();
    for (from, to) in asking.families(from, to) {
        asking.each_class(&from, &to, |walks| {
            let got = got(asking, from.site, &walks);
            let Walks { atoms, turns, .. } = walks;
            let passage = Passage { from: atoms.from, to: atoms.to, got };
            if turns > 1 {
                add_turn(&mut in_turn, passage);
            } else {
                add(&mut passages, passage);
            }
        });
    }
    for passage in in_turn {
        add(&mut passages, passage);
    }
    passages
}

/// Joins the ways among which AWS chooses: what only some of them let through is answered sometimes.
fn add_turn(passages: &mut Vec<Passage>, new: Passage) {
    let same = passages.iter_mut().find(|old| old.from == new.from && old.to == new.to);
    let Some(old) = same else { return passages.push(new) };
    if old.got != new.got {
        let (one, other) = (&old.got, &new.got);
        let unknown = one.unknown.union(&other.unknown);
        let allowed = one.allowed.union(&other.allowed);
        let answered = if allowed.is_empty() { Answered::None } else { Answered::Some };
        old.got = Got { allowed, unknown, answered };
    }
}

/// Nothing is known of an end that has no interface.
fn nowhere(asking: &Asking<'_>, from: &Point, to: &Point) -> Passage {
    let unknown = traffic::asked(&asking.question.flow, false);
    let got = Got { unknown, ..Got::nothing() };
    Passage { from: from.addresses.clone(), to: to.addresses.clone(), got }
}

/// Joins what differs in one end only and came out alike.
fn add(passages: &mut Vec<Passage>, new: Passage) {
    let same = passages
        .iter_mut()
        .find(|old| old.got == new.got && (old.from == new.from || old.to == new.to));
    let Some(old) = same else { return passages.push(new) };
    old.from = old.from.union(&new.from);
    old.to = old.to.union(&new.to);
}

fn got(asking: &Asking<'_>, from: Site, walks: &Walks) -> Got {
    let leg = &walks.there.leg;
    if leg.passed.is_empty() {
        return Got::nothing();
    }
    let allowed = leg.sure();
    let answered = answered(asking, from, walks, &allowed);
    Got { allowed, unknown: leg.unsure(), answered }
}

/// How much of the answers to what surely gets there comes back.
fn answered(asking: &Asking<'_>, from: Site, walks: &Walks, allowed: &Traffic) -> Answered {
    if allowed.is_empty() {
        return Answered::None;
    }
    let Some(back) = walks.back.as_ref() else { return Answered::All };
    let wanted = traffic::answers(asking.store, &asking.question.flow, from, allowed);
    let (sure, maybe) = (back.leg.sure(), back.leg.unsure());
    let of = |wanted: &PortSet, sure, maybe| of_one(wanted, sure, maybe, back.part_lost);
    let each = [
        of(&wanted.tcp, &sure.tcp, &maybe.tcp),
        of(&wanted.udp, &sure.udp, &maybe.udp),
        of(&wanted.icmp, &sure.icmp, &maybe.icmp),
        of(&wanted.icmpv6, &sure.icmpv6, &maybe.icmpv6),
        of_one(&wanted.others, &sure.others, &maybe.others, back.part_lost),
    ];
    let each = each.into_iter().flatten();
    each.reduce(|a, b| if a == b { a } else { mixed(a, b) }).unwrap_or(Answered::All)
}

/// How much of the answers of one protocol comes back; nothing to say where none is wanted.
fn of_one<T: Bound>(
    wanted: &IntervalSet<T>,
    sure: &IntervalSet<T>,
    maybe: &IntervalSet<T>,
    part_lost: bool,
) -> Option<Answered> {
    if wanted.is_empty() {
        None
    } else if !part_lost && wanted.is_subset(sure) {
        Some(Answered::All)
    } else if wanted.intersects(sure) {
        Some(Answered::Some)
    } else if wanted.intersects(maybe) {
        Some(Answered::Unknown)
    } else {
        Some(Answered::None)
    }
}

/// Of two protocols with different fates: some of it is answered, unless none is for sure.
fn mixed(a: Answered, b: Answered) -> Answered {
    match (a, b) {
        (Answered::Unknown, Answered::None) | (Answered::None, Answered::Unknown) => {
            Answered::Unknown
        }
        _ => Answered::Some,
    }
}
