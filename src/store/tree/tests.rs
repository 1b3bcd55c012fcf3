use serde_json::{Value, json};

use super::{NodeIx, NodeKind, Tree};
use crate::store::fixture;

fn network() -> Value {
    json!({
        "Vpcs": [{"VpcId": "vpc-b", "CidrBlock": "10.1.0.0/16"},
                 {"VpcId": "vpc-a", "CidrBlock": "10.0.0.0/16", "Tags": [{"Key": "Name", "Value": "shop"}]}],
        "Subnets": [
            {"SubnetId": "subnet-private", "VpcId": "vpc-a", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "eu-west-1a"},
            {"SubnetId": "subnet-public", "VpcId": "vpc-a", "CidrBlock": "10.0.0.0/24"},
            {"SubnetId": "subnet-other", "VpcId": "vpc-b", "CidrBlock": "10.1.0.0/24"}],
        "RouteTables": [
            {"RouteTableId": "rtb-main", "VpcId": "vpc-a", "Associations": [{"Main": true}],
             "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"}]},
            {"RouteTableId": "rtb-public", "VpcId": "vpc-a", "Associations": [{"Main": false, "SubnetId": "subnet-public"}],
             "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-07"}]}],
        "NetworkInterfaces": [
            {"NetworkInterfaceId": "eni-1", "VpcId": "vpc-a", "SubnetId": "subnet-private", "PrivateIpAddress": "10.0.1.5",
             "Groups": [{"GroupId": "sg-1"}]}],
        "Functions": [
            {"FunctionName": "export", "FunctionArn": "arn:f:export"},
            {"FunctionName": "inside", "FunctionArn": "arn:f:inside",
             "VpcConfig": {"SubnetIds": ["subnet-private"], "SecurityGroupIds": ["sg-1"]}}]
    })
}

/// One line per node, indented by level.
fn drawn(tree: &Tree) -> String {
    fn draw(tree: &Tree, at: NodeIx, level: usize, out: &mut String) {
        let node = tree.node(at);
        let way_out = node.detail.way_out.as_deref().unwrap_or_default();
        let line = format!("{:>1$}{2} {3} {way_out}", "", level * 2, node.name, node.leaves);
        out.push_str(line.trim_end());
        out.push('\n');
        for child in &node.children {
            draw(tree, *child, level + 1, out);
        }
    }
    let mut out = String::new();
    for root in tree.roots() {
        draw(tree, *root, 0, &mut out);
    }
    out
}

#[test]
fn everything_stands_under_its_place() {
    let tree = Tree::build(&fixture::store(&network()));
    let expected = "\
111122223333 3
  eu-west-1 3
    shop 2
      subnet-public 0 → igw-07
      subnet-private 2 no internet
        eni-1 1
        inside 1
    vpc-b 0
      subnet-other 0 routes unknown
    outside any VPC 1
      export 1
";
    assert_eq!(drawn(&tree), expected);
}

#[test]
fn nodes_are_found_by_their_ids_and_know_what_is_above_them() {
    let tree = Tree::build(&fixture::store(&network()));
    let interface = tree.position("eni-1").expect("listed");
    let above: Vec<_> = tree.ancestors(interface).map(|at| tree.node(at).kind).collect();
    assert_eq!(above, [NodeKind::Subnet, NodeKind::Vpc, NodeKind::Region, NodeKind::Account]);
    let detail = &tree.node(interface).detail;
    assert_eq!(detail.groups, ["sg-1".into()]);
    assert_eq!(detail.address, Some("10.0.1.5".parse().unwrap()));
    let function = tree.position("lambda:arn:f:inside:subnet-private").expect("derived");
    assert!(tree.node(function).detail.is_virtual);
}
