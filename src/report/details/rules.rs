//! The rules of several groups as one list: what may come in and go out, and which group says so.

use super::sheet::{Sheet, Text, Tone, dim};
use crate::model::ids::SecurityGroupId;
use crate::report::group::{ports, protocol};
use crate::report::words;
use crate::store::{Direction, GroupRule, Peer, Store};

/// What one or more groups say together.
struct Merged<'a> {
    rule: &'a GroupRule,
    origins: Vec<String>,
}

/// The rules of groups, merged; an interface without groups is not filtered.
pub(super) fn merged(store: &Store, groups: &[SecurityGroupId], sheet: &mut Sheet) {
    let origin = if groups.len() > 1 { "of all its groups" } else { "" };
    for (heading, direction) in
        [("May come in", Direction::Ingress), ("May go out", Direction::Egress)]
    {
        let rules = merge(store, groups, direction);
        sheet.heading(heading, if rules.is_empty() { "nothing" } else { origin });
        for one in &rules {
            row(store, one, direction, groups.len() > 1, sheet);
        }
    }
}

fn merge<'a>(store: &'a Store, groups: &[SecurityGroupId], way: Direction) -> Vec<Merged<'a>> {
    let mut merged: Vec<Merged<'a>> = Vec::new();
    for group in groups {
        let name = name(store, group);
        for rule in store.group_rules(group).map_or(&[][..], |rules| rules.of(way)) {
            let same = |one: &&mut Merged<'_>| {
                one.rule.peer == rule.peer && one.rule.traffic == rule.traffic
            };
            match merged.iter_mut().find(same) {
                Some(one) if one.origins.contains(&name) => {}
                Some(one) => one.origins.push(name.clone()),
                None => merged.push(Merged { rule, origins: vec![name.clone()] }),
            }
        }
    }
    merged
}

fn row(store: &Store, one: &Merged<'_>, way: Direction, by: bool, sheet: &mut Sheet) {
    let origin = if by { format!("by {}", one.origins.join(", ")) } else { String::new() };
    let word = if way == Direction::Ingress { "from" } else { "to" };
    let description = one.rule.description.clone().unwrap_or_default();
    let cells = [
        Text::from(traffic(one.rule)),
        dim(word),
        peer(store, one.rule),
        dim(origin),
        dim(description),
    ];
    match &one.rule.peer {
        Peer::Group(reference) => sheet.row_to(store, reference.group.as_str(), cells),
        Peer::PrefixList(list, _) => sheet.row_to(store, list.as_str(), cells),
        Peer::Cidr(_) => sheet.row(cells),
    }
}

fn peer(store: &Store, rule: &GroupRule) -> Text {
    match &rule.peer {
        Peer::Cidr(cidr) if cidr.prefix_len() == 0 => {
            Text::of(Tone::Strong, cidr.to_string()).with(Tone::Dim, "  anyone")
        }
        Peer::Cidr(cidr) => Text::of(Tone::Strong, cidr.to_string()),
        Peer::PrefixList(list, _) => {
            Text::of(Tone::Strong, store.prefix_lists.name(list).unwrap_or(list.as_str()))
        }
        Peer::Group(reference) => {
            let members = words::interfaces(store, store.members(&reference.group).len());
            Text::of(Tone::Strong, name(store, &reference.group))
                .with(Tone::Dim, format!("  {members}"))
        }
    }
}

fn name(store: &Store, group: &SecurityGroupId) -> String {
    let known = store.security_groups.get(group).map(|group| group.group_name.clone());
    known.filter(|name| !name.is_empty()).unwrap_or_else(|| group.to_string())
}

/// `tcp 5432`, `everything`.
fn traffic(rule: &GroupRule) -> String {
    match (protocol(rule).as_str(), ports(rule).as_str()) {
        ("all", _) => "everything".to_owned(),
        (protocol, "all") => format!("all {protocol}"),
        (protocol, ports) => format!("{protocol} {ports}"),
    }
}
