//! What a walk makes of data that is seen by one of several accounts.

use serde_json::{Value, json};

use crate::model::dump::Dump;
use crate::reach::{End, Flow, Question, Verdict, verdict};
use crate::store::Store;
use crate::store::fixture;

/// Who takes part in the shared VPC.
const PARTICIPANT: &str = "444455556666";

/// A VPC with one interface, as this account sees it.
fn seen_by(account: &str) -> Store {
    let network: Value = json!({
        "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "OwnerId": fixture::ACCOUNT}],
        "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24"}],
        "RouteTables": [], "NetworkAcls": [], "Reservations": [],
        "SecurityGroups": [{
            "GroupId": "sg-1", "VpcId": "vpc-1",
            "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
        }],
        "NetworkInterfaces": [{
            "NetworkInterfaceId": "eni-a", "VpcId": "vpc-1", "SubnetId": "subnet-1",
            "PrivateIpAddress": "10.0.0.7", "Groups": [{"GroupId": "sg-1"}], "Status": "in-use",
        }],
    });
    Store::build(Dump { regions: vec![fixture::region(account, &network)], ..Dump::default() })
}

fn to_nobody(store: &Store) -> Verdict {
    let to = End::Address("10.0.0.9".parse().unwrap(), Some("vpc-1".into()));
    let from = End::Interface("eni-a".into());
    verdict(store, &Question { from, to, flow: Flow::tcp(443) })
}

#[test]
fn interfaces_of_others_in_a_shared_vpc_are_out_of_sight() {
    assert_eq!(to_nobody(&seen_by(fixture::ACCOUNT)), Verdict::Blocked, "the owner sees all");
    assert_eq!(to_nobody(&seen_by(PARTICIPANT)), Verdict::Unknown, "rule SH-1");
}
