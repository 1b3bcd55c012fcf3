use serde_json::json;

use super::{NameError, candidates, resolve, suggested_flow};
use crate::model::ids::{Arn, InstanceId, NetworkInterfaceId, VpcId};
use crate::reach::{End, Flow};
use crate::store::{Store, fixture};

const EXPORT: &str = "arn:aws:lambda:eu-west-1:111122223333:function:export";
const EXPORT_LIVE: &str = "arn:aws:lambda:eu-west-1:111122223333:function:export:live";
const ORDERS: &str = "arn:aws:rds:eu-west-1:111122223333:db:orders";

/// Two VPCs with the same addresses, three instances (one of them terminated), a function, a database.
fn store() -> Store {
    let network = json!({
        "Vpcs": [
            {"VpcId": "vpc-a", "CidrBlock": "10.0.0.0/16", "Tags": [{"Key": "Name", "Value": "shop"}]},
            {"VpcId": "vpc-b", "CidrBlock": "10.0.0.0/16", "Tags": [{"Key": "Name", "Value": "lab"}]}],
        "Subnets": [
            {"SubnetId": "subnet-a", "VpcId": "vpc-a", "CidrBlock": "10.0.1.0/24"},
            {"SubnetId": "subnet-b", "VpcId": "vpc-b", "CidrBlock": "10.0.1.0/24"}],
        "NetworkInterfaces": [
            {"NetworkInterfaceId": "eni-web", "VpcId": "vpc-a", "SubnetId": "subnet-a", "PrivateIpAddress": "10.0.1.5",
             "Association": {"PublicIp": "198.51.100.7"}, "Attachment": {"InstanceId": "i-web"},
             "TagSet": [{"Key": "Name", "Value": "web-1"}]},
            {"NetworkInterfaceId": "eni-lab", "VpcId": "vpc-b", "SubnetId": "subnet-b", "PrivateIpAddress": "10.0.1.5",
             "Attachment": {"InstanceId": "i-lab"}},
            {"NetworkInterfaceId": "eni-one", "VpcId": "vpc-b", "SubnetId": "subnet-b", "PrivateIpAddress": "10.0.1.9"}],
        "Reservations": [{"Instances": [
            {"InstanceId": "i-web", "VpcId": "vpc-a", "State": {"Name": "running"}, "Tags": [{"Key": "Name", "Value": "web-1"}]},
            {"InstanceId": "i-old", "State": {"Name": "terminated"}, "Tags": [{"Key": "Name", "Value": "web-1"}]},
            {"InstanceId": "i-lab", "VpcId": "vpc-b", "State": {"Name": "running"}, "Tags": [{"Key": "Name", "Value": "web/2"}]}]}],
        "Functions": [{"FunctionName": "export", "FunctionArn": EXPORT},
                      {"FunctionName": "orders", "FunctionArn": "arn:fn:orders"}],
        "DBInstances": [{"DBInstanceIdentifier": "orders", "DBInstanceArn": ORDERS,
            "Endpoint": {"Address": "orders.c1.eu-west-1.rds.amazonaws.com", "Port": 5432}}],
        "VpcEndpoints": [
            {"VpcEndpointId": "vpce-gate", "VpcEndpointType": "Gateway", "VpcId": "vpc-a", "ServiceName": "com.amazonaws.eu-west-1.s3"},
            {"VpcEndpointId": "vpce-inside", "VpcEndpointType": "Interface", "VpcId": "vpc-a", "ServiceName": "com.amazonaws.eu-west-1.sqs"}],
        "SecurityGroups": [{"GroupId": "sg-1", "GroupName": "orders-db", "VpcId": "vpc-a"}]
    });
    fixture::store(&network)
}

fn instance(id: &str) -> End {
    End::Instance(InstanceId::from(id))
}

fn address(text: &str, vpc: Option<&str>) -> End {
    End::Address(text.parse().unwrap(), vpc.map(VpcId::from))
}

#[test]
fn every_way_to_name_an_end() {
    let store = store();
    let cases = [
        ("internet", End::Internet),
        ("aws:S3", End::Service("s3".into())),
        ("i-web", instance("i-web")),
        ("eni-web", End::Interface(NetworkInterfaceId::from("eni-web"))),
        (EXPORT, End::Function(Arn::from(EXPORT))),
        ("arn:aws:ec2:eu-west-1:111122223333:instance/i-web", instance("i-web")),
        (EXPORT_LIVE, End::Function(Arn::from(EXPORT))),
        ("vpce-gate", End::Service("s3".into())),
        ("vpce-inside", End::Endpoint("vpce-inside".into())),
        ("lambda:export", End::Function(Arn::from(EXPORT))),
        ("lambda:exp", End::Function(Arn::from(EXPORT))),
        ("rds:orders", End::Database(Arn::from(ORDERS))),
        ("orders.c1.eu-west-1.rds.amazonaws.com.", End::Database(Arn::from(ORDERS))),
        ("web-1", instance("i-web")),
        ("WEB-1", instance("i-web")),
        ("web/2", instance("i-lab")),
        ("web-", instance("i-web")),
        ("shop/web-1", instance("i-web")),
        ("vpc-a/web", instance("i-web")),
        ("111122223333/eu-west-1/web-1", instance("i-web")),
        ("10.0.1.9", address("10.0.1.9", Some("vpc-b"))),
        ("lab/10.0.1.5", address("10.0.1.5", Some("vpc-b"))),
        ("198.51.100.7", address("198.51.100.7", None)),
        ("203.0.113.9", address("203.0.113.9", None)),
        ("169.254.169.254", address("169.254.169.254", None)),
        ("203.0.113.9/24", End::Prefix("203.0.113.0/24".parse().unwrap())),
        ("203.0.113.9/32", address("203.0.113.9", None)),
    ];
    for (text, expected) in cases {
        assert_eq!(resolve(&store, text), Ok(expected), "{text}");
    }
}

#[test]
fn an_ambiguous_name_lists_texts_that_are_not() {
    let store = store();
    for (text, expected) in
        [("orders", 2), ("10.0.1.5", 2), ("111122223333/eu-west-1/10.0.1.5", 2), ("eni-", 3)]
    {
        let Err(NameError::Ambiguous { candidates, .. }) = resolve(&store, text) else {
            panic!("{text} is ambiguous")
        };
        assert_eq!(candidates.len(), expected, "{text}");
        for candidate in candidates {
            assert_eq!(resolve(&store, &candidate.text), Ok(candidate.end), "{text}");
        }
    }
}

#[test]
fn what_is_no_end_says_so_and_what_is_misspelt_is_guessed() {
    let store = store();
    let group = resolve(&store, "sg-1");
    assert!(matches!(group, Err(NameError::NotAnEnd { kind: "security group", .. })), "{group:?}");
    let Err(NameError::NotFound { near, .. }) = resolve(&store, "exprot") else { panic!("found") };
    assert_eq!(near, ["export"]);
    let Err(NameError::NotFound { near, .. }) = resolve(&store, "SQS") else { panic!("found") };
    assert_eq!(near, ["aws:sqs"]);
    for text in ["", "lambda:", "shop/", "/", "a/b/c"] {
        assert!(matches!(resolve(&store, text), Err(NameError::NotFound { .. })), "{text}");
    }
}

#[test]
fn every_candidate_is_found_by_its_text() {
    let store = store();
    for candidate in candidates(&store) {
        assert_eq!(resolve(&store, &candidate.text), Ok(candidate.end), "{}", candidate.text);
    }
}

#[test]
fn the_port_comes_from_what_the_end_is() {
    let store = store();
    let database = resolve(&store, "rds:orders").unwrap();
    assert_eq!(suggested_flow(&store, &database), Flow::tcp(5432));
    assert_eq!(suggested_flow(&store, &End::Internet), Flow::tcp(443));
    assert_eq!(suggested_flow(&store, &instance("i-web")), Flow::default());
}
