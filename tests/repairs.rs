//! Repairs of the embedded stories: what is proposed works when it is made, nothing more is asked for than is needed, and
//! what only tempts is named.

use vpctui::reach::naming::{resolve, suggested_flow};
use vpctui::reach::{self, Answer, Change, FixPeer, Flow, Question, Verdict};
use vpctui::report::why;
use vpctui::store::{Direction, Store};
use vpctui::tour::networks;

fn network(name: &str) -> Store {
    Store::build(networks::network(name).expect("an embedded network"))
}

fn question(store: &Store, from: &str, to: &str) -> Question {
    let (from, to) = (resolve(store, from).unwrap(), resolve(store, to).unwrap());
    let flow = suggested_flow(store, &to);
    Question { from, to, flow }
}

/// Asks, and proves the first repair once more: by making it and asking again.
fn repaired(name: &str, from: &str, to: &str) -> Answer {
    let store = network(name);
    let question = question(&store, from, to);
    let answer = reach::repair(&store, &question);
    let first = answer.fixes.first().expect("a repair");
    assert_eq!(first.verdict_after, Verdict::Reachable);
    let after = reach::with_changes(&store, &first.changes);
    assert_eq!(reach::verdict(&after, &question), Verdict::Reachable);
    assert_ne!(reach::verdict(&store, &question), Verdict::Reachable);
    answer
}

#[test]
fn the_story_is_repaired_by_attaching_and_by_referring_to_the_group() {
    let answer = repaired("lambda-rds", "lambda:export-to-bigquery", "rds:orders-db");
    let [Change::AttachFunction { subnets, .. }, Change::GroupRule { direction, ports, peer, .. }] =
        answer.fixes[0].changes.as_slice()
    else {
        panic!("expected to attach and to let in: {:?}", answer.fixes);
    };
    assert_eq!(subnets.len(), 2, "one private subnet per zone");
    assert_eq!((*direction, *ports), (Direction::Ingress, Some((5432, 5432))));
    assert!(matches!(peer, FixPeer::Group(_)), "a reference, no address: {peer:?}");
}

#[test]
fn each_half_of_the_story_is_needed() {
    let store = network("lambda-rds");
    let question = question(&store, "lambda:export-to-bigquery", "rds:orders-db");
    let whole = reach::repair(&store, &question).fixes.remove(0).changes;
    for left_out in 0..whole.len() {
        let mut fewer = whole.clone();
        fewer.remove(left_out);
        let after = reach::with_changes(&store, &fewer);
        assert_ne!(reach::verdict(&after, &question), Verdict::Reachable, "without {left_out}");
    }
}

#[test]
fn the_internet_comes_back_by_a_nat_gateway_in_a_public_subnet() {
    let answer = repaired("lambda-rds:attached", "lambda:export-to-bigquery", "internet");
    let changes = &answer.fixes[0].changes;
    assert!(
        matches!(changes.as_slice(), [Change::NatGateway { .. }, Change::Route { .. }]),
        "{changes:?}"
    );
}

#[test]
fn a_one_way_peering_needs_its_names_and_its_way_back() {
    let answer = repaired("peering-one-way", "billing", "rds:ledger-db");
    let changes = &answer.fixes[0].changes;
    assert!(
        matches!(changes.as_slice(), [Change::DnsOverPeering { .. }, Change::Route { .. }]),
        "{changes:?}"
    );
}

#[test]
fn part_of_the_ephemeral_range_is_let_in_before_the_denial() {
    let answer = repaired("nacl-ephemeral", "lambda:checkout", "rds:sessions-db");
    assert_eq!(answer.verdict, Verdict::Partial);
    let [Change::AclEntry { direction: Direction::Ingress, number, .. }] =
        answer.fixes[0].changes.as_slice()
    else {
        panic!("expected an entry of the ACL: {:?}", answer.fixes);
    };
    assert!(*number < 32767);
}

#[test]
fn an_endpoint_in_the_default_group_lets_in_the_group_of_the_function() {
    let answer = repaired("endpoint-default-group", "lambda:token-refresh", "aws:secretsmanager");
    let [Change::GroupRule { peer: FixPeer::Group(_), ports: Some((443, 443)), .. }] =
        answer.fixes[0].changes.as_slice()
    else {
        panic!("expected a rule for a group: {:?}", answer.fixes);
    };
}

#[test]
fn what_works_needs_no_repair_and_what_the_internet_asks_gets_none_by_opening_to_everyone() {
    let store = network("lambda-rds:nat");
    let works = question(&store, "lambda:export-to-bigquery", "rds:orders-db");
    assert!(reach::repair(&store, &works).fixes.is_empty());
    let from_outside = question(&store, "internet", "rds:orders-db");
    let opened = reach::repair(&store, &from_outside).fixes.into_iter().flat_map(|fix| fix.changes);
    let to_everyone = opened
        .filter(|change| matches!(change, Change::GroupRule { direction: Direction::Ingress, .. }));
    assert_eq!(to_everyone.count(), 0);
}

#[test]
fn tempting_repairs_are_named_where_they_apply_and_only_there() {
    let store = network("lambda-rds");
    let blocked = question(&store, "lambda:export-to-bigquery", "rds:orders-db");
    let tempting = why::answer(&store, &blocked).tempting.join("\n");
    for word in ["NAT gateway", "0.0.0.0/0", "publicly accessible"] {
        assert!(tempting.contains(word), "{word} in {tempting}");
    }
    let works = Question {
        flow: Flow::tcp(443),
        ..question(&store, "lambda:export-to-bigquery", "internet")
    };
    assert!(why::answer(&store, &works).tempting.is_empty());
}

#[test]
fn every_repair_comes_with_commands_that_only_a_person_runs_and_with_terraform() {
    let stories = [
        ("lambda-rds", "lambda:export-to-bigquery", "rds:orders-db"),
        ("lambda-rds:attached", "lambda:export-to-bigquery", "internet"),
        ("peering-one-way", "billing", "rds:ledger-db"),
        ("nacl-ephemeral", "lambda:checkout", "rds:sessions-db"),
    ];
    for (name, from, to) in stories {
        let store = network(name);
        for fix in why::answer(&store, &question(&store, from, to)).fixes {
            assert!(fix.commands.iter().any(|command| command.contains("aws ")), "{name}: {fix:?}");
            assert!(fix.terraform.contains('='), "{name}: {}", fix.terraform);
            assert!(!fix.title.is_empty());
        }
    }
}
