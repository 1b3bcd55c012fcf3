//! What a repair opens besides the question: pairs of interfaces that it lets through and that were not before.

use super::change::{Change, FixPeer};
use crate::model::ids::{SecurityGroupId, TransitGatewayAttachmentId};
use crate::reach::Verdict;
use crate::reach::ask;
use crate::reach::points;
use crate::reach::question::{End, Question};
use crate::store::{Direction, Interface, InterfaceIx, Store};

/// More pairs than this are not asked one by one; the count then is a lower bound.
const MOST_PAIRS: usize = 20_000;

/// Counts the other pairs that the changes open for the question's flow.
pub(super) fn others(
    before: &Store,
    after: &Store,
    question: &Question,
    changes: &[Change],
) -> usize {
    let (sources, targets) = affected(after, question, changes);
    let asked_from = interfaces(after, &question.from, true);
    let asked_to = interfaces(after, &question.to, false);
    let pairs = sources.iter().flat_map(|from| targets.iter().map(move |to| (from, to)));
    let other =
        pairs.filter(|(from, to)| from != to && !is_asked(from, to, &asked_from, &asked_to));
    other
        .take(MOST_PAIRS)
        .filter(|(from, to)| {
            let question =
                Question { from: (*from).clone(), to: (*to).clone(), flow: question.flow.clone() };
            opened(before, after, &question)
        })
        .count()
}

fn opened(before: &Store, after: &Store, question: &Question) -> bool {
    let verdict = |store: &Store| ask::answer(store, question, false).verdict;
    verdict(after) == Verdict::Reachable && verdict(before) != Verdict::Reachable
}

fn is_asked(from: &End, to: &End, asked_from: &[End], asked_to: &[End]) -> bool {
    asked_from.contains(from) && asked_to.contains(to)
}

/// The ends of a question as interfaces, or as they are where they have none.
fn interfaces(store: &Store, end: &End, source: bool) -> Vec<End> {
    let points = points::sources(store, end);
    let points = if source { points } else { points::targets(store, end, &points) };
    let ids = points.iter().filter_map(|point| point.site.interface()).map(|at| by_id(store, at));
    let ids: Vec<_> = ids.collect();
    if ids.is_empty() { vec![end.clone()] } else { ids }
}

fn by_id(store: &Store, at: InterfaceIx) -> End {
    End::Interface(store.interface(at).id.clone())
}

/// Who may gain by the changes: sources and targets. The question's own ends are among them.
fn affected(store: &Store, question: &Question, changes: &[Change]) -> (Vec<End>, Vec<End>) {
    let mut sources = interfaces(store, &question.from, true);
    let mut targets = interfaces(store, &question.to, false);
    for change in changes {
        match change {
            Change::GroupRule { group, direction: Direction::Ingress, peer, .. } => {
                targets.extend(carriers(store, group));
                sources.extend(peers(store, peer));
            }
            Change::GroupRule { group, direction: Direction::Egress, peer, .. } => {
                sources.extend(carriers(store, group));
                targets.extend(peers(store, peer));
            }
            Change::Route { table, .. } => sources.extend(users_of_table(store, table.as_str())),
            Change::AclEntry { acl, .. } => {
                sources.extend(behind_acl(store, acl.as_str()));
                targets.extend(behind_acl(store, acl.as_str()));
            }
            Change::TransitAssociation { attachment, .. } => {
                sources.extend(in_vpc_of(store, attachment));
            }
            Change::TransitPropagation { attachment, .. } => {
                targets.extend(in_vpc_of(store, attachment));
            }
            Change::DnsOverPeering { .. }
            | Change::AttachFunction { .. }
            | Change::NatGateway { .. }
            | Change::ForwardPackets { .. }
            | Change::PublicAddress { .. } => {}
        }
    }
    (unique(sources), unique(targets))
}

fn carriers(store: &Store, group: &SecurityGroupId) -> Vec<End> {
    store.members(group).iter().map(|at| by_id(store, *at)).collect()
}

fn peers(store: &Store, peer: &FixPeer) -> Vec<End> {
    match peer {
        FixPeer::Group(group) => carriers(store, group),
        FixPeer::Cidr(net) => matching(store, |interface| {
            interface.addresses.iter().any(|own| net.contains(&own.private))
        }),
    }
}

fn users_of_table(store: &Store, table: &str) -> Vec<End> {
    let table = store.route_tables.position(table);
    matching(store, |interface| {
        table.is_some() && interface.subnet.and_then(|subnet| store.route_table_of(subnet)) == table
    })
}

fn in_vpc_of(store: &Store, attachment: &TransitGatewayAttachmentId) -> Vec<End> {
    let vpc = store.transit_gateway_vpc_attachments.get(attachment);
    let vpc = vpc.and_then(|one| store.vpcs.position(&one.vpc_id));
    matching(store, |interface| vpc.is_some() && interface.vpc == vpc)
}

fn behind_acl(store: &Store, acl: &str) -> Vec<End> {
    let acl = store.network_acls.position(acl);
    matching(store, |interface| {
        acl.is_some() && interface.subnet.and_then(|subnet| store.acl_of(subnet)) == acl
    })
}

fn matching(store: &Store, wanted: impl Fn(&Interface) -> bool) -> Vec<End> {
    let interfaces = store.interfaces.iter().filter(|interface| wanted(interface));
    interfaces.map(|interface| End::Interface(interface.id.clone())).collect()
}

fn unique(ends: Vec<End>) -> Vec<End> {
    let mut seen = rustc_hash::FxHashSet::default();
    ends.into_iter().filter(|end| seen.insert(end.clone())).collect()
}
