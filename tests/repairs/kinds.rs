//! Each kind of repair in a network of its own (`kinds.toml`): the narrowest one, proven, in words, as commands and as
//! Terraform.

use serde::Deserialize;
use vpctui::reach::{self, Question, Verdict, naming};
use vpctui::report::why::{self, Fix};
use vpctui::store::Store;

use crate::notation::Network;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

/// A network, a question of TCP, and what its first repair is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    /// `FROM -> TO PORT`
    ask: String,
    /// Its title.
    repair: String,
    /// One of its commands.
    command: String,
    /// A line of its Terraform.
    terraform: String,
    network: Network,
}

fn question(store: &Store, ask: &str) -> Question {
    let words: Vec<&str> = ask.split(' ').collect();
    let [from, _, to, port]: [&str; 4] = words.try_into().expect("FROM -> TO PORT");
    let end = |text| naming::resolve(store, text).expect("an end");
    let flow = reach::Flow::tcp(port.parse().expect("a port"));
    Question { from: end(from), to: end(to), flow }
}

fn first_repair(case: &Case) -> Fix {
    let store = Store::build(case.network.dump());
    let question = question(&store, &case.ask);
    let answer = reach::repair(&store, &question);
    assert_eq!(answer.verdict, Verdict::Blocked, "{}", case.about);
    let first = answer.fixes.first().ok_or(&case.about).expect("a repair");
    let after = reach::with_changes(&store, &first.changes);
    assert_eq!(reach::verdict(&after, &question), Verdict::Reachable, "{}", case.about);
    why::answer(&store, &question).fixes.remove(0)
}

#[test]
fn each_kind_of_repair_is_the_narrowest_one() {
    let cases: Cases = toml::from_str(include_str!("kinds.toml")).expect("cases");
    for case in cases.case {
        let fix = first_repair(&case);
        assert_eq!(fix.title, case.repair, "{}", case.about);
        assert!(fix.commands.contains(&case.command), "{}: {:?}", case.about, fix.commands);
        let mut terraform = fix.terraform.lines();
        assert!(terraform.any(|line| line == case.terraform), "{}:\n{}", case.about, fix.terraform);
    }
}

#[test]
fn resources_of_one_repair_have_different_names() {
    let network: Network = toml::from_str(
        r#"
        vpcs.vpc-1 = "10.0.0.0/16"
        subnets.subnet-a = "vpc-1 10.0.1.0/24"
        subnets.subnet-b = "vpc-1 10.0.2.0/24"
        groups.sg-any = ["in all from 0.0.0.0/0"]
        instances.i-a = "subnet-a 10.0.1.10 sg-any"
        instances.i-b = "subnet-b 10.0.2.10 sg-any"
        acls.acl-b = ["for subnet-b"]
        "#,
    )
    .expect("a network");
    let store = Store::build(network.dump());
    let fix = why::answer(&store, &question(&store, "i-a -> i-b 443")).fixes.remove(0);
    let mut heads: Vec<&str> =
        fix.terraform.lines().filter(|line| line.starts_with("resource ")).collect();
    assert_eq!(heads.len(), 2, "{}", fix.terraform);
    heads.dedup();
    assert_eq!(heads.len(), 2, "{}", fix.terraform);
}
