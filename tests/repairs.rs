//! Repairs of the embedded stories: what is proposed works when it is made, nothing more is asked for than is needed, and
//! what only tempts is named.

mod kinds;

use std::collections::BTreeMap;

use vpctui::model::traffic::Traffic;
use vpctui::reach::naming::{resolve, suggested_flow};
use vpctui::reach::whole::{self, Answered, Member, Scope};
use vpctui::reach::{self, Answer, Change, FixPeer, Flow, Opened, Place, Question, Verdict};
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

/// What gets from whom to whom and is answered: each pair by the names of its ends.
fn works(store: &Store) -> BTreeMap<(String, String), Traffic> {
    let reach = whole::reach(store, &Scope::default());
    let mut works: BTreeMap<(String, String), Traffic> = BTreeMap::new();
    for pair in reach.pairs(store) {
        let name = |member: Member<'_>| name(store, member.interface());
        let entry = works.entry((name(pair.from), name(pair.to))).or_insert_with(Traffic::empty);
        if matches!(pair.got.answered, Answered::All | Answered::Some) {
            *entry = entry.union(&pair.got.allowed);
        }
    }
    works
}

fn name(store: &Store, at: Place) -> String {
    at.map_or_else(|| "internet".into(), |at| store.interface(at).id.to_string())
}

#[test]
fn what_a_repair_opens_besides_is_what_a_look_at_every_pair_finds() {
    let stories = [
        ("lambda-rds", "lambda:export-to-bigquery", "rds:orders-db"),
        ("lambda-rds:attached", "lambda:export-to-bigquery", "internet"),
        ("lambda-rds:nat", "web-1", "web-2"),
        ("peering-one-way", "billing", "rds:ledger-db"),
        ("nacl-ephemeral", "lambda:checkout", "rds:sessions-db"),
        ("endpoint-default-group", "lambda:token-refresh", "aws:secretsmanager"),
    ];
    for (network_name, from, to) in stories {
        let store = network(network_name);
        let question = question(&store, from, to);
        for fix in reach::repair(&store, &question).fixes {
            let after = reach::with_changes(&store, &fix.changes);
            let opened = reach::opened(&store, &after, &question, &fix.changes);
            assert_eq!(opened.iter().map(Opened::count).sum::<usize>(), fix.also_opens);
            let told: BTreeMap<_, _> = opened
                .iter()
                .flat_map(|one| one.pairs().map(|(from, to)| (from, to, one.traffic.clone())))
                .map(|(from, to, traffic)| ((name(&after, from), name(&after, to)), traffic))
                .collect();
            assert_eq!(told.len(), fix.also_opens, "{network_name}: {:?}", fix.changes);
            assert_eq!(told, found(&store, &after, &question), "{network_name}: {:?}", fix.changes);
        }
    }
}

/// Every pair between which more works than before, but for the question's own and for the internet of a function that
/// had it before.
fn found(
    before: &Store,
    after: &Store,
    question: &Question,
) -> BTreeMap<(String, String), Traffic> {
    let answer = reach::explain(after, question);
    let asked: Vec<_> = answer
        .paths
        .iter()
        .map(|path| [&path.from, &path.to].map(|end| name(after, end.site.interface())))
        .collect();
    let was = works(before);
    let opened = works(after).into_iter().map(|(pair, traffic)| {
        let before = was.get(&pair).cloned().unwrap_or_else(Traffic::empty);
        (pair, traffic.difference(&before))
    });
    let new = |id: &String| id != "internet" && before.interfaces.position(id.as_str()).is_none();
    opened
        .filter(|((from, to), traffic)| {
            let is_asked = asked.contains(&[from.clone(), to.clone()]);
            let had_internet = new(from) && to == "internet";
            !traffic.is_empty() && !is_asked && !had_internet
        })
        .collect()
}

#[test]
fn limits_of_what_works_are_told_and_of_nothing_else() {
    let notes = |network_name: &str, from: &str, to: &str| {
        let store = network(network_name);
        why::answer(&store, &question(&store, from, to)).notes.join("\n")
    };
    let by_nat = notes("lambda-rds:nat", "lambda:export-to-bigquery", "internet");
    assert!(by_nat.contains("350 seconds") && by_nat.contains("1500 bytes"), "{by_nat}");
    let database = notes("lambda-rds:nat", "lambda:export-to-bigquery", "rds:orders-db");
    assert!(database.contains("idle TCP connection"), "{database}");
    let narrow = notes("nacl-ephemeral", "lambda:checkout", "rds:sessions-db");
    assert!(narrow.contains("fragmentation needed"), "{narrow}");
    let blocked = notes("lambda-rds", "lambda:export-to-bigquery", "rds:orders-db");
    assert!(!blocked.contains("350 seconds"), "{blocked}");
}

#[test]
fn a_blocker_names_its_repairs_or_why_there_is_none() {
    let store = network("lambda-rds");
    let asked = question(&store, "lambda:export-to-bigquery", "rds:orders-db");
    let blockers = why::answer(&store, &asked).blockers;
    assert!(blockers.iter().all(|one| one.fixes.contains(&0) && one.no_fix.is_none()));
    let taken_by_nobody = question(&store, "web-1", "lambda:nightly-report");
    let blockers = why::answer(&store, &taken_by_nobody).blockers;
    let refused = blockers.iter().find(|one| one.code == "ACCEPTS_NO_CONNECTIONS");
    let refused = refused.expect("a function takes no connections");
    assert!(refused.fixes.is_empty() && refused.no_fix.is_some(), "{refused:?}");
}
