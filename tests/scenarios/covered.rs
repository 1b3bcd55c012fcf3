//! Which rules of the rule book have a scenario: none is forgotten, and the table in the README is up to date.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use serde::Deserialize;

use super::{files, folder};
use crate::readme::WRITE;

/// Why rules have no scenario.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Reasons {
    no_verdict: BTreeMap<String, String>,
    not_modelled: BTreeMap<String, String>,
}

/// One section of the rule book.
struct Area {
    /// How its rules' ids begin.
    family: &'static str,
    /// The highest number.
    last: usize,
    /// For people.
    title: &'static str,
    /// What the engine does about it.
    modelled: &'static str,
}

const fn area(
    family: &'static str,
    last: usize,
    title: &'static str,
    modelled: &'static str,
) -> Area {
    Area { family, last, title, modelled }
}

/// The sections of the rule book, each with what is modelled of it.
#[rustfmt::skip]
const AREAS: [Area; 19] = [
    area("SG", 20, "security groups", "both directions, prefix lists, references to groups of the same VPC, of peers, across transit gateways and associations, stale ones; lost across NAT, appliances and public addresses"),
    area("NACL", 9, "network ACLs", "every crossing on the way there and back, entries in order, the whole ephemeral range as all, part or none"),
    area("RT", 10, "route tables", "longest prefix, ties, blackholes, prefix lists, routes more specific than local, propagated routes, edge tables as far as the appliance that they lead to"),
    area("IGW", 4, "internet gateways", "public addresses of each private one, IPv6, egress-only gateways"),
    area("BPA", 2, "Block Public Access", "both modes and the exclusions"),
    area("NAT", 10, "NAT", "public, private and regional gateways, NAT instances, NAT64"),
    area("ENI", 5, "interfaces and instances", "all addresses and prefixes, source/destination check, states, several interfaces"),
    area("PCX", 5, "VPC peering", "routes on both sides, no transit, which address a name stands for"),
    area("TGW", 10, "transit gateways", "zones, associations, propagations, blackholes, peered gateways, several accounts"),
    area("VGW", 1, "VPN gateways", "as far as the VPC's own configuration tells; what lies behind is unknown"),
    area("EP", 7, "VPC endpoints", "gateway and interface endpoints, private names, the default group"),
    area("L", 9, "Lambda functions", "with and without a VPC, each subnet by itself, also where AWS shows no interface"),
    area("R", 8, "RDS, Aurora, proxies", "which address the name stands for, every member of a cluster, both legs of a proxy"),
    area("LB", 8, "load balancers", "application and network: listeners, zones, targets, the client's address, their own way back"),
    area("DNS", 3, "names", "the VPC's resolver and switches, names of databases, load balancers and endpoints"),
    area("NFW", 1, "Network Firewall", "as a hop that is not known"),
    area("VL", 1, "VPC Lattice", "as an end that is not known"),
    area("ENC", 1, "encryption controls", ""),
    area("SH", 1, "shared subnets", "zones by id, several owners in one VPC"),
];

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
    AREAS.iter().flat_map(rules_of)
}

fn rules_of(area: &Area) -> impl Iterator<Item = String> + use<> {
    let family = area.family;
    (1..=area.last).map(move |number| format!("{family}-{number}"))
}

#[test]
fn the_readme_tells_what_is_modelled() {
    let without = reasons().not_modelled;
    let mut made = String::from("| | modelled | not modelled |\n|---|---|---|\n");
    for area in &AREAS {
        let reasons: Vec<_> =
            rules_of(area).filter_map(|rule| without.get(&rule).cloned()).collect();
        let _ = writeln!(made, "| {} | {} | {} |", area.title, area.modelled, reasons.join("; "));
    }
    crate::readme::check("modelled", &made);
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
    let Reasons { no_verdict, not_modelled } = reasons();
    no_verdict.into_iter().chain(not_modelled).collect()
}

fn reasons() -> Reasons {
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
    table + &known_wrong_elsewhere() + &super::coded::table()
}

/// The scenarios of cases that other tools are known to get wrong.
fn known_wrong_elsewhere() -> String {
    const MARK: &str = " (known wrong elsewhere)";
    let mut table = String::from(
        "\n## Cases that other tools are known to get wrong\n\n| scenario | says |\n|---|---|\n",
    );
    for path in files() {
        let text = fs::read_to_string(&path).expect("a scenario is text");
        let about = text.lines().find_map(|line| line.strip_prefix("about = "));
        let Some(about) = about.filter(|about| about.contains(MARK)) else { continue };
        let name = path.file_stem().unwrap_or_default().display();
        let about = about.trim_matches('"').replace(MARK, "");
        let _ = writeln!(table, "| [{name}]({name}.toml) | {about} |");
    }
    table
}
