//! Which rules of the rule book have a scenario: none is forgotten, and the table in the README is up to date.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use super::{files, folder};

/// The rules of the rule book's sections on groups, ACLs, routes, edges, links, endpoints, functions, databases,
/// load balancers, names and shared subnets, by family and highest number.
const RULES: [(&str, usize); 16] = [
    ("SG", 20),
    ("NACL", 9),
    ("RT", 10),
    ("IGW", 4),
    ("BPA", 2),
    ("NAT", 10),
    ("ENI", 5),
    ("PCX", 5),
    ("TGW", 10),
    ("VGW", 1),
    ("EP", 7),
    ("L", 9),
    ("R", 8),
    ("LB", 8),
    ("DNS", 3),
    ("SH", 1),
];

/// Set to write the table instead of comparing it.
const WRITE: &str = "VPCTUI_WRITE_TABLES";

#[test]
fn every_rule_has_a_scenario_or_a_reason() {
    let without = without();
    for rule in rules() {
        let has_scenario = !scenarios_of(&rule).is_empty();
        let has_reason = without.get(&rule).is_some_and(|reason| !reason.trim().is_empty());
        assert!(has_scenario || has_reason, "{rule} has neither a scenario nor a reason");
        assert!(!(has_scenario && has_reason), "{rule} has a scenario: its reason is out of date");
    }
    let known: Vec<String> = rules().collect();
    let unknown: Vec<_> = without.keys().filter(|rule| !known.contains(rule)).collect();
    assert!(unknown.is_empty(), "{unknown:?} are no rules");
}

#[test]
fn every_scenario_is_named_after_a_rule() {
    let all: Vec<String> = rules().flat_map(|rule| scenarios_of(&rule)).collect();
    for name in names() {
        assert!(all.contains(&name), "{name} begins with no rule's id");
    }
}

#[test]
fn the_table_of_rules_and_scenarios_is_up_to_date() {
    let path = folder().join("README.md");
    let table = table();
    if std::env::var_os(WRITE).is_some() {
        fs::write(&path, &table).expect("the README is written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == table, "README.md is out of date: run this test with {WRITE}=1");
}

fn rules() -> impl Iterator<Item = String> {
    RULES.iter().flat_map(|(family, last)| (1..=*last).map(move |n| format!("{family}-{n}")))
}

fn names() -> Vec<String> {
    let stem = |path: &std::path::PathBuf| path.file_stem().map(|stem| stem.display().to_string());
    files().iter().filter_map(stem).collect()
}

fn scenarios_of(rule: &str) -> Vec<String> {
    let start = format!("{}-", rule.to_lowercase());
    names().into_iter().filter(|name| name.starts_with(&start)).collect()
}

fn without() -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder().join("without.toml")).expect("the list of reasons");
    toml::from_str(&text).expect("rules with reasons")
}

fn table() -> String {
    let without = without();
    let mut table = String::from(
        "# Rules and their scenarios\n\n\
         Written by the test `the_table_of_rules_and_scenarios_is_up_to_date`; the notation of the files is described in\n\
         `tests/notation/mod.rs`.\n\n\
         | rule | scenarios, or why there is none |\n|---|---|\n",
    );
    for rule in rules() {
        let scenarios = scenarios_of(&rule);
        let links = scenarios.iter().map(|name| format!("[{name}]({name}.toml)"));
        let links: Vec<_> = links.collect();
        let reason = without.get(&rule).cloned().unwrap_or_default();
        let said = if links.is_empty() { reason } else { links.join("<br>") };
        let _ = writeln!(table, "| {rule} | {said} |");
    }
    table
}
