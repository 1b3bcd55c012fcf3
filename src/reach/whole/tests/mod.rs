//! Answers by class are the answers by pair.

mod random;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Got, Member, Pair, Part, Reach, Scope, reach};
use crate::model::address::AddressSet;
use crate::model::traffic::Traffic;
use crate::reach::{End, Flow, Question, explain};
use crate::store::{InterfaceIx, Store};

/// What gets from one end to another, by address; in the order of the addresses.
type Told = BTreeMap<(Option<InterfaceIx>, Option<InterfaceIx>), Vec<String>>;

fn told(store: &Store, reach: &Reach) -> Told {
    let mut told = Told::new();
    for pair in reach.pairs(store) {
        let Pair { from, to, got, part } = pair;
        let text = format!("{got:?} {part:?}");
        told.entry((from.interface(), to.interface())).or_default().push(text);
    }
    for texts in told.values_mut() {
        texts.sort();
    }
    told
}

fn ends(store: &Store) -> Vec<(Option<InterfaceIx>, End)> {
    let rows = store.interfaces.rows();
    let inside = rows.map(|(at, row)| (Some(at), End::Interface(row.data.id.clone())));
    inside.chain([(None, End::Internet)]).collect()
}

/// One by one, without classes.
fn told_by_pair(store: &Store, flow: &Flow) -> Told {
    let ends = ends(store);
    let mut told_all = Told::new();
    for (from, source) in &ends {
        for (to, target) in ends.iter().filter(|(to, _)| to != from) {
            let scope =
                Scope { from: Some(source.clone()), to: Some(target.clone()), flow: flow.clone() };
            let of_pair = told(store, &reach(store, &scope));
            assert!(of_pair.keys().all(|key| *key == (*from, *to)), "{of_pair:?}");
            told_all.extend(of_pair);
        }
    }
    told_all
}

fn assert_classes_say_what_pairs_say(store: &Store, flow: &Flow) {
    let everything = told(store, &reach(store, &Scope { flow: flow.clone(), ..Scope::default() }));
    assert_eq!(everything, told_by_pair(store, flow));
    for (_, end) in ends(store) {
        let from = Scope { from: Some(end.clone()), to: None, flow: flow.clone() };
        let to = Scope { from: None, to: Some(end), flow: flow.clone() };
        for scope in [from, to] {
            for (pair, got) in told(store, &reach(store, &scope)) {
                assert_eq!(everything.get(&pair), Some(&got), "{scope:?}");
            }
        }
    }
}

/// What the engine says where it explains itself.
fn explained(store: &Store, from: &End, to: &End) -> Traffic {
    let question = Question { from: from.clone(), to: to.clone(), flow: Flow::default() };
    let paths = explain(store, &question).paths;
    paths.iter().fold(Traffic::empty(), |all, path| all.union(&path.forward.sure()))
}

fn assert_pairs_say_what_explanations_say(store: &Store) {
    let mut allowed: BTreeMap<_, Traffic> = BTreeMap::new();
    for pair in reach(store, &Scope::default()).pairs(store) {
        let all = allowed.entry((pair.from.interface(), pair.to.interface())).or_default();
        *all = all.union(&pair.got.allowed);
    }
    for (from, source) in ends(store) {
        for (to, target) in ends(store).into_iter().filter(|(to, _)| *to != from) {
            let got = allowed.get(&(from, to)).cloned().unwrap_or_default();
            assert_eq!(got, explained(store, &source, &target), "{source:?} {target:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn classes_say_what_pairs_say(seed in any::<u64>()) {
        let store = random::network(seed);
        assert_classes_say_what_pairs_say(&store, &Flow::default());
        assert_classes_say_what_pairs_say(&store, &Flow::tcp(443));
    }

    #[test]
    fn pairs_say_what_explanations_say(seed in any::<u64>()) {
        assert_pairs_say_what_explanations_say(&random::network(seed));
    }

    #[test]
    fn the_count_of_pairs_is_their_number(seed in any::<u64>()) {
        let store = random::network(seed);
        let end = End::Interface("eni-3".into());
        let all = Scope::default();
        let from = Scope { from: Some(end.clone()), ..Scope::default() };
        let to = Scope { to: Some(end), ..Scope::default() };
        for scope in [all, from, to] {
            let reach = reach(&store, &scope);
            for edge in reach.edges() {
                prop_assert_eq!(reach.count(&store, edge), reach.pairs_of(&store, edge).count());
            }
        }
    }
}

#[test]
fn parts_of_the_internet_with_different_doubts_stay_apart() {
    assert_pairs_say_what_explanations_say(&random::network(12_481_752_539_542_788_908));
}

#[test]
fn much_is_reachable_and_much_is_not() {
    let mut seen = [0; 4];
    for seed in 0..32 {
        let store = random::network(seed);
        let reach = reach(&store, &Scope::default());
        for edge in reach.edges() {
            seen[reach.got(edge).answered as usize] += reach.count(&store, edge);
        }
        assert!(store.classes().len() < store.interfaces.len() + 1);
    }
    assert!(seen.iter().all(|count| *count > 0), "every kind of answer is drawn: {seen:?}");
}

#[test]
fn a_part_of_the_internet_is_told_as_that_part() {
    let store = crate::store::fixture::store(&serde_json::json!({
        "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
        "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24"}],
        "InternetGateways": [{"InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-1", "State": "available"}]}],
        "RouteTables": [{
            "RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}],
            "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}],
        }],
        "SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "203.0.113.7/32"}]},
        ]}],
        "NetworkInterfaces": [{
            "NetworkInterfaceId": "eni-1", "VpcId": "vpc-1", "SubnetId": "subnet-1", "Status": "in-use",
            "PrivateIpAddress": "10.0.0.7", "Association": {"PublicIp": "198.51.100.7"}, "Groups": [{"GroupId": "sg-1"}],
        }],
    }));
    let reach =
        reach(&store, &Scope { to: Some(End::Interface("eni-1".into())), ..Scope::default() });
    let pairs: Vec<_> = reach.pairs(&store).collect();
    let [pair] = pairs.as_slice() else { panic!("one pair: {pairs:?}") };
    assert_eq!(pair.from, Member::Internet);
    let office = pair.part.and_then(Part::from).map(AddressSet::prefixes);
    assert_eq!(office, Some(vec!["203.0.113.7/32".parse().expect("a prefix")]));
    let Got { allowed, answered, .. } = pair.got;
    assert_eq!((allowed, answered.word()), (&Flow::tcp(22).traffic(), "all"));
}

/// A machine behind a NAT gateway with two addresses, and one with a public address that lets in only one of them.
#[test]
fn what_a_translator_gets_through_with_one_of_its_addresses_is_answered_sometimes() {
    let interface = |id: &str, subnet: &str, address: &str, public: Option<&str>| {
        serde_json::json!({
            "NetworkInterfaceId": id, "VpcId": "vpc-1", "SubnetId": subnet, "Status": "in-use", "PrivateIpAddress": address,
            "Association": public.map(|public| serde_json::json!({"PublicIp": public})), "Groups": [{"GroupId": "sg-1"}],
        })
    };
    let table = |subnet: &str, target: &str, id: &str| {
        serde_json::json!({
            "RouteTableId": format!("rtb-{subnet}"), "VpcId": "vpc-1", "Associations": [{"SubnetId": subnet}],
            "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", (target): id}],
        })
    };
    let store = crate::store::fixture::store(&serde_json::json!({
        "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
        "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24"},
                    {"SubnetId": "subnet-2", "VpcId": "vpc-1", "CidrBlock": "10.0.2.0/24"}],
        "InternetGateways": [{"InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-1", "State": "available"}]}],
        "RouteTables": [table("subnet-1", "NatGatewayId", "nat-1"), table("subnet-2", "GatewayId", "igw-1")],
        "NatGateways": [{
            "NatGatewayId": "nat-1", "VpcId": "vpc-1", "SubnetId": "subnet-2", "State": "available",
            "NatGatewayAddresses": [{"PrivateIp": "10.0.2.5", "PublicIp": "198.51.100.5", "IsPrimary": true},
                                    {"PrivateIp": "10.0.2.6", "PublicIp": "198.51.100.6", "IsPrimary": false}],
        }],
        "SecurityGroups": [{
            "GroupId": "sg-1", "VpcId": "vpc-1",
            "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "198.51.100.5/32"}]}],
            "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
        }],
        "NetworkInterfaces": [interface("eni-1", "subnet-1", "10.0.1.7", None),
                              interface("eni-2", "subnet-2", "10.0.2.7", Some("198.51.100.99"))],
    }));
    let (from, to) = (End::Interface("eni-1".into()), "198.51.100.99".parse().expect("an address"));
    let scope = Scope { from: Some(from), to: Some(End::Address(to, None)), flow: Flow::tcp(443) };
    let reach = reach(&store, &scope);
    let pairs: Vec<_> = reach.pairs(&store).collect();
    let [pair] = pairs.as_slice() else { panic!("one pair: {pairs:?}") };
    assert_eq!((&pair.got.allowed, pair.got.answered.word()), (&Flow::tcp(443).traffic(), "some"));
}
