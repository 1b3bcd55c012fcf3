//! The rule that decided a check, in its place: all of the route table, ACL or group that it stands in.

use super::details::{Entry, Subject, Text, Tone};
use super::naming;
use super::why::Step;
use crate::store::{Direction, Routes, Store};

/// The place of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What the rule stands in.
    pub title: String,
    /// The check's outcome in a sentence, then all rules.
    pub entries: Vec<Entry>,
    /// The rule that decided, by position in the entries; without one, the sentence.
    pub deciding: usize,
}

/// The place of the rule that decided a check; of a check without rules, the thing that was checked.
pub fn place(store: &Store, step: &Step) -> Place {
    let component = &step.component;
    let name = component.name.as_deref().unwrap_or(&component.id);
    let mut entries = vec![Entry::Note(step.reason.clone())];
    for id in component.id.split(',').filter(|id| !id.is_empty()) {
        let rules = rules(store, step, id);
        entries.push(heading(store, id, rules.len()));
        entries.extend(rules.into_iter().map(|rule| row(step, id, &rule)));
    }
    let decided = entries.iter().position(is_deciding).unwrap_or_default();
    Place {
        title: format!("{}  {name}", component.kind.replace('-', " ")),
        entries,
        deciding: decided,
    }
}

/// A rule: its number, where it has one, and its text.
type Rule = (Option<u32>, String);

fn rules(store: &Store, step: &Step, id: &str) -> Vec<Rule> {
    let direction =
        if step.check.ends_with("egress") { Direction::Egress } else { Direction::Ingress };
    match step.component.kind {
        "security-group" => {
            let rules =
                store.group_rules(&id.into()).map(|rules| rules.of(direction)).unwrap_or_default();
            let egress = direction == Direction::Egress;
            rules.iter().map(|rule| (None, naming::group_rule(store, rule, egress))).collect()
        }
        "network-acl" => {
            let rules = store.network_acls.position(id).and_then(|at| store.acl_rules(at));
            let rules = rules.map(|rules| rules.of(direction)).unwrap_or_default();
            rules.iter().map(|rule| (Some(rule.number), naming::acl_rule(rule))).collect()
        }
        "route-table" => {
            let routes = store.route_tables.position(id).and_then(|at| store.routes(at));
            let routes = routes.map(Routes::entries).unwrap_or_default();
            routes.iter().map(|entry| (None, naming::route(entry))).collect()
        }
        _ => Vec::new(),
    }
}

fn heading(store: &Store, id: &str, rules: usize) -> Entry {
    let named = store.directory().by_id(id);
    let name = named.and_then(|named| named.name.as_deref()).filter(|name| *name != id);
    let text = name.unwrap_or(id).to_owned();
    let id = if name.is_some() { format!("{id}  ") } else { String::new() };
    let count = if rules == 0 { String::new() } else { super::words::counted(rules, "rule") };
    let aside = Text::of(Tone::Dim, format!("{id}{count}"));
    Entry::Heading {
        text,
        aside,
        link: named.map(|named| Subject::Thing(named.kind, named.id.clone())),
    }
}

/// The sign in front of the rule that decided.
const DECIDED: &str = "▶ decided";

fn row(step: &Step, id: &str, (number, text): &Rule) -> Entry {
    let decided = step.rule.as_ref().is_some_and(|rule| {
        rule.of == id && rule.text == *text && rule.number.is_none_or(|one| Some(one) == *number)
    });
    let mark = if decided { DECIDED } else { "" };
    let tone = if decided { Tone::Strong } else { Tone::Text };
    let cells = vec![Text::of(Tone::Warn, mark), Text::of(tone, text)];
    Entry::Row { cells, link: None }
}

fn is_deciding(entry: &Entry) -> bool {
    matches!(entry, Entry::Row { cells, .. } if cells.first().is_some_and(|cell| cell.plain() == DECIDED))
}
