//! What holds of every network and every question: edits that change nothing change no verdict, less data never makes an
//! answer more certain, and nothing panics.

mod fields;

use std::net::IpAddr;

use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::{Index, select};
use proptest::test_runner::TestCaseError;
use vpctui::model::catalogue::{CALLS, Envelope};
use vpctui::model::dump::Dump;
use vpctui::model::traffic::Protocol;
use vpctui::reach::{End, Flow, Question, Verdict, explain, naming, verdict};
use vpctui::store::Store;
use vpctui::tour::networks;

use crate::notation::{Network, without};
use crate::scenarios::{all_questions, told};
use crate::simulator::Random;

/// Every embedded network, at its beginning and at each stage.
fn demos() -> Vec<String> {
    let stages = networks::names()
        .iter()
        .flat_map(|one| one.stages.iter().map(move |stage| format!("{}:{}", one.name, stage.name)));
    networks::names().iter().map(|one| one.name.to_owned()).chain(stages).collect()
}

fn demo(name: &str) -> Dump {
    networks::network(name).expect("an embedded network")
}

/// Whatever can be an end in this network, and some ends outside.
fn ends(store: &Store) -> Vec<End> {
    let mut ends: Vec<End> =
        naming::candidates(store).into_iter().map(|candidate| candidate.end).collect();
    ends.extend(store.interfaces.iter().map(|one| End::Interface(one.id.clone())));
    ends.push(End::Internet);
    let outside = ["203.0.113.9", "10.99.0.9", "2001:db8:99::9", "169.254.169.254"];
    ends.extend(outside.map(|text| End::Address(text.parse::<IpAddr>().expect("one"), None)));
    ends.push(End::Prefix("203.0.113.0/24".parse().expect("a prefix")));
    ends.push(End::Service("s3".into()));
    ends
}

fn flow() -> impl Strategy<Value = Flow> {
    let protocols = [6, 6, 17, 1, 58, 50].map(|number| Some(Protocol(number)));
    let protocol = select(protocols.into_iter().chain([None]).collect::<Vec<_>>());
    let port = select(vec![None, Some(443), Some(5432), Some(53)]);
    let source_port = select(vec![None, None, Some(1024), Some(40000)]);
    (protocol, port, source_port).prop_map(|(protocol, port, source_port)| Flow {
        protocol,
        port,
        source_port,
        icmp: None,
    })
}

/// Rules of groups and entries of ACLs in another order, and a VPC that nothing leads to.
fn edited(dump: &Dump, turn: usize) -> Dump {
    let mut dump = dump.clone();
    for region in &mut dump.regions {
        let resources = &mut region.resources;
        for group in &mut resources.security_groups {
            turned(&mut group.ip_permissions, turn);
            turned(&mut group.ip_permissions_egress, turn);
        }
        for acl in &mut resources.network_acls {
            turned(&mut acl.entries, turn);
        }
        for table in &mut resources.route_tables {
            turned(&mut table.routes, turn);
        }
        turned(&mut resources.network_interfaces, turn);
        turned(&mut resources.security_groups, turn);
    }
    let mut unrelated = Network::default();
    unrelated.vpcs.insert("vpc-unrelated".into(), "172.20.0.0/16".into());
    unrelated.subnets.insert("subnet-unrelated".into(), "vpc-unrelated 172.20.1.0/24".into());
    unrelated.groups.insert("sg-unrelated".into(), vec!["in all from 0.0.0.0/0".into()]);
    let mut unrelated = unrelated.dump().regions.remove(0).resources;
    unrelated.block_public_access_options.clear();
    if let Some(region) = dump.regions.first_mut() {
        region.resources.append(unrelated);
    }
    dump
}

fn turned<T>(list: &mut [T], by: usize) {
    if !list.is_empty() {
        let by = by % list.len();
        list.reverse();
        list.rotate_left(by);
    }
}

/// Less data leaves an answer as it was, or makes it unknown: it neither opens what is shut nor shuts what is open.
fn is_honest(full: Verdict, less: Verdict) -> bool {
    less == full || less == Verdict::Unknown
}

/// A question by its place among the ends of a network.
fn question(store: &Store, from: Index, to: Index, flow: &Flow) -> Question {
    let ends = ends(store);
    Question { from: from.get(&ends).clone(), to: to.get(&ends).clone(), flow: flow.clone() }
}

/// A snapshot without any ACLs is taken as allowing, and says so: the one exception.
fn removable() -> Vec<Envelope> {
    let all = CALLS.iter().map(|call| call.envelope);
    all.filter(|envelope| *envelope != Envelope::NetworkAcls).collect()
}

fn stays_honest(
    dump: &Dump,
    removed: &[Envelope],
    ask: impl Fn(&Store) -> Question,
) -> Result<(), TestCaseError> {
    let full = Store::build(dump.clone());
    let question = ask(&full);
    let less = Store::build(without(dump, removed));
    let (before, answer) = (verdict(&full, &question), explain(&less, &question));
    prop_assert!(
        is_honest(before, answer.verdict),
        "{question:?}: {before} with all data, {} without {removed:?}\n{}",
        answer.verdict,
        told(&answer)
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_irrelevant_edit_changes_no_verdict(
        name in select(demos()), from in any::<Index>(), to in any::<Index>(), flow in flow(), turn in 0..9_usize,
    ) {
        let dump = demo(&name);
        let store = Store::build(dump.clone());
        let question = question(&store, from, to, &flow);
        let edited = Store::build(edited(&dump, turn));
        prop_assert_eq!(verdict(&store, &question), verdict(&edited, &question), "{:?}", question);
    }

    #[test]
    fn an_irrelevant_edit_of_a_random_network_changes_no_verdict(seed in 1..1_000_000_u64, turn in 0..9_usize) {
        let mut random = Random::new(seed);
        let dump = random.network().dump();
        let (store, edited) = (Store::build(dump.clone()), Store::build(edited(&dump, turn)));
        for _ in 0..20 {
            let question = random.packet(&dump.regions[0].resources).question();
            prop_assert_eq!(verdict(&store, &question), verdict(&edited, &question), "{:?}", question);
        }
    }

    #[test]
    fn less_data_changes_no_answer_but_to_unknown(
        name in select(demos()), from in any::<Index>(), to in any::<Index>(), flow in flow(),
        removed in proptest::sample::subsequence(removable(), 1..4),
    ) {
        stays_honest(&demo(&name), &removed, |store| question(store, from, to, &flow))?;
    }

    #[test]
    fn less_data_changes_no_answer_of_a_random_network_but_to_unknown(
        seed in 1..1_000_000_u64, removed in proptest::sample::subsequence(removable(), 1..3),
    ) {
        let mut random = Random::new(seed);
        let dump = random.network().dump();
        for _ in 0..4 {
            let packet = random.packet(&dump.regions[0].resources);
            stays_honest(&dump, &removed, |_| packet.question())?;
        }
    }

    #[test]
    fn no_question_panics_whatever_is_missing(
        name in select(demos()), from in any::<Index>(), to in any::<Index>(), flow in flow(),
        removed in proptest::sample::subsequence(CALLS.iter().map(|call| call.envelope).collect::<Vec<_>>(), 0..=CALLS.len()),
    ) {
        let dump = demo(&name);
        let question = question(&Store::build(dump.clone()), from, to, &flow);
        let less = Store::build(without(&dump, &removed));
        prop_assert_eq!(explain(&less, &question).verdict, verdict(&less, &question));
    }
}

/// What is missing is unknown, call by call: a way that works with all data is not known to work without this.
#[test]
fn each_missing_answer_makes_its_question_unknown() {
    let cases: [(Envelope, &str, &str); 8] = [
        (Envelope::NetworkInterfaces, "i-a", "203.0.113.9"),
        (Envelope::RouteTables, "i-a", "203.0.113.9"),
        (Envelope::SecurityGroups, "i-a", "203.0.113.9"),
        (Envelope::InternetGateways, "i-a", "203.0.113.9"),
        (Envelope::NatGateways, "i-a", "203.0.113.9"),
        (Envelope::Reservations, "eni-a", "203.0.113.9"),
        (Envelope::VpcEndpoints, "i-a", "3.5.1.1"),
        (Envelope::ManagedPrefixListEntries, "i-a", "3.5.1.1"),
    ];
    let network: Network = toml::from_str(WHOLE).expect("a network");
    let dump = network.dump();
    let full = Store::build(dump.clone());
    for (envelope, from, to) in cases {
        let end = |text: &str| naming::resolve(&full, text).expect("an end");
        let question = Question { from: end(from), to: end(to), flow: Flow::tcp(443) };
        assert_eq!(verdict(&full, &question), Verdict::Reachable, "{from} -> {to}");
        let less = Store::build(without(&dump, &[envelope]));
        assert_eq!(verdict(&less, &question), Verdict::Unknown, "without {envelope:?}");
    }
}

/// What is not in the data may be what a name stands for, or change what a packet looks like further on.
#[test]
fn what_is_missing_is_not_taken_as_absent() {
    let cases = [
        ("lambda-rds", Envelope::NetworkInterfaces, "lambda:export-to-bigquery", "198.51.100.20"),
        ("peering-one-way", Envelope::NetworkInterfaces, "internet", "rds:ledger-db"),
        (
            "peering-one-way:return",
            Envelope::VpcPeeringConnections,
            "eni-0a10ee7b90eb26c6f",
            "rds:ledger-db",
        ),
        (
            "endpoint-default-group:own-group",
            Envelope::VpcEndpoints,
            "lambda:token-refresh",
            "aws:secretsmanager",
        ),
        (
            "endpoint-default-group:own-group",
            Envelope::NetworkInterfaces,
            "lambda:token-refresh",
            "aws:secretsmanager",
        ),
    ];
    for (name, envelope, from, to) in cases {
        let full = Store::build(demo(name));
        let end = |text: &str| naming::resolve(&full, text).expect("an end");
        let question = Question { from: end(from), to: end(to), flow: Flow::tcp(5432) };
        assert_ne!(verdict(&full, &question), Verdict::Unknown, "{from} -> {to}");
        let less = Store::build(without(&demo(name), &[envelope]));
        assert_eq!(verdict(&less, &question), Verdict::Unknown, "{to} without {envelope:?}");
    }
}

/// Behind a NAT gateway that is not in the data a packet comes from an address that nothing tells: whether the target
/// lets it in cannot be told, unless it lets nobody in.
#[test]
fn behind_a_hop_that_cannot_be_told_only_what_shuts_out_everybody_blocks() {
    let dump = |port: u16| {
        let text = format!("{TRANSLATED}groups.sg-b = [\"in tcp {port} from 10.0.2.0/24\"]");
        toml::from_str::<Network>(&text).expect("a network").dump()
    };
    let question = |store: &Store| {
        let end = |text: &str| naming::resolve(store, text).expect("an end");
        Question { from: end("eni-a"), to: end("eni-b"), flow: Flow::tcp(443) }
    };
    for (port, before, after) in
        [(443, Verdict::Reachable, Verdict::Unknown), (80, Verdict::Blocked, Verdict::Blocked)]
    {
        let full = Store::build(dump(port));
        assert_eq!(verdict(&full, &question(&full)), before);
        let less = Store::build(without(&dump(port), &[Envelope::NatGateways]));
        assert_eq!(verdict(&less, &question(&full)), after);
    }
}

/// By a private NAT gateway over a peering.
const TRANSLATED: &str = r#"
vpcs.vpc-1 = "10.0.0.0/16"
vpcs.vpc-2 = "10.1.0.0/16"
subnets.subnet-a = "vpc-1 10.0.1.0/24"
subnets.subnet-nat = "vpc-1 10.0.2.0/24"
subnets.subnet-b = "vpc-2 10.1.1.0/24"
tables.rtb-a = ["for subnet-a", "10.1.0.0/16 -> nat-1"]
tables.rtb-nat = ["for subnet-nat", "10.1.0.0/16 -> pcx-1"]
tables.rtb-b = ["for subnet-b", "10.0.0.0/16 -> pcx-1"]
nats.nat-1 = "subnet-nat 10.0.2.5"
peerings.pcx-1 = "vpc-1 vpc-2"
groups.sg-a = []
interfaces.eni-a = "subnet-a 10.0.1.10 sg-a"
interfaces.eni-b = "subnet-b 10.1.1.10 sg-b"
"#;

/// Which account is read first is chance: it changes no answer, though each knows only its own side of a peering in full.
#[test]
fn the_order_of_accounts_changes_no_answer() {
    let mut asked = 0;
    for (scenario, dump, question) in all_questions().filter(|(_, dump, _)| dump.regions.len() > 1)
    {
        let full = verdict(&Store::build(dump.clone()), &question);
        let each_its_own = each_its_own(dump);
        let mut reversed = each_its_own.clone();
        reversed.regions.reverse();
        for dump in [each_its_own, reversed] {
            assert_eq!(verdict(&Store::build(dump), &question), full, "{scenario}: {question:?}");
            asked += 1;
        }
    }
    assert!(asked > 10, "there are networks of several accounts");
}

/// Of peerings that several accounts list, what each is told by AWS about the other's side.
fn each_its_own(mut dump: Dump) -> Dump {
    let lists = dump.regions.iter().flat_map(|one| &one.resources.vpc_peering_connections);
    let ids: Vec<_> = lists.map(|one| one.vpc_peering_connection_id.clone()).collect();
    let is_shared = |id| ids.iter().filter(|one| *one == id).count() > 1;
    for region in &mut dump.regions {
        for peering in &mut region.resources.vpc_peering_connections {
            if !is_shared(&peering.vpc_peering_connection_id) {
                continue;
            }
            let sides = [&mut peering.requester_vpc_info, &mut peering.accepter_vpc_info];
            for side in sides.into_iter().flatten() {
                if side.owner_id.as_ref() != Some(&region.account) {
                    side.peering_options = None;
                    side.cidr_block = None;
                    side.cidr_block_set.clear();
                }
            }
        }
    }
    dump
}

/// Where a record of the calls was kept, the setting of Block Public Access was asked for: without it nothing is known.
/// A dump without a record may be older than the setting.
#[test]
fn a_setting_that_was_lost_is_not_taken_as_off() {
    let network: Network = toml::from_str(WHOLE).expect("a network");
    let dump = without(&network.dump(), &[Envelope::VpcBlockPublicAccessOptions]);
    let mut recorded = dump.clone();
    recorded.regions[0].loaded_at = Some("2026-03-02T05:00:00Z".into());
    for (dump, expected) in [(dump, Verdict::Reachable), (recorded, Verdict::Unknown)] {
        let store = Store::build(dump);
        let end = |text: &str| naming::resolve(&store, text).expect("an end");
        let question = Question { from: end("i-a"), to: end("203.0.113.9"), flow: Flow::tcp(443) };
        assert_eq!(verdict(&store, &question), expected);
    }
}

/// A network with one of everything that a missing answer can hide.
const WHOLE: &str = r#"
vpcs.vpc-1 = "10.0.0.0/16"
subnets.subnet-a = "vpc-1 10.0.1.0/24"
subnets.subnet-pub = "vpc-1 10.0.2.0/24"
tables.rtb-a = ["for subnet-a", "0.0.0.0/0 -> nat-1", "pl-s3 -> vpce-s3"]
tables.rtb-pub = ["for subnet-pub", "0.0.0.0/0 -> igw-1"]
internet-gateways.igw-1 = "vpc-1"
nats.nat-1 = "subnet-pub 10.0.2.5 public 198.51.100.5"
endpoints.vpce-s3 = "vpc-1 gateway s3"
prefix-lists.pl-s3 = "3.5.0.0/16 named com.amazonaws.eu-west-1.s3"
groups.sg-a = []
instances.i-a = "subnet-a 10.0.1.10 sg-a"
"#;
