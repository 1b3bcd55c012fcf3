//! Flips are found, counted and explained.

use serde_json::{Value, json};

use super::{Flip, flips};
use crate::model::dump::Dump;
use crate::store::diff::changes;
use crate::store::{Store, fixture};

fn network(source: &Value, public: &[&str]) -> Dump {
    let eni = |id: &str, address: &str, group: &str| {
        let mut eni = json!({
            "NetworkInterfaceId": id, "VpcId": "vpc-1", "SubnetId": "subnet-1", "Status": "in-use",
            "PrivateIpAddress": address, "Groups": [{"GroupId": group}],
        });
        if public.contains(&id) {
            eni["Association"] = json!({"PublicIp": format!("198.51.100{}", &address[6..])});
        }
        eni
    };
    let network = json!({
        "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
        "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24"}],
        "InternetGateways": [{"InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-1", "State": "available"}]}],
        "RouteTables": [{
            "RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}],
            "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}],
        }],
        "SecurityGroups": [
            {"GroupId": "sg-app", "VpcId": "vpc-1", "IpPermissionsEgress": [
                {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/8"}]},
            ]},
            {"GroupId": "sg-db", "VpcId": "vpc-1", "IpPermissions": [source, {
                "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "203.0.113.0/24"}],
            }]},
        ],
        "NetworkInterfaces": [
            eni("eni-a", "10.0.0.7", "sg-app"), eni("eni-b", "10.0.0.8", "sg-app"),
            eni("eni-db", "10.0.0.9", "sg-db"), eni("eni-c", "10.0.0.10", "sg-none"),
        ],
    });
    Dump { regions: vec![fixture::region(fixture::ACCOUNT, &network)], ..Dump::default() }
}

fn from_group(group: &str) -> Value {
    json!({"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "UserIdGroupPairs": [{"GroupId": group}]})
}

fn found(old: Dump, new: Dump) -> (Vec<String>, Vec<Flip>) {
    let changes = changes(&old, &new);
    let told = changes.iter().map(|change| change.id.clone()).collect();
    (told, flips(&Store::build(old), &Store::build(new), &changes))
}

#[test]
fn a_rule_that_came_opened_a_pair_per_member() {
    let (changes, flips) =
        found(network(&from_group("sg-other"), &[]), network(&from_group("sg-app"), &[]));
    assert_eq!(changes, ["sg-db"]);
    let [flip] = flips.as_slice() else { panic!("one flip: {flips:?}") };
    assert_eq!((flip.pairs, flip.because), (2, Some(0)));
    assert!(flip.before.allowed().is_empty());
    assert_eq!(flip.after.allowed().tcp.intervals(), [(5432, 5432)]);
}

#[test]
fn the_change_that_did_it_is_told_from_those_that_did_not() {
    let new = network(&from_group("sg-app"), &["eni-c"]);
    let (changes, flips) = found(network(&from_group("sg-other"), &[]), new);
    assert_eq!(changes, ["sg-db", "eni-c"]);
    let because: Vec<_> = flips.iter().map(|flip| (flip.pairs, flip.because)).collect();
    // The rules of eni-c's group are not known: with a public address it may reach the internet, and be reached.
    assert_eq!(because, [(2, Some(0)), (1, Some(1)), (1, Some(1))]);
}

#[test]
fn a_new_public_address_opens_its_own_pairs_only() {
    let (changes, flips) = found(
        network(&from_group("sg-app"), &["eni-a"]),
        network(&from_group("sg-app"), &["eni-a", "eni-db"]),
    );
    assert_eq!(changes, ["eni-db"]);
    let [flip] = flips.as_slice() else { panic!("one flip: {flips:?}") };
    assert_eq!((flip.from.as_slice(), flip.pairs, flip.because), (&[None][..], 1, Some(0)));
    assert_eq!(flip.after.allowed().tcp.intervals(), [(22, 22)]);
}

#[test]
fn nothing_flips_where_nothing_changed() {
    let same = || network(&from_group("sg-app"), &["eni-a"]);
    assert_eq!(found(same(), same()), (Vec::new(), Vec::new()));
}
