//! Classes of addresses, one by one.

use serde_json::json;

use super::{Asking, Verdict, points};
use crate::reach::question::{End, Flow, Question};
use crate::reach::walk::Groups;
use crate::store::{Store, fixture};

/// An interface that lets four offices in, each with another port.
fn network() -> Store {
    let office = |number: u16| {
        json!({
            "IpProtocol": "tcp", "FromPort": 440, "ToPort": 440 + number,
            "IpRanges": [{"CidrIp": format!("203.0.113.{number}/32")}],
        })
    };
    fixture::store(&json!({
        "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
        "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24"}],
        "InternetGateways": [{
            "InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-1", "State": "available"}],
        }],
        "SecurityGroups": [{
            "GroupId": "sg-1", "VpcId": "vpc-1",
            "IpPermissions": [office(1), office(2), office(3), office(4)],
        }],
        "NetworkInterfaces": [{
            "NetworkInterfaceId": "eni-a", "VpcId": "vpc-1", "SubnetId": "subnet-1",
            "PrivateIpAddress": "10.0.0.7", "Association": {"PublicIp": "198.51.100.7"},
            "Groups": [{"GroupId": "sg-1"}], "Status": "in-use",
        }],
    }))
}

#[test]
fn addresses_left_over_are_unknown_and_not_left_out() {
    let store = network();
    let to = End::Interface("eni-a".into());
    let question = Question { from: End::Internet, to, flow: Flow::tcp(443) };
    let from = points::sources(&store, &question.from);
    let to = points::targets(&store, &question.to, &from);
    let (explain, groups, legs) = (false, Groups::Filter, 0);
    let asking = Asking { store: &store, question: &question, explain, groups, legs };
    let (from, to) = asking.families(&from[0], &to[0]).remove(0);
    let (mut covered, mut unknown) = (crate::model::address::AddressSet::empty(), 0);
    asking.classes_up_to(2, &from, &to, |walks| {
        unknown += usize::from(walks.verdict() == Verdict::Unknown);
        covered = covered.union(&walks.atoms.from);
    });
    assert_eq!(covered, from.addresses);
    assert!(unknown > 0);
}
