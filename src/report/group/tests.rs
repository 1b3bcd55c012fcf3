use serde_json::{Value, json};

use super::{Document, page, view};
use crate::model::dump::Dump;
use crate::model::ids::SecurityGroupId;
use crate::report::details::{Subject, sheet};
use crate::store::{Store, fixture};

fn of(store: &Store, group: &str) -> Document {
    view(store, &SecurityGroupId::from(group))
}

fn eni(id: &str, vpc: &str, subnet: &str, address: &str, group: &str) -> Value {
    json!({"NetworkInterfaceId": id, "VpcId": vpc, "SubnetId": subnet, "PrivateIpAddress": address,
           "Status": "in-use", "Description": id, "Groups": [{"GroupId": group}]})
}

fn rule(port: u16, peers: &Value) -> Value {
    let mut rule = json!({"IpProtocol": "tcp", "FromPort": port, "ToPort": port});
    for (key, list) in peers.as_object().unwrap() {
        rule[key] = list.clone();
    }
    rule
}

/// The group of a database in vpc-a; vpc-b is peered with it, vpc-c shares a transit gateway, vpc-d is unrelated.
fn network(inbound: &Value) -> Value {
    let vpcs = ["a", "b", "c", "d"].map(|vpc| json!({"VpcId": format!("vpc-{vpc}")}));
    let subnets = ["a", "b", "c", "d"]
        .map(|vpc| json!({"SubnetId": format!("subnet-{vpc}"), "VpcId": format!("vpc-{vpc}")}));
    let attachment = |vpc: &str| {
        json!({"TransitGatewayAttachmentId": format!("tgw-attach-{vpc}"), "TransitGatewayId": "tgw-1",
               "VpcId": vpc, "State": "available"})
    };
    json!({
        "Vpcs": vpcs, "Subnets": subnets,
        "SecurityGroups": [
            {"GroupId": "sg-db", "GroupName": "rds-sg", "VpcId": "vpc-a", "OwnerId": fixture::ACCOUNT, "IpPermissions": inbound},
            {"GroupId": "sg-app", "GroupName": "app", "VpcId": "vpc-a"},
            {"GroupId": "sg-idle", "GroupName": "idle", "VpcId": "vpc-a"}],
        "NetworkInterfaces": [
            eni("eni-db", "vpc-a", "subnet-a", "10.0.0.9", "sg-db"),
            eni("eni-a", "vpc-a", "subnet-a", "10.0.0.5", "sg-app"),
            eni("eni-b", "vpc-b", "subnet-b", "10.1.0.5", "sg-app"),
            eni("eni-c", "vpc-c", "subnet-c", "10.2.0.5", "sg-app"),
            eni("eni-d", "vpc-d", "subnet-d", "10.3.0.5", "sg-app")],
        "VpcPeeringConnections": [{"VpcPeeringConnectionId": "pcx-1", "Status": {"Code": "active"},
            "RequesterVpcInfo": {"VpcId": "vpc-a"}, "AccepterVpcInfo": {"VpcId": "vpc-b"}}],
        "TransitGateways": [{"TransitGatewayId": "tgw-1", "Options": {"SecurityGroupReferencingSupport": "enable"}}],
        "TransitGatewayVpcAttachments": [attachment("vpc-a"), attachment("vpc-c")]
    })
}

fn store(inbound: &Value) -> Store {
    fixture::store(&network(inbound))
}

fn to_group(group: &str) -> Value {
    json!({"UserIdGroupPairs": [{"GroupId": group, "UserId": fixture::ACCOUNT}]})
}

fn links(document: &Document) -> Vec<(&str, &str)> {
    let covers = &document.inbound[0].covers;
    let all = covers.interfaces.iter().chain(&covers.out_of_reach);
    all.map(|one| (one.interface.id.as_str(), one.link)).collect()
}

#[test]
fn sg_7_sg_14_a_reference_covers_who_carries_the_group_wherever_it_is() {
    let document = of(&store(&json!([rule(5432, &to_group("sg-app"))])), "sg-db");
    let expected = [
        ("eni-a", "same-vpc"),
        ("eni-b", "peering"),
        ("eni-c", "transit-gateway"),
        ("eni-d", "none"),
    ];
    assert_eq!(links(&document), expected);
    assert_eq!(document.inbound[0].covers.count, 3);
    let referrers = of(&store(&json!([rule(5432, &to_group("sg-app"))])), "sg-app").referenced_by;
    let referrers: Vec<_> = referrers.iter().map(|one| (one.id.as_str(), one.inbound)).collect();
    assert_eq!(referrers, [("sg-db", 1)]);
}

#[test]
fn sg_8_sg_10_outbound_references_do_not_cross_a_transit_gateway() {
    let mut network = network(&json!([]));
    network["SecurityGroups"][0]["IpPermissionsEgress"] = json!([rule(5432, &to_group("sg-app"))]);
    let document = of(&fixture::store(&network), "sg-db");
    assert_eq!(document.outbound[0].covers.count, 2);
    network["SecurityGroups"][0]["IpPermissions"] = json!([rule(5432, &to_group("sg-app"))]);
    network["TransitGateways"][0]["Options"] = json!({});
    assert_eq!(of(&fixture::store(&network), "sg-db").inbound[0].covers.count, 2, "off by default");
}

#[test]
fn sg_9_sg_13_nothing_is_always_explained() {
    let pair = |pair: Value| json!({"UserIdGroupPairs": [pair]});
    let cases = [
        (to_group("sg-idle"), "no-members"),
        (to_group("sg-gone"), "group-gone"),
        (pair(json!({"GroupId": "sg-x", "UserId": "999999999999"})), "other-account"),
        (pair(json!({"GroupId": "sg-app", "PeeringStatus": "deleted"})), "peering-not-active"),
        (json!({"IpRanges": [{"CidrIp": "203.0.113.7/32"}]}), "no-such-address"),
        (json!({"PrefixListIds": [{"PrefixListId": "pl-1"}]}), "list-unknown"),
    ];
    for (peers, expected) in cases {
        let document = of(&store(&json!([rule(5432, &peers)])), "sg-db");
        let covers = &document.inbound[0].covers;
        assert_eq!((covers.nothing, covers.count), (Some(expected), 0), "{peers}");
    }
}

#[test]
fn a_cidr_covers_the_interfaces_that_have_an_address_in_it() {
    let cidr = |cidr: &str| json!([rule(5432, &json!({"IpRanges": [{"CidrIp": cidr}]}))]);
    let covers = |text| of(&store(&cidr(text)), "sg-db").inbound[0].covers.clone();
    assert_eq!(covers("10.0.0.0/8").count, 4, "vpc-d is not in reach");
    assert_eq!(covers("10.0.0.0/8").out_of_reach_count, 1);
    assert_eq!(covers("10.0.0.5/32").text, "covers 1 now: interface eni-a 10.0.0.5");
    assert!(covers("0.0.0.0/0").anyone);
}

#[test]
fn l_4_a_function_without_a_listed_interface_is_covered_by_its_subnet() {
    let cidr = |cidr: &str| json!([rule(5432, &json!({"IpRanges": [{"CidrIp": cidr}]}))]);
    let by = |text| {
        let mut network = network(&cidr(text));
        network["Subnets"][0]["CidrBlock"] = "10.9.0.0/24".into();
        network["Functions"] = json!([{"FunctionName": "export", "FunctionArn": "arn:f",
            "VpcConfig": {"SubnetIds": ["subnet-a"], "SecurityGroupIds": ["sg-app"]}}]);
        let document = of(&fixture::store(&network), "sg-db");
        document.inbound[0].covers.interfaces.iter().map(|one| one.by).collect::<Vec<_>>()
    };
    assert_eq!(by("10.9.0.0/16"), ["prefix"]);
    assert_eq!(by("10.9.0.128/25"), ["part-of-prefix"]);
}

#[test]
fn what_is_worth_a_look() {
    let anyone = json!({"IpRanges": [{"CidrIp": "0.0.0.0/0"}]});
    let office = json!({"IpRanges": [{"CidrIp": "203.0.113.0/24"}]});
    let desk = json!({"IpRanges": [{"CidrIp": "203.0.113.7/32"}]});
    let mut all_ports = rule(0, &to_group("sg-app"));
    all_ports["ToPort"] = 65535.into();
    let inbound = json!([
        rule(22, &anyone),
        rule(443, &anyone),
        all_ports,
        rule(5432, &to_group("sg-idle")),
        rule(3306, &office),
        rule(3306, &desk),
        rule(80, &office),
        rule(80, &office)
    ]);
    let document = of(&store(&inbound), "sg-db");
    let findings = document.findings.iter().map(|one| (one.code, one.position));
    let expected = [
        ("open-to-the-world", Some(0)),
        ("all-ports", Some(2)),
        ("empty-reference", Some(3)),
        ("needless", Some(5)),
        ("needless", Some(7)),
    ];
    assert_eq!(findings.collect::<Vec<_>>(), expected);
    assert_eq!(of(&store(&inbound), "sg-idle").findings[0].code, "unused");
}

#[test]
fn a_group_that_is_not_known_still_says_who_refers_to_it() {
    let store = store(&json!([rule(5432, &to_group("sg-gone"))]));
    let document = of(&store, "sg-gone");
    assert_eq!(document.referenced_by.len(), 1);
    assert!(page(&document).to_string().starts_with("Group (not known) sg-gone"));
}

#[test]
fn a_group_tells_from_which_other_vpcs_it_is_referred_to() {
    let mut told = network(&json!([]));
    let plain = of(&fixture::store(&told), "sg-idle");
    assert!(!serde_json::to_string(&plain).unwrap().contains("referenced_from"));
    told["SecurityGroupReferenceSet"] = json!([
        {"GroupId": "sg-idle", "ReferencingVpcId": "vpc-far", "VpcPeeringConnectionId": "pcx-1"},
        {"GroupId": "sg-app", "ReferencingVpcId": "vpc-far", "TransitGatewayId": "tgw-1"}
    ]);
    let store = fixture::store(&told);
    let document = of(&store, "sg-idle");
    assert_eq!(document.referenced_from.len(), 1);
    assert_eq!(document.referenced_from[0].over.as_deref(), Some("pcx-1"));
    let text = page(&document).to_string();
    assert!(text.contains("referred to from other VPCs\n  vpc-far  over pcx-1"), "{text}");
    assert!(text.contains("it is still referred to from another VPC"), "{text}");
    let subject = Subject::of_id(&store, "sg-app").unwrap();
    assert!(format!("{:?}", sheet(&store, &subject).entries).contains("over tgw-1"));
}

#[test]
fn several_accounts_see_one_network() {
    let mine = network(&json!([rule(
        5432,
        &json!({"UserIdGroupPairs": [{"GroupId": "sg-far", "UserId": "999999999999"}]})
    )]));
    let theirs = json!({
        "SecurityGroups": [{"GroupId": "sg-far", "GroupName": "far", "VpcId": "vpc-b"}],
        "NetworkInterfaces": [eni("eni-far", "vpc-b", "subnet-b", "10.1.0.77", "sg-far")]});
    let regions =
        vec![fixture::region(fixture::ACCOUNT, &mine), fixture::region("999999999999", &theirs)];
    let document = of(&Store::build(Dump { regions, ..Dump::default() }), "sg-db");
    let covered = &document.inbound[0].covers.interfaces[0].interface;
    assert_eq!(
        (covered.id.as_str(), covered.account.as_deref()),
        ("eni-far", Some("999999999999"))
    );
    assert_eq!(document.inbound[0].peer.account.as_deref(), Some("999999999999"));
}

#[test]
fn the_text_reads_well() {
    let inbound = json!([
        rule(5432, &to_group("sg-app")),
        rule(
            5432,
            &json!({"IpRanges": [{"CidrIp": "203.0.113.7/32", "Description": "office\u{1b}[31m"}]})
        )
    ]);
    insta::assert_snapshot!(page(&of(&store(&inbound), "sg-db")));
}
