//! Scenario files: a small network, questions, and what the rule book says of them.
//!
//! Each `tests/scenarios/<rule id>-<what>.toml` is a network in the notation of [`crate::notation`] with `[[ask]]` tables
//! besides. An expectation is the verdict, the codes of all blockers in any order, and where it matters the rule that
//! decided, written as in the notation with its resource in front. `change` replaces entries of the network for one
//! question, so that the two sides of a rule stand in one file.

mod coded;
mod covered;
mod repaired;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use vpctui::model::catalogue::Envelope;
use vpctui::model::dump::Dump;
use vpctui::model::traffic::Protocol;
use vpctui::reach::answer::{Outcome, Rule, Step};
use vpctui::reach::{Answer, Flow, Question, Verdict, explain, naming, verdict};
use vpctui::store::{GroupRule, Peer, RouteEntry, Store, Target};

use crate::mask::Both;
use crate::notation::{Network, without};

/// One question and what is expected of its answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Ask {
    /// Why the answer is this one; read by people only.
    #[serde(default)]
    #[expect(dead_code, reason = "read by people only")]
    why: String,
    from: String,
    to: String,
    /// `tcp 5432`, `tcp 5432 from 40000`, `icmp`, `icmp 3/4`, `all`.
    flow: String,
    /// `reachable`, `partial`, `blocked`, `unknown`.
    verdict: String,
    /// The codes of every step that stops all or a part of it.
    #[serde(default)]
    blockers: BTreeSet<String>,
    /// The codes of every step that cannot be told; may be left out where the verdict is none of `unknown`.
    unknowns: Option<BTreeSet<String>>,
    /// Codes that have to be among those of steps that only help to understand.
    #[serde(default)]
    mentions: BTreeSet<String>,
    /// Rules that have to be among those that decided.
    #[serde(default)]
    deciding: Vec<String>,
    /// Entries of the network that are others for this question.
    #[serde(default)]
    change: toml::Table,
}

/// The parts of a file.
struct Scenario {
    network: toml::Table,
    asks: Vec<Ask>,
}

#[test]
fn every_scenario_holds() {
    let failures: Vec<String> = files().iter().flat_map(|path| failures(path)).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_scenario_has_the_same_verdict_when_masked() {
    let differences: Vec<String> = files().iter().flat_map(|path| masked(path)).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Every question of every scenario, with its network.
pub fn all_questions() -> impl Iterator<Item = (String, Dump, Question)> {
    files().into_iter().flat_map(|path| {
        let scenario = read(&path);
        let name = path.file_stem().unwrap_or_default().display().to_string();
        let asks = scenario.asks.iter().map(|ask| {
            let network = changed(&scenario.network, &ask.change);
            let network =
                Network::deserialize(network).unwrap_or_else(|error| broken(&path, &error));
            let dump = network.dump();
            let question = question(&Store::build(dump.clone()), ask);
            (name.clone(), dump, question)
        });
        asks.collect::<Vec<_>>()
    })
}

/// The answers that masking changes.
fn masked(path: &Path) -> Vec<String> {
    let scenario = read(path);
    let different = scenario.asks.iter().filter_map(|ask| {
        let network = changed(&scenario.network, &ask.change);
        let network = Network::deserialize(network).unwrap_or_else(|error| broken(path, &error));
        let dump = network.dump();
        let question = question(&Store::build(dump.clone()), ask);
        let said = Both::of(&dump).difference(&question)?;
        Some(format!("{}: {said}", path.display()))
    });
    different.collect()
}

/// The scenario files in the order of their names.
fn files() -> Vec<PathBuf> {
    let folder = folder();
    let entries = fs::read_dir(&folder).expect("the folder of scenarios");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let is_scenario = |path: &PathBuf| {
        path.extension().is_some_and(|end| end == "toml") && !path.ends_with("without.toml")
    };
    let mut files: Vec<_> = paths.filter(is_scenario).collect();
    files.sort();
    files
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios")
}

fn read(path: &Path) -> Scenario {
    let text = fs::read_to_string(path).expect("a scenario is text");
    let mut network: toml::Table =
        toml::from_str(&text).unwrap_or_else(|error| broken(path, &error));
    let about = network.remove("about");
    assert!(about.is_some_and(|about| about.is_str()), "{}: no `about`", path.display());
    let asks = network.remove("ask").unwrap_or_else(|| toml::Value::Array(Vec::new()));
    let asks: Vec<Ask> = asks.try_into().unwrap_or_else(|error| broken(path, &error));
    assert!(!asks.is_empty(), "{}: no `ask`", path.display());
    Scenario { network, asks }
}

fn broken<T>(path: &Path, error: &toml::de::Error) -> T {
    panic!("{}: {error}", path.display())
}

fn failures(path: &Path) -> Vec<String> {
    let scenario = read(path);
    let wrong = scenario.asks.iter().filter_map(|ask| {
        let network = changed(&scenario.network, &ask.change);
        let network = Network::deserialize(network).unwrap_or_else(|error| broken(path, &error));
        let name = path.file_stem().unwrap_or_default().display();
        let said = forms(&network).iter().find_map(|dump| wrong_by(dump, ask))?;
        Some(format!("{name}: {} -> {} {}\n{said}", ask.from, ask.to, ask.flow))
    });
    wrong.collect()
}

/// AWS tells some things twice, and dumps have one or the other: the answer is the same.
const TOLD_TWICE: [Envelope; 4] = [
    Envelope::TransitGatewayRoutes,
    Envelope::TransitGatewayAssociations,
    Envelope::TransitGatewayAttachments,
    Envelope::TransitGatewayPeeringAttachments,
];

/// What dumps of 2020 do not have.
const OLD: [Envelope; 3] = [
    Envelope::TransitGatewayRoutes,
    Envelope::TransitGatewayAssociations,
    Envelope::TransitGatewayPeeringAttachments,
];

/// The network as AWS tells it, and without each answer that others make up for.
fn forms(network: &Network) -> Vec<Dump> {
    let dump = network.dump();
    let has_all = network.missing.is_empty() && network.denied.is_empty();
    let dispensable = TOLD_TWICE.iter().filter(|_| has_all && !network.transit_gateways.is_empty());
    let mut forms: Vec<Dump> = dispensable.map(|one| without(&dump, &[*one])).collect();
    if has_all && !network.transit_gateways.is_empty() {
        forms.push(without(&dump, &OLD));
    }
    forms.insert(0, dump);
    forms
}

fn wrong_by(dump: &Dump, ask: &Ask) -> Option<String> {
    let store = Store::build(dump.clone());
    let answer = explain(&store, &question(&store, ask));
    let plain = verdict(&store, &answer.question);
    assert_eq!(plain, answer.verdict, "both ways of asking agree: {ask:?}");
    wrong(ask, &answer)
}

/// Entries of tables are replaced one by one, everything else as a whole.
fn changed(network: &toml::Table, change: &toml::Table) -> toml::Table {
    let mut network = network.clone();
    for (key, new) in change {
        match (network.get_mut(key), new) {
            (Some(toml::Value::Table(old)), toml::Value::Table(new)) => old.extend(new.clone()),
            _ => {
                network.insert(key.clone(), new.clone());
            }
        }
    }
    network
}

fn question(store: &Store, ask: &Ask) -> Question {
    let end = |text: &str| naming::resolve(store, text).unwrap_or_else(|error| panic!("{error}"));
    Question { from: end(&ask.from), to: end(&ask.to), flow: flow(&ask.flow) }
}

fn flow(text: &str) -> Flow {
    let mut words = text.split_whitespace();
    let protocol = words.next().expect("a protocol");
    let mut flow = Flow { protocol: Protocol::parse(protocol), ..Flow::default() };
    assert!(flow.protocol.is_some() || protocol == "all", "{protocol} is no protocol");
    while let Some(word) = words.next() {
        match (word.split_once('/'), word) {
            (Some((kind, code)), _) => {
                flow.icmp = Some((kind.parse().expect("a type"), code.parse().ok()));
            }
            (None, "from") => {
                flow.source_port = words.next().map(|port| port.parse().expect("a port"));
            }
            (None, port) => flow.port = Some(port.parse().expect("a port")),
        }
    }
    flow
}

/// What is not as expected, with the whole answer.
fn wrong(ask: &Ask, answer: &Answer) -> Option<String> {
    let blockers = codes(answer, &[Outcome::Block, Outcome::BlockPart]);
    let unknowns = codes(answer, &[Outcome::Unknown]);
    let mentions = codes(answer, &[Outcome::Skipped]);
    let rules: Vec<String> =
        steps(answer).filter_map(|step| step.rule.as_ref()).map(text).collect();
    let absent: Vec<_> = ask.deciding.iter().filter(|rule| !rules.contains(rule)).collect();
    let expected_unknowns = match (&ask.unknowns, answer.verdict) {
        (Some(expected), _) => *expected == unknowns,
        (None, verdict) => verdict != Verdict::Unknown,
    };
    let holds = ask.verdict == answer.verdict.word()
        && ask.blockers == blockers
        && expected_unknowns
        && ask.mentions.is_subset(&mentions)
        && absent.is_empty();
    (!holds).then(|| {
        let mut said = format!(
            "    expected {} {:?} {:?} {:?}\n    got      {} {blockers:?} {unknowns:?} {mentions:?}\n",
            ask.verdict, ask.blockers, ask.unknowns, ask.mentions, answer.verdict
        );
        if !absent.is_empty() {
            let _ = writeln!(said, "    rules that did not decide: {absent:?}, did: {rules:?}");
        }
        said + &told(answer)
    })
}

/// The steps of an answer, a line each.
pub fn told(answer: &Answer) -> String {
    let line = |step: &Step| {
        let Step { check, outcome, component, reason, .. } = step;
        format!("      {check:?} {outcome:?} {} {reason:?}\n", component.id)
    };
    steps(answer).map(line).collect()
}

fn steps(answer: &Answer) -> impl Iterator<Item = &Step> {
    answer.paths.iter().flat_map(|path| path.forward.steps.iter().chain(&path.back.steps))
}

fn codes(answer: &Answer, outcomes: &[Outcome]) -> BTreeSet<String> {
    let counted = steps(answer).filter(|step| outcomes.contains(&step.outcome));
    counted.filter_map(|step| step.code).map(|code| code.as_str().to_owned()).collect()
}

/// A rule as the notation writes it, its resource in front.
fn text(rule: &Rule) -> String {
    match rule {
        Rule::Group { group, rule, egress, .. } => format!("{group} {}", group_rule(rule, *egress)),
        Rule::Acl { acl, rule } => {
            let action = if rule.allows { "allow" } else { "deny" };
            format!("{acl} {} {action} {}", rule.number, rule.cidr)
        }
        Rule::Route { table, entry } => format!("{table} {}", route(entry)),
    }
}

fn group_rule(rule: &GroupRule, egress: bool) -> String {
    let direction = if egress { "out" } else { "in" };
    let preposition = if egress { "to" } else { "from" };
    let protocol = if rule.protocol == "-1" { "all" } else { &rule.protocol };
    let ports = match (rule.from_port, rule.to_port) {
        (Some(from), Some(to)) if from == to => format!(" {from}"),
        (Some(from), Some(to)) => format!(" {from}-{to}"),
        _ => String::new(),
    };
    let peer = match &rule.peer {
        Peer::Cidr(net) => net.to_string(),
        Peer::PrefixList(list, _) => list.to_string(),
        Peer::Group(reference) => reference.group.to_string(),
    };
    format!("{direction} {protocol}{ports} {preposition} {peer}")
}

fn route(entry: &RouteEntry) -> String {
    let target = match &entry.target {
        Target::Local => "local",
        target => target.id().unwrap_or("nothing"),
    };
    let list = entry.list.as_ref().map_or_else(|| entry.prefix.to_string(), ToString::to_string);
    let blackhole = if entry.blackhole { " blackhole" } else { "" };
    format!("{list} -> {target}{blackhole}")
}
