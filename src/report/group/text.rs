//! A group for people.

use super::{Document, Interface, Rule};
use crate::report::page::{Cell, Page, Tone};
use crate::report::words::{counted, interfaces_at_least};

/// The group as text.
pub fn page(document: &Document) -> Page {
    let mut page = Page::new();
    heading(document, &mut page);
    section(&mut page, "carried by", &members(document));
    for action in &document.needs {
        page.say(Tone::Unsure, format!("not known without {action}: who else carries it"));
    }
    section(&mut page, "inbound", &rules(&document.inbound));
    section(&mut page, "outbound", &rules(&document.outbound));
    section(&mut page, "referred to by", &referrers(document));
    if !document.referenced_from.is_empty() {
        section(&mut page, "referred to from other VPCs", &referring_vpcs(document));
    }
    section(&mut page, "worth a look", &findings(document));
    page
}

fn heading(document: &Document, page: &mut Page) {
    let group = &document.group;
    let members = interfaces_at_least(document.members.len(), !document.needs.is_empty());
    let referrers = counted(document.referenced_by.len(), "group");
    page.line([
        (Tone::Plain, "Group "),
        (Tone::Strong, if group.name.is_empty() { "(not known)" } else { &group.name }),
        (Tone::Plain, &*format!(" {} · on {members} · referred to by {referrers}", group.id)),
    ]);
    let vpc_name = group.vpc_name.as_ref().map(|name| format!("({name})"));
    let vpc = group.vpc.as_ref().map(|vpc| format!("in {vpc}"));
    let about = [vpc, vpc_name, group.account.clone(), group.region.clone()];
    let about: Vec<_> = about.into_iter().flatten().collect();
    page.say(Tone::Dim, about.join(" "));
    page.say(Tone::Dim, group.description.as_deref().unwrap_or_default());
    page.lines.retain(|line| !line.is_empty());
}

fn section(page: &mut Page, title: &str, rows: &[Vec<Cell>]) {
    page.gap();
    let nothing = if rows.is_empty() { ": none" } else { "" };
    page.say(Tone::Strong, format!("{title}{nothing}"));
    page.table(2, rows);
}

fn members(document: &Document) -> Vec<Vec<Cell>> {
    document.members.iter().map(interface).collect()
}

fn interface(interface: &Interface) -> Vec<Cell> {
    let vpc = interface.vpc.clone().unwrap_or_default();
    vec![
        (Tone::Plain, interface.kind.to_owned()),
        (Tone::Plain, interface.owner.clone()),
        (Tone::Plain, interface.address.clone()),
        (Tone::Dim, vpc),
        (Tone::Dim, interface.id.clone()),
    ]
}

fn rules(rules: &[Rule]) -> Vec<Vec<Cell>> {
    let row = |rule: &Rule| {
        let peer = match (&rule.peer.name, &rule.peer.account) {
            (Some(name), _) => format!("{name} ({})", rule.peer.id),
            (None, Some(account)) => format!("{account}/{}", rule.peer.id),
            (None, None) => rule.peer.id.clone(),
        };
        vec![
            (Tone::Dim, rule.position.to_string()),
            (Tone::Plain, rule.protocol.clone()),
            (Tone::Plain, rule.ports.clone()),
            (Tone::Plain, peer),
            (tone(rule), rule.covers.text.clone()),
            (Tone::Dim, rule.description.clone().unwrap_or_default()),
        ]
    };
    rules.iter().map(row).collect()
}

fn tone(rule: &Rule) -> Tone {
    match rule.covers.nothing {
        Some(_) => Tone::Unsure,
        None => Tone::Plain,
    }
}

fn referrers(document: &Document) -> Vec<Vec<Cell>> {
    let row = |one: &super::Referrer| {
        let inbound = format!("{} inbound", one.inbound);
        let outbound = format!("{} outbound", one.outbound);
        vec![
            (Tone::Plain, one.name.clone()),
            (Tone::Dim, one.id.clone()),
            (Tone::Plain, inbound),
            (Tone::Plain, outbound),
        ]
    };
    document.referenced_by.iter().map(row).collect()
}

fn referring_vpcs(document: &Document) -> Vec<Vec<Cell>> {
    let row = |one: &super::ReferringVpc| {
        let over = one.over.as_ref().map(|over| format!("over {over}"));
        vec![(Tone::Plain, one.label()), (Tone::Dim, over.unwrap_or_default())]
    };
    document.referenced_from.iter().map(row).collect()
}

fn findings(document: &Document) -> Vec<Vec<Cell>> {
    let row = |finding: &super::Finding| {
        let rule = match (finding.direction, finding.position) {
            (Some(direction), Some(position)) => format!("{direction} {position}"),
            _ => "group".to_owned(),
        };
        vec![(Tone::Dim, rule), (Tone::Unsure, finding.text.clone())]
    };
    document.findings.iter().map(row).collect()
}
