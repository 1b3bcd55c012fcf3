//! Small networks drawn at random, dense enough that much of them is reachable and much is not.

use serde_json::{Value, json};

use crate::store::{Store, fixture};

/// A sequence of numbers that a seed determines (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

const PEERS: [&str; 9] = [
    "0.0.0.0/0",
    "10.0.0.0/16",
    "10.1.0.0/16",
    "10.0.1.0/24",
    "10.0.0.8/30",
    "10.0.0.10/32",
    "10.1.0.8/29",
    "203.0.113.7/32",
    "203.0.113.0/24",
];

/// A network of two VPCs with two subnets each.
pub(super) fn network(seed: u64) -> Store {
    let mut dice = Dice(seed);
    let subnets: Vec<_> = (0..4).map(subnet).collect();
    let interfaces: Vec<_> = (0..12).map(|number| interface(&mut dice, number)).collect();
    fixture::store(&json!({
        "Vpcs": [{"VpcId": "vpc-0", "CidrBlock": "10.0.0.0/16"}, {"VpcId": "vpc-1", "CidrBlock": "10.1.0.0/16"}],
        "Subnets": subnets,
        "SecurityGroups": (0..4).map(|number| group(&mut dice, number)).collect::<Vec<_>>(),
        "NetworkAcls": [acl(&mut dice, 0), acl(&mut dice, 1)],
        "RouteTables": (0..4).map(|number| table(&mut dice, number)).collect::<Vec<_>>(),
        "InternetGateways": [igw(0), igw(1)],
        "NatGateways": [{
            "NatGatewayId": "nat-0", "VpcId": "vpc-0", "SubnetId": "subnet-0", "State": "available",
            "NatGatewayAddresses": [{"PrivateIp": "10.0.0.200", "PublicIp": "198.51.100.200"}],
        }],
        "VpcPeeringConnections": [{
            "VpcPeeringConnectionId": "pcx-0", "Status": {"Code": dice.of(&["active", "active", "deleted"])},
            "RequesterVpcInfo": {"VpcId": "vpc-0", "CidrBlock": "10.0.0.0/16"},
            "AccepterVpcInfo": {"VpcId": "vpc-1", "CidrBlock": "10.1.0.0/16"},
        }],
        "Reservations": [{"Instances": [
            {"InstanceId": "i-0", "State": {"Name": "running"}},
            {"InstanceId": "i-1", "State": {"Name": "stopped"}},
            {"InstanceId": "i-2", "State": {"Name": "running"}, "Platform": "windows"},
        ]}],
        "Functions": [function(&mut dice, "alpha"), function(&mut dice, "beta")],
        "NetworkInterfaces": interfaces, "VpcEndpoints": [], "PrefixLists": [], "Addresses": [],
    }))
}

fn subnet(number: usize) -> Value {
    let (vpc, net) = (number / 2, number % 2);
    json!({
        "SubnetId": format!("subnet-{number}"), "VpcId": format!("vpc-{vpc}"),
        "CidrBlock": format!("10.{vpc}.{net}.0/24"), "AvailabilityZone": "eu-west-1a",
    })
}

fn interface(dice: &mut Dice, number: usize) -> Value {
    let subnet = dice.below(4);
    let (vpc, net) = (subnet / 2, subnet % 2);
    let mut eni = json!({
        "NetworkInterfaceId": format!("eni-{number}"), "VpcId": format!("vpc-{vpc}"),
        "SubnetId": format!("subnet-{subnet}"), "PrivateIpAddress": format!("10.{vpc}.{net}.{}", 6 + number),
        "Status": "in-use", "Groups": [{"GroupId": format!("sg-{}", dice.below(4))}],
    });
    if dice.one_in(3) {
        eni["Groups"]
            .as_array_mut()
            .expect("a list")
            .push(json!({"GroupId": format!("sg-{}", dice.below(4))}));
    }
    if dice.one_in(3) {
        eni["Association"] = json!({"PublicIp": format!("198.51.100.{number}")});
    }
    match dice.below(6) {
        0 => {
            eni["Attachment"] =
                json!({"InstanceId": format!("i-{}", dice.below(4)), "Status": "attached"});
        }
        1 => eni["Status"] = json!("available"),
        2 => eni["InterfaceType"] = json!("vpc_endpoint"),
        _ => {}
    }
    eni
}

fn group(dice: &mut Dice, number: usize) -> Value {
    let rules = |dice: &mut Dice| (0..=dice.below(3)).map(|_| rule(dice)).collect::<Vec<_>>();
    json!({
        "GroupId": format!("sg-{number}"), "VpcId": "vpc-0", "GroupName": format!("group {number}"),
        "IpPermissions": rules(dice), "IpPermissionsEgress": rules(dice),
    })
}

fn rule(dice: &mut Dice) -> Value {
    let (protocol, from, to) = match dice.below(6) {
        0 => ("-1", -1, -1),
        1 => ("udp", 53, 53),
        2 => ("icmp", -1, -1),
        3 => ("tcp", 0, 65535),
        4 => ("50", -1, -1),
        _ => ("tcp", 443, 443),
    };
    let mut rule = json!({"IpProtocol": protocol, "FromPort": from, "ToPort": to});
    match dice.below(8) {
        0..=3 => rule["UserIdGroupPairs"] = json!([{"GroupId": format!("sg-{}", dice.below(4))}]),
        4 => rule["PrefixListIds"] = json!([{"PrefixListId": "pl-unknown"}]),
        _ => rule["IpRanges"] = json!([{"CidrIp": dice.of(&PEERS)}]),
    }
    rule
}

fn acl(dice: &mut Dice, vpc: usize) -> Value {
    let mut entries = Vec::new();
    for egress in [false, true] {
        if dice.one_in(2) {
            let (from, to) = [(0, 1023), (1024, 40_000), (443, 443)][dice.below(3)];
            entries.push(json!({
                "RuleNumber": 50, "Egress": egress, "RuleAction": "deny", "Protocol": "6",
                "CidrBlock": dice.of(&PEERS), "PortRange": {"From": from, "To": to},
            }));
        }
        entries.push(json!({
            "RuleNumber": 100, "Egress": egress, "RuleAction": "allow", "Protocol": "-1", "CidrBlock": "0.0.0.0/0",
        }));
    }
    json!({"NetworkAclId": format!("acl-{vpc}"), "VpcId": format!("vpc-{vpc}"), "IsDefault": true, "Entries": entries})
}

fn table(dice: &mut Dice, number: usize) -> Value {
    let vpc = number / 2;
    let mut routes =
        vec![json!({"DestinationCidrBlock": format!("10.{vpc}.0.0/16"), "GatewayId": "local"})];
    if !dice.one_in(3) {
        let there = format!("10.{}.0.0/{}", 1 - vpc, 16 + 8 * dice.below(2));
        routes.push(json!({"DestinationCidrBlock": there, "VpcPeeringConnectionId": "pcx-0"}));
    }
    match dice.below(4) {
        0 => routes.push(json!({"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-0"})),
        1 => routes
            .push(json!({"DestinationCidrBlock": "203.0.113.0/24", "TransitGatewayId": "tgw-0"})),
        _ => routes
            .push(json!({"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": format!("igw-{vpc}")})),
    }
    json!({
        "RouteTableId": format!("rtb-{number}"), "VpcId": format!("vpc-{vpc}"), "Routes": routes,
        "Associations": [{"SubnetId": format!("subnet-{number}")}],
    })
}

fn igw(vpc: usize) -> Value {
    json!({
        "InternetGatewayId": format!("igw-{vpc}"),
        "Attachments": [{"VpcId": format!("vpc-{vpc}"), "State": "available"}],
    })
}

fn function(dice: &mut Dice, name: &str) -> Value {
    let vpc = dice.below(2);
    json!({
        "FunctionName": name, "FunctionArn": format!("arn:aws:lambda:eu-west-1:111122223333:function:{name}"),
        "VpcConfig": {
            "VpcId": format!("vpc-{vpc}"), "SubnetIds": [format!("subnet-{}", 2 * vpc + dice.below(2))],
            "SecurityGroupIds": [format!("sg-{}", dice.below(4))],
        },
    })
}
